/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_NAME_H
#define SCREENS_NAME_H

#include "shop/customer.h"

/* How people are called on screens, by the shop's setting 'names': as they
 * write themselves, in Latin letters, or both. Each writes to 'out' and
 * returns it. */

enum { NAME_TEXT = 512, NAME_PHONE = 48 };

/* In one line: "પટેલ આશા", "Patel Asha", or "પટેલ આશા  Patel Asha". */
const char *name_shown(const struct shop *shop, const char *name, char out[NAME_TEXT]);
/* Of somebody who may have no name: then a phone, an email, a card, the code,
 * or "Customer 17". */
const char *name_of(const struct shop *shop, const struct customer *c, char out[NAME_TEXT]);

/* In two columns: the name, and its Latin spelling where that says more; the
 * second matters more when the setting is 'both'. */
const char *name_first(const struct shop *shop, const char *name, char out[NAME_TEXT]);
const char *name_second(const struct shop *shop, const char *name, char out[NAME_TEXT]);
bool names_are_both(const struct shop *shop);

/* The first phone as people read it; "" for who has none. */
const char *phone_of(const struct customer *c, char out[NAME_PHONE]);

#endif

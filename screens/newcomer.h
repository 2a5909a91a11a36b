/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_NEWCOMER_H
#define SCREENS_NEWCOMER_H

#include "shop/customer.h"

/* Somebody new as staff type them, in one line: "Asha Patel 98240 12345", in
 * any order and script, with an email if there is one. Digits that are too few
 * for a phone belong to the name. A phone that cannot be verified is taken as
 * it is. ST_INVALID, ST_FULL: as customer_add_phone() and the others. */
MUST_CHECK enum status newcomer_read(const char *text, const char *country,
				     struct customer *out);

/* The first phone that was kept and cannot be texted; NULL: there is none. */
const char *newcomer_untextable(const struct customer *c);

/* A word of digits in the name that may have been meant as a phone: more than
 * one digit, fewer than phones have. false: there is none. */
bool newcomer_short_phone(const struct customer *c, char *out, size_t size);

/* Digits that are a phone of this country? */
bool looks_like_phone(const char *text, const char *country);

/* Is it one word of letters and digits, as on a card or a package, and no
 * phone? */
bool looks_like_code(const char *text, const char *country);

#endif

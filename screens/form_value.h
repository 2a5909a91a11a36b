/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_FORM_VALUE_H
#define SCREENS_FORM_VALUE_H

#include "screens/form.h"

/* A form's values as they are typed in this shop: "1,250.00", "21 Nov 2026". */

/* How a field is filled in. */
enum form_way { FORM_TYPED, FORM_CHOSEN, FORM_TICKED };
enum form_way form_way(const struct form *f, size_t i);

/* Appends the value of the i-th field; nothing when it is empty. */
void form_print(const struct form *f, size_t i, struct buf *out);

/* Reads what form_print() writes into the record. ST_INVALID: a sentence for
 * whoever typed it; the field is as before, or a list has some of its rows. */
MUST_CHECK enum status form_read(const struct form *f, size_t i, const char *text);

#endif

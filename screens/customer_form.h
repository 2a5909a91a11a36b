/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_CUSTOMER_FORM_H
#define SCREENS_CUSTOMER_FORM_H

#include "screens/screen.h"

/* A customer's fields, to add somebody or to change them. When it has saved,
 * the card of who was added takes its place. */
struct customer_form_ask {
	int64_t id;		/* 0: somebody new */
	const char *text;	/* new: what was searched for, a name or a phone; may be NULL */
};
extern const struct screen customer_form_screen;	/* arg: const struct customer_form_ask * */

#endif

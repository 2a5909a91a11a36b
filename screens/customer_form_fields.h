/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_CUSTOMER_FORM_FIELDS_H
#define SCREENS_CUSTOMER_FORM_FIELDS_H

#include "screens/form.h"
#include "screens/name.h"

/* The fields of the customer form, and how each is typed: several phones or
 * tags with commas between them, birthdays with or without their year. */

struct customer_form {
	struct form form;		/* first: the fields reach the rest from it */
	struct customer now;		/* as it was typed */
	int64_t id;			/* 0: somebody new */
	char name[NAME_TEXT];		/* as it was */
	char shown[FORM_FIELDS_MOST][EDIT_SIZE];	/* what stood in the fields first */
	const char *country;		/* of the shop, for phones */
	bool loaded;
};

extern const struct form_field customer_form_fields[];

#endif

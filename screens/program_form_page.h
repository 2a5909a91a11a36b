/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_PROGRAM_FORM_PAGE_H
#define SCREENS_PROGRAM_FORM_PAGE_H

#include "screens/form.h"
#include "screens/ui.h"

/* What the screens that are one form have in common. */

/* The form, and below it what it says in words. */
void form_page_draw(const struct canvas *c, const struct form *f, const char *words);

/* Reads what is typed into *aside, a record of the form's type, and leaves the
 * form as it is. *aside stays as it was when something cannot be read yet. */
void form_listen(const struct form *f, void *aside);

/* Puts the focus on a field with a sentence below it. */
void form_refuse(struct form *f, const char *field, const char *sentence);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_FORM_H
#define SCREENS_FORM_H

#include "base/buf.h"
#include "base/format.h"
#include "screens/edit.h"
#include "screens/list.h"
#include "store/record.h"

/* The fields of a record that a screen names, to look at and to change. Limits
 * and kinds come from the record's table, words from the screen. */

enum { FORM_FIELDS_MOST = 16, FORM_SENTENCE = 256 };

struct form;

struct form_field {
	const char *name;		/* in the record's table: "min_spend" */
	const char *label;		/* N_("Smallest sale") */
	const char *hint;		/* N_("Less than this earns nothing."); may be NULL */
	const char *const *words;	/* N_() for each choice; NULL: their names */
	/* In place of the table's own way, for what only a verb can read. Both
	 * or none; the field is then typed as words. */
	enum status (*read)(const struct form *f, const char *text);
	void (*print)(const struct form *f, struct buf *out);
};

/* The screen fills the first part and calls form_start(). */
struct form {
	const struct record_type *type;
	const struct form_field *fields;	/* ends with { 0 } */
	void *record;			/* the screen's copy, which the form writes to */
	const struct format *format;
	int32_t today;

	const struct field *in_table[FORM_FIELDS_MOST];
	struct list list;		/* which field has the focus */
	struct edit edit[FORM_FIELDS_MOST];
	size_t wrong_at;
	char wrong[FORM_SENTENCE];	/* what is wrong there; "" nothing */
	bool changed;			/* something was typed or chosen */
};

void form_start(struct form *f);
/* Puts the focus on a field; nothing happens when the form has no such one. */
void form_choose(struct form *f, const char *name);

/* Tab and arrows move, Enter goes on, left, right and digits choose, space
 * ticks. False: not for the form; Enter in the last field is the screen's. */
bool form_act(struct form *f, const struct event *e);

/* Reads all fields into the record. When one cannot be read the focus is there
 * and the sentence below it; the record is then half new. */
MUST_CHECK enum status form_take(struct form *f);

void form_draw(const struct canvas *c, const struct form *f);

#endif

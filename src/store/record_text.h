/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_RECORD_TEXT_H
#define STORE_RECORD_TEXT_H

#include <jansson.h>

#include "base/buf.h"
#include "store/record.h"

/* A record's fields as people and scripts write and read them, from its table
 * alone. 'decimals' are those of the shop's money. */

/* A new object with every field by its name. Money, quantities and percents
 * are decimal strings, days and times ISO 8601, choices their names. An empty
 * text, day or time is null; numbers are never null. Rows with one field that
 * is not internal are that value alone: "phones": ["+9198..."]. */
json_t *record_json(const struct record_type *t, const void *rec, int decimals);
json_t *field_json(const struct field *f, const void *rec, int decimals);

/* Text as JSON, as text_printable() shows it. Empty is null. */
json_t *json_text(const char *text);

struct field_reading {
	const char *called;	/* "--amount", "column amount": begins every sentence */
	int decimals;
};

/* Reads one field's value into *rec. Empty text empties the field; for a list
 * it adds a row whose one visible field is the text. ST_INVALID: it cannot be
 * read, or is not within the table's limits or choices; *rec is as before. */
MUST_CHECK enum status field_parse(const struct field *f, void *rec, const char *text,
				   const struct field_reading *how);

/* Appends the value as field_parse() reads it back; "" when it is empty. Rows
 * are parted by ", ". Not yet safe for a terminal. */
void field_text(const struct field *f, const void *rec, int decimals, struct buf *out);

/* Appends what a value of this field may be: "yes|no", "sale|item", "AMOUNT". */
void field_value_text(const struct field *f, struct buf *out);
/* Appends the table's limits: "1 to 100", "at least 1"; false: there are none. */
bool field_limits_text(const struct field *f, int decimals, struct buf *out);

/* The one of 'names' (ended by NULL) that 'text' was likely meant to be; NULL:
 * none is near. */
const char *name_meant(const char *text, const char *const *names);

#endif

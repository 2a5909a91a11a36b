/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/form_value.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/language.h"
#include "base/money.h"
#include "store/record_text.h"

enum form_way form_way(const struct form *f, size_t i)
{
	if (f->fields[i].read)
		return FORM_TYPED;
	switch (f->in_table[i]->type) {
	case FIELD_CHOICE: return FORM_CHOSEN;
	case FIELD_BOOL: return FORM_TICKED;
	default: return FORM_TYPED;
	}
}

/* -- out of the record -- */

void form_print(const struct form *f, size_t i, struct buf *out)
{
	const struct field *field = f->in_table[i];
	char room[FORMAT_TEXT];
	const int64_t *n;

	if (f->fields[i].print) {
		f->fields[i].print(f, out);
		return;
	}
	if (field_is_empty(field, f->record))
		return;
	n = field_at(field, f->record);
	switch (field->type) {
	case FIELD_MONEY:
		buf_text(out, format_amount(f->format, *n, room));
		return;
	case FIELD_INT:
		buf_text(out, format_number(f->format, *n, room));
		return;
	case FIELD_DAY:
		buf_text(out, format_day(f->format, (int32_t)*n, room));
		return;
	default:
		field_text(field, f->record, f->format->decimals, out);
	}
}

/* -- into the record -- */

/* "parted, by commas": the list has these rows then. */
static enum status read_rows(const struct form *f, const struct field *list, const char *text,
			     const struct field_reading *how)
{
	char copy[EDIT_SIZE], *rest = copy, *row;
	enum status st = field_parse(list, f->record, "", how);

	snprintf(copy, sizeof(copy), "%s", text);
	while (st == ST_OK && (row = strsep(&rest, ","))) {
		row += strspn(row, " ");
		if (*row)
			st = field_parse(list, f->record, row, how);
	}
	return st;
}

/* What people write here, as field_parse() takes it, which knows the limits. */
static enum status plain(const struct form *f, const struct field *field, const char *text,
			 char out[EDIT_SIZE])
{
	enum status st;
	int64_t n;
	int32_t day;

	switch (field->type) {
	case FIELD_MONEY:
		st = format_read_money(f->format, text, &n);
		if (st == ST_OK)
			money_print(n, f->format->decimals, out);
		return st;
	case FIELD_INT:
		st = format_read_number(f->format, text, &n);
		if (st == ST_OK)
			snprintf(out, EDIT_SIZE, "%" PRId64, n);
		return st;
	case FIELD_DAY:
		st = format_read_day(f->format, text, f->today, &day);
		if (st == ST_OK)
			day_print(day, out);
		return st;
	default:
		snprintf(out, EDIT_SIZE, "%s", text);
		return ST_OK;
	}
}

enum status form_read(const struct form *f, size_t i, const char *text)
{
	const struct field *field = f->in_table[i];
	struct field_reading how = { _(f->fields[i].label), f->format->decimals };
	char room[EDIT_SIZE] = "";
	enum status st = ST_OK;

	if (f->fields[i].read)
		return f->fields[i].read(f, text);
	if (!*text && (field->flags & FIELD_REQUIRED))
		return fail(ST_INVALID, "%s: this cannot be left empty", how.called);
	if (field->type == FIELD_LIST)
		return read_rows(f, field, text, &how);
	if (*text)
		st = plain(f, field, text, room);
	return st == ST_OK ? field_parse(field, f->record, room, &how) : st;
}

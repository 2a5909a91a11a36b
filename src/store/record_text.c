/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/record_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/text.h"

static int64_t number(const struct field *f, const void *rec)
{
	return *(const int64_t *)field_at(f, rec);
}

/* Decimals of a number type that is written with a point. */
static int decimals_of(const struct field *f, int decimals)
{
	switch (f->type) {
	case FIELD_MONEY: return decimals;
	case FIELD_QUANTITY: return 3;
	case FIELD_PERCENT: return 2;
	default: return 0;
	}
}

static void print_number(const struct field *f, int64_t v, int decimals, char out[MONEY_TEXT])
{
	money_print(v, decimals_of(f, decimals), out);
	if ((f->type == FIELD_QUANTITY || f->type == FIELD_PERCENT) && strchr(out, '.')) {
		char *end = out + strlen(out);

		while (end[-1] == '0')
			*--end = '\0';
		if (end[-1] == '.')
			*--end = '\0';
	}
}

/* The choice's name; a number of a later program's choices as it is. */
static const char *choice_name(const struct field *f, int64_t v, char room[24])
{
	for (int64_t i = 0; f->choices[i]; i++)
		if (i == v)
			return f->choices[i];
	snprintf(room, 24, "%" PRId64, v);
	return room;
}

/* The field that stands for a whole row; NULL when there are more than one. */
static const struct field *only_field(const struct record_type *t)
{
	const struct field *only = NULL;

	for (const struct field *f = t->fields; f->tag; f++) {
		if (f->flags & FIELD_INTERNAL)
			continue;
		if (only)
			return NULL;
		only = f;
	}
	return only;
}

/* -- JSON -- */

/* It may be read on a terminal: nothing goes there that would drive it, also out
 * of a store that somebody else wrote. */
json_t *json_text(const char *text)
{
	size_t room = 3 * strlen(text) + 1;
	char *shown;
	json_t *json;

	if (!*text)
		return json_null();
	shown = mem_alloc(room);
	text_printable(text, shown, room);
	json = json_string(shown);
	free(shown);
	return json;
}

static json_t *rows_json(const struct field *f, const void *rec, int decimals)
{
	const struct field *only = only_field(f->of);
	uint32_t n = *(const uint32_t *)field_at(f, rec);
	json_t *rows = json_array();

	for (uint32_t i = 0; i < n && i < f->size; i++) {
		const void *row = field_row(f, rec, i);

		json_array_append_new(rows, only ? field_json(only, row, decimals) :
						   record_json(f->of, row, decimals));
	}
	return rows;
}

json_t *field_json(const struct field *f, const void *rec, int decimals)
{
	char text[MONEY_TEXT], day[DAY_TEXT], instant[INSTANT_TEXT], room[24];

	switch (f->type) {
	case FIELD_BOOL:
		return json_boolean(*(const bool *)field_at(f, rec));
	case FIELD_INT:
		return json_integer(number(f, rec));
	case FIELD_MONEY:
	case FIELD_QUANTITY:
	case FIELD_PERCENT:
		print_number(f, number(f, rec), decimals, text);
		return json_string(text);
	case FIELD_DAY:
		if (!number(f, rec))
			return json_null();
		day_print((int32_t)number(f, rec), day);
		return json_string(day);
	case FIELD_TIME:
		if (!number(f, rec))
			return json_null();
		instant_print(number(f, rec), instant);
		return json_string(instant);
	case FIELD_CHOICE:
		return json_string(choice_name(f, number(f, rec), room));
	case FIELD_TEXT:
		return json_text(field_at(f, rec));
	case FIELD_LIST:
		return rows_json(f, rec, decimals);
	}
	return json_null();
}

json_t *record_json(const struct record_type *t, const void *rec, int decimals)
{
	json_t *object = json_object();

	for (const struct field *f = t->fields; f->tag; f++)
		json_object_set_new(object, f->name, field_json(f, rec, decimals));
	return object;
}

/* -- text out -- */

static void rows_text(const struct field *f, const void *rec, int decimals, struct buf *out)
{
	uint32_t n = *(const uint32_t *)field_at(f, rec);

	for (uint32_t i = 0; i < n && i < f->size; i++) {
		const char *between = i ? ", " : "";

		for (const struct field *g = f->of->fields; g->tag; g++) {
			if (g->flags & FIELD_INTERNAL)
				continue;
			buf_text(out, between);
			field_text(g, field_row(f, rec, i), decimals, out);
			between = " ";
		}
	}
}

void field_text(const struct field *f, const void *rec, int decimals, struct buf *out)
{
	char text[MONEY_TEXT], day[DAY_TEXT], instant[INSTANT_TEXT], room[24];

	switch (f->type) {
	case FIELD_BOOL:
		buf_text(out, *(const bool *)field_at(f, rec) ? "yes" : "no");
		return;
	case FIELD_INT:
	case FIELD_MONEY:
	case FIELD_QUANTITY:
	case FIELD_PERCENT:
		print_number(f, number(f, rec), decimals, text);
		buf_text(out, text);
		return;
	case FIELD_DAY:
		if (number(f, rec)) {
			day_print((int32_t)number(f, rec), day);
			buf_text(out, day);
		}
		return;
	case FIELD_TIME:
		if (number(f, rec)) {
			instant_print(number(f, rec), instant);
			buf_text(out, instant);
		}
		return;
	case FIELD_CHOICE:
		buf_text(out, choice_name(f, number(f, rec), room));
		return;
	case FIELD_TEXT:
		buf_text(out, field_at(f, rec));
		return;
	case FIELD_LIST:
		rows_text(f, rec, decimals, out);
	}
}

void field_value_text(const struct field *f, struct buf *out)
{
	static const char *const usual[] = {
		[FIELD_BOOL] = "yes|no", [FIELD_INT] = "N", [FIELD_MONEY] = "AMOUNT",
		[FIELD_QUANTITY] = "QUANTITY", [FIELD_PERCENT] = "PERCENT", [FIELD_DAY] = "DATE",
		[FIELD_TIME] = "TIME", [FIELD_CHOICE] = "CHOICE", [FIELD_TEXT] = "TEXT",
		[FIELD_LIST] = "TEXT",
	};

	if (f->type != FIELD_CHOICE) {
		buf_text(out, f->value ? f->value : usual[f->type]);
		return;
	}
	for (int64_t i = 0; f->choices[i]; i++)
		buf_printf(out, "%s%s", i ? "|" : "", f->choices[i]);
}

bool field_limits_text(const struct field *f, int decimals, struct buf *out)
{
	char least[MONEY_TEXT], most[MONEY_TEXT];

	if (!f->least && !f->most)
		return false;
	print_number(f, f->least, decimals, least);
	print_number(f, f->most, decimals, most);
	if (f->most >= MONEY_MOST)
		buf_printf(out, "at least %s", least);
	else
		buf_printf(out, "%s to %s", least, most);
	return true;
}

/* -- text in -- */

const char *name_meant(const char *text, const char *const *names)
{
	const char *nearest = NULL;
	unsigned limit = strlen(text) < 4 ? 1 : 2;

	for (; *names; names++) {
		unsigned distance = text_distance(text, *names, limit);

		if (distance <= limit && (!nearest || distance < limit)) {
			nearest = *names;
			limit = distance;
		}
	}
	return nearest;
}

static enum status parse_bool(const char *text, const struct field_reading *how, bool *out)
{
	static const char *const words[] = { "no", "yes", "off", "on", "false", "true", "0", "1" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!strcasecmp(text, words[i])) {
			*out = i % 2;
			return ST_OK;
		}
	}
	return fail(ST_INVALID, "%s: \"%.40s\" is neither yes nor no", how->called, text);
}

static enum status parse_choice(const struct field *f, const char *text,
				const struct field_reading *how, int64_t *out)
{
	struct buf all = { 0 };
	const char *meant;
	enum status st;

	for (int64_t i = 0; f->choices[i]; i++) {
		if (!strcasecmp(text, f->choices[i])) {
			*out = i;
			return ST_OK;
		}
	}
	meant = name_meant(text, f->choices);
	field_value_text(f, &all);
	st = meant ? fail(ST_INVALID, "%s: \"%.40s\" is not one of %s; did you mean %s?",
			  how->called, text, all.at, meant) :
		     fail(ST_INVALID, "%s: \"%.40s\" is not one of %s", how->called, text, all.at);
	buf_release(&all);
	return st;
}

static enum status check_limits(const struct field *f, int64_t v, const char *text,
				const struct field_reading *how)
{
	struct buf limits = { 0 };
	enum status st = ST_OK;

	if ((v < f->least || v > f->most) && field_limits_text(f, how->decimals, &limits))
		st = fail(ST_INVALID, "%s: %.40s is not possible, it may be %s",
			  how->called, text, limits.at);
	buf_release(&limits);
	return st;
}

/* Whole numbers and those with a point; a percent may carry its sign. */
static enum status parse_number(const struct field *f, const char *text,
				const struct field_reading *how, int64_t *out)
{
	char bare[64];
	size_t len = strlen(text);
	int64_t v;
	enum status st;

	if (f->type == FIELD_PERCENT && len && text[len - 1] == '%')
		len--;
	if (len >= sizeof(bare))
		return fail(ST_INVALID, "%s: \"%.40s...\" is not a number", how->called, text);
	memcpy(bare, text, len);
	bare[len] = '\0';
	st = money_parse(bare, decimals_of(f, how->decimals), &v);
	if (st != ST_OK && f->type == FIELD_MONEY)
		return fail(st, "%s: %s", how->called, status_text());
	if (st != ST_OK && f->type == FIELD_INT)
		return fail(st, "%s: \"%s\" is not a whole number", how->called, text);
	if (st != ST_OK)
		return fail(st, "%s: \"%s\" is not a number with at most %d decimals",
			    how->called, text, decimals_of(f, how->decimals));
	st = check_limits(f, v, text, how);
	if (st == ST_OK)
		*out = v;
	return st;
}

static enum status parse_date(const struct field *f, const char *text,
			      const struct field_reading *how, int64_t *out)
{
	int32_t day;
	enum status st;

	if (f->type == FIELD_TIME) {
		st = instant_parse(text, out);
	} else {
		st = day_parse(text, &day);
		if (st == ST_OK)
			*out = day;
	}
	return st == ST_OK ? st : fail(st, "%s: %s", how->called, status_text());
}

static enum status parse_text(const struct field *f, char *out, const char *text,
			      const struct field_reading *how)
{
	char clean[4096];
	size_t room = f->size < sizeof(clean) ? f->size : sizeof(clean);
	enum status st = text_clean(text, strlen(text), clean, room);

	if (st == ST_FULL)
		return fail(ST_INVALID, "%s: this text is too long; it may have %zu bytes, which "
			    "are as many Latin letters or a third as many Indic ones",
			    how->called, room - 1);
	if (st != ST_OK)
		return fail(st, "%s: %s", how->called, status_text());
	strcpy(out, clean);
	return ST_OK;
}

static enum status add_row(const struct field *f, void *rec, const char *text,
			   const struct field_reading *how)
{
	uint32_t *n = field_at(f, rec);
	enum status st;

	if (*n >= f->size)
		return fail(ST_INVALID, "%s: there may be at most %zu of these", how->called,
			    f->size);
	record_clear(f->of, field_row(f, rec, *n));
	st = field_parse(only_field(f->of), field_row(f, rec, *n), text, how);
	if (st == ST_OK)
		(*n)++;
	return st;
}

static void empty(const struct field *f, void *rec)
{
	const struct field alone[2] = { *f, { 0 } };
	const struct record_type one = { .fields = alone };

	record_clear(&one, rec);
}

enum status field_parse(const struct field *f, void *rec, const char *text,
			const struct field_reading *how)
{
	void *at = field_at(f, rec);

	if (!*text) {
		empty(f, rec);
		return ST_OK;
	}
	switch (f->type) {
	case FIELD_BOOL:
		return parse_bool(text, how, at);
	case FIELD_INT:
	case FIELD_MONEY:
	case FIELD_QUANTITY:
	case FIELD_PERCENT:
		return parse_number(f, text, how, at);
	case FIELD_DAY:
	case FIELD_TIME:
		return parse_date(f, text, how, at);
	case FIELD_CHOICE:
		return parse_choice(f, text, how, at);
	case FIELD_TEXT:
		return parse_text(f, at, text, how);
	case FIELD_LIST:
		return add_row(f, rec, text, how);
	}
	return ST_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/rule.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "store/record_text.h"

struct entry *entry_new(void)
{
	struct entry *e = mem_resize(NULL, sizeof(*e));

	entry_clear(e);		/* not its rows: zeroing all of them costs more than a sale */
	return e;
}

void entry_free(struct entry *e)
{
	free(e);
}

enum status entry_set_rule(struct entry *e, const struct record_type *type,
			   const void *rec, int decimals)
{
	json_t *json = record_json(type, rec, decimals);
	char *text = json_dumps(json, JSON_COMPACT);
	enum status st = ST_OK;

	if (!text || strlen(text) >= sizeof(e->rule))
		st = fail(ST_FULL, "this %s has more to say than an entry can hold", type->name);
	else
		strcpy(e->rule, text);
	free(text);
	json_decref(json);
	return st;
}

/* -- back from JSON -- */

static enum status read_object(const struct record_type *type, void *rec, const json_t *json,
			       int decimals);

static enum status read_text(const struct field *f, void *rec, const char *text, int decimals)
{
	struct field_reading how = { f->name, decimals };

	return field_parse(f, rec, text, &how);
}

static enum status read_row(const struct field *f, void *rec, const json_t *json, int decimals)
{
	uint32_t *n = field_at(f, rec);

	if (!json_is_object(json))
		return read_text(f, rec, json_is_string(json) ? json_string_value(json) : "",
				 decimals);
	if (*n >= f->size)
		return fail(ST_CORRUPT, "more %s than there can be", f->name);
	record_clear(f->of, field_row(f, rec, *n));
	return read_object(f->of, field_row(f, rec, (*n)++), json, decimals);
}

static enum status read_value(const struct field *f, void *rec, const json_t *json, int decimals)
{
	enum status st = ST_OK;
	char number[24];

	if (json_is_string(json))
		return read_text(f, rec, json_string_value(json), decimals);
	if (json_is_boolean(json))
		return read_text(f, rec, json_is_true(json) ? "yes" : "no", decimals);
	snprintf(number, sizeof(number), "%" JSON_INTEGER_FORMAT, json_integer_value(json));
	if (json_is_integer(json))
		return read_text(f, rec, number, decimals);
	for (size_t i = 0; st == ST_OK && f->type == FIELD_LIST && i < json_array_size(json); i++)
		st = read_row(f, rec, json_array_get(json, i), decimals);
	return st;
}

static enum status read_object(const struct record_type *type, void *rec, const json_t *json,
			       int decimals)
{
	enum status st = ST_OK;

	for (const struct field *f = type->fields; f->tag && st == ST_OK; f++)
		st = read_value(f, rec, json_object_get(json, f->name), decimals);
	return st;
}

enum status entry_get_rule(const struct entry *e, const struct record_type *type, void *rec,
			   int decimals)
{
	json_t *json = json_loads(e->rule, 0, NULL);
	enum status st = ST_OK;

	record_clear(type, rec);
	if (!json_is_object(json) || read_object(type, rec, json, decimals) != ST_OK)
		st = fail(ST_CORRUPT, "the rules in entry %" PRId64 " cannot be read", e->seq);
	json_decref(json);
	return st;
}

bool name_find(const struct naming *among, const char *name, size_t *place)
{
	char want[200], have[200];
	unsigned best = 4, distance;

	*place = among->n;
	text_fold(name, want, sizeof(want));
	for (size_t i = 0; i < among->n; i++) {
		text_fold(among->first + i * among->stride, have, sizeof(have));
		distance = strcmp(want, have) ? text_distance(want, have, 3) : 0;
		if (distance >= best)
			continue;
		best = distance;
		*place = i;
		if (!distance)
			return true;
	}
	return false;
}

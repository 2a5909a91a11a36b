/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/out.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/money.h"
#include "base/text.h"
#include "store/record_text.h"

enum { PAIR_LABEL = 22 };

/* A bad byte becomes three, so that much room is always enough. */
static void add_printable(struct buf *out, const char *text)
{
	size_t room = 3 * strlen(text) + 1;
	char *shown = mem_alloc(room);

	text_printable(text, shown, room);
	buf_text(out, shown);
	free(shown);
}

static void __attribute__((format(printf, 2, 0)))
add_line(struct run *run, const char *format, va_list args)
{
	char *text = NULL;

	if (vasprintf(&text, format, args) < 0)
		return;
	add_printable(&run->out, text);
	buf_text(&run->out, "\n");
	free(text);
}

void out_line(struct run *run, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_line(run, format, args);
	va_end(args);
}

void out_done(struct run *run, const char *format, ...)
{
	va_list args;

	if (run->quiet || run->json)
		return;
	va_start(args, format);
	add_line(run, format, args);
	va_end(args);
}

void out_json(struct run *run, json_t *document)
{
	char *text;

	if (run->shop.store)
		json_object_set_new(document, "currency", json_text(run->shop.settings.currency));
	text = json_dumps(document, 0);
	buf_text(&run->out, text);
	buf_text(&run->out, "\n");
	free(text);
	json_decref(document);
}

const char *amount_text(const struct run *run, int64_t minor, char room[MONEY_TEXT])
{
	money_print(minor, run->shop.decimals, room);
	return room;
}

struct format plain_format(const struct run *run)
{
	return (struct format){ .decimals = run->shop.decimals, .grouping = GROUPING_NONE,
				.dates = DATE_ISO,
				.zero = '0' };
}

void out_record(struct run *run, const struct record_type *t, const void *rec)
{
	struct buf value = { 0 };

	for (const struct field *f = t->fields; f->tag; f++) {
		if (field_is_empty(f, rec))
			continue;
		buf_clear(&value);
		field_text(f, rec, run->shop.decimals, &value);
		out_pair(run, f->label ? f->label : f->name, value.at);
	}
	buf_release(&value);
}

void out_pair(struct run *run, const char *label, const char *value)
{
	int columns = text_columns(label);

	out_line(run, "%s%*s  %s", label, columns < PAIR_LABEL ? PAIR_LABEL - columns : 0, "",
		 value);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/bind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

static struct places find_places(const struct csv_row *header, const struct word_list *w)
{
	struct places p = { 0 };

	for (size_t i = 0; i < w->n && p.n < BOUND_MOST; i++) {
		int at = heading_find(header, w->at[i]);

		if (at >= 0)
			p.at[p.n++] = at;
	}
	return p;
}

static void find_all(const struct till_format *f, const struct csv_row *header, struct binding *b)
{
	for (size_t i = 0; i < FORMAT_FIELDS; i++) {
		const struct format_column *c = &f->column[i];

		b->column[i] = (struct bound_column){
			find_places(header, &c->names), find_places(header, &c->join),
			find_places(header, &c->plus), find_places(header, &c->minus) };
	}
	for (size_t i = 0; i < f->skip_count; i++)
		b->skips[i] = heading_among(header, &f->skips[i].columns);
	b->refund = heading_among(header, &f->refund.columns);
	for (size_t i = 0; i < CONSENT_CHANNELS; i++)
		b->consent[i] = heading_among(header, &f->consent[i].columns);
}

/* -- --map -- */

static void drop(struct places *p, int at)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		if (p->at[i] != at)
			p->at[n++] = p->at[i];
	p->n = n;
}

static void pass_over(struct binding *b, int at)
{
	for (size_t i = 0; i < FORMAT_FIELDS; i++) {
		drop(&b->column[i].names, at);
		drop(&b->column[i].join, at);
		drop(&b->column[i].plus, at);
		drop(&b->column[i].minus, at);
	}
	for (size_t i = 0; i < b->format->skip_count; i++)
		b->skips[i] = b->skips[i] == at ? -1 : b->skips[i];
	b->refund = b->refund == at ? -1 : b->refund;
	for (size_t i = 0; i < CONSENT_CHANNELS; i++)
		b->consent[i] = b->consent[i] == at ? -1 : b->consent[i];
}

static enum status map_one(struct binding *b, const struct csv_row *header, const char *map)
{
	const char *equals = strchr(map, '=');
	char name[40];
	size_t at, f = 0;
	enum status st;

	if (!equals || equals == map || !equals[1])
		return fail(ST_INVALID, "--map \"%.60s\" is not FIELD=COLUMN; one looks like "
			    "--map amount=\"Net total\"", map);
	st = column_find(header, equals + 1, &at);
	if (st != ST_OK)
		return st;
	snprintf(name, sizeof(name), "%.*s", (int)(equals - map), map);
	if (!strcmp(name, "-")) {
		pass_over(b, (int)at);
		return ST_OK;
	}
	while (f < FORMAT_FIELDS && !label_equal(name, format_field_name((enum format_field)f)))
		f++;
	if (f == FORMAT_FIELDS)
		return fail(ST_INVALID, "--map %.60s: there is no field \"%.40s\"; the fields "
			    "stand in: regulars help import", map, name);
	b->column[f] = (struct bound_column){ .names = { 1, { (int)at } } };
	return ST_OK;
}

/* -- what is needed -- */

static bool is_there(const struct binding *b, size_t field)
{
	return b->column[field].names.n > 0;
}

static enum status missing(const struct binding *b, const struct csv_row *header, size_t field,
			   struct columns *out)
{
	const struct till_format *f = b->format;
	const struct word_list *names = &f->column[field].names;
	const char *field_name = format_field_name((enum format_field)field);
	char all[IMPORT_SENTENCE];

	if (field < COLUMNS)
		out->wanted = (enum column)field;
	return fail(ST_INVALID, "this looks like %.60s, but it has no column \"%.60s\"; the "
		    "columns are %s; say which it is with --map %s=COLUMN", f->title,
		    names->n ? names->at[0] : field_name, columns_list(header, all), field_name);
}

static enum status check_needed(const struct binding *b, const struct csv_row *header,
				struct columns *out)
{
	const struct till_format *f = b->format;
	size_t money = COLUMN_AMOUNT;

	if (f->kind == IMPORT_CUSTOMERS) {
		for (size_t c = COLUMN_CUSTOMER; c <= COLUMN_CARD; c++)
			if (is_there(b, c))
				return ST_OK;
		return missing(b, header, COLUMN_NAME, out);
	}
	if (!is_there(b, COLUMN_DATE))
		return missing(b, header, COLUMN_DATE, out);
	if (f->column[COLUMN_RECEIPT].names.n && !is_there(b, COLUMN_RECEIPT))
		return missing(b, header, COLUMN_RECEIPT, out);
	if (is_there(b, COLUMN_AMOUNT) || is_there(b, FORMAT_PRICE))
		return ST_OK;
	if (!f->column[COLUMN_AMOUNT].names.n)
		money = f->column[FORMAT_PRICE].names.n ? FORMAT_PRICE : FORMAT_TOTAL;
	if (money == FORMAT_TOTAL && is_there(b, FORMAT_TOTAL))
		return ST_OK;
	return missing(b, header, money, out);
}

/* A description that names a column for what tells refunds from sales, and a
 * file without it, would take money given back for money taken. */
static enum status check_refund(const struct binding *b, const struct csv_row *header)
{
	const struct till_format *f = b->format;
	char all[IMPORT_SENTENCE];

	if (!f->refund.columns.n || b->refund >= 0)
		return ST_OK;
	return fail(ST_INVALID, "this looks like %.60s, but the column \"%.60s\", which tells "
		    "refunds from sales, is not here; the columns are %s; export it again with "
		    "that column, or import it with --format generic", f->title,
		    f->refund.columns.at[0], columns_list(header, all));
}

/* -- for people -- */

static void note_meaning(const struct binding *b, struct columns *out)
{
	for (int c = 0; c < COLUMNS; c++) {
		const struct places *p = &b->column[c].names;

		for (size_t i = 0; i < p->n; i++)
			if (out->meaning[p->at[i]] == COLUMNS)
				out->meaning[p->at[i]] = (enum column)c;
		out->place[c] = p->n ? p->at[0] : -1;
	}
}

/* What a field of a till goes into. */
static enum column part_of(size_t field)
{
	static const enum column parts[FORMAT_FIELDS - COLUMNS] = {
		[FORMAT_TIME - COLUMNS] = COLUMN_DATE, [FORMAT_ZONE - COLUMNS] = COLUMN_DATE,
		[FORMAT_PRICE - COLUMNS] = COLUMN_AMOUNT,
		[FORMAT_TOTAL - COLUMNS] = COLUMN_AMOUNT,
		[FORMAT_REFUNDED - COLUMNS] = COLUMN_REFUND,
		[FORMAT_REFUNDED_AT - COLUMNS] = COLUMN_REFUND,
		[FORMAT_CURRENCY - COLUMNS] = COLUMN_AMOUNT,
		[FORMAT_FIRST_NAME - COLUMNS] = COLUMN_NAME,
		[FORMAT_LAST_NAME - COLUMNS] = COLUMN_NAME,
		[FORMAT_CONTACT - COLUMNS] = COLUMN_PHONE,
	};

	return field < COLUMNS ? (enum column)field : parts[field - COLUMNS];
}

/* What it goes into first is what is said of it. */
static void note_read(int at, enum column part, struct columns *out)
{
	if (at < 0)
		return;
	out->used[at] = true;
	if (out->part[at] == COLUMNS)
		out->part[at] = part;
}

static void note_places(const struct places *p, enum column part, struct columns *out)
{
	for (size_t i = 0; i < p->n; i++)
		note_read(p->at[i], part, out);
}

static void note_used(const struct binding *b, struct columns *out)
{
	static const enum column consents[CONSENT_CHANNELS] = {
		COLUMN_SMS_CONSENT, COLUMN_EMAIL_CONSENT, COLUMN_WHATSAPP_CONSENT
	};

	for (size_t i = 0; i < FORMAT_FIELDS; i++)
		note_places(&b->column[i].names, part_of(i), out);
	for (size_t i = 0; i < FORMAT_FIELDS; i++) {
		note_places(&b->column[i].join, part_of(i), out);
		note_places(&b->column[i].plus, part_of(i), out);
		note_places(&b->column[i].minus, part_of(i), out);
	}
	for (size_t i = 0; i < CONSENT_CHANNELS; i++)
		note_read(b->consent[i], consents[i], out);
	note_read(b->refund, COLUMN_REFUND, out);
	for (size_t i = 0; i < b->format->skip_count; i++)
		note_read(b->skips[i], COLUMNS, out);
}

enum status binding_make(const struct till_format *f, const struct csv_row *header,
			 const struct import_options *how, struct binding **binding,
			 struct columns *out)
{
	struct binding *b = mem_alloc(sizeof(*b));
	enum status st = ST_OK;

	*binding = b;
	b->format = f;
	b->n = header->n;
	b->skips = mem_alloc((f->skip_count + 1) * sizeof(*b->skips));
	columns_clear(out, header->n);
	out->kind = f->kind;
	find_all(f, header, b);
	for (size_t i = 0; i < how->map_count && st == ST_OK; i++)
		st = map_one(b, header, how->maps[i]);
	if (st == ST_OK)
		st = check_needed(b, header, out);
	if (st == ST_OK)
		st = check_refund(b, header);
	note_meaning(b, out);
	note_used(b, out);
	return st;
}

void binding_free(struct binding *b)
{
	if (!b)
		return;
	free(b->skips);
	free(b);
}

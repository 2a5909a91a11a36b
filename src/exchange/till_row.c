/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/till_row.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/money.h"

enum { ONE = 1000, LIST_ROOM = 2000 };

static const struct bound_column *bound(const struct till_rows *t, size_t field)
{
	return &t->how->binding->column[field];
}

/* What is said of a line is never taken from the first row of its receipt. */
static void mark_lines(struct till_rows *t)
{
	static const size_t fields[] = {
		COLUMN_ITEM, COLUMN_SKU, COLUMN_CATEGORY, COLUMN_QUANTITY, COLUMN_AMOUNT,
		FORMAT_PRICE, FORMAT_TOTAL, FORMAT_REFUNDED
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		const struct bound_column *c = bound(t, fields[i]);
		const struct places *lists[] = { &c->names, &c->join, &c->plus, &c->minus };

		for (size_t j = 0; j < 4; j++)
			for (size_t k = 0; k < lists[j]->n; k++)
				t->of_line[lists[j]->at[k]] = true;
	}
}

void till_rows_start(struct till_rows *t, const struct till_reading *how)
{
	*t = (struct till_rows){ .how = how, .order = how->dates, .zones = zone_memory_new() };
	t->first_at = mem_alloc(CSV_COLUMNS_MAX * sizeof(*t->first_at));
	mark_lines(t);
}

void till_rows_release(struct till_rows *t)
{
	zone_memory_free(t->zones);
	buf_release(&t->first);
	free(t->first_at);
}

/* -- cells -- */

static const char *own_cell(const struct till_rows *t, int at)
{
	return at >= 0 && (size_t)at < t->row->n ? t->row->field[at] : "";
}

static const char *cell(const struct till_rows *t, int at)
{
	const char *own = own_cell(t, at);

	if (*own || !t->goes_on || at < 0 || t->of_line[at])
		return own;
	return t->first.at + t->first_at[at];
}

static bool is_among(const struct word_list *w, const char *text)
{
	for (size_t i = 0; i < w->n; i++)
		if (label_equal(w->at[i], text))
			return true;
	return false;
}

/* The first of them that says anything. */
static const char *value(const struct till_rows *t, size_t field)
{
	const struct word_list *empty = &t->how->binding->format->column[field].empty;
	const struct places *p = &bound(t, field)->names;

	for (size_t i = 0; i < p->n; i++) {
		const char *text = cell(t, p->at[i]);

		if (text[strspn(text, " ")] && !is_among(empty, text))
			return text;
	}
	return "";
}

static void keep_first(struct till_rows *t)
{
	buf_clear(&t->first);
	for (size_t i = 0; i < t->row->n; i++) {
		t->first_at[i] = t->first.len;
		buf_add(&t->first, t->row->field[i], strlen(t->row->field[i]) + 1);
	}
	t->has_first = true;
}

void till_rows_take(struct till_rows *t, const struct csv_row *row)
{
	const struct places *p = &bound(t, COLUMN_RECEIPT)->names;
	const char *own, *first;

	t->row = row;
	t->goes_on = false;
	if (!t->how->binding->format->first_row || row->n != t->how->binding->n || !p->n)
		return;
	own = own_cell(t, p->at[0]);
	first = t->has_first ? t->first.at + t->first_at[p->at[0]] : "";
	t->goes_on = t->has_first && (!*own || !strcmp(own, first));
	if (!t->goes_on)
		keep_first(t);
}

const char *till_rows_receipt(const struct till_rows *t)
{
	return till_code(value(t, COLUMN_RECEIPT));
}

/* -- which rows -- */

static bool fits(const struct format_rule *r, const char *text)
{
	if (r->values.n)
		return is_among(&r->values, text);
	if (r->except.n)
		return !is_among(&r->except, text);
	return text[strspn(text, " ")] != '\0';
}

bool till_rows_is_refund(const struct till_rows *t)
{
	const struct binding *b = t->how->binding;

	return b->refund >= 0 && fits(&b->format->refund, cell(t, b->refund));
}

enum skip_reason till_rows_skip(const struct till_rows *t)
{
	const struct binding *b = t->how->binding;

	for (size_t i = 0; i < b->format->skip_count; i++)
		if (b->skips[i] >= 0 && fits(&b->format->skips[i], cell(t, b->skips[i])))
			return b->format->skips[i].reason;
	return SKIP_REASONS;
}

const char *till_rows_foreign(const struct till_rows *t)
{
	const char *text = value(t, FORMAT_CURRENCY);
	const struct currency *shop = currency_find(t->how->currency);

	if (!*text || label_equal(text, t->how->currency) ||
	    (shop && !strcmp(text, shop->symbol)))
		return NULL;
	return text;
}

/* -- texts -- */

static void add_text(struct buf *to, const char *text)
{
	buf_add(to, text, strlen(text) + 1);
}

static void add_joined(const struct till_rows *t, size_t field, struct buf *to)
{
	const struct places *more = &bound(t, field)->join;
	bool is_code = field == COLUMN_RECEIPT || field == COLUMN_REFUND ||
		       field == COLUMN_CUSTOMER || field == COLUMN_SKU || field == COLUMN_CARD;
	const char *text = is_code ? till_code(value(t, field)) : till_text(value(t, field));
	bool some = *text;

	buf_text(to, text);
	for (size_t i = 0; i < more->n; i++) {
		text = till_text(cell(t, more->at[i]));
		if (*text)
			buf_printf(to, "%s%s", some ? ", " : "", text);
		some |= *text;
	}
	buf_add(to, "", 1);
}

static void add_name(const struct till_rows *t, struct buf *to)
{
	const char *whole = value(t, COLUMN_NAME), *first = value(t, FORMAT_FIRST_NAME);
	const char *last = value(t, FORMAT_LAST_NAME);

	if (*whole)
		buf_text(to, till_text(whole));
	else
		buf_printf(to, "%s%s%s", first, *first && *last ? " " : "", last);
	buf_add(to, "", 1);
}

static bool is_contact(const char *at, size_t len, bool email)
{
	size_t digits = 0;

	for (size_t i = 0; i < len; i++)
		digits += isdigit((unsigned char)at[i]) != 0;
	return email ? memchr(at, '@', len) != NULL : digits >= 5 && !memchr(at, '@', len);
}

/* Of "asha@example.com, +91 98240 12345" the one or the other. */
static void add_contact(const struct till_rows *t, size_t field, bool email, struct buf *to)
{
	const char *at = value(t, field);

	if (*at) {
		add_text(to, till_text(at));
		return;
	}
	for (at = value(t, FORMAT_CONTACT); *at; at += *at != '\0') {
		size_t len;

		at += strspn(at, " ");
		len = strcspn(at, ",;|/");
		if (is_contact(at, len, email)) {
			buf_add(to, till_text(at), len - (size_t)(till_text(at) - at));
			break;
		}
		at += len;
	}
	buf_add(to, "", 1);
}

static bool is_text(const struct till_rows *t, int c, bool is_refund)
{
	if (c == COLUMN_DATE || c == COLUMN_AMOUNT || c == COLUMN_QUANTITY)
		return false;
	return c != COLUMN_REFUND ? column_is_of((enum column)c, t->how->binding->format->kind) :
				    is_refund;
}

void till_rows_texts(const struct till_rows *t, bool is_refund, struct buf *texts)
{
	for (int c = 0; c < COLUMNS; c++) {
		if (!is_text(t, c, is_refund))
			buf_add(texts, "", 1);
		else if (c == COLUMN_NAME)
			add_name(t, texts);
		else if (c == COLUMN_PHONE || c == COLUMN_EMAIL)
			add_contact(t, (size_t)c, c == COLUMN_EMAIL, texts);
		else
			add_joined(t, (size_t)c, texts);
	}
}

/* -- what is wrong -- */

static void set_wrong(struct buf *why, const char *field)
{
	if (!why->len)
		buf_printf(why, "%s: %s", field, status_text());
}

/* -- dates -- */

static void read_date(const struct till_rows *t, size_t field, struct till_date *out)
{
	till_date_read(value(t, field), field == COLUMN_DATE ? value(t, FORMAT_TIME) : "", out);
}

void till_rows_date(const struct till_rows *t, struct till_date *out)
{
	read_date(t, COLUMN_DATE, out);
}

static enum status settled(const struct till_rows *t, const struct date_column *c, bool half,
			   enum date_order *order)
{
	const struct till_format *f = t->how->binding->format;
	enum date_order hint = half && f->dates_12h != DATES_AUTO ? f->dates_12h : f->dates;

	if (hint == DATES_AUTO || !c->unclear.rows || c->only_dmy.rows || c->only_mdy.rows)
		return date_column_order(c, order);
	*order = hint;
	return ST_OK;
}

/* The whole column once more, since a date says too little by itself. */
static enum status settle_dates(struct till_rows *t)
{
	struct till_rows again;
	struct date_column column = { .unclear = { 0 } };
	struct till_date date;
	struct csv_row row;
	struct csv *csv;
	bool half = false;
	enum status st = csv_open(t->how->path, &csv);

	if (st != ST_OK)
		return st;
	till_rows_start(&again, t->how);
	while ((st = csv_next(csv, &row)) == ST_OK || st == ST_INVALID) {
		if (st != ST_OK || row.n != t->how->binding->n)
			continue;
		again.row = &row;
		read_date(&again, COLUMN_DATE, &date);
		half |= date.half;
		date_column_add(&column, date.text, row.line);
	}
	till_rows_release(&again);
	csv_close(csv);
	return st == ST_NOT_FOUND ? settled(t, &column, half, &t->order) : st;
}

/* The lines of a receipt have one time. */
static bool is_as_before(struct till_rows *t, size_t field, int64_t *instant)
{
	const char *parts[] = { value(t, field), value(t, FORMAT_TIME), value(t, FORMAT_ZONE) };
	char key[sizeof(t->date.key)];

	t->date.fits = (size_t)snprintf(key, sizeof(key), "%zu %s\x1f%s\x1f%s", field, parts[0],
					parts[1], parts[2]) < sizeof(key);
	if (t->date.known && t->date.fits && !strcmp(key, t->date.key)) {
		*instant = t->date.instant;
		return true;
	}
	memcpy(t->date.key, key, sizeof(key));
	return false;
}

static enum status take_date(struct till_rows *t, size_t field, int64_t *instant,
			     struct buf *why)
{
	struct till_date date;
	enum status st;

	if (is_as_before(t, field, instant))
		return ST_OK;
	read_date(t, field, &date);
	st = till_instant(t->zones, &date, value(t, FORMAT_ZONE), t->order, instant);
	if (st == ST_REFUSED) {
		st = settle_dates(t);
		if (st != ST_OK)
			return st;
		st = till_instant(t->zones, &date, value(t, FORMAT_ZONE), t->order, instant);
	}
	if (st != ST_OK)
		set_wrong(why, format_field_name((enum format_field)field));
	t->date.known = st == ST_OK && t->date.fits;
	t->date.instant = *instant;
	return ST_OK;
}

/* -- money -- */

/* Adds the cells of 'p' that have anything in them, 'sign' times. */
static enum status add_cells(const struct till_rows *t, const struct places *p, int sign,
			     int64_t *sum)
{
	enum status st = ST_OK;

	for (size_t i = 0; i < p->n && st == ST_OK; i++) {
		const char *text = cell(t, p->at[i]);
		int64_t amount;

		if (!text[strspn(text, " ")])
			continue;
		st = till_price(text, t->how->decimals, t->how->currency, &amount);
		if (st == ST_OK && !sum_checked(*sum, sign * amount, sum))
			st = fail(ST_INVALID, "the amounts are larger than can be kept");
	}
	return st;
}

/* What comes out can be kept: whoever adds up lines and payments has room. */
static enum status with_others(const struct till_rows *t, size_t field, int64_t *sum)
{
	enum status st = add_cells(t, &bound(t, field)->plus, 1, sum);

	if (st == ST_OK)
		st = add_cells(t, &bound(t, field)->minus, -1, sum);
	if (st == ST_OK && (*sum > MONEY_MOST || *sum < -MONEY_MOST))
		st = fail(ST_INVALID, "the amounts are larger than can be kept");
	if (st != ST_OK)
		*sum = 0;
	return st;
}

static enum status money_of(const struct till_rows *t, size_t field, int64_t *out)
{
	const char *text = value(t, field);
	enum status st = ST_OK;

	*out = 0;
	if (*text)
		st = till_price(text, t->how->decimals, t->how->currency, out);
	else if (field == COLUMN_AMOUNT || field == FORMAT_PRICE)
		return fail(ST_INVALID, "there is no amount");
	return st == ST_OK ? with_others(t, field, out) : st;
}

static enum status price_times(const struct till_rows *t, int64_t quantity, int64_t *out)
{
	int64_t price;
	enum status st = till_price(value(t, FORMAT_PRICE), t->how->decimals, t->how->currency,
				    &price);

	if (st == ST_OK && !mul_div(price, quantity, ONE, ROUND_HALF_UP, out))
		st = fail(ST_INVALID, "the amounts are larger than can be kept");
	return st == ST_OK ? with_others(t, FORMAT_PRICE, out) : st;
}

static enum status amount_of(const struct till_rows *t, int64_t quantity, int64_t *out)
{
	const bool has_total = *value(t, FORMAT_TOTAL);

	*out = 0;
	if (*value(t, COLUMN_AMOUNT) || (!*value(t, FORMAT_PRICE) && !has_total))
		return money_of(t, COLUMN_AMOUNT, out);
	if (*value(t, FORMAT_PRICE))
		return price_times(t, quantity, out);
	return money_of(t, FORMAT_TOTAL, out);
}

static void read_money(const struct till_rows *t, struct till_line *line, struct buf *why)
{
	const char *quantity = value(t, COLUMN_QUANTITY);

	line->quantity = ONE;
	if (*quantity && till_money(quantity, 3, &line->quantity) != ST_OK)
		set_wrong(why, column_name(COLUMN_QUANTITY));
	if (amount_of(t, line->quantity, &line->amount) != ST_OK)
		set_wrong(why, column_name(COLUMN_AMOUNT));
	line->has_total = *value(t, FORMAT_TOTAL);
	if (line->has_total && money_of(t, FORMAT_TOTAL, &line->total) != ST_OK)
		set_wrong(why, format_field_name(FORMAT_TOTAL));
	if (money_of(t, FORMAT_REFUNDED, &line->refunded) != ST_OK)
		set_wrong(why, format_field_name(FORMAT_REFUNDED));
	line->refunded = llabs(line->refunded);
	line->quantity = llabs(line->quantity);
}

/* -- the row -- */

static void read_consents(const struct till_rows *t, struct till_line *line)
{
	const struct binding *b = t->how->binding;

	for (size_t i = 0; i < CONSENT_CHANNELS; i++) {
		const struct format_consent *c = &b->format->consent[i];
		const char *text = cell(t, b->consent[i]);

		line->consent[i] = is_among(&c->yes, text) ? CONSENT_YES :
				   is_among(&c->no, text) ? CONSENT_NO : CONSENT_NOT_ASKED;
	}
}

enum status till_rows_read(struct till_rows *t, struct till_line *line, struct buf *texts,
			   struct buf *why)
{
	enum status st = ST_OK;

	read_consents(t, line);
	if (t->how->binding->format->kind == IMPORT_SALES) {
		read_money(t, line, why);
		st = take_date(t, COLUMN_DATE, &line->occurred, why);
		if (st == ST_OK && line->refunded && *value(t, FORMAT_REFUNDED_AT))
			st = take_date(t, FORMAT_REFUNDED_AT, &line->refunded_at, why);
		line->is_refund = t->how->binding->refund < 0 ? line->amount < 0 :
				  till_rows_is_refund(t);
	}
	if (line->is_refund) {
		line->amount = -llabs(line->amount);
		line->total = -llabs(line->total);
	}
	till_rows_texts(t, line->is_refund, texts);
	return st;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/customer.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/phone.h"
#include "base/text.h"
#include "shop/customer_index.h"
#include "shop/search.h"
#include "shop/word.h"

/* -- whom somebody means -- */

enum { WHO_ROOM = 256, PHONE_END = 6, NEAR = 3, SAME_NAME = 50 };

/* Two are enough to know that it is not clear. */
struct meant {
	int64_t id[2];
	size_t n;
};

static void mean(struct meant *m, int64_t id)
{
	if (id && m->n < 2 && !(m->n && m->id[0] == id))
		m->id[m->n++] = id;
}

static enum status settle(struct txn *txn, const struct meant *m, const char *who, int64_t *id)
{
	char one[CUSTOMER_TITLE], two[CUSTOMER_TITLE];
	struct customer c;

	if (m->n == 1) {
		*id = m->id[0];
		return txn_status(txn);
	}
	customer_get(txn, m->id[0], &c);
	customer_title(&c, one);
	customer_get(txn, m->id[1], &c);
	customer_title(&c, two);
	return fail(ST_REFUSED, "\"%.40s\" fits %s and %s; say which by the number behind the "
		    "name, as #%" PRId64, who, one, two, m->id[0]);
}

static enum status by_number(struct txn *txn, const char *who, int64_t *id)
{
	struct customer c;
	char *end;

	*id = strtoll(who + 1, &end, 10);
	if (end == who + 1 || *end)
		return fail(ST_INVALID, "\"%.40s\" is not a customer's number; one looks like #17",
			    who);
	if (!customer_get(txn, *id, &c) || c.erased)
		return fail(ST_NOT_FOUND, "there is no customer #%" PRId64, *id);
	*id = c.id;	/* who was merged is another now */
	return txn_status(txn);
}

static void by_email(struct txn *txn, const char *who, struct meant *m)
{
	int64_t ids[2];
	size_t n = customers_by_email(txn, who, ids, 2);

	for (size_t i = 0; i < n; i++)
		mean(m, ids[i]);
}

/* The whole number as the shop's country reads it, or at least its end. */
static void by_phone(struct txn *txn, const char *text, struct meant *m)
{
	struct key k;
	int64_t ids[2];
	size_t n = customers_by_phone(txn, text, ids, 2);

	if (!n && strlen(text) >= PHONE_END) {
		k = phone_prefix(text, false);
		n = customers_under(txn, TABLE_PHONE, &k, ids, 2);
	}
	for (size_t i = 0; i < n; i++)
		mean(m, ids[i]);
}

/* Names that would have been found, "A, B, C". */
static enum status nobody(const struct finding *f, const char *who)
{
	char near[NEAR * (CUSTOMER_TITLE + 2)] = "", title[CUSTOMER_TITLE];

	if (!f->n)
		return fail(ST_NOT_FOUND, "nobody is called \"%.60s\", and no card, code, phone "
			    "or email is that", who);
	for (size_t i = 0; i < f->n && i < NEAR; i++) {
		customer_title(&f->row[i].customer, title);
		if (i)
			strcat(near, ", ");
		strcat(near, title);
	}
	return fail(ST_NOT_FOUND, "nobody is called \"%.60s\"; near to it: %s", who, near);
}

/* Somebody with just this name, else all who have these words in theirs, in
 * whatever script: "patel" means nobody in particular where there are four. */
static void pick(const struct finding *f, const char *who, struct meant *m)
{
	char want[WHO_ROOM * 3], have[WHO_ROOM * 3];

	text_fold(who, want, sizeof(want));
	for (size_t i = 0; i < f->n; i++) {
		text_fold(f->row[i].customer.name, have, sizeof(have));
		if (!strcmp(want, have))
			mean(m, f->row[i].id);
	}
	if (m->n)
		return;
	for (size_t i = 0; i < f->n; i++)
		if (f->row[i].match == MATCH_EXACT || f->row[i].match == MATCH_LATIN)
			mean(m, f->row[i].id);
}

static enum status by_name(struct txn *txn, const char *who, int64_t *id)
{
	struct finding f;
	struct meant m = { .n = 0 };
	enum status st = customer_find(txn, who, SAME_NAME, &f);

	if (st != ST_OK)
		return st;
	pick(&f, who, &m);
	st = m.n ? settle(txn, &m, who, id) : nobody(&f, who);
	finding_release(&f);
	return st;
}

enum status customer_resolve(struct txn *txn, const struct shop *shop, const char *who,
			     int64_t *id)
{
	struct phone_number phone;
	struct meant m = { .n = 0 };
	char text[WHO_ROOM];
	enum status st = text_clean(who, strlen(who), text, sizeof(text));

	*id = 0;
	if (st != ST_OK)
		return st;
	if (!*text)
		return fail(ST_INVALID, "say which customer: a phone, a card, a name, or #17");
	if (*text == '#')
		return by_number(txn, text, id);
	mean(&m, customer_by_card(txn, text));
	mean(&m, customer_by_code(txn, text));
	if (!m.n && strchr(text, '@'))
		by_email(txn, text, &m);
	else if (!m.n && phone_parse(text, shop->settings.country, &phone) == ST_OK)
		by_phone(txn, phone.text, &m);
	return m.n ? settle(txn, &m, text, id) : by_name(txn, text, id);
}

/* -- whether somebody is there already -- */

static bool same_folded(const char *a, const char *b)
{
	char x[600], y[600];

	text_fold(a, x, sizeof(x));
	text_fold(b, y, sizeof(y));
	return !strcmp(x, y);
}

static bool near_words(const struct word *a, const struct word *b)
{
	char x[WORD_SIZE], y[WORD_SIZE];

	if (!strcmp(a->fold, b->fold))
		return true;
	text_skeleton(a->latin, TEXT_PLAIN, x, sizeof(x));
	text_skeleton(b->latin, TEXT_PLAIN, y, sizeof(y));
	return strlen(x) > 1 && !strcmp(x, y);
}

/* As many words, each with the same letters or consonants as one of the other
 * name, in any order. */
static bool near_names(const char *a, const char *b)
{
	struct words x, y;
	bool near;

	words_of(a, &x);
	words_of(b, &y);
	near = x.n && x.n == y.n;
	for (size_t i = 0; near && i < x.n; i++) {
		near = false;
		for (size_t j = 0; !near && j < y.n; j++)
			near = near_words(&x.row[i], &y.row[j]);
	}
	return near;
}

enum likeness { SAME_PHONE, SAME_EMAIL, NEAR_NAME, NEAR_NAME_AND_AREA };

static enum status is_there(struct txn *txn, int64_t id, enum likeness why)
{
	char title[CUSTOMER_TITLE];
	struct customer c;

	customer_get(txn, id, &c);
	customer_title(&c, title);
	switch (why) {
	case SAME_PHONE:
		return fail(ST_EXISTS, "%s has the same phone", title);
	case SAME_EMAIL:
		return fail(ST_EXISTS, "%s has the same email", title);
	case NEAR_NAME:
		return fail(ST_EXISTS, "%s has a name like this; a phone would tell the two apart",
			    title);
	case NEAR_NAME_AND_AREA:
		return fail(ST_EXISTS, "%s has a name like this and lives in the same area",
			    title);
	}
	return ST_OK;
}

static enum status is_new_by_name(struct txn *txn, const struct customer *c)
{
	/* Without an area, a name tells nobody apart who left no phone or email. */
	bool compare = *c->area || (!c->phone_count && !c->email_count);
	enum likeness why = *c->area ? NEAR_NAME_AND_AREA : NEAR_NAME;
	struct finding f;
	enum status st = ST_OK;

	if (!*c->name || !compare)
		return ST_OK;
	st = customer_find(txn, c->name, SAME_NAME, &f);
	if (st != ST_OK)
		return st;
	for (size_t i = 0; i < f.n && st == ST_OK; i++)
		if (same_folded(f.row[i].customer.area, c->area) &&
		    near_names(f.row[i].customer.name, c->name))
			st = is_there(txn, f.row[i].id, why);
	finding_release(&f);
	return st;
}

enum status customer_is_new(struct txn *txn, const struct customer *c)
{
	int64_t id;

	for (uint32_t i = 0; i < c->phone_count; i++)
		if (customers_by_phone(txn, c->phones[i].text, &id, 1))
			return is_there(txn, id, SAME_PHONE);
	for (uint32_t i = 0; i < c->email_count; i++)
		if (customers_by_email(txn, c->emails[i].address, &id, 1))
			return is_there(txn, id, SAME_EMAIL);
	return txn_status(txn) == ST_OK ? is_new_by_name(txn, c) : txn_status(txn);
}

/* -- scanned -- */

struct scanned {
	const char *code;
	int64_t id;
};

static enum status scan_work(struct txn *txn, void *arg)
{
	struct scanned *s = arg;

	s->id = customer_by_card(txn, s->code);
	if (!s->id)
		s->id = customer_by_code(txn, s->code);
	return txn_status(txn);
}

enum status customer_by_scan(const struct shop *shop, const char *code, int64_t *id)
{
	struct scanned s = { code, 0 };
	enum status st = store_read(shop->store, scan_work, &s);

	*id = s.id;
	return st;
}

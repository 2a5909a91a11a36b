/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/filter_search.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/phone.h"
#include "base/text.h"
#include "shop/consent.h"
#include "shop/item.h"

/* About what a test takes, in tens of nanoseconds. */
static const unsigned costs[] = {
	[FROM_FIGURES] = 1, [FROM_VISITS] = 3, [FROM_JOURNAL] = 2, [FROM_RECORD] = 10,
	[FROM_RFM] = 12, [FROM_LOTS] = 30, [FROM_CLV] = 100,
};

enum filter_source test_source(const struct filter_test *t)
{
	bool window = t->window.kind != WHEN_EVER;

	if (window && (t->field->what == WHAT_VISITS || t->field->what == WHAT_SPEND))
		return FROM_VISITS;
	return t->field->source;
}

/* -- numbers and days -- */

static void take_range(struct ready *r, int64_t from, int64_t to)
{
	r->from = from;
	r->to = to;
}

static void ready_number(struct ready *r)
{
	int64_t n = r->test->number;

	switch (r->test->compare) {
	case IS_EQUAL: take_range(r, n, n); break;
	case IS_NOT_EQUAL:
		take_range(r, n, n);
		r->inverse = true;
		break;
	case IS_LESS: take_range(r, INT64_MIN, n - 1); break;
	case IS_AT_MOST: take_range(r, INT64_MIN, n); break;
	case IS_MORE: take_range(r, n + 1, INT64_MAX); break;
	case IS_AT_LEAST: take_range(r, n, INT64_MAX); break;
	default:	/* alone */
		take_range(r, 1, r->test->field->what == WHAT_CONSENT ? CONSENT_YES : INT64_MAX);
		break;
	}
}

/* Days are compared by what is before and behind them; lengths by how far it
 * is: longer ago is earlier. */
static void ready_day(struct ready *r, int32_t today)
{
	const struct filter_when *w = &r->test->when;
	bool ahead = r->test->field->kind == KIND_AHEAD, back = false;
	struct span s = when_window(w, today);
	enum filter_compare how = r->test->compare;

	if (w->kind == WHEN_LENGTH && how == IS_WITHIN && ahead) {
		s = (struct span){ today, when_ahead(w, today) };
	} else if (w->kind == WHEN_LENGTH && how != IS_WITHIN) {
		s.from = s.to = ahead ? when_ahead(w, today) : when_back(w, today);
		back = !ahead;
	}
	r->inverse = how == IS_NOT_EQUAL;
	if (how == IS_THERE)
		take_range(r, 1, INT64_MAX);
	else if (how == (back ? IS_MORE : IS_LESS))
		take_range(r, 1, (int64_t)s.from - 1);
	else if (how == (back ? IS_AT_LEAST : IS_AT_MOST))
		take_range(r, 1, s.to);
	else if (how == (back ? IS_LESS : IS_MORE))
		take_range(r, (int64_t)s.to + 1, INT64_MAX);
	else if (how == (back ? IS_AT_MOST : IS_AT_LEAST))
		take_range(r, s.from, INT64_MAX);
	else
		take_range(r, s.from, s.to);
}

static void add_birthday(struct ready *r, int32_t day)
{
	int year, month, date;

	day_to_civil(day, &year, &month, &date);
	r->birthdays[month] |= UINT32_C(1) << date;
	if (month == 2 && date == 28 && !date_exists(year, 2, 29))
		r->birthdays[2] |= UINT32_C(1) << 29;
}

static void ready_birthday(struct ready *r, int32_t today)
{
	const struct filter_when *w = &r->test->when;
	struct span s = when_window(w, today);

	r->inverse = r->test->compare == IS_NOT_EQUAL;
	if (w->kind == WHEN_YEARLY) {
		r->birthdays[w->from] = UINT32_C(1) << w->to;
		return;
	}
	if (w->kind == WHEN_LENGTH)
		s = (struct span){ today, when_ahead(w, today) };
	for (int32_t day = s.from; day <= s.to && day <= s.from + 366; day++)
		add_birthday(r, day);
}

/* -- texts -- */

static char *digits_of(const char *text)
{
	char *out = mem_text(text), *to = out;

	for (const char *from = text; *from; from++)
		if (*from >= '0' && *from <= '9')
			*to++ = *from;
	*to = '\0';
	return out;
}

static void ready_phone(struct ready *r, const char *country)
{
	struct phone_number number;
	const char *text = r->test->text;

	if (r->test->compare != HAS_PART && phone_parse(text, country, &number) == ST_OK)
		text = number.text;
	r->digits = digits_of(text);
}

static void ready_text(struct ready *r, const char *country)
{
	size_t room;

	r->inverse = r->test->compare == IS_NOT_EQUAL;
	if (r->test->compare == IS_THERE)
		return;
	room = 6 * strlen(r->test->text) + 16;	/* of one letter may become several */
	r->fold = mem_alloc(room);
	r->latin = mem_alloc(room);
	text_fold(r->test->text, r->fold, room);
	text_romanise(r->test->text, r->latin, room);
	r->memo = mem_alloc(MEMO * sizeof(*r->memo));
	if (r->test->field->what == WHAT_PHONE)
		ready_phone(r, country);
}

/* -- items -- */

static bool is_item(const struct filter_test *t, const struct item *item)
{
	char want[160], have[160];

	if (t->category) {
		text_fold(t->category, want, sizeof(want));
		text_fold(item->category, have, sizeof(have));
		if (strcmp(want, have))
			return false;
	}
	if (!t->item)
		return true;
	text_fold(t->item, want, sizeof(want));
	text_fold(item->name, have, sizeof(have));
	if (!strcmp(want, have))
		return true;
	text_fold(item->code, have, sizeof(have));
	return !strcmp(want, have);
}

void ready_items(struct ready *r, struct txn *txn)
{
	struct item *item = mem_alloc(sizeof(*item));
	struct range range;

	people_release(&r->items);
	range_start(&range, txn, TABLE_ITEM, NULL);
	while (range_next(&range) && item_decode(txn, range.value, item))
		if (is_item(r->test, item))
			people_add(&r->items, (int64_t)key_read(range.key.at, 4));
	range_end(&range);
	free(item);
}

/* -- the plan -- */

static unsigned last_tag(const struct filter_test *t)
{
	return t->field->what == WHAT_CONSENT ? TAG_CONSENT : t->field->detail;
}

static void make_ready(struct filter_state *s, struct ready *r, const struct filter_test *t)
{
	r->test = t;
	r->source = test_source(t);
	r->window = when_window(&t->window, s->today);
	s->needs[r->source] = true;
	if (r->source == FROM_RECORD && last_tag(t) > s->last_tag)
		s->last_tag = last_tag(t);
	switch (t->field->kind) {
	case KIND_DAY: case KIND_AHEAD: ready_day(r, s->today); break;
	case KIND_BIRTHDAY:
		if (t->compare != IS_THERE)
			ready_birthday(r, s->today);
		break;
	case KIND_TEXT: ready_text(r, s->filter->country); break;
	case KIND_YES:
		take_range(r, t->compare == IS_SO || t->number, t->compare == IS_SO || t->number);
		r->inverse = t->compare == IS_NOT_EQUAL;
		break;
	default: ready_number(r); break;
	}
}

static int by_cost(const void *a, const void *b)
{
	const struct plan *x = *(struct plan *const *)a, *y = *(struct plan *const *)b;

	return (x->cost > y->cost) - (x->cost < y->cost);
}

static struct plan *plan_of(struct filter_state *s, const struct filter_node *node)
{
	struct plan *p = mem_alloc(sizeof(*p));
	size_t cap = 0;

	p->kind = node->kind;
	if (node->kind == NODE_TEST) {
		p->ready = &s->ready[node->place];
		make_ready(s, p->ready, &node->test);
		p->cost = costs[p->ready->source];
	}
	for (const struct filter_node *child = node->first; child; child = child->next) {
		p->part = mem_grow(p->part, p->n, &cap, sizeof(struct plan *));
		p->part[p->n] = plan_of(s, child);
		p->cost += p->part[p->n++]->cost;
	}
	if (p->n > 1)
		qsort(p->part, p->n, sizeof(struct plan *), by_cost);
	return p;
}

void plan_make(struct filter_state *s)
{
	s->last_tag = TAG_ERASED;
	s->ready = mem_alloc(s->filter->tests * sizeof(*s->ready));
	s->plan = plan_of(s, s->filter->root);
}

static void free_plan(struct plan *p)
{
	for (size_t i = 0; i < p->n; i++)
		free_plan(p->part[i]);
	free(p->part);
	free(p);
}

void plan_free(struct filter_state *s)
{
	for (size_t i = 0; s->ready && i < s->filter->tests; i++) {
		free(s->ready[i].fold);
		free(s->ready[i].latin);
		free(s->ready[i].digits);
		free(s->ready[i].memo);
		free(s->ready[i].count);
		people_release(&s->ready[i].items);
	}
	free(s->ready);
	if (s->plan)
		free_plan(s->plan);
}

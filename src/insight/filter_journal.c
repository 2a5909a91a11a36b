/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/filter_search.h"

#include "base/clock.h"
#include "ledger/merge.h"

enum { PART = 30000 };

static bool within(int32_t n, const struct span *s)
{
	if (s->from < 0)
		return true;
	return s->from <= s->to ? n >= s->from && n <= s->to : n >= s->from || n <= s->to;
}

static bool was_then(const struct filter_test *t, const struct entry_head *head)
{
	return within(day_of_week(head->day), &t->weekday) &&
	       within(head->minute / 60, &t->hour);
}

static bool has_item(const struct ready *r, struct heads *h)
{
	struct entry_lines lines;
	struct line line;

	if (!r->items.n || !entry_lines(h->rows.key, h->rows.value, &lines))
		return false;
	while (entry_line_next(&lines, &line))
		if (people_has(&r->items, line.item))
			return true;
	return false;
}

/* -- postings -- */

/* Fields by their tags: ledger/journal.c. */
enum { TAG_POSTINGS = 15, TAG_UNIT = 1, TAG_COUNTER = 2, TAG_AMOUNT = 3, TAG_REWARD = 6,
       POSTING_TAGS = 7 };

static bool posting_earns(const int64_t field[POSTING_TAGS])
{
	return unit_class(field[TAG_UNIT]) == UNIT_PROGRAM && field[TAG_AMOUNT] > 0 &&
	       field[TAG_COUNTER] == COUNTER_ISSUED;
}

/* A reward was used, or points paid a bill; not stamps that became a reward. */
static bool posting_redeems(const int64_t field[POSTING_TAGS])
{
	return field[TAG_COUNTER] == COUNTER_REDEEMED && field[TAG_AMOUNT] < 0 &&
	       (unit_class(field[TAG_UNIT]) == UNIT_REWARD || !field[TAG_REWARD]);
}

static bool any_posting(struct bytes rows, enum filter_what what)
{
	struct bytes row;

	while (peek_row(&rows, &row)) {
		int64_t field[POSTING_TAGS] = { 0 };
		struct peek f = peek_at(row);

		while (peek_next(&f))
			if (f.tag < POSTING_TAGS)
				field[f.tag] = f.number;
		if (what == WHAT_EARNED ? posting_earns(field) : posting_redeems(field))
			return true;
	}
	return false;
}

static bool moved(const struct ready *r, struct heads *h)
{
	struct bytes fields = { (const uint8_t *)h->rows.value.at + ENTRY_HEAD,
				h->rows.value.len - ENTRY_HEAD };
	struct peek f = peek_at(fields);

	while (peek_next(&f))
		if (f.tag == TAG_POSTINGS && f.has_bytes)
			return any_posting(f.bytes, r->test->field->what);
	return false;
}

/* -- the pass -- */

static bool counts(const struct ready *r, struct heads *h)
{
	if (h->head.day < r->window.from || h->head.day > r->window.to)
		return false;
	switch (r->test->field->what) {
	case WHAT_VISITED:
		return h->head.kind == ENTRY_SALE && was_then(r->test, &h->head);
	case WHAT_BOUGHT:
		return h->head.kind == ENTRY_SALE && has_item(r, h);
	default:
		return h->head.kind != ENTRY_REFUND && moved(r, h);
	}
}

static void count_entry(struct filter_state *s, struct heads *h, const struct merges *merges)
{
	int64_t customer = 0;

	for (size_t i = 0; i < s->filter->tests; i++) {
		struct ready *r = &s->ready[i];

		if (r->source != FROM_JOURNAL || !counts(r, h))
			continue;
		if (!customer)
			customer = merges_find(merges, h->head.customer);
		if (customer < (int64_t)s->counts)
			r->count[customer]++;
	}
}

bool journal_part(struct filter_state *s, struct txn *txn)
{
	struct merges merges = { 0 };
	struct heads h;
	size_t n;

	merges_load(txn, &merges);
	heads_start_after(&h, txn, s->seq);
	for (n = 0; n < PART && heads_next(&h); n++) {
		s->seq = h.head.seq;
		if (!h.undone && h.head.customer)
			count_entry(s, &h, &merges);
	}
	heads_end(&h);
	merges_release(&merges);
	return n == PART;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/cards.h"

#include <stdlib.h>

#include "base/mem.h"

/* -- what happened to the card at hand: the last one -- */

struct walk {
	const struct flow_person *person;
	struct cards *cards;
	int64_t balance;
	bool open;		/* the last card is not full */
};

static void begin(struct walk *w, int32_t day)
{
	struct cards *c = w->cards;

	c->row = mem_grow(c->row, c->n, &c->cap, sizeof(*c->row));
	c->row[c->n++] = (struct stamp_card){ .begun = day, .first = c->visit_count };
	w->open = true;
}

static void add_visit(struct walk *w, int32_t day, int64_t before)
{
	struct cards *c = w->cards;
	struct stamp_card *card = &c->row[c->n - 1];

	if (card->visits && c->visit[c->visit_count - 1].day == day)
		return;
	c->visit = mem_grow(c->visit, c->visit_count, &c->visit_cap, sizeof(*c->visit));
	c->visit[c->visit_count++] = (struct card_visit){ day, before };
	card->visits++;
}

static void put_stamps(struct walk *w, int32_t day, int64_t amount)
{
	int64_t before = w->balance;

	w->balance += amount;
	if (w->balance <= 0)
		return;
	if (!w->open)
		begin(w, day);
	add_visit(w, day, before > 0 ? before : 0);
}

static void take_stamps(struct walk *w, const struct flow *row)
{
	w->balance += row->amount;
	if (w->balance > 0 || !w->open)
		return;
	w->open = false;
	if (row->counter != COUNTER_EXPIRED)
		w->cards->n--;
}

/* How many rewards the entry gave for its full cards: they follow. */
static int64_t cards_filled(const struct walk *w, size_t i)
{
	const struct flow *row = flow_at(w->person, i), *next;

	if (++i == w->person->n)
		return 1;
	next = flow_at(w->person, i);
	return next->seq == row->seq && unit_class(next->unit) == UNIT_REWARD &&
	       next->counter == COUNTER_ISSUED && next->amount > 0 ? next->amount : 1;
}

/* More at once than anybody can fill are a balance that was set by hand. */
enum { CARDS_AT_ONCE = 100 };

static void fill(struct walk *w, int32_t day, int64_t stamps, int64_t count)
{
	struct cards *c = w->cards;

	for (int64_t i = 0; i < count && i < CARDS_AT_ONCE; i++) {
		if (!w->open)
			begin(w, day);
		c->row[c->n - 1].filled = day;
		c->row[c->n - 1].size = stamps / count;
		w->open = false;
	}
	w->balance -= stamps;
	if (w->balance > 0) {
		begin(w, day);
		add_visit(w, day, 0);
	}
}

/* The refund of the sale that filled it. What had been left over is on it too. */
static void stand_again(struct walk *w, int64_t stamps)
{
	struct cards *c = w->cards;

	w->balance += stamps;
	if (w->open && c->n > 1)
		c->n--;
	if (!c->n)
		return;
	c->row[c->n - 1].filled = 0;
	c->row[c->n - 1].visits = 0;
	c->row[c->n - 1].first = c->visit_count;
	w->open = true;
}

void cards_of(const struct flow_person *p, int64_t program, int32_t day, struct cards *out)
{
	int64_t unit = unit_make(UNIT_PROGRAM, program);
	struct walk w = { .person = p, .cards = out };

	out->n = out->visit_count = 0;
	for (size_t i = 0; i < p->n && flow_at(p, i)->day <= day; i++) {
		const struct flow *row = flow_at(p, i);
		bool full = row->counter == COUNTER_REDEEMED;

		if (row->unit != unit)
			continue;
		if (full && row->amount < 0)
			fill(&w, row->day, -row->amount, cards_filled(&w, i));
		else if (full)
			stand_again(&w, row->amount);
		else if (row->amount > 0)
			put_stamps(&w, row->day, row->amount);
		else
			take_stamps(&w, row);
	}
}

void cards_release(struct cards *c)
{
	free(c->row);
	free(c->visit);
	*c = (struct cards){ 0 };
}

/* -- pace -- */

bool card_pace(const struct cards *c, const struct stamp_card *card, struct card_pace *out)
{
	const struct card_visit *visit = c->visit + card->first;
	int64_t first = 0, last = 0, days_first = 0, days_last = 0;

	for (size_t i = 1; card->filled && i < card->visits; i++) {
		int64_t before = visit[i].before, days = visit[i].day - visit[i - 1].day;

		if (before * 2 < card->size) {
			first++;
			days_first += days;
		} else if (before >= card->size - (card->size + 3) / 4) {
			last++;
			days_last += days;
		}
	}
	if (!first || !last)
		return false;
	*out = (struct card_pace){ (double)days_first / (double)first,
				   (double)days_last / (double)last };
	return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/demo.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "exchange/demo_cast.h"
#include "shop/sale.h"
#include "shop/verbs.h"
#include "shop/word.h"

enum { BATCH = 100000, CLOSED_DAYS = 7 };

struct demo {
	const struct demo_options *options;
	struct shop shop;
	struct actor by;
	int32_t first_day;
	struct demo_visit *visits;
	size_t n, done;
	int64_t *customers;		/* the shop's id of each person; 0: not come yet */
	int64_t card, points, tea;	/* programs and the reward */
	int64_t takings[CLOSED_DAYS];	/* rung up on each of the last days */
	struct dice dice;
	struct word_batch words;
};

/* -- the shop and its rules -- */

static enum status add_items(struct trade *t, void *arg)
{
	enum status st = ST_OK;

	(void)arg;
	for (int i = 0; i < DEMO_ITEMS && st == ST_OK; i++) {
		struct item item = demo_items[i];

		st = item_insert(t, &item);
	}
	return st;
}

static enum status add_rules(struct demo *d)
{
	struct program card = { .name = "Tea card", .kind = PROGRAM_STAMPS, .goal = 10,
				.from = d->first_day, .min_spend = 2000,
				.include_count = 1, .include = { { "tea" } } };
	struct reward tea = { .name = "Free tea", .kind = REWARD_FREE, .value = 2000,
			      .own_cost = 600 };
	struct program points = { .name = "Points", .kind = PROGRAM_POINTS, .earn = 1,
				  .spend = 2500, .point_value = 100, .min_redeem = 20,
				  .max_share = 5000, .validity = VALID_MONTHS, .valid_for = 12,
				  .from = d->first_day + 90 };
	struct reward packet = { .name = "Tea 250 g", .kind = REWARD_GIFT, .cost = 150,
				 .value = 18000, .own_cost = 11000 };
	struct trade_run items = { .work = add_items };
	enum status st = trade_run(&d->shop, &d->by, &items);

	if (st == ST_OK)
		st = program_add_with_reward(&d->shop, &d->by, &card, &tea);
	if (st == ST_OK)
		st = program_add(&d->shop, &d->by, &points);
	packet.program = points.id;
	if (st == ST_OK)
		st = reward_add(&d->shop, &d->by, &packet);
	d->card = card.id;
	d->points = points.id;
	d->tea = tea.id;
	return st;
}

/* -- one visit -- */

static enum status greet(struct demo *d, struct trade *t, const struct demo_visit *v, int64_t *id)
{
	struct customer *c;
	enum status st;

	*id = v->customer ? d->customers[v->customer] : 0;
	if (*id || !v->customer)
		return ST_OK;
	c = mem_alloc(sizeof(*c));
	demo_person(d->options->seed, v->customer, clock_day(t->by.now), c);
	st = customer_insert_later(t, c, &d->words);
	*id = d->customers[v->customer] = c->id;
	free(c);
	return st;
}

/* Half of the time the snack that most people take with what they drink. */
static int snack_with(struct dice *dice, int drink)
{
	int snack = dice_below(dice, 8);

	return 5 + (snack < 4 ? snack : drink % 4);
}

static size_t fill_basket(struct demo *d, const struct demo_visit *v, struct line lines[3])
{
	size_t n = 1 + (size_t)dice_chance(&d->dice, 45) + (size_t)dice_chance(&d->dice, 12);
	int favourite = (int)(v->customer % 4);

	for (size_t i = 0; i < n; i++) {
		int item = i ? snack_with(&d->dice, favourite) : favourite;
		int64_t pieces = dice_chance(&d->dice, 25) ? 2 : 1;

		if (!v->customer || dice_chance(&d->dice, 20))
			item = dice_below(&d->dice, dice_chance(&d->dice, 6) ? DEMO_ITEMS : 9);
		lines[i] = (struct line){ item + 1, pieces * 1000,
					  pieces * demo_items[item].price };
	}
	return n;
}

static int64_t usable(struct trade *t, int64_t customer, int64_t unit)
{
	struct position *p = book_position(&t->book, customer, unit);

	return p ? position_usable(p, clock_day(t->by.now)) : 0;
}

/* Some pay with what they have saved. */
static void use_savings(struct demo *d, struct trade *t, struct sale *s)
{
	int64_t points;

	if (!s->customer)
		return;
	points = usable(t, s->customer, unit_make(UNIT_PROGRAM, d->points));
	if (usable(t, s->customer, unit_make(UNIT_REWARD, d->tea)) > 0 && dice_chance(&d->dice, 60))
		s->reward = d->tea;
	else if (points >= 40 && dice_chance(&d->dice, 15))
		s->points = points;
}

static enum status sell(struct demo *d, struct trade *t, struct sale *s)
{
	bool repeated;
	enum status st = sale_book(t, s, &repeated);

	/* A bill too small for the least points: paid in money then. */
	if (st == ST_REFUSED && txn_status(t->txn) == ST_OK && s->points) {
		s->points = 0;
		st = sale_book(t, s, &repeated);
	}
	if (st == ST_OK && clock_day(t->by.now) > d->first_day + DEMO_DAYS - 1 - CLOSED_DAYS)
		d->takings[d->first_day + DEMO_DAYS - 1 - clock_day(t->by.now)] += t->entry->total;
	return st;
}

static enum status maybe_refund(struct demo *d, struct trade *t, const struct line *first)
{
	int64_t total = t->entry->total;
	struct refund r = { .sale = t->seq, .number = "", .reason = "" };
	bool repeated;

	if (!total || dice_below(&d->dice, 1000) >= 6)
		return ST_OK;
	r.reason = dice_chance(&d->dice, 50) ? "wrong order" : "was cold";
	r.amount = first->amount < total ? first->amount : 0;
	t->by.now += 10 * CLOCK_MINUTE;
	if (clock_day(t->by.now) > d->first_day + DEMO_DAYS - 1 - CLOSED_DAYS)
		d->takings[d->first_day + DEMO_DAYS - 1 - clock_day(t->by.now)] -=
			r.amount ? r.amount : total;
	return refund_book(t, &r, &repeated);
}

static enum status visit(struct demo *d, struct trade *t, const struct demo_visit *v)
{
	struct line lines[3];
	struct tender tender = { dice_chance(&d->dice, 72) ? TENDER_CASH : TENDER_CARD, 0 };
	struct sale s = { .source = "", .receipt = "", .lines = lines, .tenders = &tender,
			  .tender_count = 1 };
	enum status st;

	t->by.now = clock_day_start(d->first_day + v->minute / 1440) +
		    (v->minute % 1440) * CLOCK_MINUTE;
	st = greet(d, t, v, &s.customer);
	if (st != ST_OK)
		return st;
	s.line_count = fill_basket(d, v, lines);
	use_savings(d, t, &s);
	st = sell(d, t, &s);
	return st == ST_OK ? maybe_refund(d, t, &lines[0]) : st;
}

/* -- all of them, in batches -- */

struct batch {
	struct demo *demo;
	size_t to;
};

static enum status trade_batch(struct trade *t, void *arg)
{
	struct batch *b = arg;
	struct demo *d = b->demo;
	enum status st = ST_OK;

	for (size_t i = d->done; i < b->to && st == ST_OK; i++) {
		if (clock_day_start(d->first_day) + d->visits[i].minute * CLOCK_MINUTE >
		    d->options->now)
			continue;	/* later today */
		st = visit(d, t, &d->visits[i]);
	}
	if (st == ST_OK)
		word_batch_write(&d->words, t->txn);
	return st;
}

static enum status trade_all(struct demo *d)
{
	enum status st = ST_OK;

	while (d->done < d->n && st == ST_OK) {
		struct batch b = { d, d->done + BATCH < d->n ? d->done + BATCH : d->n };
		struct trade_run run = { .work = trade_batch, .arg = &b };

		st = trade_run(&d->shop, &d->by, &run);
		d->done = b.to;
		if (d->options->step && !d->options->step(d->options->arg, d->done, d->n))
			return fail(ST_CANCELLED, "stopped; the sample shop is not whole");
	}
	return st;
}

/* The last days were closed at night, with a little more in the drawer than
 * was rung up; what lapsed has been swept. */
static enum status end_days(struct demo *d)
{
	struct trade_run run;
	struct swept swept;
	enum status st = ST_OK;

	for (int ago = CLOSED_DAYS - 1; ago > 0 && st == ST_OK; ago--) {
		int32_t day = d->first_day + DEMO_DAYS - 1 - ago;
		int64_t rung_up = d->takings[ago];

		d->by.now = clock_day_start(day) + 21 * CLOCK_HOUR;
		st = day_close(&d->shop, &d->by, &(struct day_close){
			.day = day, .takings = rung_up + rung_up / 2000 * 100 },
			&run);
	}
	d->by.now = d->options->now;
	return st == ST_OK ? sweep(&d->shop, &d->by, &swept) : st;
}

static enum status fill(struct demo *d)
{
	enum status st;

	d->visits = demo_visits(d->options->seed, d->options->customers, d->first_day, &d->n);
	d->customers = mem_alloc(((size_t)d->options->customers + 1) * sizeof(*d->customers));
	st = add_rules(d);
	if (st == ST_OK)
		st = trade_all(d);
	if (st == ST_OK)
		st = end_days(d);
	free(d->visits);
	free(d->customers);
	word_batch_release(&d->words);
	return st;
}

enum status demo_make(const char *dir, const struct demo_options *options)
{
	struct settings settings = { .name = "Patel Tea House", .country = "IN",
				     .language = "en", .decimals = -1, .sample = true };
	struct demo d = { .options = options, .by = { .who = "demo", .terminal = "counter" },
			  .dice = { options->seed } };
	enum status st;

	if (options->customers < 1 || options->customers > 1000000)
		return fail(ST_INVALID, "a sample shop has 1 to 1,000,000 customers");
	st = clock_set_zone(DEMO_ZONE);
	if (st != ST_OK)
		return st;
	d.first_day = clock_day(options->now) - DEMO_DAYS + 1;
	d.by.now = clock_day_start(d.first_day);
	st = shop_create(dir, &settings, false, &d.by);
	if (st == ST_OK)
		st = shop_open(dir, &d.shop);
	if (st != ST_OK)
		return st;
	st = fill(&d);
	shop_close(&d.shop);
	return st;
}

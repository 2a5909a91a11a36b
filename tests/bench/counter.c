/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/counter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "shop/verbs.h"
#include "shop/word.h"
#include "tests/bench/bench.h"

enum { CUSTOMERS_AT_ONCE = 50000 };

/* -- names -- */

enum { SYLLABLES = 20 };

static const struct tongue {
	const char *syllable[SYLLABLES];
} tongues[] = {
	{ { "ka", "ri", "sha", "me", "lo", "pa", "tel", "vi", "na", "der",
	    "su", "mit", "ra", "jo", "han", "be", "gu", "fi", "li", "an" } },
	{ { "પ", "ટે", "લ", "શા", "હ", "મ", "દે", "સા", "ઈ", "જો",
	    "શી", "ત્રિ", "વે", "દી", "ચૌ", "ન", "રા", "કુ", "ગી", "ભા" } },
	{ { "श", "र्मा", "व", "गु", "प्ता", "मि", "श्रा", "या", "द", "सिं",
	    "ह", "रा", "जे", "कु", "मा", "री", "नी", "ता", "लो", "के" } },
	{ { "خا", "ن", "ش", "یخ", "م", "لک", "قر", "یشی", "سی", "د",
	    "عل", "ی", "حس", "فا", "طم", "زب", "نو", "از", "بھ", "ٹو" } },
	{ { "Գրի", "գոր", "յան", "Սար", "գիս", "Պետ", "րոս", "Հա", "կոբ", "Ար",
	    "ամ", "նա", "հիտ", "Վար", "դան", "Լի", "լիթ", "Սո", "նա", "Տիգ" } },
};
enum { TONGUES = sizeof(tongues) / sizeof(tongues[0]), LEAST_WORDS = 400, MOST_WORDS = 6000 };

/* A few words are common and most are rare, as with real names: the square of
 * an even chance favours low numbers. A word is its number in base twenty. */
static void add_word(struct dice *d, const struct tongue *tongue, int words, char *name)
{
	int64_t at = dice_below(d, words), n = at * dice_below(d, words) / words + LEAST_WORDS;

	for (; n > 0; n /= SYLLABLES)
		strcat(name, tongue->syllable[n % SYLLABLES]);
}

void counter_person(int64_t id, struct customer *c)
{
	struct dice d = { (uint64_t)id * UINT64_C(0xD6E8FEB86659FD93) };
	const struct tongue *tongue = &tongues[dice_below(&d, TONGUES)];

	demo_person(1, id, 20000, c);
	c->name[0] = '\0';
	add_word(&d, tongue, MOST_WORDS / 2, c->name);
	strcat(c->name, " ");
	add_word(&d, tongue, MOST_WORDS, c->name);
	snprintf(c->phones[0].text, sizeof(c->phones[0].text), "+919%09lld",
		 (long long)(id * 7919 % 1000000007));
	c->phones[0].e164 = c->phones[0].mobile = true;
	c->phone_count = 1;
	snprintf(c->cards[0].code, sizeof(c->cards[0].code), "TEA%07lld", (long long)id);
	c->card_count = 1;
}

/* -- making the shop -- */

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

static void add_rules(struct counter *c)
{
	struct program card = { .name = "Tea card", .kind = PROGRAM_STAMPS, .goal = 10, .from = 1,
				.include_count = 1, .include = { { "tea" } } };
	struct reward tea = { .name = "Free tea", .kind = REWARD_FREE, .value = 2000 };
	struct program points = { .name = "Points", .kind = PROGRAM_POINTS, .earn = 1,
				  .spend = 500, .point_value = 100, .from = 1 };
	struct trade_run items = { .work = add_items };

	bench_must(trade_run(&c->shop, &c->by, &items));
	bench_must(program_add_with_reward(&c->shop, &c->by, &card, &tea));
	bench_must(program_add(&c->shop, &c->by, &points));
}

static void start(struct counter *c, uint64_t seed)
{
	*c = (struct counter){ .by = { .who = "asha", .terminal = "counter" },
			       .dice = { seed } };
	bench_must(clock_set_zone("Asia/Kolkata"));
	c->by.now = clock_day_start(day_from_civil(2025, 1, 1));
}

void counter_make(struct counter *c, const char *dir)
{
	struct settings settings = { .name = "Patel Tea House", .country = "IN",
				     .decimals = -1 };

	start(c, 1);
	bench_must(shop_create(dir, &settings, false, &c->by));
	bench_must(shop_open(dir, &c->shop));
	add_rules(c);
}

void counter_open(struct counter *c, const char *dir, int64_t customers, uint64_t seed)
{
	start(c, seed);
	c->customers = customers;
	c->by.now = clock_day_start(day_from_civil(2026, 7, 1));
	bench_must(shop_open(dir, &c->shop));
}

void counter_close(struct counter *c)
{
	shop_close(&c->shop);
}

struct stretch {
	struct counter *counter;
	int64_t n;
};

static enum status insert_people(struct trade *t, void *arg)
{
	struct stretch *s = arg;
	struct word_batch words = { 0 };
	struct customer *person = mem_alloc(sizeof(*person));
	enum status st = ST_OK;

	for (int64_t i = 1; i <= s->n && st == ST_OK; i++) {
		counter_person(s->counter->customers + i, person);
		st = customer_insert_later(t, person, &words);
	}
	if (st == ST_OK)
		word_batch_write(&words, t->txn);
	word_batch_release(&words);
	free(person);
	return st;
}

void counter_add_customers(struct counter *c, int64_t n)
{
	for (int64_t end = c->customers + n; c->customers < end;) {
		int64_t left = end - c->customers;
		struct stretch s = { c, left < CUSTOMERS_AT_ONCE ? left : CUSTOMERS_AT_ONCE };
		struct trade_run run = { .work = insert_people, .arg = &s };

		bench_must(trade_run(&c->shop, &c->by, &run));
		c->customers += s.n;
	}
}

/* -- selling -- */

struct sale counter_ask(struct counter *c)
{
	size_t n = 1 + (size_t)dice_chance(&c->dice, 45) + (size_t)dice_chance(&c->dice, 12);

	for (size_t i = 0; i < n; i++) {
		int item = dice_below(&c->dice, DEMO_ITEMS);

		c->lines[i] = (struct line){ item + 1, 1000, demo_items[item].price };
	}
	c->tender = (struct tender){ .kind = TENDER_CASH };
	return (struct sale){
		.customer = 1 + dice_below(&c->dice, (int)c->customers), .source = "",
		.receipt = "", .lines = c->lines, .line_count = n, .tenders = &c->tender,
		.tender_count = 1 };
}

static enum status sell_many(struct trade *t, void *arg)
{
	struct stretch *s = arg;
	struct dice before = s->counter->dice;
	enum status st = ST_OK;
	bool repeated;

	for (int64_t i = 0; i < s->n && st == ST_OK; i++) {
		struct sale sale = counter_ask(s->counter);

		t->by.now += CLOCK_MINUTE / 2;
		st = sale_book(t, &sale, &repeated);
	}
	if (st == ST_OK)
		s->counter->by.now = t->by.now;
	else
		s->counter->dice = before;
	return st;
}

void counter_fill(struct counter *c, int64_t sales, int64_t at_once)
{
	while (sales > 0) {
		struct stretch s = { c, sales < at_once ? sales : at_once };
		struct trade_run run = { .work = sell_many, .arg = &s };

		bench_must(trade_run(&c->shop, &c->by, &run));
		sales -= s.n;
	}
}

void counter_sell(struct counter *c, struct trade_run *run)
{
	struct sale sale = counter_ask(c);

	c->by.now += CLOCK_MINUTE;
	c->by.has_op = true;
	op_make(c->by.now, c->by.op);
	bench_must(sale_add(&c->shop, &c->by, &sale, run));
}

/* -- what was sold -- */

#define TAKE(out, e, list, count)						\
	do {									\
		if ((e)->count > sizeof((out)->list) / sizeof((out)->list[0]))	\
			bench_fail("a sale with more %s than expected", #list);	\
		(out)->count = (e)->count;					\
		memcpy((out)->list, (e)->list, (e)->count * sizeof((e)->list[0])); \
	} while (0)

bool counter_sold(const struct entry *e, struct sold *out)
{
	if (e->kind != ENTRY_SALE)
		return false;
	out->seq = e->seq;
	out->occurred = e->occurred;
	out->customer = e->customer;
	out->total = e->total;
	out->day = e->day;
	memset(out->op, 0, sizeof(out->op));
	memcpy(out->op, &e->seq, sizeof(e->seq));
	TAKE(out, e, lines, line_count);
	TAKE(out, e, tenders, tender_count);
	TAKE(out, e, postings, posting_count);
	TAKE(out, e, moves, move_count);
	return true;
}

struct each {
	void (*call)(void *arg, const struct sold *s);
	void *arg;
};

static enum status read_all(struct txn *txn, void *arg)
{
	struct each *each = arg;
	struct entry *e = mem_alloc(sizeof(*e));
	struct sold sold;
	struct range r;

	range_start(&r, txn, TABLE_JOURNAL, NULL);
	while (range_next(&r)) {
		bench_must(entry_decode(r.key, r.value, e));
		if (counter_sold(e, &sold))
			each->call(each->arg, &sold);
	}
	range_end(&r);
	free(e);
	return txn_status(txn);
}

void counter_each(struct counter *c, void (*each)(void *arg, const struct sold *s), void *arg)
{
	struct each all = { each, arg };

	bench_must(store_read(c->shop.store, read_all, &all));
}

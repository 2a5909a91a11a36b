/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "shop/customer_index.h"
#include "shop/search.h"
#include "tests/bench/bare.h"
#include "tests/bench/bench.h"
#include "tests/bench/counter.h"
#include "tests/bench/lite.h"

/* Finding a person: by phone and by card to the whole record, in a view of its
 * own; and by what is typed, key by key. The cache is warm. */

enum { LOOKUPS = 5000, WARM_UP = 40, ROUNDS_MOST = 31, SHOWN = 20, REPEATS = 3 };

struct people {
	struct counter counter;
	struct bare *bare;
	struct lite *lite;
	struct lite_query *by_phone, *by_card;
	int64_t n;
};

/* -- by phone and by card -- */

struct lookup {
	char phone[24], card[64];
	bool by_card;
	struct customer *customer;
};

static enum status look_up(struct txn *txn, void *arg)
{
	struct lookup *l = arg;
	int64_t id = 0;

	if (l->by_card)
		id = customer_by_card(txn, l->card);
	else
		customers_by_phone(txn, l->phone, &id, 1);
	if (!customer_get(txn, id, l->customer))
		bench_fail("a customer is not found");
	return txn_status(txn);
}

static void look_up_bare(struct bare *b, const struct lookup *l)
{
	struct key k = l->by_card ? email_prefix(l->card, false) : phone_prefix(l->phone, true);
	char room[2048];

	bare_look_up(b, l->by_card ? TABLE_CARD : TABLE_PHONE, &k, room, sizeof(room));
}

static void look_up_lite(struct people *p, const struct lookup *l)
{
	struct lite_query *q = l->by_card ? p->by_card : p->by_phone;
	int64_t sum;

	lite_text(q, 1, l->by_card ? l->card : l->phone);
	if (lite_read(q, &sum) != 1)
		bench_fail("SQLite does not find a customer");
}

enum who { OURS, BARE, LITE, CONTENDERS };

/* Microseconds for one of them. */
static double take_turn(struct people *p, enum who who, struct lookup *l)
{
	double begin = bench_seconds();

	for (int i = 0; i < LOOKUPS && who == OURS; i++)
		bench_must(store_read(p->counter.shop.store, look_up, &l[i]));
	for (int i = 0; i < LOOKUPS && who == BARE; i++)
		look_up_bare(p->bare, &l[i]);
	for (int i = 0; i < LOOKUPS && who == LITE && p->lite; i++)
		look_up_lite(p, &l[i]);
	return (bench_seconds() - begin) / LOOKUPS * 1e6;
}

static void choose(const struct people *p, struct dice *dice, struct lookup *l)
{
	for (int i = 0; i < LOOKUPS; i++, l++) {
		counter_person(1 + dice_below(dice, (int)p->n), l->customer);
		strcpy(l->phone, l->customer->phones[0].text);
		strcpy(l->card, l->customer->cards[0].code);
	}
}

/* The promise was 3 us where SQLite took 4.8; beside SQLite it holds on other
 * machines too. */
static void lookup_row(double took[CONTENDERS][ROUNDS_MOST], size_t n, enum who theirs,
		       const char *figure)
{
	double ratio[ROUNDS_MOST];

	for (size_t i = 0; i < n; i++)
		ratio[i] = took[theirs][i] / took[OURS][i];
	bench_row(&(struct bench_row){
		.figure = theirs == BARE ? figure : "", .unit = "us",
		.ours = bench_median(took[OURS], n), .theirs = bench_median(took[theirs], n),
		.yardstick = theirs == BARE ? "bare LMDB" : "SQLite",
		.ratio = bench_median(ratio, n), .target = theirs == BARE ? 3 : 4.8 / 3,
		.kind = theirs == BARE ? OURS_AT_MOST : RATIO_AT_LEAST });
}

static void lookups(struct people *p, bool by_card)
{
	double took[CONTENDERS][ROUNDS_MOST];
	struct lookup *l = mem_alloc(LOOKUPS * sizeof(*l));
	struct customer *room = mem_alloc(sizeof(*room));
	struct dice dice = { 3 };
	int rounds = bench_times(ROUNDS_MOST, 9);
	char figure[64];

	for (int i = 0; i < LOOKUPS; i++)
		l[i] = (struct lookup){ .by_card = by_card, .customer = room };
	for (int i = -WARM_UP; i < rounds; i++) {
		choose(p, &dice, l);
		for (enum who who = OURS; who < CONTENDERS; who++)
			took[who][i < 0 ? 0 : i] = take_turn(p, who, l);
	}
	free(l);
	free(room);
	snprintf(figure, sizeof(figure), "lookup by %s among %lld", by_card ? "card" : "phone",
		 (long long)p->n);
	lookup_row(took, (size_t)rounds, BARE, figure);
	if (p->lite)
		lookup_row(took, (size_t)rounds, LITE, figure);
}

/* -- as one types -- */

struct typing {
	struct people *people;
	double *took;
	size_t n, cap, found;
};

struct question {
	const char *text;
	size_t found;
};

static enum status find(struct txn *txn, void *arg)
{
	struct question *q = arg;
	struct finding f;
	enum status st = customer_find(txn, q->text, SHOWN, &f);

	q->found = f.n;
	finding_release(&f);
	return st;
}

/* The quickest of three: what is left out is the scheduler's. */
static void ask(struct typing *t, const char *text)
{
	struct question q = { .text = text };
	double quickest = 1e9;

	for (int i = 0; i < REPEATS; i++) {
		double began = bench_seconds(), took;

		bench_must(store_read(t->people->counter.shop.store, find, &q));
		took = bench_seconds() - began;
		quickest = took < quickest ? took : quickest;
	}
	t->took = mem_grow(t->took, t->n, &t->cap, sizeof(*t->took));
	t->took[t->n++] = quickest * 1e3;
	t->found += q.found > 0;
}

static void type(struct typing *t, const char *text)
{
	char typed[256];

	for (size_t i = 1; text[i - 1] && i < sizeof(typed); i++) {
		if ((text[i] & 0xc0) == 0x80)
			continue;	/* within a letter */
		memcpy(typed, text, i);
		typed[i] = '\0';
		ask(t, typed);
	}
}

/* Vowels as somebody else would write them. */
static void misspell(char *latin)
{
	for (char *c = latin; *c; c++)
		if (*c == 'a' || *c == 'e' || *c == 'i')
			*c = *c == 'a' ? 'e' : *c == 'e' ? 'i' : 'a';
}

static void type_a_name(struct typing *t, const char *name)
{
	char latin[400];
	const char *last = strchr(name, ' ') + 1;

	type(t, name);
	type(t, last);
	text_romanise(name, latin, sizeof(latin));
	type(t, latin);
	misspell(latin);
	type(t, latin);
}

static void type_phone_ends(struct typing *t, const char *phone)
{
	size_t len = strlen(phone);

	for (size_t n = 3; n <= 10 && n < len; n++)
		ask(t, phone + len - n);
}

static void typing(struct people *p, double most)
{
	struct typing t = { .people = p };
	struct customer *c = mem_alloc(sizeof(*c));
	struct dice dice = { 4 };
	char figure[64];

	for (int i = 0; i < bench_times(60, 15); i++) {
		counter_person(1 + dice_below(&dice, (int)p->n), c);
		type_a_name(&t, c->name);
		type_phone_ends(&t, c->phones[0].text);
	}
	type(&t, "zqxwvk");
	type(&t, "xylophone quartet");
	snprintf(figure, sizeof(figure), "a key while searching %lld, slowest", (long long)p->n);
	bench_row(&(struct bench_row){
		.figure = figure, .unit = "ms", .ours = bench_percentile(t.took, t.n, 1),
		.kind = OURS_AT_MOST, .target = most });
	bench_note("of %zu queries, %zu with a result: half within %.2f ms, 99 in 100 within "
		   "%.2f ms", t.n, t.found, bench_median(t.took, t.n),
		   bench_percentile(t.took, t.n, 0.99));
	free(t.took);
	free(c);
}

/* -- the people -- */

static void fill(void *arg)
{
	struct counter c;

	counter_make(&c, "people");
	counter_add_customers(&c, *(int64_t *)arg);
	counter_close(&c);
}

static void fill_lite(struct people *p)
{
	struct customer *c = mem_alloc(sizeof(*c));
	struct lite_query *insert;

	p->lite = lite_open("people.db", "OFF");
	if (p->lite) {
		lite_run(p->lite, "CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT,"
			 " phone TEXT, card TEXT, email TEXT, birthday TEXT); BEGIN");
		insert = lite_prepare(p->lite, "INSERT INTO person VALUES(?, ?, ?, ?, ?, ?)");
		for (int64_t i = 1; i <= p->n; i++) {
			counter_person(i, c);
			lite_text(insert, 2, c->name);
			lite_text(insert, 3, c->phones[0].text);
			lite_text(insert, 4, c->cards[0].code);
			lite_text(insert, 5, c->email_count ? c->emails[0].address : "");
			lite_text(insert, 6, c->birthday);
			LITE_DO(insert, i);
		}
		lite_run(p->lite, "CREATE INDEX by_phone ON person(phone);"
			 "CREATE UNIQUE INDEX by_card ON person(card); COMMIT");
		p->by_phone = lite_prepare(p->lite, "SELECT * FROM person WHERE phone = ?");
		p->by_card = lite_prepare(p->lite, "SELECT * FROM person WHERE card = ?");
	}
	free(c);
}

struct size {
	int64_t customers;
	double most;		/* milliseconds a key may take */
};

static void measure(void *arg)
{
	const struct size *size = arg;
	struct people p = { .n = size->customers };

	bench_apart(fill, &p.n);
	bare_copy("people", "bare");
	counter_open(&p.counter, "people", p.n, 1);
	p.bare = bare_open("bare");
	fill_lite(&p);
	lookups(&p, false);
	lookups(&p, true);
	typing(&p, size->most);
	counter_close(&p.counter);
	bare_close(p.bare);
	if (p.lite)
		lite_close(p.lite);
}

int main(void)
{
	struct size sizes[] = { { 100000, 10 }, { 1000000, 30 } };

	bench_start();
	bench_apart(measure, &sizes[0]);
	if (!bench_quick()) {
		bench_remove("people");
		bench_remove("bare");
		bench_remove("people.db");
		bench_apart(measure, &sizes[1]);
	}
	return 0;
}

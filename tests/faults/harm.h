/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_FAULTS_HARM_H
#define TESTS_FAULTS_HARM_H

/* A shop's file is harmed, and everything is asked of it: the answers are right,
 * or verify finds a fault, or it is said that the file is damaged. */

#include "tests/faults/till.h"

enum { WRITER = 0, SALES = 60, UNITS = 3, PAGE = 4096, SEED = 20260301 };

/* What an owner sees. */
struct answers {
	int64_t entries;
	uint8_t digest[DIGEST_SIZE];
	struct answer {
		struct figures figures;
		int64_t balance[UNITS], usable[UNITS];
		char name[sizeof(((struct customer *)0)->name)];
	} customer[TILL_CUSTOMERS];
};

enum verdict { RIGHT, WRONG, SAID, VERDICTS };	/* of asking; a crash is none of them */

struct harm {
	char base[64], dir[80];
	uint8_t *shop;
	size_t len;
	struct answers *want, *got;	/* shared with the children */
	uint64_t seed;
	/* What verify said, and what asking without it gave. */
	long tries, found, said, right, wrong, crashed, silent;
};

static inline void ask_name(struct txn *txn, int64_t id, struct answer *a)
{
	struct customer *c = mem_alloc(sizeof(*c));

	if (customer_get(txn, id, c))
		strcpy(a->name, c->name);
	free(c);
}

static inline void ask_customer(struct txn *txn, int64_t id, struct answer *a)
{
	static const enum unit_class classes[UNITS] = { UNIT_PROGRAM, UNIT_PROGRAM, UNIT_REWARD };
	static const int64_t ids[UNITS] = { 1, 2, 1 };
	struct holder h;

	ask_name(txn, id, a);
	holder_load(txn, id, &h);
	a->figures = h.figures;
	for (int u = 0; u < UNITS; u++) {
		struct position *p = holder_position(&h, unit_make(classes[u], ids[u]));

		if (!p)
			continue;
		position_load(txn, id, p);
		a->balance[u] = p->balance;
		a->usable[u] = position_usable(p, CLOCK_LAST_DAY);
	}
	holder_release(&h);
}

static inline enum status ask(struct txn *txn, void *arg)
{
	struct answers *a = arg;

	memset(a, 0, sizeof(*a));
	a->entries = journal_last(txn, a->digest);
	for (int64_t id = 1; id <= TILL_CUSTOMERS; id++)
		ask_customer(txn, id, &a->customer[id - 1]);
	return txn_status(txn);
}

static inline int asks(void *arg)
{
	struct harm *h = arg;
	struct till t;
	enum status st;

	till_start(&t);
	st = shop_open(h->dir, &t.shop);
	if (st == ST_OK)
		st = store_read(t.shop.store, ask, h->got);
	if (st != ST_OK)
		return strlen(status_text()) > 20 ? SAID : VERDICTS;
	shop_close(&t.shop);
	return memcmp(h->got, h->want, sizeof(*h->got)) ? WRONG : RIGHT;
}

static inline void count_fault(void *arg, const char *sentence)
{
	if (strlen(sentence) > 10)
		++*(long *)arg;
}

/* 0: clean; 1: faults; 2: too damaged, in a sentence. */
static inline int verifies(void *arg)
{
	struct harm *h = arg;
	long faults = 0;
	struct verify_watch watch = { .fault = count_fault, .arg = &faults };
	struct verify_ask verify = { .watch = &watch, .patience = 5 };
	struct verify_result result;
	struct till t;
	enum status st;

	till_start(&t);
	st = verify_guarded(h->dir, &verify, &result);
	if (st != ST_OK)
		return strlen(status_text()) > 20 ? 2 : 3;
	return faults > 0;
}

/* -- the shop -- */

static inline int sells(void *arg)
{
	struct till t;
	bool repeated;

	till_open(&t, arg);
	for (long n = 0; n < SALES; n++)
		NEED(till_sell(&t, WRITER, n, &repeated));
	till_close(&t);
	return 0;
}

static inline void *shared(size_t size)
{
	void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	assert_true(at != MAP_FAILED);
	return at;
}

static inline int harm_setup(void **state)
{
	struct harm *h = mem_alloc(sizeof(*h));

	scratch_make(h->base);
	snprintf(h->dir, sizeof(h->dir), "%s/shop", h->base);
	till_make(h->dir);
	assert_int_equal(child_run(sells, h->dir), 0);
	h->shop = data_read(h->dir, &h->len);
	h->want = shared(sizeof(*h->want));
	h->got = shared(sizeof(*h->got));
	assert_int_equal(child_run(asks, h), WRONG);	/* fills h->got */
	memcpy(h->want, h->got, sizeof(*h->want));
	assert_int_equal(child_run(asks, h), RIGHT);
	assert_int_equal(child_run(verifies, h), 0);
	assert_int_equal(h->want->customer[0].figures.sales > 0, true);
	h->seed = SEED;
	*state = h;
	return 0;
}

static inline int harm_teardown(void **state)
{
	struct harm *h = *state;

	scratch_remove(h->base);
	free(h->shop);
	munmap(h->want, sizeof(*h->want));
	munmap(h->got, sizeof(*h->got));
	free(h);
	return 0;
}

/* 'what' and 'at' name the harm where nobody noticed it; NULL: quietly. */
static inline void judge(struct harm *h, const char *what, size_t at)
{
	int verified = child_run(verifies, h), asked = child_run(asks, h);

	h->tries++;
	h->found += verified == 1;
	h->said += verified == 2;
	h->right += asked == RIGHT;
	h->wrong += asked == WRONG;
	h->crashed += asked > VERDICTS;
	if (verified > 2 || (verified == 0 && asked != RIGHT)) {
		h->silent++;
		if (what)
			printf("# %s %zu: verify ended with %d, asking with %d\n", what, at,
			       verified, asked);
	}
}

/* Flips one bit of the file. */
static inline void flip(struct harm *h, size_t bit, const char *what)
{
	h->shop[bit / 8] ^= (uint8_t)(1 << bit % 8);
	data_write(h->dir, h->shop, h->len);
	judge(h, what, bit);
	h->shop[bit / 8] ^= (uint8_t)(1 << bit % 8);
}

/* A bit of each letter of everybody's name, wherever the file has it. */
static inline void flip_names(struct harm *h, const char *what)
{
	static const char name[] = "Customer ";
	const size_t letters = strlen(name) + 2;
	const uint8_t *at = h->shop;

	while ((at = memmem(at, (size_t)(h->shop + h->len - at), name, strlen(name)))) {
		for (size_t i = 0; i < letters; i++)
			flip(h, (size_t)(at - h->shop + i) * 8 + next_random(&h->seed) % 8, what);
		at += letters;
	}
}

/* The sanitizers take their time. */
static inline size_t thinner(void)
{
	return getenv("SANITIZED") ? 5 : 1;
}

static inline void tell(const struct harm *h)
{
	printf("# %ld tries in %zu bytes: verify told of %ld; asked without it, the shop was "
	       "right %ld times, wrong %ld, crashed %ld; wrong and verify clean %ld\n",
	       h->tries, h->len, h->found + h->said, h->right, h->wrong, h->crashed, h->silent);
}

#endif

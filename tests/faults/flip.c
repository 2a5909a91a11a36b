/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/till.h"

/* One bit of a shop's file is flipped, and everything is asked of it: the
 * answers are right, or verify finds a fault, or it is said that the file is
 * damaged. Never a wrong answer beside a clean verify. */

enum { WRITER = 0, SALES = 60, UNITS = 3, META_BYTES = 160, PAGE = 4096, SEED = 20260301 };

/* What an owner sees. */
struct answers {
	int64_t entries;
	uint8_t digest[DIGEST_SIZE];
	struct answer {
		struct figures figures;
		int64_t balance[UNITS], usable[UNITS];
	} customer[TILL_CUSTOMERS];
};

enum verdict { RIGHT, WRONG, SAID, VERDICTS };	/* of asking; a crash is none of them */

struct flips {
	char base[64], dir[80];
	uint8_t *shop;
	size_t len;
	struct answers *want, *got;	/* shared with the children */
	uint64_t seed;
	/* What verify said, and what asking without it gave. */
	long flips, found, said, right, wrong, crashed, silent;
};

static void ask_customer(struct txn *txn, int64_t id, struct answer *a)
{
	static const enum unit_class classes[UNITS] = { UNIT_PROGRAM, UNIT_PROGRAM, UNIT_REWARD };
	static const int64_t ids[UNITS] = { 1, 2, 1 };
	struct holder h;

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

static enum status ask(struct txn *txn, void *arg)
{
	struct answers *a = arg;

	memset(a, 0, sizeof(*a));
	a->entries = journal_last(txn, a->digest);
	for (int64_t id = 1; id <= TILL_CUSTOMERS; id++)
		ask_customer(txn, id, &a->customer[id - 1]);
	return txn_status(txn);
}

static int asks(void *arg)
{
	struct flips *f = arg;
	struct till t;
	enum status st;

	till_start(&t);
	st = shop_open(f->dir, &t.shop);
	if (st == ST_OK)
		st = store_read(t.shop.store, ask, f->got);
	if (st != ST_OK)
		return strlen(status_text()) > 20 ? SAID : VERDICTS;
	shop_close(&t.shop);
	return memcmp(f->got, f->want, sizeof(*f->got)) ? WRONG : RIGHT;
}

static void count_fault(void *arg, const char *sentence)
{
	if (strlen(sentence) > 10)
		++*(long *)arg;
}

/* 0: clean; 1: faults; 2: too damaged, in a sentence. */
static int verifies(void *arg)
{
	struct flips *f = arg;
	long faults = 0;
	struct verify_watch watch = { .fault = count_fault, .arg = &faults };
	struct verify_ask verify = { .watch = &watch, .patience = 5 };
	struct verify_result result;
	struct till t;
	enum status st;

	till_start(&t);
	st = verify_guarded(f->dir, &verify, &result);
	if (st != ST_OK)
		return strlen(status_text()) > 20 ? 2 : 3;
	return faults > 0;
}

/* -- the shop -- */

static int sells(void *arg)
{
	struct till t;
	bool repeated;

	till_open(&t, arg);
	for (long n = 0; n < SALES; n++)
		NEED(till_sell(&t, WRITER, n, &repeated));
	till_close(&t);
	return 0;
}

static void *shared(size_t size)
{
	void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	assert_true(at != MAP_FAILED);
	return at;
}

static int setup(void **state)
{
	struct flips *f = mem_alloc(sizeof(*f));

	folder_make(f->base);
	snprintf(f->dir, sizeof(f->dir), "%s/shop", f->base);
	till_make(f->dir);
	assert_int_equal(child_run(sells, f->dir), 0);
	f->shop = data_read(f->dir, &f->len);
	f->want = shared(sizeof(*f->want));
	f->got = shared(sizeof(*f->got));
	assert_int_equal(child_run(asks, f), WRONG);	/* fills f->got */
	memcpy(f->want, f->got, sizeof(*f->want));
	assert_int_equal(child_run(asks, f), RIGHT);
	assert_int_equal(child_run(verifies, f), 0);
	assert_int_equal(f->want->customer[0].figures.sales > 0, true);
	f->seed = SEED;
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct flips *f = *state;

	folder_remove(f->base);
	free(f->shop);
	munmap(f->want, sizeof(*f->want));
	munmap(f->got, sizeof(*f->got));
	free(f);
	return 0;
}

/* -- flipping -- */

static void judge(struct flips *f, size_t bit)
{
	int verified = child_run(verifies, f), asked = child_run(asks, f);

	f->flips++;
	f->found += verified == 1;
	f->said += verified == 2;
	f->right += asked == RIGHT;
	f->wrong += asked == WRONG;
	f->crashed += asked > VERDICTS;
	if (verified > 2 || (verified == 0 && asked != RIGHT)) {
		f->silent++;
		printf("# byte %zu, bit %zu: verify ended with %d, asking with %d\n", bit / 8,
		       bit % 8, verified, asked);
	}
}

static void flip(struct flips *f, size_t bit)
{
	f->shop[bit / 8] ^= (uint8_t)(1 << bit % 8);
	data_write(f->dir, f->shop, f->len);
	judge(f, bit);
	f->shop[bit / 8] ^= (uint8_t)(1 << bit % 8);
}

/* The sanitizers take their time. */
static size_t thinner(void)
{
	return getenv("SANITIZED") ? 5 : 1;
}

static void tell(const struct flips *f)
{
	printf("# %ld flips in %zu bytes: verify told of %ld; asked without it, the shop was right "
	       "%ld times, wrong %ld, crashed %ld; wrong and verify clean %ld; seed %d\n",
	       f->flips, f->len, f->found + f->said, f->right, f->wrong, f->crashed, f->silent,
	       SEED);
}

static void a_flipped_bit_is_found_or_changes_no_answer(void **state)
{
	struct flips *f = *state;
	long flips = short_or_long(1000, 20000) / (long)thinner();

	for (long i = 0; i < flips; i++)
		flip(f, next_random(&f->seed) % (f->len * 8));
	tell(f);
	assert_int_equal(f->silent, 0);
}

/* Where LMDB keeps which state of the shop is the newest. */
static void a_flipped_bit_in_the_meta_pages_too(void **state)
{
	struct flips *f = *state;

	for (size_t page = 0; page < 2; page++)
		for (size_t bit = 0; bit < META_BYTES * 8; bit += thinner())
			flip(f, page * PAGE * 8 + bit);
	tell(f);
	assert_int_equal(f->silent, 0);
}

/* -- the control: rows whose check fits their wrong bytes -- */

/* Flips a bit of the value of some row, as if values had no check. */
static enum status change_row(struct txn *txn, void *arg)
{
	struct flips *f = arg;
	enum table table = next_random(&f->seed) % 2 ? TABLE_ACCOUNT : TABLE_LOT;
	uint64_t skip = next_random(&f->seed) % txn_count(txn, table);
	uint8_t value[8192];
	struct bytes changed;
	struct key key = { 0 };
	struct range r;

	range_start(&r, txn, table, NULL);
	for (uint64_t i = 0; i <= skip; i++)
		if (!range_next(&r))
			die("the table has fewer rows than it says");
	key_bytes(&key, r.key.at, r.key.len);
	memcpy(value, r.value.at, r.value.len);
	changed = (struct bytes){ value, r.value.len };
	range_end(&r);
	value[next_random(&f->seed) % changed.len] ^= (uint8_t)(1 << next_random(&f->seed) % 8);
	txn_put(txn, table, &key, changed);
	return txn_status(txn);
}

static int changes_a_row(void *arg)
{
	struct flips *f = arg;
	struct till t;

	till_open(&t, f->dir);
	NEED(store_write(t.shop.store, change_row, f));
	till_close(&t);
	return 0;
}

static void rows_without_a_check_are_seen_to_lie(void **state)
{
	enum { CHANGES = 100 };
	struct flips *f = *state;

	for (int i = 0; i < CHANGES; i++) {
		next_random(&f->seed);
		data_write(f->dir, f->shop, f->len);
		assert_int_equal(child_run(changes_a_row, f), 0);
		judge(f, 0);
	}
	printf("# of the control's %d changed rows %ld gave a wrong answer, verify told of %ld\n",
	       CHANGES, f->wrong, f->found + f->said);
	assert_true(f->wrong > CHANGES / 4);
	assert_int_equal(f->silent, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		CASE(a_flipped_bit_is_found_or_changes_no_answer),
		CASE(a_flipped_bit_in_the_meta_pages_too),
		CASE(rows_without_a_check_are_seen_to_lie),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

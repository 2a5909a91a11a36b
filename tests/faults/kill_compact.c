/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/yard.h"

#include "shop/compact.h"

/* A store that was being compacted is the one before or the one after, whole; and
 * when it was said that who was erased has left the file, they have. */

static const char gone[] = "Farewell Quixotic";

static int makes_a_shop(void *arg)
{
	struct yard *y = arg;
	struct customer *c = mem_alloc(sizeof(*c));
	struct till t;
	bool repeated;

	till_open(&t, y->shop);
	strcpy(c->name, gone);
	NEED(customer_add(&t.shop, &t.by, c, false));
	for (long n = 0; n < NEW; n++)
		NEED(till_sell(&t, BACKING, n, &repeated));
	NEED(customer_erase(&t.shop, &t.by, c->id));
	till_close(&t);
	free(c);
	return 0;
}

static int compacts(void *arg)
{
	struct yard *y = arg;
	struct till t;
	bool done;

	till_open(&t, y->shop);
	NEED(compact_if_wanted(&t.shop, t.by.now, &done));
	tell(y, 'c');
	till_close(&t);
	return 0;
}

static int looks_at_the_shop(void *arg)
{
	struct yard *y = arg;
	long sales = count_sales(y->shop);

	if (sales != NEW)
		die("the shop has %ld sales", sales);
	return 0;
}

static bool holds_the_name(const struct yard *y)
{
	size_t len;
	uint8_t *bytes = data_read(y->shop, &len);
	bool found = memmem(bytes, len, gone, strlen(gone)) != NULL;

	free(bytes);
	return found;
}

static void kill_a_compaction(struct yard *y)
{
	int from;
	pid_t child;
	bool told;

	scratch_remove(y->shop);
	data_write(y->shop, y->image, y->len);
	child = start(y, compacts, &from);
	wait_at_random(y, y->longest_us);
	kill(child, SIGKILL);
	y->kills += child_result(child) == 128 + SIGKILL;
	told = hear_all(from, 'c');
	y->losses += child_run(looks_at_the_shop, y) != 0;
	y->losses += told && holds_the_name(y);
	y->replaced += !holds_the_name(y);
	/* Again, to its end. */
	child = start(y, compacts, &from);
	y->losses += child_result(child) != 0 || hear_all(from, 'c') != 1 || holds_the_name(y);
	y->losses += child_run(looks_at_the_shop, y) != 0;
}

static void a_compacted_shop_is_the_old_or_the_new_one(void **state)
{
	long kills = short_or_long(20, 2000);
	struct yard *y = mem_alloc(sizeof(*y));
	int from;

	(void)state;
	yard_open(y);
	assert_int_equal(child_run(makes_a_shop, y), 0);
	assert_true(holds_the_name(y));
	y->image = data_read(y->shop, &y->len);
	y->longest_us = now_us();
	assert_int_equal(child_result(start(y, compacts, &from)), 0);
	y->longest_us = now_us() - y->longest_us;
	close(from);
	assert_false(holds_the_name(y));
	while (y->kills < kills && !y->losses)
		kill_a_compaction(y);
	printf("# %ld times the new one was in its place already\n", y->replaced);
	report("kill", "compactions, each then repeated", y->kills, y->losses, SEED);
	assert_int_equal(y->losses, 0);
	yard_close(y);
	free(y);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_compacted_shop_is_the_old_or_the_new_one),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

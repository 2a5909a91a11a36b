/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/yard.h"

/* A shop that was being restored is the one before or the one after, whole; a
 * dump that is there makes a shop, and a shop that was being loaded is there
 * whole or not at all. */

/* -- restoring over a shop -- */

static int makes_both(void *arg)
{
	struct yard *y = arg;
	struct backup_made *made = mem_alloc(sizeof(*made));
	struct backup_ask ask = { .to = y->file };
	struct till t;
	bool repeated;

	till_open(&t, y->shop);
	ask.now = t.by.now;
	for (long n = 0; n < NEW; n++) {
		if (n == OLD)
			NEED(backup_make(&t.shop, &ask, made));
		NEED(till_sell(&t, BACKING, n, &repeated));
	}
	till_close(&t);
	free(made);
	return 0;
}

static int restores_over(void *arg)
{
	struct yard *y = arg;
	struct till t;

	till_start(&t);
	if (y->tells_first)
		tell(y, 'r');
	NEED(restore_file(y->shop, y->file, &t.by));
	tell(y, 'r');
	return 0;
}

/* The one before or the one after: its exit status says which. */
static int looks_which(void *arg)
{
	struct yard *y = arg;
	long sales;

	if (y->tells_first)
		hush();
	sales = count_sales(y->shop);
	if (sales != OLD && sales != NEW)
		die("the shop has %ld sales", sales);
	if (y->first && sales != OLD)
		die("a restore was acknowledged and is not there");
	return sales == OLD;
}

/* What was there before the restore, under its new name. */
static void look_at_the_kept_one(struct yard *y)
{
	DIR *d = opendir(y->shop);
	struct dirent *e;
	bool found = false;
	char backup[96];

	memcpy(backup, y->file, sizeof(backup));
	while (d && (e = readdir(d))) {
		if (strncmp(e->d_name, "data.mdb.before", 15) != 0)
			continue;
		snprintf(y->file, sizeof(y->file), "%.40s/%.50s", y->shop, e->d_name);
		y->expected = NEW;
		restore_elsewhere(y);
		found = true;
	}
	closedir(d);
	memcpy(y->file, backup, sizeof(backup));
	y->losses += !found;
}

static void fresh_shop(struct yard *y)
{
	scratch_remove(y->shop);
	data_write(y->shop, y->image, y->len);
}

static void kill_a_restore(struct yard *y)
{
	int from, which;
	pid_t child;

	fresh_shop(y);
	child = start(y, restores_over, &from);
	wait_at_random(y, y->longest_us);
	kill(child, SIGKILL);
	y->kills += child_result(child) == 128 + SIGKILL;
	y->first = hear_all(from, 'r');
	which = child_run(looks_which, y);
	y->losses += which > 1;
	if (which == 1) {
		y->replaced++;
		look_at_the_kept_one(y);
	}
	/* Again, to its end: nothing of the one killed is in the way. */
	y->to = -1;
	if (which > 1 || y->tells_first)
		return;
	child = start(y, restores_over, &from);
	y->losses += child_result(child) != 0 || hear_all(from, 'r') != 1;
	y->first = 1;
	y->losses += child_run(looks_which, y) != 1;
}

static void prepare_restores(struct yard *y)
{
	int from;

	yard_open(y);
	snprintf(y->file, sizeof(y->file), "%.70s/%d.mdb", y->stick, OLD);
	assert_int_equal(child_run(makes_both, y), 0);
	y->image = data_read(y->shop, &y->len);
	y->longest_us = now_us();
	assert_int_equal(child_result(start(y, restores_over, &from)), 0);
	y->longest_us = now_us() - y->longest_us;
	close(from);
	y->restored = 0;
}

static void a_restored_shop_is_the_old_or_the_new_one(void **state)
{
	long kills = short_or_long(20, 2000);
	struct yard *y = mem_alloc(sizeof(*y));

	(void)state;
	prepare_restores(y);
	while (y->kills < kills && !y->losses)
		kill_a_restore(y);
	printf("# %ld times the restored one was in its place already\n", y->replaced);
	report("kill", "restores, each then repeated", y->kills, y->losses, SEED);
	report("backup", "shops that a restore had put aside, restored and verified",
	       y->restored, y->losses, SEED);
	assert_int_equal(y->losses, 0);
	yard_close(y);
	free(y);
}

static void a_restore_that_is_told_too_early_is_seen(void **state)
{
	struct yard *y = mem_alloc(sizeof(*y));

	(void)state;
	prepare_restores(y);
	y->tells_first = true;
	while (y->kills < 200 && !y->losses)
		kill_a_restore(y);
	report("control", "a restore that says it is done before it is, killed", y->kills,
	       y->losses, SEED);
	assert_int_equal(y->losses, 1);
	yard_close(y);
	free(y);
}

/* -- a dump, and a shop made of it -- */

static enum status load_file(const char *dir, const char *file, int64_t now)
{
	struct load_ask ask = { .dir = dir, .file = file, .now = now };
	struct verify_result result;

	return load(&ask, &result);
}

static int dumps_and_loads(void *arg)
{
	struct yard *y = arg;
	struct backup_ask ask = { .to = y->file };
	struct dump_made *made = mem_alloc(sizeof(*made));
	struct till t;

	till_open(&t, y->shop);
	ask.now = t.by.now;
	NEED(dump_make(&t.shop, &ask, made));
	tell(y, 'd');
	till_close(&t);
	NEED(load_file(y->other, y->file, t.by.now));
	tell(y, 'l');
	free(made);
	return 0;
}

/* What is there is whole: the file makes a shop, and the folder is one. */
static int looks_at_both(void *arg)
{
	struct yard *y = arg;
	bool dumped = !access(y->file, F_OK), loaded = !access(y->other, F_OK);
	char again[96];
	struct till t;

	till_start(&t);
	if ((y->first > 0 && !dumped) || (y->first > 1 && !loaded))
		die("a dump was acknowledged, or a shop made of it, and is not there");
	if (loaded && count_sales(y->other) != NEW)
		die("the shop that was made of a dump lacks sales");
	if (!dumped)
		return 0;
	snprintf(again, sizeof(again), "%s-again", y->other);
	NEED(load_file(again, y->file, t.by.now));
	if (count_sales(again) != NEW)
		die("the dump lacks sales");
	scratch_remove(again);
	return 0;
}

static void kill_a_dump(struct yard *y)
{
	int from;
	pid_t child = start(y, dumps_and_loads, &from);

	wait_at_random(y, y->longest_us);
	kill(child, SIGKILL);
	y->kills += child_result(child) == 128 + SIGKILL;
	y->first = hear_all(from, 0);
	y->losses += child_run(looks_at_both, y) != 0;
	y->restored += !access(y->file, F_OK);
	unlink(y->file);
	scratch_remove(y->other);
}

static void a_dump_that_is_there_is_a_whole_one(void **state)
{
	long kills = short_or_long(20, 2000);
	struct yard *y = mem_alloc(sizeof(*y));
	int64_t began;
	int from;

	(void)state;
	prepare_restores(y);
	fresh_shop(y);
	snprintf(y->file, sizeof(y->file), "%.70s/text.dump", y->stick);
	began = now_us();
	assert_int_equal(child_result(start(y, dumps_and_loads, &from)), 0);
	y->longest_us = now_us() - began;
	close(from);
	unlink(y->file);
	scratch_remove(y->other);
	while (y->kills < kills && !y->losses)
		kill_a_dump(y);
	report("kill", "dumps, and shops made of them", y->kills, y->losses, SEED);
	report("backup", "dumps of those runs, each loaded and verified", y->restored, y->losses,
	       SEED);
	assert_int_equal(y->losses, 0);
	yard_close(y);
	free(y);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_restored_shop_is_the_old_or_the_new_one),
		cmocka_unit_test(a_dump_that_is_there_is_a_whole_one),
		cmocka_unit_test(a_restore_that_is_told_too_early_is_seen),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

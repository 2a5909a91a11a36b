/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/till.h"

#include <dirent.h>
#include <time.h>

#include "shop/dump.h"
#include "shop/restore.h"

/* Backups are made while tills sell, shops are restored, and whoever does it is
 * killed at any instant. Whatever has a backup's name afterwards is restored, is
 * a sound shop and has what had been sold when it was begun; a shop that was
 * being restored is the one before or the one after, whole. */

enum { SEED = 20260301, BACKING = 0, BESIDE = 1, BETWEEN = 5, OLD = 30, NEW = 60,
       SHORT = 15 };

struct yard {
	char base[64], shop[80], stick[80], file[96], other[80];
	uint8_t *image;
	size_t len;
	int to;
	long first;			/* sale of the one who makes backups */
	bool tells_first;		/* the control */
	uint64_t seed;
	int64_t longest_us;
	struct expected want;
	long kills, restored, replaced, losses;
	long expected;			/* sales in 'file' */
};

static void tell(const struct yard *y, char what)
{
	if (write(y->to, &what, 1) != 1)
		_exit(0);
}

static int64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

static pid_t start(struct yard *y, child_work *work, int *from)
{
	int ends[2];
	pid_t child;

	if (pipe2(ends, O_CLOEXEC))
		die("cannot make a pipe");
	y->to = ends[1];
	child = child_start(work, y);
	*from = ends[0];
	close(ends[1]);
	return child;
}

static void wait_at_random(struct yard *y, int64_t longest_us)
{
	int64_t us = (int64_t)(next_random(&y->seed) % (uint64_t)longest_us);
	struct timespec wait = { us / 1000000, us % 1000000 * 1000 };

	nanosleep(&wait, NULL);
}

static void yard_open(struct yard *y)
{
	memset(y, 0, sizeof(*y));
	y->seed = SEED;
	scratch_make(y->base);
	snprintf(y->shop, sizeof(y->shop), "%s/shop", y->base);
	snprintf(y->stick, sizeof(y->stick), "%s/stick", y->base);
	snprintf(y->other, sizeof(y->other), "%s/other", y->base);
	mkdir(y->stick, 0700);
	till_make(y->shop);
}

static void yard_close(struct yard *y)
{
	scratch_remove(y->base);
	free(y->image);
}

/* -- restoring -- */

static bool yes(void *arg, const struct restore_found *found)
{
	(void)arg;
	(void)found;
	return true;
}

static enum status restore_file(const char *dir, const char *file, const struct actor *by)
{
	struct restore_found *found = mem_alloc(sizeof(*found));
	struct restore_ask ask = { .dir = dir, .file = file, .by = by, .agree = yes };
	enum status st = restore(&ask, NULL, found);

	free(found);
	return st;
}

/* Verifies a shop; gives how many sales of the one who makes backups it has. */
static long count_sales(const char *dir)
{
	struct expected want = { .running = { true, true } };
	long sales[TILL_WRITERS];
	struct till t;

	till_open(&t, dir);
	till_check(&t, &want, sales);
	till_close(&t);
	return sales[BACKING];
}

/* The file is a sound shop with just so many sales. */
static int restores(void *arg)
{
	struct yard *y = arg;
	struct till t;
	long sales;

	if (y->tells_first)
		hush();
	till_start(&t);
	NEED(restore_file(y->other, y->file, &t.by));
	sales = count_sales(y->other);
	if (sales != y->expected)
		die("%s has %ld sales, and should have %ld", y->file, sales, y->expected);
	return 0;
}

static void restore_elsewhere(struct yard *y)
{
	y->losses += child_run(restores, y) != 0;
	y->restored++;
	scratch_remove(y->other);
}

/* -- backups beside sales -- */

static int sells_beside(void *arg)
{
	struct yard *y = arg;
	struct till t;
	bool repeated;

	till_open(&t, y->shop);
	for (long n = y->want.acked[BESIDE];; n++) {
		NEED(till_sell(&t, BESIDE, n, &repeated));
		tell(y, 's');
	}
}

static int backs_up(void *arg)
{
	struct yard *y = arg;
	struct backup_made *made = mem_alloc(sizeof(*made));
	struct till t;
	bool repeated;
	char path[128];

	till_open(&t, y->shop);
	for (long n = y->first;; n++) {
		struct backup_ask ask = { .to = path, .now = t.by.now };

		NEED(till_sell(&t, BACKING, n, &repeated));
		tell(y, 's');
		if (n % BETWEEN)
			continue;
		snprintf(path, sizeof(path), "%s/%ld.mdb", y->stick, n + 1);
		if (access(path, F_OK))
			NEED(backup_make(&t.shop, &ask, made));
		tell(y, 'b');
	}
}

static long hear_all(int from, char what)
{
	char told[4096];
	ssize_t n;
	long heard = 0;

	while ((n = read(from, told, sizeof(told))) > 0)
		for (ssize_t i = 0; i < n; i++)
			heard += told[i] == what || !what;
	close(from);
	return heard;
}

/* Everything on the stick with a backup's name. Gives how many there were. */
static long restore_all(struct yard *y)
{
	DIR *d = opendir(y->stick);
	struct dirent *e;
	long files = 0;

	if (!d)
		die("cannot read %s", y->stick);
	while ((e = readdir(d))) {
		if (e->d_name[0] == '.')
			continue;
		snprintf(y->file, sizeof(y->file), "%.70s/%.20s", y->stick, e->d_name);
		y->expected = atol(e->d_name);
		restore_elsewhere(y);
		unlink(y->file);
		files++;
	}
	closedir(d);
	return files;
}

static void kill_a_backup(struct yard *y)
{
	int from, beside;
	pid_t seller = start(y, sells_beside, &beside), backing = start(y, backs_up, &from);
	char told[2];
	long backups = 0, sold = 0;

	/* Not before something was sold, then at any instant of some backups. */
	if (read(from, told, 1) == 1)
		sold++;
	wait_at_random(y, 60 * 1000);
	kill(backing, SIGKILL);
	y->kills += child_result(backing) == 128 + SIGKILL;
	kill(seller, SIGKILL);
	child_result(seller);
	for (char c; read(from, &c, 1) == 1;) {
		sold += c == 's';
		backups += c == 'b';
	}
	close(from);
	y->want.acked[BESIDE] += hear_all(beside, 's');
	y->first += sold;
	if (restore_all(y) < backups - 1)
		die("%ld backups were acknowledged, and are not there", backups);
}

static int looks_at_the_shop(void *arg)
{
	struct yard *y = arg;
	struct till t;

	till_open(&t, y->shop);
	y->want.acked[BACKING] = y->first;
	till_check(&t, &y->want, NULL);
	till_close(&t);
	return 0;
}

static void a_backup_that_is_there_is_a_whole_one(void **state)
{
	long kills = short_or_long(SHORT, 1000);
	struct yard *y = mem_alloc(sizeof(*y));
	long restored = 0, done = 0, losses = 0;

	(void)state;
	while (done < kills && !losses) {
		yard_open(y);
		while (y->kills < 50 && done + y->kills < kills && !y->losses)
			kill_a_backup(y);
		y->losses += child_run(looks_at_the_shop, y) != 0;
		done += y->kills;
		restored += y->restored;
		losses += y->losses;
		yard_close(y);
	}
	report("kill", "backups beside a selling till, both killed", done, losses, SEED);
	report("backup", "backups of those runs, each restored and verified", restored, losses,
	       SEED);
	assert_int_equal(losses, 0);
	/* How many there are by then is a matter of how busy the machine is. */
	if (kills > SHORT)
		assert_true(restored > 0);
	free(y);
}

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
		cmocka_unit_test(a_backup_that_is_there_is_a_whole_one),
		cmocka_unit_test(a_restored_shop_is_the_old_or_the_new_one),
		cmocka_unit_test(a_dump_that_is_there_is_a_whole_one),
		cmocka_unit_test(a_restore_that_is_told_too_early_is_seen),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

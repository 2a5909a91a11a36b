/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/yard.h"

#include <limits.h>

/* Whatever has a backup's name when everybody was killed is restored, is a sound
 * shop, and has what had been sold when it was begun. */

enum { BETWEEN = 5, SHORT = 15 };

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

static int backs_up_once(void *arg)
{
	struct yard *y = arg;
	struct backup_made *made = mem_alloc(sizeof(*made));
	struct backup_ask ask = { .to = y->file };
	struct till t;

	till_open(&t, y->shop);
	ask.now = t.by.now;
	NEED(backup_make(&t.shop, &ask, made));
	till_close(&t);
	return 0;
}

static void time_a_backup(struct yard *y)
{
	snprintf(y->file, sizeof(y->file), "%.70s/first.mdb", y->stick);
	y->longest_us = now_us();
	assert_int_equal(child_run(backs_up_once, y), 0);
	y->longest_us = now_us() - y->longest_us;
	unlink(y->file);
}

struct heard {
	long backups, sold;
};

/* What is heard until there are so many backups, or so many sales. */
static void hear_until(int from, struct heard *heard, long backups, long sold)
{
	for (char c; (heard->backups < backups || heard->sold < sold) && read(from, &c, 1) == 1;) {
		heard->sold += c == 's';
		heard->backups += c == 'b';
	}
}

/* At any instant of the first backup, or of the sales and the backup after it: half
 * of the kills wait until one was acknowledged, so that half leave a whole one,
 * however busy the machine is. Beside a till that sells a backup takes many times
 * what it takes alone; how long is measured while waiting for it. */
static void kill_a_backup(struct yard *y)
{
	int from, beside;
	pid_t seller = start(y, sells_beside, &beside), backing = start(y, backs_up, &from);
	long wanted = (long)(next_random(&y->seed) % 2);
	struct heard heard = { 0, 0 };
	int64_t began = now_us();

	y->waited += wanted;
	hear_until(from, &heard, wanted, 1);
	if (wanted && now_us() - began > y->longest_us)
		y->longest_us = now_us() - began;
	wait_at_random(y, y->longest_us);
	kill(backing, SIGKILL);
	y->kills += child_result(backing) == 128 + SIGKILL;
	kill(seller, SIGKILL);
	child_result(seller);
	hear_until(from, &heard, LONG_MAX, LONG_MAX);
	close(from);
	y->want.acked[BESIDE] += hear_all(beside, 's');
	y->first += heard.sold;
	if (restore_all(y) < heard.backups)
		die("%ld backups were acknowledged, and are not all there", heard.backups);
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
	long restored = 0, waited = 0, done = 0, losses = 0;
	uint64_t seed = SEED;

	(void)state;
	while (done < kills && !losses) {
		yard_open(y);
		y->seed = seed;
		time_a_backup(y);
		while (y->kills < 50 && done + y->kills < kills && !y->losses)
			kill_a_backup(y);
		y->losses += child_run(looks_at_the_shop, y) != 0;
		done += y->kills;
		restored += y->restored;
		waited += y->waited;
		seed = y->seed;
		losses += y->losses;
		yard_close(y);
	}
	report("kill", "backups beside a selling till, both killed", done, losses, SEED);
	report("backup", "backups of those runs, each restored and verified", restored, losses,
	       SEED);
	assert_int_equal(losses, 0);
	/* Who waited for a backup has one, and every one that was acknowledged is there. The
	 * others may have one or none. */
	assert_true(restored >= waited && waited >= kills / 3);
	free(y);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_backup_that_is_there_is_a_whole_one),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

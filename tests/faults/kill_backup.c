/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/yard.h"

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

static void kill_a_backup(struct yard *y)
{
	int from, beside;
	pid_t seller = start(y, sells_beside, &beside), backing = start(y, backs_up, &from);
	char told[2];
	long backups = 0, sold = 0;

	/* Not before something was sold, then at any instant of some backups,
	 * however slow the machine is. */
	if (read(from, told, 1) == 1)
		sold++;
	wait_at_random(y, 10 * y->longest_us);
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
		time_a_backup(y);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_backup_that_is_there_is_a_whole_one),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

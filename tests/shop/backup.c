/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Backups: made while the shop is open, verified, named, kept and let go. */

#include <signal.h>
#include <sys/wait.h>

#include "base/mem.h"
#include "shop/compact.h"
#include "shop/dump.h"
#include "store/replace.h"
#include "tests/shop/place.h"

static void use_folder(struct place *p)
{
	MUST(shop_set(&p->f.shop, &p->f.by, "backup_folder", p->folder));
}

/* -- one -- */

/* The shop goes on from what the file holds. */
static void a_backup_is_a_shop(void **state)
{
	struct place *p = *state;
	struct backup_made made;
	char path[200], inside[240];
	struct backup_ask ask = to_file(p, "one.mdb", path);
	struct stat st;
	struct shop copy;

	fill(p);
	MUST(backup_make(&p->f.shop, &ask, &made));
	assert_string_equal(made.path, path);
	assert_int_equal(made.customers, 1);
	assert_int_equal(made.entries, 22);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(st.st_size, made.bytes);
	assert_int_equal(count_files(p->folder), 1);
	sell(&p->f, 1, 1000, NULL);	/* the shop is still open */
	shop_close(&p->f.shop);
	snprintf(inside, sizeof(inside), "%s/in", p->folder);
	assert_int_equal(mkdir(inside, 0700), 0);
	snprintf(inside, sizeof(inside), "%s/in/data.mdb", p->folder);
	assert_int_equal(rename(path, inside), 0);
	snprintf(inside, sizeof(inside), "%s/in", p->folder);
	MUST(shop_open(inside, &copy));
	assert_string_equal(copy.settings.name, "Patel Tea House");
	shop_close(&copy);
}

static void what_is_there_is_not_written_over(void **state)
{
	struct place *p = *state;
	struct backup_made made;
	char path[200];
	struct backup_ask ask = to_file(p, "one.mdb", path);
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	assert_int_equal(write(fd, "mine", 4), 4);
	close(fd);
	assert_int_equal(backup_make(&p->f.shop, &ask, &made), ST_EXISTS);
	assert_non_null(strstr(status_text(), "is there already"));
	assert_int_equal(count_files(p->folder), 1);
	ask = to_file(p, "nowhere/one.mdb", path);
	assert_int_not_equal(backup_make(&p->f.shop, &ask, &made), ST_OK);
	assert_non_null(strstr(status_text(), "cannot write to the folder"));
}

static bool stop(void *arg, uint64_t done, uint64_t all)
{
	(void)done;
	return !all && arg;
}

static void it_can_be_stopped(void **state)
{
	struct place *p = *state;
	struct backup_made made;
	struct backup_facts facts;
	char path[200];
	struct backup_ask ask = to_file(p, "one.mdb", path);

	fill(p);
	for (int i = 0; i < 3000; i++)
		sell(&p->f, 1, 1000, NULL);
	ask.step = stop;
	assert_int_equal(backup_make(&p->f.shop, &ask, &made), ST_CANCELLED);
	assert_int_equal(count_files(p->folder), 0);
	MUST(backup_facts(&p->f.shop, p->f.by.now, &facts));
	assert_int_equal(facts.last_failure, 0);
}

static void a_program_that_is_ended_leaves_nothing(void **state)
{
	struct place *p = *state;
	struct backup_made made;
	char path[200];
	struct backup_ask ask = to_file(p, "one.mdb", path);
	sigset_t term, before, waiting;

	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, &before);
	raise(SIGTERM);		/* waits until the folder is tidy again */
	assert_int_equal(backup_make(&p->f.shop, &ask, &made), ST_CANCELLED);
	assert_int_equal(count_files(p->folder), 0);
	sigpending(&waiting);
	assert_int_equal(sigismember(&waiting, SIGTERM), 1);
	signal(SIGTERM, SIG_IGN);
	sigprocmask(SIG_SETMASK, &before, NULL);
	signal(SIGTERM, SIG_DFL);
}

static enum status harm(struct txn *txn, void *arg)
{
	struct key k = { .len = 0 };

	(void)arg;
	key_text(&k, "9825012345");
	txn_put(txn, TABLE_CARD, &k, (struct bytes){ "\0\0\0\7", 4 });
	return txn_status(txn);
}

static void a_shop_with_faults_has_no_good_backup(void **state)
{
	struct place *p = *state;
	struct backup_made made;
	struct backup_facts facts;
	char path[200];
	struct backup_ask ask = to_file(p, "one.mdb", path);

	fill(p);
	MUST(store_write(p->f.shop.store, harm, NULL));
	assert_int_equal(backup_make(&p->f.shop, &ask, &made), ST_CORRUPT);
	assert_non_null(strstr(status_text(), "regulars verify"));
	assert_int_equal(count_files(p->folder), 0);
	MUST(backup_facts(&p->f.shop, p->f.by.now, &facts));
	assert_int_equal(facts.last_failure, p->f.by.now);
	assert_int_equal(facts.last_good, 0);
	assert_non_null(strstr(facts.last_error, "faults (1)"));
}

static void a_pipe_gets_the_same_bytes(void **state)
{
	struct place *p = *state;
	struct backup_ask ask = { .now = p->f.by.now };
	struct backup_made made;
	struct stat st;
	char path[200];
	int fd;

	fill(p);
	snprintf(path, sizeof(path), "%s/piped", p->folder);
	fd = open(path, O_RDWR | O_CREAT, 0600);
	MUST(backup_write(&p->f.shop, &ask, fd, &made));
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(st.st_size, made.bytes);
	assert_true(made.bytes > 8 * 4096);
	close(fd);
	assert_int_equal(count_files(p->f.dir), 4);	/* nothing of it is left there */
}

/* Whoever reads it may go for lunch: the shop can be replaced meanwhile. */
static void a_slow_reader_keeps_nobody_out(void **state)
{
	struct place *p = *state;
	struct backup_ask ask = { .now = p->f.by.now };
	struct backup_made made;
	struct dump_made dumped;
	struct replacement r;
	int ends[2];
	char first;
	pid_t pid;

	fill(p);
	shop_close(&p->f.shop);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(pipe(ends), 0);
		assert_true(fcntl(ends[1], F_SETPIPE_SZ, 4096) > 0);
		pid = fork();
		if (!pid) {
			if (shop_open(p->f.dir, &p->f.shop) != ST_OK)
				_exit(1);
			_exit(i ? dump_write(&p->f.shop, &ask, ends[1], &dumped) :
				  backup_write(&p->f.shop, &ask, ends[1], &made));
		}
		assert_int_equal(read(ends[0], &first, 1), 1);
		MUST(replace_begin(p->f.dir, &r));
		assert_int_equal(waitpid(pid, NULL, WNOHANG), 0);	/* it is not done */
		replace_end(&r);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		close(ends[0]);
		close(ends[1]);
	}
}

/* -- how safe the shop is -- */

static void two_days_without_one_are_told(void **state)
{
	struct place *p = *state;
	struct backup_facts facts;
	struct backup_made made;
	char path[200];
	struct backup_ask ask = to_file(p, "one.mdb", path);

	MUST(backup_facts(&p->f.shop, p->f.by.now + 9 * 24 * CLOCK_HOUR, &facts));
	assert_false(facts.wanted || facts.late);	/* nothing to lose */
	fill(p);
	MUST(backup_facts(&p->f.shop, p->f.by.now, &facts));
	assert_true(facts.wanted);
	assert_false(facts.late);
	MUST(backup_facts(&p->f.shop, p->f.by.now + 49 * CLOCK_HOUR, &facts));
	assert_true(facts.late);
	p->f.by.now += 49 * CLOCK_HOUR;
	ask.now = p->f.by.now;
	MUST(backup_make(&p->f.shop, &ask, &made));
	MUST(backup_facts(&p->f.shop, p->f.by.now + 47 * CLOCK_HOUR, &facts));
	assert_false(facts.late);
	assert_int_equal(facts.last_good, p->f.by.now);
	assert_string_equal(facts.folder, "");
	MUST(backup_facts(&p->f.shop, p->f.by.now + 49 * CLOCK_HOUR, &facts));
	assert_true(facts.late);
}

/* Nobody has bought anything yet, but all of them would be gone. */
static void a_book_of_imported_people_is_worth_one(void **state)
{
	struct place *p = *state;
	struct backup_facts facts;

	for (int i = 0; i < 40; i++) {
		struct customer c = named("Asha Patel");

		MUST(customer_add(&p->f.shop, &p->f.by, &c, true));
	}
	MUST(backup_facts(&p->f.shop, p->f.by.now, &facts));
	assert_true(facts.wanted);
	assert_false(facts.late);
	MUST(backup_facts(&p->f.shop, p->f.by.now + 49 * CLOCK_HOUR, &facts));
	assert_true(facts.late);
}

/* -- every night -- */

static struct backup_nightly tonight(struct place *p)
{
	struct backup_nightly out;

	MUST(backup_tonight(&p->f.shop, p->f.by.now, &out));
	return out;
}

static void a_night_makes_one(void **state)
{
	struct place *p = *state;
	struct backup_nightly out;
	struct backup_files files;

	fill(p);
	assert_false(tonight(p).made);		/* no folder is chosen */
	use_folder(p);
	out = tonight(p);
	assert_true(out.made);
	assert_non_null(strstr(out.backup.path, "/patel-tea-house-"));
	assert_non_null(strstr(out.backup.path, "-2026-03-01-091400.mdb"));
	p->f.by.now += 19 * CLOCK_HOUR;
	assert_false(tonight(p).made);
	p->f.by.now += 2 * CLOCK_HOUR;
	assert_true(tonight(p).made);
	MUST(backup_list(&p->f.shop, p->folder, &files));
	assert_int_equal(files.n, 2);
	assert_true(files.row[0].minute - files.row[1].minute == 21 * 60);
	assert_int_equal(files.row[1].minute % 1440, 9 * 60 + 14);
	backup_files_release(&files);
}

static void touch(struct place *p, const char *name)
{
	char path[400];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", p->folder, name);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	assert_true(fd >= 0);
	close(fd);
}

static bool is_there(struct place *p, const char *name)
{
	char path[400];

	snprintf(path, sizeof(path), "%s/%s", p->folder, name);
	return !access(path, F_OK);
}

static void only_its_own_are_let_go(void **state)
{
	static const char *const others[] = {
		"patel-tea-house-00000000-2020-01-01-091400.mdb",	/* another store's */
		"data.mdb", "notes.txt", ".mdb", "2020-01-01.mdb",
	};
	struct place *p = *state;
	struct backup_files files;
	char instance[9], name[200];

	fill(p);
	use_folder(p);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		touch(p, others[i]);
	tonight(p);
	MUST(backup_list(&p->f.shop, p->folder, &files));
	assert_int_equal(files.n, 1);
	memcpy(instance, strstr(files.row[0].name, "house-") + 6, 8);
	instance[8] = '\0';
	backup_files_release(&files);
	for (int day = 1; day <= 28; day++) {
		snprintf(name, sizeof(name), "old-name-%s-2026-01-%02d-030000.mdb", instance, day);
		touch(p, name);
	}
	snprintf(name, sizeof(name), "x-%s-2026-01-01-030000.mdb.part", instance);
	touch(p, name);
	snprintf(name, sizeof(name), "x-%s-2026-02-30-030000.mdb", instance);	/* no such day */
	touch(p, name);
	p->f.by.now += 30 * CLOCK_HOUR;
	/* 30 in all: two of March and the last five of January make seven days, and
	 * the newest of four weeks and of two months are among them. */
	assert_int_equal(tonight(p).removed, 30 - 7);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		assert_true(is_there(p, others[i]));
	assert_true(is_there(p, name));
	MUST(backup_list(&p->f.shop, p->folder, &files));
	assert_int_equal(files.n, 7);
	backup_files_release(&files);
}

static void a_folder_that_is_gone_is_told(void **state)
{
	struct place *p = *state;
	struct backup_nightly out;
	struct backup_facts facts;

	fill(p);
	use_folder(p);
	rmdir(p->folder);
	assert_int_equal(backup_tonight(&p->f.shop, p->f.by.now, &out), ST_NOT_FOUND);
	assert_non_null(strstr(status_text(), "plug its disk in"));
	assert_int_not_equal(access(p->folder, F_OK), 0);
	MUST(backup_facts(&p->f.shop, p->f.by.now, &facts));
	assert_non_null(strstr(facts.last_error, "plug its disk in"));
	assert_int_equal(facts.last_failure, p->f.by.now);
	assert_int_equal(shop_set(&p->f.shop, &p->f.by, "backup_folder", "/nowhere"), ST_INVALID);
	MUST(shop_set(&p->f.shop, &p->f.by, "backup_folder", ""));
	assert_false(tonight(p).made);
}

/* Ten years, a backup each night (but none in August), each night's choice made
 * from what the night before left. */
static void years_are_thinned_out(void **state)
{
	int64_t kept[64];
	bool stays[64];
	size_t n = 0;
	int32_t first = day_from_civil(2020, 1, 1);

	(void)state;
	for (int32_t day = first; day < first + 3653; day++) {
		int year, month, date;
		size_t left = 0;

		day_to_civil(day, &year, &month, &date);
		if (month == 8)
			continue;
		memmove(kept + 1, kept, n * sizeof(*kept));
		kept[0] = (int64_t)day * 1440 + 180;
		n++;
		backup_choose(kept, n, stays);
		for (size_t i = 0; i < n; i++)
			if (stays[i])
				kept[left++] = kept[i];
		n = left;
		assert_true(n <= 7 + 4 + 12);
		for (size_t i = 0; i < 7 && i < n && month != 9; i++)
			assert_int_equal(kept[i] / 1440, day - (int32_t)i);
		if (day > first + 450)		/* a year back, but for August */
			assert_true(kept[n - 1] / 1440 < day - 330);
	}
	backup_choose(kept, 0, stays);
}

static void the_newest_of_a_day_stays(void **state)
{
	const int64_t minutes[] = { 20000 * 1440 + 900, 20000 * 1440 + 100, 19999 * 1440 + 50,
				    19999 * 1440 + 10, 19999 * 1440 };
	const bool expected[] = { true, false, true, false, false };
	bool stays[5];

	(void)state;
	backup_choose(minutes, 5, stays);
	assert_memory_equal(stays, expected, sizeof(stays));
}

/* -- erased names leave the file -- */

static bool holds(struct place *p, const char *text)
{
	char path[200], *bytes;
	struct stat st;
	bool found;
	int fd;

	snprintf(path, sizeof(path), "%s/data.mdb", p->f.dir);
	fd = open(path, O_RDONLY);
	fstat(fd, &st);
	bytes = mem_alloc((size_t)st.st_size);
	assert_int_equal(read(fd, bytes, (size_t)st.st_size), st.st_size);
	close(fd);
	found = memmem(bytes, (size_t)st.st_size, text, strlen(text)) != NULL;
	free(bytes);
	return found;
}

static void erased_names_leave_the_file(void **state)
{
	struct place *p = *state;
	struct customer c = with_phone("Farewell Quixotic", "98250 99999");
	bool done;

	fill(p);
	add_customer(&p->f, &c);
	MUST(compact_if_wanted(&p->f.shop, p->f.by.now, &done));
	assert_false(done);
	MUST(customer_erase(&p->f.shop, &p->f.by, c.id));
	assert_true(holds(p, "Farewell Quixotic"));
	MUST(compact_if_wanted(&p->f.shop, p->f.by.now, &done));
	assert_true(done);
	assert_false(holds(p, "Farewell Quixotic"));
	assert_true(holds(p, "Suresh Patel"));
	MUST(compact_if_wanted(&p->f.shop, p->f.by.now, &done));
	assert_false(done);
	sell(&p->f, 1, 1000, NULL);
	assert_int_equal(count_files(p->f.dir), 4);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, place_setup, place_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_backup_is_a_shop),
		CASE(what_is_there_is_not_written_over),
		CASE(it_can_be_stopped),
		CASE(a_program_that_is_ended_leaves_nothing),
		CASE(a_shop_with_faults_has_no_good_backup),
		CASE(a_pipe_gets_the_same_bytes),
		CASE(a_slow_reader_keeps_nobody_out),
		CASE(two_days_without_one_are_told),
		CASE(a_book_of_imported_people_is_worth_one),
		CASE(a_night_makes_one),
		CASE(only_its_own_are_let_go),
		CASE(a_folder_that_is_gone_is_told),
		CASE(years_are_thinned_out),
		CASE(the_newest_of_a_day_stays),
		CASE(erased_names_leave_the_file),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

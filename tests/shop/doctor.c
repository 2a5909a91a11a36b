/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/doctor.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>

#include "shop/customer.h"
#include "tests/shop/fixture.h"

/* Facts as they are gathered from a real folder, and what is made of facts. */

static const struct format plain = { .decimals = 2, .zero = '0' };

#define DAY (24 * CLOCK_HOUR)

/* -- judging: facts of a shop that is well, and one thing about it -- */

static struct doctor_facts well(void)
{
	struct doctor_facts f = {
		.now = at("2026-03-01T10:00:00"), .folder_there = true, .ours = true,
		.mode = 0700, .disk_seen = true, .zone_there = true, .zone = "Asia/Kolkata",
		.language = "en", .health_seen = true, .entries = 100,
	};

	f.disk = (struct disk_health){ true, UINT64_C(4) << 30 };
	f.health.bytes = UINT64_C(100) << 20;
	f.backup_seen = true;
	f.backup = (struct backup_facts){ .last_good = f.now - DAY, .wanted = true,
					  .folder = "/media/usb" };
	f.first_recorded = f.now - 100 * DAY;
	f.last_recorded = f.now - CLOCK_HOUR;
	f.upkeep = (struct upkeep){ f.now - DAY, f.now - DAY, 0 };
	return f;
}

static const struct finding *find(const struct diagnosis *d, const char *check)
{
	for (size_t i = 0; i < d->n; i++)
		if (!strcmp(d->row[i].check->name, check))
			return &d->row[i];
	return NULL;
}

/* Is the check so, and nothing else that was not before? */
static void assert_judged(const struct doctor_facts *f, const char *check, enum verdict v,
			  const char *words)
{
	struct diagnosis d = { .n = 0 };
	const struct finding *found;

	doctor_judge(f, "/home/asha/shop", &plain, &d);
	found = find(&d, check);
	assert_non_null(found);
	if (found->verdict != v || (!strstr(found->says.at, words) &&
				    !strstr(found->todo.at, words)))
		print_error("%s is %s: %s\n  %s\n", check, verdict_name(found->verdict),
			    found->says.at, found->todo.at);
	assert_int_equal(found->verdict, v);
	assert_true(strstr(found->says.at, words) || strstr(found->todo.at, words));
	for (size_t i = 0; i < d.n; i++)
		if (&d.row[i] != found && d.row[i].verdict != VERDICT_GOOD)
			print_error("%s is %s too\n", d.row[i].check->name,
				    verdict_name(d.row[i].verdict));
	assert_int_equal(diagnosis_worst(&d), v);
	diagnosis_release(&d);
}

static void nothing_is_wrong_with_a_shop_that_is_well(void **state)
{
	struct doctor_facts f = well();

	(void)state;
	assert_judged(&f, "folder", VERDICT_GOOD, "Only you");
	assert_judged(&f, "clock", VERDICT_GOOD, "1 Mar 2026, 10:00 in Asia/Kolkata");
	assert_judged(&f, "disk", VERDICT_GOOD, "4096 MB");
	f.mode = 02770;
	f.group = true;
	f.ours = false;
	assert_judged(&f, "folder", VERDICT_GOOD, "group");
	f.health.others = 2;
	assert_judged(&f, "programs", VERDICT_GOOD, "2 other programs");
}

static void who_may_look_into_it(void **state)
{
	struct doctor_facts f = well();

	(void)state;
	f.mode = 0755;
	assert_judged(&f, "folder", VERDICT_BAD, "chmod 700 '/home/asha/shop'");
	f.mode = 02775;
	f.group = true;
	assert_judged(&f, "folder", VERDICT_BAD, "chmod 2770");
	f = well();
	f.ours = false;
	f.opened = ST_SYSTEM;		/* which comes from it */
	assert_judged(&f, "folder", VERDICT_BAD, "another user");
	f.opened = ST_OK;
	f.root = true;
	assert_judged(&f, "folder", VERDICT_WATCH, "You are root");
	f = well();
	f.open_files = 2;
	strcpy(f.open_file, "data.mdb");
	assert_judged(&f, "files", VERDICT_WATCH, "2 files are readable for other users, such as "
		      "data.mdb");
	f = well();
	f.foreign_files = 1;
	strcpy(f.foreign_file, "lock.mdb");
	assert_judged(&f, "files", VERDICT_BAD, "1 file belongs to another user");
}

static void which_disk_and_how_much_room(void **state)
{
	struct doctor_facts f = well();

	(void)state;
	f.disk.free_bytes = UINT64_C(200) << 20;
	assert_judged(&f, "disk", VERDICT_WATCH, "200 MB are free. A backup and a smaller copy of "
		      "the store need 264");
	f.disk.free_bytes = UINT64_C(20) << 20;
	assert_judged(&f, "disk", VERDICT_BAD, "Only 20 MB");
	f = well();
	f.disk.local = false;
	assert_judged(&f, "disk", VERDICT_BAD, "network disk");
	f.network_allowed = true;
	assert_judged(&f, "disk", VERDICT_WATCH, "shop.conf allows");
	f = well();
	f.disk_seen = false;
	assert_judged(&f, "disk", VERDICT_WATCH, "cannot be looked at");
}

static void what_the_clock_says(void **state)
{
	struct doctor_facts f = well();

	(void)state;
	f.last_recorded = f.now + 3 * CLOCK_MINUTE;	/* another terminal's */
	assert_judged(&f, "clock", VERDICT_GOOD, "");
	f.last_recorded = f.now + 2 * DAY;
	assert_judged(&f, "clock", VERDICT_BAD, "3 Mar 2026, 10:00: the clock is behind");
	f.last_recorded = f.now - 400 * DAY;
	assert_judged(&f, "clock", VERDICT_WATCH, "more than a year after");
	f = well();
	f.zone_there = false;
	assert_judged(&f, "clock", VERDICT_BAD, "Asia/Kolkata is not on this computer");
}

static void what_is_done_each_night_and_month(void **state)
{
	struct doctor_facts f = well();

	(void)state;
	f.upkeep.swept = f.now - 5 * DAY;
	assert_judged(&f, "sweep", VERDICT_WATCH, "24 Feb 2026");
	f.upkeep.swept = 0;
	assert_judged(&f, "sweep", VERDICT_WATCH,
		      "each night: run crontab -e and add the line:\n"
		      "17 3 * * * regulars --shop '/home/asha/shop' sweep --quiet");
	f.usual = true;
	assert_judged(&f, "sweep", VERDICT_WATCH,
		      "systemctl --user enable --now regulars-sweep.timer\n");
	f.usual = false;
	f.first_recorded = f.now - DAY;
	assert_judged(&f, "sweep", VERDICT_GOOD, "never ran");
	f = well();
	f.upkeep.verified = f.now - 40 * DAY;
	assert_judged(&f, "verify", VERDICT_WATCH, "20 Jan 2026");
	f.upkeep.verified = 0;
	assert_judged(&f, "verify", VERDICT_WATCH, "regulars --shop '/home/asha/shop' verify");
	f.upkeep = (struct upkeep){ f.now, f.now, 3 };
	assert_judged(&f, "verify", VERDICT_BAD, "found 3 faults");
}

static void how_safe_it_is(void **state)
{
	struct doctor_facts f = well();

	(void)state;
	assert_judged(&f, "backup", VERDICT_GOOD, "28 Feb 2026, 10:00");
	*f.backup.folder = '\0';
	assert_judged(&f, "backup", VERDICT_WATCH, "config set backup_folder");
	f.backup.late = true;
	assert_judged(&f, "backup", VERDICT_BAD, "28 Feb 2026");
	f.backup.last_good = 0;
	assert_judged(&f, "backup", VERDICT_BAD, "all is lost");
	f.backup.late = false;
	assert_judged(&f, "backup", VERDICT_WATCH, "regulars --shop '/home/asha/shop' backup");
	f.backup.wanted = false;
	assert_judged(&f, "backup", VERDICT_GOOD, "nothing to lose");
	f = well();
	f.backup.last_failure = f.now;
	strcpy(f.backup.last_error, "there is no folder /media/usb");
	assert_judged(&f, "backup", VERDICT_BAD, "no folder /media/usb");
}

static void who_was_erased_may_be_in_a_copy(void **state)
{
	struct doctor_facts f = well();
	struct diagnosis d = { .n = 0 };

	(void)state;
	f.copies = (struct kept_copies){ 2, f.now - 30 * DAY };
	doctor_judge(&f, "/home/asha/shop", &plain, &d);
	assert_null(find(&d, "kept"));
	diagnosis_release(&d);
	f.erased_since = true;
	assert_judged(&f, "kept", VERDICT_WATCH, "2 whole copies of the shop lie in the folder, "
		      "the oldest as it was on 30 Jan 2026, 10:00. Who was erased since");
	assert_judged(&f, "kept", VERDICT_WATCH, "\nrm '/home/asha/shop'/data.mdb.before-*");
	f.copies.n = 1;
	assert_judged(&f, "kept", VERDICT_WATCH, "1 whole copy of the shop lies in the folder, as "
		      "it was on 30 Jan 2026");
}

static void how_the_store_is(void **state)
{
	struct doctor_facts f = well();

	(void)state;
	f.opened = ST_BUSY;
	strcpy(f.opened_says, "another program holds it");
	assert_judged(&f, "store", VERDICT_BAD, "another program holds it");
	f = well();
	f.opened = ST_INVALID;
	f.conf = ST_INVALID;
	strcpy(f.conf_says, "shop.conf:3: no such option");
	assert_judged(&f, "conf", VERDICT_BAD, "shop.conf:3");
	f = well();
	f.health.free_bytes = UINT64_C(70) << 20;
	assert_judged(&f, "room", VERDICT_WATCH, "Of its 100 MB 70 hold nothing");
	f = well();
	f.health.behind = 20000;
	f.health.behind_pid = 4711;
	assert_judged(&f, "programs", VERDICT_WATCH, "ps -fp 4711");
	f = well();
	strcpy(f.language, "xx");
	assert_judged(&f, "language", VERDICT_WATCH, "(xx)");
	f = well();
	f.folder_there = false;
	assert_judged(&f, "folder", VERDICT_BAD, "There is no folder /home/asha/shop");
}

/* What is advised is pasted. */
static void a_folder_may_have_any_name(void **state)
{
	static const char dir[] = "/home/asha/Asha's \"50%\" $HOME";
	struct doctor_facts f = well();
	struct diagnosis d = { .n = 0 };

	(void)state;
	f.mode = 0755;
	f.upkeep.swept = f.upkeep.verified = 0;
	doctor_judge(&f, dir, &plain, &d);
	assert_string_equal(find(&d, "folder")->todo.at,
			    "chmod 700 '/home/asha/Asha'\\''s \"50%\" $HOME'");
	assert_string_equal(find(&d, "verify")->todo.at,
			    "regulars --shop '/home/asha/Asha'\\''s \"50%\" $HOME' verify");
	/* crontab(5): a bare % ends the line. */
	assert_non_null(strstr(find(&d, "sweep")->todo.at,
			       "'/home/asha/Asha'\\''s \"50\\%\" $HOME' sweep"));
	diagnosis_release(&d);
}

/* -- looking at a folder that is there -- */

/* With the store closed: it is opened in another process. */
static void look(struct fixture *f, struct doctor_facts *out)
{
	doctor_look(f->dir, NULL, f->by.now, out);
}

static void change_mode(struct fixture *f, const char *name, mode_t mode)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", f->dir, name);
	assert_int_equal(chmod(path, mode), 0);
}

static void it_sees_who_may_look(void **state)
{
	struct fixture *f = *state;
	struct doctor_facts facts;

	shop_close(&f->shop);
	look(f, &facts);
	assert_int_equal(facts.opened, ST_OK);
	assert_true(facts.folder_there && facts.ours && !facts.group && facts.disk_seen);
	assert_int_equal(facts.mode, 0700);
	assert_int_equal(facts.open_files, 0);
	assert_int_equal(facts.entries, 1);
	assert_int_equal(facts.last_recorded, f->by.now);
	assert_string_equal(facts.zone, "Asia/Kolkata");
	assert_true(facts.zone_there && facts.health_seen && facts.health.bytes > 0);
	change_mode(f, ".", 0755);
	change_mode(f, "data.mdb", 0644);
	look(f, &facts);
	assert_int_equal(facts.mode, 0755);
	assert_int_equal(facts.open_files, 1);
	assert_string_equal(facts.open_file, "data.mdb");
	change_mode(f, ".", 02770);
	change_mode(f, "data.mdb", 0660);
	look(f, &facts);
	assert_true(facts.group);
	assert_int_equal(facts.open_files, 0);
}

static void it_knows_the_usual_folder(void **state)
{
	struct fixture *f = *state;
	struct doctor_facts facts;
	char *usual, parent[160];

	doctor_look(f->dir, &f->shop, f->by.now, &facts);
	assert_false(facts.usual);
	setenv("XDG_DATA_HOME", f->dir, 1);
	usual = shop_usual_dir();
	snprintf(parent, sizeof(parent), "%s/regulars", f->dir);
	assert_int_equal(mkdir(parent, 0700), 0);
	assert_int_equal(symlink(f->dir, usual), 0);
	doctor_look(f->dir, &f->shop, f->by.now, &facts);
	unsetenv("XDG_DATA_HOME");
	assert_true(facts.usual);
	assert_int_equal(unlink(usual), 0);
	assert_int_equal(rmdir(parent), 0);
	free(usual);
}

static void it_sees_a_shop_that_is_open(void **state)
{
	struct fixture *f = *state;
	struct doctor_facts facts;

	f->by.now += CLOCK_HOUR;
	sell(f, 0, 100, NULL);
	doctor_look(f->dir, &f->shop, f->by.now + DAY, &facts);
	assert_int_equal(facts.opened, ST_OK);
	assert_int_equal(facts.entries, 2);
	assert_int_equal(facts.last_recorded - facts.first_recorded, CLOCK_HOUR);
	assert_int_equal(facts.health.others, 0);
	assert_int_equal(facts.health.behind, 0);
}

static void write_at(struct fixture *f, const char *name, const char *text, off_t at_byte)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", f->dir, name);
	fd = open(path, O_WRONLY | O_CREAT, 0600);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, text, strlen(text), at_byte), strlen(text));
	close(fd);
}

static void make_copy(struct fixture *f, const char *name, int64_t written)
{
	struct timespec times[2] = { { .tv_nsec = UTIME_OMIT },
				     { .tv_sec = written / CLOCK_SECOND } };
	char path[128];

	write_at(f, name, "a copy", 0);
	snprintf(path, sizeof(path), "%s/%s", f->dir, name);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void it_sees_copies_of_before_somebody_was_erased(void **state)
{
	static const char *const names[] = { "data.mdb.before-restore-2026-03-01-101400",
					     "data.mdb.before-repair" };
	struct fixture *f = *state;
	struct doctor_facts facts;
	struct customer c = { .name = "Farewell Quixotic" };
	int64_t start = f->by.now;
	char path[128];

	assert_string_equal(compact_says(f->dir), "What was erased has left the file.");
	MUST(customer_add(&f->shop, &f->by, &c, false));
	make_copy(f, names[0], start + 2 * DAY);
	f->by.now = start + DAY;
	MUST(customer_erase(&f->shop, &f->by, c.id));
	f->by.now = start + 3 * DAY;
	sell(f, 0, 100, NULL);
	doctor_look(f->dir, &f->shop, f->by.now, &facts);
	assert_int_equal(facts.copies.n, 1);
	assert_false(facts.erased_since);
	make_copy(f, names[1], start + CLOCK_HOUR);
	doctor_look(f->dir, &f->shop, f->by.now, &facts);
	assert_int_equal(facts.copies.n, 2);
	assert_int_equal(facts.copies.oldest, start + CLOCK_HOUR);
	assert_true(facts.erased_since);
	assert_non_null(strstr(compact_says(f->dir), "but not the copies"));
	shop_close(&f->shop);
	look(f, &facts);
	assert_true(facts.erased_since);
	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/%s", f->dir, names[i]);
		assert_int_equal(unlink(path), 0);
	}
}

/* Says what is wrong and never fails. */
static void it_looks_at_what_is_broken_too(void **state)
{
	struct fixture *f = *state;
	struct doctor_facts facts;
	char path[128];

	shop_close(&f->shop);
	write_at(f, "shop.conf", "till = oops\n", 0);
	look(f, &facts);
	assert_int_not_equal(facts.conf, ST_OK);
	assert_non_null(strstr(facts.conf_says, "shop.conf"));
	snprintf(path, sizeof(path), "%s/shop.conf", f->dir);
	unlink(path);
	write_at(f, "data.mdb", "not a store, not a store, not a store", 0);
	write_at(f, "data.mdb", "not a store, not a store, not a store", 4096);
	look(f, &facts);
	assert_int_not_equal(facts.opened, ST_OK);
	assert_true(strlen(facts.opened_says) > 0);
	snprintf(path, sizeof(path), "%s/data.mdb", f->dir);
	unlink(path);
	look(f, &facts);
	assert_int_equal(facts.opened, ST_NOT_FOUND);
	assert_true(facts.folder_there);
	doctor_look("/nowhere/at/all", NULL, f->by.now, &facts);
	assert_false(facts.folder_there);
	assert_int_equal(facts.opened, ST_NOT_FOUND);
}

static bool out_of_memory;

static void in_child(void)
{
	if (out_of_memory)
		raise(SIGKILL);
}

/* As the kernel ends a process when memory runs out. */
static void want_of_memory_says_nothing_against_the_store(void **state)
{
	struct fixture *f = *state;
	struct doctor_facts facts;

	shop_close(&f->shop);
	assert_int_equal(pthread_atfork(NULL, NULL, in_child), 0);
	out_of_memory = true;
	look(f, &facts);
	out_of_memory = false;
	assert_int_equal(facts.opened, ST_SYSTEM);
	assert_non_null(strstr(facts.opened_says, "memory"));
	assert_null(strstr(facts.opened_says, "damaged"));
	assert_true(facts.folder_there);
	look(f, &facts);
	assert_int_equal(facts.opened, ST_OK);
}

static void it_remembers_when_the_shop_was_looked_after(void **state)
{
	struct fixture *f = *state;
	struct doctor_facts facts;
	struct stat file;
	char path[128];

	upkeep_swept(f->dir, 1000);
	upkeep_verified(f->dir, 2000, 3);
	upkeep_swept(f->dir, 4000);
	doctor_look(f->dir, &f->shop, f->by.now, &facts);
	assert_int_equal(facts.upkeep.swept, 4000);
	assert_int_equal(facts.upkeep.verified, 2000);
	assert_int_equal(facts.upkeep.faults, 3);
	assert_int_equal(facts.open_files, 0);
	snprintf(path, sizeof(path), "%s/upkeep", f->dir);
	assert_int_equal(stat(path, &file), 0);
	assert_int_equal(file.st_mode & 0777, 0600);
	write_at(f, "upkeep", "what is this?", 0);
	doctor_look(f->dir, &f->shop, f->by.now, &facts);
	assert_int_equal(facts.upkeep.swept, 0);
	unlink(path);
	upkeep_swept("/nowhere/at/all", 1);
}

/* -- the environment -- */

static void a_locale_that_is_not_there(void **state)
{
	struct diagnosis d = { .n = 0 };

	(void)state;
	setenv("LC_ALL", "gu_XX.UTF-8", 1);
	doctor_judge_locale(&d);
	setenv("LC_ALL", "C", 1);
	doctor_judge_locale(&d);
	assert_int_equal(d.row[0].verdict, VERDICT_WATCH);
	assert_non_null(strstr(d.row[0].says.at, "gu_XX.UTF-8 is not there"));
	assert_int_equal(d.row[1].verdict, VERDICT_GOOD);
	diagnosis_release(&d);
}

#define shop_test(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		shop_test(nothing_is_wrong_with_a_shop_that_is_well),
		shop_test(who_may_look_into_it),
		shop_test(which_disk_and_how_much_room),
		shop_test(what_the_clock_says),
		shop_test(what_is_done_each_night_and_month),
		shop_test(how_safe_it_is),
		shop_test(who_was_erased_may_be_in_a_copy),
		shop_test(how_the_store_is),
		shop_test(a_folder_may_have_any_name),
		shop_test(it_sees_who_may_look),
		shop_test(it_knows_the_usual_folder),
		shop_test(it_sees_a_shop_that_is_open),
		shop_test(it_sees_copies_of_before_somebody_was_erased),
		shop_test(it_looks_at_what_is_broken_too),
		shop_test(want_of_memory_says_nothing_against_the_store),
		shop_test(it_remembers_when_the_shop_was_looked_after),
		cmocka_unit_test(a_locale_that_is_not_there),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

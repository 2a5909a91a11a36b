/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Restoring: what it refuses, says, keeps and never forgets; also when it is
 * killed at any instant, and while others have the shop open. */

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "shop/consent.h"
#include "shop/instance.h"
#include "shop/restore.h"
#include "shop/verify.h"
#include "tests/shop/place.h"

static bool yes(void *arg, const struct restore_found *found)
{
	(void)arg;
	(void)found;
	return true;
}

static bool no(void *arg, const struct restore_found *found)
{
	return arg && found->missing < 0;
}

static struct restore_ask from(struct place *p, const char *file)
{
	return (struct restore_ask){ .dir = p->f.dir, .file = file, .by = &p->f.by, .agree = yes };
}

static void back_up(struct place *p, const char *name, char path[200])
{
	struct backup_ask ask = to_file(p, name, path);
	struct backup_made made;

	MUST(backup_make(&p->f.shop, &ask, &made));
}

static enum status read_last(struct txn *txn, void *arg)
{
	uint8_t digest[DIGEST_SIZE];
	int64_t *last = arg;

	*last = journal_last(txn, digest);
	return txn_status(txn);
}

static int64_t entries(struct shop *shop)
{
	int64_t last;

	MUST(store_read(shop->store, read_last, &last));
	return last;
}

static void count_fault(void *arg, const char *sentence)
{
	print_error("%s\n", sentence);
	++*(int *)arg;
}

static void assert_sound(const char *dir)
{
	int faults = 0;
	struct verify_watch watch = { .fault = count_fault, .arg = &faults };
	struct verify_ask ask = { .watch = &watch };
	struct verify_result result;

	MUST(verify_guarded(dir, &ask, &result));
	assert_int_equal(faults, 0);
}

static void it_says_what_will_be_missing(void **state)
{
	struct place *p = *state;
	struct restore_found found;
	struct restore_ask ask;
	char path[200];

	fill(p);
	back_up(p, "one.mdb", path);
	p->f.by.now += CLOCK_HOUR;
	sell(&p->f, 1, 500, NULL);
	sell(&p->f, 1, 500, NULL);
	ask = from(p, path);
	ask.agree = no;
	assert_int_equal(restore(&ask, &p->f.shop, &found), ST_CANCELLED);
	assert_int_equal(found.missing, 2);
	assert_int_equal(found.missing_since, p->f.by.now);
	assert_int_equal(found.entries, 22);
	assert_int_equal(found.customers, 1);
	assert_string_equal(found.name, "Patel Tea House");
	assert_true(found.replaces && found.readable);
	assert_int_equal(entries(&p->f.shop), 24);	/* nothing has changed */
	assert_int_equal(count_files(p->f.dir), 4);
	ask.agree = yes;
	MUST(restore(&ask, &p->f.shop, &found));
	assert_int_equal(entries(&p->f.shop), 22);
	assert_int_equal(count_files(p->f.dir), 5);
	assert_non_null(strstr(found.kept, "/data.mdb.before-restore-2026-03-01-101400"));
	/* What was kept is a backup too: nothing is lost for good. */
	p->f.by.now += CLOCK_MINUTE;
	assert_true(strlen(found.kept) < sizeof(path));
	strcpy(path, found.kept);
	ask = from(p, path);
	MUST(restore(&ask, &p->f.shop, &found));
	assert_int_equal(entries(&p->f.shop), 24);
	assert_int_equal(found.missing, 0);
	sell(&p->f, 1, 500, NULL);
	shop_close(&p->f.shop);
	assert_sound(p->f.dir);
}

/* The shop is past reading once somebody has agreed. */
static bool spoil_and_agree(void *arg, const struct restore_found *found)
{
	const struct place *p = arg;
	char data[200];

	assert_true(found->readable);
	snprintf(data, sizeof(data), "%s/data.mdb", p->f.dir);
	assert_int_equal(truncate(data, 3 * 4096), 0);
	return true;
}

static void it_goes_on_with_what_was_agreed_to_alone(void **state)
{
	struct place *p = *state;
	struct restore_found none = { .replaces = false }, same = { .replaces = true,
		.readable = true }, dark = { .replaces = true }, found;
	struct restore_ask ask;
	char path[200];

	assert_true(restore_may_go_on(&none, NULL) && restore_may_go_on(&same, NULL));
	assert_false(restore_may_go_on(&dark, NULL) || restore_may_go_on(&dark, &same) ||
		     restore_may_go_on(&same, &dark) || restore_may_go_on(&same, &none));
	assert_true(restore_may_go_on(&dark, &dark));
	fill(p);
	back_up(p, "one.mdb", path);
	shop_close(&p->f.shop);
	ask = from(p, path);
	ask.agree = spoil_and_agree;
	ask.arg = p;
	assert_int_equal(restore(&ask, NULL, &found), ST_REFUSED);
	assert_non_null(strstr(status_text(), "changed meanwhile"));
	assert_int_equal(count_files(p->f.dir), 4);
}

static void a_shop_is_no_backup_of_itself(void **state)
{
	struct place *p = *state;
	struct restore_found found;
	struct restore_ask ask;
	char data[200], other[200];

	fill(p);
	snprintf(data, sizeof(data), "%s/data.mdb", p->f.dir);
	snprintf(other, sizeof(other), "%s/link", p->folder);
	assert_int_equal(symlink(data, other), 0);
	ask = from(p, other);
	assert_int_equal(restore(&ask, &p->f.shop, &found), ST_REFUSED);
	assert_non_null(strstr(status_text(), "is the file of the shop itself"));
	assert_int_equal(entries(&p->f.shop), 22);
	assert_int_equal(count_files(p->f.dir), 4);
}

/* From the command line no shop was open before, and the machine is in UTC. */
static void what_is_kept_is_named_by_the_clock_of_the_shop(void **state)
{
	struct place *p = *state;
	struct restore_found found;
	struct restore_ask ask;
	char path[200];

	fill(p);
	back_up(p, "one.mdb", path);
	shop_close(&p->f.shop);
	MUST(clock_set_zone("UTC"));
	ask = from(p, path);
	MUST(restore(&ask, NULL, &found));
	assert_non_null(strstr(found.kept, "/data.mdb.before-restore-2026-03-01-091400"));
}

static void another_shop_lacks_all(void **state)
{
	struct place *p = *state;
	struct settings s = { .name = "Other", .country = "IN", .decimals = -1 };
	struct restore_found found;
	struct restore_ask ask;
	struct shop other;
	char dir[200], path[200];
	struct backup_ask backup = to_file(p, "other.mdb", path);
	struct backup_made made;

	fill(p);
	shop_close(&p->f.shop);
	snprintf(dir, sizeof(dir), "%s/other", p->folder);
	MUST(shop_create(dir, &s, false, &p->f.by));
	MUST(shop_open(dir, &other));
	MUST(backup_make(&other, &backup, &made));
	shop_close(&other);
	MUST(shop_open(p->f.dir, &p->f.shop));
	ask = from(p, path);
	ask.agree = no;
	assert_int_equal(restore(&ask, &p->f.shop, &found), ST_CANCELLED);
	assert_int_equal(found.missing, 22);
	assert_string_equal(found.name, "Other");
}

static void it_works_without_a_shop(void **state)
{
	struct place *p = *state;
	struct restore_found found;
	struct restore_ask ask;
	struct stat st;
	struct shop shop;
	char path[200], dir[200];

	fill(p);
	back_up(p, "one.mdb", path);
	shop_close(&p->f.shop);
	snprintf(dir, sizeof(dir), "%s/a/new/place", p->folder);
	ask = from(p, path);
	ask.dir = dir;
	MUST(restore(&ask, NULL, &found));
	assert_false(found.replaces);
	assert_string_equal(found.kept, "");
	assert_int_equal(stat(dir, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_sound(dir);
	MUST(shop_open(dir, &shop));
	assert_int_equal(entries(&shop), 22);
	shop_close(&shop);
}

static void write_over(const char *path, off_t at, const char *bytes, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, bytes, len, at), len);
	close(fd);
}

/* Every way in which a store can be past reading. */
static unsigned mode_of(const char *dir)
{
	struct stat st;

	assert_int_equal(stat(dir, &st), 0);
	return st.st_mode & 07777;
}

static void the_folder_is_closed_to_others(void **state)
{
	struct place *p = *state;
	struct restore_found found;
	char path[200], data[200];
	struct restore_ask ask;

	fill(p);
	back_up(p, "one.mdb", path);
	ask = from(p, path);
	assert_int_equal(chmod(p->f.dir, 0777), 0);
	MUST(restore(&ask, &p->f.shop, &found));
	assert_int_equal(mode_of(p->f.dir), 0700);
	snprintf(data, sizeof(data), "%s/data.mdb", p->f.dir);
	assert_int_equal(chmod(data, 0660), 0);		/* a group has it */
	assert_int_equal(chmod(p->f.dir, 0777), 0);
	p->f.by.now += CLOCK_MINUTE;
	MUST(restore(&ask, &p->f.shop, &found));
	assert_int_equal(mode_of(p->f.dir), 02770);
	assert_int_equal(mode_of(data), 0660);
}

static void a_folder_of_other_things_is_none(void **state)
{
	struct place *p = *state;
	struct restore_found found;
	char path[200], data[200];
	struct restore_ask ask;

	fill(p);
	back_up(p, "one.mdb", path);
	ask = from(p, path);
	ask.dir = p->folder;		/* the backup is in it */
	assert_int_equal(restore(&ask, NULL, &found), ST_EXISTS);
	assert_int_equal(count_files(p->folder), 1);
	/* A shop that lost its file is one. */
	shop_close(&p->f.shop);
	snprintf(data, sizeof(data), "%s/data.mdb", p->f.dir);
	assert_int_equal(unlink(data), 0);
	ask.dir = p->f.dir;
	MUST(restore(&ask, NULL, &found));
	assert_false(found.replaces);
	assert_sound(p->f.dir);
}

static void it_works_over_a_broken_shop(void **state)
{
	struct place *p = *state;
	struct restore_found found;
	struct restore_ask ask;
	char path[200], data[200], junk[8192];

	fill(p);
	back_up(p, "one.mdb", path);
	snprintf(data, sizeof(data), "%s/data.mdb", p->f.dir);
	memset(junk, 0xff, sizeof(junk));
	ask = from(p, path);
	for (int how = 0; how < 4; how++) {
		shop_close(&p->f.shop);
		if (how == 0)
			assert_int_equal(truncate(data, 0), 0);
		else if (how == 1)
			assert_int_equal(truncate(data, 3 * 4096), 0);
		else if (how == 2)
			write_over(data, 0, junk, sizeof(junk));
		else
			for (off_t page = 2; page < 12; page++)
				write_over(data, page * 4096 + 16, junk, 4096 - 16);
		p->f.by.now += CLOCK_MINUTE;
		MUST(restore(&ask, NULL, &found));
		assert_true(found.replaces && !found.readable && !found.missing);
		assert_int_equal(access(found.kept, F_OK), 0);
		MUST(shop_open(p->f.dir, &p->f.shop));
		assert_int_equal(entries(&p->f.shop), 22);
	}
}

static void a_damaged_backup_changes_nothing(void **state)
{
	struct place *p = *state;
	struct restore_found found;
	struct restore_ask ask;
	char path[200], junk[4096 - 16];
	struct stat st;

	fill(p);
	memset(junk, 'A', sizeof(junk));
	ask = from(p, path);
	for (int how = 0; how < 5; how++) {
		back_up(p, "one.mdb", path);
		assert_int_equal(stat(path, &st), 0);
		if (how == 0)
			assert_int_equal(truncate(path, 0), 0);
		else if (how == 1)
			assert_int_equal(truncate(path, st.st_size - 4096), 0);
		else if (how == 2)
			assert_int_equal(truncate(path, 5000), 0);
		else if (how == 3)
			write_over(path, 0, "not a store at all", 18);
		else
			write_over(path, st.st_size / 2 / 4096 * 4096 + 16, junk, sizeof(junk));
		assert_int_equal(restore(&ask, &p->f.shop, &found), ST_CORRUPT);
		assert_non_null(strstr(status_text(), "nothing was changed"));
		assert_int_equal(entries(&p->f.shop), 22);
		assert_int_equal(count_files(p->f.dir), 4);
		unlink(path);
	}
	assert_int_equal(restore(&ask, &p->f.shop, &found), ST_NOT_FOUND);
}

/* -- what is never taken back -- */

struct asked {
	int64_t id;
	struct customer *c;
};

static enum status get_customer(struct txn *txn, void *arg)
{
	const struct asked *a = arg;

	return customer_get(txn, a->id, a->c) ? ST_OK : ST_NOT_FOUND;
}

static void who_was_erased_stays_erased(void **state)
{
	struct place *p = *state;
	struct customer c = with_phone("Farewell Quixotic", "98250 99999");
	struct restore_found found;
	struct restore_ask ask;
	char path[200];

	fill(p);
	add_customer(&p->f, &c);
	back_up(p, "one.mdb", path);
	MUST(customer_erase(&p->f.shop, &p->f.by, c.id));
	ask = from(p, path);
	MUST(restore(&ask, &p->f.shop, &found));
	MUST(store_read(p->f.shop.store, get_customer, &(struct asked){ c.id, &c }));
	assert_true(c.erased);
	assert_string_equal(c.name, "");
	MUST(store_read(p->f.shop.store, get_customer, &(struct asked){ 1, &c }));
	assert_string_equal(c.name, "Suresh Patel");
}

static void answer(struct place *p, enum consent_channel channel, enum consent_state state)
{
	struct consent_change c = { .customer = 1, .channel = channel, .state = state,
				    .how = CONSENT_BY_STAFF };
	struct trade_run run;

	MUST(consent_set(&p->f.shop, &p->f.by, &c, &run));
}

static void a_no_stays_a_no(void **state)
{
	struct place *p = *state;
	struct customer c;
	struct restore_found found;
	struct restore_ask ask;
	char path[200];

	fill(p);
	answer(p, CONSENT_SMS, CONSENT_YES);
	answer(p, CONSENT_EMAIL, CONSENT_YES);
	back_up(p, "one.mdb", path);
	answer(p, CONSENT_SMS, CONSENT_NO);
	answer(p, CONSENT_WHATSAPP, CONSENT_YES);
	ask = from(p, path);
	MUST(restore(&ask, &p->f.shop, &found));
	MUST(store_read(p->f.shop.store, get_customer, &(struct asked){ 1, &c }));
	assert_int_equal(consent_of(&c, CONSENT_SMS), CONSENT_NO);
	assert_int_equal(consent_of(&c, CONSENT_EMAIL), CONSENT_YES);
	assert_int_equal(consent_of(&c, CONSENT_WHATSAPP), CONSENT_NOT_ASKED);
	shop_close(&p->f.shop);
	assert_sound(p->f.dir);
}

/* -- which one is the shop -- */

static enum instance_state state_of(struct shop *shop)
{
	struct instance i;

	MUST(instance_look(shop, &i));
	return i.state;
}

static void a_copy_knows_that_it_is_one(void **state)
{
	struct place *p = *state;
	struct restore_found found;
	struct restore_ask ask;
	struct instance i;
	struct shop copy;
	char path[200], dir[200];

	fill(p);
	back_up(p, "one.mdb", path);
	assert_int_equal(state_of(&p->f.shop), INSTANCE_HERE);
	ask = from(p, path);
	MUST(restore(&ask, &p->f.shop, &found));
	MUST(instance_look(&p->f.shop, &i));
	assert_int_equal(i.state, INSTANCE_RESTORED);
	assert_int_equal(i.since, p->f.by.now);
	MUST(instance_arm(&p->f.shop));
	assert_int_equal(state_of(&p->f.shop), INSTANCE_HERE);
	shop_close(&p->f.shop);
	snprintf(dir, sizeof(dir), "%s/copy", p->folder);
	ask.dir = dir;
	MUST(restore(&ask, NULL, &found));
	MUST(shop_open(dir, &copy));
	MUST(instance_look(&copy, &i));
	assert_int_equal(i.state, INSTANCE_MOVED);
	assert_string_equal(i.folder, p->f.dir);
	assert_false(i.other_machine);
	MUST(instance_arm(&copy));
	assert_int_equal(state_of(&copy), INSTANCE_HERE);
	shop_close(&copy);
	/* A folder that was carried elsewhere is in another place. */
	assert_int_equal(rename(dir, strcat(path, ".moved")), 0);
	MUST(shop_open(path, &copy));
	assert_int_equal(state_of(&copy), INSTANCE_MOVED);
	shop_close(&copy);
}

/* -- others -- */

/* Has the shop open; closes when it is asked to and opens it again, if 'polite'. */
static _Noreturn void be_till(const char *dir, bool polite, int tell)
{
	struct shop shop;
	struct timespec little = { 0, 5 * 1000 * 1000 };

	if (shop_open(dir, &shop) != ST_OK || write(tell, "o", 1) != 1)
		_exit(1);
	while (!polite || !store_is_wanted(shop.store))
		nanosleep(&little, NULL);
	shop_close(&shop);
	if (shop_open(dir, &shop) != ST_OK)
		_exit(2);
	_exit(entries(&shop) == 22 ? 0 : 3);
}

static pid_t start_till(struct place *p, bool polite)
{
	int ends[2];
	char opened;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (!pid)
		be_till(p->f.dir, polite, ends[1]);
	close(ends[1]);
	assert_int_equal(read(ends[0], &opened, 1), 1);
	close(ends[0]);
	return pid;
}

static void tills_let_go_and_come_back(void **state)
{
	struct place *p = *state;
	struct restore_found found;
	struct restore_ask ask;
	char path[200];
	pid_t tills[3];
	int status;

	fill(p);
	back_up(p, "one.mdb", path);
	sell(&p->f, 1, 500, NULL);
	for (int i = 0; i < 3; i++)
		tills[i] = start_till(p, true);
	ask = from(p, path);
	MUST(restore(&ask, &p->f.shop, &found));
	for (int i = 0; i < 3; i++) {
		assert_int_equal(waitpid(tills[i], &status, 0), tills[i]);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);	/* it sees the restored shop */
	}
}

static void who_does_not_let_go_is_waited_for_ten_seconds(void **state)
{
	struct place *p = *state;
	struct restore_found found;
	struct restore_ask ask;
	char path[200];
	time_t began;
	pid_t till;

	fill(p);
	back_up(p, "one.mdb", path);
	sell(&p->f, 1, 500, NULL);
	till = start_till(p, false);
	ask = from(p, path);
	began = time(NULL);
	assert_int_equal(restore(&ask, &p->f.shop, &found), ST_BUSY);
	assert_true(time(NULL) - began >= 9);
	assert_non_null(strstr(status_text(), "does not let go"));
	assert_int_equal(entries(&p->f.shop), 23);	/* it is open again, as it was */
	assert_false(store_is_wanted(p->f.shop.store));
	assert_int_equal(count_files(p->f.dir), 4);
	kill(till, SIGKILL);
	waitpid(till, NULL, 0);
	MUST(restore(&ask, &p->f.shop, &found));
	assert_int_equal(entries(&p->f.shop), 22);
}

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

/* What a restore takes here, so that the kills are spread over it. */
static int64_t restore_takes(struct place *p, const struct restore_ask *ask)
{
	int64_t began = now_ns();
	struct restore_found found;

	MUST(restore(ask, NULL, &found));
	began = now_ns() - began;
	MUST(shop_open(p->f.dir, &p->f.shop));
	sell(&p->f, 1, 500, NULL);
	shop_close(&p->f.shop);
	return began;
}

/* Killed at any instant, the shop is the one before or the one after; nobody is
 * locked out. */
static void a_crash_leaves_the_old_or_the_new(void **state)
{
	struct place *p = *state;
	struct restore_found found;
	struct restore_ask ask;
	char path[200];
	int old = 0, new = 0;
	int64_t takes;

	fill(p);
	back_up(p, "one.mdb", path);
	shop_close(&p->f.shop);
	ask = from(p, path);
	takes = restore_takes(p, &ask);
	for (int i = 0; i < 60; i++) {
		int64_t ns = takes * i / 45;
		struct timespec wait = { ns / 1000000000, ns % 1000000000 };
		pid_t pid;
		int64_t n;

		p->f.by.now += CLOCK_MINUTE;
		pid = fork();
		if (!pid)
			_exit(restore(&ask, NULL, &found));
		nanosleep(&wait, NULL);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		MUST(shop_open(p->f.dir, &p->f.shop));
		n = entries(&p->f.shop);
		assert_true(n == 22 || n == 23);
		old += n == 23;
		new += n == 22;
		if (n == 22)
			sell(&p->f, 1, 500, NULL);
		shop_close(&p->f.shop);
		assert_sound(p->f.dir);
	}
	print_message("# killed 60 times: %d before, %d after\n", old, new);
	assert_true(old > 0);
	p->f.by.now += CLOCK_MINUTE;
	MUST(restore(&ask, NULL, &found));
	MUST(shop_open(p->f.dir, &p->f.shop));
	assert_int_equal(entries(&p->f.shop), 22);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, place_setup, place_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(it_says_what_will_be_missing),
		CASE(it_goes_on_with_what_was_agreed_to_alone),
		CASE(a_shop_is_no_backup_of_itself),
		CASE(what_is_kept_is_named_by_the_clock_of_the_shop),
		CASE(another_shop_lacks_all),
		CASE(it_works_without_a_shop),
		CASE(the_folder_is_closed_to_others),
		CASE(a_folder_of_other_things_is_none),
		CASE(it_works_over_a_broken_shop),
		CASE(a_damaged_backup_changes_nothing),
		CASE(who_was_erased_stays_erased),
		CASE(a_no_stays_a_no),
		CASE(a_copy_knows_that_it_is_one),
		CASE(tills_let_go_and_come_back),
		CASE(who_does_not_let_go_is_waited_for_ten_seconds),
		CASE(a_crash_leaves_the_old_or_the_new),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

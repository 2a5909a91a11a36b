/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/store/fixture.h"

#include <fcntl.h>
#include <time.h>

#include "store/private.h"

/* Making a store: whole or not at all, and nobody else's to read. */

static mode_t mode_of(const struct fixture *f, const char *name)
{
	char path[PATH_ROOM];
	struct stat st;

	snprintf(path, sizeof(path), "%s/%s", f->dir, name);
	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

static void assert_modes(const struct fixture *f, mode_t folder, mode_t file)
{
	assert_int_equal(mode_of(f, "."), folder);
	assert_int_equal(mode_of(f, "data.mdb"), file);
	assert_int_equal(mode_of(f, "lock.mdb"), file);
	assert_int_equal(mode_of(f, "open.lock"), file);
	assert_int_equal(mode_of(f, "use.lock"), file);
}

static void modes_are_private_whatever_the_umask(void **state)
{
	static const mode_t masks[] = { 0, 022, 077, 0177 };
	struct fixture *f = *state;
	mode_t before = umask(0);

	for (unsigned i = 0; i < 4; i++) {
		snprintf(f->dir, sizeof(f->dir), "%s/shop-%u", f->base, i);
		umask(masks[i]);
		MUST(store_create(f->dir, &f->options, nothing, NULL));
		MUST(store_open(f->dir, &f->options, &f->store));
		store_close(f->store);
		assert_modes(f, 0700, 0600);
	}
	f->options.group = true;
	strcat(f->dir, "-group");
	MUST(store_create(f->dir, &f->options, nothing, NULL));
	assert_modes(f, 02770, 0660);
	umask(before);
}

static void folders_above_are_made(void **state)
{
	struct fixture *f = *state;
	char dir[256];

	snprintf(dir, sizeof(dir), "%s/a/b/shop//", f->base);
	MUST(store_create(dir, &f->options, write_row, &(struct row){ "k", "v", false }));
	MUST(store_open(dir, &f->options, &f->store));
	assert_string_equal(store_dir(f->store), dir);
	assert_true(is_there(f->store, "k", "v"));
	assert_int_equal(chdir(f->base), 0);
	store_close(f->store);
	MUST(store_create("here", &f->options, nothing, NULL));
	MUST(store_open("here", &f->options, &f->store));
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(names_in(f->base), 2);
}

static void an_empty_folder_becomes_a_shop(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(mkdir(f->dir, 0755), 0);
	MUST(store_create(f->dir, &f->options, nothing, NULL));
	assert_modes(f, 0700, 0600);
}

static void nothing_that_is_there_is_touched(void **state)
{
	struct fixture *f = *state;
	char path[128];
	FILE *file;

	MUST(store_create(f->dir, &f->options, write_row, &(struct row){ "k", "v", false }));
	assert_int_equal(store_create(f->dir, &f->options, nothing, NULL), ST_EXISTS);
	assert_non_null(strstr(status_text(), f->dir));
	MUST(store_open(f->dir, &f->options, &f->store));
	assert_true(is_there(f->store, "k", "v"));
	store_close(f->store);
	snprintf(path, sizeof(path), "%s/list.txt", f->base);
	file = fopen(path, "w");
	assert_non_null(file);
	fclose(file);
	assert_int_equal(store_create(f->base, &f->options, nothing, NULL), ST_EXISTS);
	assert_int_equal(store_create(path, &f->options, nothing, NULL), ST_EXISTS);
	assert_int_equal(names_in(f->base), 2);
}

static enum status refuses(struct txn *txn, void *arg)
{
	(void)arg;
	put_row(txn, TABLE_ITEM, "a", "1");
	return fail(ST_REFUSED, "not like this");
}

static void what_could_not_be_made_leaves_nothing(void **state)
{
	struct fixture *f = *state;
	char dir[DIR_ROOM + 100];

	assert_int_equal(store_create(f->dir, &f->options, refuses, NULL), ST_REFUSED);
	assert_string_equal(status_text(), "not like this");
	assert_int_equal(names_in(f->base), 0);
	memset(dir, 'x', sizeof(dir));
	dir[0] = '/';
	dir[sizeof(dir) - 1] = '\0';
	assert_int_equal(store_create(dir, &f->options, nothing, NULL), ST_INVALID);
	assert_int_equal(store_create("/proc/none/shop", &f->options, nothing, NULL), ST_SYSTEM);
	assert_int_equal(store_open(f->dir, &f->options, &f->store), ST_NOT_FOUND);
}

static int64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static pid_t start_making(struct fixture *f)
{
	pid_t child = fork();

	if (!child)
		_exit(store_create(f->dir, &f->options, write_row, &(struct row){ "a", "1", 0 }));
	return child;
}

/* Looks, and takes away what is there. */
static bool is_made(struct fixture *f)
{
	enum status st = store_open(f->dir, &f->options, &f->store);

	if (st == ST_NOT_FOUND)
		return false;
	MUST(st);
	assert_true(is_there(f->store, "a", "1"));
	store_close(f->store);
	nftw(f->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	return true;
}

static int64_t time_to_make(struct fixture *f)
{
	int64_t least = INT64_MAX;

	for (int i = 0; i < 3; i++) {
		int64_t start = now_ns();

		assert_int_equal(result_of(start_making(f)), 0);
		if (now_ns() - start < least)
			least = now_ns() - start;
		assert_true(is_made(f));
	}
	return least;
}

/* Killed anywhere: afterwards there is no shop, or the whole one. */
static void a_shop_is_made_whole_or_not_at_all(void **state)
{
	enum { KILLS = 100, MOST = 5000 };
	struct fixture *f = *state;
	int64_t took = time_to_make(f);
	uint64_t seed = 11;
	unsigned whole = 0, kills = 0;

	/* On until both ways to end were seen. */
	for (; kills < KILLS || ((!whole || whole == kills) && kills < MOST); kills++) {
		struct timespec pause = { 0, 0 };
		pid_t child = start_making(f);

		seed = seed * 6364136223846793005u + 1442695040888963407u;
		pause.tv_nsec = (long)((seed >> 33) % (uint64_t)(2 * took));
		nanosleep(&pause, NULL);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		whole += is_made(f);
	}
	printf("# %u kills while a shop was made: %u were whole, none half; seed 11\n", kills,
	       whole);
	assert_in_range(whole, 1, kills - 1);
	MUST(store_create(f->dir, &f->options, nothing, NULL));
}

/* Customers are not left behind by a machine that went down meanwhile. */
static void what_a_crash_left_is_cleared_away(void **state)
{
	struct fixture *f = *state;
	struct timespec old[2] = { { .tv_sec = 1000000 }, { .tv_sec = 1000000 } };
	char left[100], data[120];
	FILE *file;

	snprintf(left, sizeof(left), "%s/.regulars-new-aaaaaa", f->base);
	snprintf(data, sizeof(data), "%s/data.mdb", left);
	assert_int_equal(mkdir(left, 0700), 0);
	file = fopen(data, "w");
	assert_non_null(file);
	fclose(file);
	assert_int_equal(utimensat(AT_FDCWD, left, old, 0), 0);
	MUST(store_create(f->dir, &f->options, nothing, NULL));
	assert_int_not_equal(access(left, F_OK), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name, setup) cmocka_unit_test_setup_teardown(name, setup, teardown)
		CASE(modes_are_private_whatever_the_umask, folder_setup),
		CASE(folders_above_are_made, folder_setup),
		CASE(an_empty_folder_becomes_a_shop, folder_setup),
		CASE(nothing_that_is_there_is_touched, folder_setup),
		CASE(what_could_not_be_made_leaves_nothing, folder_setup),
		CASE(a_shop_is_made_whole_or_not_at_all, folder_setup),
		CASE(what_a_crash_left_is_cleared_away, folder_setup),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

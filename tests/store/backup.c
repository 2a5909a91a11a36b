/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stage of a file in the making: what is cleared away, and what is not. */

#include <errno.h>
#include <fcntl.h>
#include <time.h>

#include "store/backup.h"
#include "tests/store/fixture.h"

static void write_file(const char *dir, const char *name)
{
	char path[200];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fd = open(path, O_WRONLY | O_CREAT, 0600);
	assert_true(fd >= 0);
	close(fd);
}

static void make_old(const char *path)
{
	struct timespec old[2] = { { .tv_sec = time(NULL) - 90000 },
				   { .tv_sec = time(NULL) - 90000 } };

	assert_int_equal(utimensat(AT_FDCWD, path, old, AT_SYMLINK_NOFOLLOW), 0);
}

static void make_left(const char *base, const char *name, char path[200])
{
	snprintf(path, 200, "%s/%s", base, name);
	assert_int_equal(mkdir(path, 0700), 0);
	write_file(path, "data.mdb");
	write_file(path, "shop.conf");
}

/* The next stage clears away what a crash left more than a day ago. */
static void what_a_crash_left_is_cleared_away(void **state)
{
	struct fixture *f = *state;
	char old[200], young[200], link[200], theirs[200];
	struct stage s;

	make_left(f->base, ".regulars-part-aaaaaa", old);
	make_left(f->base, ".regulars-part-bbbbbb", young);
	make_left(f->base, "another", theirs);
	make_old(old);
	make_old(theirs);
	snprintf(link, sizeof(link), "%s/.regulars-part-cccccc", f->base);
	assert_int_equal(symlink(theirs, link), 0);
	make_old(link);
	MUST(stage_begin(&s, f->base));
	stage_end(&s);
	assert_int_not_equal(access(old, F_OK), 0);
	assert_int_equal(names_in(young), 2);
	assert_int_equal(names_in(theirs), 2);	/* a link is not gone through */
	assert_int_equal(names_in(f->base), 3);
}

/* Somebody who may write in the folder puts a link where the stage was. */
static void a_stage_that_became_a_link_is_left_alone(void **state)
{
	struct fixture *f = *state;
	char theirs[200], away[200];
	struct stage s;

	make_left(f->base, "another", theirs);
	snprintf(away, sizeof(away), "%s/away", f->base);
	MUST(stage_begin(&s, f->base));
	assert_int_equal(rename(s.dir, away), 0);
	assert_int_equal(symlink(theirs, s.dir), 0);
	stage_end(&s);
	assert_int_equal(names_in(theirs), 2);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, folder_setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(what_a_crash_left_is_cleared_away),
		CASE(a_stage_that_became_a_link_is_left_alone),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

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

/* A program that is told to end while it waits for what another one writes. */
static int ended_while_it_waits(struct fixture *f, const char *fifo)
{
	int input[2], told[2], result;
	struct stage s;
	char begun;
	pid_t pid;

	assert_int_equal(pipe(input), 0);
	assert_int_equal(pipe(told), 0);
	pid = fork();
	if (!pid) {
		alarm(20);
		if (stage_begin(&s, f->base) != ST_OK || write(told[1], "b", 1) != 1)
			_exit(1);
		if ((fifo ? file_copy(fifo, s.fd) : fd_copy(input[0], s.fd)) != ST_CANCELLED)
			_exit(2);
		stage_end(&s);
		_exit(3);
	}
	assert_int_equal(read(told[0], &begun, 1), 1);
	kill(pid, SIGTERM);
	result = result_of(pid);
	for (int i = 0; i < 2; i++) {
		close(told[i]);
		close(input[i]);
	}
	return result;
}

static void waiting_for_input_can_be_ended(void **state)
{
	struct fixture *f = *state;
	char fifo[200];

	assert_int_equal(ended_while_it_waits(f, NULL), 128 + SIGTERM);
	assert_int_equal(names_in(f->base), 0);
	snprintf(fifo, sizeof(fifo), "%s/fifo", f->base);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_int_equal(ended_while_it_waits(f, fifo), 128 + SIGTERM);
	assert_int_equal(names_in(f->base), 1);
}

/* Whoever writes into it may come later. */
static void a_fifo_is_read_to_its_end(void **state)
{
	struct fixture *f = *state;
	char fifo[200];
	struct stage s;
	struct stat st;
	pid_t pid;

	snprintf(fifo, sizeof(fifo), "%s/fifo", f->base);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	MUST(stage_begin(&s, f->base));
	pid = fork();
	if (!pid) {
		int fd = open(fifo, O_WRONLY);
		static const char block[100000];

		_exit(write(fd, block, sizeof(block)) != sizeof(block));
	}
	MUST(file_copy(fifo, s.fd));
	assert_int_equal(result_of(pid), 0);
	assert_int_equal(fstat(s.fd, &st), 0);
	assert_int_equal(st.st_size, 100000);
	stage_end(&s);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, folder_setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(what_a_crash_left_is_cleared_away),
		CASE(a_stage_that_became_a_link_is_left_alone),
		CASE(waiting_for_input_can_be_ended),
		CASE(a_fifo_is_read_to_its_end),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

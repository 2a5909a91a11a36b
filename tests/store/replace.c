/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <time.h>

#include "store/backup.h"
#include "store/replace.h"
#include "tests/store/fixture.h"

/* In the place of the C library's: the disk reports a fault at the fsync() of this
 * number; 0: at none. */
static int fsync_fails;

int fsync(int fd)
{
	if (fsync_fails && !--fsync_fails) {
		errno = EIO;
		return -1;
	}
	return fdatasync(fd);
}

/* Who has the store open is asked to close it; a crash of who asked is nothing. */

static void nobody_is_asked_at_first(void **state)
{
	struct fixture *f = *state;

	assert_false(store_is_wanted(f->store));
	assert_false(replace_goes_on(f->dir));
}

/* A process that replaces and says so; then it waits to be killed. */
static pid_t start_replacing(struct fixture *f)
{
	struct replacement r;
	int ends[2];
	char begun = 0;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (!pid) {
		close(ends[0]);
		if (replace_begin(f->dir, &r) != ST_OK || write(ends[1], "b", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	close(ends[1]);
	/* We have it open until we see that it is wanted. */
	while (f->store && !store_is_wanted(f->store))
		nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
	store_close(f->store);
	f->store = NULL;
	assert_int_equal(read(ends[0], &begun, 1), 1);
	close(ends[0]);
	return pid;
}

static void who_asked_and_crashed_locks_nobody_out(void **state)
{
	struct fixture *f = *state;
	pid_t pid = start_replacing(f);

	assert_true(replace_goes_on(f->dir));
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	assert_false(replace_goes_on(f->dir));
	MUST(store_open(f->dir, &f->options, &f->store));
	assert_false(store_is_wanted(f->store));
}

static void meanwhile_nobody_gets_in(void **state)
{
	struct fixture *f = *state;
	struct replacement other;
	time_t began = time(NULL);
	pid_t pid = start_replacing(f);

	assert_int_equal(store_open(f->dir, &f->options, &f->store), ST_BUSY);
	assert_non_null(strstr(status_text(), "is being restored or compacted"));
	assert_true(time(NULL) - began >= 9);
	assert_int_equal(replace_begin(f->dir, &other), ST_BUSY);	/* nor does another */
	replace_end(&other);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	MUST(store_open(f->dir, &f->options, &f->store));
}

static ino_t inode(const char *dir, const char *name)
{
	char path[200];
	struct stat st;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return stat(path, &st) ? 0 : st.st_ino;
}

static void the_old_file_is_kept_and_the_rights_too(void **state)
{
	struct fixture *f = *state;
	struct copying copying = { .dir = f->dir };
	struct replacement r;
	struct stage s;
	char path[200];
	struct stat st;
	ino_t old, new;

	store_close(f->store);
	f->store = NULL;
	snprintf(path, sizeof(path), "%s/data.mdb", f->dir);
	assert_int_equal(chmod(path, 0660), 0);
	MUST(replace_begin(f->dir, &r));
	MUST(stage_begin(&s, f->dir));
	copying.options.held = true;
	copying.fd = s.fd;
	MUST(store_copy(&copying));
	assert_int_equal(fstat(s.fd, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	old = inode(f->dir, "data.mdb");
	new = st.st_ino;
	MUST(replace_commit(&r, s.file, "data.mdb.before"));
	stage_end(&s);
	replace_end(&r);
	assert_int_equal(inode(f->dir, "data.mdb"), new);
	assert_int_equal(inode(f->dir, "data.mdb.before"), old);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0660);	/* a group's shop stays one */
	assert_int_equal(names_in(f->dir), 5);
	MUST(store_open(f->dir, &f->options, &f->store));
}

struct swap {
	struct replacement r;
	char file[200], kept[200];
	ino_t old, new;
};

static void swap_begin(struct fixture *f, struct swap *s)
{
	int fd;

	store_close(f->store);
	f->store = NULL;
	snprintf(s->file, sizeof(s->file), "%s/new", f->base);
	snprintf(s->kept, sizeof(s->kept), "%s/kept", f->dir);
	fd = open(s->file, O_WRONLY | O_CREAT | O_EXCL, 0600);
	assert_true(fd >= 0);
	close(fd);
	s->old = inode(f->dir, "data.mdb");
	s->new = inode(f->base, "new");
	MUST(replace_begin(f->dir, &s->r));
}

static void a_failure_leaves_no_second_name(void **state)
{
	struct fixture *f = *state;
	struct swap s;

	swap_begin(f, &s);
	fsync_fails = 1;
	assert_int_equal(replace_commit(&s.r, s.file, "kept"), ST_SYSTEM);
	assert_int_not_equal(access(s.kept, F_OK), 0);
	assert_int_equal(fsync_fails, 0);
	/* A folder does not take the place of a file. */
	assert_int_equal(unlink(s.file), 0);
	assert_int_equal(mkdir(s.file, 0700), 0);
	assert_int_equal(replace_commit(&s.r, s.file, "kept"), ST_SYSTEM);
	assert_non_null(strstr(status_text(), "the shop is as it was"));
	assert_int_not_equal(access(s.kept, F_OK), 0);
	assert_int_equal(inode(f->dir, "data.mdb"), s.old);
	replace_end(&s.r);
}

static void a_fault_after_the_swap_is_not_denied(void **state)
{
	struct fixture *f = *state;
	struct swap s;

	swap_begin(f, &s);
	fsync_fails = 2;
	assert_int_equal(replace_commit(&s.r, s.file, "kept"), ST_UNKNOWN);
	assert_non_null(strstr(status_text(), "is in its place"));
	assert_int_equal(inode(f->dir, "data.mdb"), s.new);
	assert_int_equal(inode(f->dir, "kept"), s.old);
	replace_end(&s.r);
}

static bool stop_is_blocked(void)
{
	sigset_t now;

	assert_int_equal(sigprocmask(SIG_BLOCK, NULL, &now), 0);
	return sigismember(&now, SIGTSTP) == 1;
}

/* Who is stopped meanwhile would keep all tills waiting. */
static void nobody_stops_in_the_middle(void **state)
{
	struct fixture *f = *state;
	struct swap s;

	swap_begin(f, &s);
	assert_true(stop_is_blocked());
	replace_end(&s.r);
	assert_false(stop_is_blocked());
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(nobody_is_asked_at_first),
		CASE(who_asked_and_crashed_locks_nobody_out),
		CASE(meanwhile_nobody_gets_in),
		CASE(the_old_file_is_kept_and_the_rights_too),
		CASE(a_failure_leaves_no_second_name),
		CASE(a_fault_after_the_swap_is_not_denied),
		CASE(nobody_stops_in_the_middle),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

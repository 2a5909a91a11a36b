/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/folder.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "tests/exchange/files.h"

#include "exchange/imported.h"

/* A folder of our own, and a clock that stands where the test puts it. */
struct watched {
	char dir[64], path[128];
	struct folder folder;
};

static int setup(void **state)
{
	struct watched *w = calloc(1, sizeof(*w));

	strcpy(w->dir, "/tmp/regulars-folder-XXXXXX");
	assert_non_null(mkdtemp(w->dir));
	MUST(folder_open(&w->folder, w->dir));
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	struct watched *w = *state;
	struct files files;

	snprintf(files.dir, sizeof(files.dir), "%s", w->dir);
	files_remove(&files);
	folder_release(&w->folder);
	free(w);
	return 0;
}

static const char *path_of(struct watched *w, const char *name)
{
	snprintf(w->path, sizeof(w->path), "%s/%s", w->dir, name);
	return w->path;
}

static void put(struct watched *w, const char *name, const char *text)
{
	put_file(path_of(w, name), text, strlen(text));
}

/* As if they had been there for hours, in this order. */
static void set_time(struct watched *w, const char *name, time_t when)
{
	const struct timespec times[2] = { { .tv_sec = when }, { .tv_sec = when } };

	assert_int_equal(utimensat(AT_FDCWD, path_of(w, name), times, 0), 0);
}

static void assert_next(struct watched *w, int64_t now, const char *name)
{
	const char *next;

	folder_look(&w->folder, now);
	next = folder_next(&w->folder, now);
	if (name) {
		assert_non_null(next);
		assert_string_equal(next, name);
	} else if (next) {
		print_error("%s is given\n", next);
		assert_null(next);
	}
}

static void what_was_closed_is_given_once(void **state)
{
	struct watched *w = *state;

	assert_next(w, 0, NULL);
	put(w, "a.csv", "1\n");
	assert_next(w, 10, "a.csv");
	assert_next(w, 20, NULL);
	assert_next(w, 100000, NULL);
	put(w, "a.csv", "1\n2\n");
	assert_next(w, 100010, "a.csv");
	assert_false(folder_is_waiting(&w->folder));
}

static void what_was_moved_has_to_rest(void **state)
{
	struct watched *w = *state;
	char from[128];

	assert_next(w, 0, NULL);
	put(w, "a.part", "1\n");
	assert_next(w, 10, NULL);
	snprintf(from, sizeof(from), "%s", path_of(w, "a.part"));
	assert_int_equal(rename(from, path_of(w, "a.csv")), 0);
	assert_next(w, 20, NULL);
	assert_true(folder_is_waiting(&w->folder));
	assert_in_range(folder_wait(&w->folder, 20), 1, FOLDER_SETTLE_MS);
	assert_next(w, 20 + FOLDER_SETTLE_MS, "a.csv");
}

static void who_still_writes_is_waited_for(void **state)
{
	struct watched *w = *state;
	FILE *file = fopen(path_of(w, "a.csv"), "w");

	assert_next(w, 0, NULL);	/* there when the watch begins */
	fputs("1\n", file);
	fflush(file);
	assert_next(w, 3000, NULL);	/* grew */
	assert_next(w, 9000, NULL);	/* stalls, and is open */
	assert_true(folder_is_waiting(&w->folder));
	fclose(file);
	assert_next(w, 9001, "a.csv");
}

static void others_are_left_alone(void **state)
{
	static const char *const names[] = {
		".a.csv", "a.csv.part", "a.tmp", "a.csv.rejected.csv", "a.REJECTED.CSV", "a",
		".csv", "a.csv~"
	};
	struct watched *w = *state;

	assert_next(w, 0, NULL);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		put(w, names[i], "1\n");
	assert_int_equal(mkdir(path_of(w, "dir.csv"), 0700), 0);
	assert_int_equal(symlink("a.csv.part", path_of(w, "link.csv")), 0);
	assert_next(w, 10, NULL);
	assert_next(w, 2 * FOLDER_SCAN_MS, NULL);
	assert_false(folder_is_waiting(&w->folder));
	rmdir(path_of(w, "dir.csv"));
}

static void what_was_there_comes_oldest_first(void **state)
{
	struct watched *w = *state;

	put(w, "b.txt", "1\n");
	put(w, "a.TSV", "1\n");
	put(w, "c.Csv", "1\n");
	set_time(w, "b.txt", 1000);
	set_time(w, "c.Csv", 2000);
	set_time(w, "a.TSV", 2000);
	folder_release(&w->folder);
	MUST(folder_open(&w->folder, w->dir));
	assert_next(w, 0, NULL);
	assert_next(w, FOLDER_SETTLE_MS, "b.txt");
	assert_next(w, FOLDER_SETTLE_MS, "a.TSV");
	assert_next(w, FOLDER_SETTLE_MS, "c.Csv");
	assert_next(w, FOLDER_SETTLE_MS, NULL);
}

/* More than the kernel keeps for us, unless somebody has told it to keep more. */
static void lost_events_are_made_up_for(void **state)
{
	const char *kept = file_text("/proc/sys/fs/inotify/max_queued_events");
	struct watched *w = *state;
	int64_t now = 100;

	assert_next(w, 0, NULL);
	if (atoi(kept) > 50000)
		skip();
	put(w, "a.csv", "1\n");
	for (int i = atoi(kept) + 100; i > 0; i--)
		put(w, i % 2 ? "x" : "y", "");
	put(w, "b.csv", "1\n");
	assert_next(w, now, "a.csv");
	assert_next(w, now, NULL);	/* its event was lost */
	assert_next(w, now + FOLDER_SETTLE_MS, "b.csv");
}

static void what_is_gone_is_not_given(void **state)
{
	struct watched *w = *state;

	assert_next(w, 0, NULL);
	put(w, "a.csv", "1\n");
	put(w, "b.csv", "1\n");
	folder_look(&w->folder, 10);
	unlink(path_of(w, "a.csv"));
	assert_next(w, 20, "b.csv");
	assert_next(w, 20, NULL);
	unlink(path_of(w, "b.csv"));
	folder_look(&w->folder, 2 * FOLDER_SCAN_MS);
	assert_int_equal(w->folder.n, 0);
}

static void a_file_is_given_again_when_asked(void **state)
{
	struct watched *w = *state;

	assert_next(w, 0, NULL);
	put(w, "a.csv", "1\n");
	assert_next(w, 10, "a.csv");
	folder_again(&w->folder, "a.csv", 5000);
	assert_next(w, 4999, NULL);
	assert_next(w, 5000, "a.csv");
}

static void the_folder_may_come_back(void **state)
{
	struct watched *w = *state;
	char away[80];

	assert_next(w, 0, NULL);
	put(w, "a.csv", "1\n");
	assert_next(w, 10, "a.csv");
	snprintf(away, sizeof(away), "%s-away", w->dir);
	assert_int_equal(rename(w->dir, away), 0);
	folder_look(&w->folder, 20);
	assert_false(folder_is_there(&w->folder));
	assert_in_range(folder_wait(&w->folder, 20), 1, 1000);
	assert_int_equal(rename(away, w->dir), 0);
	put(w, "b.csv", "1\n");
	folder_look(&w->folder, 30);
	assert_true(folder_is_there(&w->folder));
	assert_next(w, 30 + FOLDER_SETTLE_MS, "b.csv");	/* a.csv is as it was */
	assert_next(w, 30 + FOLDER_SETTLE_MS, NULL);
}

static void a_folder_must_be_one(void **state)
{
	struct watched *w = *state;
	struct folder f;

	put(w, "a.csv", "1\n");
	assert_int_equal(folder_open(&f, path_of(w, "a.csv")), ST_NOT_FOUND);
	folder_release(&f);
	assert_int_equal(folder_open(&f, path_of(w, "nowhere")), ST_NOT_FOUND);
	folder_release(&f);
}

/* -- links -- */

static void only_plain_files_are_opened(void **state)
{
	struct watched *w = *state;
	int fd;

	put(w, "aside", "1\n");
	assert_int_equal(symlink("aside", path_of(w, "link.csv")), 0);
	assert_int_equal(folder_file_open(&w->folder, "link.csv", &fd), ST_SYSTEM);
	assert_int_equal(mkfifo(path_of(w, "pipe.csv"), 0600), 0);
	assert_int_equal(folder_file_open(&w->folder, "pipe.csv", &fd), ST_SYSTEM);
	assert_string_equal(status_text(), "it is not a plain file");
	assert_int_equal(fd, -1);
	MUST(folder_file_open(&w->folder, "aside", &fd));
	close(fd);
}

/* Somebody puts links in the place of both files once it was opened. */
static void a_link_leads_nowhere(void **state)
{
	static const char text[] = "date,receipt,amount\n2026-02-28,R-1,10.00\n2026-02-28,R-2,x\n";
	struct fixture *f = *state;
	struct import_options how = { .dates = DATES_AUTO };
	struct import_result *r = calloc(1, sizeof(*r));
	struct files files;
	char opened[40], target[128];
	int fd;

	files_make(&files);
	put_file(files.path, text, strlen(text));
	fd = open(files.path, O_RDONLY);
	snprintf(opened, sizeof(opened), "/proc/self/fd/%d", fd);
	snprintf(target, sizeof(target), "%s/precious", files.dir);
	put_file(target, "secret", 6);
	assert_int_equal(unlink(files.path), 0);
	assert_int_equal(symlink("nothing", files.path), 0);
	assert_int_equal(symlink("precious", files.rejected), 0);
	how.opened = opened;
	MUST(import_file(&f->shop, &f->by, files.path, &how, r));
	assert_int_equal(r->sales, 1);
	assert_string_equal(r->rejected_to, files.rejected);
	assert_string_equal(file_text(target), "secret");
	assert_non_null(strstr(file_text(files.rejected), "R-2,x"));
	close(fd);
	free(r);
	files_remove(&files);
}

/* -- which were imported -- */

static enum status digest_file(const char *path, const struct import_options *how,
			       uint8_t out[DIGEST_SIZE])
{
	int fd = open(path, O_RDONLY);
	enum status st = imported_digest(fd, how, out);

	close(fd);
	return st;
}

static void contents_are_remembered_for_a_while(void **state)
{
	struct fixture *f = *state;
	const char *maps[] = { "amount=Net" };
	struct import_options plain = { .dates = DATES_AUTO };
	struct import_options mapped = { .map_count = 1, .maps = maps };
	uint8_t one[DIGEST_SIZE], two[DIGEST_SIZE], other[DIGEST_SIZE];
	struct files files;
	bool found;

	files_make(&files);
	put_file(files.path, "date,amount\n", 12);
	MUST(digest_file(files.path, &plain, one));
	MUST(digest_file(files.path, &mapped, other));
	assert_memory_not_equal(one, other, DIGEST_SIZE);
	put_file(files.path, "date,amounts\n", 13);
	MUST(digest_file(files.path, &plain, two));
	assert_memory_not_equal(one, two, DIGEST_SIZE);
	files_remove(&files);
	assert_int_equal(digest_file("/", &plain, two), ST_SYSTEM);

	MUST(imported_find(&f->shop, one, &found));
	assert_false(found);
	MUST(imported_note(&f->shop, one, 20000));
	MUST(imported_note(&f->shop, other, 20400));
	MUST(imported_find(&f->shop, one, &found));
	assert_true(found);
	MUST(imported_note(&f->shop, other, 20401));
	MUST(imported_find(&f->shop, one, &found));
	assert_false(found);
	MUST(imported_find(&f->shop, other, &found));
	assert_true(found);
	assert_verified(f);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_closed_is_given_once),
		TEST(what_was_moved_has_to_rest),
		TEST(who_still_writes_is_waited_for),
		TEST(others_are_left_alone),
		TEST(what_was_there_comes_oldest_first),
		TEST(lost_events_are_made_up_for),
		TEST(what_is_gone_is_not_given),
		TEST(a_file_is_given_again_when_asked),
		TEST(the_folder_may_come_back),
		TEST(a_folder_must_be_one),
		TEST(only_plain_files_are_opened),
		cmocka_unit_test_setup_teardown(a_link_leads_nowhere, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(contents_are_remembered_for_a_while,
						fixture_setup, fixture_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

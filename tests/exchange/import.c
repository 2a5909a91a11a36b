/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/exchange/files.h"

#include <sys/wait.h>

/* Files as a whole: where they are read from, trials, stops, damage. */

static void a_trial_keeps_nothing(void **state)
{
	static const char text[] = "date,receipt,customer,item,amount\n"
		"2026-02-01,R-1,C1,Tea,100.00\n2026-02-01,R-2,C1,Tea,x\n2026-02-02,R-1,,,-5.00\n";
	struct fixture *f = *state;
	struct import_options trial = { .dry_run = true };
	struct import_result r;
	struct files files;
	uint64_t version = store_version(f->shop.store);

	files_make(&files);
	MUST(import_how(f, &files, text, &trial, &r));
	assert_rows(&r, 2, 0, 1);
	assert_int_equal(r.sales, 1);
	assert_int_equal(r.refunds, 1);
	assert_int_equal(r.customers_added, 1);
	assert_int_equal(r.items_added, 1);
	assert_string_equal(file_text(files.rejected), "");
	assert_string_equal(r.rejected_to, "");
	assert_int_equal(store_version(f->shop.store), version);
	trial.rejected = files.rejected;
	MUST(import_how(f, &files, text, &trial, &r));
	assert_memory_equal(file_text(files.rejected), "line,reason,date", 16);
	import_text(f, text, 2, 1, &r);
	files_remove(&files);
}

static void reads_standard_input_and_pipes(void **state)
{
	static const char text[] = "date,receipt,amount\n2026-02-01,R-1,1.00\n2026-02-01,R-2,x\n";
	struct fixture *f = *state;
	struct import_options how = { .map_count = 0 };
	struct import_result r;
	struct files files;
	int ends[2], before = dup(STDIN_FILENO);

	files_make(&files);
	how.rejected = files.rejected;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], text, sizeof(text) - 1), sizeof(text) - 1);
	close(ends[1]);
	assert_true(dup2(ends[0], STDIN_FILENO) >= 0);
	close(ends[0]);
	MUST(import_file(&f->shop, &f->by, "-", &how, &r));
	assert_true(dup2(before, STDIN_FILENO) >= 0);
	close(before);
	assert_rows(&r, 1, 0, 1);
	assert_string_equal(r.rejected_to, files.rejected);
	assert_memory_equal(file_text(files.rejected), "line,reason,", 12);
	files_remove(&files);
}

static void files_that_are_no_tables_change_nothing(void **state)
{
	struct fixture *f = *state;
	struct import_options none = { .map_count = 0 }, over = { .map_count = 0 };
	struct import_result r;
	struct files files;
	uint64_t version = store_version(f->shop.store);

	files_make(&files);
	assert_int_equal(import_file(&f->shop, &f->by, files.path, &none, &r), ST_NOT_FOUND);
	assert_int_equal(import_file(&f->shop, &f->by, files.dir, &none, &r), ST_SYSTEM);
	assert_int_equal(import_how(f, &files, "", NULL, &r), ST_INVALID);
	assert_int_equal(import_how(f, &files, "\xEF\xBB\xBF\n", NULL, &r), ST_INVALID);
	assert_int_equal(import_how(f, &files, "PK\x03\x04 a spreadsheet", NULL, &r), ST_INVALID);
	assert_int_equal(import_how(f, &files, "a,b\n1,2\n", NULL, &r), ST_INVALID);
	assert_rows(&r, 0, 0, 0);
	/* The rejects may not overwrite what is read. */
	over.rejected = files.path;
	assert_int_equal(import_how(f, &files, "date,amount\nx,1\n", &over, &r), ST_INVALID);
	assert_string_equal(file_text(files.path), "date,amount\nx,1\n");
	/* What cannot be told may not be passed over. */
	over.rejected = "/nowhere/at/all.csv";
	assert_int_equal(import_how(f, &files, "date,amount\n2026-02-01,1\nx,1\n", &over, &r),
			 ST_SYSTEM);
	assert_int_equal(store_version(f->shop.store), version);
	files_remove(&files);
}

/* Another process has the store open, as another terminal would. */
static pid_t open_elsewhere(struct fixture *f, int *leash)
{
	int ready_pipe[2], end_pipe[2];
	uint64_t count = TABLE_META;
	char c;
	pid_t child;

	assert_int_equal(pipe(ready_pipe), 0);
	assert_int_equal(pipe(end_pipe), 0);
	shop_close(&f->shop);
	child = fork();
	if (!child) {
		close(end_pipe[1]);
		if (shop_open(f->dir, &f->shop) != ST_OK ||
		    store_read(f->shop.store, ask_count, &count) != ST_OK ||
		    write(ready_pipe[1], "r", 1) != 1 || read(end_pipe[0], &c, 1) != 0)
			_exit(1);
		shop_close(&f->shop);
		_exit(0);
	}
	close(ready_pipe[1]);
	close(end_pipe[0]);
	assert_int_equal(read(ready_pipe[0], &c, 1), 1);
	close(ready_pipe[0]);
	MUST(shop_open(f->dir, &f->shop));
	*leash = end_pipe[1];
	return child;
}

struct steps {
	int n;
	int64_t rows[8];
};

static bool stop_at_second(void *arg, const struct import_progress *p)
{
	struct steps *s = arg;

	if (s->n < 8)
		s->rows[s->n] = p->rows;
	assert_true(p->done > 0 && p->done <= p->total);
	return ++s->n < 2;
}

static void what_was_booked_before_a_stop_stays(void **state)
{
	struct fixture *f = *state;
	struct steps steps = { 0 };
	struct import_options how = { .step = stop_at_second, .arg = &steps };
	struct import_result r;
	struct files files;
	char *text = malloc(200000), *end = stpcpy(text, "date,receipt,customer,amount\n");
	int leash, status;
	pid_t child = open_elsewhere(f, &leash);

	for (int i = 0; i < 2500; i++)
		end += sprintf(end, "2026-02-01,R-%d,C%d,10.00\n", i, i % 40);
	files_make(&files);
	assert_int_equal(import_how(f, &files, text, &how, &r), ST_CANCELLED);
	assert_rows(&r, 2000, 0, 0);	/* in batches of a thousand */
	assert_int_equal(steps.rows[0], 1000);
	assert_int_equal(r.customers_added, 40);
	MUST(import_how(f, &files, text, NULL, &r));
	assert_rows(&r, 500, 2000, 0);
	assert_int_equal(r.customers_matched, 40);
	close(leash);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_verified(f);
	files_remove(&files);
	free(text);
}

static uint32_t dice(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

/* Damages a good file in a few places: nothing is lost or counted twice, and
 * again changes nothing. */
static void damaged_files_reconcile(void **state)
{
	static const char good[] = HEADER
		"2026-02-27T09:14:00,R-1,,C17,Asha Patel,09824012345,,\"Chai, hot\",CH1,tea,2,"
		"40.00,cash\n"
		"2026-02-27T09:14:00,R-1,,C17,Asha Patel,09824012345,,Khari,,snacks,1,15.00,cash\n"
		"2026-02-27T10:00:00,,,,,,,Chai,CH1,tea,1,20.00,cash\n"
		"2026-02-27T10:00:00,,,,,,,Chai,CH1,tea,1,20.00,cash\n"
		"2026-02-28T09:00:00,R-1,1,,,,,Khari,,,1,-15.00,cash\n"
		"2026-02-28T09:00:00,R-2,,,,9824012345,,Khari,,,1,15.00,card\n"
		"2026-02-28T10:00:00,R-2,,,,,,,,,,-5.00,\n";
	static const char bytes[] = "0,\"\n;-9R\xFF\tE.";
	struct fixture *f = *state;
	struct program p = { .goal = 3 };
	struct reward reward = { .id = 0 };
	struct import_result r, again;
	struct files files;
	char text[sizeof(good)];
	uint64_t seed = 7;

	add_card(f, &p, &reward);
	files_make(&files);
	for (int round = 0; round < 150; round++) {
		memcpy(text, good, sizeof(good));
		for (uint32_t i = dice(&seed) % 4 + 1; i > 0; i--)
			text[strlen(HEADER) + dice(&seed) % (sizeof(good) - sizeof(HEADER))] =
				bytes[dice(&seed) % (sizeof(bytes) - 1)];
		MUST(import_how(f, &files, text, NULL, &r));
		assert_int_equal(r.rows, r.accepted + r.duplicates + r.rejected);
		MUST(import_how(f, &files, text, NULL, &again));
		assert_rows(&again, 0, r.accepted + r.duplicates, r.rejected);
	}
	assert_verified(f);
	files_remove(&files);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_trial_keeps_nothing),
		CASE(reads_standard_input_and_pipes),
		CASE(files_that_are_no_tables_change_nothing),
		CASE(what_was_booked_before_a_stop_stays),
		CASE(damaged_files_reconcile),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

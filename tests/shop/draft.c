/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/draft.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "base/text.h"
#include "tests/shop/people.h"

/* A sale that is not booked yet, and what may have become of its file. */

static const struct draft tea = {
	.op = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 },
	.customer = 17, .amount = "12.50", .reward = 3, .tender = TENDER_CARD,
	.points = 40, .points_program = 2, .line_count = 2,
	.lines = { { 1, "Masala chai", 2000, 2 }, { 0, "દરજીકામ \"ઝડપી\"", 5000, 1 } },
};

static struct draft_slot taken(struct fixture *f, const char *who)
{
	struct draft_slot s;

	draft_slot_take(&s, &f->shop, who);
	assert_non_null(s.path);
	return s;
}

static int count_files(struct fixture *f)
{
	DIR *dir = opendir(f->dir);
	struct dirent *e;
	int n = 0;

	assert_non_null(dir);
	while ((e = readdir(dir)))
		n += strncmp(e->d_name, "draft-", 6) == 0;
	closedir(dir);
	return n;
}

static void assert_same(const struct draft *a, const struct draft *b)
{
	assert_memory_equal(a->op, b->op, OP_SIZE);
	assert_int_equal(a->customer, b->customer);
	assert_string_equal(a->amount, b->amount);
	assert_int_equal(a->reward, b->reward);
	assert_int_equal(a->tender, b->tender);
	assert_int_equal(a->points, b->points);
	assert_int_equal(a->points_program, b->points_program);
	assert_int_equal(a->line_count, b->line_count);
	for (uint32_t i = 0; i < a->line_count; i++) {
		assert_int_equal(a->lines[i].item, b->lines[i].item);
		assert_string_equal(a->lines[i].name, b->lines[i].name);
		assert_int_equal(a->lines[i].price, b->lines[i].price);
		assert_int_equal(a->lines[i].quantity, b->lines[i].quantity);
	}
}

/* -- one till -- */

static void is_there_again_as_it_was(void **state)
{
	struct fixture *f = *state;
	struct draft_slot s = taken(f, "asha");
	struct draft again;

	assert_int_equal(draft_load(&s, &again), ST_NOT_FOUND);
	MUST(draft_save(&s, &tea));
	MUST(draft_load(&s, &again));
	assert_same(&again, &tea);
	draft_slot_release(&s);
	assert_null(s.path);
	s = taken(f, "asha");
	MUST(draft_load(&s, &again));
	assert_same(&again, &tea);
	draft_drop(&s);
	assert_int_equal(draft_load(&s, &again), ST_NOT_FOUND);
	draft_slot_release(&s);
	assert_int_equal(count_files(f), 0);
}

static void the_last_one_that_was_saved_counts(void **state)
{
	struct fixture *f = *state;
	struct draft_slot s = taken(f, "asha");
	struct draft d = tea, again;

	MUST(draft_save(&s, &d));
	d.line_count = 0;
	strcpy(d.amount, "7");
	MUST(draft_save(&s, &d));
	MUST(draft_load(&s, &again));
	assert_same(&again, &d);
	draft_drop(&s);
	draft_slot_release(&s);
}

/* A disk that takes some of it: the one before is there, and it is said why. */
static void half_a_draft_is_none(void **state)
{
	const struct rlimit little = { 20, RLIM_INFINITY };
	struct fixture *f = *state;
	struct draft_slot s = taken(f, "asha");
	struct draft d = tea, again;
	struct rlimit before;
	enum status st;

	MUST(draft_save(&s, &tea));
	strcpy(d.amount, "7");
	getrlimit(RLIMIT_FSIZE, &before);
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &little);
	st = draft_save(&s, &d);
	setrlimit(RLIMIT_FSIZE, &before);
	assert_int_equal(st, ST_SYSTEM);
	assert_non_null(strstr(status_text(), "No space left"));
	MUST(draft_load(&s, &again));
	assert_same(&again, &tea);
	MUST(draft_save(&s, &d));
	draft_drop(&s);
	draft_slot_release(&s);
}

static void only_its_owner_may_read_the_file(void **state)
{
	struct fixture *f = *state;
	struct draft_slot s = taken(f, "asha");
	struct stat st;

	MUST(draft_save(&s, &tea));
	assert_int_equal(stat(s.path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	draft_drop(&s);
	draft_slot_release(&s);
}

static void any_name_stays_in_the_folder(void **state)
{
	static const char *const names[] = { "../../etc/x", "આશા", ".", "", "a b", "A", "a" };
	struct fixture *f = *state;
	struct draft_slot s[7];
	struct draft again;

	for (size_t i = 0; i < 7; i++) {
		s[i] = taken(f, names[i]);
		assert_null(strchr(s[i].path + strlen(f->dir) + 1, '/'));
		MUST(draft_save(&s[i], &tea));
	}
	assert_int_equal(count_files(f), 7);
	for (size_t i = 0; i < 7; i++) {
		MUST(draft_load(&s[i], &again));
		draft_drop(&s[i]);
		draft_slot_release(&s[i]);
	}
	assert_int_equal(count_files(f), 0);
}

/* -- several tills -- */

static void two_tills_of_one_person_have_two(void **state)
{
	struct fixture *f = *state;
	struct draft_slot one = taken(f, "asha"), other = taken(f, "asha");
	struct draft d = tea, again;

	d.customer = 18;
	assert_string_not_equal(one.path, other.path);
	MUST(draft_save(&one, &tea));
	MUST(draft_save(&other, &d));
	MUST(draft_load(&one, &again));
	assert_int_equal(again.customer, 17);
	/* Saving puts a new file there: it is held as the old one was. */
	draft_slot_release(&other);
	other = taken(f, "asha");
	MUST(draft_load(&other, &again));
	assert_int_equal(again.customer, 18);
	draft_drop(&one);
	draft_drop(&other);
	draft_slot_release(&one);
	draft_slot_release(&other);
}

static void another_person_has_their_own(void **state)
{
	struct fixture *f = *state;
	struct draft_slot asha = taken(f, "asha"), ramesh;
	struct draft again;

	MUST(draft_save(&asha, &tea));
	draft_slot_release(&asha);
	ramesh = taken(f, "ramesh");
	assert_int_equal(draft_load(&ramesh, &again), ST_NOT_FOUND);
	draft_slot_release(&ramesh);
	asha = taken(f, "asha");
	draft_drop(&asha);
	draft_slot_release(&asha);
}

/* The sale of a till whose line broke is found behind one that goes on. */
static void an_orphan_is_found_behind_a_till_that_goes_on(void **state)
{
	struct fixture *f = *state;
	struct draft_slot first = taken(f, "asha"), second = taken(f, "asha"), third;
	struct draft d = tea, again;

	d.customer = 18;
	MUST(draft_save(&second, &d));
	draft_slot_release(&second);
	third = taken(f, "asha");
	MUST(draft_load(&third, &again));
	assert_int_equal(again.customer, 18);
	draft_drop(&third);
	draft_slot_release(&third);
	draft_slot_release(&first);
}

/* What a program that is killed has saved is nobody's at once. */
static void survives_the_program(void **state)
{
	struct fixture *f = *state;
	struct draft_slot s;
	struct draft again;
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (!child) {
		draft_slot_take(&s, &f->shop, "asha");
		if (draft_save(&s, &tea) == ST_OK)
			kill(getpid(), SIGKILL);
		_exit(1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	s = taken(f, "asha");
	MUST(draft_load(&s, &again));
	assert_same(&again, &tea);
	draft_drop(&s);
	draft_slot_release(&s);
}

/* -- files that somebody else has touched -- */

static void write_to(const char *path, const void *bytes, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, len), len);
	close(fd);
}

#define OP "\"op\":\"0102030405060708090a0b0c0d0e0f10\""

static void garbage_is_no_sale(void **state)
{
	static const char *const texts[] = {
		"", "{", "null", "[]", "{}", "17", "\"x\"", "{\"op\":17}", "{\"op\":\"\"}",
		"{\"op\":\"0102\"}", "{\"op\":\"zz02030405060708090a0b0c0d0e0f10\"}",
		"{" OP "} trailing", "{" OP, "\xff\xfe{" OP "}", "{" OP ",\"customer\":1e99999}",
		"[[[[[[[[[[[[[[[[[[[[",
	};
	struct fixture *f = *state;
	struct draft_slot s = taken(f, "asha");
	char path[200];
	struct draft d;

	snprintf(path, sizeof(path), "%s", s.path);
	draft_slot_release(&s);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		write_to(path, texts[i], strlen(texts[i]));
		s = taken(f, "asha");
		assert_int_equal(draft_load(&s, &d), ST_NOT_FOUND);
		draft_drop(&s);
		draft_slot_release(&s);
	}
	assert_int_equal(count_files(f), 0);
}

static void strange_values_are_left_out(void **state)
{
	static const char text[] =
		"{" OP ",\"customer\":-5,\"amount\":\"1\\u00072\",\"reward\":"
		"99999999999999,\"points\":\"many\",\"points_program\":null,"
		"\"tender\":77,\"lines\":"
		"[1,{},{\"name\":\"x\"},{\"name\":\"y\",\"quantity\":-1},"
		"{\"name\":\"z\",\"quantity\":2,\"price\":-7,\"item\":[]},"
		"{\"name\":\"\\u202ew\",\"quantity\":1}]}";
	struct fixture *f = *state;
	struct draft_slot s = taken(f, "asha");
	char path[200];
	struct draft d;

	snprintf(path, sizeof(path), "%s", s.path);
	draft_slot_release(&s);
	write_to(path, text, strlen(text));
	s = taken(f, "asha");
	MUST(draft_load(&s, &d));
	assert_int_equal(d.customer, 0);
	assert_string_equal(d.amount, "");
	assert_int_equal(d.reward, 0);
	assert_int_equal(d.points, 0);
	assert_int_equal(d.points_program, 0);
	assert_int_equal(d.tender, 0);
	assert_true(d.line_count >= 1);
	assert_string_equal(d.lines[0].name, "z");
	assert_int_equal(d.lines[0].price, 0);
	assert_int_equal(d.lines[0].quantity, 2);
	for (uint32_t i = 0; i < d.line_count; i++)
		assert_true(text_is_clean(d.lines[i].name));
	draft_drop(&s);
	draft_slot_release(&s);
}

/* Every byte of a good file wrong in turn, and every length of it. */
static void bytes_that_changed_never_crash(void **state)
{
	struct fixture *f = *state;
	struct draft_slot s = taken(f, "asha");
	char path[200], good[4096], bad[4096];
	struct draft d;
	ssize_t len;

	MUST(draft_save(&s, &tea));
	len = pread(s.fd, good, sizeof(good), 0);
	assert_in_range(len, 100, sizeof(good) - 1);
	snprintf(path, sizeof(path), "%s", s.path);
	draft_slot_release(&s);
	for (ssize_t i = 0; i < 2 * len; i++) {
		memcpy(bad, good, (size_t)len);
		bad[i % len] = (char)(bad[i % len] ^ (i % 2 ? 0x81 : 0x04));
		write_to(path, bad, (size_t)(i < len ? len : i % len));
		s = taken(f, "asha");
		if (draft_load(&s, &d) == ST_OK) {
			assert_in_range(d.line_count, 0, DRAFT_LINES);
			assert_in_range(d.tender, 0, TENDERS - 1);
		}
		draft_slot_release(&s);
	}
	unlink(path);
}

static void more_than_a_sale_has_is_left_out(void **state)
{
	struct fixture *f = *state;
	struct draft_slot s = taken(f, "asha");
	struct buf text = { 0 };
	char path[200];
	struct draft d;

	snprintf(path, sizeof(path), "%s", s.path);
	draft_slot_release(&s);
	buf_text(&text, "{" OP ",\"lines\":[");
	for (int i = 0; i < 500; i++)
		buf_printf(&text, "%s{\"name\":\"x%d\",\"quantity\":1}", i ? "," : "", i);
	buf_text(&text, "]}");
	write_to(path, text.at, text.len);
	s = taken(f, "asha");
	MUST(draft_load(&s, &d));
	assert_int_equal(d.line_count, DRAFT_LINES);
	draft_slot_release(&s);
	/* Larger than any draft: none. */
	for (int i = 0; i < 200000; i++)
		buf_text(&text, " ");
	write_to(path, text.at, text.len);
	s = taken(f, "asha");
	assert_int_equal(draft_load(&s, &d), ST_OK);	/* blanks behind it are nothing */
	draft_drop(&s);
	draft_slot_release(&s);
	buf_release(&text);
}

/* A folder, a pipe, a link to elsewhere in its place: another slot is taken. */
static void what_is_no_file_is_passed_over(void **state)
{
	struct fixture *f = *state;
	struct draft_slot s = taken(f, "asha");
	char path[200], outside[200];
	struct draft d;

	snprintf(path, sizeof(path), "%s", s.path);
	snprintf(outside, sizeof(outside), "%s.outside", f->dir);
	draft_slot_release(&s);
	write_to(outside, "{" OP "}", sizeof("{" OP "}") - 1);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(i == 0 ? mkdir(path, 0700) : i == 1 ? mkfifo(path, 0600) :
				 symlink(outside, path), 0);
		s = taken(f, "asha");
		assert_string_not_equal(s.path, path);
		assert_int_equal(draft_load(&s, &d), ST_NOT_FOUND);
		draft_slot_release(&s);
		assert_int_equal(remove(path), 0);
	}
	unlink(outside);
}

static void a_slot_that_could_not_be_had_is_said(void **state)
{
	struct draft_slot none = { .path = NULL };
	struct draft d;

	(void)state;
	assert_int_equal(draft_save(&none, &tea), ST_SYSTEM);
	assert_int_equal(draft_load(&none, &d), ST_NOT_FOUND);
	draft_drop(&none);
	draft_slot_release(&none);
}

/* -- a sale that was booked in the last instant -- */

static void a_booked_sale_is_known_by_its_operation(void **state)
{
	struct fixture *f = *state;
	struct customer c = named("Asha Patel");
	struct sale sale = { .customer = add_customer(f, &c), .source = "", .receipt = "",
			     .amount = 12000 };
	struct trade_run run, again;
	int64_t seq = 0;

	assert_false(draft_is_booked(&f->shop, &tea, &seq));
	memcpy(f->by.op, tea.op, OP_SIZE);
	f->by.has_op = true;
	MUST(sale_add(&f->shop, &f->by, &sale, &run));
	assert_true(draft_is_booked(&f->shop, &tea, &seq));
	assert_int_equal(seq, run.seq);
	/* And booking it once more is the first result. */
	f->by.now += 3600000;
	MUST(sale_add(&f->shop, &f->by, &sale, &again));
	assert_true(again.repeated);
	assert_int_equal(again.seq, run.seq);
	assert_int_equal(figures_of(f, c.id).sales, 1);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(is_there_again_as_it_was),
		TEST(the_last_one_that_was_saved_counts),
		TEST(half_a_draft_is_none),
		TEST(only_its_owner_may_read_the_file),
		TEST(any_name_stays_in_the_folder),
		TEST(two_tills_of_one_person_have_two),
		TEST(another_person_has_their_own),
		TEST(an_orphan_is_found_behind_a_till_that_goes_on),
		TEST(survives_the_program),
		TEST(garbage_is_no_sale),
		TEST(strange_values_are_left_out),
		TEST(bytes_that_changed_never_crash),
		TEST(more_than_a_sale_has_is_left_out),
		TEST(what_is_no_file_is_passed_over),
		TEST(a_slot_that_could_not_be_had_is_said),
		TEST(a_booked_sale_is_known_by_its_operation),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("shop/draft", tests, NULL, NULL);
}

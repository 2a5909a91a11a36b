/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_write.h"

#include "exchange/csv.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void assert_field(const char *text, enum csv_for reader, const char *want)
{
	struct buf out = { 0 };

	csv_add_row(&out, (const char *[]){ "a", text, "b" }, 3, reader);
	assert_int_equal(out.at[out.len - 1], '\n');
	out.at[out.len - 3] = '\0';
	assert_memory_equal(out.at, "a,", 2);
	assert_string_equal(out.at + 2, want);
	buf_release(&out);
}

static void writes_rows(void **state)
{
	struct buf out = { 0 };

	(void)state;
	csv_add_row(&out, (const char *[]){ "date", "amount" }, 2, CSV_FOR_PROGRAMS);
	csv_add_field(&out, "", CSV_FOR_PROGRAMS);
	csv_add_field(&out, "", CSV_FOR_PROGRAMS);
	csv_end_row(&out);
	csv_add_field(&out, "x", CSV_FOR_PROGRAMS);
	csv_end_row(&out);
	assert_string_equal(out.at, "date,amount\n,\nx\n");
	buf_release(&out);
}

static void a_row_is_never_a_blank_line(void **state)
{
	struct buf out = { 0 };

	(void)state;
	for (int i = 0; i < 2; i++)
		csv_add_row(&out, (const char *[]){ "" }, 1, CSV_FOR_PROGRAMS);
	assert_string_equal(out.at, "\"\"\n\"\"\n");
	buf_release(&out);
}

static void quotes_what_must_be(void **state)
{
	(void)state;
	assert_field("", CSV_FOR_PROGRAMS, "");
	assert_field("Asha Patel", CSV_FOR_PROGRAMS, "Asha Patel");
	assert_field("Patel, Asha", CSV_FOR_PROGRAMS, "\"Patel, Asha\"");
	assert_field("a;b", CSV_FOR_PROGRAMS, "\"a;b\"");
	assert_field("say \"hi\"", CSV_FOR_PROGRAMS, "\"say \"\"hi\"\"\"");
	assert_field("\"", CSV_FOR_PROGRAMS, "\"\"\"\"");
	assert_field("a\nb", CSV_FOR_PROGRAMS, "\"a\nb\"");
	assert_field("a\r", CSV_FOR_PROGRAMS, "\"a\r\"");
	assert_field(" a", CSV_FOR_PROGRAMS, "\" a\"");
	assert_field("a ", CSV_FOR_PROGRAMS, "\"a \"");
	assert_field("=1+1", CSV_FOR_PROGRAMS, "=1+1");
}

static void disarms_formulas(void **state)
{
	static const char *const each[] = {
		"=1+1", "=cmd|' /C calc'!A0", "+cmd", "-cmd", "@SUM(A1)", "+1+1", "-1-1",
		"+", "-", "=", "+ 1", "-1e5", "+1,2", "\t=1", "\r=1", "\n=1", " =1", "  +x",
		"＝1+1", "＋1", "－1", "＠x", "'=1", "''=1", "' =1"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(each) / sizeof(each[0]); i++) {
		char want[64];

		snprintf(want, sizeof(want), "\"'%s\"", each[i]);
		assert_field(each[i], CSV_FOR_SHEETS, want);
		snprintf(want, sizeof(want), "'%s", each[i]);
		assert_string_equal(csv_without_guard(want), each[i]);
		if (each[i][0] != '\'')
			assert_string_equal(csv_without_guard(each[i]), each[i]);
	}
	assert_field("=\"x\"", CSV_FOR_SHEETS, "\"'=\"\"x\"\"\"");
}

static void leaves_numbers_phones_and_text(void **state)
{
	static const char *const each[] = {
		"", "12.50", "-12.50", "-3", "+919824012345", "+91 98240 12345", "Asha", "a=b",
		"a@example.org", "2026-03-01", "\xEF\xBC\xA1", "'x"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(each) / sizeof(each[0]); i++)
		assert_field(each[i], CSV_FOR_SHEETS, each[i]);
	assert_string_equal(csv_without_guard("'+919824012345"), "'+919824012345");
	assert_string_equal(csv_without_guard("'Tis"), "'Tis");
}

static struct csv *open_bytes(const struct buf *bytes)
{
	char path[64];
	struct csv *c;
	int fd = memfd_create("csv", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes->at, bytes->len), bytes->len);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	assert_int_equal(csv_open(path, &c), ST_OK);
	close(fd);
	return c;
}

/* Every text of up to four letters of those that matter, by number. */
static const char letters[] = "a,;\t|\"\r\n =\x1A";
#define BASE ((int)sizeof(letters))
#define TEXTS (BASE * BASE * BASE * BASE)

static void nth_text(int n, char text[5])
{
	for (int i = 0; i < 4; i++, n /= BASE)
		text[i] = letters[n % BASE];
	text[4] = '\0';
}

static void assert_next(struct csv *c, const char *text, size_t n)
{
	struct csv_row row;

	assert_int_equal(csv_next(c, &row), ST_OK);
	assert_int_equal(row.n, n);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(row.field[i], text);
}

static void reads_back_what_was_written(void **state)
{
	struct buf out = { 0 };
	struct csv *c;
	char text[5];

	(void)state;
	csv_add_row(&out, (const char *[]){ "x", "x", "x" }, 3, CSV_FOR_PROGRAMS);
	for (int i = 0; i < TEXTS; i++) {
		nth_text(i, text);
		csv_add_row(&out, (const char *[]){ text, text, text }, 3, CSV_FOR_PROGRAMS);
		csv_add_row(&out, (const char *[]){ text }, 1, CSV_FOR_PROGRAMS);
	}
	c = open_bytes(&out);
	assert_next(c, "x", 3);
	for (int i = 0; i < TEXTS; i++) {
		nth_text(i, text);
		assert_next(c, text, 3);
		assert_next(c, text, 1);
	}
	assert_int_equal(csv_next(c, &(struct csv_row){ 0 }), ST_NOT_FOUND);
	csv_close(c);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_rows),
		cmocka_unit_test(a_row_is_never_a_blank_line),
		cmocka_unit_test(quotes_what_must_be),
		cmocka_unit_test(disarms_formulas),
		cmocka_unit_test(leaves_numbers_phones_and_text),
		cmocka_unit_test(reads_back_what_was_written),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/csv.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "exchange/encoding.h"

#define BLOCK 65536	/* what the decoder reads at a time */

static struct csv *open_bytes(const char *bytes, size_t len)
{
	char path[64];
	struct csv *c;
	int fd = memfd_create("csv", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, len), len);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	assert_int_equal(csv_open(path, &c), ST_OK);
	close(fd);
	return c;
}

/* A row as "3[a][b]", "3[a][b]~" without a line end, or "3! sentence {raw}". */
static enum status show_row(struct csv *c, struct buf *out)
{
	struct csv_row row;
	enum status st = csv_next(c, &row);

	if (st == ST_NOT_FOUND)
		return st;
	buf_printf(out, "%ld", row.line);
	for (size_t i = 0; i < row.n; i++)
		buf_printf(out, "[%s]", row.field[i]);
	if (st)
		buf_printf(out, "! %s {%s}", status_text(), row.raw);
	buf_text(out, row.unended ? "~\n" : "\n");
	return st;
}

static void show(const char *bytes, size_t len, struct buf *out)
{
	struct csv *c = open_bytes(bytes, len);
	enum status st;

	buf_add(out, "", 0);
	do {
		st = show_row(c, out);
		assert_true(st == ST_OK || st == ST_INVALID || st == ST_NOT_FOUND);
	} while (st != ST_NOT_FOUND);
	assert_int_equal(csv_next(c, &(struct csv_row){ 0 }), ST_NOT_FOUND);
	csv_close(c);
}

static void assert_rows(const char *bytes, size_t len, const char *rows)
{
	struct buf out = { 0 };

	show(bytes, len, &out);
	assert_string_equal(out.at, rows);
	buf_release(&out);
}

#define ASSERT_ROWS(bytes, rows) assert_rows(bytes, sizeof(bytes) - 1, rows)

static void reads_plain_rows(void **state)
{
	(void)state;
	ASSERT_ROWS("", "");
	ASSERT_ROWS("a", "1[a]~\n");
	ASSERT_ROWS("a,b\n1,2\n", "1[a][b]\n2[1][2]\n");
	ASSERT_ROWS("a,b\n,\n1,\n,2\n", "1[a][b]\n2[][]\n3[1][]\n4[][2]\n");
	ASSERT_ROWS("a,b\n 1 , 2 3\n", "1[a][b]\n2[ 1 ][ 2 3]\n");
	ASSERT_ROWS("a,b\n1,2,3\n4\n", "1[a][b]\n2[1][2][3]\n3[4]\n");
}

static void reads_any_line_end(void **state)
{
	(void)state;
	ASSERT_ROWS("a,b\r\n1,2\r\n", "1[a][b]\n2[1][2]\n");
	ASSERT_ROWS("a,b\r1,2\r", "1[a][b]\n2[1][2]\n");
	ASSERT_ROWS("a,b\n1,2\r\n3,4\r5,6", "1[a][b]\n2[1][2]\n3[3][4]\n4[5][6]~\n");
}

static void skips_blank_lines(void **state)
{
	(void)state;
	ASSERT_ROWS("\n\r\n\n", "");
	ASSERT_ROWS("\n\na,b\n\n  \r\n1,2\n\n", "3[a][b]\n6[1][2]\n");
	ASSERT_ROWS("a\n\"\"\n", "1[a]\n2[]\n");
	ASSERT_ROWS("a,b\r\n1,2\r\n\x1A", "1[a][b]\n2[1][2]\n");
}

static void shows_a_row_without_its_end(void **state)
{
	(void)state;
	ASSERT_ROWS("a,b,c\n1,2", "1[a][b][c]\n2[1][2]~\n");
	ASSERT_ROWS("a,b,c\n1,2,", "1[a][b][c]\n2[1][2][]~\n");
	ASSERT_ROWS("a,b\n1,\"2\"", "1[a][b]\n2[1][2]~\n");
}

static void reads_quoted_fields(void **state)
{
	(void)state;
	ASSERT_ROWS("a,b\n\"1,5\",\"x\"\n", "1[a][b]\n2[1,5][x]\n");
	ASSERT_ROWS("a,b\n\"\",\"\"\n", "1[a][b]\n2[][]\n");
	ASSERT_ROWS("a,b\n\"\"\"\",\"say \"\"hi\"\"\"\n", "1[a][b]\n2[\"][say \"hi\"]\n");
	ASSERT_ROWS("a,b\n  \"x\"  , \"y\" \r\n", "1[a][b]\n2[x][y]\n");
	ASSERT_ROWS("a,b\n\"one\ntwo\",3\n4,5\n", "1[a][b]\n2[one\ntwo][3]\n4[4][5]\n");
	ASSERT_ROWS("a,b\n\"1\r\n2\r3\n\",x\r\n4,5\r\n",
		    "1[a][b]\n2[1\r\n2\r3\n][x]\n6[4][5]\n");
}

#define MIDDLE \
	"a quote stands in the middle of a field; put the field in quotes and double this one"
#define FOLLOWS "text follows a closing quote; double a quote that belongs to the text"
#define UNCLOSED "a quote is opened and never closed; close it or take it out"

static void goes_on_after_a_stray_quote(void **state)
{
	(void)state;
	ASSERT_ROWS("a,b\n1,x\"y\n2,z\n",
		    "1[a][b]\n2! line 2: " MIDDLE " {1,x\"y}\n3[2][z]\n");
	ASSERT_ROWS("a,b\n\"1\"2,x\r\n2,z\n",
		    "1[a][b]\n2! line 2: " FOLLOWS " {\"1\"2,x}\n3[2][z]\n");
	ASSERT_ROWS("a,b\n\"1\" \"2\",x\n2,z\n",
		    "1[a][b]\n2! line 2: " FOLLOWS " {\"1\" \"2\",x}\n3[2][z]\n");
	ASSERT_ROWS("a,b\n1,x\"", "1[a][b]\n2! line 2: " MIDDLE " {1,x\"}~\n");
}

static void names_the_line_of_a_stray_quote_in_a_long_row(void **state)
{
	(void)state;
	ASSERT_ROWS("a,b\n\"1\n2\n3\",x\"y\n4,5\n",
		    "1[a][b]\n"
		    "2! line 4: " MIDDLE " {\"1}\n"
		    "3[2]\n"
		    "4! line 4: " MIDDLE " {3\",x\"y}\n"
		    "5[4][5]\n");
}

static void an_unclosed_quote_swallows_one_line(void **state)
{
	(void)state;
	ASSERT_ROWS("a,b\n1,\"x\n2,y\n3,z\n",
		    "1[a][b]\n2! line 2: " UNCLOSED " {1,\"x}\n3[2][y]\n4[3][z]\n");
	ASSERT_ROWS("a,b\n1,\"", "1[a][b]\n2! line 2: " UNCLOSED " {1,\"}~\n");
	ASSERT_ROWS("a,b\n\"1\n2\",\"x\n3,4\n",
		    "1[a][b]\n"
		    "2! line 3: " UNCLOSED " {\"1}\n"
		    "3! line 3: " MIDDLE " {2\",\"x}\n"
		    "4[3][4]\n");
}

static void tells_where_a_quote_was_opened(void **state)
{
	(void)state;
	ASSERT_ROWS("a,b\n1,\"x\n2,\"y\"\n3,z\n",
		    "1[a][b]\n"
		    "2! line 2: a quote is opened and not closed before line 3, where text "
		    "follows it; close it or take it out {1,\"x}\n"
		    "3[2][y]\n4[3][z]\n");
}

static void refuses_a_row_that_is_not_text(void **state)
{
	(void)state;
	ASSERT_ROWS("\xEF\xBB\xBF" "a,b\n1,x\xE9y\n2,z\n",
		    "1[a][b]\n2! line 2, column 2: a character cannot be read as UTF-8; "
		    "correct it in the file {1,x\xEF\xBF\xBDy}\n3[2][z]\n");
	ASSERT_ROWS("a,b\n\0,2\n3,4\n",
		    "1[a][b]\n2! line 2, column 1: a character cannot be read as UTF-8; "
		    "correct it in the file {\xEF\xBF\xBD,2}\n3[3][4]\n");
	ASSERT_ROWS("\xFF\xFE" "a\0,\0\n\0" "1\0,\0\x3D\xD8",
		    "1[a][]\n2! line 2, column 2: a character cannot be read as UTF-16 LE; "
		    "correct it in the file {1,\xEF\xBF\xBD}~\n");
}

static void refuses_the_whole_of_a_row_whose_quotes_are_sound(void **state)
{
	(void)state;
	ASSERT_ROWS("a,b\n1,\"x\n\0\ny\"\r\n2,z\n",
		    "1[a][b]\n2! line 3, column 2: a character cannot be read as UTF-8; "
		    "correct it in the file {1,\"x\n\xEF\xBF\xBD\ny\"}\n5[2][z]\n");
}

static void drops_the_mark_of_utf8(void **state)
{
	(void)state;
	ASSERT_ROWS("\xEF\xBB\xBF" "date,b\n", "1[date][b]\n");
	ASSERT_ROWS("\xEF\xBB\xBF\"date\",b\n", "1[date][b]\n");
}

static void describes(const char *text, const char *encoding, const char *delimiter, int note)
{
	struct csv *c = open_bytes(text, strlen(text));
	struct csv_about about = csv_describe(c);

	assert_string_equal(about.delimiter, delimiter);
	while (csv_next(c, &(struct csv_row){ 0 }) == ST_OK)
		;
	about = csv_describe(c);
	assert_string_equal(about.encoding, encoding);
	assert_int_equal(strlen(about.note) > 0, note);
	csv_close(c);
}

static void finds_the_delimiter(void **state)
{
	static const struct {
		const char *text, *delimiter;
	} each[] = {
		{ "", "comma" },
		{ "name\nAsha\n", "comma" },
		{ "date,amount\n2026-03-01,40.00\n", "comma" },
		{ "date;amount\n2026-03-01;40,00\n", "semicolon" },
		{ "date;name;amount\n1;\"Patel, Asha, Mrs\";1,5\n2;b;2,5\n", "semicolon" },
		{ "name;amount\na;1,234,567.00\nb;1,234,567.00\n", "semicolon" },
		{ "Name, first;Amount\nPatel, Asha;12\n", "semicolon" },
		{ "a\tb\tc, d\n1\t2\t3, 4\n", "tab" },
		{ "a|b\n1|2\n", "vertical bar" },
		{ "\"a;b;c;d\",e\n\"1;2\",3\n", "comma" },
		{ "\"x\ny;z;w\",e\n1,2\n", "comma" },
		{ "Sales of March\n\ndate;amount\n1;2\n", "semicolon" },
		{ "sep=|\na,b|c,d\n", "vertical bar" },
		{ "sep=,\r\na;b;c\r\n", "comma" },
		{ "a,b\nx|1,2\ny|1,3\n", "comma" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(each) / sizeof(each[0]); i++)
		describes(each[i].text, "UTF-8", each[i].delimiter, 0);
	ASSERT_ROWS("sep=;\r\na;b\r\n1;2\r\n", "2[a][b]\n3[1][2]\n");
	ASSERT_ROWS("sep=", "1[sep=]~\n");
	ASSERT_ROWS("sep=;", "1[sep=][]~\n");
}

static void names_the_encoding(void **state)
{
	(void)state;
	describes("a;b\nJosé;2\n", "UTF-8", "semicolon", 0);
	describes("a;b\nJos\xE9;2\n", "Windows-1252", "semicolon", 1);
	ASSERT_ROWS("a;b\nJos\xE9;2\n", "1[a][b]\n2[José][2]\n");
	ASSERT_ROWS("\xFF\xFE" "a\0;\0\xE9\0\r\0\n\0" "1\0;\0", "1[a][é]\n2[1][]~\n");
	ASSERT_ROWS("\xFE\xFF\0a\0\t\0\xE9\0\r\0\n", "1[a][é]\n");
}

/* A header, then one row of one field of so many bytes, then another. */
static void show_long(size_t len, int quoted, struct buf *out)
{
	struct buf text = { 0 };

	buf_text(&text, quoted ? "a,b\n\"" : "a,b\n");
	for (size_t i = 0; i < len; i++)
		buf_add(&text, "x", 1);
	buf_text(&text, quoted ? "\",1\n2,3\n" : ",1\n2,3\n");
	show(text.at, text.len, out);
	buf_release(&text);
}

static void limits_a_field(void **state)
{
	(void)state;
	for (int quoted = 0; quoted < 2; quoted++) {
		struct buf out = { 0 };

		show_long(CSV_FIELD_MAX, quoted, &out);
		assert_memory_equal(out.at, "1[a][b]\n2[xxx", 13);
		assert_string_equal(out.at + out.len - 16, "xxx][1]\n3[2][3]\n");
		buf_clear(&out);
		show_long(CSV_FIELD_MAX + 1, quoted, &out);
		assert_non_null(strstr(out.at, quoted ?
			"\n2! line 2: a field in quotes is longer than 65536 bytes; perhaps its "
			"quote is never closed {\"xxx" :
			"\n2! line 2: a field is longer than 65536 bytes; shorten it {xxx"));
		assert_string_equal(out.at + out.len - 9, "\n3[2][3]\n");
		buf_release(&out);
	}
}

/* Also when the line is many times what is kept of it. */
static void skips_an_endless_line(void **state)
{
	struct buf out = { 0 };

	(void)state;
	for (int quoted = 0; quoted < 2; quoted++) {
		show_long(5 * CSV_ROW_MAX, quoted, &out);
		assert_string_equal(out.at + out.len - 9, "\n3[2][3]\n");
		assert_true(out.len < 2 * CSV_ROW_MAX);
		buf_clear(&out);
	}
	buf_release(&out);
}

static void add_repeated(struct buf *out, const char *text, size_t times)
{
	while (times--)
		buf_text(out, text);
}

static void limits_columns(void **state)
{
	struct buf text = { 0 }, out = { 0 };

	(void)state;
	add_repeated(&text, ",", CSV_COLUMNS_MAX - 1);
	buf_text(&text, "\n");
	add_repeated(&text, ",", CSV_COLUMNS_MAX);
	buf_text(&text, "\n1,2\n");
	show(text.at, text.len, &out);
	assert_non_null(strstr(out.at, "[]\n2! line 2: a row has more than 512 columns; take "
			       "some out {,,,"));
	assert_string_equal(out.at + out.len - 9, "\n3[1][2]\n");
	buf_release(&text);
	buf_release(&out);
}

/* A row of 'fields' fields of 4,096 bytes, commas and line end included. */
static enum status second_row(size_t fields, size_t *n)
{
	struct buf text = { 0 };
	struct csv_row row;
	struct csv *c;
	enum status st;

	buf_text(&text, "a,b\n");
	for (size_t i = 0; i < fields; i++) {
		add_repeated(&text, "x", 4095);
		buf_text(&text, i + 1 < fields ? "," : "\n");
	}
	buf_text(&text, "1,2\n");
	c = open_bytes(text.at, text.len);
	assert_int_equal(csv_next(c, &row), ST_OK);
	st = csv_next(c, &row);
	*n = row.n;
	assert_int_equal(row.line, 2);
	assert_int_equal(csv_next(c, &row), ST_OK);
	assert_int_equal(row.line, 3);
	csv_close(c);
	buf_release(&text);
	return st;
}

static void limits_a_row(void **state)
{
	size_t n;

	(void)state;
	assert_int_equal(second_row(CSV_ROW_MAX / 4096, &n), ST_OK);
	assert_int_equal(n, CSV_ROW_MAX / 4096);
	assert_int_equal(second_row(CSV_ROW_MAX / 4096 + 1, &n), ST_INVALID);
	assert_string_equal(status_text(),
			    "line 2: a row is longer than 1048576 bytes; shorten it");
	assert_int_equal(second_row(CSV_COLUMNS_MAX, &n), ST_INVALID);
}

static const char odd_text[] =
	"\"say \"\"hi\"\"\",2\r\n"
	"\r\n"
	"\"one\r\ntwo\rthree\n\" , x\n"
	"bad\"quote,2\r"
	"José,\"é\"\"\"\n"
	"\"a\"b\n"
	"n\xC3,\"m\n\xC3\"\r\n"
	"  \"open,1\r\n"
	"last,2";

/* What stands where one block ends and the next begins reads the same. */
static void does_not_see_where_blocks_end(void **state)
{
	struct buf want = { 0 }, text = { 0 }, out = { 0 };
	const char *rest;

	(void)state;
	buf_text(&text, "é,b\nx\n");
	buf_text(&text, odd_text);
	show(text.at, text.len, &want);
	rest = strstr(want.at, "\n2[x]\n") + 6;
	for (size_t before = 0; before < sizeof(odd_text) + 1; before++) {
		buf_clear(&text);
		buf_clear(&out);
		buf_text(&text, "é,b\n");
		add_repeated(&text, "x", BLOCK - before - text.len - 1);
		buf_text(&text, "\n");
		buf_text(&text, odd_text);
		show(text.at, text.len, &out);
		assert_string_equal(strstr(out.at, "x]\n") + 3, rest);
	}
	buf_release(&want);
	buf_release(&text);
	buf_release(&out);
}

/* Every start of a file gives the rows of the whole file up to where it was
 * cut, and the cut is seen. */
static void reads_every_truncation(void **state)
{
	static const char text[] =
		"name,note,amount\r\n"
		"José,\"two\r\nlines\",1.00\r\n"
		"Zoë,\"say \"\"hi\"\"\",2.00\r\n";
	static const char rows[] =
		"1[name][note][amount]\n2[José][two\r\nlines][1.00]\n4[Zoë][say \"hi\"][2.00]\n";

	(void)state;
	for (size_t len = 0; len < sizeof(text); len++) {
		struct buf out = { 0 };
		size_t same = 0;

		show(text, len, &out);
		while (out.at[same] && out.at[same] == rows[same])
			same++;
		if (out.at[same])
			assert_true(strpbrk(out.at + same, "~!") != NULL);
		else if (len)
			assert_true(text[len - 1] == '\n' || text[len - 1] == '\r');
		buf_release(&out);
	}
}

static uint32_t next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

static void read_random(uint32_t *seed, const char *alphabet, size_t letters)
{
	char bytes[200];
	size_t len = next_random(seed) % sizeof(bytes);
	struct csv_row row;
	struct csv *c;
	enum status st;
	long line = 0;

	for (size_t i = 0; i < len; i++)
		bytes[i] = alphabet[next_random(seed) % letters];
	c = open_bytes(bytes, len);
	while ((st = csv_next(c, &row)) != ST_NOT_FOUND) {
		assert_true(st == ST_OK || st == ST_INVALID);
		assert_true(row.line > line);
		line = row.line;
		assert_true((st == ST_OK) == (row.n > 0));
		assert_true((st == ST_OK) == (row.raw == NULL));
		for (size_t i = 0; i < row.n; i++)
			assert_null(strchr(row.field[i], ENCODING_BAD));
	}
	csv_close(c);
}

static void survives_random_bytes(void **state)
{
	static const char alphabet[] = "\"\"\"\",,,;\n\n\r\t| ab\xC3\xA9\xE9\0\x1A=";
	char any[256];
	uint32_t seed = 20260301;

	(void)state;
	for (int i = 0; i < 256; i++)
		any[i] = (char)i;
	for (int i = 0; i < 5000; i++) {
		read_random(&seed, alphabet, sizeof(alphabet) - 1);
		read_random(&seed, any, sizeof(any));
	}
}

static void reads_a_long_file(void **state)
{
	struct buf text = { 0 };
	struct csv_row row;
	struct csv *c;
	long long total;
	long n = 0;

	(void)state;
	buf_text(&text, "date,receipt,name,note,amount\n");
	for (int i = 0; i < 200000; i++)
		buf_printf(&text, "2026-03-01T09:14:00,R-%d,Asha Patel,\"a \"\"b\"\"\nc, %d\","
			   "%d.00\r\n", i, i % 7, i % 100);
	c = open_bytes(text.at, text.len);
	assert_int_equal(csv_next(c, &row), ST_OK);
	for (; csv_next(c, &row) == ST_OK; n++) {
		char note[32];

		snprintf(note, sizeof(note), "a \"b\"\nc, %ld", n % 7);
		assert_int_equal(row.n, 5);
		assert_int_equal(row.line, 2 + 2 * n);
		assert_string_equal(row.field[3], note);
		assert_false(row.unended);
	}
	assert_int_equal(n, 200000);
	assert_int_equal(csv_position(c, &total), text.len);
	assert_int_equal(total, text.len);
	csv_close(c);
	buf_release(&text);
}

/* The input goes away after its first block. */
static void read_lost_input(const char *line)
{
	struct buf text = { 0 };
	struct csv_row row;
	struct csv *c;
	enum status st;
	int keep = dup(STDIN_FILENO), fd = memfd_create("csv", MFD_CLOEXEC);

	add_repeated(&text, line, 20 * BLOCK / strlen(line));
	assert_int_equal(write(fd, text.at, text.len), text.len);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	assert_int_equal(csv_open("-", &c), ST_OK);
	close(STDIN_FILENO);
	while ((st = csv_next(c, &row)) == ST_OK || st == ST_INVALID)
		;
	assert_int_equal(st, ST_SYSTEM);
	assert_non_null(strstr(status_text(), "cannot read the standard input: "));
	csv_close(c);
	if (keep >= 0)
		dup2(keep, STDIN_FILENO);
	close(keep);
	close(fd);
	buf_release(&text);
}

static void stops_when_the_input_is_lost(void **state)
{
	(void)state;
	read_lost_input("a,b\n");
	read_lost_input("x");
	read_lost_input("x\"");
	read_lost_input("\n");
}

static void tells_what_cannot_be_opened(void **state)
{
	struct csv *c;

	(void)state;
	assert_int_equal(csv_open("/nowhere/sales.csv", &c), ST_NOT_FOUND);
	assert_int_equal(csv_open("/", &c), ST_SYSTEM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_plain_rows),
		cmocka_unit_test(reads_any_line_end),
		cmocka_unit_test(skips_blank_lines),
		cmocka_unit_test(shows_a_row_without_its_end),
		cmocka_unit_test(reads_quoted_fields),
		cmocka_unit_test(goes_on_after_a_stray_quote),
		cmocka_unit_test(names_the_line_of_a_stray_quote_in_a_long_row),
		cmocka_unit_test(an_unclosed_quote_swallows_one_line),
		cmocka_unit_test(tells_where_a_quote_was_opened),
		cmocka_unit_test(refuses_a_row_that_is_not_text),
		cmocka_unit_test(refuses_the_whole_of_a_row_whose_quotes_are_sound),
		cmocka_unit_test(drops_the_mark_of_utf8),
		cmocka_unit_test(finds_the_delimiter),
		cmocka_unit_test(names_the_encoding),
		cmocka_unit_test(limits_a_field),
		cmocka_unit_test(skips_an_endless_line),
		cmocka_unit_test(limits_columns),
		cmocka_unit_test(limits_a_row),
		cmocka_unit_test(does_not_see_where_blocks_end),
		cmocka_unit_test(reads_every_truncation),
		cmocka_unit_test(survives_random_bytes),
		cmocka_unit_test(reads_a_long_file),
		cmocka_unit_test(stops_when_the_input_is_lost),
		cmocka_unit_test(tells_what_cannot_be_opened),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

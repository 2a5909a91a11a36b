/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/encoding.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

#define BLOCK 65536	/* what the decoder reads at a time */

/* A file in memory; its path is good until the next call. */
static const char *file_of(const struct buf *bytes)
{
	static char path[64];
	static int fd = -1;

	if (fd >= 0)
		close(fd);
	fd = memfd_create("encoding", MFD_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes->at, bytes->len), bytes->len);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return path;
}

/* All of the file, read 'step' bytes at a time. */
static enum encoding decode_all(const char *path, size_t step, struct buf *out)
{
	struct decoder *d;
	enum encoding encoding;
	char *part = mem_alloc(step);
	size_t got;

	buf_clear(out);
	assert_int_equal(decoder_open(path, &d), ST_OK);
	do {
		assert_int_equal(decoder_read(d, part, step, &got), ST_OK);
		assert_true(got <= step);
		buf_add(out, part, got);
	} while (got);
	encoding = decoder_encoding(d);
	decoder_close(d);
	free(part);
	return encoding;
}

static void assert_decoded(const struct buf *file, enum encoding encoding, const struct buf *text)
{
	static const size_t steps[] = { 4, 5, 4096, 2 * BLOCK };
	const char *path = file_of(file);
	struct buf out = { 0 };

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		assert_int_equal(decode_all(path, steps[i], &out), encoding);
		assert_int_equal(out.len, text->len);
		assert_memory_equal(out.at, text->at, text->len);
	}
	buf_release(&out);
}

static void assert_text(const struct buf *bytes, enum encoding encoding, const char *text)
{
	struct buf want = { 0 };

	buf_text(&want, text);
	assert_decoded(bytes, encoding, &want);
	buf_release(&want);
}

#define BYTES(literal) (&(const struct buf){ .at = (literal), .len = sizeof(literal) - 1 })

/* The C library's converter is the judge. */
static void convert(const struct buf *in, const char *from, const char *to, struct buf *out)
{
	iconv_t way = iconv_open(to, from);
	size_t left = in->len, room = in->len * 3, size = room;
	char *at = in->at, *end = mem_alloc(room), *start = end;

	assert_true(way != (iconv_t)-1);
	assert_int_equal(iconv(way, &at, &left, &end, &room), 0);
	buf_add(out, start, size - room);
	iconv_close(way);
	free(start);
}

/* Every character there is but NUL, as UTF-32 in this machine's order. */
static void add_all_characters(struct buf *out)
{
	for (uint32_t c = 1; c <= 0x10FFFF; c++)
		if (c < 0xD800 || c > 0xDFFF)
			buf_add(out, &c, sizeof(c));
}

static void reads_every_character(void **state)
{
	static const struct {
		const char *name, *mark;
		enum encoding encoding;
	} each[] = {
		{ "UTF-8", "\xEF\xBB\xBF", ENCODING_UTF8 },
		{ "UTF-16LE", "\xFF\xFE", ENCODING_UTF16LE },
		{ "UTF-16BE", "\xFE\xFF", ENCODING_UTF16BE },
	};
	struct buf all = { 0 }, text = { 0 };

	(void)state;
	add_all_characters(&all);
	convert(&all, "UTF-32LE", "UTF-8", &text);
	for (size_t i = 0; i < sizeof(each) / sizeof(each[0]); i++) {
		struct buf file = { 0 };

		buf_text(&file, each[i].mark);
		convert(&all, "UTF-32LE", each[i].name, &file);
		assert_decoded(&file, each[i].encoding, &text);
		buf_release(&file);
	}
	buf_release(&all);
	buf_release(&text);
}

static void reads_every_byte_of_windows_1252(void **state)
{
	struct buf file = { 0 }, text = { 0 };

	(void)state;
	for (int i = 1; i < 256; i++) {
		struct buf byte = { .at = (char[]){ (char)i }, .len = 1 };
		int none = i == 0x81 || i == 0x8D || i == 0x8F || i == 0x90 || i == 0x9D;

		buf_add(&file, byte.at, 1);
		if (none)
			buf_text(&text, "\xFF");
		else
			convert(&byte, "WINDOWS-1252", "UTF-8", &text);
	}
	assert_decoded(&file, ENCODING_WINDOWS1252, &text);
	buf_release(&file);
	buf_release(&text);
}

static void finds_the_encoding(void **state)
{
	(void)state;
	assert_text(BYTES(""), ENCODING_ASCII, "");
	assert_text(BYTES("name,amount\n"), ENCODING_ASCII, "name,amount\n");
	assert_text(BYTES("\xEF\xBB\xBF" "a"), ENCODING_UTF8, "a");
	assert_text(BYTES("Jos\xC3\xA9"), ENCODING_UTF8, "José");
	assert_text(BYTES("Jos\xE9"), ENCODING_WINDOWS1252, "José");
	assert_text(BYTES("\x80 5"), ENCODING_WINDOWS1252, "€ 5");
	assert_text(BYTES("a\0,\0b\0\n\0"), ENCODING_UTF16LE, "a,b\n");
	assert_text(BYTES("\0a\0,\0b\0\n"), ENCODING_UTF16BE, "a,b\n");
	assert_text(BYTES("d\0,\0\x86\x0A\n\0" "1\0,\0\x87\x0A\n\0"), ENCODING_UTF16LE,
		    "d,આ\n1,ઇ\n");
	assert_text(BYTES("a\0b,c\n"), ENCODING_ASCII, "a\xFF" "b,c\n");
}

static void takes_a_few_bad_bytes_for_damage(void **state)
{
	(void)state;
	assert_text(BYTES("José, Zoë, Jos\xE9"), ENCODING_UTF8, "José, Zoë, Jos\xFF");
	assert_text(BYTES("Jos\xE9, Zo\xEB, José"), ENCODING_WINDOWS1252, "José, Zoë, JosÃ©");
}

static void decides_late_in_a_long_file(void **state)
{
	struct buf file = { 0 }, text = { 0 };

	(void)state;
	while (file.len < 3 * BLOCK)
		buf_text(&file, "2026-03-01,Asha,40.00\n");
	buf_add(&text, file.at, file.len);
	buf_text(&file, "Jos\xE9");
	buf_text(&text, "José");
	assert_decoded(&file, ENCODING_WINDOWS1252, &text);
	buf_release(&file);
	buf_release(&text);
}

static void marks_what_is_not_utf8(void **state)
{
	(void)state;
#define MARK "\xEF\xBB\xBF"
	assert_text(BYTES(MARK "\x80"), ENCODING_UTF8, "\xFF");
	assert_text(BYTES(MARK "a\0b"), ENCODING_UTF8, "a\xFF" "b");
	assert_text(BYTES(MARK "\xC0\x80"), ENCODING_UTF8, "\xFF\xFF");
	assert_text(BYTES(MARK "\xC1\xBF"), ENCODING_UTF8, "\xFF\xFF");
	assert_text(BYTES(MARK "\xC3("), ENCODING_UTF8, "\xFF(");
	assert_text(BYTES(MARK "\xE0\x9F\xBF"), ENCODING_UTF8, "\xFF\xFF\xFF");
	assert_text(BYTES(MARK "\xE2\x82,"), ENCODING_UTF8, "\xFF\xFF,");
	assert_text(BYTES(MARK "\xED\xA0\x80"), ENCODING_UTF8, "\xFF\xFF\xFF");
	assert_text(BYTES(MARK "\xF0\x8F\xBF\xBF"), ENCODING_UTF8, "\xFF\xFF\xFF\xFF");
	assert_text(BYTES(MARK "\xF0\x9F\x98,"), ENCODING_UTF8, "\xFF\xFF\xFF,");
	assert_text(BYTES(MARK "\xF4\x90\x80\x80"), ENCODING_UTF8, "\xFF\xFF\xFF\xFF");
	assert_text(BYTES(MARK "\xF5\x80\xFE\xFF"), ENCODING_UTF8, "\xFF\xFF\xFF\xFF");
	assert_text(BYTES(MARK "é\xC3"), ENCODING_UTF8, "é\xFF");
	assert_text(BYTES(MARK "é\xF0\x9F\x98"), ENCODING_UTF8, "é\xFF\xFF\xFF");
}

static void marks_what_is_not_utf16(void **state)
{
	(void)state;
	assert_text(BYTES("\xFF\xFE\x3D\xD8" "a\0"), ENCODING_UTF16LE, "\xFF" "a");
	assert_text(BYTES("\xFF\xFE\x00\xDE" "a\0"), ENCODING_UTF16LE, "\xFF" "a");
	assert_text(BYTES("\xFF\xFE\x3D\xD8\x3D\xD8\x00\xDE"), ENCODING_UTF16LE, "\xFF😀");
	assert_text(BYTES("\xFF\xFE" "a\0\0\0" "b\0"), ENCODING_UTF16LE, "a\xFF" "b");
	assert_text(BYTES("\xFE\xFF\0a\xD8\x3D"), ENCODING_UTF16BE, "a\xFF");
	assert_text(BYTES("\xFE\xFF\0a\0"), ENCODING_UTF16BE, "a\xFF");
}

/* The cut between two blocks at every place of a character. */
static void joins_characters_across_blocks(void **state)
{
	(void)state;
	for (size_t before = 0; before <= 6; before++) {
		struct buf text = { 0 }, utf16 = { 0 };

		while (text.len + before < BLOCK)
			buf_text(&text, "x");
		buf_text(&text, "😀é€\xE0\xAA\x86");
		assert_decoded(&text, ENCODING_UTF8, &text);

		buf_text(&utf16, "\xFF\xFE");
		convert(&text, "UTF-8", "UTF-16LE", &utf16);
		assert_decoded(&utf16, ENCODING_UTF16LE, &text);
		buf_release(&utf16);

		buf_text(&utf16, "\xFF\xFE");
		convert(&(struct buf){ .at = text.at + BLOCK / 2, .len = text.len - BLOCK / 2 },
			"UTF-8", "UTF-16LE", &utf16);
		assert_decoded(&utf16, ENCODING_UTF16LE, &(struct buf){
			.at = text.at + BLOCK / 2, .len = text.len - BLOCK / 2 });
		buf_release(&utf16);
		buf_release(&text);
	}
}

static void refuses_what_is_no_text(void **state)
{
	const struct buf *each[] = {
		BYTES("PK\3\4\x14"), BYTES("\xD0\xCF\x11\xE0\xA1"), BYTES("\x1F\x8B\x08\x08"),
		BYTES("%PDF-1.7"), BYTES("\xFF\xFE\0\0a\0\0\0"), BYTES("\0\0\xFE\xFF\0\0\0a"),
	};
	struct decoder *d;

	(void)state;
	for (size_t i = 0; i < sizeof(each) / sizeof(each[0]); i++) {
		assert_int_equal(decoder_open(file_of(each[i]), &d), ST_INVALID);
		assert_non_null(strstr(status_text(), "save it as CSV"));
	}
}

static void tells_what_cannot_be_opened(void **state)
{
	struct decoder *d;

	(void)state;
	assert_int_equal(decoder_open("/nowhere/sales.csv", &d), ST_NOT_FOUND);
	assert_string_equal(status_text(), "there is no file /nowhere/sales.csv; check the name");
	assert_int_equal(decoder_open("/", &d), ST_SYSTEM);
	assert_non_null(strstr(status_text(), "cannot read /"));
}

static void tells_how_far_it_is(void **state)
{
	struct decoder *d;
	char part[16];
	long long total;
	size_t got;

	(void)state;
	assert_int_equal(decoder_open(file_of(BYTES("\xFF\xFE" "a\0b\0")), &d), ST_OK);
	assert_int_equal(decoder_read(d, part, sizeof(part), &got), ST_OK);
	assert_int_equal(got, 2);
	assert_int_equal(decoder_position(d, &total), 6);
	assert_int_equal(total, 6);
	decoder_close(d);
}

static void reads_standard_input(void **state)
{
	struct buf out = { 0 };
	struct decoder *d;
	long long total;
	int ends[2], keep = dup(STDIN_FILENO);

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
	assert_int_equal(write(ends[1], "José", 5), 5);
	close(ends[1]);
	assert_int_equal(decoder_open("-", &d), ST_OK);
	decoder_position(d, &total);
	assert_int_equal(total, -1);
	decoder_close(d);
	assert_int_equal(decode_all("-", 16, &out), ENCODING_ASCII);
	assert_int_equal(out.len, 0);	/* the block was taken; the input is still open */
	if (keep >= 0)
		dup2(keep, STDIN_FILENO);
	close(keep);
	close(ends[0]);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_every_character),
		cmocka_unit_test(reads_every_byte_of_windows_1252),
		cmocka_unit_test(finds_the_encoding),
		cmocka_unit_test(takes_a_few_bad_bytes_for_damage),
		cmocka_unit_test(decides_late_in_a_long_file),
		cmocka_unit_test(marks_what_is_not_utf8),
		cmocka_unit_test(marks_what_is_not_utf16),
		cmocka_unit_test(joins_characters_across_blocks),
		cmocka_unit_test(refuses_what_is_no_text),
		cmocka_unit_test(tells_what_cannot_be_opened),
		cmocka_unit_test(tells_how_far_it_is),
		cmocka_unit_test(reads_standard_input),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

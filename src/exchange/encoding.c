/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/encoding.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

#define BLOCK 65536

struct decoder {
	int fd;
	enum encoding encoding;
	bool eof;
	long long taken, total;
	size_t at, len;			/* raw[at..len) waits to be decoded */
	unsigned char raw[BLOCK];
	char *path;			/* for messages */
};

const char *encoding_name(enum encoding e)
{
	switch (e) {
	case ENCODING_ASCII:
	case ENCODING_UTF8: return "UTF-8";
	case ENCODING_UTF16LE: return "UTF-16 LE";
	case ENCODING_UTF16BE: return "UTF-16 BE";
	case ENCODING_WINDOWS1252: return "Windows-1252";
	}
	return "";
}

/* How many bytes from 'at' on are ASCII and not NUL. */
static size_t ascii_run(const unsigned char *at, size_t len)
{
	const uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
	uint64_t eight;
	size_t n = 0;

	while (len - n >= sizeof(eight)) {
		memcpy(&eight, at + n, sizeof(eight));
		/* The lowest zero byte borrows, which sets its top bit. */
		if (((eight - ones) | eight) & tops)
			break;
		n += sizeof(eight);
	}
	while (n < len && at[n] && at[n] < 0x80)
		n++;
	return n;
}

/* Bytes that a character beginning with 'lead' has; 0: none begins so. */
static size_t utf8_length(unsigned char lead)
{
	if (lead < 0x80)
		return lead ? 1 : 0;
	if (lead < 0xC2 || lead > 0xF4)
		return 0;
	return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* Bytes of the character at 'at', 0 if that is none: table 3-7 of the Unicode
 * standard (no overlong forms, no surrogates, nothing above U+10FFFF). */
static size_t utf8_char(const unsigned char *at, size_t len)
{
	size_t n = utf8_length(at[0]);
	unsigned char low = 0x80, high = 0xBF;

	if (n < 2 || n > len)
		return n < 2 ? n : 0;
	if (at[0] == 0xE0)
		low = 0xA0;
	else if (at[0] == 0xED)
		high = 0x9F;
	else if (at[0] == 0xF0)
		low = 0x90;
	else if (at[0] == 0xF4)
		high = 0x8F;
	if (at[1] < low || at[1] > high)
		return 0;
	for (size_t i = 2; i < n; i++)
		if ((at[i] & 0xC0) != 0x80)
			return 0;
	return n;
}

/* Bytes at the end that begin a character and do not finish it. */
static size_t utf8_cut(const unsigned char *at, size_t len)
{
	for (size_t back = 1; back <= 3 && back <= len; back++) {
		unsigned char c = at[len - back];

		if ((c & 0xC0) != 0x80)
			return utf8_length(c) > back ? back : 0;
	}
	return 0;
}

static void mark_bad_utf8(unsigned char *at, size_t len)
{
	for (size_t i = ascii_run(at, len); i < len; i += ascii_run(at + i, len - i)) {
		size_t n = utf8_char(at + i, len - i);

		if (n == 0)
			at[i] = ENCODING_BAD;
		i += n ? n : 1;
	}
}

/* A few bad bytes among many good characters are damage; none good at all is
 * another encoding. */
static enum encoding tell_utf8(const unsigned char *at, size_t len)
{
	size_t good = 0, bad = 0;

	for (size_t i = ascii_run(at, len); i < len; i += ascii_run(at + i, len - i)) {
		size_t n = utf8_char(at + i, len - i);

		good += n > 1;
		bad += n == 0 && at[i];
		i += n ? n : 1;
	}
	if (good == 0 && bad == 0)
		return ENCODING_ASCII;
	return good > bad ? ENCODING_UTF8 : ENCODING_WINDOWS1252;
}

/* Names may be in any script, but the dates, digits, separators and line ends
 * of a table are ASCII: in UTF-16 they are every other byte NUL. */
static enum encoding tell_utf16(const unsigned char *at, size_t len)
{
	size_t units = (len < 4096 ? len : 4096) / 2;
	size_t even = 0, odd = 0;

	for (size_t i = 0; i < units; i++) {
		even += at[2 * i] == 0;
		odd += at[2 * i + 1] == 0;
	}
	if (odd > units / 2 && even < units / 16 + 1)
		return ENCODING_UTF16LE;
	if (even > units / 2 && odd < units / 16 + 1)
		return ENCODING_UTF16BE;
	return ENCODING_ASCII;
}

struct opening {
	const char *bytes;
	size_t len;
	enum encoding encoding;
};

static bool begins(const struct decoder *d, const struct opening *o)
{
	return d->len >= o->len && memcmp(d->raw, o->bytes, o->len) == 0;
}

static void tell_encoding(struct decoder *d)
{
	static const struct opening marks[] = {
		{ "\xEF\xBB\xBF", 3, ENCODING_UTF8 },
		{ "\xFF\xFE", 2, ENCODING_UTF16LE },
		{ "\xFE\xFF", 2, ENCODING_UTF16BE },
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (begins(d, &marks[i])) {
			d->encoding = marks[i].encoding;
			d->at = marks[i].len;
			return;
		}
	}
	d->encoding = tell_utf16(d->raw, d->len);
}

/* What people pick by mistake, and UTF-32, whose mark begins like UTF-16's. */
static bool is_no_text(const struct decoder *d)
{
	static const struct opening others[] = {
		{ .bytes = "PK\3\4", .len = 4 },		/* .xlsx, .ods, ZIP */
		{ .bytes = "\xD0\xCF\x11\xE0", .len = 4 },	/* .xls */
		{ .bytes = "\x1F\x8B\x08", .len = 3 },		/* gzip */
		{ .bytes = "%PDF", .len = 4 },
		{ .bytes = "\xFF\xFE\0\0", .len = 4 },
		{ .bytes = "\0\0\xFE\xFF", .len = 4 },
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (begins(d, &others[i]))
			return true;
	return false;
}

/* Fills 'raw' behind what still waits in it. */
static enum status refill(struct decoder *d)
{
	memmove(d->raw, d->raw + d->at, d->len - d->at);
	d->len -= d->at;
	d->at = 0;
	while (d->len < sizeof(d->raw)) {
		ssize_t n = read(d->fd, d->raw + d->len, sizeof(d->raw) - d->len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail(ST_SYSTEM, "cannot read %s: %s", d->path, strerror(errno));
		if (n == 0) {
			d->eof = true;
			break;
		}
		d->len += (size_t)n;
		d->taken += n;
	}
	return ST_OK;
}

static enum status start(struct decoder *d)
{
	enum status st = refill(d);

	if (st)
		return st;
	if (is_no_text(d))
		return fail(ST_INVALID, "%s is a spreadsheet, an archive or another file that is "
			    "not plain text; save it as CSV in UTF-8", d->path);
	tell_encoding(d);
	return ST_OK;
}

/* A number of ours says nothing to whoever gave the file. */
static const char *shown_name(const char *path)
{
	if (strcmp(path, "-") == 0)
		return "the standard input";
	return strncmp(path, "/proc/self/fd/", 14) ? path : "the file";
}

enum status decoder_open(const char *path, struct decoder **out)
{
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	struct decoder *d;
	struct stat file;
	enum status st;

	if (fd < 0 && errno == ENOENT)
		return fail(ST_NOT_FOUND, "there is no file %s; check the name", path);
	if (fd < 0)
		return fail(ST_SYSTEM, "cannot open %s: %s", shown_name(path), strerror(errno));
	d = mem_alloc(sizeof(*d));
	d->path = mem_text(shown_name(path));
	d->fd = fd;
	d->total = fstat(fd, &file) == 0 && S_ISREG(file.st_mode) ? file.st_size : -1;
	st = start(d);
	if (st) {
		decoder_close(d);
		return st;
	}
	*out = d;
	return ST_OK;
}

void decoder_close(struct decoder *d)
{
	if (!d)
		return;
	if (d->fd != STDIN_FILENO)
		close(d->fd);
	free(d->path);
	free(d);
}

enum encoding decoder_encoding(const struct decoder *d)
{
	return d->encoding;
}

long long decoder_position(const struct decoder *d, long long *total)
{
	*total = d->total;
	return d->taken;
}

/* Writes one character that is not ASCII; at most 4 bytes. */
static size_t put_utf8(unsigned char *out, uint32_t c)
{
	size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char leads[] = { 0, 0, 0xC0, 0xE0, 0xF0 };

	for (size_t i = n - 1; i > 0; i--) {
		out[i] = (unsigned char)(0x80 | (c & 0x3F));
		c >>= 6;
	}
	out[0] = (unsigned char)(leads[n] | c);
	return n;
}

static size_t decode_utf8(struct decoder *d, unsigned char *out, size_t size)
{
	size_t n = d->len - d->at;

	if (n > size)
		n = size;
	if (!d->eof || n < d->len - d->at)
		n -= utf8_cut(d->raw + d->at, n);
	memcpy(out, d->raw + d->at, n);
	mark_bad_utf8(out, n);
	d->at += n;
	return n;
}

/* 0x80 to 0x9F, from the Unicode consortium's CP1252.TXT; 0 is no character. */
static const uint16_t windows1252[] = {
	0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
	0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
	0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};

static size_t decode_windows1252(struct decoder *d, unsigned char *out, size_t size)
{
	size_t n = 0;

	while (d->at < d->len && size - n >= 4) {
		unsigned char byte = d->raw[d->at++];
		uint32_t c = byte >= 0x80 && byte < 0xA0 ? windows1252[byte - 0x80] : byte;

		if (c == 0)
			out[n++] = ENCODING_BAD;
		else if (c < 0x80)
			out[n++] = byte;
		else
			n += put_utf8(out + n, c);
	}
	return n;
}

static uint32_t unit(const struct decoder *d, size_t at)
{
	const unsigned char *b = d->raw + at;

	return d->encoding == ENCODING_UTF16LE ? b[0] | (uint32_t)b[1] << 8
					       : b[1] | (uint32_t)b[0] << 8;
}

static size_t decode_utf16(struct decoder *d, unsigned char *out, size_t size)
{
	size_t n = 0;

	while (d->len - d->at >= 2 && size - n >= 4) {
		uint32_t c = unit(d, d->at);
		bool high = c >= 0xD800 && c < 0xDC00;
		uint32_t low = high && d->len - d->at >= 4 ? unit(d, d->at + 2) : 0;

		if (high && d->len - d->at < 4 && !d->eof)
			break;
		d->at += 2;
		if (low >= 0xDC00 && low < 0xE000) {
			d->at += 2;
			n += put_utf8(out + n, 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00));
		} else if (c == 0 || (c >= 0xD800 && c < 0xE000)) {
			out[n++] = ENCODING_BAD;
		} else if (c < 0x80) {
			out[n++] = (unsigned char)c;
		} else {
			n += put_utf8(out + n, c);
		}
	}
	if (d->eof && d->len - d->at == 1 && n < size) {
		d->at++;
		out[n++] = ENCODING_BAD;	/* half a unit */
	}
	return n;
}

static size_t decode(struct decoder *d, unsigned char *out, size_t size)
{
	switch (d->encoding) {
	case ENCODING_ASCII:
	case ENCODING_UTF8:
		return decode_utf8(d, out, size);
	case ENCODING_UTF16LE:
	case ENCODING_UTF16BE:
		return decode_utf16(d, out, size);
	case ENCODING_WINDOWS1252:
		return decode_windows1252(d, out, size);
	}
	return 0;
}

enum status decoder_read(struct decoder *d, char *out, size_t size, size_t *got)
{
	*got = 0;
	while (*got == 0 && (!d->eof || d->at < d->len)) {
		enum status st = !d->eof && d->len - d->at < 4 ? refill(d) : ST_OK;

		if (st)
			return st;
		if (d->encoding == ENCODING_ASCII) {
			size_t n = d->len - d->at;

			if (!d->eof)
				n -= utf8_cut(d->raw + d->at, n);
			d->encoding = tell_utf8(d->raw + d->at, n);
		}
		*got = decode(d, (unsigned char *)out, size);
	}
	return ST_OK;
}

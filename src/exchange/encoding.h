/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_ENCODING_H
#define EXCHANGE_ENCODING_H

#include <stddef.h>

#include "base/status.h"

/* Text files as other programs write them, read as UTF-8 in bounded memory. */

enum encoding {
	ENCODING_ASCII,		/* so far: nothing has settled it yet */
	ENCODING_UTF8,
	ENCODING_UTF16LE,
	ENCODING_UTF16BE,
	ENCODING_WINDOWS1252	/* also for Latin-1, which it contains */
};

/* Stands in the output for each byte, or UTF-16 unit, that is no character of
 * the file's encoding, and for each NUL. UTF-8 itself never has this byte, so
 * the output is valid UTF-8 without NUL wherever it does not appear. */
#define ENCODING_BAD 0xFF

struct decoder;

/* Opens a file, or standard input for "-". A byte order mark decides the
 * encoding; without one NULs in every other byte mean UTF-16, and the first
 * block with anything but ASCII decides between UTF-8 and Windows-1252.
 * ST_NOT_FOUND: no such file. ST_INVALID: it begins like a spreadsheet, an
 * archive or a PDF. ST_SYSTEM: it cannot be read. The caller closes it. */
MUST_CHECK enum status decoder_open(const char *path, struct decoder **out);
void decoder_close(struct decoder *d);

/* Up to 'size' bytes of UTF-8, at least 4, into 'out': whole characters, the
 * mark dropped. '*got' is 0 at the end only. ST_SYSTEM: it cannot be read. */
MUST_CHECK enum status decoder_read(struct decoder *d, char *out, size_t size, size_t *got);

/* The encoding as far as is known; it is settled at the end of the file. */
enum encoding decoder_encoding(const struct decoder *d);

/* "UTF-8", also for ASCII. */
const char *encoding_name(enum encoding e);

/* Bytes of the file read so far; '*total' is its size, or -1 for a pipe. */
long long decoder_position(const struct decoder *d, long long *total);

#endif

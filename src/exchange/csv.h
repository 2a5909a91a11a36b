/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_CSV_H
#define EXCHANGE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

/* Tables of text after RFC 4180, as tills and spreadsheets write them: any
 * encoding that exchange/encoding.h knows; comma, semicolon, tab or bar, told
 * from the first lines or from Excel's "sep=;" line; LF, CRLF or CR; spaces
 * around a quoted field dropped; blank lines skipped. Memory is bounded. */

#define CSV_COLUMNS_MAX 512
#define CSV_FIELD_MAX 65536	/* bytes of UTF-8, a doubled quote as two */
#define CSV_ROW_MAX 1048576

struct csv;

/* Valid until the next call with the same csv. */
struct csv_row {
	long line;			/* its first line; the file's first is 1 */
	bool unended;			/* the file ends here without a line end: perhaps cut */
	size_t n;
	const char *const *field;	/* n texts: valid UTF-8, ended by NUL */
	const char *raw;		/* of a bad row: its text, what cannot be read as U+FFFD */
};

/* Opens a file, or standard input for "-", as decoder_open() does and with
 * its failures. The caller closes it. */
MUST_CHECK enum status csv_open(const char *path, struct csv **out);
void csv_close(struct csv *c);

/* The next row; the first is usually the header. ST_NOT_FOUND: there are no
 * more. ST_INVALID: a bad row, told with its line; 'row' has line and raw, and
 * the next call goes on behind it. Where the quotes of a bad row cannot be
 * trusted that is the line after its first, so that a quote never closed does
 * not swallow good rows. Other statuses: the file cannot be read further. */
MUST_CHECK enum status csv_next(struct csv *c, struct csv_row *row);

/* Spreadsheets end tables with lines of delimiters alone. */
bool csv_is_empty(const struct csv_row *row);

struct csv_about {
	const char *encoding;		/* "UTF-8" */
	const char *delimiter;		/* "semicolon" */
	const char *note;		/* a sentence for the person, or "" */
};

/* What was found out. Ask again at the end: a file can be ASCII for long. */
struct csv_about csv_describe(const struct csv *c);

/* Bytes of the file read so far; '*total' is its size, or -1 for a pipe. */
long long csv_position(const struct csv *c, long long *total);

#endif

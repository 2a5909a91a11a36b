/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_CSV_WRITE_H
#define BASE_CSV_WRITE_H

#include <stddef.h>

#include "base/buf.h"

/* CSV after RFC 4180 with commas, in UTF-8, lines ended by LF. csv_next()
 * reads the same fields back. */

/* For people's spreadsheets, text that one would run as a formula gets an
 * apostrophe in front, and so does such text that has one already, so that one
 * can be taken off again; numbers and phones ("+" and digits) stay. */
enum csv_for { CSV_FOR_PROGRAMS, CSV_FOR_SHEETS };

/* The text of such a cell without the apostrophe, when it comes back. */
const char *csv_without_guard(const char *text);

/* A row of one or more fields, appended to 'out' at once ... */
void csv_add_row(struct buf *out, const char *const *field, size_t n, enum csv_for reader);

/* ... or field by field: csv_end_row() follows the last one. */
void csv_add_field(struct buf *out, const char *text, enum csv_for reader);
void csv_end_row(struct buf *out);

#endif

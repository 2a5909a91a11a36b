/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

/* Every function that can fail returns one of these, and only these. Callers
 * branch on the expected ones; the rest are told to a person with
 * status_text(). */
enum status {
	ST_OK,
	ST_NOT_FOUND,
	ST_EXISTS,	/* there already, or the natural key is taken by other content */
	ST_REFUSED,	/* well-formed, but a rule of the shop says no */
	ST_INVALID,	/* cannot be read as what it should be */
	ST_BUSY,	/* another process holds what is needed */
	ST_FULL,	/* does not fit: record, disk, map */
	ST_CORRUPT,	/* bytes on disk are not what was written */
	ST_TOO_NEW,	/* written by a later version of regulars */
	ST_UNKNOWN,	/* a commit failed: its outcome must be asked by operation id */
	ST_CANCELLED,	/* a person said stop */
	ST_SYSTEM	/* the operating system said no */
};

#define MUST_CHECK __attribute__((warn_unused_result))

/* Keeps the sentence and returns 'st', so that `return fail(ST_X, ...)` reads
 * well. The sentence says what happened, to what, and what to do. It is said in
 * the language in use (base/language.h): write the format as a plain literal.
 * It is made safe for a terminal: control characters in it become U+FFFD. */
enum status fail(enum status st, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The sentence of the last fail(); valid until the next one. */
const char *status_text(void);

/* A short name for scripts: "not_found". */
const char *status_name(enum status st);

#endif

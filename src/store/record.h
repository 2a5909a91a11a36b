/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_RECORD_H
#define STORE_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* A record type is one plain struct and one table of its fields. From the
 * table come the bytes in the store, the JSON, the CSV columns, the --flags
 * with their help, the names in an audit entry and what erasing a person
 * blanks. Adding a field is one line with a tag above all others; a line is
 * never taken out, and a tag never used again. */

enum field_type {
	FIELD_BOOL,	/* bool */
	FIELD_INT,	/* int64_t: ids, counts, points */
	FIELD_MONEY,	/* int64_t minor units; text and JSON "12.50" */
	FIELD_QUANTITY,	/* int64_t thousandths; "1.5" */
	FIELD_PERCENT,	/* int64_t hundredths of a percent; "50" or "12.5" */
	FIELD_DAY,	/* int64_t, base/clock's day; 0 none; "2026-03-01" */
	FIELD_TIME,	/* int64_t, base/clock's instant; 0 none */
	FIELD_CHOICE,	/* int64_t, index in 'choices' */
	FIELD_TEXT,	/* char[size], clean UTF-8, ends in NUL */
	FIELD_LIST	/* uint32_t count; the rows stand in an array member */
};

enum field_flag {
	FIELD_PERSONAL = 1,	/* erasing a person blanks it; never in the journal */
	FIELD_INTERNAL = 2,	/* kept by the program: no --flag, not in forms */
	FIELD_REQUIRED = 4
};

struct field {
	uint8_t tag;			/* 1..127; the table ends with tag 0 */
	enum field_type type;
	const char *name;		/* "head_start": JSON key, CSV column, --head-start */
	size_t offset;
	size_t size;			/* text: bytes with the NUL; list: most rows */
	unsigned flags;
	int64_t least, most;		/* numbers: limits; both 0 means none */
	const char *const *choices;	/* ends in NULL */
	const char *label;		/* for tables and forms */
	const char *value;		/* what the --flag takes: "AMOUNT" */
	const char *help;		/* one line */
	const struct record_type *of;	/* list: type and place of its rows */
	size_t rows;
};

/* Bytes of fields that a later program wrote: kept when the record is
 * rewritten, so that an older program cannot lose a newer field. */
struct unknown {
	uint16_t len;
	uint8_t bytes[254];
};

struct record_type {
	const char *name;
	size_t size;
	const struct field *fields;
	size_t unknown;			/* offset of its struct unknown; 0: it has none */
};

#define FIELD(tag_, type_, s_, member_, ...)				   \
	{ .tag = (tag_), .type = (type_), .name = #member_,		   \
	  .offset = offsetof(s_, member_),				   \
	  .size = sizeof(((s_ *)0)->member_), __VA_ARGS__ }
#define FIELD_ROWS(tag_, s_, count_, member_, of_)			   \
	{ .tag = (tag_), .type = FIELD_LIST, .name = #member_,		   \
	  .offset = offsetof(s_, count_), .rows = offsetof(s_, member_),   \
	  .size = sizeof(((s_ *)0)->member_) / sizeof(((s_ *)0)->member_[0]), \
	  .of = &(of_) }

/* Empty fields (false, 0, "", no rows) take no bytes. *len is the room in
 * 'out' on entry, the bytes used on return. ST_FULL: does not fit, or has
 * more rows than its list may have. */
MUST_CHECK enum status record_encode(const struct record_type *t, const void *rec,
				     uint8_t *out, size_t *len);
/* Fills all of *rec. ST_CORRUPT: short, overlong or unordered bytes; *rec is
 * then empty. Never trusts a length. */
MUST_CHECK enum status record_decode(const struct record_type *t, void *rec,
				     const uint8_t *in, size_t len);

/* Every field empty. Cheap for a struct with large arrays, where memset is not. */
void record_clear(const struct record_type *t, void *rec);
/* Blanks what the table calls personal, in rows too, and the fields of a later
 * program, which may be. */
void record_erase(const struct record_type *t, void *rec);

const struct field *record_field(const struct record_type *t, const char *name);
bool field_is_empty(const struct field *f, const void *rec);
bool field_is_equal(const struct field *f, const void *a, const void *b);
void *field_at(const struct field *f, const void *rec);
void *field_row(const struct field *f, const void *rec, size_t i);

/* Varints, for values that are not records. put returns the bytes used (at
 * most 10); get returns 0 when the bytes end too soon or are not what put makes. */
size_t varint_put(uint8_t *out, uint64_t v);
size_t varint_get(const uint8_t *in, size_t len, uint64_t *v);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_PEEK_H
#define STORE_PEEK_H

#include "store/store.h"

/* Walks over the fields of a stored record where they stand, without decoding
 * it: for passes over a million records that need two fields of each. Empty
 * fields are not there, so a yes/no field that is there is a yes. */
struct peek {
	const uint8_t *at, *end;
	bool bad;		/* the bytes ended too soon; nothing more comes */
	unsigned tag;		/* of the field just met, as in its record_type */
	bool has_bytes;		/* text or a list; else a number */
	int64_t number;		/* of numbers, days, choices */
	struct bytes bytes;	/* the text without a NUL, or the rows of a list */
};

static inline struct peek peek_at(struct bytes record)
{
	const uint8_t *at = record.at;

	return (struct peek){ .at = at, .end = at + record.len };
}

/* The next field; false after the last, and where the bytes are damaged. */
bool peek_next(struct peek *p);
/* The next row of a list: its fields are met with peek_at(*row). */
bool peek_row(struct bytes *rows, struct bytes *row);
#endif

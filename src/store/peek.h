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

static inline bool peek_varint(struct peek *p, uint64_t *v)
{
	*v = 0;
	for (unsigned shift = 0; p->at < p->end && shift < 64; shift += 7) {
		*v |= (uint64_t)(*p->at & 0x7f) << shift;
		if (!(*p->at++ & 0x80))
			return true;
	}
	p->bad = true;
	return false;
}

/* The next field; false after the last, and where the bytes are damaged. */
static inline bool peek_next(struct peek *p)
{
	unsigned head;
	uint64_t v;

	if (p->at == p->end || p->bad)
		return false;
	head = *p->at++;
	p->tag = head / 2;
	p->has_bytes = head & 1;
	if (!peek_varint(p, &v))
		return false;
	p->number = (int64_t)(v >> 1 ^ -(v & 1));
	if (!p->has_bytes)
		return true;
	p->bad = v > (size_t)(p->end - p->at);
	if (p->bad)
		return false;
	p->bytes = (struct bytes){ p->at, (size_t)v };
	p->at += v;
	return true;
}

/* The next row of a list: its fields are met with peek_at(*row). */
static inline bool peek_row(struct bytes *rows, struct bytes *row)
{
	struct peek p = peek_at(*rows);
	uint64_t len;

	if (!rows->len || !peek_varint(&p, &len) || len > (size_t)(p.end - p.at))
		return false;
	*row = (struct bytes){ p.at, (size_t)len };
	*rows = (struct bytes){ p.at + len, (size_t)(p.end - p.at) - (size_t)len };
	return true;
}

#endif

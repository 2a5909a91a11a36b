/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/peek.h"

#include "store/record.h"

static inline bool get_varint(struct peek *p, uint64_t *v)
{
	size_t n;

	if (p->at < p->end && *p->at < 0x80) {	/* most are */
		*v = *p->at++;
		return true;
	}
	n = varint_get(p->at, (size_t)(p->end - p->at), v);
	p->at += n;
	return n > 0;
}

static bool damaged(struct peek *p)
{
	p->bad = true;
	p->at = p->end;
	return false;
}

bool peek_next(struct peek *p)
{
	unsigned head;
	uint64_t v;

	if (p->at == p->end)
		return false;
	head = *p->at++;
	p->tag = head / 2;
	p->has_bytes = head & 1;
	if (!get_varint(p, &v))
		return damaged(p);
	if (!p->has_bytes) {
		p->number = (int64_t)(v >> 1 ^ -(v & 1));
		return true;
	}
	if (v > (size_t)(p->end - p->at))
		return damaged(p);
	p->bytes = (struct bytes){ p->at, (size_t)v };
	p->at += v;
	return true;
}

bool peek_row(struct bytes *rows, struct bytes *row)
{
	struct peek p = peek_at(*rows);
	uint64_t len;

	if (!rows->len || !get_varint(&p, &len) || len > (size_t)(p.end - p.at))
		return false;
	*row = (struct bytes){ p.at, (size_t)len };
	*rows = (struct bytes){ p.at + len, (size_t)(p.end - p.at) - (size_t)len };
	return true;
}

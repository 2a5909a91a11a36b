/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/journal.h"

/* The fields of an entry as store/record.c writes them, gone through once
 * without a table: a million sales take a tenth of what decoding takes. */

enum { ITEM = 1, QUANTITY = 2, AMOUNT = 3 };	/* tags of a line */

/* Goes quiet at its end after the first overrun. */
struct reader {
	const uint8_t *at, *end;
	bool bad;
};

static uint64_t read_long(struct reader *r)
{
	uint64_t v = 0;
	size_t n = r->bad ? 0 : varint_get(r->at, (size_t)(r->end - r->at), &v);

	if (!n) {
		r->bad = true;
		r->at = r->end;
		return 0;
	}
	r->at += n;
	return v;
}

static uint64_t read_varint(struct reader *r)
{
	if (r->at < r->end && *r->at < 0x80)
		return *r->at++;	/* most are */
	return read_long(r);
}

static int64_t read_number(struct reader *r)
{
	uint64_t v = read_varint(r);

	return (int64_t)(v >> 1 ^ -(v & 1));
}

/* The next bytes, of which the varint before them says how many there are. */
static struct reader read_inner(struct reader *r)
{
	uint64_t n = read_varint(r);
	struct reader inner = { r->at, r->at, r->bad };

	if (r->bad || n > (size_t)(r->end - r->at)) {
		inner.bad = r->bad = true;
		r->at = r->end;
		return inner;
	}
	r->at += n;
	inner.end = r->at;
	return inner;
}

/* Tags ascend. Gives the next, 0 at the end; *has_length says what follows. */
static unsigned read_tag(struct reader *r, unsigned last, bool *has_length)
{
	unsigned tag;

	if (r->bad || r->at == r->end)
		return 0;
	tag = *r->at / 2;
	*has_length = *r->at++ & 1;
	if (tag <= last) {
		r->bad = true;
		r->at = r->end;
		return 0;
	}
	return tag;
}

static bool is_text(unsigned tag)
{
	return (tag >= ENTRY_TAG_WHO && tag <= ENTRY_TAG_RECEIPT) || tag == ENTRY_TAG_NUMBER ||
	       tag == ENTRY_TAG_RULE;
}

/* Of the fields that an entry has today; a later program's may be either. */
static bool has_right_kind(unsigned tag, bool has_length)
{
	return tag > ENTRY_TAG_MOVES || has_length == (is_text(tag) || tag >= ENTRY_TAG_LINES);
}

static void read_field(struct reader *r, unsigned tag, struct entry_lines *out)
{
	if (tag == ENTRY_TAG_ABOUT)
		out->about = read_number(r);
	else
		read_varint(r);
}

bool entry_lines(struct bytes key, struct bytes value, struct entry_lines *out)
{
	struct reader r = { value.at, (const uint8_t *)value.at + value.len, false }, inner;
	bool has_length = false;
	unsigned tag = 0;

	*out = (struct entry_lines){ 0 };
	if (!entry_head(key, value, &out->head))
		return false;
	r.at += ENTRY_HEAD;
	while ((tag = read_tag(&r, tag, &has_length))) {
		r.bad |= !has_right_kind(tag, has_length);
		if (!has_length) {
			read_field(&r, tag, out);
			continue;
		}
		inner = read_inner(&r);
		if (tag != ENTRY_TAG_LINES)
			continue;
		out->at = inner.at;
		out->end = inner.end;
	}
	return !r.bad;
}

static void read_line(struct reader *r, struct line *line)
{
	bool has_length = false;
	unsigned tag = 0;

	while ((tag = read_tag(r, tag, &has_length))) {
		if (has_length) {
			r->bad |= tag <= AMOUNT;
			read_inner(r);
		} else if (tag == ITEM) {
			line->item = read_number(r);
		} else if (tag == QUANTITY) {
			line->quantity = read_number(r);
		} else if (tag == AMOUNT) {
			line->amount = read_number(r);
		} else {
			read_varint(r);
		}
	}
}

bool entry_line_next(struct entry_lines *lines, struct line *line)
{
	struct reader r = { lines->at, lines->end, lines->bad }, inner;

	*line = (struct line){ 0 };
	if (r.bad || r.at == r.end)
		return false;
	inner = read_inner(&r);
	read_line(&inner, line);
	lines->at = r.at;
	lines->bad = r.bad || inner.bad || lines->n == ENTRY_LINES;
	lines->n++;
	return !lines->bad;
}

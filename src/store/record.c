/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/record.h"

#include <string.h>

/* A field is one byte, tag * 2, and a varint; or tag * 2 + 1, a varint length
 * and that many bytes. Tags ascend. Integers are zigzag varints, so that small
 * ones are short:
 *
 *   customer { id 17, name "Asha" }  =  02 22  05 04 41 73 68 61
 *
 * A list holds for each row its length (varint) and its fields. */

struct cursor {
	uint8_t *at, *end;
	bool bad;	/* set by the first overrun; later calls do nothing */
};

size_t varint_put(uint8_t *out, uint64_t v)
{
	size_t n = 0;

	for (; v >= 0x80; v >>= 7)
		out[n++] = (uint8_t)(v | 0x80);
	out[n++] = (uint8_t)v;
	return n;
}

size_t varint_get(const uint8_t *in, size_t len, uint64_t *v)
{
	*v = 0;
	for (size_t n = 0; n < len && n < 10; n++) {
		*v |= (uint64_t)(in[n] & 0x7f) << (7 * n);
		if (in[n] & 0x80)
			continue;
		if ((n == 9 && in[n] > 1) || (n && !in[n]))
			return 0;	/* over 64 bits; longer than it needs to be */
		return n + 1;
	}
	return 0;
}

static uint64_t zigzag(int64_t v)
{
	return (uint64_t)v << 1 ^ (uint64_t)(v >> 63);
}

static int64_t unzigzag(uint64_t v)
{
	return (int64_t)(v >> 1 ^ -(v & 1));
}

void *field_at(const struct field *f, const void *rec)
{
	return (char *)(uintptr_t)rec + f->offset;
}

void *field_row(const struct field *f, const void *rec, size_t i)
{
	return (char *)(uintptr_t)rec + f->rows + i * f->of->size;
}

static struct unknown *unknown_of(const struct record_type *t, const void *rec)
{
	return t->unknown ? (void *)((char *)(uintptr_t)rec + t->unknown) : NULL;
}

static int64_t number(const struct field *f, const void *rec)
{
	return *(const int64_t *)field_at(f, rec);
}

bool field_is_empty(const struct field *f, const void *rec)
{
	switch (f->type) {
	case FIELD_BOOL: return !*(const bool *)field_at(f, rec);
	case FIELD_TEXT: return !*(const char *)field_at(f, rec);
	case FIELD_LIST: return *(const uint32_t *)field_at(f, rec) == 0;
	default: return number(f, rec) == 0;
	}
}

static bool rows_equal(const struct field *f, const void *a, const void *b)
{
	uint32_t n = *(const uint32_t *)field_at(f, a);

	if (n != *(const uint32_t *)field_at(f, b))
		return false;
	for (uint32_t i = 0; i < n; i++)
		for (const struct field *g = f->of->fields; g->tag; g++)
			if (!field_is_equal(g, field_row(f, a, i), field_row(f, b, i)))
				return false;
	return true;
}

bool field_is_equal(const struct field *f, const void *a, const void *b)
{
	switch (f->type) {
	case FIELD_BOOL: return *(const bool *)field_at(f, a) == *(const bool *)field_at(f, b);
	case FIELD_TEXT: return !strcmp(field_at(f, a), field_at(f, b));
	case FIELD_LIST: return rows_equal(f, a, b);
	default: return number(f, a) == number(f, b);
	}
}

static void empty(const struct field *f, void *rec)
{
	switch (f->type) {
	case FIELD_BOOL: *(bool *)field_at(f, rec) = false; break;
	case FIELD_TEXT: *(char *)field_at(f, rec) = '\0'; break;
	case FIELD_LIST: *(uint32_t *)field_at(f, rec) = 0; break;
	default: *(int64_t *)field_at(f, rec) = 0; break;
	}
}

void record_clear(const struct record_type *t, void *rec)
{
	struct unknown *u = unknown_of(t, rec);

	for (const struct field *f = t->fields; f->tag; f++)
		empty(f, rec);
	if (u)
		u->len = 0;
}

void record_erase(const struct record_type *t, void *rec)
{
	struct unknown *u = unknown_of(t, rec);

	if (u)
		u->len = 0;
	for (const struct field *f = t->fields; f->tag; f++) {
		if (f->flags & FIELD_PERSONAL) {
			if (f->type == FIELD_TEXT)
				memset(field_at(f, rec), 0, f->size);
			empty(f, rec);
		} else if (f->type == FIELD_LIST) {
			for (uint32_t i = 0; i < *(uint32_t *)field_at(f, rec); i++)
				record_erase(f->of, field_row(f, rec, i));
		}
	}
}

const struct field *record_field(const struct record_type *t, const char *name)
{
	for (const struct field *f = t->fields; f->tag; f++)
		if (!strcmp(f->name, name))
			return f;
	return NULL;
}

/* -- encode -- */

static void put_bytes(struct cursor *c, const void *p, size_t n)
{
	if (c->bad || n > (size_t)(c->end - c->at)) {
		c->bad = true;
		return;
	}
	memcpy(c->at, p, n);
	c->at += n;
}

static void put_varint(struct cursor *c, uint64_t v)
{
	if (!c->bad && c->end - c->at >= 10) {
		if (v < 0x80)
			*c->at++ = (uint8_t)v;	/* most are */
		else
			c->at += varint_put(c->at, v);
	} else {
		uint8_t small[10];

		put_bytes(c, small, varint_put(small, v));
	}
}

static void put_head(struct cursor *c, const struct field *f, bool has_length)
{
	c->bad |= c->at == c->end;
	if (!c->bad)
		*c->at++ = (uint8_t)(f->tag * 2 + has_length);
}

static void put_record(struct cursor *c, const struct record_type *t, const void *rec);

/* Puts the length of what was written since 'start' before it, by moving it up:
 * a length is known only once the rows are written. */
static void put_length_before(struct cursor *c, uint8_t *start)
{
	size_t len = (size_t)(c->at - start), n;
	uint8_t prefix[10];

	n = varint_put(prefix, len);
	if (c->bad || n > (size_t)(c->end - c->at)) {
		c->bad = true;
		return;
	}
	memmove(start + n, start, len);
	memcpy(start, prefix, n);
	c->at += n;
}

static void put_rows(struct cursor *c, const struct field *f, const void *rec, uint32_t count)
{
	uint8_t *start;

	c->bad |= count > f->size;
	put_head(c, f, true);
	start = c->at;
	for (uint32_t i = 0; i < count && !c->bad; i++) {
		uint8_t *row = c->at;

		put_record(c, f->of, field_row(f, rec, i));
		put_length_before(c, row);
	}
	put_length_before(c, start);
}

static void put_number(struct cursor *c, const struct field *f, uint64_t v)
{
	put_head(c, f, false);
	put_varint(c, v);
}

static void put_text(struct cursor *c, const struct field *f, const char *text)
{
	size_t n = strnlen(text, f->size);

	c->bad |= n == f->size;
	put_head(c, f, true);
	put_varint(c, n);
	put_bytes(c, text, n);
}

/* Empty fields take no bytes. */
static void put_field(struct cursor *c, const struct field *f, const void *rec)
{
	const void *at = field_at(f, rec);

	switch (f->type) {
	case FIELD_BOOL:
		if (*(const bool *)at)
			put_number(c, f, 1);
		return;
	case FIELD_TEXT:
		if (*(const char *)at)
			put_text(c, f, at);
		return;
	case FIELD_LIST:
		if (*(const uint32_t *)at)
			put_rows(c, f, rec, *(const uint32_t *)at);
		return;
	default:
		if (*(const int64_t *)at)
			put_number(c, f, zigzag(*(const int64_t *)at));
	}
}

static void put_record(struct cursor *c, const struct record_type *t, const void *rec)
{
	const struct unknown *u = unknown_of(t, rec);

	for (const struct field *f = t->fields; f->tag; f++)
		put_field(c, f, rec);
	if (u)
		put_bytes(c, u->bytes, u->len);	/* later tags are higher */
}

enum status record_encode(const struct record_type *t, const void *rec,
			  uint8_t *out, size_t *len)
{
	struct cursor c = { out, out + *len, false };

	put_record(&c, t, rec);
	if (c.bad)
		return fail(ST_FULL, "this %s is too large to keep", t->name);
	*len = (size_t)(c.at - out);
	return ST_OK;
}

/* -- decode -- */

static uint64_t get_varint(struct cursor *c)
{
	uint64_t v;
	size_t n = c->bad ? 0 : varint_get(c->at, (size_t)(c->end - c->at), &v);

	if (!n) {
		c->bad = true;
		return 0;
	}
	c->at += n;
	return v;
}

/* The next 'n' bytes as a cursor of their own. */
static struct cursor take(struct cursor *c, uint64_t n)
{
	struct cursor inner = { c->at, c->at, c->bad };

	if (c->bad || n > (size_t)(c->end - c->at)) {
		inner.bad = c->bad = true;
		return inner;
	}
	c->at += n;
	inner.end = c->at;
	return inner;
}

static void get_record(struct cursor *c, const struct record_type *t, void *rec);

static void get_rows(struct cursor *c, const struct field *f, void *rec)
{
	uint32_t *n = field_at(f, rec);

	while (!c->bad && c->at < c->end) {
		struct cursor inner = take(c, get_varint(c));

		if (*n == f->size) {
			c->bad = true;
			return;
		}
		record_clear(f->of, field_row(f, rec, *n));
		get_record(&inner, f->of, field_row(f, rec, *n));
		(*n)++;
		c->bad |= inner.bad;
	}
}

static void get_text(struct cursor *c, const struct field *f, char *out)
{
	size_t n = (size_t)(c->end - c->at);

	if (n >= f->size || memchr(c->at, '\0', n)) {
		c->bad = true;
		return;
	}
	memcpy(out, c->at, n);
	out[n] = '\0';
}

static void get_length_field(struct cursor *c, const struct field *f, void *rec)
{
	struct cursor inner = take(c, get_varint(c));

	if (inner.bad || !f)
		return;
	if (f->type == FIELD_TEXT)
		get_text(&inner, f, field_at(f, rec));
	else if (f->type == FIELD_LIST)
		get_rows(&inner, f, rec);
	else
		inner.bad = true;
	c->bad |= inner.bad;
}

static void get_number_field(struct cursor *c, const struct field *f, void *rec)
{
	uint64_t v = get_varint(c);

	if (c->bad || !f)
		return;
	if (f->type == FIELD_TEXT || f->type == FIELD_LIST || (f->type == FIELD_BOOL && v > 1))
		c->bad = true;
	else if (f->type == FIELD_BOOL)
		*(bool *)field_at(f, rec) = v != 0;
	else
		*(int64_t *)field_at(f, rec) = unzigzag(v);
}

static void keep_unknown(struct cursor *c, struct unknown *u, const uint8_t *from)
{
	size_t n = (size_t)(c->at - from);

	if (n > sizeof(u->bytes) - u->len) {
		c->bad = true;
		return;
	}
	memcpy(u->bytes + u->len, from, n);
	u->len = (uint16_t)(u->len + n);
}

static void get_record(struct cursor *c, const struct record_type *t, void *rec)
{
	struct unknown *u = unknown_of(t, rec);
	const struct field *f = t->fields;
	unsigned last = 0;

	while (!c->bad && c->at < c->end) {
		const uint8_t *from = c->at;
		unsigned head = *c->at++, tag = head / 2;

		if (tag <= last) {
			c->bad = true;
			return;
		}
		while (f->tag && f->tag < tag)
			f++;
		/* A later program's tags are higher than all of ours. */
		c->bad |= f->tag > tag;
		if (head & 1)
			get_length_field(c, f->tag == tag ? f : NULL, rec);
		else
			get_number_field(c, f->tag == tag ? f : NULL, rec);
		if (f->tag != tag && u && !c->bad)
			keep_unknown(c, u, from);
		last = tag;
	}
}

enum status record_decode(const struct record_type *t, void *rec,
			  const uint8_t *in, size_t len)
{
	struct cursor c = { (uint8_t *)(uintptr_t)in, (uint8_t *)(uintptr_t)in + len, false };

	record_clear(t, rec);
	get_record(&c, t, rec);
	if (!c.bad)
		return ST_OK;
	record_clear(t, rec);
	return fail(ST_CORRUPT, "a damaged %s record; run: regulars verify", t->name);
}

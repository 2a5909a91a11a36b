/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_KEY_H
#define STORE_KEY_H

#include <assert.h>
#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Keys are big-endian numbers of fixed width with a string last, so that
 * their bytes sort as the business sorts. LMDB takes at most 511 bytes. */
enum { KEY_MOST = 300 };

struct key {
	size_t len;
	uint8_t at[KEY_MOST];
};

static inline void key_int(struct key *k, uint64_t v, unsigned width)
{
	assert(k->len + width <= KEY_MOST);
	for (unsigned i = width; i-- > 0; v >>= 8)
		k->at[k->len + i] = (uint8_t)v;
	k->len += width;
}

static inline void key_bytes(struct key *k, const void *bytes, size_t len)
{
	assert(k->len + len <= KEY_MOST);
	memcpy(k->at + k->len, bytes, len);
	k->len += len;
}

static inline void key_text(struct key *k, const char *text)
{
	key_bytes(k, text, strlen(text));
}

/* Reads 'width' bytes back; the caller has checked the length. */
static inline uint64_t key_read(const void *at, unsigned width)
{
	const uint8_t *p = at;
	uint64_t v = 0;
	uint32_t half;

	if (width == sizeof(v)) {
		memcpy(&v, at, sizeof(v));
		return be64toh(v);
	}
	if (width == sizeof(half)) {
		memcpy(&half, at, sizeof(half));
		return be32toh(half);
	}
	while (width--)
		v = v << 8 | *p++;
	return v;
}

#endif

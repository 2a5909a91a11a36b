/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/bits.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static uint8_t mask(int64_t n)
{
	return (uint8_t)(1u << (n & 7));
}

bool bits_has(const struct bits *b, int64_t n)
{
	size_t at = (size_t)n / 8;

	return at < b->size && b->at[at] & mask(n);
}

bool bits_add(struct bits *b, int64_t n)
{
	size_t at = (size_t)n / 8, size = b->size;

	if (at >= size) {
		size = at * 2 < 4096 ? 4096 : at * 2;
		b->at = mem_resize(b->at, size);
		memset(b->at + b->size, 0, size - b->size);
		b->size = size;
	}
	if (b->at[at] & mask(n))
		return false;
	b->at[at] |= mask(n);
	b->fresh = mem_grow(b->fresh, b->fresh_count, &b->fresh_cap, sizeof(*b->fresh));
	b->fresh[b->fresh_count++] = n;
	return true;
}

void bits_keep(struct bits *b)
{
	b->fresh_count = 0;
}

void bits_undo(struct bits *b)
{
	for (size_t i = 0; i < b->fresh_count; i++)
		b->at[b->fresh[i] / 8] &= (uint8_t)~mask(b->fresh[i]);
	b->fresh_count = 0;
}

void bits_release(struct bits *b)
{
	free(b->at);
	free(b->fresh);
	*b = (struct bits){ 0 };
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_BITS_H
#define EXCHANGE_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A set of small numbers, one bit each, whose latest additions can be taken
 * back. { 0 } is empty. */
struct bits {
	uint8_t *at;
	size_t size;
	int64_t *fresh;
	size_t fresh_count, fresh_cap;
};

bool bits_has(const struct bits *b, int64_t n);
/* False: it was there. */
bool bits_add(struct bits *b, int64_t n);
void bits_keep(struct bits *b);
/* Takes back what was added since the last bits_keep(). */
void bits_undo(struct bits *b);
void bits_release(struct bits *b);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_KNOWN_H
#define EXCHANGE_KNOWN_H

#include "base/buf.h"

#include <stdint.h>

/* Ids that texts were found to mean, so that a million rows of a thousand
 * people ask the store a thousand times. { 0 } is empty. */
struct known {
	struct known_text *slots;	/* open addressing */
	size_t slot_count, n;
	struct buf texts;
};

/* 0: not known. */
uint32_t known_find(const struct known *k, const char *text);
/* Replaces what was known. */
void known_add(struct known *k, const char *text, uint32_t id);
void known_clear(struct known *k);

#endif

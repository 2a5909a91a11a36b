/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/private.h"

#define XXH_INLINE_ALL		/* keys are short: a call costs as much as the hash */
#include <xxhash.h>

uint64_t row_hash(enum table table, struct bytes key, struct bytes value)
{
	uint64_t seed = XXH3_64bits_withSeed(key.at, key.len, (uint64_t)table);

	return XXH3_64bits_withSeed(value.at, value.len, seed);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/people.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { FEWEST_WORDS = 64 };

static void grow(struct people_set *set, size_t word)
{
	size_t words = set->words ? set->words : FEWEST_WORDS;

	while (words <= word)
		words *= 2;
	set->bits = mem_resize(set->bits, words * sizeof(*set->bits));
	memset(set->bits + set->words, 0, (words - set->words) * sizeof(*set->bits));
	set->words = words;
}

void people_add(struct people_set *set, int64_t id)
{
	size_t word = (size_t)id / 64;
	uint64_t bit = UINT64_C(1) << (id & 63);

	assert(id > 0 && id <= UINT32_MAX);
	if (word >= set->words)
		grow(set, word);
	set->n += !(set->bits[word] & bit);
	set->bits[word] |= bit;
}

bool people_has(const struct people_set *set, int64_t id)
{
	size_t word = (size_t)id / 64;

	return id > 0 && word < set->words && set->bits[word] >> (id & 63) & 1;
}

int64_t people_next(const struct people_set *set, int64_t after)
{
	int64_t id = after + 1;
	size_t word = (size_t)id / 64;
	uint64_t rest;

	if (after < 0 || word >= set->words)
		return 0;
	rest = set->bits[word] & ~UINT64_C(0) << (id & 63);
	while (!rest && ++word < set->words)
		rest = set->bits[word];
	return rest ? (int64_t)word * 64 + __builtin_ctzll(rest) : 0;
}

void people_release(struct people_set *set)
{
	free(set->bits);
	*set = (struct people_set){ 0 };
}

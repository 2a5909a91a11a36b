/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/till_order.h"

#include <stdlib.h>

#include "base/mem.h"

static int compare(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* Of one time, sales come before what is given back of them. */
static int by_time(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->occurred != y->occurred)
		return x->occurred < y->occurred ? -1 : 1;
	if ((x->receipt ^ y->receipt) & 1)
		return x->receipt & 1 ? 1 : -1;
	return x->first != y->first ? compare(x->first, y->first) : compare(x->at, y->at);
}

/* The slot of a receipt: place of its first line + 1, 0 when it is new. */
static uint32_t *find_slot(const struct place *places, uint32_t *slots, size_t mask,
			   uint64_t receipt)
{
	size_t i = (receipt >> 1) & mask;

	while (slots[i] && places[slots[i] - 1].receipt != receipt)
		i = (i + 1) & mask;
	return &slots[i];
}

/* The lines of a receipt get the time of its earliest and the place of its first. */
static void gather(struct place *places, size_t n)
{
	size_t size = 1024;
	uint32_t *slots, *slot;

	while (size < n * 2)
		size *= 2;
	slots = mem_alloc(size * sizeof(*slots));
	for (size_t i = 0; i < n; i++) {
		struct place *line = &places[i], *first;

		slot = find_slot(places, slots, size - 1, line->receipt);
		if (!*slot)
			*slot = (uint32_t)i + 1;
		first = &places[*slot - 1];
		line->first = first->at;
		if (line->occurred < first->occurred)
			first->occurred = line->occurred;
	}
	for (size_t i = 0; i < n; i++) {
		slot = find_slot(places, slots, size - 1, places[i].receipt);
		places[i].occurred = places[*slot - 1].occurred;
	}
	free(slots);
}

void till_put_in_order(struct place *places, size_t n)
{
	if (!n)
		return;
	gather(places, n);
	qsort(places, n, sizeof(*places), by_time);
}

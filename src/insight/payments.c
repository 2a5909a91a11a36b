/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/payments.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Sixteen bits at a time, lowest first: what a shop has of customers and of
 * days mostly differs in sixteen bits each. */
enum { DIGIT = 16, DIGIT_VALUES = 1 << DIGIT, DIGITS = 64 / DIGIT,
       AHEAD = 24 /* rows: they go to as many places in memory */ };

void payments_reserve(struct payments *p, size_t more)
{
	size_t cap = p->cap * 2;

	if (p->cap - p->n >= more)
		return;
	p->cap = cap > p->n + more ? cap : p->n + more;
	p->row = p->n ? mem_resize(p->row, p->cap * sizeof(*p->row)) :
			(free(p->row), mem_wide(p->cap * sizeof(*p->row)));
}

static unsigned digit_of(uint64_t key, unsigned i)
{
	return key >> (i * DIGIT) & (DIGIT_VALUES - 1);
}

/* Keeps the order of equals. */
static void sort_digit(struct payments *p, unsigned digit)
{
	uint32_t *place = mem_alloc(DIGIT_VALUES * sizeof(*place)), sum = 0;
	struct payment *other = p->spare;

	assert(p->n <= UINT32_MAX);
	for (size_t i = 0; i < p->n; i++)
		place[digit_of(p->row[i].key, digit)]++;
	for (unsigned d = 0; d < DIGIT_VALUES; d++) {
		uint32_t count = place[d];

		place[d] = sum;
		sum += count;
	}
	for (size_t i = 0; i < p->n; i++) {
		if (i + AHEAD < p->n)
			__builtin_prefetch(&other[place[digit_of(p->row[i + AHEAD].key, digit)]],
					   1);
		other[place[digit_of(p->row[i].key, digit)]++] = p->row[i];
	}
	p->spare = p->row;
	p->row = other;
	free(place);
}

/* The bits in which keys differ; those of the day only when it does not rise
 * already, as it mostly does in the order of recording. */
static uint64_t look_at_order(const struct payments *p)
{
	uint64_t differ = 0;
	bool by_day = true;

	for (size_t i = 1; i < p->n; i++) {
		differ |= p->row[i].key ^ p->row[0].key;
		by_day &= payment_day(p->row[i].key) >= payment_day(p->row[i - 1].key);
	}
	return by_day ? differ >> 32 << 32 : differ & ~UINT64_C(1);
}

/* A few that came after the others. */
static void merge(struct payments *p)
{
	struct payments few = { .n = p->n - p->sorted, .cap = p->n - p->sorted };
	struct payment *to = p->row + p->n;
	size_t i = p->sorted, k = few.n;

	few.row = mem_alloc(few.n * sizeof(*few.row));
	memcpy(few.row, p->row + p->sorted, few.n * sizeof(*few.row));
	payments_sort(&few);
	while (k)
		*--to = i && p->row[i - 1].key > few.row[k - 1].key ? p->row[--i] :
								       few.row[--k];
	payments_release(&few);
	p->sorted = p->n;
}

bool payments_sort_step(struct payments *p)
{
	if (p->sorted == p->n)
		return true;
	if (p->sorted) {
		merge(p);
		return true;
	}
	if (!p->spare) {
		p->spare = mem_wide(p->cap * sizeof(*p->spare));
		p->left = look_at_order(p);
		if (p->left)
			return false;
	}
	for (unsigned i = 0; i < DIGITS; i++)
		if (digit_of(p->left, i)) {
			sort_digit(p, i);
			p->left &= ~((uint64_t)(DIGIT_VALUES - 1) << (i * DIGIT));
			break;
		}
	if (p->left)
		return false;
	p->sorted = p->n;
	return true;
}

void payments_sort(struct payments *p)
{
	while (!payments_sort_step(p))
		;
}

void payments_release(struct payments *p)
{
	free(p->row);
	free(p->spare);
	*p = (struct payments){ 0 };
}

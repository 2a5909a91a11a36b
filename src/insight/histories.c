/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/histories.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void add_customer(struct histories *h, const struct scan *s, size_t from, size_t to)
{
	struct history_row *row;
	double repeats = 0;

	h->rows = mem_grow(h->rows, h->n, &h->cap, sizeof(*h->rows));
	row = &h->rows[h->n++];
	*row = (struct history_row){
		.customer = visit_customer(s->visits[from]),
		.first = visit_day(s->visits[from]), .last = visit_day(s->visits[to - 1]),
		.x = (int32_t)(to - from - 1) };
	for (size_t i = from + 1; i < to; i++)
		repeats += (double)s->paid[i];
	if (row->x)
		row->mean = repeats / row->x;
	h->paid += (double)s->paid[from] + repeats;
	h->visits += (int64_t)(to - from);
	h->repeat_visits += row->x;
	h->repeat += row->x > 0;
	h->days += h->to - row->first;
	if (h->to - row->first > h->longest)
		h->longest = h->to - row->first;
}

bool histories_gather(struct histories *h, const struct scan *s)
{
	size_t end = h->at + HISTORIES_PART;

	while (h->at < s->visit_count && h->at < end) {
		size_t next = scan_next_customer(s, h->at), last = next;

		while (last > h->at && visit_day(s->visits[last - 1]) > h->to)
			last--;
		if (last > h->at)
			add_customer(h, s, h->at, last);
		h->at = next;
	}
	return h->at < s->visit_count;
}

/* -- equal histories, by x, T and t_x in one number of 17 bits each -- */

enum { BITS = 17, DIGIT = 11, DIGIT_VALUES = 1 << DIGIT };

struct placed {
	uint64_t key;
	size_t row;
};

static uint64_t key_of(const struct histories *h, const struct history_row *row)
{
	return (uint64_t)row->x << 2 * BITS | (uint64_t)(h->to - row->first) << BITS |
		(uint64_t)(row->last - row->first);
}

/* Sorted by counting, eleven bits at a time. */
static void sort_digit(const struct placed *from, struct placed *to, size_t n, unsigned shift)
{
	size_t place[DIGIT_VALUES] = { 0 }, sum = 0;

	for (size_t i = 0; i < n; i++)
		place[from[i].key >> shift & (DIGIT_VALUES - 1)]++;
	for (unsigned d = 0; d < DIGIT_VALUES; d++) {
		size_t count = place[d];

		place[d] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		to[place[from[i].key >> shift & (DIGIT_VALUES - 1)]++] = from[i];
}

static struct placed *sorted(const struct histories *h)
{
	struct placed *rows = mem_alloc(h->n * sizeof(*rows));
	struct placed *other = mem_alloc(h->n * sizeof(*other)), *swap;
	uint64_t differ = 0;

	for (size_t i = 0; i < h->n; i++) {
		rows[i] = (struct placed){ key_of(h, &h->rows[i]), i };
		differ |= rows[i].key ^ rows[0].key;
	}
	for (unsigned shift = 0; shift < 3 * BITS; shift += DIGIT) {
		if (!(differ >> shift & (DIGIT_VALUES - 1)))
			continue;
		sort_digit(rows, other, h->n, shift);
		swap = rows;
		rows = other;
		other = swap;
	}
	free(other);
	return rows;
}

static void merge_row(struct histories *h, struct history_row *row, bool same)
{
	if (!same)
		h->merged[h->merged_n++] = (struct bgnbd_history){
			.x = row->x, .last = (uint32_t)(row->last - row->first),
			.end = (uint32_t)(h->to - row->first) };
	row->place = (uint32_t)(h->merged_n - 1);
	h->merged[row->place].n++;
}

void histories_merge(struct histories *h, double money)
{
	struct placed *order = sorted(h);

	h->merged = mem_alloc(h->n * sizeof(*h->merged));
	h->spending = mem_alloc((size_t)h->repeat * sizeof(*h->spending));
	for (size_t i = 0; i < h->n; i++) {
		struct history_row *row = &h->rows[order[i].row];

		merge_row(h, row, i && order[i].key == order[i - 1].key);
		if (row->x && row->mean > 0)
			h->spending[h->spending_n++] =
				(struct spending){ row->x, row->mean / money };
	}
	free(order);
}

void histories_release(struct histories *h)
{
	free(h->rows);
	free(h->merged);
	free(h->spending);
	*h = (struct histories){ 0 };
}

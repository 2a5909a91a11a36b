/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/rfm.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "insight/numbers.h"

/* -- the three numbers -- */

/* Of one customer; false when the sum does not fit. */
static bool add_row(struct rfm *r, const struct scan *s, size_t i, size_t next)
{
	struct rfm_row *row = &r->row[r->n];
	int64_t sum = 0;
	bool over = false;

	*row = (struct rfm_row){ .customer = visit_customer(s->visits[i]) };
	while (i < next && visit_day(s->visits[i]) < r->used.from)
		i++;
	while (next > i && visit_day(s->visits[next - 1]) > r->used.as_of)
		next--;
	if (i == next)
		return true;
	for (size_t k = i; k < next; k++)
		over |= __builtin_add_overflow(sum, s->paid[k], &sum);
	row->monetary = sum;
	row->frequency = (int32_t)(next - i);
	row->recency = r->used.as_of - visit_day(s->visits[next - 1]);
	r->n++;
	return !over;
}

static enum status add_rows(const struct scan *s, struct rfm *r)
{
	bool fits = true;

	r->row = mem_alloc(s->customer_count * sizeof(*r->row));
	for (size_t k = 0; k < s->customer_count; k++)
		fits &= add_row(r, s, s->start[k], s->start[k + 1]);
	return fits ? ST_OK : takings_too_large();
}

static int64_t number_of(const struct rfm_row *row, enum rfm_scale scale)
{
	switch (scale) {
	case RFM_RECENCY: return row->recency;
	case RFM_FREQUENCY: return row->frequency;
	case RFM_MONETARY: return row->monetary;
	case RFM_SCALES: break;
	}
	return 0;
}

/* -- scores -- */

static void set_cuts(struct rfm *r, enum rfm_scale scale, int64_t *numbers)
{
	for (size_t i = 0; i < r->n && !r->used.own[scale]; i++)
		numbers[i] = number_of(&r->row[i], scale);
	if (!r->used.own[scale])
		numbers_sort(numbers, r->n, numbers + r->n);
	for (unsigned i = 0; i < RFM_CUTS; i++)
		r->cuts[scale][i] = r->used.own[scale] ? (double)r->used.cuts[scale][i] :
				    numbers_quantile(numbers, r->n, i + 1, RFM_SCORES);
}

static uint8_t score(const struct rfm *r, enum rfm_scale scale, int64_t number)
{
	unsigned n = 1;

	for (int i = 0; i < RFM_CUTS; i++)
		n += r->cuts[scale][i] < (double)number;
	return (uint8_t)n;
}

/* The least recent first, and in it the least frequent and spending first. */
static const uint8_t segments[RFM_SCORES][RFM_SCORES] = {
	{ RFM_LOST, RFM_LOST, RFM_AT_RISK, RFM_CANNOT_LOSE, RFM_CANNOT_LOSE },
	{ RFM_HIBERNATING, RFM_HIBERNATING, RFM_AT_RISK, RFM_AT_RISK, RFM_CANNOT_LOSE },
	{ RFM_SLEEPING, RFM_ATTENTION, RFM_ATTENTION, RFM_LOYAL, RFM_LOYAL },
	{ RFM_PROMISING, RFM_POTENTIAL, RFM_LOYAL, RFM_LOYAL, RFM_CHAMPIONS },
	{ RFM_NEW, RFM_POTENTIAL, RFM_POTENTIAL, RFM_CHAMPIONS, RFM_CHAMPIONS },
};

enum rfm_segment rfm_segment_of(unsigned r, unsigned f, unsigned m)
{
	assert(r >= 1 && r <= RFM_SCORES && f >= 1 && f <= RFM_SCORES &&
	       m >= 1 && m <= RFM_SCORES);
	return segments[r - 1][(f + m + 1) / 2 - 1];
}

static bool score_row(struct rfm *r, struct rfm_row *row)
{
	row->r = (uint8_t)(RFM_SCORES + 1 - score(r, RFM_RECENCY, row->recency));
	row->f = score(r, RFM_FREQUENCY, row->frequency);
	row->m = score(r, RFM_MONETARY, row->monetary);
	row->segment = (uint8_t)(row->frequency > 1 ? rfm_segment_of(row->r, row->f, row->m) :
						      rfm_segment_of(row->r, 1, 1));
	r->segments[row->segment].customers++;
	return !__builtin_add_overflow(r->segments[row->segment].monetary, row->monetary,
				       &r->segments[row->segment].monetary);
}

static enum status score_rows(struct rfm *r)
{
	int64_t *numbers = mem_alloc(2 * r->n * sizeof(*numbers));
	bool fits = true;

	for (enum rfm_scale scale = 0; scale < RFM_SCALES; scale++)
		set_cuts(r, scale, numbers);
	free(numbers);
	for (size_t i = 0; i < r->n; i++)
		fits &= score_row(r, &r->row[i]);
	return fits ? ST_OK : takings_too_large();
}

/* -- all of it -- */

static enum status check(const struct rfm_options *o)
{
	char from[DAY_TEXT], as_of[DAY_TEXT];

	for (enum rfm_scale scale = 0; scale < RFM_SCALES; scale++)
		for (int i = 1; i < RFM_CUTS && o->own[scale]; i++)
			if (o->cuts[scale][i] <= o->cuts[scale][i - 1])
				return fail(ST_INVALID, "four cuts make five groups; give them "
					    "rising, as in 7,14,30,60");
	if (o->from <= o->as_of)
		return ST_OK;
	day_print(o->from, from);
	day_print(o->as_of, as_of);
	return fail(ST_INVALID, "the window from %s to %s ends before it starts", from, as_of);
}

enum status rfm_of(const struct scan *s, const struct rfm_options *options, struct rfm *out)
{
	enum status st;

	*out = (struct rfm){ .used = *options };
	if (!out->used.as_of)
		out->used.as_of = s->last_sale_day;
	if (!out->used.as_of)
		return ST_OK;
	st = check(&out->used);
	if (st == ST_OK)
		st = add_rows(s, out);
	if (st == ST_OK && out->n)
		st = score_rows(out);
	out->tells = out->n >= RFM_FEW ||
		     (out->used.own[RFM_RECENCY] && out->used.own[RFM_FREQUENCY] &&
		      out->used.own[RFM_MONETARY]);
	return st;
}

/* Who is in the set, or who is not. */
static void keep(struct rfm *r, const struct people_set *set, bool in)
{
	size_t n = 0;

	memset(r->segments, 0, sizeof(r->segments));
	for (size_t i = 0; i < r->n; i++) {
		struct rfm_row *row = &r->row[i];

		if (people_has(set, row->customer) != in)
			continue;
		r->segments[row->segment].customers++;
		r->segments[row->segment].monetary += row->monetary;
		r->row[n++] = *row;
	}
	r->n = n;
}

void rfm_keep(struct rfm *r, const struct people_set *only)
{
	keep(r, only, true);
}

void rfm_leave_out(struct rfm *r, const struct people_set *some)
{
	keep(r, some, false);
}

void rfm_release(struct rfm *r)
{
	free(r->row);
	*r = (struct rfm){ 0 };
}

static int by_customer(const void *a, const void *b)
{
	const struct rfm_row *x = a, *y = b;

	return (x->customer > y->customer) - (x->customer < y->customer);
}

const struct rfm_row *rfm_find(const struct rfm *r, int64_t customer)
{
	struct rfm_row key = { .customer = customer };

	return r->n ? bsearch(&key, r->row, r->n, sizeof(key), by_customer) : NULL;
}

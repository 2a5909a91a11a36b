/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/items.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/money.h"
#include "insight/fisher.h"

static const double FALSE_SHARE = 0.05;
enum { DAYS_USUAL = 30, PIECE = 1000 };

static enum status too_large(void)
{
	return fail(ST_FULL, "the sums are larger than can be counted; look for an absurd amount "
		    "with: regulars sale list");
}

/* -- sums of each item -- */

static bool add_line(struct item_sums *sums, const struct sold_sale *sale,
		     const struct sold_line *line)
{
	return sum_checked(sums->quantity, line->quantity, &sums->quantity) &&
	       sum_checked(sums->amount, sold_amount(sale, line->amount), &sums->amount);
}

struct item_sums *item_sums_of(const struct sold *s, const struct sold_window *w)
{
	struct item_sums *sums = mem_alloc((s->goods.n + 1) * sizeof(*sums));
	size_t *last = mem_alloc((s->goods.n + 1) * sizeof(*last));	/* sale with it, + 1 */
	bool fits = true;

	for (size_t i = 0; i < s->sale_count && fits; i++) {
		const struct sold_sale *sale = &s->sale[i];

		for (size_t k = 0; k < sold_lines(sale) && sold_within(sale, w); k++) {
			const struct sold_line *line = &s->line[sale->first + k];
			size_t item = goods_place(&s->goods, line->item);

			if (item == GOODS_NONE)
				continue;
			sums[item].sales += last[item] != i + 1;
			last[item] = i + 1;
			fits &= add_line(&sums[item], sale, line);
		}
	}
	free(last);
	if (fits)
		return sums;
	free(sums);
	return NULL;
}

/* -- one customer after the other -- */

/* A customer's purchases by day, with what was paid before each. */
struct purchase {
	int32_t day;
	int64_t paid, margin;		/* of all before it */
};

struct returns {
	const struct sold *sold;
	struct items *out;
	struct items_row *row;		/* by place */
	const uint32_t *places;		/* of sales, by customer */
	uint32_t *ever, *within;	/* by place: last customer who bought it */
	struct purchase *purchase;
	size_t cap;
	bool over;
};

static int64_t cost_of(const struct good *good, int64_t quantity)
{
	int64_t cost;

	return mul_div(good->own_cost, quantity, PIECE, ROUND_HALF_UP, &cost) ? cost : 0;
}

/* Of the lines whose own cost is known. */
static int64_t margin_of(const struct sold *s, const struct sold_sale *sale)
{
	int64_t margin = 0;

	for (size_t i = 0; i < sold_lines(sale) && !sale->gone; i++) {
		const struct sold_line *line = &s->line[sale->first + i];
		size_t item = goods_place(&s->goods, line->item);

		if (item != GOODS_NONE && s->goods.row[item].own_cost)
			margin += sold_amount(sale, line->amount) -
				  cost_of(&s->goods.row[item], line->quantity);
	}
	return margin;
}

/* The sales from 'from' to 'to' are one customer's. */
static void list_purchases(struct returns *r, size_t from, size_t to)
{
	struct purchase sum = { 0 };

	for (size_t i = from; i <= to; i++) {
		const struct sold_sale *sale = &r->sold->sale[r->places[i < to ? i : to - 1]];

		r->purchase = mem_grow(r->purchase, i - from, &r->cap, sizeof(*r->purchase));
		sum.day = i < to ? sale->day : INT32_MAX;
		r->purchase[i - from] = sum;
		if (i == to)
			break;
		r->over |= !sum_checked(sum.paid, sale->total - sale->back, &sum.paid) ||
			   !sum_checked(sum.margin, margin_of(r->sold, sale), &sum.margin);
	}
}

/* The first of 'n' purchases that is after 'day'; the end of the list at most. */
static size_t first_after(const struct purchase *p, size_t n, int64_t day)
{
	size_t from = 0, to = n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (p[middle].day <= day)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static void take_first(struct returns *r, struct items_row *row, int32_t day, size_t n)
{
	const struct sold_window *w = &r->out->used.window;
	int64_t last = (int64_t)day + r->out->used.days;
	size_t from, to;

	if (day < w->from || last > w->to)
		return;
	from = first_after(r->purchase, n, day);
	to = first_after(r->purchase, n, last);
	row->came_back.whole++;
	row->came_back.part += to > from;
	r->over |= !sum_checked(row->return_revenue, r->purchase[to].paid -
				r->purchase[from].paid, &row->return_revenue) ||
		   !sum_checked(row->return_margin, r->purchase[to].margin -
				r->purchase[from].margin, &row->return_margin);
}

static void take_sale(struct returns *r, const struct sold_sale *sale, size_t n)
{
	bool within = sold_to(sale, &r->out->used.window);

	for (size_t i = 0; i < sold_lines(sale); i++) {
		size_t item = goods_place(&r->sold->goods,
					  r->sold->line[sale->first + i].item);

		if (item == GOODS_NONE)
			continue;
		if (within && r->within[item] != sale->customer)
			r->row[item].customers += !people_has(&r->sold->erased, sale->customer);
		if (within)
			r->within[item] = sale->customer;
		if (r->ever[item] == sale->customer)
			continue;
		r->ever[item] = sale->customer;
		take_first(r, &r->row[item], sale->day, n);
	}
}

static void take_customers(struct returns *r)
{
	const struct people_set *only = r->out->used.window.only;
	size_t n, next;
	uint32_t *places = sold_by_customer(r->sold, &n);

	r->places = places;
	for (size_t i = 0; i < n; i = next) {
		next = sold_next_customer(r->sold, places, n, i);
		if (only && !people_has(only, r->sold->sale[places[i]].customer))
			continue;
		list_purchases(r, i, next);
		for (size_t k = i; k < next; k++)
			take_sale(r, &r->sold->sale[places[k]], next - i);
	}
	free(places);
}

/* -- rows -- */

static bool fill_row(const struct sold *s, const struct item_sums *sums, struct items_row *row)
{
	const struct good *good = &s->goods.row[row->item];

	row->sales = sums->sales;
	row->quantity = sums->quantity;
	row->revenue = sums->amount;
	row->has_margin = good->own_cost != 0;
	return !row->has_margin ||
	       sum_checked(row->revenue, -cost_of(good, row->quantity), &row->margin);
}

int64_t items_return_each(const struct items *all, const struct items_row *row)
{
	int64_t sum = all->has_margin ? row->return_margin : row->return_revenue, each;

	if (!row->came_back.whole || !mul_div(sum, 1, row->came_back.whole, ROUND_HALF_UP, &each))
		return 0;
	return each;
}

struct ordered {
	struct items_row row;
	int64_t each;
};

static int by_return(const void *a, const void *b)
{
	const struct ordered *x = a, *y = b;
	bool tells = share_tells(x->row.came_back);

	if (tells != share_tells(y->row.came_back))
		return tells ? -1 : 1;
	if (tells && x->each != y->each)
		return x->each < y->each ? 1 : -1;
	if (x->row.revenue != y->row.revenue)
		return x->row.revenue < y->row.revenue ? 1 : -1;
	return (x->row.item > y->row.item) - (x->row.item < y->row.item);
}

/* Those that were sold, in order; and what they are together. */
static void settle(struct items *out, const struct items_row *row, size_t n)
{
	struct ordered *sorted = mem_alloc((n + 1) * sizeof(*sorted));

	for (size_t i = 0; i < n; i++)
		if (row[i].sales)
			sorted[out->n++] = (struct ordered){ row[i],
							     items_return_each(out, &row[i]) };
	qsort(sorted, out->n, sizeof(*sorted), by_return);
	out->row = mem_alloc((out->n + 1) * sizeof(*out->row));
	for (size_t i = 0; i < out->n; i++) {
		out->row[i] = sorted[i].row;
		out->came_back.part += sorted[i].row.came_back.part;
		out->came_back.whole += sorted[i].row.came_back.whole;
	}
	free(sorted);
}

static double chance(const struct items *all, const struct items_row *row)
{
	return fisher_chance(&(struct meeting){ all->came_back.whole, all->came_back.part,
						row->came_back.whole, row->came_back.part });
}

/* Only those that tell are tried. */
static void mark_standing_out(struct items *all)
{
	double *p = mem_alloc((all->n + 1) * sizeof(*p)), most;
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		if (share_tells(all->row[i].came_back))
			p[n++] = chance(all, &all->row[i]);
	most = fisher_threshold(p, n, (double)n, FALSE_SHARE);
	for (size_t i = 0; i < all->n; i++)
		all->row[i].stands_out = share_tells(all->row[i].came_back) &&
					 chance(all, &all->row[i]) <= most;
	free(p);
}

const struct items_row *items_best(const struct items *all)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->row[i].stands_out)
			return &all->row[i];
	return NULL;
}

static bool fill_rows(struct returns *r)
{
	const struct sold *s = r->sold;
	struct item_sums *sums = item_sums_of(s, &r->out->used.window);
	bool fits = sums != NULL;

	for (size_t i = 0; i < s->goods.n && fits; i++) {
		r->row[i].item = i;
		r->out->has_margin |= s->goods.row[i].own_cost != 0;
		fits = fill_row(s, &sums[i], &r->row[i]);
	}
	free(sums);
	return fits;
}

static int64_t count_nameless(const struct sold *s, const struct sold_window *w)
{
	int64_t n = 0;

	for (size_t i = 0; i < s->sale_count; i++)
		if (sold_within(&s->sale[i], w))
			n += s->sale[i].nameless;
	return n;
}

enum status items_of(const struct sold *s, const struct items_options *options,
		     struct items *out)
{
	struct returns r = { .sold = s, .out = out };
	enum status st;

	*out = (struct items){ .used = *options };
	if (options->days < 0)
		return fail(ST_INVALID, "days to come back in are one or more");
	if (!out->used.days)
		out->used.days = DAYS_USUAL;
	st = sold_window(s, &options->window, &out->used.window);
	if (st != ST_OK)
		return st;
	r.row = mem_alloc((s->goods.n + 1) * sizeof(*r.row));
	r.ever = mem_alloc((s->goods.n + 1) * sizeof(*r.ever));
	r.within = mem_alloc((s->goods.n + 1) * sizeof(*r.within));
	take_customers(&r);
	if (r.over || !fill_rows(&r))
		st = too_large();
	else
		settle(out, r.row, s->goods.n);
	mark_standing_out(out);
	out->nameless = count_nameless(s, &out->used.window);
	free(r.row);
	free(r.ever);
	free(r.within);
	free(r.purchase);
	return st;
}

void items_release(struct items *i)
{
	free(i->row);
	*i = (struct items){ 0 };
}

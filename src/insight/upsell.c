/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/upsell.h"

#include <stdlib.h>

#include "base/language.h"
#include "base/mem.h"
#include "base/money.h"
#include "insight/items.h"

/* SMALL_PART: a step up to half the price is a small one. */
enum { LEAST_USUAL = 3, PIECE = 1000, SMALL_PART = 2 };

/* -- the pair of each category -- */

static int64_t price_of(const struct good *good, const struct item_sums *sums)
{
	int64_t price;

	if (good->price)
		return good->price;
	if (sums->quantity <= 0 ||
	    !mul_div(sums->amount, PIECE, sums->quantity, ROUND_HALF_UP, &price))
		return 0;
	return price;
}

struct pairing {
	const struct sold *sold;
	const struct item_sums *sums;
	size_t *best, *second;		/* by category; GOODS_NONE */
};

static bool can_be_sold(const struct pairing *p, size_t item)
{
	const struct good *good = &p->sold->goods.row[item];

	return good->category != GOODS_NONE && !good->stopped && p->sums[item].sales &&
	       price_of(good, &p->sums[item]) > 0;
}

/* Of equals the first. */
static void choose(const struct pairing *p, size_t *best, size_t item)
{
	if (*best == GOODS_NONE || p->sums[item].sales > p->sums[*best].sales)
		*best = item;
}

static int64_t price_at(const struct pairing *p, size_t item)
{
	return price_of(&p->sold->goods.row[item], &p->sums[item]);
}

static void choose_pairs(struct pairing *p)
{
	const struct goods *goods = &p->sold->goods;

	for (size_t i = 0; i < goods->category_count; i++)
		p->best[i] = p->second[i] = GOODS_NONE;
	for (size_t i = 0; i < goods->n; i++)
		if (can_be_sold(p, i))
			choose(p, &p->best[goods->row[i].category], i);
	for (size_t i = 0; i < goods->n; i++)
		if (can_be_sold(p, i) &&
		    price_at(p, i) != price_at(p, p->best[goods->row[i].category]))
			choose(p, &p->second[goods->row[i].category], i);
}

static struct upsell_row row_of(const struct pairing *p, size_t category)
{
	size_t low = p->best[category], high = p->second[category], swap;

	if (price_at(p, low) > price_at(p, high)) {
		swap = low;
		low = high;
		high = swap;
	}
	return (struct upsell_row){
		.category = category, .low = low, .high = high,
		.low_price = price_at(p, low), .high_price = price_at(p, high),
		.low_sales = p->sums[low].sales, .high_sales = p->sums[high].sales,
	};
}

static void make_rows(const struct sold *s, const struct item_sums *sums, struct upsell *out)
{
	size_t n = s->goods.category_count;
	struct pairing p = { s, sums, mem_alloc((n + 1) * sizeof(size_t)),
			     mem_alloc((n + 1) * sizeof(size_t)) };

	choose_pairs(&p);
	out->row = mem_alloc((n + 1) * sizeof(*out->row));
	for (size_t i = 0; i < n; i++)
		if (p.second[i] != GOODS_NONE)
			out->row[out->n++] = row_of(&p, i);
	free(p.best);
	free(p.second);
}

/* -- its people -- */

/* What the customer in hand took of each pair; wiped when the next comes. */
struct taking {
	uint32_t customer, sale;	/* the last that was counted */
	int64_t low;			/* receipts of the window */
	bool high;			/* ever */
};

struct counting {
	const struct sold *sold;
	struct upsell *out;
	size_t *row_of;			/* by category; GOODS_NONE */
	struct taking *taking;		/* by row */
};

static void take_line(struct counting *c, const struct sold_sale *sale, uint32_t item,
		      uint32_t place)
{
	const struct goods *goods = &c->sold->goods;
	size_t good = goods_place(goods, item), at;
	struct taking *t;

	if (good == GOODS_NONE || goods->row[good].category == GOODS_NONE)
		return;
	at = c->row_of[goods->row[good].category];
	if (at == GOODS_NONE)
		return;
	t = &c->taking[at];
	if (t->customer != sale->customer)
		*t = (struct taking){ .customer = sale->customer };
	t->high |= good == c->out->row[at].high;
	if (good != c->out->row[at].low || t->sale == place + 1 ||
	    !sold_to(sale, &c->out->used.window))
		return;
	t->sale = place + 1;
	t->low++;
}

static void count_customer(struct counting *c, uint32_t customer)
{
	for (size_t i = 0; i < c->out->n; i++) {
		const struct taking *t = &c->taking[i];

		if (t->customer != customer || t->high || t->low < c->out->used.least)
			continue;
		c->out->row[i].people++;
		c->out->row[i].sales += t->low;
	}
}

static void count_people(const struct sold *s, struct upsell *out)
{
	struct counting c = { .sold = s, .out = out };
	size_t n, next;
	uint32_t *places = sold_by_customer(s, &n);

	c.row_of = mem_alloc((s->goods.category_count + 1) * sizeof(*c.row_of));
	c.taking = mem_alloc((out->n + 1) * sizeof(*c.taking));
	for (size_t i = 0; i < s->goods.category_count; i++)
		c.row_of[i] = GOODS_NONE;
	for (size_t i = 0; i < out->n; i++)
		c.row_of[out->row[i].category] = i;
	for (size_t i = 0; i < n; i = next) {
		next = sold_next_customer(s, places, n, i);
		if (people_has(&s->erased, s->sale[places[i]].customer))
			continue;
		for (size_t k = i; k < next; k++) {
			const struct sold_sale *sale = &s->sale[places[k]];

			for (size_t l = 0; l < sold_lines(sale); l++)
				take_line(&c, sale, s->line[sale->first + l].item, places[k]);
		}
		count_customer(&c, s->sale[places[i]].customer);
	}
	free(places);
	free(c.row_of);
	free(c.taking);
}

static int by_more(const void *a, const void *b)
{
	const struct upsell_row *x = a, *y = b;

	if (x->more != y->more)
		return x->more < y->more ? 1 : -1;
	return (x->category > y->category) - (x->category < y->category);
}

static bool settle(struct upsell *out)
{
	for (size_t i = 0; i < out->n; i++) {
		struct upsell_row *row = &out->row[i];

		if (!mul_div(row->high_price - row->low_price, row->sales, 1, ROUND_FLOOR,
			     &row->more))
			return false;
	}
	if (out->n)
		qsort(out->row, out->n, sizeof(*out->row), by_more);
	while (out->worth < out->n && out->row[out->worth].people)
		out->worth++;
	return true;
}

enum status upsell_of(const struct sold *s, const struct upsell_options *options,
		      struct upsell *out)
{
	struct item_sums *sums;
	enum status st;

	*out = (struct upsell){ .used = *options };
	if (options->least < 0)
		return fail(ST_INVALID, "receipts that make a habit are one or more");
	if (!out->used.least)
		out->used.least = LEAST_USUAL;
	st = sold_window(s, &options->window, &out->used.window);
	if (st != ST_OK)
		return st;
	sums = item_sums_of(s, &out->used.window);
	if (!sums)
		return fail(ST_FULL, "the sums are larger than can be counted; look for an absurd "
			    "amount with: regulars sale list");
	make_rows(s, sums, out);
	free(sums);
	count_people(s, out);
	if (!settle(out))
		return fail(ST_FULL, "prices are larger than can be counted");
	return ST_OK;
}

void upsell_release(struct upsell *u)
{
	free(u->row);
	*u = (struct upsell){ 0 };
}

/* -- telling -- */

void upsell_filter(const struct sold *s, const struct upsell *u, const struct upsell_row *row,
		   struct buf *out)
{
	buf_text(out, "bought(");
	goods_filter_item(&s->goods, row->low, out);
	sold_filter_window(s, &u->used.window, out);
	buf_printf(out, ") >= %d and not bought(", u->used.least);
	goods_filter_item(&s->goods, row->high, out);
	buf_text(out, ")");
}

void upsell_words(const struct sold *s, const struct upsell_row *row, const char *more,
		  struct buf *out)
{
	bool small = row->high_price - row->low_price <= row->low_price / SMALL_PART;

	buf_printf(out, small ?
		   _("You like our %s: may it be %s today? It is only %s more.") :
		   _("You like our %s: may it be %s today? It is %s more."),
		   s->goods.row[row->low].name, s->goods.row[row->high].name, more);
}

static const struct sheet_column columns[] = {
	{ "category", N_("Category"), SHEET_TEXT },
	{ "takes", N_("Always take"), SHEET_TEXT },
	{ "could_take", N_("could take"), SHEET_TEXT },
	{ "price", N_("Price"), SHEET_MONEY },
	{ "better_price", N_("that one's"), SHEET_MONEY },
	{ "people", N_("People"), SHEET_COUNT },
	{ "sales", N_("Receipts"), SHEET_COUNT },
	{ "more", N_("Could bring"), SHEET_MONEY },
	{ 0 }
};

void upsell_sheet(const struct sold *s, const struct upsell *u, struct sheet *out)
{
	sheet_start(out, columns);
	for (size_t i = 0; i < u->n; i++) {
		const struct upsell_row *row = &u->row[i];

		sheet_text(out, s->goods.category[row->category]);
		sheet_text(out, s->goods.row[row->low].name);
		sheet_text(out, s->goods.row[row->high].name);
		sheet_money(out, row->low_price);
		sheet_money(out, row->high_price);
		sheet_count(out, row->people);
		sheet_count(out, row->sales);
		sheet_money(out, row->more);
	}
}

const struct definition upsell_definitions[] = {
	{ "takes", N_("Always take, and could take: in each category the two items on most "
		      "receipts whose prices differ; this is the cheaper one. A price is that of "
		      "the item, else what a piece came to on average. Stopped items are left "
		      "out.") },
	{ "people", N_("People are the customers who bought the cheaper one on at least so many "
		       "receipts of the window, and never the dearer one, at any time. What was "
		       "given back later was bought too.") },
	{ "sales", N_("Receipts are those of these people with the cheaper one.") },
	{ "more", N_("Could bring is what it would have brought, had each of these receipts had "
		     "one dearer piece in its place.") },
	{ 0 }
};

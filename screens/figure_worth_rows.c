/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/money.h"
#include "insight/erased.h"
#include "insight/numbers.h"
#include "screens/figure_worth.h"

static int64_t units(const struct ui *ui)
{
	int64_t unit = 1;

	for (int i = 0; i < ui->shop->decimals; i++)
		unit *= 10;
	return unit;
}

/* -- whom -- */

static int64_t find_border(const struct clv *c, const struct ui *ui)
{
	int64_t *values = mem_alloc(c->h.n * sizeof(*values)), unit = units(ui);
	int64_t *room = mem_alloc(c->h.n * sizeof(*room)), border;
	struct clv_person p;

	for (size_t i = 0; i < c->h.n; i++) {
		clv_at(c, i, &p);
		values[i] = p.value;
	}
	numbers_sort(values, c->h.n, room);
	border = (int64_t)numbers_quantile(values, c->h.n, 4, 5) / unit * unit;
	free(values);
	free(room);
	return border > unit ? border : unit;
}

static bool is_in(const struct worth *w, const struct clv_person *p, size_t list)
{
	return p->value >= w->border &&
		(list == WORTH_BEST || p->alive < WORTH_COOL / 100.0);
}

static int by_value(const void *a, const void *b)
{
	const struct worth_row *x = a, *y = b;

	if (x->p.value != y->p.value)
		return x->p.value > y->p.value ? -1 : 1;
	return x->p.customer < y->p.customer ? -1 : x->p.customer > y->p.customer;
}

struct finding {
	const struct clv *c;
	struct people_set erased;	/* filters do not find them either */
};

static void find_rows(struct worth *w, const struct finding *f, size_t list)
{
	const struct clv *c = f->c;
	struct worth_list *l = &w->lists[list];
	struct clv_person p;
	size_t n = 0, cap = 0;

	for (size_t i = 0; i < c->h.n; i++) {
		clv_at(c, i, &p);
		if (!is_in(w, &p, list) || people_has(&f->erased, p.customer))
			continue;
		l->rows = mem_grow(l->rows, n, &cap, sizeof(*l->rows));
		l->rows[n++].p = p;
		l->n++;
		if (!sum_checked(l->value, p.value, &l->value))
			l->value = INT64_MAX;
	}
	if (n)
		qsort(l->rows, n, sizeof(*l->rows), by_value);
	l->named = n < WORTH_NAMED ? n : WORTH_NAMED;
}

/* -- what they are called -- */

struct naming {
	struct worth_list *list;
	const struct shop *shop;
	struct customer *customer;
};

static void name_row(const struct naming *n, struct txn *txn, struct worth_row *row)
{
	row->name[0] = row->phone[0] = '\0';
	record_clear(&customer_type, n->customer);
	if (!customer_get(txn, row->p.customer, n->customer))
		return;
	name_of(n->shop, n->customer, row->name);
	phone_of(n->customer, row->phone);
}

static enum status read_names(struct txn *txn, void *arg)
{
	const struct naming *n = arg;

	for (size_t i = 0; i < n->list->named; i++)
		name_row(n, txn, &n->list->rows[i]);
	return txn_status(txn);
}

static enum status name_rows(struct worth_list *l, struct ui *ui)
{
	struct naming n = { l, ui->shop, mem_alloc(sizeof(*n.customer)) };
	enum status st = store_read(ui->shop->store, read_names, &n);

	free(n.customer);
	return st;
}

enum status worth_name_all(struct worth_list *l, struct ui *ui)
{
	size_t before = l->named;
	enum status st;

	if (before == (size_t)l->n)
		return ST_OK;
	l->named = (size_t)l->n;
	st = name_rows(l, ui);
	if (st != ST_OK)
		l->named = before;
	return st;
}

enum status worth_make_lists(struct worth *w, struct ui *ui, const struct clv *c)
{
	struct finding f = { .c = c };
	enum status st = erased_read(ui->shop->store, &f.erased);

	w->border = find_border(c, ui);
	for (size_t list = 0; list < WORTH_LISTS && st == ST_OK; list++) {
		find_rows(w, &f, list);
		st = name_rows(&w->lists[list], ui);
	}
	people_release(&f.erased);
	return st;
}

void worth_release_lists(struct worth *w)
{
	for (size_t list = 0; list < WORTH_LISTS; list++) {
		free(w->lists[list].rows);
		w->lists[list] = (struct worth_list){ .named = 0 };
	}
}

void worth_filter(const struct worth *w, const struct ui *ui, size_t list, struct buf *out)
{
	buf_printf(out, "value >= %" PRId64, w->border / units(ui));
	if (list == WORTH_COOLING)
		buf_printf(out, " and p_alive < 0.%d", WORTH_COOL / 10);
}

static const struct sheet_column columns[] = {
	{ "customer", N_("Customer"), SHEET_TEXT },
	{ "value", N_("Worth in a year"), SHEET_MONEY },
	{ "p_alive", N_("Still a regular"), SHEET_NUMBER },
	{ "last_visit", N_("Last visit"), SHEET_DAY },
	{ "visits", N_("Visits"), SHEET_COUNT },
	{ "expected", N_("Expected visits"), SHEET_NUMBER },
	{ "average", N_("A visit brings"), SHEET_MONEY },
	{ "phone", N_("Phone"), SHEET_TEXT },
	{ .name = NULL }
};

void worth_sheet(const struct worth_list *l, struct sheet *out)
{
	sheet_start(out, columns);
	for (size_t i = 0; i < l->named; i++) {
		const struct worth_row *r = &l->rows[i];

		sheet_text(out, r->name);
		sheet_money(out, r->p.value);
		sheet_number(out, r->p.alive);
		sheet_day(out, r->p.last);
		sheet_count(out, r->p.x + 1);
		sheet_number(out, r->p.expected);
		sheet_money(out, r->p.average);
		sheet_text(out, r->phone);
	}
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/today.h"

#include <stdlib.h>

#include "base/mem.h"
#include "ledger/account.h"
#include "ledger/merge.h"
#include "shop/program.h"

enum { PART = 50000 };

/* -- one entry more -- */

static void take_off(int64_t *sum, int64_t part)
{
	/* It is in the sum, which was not too large with it. */
	__builtin_sub_overflow(*sum, part, sum);
}

static void takings_take_off(struct takings *t, const struct entry_head *head)
{
	struct takings one = { 0 };

	if (!takings_add(&one, head))
		return;
	take_off(&t->sales, one.sales);
	take_off(&t->known_sales, one.known_sales);
	take_off(&t->refunds, one.refunds);
	take_off(&t->revenue, one.revenue);
	take_off(&t->known_revenue, one.known_revenue);
	take_off(&t->refunded, one.refunded);
	take_off(&t->walk_in, one.walk_in);
}

static struct takings *takings_of(struct today *t, int32_t day)
{
	int64_t before = (int64_t)t->day - day;

	return before >= 0 && before < TODAY_DAYS ? &t->days[TODAY_DAYS - 1 - before] : NULL;
}

static bool is_sale_of_the_day(const struct today *t, const struct entry_head *head)
{
	return head->kind == ENTRY_SALE && head->day == t->day &&
	       head->minute >= 0 && head->minute < 24 * 60;
}

static void count(struct txn *txn, struct today *t, const struct entry_head *head)
{
	struct takings *takings = takings_of(t, head->day);

	t->sales_ever += head->kind == ENTRY_SALE;
	if (takings && !takings_add(takings, head))
		txn_fail(txn, takings_too_large());
	if (!is_sale_of_the_day(t, head))
		return;
	t->hours[head->minute / 60]++;
	if (!head->customer)
		return;
	t->visitors = mem_grow(t->visitors, t->visitor_count, &t->visitor_cap,
			       sizeof(*t->visitors));
	t->visitors[t->visitor_count++] = head->customer;
}

/* The visitor stays: their account tells whether they still are one. */
static void count_undone(struct today *t, const struct entry_head *head)
{
	struct takings *takings = takings_of(t, head->day);

	t->sales_ever -= head->kind == ENTRY_SALE;
	if (takings)
		takings_take_off(takings, head);
	if (is_sale_of_the_day(t, head))
		t->hours[head->minute / 60]--;
}

/* -- following the journal -- */

static bool read_head(struct txn *txn, int64_t seq, struct entry_head *head)
{
	struct key k = { .len = 0 };
	struct bytes value;

	key_int(&k, (uint64_t)seq, 8);
	return txn_get(txn, TABLE_JOURNAL, &k, &value) &&
	       entry_head((struct bytes){ k.at, k.len }, value, head);
}

/* What is undone was counted, for it came before. */
static void follow_undo(struct txn *txn, struct today *t, int64_t seq)
{
	struct entry *e = mem_alloc(sizeof(*e));
	struct entry_head undone;
	enum status st = journal_read(txn, seq, e);

	if (st == ST_OK && read_head(txn, e->about, &undone))
		count_undone(t, &undone);
	else if (st != ST_OK)
		txn_fail(txn, st);
	free(e);
}

static void follow(struct txn *txn, struct today *t)
{
	struct key from = { .len = 0 };
	struct entry_head head;
	struct range r;
	size_t n;

	key_int(&from, (uint64_t)t->seq + 1, 8);
	range_start(&r, txn, TABLE_JOURNAL, NULL);
	range_seek(&r, &from);
	for (n = 0; n < PART && range_next(&r); n++) {
		if (!entry_head(r.key, r.value, &head)) {
			txn_fail(txn, fail(ST_CORRUPT, "a damaged journal entry; "
					   "run: regulars verify"));
			break;
		}
		if (head.kind == ENTRY_UNDO)
			follow_undo(txn, t, head.seq);
		else
			count(txn, t, &head);
		t->seq = head.seq;
	}
	t->whole = n < PART;
	range_end(&r);
}

/* -- what it comes to -- */

static int by_number(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Of their visits; 0 without any. */
static int64_t first_day_of(struct txn *txn, int64_t customer)
{
	struct holder h = { 0 };
	int64_t day = holder_load(txn, customer, &h) ? h.figures.first_day : 0;

	holder_release(&h);
	return day;
}

/* Visitors as who they are now, each once; gives how many are new. */
static int64_t count_new(struct txn *txn, struct today *t)
{
	int64_t n = 0;
	size_t kept = 0;

	for (size_t i = 0; i < t->visitor_count; i++)
		t->visitors[i] = account_of(txn, t->visitors[i]);
	if (t->visitor_count)
		qsort(t->visitors, t->visitor_count, sizeof(*t->visitors), by_number);
	for (size_t i = 0; i < t->visitor_count; i++) {
		if (kept && t->visitors[kept - 1] == t->visitors[i])
			continue;
		t->visitors[kept++] = t->visitors[i];
		n += first_day_of(txn, t->visitors[i]) == t->day;
	}
	t->visitor_count = kept;
	return n;
}

static int busiest(const int64_t hours[24])
{
	int best = 0;

	for (int i = 1; i < 24; i++)
		if (hours[i] > hours[best])
			best = i;
	return hours[best] ? best : -1;
}

static int64_t count_programs(struct txn *txn)
{
	struct programs programs;
	int64_t n = 0;

	programs_load(txn, &programs);
	for (size_t i = 0; i < programs.n; i++)
		n += !programs.row[i].stopped;
	programs_release(&programs);
	return n;
}

static enum status today_work(struct txn *txn, void *arg)
{
	struct today *t = arg;

	follow(txn, t);
	if (!t->whole || txn_status(txn) != ST_OK)
		return txn_status(txn);
	t->takings = t->days[TODAY_DAYS - 1];
	t->known = (struct share){ t->takings.known_sales, t->takings.sales };
	t->new_customers = count_new(txn, t);
	t->best_hour = busiest(t->hours);
	t->customers = (int64_t)txn_count(txn, TABLE_CUSTOMER);
	t->programs = count_programs(txn);
	return txn_status(txn);
}

enum status today_update(struct store *store, int32_t day, struct today *t)
{
	enum status st;

	if (t->day != day || t->opening != store_opening(store)) {
		today_release(t);
		t->day = day;
		t->opening = store_opening(store);
		t->best_hour = -1;
	}
	st = store_read(store, today_work, t);
	if (st != ST_OK)
		today_release(t);
	return st;
}

void today_release(struct today *t)
{
	free(t->visitors);
	*t = (struct today){ 0 };
}

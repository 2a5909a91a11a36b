/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/summary.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "shop/customer.h"

/* -- people -- */

static bool can_be_texted(const struct customer *c)
{
	for (uint32_t i = 0; i < c->phone_count; i++)
		if (c->phones[i].e164 && c->phones[i].mobile)
			return true;
	return false;
}

static void count_people(struct txn *txn, struct summary *out)
{
	struct customer *c = mem_alloc(sizeof(*c));
	struct range r;
	enum status st;

	range_start(&r, txn, TABLE_CUSTOMER, NULL);
	while (range_next(&r)) {
		st = record_decode(&customer_type, c, r.value.at, r.value.len);
		if (st != ST_OK) {
			txn_fail(txn, st);
			break;
		}
		out->customers += !c->erased;
		out->textable += !c->erased && can_be_texted(c);
	}
	range_end(&r);
	free(c);
}

/* -- periods -- */

static void set_periods(struct summary *out)
{
	int32_t today = out->day, first;
	int year, month, date;

	day_to_civil(today, &year, &month, &date);
	first = today - date + 1;
	out->today = (struct summary_period){ .from = today, .to = today };
	out->week = (struct summary_period){ .from = today - day_of_week(today), .to = today };
	out->month = (struct summary_period){ .from = first, .to = today };
	out->last_month = (struct summary_period){
		.from = day_add_months(first, -1), .to = first - 1 };
	out->ever = (struct summary_period){ .from = CLOCK_FIRST_DAY, .to = today };
}

static enum status count_period(const struct scan *s, struct summary_period *p)
{
	scan_visitors(s, p->from, p->to, &p->visitors);
	return scan_takings(s, p->from, p->to, &p->takings);
}

static enum status count_periods(const struct scan *s, struct summary *out)
{
	struct summary_period *const all[] = {
		&out->today, &out->week, &out->month, &out->last_month, &out->ever };
	enum status st = ST_OK;

	if (s->first_day && s->first_day <= out->day)
		out->ever.from = s->first_day;
	for (size_t i = 0; i < sizeof(all) / sizeof(*all) && st == ST_OK; i++)
		st = count_period(s, all[i]);
	return st;
}

static enum status summary_run(struct txn *txn, struct summary *out)
{
	struct scan s;
	enum status st = scan_run(txn, &s);

	set_periods(out);
	if (st == ST_OK)
		st = count_periods(&s, out);
	out->last_sale_day = s.last_sale_day;
	out->last_sale_minute = s.last_sale_minute;
	scan_release(&s);
	if (st != ST_OK)
		return st;
	count_people(txn, out);
	return liability_run(txn, out->day, &out->liability);
}

static enum status summary_work(struct txn *txn, void *arg)
{
	struct summary *s = arg;
	int32_t today = s->day;

	summary_release(s);
	s->day = today;
	return summary_run(txn, s);
}

enum status summary_read(struct store *store, int32_t today, struct summary *out)
{
	*out = (struct summary){ .day = today };
	return store_read(store, summary_work, out);
}

void summary_release(struct summary *s)
{
	liability_release(&s->liability);
	*s = (struct summary){ 0 };
}

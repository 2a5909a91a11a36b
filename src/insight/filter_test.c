/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/filter_search.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "shop/consent.h"

/* -- habits -- */

static int64_t visits_within(struct person *p, const struct span *w, int64_t *paid)
{
	const struct scan *scan = p->s->scan;
	size_t n;
	const uint64_t *visit = person_visits(p, &n);
	int64_t count = 0;

	*paid = 0;
	for (size_t i = 0; i < n; i++) {
		int32_t day = visit_day(visit[i]);

		if (day < w->from || day > w->to)
			continue;
		*paid += scan->paid[&visit[i] - scan->visits];
		count++;
	}
	return count;
}

static int by_length(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

/* The silence at the last sale, in medians of the days between visits. */
static bool gaps_of(struct person *p, double *out)
{
	size_t n;
	const uint64_t *visit = person_visits(p, &n);
	int32_t *gap, twice;

	if (n < 3)
		return false;
	gap = mem_alloc((n - 1) * sizeof(*gap));
	for (size_t i = 1; i < n; i++)
		gap[i - 1] = visit_day(visit[i]) - visit_day(visit[i - 1]);
	qsort(gap, n - 1, sizeof(*gap), by_length);
	twice = gap[(n - 1) / 2] + gap[(n - 2) / 2];
	free(gap);
	*out = 2.0 * (p->s->scan->last_sale_day - visit_day(visit[n - 1])) / twice;
	return true;
}

/* -- numbers -- */

static bool rfm_of_person(const struct ready *r, struct person *p, int64_t *v)
{
	const struct rfm_row *row = rfm_find(&p->s->rfm, p->id);

	if (!row)
		return false;
	switch (r->test->field->what) {
	case WHAT_R: *v = row->r; break;
	case WHAT_F: *v = row->f; break;
	case WHAT_M: *v = row->m; break;
	default: *v = row->segment; break;
	}
	return true;
}

static bool value_of(struct person *p, int64_t *v)
{
	struct clv_person row;

	if (!clv_person(&p->s->clv, p->id, &row))
		return false;
	*v = row.value;
	return true;
}

static int64_t figure_of(const struct ready *r, struct person *p)
{
	person_need_account(p);
	switch (r->test->field->what) {
	case WHAT_VISITS: return p->figures.visits;
	case WHAT_SALES: return p->figures.sales;
	case WHAT_SPEND: return p->figures.spend;
	case WHAT_LAST: return p->figures.last_day;
	case WHAT_MEMBER: return person_member(p, r->test->program);
	case WHAT_ID: return p->id;
	default: return p->figures.first_day;
	}
}

static int64_t lots_of(const struct ready *r, struct person *p)
{
	switch (r->test->field->what) {
	case WHAT_READY: return person_ready(p);
	case WHAT_LAPSES: return person_lapses(p);
	case WHAT_STAMPS_LEFT: return r->test->goal - person_balance(p, r->test->program);
	default: return person_balance(p, r->test->program);
	}
}

static int64_t windowed(const struct ready *r, struct person *p)
{
	int64_t paid, visits = visits_within(p, &r->window, &paid);

	return r->test->field->what == WHAT_SPEND ? paid : visits;
}

static int64_t consent_state(struct bytes rows, int64_t channel)
{
	struct bytes row;

	while (peek_row(&rows, &row)) {
		struct peek f = peek_at(row);
		int64_t of = 0, state = 0;

		while (peek_next(&f) && f.tag <= 2)
			*(f.tag == 1 ? &of : &state) = f.number;
		if (of == channel)
			return state;
	}
	return CONSENT_NOT_ASKED;
}

/* Of any phone: it can be verified, and is a mobile's. */
static bool is_textable(struct bytes rows)
{
	struct bytes row;

	while (peek_row(&rows, &row)) {
		struct peek f = peek_at(row);
		unsigned seen = 0;

		while (peek_next(&f))
			seen |= 1u << f.tag;
		if (seen & 1u << 2 && seen & 1u << 3)
			return true;
	}
	return false;
}

static int64_t recorded(const struct ready *r, struct person *p)
{
	unsigned detail = r->test->field->detail;

	switch (r->test->field->what) {
	case WHAT_CONSENT: return consent_state(person_text(p, TAG_CONSENT), detail);
	case WHAT_TEXTABLE: return is_textable(person_text(p, detail));
	default: return person_number(p, detail);
	}
}

/* False: there is none, and no comparison is true. */
static bool number_of(const struct ready *r, struct person *p, int64_t *v)
{
	*v = 0;
	switch (r->source) {
	case FROM_FIGURES: *v = figure_of(r, p); break;
	case FROM_RECORD: *v = recorded(r, p); break;
	case FROM_LOTS: *v = lots_of(r, p); break;
	case FROM_VISITS: *v = windowed(r, p); break;
	case FROM_JOURNAL:
		*v = p->id < (int64_t)p->s->counts ? r->count[p->id] : 0;
		break;
	case FROM_RFM: return rfm_of_person(r, p, v);
	case FROM_CLV: return value_of(p, v);
	}
	return *v || (r->test->field->kind != KIND_DAY && r->test->field->kind != KIND_AHEAD);
}

/* -- numbers with decimals -- */

static bool real_of(const struct ready *r, struct person *p, double *v)
{
	struct clv_person row;

	if (r->test->field->what == WHAT_GAPS)
		return gaps_of(p, v);
	if (!clv_person(&p->s->clv, p->id, &row))
		return false;
	*v = r->test->field->what == WHAT_P_ALIVE ? row.alive : row.expected;
	return true;
}

static bool real_holds(const struct ready *r, struct person *p)
{
	double v, n = (double)r->test->number / 1e6;

	if (!real_of(r, p, &v))
		return false;
	switch (r->test->compare) {
	case IS_EQUAL: return v >= n && v <= n;
	case IS_NOT_EQUAL: return v < n || v > n;
	case IS_LESS: return v < n;
	case IS_AT_MOST: return v <= n;
	case IS_MORE: return v > n;
	case IS_AT_LEAST: return v >= n;
	default: return v > 0;
	}
}

/* -- birthdays -- */

static int two_digits(const char *at)
{
	return at[0] >= '0' && at[0] <= '9' && at[1] >= '0' && at[1] <= '9' ?
	       (at[0] - '0') * 10 + (at[1] - '0') : 0;
}

/* "05-27" or "1990-05-27" */
static bool birthday_holds(const struct ready *r, struct person *p)
{
	struct bytes text;
	int month, day;

	text = person_text(p, r->test->field->detail);
	if (r->test->compare == IS_THERE)
		return text.len > 0;
	if (text.len < 5)
		return false;
	month = two_digits((const char *)text.at + text.len - 5);
	day = two_digits((const char *)text.at + text.len - 2);
	if (month < 1 || month > 12 || day < 1 || day > 31)
		return false;
	return (r->birthdays[month] >> day & 1) != r->inverse;
}

bool test_holds(const struct ready *r, struct person *p)
{
	int64_t v;

	switch (r->test->field->kind) {
	case KIND_REAL: return real_holds(r, p);
	case KIND_TEXT: return text_holds(r, p);
	case KIND_BIRTHDAY: return birthday_holds(r, p);
	default: return number_of(r, p, &v) && (v >= r->from && v <= r->to) != r->inverse;
	}
}

/* -- the tree -- */

bool plan_holds(const struct plan *plan, struct person *p)
{
	bool any = plan->kind == NODE_OR;

	switch (plan->kind) {
	case NODE_TEST: return test_holds(plan->ready, p);
	case NODE_NOT: return !plan_holds(plan->part[0], p);
	case NODE_SEGMENT: return plan_holds(plan->part[0], p);
	case NODE_AND: case NODE_OR: break;
	}
	for (size_t i = 0; i < plan->n; i++)
		if (plan_holds(plan->part[i], p) == any)
			return any;
	return !any;
}

enum { CAN_HOLD = 1, CAN_FAIL = 2 };

static unsigned chances(const struct plan *plan, struct person *nobody)
{
	unsigned all = plan->kind == NODE_OR ? CAN_FAIL : CAN_HOLD, part;

	if (plan->kind == NODE_TEST) {
		const struct ready *r = plan->ready;

		if (r->source == FROM_RECORD || r->test->field->what == WHAT_ID)
			return CAN_HOLD | CAN_FAIL;
		return test_holds(r, nobody) ? CAN_HOLD : CAN_FAIL;
	}
	if (plan->kind == NODE_NOT) {
		part = chances(plan->part[0], nobody);
		return (part & CAN_HOLD ? CAN_FAIL : 0u) | (part & CAN_FAIL ? CAN_HOLD : 0u);
	}
	/* Of "and" all must be able to hold, and one to fail; of "or" the reverse. */
	for (size_t i = 0; i < plan->n; i++) {
		part = chances(plan->part[i], nobody);
		if (plan->kind == NODE_SEGMENT)
			return part;
		if (plan->kind == NODE_AND)
			all = (all & part & CAN_HOLD) | ((all | part) & CAN_FAIL);
		else
			all = (all & part & CAN_FAIL) | ((all | part) & CAN_HOLD);
	}
	return all;
}

bool plan_may_hold_without_account(const struct plan *plan, struct person *nobody)
{
	return chances(plan, nobody) & CAN_HOLD;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/filter_search.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { PART = 8000 };		/* people; some milliseconds, also where names are folded */

/* What a step of a search works on; a unit of work may run again. */
struct working {
	struct filter_search *search;
	struct filter_state *s;
};

/* -- the beginning -- */

static size_t highest_id(struct txn *txn)
{
	struct range r;
	size_t id = 0;

	range_start(&r, txn, TABLE_CUSTOMER, NULL);
	if (range_previous(&r))
		id = (size_t)key_read(r.key.at, 4);
	range_end(&r);
	return id;
}

static void ready_pass(struct ready *r, struct filter_state *s, struct txn *txn)
{
	if (r->source != FROM_JOURNAL)
		return;
	free(r->count);
	r->count = mem_alloc(s->counts * sizeof(*r->count));
	if (r->test->field->what == WHAT_BOUGHT)
		ready_items(r, txn);
}

static enum status begin_work(struct txn *txn, void *arg)
{
	struct working *w = arg;
	struct filter_state *s = w->s;
	uint8_t digest[DIGEST_SIZE];

	s->last_seq = journal_last(txn, digest);
	s->counts = highest_id(txn) + 1;
	for (size_t i = 0; i < s->filter->tests; i++)
		ready_pass(&s->ready[i], s, txn);
	programs_release(&s->programs);
	programs_load(txn, &s->programs);
	w->search->total = (int64_t)txn_count(txn, TABLE_CUSTOMER) +
			   (s->needs[FROM_JOURNAL] ? s->last_seq : 0);
	return txn_status(txn);
}

enum status filter_begin(struct shop *shop, const struct filter *f, int32_t today,
			 struct filter_search *out)
{
	struct filter_state *s = mem_alloc(sizeof(*s));
	struct working w = { out, s };

	*out = (struct filter_search){ .state = s };
	s->filter = f;
	s->today = today;
	plan_make(s);
	return store_read(shop->store, begin_work, &w);
}

/* People who come meanwhile are not in the total. */
static void set_done(struct filter_search *search, int64_t done)
{
	search->done = done > search->total || search->whole ? search->total : done;
}

/* -- people -- */

static void look_at(struct person *p, struct filter_search *search)
{
	if (plan_holds(p->s->plan, p) && person_is_there(p))
		people_add(&search->found, p->id);
}

/* Part of the accounts, or of the customers. */
static enum status people_work(struct txn *txn, void *arg)
{
	struct working *w = arg;
	struct filter_state *s = w->s;
	struct person *p = mem_alloc(sizeof(*p));
	struct key from = account_key(s->next);
	struct range *rows;
	size_t n;

	person_open(p, s, txn);
	rows = s->by_account ? &p->accounts : &p->records;
	range_seek(rows, &from);
	for (n = 0; n < PART && range_next(rows); n++) {
		person_start(p, (int64_t)key_read(rows->key.at, 4));
		s->next = p->id + 1;
		if (s->by_account)
			person_account(p, rows->value);
		else
			person_record(p, rows->value);
		look_at(p, w->search);
	}
	person_close(p);
	free(p);
	w->search->whole = n < PART;
	set_done(w->search, w->search->done + (int64_t)n);
	return txn_status(txn);
}

/* -- what is read before -- */

static enum status journal_work(struct txn *txn, void *arg)
{
	struct working *w = arg;

	if (!journal_part(w->s, txn))
		w->s->step = STEP_RFM;
	set_done(w->search, w->s->seq < w->s->last_seq ? w->s->seq : w->s->last_seq);
	return txn_status(txn);
}

static enum status read_scan(struct shop *shop, struct filter_state *s, bool *whole)
{
	enum status st;

	if (s->scan)
		return ST_OK;
	st = scan_update(shop->store, &s->own_scan);
	*whole = s->own_scan.whole;
	if (st == ST_OK && *whole)
		s->scan = &s->own_scan;
	return st;
}

static enum status scan_step(struct shop *shop, struct filter_state *s)
{
	enum status st = ST_OK;
	bool whole = true;

	if (s->needs[FROM_VISITS] || s->needs[FROM_RFM] || s->needs[FROM_CLV])
		st = read_scan(shop, s, &whole);
	if (st == ST_OK && whole)
		s->step = s->needs[FROM_JOURNAL] ? STEP_JOURNAL : STEP_RFM;
	return st;
}

static enum status rfm_step(struct filter_state *s)
{
	enum status st = ST_OK;

	if (s->needs[FROM_RFM])
		st = rfm_of(s->scan, &(struct rfm_options){ 0 }, &s->rfm);
	if (st == ST_OK && s->needs[FROM_CLV])
		st = clv_start(&s->clv, s->scan, &(struct clv_options){
			.decimals = s->filter->format.decimals });
	s->step = STEP_CLV;
	return st;
}

/* Whether somebody without an account can be meant is asked when all else is
 * known. */
static void people_start(struct filter_state *s)
{
	struct person *nobody = mem_alloc(sizeof(*nobody));

	nobody->s = s;
	nobody->has_account = nobody->has_record = true;
	s->by_account = !plan_may_hold_without_account(s->plan, nobody);
	s->step = STEP_PEOPLE;
	free(nobody);
}

/* False: there is more to work out. */
static bool clv_is_ready(struct filter_state *s)
{
	if (!s->needs[FROM_CLV])
		return true;
	if (!s->clv.whole)
		clv_step(&s->clv, s->scan);
	return s->clv.whole;
}

void filter_use_scan(struct filter_search *search, const struct scan *scan)
{
	search->state->scan = scan;
}

enum status filter_step(struct shop *shop, struct filter_search *search)
{
	struct filter_state *s = search->state;
	struct working w = { search, s };
	enum status st = ST_OK;

	if (s->step == STEP_SCAN)
		st = scan_step(shop, s);
	if (st == ST_OK && s->step == STEP_JOURNAL)
		return store_read(shop->store, journal_work, &w);
	if (st == ST_OK && s->step == STEP_RFM)
		st = rfm_step(s);
	if (st == ST_OK && s->step == STEP_CLV && clv_is_ready(s))
		people_start(s);
	if (st == ST_OK && s->step == STEP_PEOPLE)
		st = store_read(shop->store, people_work, &w);
	return st;
}

void filter_end(struct filter_search *search)
{
	struct filter_state *s = search->state;

	people_release(&search->found);
	if (s) {
		plan_free(s);
		programs_release(&s->programs);
		scan_release(&s->own_scan);
		rfm_release(&s->rfm);
		clv_release(&s->clv);
		free(s);
	}
	*search = (struct filter_search){ 0 };
}

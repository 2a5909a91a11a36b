/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_FILTER_SEARCH_H
#define INSIGHT_FILTER_SEARCH_H

#include "insight/clv.h"
#include "insight/filter_parts.h"
#include "insight/rfm.h"
#include "insight/scan.h"
#include "ledger/account.h"

/* How a filter is put to the people: for the filter_ files only.
 *
 * Accounts and customers are two tables in the same order. A filter that only
 * people with an account can satisfy walks the accounts and looks at the
 * customer's record of those alone whom their figures do not decide; any other
 * walks the customers. What the journal has to be asked is asked before. */

/* The customer's fields by their tags: shop/customer.c. */
enum { TAG_ERASED = 13, TAG_CONSENT = 19, FIELD_TAGS = 20 };

enum { MEMO = 256, MEMO_TEXT = 44 };

/* Texts met before, and whether they are what is looked for: tags and areas are
 * few, and folding is slow. */
struct memo {
	uint8_t len, known, is;
	char text[MEMO_TEXT];
};

/* A test with its values made ready. */
struct ready {
	const struct filter_test *test;
	enum filter_source source;
	int64_t from, to;		/* numbers and days it is true for */
	bool inverse;			/* and those it is false for */
	struct span window;
	char *fold, *latin, *digits;	/* what is looked for in texts */
	struct memo *memo;
	uint32_t birthdays[13];		/* a bit for each day of each month */
	struct people_set items;	/* ids of items */
	uint32_t *count;		/* by customer; filled by the pass */
};

/* The tree with the cheapest part first. */
struct plan {
	enum node_kind kind;
	struct ready *ready;
	struct plan **part;
	size_t n;
	unsigned cost;
};

struct filter_state {
	const struct filter *filter;
	int32_t today;
	struct ready *ready;		/* by the test's place */
	struct plan *plan;
	struct programs programs;
	bool needs[FROM_CLV + 1];	/* by source */

	const struct scan *scan;	/* its own, or one that was given */
	struct scan own_scan;
	struct rfm rfm;
	struct clv clv;
	size_t visit_at;		/* first visit of the person, or of one after */

	int64_t seq, last_seq;		/* of the pass over the journal */
	size_t counts;			/* customers that have a place in 'count' */

	enum { STEP_SCAN, STEP_JOURNAL, STEP_RFM, STEP_CLV, STEP_PEOPLE } step;
	bool by_account;
	unsigned last_tag;		/* nothing behind it is asked of a record */
	int64_t next;			/* id */
};

/* -- plan: filter_plan.c -- */

void plan_make(struct filter_state *s);
void plan_free(struct filter_state *s);
/* Where a test's value comes from. */
enum filter_source test_source(const struct filter_test *t);
/* Fills r->items. */
void ready_items(struct ready *r, struct txn *txn);

/* -- one person: filter_person.c -- */

/* What is read of a person, as it is needed. */
struct person {
	struct filter_state *s;
	struct txn *txn;
	struct range accounts, records, lots;
	int64_t id;
	bool has_account, has_record;	/* was looked for */
	struct figures figures;
	struct bytes balances;		/* rows of struct balance */
	/* Of the record, by tag: good where the bit of 'seen' is set. */
	uint32_t seen;
	struct bytes text[FIELD_TAGS];
	int64_t number[FIELD_TAGS];
};

void person_open(struct person *p, struct filter_state *s, struct txn *txn);
void person_close(struct person *p);
void person_start(struct person *p, int64_t id);
/* From its row. */
void person_account(struct person *p, struct bytes row);
void person_record(struct person *p, struct bytes row);
/* Looks the rows up, once. */
void person_need_account(struct person *p);
void person_need_record(struct person *p);
bool person_is_there(struct person *p);		/* neither erased nor merged */
/* Of their record; empty or 0 where it has none. */
struct bytes person_text(struct person *p, unsigned tag);
int64_t person_number(struct person *p, unsigned tag);

/* As shop/standing.h has them. */
int64_t person_balance(struct person *p, int64_t program);
bool person_member(struct person *p, int64_t program);
int64_t person_ready(struct person *p);
int64_t person_lapses(struct person *p);	/* 0: nothing does */
const uint64_t *person_visits(struct person *p, size_t *n);

/* -- tests: filter_test.c -- */

bool test_holds(const struct ready *r, struct person *p);
bool text_holds(const struct ready *r, struct person *p);
bool plan_holds(const struct plan *plan, struct person *p);
/* May it be true of somebody without an account, whatever their record says? */
bool plan_may_hold_without_account(const struct plan *plan, struct person *nobody);

/* -- the pass over the journal: filter_journal.c -- */

/* A part of it; false after the last. */
bool journal_part(struct filter_state *s, struct txn *txn);

#endif

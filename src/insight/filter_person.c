/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/filter_search.h"

#include <string.h>

#include "base/clock.h"
#include "shop/earn.h"

/* Fields by their tags: shop/customer.c, ledger/account.c. */
enum { NEAR = 24 };		/* steps that are cheaper than a search */

enum { TAG_BALANCES = 6, TAG_UNIT = 1, TAG_AMOUNT = 2 };

void person_open(struct person *p, struct filter_state *s, struct txn *txn)
{
	memset(p, 0, sizeof(*p));
	p->s = s;
	p->txn = txn;
	range_start(&p->accounts, txn, TABLE_ACCOUNT, NULL);
	range_start(&p->records, txn, TABLE_CUSTOMER, NULL);
	range_start(&p->lots, txn, TABLE_LOT, NULL);
}

void person_close(struct person *p)
{
	range_end(&p->accounts);
	range_end(&p->records);
	range_end(&p->lots);
}

void person_start(struct person *p, int64_t id)
{
	p->id = id;
	p->has_account = p->has_record = false;
}

static void damaged(struct person *p, const char *what)
{
	txn_fail(p->txn, fail(ST_CORRUPT, "a damaged %s record; run: regulars verify", what));
}

void person_account(struct person *p, struct bytes row)
{
	struct peek f = peek_at(row);

	p->has_account = true;
	p->figures = (struct figures){ 0 };
	p->balances.len = 0;
	while (peek_next(&f)) {
		switch (f.tag) {
		case 1: p->figures.sales = f.number; break;
		case 2: p->figures.visits = f.number; break;
		case 3: p->figures.spend = f.number; break;
		case 4: p->figures.first_day = f.number; break;
		case 5: p->figures.last_day = f.number; break;
		case TAG_BALANCES:
			p->balances = f.has_bytes ? f.bytes : p->balances;
			return;
		}
	}
	if (f.bad)
		damaged(p, "account");
}

void person_record(struct person *p, struct bytes row)
{
	struct peek f = peek_at(row);

	p->has_record = true;
	p->seen = 0;
	while (peek_next(&f) && f.tag <= p->s->last_tag) {
		if (f.has_bytes)
			p->text[f.tag] = f.bytes;
		else
			p->number[f.tag] = f.number;
		p->seen |= UINT32_C(1) << f.tag;
	}
	if (f.bad)
		damaged(p, "customer");
}

static uint32_t id_of(const struct range *r)
{
	return (uint32_t)key_read(r->key.at, 4);
}

/* Rows stand by id, so that there are never more between two than ids. */
static bool find(struct range *r, int64_t id)
{
	bool on_row = r->key.len == 4;		/* else none was found yet */
	int64_t gap = on_row ? id - id_of(r) : 0;
	struct key k;

	if (on_row && !gap)
		return true;
	k.len = 0;
	key_int(&k, (uint64_t)id, 4);
	return range_find(r, &k, gap > 0 && gap <= NEAR ? (unsigned)gap : 0);
}

void person_need_account(struct person *p)
{
	if (p->has_account)
		return;
	if (find(&p->accounts, p->id))
		person_account(p, p->accounts.value);
	else
		person_account(p, (struct bytes){ "", 0 });
}

/* A record that is not there is that of nobody: as if it were erased. */
void person_need_record(struct person *p)
{
	if (p->has_record)
		return;
	if (find(&p->records, p->id)) {
		person_record(p, p->records.value);
	} else {
		person_record(p, (struct bytes){ "", 0 });
		p->seen = UINT32_C(1) << TAG_ERASED;
	}
}

bool person_is_there(struct person *p)
{
	person_need_record(p);
	return !(p->seen >> TAG_ERASED & 1);
}

struct bytes person_text(struct person *p, unsigned tag)
{
	person_need_record(p);
	return p->seen >> tag & 1 ? p->text[tag] : (struct bytes){ "", 0 };
}

int64_t person_number(struct person *p, unsigned tag)
{
	person_need_record(p);
	return p->seen >> tag & 1 ? p->number[tag] : 0;
}

/* -- balances and lots -- */

/* The next row of the account's balances. */
static bool next_balance(struct bytes *rows, int64_t *unit, int64_t *amount)
{
	struct bytes row;
	struct peek f;

	*unit = *amount = 0;
	if (!peek_row(rows, &row))
		return false;
	for (f = peek_at(row); peek_next(&f);) {
		if (f.tag == TAG_UNIT)
			*unit = f.number;
		else if (f.tag == TAG_AMOUNT)
			*amount = f.number;
	}
	return true;
}

static bool find_balance(struct person *p, int64_t wanted, int64_t *amount)
{
	struct bytes rows;
	int64_t unit;

	person_need_account(p);
	rows = p->balances;
	while (next_balance(&rows, &unit, amount))
		if (unit == wanted)
			return true;
	*amount = 0;
	return false;
}

/* Goes before the first lot with this prefix. */
static void seek_lots(struct person *p, const struct key *prefix)
{
	range_seek(&p->lots, prefix);
}

static bool next_lot(struct person *p, const struct key *prefix, struct lot *lot)
{
	if (!range_next(&p->lots) || p->lots.key.len < prefix->len ||
	    memcmp(p->lots.key.at, prefix->at, prefix->len))
		return false;
	if (lot_from_row(p->lots.key, p->lots.value, lot))
		return true;
	txn_fail(p->txn, fail(ST_CORRUPT, "a damaged lot; run: regulars verify"));
	return false;
}

static int64_t usable(struct person *p, int64_t unit, int64_t balance)
{
	struct key prefix = lot_prefix(p->id, unit);
	int64_t sum = 0;
	struct lot lot;

	if (balance <= 0)
		return balance;
	seek_lots(p, &prefix);
	while (next_lot(p, &prefix, &lot))
		if (lot_usable(&lot, p->s->today))
			sum += lot.left;
	return sum;
}

static bool is_absent(const struct person *p, int64_t program)
{
	const struct program *row = program_by_id(&p->s->programs, program);

	return row && program_absent(row, &p->figures, p->s->today);
}

int64_t person_balance(struct person *p, int64_t program)
{
	int64_t unit = unit_make(UNIT_PROGRAM, program), balance;

	find_balance(p, unit, &balance);
	if (balance > 0 && is_absent(p, program))
		return 0;
	return usable(p, unit, balance);
}

bool person_member(struct person *p, int64_t program)
{
	int64_t balance;

	return find_balance(p, unit_make(UNIT_PROGRAM, program), &balance);
}

int64_t person_ready(struct person *p)
{
	int64_t unit, amount, sum = 0;
	struct bytes rows;

	person_need_account(p);
	rows = p->balances;
	while (next_balance(&rows, &unit, &amount))
		if (unit_class(unit) == UNIT_REWARD && amount > 0)
			sum += usable(p, unit, amount);
	return sum;
}

int64_t person_lapses(struct person *p)
{
	struct key prefix = account_key(p->id);
	int64_t first = 0;
	struct lot lot;

	person_need_account(p);
	if (!p->balances.len)
		return 0;
	seek_lots(p, &prefix);
	while (next_lot(p, &prefix, &lot)) {
		if (!lot.left || lot.through == LOT_NEVER || lot.through < p->s->today ||
		    (first && lot.through >= first) ||
		    (unit_class(lot.unit) == UNIT_PROGRAM && is_absent(p, unit_id(lot.unit))))
			continue;
		first = lot.through;
	}
	return first;
}

/* -- visits -- */

/* People are asked for by rising ids, so what is wanted stands near. */
const uint64_t *person_visits(struct person *p, size_t *n)
{
	const struct scan *scan = p->s->scan;
	size_t at = p->s->visit_at, next;

	while (at < scan->visit_count && visit_customer(scan->visits[at]) < p->id)
		at++;
	p->s->visit_at = at;
	next = at;
	while (next < scan->visit_count && visit_customer(scan->visits[next]) == p->id)
		next++;
	*n = next - at;
	return scan->visits + at;
}

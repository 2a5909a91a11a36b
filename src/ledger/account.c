/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/account.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const struct field balance_fields[] = {
	FIELD(1, FIELD_INT, struct balance, unit, .label = "Unit"),
	FIELD(2, FIELD_INT, struct balance, amount, .label = "Balance"),
	{ 0 }
};
static const struct record_type balance_type = {
	"balance", sizeof(struct balance), balance_fields, 0
};

static const struct field account_fields[] = {
	FIELD(1, FIELD_INT, struct account, figures.sales, .label = "Sales"),
	FIELD(2, FIELD_INT, struct account, figures.visits, .label = "Visits"),
	FIELD(3, FIELD_MONEY, struct account, figures.spend, .label = "Spend"),
	FIELD(4, FIELD_DAY, struct account, figures.first_day, .label = "First visit"),
	FIELD(5, FIELD_DAY, struct account, figures.last_day, .label = "Last visit"),
	FIELD_ROWS(6, struct account, balance_count, balances, balance_type),
	{ 0 }
};
const struct record_type account_type = {
	"account", sizeof(struct account), account_fields, offsetof(struct account, later)
};

static const struct field house_fields[] = {
	FIELD(1, FIELD_INT, struct house, side[COUNTER_ISSUED], .label = "Issued"),
	FIELD(2, FIELD_INT, struct house, side[COUNTER_REDEEMED], .label = "Redeemed"),
	FIELD(3, FIELD_INT, struct house, side[COUNTER_EXPIRED], .label = "Expired"),
	FIELD(4, FIELD_INT, struct house, side[COUNTER_ADJUSTED], .label = "Adjusted"),
	FIELD(5, FIELD_INT, struct house, side[COUNTER_OPENING], .label = "Opening"),
	FIELD(6, FIELD_INT, struct house, side[COUNTER_MOVED], .label = "Moved"),
	{ 0 }
};
const struct record_type house_type = {
	"house", sizeof(struct house), house_fields, offsetof(struct house, later)
};

/* -- positions and lots -- */

struct position *holder_position(const struct holder *h, int64_t unit)
{
	for (size_t i = 0; i < h->position_count; i++)
		if (h->positions[i].unit == unit)
			return &h->positions[i];
	return NULL;
}

struct position *holder_position_add(struct holder *h, int64_t unit)
{
	struct position *p = holder_position(h, unit);

	if (p)
		return p;
	h->positions = mem_grow(h->positions, h->position_count, &h->position_cap, sizeof(*p));
	p = &h->positions[h->position_count++];
	*p = (struct position){ .unit = unit };
	return p;
}

void holder_release(struct holder *h)
{
	for (size_t i = 0; i < h->position_count; i++)
		free(h->positions[i].lots);
	free(h->positions);
	h->positions = NULL;
	h->position_count = h->position_cap = 0;
}

static int order(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

int lot_compare(const void *one, const void *two)
{
	const struct lot *a = one, *b = two;
	int o = order(a->through, b->through);

	if (!o)
		o = order(a->acquired, b->acquired);
	if (!o)
		o = order(a->seq, b->seq);
	return o ? o : order(a->n, b->n);
}

struct lot *position_lot(struct position *p, int64_t seq, int64_t n)
{
	for (size_t i = p->lot_count; i-- > 0;)
		if (p->lots[i].seq == seq && p->lots[i].n == n)
			return &p->lots[i];
	return NULL;
}

/* Lots come mostly in order; a late one is moved down to its place. */
struct lot *position_lot_add(struct position *p, const struct lot *lot)
{
	size_t i = p->lot_count;

	p->lots = mem_grow(p->lots, p->lot_count, &p->lot_cap, sizeof(*lot));
	for (; i > 0 && lot_compare(&p->lots[i - 1], lot) > 0; i--)
		p->lots[i] = p->lots[i - 1];
	p->lots[i] = *lot;
	p->lot_count++;
	return &p->lots[i];
}

bool lot_usable(const struct lot *lot, int32_t day)
{
	return lot->left > 0 && lot->through >= day && lot->from <= day;
}

int64_t position_usable(const struct position *p, int32_t day)
{
	int64_t sum = 0;

	if (p->balance < 0)
		return p->balance;
	for (size_t i = 0; i < p->lot_count; i++)
		if (lot_usable(&p->lots[i], day))
			sum += p->lots[i].left;
	return sum;
}

int64_t position_pending(const struct position *p, int32_t day)
{
	int64_t sum = 0;

	for (size_t i = 0; i < p->lot_count; i++)
		if (p->lots[i].through >= day && p->lots[i].from > day)
			sum += p->lots[i].left;
	return sum;
}

static enum status bad_move(const struct entry *e, uint32_t i)
{
	return fail(ST_CORRUPT, "entry %" PRId64 ", posting %u: it moves more than the lot has",
		    e->seq, (unsigned)i);
}

/* Gives what the moves of posting i do to the lots: their sum. */
static enum status apply_moves(struct position *p, const struct entry *e, uint32_t i,
			       int64_t *sum)
{
	*sum = 0;
	for (uint32_t m = 0; m < e->move_count; m++) {
		const struct move *move = &e->moves[m];
		struct lot *lot;

		if (move->posting != (int64_t)i)
			continue;
		lot = position_lot(p, move->seq, move->n);
		if (!lot || __builtin_add_overflow(lot->left, move->amount, &lot->left) ||
		    lot->left < 0 || __builtin_add_overflow(*sum, move->amount, sum))
			return bad_move(e, i);
		lot->changed = true;
	}
	return ST_OK;
}

enum status holder_apply(struct holder *h, const struct entry *e, uint32_t i)
{
	const struct posting *posting = &e->postings[i];
	struct position *p = holder_position_add(h, posting->unit);
	int64_t owed = p->balance < 0 ? p->balance : 0, moved, opened;
	enum status st = apply_moves(p, e, i, &moved);

	if (st != ST_OK)
		return st;
	if (__builtin_add_overflow(p->balance, posting->amount, &p->balance))
		return fail(ST_FULL, "entry %" PRId64 ": a balance larger than can be kept",
			    e->seq);
	h->changed = true;
	/* A credit fills what is owed first, then lots; the rest opens its own. */
	if (__builtin_sub_overflow(posting->amount, moved, &opened) ||
	    __builtin_add_overflow(opened, owed, &opened))
		return bad_move(e, i);
	if (posting->amount > 0 && opened > 0)
		position_lot_add(p, &(struct lot){
			.unit = posting->unit, .acquired = e->occurred, .seq = e->seq, .n = i,
			.through = posting->through ? posting->through : LOT_NEVER,
			.from = posting->from, .left = opened, .changed = true });
	return ST_OK;
}

/* -- stored forms -- */

struct key account_key(int64_t customer)
{
	struct key k;

	k.len = 0;
	key_int(&k, (uint64_t)customer, 4);
	return k;
}

struct key lot_prefix(int64_t customer, int64_t unit)
{
	struct key k = account_key(customer);

	key_int(&k, (uint64_t)unit, 4);
	return k;
}

struct key lot_key(int64_t customer, const struct lot *lot)
{
	struct key k = lot_prefix(customer, lot->unit);

	key_int(&k, (uint64_t)lot->through, 4);
	key_int(&k, (uint64_t)lot->acquired, 8);
	key_int(&k, (uint64_t)lot->seq, 8);
	key_int(&k, (uint64_t)lot->n, 1);
	return k;
}

bool lot_from_row(struct bytes key, struct bytes value, struct lot *lot)
{
	const uint8_t *k = key.at, *v = value.at;
	uint64_t left, from;
	size_t n;

	if (key.len != 29)
		return false;
	n = varint_get(v, value.len, &left);
	if (!n || !varint_get(v + n, value.len - n, &from))
		return false;
	*lot = (struct lot){
		.unit = (int64_t)key_read(k + 4, 4), .through = (int64_t)key_read(k + 8, 4),
		.acquired = (int64_t)key_read(k + 12, 8), .seq = (int64_t)key_read(k + 20, 8),
		.n = (int64_t)key_read(k + 28, 1), .left = (int64_t)left,
		.from = (int64_t)from, .stored = true };
	return true;
}

struct bytes lot_value(const struct lot *lot, uint8_t room[20])
{
	size_t n = varint_put(room, (uint64_t)lot->left);

	n += varint_put(room + n, (uint64_t)lot->from);
	return (struct bytes){ room, n };
}

static bool has_history(struct txn *txn, int64_t customer)
{
	struct key prefix = timeline_prefix(customer);
	struct range r;
	bool any;

	range_start(&r, txn, TABLE_TIMELINE, &prefix);
	any = range_next(&r);
	range_end(&r);
	return any;
}

bool holder_load(struct txn *txn, int64_t customer, struct holder *h)
{
	static struct account a;	/* one thread; too large to clear each time */
	struct key k = account_key(customer);
	struct bytes value;

	*h = (struct holder){ .id = customer };
	if (!txn_get(txn, TABLE_ACCOUNT, &k, &value)) {
		/* A row whose key was damaged is not met above. */
		if (has_history(txn, customer))
			txn_fail(txn, fail(ST_CORRUPT, "customer %" PRId64 ": the balances are "
					   "missing; run: regulars verify", customer));
		return false;
	}
	if (record_decode(&account_type, &a, value.at, value.len) != ST_OK) {
		txn_fail(txn, ST_CORRUPT);
		return false;
	}
	h->figures = a.figures;
	for (uint32_t i = 0; i < a.balance_count; i++)
		holder_position_add(h, a.balances[i].unit)->balance = a.balances[i].amount;
	return true;
}

/* Reward units that are at zero are left out; a program's stays, for it says
 * that the customer takes part. */
static void fill_account(const struct holder *h, struct account *a)
{
	record_clear(&account_type, a);
	a->figures = h->figures;
	for (size_t i = 0; i < h->position_count; i++) {
		const struct position *p = &h->positions[i];

		if (!p->balance && unit_class(p->unit) == UNIT_REWARD)
			continue;
		if (a->balance_count < ACCOUNT_UNITS)
			a->balances[a->balance_count] = (struct balance){ p->unit, p->balance };
		a->balance_count++;
	}
}

static int by_unit(const void *a, const void *b)
{
	return order(((const struct balance *)a)->unit, ((const struct balance *)b)->unit);
}

void holder_store(struct txn *txn, const struct holder *h)
{
	static struct account a;
	uint8_t row[8192];
	struct key k = account_key(h->id);
	size_t len = sizeof(row);
	enum status st;

	fill_account(h, &a);
	if (a.balance_count > ACCOUNT_UNITS) {
		txn_fail(txn, fail(ST_FULL, "customer %" PRId64 " takes part in more than %d "
				   "programs and rewards", h->id, ACCOUNT_UNITS));
		return;
	}
	/* One order, so that the bytes do not tell which unit came first. */
	qsort(a.balances, a.balance_count, sizeof(a.balances[0]), by_unit);
	st = record_encode(&account_type, &a, row, &len);
	if (st != ST_OK)
		txn_fail(txn, st);
	else
		txn_put(txn, TABLE_ACCOUNT, &k, (struct bytes){ row, len });
}

void position_load(struct txn *txn, int64_t customer, struct position *p)
{
	struct key prefix = lot_prefix(customer, p->unit);
	struct range r;
	struct lot lot;
	int64_t left = 0;

	if (p->loaded)
		return;
	p->loaded = true;
	range_start(&r, txn, TABLE_LOT, &prefix);
	while (range_next(&r)) {
		if (!lot_from_row(r.key, r.value, &lot))
			txn_fail(txn, fail(ST_CORRUPT, "a damaged lot; run: regulars verify"));
		else
			position_lot_add(p, &lot);
	}
	range_end(&r);
	for (size_t i = 0; i < p->lot_count; i++)
		left += p->lots[i].left;
	/* A lot whose key was damaged is not met above. */
	if (left < p->balance)
		txn_fail(txn, fail(ST_CORRUPT, "customer %" PRId64 ": lots of what they hold are "
				   "missing; run: regulars verify", customer));
}

static struct key house_key(int64_t unit)
{
	return account_key(unit);
}

void house_load(struct txn *txn, int64_t unit, struct house *h)
{
	struct key k = house_key(unit);
	struct bytes value;

	record_clear(&house_type, h);
	if (txn_get(txn, TABLE_HOUSE, &k, &value) &&
	    record_decode(&house_type, h, value.at, value.len) != ST_OK)
		txn_fail(txn, ST_CORRUPT);
}

void house_store(struct txn *txn, int64_t unit, const struct house *h)
{
	uint8_t row[512];
	struct key k = house_key(unit);
	size_t len = sizeof(row);
	enum status st = record_encode(&house_type, h, row, &len);

	if (st != ST_OK)
		txn_fail(txn, st);
	else
		txn_put(txn, TABLE_HOUSE, &k, (struct bytes){ row, len });
}

struct key timeline_prefix(int64_t customer)
{
	return account_key(customer);
}

struct key timeline_key(int64_t customer, int64_t occurred, int64_t seq)
{
	struct key k = timeline_prefix(customer);

	key_int(&k, (uint64_t)occurred, 8);
	key_int(&k, (uint64_t)seq, 8);
	return k;
}

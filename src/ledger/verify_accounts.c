/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "ledger/verify_holders.h"

/* What is stored about customers and the shop's side, against the journal. */

struct comparing {
	struct verify *v;
	struct replay replay;
	struct range accounts, lots;
	int64_t account, lot;		/* whose row the range is on; 0: no more */
	struct account *stored;
	struct lot *have, *want;	/* lots of one customer */
	size_t have_n, have_cap, want_n, want_cap;
};

static const char *words(struct verify *v, int64_t unit)
{
	static char out[UNIT_WORDS];	/* for one sentence */

	v->unit_words(v->words_arg, unit, out);
	return out;
}

/* -- figures and balances -- */

static void tell_figure(struct verify *v, int64_t customer, const char *what,
			const int64_t values[2])
{
	verify_fault(v, "customer %" PRId64 ": %s is %" PRId64 ", the journal says %" PRId64,
		     customer, what, values[0], values[1]);
}

static void tell_day(struct verify *v, int64_t customer, const char *what,
		     const int64_t values[2])
{
	char is[DAY_TEXT], should[DAY_TEXT];

	day_print((int32_t)values[0], is);
	day_print((int32_t)values[1], should);
	verify_fault(v, "customer %" PRId64 ": %s is %s, the journal says %s", customer, what,
		     values[0] ? is : "none", values[1] ? should : "none");
}

static void compare_figures(struct comparing *c)
{
	static const struct {
		const char *what;
		size_t at;
		bool day;
	} all[] = {
		{ "number of sales", offsetof(struct figures, sales), false },
		{ "number of visits", offsetof(struct figures, visits), false },
		{ "spend in minor units", offsetof(struct figures, spend), false },
		{ "first visit", offsetof(struct figures, first_day), true },
		{ "last visit", offsetof(struct figures, last_day), true },
	};
	const char *is = (const char *)&c->stored->figures;
	const char *should = (const char *)&c->replay.h.figures;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		int64_t values[2];

		memcpy(&values[0], is + all[i].at, sizeof(values[0]));
		memcpy(&values[1], should + all[i].at, sizeof(values[1]));
		if (values[0] != values[1])
			(all[i].day ? tell_day : tell_figure)(c->v, c->replay.h.id, all[i].what,
							      values);
	}
}

static int64_t stored_balance(const struct account *a, int64_t unit, bool *there)
{
	*there = false;
	for (uint32_t i = 0; i < a->balance_count; i++)
		if (a->balances[i].unit == unit) {
			*there = true;
			return a->balances[i].amount;
		}
	return 0;
}

static void tell_balance(struct comparing *c, int64_t unit, int64_t is, int64_t should)
{
	verify_fault(c->v, "customer %" PRId64 ": balance of %s is %" PRId64 ", the journal says %"
		     PRId64, c->replay.h.id, words(c->v, unit), is, should);
}

static void compare_balances(struct comparing *c)
{
	const struct holder *h = &c->replay.h;
	bool there;

	for (size_t i = 0; i < h->position_count; i++) {
		const struct position *p = &h->positions[i];
		int64_t is = stored_balance(c->stored, p->unit, &there);
		/* See holder_store(): a program at zero says that they take part. */
		bool kept = p->balance || unit_class(p->unit) != UNIT_REWARD;

		if (is != p->balance || there != kept)
			tell_balance(c, p->unit, is, p->balance);
	}
	for (uint32_t i = 0; i < c->stored->balance_count; i++) {
		const struct balance *b = &c->stored->balances[i];

		if (!holder_position(h, b->unit))
			tell_balance(c, b->unit, b->amount, 0);
	}
}

/* -- lots -- */

static void gather_wanted(struct comparing *c)
{
	struct holder *h = &c->replay.h;

	c->want_n = 0;
	holder_sort(h);
	for (size_t i = 0; i < h->position_count; i++)
		for (size_t j = 0; j < h->positions[i].lot_count; j++) {
			const struct lot *lot = &h->positions[i].lots[j];

			if (lot->left <= 0)
				continue;
			c->want = mem_grow(c->want, c->want_n, &c->want_cap, sizeof(*c->want));
			c->want[c->want_n++] = *lot;
		}
}

static int lot_order(const struct lot *a, const struct lot *b)
{
	if (a->unit != b->unit)
		return a->unit < b->unit ? -1 : 1;
	return lot_compare(a, b);
}

static void tell_lot(struct comparing *c, const struct lot *lot, int64_t is, int64_t should)
{
	verify_fault(c->v, "customer %" PRId64 ": of %s from entry %" PRId64 " %" PRId64
		     " are left, the journal says %" PRId64, c->replay.h.id,
		     words(c->v, lot->unit), lot->seq, is, should);
}

static void compare_lots(struct comparing *c)
{
	size_t i = 0, j = 0;

	gather_wanted(c);
	while (i < c->have_n || j < c->want_n) {
		int order = i == c->have_n ? 1 : j == c->want_n ? -1 :
			    lot_order(&c->have[i], &c->want[j]);

		if (order < 0) {
			tell_lot(c, &c->have[i], c->have[i].left, 0);
			i++;
		} else if (order > 0) {
			tell_lot(c, &c->want[j], 0, c->want[j].left);
			j++;
		} else {
			const struct lot *have = &c->have[i++], *want = &c->want[j++];

			if (have->left != want->left || have->from != want->from)
				tell_lot(c, have, have->left, want->left);
		}
	}
}

/* -- one customer after another -- */

static void next_account(struct comparing *c)
{
	c->account = 0;
	while (!c->account && verify_next(c->v, &c->accounts)) {
		if (c->accounts.key.len == 4)
			c->account = (int64_t)key_read(c->accounts.key.at, 4);
		if (!c->account)
			verify_fault(c->v, "table account has a row of nobody");
	}
}

static void next_lot(struct comparing *c)
{
	c->lot = 0;
	while (!c->lot && verify_next(c->v, &c->lots)) {
		if (c->lots.key.len == 29)
			c->lot = (int64_t)key_read(c->lots.key.at, 4);
		if (!c->lot)
			verify_fault(c->v, "table lot has a row of nobody");
	}
}

static void take_account(struct comparing *c, int64_t customer, bool *there)
{
	record_clear(&account_type, c->stored);
	*there = c->account == customer;
	if (!*there)
		return;
	if (record_decode(&account_type, c->stored, c->accounts.value.at,
			  c->accounts.value.len) != ST_OK)
		verify_fault(c->v, "customer %" PRId64 ": the stored balances cannot be read",
			     customer);
	for (uint32_t i = 0; i < c->stored->balance_count; i++) {
		struct verify_unit *u = verify_unit(c->v, c->stored->balances[i].unit);

		u->held = (int64_t)((uint64_t)u->held + (uint64_t)c->stored->balances[i].amount);
	}
	next_account(c);
}

static void take_lots(struct comparing *c, int64_t customer)
{
	struct lot lot;

	c->have_n = 0;
	while (c->lot == customer) {
		if (!lot_from_row(c->lots.key, c->lots.value, &lot)) {
			verify_fault(c->v, "customer %" PRId64 ": a stored lot cannot be read",
				     customer);
		} else {
			c->have = mem_grow(c->have, c->have_n, &c->have_cap, sizeof(*c->have));
			c->have[c->have_n++] = lot;
		}
		next_lot(c);
	}
}

static void compare_customer(struct comparing *c, int64_t customer)
{
	bool has_entries = c->replay.next == customer;
	bool can_tell = replay_customer(&c->replay, customer), there;

	take_account(c, customer, &there);
	take_lots(c, customer);
	if (!can_tell || seqs_have(&c->v->unclear, customer))
		return;
	if (there && !has_entries)
		verify_fault(c->v, "customer %" PRId64 ": there are balances, but no entries",
			     customer);
	if (has_entries && !there)
		verify_fault(c->v, "customer %" PRId64 ": the stored balances are missing",
			     customer);
	compare_figures(c);
	compare_balances(c);
	compare_lots(c);
}

static int64_t lowest(int64_t a, int64_t b)
{
	return !a || (b && b < a) ? b : a;
}

/* -- the shop's side -- */

static void check_house_row(struct verify *v, int64_t unit, const struct house *stored)
{
	struct verify_unit *u = verify_unit(v, unit);
	uint64_t sum = (uint64_t)u->held;

	for (int i = 0; i < COUNTERPARTS; i++) {
		sum += (uint64_t)stored->side[i];
		if (stored->side[i] == u->house.side[i])
			continue;
		verify_fault(v, "the shop's side of %s: \"%s\" is %" PRId64 ", the journal says %"
			     PRId64, words(v, unit), house_type.fields[i].label, stored->side[i],
			     u->house.side[i]);
	}
	if (sum)
		verify_fault(v, "%s: what customers hold, %" PRId64 ", is not what the shop gave",
			     words(v, unit), u->held);
}

static void check_house(struct verify *v)
{
	static const struct house none;
	struct house stored;
	struct seqs seen = { 0 };
	struct range r;

	range_start(&r, v->txn, TABLE_HOUSE, NULL);
	while (verify_next(v, &r)) {
		int64_t unit = r.key.len == 4 ? (int64_t)key_read(r.key.at, 4) : -1;

		if (unit < 0 ||
		    record_decode(&house_type, &stored, r.value.at, r.value.len) != ST_OK) {
			verify_fault(v, "table house has a row that cannot be read");
			continue;
		}
		seqs_add(&seen, unit);
		check_house_row(v, unit, &stored);
	}
	range_end(&r);
	for (size_t i = 0; i < v->unit_count; i++)	/* rows come in order: seen is sorted */
		if (!seqs_have(&seen, v->units[i].unit))
			check_house_row(v, v->units[i].unit, &none);
	free(seen.at);
}

void verify_holders(struct verify *v)
{
	struct comparing c = { .v = v };
	int64_t customer;

	c.stored = mem_alloc(sizeof(*c.stored));
	replay_start(&c.replay, v);
	range_start(&c.accounts, v->txn, TABLE_ACCOUNT, NULL);
	range_start(&c.lots, v->txn, TABLE_LOT, NULL);
	next_account(&c);
	next_lot(&c);
	while ((customer = lowest(lowest(c.account, c.lot), c.replay.next)) &&
	       txn_status(v->txn) == ST_OK)
		compare_customer(&c, customer);
	range_end(&c.accounts);
	range_end(&c.lots);
	replay_end(&c.replay);
	free(c.stored);
	free(c.have);
	free(c.want);
	if (txn_status(v->txn) == ST_OK)
		check_house(v);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/verbs.h"

#include "base/clock.h"
#include "base/digest.h"
#include "base/money.h"

struct key day_key(enum done_space space, int32_t day)
{
	struct key k = done_key(space);

	key_int(&k, (uint64_t)day, 4);
	return k;
}

/* Sales less refunds of the day, without what was undone. */
static int64_t rung_up_on(struct txn *txn, int32_t day)
{
	struct entry_head head;
	struct range r;
	int64_t sum = 0;

	range_start(&r, txn, TABLE_JOURNAL, NULL);
	while (range_next(&r))
		if (entry_head(r.key, r.value, &head) && head.day == day &&
		    (head.kind == ENTRY_SALE || head.kind == ENTRY_REFUND) &&
		    !entry_is_undone(txn, head.seq))
			sum += head.total;
	range_end(&r);
	return sum;
}

static enum status check(const struct trade *t, const struct day_close *c, int64_t rung)
{
	char takings[MONEY_TEXT], rung_up[MONEY_TEXT];

	if (c->day > clock_day(t->by.now))
		return fail(ST_REFUSED, "a day is closed when it is over, not before");
	if (c->takings > MONEY_MOST)
		return fail(ST_REFUSED, "takings larger than can be kept");
	if (c->takings < 0 || c->takings >= rung || c->short_too)
		return ST_OK;
	money_print(c->takings, t->shop->decimals, takings);
	money_print(rung, t->shop->decimals, rung_up);
	return fail(ST_REFUSED, "the takings of %s are less than the %s that were rung up; count "
		    "again, or refund what was rung up by mistake", takings, rung_up);
}

/* The last instant of a past day, so that it stands in that day; now, for today. */
static int64_t moment(const struct trade *t, int32_t day)
{
	return day == clock_day(t->by.now) ? t->by.now :
					     clock_day_start(day + 1) - CLOCK_SECOND;
}

/* 'counted' stands in the entry, so that its natural key can be made from it. */
static enum status post_day(struct trade *t, enum entry_kind kind, const struct day_close *c,
			    int64_t total)
{
	enum status st;

	book_start(&t->book, t->entry, kind, &t->by);
	entry_occurred(t->entry, moment(t, c->day));
	t->entry->total = total;
	t->entry->subject = c->takings >= 0;
	st = book_post(&t->book, t->entry);
	t->seq = t->entry->seq;
	return st;
}

static enum status close_work(struct trade *t, void *arg)
{
	const struct day_close *c = arg;
	struct key walk_in = day_key(DONE_WALK_IN, c->day), closed = day_key(DONE_CLOSE, c->day);
	uint64_t content = c->takings < 0 ? UINT64_MAX : (uint64_t)c->takings, there;
	int64_t rung = rung_up_on(t->txn, c->day), rest = c->takings - rung;
	enum status st;

	if (done_find(t->txn, &closed, &t->seq, &there)) {
		if (there == content)
			return ST_OK;
		return fail(ST_EXISTS, "this day was closed with other takings (entry %lld)",
			    (long long)t->seq);
	}
	st = check(t, c, rung);
	if (st != ST_OK)
		return st;
	if (c->takings >= 0 && rest > 0) {
		st = post_day(t, ENTRY_WALK_IN, c, rest);
		if (st != ST_OK)
			return st;
		done_put(t->txn, &walk_in, t->seq, (uint64_t)rest);
	}
	st = post_day(t, ENTRY_CLOSE, c, c->takings >= 0 ? c->takings : rung);
	if (st == ST_OK)
		done_put(t->txn, &closed, t->seq, content);
	return st;
}

enum status day_close(struct shop *shop, const struct actor *by, const struct day_close *c,
		      struct trade_run *out)
{
	int64_t parts[] = { c->day, c->takings, c->short_too };
	struct day_close ask = *c;

	*out = (struct trade_run){ .work = close_work, .arg = &ask,
				   .content = digest_content(parts, sizeof(parts)) };
	return trade_run(shop, by, out);
}

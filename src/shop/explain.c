/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/explain.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/language.h"
#include "base/money.h"
#include "shop/consent.h"
#include "shop/earn.h"
#include "shop/explain_events.h"
#include "shop/rule.h"

struct story {
	struct txn *txn;
	const struct explaining *ask;
	const struct format *f;
	struct buf *out;
	int32_t today;
	struct programs programs;
	struct rewards rewards;
	struct holder h;
	struct events events;
	struct entry *entry;		/* room */
};

static const char *reward_name(const struct story *s, int64_t id)
{
	const struct reward *r = reward_by_id(&s->rewards, id);

	return r ? r->name : "";
}

/* -- what happened -- */

static void tell_history(struct story *s, int64_t unit)
{
	const struct event_teller teller = { s->txn, s->f };
	size_t told = 0, left = 0;

	for (size_t i = 0; i < s->events.n; i++) {
		const struct event *e = &s->events.row[i];
		int64_t reward = unit_class(unit) == UNIT_REWARD ? unit_id(unit) : e->reward;

		if (e->unit != unit)
			continue;
		if (s->ask->most && told == s->ask->most) {
			left++;
			continue;
		}
		event_tell(&teller, e, reward_name(s, reward), s->out);
		buf_text(s->out, "\n");
		told++;
	}
	if (left)
		buf_printf(s->out, _("  earlier entries: %zu\n"), left);
}

/* -- what is there -- */

static void tell_lot(struct story *s, const struct lot *lot)
{
	char from[FORMAT_TEXT], through[FORMAT_TEXT], got[FORMAT_TEXT], left[FORMAT_TEXT];
	struct buf origin = { 0 };

	format_number(s->f, lot->left, left);
	format_day(s->f, clock_day(lot->acquired), got);
	format_day(s->f, (int32_t)lot->from, from);
	format_day(s->f, lot->through == LOT_NEVER ? 0 : (int32_t)lot->through, through);
	event_origin(s->txn, lot->seq, s->entry, &origin);
	if (!origin.at)
		return;		/* the transaction has failed */
	if (lot->through < s->today)
		buf_printf(s->out, _("  %1$s of %2$s (%3$s) lapsed after %4$s\n"), left, got,
			   origin.at, through);
	else if (lot->from > s->today && lot->through == LOT_NEVER)
		buf_printf(s->out, _("  %1$s of %2$s (%3$s): usable from %4$s\n"), left, got,
			   origin.at, from);
	else if (lot->from > s->today)
		buf_printf(s->out, _("  %1$s of %2$s (%3$s): usable from %4$s, good through "
				     "%5$s\n"), left, got, origin.at, from, through);
	else if (lot->through == LOT_NEVER)
		buf_printf(s->out, _("  %1$s of %2$s (%3$s)\n"), left, got, origin.at);
	else
		buf_printf(s->out, _("  %1$s of %2$s (%3$s): good through %4$s\n"), left, got,
			   origin.at, through);
	buf_release(&origin);
}

static void tell_lots(struct story *s, const struct position *p)
{
	size_t most = s->ask->most ? s->ask->most : SIZE_MAX;

	for (size_t i = 0; i < p->lot_count && i < most; i++)
		tell_lot(s, &p->lots[i]);
	if (p->lot_count > most)
		buf_printf(s->out, _("  further lots: %zu\n"), p->lot_count - most);
}

static void tell_absence(struct story *s, const struct program *p, int64_t there)
{
	char last[FORMAT_TEXT], by[FORMAT_TEXT];
	int32_t day = (int32_t)s->h.figures.last_day;

	if (p->validity != VALID_INACTIVE || !day || there <= 0)
		return;
	format_day(s->f, day, last);
	format_day(s->f, day_add_months(day, (int)p->valid_for), by);
	if (program_absent(p, &s->h.figures, s->today))
		buf_printf(s->out, _("  lapsed: the last visit was %1$s, and there was none "
				     "through %2$s\n"), last, by);
	else
		buf_printf(s->out, _("  lapse unless there is a visit through %s\n"), by);
}

/* -- how far the next reward is -- */

static void tell_card(struct story *s, const struct program *p, int64_t stamps)
{
	char more[FORMAT_TEXT];

	format_number(s->f, p->goal - stamps, more);
	if (!p->reward)
		buf_text(s->out, _("  a full card gives no reward yet\n"));
	else if (stamps < p->goal)
		buf_printf(s->out, _("  %1$s more for \"%2$s\"\n"), more,
			   reward_name(s, p->reward));
	else
		buf_printf(s->out, _("  the card is full: \"%s\" comes with the next stamp\n"),
			   reward_name(s, p->reward));
	for (uint32_t i = 0; i < p->milestone_count; i++) {
		const struct milestone *m = &p->milestones[i];

		if (stamps >= m->stamps)
			continue;
		format_number(s->f, m->stamps - stamps, more);
		buf_printf(s->out, _("  %1$s more for \"%2$s\" on the way\n"), more,
			   reward_name(s, m->reward));
	}
}

static void tell_bought(struct story *s, const struct program *p, int64_t points)
{
	char more[FORMAT_TEXT], cost[FORMAT_TEXT];

	for (size_t i = 0; i < s->rewards.n; i++) {
		const struct reward *r = &s->rewards.row[i];

		if (r->program != p->id || !r->cost || r->stopped)
			continue;
		format_number(s->f, r->cost, cost);
		format_number(s->f, r->cost - points, more);
		if (points >= r->cost)
			buf_printf(s->out, _("  enough for \"%1$s\", which takes %2$s\n"), r->name,
				   cost);
		else
			buf_printf(s->out, _("  %1$s more for \"%2$s\", which takes %3$s\n"), more,
				   r->name, cost);
	}
}

static void tell_worth(struct story *s, const struct program *p, int64_t points)
{
	char worth[FORMAT_TEXT], least[FORMAT_TEXT];
	int64_t money;

	if (!p->point_value || points <= 0 ||
	    !mul_div(points, p->point_value, 1, ROUND_FLOOR, &money))
		return;
	format_money(s->f, money, worth);
	if (points < p->min_redeem)
		buf_printf(s->out, _("  as payment from %s on\n"),
			   format_number(s->f, p->min_redeem, least));
	else
		buf_printf(s->out, _("  as payment they are worth %s\n"), worth);
}

/* -- a program, a reward -- */

static struct position *position_of(struct story *s, int64_t unit)
{
	struct position *p = holder_position(&s->h, unit);

	if (p)
		position_load(s->txn, s->h.id, p);
	return p;
}

static void tell_balance(struct story *s, const struct program *p, const struct position *position)
{
	int64_t there = position_usable(position, s->today);
	int64_t waiting = position_pending(position, s->today);
	char now[FORMAT_TEXT], goal[FORMAT_TEXT], later[FORMAT_TEXT];

	if (program_absent(p, &s->h.figures, s->today) && there > 0)
		there = 0;
	format_number(s->f, there < 0 ? -there : there, now);
	format_number(s->f, p->goal, goal);
	format_number(s->f, waiting, later);
	if (there < 0)
		buf_printf(s->out, _("%1$s: owes %2$s; what comes next fills that first\n"),
			   p->name, now);
	else if (p->kind == PROGRAM_STAMPS)
		buf_printf(s->out, _("%1$s: %2$s of %3$s\n"), p->name, now, goal);
	else if (waiting)
		buf_printf(s->out, _("%1$s: %2$s to use, %3$s waiting\n"), p->name, now, later);
	else
		buf_printf(s->out, _("%1$s: %2$s to use\n"), p->name, now);
	if (p->kind == PROGRAM_STAMPS) {
		tell_card(s, p, there);
	} else {
		tell_worth(s, p, there);
		tell_bought(s, p, there);
	}
}

static void tell_program(struct story *s, const struct program *p)
{
	int64_t unit = unit_make(UNIT_PROGRAM, p->id);
	struct position *position = position_of(s, unit);

	if (!position)
		return;
	tell_balance(s, p, position);
	tell_absence(s, p, position_usable(position, s->today));
	tell_lots(s, position);
	tell_history(s, unit);
}

static bool has_history(const struct story *s, int64_t unit)
{
	for (size_t i = 0; i < s->events.n; i++)
		if (s->events.row[i].unit == unit)
			return true;
	return false;
}

static void tell_reward(struct story *s, const struct reward *r)
{
	int64_t unit = unit_make(UNIT_REWARD, r->id);
	struct position *position = position_of(s, unit);
	int64_t ready = position ? position_usable(position, s->today) : 0;
	char n[FORMAT_TEXT];

	if (!ready && !has_history(s, unit))
		return;
	if (ready > 0)
		buf_printf(s->out, _("\"%1$s\": %2$s ready\n"), r->name,
			   format_number(s->f, ready, n));
	else
		buf_printf(s->out, _("\"%s\": none ready\n"), r->name);
	if (position)
		tell_lots(s, position);
	tell_history(s, unit);
}

/* -- the whole -- */

static void tell_who(struct story *s, const struct customer *c)
{
	const struct figures *f = &s->h.figures;
	char title[CUSTOMER_TITLE], first[FORMAT_TEXT], last[FORMAT_TEXT], spend[FORMAT_TEXT];
	char sales[FORMAT_TEXT], visits[FORMAT_TEXT];

	customer_title(c, title);
	format_day(s->f, (int32_t)f->first_day, first);
	format_day(s->f, (int32_t)f->last_day, last);
	format_money(s->f, f->spend, spend);
	format_number(s->f, f->sales, sales);
	format_number(s->f, f->visits, visits);
	buf_printf(s->out, "%s\n", title);
	if (f->sales)
		buf_printf(s->out, _("sales: %1$s, visits: %2$s, from %3$s to %4$s, spent %5$s "
				     "less refunds\n"), sales, visits, first, last, spend);
	else
		buf_text(s->out, _("no sales yet\n"));
}

/* Of each channel on which somebody said something. */
static enum status tell_answers(struct story *s, const struct customer *c)
{
	struct consent_answer answers[CONSENT_CHANNELS];
	enum status st = consent_answers(s->txn, c, answers);

	for (enum consent_channel ch = 0; st == ST_OK && ch < CONSENT_CHANNELS; ch++) {
		const struct consent_answer *a = &answers[ch];
		char day[DAY_TEXT];

		if (!a->said.seq)
			continue;
		day_print(clock_day(a->said.since), day);
		buf_printf(s->out, "consent for %s: %s\n", consent_channel_names[ch],
			   consent_state_names[consent_of(c, ch)]);
		buf_printf(s->out, "  %s  by %s, how: %s", day, a->who,
			   consent_how_name(a->said.how));
		if (*a->words)
			buf_printf(s->out, ", \"%s\"", a->words);
		buf_text(s->out, "\n");
	}
	return st;
}

static enum status tell(struct story *s)
{
	struct customer c;
	enum status st;

	if (!customer_get(s->txn, s->ask->customer, &c))
		return txn_status(s->txn) != ST_OK ? txn_status(s->txn) :
			fail(ST_NOT_FOUND, "there is no customer #%" PRId64, s->ask->customer);
	holder_load(s->txn, s->ask->customer, &s->h);
	programs_load(s->txn, &s->programs);
	rewards_load(s->txn, &s->rewards);
	st = events_load(s->txn, s->ask->customer, &s->events);
	if (st != ST_OK)
		return st;
	tell_who(s, &c);
	for (size_t i = 0; i < s->programs.n; i++)
		tell_program(s, &s->programs.row[i]);
	for (size_t i = 0; i < s->rewards.n; i++)
		tell_reward(s, &s->rewards.row[i]);
	return tell_answers(s, &c);
}

static enum status explain_work(struct txn *txn, void *arg)
{
	struct story *s = arg;
	enum status st;

	s->txn = txn;
	s->entry = entry_new();
	st = tell(s);
	holder_release(&s->h);
	events_release(&s->events);
	programs_release(&s->programs);
	rewards_release(&s->rewards);
	entry_free(s->entry);
	return st;
}

enum status shop_explain(struct shop *shop, const struct explaining *ask, struct buf *out)
{
	struct story s = { .ask = ask, .f = ask->format, .out = out, .today = clock_day(ask->now) };

	return store_read(shop->store, explain_work, &s);
}

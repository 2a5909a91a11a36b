/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/tell.h"

#include "base/language.h"

struct speaker {
	const struct standing *s;
	const struct format *f;
	struct buf *out;
};

static unsigned long plural(int64_t n)
{
	return (unsigned long)(n < 0 ? -n : n);
}

/* -- how they stand -- */

static void say_ready(const struct speaker *t, const struct reward *r)
{
	int64_t n = standing_can_have(t->s, r) ? standing_ready(t->s, r) : 0;
	char count[FORMAT_TEXT];

	if (n == 1)
		buf_sentence(t->out, _("Your %s is ready!"), r->name);
	else if (n > 1)
		buf_sentence(t->out, ngettext("Your %1$s is ready %2$s time!",
					      "Your %1$s is ready %2$s times!", plural(n)),
			     r->name, format_number(t->f, n, count));
}

/* The reward of a program that is nearest, of those that are missing something. */
static const struct reward *nearest(const struct standing *s, const struct program *p)
{
	const struct reward *best = NULL;
	int64_t least = 0;

	for (size_t i = 0; i < s->rewards.n; i++) {
		const struct reward *r = &s->rewards.row[i];
		int64_t missing = r->program == p->id && !r->stopped ? standing_missing(s, r) : 0;

		if (!missing || (best && missing >= least))
			continue;
		best = r;
		least = missing;
	}
	return best;
}

static bool any_ready(const struct standing *s, const struct program *p)
{
	for (size_t i = 0; i < s->rewards.n; i++)
		if (s->rewards.row[i].program == p->id && standing_ready(s, &s->rewards.row[i]) > 0)
			return true;
	return false;
}

/* One thing at a time: while a reward of the card is ready, that is said. */
static void say_card(const struct speaker *t, const struct program *p)
{
	const struct reward *r = nearest(t->s, p);
	char more[FORMAT_TEXT];
	int64_t n;

	if (p->stopped || !r || any_ready(t->s, p) || standing_balance(t->s, p) < 0)
		return;
	n = standing_missing(t->s, r);
	buf_sentence(t->out, ngettext("%1$s more for %2$s.", "%1$s more for %2$s.", plural(n)),
		     format_number(t->f, n, more), r->name);
}

/* The dearest reward that the points buy. */
static const struct reward *affordable(const struct standing *s, const struct program *p)
{
	const struct reward *best = NULL;

	for (size_t i = 0; i < s->rewards.n; i++) {
		const struct reward *r = &s->rewards.row[i];

		if (r->program != p->id || !standing_can_have(s, r))
			continue;
		if (!best || r->cost > best->cost)
			best = r;
	}
	return best;
}

static void say_balance(const struct speaker *t, const struct program *p, int64_t n)
{
	int64_t worth = points_worth(p, n);
	char points[FORMAT_TEXT], money[FORMAT_TEXT];

	format_number(t->f, n, points);
	if (worth)
		buf_sentence(t->out, ngettext("You have %1$s point, worth %2$s.",
					      "You have %1$s points, worth %2$s.", plural(n)),
			     points, format_money_short(t->f, worth, money));
	else
		buf_sentence(t->out, ngettext("You have %s point.", "You have %s points.",
					      plural(n)), points);
}

static void say_what_they_buy(const struct speaker *t, const struct program *p)
{
	const struct reward *r = affordable(t->s, p);
	char more[FORMAT_TEXT];
	int64_t n;

	if (r) {
		buf_sentence(t->out, _("That is enough for %s."), r->name);
		return;
	}
	r = p->stopped ? NULL : nearest(t->s, p);
	if (!r)
		return;
	n = standing_missing(t->s, r);
	buf_sentence(t->out, ngettext("%1$s more point for %2$s.", "%1$s more points for %2$s.",
				      plural(n)), format_number(t->f, n, more), r->name);
}

static void say_points(const struct speaker *t, const struct program *p)
{
	int64_t n = standing_balance(t->s, p), pending = standing_pending(t->s, p);
	char waiting[FORMAT_TEXT];

	if (n > 0) {
		say_balance(t, p, n);
		say_what_they_buy(t, p);
	}
	if (n >= 0 && pending > 0)
		buf_sentence(t->out, ngettext("%s more point is on its way.",
					      "%s more points are on their way.",
					      plural(pending)),
			     format_number(t->f, pending, waiting));
}

void tell_standing(const struct standing *s, const struct format *f, struct buf *out)
{
	struct speaker t = { s, f, out };

	for (size_t i = 0; i < s->rewards.n; i++)
		say_ready(&t, &s->rewards.row[i]);
	for (size_t i = 0; i < s->programs.n; i++)
		if (s->programs.row[i].kind == PROGRAM_STAMPS)
			say_card(&t, &s->programs.row[i]);
		else
			say_points(&t, &s->programs.row[i]);
}

/* -- what was just done -- */

static void say_rules(const struct speaker *t, const struct program *p)
{
	const struct reward *r = reward_by_id(&t->s->rewards, p->reward);
	char earn[FORMAT_TEXT], spend[FORMAT_TEXT];

	if (p->stopped || p->from > t->s->today)
		return;
	if (p->kind == PROGRAM_POINTS)
		buf_sentence(t->out, ngettext("Every %2$s gives you %1$s point.",
					      "Every %2$s gives you %1$s points.", plural(p->earn)),
			     format_number(t->f, p->earn, earn),
			     format_money_short(t->f, p->spend, spend));
	else if (r)
		buf_sentence(t->out, ngettext("%1$s stamp gives you %2$s.",
					      "%1$s stamps give you %2$s.", plural(p->goal)),
			     format_number(t->f, p->goal, earn), r->name);
}

static void say_given(const struct speaker *t, const struct entry *e, const struct reward *r)
{
	if (entry_moved(e, unit_make(UNIT_REWARD, r->id), COUNTER_REDEEMED) < 0)
		buf_sentence(t->out, _("Here is your %s!"), r->name);
}

void tell_aloud(const struct deed *d, const struct format *f, struct buf *out)
{
	const struct standing *s = &d->standing;
	struct speaker t = { s, f, out };

	if (!d->entry->customer || d->undone || d->entry->kind == ENTRY_CONSENT)
		return;
	if (d->first) {
		buf_sentence(out, "%s", _("Welcome!"));
		for (size_t i = 0; i < s->programs.n; i++)
			say_rules(&t, &s->programs.row[i]);
	}
	for (size_t i = 0; i < s->rewards.n; i++)
		say_given(&t, d->entry, &s->rewards.row[i]);
	tell_standing(s, f, out);
}

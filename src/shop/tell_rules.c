/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/tell_rules.h"

#include "base/language.h"

/* Whole sentences stand beside each other, parted by a space. */
static void part(struct buf *out)
{
	if (out->len)
		buf_text(out, " ");
}

static unsigned long many(int64_t n)
{
	return n < 0 ? (unsigned long)-n : (unsigned long)n;
}

void categories_say(const struct category_name *list, uint32_t n, struct buf *out)
{
	for (uint32_t i = 0; i < n; i++) {
		if (i)
			buf_text(out, ", ");
		buf_text(out, list[i].name);
	}
}

/* -- what earns -- */

static void say_stamp_per_sale(const struct program *p, const char *least, const char *category,
			       struct buf *out)
{
	if (p->min_spend && *category)
		buf_printf(out, _("Every sale of %1$s or more with something from %2$s gives "
				  "1 stamp."), least, category);
	else if (*category)
		buf_printf(out, _("Every sale with something from %s gives 1 stamp."), category);
	else if (p->min_spend)
		buf_printf(out, _("Every sale of %s or more gives 1 stamp."), least);
	else
		buf_text(out, _("Every sale gives 1 stamp."));
}

static void say_stamp_per_item(const struct program *p, const char *least, const char *category,
			       struct buf *out)
{
	if (*category)
		buf_printf(out, _("Every item from %s gives 1 stamp."), category);
	else
		buf_text(out, _("Every item gives 1 stamp."));
	if (p->min_spend) {
		part(out);
		buf_printf(out, _("Only sales of %s or more count."), least);
	}
}

static void say_points(const struct program *p, const char *least, const char *category,
		       const struct format *f, struct buf *out)
{
	char earn[FORMAT_TEXT], spend[FORMAT_TEXT];

	if (p->earn < 1 || p->spend < 1)
		return;
	format_number(f, p->earn, earn);
	format_money_short(f, p->spend, spend);
	buf_printf(out, ngettext("%1$s point for every %2$s paid.",
				 "%1$s points for every %2$s paid.", many(p->earn)), earn, spend);
	if (p->min_spend) {
		part(out);
		buf_printf(out, _("Only sales of %s or more count."), least);
	}
	if (*category) {
		part(out);
		buf_printf(out, _("Only these count: %s."), category);
	}
}

void program_say_goal(const struct program *p, const char *reward, const struct format *f,
		      struct buf *out)
{
	char goal[FORMAT_TEXT];

	if (p->kind != PROGRAM_STAMPS || p->goal < 1)
		return;
	part(out);
	format_number(f, p->goal, goal);
	if (*reward)
		buf_printf(out, ngettext("%1$s stamp: %2$s.", "%1$s stamps: %2$s.", many(p->goal)),
			   goal, reward);
	else
		buf_printf(out, ngettext("%s stamp fills the card, which gives nothing yet.",
					 "%s stamps fill the card, which gives nothing yet.",
					 many(p->goal)), goal);
}

void program_say(const struct program *p, const struct rewards *rewards,
		 const struct format *f, struct buf *out)
{
	const struct reward *r = rewards ? reward_by_id(rewards, p->reward) : NULL;
	char least[FORMAT_TEXT];
	struct buf category = { 0 };

	format_money_short(f, p->min_spend, least);
	buf_text(&category, "");
	categories_say(p->include, p->include_count, &category);
	if (p->kind == PROGRAM_POINTS)
		say_points(p, least, category.at, f, out);
	else if (p->per == PER_ITEM)
		say_stamp_per_item(p, least, category.at, out);
	else
		say_stamp_per_sale(p, least, category.at, out);
	if (rewards)
		program_say_goal(p, r ? r->name : "", f, out);
	buf_release(&category);
}

/* -- finer rules -- */

static void say_milestones(const struct program *p, const struct rewards *rewards,
			   const struct format *f, struct buf *out)
{
	for (uint32_t i = 0; i < p->milestone_count; i++) {
		const struct reward *r = reward_by_id(rewards, p->milestones[i].reward);
		char stamps[FORMAT_TEXT];

		part(out);
		format_number(f, p->milestones[i].stamps, stamps);
		buf_printf(out, ngettext("On the way, at %1$s stamp: %2$s.",
					 "On the way, at %1$s stamps: %2$s.",
					 many(p->milestones[i].stamps)),
			   stamps, r ? r->name : "?");
	}
}

static void say_limits(const struct program *p, const struct format *f, struct buf *out)
{
	char text[FORMAT_TEXT];

	if (p->exclude_count) {
		struct buf list = { 0 };

		categories_say(p->exclude, p->exclude_count, &list);
		part(out);
		buf_printf(out, _("These do not count: %s."), list.at);
		buf_release(&list);
	}
	if (p->head_start) {
		part(out);
		format_number(f, p->head_start, text);
		buf_printf(out, ngettext("The first stamp brings %s more as a head start.",
					 "The first stamp brings %s more as a head start.",
					 many(p->head_start)), text);
	}
	if (p->daily_cap) {
		part(out);
		format_number(f, p->daily_cap, text);
		buf_printf(out, ngettext("At most %s a day for one customer.",
					 "At most %s a day for one customer.",
					 many(p->daily_cap)), text);
	}
	if (p->pending_days) {
		part(out);
		format_number(f, p->pending_days, text);
		buf_printf(out, ngettext("Points can be used after %s day.",
					 "Points can be used after %s days.",
					 many(p->pending_days)), text);
	}
}

static void say_validity(const struct program *p, const struct format *f, struct buf *out)
{
	char n[FORMAT_TEXT];
	unsigned long count = many(p->valid_for);

	format_number(f, p->valid_for, n);
	if (p->validity != VALID_NEVER)
		part(out);
	switch ((enum validity)p->validity) {
	case VALID_NEVER:
		break;
	case VALID_DAYS:
		buf_printf(out, ngettext("Good for %s day.", "Good for %s days.", count), n);
		break;
	case VALID_MONTHS:
		buf_printf(out, ngettext("Good for %s month.", "Good for %s months.", count), n);
		break;
	case VALID_MONTH_END:
		buf_text(out, _("Good to the end of the month."));
		break;
	case VALID_YEAR_END:
		buf_text(out, _("Good to the end of the year."));
		break;
	case VALID_INACTIVE:
		buf_printf(out, ngettext("Lost after %s month without a visit.",
					 "Lost after %s months without a visit.", count), n);
		break;
	}
}

static void say_reward_rules(const struct program *p, const struct format *f, struct buf *out)
{
	char days[FORMAT_TEXT];

	if (p->claim_now) {
		part(out);
		buf_text(out, _("The reward is used on the sale that fills the card."));
	}
	if (p->reward_days) {
		part(out);
		format_number(f, p->reward_days, days);
		buf_printf(out, ngettext("The reward is good for %s day.",
					 "The reward is good for %s days.",
					 many(p->reward_days)), days);
	}
}

static void say_payment(const struct program *p, const struct format *f, struct buf *out)
{
	char text[FORMAT_TEXT];

	if (!p->point_value)
		return;
	part(out);
	format_money_short(f, p->point_value, text);
	buf_printf(out, _("A point takes %s off a bill."), text);
	if (p->min_redeem) {
		part(out);
		format_number(f, p->min_redeem, text);
		buf_printf(out, ngettext("They pay from %s point on.",
					 "They pay from %s points on.", many(p->min_redeem)), text);
	}
	if (p->max_share) {
		part(out);
		format_percent(f, p->max_share, text);
		buf_printf(out, _("They pay at most %s of a bill."), text);
	}
}

void program_say_more(const struct program *p, const struct rewards *rewards,
		      const struct format *f, struct buf *out)
{
	say_milestones(p, rewards, f, out);
	say_limits(p, f, out);
	say_payment(p, f, out);
	say_validity(p, f, out);
	say_reward_rules(p, f, out);
	if (p->stopped) {
		part(out);
		buf_text(out, _("It is stopped: it gives nothing new, and what was given stays "
				"good."));
	}
}

/* -- rewards -- */

void reward_say_kind(const struct reward *r, const struct format *f, struct buf *out)
{
	char value[FORMAT_TEXT], most[FORMAT_TEXT];

	format_money_short(f, r->value, value);
	switch ((enum reward_kind)r->kind) {
	case REWARD_FREE:
		buf_text(out, _("free"));
		break;
	case REWARD_AMOUNT:
		buf_printf(out, _("%s off"), value);
		break;
	case REWARD_PERCENT:
		format_percent(f, r->percent, value);
		format_money_short(f, r->most, most);
		if (r->most)
			buf_printf(out, _("%1$s off, at most %2$s"), value, most);
		else
			buf_printf(out, _("%s off"), value);
		break;
	case REWARD_GIFT:
		buf_text(out, _("a gift"));
		break;
	}
}

/* The kind with what it is worth, where the kind alone does not say that. */
static void say_kind_and_worth(const struct reward *r, const struct format *f, struct buf *out)
{
	char value[FORMAT_TEXT];

	format_money_short(f, r->value, value);
	if (r->value && r->kind == REWARD_FREE)
		buf_printf(out, _("free, worth %s"), value);
	else if (r->value && r->kind == REWARD_GIFT)
		buf_printf(out, _("a gift, worth %s"), value);
	else
		reward_say_kind(r, f, out);
}

void reward_say_short(const struct reward *r, const struct format *f, struct buf *out)
{
	struct buf kind = { 0 };
	char n[FORMAT_TEXT];

	say_kind_and_worth(r, f, &kind);
	format_number(f, r->cost, n);
	if (r->cost)
		buf_printf(out, ngettext("%1$s point: %2$s", "%1$s points: %2$s", many(r->cost)), n,
			   kind.at);
	else
		buf_text(out, kind.at);
	buf_release(&kind);
}

static void say_worth(const struct reward *r, const struct format *f, struct buf *out)
{
	char value[FORMAT_TEXT], cost[FORMAT_TEXT];

	format_money_short(f, r->value, value);
	format_money_short(f, r->own_cost, cost);
	if (r->value && r->kind != REWARD_AMOUNT) {
		part(out);
		buf_printf(out, _("It is worth %s to the customer."), value);
	}
	if (r->own_cost) {
		part(out);
		buf_printf(out, _("It costs you %s."), cost);
	}
}

static void say_conditions(const struct reward *r, const struct format *f, struct buf *out)
{
	char text[FORMAT_TEXT];

	if (r->min_bill) {
		part(out);
		format_money_short(f, r->min_bill, text);
		buf_printf(out, _("Only on a bill of %s or more."), text);
	}
	if (r->from) {
		part(out);
		format_day(f, (int32_t)r->from, text);
		buf_printf(out, _("From %s on."), text);
	}
	if (r->through) {
		part(out);
		format_day(f, (int32_t)r->through, text);
		buf_printf(out, _("Until %s."), text);
	}
	if (r->stock) {
		part(out);
		format_number(f, r->stock, text);
		buf_printf(out, ngettext("There is %s in all.", "There are %s in all.",
					 many(r->stock)), text);
	}
	if (r->per_customer) {
		part(out);
		format_number(f, r->per_customer, text);
		buf_printf(out, ngettext("One customer can have it %s time.",
					 "One customer can have it %s times.",
					 many(r->per_customer)), text);
	}
}

void reward_say(const struct reward *r, const struct program *p, const struct format *f,
		struct buf *out)
{
	struct buf kind = { 0 };
	char n[FORMAT_TEXT];

	reward_say_kind(r, f, &kind);
	part(out);
	if (p->kind == PROGRAM_POINTS) {
		format_number(f, r->cost, n);
		buf_printf(out, ngettext("%1$s point: %2$s (%3$s).", "%1$s points: %2$s (%3$s).",
					 many(r->cost)), n, r->name, kind.at);
	} else {
		buf_printf(out, _("%1$s (%2$s)."), r->name, kind.at);
	}
	buf_release(&kind);
	say_worth(r, f, out);
	say_conditions(r, f, out);
}

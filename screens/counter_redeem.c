/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/counter.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"

/* Rewards, and points as payment. */

struct offer {
	struct choice choices[ACCOUNT_UNITS];
	char details[ACCOUNT_UNITS][3 * FORMAT_TEXT];
};

static void add_choice(struct counter *k, struct offer *o, int64_t id, const char *label)
{
	k->choices[k->choice_count] = id;
	o->choices[k->choice_count] = (struct choice){ label, o->details[k->choice_count] };
	k->choice_count++;
}

static void add_rewards(struct counter *k, const struct ui *ui, struct offer *o)
{
	const struct standing *s = &k->standing;

	for (size_t i = 0; i < s->rewards.n && k->choice_count < ACCOUNT_UNITS; i++) {
		const struct reward *r = &s->rewards.row[i];
		char n[FORMAT_TEXT], *detail = o->details[k->choice_count];
		size_t size = sizeof(o->details[0]);

		if (!standing_can_have(s, r))
			continue;
		if (standing_ready(s, r) > 0)
			snprintf(detail, size, "%s", _("ready"));
		else
			snprintf(detail, size, ngettext("takes %s point", "takes %s points",
							(unsigned long)r->cost),
				 format_number(&ui->format, r->cost, n));
		add_choice(k, o, r->id, r->name);
	}
}

static void add_points(struct counter *k, const struct ui *ui, struct offer *o)
{
	const struct standing *s = &k->standing;

	for (size_t i = 0; i < s->programs.n && k->choice_count < ACCOUNT_UNITS; i++) {
		const struct program *p = &s->programs.row[i];
		int64_t points = standing_balance(s, p), worth = points_worth(p, points);
		char n[FORMAT_TEXT], money[FORMAT_TEXT];

		if (worth <= 0)
			continue;
		snprintf(o->details[k->choice_count], sizeof(o->details[0]),
			 ngettext("%1$s point, worth %2$s", "%1$s points, worth %2$s",
				  (unsigned long)points),
			 format_number(&ui->format, points, n),
			 format_money(&ui->format, worth, money));
		add_choice(k, o, -p->id, _("Pay with points"));
	}
}

/* -- points -- */

static int64_t points_there(const struct counter *k)
{
	const struct program *p = program_by_id(&k->standing.programs,
						k->till.draft.points_program);

	return p ? standing_balance(&k->standing, p) : 0;
}

static void say_all_there_is(struct ui *ui, int64_t points)
{
	char n[FORMAT_TEXT];

	ui_say(ui, TONE_WARN, ngettext("Only %s point is there.", "Only %s points are there.",
				       (unsigned long)points),
	       format_number(&ui->format, points, n));
}

static void points_told(void *state, struct ui *ui, const char *text)
{
	struct counter *k = state;
	int64_t points = 0;
	enum status st = *text ? format_read_number(&ui->format, text, &points) : ST_OK;

	if (st == ST_OK && points < 0)
		st = fail(ST_INVALID, "a bill is paid with one point or more");
	if (st != ST_OK) {
		ui_fail(ui);
		return;
	}
	if (points > points_there(k)) {
		points = points_there(k);
		say_all_there_is(ui, points);
	}
	k->till.draft.points = points;
	if (!points)
		k->till.draft.points_program = 0;
	ui_reload(ui);
}

static void ask_points(struct counter *k, struct ui *ui, const char *text)
{
	const struct program *p = program_by_id(&k->standing.programs,
						k->till.draft.points_program);
	int64_t points = points_there(k);
	char n[FORMAT_TEXT], money[FORMAT_TEXT], share[FORMAT_TEXT];
	struct buf hint = { 0 };

	buf_sentence(&hint, ngettext("%1$s point is there, worth %2$s.",
				     "%1$s points are there, worth %2$s.", (unsigned long)points),
		     format_number(&ui->format, points, n),
		     format_money(&ui->format, p ? points_worth(p, points) : 0, money));
	if (p && p->max_share)
		buf_sentence(&hint, _("Points may pay at most %s of a bill."),
			     format_percent(&ui->format, p->max_share, share));
	ui_ask(ui, &(struct question){ .title = _("How many points pay for this bill?"),
				       .hint = hint.at, .text = text, .number = true,
				       .answer = points_told });
	buf_release(&hint);
}

/* As many as this bill can use; all, while there is no bill yet. */
static int64_t sensible_points(struct counter *k, struct ui *ui, int64_t all)
{
	struct actor by = ui_actor(ui);
	struct till_room room;
	struct quote quote;
	struct till whole;
	struct sale sale;

	if (!till_has_bill(&k->till))
		return all;
	sale_whole(k, &whole);
	whole.draft.points = all;
	if (till_sale(&whole, &ui->format, &room, &sale) != ST_OK ||
	    sale_quote(ui->shop, &by, &sale, &quote) != ST_OK)
		return all;
	return quote.points;
}

static void pay_with_points(struct counter *k, struct ui *ui, int64_t program)
{
	const struct program *p = program_by_id(&k->standing.programs, program);
	char n[FORMAT_TEXT];

	if (!p)
		return;
	k->till.draft.points_program = program;
	format_number(&ui->format, sensible_points(k, ui, standing_balance(&k->standing, p)), n);
	ask_points(k, ui, n);
}

/* -- choosing -- */

static void picked(void *state, struct ui *ui, size_t i)
{
	struct counter *k = state;

	if (k->choices[i] < 0) {
		pay_with_points(k, ui, -k->choices[i]);
	} else {
		k->till.draft.reward = k->choices[i];
		k->items = false;
		ui_reload(ui);
	}
}

static bool is_just_served(const struct counter *k)
{
	return k->step == STEP_FIND && !*k->find.text && k->served;
}

static bool is_there(struct counter *k, struct ui *ui)
{
	if (k->step == STEP_FIND && find_chosen(k))
		find_choose(k, ui, find_chosen(k)->id);
	else if (is_just_served(k))
		find_choose(k, ui, k->served);
	if (k->step != STEP_SALE || !k->till.draft.customer) {
		ui_say(ui, TONE_WARN, "%s", _("First find the customer whose reward it is."));
		return false;
	}
	if (sale_load(k, ui) == ST_OK)
		return true;
	ui_fail(ui);
	return false;
}

/* Whose sale was just told needs not be found again, and is asked nothing when
 * there is one thing to have. */
void counter_redeem(struct counter *k, struct ui *ui)
{
	bool at_once = is_just_served(k);
	struct offer *o;

	if (!is_there(k, ui))
		return;
	o = mem_alloc(sizeof(*o));
	k->choice_count = 0;
	add_rewards(k, ui, o);
	add_points(k, ui, o);
	if (at_once && k->choice_count == 1 && k->choices[0] > 0)
		picked(k, ui, 0);
	else if (k->choice_count)
		ui_pick(ui, &(struct picker){ .title = _("What is redeemed?"),
			.choices = o->choices, .n = k->choice_count, .picked = picked });
	else
		ui_say(ui, TONE_WARN, "%s", _("No reward is ready, and no points can be used."));
	free(o);
}

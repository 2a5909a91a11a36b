/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/program_form.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "insight/scan.h"
#include "screens/program_form_draft.h"
#include "screens/program_form_page.h"
#include "screens/simulation.h"
#include "screens/ui.h"
#include "shop/simulate.h"
#include "shop/tell_rules.h"
#include "shop/verbs.h"

enum { ACT_TRY = ACT_OWN };

struct program_form {
	bool change;
	enum program_shape shape;
	struct program program;		/* what is changed, or what a new one begins with */
	struct reward reward;		/* a change: what it gives now; without a name: nothing */
	struct program_draft draft;
	struct program_draft said;	/* the last that could be read, for saying it back */
	struct form form;
};

/* -- opening -- */

/* What a sale of the last year came to; 0 when there was none, or it cannot be
 * read: then a default has to do. */
static int64_t typical_sale(struct ui *ui)
{
	struct scan scan;
	struct takings t = { 0 };
	int32_t today = ui_today(ui);
	int64_t typical = 0;

	if (scan_read(ui->shop->store, &scan) == ST_OK &&
	    scan_takings(&scan, day_add_months(today, -12), today, &t) == ST_OK && t.sales)
		typical = t.revenue / t.sales;
	scan_release(&scan);
	return typical > 0 ? typical : 0;
}

static void open_change(struct program_form *s, const struct program_form_start *start)
{
	s->change = true;
	s->program = *start->program;
	s->shape = s->program.kind == PROGRAM_POINTS ? SHAPE_POINTS :
		   s->program.per == PER_ITEM ? SHAPE_ITEM : SHAPE_VISIT;
	if (start->reward)
		s->reward = *start->reward;
	program_draft_from(&s->draft, &s->program);
}

static void program_form_open(void *state, struct ui *ui, const void *arg)
{
	const struct program_form_start *start = arg;
	struct program_form *s = state;

	if (start->program) {
		open_change(s, start);
	} else {
		s->shape = start->shape;
		s->program.kind = s->shape == SHAPE_POINTS ? PROGRAM_POINTS : PROGRAM_STAMPS;
		s->program.per = s->shape == SHAPE_ITEM ? PER_ITEM : PER_SALE;
		program_draft_begin(&s->draft, s->shape, ui_today(ui),
				    s->shape == SHAPE_POINTS ? typical_sale(ui) : 0);
	}
	s->said = s->draft;
	s->form = (struct form){
		.type = &program_draft_type, .record = &s->draft, .format = &ui->format,
		.fields = program_form_fields(s->shape, s->change), .today = ui_today(ui) };
	form_start(&s->form);
}

/* -- saying it back -- */

/* The rules that a draft makes, with the reward that they give; ST_...:
 * something in it cannot be read. */
static enum status rules_of(const struct program_form *s, const struct program_draft *d,
			    struct program *p, struct reward *r)
{
	enum status st;

	*p = s->program;
	st = program_draft_program(d, p);
	if (s->change)
		*r = s->reward;
	else
		program_draft_reward(d, p, r);
	return st;
}

static void say_back(const struct program_form *s, const struct ui *ui, struct buf *words)
{
	struct program p;
	struct reward r;

	if (rules_of(s, &s->said, &p, &r) != ST_OK)
		return;
	program_say(&p, NULL, &ui->format, words);
	program_say_goal(&p, r.name, &ui->format, words);
	if (p.kind == PROGRAM_POINTS && r.name[0] && r.cost)
		reward_say(&r, &p, &ui->format, words);
	program_say_more(&p, &(struct rewards){ 0 }, &ui->format, words);
}

static void program_form_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct program_form *s = state;
	struct buf words = { 0 };

	say_back(s, ui, &words);
	form_page_draw(c, &s->form, words.len ? words.at : "");
	buf_release(&words);
}

/* -- checking -- */

static bool wrong(struct program_form *s, const char *field, const char *sentence)
{
	form_refuse(&s->form, field, sentence);
	return false;
}

/* Reads what was typed. False: the focus is where something is amiss. */
static bool take(struct program_form *s, struct program *p, struct reward *r)
{
	if (form_take(&s->form) != ST_OK)
		return false;
	s->said = s->draft;
	if (rules_of(s, &s->draft, p, r) != ST_OK)
		return wrong(s, "category", status_text());
	if (p->head_start >= p->goal && p->kind == PROGRAM_STAMPS)
		return wrong(s, "head_start", _("A head start leaves stamps to collect: make it "
						"smaller than the card."));
	if (s->change)
		return true;
	if (p->kind == PROGRAM_STAMPS && !r->name[0])
		return wrong(s, "reward", _("What does the full card give?"));
	if (p->kind == PROGRAM_POINTS && !r->name[0] && !p->point_value)
		return wrong(s, "reward", _("Points need a use: name a reward, or say what a point "
					    "takes off a bill."));
	if (p->kind == PROGRAM_POINTS && r->name[0] && !r->cost)
		return wrong(s, "cost", _("How many points does it take?"));
	if (r->name[0] && r->kind == REWARD_AMOUNT && !r->value)
		return wrong(s, "value", _("How much does it take off?"));
	return true;
}

/* -- saving -- */

static void tell_failure(struct ui *ui, enum status st)
{
	if (st == ST_EXISTS)
		ui_say(ui, TONE_BAD, "%s", _("There is a program or a reward of that name "
					     "already: choose another name."));
	else
		ui_fail(ui);
}

/* Gives what past sales have earned by the new rules. */
static void award_past(struct ui *ui, const struct program *p)
{
	char sales[FORMAT_TEXT], amount[FORMAT_TEXT];
	struct actor by = ui_actor(ui);
	struct awarded past;

	ui_progress(ui, _("Counting the sales of the past"), 0, 1);
	if (program_award_past(ui->shop, &by, p->id, &past) != ST_OK) {
		ui_fail(ui);
		return;
	}
	format_number(&ui->format, past.sales, sales);
	format_number(&ui->format, past.amount, amount);
	if (p->kind == PROGRAM_STAMPS)
		ui_say(ui, TONE_GOOD, _("%1$s runs. %2$s past sales brought %3$s stamps."), p->name,
		       sales, amount);
	else
		ui_say(ui, TONE_GOOD, _("%1$s runs. %2$s past sales brought %3$s points."), p->name,
		       sales, amount);
}

static void add(struct program_form *s, struct ui *ui)
{
	struct actor by = ui_actor(ui);
	struct program p;
	struct reward r;
	enum status st;

	if (!take(s, &p, &r))
		return;
	st = r.name[0] ? program_add_with_reward(ui->shop, &by, &p, &r) :
			 program_add(ui->shop, &by, &p);
	if (st != ST_OK) {
		tell_failure(ui, st);
		return;
	}
	ui_back(ui);
	if (p.from < ui_today(ui))
		award_past(ui, &p);
	else
		ui_say(ui, TONE_GOOD, _("%s runs."), p.name);
}

static void agreed_to_add(void *state, struct ui *ui)
{
	add(state, ui);
}

/* Before the past is awarded the owner sees what it would give. */
static void confirm_past(struct ui *ui, const struct program *p, const struct reward *r)
{
	struct simulation_ask ask = { .program = p, .reward = r->name[0] ? r : NULL,
				      .from = (int32_t)p->from };
	char day[FORMAT_TEXT], sales[FORMAT_TEXT], given[FORMAT_TEXT], rewards[FORMAT_TEXT];
	struct buf detail = { 0 };
	struct simulation found;

	ui_progress(ui, _("Trying the rules on past sales"), 0, 1);
	if (program_simulate(ui->shop, &ask, &found) != ST_OK) {
		ui_fail(ui);
		return;
	}
	format_day(&ui->format, (int32_t)p->from, day);
	format_number(&ui->format, found.earning_sales, sales);
	format_number(&ui->format, found.given, given);
	format_number(&ui->format, found.rewards, rewards);
	if (p->kind == PROGRAM_STAMPS)
		buf_printf(&detail, _("It begins on %1$s, so past sales are counted too. Sales: "
				      "%2$s, stamps: %3$s."), day, sales, given);
	else
		buf_printf(&detail, _("It begins on %1$s, so past sales are counted too. Sales: "
				      "%2$s, points: %3$s."), day, sales, given);
	if (p->kind == PROGRAM_STAMPS && found.rewards) {
		buf_text(&detail, " ");
		buf_printf(&detail, ngettext("%s reward is then ready at once.",
					     "%s rewards are then ready at once.",
					     (unsigned long)found.rewards), rewards);
	}
	ui_confirm(ui, &(struct confirmation){
		.title = _("Give for the past as well?"), .detail = detail.at,
		.yes = _("Begin, and give for the past"), .agreed = agreed_to_add });
	buf_release(&detail);
}

static void change(struct program_form *s, struct ui *ui)
{
	struct actor by = ui_actor(ui);
	struct program p;
	struct reward r;
	enum status st;

	if (!take(s, &p, &r))
		return;
	st = program_edit(ui->shop, &by, &p);
	if (st != ST_OK) {
		tell_failure(ui, st);
		return;
	}
	ui_back(ui);
	ui_say(ui, TONE_GOOD, _("%s is changed. What was given before stays as it is."), p.name);
}

static void save(struct program_form *s, struct ui *ui)
{
	struct program p;
	struct reward r;

	if (!take(s, &p, &r))
		return;
	if (s->change)
		change(s, ui);
	else if (p.from < ui_today(ui))
		confirm_past(ui, &p, &r);
	else
		add(s, ui);
}

/* -- acting -- */

static void try_on_past(struct program_form *s, struct ui *ui)
{
	struct trial trial;

	if (take(s, &trial.program, &trial.reward))
		ui_open(ui, &simulation_screen, &trial);
}

static bool program_form_act(void *state, struct ui *ui, const struct event *e)
{
	struct program_form *s = state;

	if (form_act(&s->form, e)) {
		form_listen(&s->form, &s->said);
		return true;
	}
	switch (e->action) {
	case ACT_SAVE:
	case ACT_ENTER:
		save(s, ui);
		return true;
	case ACT_TRY:
		try_on_past(s, ui);
		return true;
	default:
		return false;
	}
}

static bool program_form_unsaved(const void *state)
{
	return ((const struct program_form *)state)->form.changed;
}

static const struct binding program_form_keys[] = {
	{ ACT_SAVE, KEY_F(10), CTRL_KEY('S'), N_("Save"),
	  N_("Saves the rules: they hold at once") },
	{ ACT_TRY, KEY_F(6), CTRL_KEY('T'), N_("Try on the past"),
	  N_("Shows what these rules would have given for past sales; writes nothing") },
	{ ACT_BACK, 0x1b, 0, N_("Back"), N_("Leaves; asks first when something was typed") },
	{ 0 }
};

const struct screen program_form_screen = {
	.name = N_("Rules of a program"),
	.help = N_("Tab and the arrows go from field to field. Below stands what the rules say, in "
		   "words. Try them on the past before you save: it shows who would have had the "
		   "reward and what it would have cost you. What customers have already never "
		   "changes."),
	.state_size = sizeof(struct program_form),
	.keys = program_form_keys,
	.open = program_form_open,
	.draw = program_form_draw,
	.act = program_form_act,
	.unsaved = program_form_unsaved,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "screens/program_form.h"
#include "screens/programs_rows.h"
#include "screens/rewards.h"
#include "screens/screens.h"
#include "screens/simulation.h"
#include "shop/verbs.h"

enum { ACT_TRY = ACT_OWN, ACT_STOP };

/* -- reading -- */

static void add_row(struct programs_state *s, size_t *n, struct programs_row row)
{
	s->rows = mem_grow(s->rows, *n, &s->cap, sizeof(*s->rows));
	s->rows[(*n)++] = row;
}

/* Each program with its rewards below it, and last the way to a new one. */
static size_t make_rows(struct programs_state *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->read.programs.n; i++) {
		const struct program *p = &s->read.programs.row[i];

		add_row(s, &n, (struct programs_row){ ROW_PROGRAM, i, p->id });
		for (size_t k = 0; k < s->read.rewards.n; k++)
			if (s->read.rewards.row[k].program == p->id)
				add_row(s, &n, (struct programs_row){ ROW_REWARD, k,
							     s->read.rewards.row[k].id });
	}
	add_row(s, &n, (struct programs_row){ ROW_NEW, 0, 0 });
	return n;
}

struct sought {
	const struct programs_state *state;
	struct programs_row row;
};

static bool is_sought(const void *arg, size_t i)
{
	const struct sought *sought = arg;
	const struct programs_row *row = &sought->state->rows[i];

	return row->kind == sought->row.kind && row->id == sought->row.id;
}

static enum status programs_load_state(void *state, struct ui *ui)
{
	struct programs_state *s = state;
	struct sought sought = { .state = s };
	size_t before = s->read.programs.n;
	enum status st;

	if (s->list.n)
		sought.row = s->rows[s->list.at];
	programs_read_release(&s->read);
	s->read.counted = s->begun;
	if (!s->begun)
		ui_read_on(ui);
	s->begun = true;
	st = programs_read(ui->shop->store, ui_today(ui), &s->read);
	if (st != ST_OK) {
		programs_read_release(&s->read);
		list_count(&s->list, make_rows(s));
		return st;
	}
	/* Whoever went to a new one comes back to it. */
	if (s->list.n && sought.row.kind == ROW_NEW && s->read.programs.n > before)
		sought.row = (struct programs_row){
			ROW_PROGRAM, 0, s->read.programs.row[s->read.programs.n - 1].id };
	if (s->list.n)
		list_keep(&s->list, make_rows(s), is_sought, &sought);
	else
		list_count(&s->list, make_rows(s));
	return ST_OK;
}

static void programs_release_state(void *state)
{
	struct programs_state *s = state;

	programs_read_release(&s->read);
	free(s->rows);
}

/* -- acting -- */

static void open_form(struct programs_state *s, struct ui *ui)
{
	const struct program *p = programs_chosen_program(s);
	struct program_form_start start = { .program = p };

	start.reward = programs_main_reward(s, p);
	ui_open(ui, &program_form_screen, &start);
}

static void picked_kind(void *state, struct ui *ui, size_t i)
{
	struct programs_state *s = state;
	struct reward_form_start start = { programs_chosen_program(s), (enum reward_kind)i };

	if (start.program)
		ui_open(ui, &reward_form_screen, &start);
}

/* In the order of enum reward_kind. */
static void pick_reward_kind(struct ui *ui)
{
	const struct choice choices[] = {
		{ _("Something free"), _("like a tea") }, { _("Money off a bill"), NULL },
		{ _("A percentage off a bill"), NULL }, { _("A gift"), _("like a cup") },
	};

	ui_pick(ui, &(struct picker){ .title = _("What shall the reward be?"), .choices = choices,
				      .n = sizeof(choices) / sizeof(choices[0]),
				      .picked = picked_kind });
}

/* The choices of F3: three kinds of program, and a reward of the chosen one. */
static void picked_new(void *state, struct ui *ui, size_t i)
{
	struct programs_state *s = state;
	const struct program *p = programs_chosen_program(s);
	struct program_form_start start = { .shape = (enum program_shape)i };

	if (i < SHAPES)
		ui_open(ui, &program_form_screen, &start);
	else if (p)
		pick_reward_kind(ui);
}

static void pick_new(struct programs_state *s, struct ui *ui)
{
	const struct program *p = programs_chosen_program(s);
	char reward[200];
	struct choice choices[SHAPES + 1] = {
		{ _("Stamp card: one for each visit"), _("ten visits, one free") },
		{ _("Stamp card: one for each item"), _("two cups, two stamps") },
		{ _("Points for money spent"), _("who buys more, gets more") },
	};
	struct picker picker = { .title = _("What shall it be?"), .choices = choices,
				 .n = SHAPES, .picked = picked_new };

	if (p) {
		snprintf(reward, sizeof(reward), _("A reward in \"%s\""), p->name);
		choices[SHAPES].label = reward;
		choices[SHAPES].detail = p->kind == PROGRAM_POINTS ? _("for points") :
								     _("for a full card");
		picker.n++;
	}
	ui_pick(ui, &picker);
}

static void set_stopped(struct programs_state *s, struct ui *ui, bool stopped)
{
	struct program p = *programs_chosen_program(s);
	struct actor by = ui_actor(ui);

	p.stopped = stopped;
	if (program_edit(ui->shop, &by, &p) != ST_OK)
		ui_fail(ui);
	else if (stopped)
		ui_say(ui, TONE_GOOD, _("%s is stopped. What was given stays good."), p.name);
	else
		ui_say(ui, TONE_GOOD, _("%s runs again."), p.name);
	ui_reload(ui);
}

static void agreed_to_stop(void *state, struct ui *ui)
{
	if (programs_chosen_program(state))
		set_stopped(state, ui, true);
}

static void stop_or_resume(struct programs_state *s, struct ui *ui)
{
	const struct program *p = programs_chosen_program(s);
	char title[200];

	if (p->stopped) {
		set_stopped(s, ui, false);
		return;
	}
	snprintf(title, sizeof(title), _("Stop %s?"), p->name);
	ui_confirm(ui, &(struct confirmation){
		.title = title, .yes = _("Stop it"), .agreed = agreed_to_stop,
		.detail = _("It gives nothing new from now on. What customers have stays good, "
			    "and it can run again later.") });
}

static void try_on_past(struct programs_state *s, struct ui *ui)
{
	const struct program *p = programs_chosen_program(s);
	const struct programs_row *row = programs_chosen(s);
	struct trial trial = { .program = *p };
	const struct reward *r = row->kind == ROW_REWARD ? &s->read.rewards.row[row->place] :
							   programs_main_reward(s, p);

	if (r)
		trial.reward = *r;
	ui_open(ui, &simulation_screen, &trial);
}

static bool enter(struct programs_state *s, struct ui *ui)
{
	const struct programs_row *row = programs_chosen(s);

	if (!row || row->kind == ROW_NEW)
		pick_new(s, ui);
	else if (row->kind == ROW_PROGRAM)
		open_form(s, ui);
	else
		ui_say(ui, TONE_NORMAL, "%s", _("A reward stays as it is, so that what was "
						"promised holds. Add another one with New."));
	return true;
}

static bool programs_act(void *state, struct ui *ui, const struct event *e)
{
	struct programs_state *s = state;

	if (list_act(&s->list, e->action))
		return true;
	switch (e->action) {
	case ACT_ENTER:
		return enter(s, ui);
	case ACT_NEW:
		pick_new(s, ui);
		return true;
	case ACT_TRY:
		if (programs_chosen_program(s))
			try_on_past(s, ui);
		return true;
	case ACT_STOP:
		if (programs_chosen_program(s))
			stop_or_resume(s, ui);
		return true;
	default:
		return false;
	}
}

static bool programs_offers(const void *state, int action)
{
	return (action != ACT_TRY && action != ACT_STOP) || programs_chosen_program(state);
}

static const struct binding programs_keys[] = {
	{ ACT_ENTER, '\r', 0, N_("Open"), N_("Changes the chosen program") },
	{ ACT_NEW, KEY_F(3), CTRL_KEY('N'), N_("New"), N_("Adds a program or a reward") },
	{ ACT_TRY, KEY_F(6), CTRL_KEY('T'), N_("Try on the past"),
	  N_("Shows what these rules would have given for past sales; writes nothing") },
	{ ACT_STOP, 0, CTRL_KEY('X'), N_("Stop or resume"),
	  N_("Stops the chosen program, or lets it run again") },
	{ 0 }
};

const struct screen programs_screen = {
	.name = N_("Programs and rewards"),
	.help = N_("What customers collect, and what they get for it. Rules can be changed at any "
		   "time: what was given before stays as it is. A program that is stopped gives "
		   "nothing new. Try rules on the past before you save them."),
	.state_size = sizeof(struct programs_state),
	.keys = programs_keys,
	.load = programs_load_state,
	.draw = programs_draw,
	.act = programs_act,
	.offers = programs_offers,
	.release = programs_release_state,
};

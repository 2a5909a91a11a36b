/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/simulation.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/clock.h"
#include "screens/ui.h"
#include "shop/simulate.h"
#include "shop/tell_rules.h"

/* The rules as they are, and with lower and higher goals beside them: how much
 * is right is what an owner wants to know. */
enum { LOWEST, LOWER, ASKED, HIGHER, VARIANTS };

struct simulation_state {
	struct trial trial;
	int64_t goals[VARIANTS];	/* stamps or points that the reward takes; 0 left out */
	struct simulation found[VARIANTS];
	bool ran;
};

static void simulation_open(void *state, struct ui *ui, const void *arg)
{
	struct simulation_state *s = state;

	(void)ui;
	s->trial = *(const struct trial *)arg;
}

static bool is_stamps(const struct simulation_state *s)
{
	return s->trial.program.kind == PROGRAM_STAMPS;
}

/* -- running -- */

/* Once it is known what the goal that was asked for would have given: where
 * nobody reached it, the others are far below. */
static void set_goals(struct simulation_state *s)
{
	int64_t goal = is_stamps(s) ? s->trial.program.goal : s->trial.reward.cost;
	int64_t step = goal >= 10 ? goal / 5 : 1;
	bool reached = s->found[ASKED].reached > 0;

	s->goals[ASKED] = goal;
	s->goals[HIGHER] = goal > 0 ? goal + step : 0;
	s->goals[LOWER] = reached ? goal - step : goal / 2;
	s->goals[LOWEST] = reached ? 0 : goal / 4;
	for (int i = LOWEST; i <= LOWER; i++)
		if (s->goals[i] <= s->trial.program.head_start)
			s->goals[i] = 0;
}

/* The program with another goal; rewards on the way that no longer are on it go. */
static struct program with_goal(const struct program *p, int64_t goal)
{
	struct program changed = *p;

	changed.goal = goal;
	changed.milestone_count = 0;
	for (uint32_t i = 0; i < p->milestone_count; i++)
		if (p->milestones[i].stamps < goal)
			changed.milestones[changed.milestone_count++] = p->milestones[i];
	return changed;
}

static enum status run_one(struct simulation_state *s, struct ui *ui, int which)
{
	struct program p = s->trial.program;
	struct reward r = s->trial.reward;
	struct simulation_ask ask = { .program = &p, .reward = r.name[0] ? &r : NULL,
				      .from = day_add_months(ui_today(ui), -12) };

	if (is_stamps(s))
		p = with_goal(&s->trial.program, s->goals[which]);
	else
		r.cost = s->goals[which];
	return program_simulate(ui->shop, &ask, &s->found[which]);
}

/* Once: while it is read, others may sell on. */
static enum status simulation_load(void *state, struct ui *ui)
{
	static const int order[VARIANTS] = { ASKED, LOWEST, LOWER, HIGHER };
	struct simulation_state *s = state;
	enum status st = ST_OK;

	if (s->ran)
		return ST_OK;
	s->ran = true;
	for (int i = 0; i < VARIANTS && st == ST_OK; i++) {
		if (!ui_progress(ui, _("Trying the rules on past sales"), i, VARIANTS)) {
			ui_back(ui);
			return ST_OK;
		}
		set_goals(s);
		if (s->goals[order[i]] || order[i] == ASKED)
			st = run_one(s, ui, order[i]);
	}
	return st;
}

/* -- words -- */

/* Draws a sentence and goes on below it. */
static void say(const struct canvas *c, int *y, enum tone tone, const char *sentence)
{
	if (*y < c->at.h)
		*y += put_wrapped(c, (struct spot){ .y = *y, .x = 1, .cols = c->at.w - 2,
						    .tone = tone }, c->at.h - *y, sentence);
}

static void gap(const struct canvas *c, int *y)
{
	if (c->at.h >= 18)
		++*y;
}

static void say_rules(const struct simulation_state *s, const struct ui *ui,
		      const struct canvas *c, int *y)
{
	struct buf words = { 0 };

	program_say(&s->trial.program, NULL, &ui->format, &words);
	if (is_stamps(s))
		program_say_goal(&s->trial.program, s->trial.reward.name, &ui->format, &words);
	else if (s->trial.reward.name[0])
		reward_say(&s->trial.reward, &s->trial.program, &ui->format, &words);
	if (words.len)
		say(c, y, TONE_STRONG, words.at);
	buf_release(&words);
}

static void say_sales(const struct simulation *f, const struct ui *ui, const struct canvas *c,
		      int *y)
{
	char from[FORMAT_TEXT], through[FORMAT_TEXT], sales[FORMAT_TEXT], people[FORMAT_TEXT];
	struct buf words = { 0 };

	format_day(&ui->format, f->first_day, from);
	format_day(&ui->format, f->last_day, through);
	format_number(&ui->format, f->sales, sales);
	format_number(&ui->format, f->customers, people);
	buf_printf(&words, _("Tried on %1$s sales to %2$s known customers, from %3$s to %4$s."),
		   sales, people, from, through);
	say(c, y, TONE_NORMAL, words.at);
	buf_release(&words);
}

static void say_reached(const struct simulation *f, const struct ui *ui, const struct canvas *c,
			int *y)
{
	char reached[FORMAT_TEXT], people[FORMAT_TEXT], share[FORMAT_TEXT], days[FORMAT_TEXT];
	struct buf words = { 0 };

	if (!f->reached) {
		say(c, y, TONE_WARN, _("Nobody would have had the reward. A lower goal is reached "
				       "sooner."));
		return;
	}
	format_number(&ui->format, f->reached, reached);
	format_number(&ui->format, f->customers, people);
	format_percent(&ui->format, f->reached * 10000 / f->customers, share);
	buf_printf(&words, ngettext("%1$s of %2$s customers would have had the reward: %3$s.",
				    "%1$s of %2$s customers would have had the reward: %3$s.",
				    (unsigned long)f->reached), reached, people, share);
	say(c, y, TONE_GOOD, words.at);
	buf_clear(&words);
	format_number(&ui->format, f->median_days, days);
	buf_printf(&words, ngettext("Half of them had it within %s day of their first sale.",
				    "Half of them had it within %s days of their first sale.",
				    (unsigned long)f->median_days), days);
	say(c, y, TONE_NORMAL, words.at);
	buf_release(&words);
}

static void say_cost(const struct simulation *f, const struct ui *ui, const struct canvas *c,
		     int *y)
{
	char rewards[FORMAT_TEXT], cost[FORMAT_TEXT], value[FORMAT_TEXT];
	struct buf words = { 0 };

	format_number(&ui->format, f->rewards, rewards);
	format_money_short(&ui->format, f->own_cost, cost);
	format_money_short(&ui->format, f->value, value);
	if (f->own_cost)
		buf_printf(&words, ngettext("%1$s reward would have cost you %2$s.",
					    "%1$s rewards would have cost you %2$s.",
					    (unsigned long)f->rewards), rewards, cost);
	else
		buf_printf(&words, ngettext("%s reward would have been given. Say what it costs "
					    "you, and the sum stands here.",
					    "%s rewards would have been given. Say what one costs "
					    "you, and the sum stands here.",
					    (unsigned long)f->rewards), rewards);
	if (f->value) {
		buf_text(&words, " ");
		buf_printf(&words, _("To customers they would have been worth %s."), value);
	}
	say(c, y, TONE_NORMAL, words.at);
	buf_release(&words);
}

static void say_given(const struct simulation_state *s, const struct ui *ui,
		      const struct canvas *c, int *y)
{
	const struct simulation *f = &s->found[ASKED];
	char given[FORMAT_TEXT], earners[FORMAT_TEXT], payment[FORMAT_TEXT];
	struct buf words = { 0 };

	format_number(&ui->format, f->given, given);
	format_number(&ui->format, f->earners, earners);
	if (is_stamps(s))
		buf_printf(&words, _("%1$s customers would have got %2$s stamps."), earners, given);
	else
		buf_printf(&words, _("%1$s customers would have got %2$s points."), earners, given);
	if (f->payment) {
		format_money_short(&ui->format, f->payment, payment);
		buf_text(&words, " ");
		buf_printf(&words, _("As payment these are worth %s."), payment);
	}
	say(c, y, TONE_NORMAL, words.at);
	buf_release(&words);
}

/* -- the table of goals -- */

enum { COL_GOAL, COL_PEOPLE, COL_REWARDS, COL_COST, COL_DAYS, GOAL_COLS, CELL = 2 * FORMAT_TEXT };

struct goal_table {
	char cell[VARIANTS + 1][GOAL_COLS][CELL];
	enum tone tone[VARIANTS + 1];
	int rows;
};

static void fill_head(struct goal_table *t, bool has_cost)
{
	const char *const heads[GOAL_COLS] = { _("If it took"), _("Customers"), _("Rewards"),
					  has_cost ? _("Your cost") : _("Worth"),
					  _("Half within") };

	for (int i = 0; i < GOAL_COLS; i++)
		snprintf(t->cell[0][i], CELL, "%s", heads[i]);
	t->tone[0] = TONE_DIM;
	t->rows = 1;
}

static void fill_row(struct goal_table *t, const struct simulation_state *s, const struct ui *ui,
		     int which)
{
	const struct simulation *f = &s->found[which];
	char (*cell)[CELL] = t->cell[t->rows];
	char n[FORMAT_TEXT];
	int64_t goal = s->goals[which];
	const struct format *format = &ui->format;

	format_number(format, goal, n);
	if (is_stamps(s))
		snprintf(cell[COL_GOAL], CELL, ngettext("%s stamp", "%s stamps",
							(unsigned long)goal), n);
	else
		snprintf(cell[COL_GOAL], CELL, ngettext("%s point", "%s points",
							(unsigned long)goal), n);
	format_number(format, f->reached, cell[COL_PEOPLE]);
	format_number(format, f->rewards, cell[COL_REWARDS]);
	format_money_short(format, s->found[ASKED].own_cost ? f->own_cost : f->value,
			   cell[COL_COST]);
	cell[COL_DAYS][0] = '\0';
	format_number(format, f->median_days, n);
	if (f->reached)
		snprintf(cell[COL_DAYS], CELL, ngettext("%s day", "%s days",
							(unsigned long)f->median_days), n);
	t->tone[t->rows++] = which == ASKED ? TONE_STRONG : TONE_NORMAL;
}

static int column_width(const struct goal_table *t, int col)
{
	int widest = 0;

	for (int i = 0; i < t->rows; i++) {
		int w = shown_columns(t->cell[i][col]);

		if (w > widest)
			widest = w;
	}
	return widest;
}

static void draw_table(const struct goal_table *t, const struct canvas *c, int y)
{
	int x = 3;

	for (int col = 0; col < GOAL_COLS; col++) {
		int w = column_width(t, col);

		if (x + w > c->at.w)
			return;
		for (int i = 0; i < t->rows && y + i < c->at.h; i++)
			put_text(c, (struct spot){ .y = y + i, .x = x, .cols = w,
						   .tone = t->tone[i],
						   .align = col ? ALIGN_RIGHT : ALIGN_LEFT },
				 t->cell[i][col]);
		x += w + 2;
	}
}

/* Without a goal there is no table. */
static void draw_goals(const struct simulation_state *s, const struct ui *ui,
		       const struct canvas *c, int y)
{
	struct goal_table t;

	if (!s->goals[ASKED] || y >= c->at.h)
		return;
	fill_head(&t, s->found[ASKED].own_cost != 0);
	for (int i = 0; i < VARIANTS; i++) {
		if (!s->goals[i])
			continue;
		if (i == ASKED && y + t.rows < c->at.h)
			put_text(c, (struct spot){ .y = y + t.rows, .x = 1, .cols = 1 }, ">");
		fill_row(&t, s, ui, i);
	}
	draw_table(&t, c, y);
}

static void simulation_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct simulation_state *s = state;
	const struct simulation *f = &s->found[ASKED];
	int y = 0;

	say_rules(s, ui, c, &y);
	gap(c, &y);
	if (!f->customers) {
		say(c, &y, TONE_WARN, _("There are no sales of known customers in the last twelve "
					"months, so there is nothing to try it on."));
	} else {
		say_sales(f, ui, c, &y);
		say_given(s, ui, c, &y);
		gap(c, &y);
		if (f->goal)
			say_reached(f, ui, c, &y);
		if (f->rewards)
			say_cost(f, ui, c, &y);
		gap(c, &y);
		draw_goals(s, ui, c, y);
	}
	put_cursor(c, 0, 1);
}

static bool simulation_act(void *state, struct ui *ui, const struct event *e)
{
	(void)state;
	if (e->action != ACT_ENTER)
		return false;
	ui_back(ui);
	return true;
}

static const struct binding simulation_keys[] = {
	{ ACT_ENTER, '\r', 0, N_("Back"), N_("Goes back; nothing was written") },
	{ 0 }
};

const struct screen simulation_screen = {
	.name = N_("Tried on the past"),
	.help = N_("What the rules would have given for the sales of the last twelve months, had "
		   "they been there: who would have had the reward, how soon, and what it would "
		   "have cost you. Everybody is taken to claim a reward as soon as it is ready, so "
		   "the true cost is not above this. Nothing is written."),
	.state_size = sizeof(struct simulation_state),
	.keys = simulation_keys,
	.open = simulation_open,
	.load = simulation_load,
	.draw = simulation_draw,
	.act = simulation_act,
};

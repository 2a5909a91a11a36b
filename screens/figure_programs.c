/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/figure_programs.h"

#include <stdio.h>

#include "base/clock.h"

/* Does the card work? One program at a time: left and right go to the next. */

static void open(void *state, struct ui *ui, const void *arg)
{
	struct programs_page *s = state;

	(void)ui;
	(void)arg;
	s->figure.kind = &programs_figure;
}

const struct program_figure *programs_page_at_hand(const struct programs_page *s)
{
	return s->program < s->figures.n ? &s->figures.row[s->program] : NULL;
}

/* -- working it out -- */

static void filter_active(const struct program *p, struct picture_window w, struct buf *out)
{
	char from[DAY_TEXT], to[DAY_TEXT];

	day_print(w.from, from);
	day_print(w.to, to);
	members_filter("member", p, out);
	buf_printf(out, " and (earned(%s..%s) or redeemed(%s..%s))", from, to, from, to);
}

/* As of today, so that they are still true when they are kept as a segment. */
static void add_filters(struct programs_page *s, const struct program *program)
{
	struct buf *out = tallies_add(&s->tallies);

	buf_text(out, MEMBERS_WAITING);
	out = tallies_add(&s->tallies);
	members_filter("member", program, out);
	buf_text(out, " and not earned(60d)");
	if (program->kind != PROGRAM_STAMPS)
		return;
	out = tallies_add(&s->tallies);
	members_filter("member", program, out);
	buf_text(out, " and ");
	members_filter("stamps_left", program, out);
	buf_text(out, " <= 1");
}

static bool has_line(const struct program_figure *p, enum program_line line)
{
	if (line == ABOUT_NEAR || line == ABOUT_PACE)
		return p->kind == PROGRAM_STAMPS;
	if (line == ABOUT_READY || line == ABOUT_REWARDS)
		return p->kind == PROGRAM_STAMPS || p->given.issued;
	return true;
}

static void make_lines(struct programs_page *s)
{
	const struct program_figure *p = programs_page_at_hand(s);
	size_t n = 0;

	for (int line = 0; p && line < ABOUT_ALL; line++)
		if (has_line(p, (enum program_line)line))
			s->lines[n++] = (enum program_line)line;
	list_count(&s->figure.list, n);
}

static enum status count_on(struct programs_page *s, struct ui *ui)
{
	enum status st = ST_OK;

	if (!s->tallies.n && s->figures.n)
		add_filters(s, &picture_of(ui)->flows.programs.row[s->program]);
	st = tallies_step(&s->tallies, ui);
	s->figure.working = st == ST_OK && s->tallies.known < s->tallies.n;
	s->figure.done = (int64_t)s->tallies.known;
	s->figure.total = (int64_t)s->tallies.n;
	return st;
}

static enum status work(void *state, struct ui *ui)
{
	struct programs_page *s = state;
	struct picture_window w = picture_asked(picture_of(ui));
	enum status st = ST_OK;

	if (!s->figures.row) {
		if (!members_read(&s->figure, ui, &st))
			return st;
		st = program_figures_of(&picture_of(ui)->flows,
					&(struct program_options){ .from = w.from, .to = w.to },
					&s->figures);
		if (s->program >= s->figures.n)
			s->program = 0;
		make_lines(s);
	}
	return st == ST_OK ? count_on(s, ui) : st;
}

static void release(void *state)
{
	struct programs_page *s = state;

	program_figures_release(&s->figures);
	tallies_release(&s->tallies);
}

/* -- whom, and what to do -- */

static bool next_program(void *state, struct ui *ui, const struct event *e)
{
	struct programs_page *s = state;
	size_t n = s->figures.n;

	if ((e->action != ACT_LEFT && e->action != ACT_RIGHT) || n < 2)
		return false;
	s->program = (s->program + (e->action == ACT_RIGHT ? 1 : n - 1)) % n;
	tallies_release(&s->tallies);
	make_lines(s);
	s->figure.working = true;
	ui_reload(ui);
	return true;
}

/* Who took part in one of several programs cannot be asked for. */
static bool opens_people(const struct programs_page *s, enum program_line line)
{
	return programs_page_people(s, line) > 0 && (line != ABOUT_ACTIVE || s->figures.n == 1);
}

static bool find_people(const void *state, const struct ui *ui, struct figure_place at,
			struct buf *filter)
{
	const struct programs_page *s = state;
	const struct picture *p = picture_of(ui);
	size_t program = at.table ? at.row : s->program;
	enum program_line line = at.table ? ABOUT_MEMBERS : s->lines[at.row];

	if (program >= s->figures.n || (!at.table && !opens_people(s, line)))
		return false;
	switch (line) {
	case ABOUT_MEMBERS:
		members_filter("member", &p->flows.programs.row[program], filter);
		break;
	case ABOUT_ACTIVE:
		filter_active(&p->flows.programs.row[program], picture_window(p), filter);
		break;
	default:
		buf_text(filter, s->tallies.filter[line == ABOUT_READY ? TALLY_READY :
						   line == ABOUT_IDLE ? TALLY_IDLE :
						   TALLY_NEAR].at);
	}
	return true;
}

static void advise_people(const struct ui *ui, enum program_line line, int64_t people,
			  struct buf *out)
{
	char n[FORMAT_TEXT];

	buf_printf(out, ngettext("Enter opens this %s customer.", "Enter opens these %s customers.",
				 (unsigned long)people), format_number(&ui->format, people, n));
	if (line == ABOUT_NEAR)
		buf_sentence(out, "%s", _("Tell them that one visit is missing."));
	else if (line == ABOUT_READY)
		buf_sentence(out, "%s", _("Tell them what waits for them."));
	else if (line == ABOUT_IDLE)
		buf_sentence(out, "%s", _("Ask them back, or let them go."));
}

static void advise_numbers(const struct program_figure *p, enum program_line line,
			   struct buf *out)
{
	if (line == ABOUT_PAID || line == ABOUT_VISITS)
		buf_text(out, _("Members differ anyway: who comes often joins more easily. The "
				"difference is not what the program did."));
	else if ((line == ABOUT_COST || line == ABOUT_OWED) && p->unpriced)
		buf_text(out, _("Say what the next reward costs you, under Programs and rewards: "
				"then this adds up."));
	else if (line == ABOUT_BREAKAGE && !p->never_lapses && p->breakage.part)
		buf_text(out, _("Tell people before what they have lapses: at the counter, or in "
				"a message."));
	else if (line == ABOUT_REACH && p->kind != PROGRAM_STAMPS)
		buf_text(out, _("Offer it at the counter to who has enough points: many do not "
				"know what they have."));
	else if (line == ABOUT_PACE && program_pace_tells(&p->pace) && p->pace.low <= 0 &&
		 p->pace.high >= 0)
		buf_text(out, _("Whether they come sooner near the reward cannot be told yet."));
}

/* What can be done today, where another line has nothing to do. */
static void advise_near(const struct programs_page *s, const struct ui *ui, struct buf *out)
{
	int64_t near = programs_page_people(s, ABOUT_NEAR);
	char n[FORMAT_TEXT];

	if (near > 0)
		buf_sentence(out, ngettext("%s customer is one stamp away: choose that line, and "
					   "tell them.", "%s customers are one stamp away: choose "
					   "that line, and tell them.", (unsigned long)near),
			     format_number(&ui->format, near, n));
}

static void advise(const void *state, const struct ui *ui, struct buf *out)
{
	const struct programs_page *s = state;
	const struct program_figure *p = programs_page_at_hand(s);
	enum program_line line = p ? s->lines[s->figure.list.at] : ABOUT_ALL;

	if (p && s->figure.table)
		return;
	if (!p)
		buf_text(out, _("Begin one under Programs: then this page tells what it does."));
	else if (opens_people(s, line))
		advise_people(ui, line, programs_page_people(s, line), out);
	else
		advise_numbers(p, line, out);
	if (p && p->kind == PROGRAM_STAMPS && (line == ABOUT_MEMBERS || !out->len))
		advise_near(s, ui, out);
}

static void sample(const void *state, const struct ui *ui, struct buf *out)
{
	const struct programs_page *s = state;

	for (size_t i = 0; i < s->figures.n; i++) {
		const struct program_figure *p = &s->figures.row[i];
		char n[FORMAT_TEXT];

		if (i)
			buf_text(out, " ");
		buf_printf(out, ngettext("%1$s: %2$s member.", "%1$s: %2$s members.",
					 (unsigned long)p->enrolled), p->name,
			   format_number(&ui->format, p->enrolled, n));
	}
}

static bool bare(const void *state)
{
	const struct programs_page *s = state;

	return !s->figures.n;
}

static void sheet(const void *state, struct sheet *out)
{
	const struct programs_page *s = state;

	program_figures_sheet(&s->figures, out);
}

/* The first program that is not stopped. */
static const struct program_figure *main_program(const struct program_figures *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (!p->row[i].stopped)
			return &p->row[i];
	return NULL;
}

static void fill_headline(const struct ui *ui, const struct program_figure *p,
			  struct headline *out)
{
	char n[FORMAT_TEXT];

	if (share_tells(p->reach))
		snprintf(out->figure, sizeof(out->figure), p->kind == PROGRAM_STAMPS ?
			 _("%s fill the card") : _("%s use points"), figure_rate(ui, p->reach, n));
	else
		figure_rate(ui, p->reach, out->figure);
	snprintf(out->whom, sizeof(out->whom), ngettext("%s member", "%s members",
							(unsigned long)p->enrolled),
		 format_number(&ui->format, p->enrolled, n));
}

static enum status headline(struct ui *ui, struct headline *out)
{
	struct picture_window w = picture_asked(picture_of(ui));
	struct program_figures figures;
	const struct program_figure *p;
	int done;
	enum status st = picture_flows(ui, &done);

	out->more = st == ST_OK && !picture_of(ui)->flows.whole;
	if (st != ST_OK || out->more)
		return st;
	st = program_figures_of(&picture_of(ui)->flows,
				&(struct program_options){ .from = w.from, .to = w.to }, &figures);
	p = st == ST_OK ? main_program(&figures) : NULL;
	if (p)
		fill_headline(ui, p, out);
	else if (st == ST_OK)
		snprintf(out->figure, sizeof(out->figure), "%s", _("no program yet"));
	program_figures_release(&figures);
	return st;
}

const struct figure_kind programs_figure = {
	.name = "programs",
	.screen = &program_figures_screen,
	.definitions = program_definitions,
	.spans = true,
	.work = work,
	.release = release,
	.draw = programs_page_draw,
	.sheet = sheet,
	.bare = bare,
	.people = find_people,
	.advice = advise,
	.sample = sample,
	.act = next_program,
	.headline = headline,
};

const struct screen program_figures_screen = {
	.name = N_("Does the card work?"),
	.help = N_("What a stamp card or a points program does, costs and owes, and whom to tell "
		   "about it. With several programs, left and right go to the next."),
	.state_size = sizeof(struct programs_page),
	.keys = figure_keys,
	.open = open,
	.load = figure_load,
	.draw = figure_draw,
	.act = figure_act,
	.offers = figure_offers,
	.explain = figure_explain,
	.release = figure_release,
};

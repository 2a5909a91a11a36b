/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>

#include "insight/rfm.h"
#include "screens/figures.h"

/* Which groups customers fall into by when they came last, how often they come
 * and what they pay, and what to do with each. */

enum { VIEW_GROUPS, VIEW_OFTEN, VIEW_PAID };

static const char *const views[] = {
	[VIEW_GROUPS] = N_("groups"), [VIEW_OFTEN] = N_("how lately, how often"),
	[VIEW_PAID] = N_("how lately, how much money"), NULL
};

enum { CELLS = RFM_SCORES * RFM_SCORES, PRINTED = 32 };

struct state {
	struct figure figure;		/* first */
	const struct rfm *rfm;		/* the picture's */
	int64_t cells[2][CELLS];	/* customers by r and f, by r and m; r 5 first */
};

static void open(void *state, struct ui *ui, const void *arg)
{
	struct state *s = state;

	(void)ui;
	(void)arg;
	s->figure.kind = &rfm_figure;
}

/* That has somebody in it. */
static size_t first_group(const struct rfm *r)
{
	size_t i = 0;

	while (i + 1 < RFM_SEGMENTS && !r->segments[i].customers)
		i++;
	return i < RFM_SEGMENTS && r->segments[i].customers ? i : 0;
}

static void turned(void *state, struct ui *ui)
{
	struct state *s = state;

	(void)ui;
	list_count(&s->figure.list, s->figure.view == VIEW_GROUPS ? (size_t)RFM_SEGMENTS :
								    (size_t)RFM_SCORES);
	list_choose(&s->figure.list, s->figure.view == VIEW_GROUPS ? first_group(s->rfm) : 0);
	s->figure.column = 0;
}

static enum status work(void *state, struct ui *ui)
{
	struct state *s = state;

	s->rfm = picture_rfm(ui);
	if (!s->rfm)
		return ST_FULL;
	for (size_t i = 0; i < CELLS; i++)
		s->cells[0][i] = s->cells[1][i] = 0;
	for (const struct rfm_row *row = s->rfm->row; row < s->rfm->row + s->rfm->n; row++) {
		s->cells[0][(RFM_SCORES - row->r) * RFM_SCORES + row->f - 1]++;
		s->cells[1][(RFM_SCORES - row->r) * RFM_SCORES + row->m - 1]++;
	}
	if (!s->figure.list.n)
		turned(state, ui);
	return ST_OK;
}

/* -- drawing -- */

enum { COL_NAME, COL_PEOPLE, COL_MONEY, COL_ACTION };

static const struct heading headings[] = {
	[COL_NAME] = { N_("Group"), 14, 16, 100, ALIGN_LEFT },
	[COL_PEOPLE] = { N_("People"), 6, 6, 99, ALIGN_RIGHT },
	[COL_MONEY] = { N_("of money"), 6, 6, 90, ALIGN_RIGHT },
	[COL_ACTION] = { N_("What to do"), 20, 60, 80, ALIGN_LEFT },
	{ 0 }
};

struct drawn {
	const struct state *s;
	const struct ui *ui;
};

static int64_t all_money(const struct rfm *r)
{
	int64_t sum = 0;

	for (size_t i = 0; i < RFM_SEGMENTS; i++)
		sum += r->segments[i].monetary;
	return sum;
}

static const char *percent(const struct drawn *d, int64_t part, struct cell *out)
{
	int64_t whole = all_money(d->s->rfm);

	if (whole <= 0 || !d->s->rfm->tells)
		return "";
	return format_percent(&d->ui->format,
			      (int64_t)(10000.0 * (double)part / (double)whole), out->room);
}

static void draw_cell(const void *arg, size_t row, size_t column, struct cell *out)
{
	const struct drawn *d = arg;
	const struct rfm *r = d->s->rfm;
	int64_t people = r->segments[row].customers;

	switch (column) {
	case COL_NAME:
		out->text = _(rfm_kinds[row].name);
		return;
	case COL_PEOPLE:
		out->text = format_number(&d->ui->format, people, out->room);
		return;
	case COL_MONEY:
		out->text = percent(d, r->segments[row].monetary, out);
		return;
	default:
		out->text = people ? _(rfm_kinds[row].action) : "";
		return;
	}
}

static const char *row_label(size_t row)
{
	static const char *const names[RFM_SCORES] = {
		N_("came lately  5"), "4", "3", "2", N_("long ago  1")
	};

	return row == 0 || row == RFM_SCORES - 1 ? _(names[row]) : names[row];
}

/* A scale goes from left to right, as its words say. */
static void draw_scale(const struct state *s, const struct canvas *c)
{
	put_text(c, (struct spot){ .tone = TONE_DIM },
		 s->figure.view == VIEW_OFTEN ?
		 _("From left to right: from seldom (1) to often (5).") :
		 _("From left to right: from little money (1) to much (5)."));
}

static void draw_grid(const struct state *s, const struct ui *ui, const struct canvas *c)
{
	static const char *const columns[RFM_SCORES] = { "1", "2", "3", "4", "5" };
	const int64_t *cells = s->cells[s->figure.view == VIEW_PAID];
	const char *labels[RFM_SCORES], *printed[CELLS];
	char padded[RFM_SCORES][FORMAT_TEXT], texts[CELLS][FORMAT_TEXT];
	int widest = 0;

	for (size_t i = 0; i < RFM_SCORES; i++)
		if (shown_columns(row_label(i)) > widest)
			widest = shown_columns(row_label(i));
	for (size_t i = 0; i < RFM_SCORES; i++) {
		snprintf(padded[i], FORMAT_TEXT, "%*s%.60s", widest - shown_columns(row_label(i)),
			 "", row_label(i));
		labels[i] = padded[i];
	}
	for (size_t i = 0; i < CELLS; i++)
		printed[i] = format_number(&ui->format, cells[i], texts[i]);
	figure_heat(&s->figure, c, &(struct heat){
		.row_labels = labels, .column_labels = columns, .values = cells,
		.printed = printed, .rows = RFM_SCORES, .columns = RFM_SCORES });
}

static void draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct state *s = state;
	struct drawn d = { s, ui };
	struct canvas below = canvas_part(c, (struct rect){ 1, 0, c->at.h - 1, c->at.w });

	if (s->figure.view == VIEW_GROUPS) {
		figure_columns(&s->figure, c, &(struct listing){ .headings = headings,
								 .cell = draw_cell, .arg = &d });
		return;
	}
	draw_scale(s, c);
	draw_grid(s, ui, &below);
}

/* -- whom, and what to do -- */

static bool is_group(const struct state *s, struct figure_place at)
{
	return at.table || s->figure.view == VIEW_GROUPS;
}

static int64_t count(const struct state *s, struct figure_place at)
{
	const int64_t *cells = s->cells[s->figure.view == VIEW_PAID] + at.row * RFM_SCORES;
	int64_t n = 0;

	if (is_group(s, at))
		return s->rfm->segments[at.row].customers;
	if (at.column)
		return cells[at.column - 1];
	for (size_t i = 0; i < RFM_SCORES; i++)
		n += cells[i];
	return n;
}

static bool find_people(const void *state, const struct ui *ui, struct figure_place at,
			struct buf *filter)
{
	const struct state *s = state;

	(void)ui;
	if (!count(s, at))
		return false;
	if (is_group(s, at)) {
		buf_printf(filter, "rfm = \"%s\"", rfm_kinds[at.row].key);
		return true;
	}
	buf_printf(filter, "r = %zu", RFM_SCORES - at.row);
	if (at.column)
		buf_printf(filter, " and %s = %zu", s->figure.view == VIEW_OFTEN ? "f" : "m",
			   at.column);
	return true;
}

static void advise(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	struct figure_place at = figure_place(&s->figure);
	int64_t people = count(s, at);
	char n[FORMAT_TEXT];

	if (!s->rfm->tells)
		buf_sentence(out, "%s", _("With fewer than 50 customers chance decides who is in "
					  "which group: look at them by name."));
	if (is_group(s, at) && people)
		buf_sentence(out, "%s", _(rfm_kinds[at.row].action));
	format_number(&ui->format, people, n);
	if (people)
		buf_sentence(out, ngettext("Enter opens this %s customer.",
					   "Enter opens these %s customers.",
					   (unsigned long)people), n);
	else
		buf_sentence(out, "%s", _("Nobody is in it now."));
	if (is_group(s, at))
		buf_sentence(out, "%s", _(rfm_kinds[at.row].who));
	else if (!at.column)
		buf_sentence(out, "%s", _("Left and right choose one box of the line."));
}

static void sample(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	char n[FORMAT_TEXT];

	buf_printf(out, ngettext("%s customer.", "%s customers.", (unsigned long)s->rfm->n),
		   format_number(&ui->format, (int64_t)s->rfm->n, n));
}

static void sheet(const void *state, struct sheet *out)
{
	const struct state *s = state;

	rfm_sheet(s->rfm, out);
}

static bool act(void *state, struct ui *ui, const struct event *e)
{
	struct state *s = state;

	(void)ui;
	return s->figure.view != VIEW_GROUPS && figure_heat_act(&s->figure, e, RFM_SCORES);
}

static enum status headline(struct ui *ui, struct headline *out)
{
	const struct rfm *r = picture_rfm(ui);
	char n[FORMAT_TEXT];
	int64_t best, risk;

	if (!r)
		return ST_FULL;
	if (!r->tells) {
		snprintf(out->figure, sizeof(out->figure), "%s", _("too few to tell"));
		return ST_OK;
	}
	best = r->segments[RFM_CHAMPIONS].customers;
	risk = r->segments[RFM_AT_RISK].customers;
	snprintf(out->figure, sizeof(out->figure),
		 ngettext("%s champion", "%s champions", (unsigned long)best),
		 format_number(&ui->format, best, n));
	snprintf(out->whom, sizeof(out->whom),
		 ngettext("%s at risk", "%s at risk", (unsigned long)risk),
		 format_number(&ui->format, risk, n));
	return ST_OK;
}

const struct figure_kind rfm_figure = {
	.name = "groups",
	.screen = &rfm_screen,
	.definitions = rfm_definitions,
	.views = views,
	.work = work,
	.draw = draw,
	.sheet = sheet,
	.people = find_people,
	.advice = advise,
	.sample = sample,
	.turned = turned,
	.act = act,
	.headline = headline,
};

const struct screen rfm_screen = {
	.name = N_("Who are my best customers?"),
	.help = N_("Each customer stands on three scales from 1 to 5: how lately they came (R), "
		   "how often (F), and what they paid in all (M). 5 is best. From these follow "
		   "eleven groups, each with one thing to do. Tab shows how many stand where on "
		   "two of the scales."),
	.state_size = sizeof(struct state),
	.keys = figure_keys,
	.open = open,
	.load = figure_load,
	.draw = figure_draw,
	.act = figure_act,
	.offers = figure_offers,
	.explain = figure_explain,
	.release = figure_release,
};

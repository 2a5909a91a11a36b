/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "insight/months.h"
#include "screens/chart.h"
#include "screens/columns.h"
#include "screens/figures.h"

/* What each month brought, and from whom. */

enum { VIEW_REVENUE, VIEW_SOURCES, VIEW_PEOPLE };

static const char *const views[] = {
	[VIEW_REVENUE] = N_("money"), [VIEW_SOURCES] = N_("money, from whom"),
	[VIEW_PEOPLE] = N_("people"), NULL
};

struct state {
	struct figure figure;		/* first */
	struct months months;
};

static void open(void *state, struct ui *ui, const void *arg)
{
	struct state *s = state;

	(void)ui;
	(void)arg;
	s->figure.kind = &months_figure;
}

static struct months_options options(const struct ui *ui)
{
	struct picture_window w = picture_asked(picture_of(ui));

	return (struct months_options){ w.from, w.to };
}

static enum status work(void *state, struct ui *ui)
{
	struct state *s = state;
	struct months_options asked = options(ui);
	bool fresh = !s->figure.list.n;
	enum status st = months_of(&picture_of(ui)->scan, &asked, &s->months);

	list_count(&s->figure.list, s->months.n);
	if (fresh)
		list_choose(&s->figure.list, s->months.n);
	return st;
}

static void release(void *state)
{
	struct state *s = state;

	months_release(&s->months);
	s->months = (struct months){ .n = 0 };
}

/* -- drawing -- */

static void draw_revenue(const struct state *s, const struct ui *ui, const struct canvas *c)
{
	struct bar *bars = mem_alloc((s->months.n + 1) * sizeof(*bars));
	char (*texts)[2][FORMAT_TEXT] = mem_alloc((s->months.n + 1) * sizeof(*texts));

	for (size_t i = 0; i < s->months.n; i++) {
		const struct month *m = &s->months.row[i];

		bars[i].label = format_month(&ui->format, m->from, texts[i][0]);
		bars[i].printed = format_money_short(&ui->format, m->takings.revenue,
						     texts[i][1]);
		bars[i].value = m->takings.revenue;
	}
	figure_bars(&s->figure, c, bars);
	free(texts);
	free(bars);
}

enum { COL_MONTH, COL_NEW, COL_RETURNING, COL_OTHERS };

static const struct heading sources[] = {
	[COL_MONTH] = { N_("Month"), 8, 10, 100, ALIGN_LEFT },
	[COL_NEW] = { N_("First visits"), 9, 14, 90, ALIGN_RIGHT },
	[COL_RETURNING] = { N_("Came again"), 9, 14, 95, ALIGN_RIGHT },
	[COL_OTHERS] = { N_("Not known"), 9, 14, 80, ALIGN_RIGHT },
	{ 0 }
};

static const struct heading people[] = {
	[COL_MONTH] = { N_("Month"), 8, 10, 100, ALIGN_LEFT },
	[COL_NEW] = { N_("New"), 6, 10, 90, ALIGN_RIGHT },
	[COL_RETURNING] = { N_("Came again"), 6, 10, 95, ALIGN_RIGHT },
	[COL_OTHERS] = { N_("All"), 6, 10, 99, ALIGN_RIGHT },
	{ 0 }
};

struct drawn {
	const struct state *s;
	const struct ui *ui;
};

static int64_t number(const struct month *m, size_t view, size_t column)
{
	if (view == VIEW_SOURCES)
		return column == COL_NEW ? m->parts.new :
		       column == COL_RETURNING ? m->parts.returning : m->parts.anonymous;
	return column == COL_NEW ? m->new : column == COL_RETURNING ? m->returning : m->customers;
}

static void draw_cell(const void *arg, size_t row, size_t column, struct cell *out)
{
	const struct drawn *d = arg;
	const struct month *m = &d->s->months.row[row];
	int64_t n = number(m, d->s->figure.view, column);

	if (column == COL_MONTH)
		out->text = format_month(&d->ui->format, m->from, out->room);
	else if (d->s->figure.view == VIEW_SOURCES)
		out->text = format_money_short(&d->ui->format, n, out->room);
	else
		out->text = format_number(&d->ui->format, n, out->room);
}

static void draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct state *s = state;
	struct drawn d = { s, ui };

	if (s->figure.view == VIEW_REVENUE)
		draw_revenue(s, ui, c);
	else
		figure_columns(&s->figure, c, &(struct listing){
			.headings = s->figure.view == VIEW_SOURCES ? sources : people,
			.cell = draw_cell, .arg = &d });
}

/* -- whom, and what to do -- */

static bool find_people(const void *state, const struct ui *ui, struct figure_place at,
			struct buf *filter)
{
	const struct state *s = state;
	const struct month *m = &s->months.row[at.row];

	(void)ui;
	figure_filter_visits(filter, (struct picture_window){ m->from, m->to });
	buf_text(filter, " >= 1");
	return m->customers > 0;
}

static void advise(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	const struct month *m = &s->months.row[figure_place(&s->figure).row];
	char month[FORMAT_TEXT], n[FORMAT_TEXT];

	format_month(&ui->format, m->from, month);
	format_number(&ui->format, m->customers, n);
	if (!m->whole)
		buf_printf(out, _("Of %s only a part is counted here."), month);
	buf_sentence(out, ngettext("%1$s customer came in %2$s: Enter opens them.",
				   "%1$s customers came in %2$s: Enter opens them.",
				   (unsigned long)m->customers), n, month);
}

static void sample(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	int64_t sales = 0;
	char n[FORMAT_TEXT];

	for (size_t i = 0; i < s->months.n; i++)
		sales += s->months.row[i].takings.sales;
	buf_printf(out, ngettext("%s sale.", "%s sales.", (unsigned long)sales),
		   format_number(&ui->format, sales, n));
}

static void sheet(const void *state, struct sheet *out)
{
	const struct state *s = state;

	months_sheet(&s->months, out);
}

/* The last month that is whole; else the last one. */
static const struct month *last_month(const struct months *m)
{
	for (size_t i = m->n; i > 0; i--)
		if (m->row[i - 1].whole)
			return &m->row[i - 1];
	return &m->row[m->n - 1];
}

static enum status headline(struct ui *ui, struct headline *out)
{
	struct months_options asked = options(ui);
	char text[FORMAT_TEXT], month[FORMAT_TEXT];
	struct months months;
	enum status st = months_of(&picture_of(ui)->scan, &asked, &months);

	if (st == ST_OK && months.n) {
		const struct month *m = last_month(&months);

		snprintf(out->figure, sizeof(out->figure), _("%1$s in %2$s"),
			 format_money_short(&ui->format, m->takings.revenue, text),
			 format_month(&ui->format, m->from, month));
		snprintf(out->whom, sizeof(out->whom),
			 ngettext("%s customer", "%s customers", (unsigned long)m->customers),
			 format_number(&ui->format, m->customers, text));
	}
	months_release(&months);
	return st;
}

const struct figure_kind months_figure = {
	.name = "months",
	.screen = &months_screen,
	.definitions = months_definitions,
	.views = views,
	.spans = true,
	.work = work,
	.release = release,
	.draw = draw,
	.sheet = sheet,
	.people = find_people,
	.advice = advise,
	.sample = sample,
	.headline = headline,
};

const struct screen months_screen = {
	.name = N_("What did each month bring?"),
	.help = N_("The shop's takings month by month, and how much of it comes from people who "
		   "came again."),
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

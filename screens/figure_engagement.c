/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "insight/engagement.h"
#include "screens/figure_members.h"

/* Which share of the members took part, month by month. A month opens the
 * members who did nothing in it. */

struct state {
	struct figure figure;		/* first */
	struct engagement engagement;
};

static void open(void *state, struct ui *ui, const void *arg)
{
	struct state *s = state;

	(void)ui;
	(void)arg;
	s->figure.kind = &engagement_figure;
}

static struct engagement_options options(const struct ui *ui)
{
	struct picture_window w = picture_window(picture_of(ui));

	return (struct engagement_options){
		.from = picture_of(ui)->span == SPAN_ALL ? 0 : w.from, .to = w.to };
}

static enum status work(void *state, struct ui *ui)
{
	struct state *s = state;
	struct engagement_options asked = options(ui);
	bool fresh = !s->figure.list.n;
	enum status st;

	if (!members_read(&s->figure, ui, &st))
		return st;
	st = engagement_of(&picture_of(ui)->flows, &asked, &s->engagement);
	list_count(&s->figure.list, s->engagement.n);
	if (fresh)
		list_choose(&s->figure.list, s->engagement.n);
	return st;
}

static void release(void *state)
{
	struct state *s = state;

	engagement_release(&s->engagement);
}

/* -- drawing -- */

static const char *share_words(const struct ui *ui, const struct engagement_month *m,
			       char out[2 * FORMAT_TEXT])
{
	char rate[FORMAT_TEXT], part[FORMAT_TEXT], members[FORMAT_TEXT];

	snprintf(out, 2 * FORMAT_TEXT, m->over ? _("%1$s (%2$s of %3$s)") :
		 _("%1$s (%2$s of %3$s, not over)"),
		 figure_rate(ui, engagement_share(m), rate),
		 format_number(&ui->format, m->part, part),
		 format_number(&ui->format, m->members, members));
	return out;
}

struct bar_texts {
	char month[FORMAT_TEXT], share[2 * FORMAT_TEXT];
};

static void draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct state *s = state;
	size_t n = s->engagement.n;
	struct bar *bars = mem_alloc((n + 1) * sizeof(*bars));
	struct bar_texts *texts = mem_alloc((n + 1) * sizeof(*texts));

	for (size_t i = 0; i < n; i++) {
		const struct engagement_month *m = &s->engagement.month[i];
		struct share share = engagement_share(m);

		bars[i].label = format_month(&ui->format, m->month, texts[i].month);
		bars[i].printed = share_words(ui, m, texts[i].share);
		bars[i].value = share_tells(share) ? (int64_t)(10000 * share_value(share)) : 0;
	}
	if (n)
		figure_bars(&s->figure, c, bars);
	else
		put_text(c, (struct spot){ .tone = TONE_STRONG },
			 _("Nobody is a member of a program yet."));
	free(texts);
	free(bars);
}

/* -- whom, and what to do -- */

static const struct engagement_month *chosen(const struct state *s, size_t row)
{
	return row < s->engagement.n ? &s->engagement.month[row] : NULL;
}

static bool find_people(const void *state, const struct ui *ui, struct figure_place at,
			struct buf *filter)
{
	const struct engagement_month *m = chosen(state, at.row);
	char first[DAY_TEXT], day[DAY_TEXT], end[DAY_TEXT];

	if (!m || m->part >= m->members)
		return false;
	day_print(m->month, day);
	day_print(day_month_end(m->month), end);
	/* Members then: who had earned by the end, or brought a card of paper by it and
	 * never earned. */
	day_print(CLOCK_FIRST_DAY, first);
	buf_printf(filter, "(earned(%s..%s) or not earned and added <= %s and ", first, end, end);
	members_filter_any(&picture_of(ui)->flows.programs, filter);
	buf_printf(filter, ") and visits(%.7s) = 0 and not redeemed(%.7s)", day, day);
	return true;
}

static void advise(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	const struct list *rows = s->figure.table ? &s->figure.rows : &s->figure.list;
	const struct engagement_month *m = chosen(s, rows->at);
	int64_t idle = m ? m->members - m->part : 0;
	char n[FORMAT_TEXT], month[FORMAT_TEXT];

	if (!m) {
		buf_text(out, _("Members are those who got points or stamps: begin a program "
				"under Programs."));
		return;
	}
	format_month(&ui->format, m->month, month);
	if (idle)
		buf_printf(out, ngettext("%1$s member did nothing in %2$s: Enter opens who of "
					 "today's members did nothing then, to ask them back.",
					 "%1$s members did nothing in %2$s: Enter opens who of "
					 "today's members did nothing then, to ask them back.",
					 (unsigned long)idle),
			   format_number(&ui->format, idle, n), month);
	else
		buf_printf(out, m->members ? _("All members took part in %s.") :
			   _("Nobody was a member in %s yet."), month);
}

static void sample(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	int64_t members = s->engagement.n ? s->engagement.month[s->engagement.n - 1].members : 0;
	char n[FORMAT_TEXT];

	buf_printf(out, ngettext("%s member.", "%s members.", (unsigned long)members),
		   format_number(&ui->format, members, n));
}

static bool bare(const void *state)
{
	const struct state *s = state;

	return !s->engagement.n;
}

static void sheet(const void *state, struct sheet *out)
{
	const struct state *s = state;

	engagement_sheet(&s->engagement, out);
}

static void fill_headline(const struct ui *ui, const struct engagement *e, struct headline *out)
{
	const struct engagement_month *m = engagement_last(e);
	char rate[FORMAT_TEXT], month[FORMAT_TEXT], n[FORMAT_TEXT];

	if (!m) {
		snprintf(out->figure, sizeof(out->figure), "%s", _("too few to tell"));
		return;
	}
	if (share_tells(engagement_share(m)))
		snprintf(out->figure, sizeof(out->figure), _("%1$s in %2$s"),
			 figure_rate(ui, engagement_share(m), rate),
			 format_month(&ui->format, m->month, month));
	else
		figure_rate(ui, engagement_share(m), out->figure);
	snprintf(out->whom, sizeof(out->whom), ngettext("%s member", "%s members",
							(unsigned long)m->members),
		 format_number(&ui->format, m->members, n));
}

static enum status headline(struct ui *ui, struct headline *out)
{
	struct engagement_options asked = options(ui);
	struct engagement engagement;
	int done;
	enum status st = picture_flows(ui, &done);

	out->more = st == ST_OK && !picture_of(ui)->flows.whole;
	if (st != ST_OK || out->more)
		return st;
	st = engagement_of(&picture_of(ui)->flows, &asked, &engagement);
	if (st == ST_OK)
		fill_headline(ui, &engagement, out);
	engagement_release(&engagement);
	return st;
}

const struct figure_kind engagement_figure = {
	.name = "engagement",
	.screen = &engagement_screen,
	.definitions = engagement_definitions,
	.spans = true,
	.work = work,
	.release = release,
	.draw = draw,
	.sheet = sheet,
	.bare = bare,
	.people = find_people,
	.advice = advise,
	.sample = sample,
	.headline = headline,
};

const struct screen engagement_screen = {
	.name = N_("Do members take part?"),
	.help = N_("The share of the members of your programs who bought, earned or used "
		   "something, month by month. Enter opens those who did nothing in a month."),
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

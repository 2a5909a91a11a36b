/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/figure_worth.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

/* What the customers are worth over the next year, and whom it hurts most to
 * lose. The first line of a list is all of it. */

enum { ROOMY = 12, PLAIN_LINES = 4 };

static const char *const views[] = {
	[WORTH_COOLING] = N_("worth most and cooling"), [WORTH_BEST] = N_("worth most"),
	[WORTH_CHECK] = N_("was it right?"), NULL
};

static void open(void *state, struct ui *ui, const void *arg)
{
	struct worth *w = state;

	(void)ui;
	(void)arg;
	w->figure.kind = &worth_figure;
}

/* -- working it out -- */

static const struct worth_list *list_of(const struct worth *w)
{
	return &w->lists[w->figure.view == WORTH_BEST ? WORTH_BEST : WORTH_COOLING];
}

static size_t in_picture(const struct worth_list *l)
{
	return l->n < WORTH_NAMED ? (size_t)l->n : WORTH_NAMED;
}

static void turned(void *state, struct ui *ui)
{
	struct worth *w = state;
	bool list = w->clv.state == CLV_FITTED && w->figure.view != WORTH_CHECK;

	(void)ui;
	list_count(&w->figure.list, list ? 1 + in_picture(list_of(w)) : 0);
}

static enum status work(void *state, struct ui *ui)
{
	const struct scan *scan = &picture_of(ui)->scan;
	const struct clv *c = picture_clv(ui);
	struct worth *w = state;
	enum status st = ST_OK;

	if (!c)
		return ST_FULL;
	w->figure.working = true;
	w->figure.done = (int64_t)c->h.at;
	w->figure.total = (int64_t)scan->visit_count;
	if (!c->whole)
		return ST_OK;
	if (!w->known) {
		w->known = true;
		w->clv = *c;
		w->checked = c->state != CLV_FITTED;
		if (c->state == CLV_FITTED)
			st = worth_make_lists(w, ui, c);
	} else if (!w->checked) {
		worth_work_check(w, scan);
	}
	if (w->checked) {
		w->figure.working = false;
		turned(state, ui);
	}
	return st;
}

static void release(void *state)
{
	struct worth *w = state;

	worth_release_lists(w);
	clv_check_release(&w->check);
	clv_release(&w->before);
	w->known = w->checking = w->checked = false;
}

/* -- drawing -- */

/* To two digits: more would say more than is known. */
static int64_t about(double amount)
{
	double step = 1;

	while (fabs(amount) / step >= 100)
		step *= 10;
	return llround(round(fmin(fmax(amount, -9e17), 9e17) / step) * step);
}

static const char *about_money(const struct ui *ui, double minor, char out[FORMAT_TEXT])
{
	return format_money_short(&ui->format, about(minor), out);
}

static const char *percent(const struct ui *ui, double share, char out[FORMAT_TEXT])
{
	return format_percent(&ui->format, llround(share * 100) * 100, out);
}

enum { COL_NAME, COL_ALIVE, COL_LAST, COL_VISITS, COL_WORTH, COL_PHONE };

static const struct heading headings[] = {
	[COL_NAME] = { N_("Customer"), 16, 30, 100, ALIGN_LEFT },
	[COL_ALIVE] = { N_("Still regular"), 6, 6, 98, ALIGN_RIGHT },
	[COL_LAST] = { N_("Last visit"), 11, 12, 90, ALIGN_LEFT },
	[COL_VISITS] = { N_("Visits"), 6, 6, 70, ALIGN_RIGHT },
	[COL_WORTH] = { N_("In a year"), 9, 10, 99, ALIGN_RIGHT },
	[COL_PHONE] = { N_("Phone"), 16, 18, 60, ALIGN_LEFT },
	{ 0 }
};

struct drawn {
	const struct worth *w;
	const struct ui *ui;
};

static void draw_all(const struct drawn *d, size_t column, struct cell *out)
{
	const struct worth_list *l = list_of(d->w);
	char n[FORMAT_TEXT], first[FORMAT_TEXT];

	out->tone = TONE_STRONG;
	if (column == COL_NAME && l->n > WORTH_NAMED) {
		snprintf(out->room, sizeof(out->room), _("%1$s in all, first %2$s here"),
			 format_number(&d->ui->format, l->n, n),
			 format_number(&d->ui->format, WORTH_NAMED, first));
		out->text = out->room;
	} else if (column == COL_NAME) {
		snprintf(out->room, sizeof(out->room),
			 ngettext("%s customer in all", "%s customers in all",
				  (unsigned long)l->n),
			 format_number(&d->ui->format, l->n, n));
		out->text = out->room;
	} else if (column == COL_WORTH) {
		out->text = about_money(d->ui, (double)l->value, out->room);
	}
}

static void draw_cell(const void *arg, size_t row, size_t column, struct cell *out)
{
	const struct drawn *d = arg;
	const struct worth_row *r;

	if (!row) {
		draw_all(d, column, out);
		return;
	}
	r = &list_of(d->w)->rows[row - 1];
	switch (column) {
	case COL_NAME: out->text = r->name; break;
	case COL_ALIVE:
		out->text = r->p.x ? percent(d->ui, r->p.alive, out->room) : "";
		break;
	case COL_LAST: out->text = format_day(&d->ui->format, r->p.last, out->room); break;
	case COL_VISITS:
		out->text = format_number(&d->ui->format, r->p.x + 1, out->room);
		break;
	case COL_WORTH: out->text = about_money(d->ui, (double)r->p.value, out->room); break;
	default: out->text = r->phone; break;
	}
}

static int put_worth(const struct worth *w, const struct ui *ui, const struct canvas *c)
{
	char n[FORMAT_TEXT], amount[FORMAT_TEXT], text[4 * FORMAT_TEXT];

	format_number(&ui->format, w->clv.customers, n);
	if (w->clv.spend == CLV_SPEND_NOTHING)
		snprintf(text, sizeof(text),
			 _("All %1$s customers are expected to come about %2$s times in the next "
			   "year."), n, format_number(&ui->format, about(w->clv.expected), amount));
	else
		snprintf(text, sizeof(text),
			 _("All %1$s customers are expected to bring about %2$s in the next "
			   "year."), n, about_money(ui, w->clv.value, amount));
	return put_wrapped(c, (struct spot){ .tone = TONE_STRONG }, 2, text);
}

static int put_regulars(const struct worth *w, const struct ui *ui, const struct canvas *c,
			int y)
{
	char again[FORMAT_TEXT], alive[FORMAT_TEXT], once[FORMAT_TEXT], text[4 * FORMAT_TEXT];

	snprintf(text, sizeof(text),
		 _("Of %1$s who came again about %2$s are likely still regulars; %3$s came "
		   "once."),
		   format_number(&ui->format, w->clv.repeat, again),
		   format_number(&ui->format, llround(w->clv.repeat_alive), alive),
		   format_number(&ui->format, w->clv.customers - w->clv.repeat, once));
	return y + put_wrapped(c, (struct spot){ .y = y, .tone = TONE_DIM }, 2, text);
}

static int put_caution(const struct worth *w, const struct canvas *c, int y)
{
	const char *caution = clv_caution(&w->clv);

	if (!caution)
		return y;
	return y + put_wrapped(c, (struct spot){ .y = y, .tone = TONE_WARN }, 2, _(caution));
}

/* Too few for a model: what can be said without one. */
static void put_plain(const struct worth *w, const struct ui *ui, const struct canvas *c)
{
	const struct clv_plain *p = &w->clv.plain;
	int y = put_wrapped(c, (struct spot){ .tone = TONE_STRONG }, 2, _(clv_words(&w->clv)));
	char visit[FORMAT_TEXT], times[FORMAT_TEXT], year[FORMAT_TEXT], text[1024];

	put_cursor(c, 0, 0);
	if (p->average <= 0)
		return;
	format_money_short(&ui->format, llround(p->average), visit);
	if (p->visits_a_year <= 0)
		snprintf(text, sizeof(text), _("So far a visit brings %s."), visit);
	else
		snprintf(text, sizeof(text),
			 _("So far a visit brings %1$s and a customer comes again %2$s times a "
			   "year: about %3$s in a year from each, if that goes on."), visit,
			 format_decimal(&ui->format, p->visits_a_year, 1, times),
			 about_money(ui, p->average * p->visits_a_year, year));
	put_wrapped(c, (struct spot){ .y = y + 1 }, PLAIN_LINES, text);
}

static void draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct worth *w = state;
	struct drawn d = { w, ui };
	int y;
	struct canvas below;

	if (w->clv.state != CLV_FITTED) {
		put_plain(w, ui, c);
		return;
	}
	y = put_worth(w, ui, c);
	y = put_regulars(w, ui, c, y);
	y = put_caution(w, c, y) + (c->at.h >= ROOMY);
	below = canvas_part(c, (struct rect){ y, 0, c->at.h - y, c->at.w });
	if (w->figure.view == WORTH_CHECK)
		worth_draw_check(w, ui, &below);
	else
		figure_columns(&w->figure, &below, &(struct listing){
			.headings = headings, .cell = draw_cell, .arg = &d });
}

/* -- whom, and what to do -- */

static bool enter(void *state, struct ui *ui, struct figure_place at)
{
	const struct worth *w = state;
	size_t row = at.table ? at.row + 1 : at.row;

	if (w->clv.state != CLV_FITTED || w->figure.view == WORTH_CHECK || !row)
		return false;
	ui_open(ui, &customer_screen, &list_of(w)->rows[row - 1].p.customer);
	return true;
}

static bool find_people(const void *state, const struct ui *ui, struct figure_place at,
			struct buf *filter)
{
	const struct worth *w = state;

	(void)at;
	if (w->clv.state != CLV_FITTED || w->figure.view == WORTH_CHECK || !list_of(w)->n)
		return false;
	worth_filter(w, ui, w->figure.view, filter);
	return true;
}

static void advise_cooling(const struct worth *w, const struct ui *ui, struct buf *out)
{
	int64_t n = w->lists[WORTH_COOLING].n;
	char text[FORMAT_TEXT];

	format_number(&ui->format, n, text);
	if (!n)
		buf_sentence(out, "%s",
			     _("None of those worth most is cooling: they come as usual."));
	else if (w->figure.table || w->figure.list.at)
		buf_sentence(out, "%s",
			     _("Enter opens the card: call, or note why they stay away."));
	else
		buf_sentence(out, ngettext("%s of the most valuable fifth may be leaving: Enter "
					   "opens them, to win back first.",
					   "%s of the most valuable fifth may be leaving: Enter "
					   "opens them, to win back first.",
					   (unsigned long)n), text);
}

/* At the end of the picture. */
static void say_more(const struct worth *w, const struct ui *ui, struct buf *out)
{
	char first[FORMAT_TEXT], all[FORMAT_TEXT];

	buf_printf(out, _("The first %1$s of %2$s end here: the table (F5) and the file (F6) have "
			  "all."), format_number(&ui->format, WORTH_NAMED, first),
		   format_number(&ui->format, list_of(w)->n, all));
}

static void advise(const void *state, const struct ui *ui, struct buf *out)
{
	const struct worth *w = state;
	char border[FORMAT_TEXT];

	if (w->clv.state != CLV_FITTED)
		buf_sentence(out, "%s",
			     _("Book sales to customers by name: each visit teaches more."));
	else if (w->figure.view != WORTH_CHECK && !w->figure.table &&
		 w->figure.list.at == WORTH_NAMED && list_of(w)->n > WORTH_NAMED)
		say_more(w, ui, out);
	else if (w->figure.view == WORTH_COOLING)
		advise_cooling(w, ui, out);
	else if (w->figure.view == WORTH_CHECK)
		worth_advise_check(w, ui, out);
	else
		buf_sentence(out, _("Each is expected to bring %s or more: Enter opens them, to "
				    "thank."), format_money_short(&ui->format, w->border, border));
}

static void sample(const void *state, const struct ui *ui, struct buf *out)
{
	const struct worth *w = state;
	char n[FORMAT_TEXT], again[FORMAT_TEXT];

	format_number(&ui->format, w->clv.repeat, again);
	buf_printf(out, ngettext("%1$s customer, of whom %2$s came again.",
				 "%1$s customers, of whom %2$s came again.",
				 (unsigned long)w->clv.customers),
		   format_number(&ui->format, w->clv.customers, n), again);
	buf_sentence(out, "%s", _(clv_words(&w->clv)));
	if (w->clv.state == CLV_FITTED)
		buf_sentence(out, "%s", _(clv_spend_words(&w->clv)));
}

static void proof(const void *state, const struct ui *ui, struct buf *out)
{
	const struct worth *w = state;
	const struct bgnbd_fit *v = &w->clv.visits;
	const struct gamma_gamma_fit *m = &w->clv.money;

	(void)ui;
	if (w->clv.state != CLV_FITTED)
		return;
	buf_text(out, "\n\n");
	buf_text(out, _("For who wants to check the model:"));
	buf_sentence(out, "BG/NBD: r %.4g, alpha %.4g, a %.4g, b %.4g, log-likelihood %.2f.",
		     v->m.r, v->m.alpha, v->m.a, v->m.b, v->log_likelihood);
	if (w->clv.spend == CLV_SPEND_FITTED)
		buf_sentence(out, "Gamma-Gamma: p %.4g, q %.4g, gamma %.4g, log-likelihood %.2f.",
			     m->m.p, m->m.q, m->m.gamma, m->log_likelihood);
}

static enum status before_sheet(void *state, struct ui *ui)
{
	struct worth *w = state;

	if (w->clv.state != CLV_FITTED || w->figure.view == WORTH_CHECK)
		return ST_OK;
	return worth_name_all(&w->lists[list_of(w) == &w->lists[WORTH_BEST]], ui);
}

static bool bare(const void *state)
{
	const struct worth *w = state;

	return w->clv.state != CLV_FITTED;
}

static void sheet(const void *state, struct sheet *out)
{
	const struct worth *w = state;

	if (w->figure.view == WORTH_CHECK)
		clv_check_sheet(&w->check, out);
	else
		worth_sheet(list_of(w), out);
}

static enum status headline(struct ui *ui, struct headline *out)
{
	const struct clv *c = picture_clv(ui);
	char text[FORMAT_TEXT];

	if (!c)
		return ST_FULL;
	out->more = !c->whole;
	if (!c->whole)
		return ST_OK;
	if (c->state != CLV_FITTED) {
		snprintf(out->figure, sizeof(out->figure), "%s",
			 c->state == CLV_SHORT || c->state == CLV_UNSURE ?
			 _("too early to tell") : _("too few to tell"));
		return ST_OK;
	}
	snprintf(out->figure, sizeof(out->figure), _("%s in a year"),
		 about_money(ui, c->value, text));
	format_number(&ui->format, llround(c->repeat_alive), text);
	snprintf(out->whom, sizeof(out->whom),
		 ngettext("%s still a regular", "%s still regulars",
			  (unsigned long)llround(c->repeat_alive)), text);
	return ST_OK;
}

const struct figure_kind worth_figure = {
	.name = "worth",
	.screen = &worth_screen,
	.definitions = clv_definitions,
	.views = views,
	.work = work,
	.release = release,
	.draw = draw,
	.before_sheet = before_sheet,
	.sheet = sheet,
	.bare = bare,
	.enter = enter,
	.people = find_people,
	.advice = advise,
	.sample = sample,
	.proof = proof,
	.turned = turned,
	.headline = headline,
};

const struct screen worth_screen = {
	.name = N_("What are they worth?"),
	.help = N_("What each customer is expected to bring in the next year, from how often they "
		   "come, how likely they are still a regular, and what they spend. Cooling are "
		   "those of the most valuable fifth who are less than 70 per cent likely still "
		   "regulars. Tab shows the most valuable of all, and whether such expectations "
		   "were right in the last months."),
	.state_size = sizeof(struct worth),
	.keys = figure_keys,
	.open = open,
	.load = figure_load,
	.draw = figure_draw,
	.act = figure_act,
	.offers = figure_offers,
	.explain = figure_explain,
	.release = figure_release,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "insight/cooling.h"
#include "insight/erased.h"
#include "insight/retention.h"
#include "screens/figures.h"
#include "screens/name.h"

/* Who used to come and has been silent for long by their own measure, the best
 * customers first. The first line is all of them. */

enum { VIEW_LATELY, VIEW_ALL };
enum { LATELY_MOST = 5, NAMED = 300, ROOMY = 12 };

static const char *const views[] = {
	[VIEW_LATELY] = N_("overdue lately"), [VIEW_ALL] = N_("all who are overdue"), NULL
};

struct named {
	char name[NAME_TEXT], phone[NAME_PHONE];
};

struct state {
	struct figure figure;		/* first */
	struct cooling cooling;
	struct retention retention;	/* for its two rates */
	struct named *names;		/* of the first rows */
	size_t named;			/* all of them once a table was made */
};

static void open(void *state, struct ui *ui, const void *arg)
{
	struct state *s = state;

	(void)ui;
	(void)arg;
	s->figure.kind = &cooling_figure;
}

/* -- working it out -- */

struct naming {
	struct state *s;
	const struct shop *shop;
	struct customer *customer;
};

static enum status read_names(struct txn *txn, void *arg)
{
	struct naming *n = arg;

	for (size_t i = 0; i < n->s->named; i++) {
		struct named *out = &n->s->names[i];

		record_clear(&customer_type, n->customer);
		if (!customer_get(txn, n->s->cooling.row[i].customer, n->customer))
			continue;
		name_of(n->shop, n->customer, out->name);
		phone_of(n->customer, out->phone);
	}
	return txn_status(txn);
}

static size_t in_picture(const struct state *s)
{
	return s->cooling.n < NAMED ? s->cooling.n : NAMED;
}

static enum status name_rows(struct state *s, struct ui *ui, size_t rows)
{
	struct naming n = { s, ui->shop, mem_alloc(sizeof(*n.customer)) };
	enum status st;

	free(s->names);
	s->named = rows;
	s->names = mem_alloc((s->named + 1) * sizeof(*s->names));
	st = store_read(ui->shop->store, read_names, &n);
	free(n.customer);
	return st;
}

static enum status reread(void *state, struct ui *ui)
{
	const struct state *s = state;

	return name_rows(state, ui, s->named);
}

static enum status name_all(void *state, struct ui *ui)
{
	const struct state *s = state;

	return s->named < s->cooling.n ? name_rows(state, ui, s->cooling.n) : ST_OK;
}

/* As their filter finds them: without who was erased. */
static enum status find(struct ui *ui, size_t view, struct cooling *out)
{
	struct people_set erased;
	struct cooling_options asked = { .gap_most = view == VIEW_LATELY ? LATELY_MOST : 0,
					 .except = &erased };
	enum status st = erased_read(ui->shop->store, &erased);

	*out = (struct cooling){ .n = 0 };
	if (st == ST_OK)
		st = cooling_of(&picture_of(ui)->scan, &asked, out);
	out->used.except = NULL;
	people_release(&erased);
	return st;
}

static enum status work(void *state, struct ui *ui)
{
	struct state *s = state;
	const struct scan *scan = &picture_of(ui)->scan;
	struct retention_options rates = { .to = picture_day(picture_of(ui)) };
	enum status st = find(ui, s->figure.view, &s->cooling);

	if (st == ST_OK)
		st = retention_of(scan, &rates, &s->retention);
	if (st == ST_OK)
		st = name_rows(s, ui, in_picture(s));
	list_count(&s->figure.list, st == ST_OK ? 1 + in_picture(s) : 0);
	return st;
}

static void release(void *state)
{
	struct state *s = state;

	cooling_release(&s->cooling);
	free(s->names);
	s->names = NULL;
	s->named = 0;
}

static void turned(void *state, struct ui *ui)
{
	struct state *s = state;

	release(s);
	if (work(s, ui) != ST_OK)
		ui_fail(ui);
	list_choose(&s->figure.list, 0);
}

/* -- drawing -- */

enum { COL_NAME, COL_SILENT, COL_USUAL, COL_VISITS, COL_PAID, COL_PHONE };

static const struct heading headings[] = {
	[COL_NAME] = { N_("Customer"), 16, 30, 100, ALIGN_LEFT },
	[COL_SILENT] = { N_("Silent, days"), 6, 6, 99, ALIGN_RIGHT },
	[COL_USUAL] = { N_("Usual gap"), 6, 6, 98, ALIGN_RIGHT },
	[COL_VISITS] = { N_("Visits"), 6, 6, 70, ALIGN_RIGHT },
	[COL_PAID] = { N_("Paid"), 10, 12, 90, ALIGN_RIGHT },
	[COL_PHONE] = { N_("Phone"), 16, 18, 60, ALIGN_LEFT },
	{ 0 }
};

struct drawn {
	const struct state *s;
	const struct ui *ui;
};

static void draw_all(const struct drawn *d, size_t column, struct cell *out)
{
	const struct cooling *c = &d->s->cooling;
	char n[FORMAT_TEXT], first[FORMAT_TEXT];

	out->tone = TONE_STRONG;
	if (column == COL_NAME && c->n > NAMED) {
		snprintf(out->room, sizeof(out->room), _("%1$s in all, first %2$s here"),
			 format_number(&d->ui->format, (int64_t)c->n, n),
			 format_number(&d->ui->format, NAMED, first));
		out->text = out->room;
	} else if (column == COL_NAME) {
		snprintf(out->room, sizeof(out->room),
			 ngettext("%s customer in all", "%s customers in all",
				  (unsigned long)c->n),
			 format_number(&d->ui->format, (int64_t)c->n, n));
		out->text = out->room;
	} else if (column == COL_PAID) {
		out->text = format_money_short(&d->ui->format, c->paid, out->room);
	}
}

static void draw_cell(const void *arg, size_t row, size_t column, struct cell *out)
{
	const struct drawn *d = arg;
	const struct format *f = &d->ui->format;
	const struct cooling_row *r;

	if (!row) {
		draw_all(d, column, out);
		return;
	}
	r = &d->s->cooling.row[row - 1];
	switch (column) {
	case COL_NAME: out->text = d->s->names[row - 1].name; break;
	case COL_SILENT: out->text = format_number(f, r->silence, out->room); break;
	case COL_USUAL: out->text = format_decimal(f, r->usual, 0, out->room); break;
	case COL_VISITS: out->text = format_number(f, r->visits, out->room); break;
	case COL_PAID: out->text = format_money_short(f, r->paid, out->room); break;
	default: out->text = d->s->names[row - 1].phone; break;
	}
}

/* "34.4 % (120 of 349)" behind its words, which are cut rather than it. */
static void put_rate(const struct ui *ui, const struct canvas *c, const char *words,
		     struct share share)
{
	char rate[FORMAT_TEXT], part[FORMAT_TEXT], whole[FORMAT_TEXT], text[4 * FORMAT_TEXT];
	int cols, left;

	snprintf(text, sizeof(text), _("%1$s (%2$s of %3$s)"), figure_rate(ui, share, rate),
		 format_number(&ui->format, share.part, part),
		 format_number(&ui->format, share.whole, whole));
	cols = shown_columns(text);
	left = shown_columns(words);
	left = left + 2 + cols > c->at.w ? c->at.w - cols - 2 : left;
	if (left > 0)
		put_text(c, (struct spot){ .cols = left, .tone = TONE_DIM }, words);
	put_text(c, (struct spot){ .x = left > 0 ? left + 2 : 0 }, text);
}

static void draw_rates(const struct state *s, const struct ui *ui, const struct canvas *c)
{
	struct canvas second = canvas_part(c, (struct rect){ 1, 0, 1, c->at.w });

	put_rate(ui, c, _("Came in the 90 days before the last 90, not since:"),
		 s->retention.churn);
	put_rate(ui, &second, _("Regulars silent for more than twice their usual gap:"),
		 s->retention.churn_own_gap);
}

static void draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct state *s = state;
	struct drawn d = { s, ui };
	int y = c->at.h >= ROOMY ? 3 : 2;
	struct canvas below = canvas_part(c, (struct rect){ y, 0, c->at.h - y, c->at.w });

	draw_rates(s, ui, c);
	figure_columns(&s->figure, &below, &(struct listing){ .headings = headings,
							      .cell = draw_cell, .arg = &d });
}

/* -- whom, and what to do -- */

static bool enter(void *state, struct ui *ui, struct figure_place at)
{
	const struct state *s = state;
	size_t row = at.table ? at.row + 1 : at.row;

	if (!row)
		return false;
	ui_open(ui, &customer_screen, &s->cooling.row[row - 1].customer);
	return true;
}

static bool find_people(const void *state, const struct ui *ui, struct figure_place at,
			struct buf *filter)
{
	const struct state *s = state;

	(void)ui;
	(void)at;
	buf_text(filter, "gaps > 2");
	if (s->figure.view == VIEW_LATELY)
		buf_printf(filter, " and gaps <= %d", LATELY_MOST);
	return s->cooling.n > 0;
}

/* At the end of the picture. */
static void say_more(const struct state *s, const struct ui *ui, struct buf *out)
{
	char first[FORMAT_TEXT], all[FORMAT_TEXT];

	buf_printf(out, _("The first %1$s of %2$s end here: the table (F5) and the file (F6) have "
			  "all."), format_number(&ui->format, NAMED, first),
		   format_number(&ui->format, (int64_t)s->cooling.n, all));
}

static void advise(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	int64_t n = (int64_t)s->cooling.n;
	char text[FORMAT_TEXT];

	format_number(&ui->format, n, text);
	if (!s->cooling.whole)
		buf_text(out, _("Nobody has come three times yet, so nobody has a usual gap."));
	else if (!n)
		buf_text(out, _("Nobody is overdue: everybody comes as usual."));
	else if (!s->figure.table && s->figure.list.at == NAMED && n > NAMED)
		say_more(s, ui, out);
	else if (s->figure.table || s->figure.list.at)
		buf_text(out, _("Enter opens the card: call, or note why they stay away."));
	else
		buf_printf(out, ngettext("%s is overdue, by their own usual gap: Enter opens "
					 "them, to write to or call.",
					 "%s are overdue, by their own usual gap: Enter opens "
					 "them, to write to or call.", (unsigned long)n), text);
}

static void sample(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	char n[FORMAT_TEXT];

	buf_printf(out, ngettext("%s customer with three visits or more.",
				 "%s customers with three visits or more.",
				 (unsigned long)s->cooling.whole),
		   format_number(&ui->format, s->cooling.whole, n));
}

static const struct sheet_column columns[] = {
	{ "customer", N_("Customer"), SHEET_TEXT },
	{ "phone", N_("Phone"), SHEET_TEXT },
	{ "last_visit", N_("Last visit"), SHEET_DAY },
	{ "silence", N_("Silent, days"), SHEET_COUNT },
	{ "usual", N_("Usual gap"), SHEET_NUMBER },
	{ "visits", N_("Visits"), SHEET_COUNT },
	{ "paid", N_("Paid"), SHEET_MONEY },
	{ 0 }
};

static void sheet(const void *state, struct sheet *out)
{
	const struct state *s = state;

	sheet_start(out, columns);
	for (size_t i = 0; i < s->named; i++) {
		const struct cooling_row *r = &s->cooling.row[i];

		sheet_text(out, s->names[i].name);
		sheet_text(out, s->names[i].phone);
		sheet_day(out, r->last_day);
		sheet_count(out, r->silence);
		sheet_number(out, r->usual);
		sheet_count(out, r->visits);
		sheet_money(out, r->paid);
	}
}

static enum status headline(struct ui *ui, struct headline *out)
{
	struct cooling c;
	enum status st = find(ui, VIEW_LATELY, &c);
	char n[FORMAT_TEXT];

	if (st == ST_OK && c.whole < SHARE_FEW) {
		snprintf(out->figure, sizeof(out->figure), "%s", _("too few to tell"));
	} else if (st == ST_OK) {
		snprintf(out->figure, sizeof(out->figure),
			 ngettext("%s overdue lately", "%s overdue lately", (unsigned long)c.n),
			 format_number(&ui->format, (int64_t)c.n, n));
		snprintf(out->whom, sizeof(out->whom),
			 ngettext("of %s regular", "of %s regulars", (unsigned long)c.whole),
			 format_number(&ui->format, c.whole, n));
	}
	cooling_release(&c);
	return st;
}

const struct figure_kind cooling_figure = {
	.name = "silent",
	.screen = &cooling_screen,
	.definitions = cooling_definitions,
	.views = views,
	.work = work,
	.reread = reread,
	.release = release,
	.draw = draw,
	.before_sheet = name_all,
	.sheet = sheet,
	.enter = enter,
	.people = find_people,
	.advice = advise,
	.sample = sample,
	.turned = turned,
	.headline = headline,
};

const struct screen cooling_screen = {
	.name = N_("Who cools off?"),
	.help = N_("Customers who came three times or more and have been silent for more than "
		   "twice their own usual gap; who paid most stands first. One who came every "
		   "week is missed after two, one who came every month after two months."),
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "insight/upsell.h"
#include "screens/columns.h"
#include "screens/figures.h"

/* Who always takes the cheaper one of two, and what to say to them. */

struct state {
	struct figure figure;		/* first */
	const struct sold *sold;	/* the picture's */
	struct upsell upsell;
};

static void open(void *state, struct ui *ui, const void *arg)
{
	struct state *s = state;

	(void)ui;
	(void)arg;
	s->figure.kind = &upsell_figure;
}

static enum status work(void *state, struct ui *ui)
{
	struct state *s = state;
	struct upsell_options options;
	enum status st;

	if (!figure_read_sold(&s->figure, ui, &st))
		return st;
	s->sold = &picture_of(ui)->sold;
	options = (struct upsell_options){ .window = figure_sold_window(ui) };
	st = upsell_of(s->sold, &options, &s->upsell);
	list_count(&s->figure.list, s->upsell.worth);
	return st;
}

static void release(void *state)
{
	struct state *s = state;

	upsell_release(&s->upsell);
}

/* NULL: no line is there. */
static const struct upsell_row *row_at(const struct state *s, struct figure_place at)
{
	return at.row < s->upsell.worth ? &s->upsell.row[at.row] : NULL;
}

/* -- drawing -- */

enum { COL_LOW, COL_HIGH, COL_DEARER, COL_PEOPLE, COL_MORE };

static const struct heading headings[] = {
	[COL_LOW] = { N_("Always take"), 10, 22, 100, ALIGN_LEFT },
	[COL_HIGH] = { N_("could take"), 10, 22, 99, ALIGN_LEFT },
	[COL_DEARER] = { N_("for"), 6, 8, 90, ALIGN_RIGHT },
	[COL_PEOPLE] = { N_("People"), 4, 6, 98, ALIGN_RIGHT },
	[COL_MORE] = { N_("Could bring"), 6, 10, 95, ALIGN_RIGHT },
	{ 0 }
};

struct drawn {
	const struct state *s;
	const struct ui *ui;
};

static const char *dearer(const struct ui *ui, const struct upsell_row *row, char *room)
{
	char money[FORMAT_TEXT];

	snprintf(room, FORMAT_TEXT, "+%s",
		 format_money_short(&ui->format, row->high_price - row->low_price, money));
	return room;
}

static void draw_cell(const void *arg, size_t row_number, size_t column, struct cell *out)
{
	const struct drawn *d = arg;
	const struct upsell_row *row = &d->s->upsell.row[row_number];
	const struct goods *goods = &d->s->sold->goods;

	if (column == COL_LOW)
		out->text = goods->row[row->low].name;
	else if (column == COL_HIGH)
		out->text = goods->row[row->high].name;
	else if (column == COL_DEARER)
		out->text = dearer(d->ui, row, out->room);
	else if (column == COL_PEOPLE)
		out->text = format_number(&d->ui->format, row->people, out->room);
	else
		out->text = format_money_short(&d->ui->format, row->more, out->room);
}

static const char *missing(const struct state *s)
{
	if (s->upsell.n)
		return _("Nobody always takes the cheaper of two things and never the dearer one.");
	return s->sold->line_count ?
	       _("No category has two items of different prices that were sold in these days. "
		 "Give items a category, and this page shows who could take the better one.") :
	       _("No sale in these days names an item. Choose items at the Counter, or bring in "
		 "your till's receipts with their lines.");
}

static void draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct state *s = state;
	struct drawn d = { s, ui };

	if (s->upsell.worth) {
		figure_columns(&s->figure, c, &(struct listing){ .headings = headings,
								 .cell = draw_cell, .arg = &d });
		return;
	}
	put_wrapped(c, (struct spot){ .cols = c->at.w }, c->at.h, missing(s));
	put_cursor(c, 0, 0);
}

/* -- whom, and what to do -- */

static bool find_people(const void *state, const struct ui *ui, struct figure_place at,
			struct buf *filter)
{
	const struct state *s = state;
	const struct upsell_row *row = row_at(s, at);

	(void)ui;
	if (!row)
		return false;
	upsell_filter(s->sold, &s->upsell, row, filter);
	return true;
}

static void advise(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	const struct upsell_row *row = row_at(s, figure_place(&s->figure));
	char text[FORMAT_TEXT];
	struct buf words = { 0 };

	if (!row)
		return;
	upsell_words(s->sold, row, format_money_short(&ui->format, row->high_price -
						      row->low_price, text), &words);
	buf_printf(out, _("Say: \"%s\""), words.at);
	buf_release(&words);
	buf_sentence(out, ngettext("Enter opens the %1$s customer who takes %2$s again and "
				   "again, and never took %3$s.",
				   "Enter opens the %1$s customers who take %2$s again and "
				   "again, and never took %3$s.", (unsigned long)row->people),
		     format_number(&ui->format, row->people, text),
		     s->sold->goods.row[row->low].name, s->sold->goods.row[row->high].name);
}

static void sample(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	char n[FORMAT_TEXT];
	int64_t people = 0;

	for (size_t i = 0; i < s->upsell.n; i++)
		people += s->upsell.row[i].people;
	buf_printf(out, ngettext("%s customer with a habit.", "%s customers with a habit.",
				 (unsigned long)people), format_number(&ui->format, people, n));
}

static bool bare(const void *state)
{
	const struct state *s = state;

	return !s->upsell.n;
}

static void sheet(const void *state, struct sheet *out)
{
	const struct state *s = state;

	upsell_sheet(s->sold, &s->upsell, out);
}

static void tell(struct ui *ui, const struct upsell *u, struct headline *out)
{
	int64_t people = 0, more = 0;
	char text[FORMAT_TEXT];

	for (size_t i = 0; i < u->n; i++) {
		people += u->row[i].people;
		if (__builtin_add_overflow(more, u->row[i].more, &more))
			return;
	}
	if (!people) {
		snprintf(out->figure, sizeof(out->figure), "%s", _("nothing stands out"));
		return;
	}
	snprintf(out->figure, sizeof(out->figure), _("%s could be had"),
		 format_money_short(&ui->format, more, text));
	snprintf(out->whom, sizeof(out->whom),
		 ngettext("by %s customer", "by %s customers", (unsigned long)people),
		 format_number(&ui->format, people, text));
}

static enum status headline(struct ui *ui, struct headline *out)
{
	const struct upsell_options options = { .window = figure_sold_window(ui) };
	struct upsell u = { .n = 0 };
	enum status st = picture_sold(ui);

	out->more = !picture_of(ui)->sold.whole;
	if (st != ST_OK || out->more)
		return st;
	st = upsell_of(&picture_of(ui)->sold, &options, &u);
	if (st == ST_OK)
		tell(ui, &u, out);
	upsell_release(&u);
	return st;
}

const struct figure_kind upsell_figure = {
	.name = "better-one",
	.screen = &upsell_screen,
	.definitions = upsell_definitions,
	.spans = true,
	.of_goods = true,
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

const struct screen upsell_screen = {
	.name = N_("Who could take the better one?"),
	.help = N_("In each category the two items that are sold most and differ in price, and who "
		   "takes the cheaper one again and again and never took the dearer one. The words "
		   "below can be said at the counter, or written to them."),
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/text.h"
#include "insight/items.h"
#include "screens/columns.h"
#include "screens/figures.h"

/* Which items bring people back, and what each item brings. */

enum { VIEW_RETURNS, VIEW_MONEY };

static const char *const views[] = {
	[VIEW_RETURNS] = N_("who comes back"), [VIEW_MONEY] = N_("money"), NULL
};

struct state {
	struct figure figure;		/* first */
	const struct sold *sold;	/* the picture's */
	struct items items;
};

static void open(void *state, struct ui *ui, const void *arg)
{
	struct state *s = state;

	(void)ui;
	(void)arg;
	s->figure.kind = &returns_figure;
}

static enum status work(void *state, struct ui *ui)
{
	struct state *s = state;
	struct items_options options;
	enum status st;

	if (!figure_read_sold(&s->figure, ui, &st))
		return st;
	s->sold = &picture_of(ui)->sold;
	options = (struct items_options){ .window = figure_sold_window(ui) };
	st = items_of(s->sold, &options, &s->items);
	list_count(&s->figure.list, s->items.n);
	return st;
}

static void release(void *state)
{
	struct state *s = state;

	items_release(&s->items);
}

/* NULL: no line is there. */
static const struct items_row *row_at(const struct state *s, struct figure_place at)
{
	return at.row < s->items.n ? &s->items.row[at.row] : NULL;
}

/* -- drawing -- */

enum { COL_ITEM, COL_BACK, COL_OF, COL_EACH };

static const struct heading returns[] = {
	[COL_ITEM] = { N_("Item"), 12, 26, 100, ALIGN_LEFT },
	[COL_BACK] = { N_("Came back"), 6, 15, 99, ALIGN_RIGHT },
	[COL_OF] = { N_("of new to it"), 4, 6, 90, ALIGN_RIGHT },
	[COL_EACH] = { N_("Each brought"), 6, 10, 95, ALIGN_RIGHT },
	{ 0 }
};

enum { COL_REVENUE = 1, COL_MARGIN, COL_RECEIPTS, COL_CUSTOMERS };

static const struct heading money[] = {
	[COL_ITEM] = { N_("Item"), 12, 26, 100, ALIGN_LEFT },
	[COL_REVENUE] = { N_("Revenue"), 7, 12, 99, ALIGN_RIGHT },
	[COL_MARGIN] = { N_("Margin"), 7, 12, 95, ALIGN_RIGHT },
	[COL_RECEIPTS] = { N_("Receipts"), 5, 8, 90, ALIGN_RIGHT },
	[COL_CUSTOMERS] = { N_("People"), 5, 8, 92, ALIGN_RIGHT },
	{ 0 }
};

struct drawn {
	const struct state *s;
	const struct ui *ui;
};

static void draw_return(const struct drawn *d, const struct items_row *row, size_t column,
			struct cell *out)
{
	const struct format *f = &d->ui->format;

	if (column == COL_BACK)
		out->text = figure_rate(d->ui, row->came_back, out->room);
	else if (column == COL_OF)
		out->text = format_number(f, row->came_back.whole, out->room);
	else if (share_tells(row->came_back))
		out->text = format_money_short(f, items_return_each(&d->s->items, row), out->room);
}

static void draw_money(const struct drawn *d, const struct items_row *row, size_t column,
		       struct cell *out)
{
	const struct format *f = &d->ui->format;

	if (column == COL_REVENUE)
		out->text = format_money_short(f, row->revenue, out->room);
	else if (column == COL_RECEIPTS)
		out->text = format_number(f, row->sales, out->room);
	else if (column == COL_CUSTOMERS)
		out->text = format_number(f, row->customers, out->room);
	else if (row->has_margin)
		out->text = format_money_short(f, row->margin, out->room);
}

static void draw_cell(const void *arg, size_t row_number, size_t column, struct cell *out)
{
	const struct drawn *d = arg;
	const struct items_row *row = &d->s->items.row[row_number];

	if (column == COL_ITEM)
		out->text = d->s->sold->goods.row[row->item].name;
	else if (d->s->figure.view == VIEW_RETURNS)
		draw_return(d, row, column, out);
	else
		draw_money(d, row, column, out);
}

static void draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct state *s = state;
	struct drawn d = { s, ui };

	if (s->items.n) {
		figure_columns(&s->figure, c, &(struct listing){
			.headings = s->figure.view == VIEW_RETURNS ? returns : money,
			.cell = draw_cell, .arg = &d });
		return;
	}
	put_wrapped(c, (struct spot){ .cols = c->at.w }, c->at.h,
		    _("No sale in these days names an item. Choose items at the Counter, or bring "
		      "in your till's receipts with their lines."));
	put_cursor(c, 0, 0);
}

/* -- whom, and what to do -- */

static bool find_people(const void *state, const struct ui *ui, struct figure_place at,
			struct buf *filter)
{
	const struct state *s = state;
	const struct items_row *row = row_at(s, at);

	(void)ui;
	if (!row || !row->customers)
		return false;
	items_filter(s->sold, &s->items, row, filter);
	return true;
}

/* Better than the others, or not? */
static void say_return(const struct state *s, const struct ui *ui, const struct items_row *row,
		       struct buf *out)
{
	const char *name = s->sold->goods.row[row->item].name;
	char rate[FORMAT_TEXT], usual[FORMAT_TEXT], n[FORMAT_TEXT];

	if (!share_tells(row->came_back)) {
		buf_printf(out, _("Too few people tried %s for the first time to tell whether it "
				  "brings them back."), name);
		return;
	}
	if (row->stands_out)
		buf_text(out, _("Let new customers taste it: more of them come back than chance "
				"would bring."));
	buf_sentence(out, _("%2$s of those new to %1$s came again within %3$s days; over all items "
			    "%4$s."), name,
		   figure_rate(ui, row->came_back, rate),
		   format_number(&ui->format, s->items.used.days, n),
		   figure_rate(ui, s->items.came_back, usual));
}

static void advise(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	const struct items_row *row = row_at(s, figure_place(&s->figure));
	char n[FORMAT_TEXT];

	if (!row)
		return;
	say_return(s, ui, row, out);
	if (row->customers)
		buf_sentence(out, ngettext("Enter opens the %s customer who bought it.",
					   "Enter opens the %s customers who bought it.",
					   (unsigned long)row->customers),
			     format_number(&ui->format, row->customers, n));
}

static void sample(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	char n[FORMAT_TEXT];

	buf_printf(out, ngettext("%s item was sold.", "%s items were sold.",
				 (unsigned long)s->items.n),
		   format_number(&ui->format, (int64_t)s->items.n, n));
	if (s->items.nameless)
		buf_sentence(out, ngettext("%s line names no item and is left out.",
					   "%s lines name no item and are left out.",
					   (unsigned long)s->items.nameless),
			     format_number(&ui->format, s->items.nameless, n));
}

static bool bare(const void *state)
{
	const struct state *s = state;

	return !s->items.n;
}

static void sheet(const void *state, struct sheet *out)
{
	const struct state *s = state;

	items_sheet(s->sold, &s->items, out);
}

static void tell(struct ui *ui, const struct items *items, struct headline *out)
{
	const struct items_row *best = items_best(items);
	const char *name;
	char rate[FORMAT_TEXT];

	if (!best) {
		snprintf(out->figure, sizeof(out->figure), "%s",
			 picture_of(ui)->sold.line_count ? _("nothing stands out") :
			 _("no items in the sales"));
		return;
	}
	name = picture_of(ui)->sold.goods.row[best->item].name;
	snprintf(out->figure, sizeof(out->figure), "%.*s",
		 (int)text_cut(name, sizeof(out->figure) - 1), name);
	snprintf(out->whom, sizeof(out->whom), _("%s came again"),
		 figure_rate(ui, best->came_back, rate));
}

static enum status headline(struct ui *ui, struct headline *out)
{
	const struct items_options options = { .window = figure_sold_window(ui) };
	struct items items = { .n = 0 };
	enum status st = picture_sold(ui);

	out->more = !picture_of(ui)->sold.whole;
	if (st != ST_OK || out->more)
		return st;
	st = items_of(&picture_of(ui)->sold, &options, &items);
	if (st == ST_OK)
		tell(ui, &items, out);
	items_release(&items);
	return st;
}

const struct figure_kind returns_figure = {
	.name = "items",
	.screen = &returns_screen,
	.definitions = items_definitions,
	.views = views,
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

const struct screen returns_screen = {
	.name = N_("Which items bring people back?"),
	.help = N_("Of those who tried an item for the first time, how many came again within 30 "
		   "days, and what they brought on those days: its margin, where an item's own "
		   "cost is known. Tab shows what each item sells."),
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "insight/basket_people.h"
#include "screens/columns.h"
#include "screens/figures.h"

/* What goes with what: pairs that are together more often than chance may bring
 * them, and who takes the one and never took the other. */

enum { VIEW_ITEMS, VIEW_CATEGORIES, VIEWS };

static const char *const views[] = {
	[VIEW_ITEMS] = N_("items"), [VIEW_CATEGORIES] = N_("categories"), NULL
};

/* One view's rules; those that are lines of the picture, by their places. */
struct part {
	struct basket basket;
	uint32_t *line;
	size_t lines;
};

struct state {
	struct figure figure;		/* first */
	const struct sold *sold;	/* the picture's */
	struct part parts[VIEWS];
};

static void open(void *state, struct ui *ui, const void *arg)
{
	struct state *s = state;

	(void)ui;
	(void)arg;
	s->figure.kind = &basket_figure;
}

/* -- working it out -- */

static void choose_lines(struct part *p)
{
	p->line = mem_alloc((p->basket.n + 1) * sizeof(*p->line));
	for (size_t i = 0; i < p->basket.n; i++)
		if (p->basket.rule[i].significant && !basket_is_mirror(&p->basket, i))
			p->line[p->lines++] = (uint32_t)i;
}

static enum status work_part(const struct sold *sold, struct sold_window window, size_t view,
			     struct part *out)
{
	const struct basket_options options = { .window = window,
						.by_category = view == VIEW_CATEGORIES };
	enum status st = basket_of(sold, &options, &out->basket);

	if (st == ST_OK)
		choose_lines(out);
	return st;
}

static void part_release(struct part *p)
{
	basket_release(&p->basket);
	free(p->line);
	*p = (struct part){ .lines = 0 };
}

static void turned(void *state, struct ui *ui)
{
	struct state *s = state;

	(void)ui;
	list_count(&s->figure.list, s->parts[s->figure.view].lines);
}

static enum status work(void *state, struct ui *ui)
{
	struct state *s = state;
	enum status st;

	if (!figure_read_sold(&s->figure, ui, &st))
		return st;
	s->sold = &picture_of(ui)->sold;
	for (size_t i = 0; i < VIEWS && st == ST_OK; i++)
		st = work_part(s->sold, figure_sold_window(ui), i, &s->parts[i]);
	turned(state, ui);
	return st;
}

static void release(void *state)
{
	struct state *s = state;

	for (size_t i = 0; i < VIEWS; i++)
		part_release(&s->parts[i]);
}

static const struct part *shown(const struct state *s)
{
	return &s->parts[s->figure.view];
}

/* NULL: no line is there. */
static const struct basket_rule *rule_at(const struct state *s, struct figure_place at)
{
	const struct part *p = shown(s);

	if (at.row >= (at.table ? p->basket.n : p->lines))
		return NULL;
	return &p->basket.rule[at.table ? at.row : p->line[at.row]];
}

/* -- drawing -- */

enum { COL_IF, COL_THEN, COL_HUNDRED, COL_LIFT, COL_PEOPLE };

static const struct heading headings[] = {
	[COL_IF] = { N_("Who takes"), 10, 24, 100, ALIGN_LEFT },
	[COL_THEN] = { N_("also takes"), 10, 24, 99, ALIGN_LEFT },
	[COL_HUNDRED] = { N_("Of 100"), 3, 3, 98, ALIGN_RIGHT },
	[COL_LIFT] = { N_("Times"), 4, 5, 90, ALIGN_RIGHT },
	[COL_PEOPLE] = { N_("Never yet"), 5, 6, 95, ALIGN_RIGHT },
	{ 0 }
};

struct drawn {
	const struct state *s;
	const struct ui *ui;
};

static const char *name(const struct state *s, uint32_t thing)
{
	return basket_name(s->sold, &shown(s)->basket, thing);
}

static void draw_cell(const void *arg, size_t row, size_t column, struct cell *out)
{
	const struct drawn *d = arg;
	const struct part *p = shown(d->s);
	const struct basket_rule *r = rule_at(d->s, (struct figure_place){ .row = row });

	if (column == COL_IF)
		out->text = name(d->s, r->lhs);
	else if (column == COL_THEN)
		out->text = name(d->s, r->rhs);
	else if (column == COL_HUNDRED)
		out->text = format_number(&d->ui->format, basket_of_hundred(r), out->room);
	else if (column == COL_LIFT)
		out->text = format_decimal(&d->ui->format, basket_lift(&p->basket, r), 1,
					   out->room);
	else
		out->text = format_number(&d->ui->format, r->people, out->room);
}

/* Why there is no line. */
static void put_nothing(const struct part *p, const struct ui *ui, struct buf *out)
{
	char n[FORMAT_TEXT];

	if (!p->basket.baskets && p->basket.used.by_category)
		buf_text(out, _("No item that was sold has a category. Give items one, and this "
				"page shows which go together."));
	else if (!p->basket.baskets)
		buf_text(out, _("No sale in these days names an item. Choose items at the Counter, "
				"or bring in your till's receipts with their lines."));
	else
		buf_printf(out, p->basket.used.by_category ?
			   _("No two categories are together more often than chance may bring "
			     "them, as far as %s receipts can tell. Tab shows items.") :
			   _("No two items are together more often than chance may bring them, as "
			     "far as %s receipts can tell. Tab shows categories."),
			   format_number(&ui->format, p->basket.baskets, n));
}

static void draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct state *s = state;
	struct drawn d = { s, ui };
	struct buf words = { 0 };

	if (shown(s)->lines) {
		figure_columns(&s->figure, c, &(struct listing){ .headings = headings,
								 .cell = draw_cell, .arg = &d });
		return;
	}
	put_nothing(shown(s), ui, &words);
	put_wrapped(c, (struct spot){ .cols = c->at.w }, c->at.h, words.at);
	put_cursor(c, 0, 0);
	buf_release(&words);
}

/* -- whom, and what to do -- */

static bool find_people(const void *state, const struct ui *ui, struct figure_place at,
			struct buf *filter)
{
	const struct state *s = state;
	const struct basket_rule *r = rule_at(s, at);

	(void)ui;
	if (!r || !r->people)
		return false;
	basket_filter(s->sold, &shown(s)->basket, r, filter);
	return true;
}

static void say_people(const struct state *s, const struct ui *ui, const struct basket_rule *r,
		       struct buf *out)
{
	char n[FORMAT_TEXT];

	if (r->people)
		buf_sentence(out, ngettext("%1$s customer who takes %2$s never took %3$s: Enter "
					   "opens them, to offer it.",
					   "%1$s customers who take %2$s never took %3$s: Enter "
					   "opens them, to offer it.", (unsigned long)r->people),
			     format_number(&ui->format, r->people, n), name(s, r->lhs),
			     name(s, r->rhs));
	else
		buf_sentence(out, _("All customers who take %1$s have taken %2$s, too."),
			     name(s, r->lhs), name(s, r->rhs));
}

static void advise(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	const struct basket_rule *r = rule_at(s, figure_place(&s->figure));
	char n[FORMAT_TEXT], times[FORMAT_TEXT];

	if (!r)
		return;
	buf_printf(out, _("%1$s goes with %2$s: of 100 who take %2$s, %3$s take %1$s, %4$s times "
			  "as often as others."), name(s, r->rhs), name(s, r->lhs),
		   format_number(&ui->format, basket_of_hundred(r), n),
		   format_decimal(&ui->format, basket_lift(&shown(s)->basket, r), 1, times));
	if (!r->significant)
		buf_sentence(out, "%s", _("That may be chance: too few to tell."));
	say_people(s, ui, r, out);
}

static void sample(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	const struct basket *b = &shown(s)->basket;
	char n[FORMAT_TEXT];

	buf_printf(out, ngettext("%s receipt names what was sold.",
				 "%s receipts name what was sold.", (unsigned long)b->baskets),
		   format_number(&ui->format, b->baskets, n));
	if (b->nameless)
		buf_sentence(out, ngettext("%s line names no item and is left out.",
					   "%s lines name no item and are left out.",
					   (unsigned long)b->nameless),
			     format_number(&ui->format, b->nameless, n));
}

static bool bare(const void *state)
{
	const struct state *s = state;

	return !shown(s)->basket.n;
}

static void sheet(const void *state, struct sheet *out)
{
	const struct state *s = state;

	basket_sheet(s->sold, &shown(s)->basket, out);
}

static void tell_first(struct ui *ui, const struct part *p, struct headline *out)
{
	const struct basket_rule *r = p->lines ? &p->basket.rule[p->line[0]] : NULL;
	const struct sold *sold = &picture_of(ui)->sold;
	struct buf words = { 0 };
	char n[FORMAT_TEXT];

	if (r)
		buf_printf(&words, _("%1$s + %2$s"), basket_name(sold, &p->basket, r->rhs),
			   basket_name(sold, &p->basket, r->lhs));
	else
		buf_text(&words, _("nothing stands out"));
	words.at[text_cut(words.at, sizeof(out->figure) - 1)] = '\0';
	snprintf(out->figure, sizeof(out->figure), "%s", words.at);
	if (r)
		snprintf(out->whom, sizeof(out->whom),
			 ngettext("%s never took it", "%s never took it",
				  (unsigned long)r->people),
			 format_number(&ui->format, r->people, n));
	buf_release(&words);
}

static enum status headline(struct ui *ui, struct headline *out)
{
	struct part part = { .lines = 0 };
	enum status st = picture_sold(ui);

	out->more = !picture_of(ui)->sold.whole;
	if (st != ST_OK || out->more)
		return st;
	st = work_part(&picture_of(ui)->sold, figure_sold_window(ui), VIEW_ITEMS, &part);
	if (st == ST_OK)
		tell_first(ui, &part, out);
	part_release(&part);
	return st;
}

const struct figure_kind basket_figure = {
	.name = "together",
	.screen = &basket_screen,
	.definitions = basket_definitions,
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
	.turned = turned,
	.headline = headline,
};

const struct screen basket_screen = {
	.name = N_("What goes with what?"),
	.help = N_("Which items are on one receipt more often than chance would bring them there, "
		   "the strongest first, and who takes the one and never took the other: to them "
		   "it can be offered. Tab shows the same for categories."),
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

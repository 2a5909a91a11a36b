/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/counter.h"

#include <stdio.h>

/* The sale that is being made: whose, how much, of what. */

enum { AMOUNT_COLS = 16, SUM_AT = 28, TENDER_COLS = 20, ITEM_COLS = 34, MONEY_COLS = 14,
       BASKET_LEAST = 2 };

/* -- the amount, and what it comes to -- */

static void draw_amount(const struct counter *k, const struct ui *ui, const struct canvas *c, int y)
{
	const char *label = _("Sale"), *symbol = ui->format.symbol;
	int x = shown_columns(label) + 2, sign = shown_columns(symbol);
	int field = ui->format.symbol_behind ? x : x + sign + 1;
	int behind = ui->format.symbol_behind ? field + AMOUNT_COLS + 1 : x;
	struct spot s = { .y = y, .x = field, .cols = AMOUNT_COLS, .tone = TONE_SELECTED };

	put_text(c, (struct spot){ .y = y, .x = 1, .cols = x - 1, .tone = TONE_TITLE }, label);
	put_text(c, (struct spot){ .y = y, .x = behind, .cols = sign, .tone = TONE_TITLE }, symbol);
	if (*k->till.amount.text) {
		edit_draw(c, s, &k->till.amount, !k->items);
		return;
	}
	put_text(c, s, "");
	if (!k->items)
		put_cursor(c, y, field);
}

static void put_hint(const struct canvas *c, int y)
{
	const char *hint = _("a digit takes an item; Tab: amount");
	int cols = shown_columns(hint), x = c->at.w - cols - 1;

	if (x > SUM_AT + MONEY_COLS + TENDER_COLS)
		put_text(c, (struct spot){ .y = y, .x = x, .cols = cols, .tone = TONE_DIM }, hint);
}

/* Gives the column behind it. */
static int put_tender(const struct counter *k, const struct canvas *c, int y)
{
	const char *words = k->till.draft.tender == TENDER_CASH ? _("paid in cash") :
							      _("paid by card");
	int cols = shown_columns(words);

	if (!k->till.draft.tender)
		return SUM_AT;
	put_text(c, (struct spot){ .y = y, .x = SUM_AT, .cols = cols }, words);
	return SUM_AT + cols + 3;
}

static void put_sum(const struct counter *k, const struct ui *ui, const struct canvas *c, int y)
{
	struct spot s = { .y = y, .x = put_tender(k, c, y), .tone = TONE_TITLE };
	char money[FORMAT_TEXT];
	int64_t bill;

	s.cols = c->at.w - s.x - 1;
	if (k->quote.discount)
		put_format(c, s, _("To pay: %s"),
			   format_money(&ui->format, k->quote.total, money));
	else if (k->till.draft.line_count && till_bill(&k->till, &ui->format, &bill) == ST_OK)
		put_format(c, s, _("Sum: %s"), format_money(&ui->format, bill, money));
}

/* Why fewer points pay than were asked for. Gives the lines it took. */
static int put_limit(const struct counter *k, const struct ui *ui, const struct canvas *c, int y)
{
	const struct program *p = program_by_id(&k->standing.programs,
						k->till.draft.points_program);
	struct spot s = { .y = y, .x = 3, .cols = c->at.w - 4, .tone = TONE_WARN };
	char share[FORMAT_TEXT], text[300];

	if (p && p->max_share)
		snprintf(text, sizeof(text), _("Points may pay at most %s of a bill."),
			 format_percent(&ui->format, p->max_share, share));
	else
		snprintf(text, sizeof(text), "%s", _("This bill can take no more points."));
	return put_wrapped(c, s, 2, text);
}

static int draw_takes(const struct counter *k, const struct ui *ui, const struct canvas *c, int y)
{
	const struct draft *d = &k->till.draft;
	const struct reward *r = reward_by_id(&k->standing.rewards, d->reward);
	int64_t points = k->quote.points ? k->quote.points : d->points;
	struct spot s = { .x = 3, .tone = TONE_GOOD };
	char n[FORMAT_TEXT];

	s.y = y;
	if (r && !till_has_bill(&k->till))
		put_format(c, s, _("%s: Enter gives it, or type the amount of the bill"), r->name);
	else if (r)
		put_format(c, s, _("with %s"), r->name);
	s.y += r != NULL;
	if (d->points)
		put_format(c, s, ngettext("%s point pays", "%s points pay", (unsigned long)points),
			   format_number(&ui->format, points, n));
	s.y += d->points != 0;
	if (k->quote.points && k->quote.points < d->points)
		s.y += put_limit(k, ui, c, s.y);
	if (*k->refusal)
		s.y += put_wrapped(c, (struct spot){ .y = s.y, .x = 3, .cols = c->at.w - 4,
						     .tone = TONE_BAD }, 2, k->refusal);
	return s.y;
}

/* -- items -- */

static void draw_line(const struct ui *ui, const struct canvas *c, const struct draft_line *line,
		      int y)
{
	int64_t amount = till_line_amount(line);
	char money[FORMAT_TEXT], count[FORMAT_TEXT];
	int cols = c->at.w - MONEY_COLS - 6 < ITEM_COLS ? c->at.w - MONEY_COLS - 6 : ITEM_COLS;

	put_format(c, (struct spot){ .y = y, .x = 3, .cols = cols }, "%s x %s",
		   format_number(&ui->format, line->quantity, count), line->name);
	if (amount <= MONEY_MOST)
		put_text(c, (struct spot){ .y = y, .x = cols + 4, .cols = MONEY_COLS,
					   .align = ALIGN_RIGHT },
			 format_money(&ui->format, amount, money));
}

/* Those that were added last, where there is not room for all. */
static int draw_lines(const struct counter *k, const struct ui *ui, const struct canvas *c, int y)
{
	struct till whole;
	uint32_t n, room = c->at.h > y ? (uint32_t)(c->at.h - y) : 0;

	sale_whole(k, &whole);
	n = whole.draft.line_count;
	for (uint32_t i = n > room ? n - room : 0; i < n; i++)
		draw_line(ui, c, &whole.draft.lines[i], y++);
	return y;
}

static void draw_quick_item(const struct counter *k, const struct ui *ui, const struct canvas *c,
			    int digit)
{
	const struct item *item = &k->quick[digit];
	int64_t count = till_count(&k->till, item->id);
	char money[FORMAT_TEXT], times[FORMAT_TEXT], n[FORMAT_TEXT];
	const char *price = item->price ? format_money(&ui->format, item->price, money) :
					  _("any price");
	int cols = shown_columns(price), x = c->at.w - cols - 1;

	put_format(c, (struct spot){ .cols = 2, .tone = TONE_KEY }, "%d", digit + 1);
	put_text(c, (struct spot){ .x = x, .cols = cols }, price);
	if (count) {
		snprintf(times, sizeof(times), "x%.90s", format_number(&ui->format, count, n));
		cols = shown_columns(times);
		x -= cols + 1;
		put_text(c, (struct spot){ .x = x, .cols = cols, .tone = TONE_STRONG }, times);
	}
	put_text(c, (struct spot){ .x = 2, .cols = x > 4 ? x - 3 : 1 }, item->name);
}

static int count_quick(const struct counter *k)
{
	int n = 0;

	for (int i = 0; i < QUICK_ITEMS; i++)
		n += k->quick[i].id != 0;
	return n;
}

/* In columns, from top to bottom; as many as leave what was added last in view. */
static int draw_quick(const struct counter *k, const struct ui *ui, const struct canvas *c, int y)
{
	int n = count_quick(k), across = c->at.w >= 100 ? 3 : c->at.w >= 70 ? 2 : 1;
	int rows, wide, at = 0, lines = (int)k->till.draft.line_count;
	int basket = lines < BASKET_LEAST ? lines : BASKET_LEAST;

	while (across < 3 && (n + across - 1) / across + basket > c->at.h - y)
		across++;
	rows = (n + across - 1) / across;
	wide = (c->at.w - 2) / across;
	for (int i = 0; i < QUICK_ITEMS; i++) {
		struct canvas cell = canvas_part(c, (struct rect){
			y + at % (rows ? rows : 1), 1 + at / (rows ? rows : 1) * wide, 1,
			wide - 1 });

		if (!k->quick[i].id)
			continue;
		draw_quick_item(k, ui, &cell, i);
		at++;
	}
	put_cursor(c, y, 1);
	return y + rows;
}

static int draw_items(const struct counter *k, const struct ui *ui, const struct canvas *c, int y)
{
	if (!k->items)
		return y;
	if (count_quick(k))
		return draw_quick(k, ui, c, y);
	put_text(c, (struct spot){ .y = y, .x = 1, .tone = TONE_WARN },
		 _("No item has a quick digit yet: Menu, Items gives them."));
	put_cursor(c, y, 1);
	return y + 1;
}

int sale_draw(const struct counter *k, const struct ui *ui, const struct canvas *c)
{
	int y = person_draw(k, ui, c);

	y += c->at.h - y > 6;
	draw_amount(k, ui, c, y);
	put_sum(k, ui, c, y);
	if (k->items)
		put_hint(c, y);
	y = draw_takes(k, ui, c, y + 1);
	y = draw_items(k, ui, c, y);
	return draw_lines(k, ui, c, y);
}

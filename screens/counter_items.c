/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/counter.h"

#include <stdio.h>

#include "base/digits.h"

/* Items come into a sale: by their quick digit, or scanned. */

static void add_line(struct counter *k, struct ui *ui, const struct item *item, int64_t price)
{
	struct draft_line line = { .item = item->id, .price = price };

	snprintf(line.name, sizeof(line.name), "%s", item->name);
	if (till_add(&k->till, &line) != ST_OK)
		ui_fail(ui);
	ui_reload(ui);
}

static void price_told(void *state, struct ui *ui, const char *text)
{
	struct counter *k = state;
	int64_t price;
	enum status st;

	if (!*text)
		return;
	st = format_read_money(&ui->format, text, &price);
	if (st == ST_OK && price < 0)
		st = fail(ST_INVALID, "a price is nothing or more");
	if (st == ST_OK)
		add_line(k, ui, &k->open_item, price);
	else
		ui_fail(ui);
}

static void ask_price(struct counter *k, struct ui *ui)
{
	char title[300];

	snprintf(title, sizeof(title), _("What does %s cost today?"), k->open_item.name);
	ui_ask(ui, &(struct question){ .title = title, .hint = "", .text = "",
				       .number = true, .answer = price_told });
}

void sale_add_item(struct counter *k, struct ui *ui, const struct item *item)
{
	if (item->price) {
		add_line(k, ui, item, item->price);
		return;
	}
	k->open_item = *item;
	ask_price(k, ui);
}

/* A price is asked for when the digit stands alone: the question is not for
 * what a scanner types. */
void items_take(struct counter *k, struct ui *ui, const struct event *e)
{
	const char *typed = e->text;
	uint32_t c;

	while ((c = digit_read(&typed))) {
		const struct item *item = c >= '1' && c <= '9' ? &k->quick[c - '1'] : NULL;

		if (!item || !item->id || (!item->price && !ui_digit(e)))
			continue;
		sale_add_item(k, ui, item);
	}
}

/* The items that a code's digits took. */
void items_take_back(struct counter *k, const char *code)
{
	for (; *code; code++)
		if (*code >= '1' && *code <= '9' && k->quick[*code - '1'].price)
			till_take_item(&k->till, k->quick[*code - '1'].id);
}

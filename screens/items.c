/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/items.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/mem.h"
#include "base/text.h"
#include "screens/columns.h"
#include "screens/edit.h"
#include "screens/screens.h"
#include "screens/ui.h"

struct items_state {
	struct item *items;
	size_t n, cap;
	size_t *shown;			/* places of those that fit what was typed */
	struct list list;		/* over 'shown' */
	struct edit find;
	int64_t digit;			/* to be given, while a person is asked */
	int64_t chosen;			/* id: found again after the list was read anew */
};

/* -- reading -- */

/* Those with a quick digit first, as at the counter; what is no longer sold
 * comes last. */
static int by_use(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int64_t p = x->digit ? x->digit : 10, q = y->digit ? y->digit : 10;

	if (x->stopped != y->stopped)
		return x->stopped - y->stopped;
	if (p != q)
		return p < q ? -1 : 1;
	return strcoll(x->name, y->name);
}

static enum status read_work(struct txn *txn, void *arg)
{
	struct items_state *s = arg;
	struct range r;

	s->n = 0;
	range_start(&r, txn, TABLE_ITEM, NULL);
	while (range_next(&r)) {
		s->items = mem_grow(s->items, s->n, &s->cap, sizeof(*s->items));
		if (item_decode(txn, r.value, &s->items[s->n]))
			s->n++;
	}
	range_end(&r);
	return txn_status(txn);
}

static bool fits(const struct item *item, const char *folded)
{
	char have[400];

	text_fold(item->name, have, sizeof(have));
	if (strstr(have, folded))
		return true;
	text_fold(item->category, have, sizeof(have));
	if (strstr(have, folded))
		return true;
	text_fold(item->code, have, sizeof(have));
	return strstr(have, folded) != NULL;
}

static bool is_chosen(const void *arg, size_t row)
{
	const struct items_state *s = arg;

	return s->items[s->shown[row]].id == s->chosen;
}

static void narrow(struct items_state *s)
{
	char folded[EDIT_SIZE];
	size_t n = 0;

	text_fold(s->find.text, folded, sizeof(folded));
	for (size_t i = 0; i < s->n; i++)
		if (fits(&s->items[i], folded))
			s->shown[n++] = i;
	list_keep(&s->list, n, is_chosen, s);
}

static const struct item *chosen(const struct items_state *s)
{
	return s->list.n ? &s->items[s->shown[s->list.at]] : NULL;
}

static void items_open(void *state, struct ui *ui, const void *arg)
{
	struct items_state *s = state;

	(void)ui;
	(void)arg;
	s->find.hint = N_("type to find");
}

static enum status items_load(void *state, struct ui *ui)
{
	struct items_state *s = state;
	enum status st;

	if (chosen(s))
		s->chosen = chosen(s)->id;
	st = store_read(ui->shop->store, read_work, s);
	if (st != ST_OK)
		s->n = 0;
	if (s->n)
		qsort(s->items, s->n, sizeof(*s->items), by_use);
	s->shown = mem_resize(s->shown, (s->n + 1) * sizeof(*s->shown));
	narrow(s);
	return st;
}

static void items_release(void *state)
{
	struct items_state *s = state;

	free(s->items);
	free(s->shown);
}

/* -- drawing -- */

enum { COL_DIGIT, COL_NAME, COL_CATEGORY, COL_PRICE, COL_COST, COL_CODE };

static const struct heading headings[] = {
	{ N_("Key"), 3, 3, 9, ALIGN_RIGHT },
	{ N_("Item"), 14, 36, 10, ALIGN_LEFT },
	{ N_("Category"), 8, 14, 5, ALIGN_LEFT },
	{ N_("Price"), 9, 12, 8, ALIGN_RIGHT },
	{ N_("Costs you"), 9, 12, 3, ALIGN_RIGHT },
	{ N_("Code"), 8, 16, 2, ALIGN_LEFT },
	{ 0 }
};

struct drawing {
	const struct items_state *state;
	const struct ui *ui;
};

static void fill_number(const struct format *f, const struct item *item, size_t column,
			struct cell *out)
{
	int64_t amount = column == COL_PRICE ? item->price : item->own_cost;

	if (column == COL_DIGIT && item->digit)
		out->text = format_number(f, item->digit, out->room);
	else if (column != COL_DIGIT && amount)
		out->text = format_money(f, amount, out->room);
}

static void draw_cell(const void *arg, size_t row, size_t column, struct cell *out)
{
	const struct drawing *d = arg;
	const struct item *item = &d->state->items[d->state->shown[row]];

	switch (column) {
	case COL_NAME:
		out->text = item->name;
		break;
	case COL_CATEGORY:
		out->text = item->stopped ? _("no longer sold") : item->category;
		break;
	case COL_CODE:
		out->text = item->code;
		break;
	default:
		fill_number(&d->ui->format, item, column, out);
		break;
	}
	if (item->stopped)
		out->tone = TONE_DIM;
}

static void items_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct items_state *s = state;
	struct drawing d = { s, ui };
	const char *label = _("Find:");
	int x = 1 + shown_columns(label) + 1;
	struct canvas rows = canvas_part(c, (struct rect){ 1, 0, c->at.h - 1, c->at.w });

	columns_draw(&rows, &(struct listing){
		.headings = headings, .list = &s->list, .cell = draw_cell, .arg = &d,
		.empty = s->n ? _("Nothing fits. Esc clears what was typed.") :
				_("Nothing is on the list yet. A sale needs none: an amount is "
				  "enough. With items the counter takes one key each. Add the "
				  "first one with New."),
		.focused = true });
	put_text(c, (struct spot){ .x = 1, .cols = x - 1, .tone = TONE_KEY }, label);
	edit_draw(c, (struct spot){ .x = x, .cols = c->at.w - x }, &s->find, !s->list.n);
}

/* -- acting -- */

static enum status give_digit(struct ui *ui, const struct item *to, int64_t digit)
{
	struct item item = *to;
	struct actor by = ui_actor(ui);

	item.digit = digit;
	return item_edit(ui->shop, &by, &item);
}

/* The other item that a digit picks; NULL: none. */
static const struct item *holder_of(const struct items_state *s, int64_t digit)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->items[i].digit == digit && s->items[i].id != chosen(s)->id)
			return &s->items[i];
	return NULL;
}

static void take_over(void *state, struct ui *ui)
{
	struct items_state *s = state;
	const struct item *holder = chosen(s) ? holder_of(s, s->digit) : NULL;
	enum status st = holder ? give_digit(ui, holder, 0) : ST_OK;

	if (st == ST_OK && chosen(s))
		st = give_digit(ui, chosen(s), s->digit);
	if (st != ST_OK)
		ui_fail(ui);
	else if (chosen(s))
		ui_say(ui, TONE_GOOD, _("At the counter %1$d picks %2$s."), (int)s->digit,
		       chosen(s)->name);
	ui_reload(ui);
}

static void ask_to_take_over(struct ui *ui, int64_t digit, const struct item *holder,
			     const struct item *item)
{
	char title[300], yes[200];

	snprintf(title, sizeof(title), _("%1$d picks %2$s already."), (int)digit, holder->name);
	snprintf(yes, sizeof(yes), _("Give it to %s"), item->name);
	ui_confirm(ui, &(struct confirmation){ .title = title, .detail = "", .yes = yes,
					       .agreed = take_over });
}

/* On the list a digit is given to the chosen item, and the same one again is
 * taken away. */
static void set_digit(struct items_state *s, struct ui *ui, int64_t digit)
{
	const struct item *item = chosen(s), *holder = holder_of(s, digit);

	s->digit = digit;
	if (item->digit != digit && holder) {
		ask_to_take_over(ui, digit, holder, item);
		return;
	}
	if (item->digit != digit) {
		take_over(s, ui);
		return;
	}
	if (give_digit(ui, item, 0) != ST_OK)
		ui_fail(ui);
	else
		ui_say(ui, TONE_GOOD, _("%s has no quick digit any more."), item->name);
	ui_reload(ui);
}

static bool act_digit(struct items_state *s, struct ui *ui, const struct event *e)
{
	const char *text = e->text;
	int64_t digit;

	if (e->action != ACT_TEXT || *s->find.text || !chosen(s))
		return false;
	digit = (int64_t)digit_read(&text) - '0';
	if (digit < 1 || digit > 9 || *text)
		return false;
	set_digit(s, ui, digit);
	return true;
}

static bool act_find(struct items_state *s, const struct event *e)
{
	if (e->action == ACT_BACK && *s->find.text) {
		edit_set(&s->find, "");
		narrow(s);
		return true;
	}
	if (e->action == ACT_TEXT && !*s->find.text && !strcmp(e->text, "?"))
		return false;
	if ((e->action != ACT_TEXT && e->action != ACT_BACKSPACE && e->action != ACT_CLEAR) ||
	    !edit_act(&s->find, e))
		return false;
	narrow(s);
	list_choose(&s->list, 0);
	return true;
}

static bool items_act(void *state, struct ui *ui, const struct event *e)
{
	struct items_state *s = state;

	if (list_act(&s->list, e->action) || act_digit(s, ui, e) || act_find(s, e))
		return true;
	if (e->action == ACT_NEW || (e->action == ACT_ENTER && !s->n)) {
		ui_open(ui, &item_form_screen, NULL);
		return true;
	}
	if (e->action == ACT_ENTER) {
		if (chosen(s))
			ui_open(ui, &item_form_screen, chosen(s));
		return true;
	}
	return false;
}

static const struct binding items_keys[] = {
	{ ACT_ENTER, '\r', 0, N_("Change"), N_("Changes the chosen item; a digit from 1 to 9 makes "
					      "it the item's key at the counter") },
	{ ACT_NEW, KEY_F(3), CTRL_KEY('N'), N_("New item"), N_("Adds an item") },
	{ 0 }
};

const struct screen items_screen = {
	.name = N_("Items"),
	.help = N_("What the shop sells. Press a digit from 1 to 9 on an item, and at the counter "
		   "this key picks it; the same digit again takes it away. Letters narrow the "
		   "list."),
	.state_size = sizeof(struct items_state),
	.keys = items_keys,
	.open = items_open,
	.load = items_load,
	.draw = items_draw,
	.act = items_act,
	.release = items_release,
};

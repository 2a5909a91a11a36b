/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/counter.h"

#include <stdio.h>
#include <string.h>

#include "screens/newcomer.h"
#include "screens/screens.h"
#include "shop/verbs.h"

/* The sale of somebody who was found, or of nobody in particular. */

void sale_start(struct counter *k, struct ui *ui, int64_t customer)
{
	k->step = STEP_SALE;
	k->items = k->asked = false;
	told_release(&k->told);
	k->served = 0;
	till_start(&k->till, customer, ui_now(ui));
	k->till.draft.tender = k->tender;
	ui_reload(ui);
}

/* What was looked for stays: it may have been the next one in the list. */
void sale_drop(struct counter *k, struct ui *ui)
{
	draft_drop(&k->slot);
	till_start(&k->till, 0, ui_now(ui));
	k->items = false;
	k->step = STEP_FIND;
	ui_reload(ui);
}

/* -- reading -- */

static void read_quick(struct counter *k, struct txn *txn)
{
	struct range r;
	struct item item;

	memset(k->quick, 0, sizeof(k->quick));
	range_start(&r, txn, TABLE_ITEM, NULL);
	while (range_next(&r))
		if (item_decode(txn, r.value, &item) && !item.stopped && item.digit >= 1 &&
		    item.digit <= QUICK_ITEMS)
			k->quick[item.digit - 1] = item;
	range_end(&r);
}

static enum status items_work(struct txn *txn, void *arg)
{
	struct counter *k = arg;
	const struct reward *r = reward_by_id(&k->standing.rewards, k->till.draft.reward);

	read_quick(k, txn);
	if (!r || !r->item || !item_get(txn, r->item, &k->gift))
		k->gift.id = 0;
	return txn_status(txn);
}

void sale_whole(const struct counter *k, struct till *out)
{
	struct draft_line line = { .item = k->gift.id, .price = k->gift.price };

	*out = k->till;
	if (!k->gift.id || !k->gift.price || !till_has_bill(out) ||
	    till_count(out, k->gift.id) > 0)
		return;
	snprintf(line.name, sizeof(line.name), "%s", k->gift.name);
	if (till_add(out, &line) != ST_OK)
		*out = k->till;		/* the book says what is missing on the bill */
}

/* What a reward and points leave to pay. */
static void read_quote(struct counter *k, struct ui *ui)
{
	struct actor by = ui_actor(ui);
	struct till_room room;
	struct till whole;
	struct sale sale;
	enum status st;

	k->quote = (struct quote){ .total = 0 };
	k->refusal[0] = '\0';
	if ((!k->till.draft.reward && !k->till.draft.points) || !till_has_bill(&k->till))
		return;
	sale_whole(k, &whole);
	st = till_sale(&whole, &ui->format, &room, &sale);
	if (st == ST_OK)
		st = sale_quote(ui->shop, &by, &sale, &k->quote);
	if (st == ST_REFUSED)
		snprintf(k->refusal, sizeof(k->refusal), "%s", status_text());
}

enum status sale_load(struct counter *k, struct ui *ui)
{
	enum status st;

	standing_release(&k->standing);
	st = standing_read(ui->shop, k->till.draft.customer, ui_today(ui), &k->standing);
	if (st == ST_NOT_FOUND) {	/* since erased; what was rung up stays */
		standing_release(&k->standing);
		till_give_to(&k->till, 0);
		ui_say(ui, TONE_WARN, "%s", _("This customer is no longer there: the sale is "
					      "nobody's now."));
		st = standing_read(ui->shop, 0, ui_today(ui), &k->standing);
	}
	if (st == ST_OK)
		st = store_read(ui->shop->store, items_work, k);
	if (st == ST_OK)
		read_quote(k, ui);
	return st;
}

/* -- saving -- */

static void save_sale(struct counter *k, struct ui *ui)
{
	struct till_room room;
	struct till whole;
	struct sale sale;
	struct trade_run run;
	struct actor by = ui_actor(ui);
	enum status st;

	sale_whole(k, &whole);
	st = till_sale(&whole, &ui->format, &room, &sale);
	memcpy(by.op, k->till.draft.op, sizeof(by.op));
	if (st == ST_OK)
		st = sale_add(ui->shop, &by, &sale, &run);
	if (st == ST_OK)
		counter_sold(k, ui, &run);
	else
		ui_fail(ui);
}

/* A reward without a bill. */
static void save_claim(struct counter *k, struct ui *ui)
{
	struct claim claim = { k->till.draft.customer, k->till.draft.reward, "" };
	struct trade_run run;
	struct actor by = ui_actor(ui);

	memcpy(by.op, k->till.draft.op, sizeof(by.op));
	if (reward_claim(ui->shop, &by, &claim, &run) == ST_OK)
		counter_sold(k, ui, &run);
	else
		ui_fail(ui);
}

static void save_all_the_same(void *state, struct ui *ui)
{
	save_sale(state, ui);
}

/* The next customer's, typed into the sale of the last one. */
static void ask_about_phone(struct counter *k, struct ui *ui)
{
	char title[200];

	snprintf(title, sizeof(title), _("Is %s an amount?"), k->till.amount.text);
	ui_confirm(ui, &(struct confirmation){ .title = title, .yes = _("Save the sale"),
		.detail = _("It looks like a phone number. ^F (F2) finds who has it."),
		.agreed = save_all_the_same });
}

static bool is_for_nothing(const struct counter *k, const struct ui *ui)
{
	int64_t bill;

	return till_has_bill(&k->till) &&
	       till_bill(&k->till, &ui->format, &bill) == ST_OK && !bill;
}

static void ask_about_nothing(struct ui *ui)
{
	ui_confirm(ui, &(struct confirmation){ .title = _("A sale of nothing?"),
		.detail = _("The items and the amount come to 0."), .yes = _("Save the sale"),
		.agreed = save_all_the_same });
}

static void save(struct counter *k, struct ui *ui)
{
	if (looks_like_phone(k->till.amount.text, ui->shop->settings.country))
		ask_about_phone(k, ui);
	else if (is_for_nothing(k, ui))
		ask_about_nothing(ui);
	else if (till_has_bill(&k->till))
		save_sale(k, ui);
	else if (k->till.draft.reward)
		save_claim(k, ui);
	else
		ui_say(ui, TONE_WARN, "%s", _("Type the amount of the sale first."));
}

/* -- acting -- */

static void drop_items(void *state, struct ui *ui)
{
	struct counter *k = state;

	k->till.draft.line_count = 0;
	if (!till_is_begun(&k->till))
		draft_drop(&k->slot);
	ui_reload(ui);
}

static void ask_to_drop(struct counter *k, struct ui *ui)
{
	const struct draft *d = &k->till.draft;
	char title[200], count[FORMAT_TEXT];
	int64_t pieces = 0;

	for (uint32_t i = 0; i < d->line_count; i++)
		pieces += d->lines[i].quantity;
	snprintf(title, sizeof(title), ngettext("Drop %s item of this sale?",
						"Drop all %s items of this sale?",
						(unsigned long)pieces),
		 format_number(&ui->format, pieces, count));
	ui_confirm(ui, &(struct confirmation){ .title = title, .yes = _("Drop"),
		.detail = _("Backspace takes the last one alone."), .agreed = drop_items });
}

/* Esc takes back one thing at a time. */
static void step_back(struct counter *k, struct ui *ui)
{
	struct draft *d = &k->till.draft;

	if (k->items)
		k->items = false;
	else if (*k->till.amount.text)
		edit_set(&k->till.amount, "");
	else if (d->line_count)
		ask_to_drop(k, ui);
	else if (d->reward || d->points)
		d->reward = d->points = d->points_program = 0;
	else
		sale_drop(k, ui);
	if (!till_is_begun(&k->till))
		draft_drop(&k->slot);
	ui_reload(ui);
}

/* What was typed all at once because the line was slow has a sign of amounts in
 * it; no code has. */
static bool is_amount(const char *text)
{
	return strpbrk(text, ".,") != NULL;
}

/* Takes back what a code did as it came in, before Enter told what it is. */
static void take_scan(struct counter *k, struct ui *ui, const char *code)
{
	if (!k->items && is_amount(code)) {
		save(k, ui);
		return;
	}
	if (k->items)
		items_take_back(k, code);
	else
		edit_act(&k->till.amount, &(struct event){ ACT_SCAN, code });
	find_scan(k, ui, code);
	ui_reload(ui);
}

static void drop_for_walk_in(void *state, struct ui *ui)
{
	sale_drop(state, ui);
	sale_start(state, ui, 0);
}

/* A box, because digits that are typed next would go on in this sale's amount. */
static void ask_to_leave(struct ui *ui)
{
	ui_confirm(ui, &(struct confirmation){ .title = _("This sale is not saved yet"),
		.detail = _("Go back to it and save it with Enter, or drop it for a sale to "
			    "nobody in particular."),
		.yes = _("Drop it"), .agreed = drop_for_walk_in });
}

/* Somebody else comes before the sale is over. What was rung up waits while
 * its owner is looked for. */
static void leave_for(struct counter *k, struct ui *ui, const struct event *e)
{
	bool begun = till_is_begun(&k->till);

	if (e->action == ACT_SALE && begun) {
		ask_to_leave(ui);
		return;
	}
	if (e->action == ACT_NEW && begun && k->till.draft.customer) {
		ui_say(ui, TONE_WARN, "%s", _("First finish this sale, or drop it with Esc."));
		return;
	}
	find_start(k);
	find_act(k, ui, e);
}

static bool type_amount(struct counter *k, struct ui *ui, const struct event *e)
{
	if (edit_act(&k->till.amount, e)) {
		if (k->till.draft.reward || k->till.draft.points)
			ui_reload(ui);
		return true;
	}
	if (e->action == ACT_TEXT)
		ui_say(ui, TONE_WARN, "%s", _("An amount has only digits. ^F (F2) finds somebody "
					      "else."));
	return e->action == ACT_TEXT;
}

static bool act_on_sale(struct counter *k, struct ui *ui, const struct event *e)
{
	switch (e->action) {
	case ACT_ENTER:
	case ACT_SAVE:
		save(k, ui);
		return true;
	case ACT_BACK:
		step_back(k, ui);
		return true;
	case COUNTER_ITEMS:
		k->items = !k->items;
		return true;
	case COUNTER_CARD:
		if (k->till.draft.customer)
			ui_open(ui, &customer_screen, &k->till.draft.customer);
		return true;
	case COUNTER_ASK:
		counter_ask(k, ui);
		return true;
	case COUNTER_TENDER:
		k->tender = k->till.draft.tender = (k->till.draft.tender + 1) % TENDERS;
		return true;
	case ACT_FIND:
	case ACT_NEW:
	case ACT_SALE:
		leave_for(k, ui, e);
		return true;
	case ACT_SCAN:
		take_scan(k, ui, e->text);
		return true;
	default:
		return false;
	}
}

bool sale_act(struct counter *k, struct ui *ui, const struct event *e)
{
	if (e->action == ACT_TEXT && k->items) {
		items_take(k, ui, e);
		return true;
	}
	if (e->action == ACT_BACKSPACE && (k->items || !*k->till.amount.text)) {
		till_take_last(&k->till);
		ui_reload(ui);
		return true;
	}
	return act_on_sale(k, ui, e) || type_amount(k, ui, e);
}

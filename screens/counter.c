/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/counter.h"

#include <string.h>

#include "screens/screens.h"
#include "shop/verbs.h"

/* -- what was done -- */

static bool tell(struct counter *k, struct ui *ui, const struct trade_run *run)
{
	const struct telling how = { .format = &ui->format, .today = ui_today(ui) };

	told_release(&k->told);
	if (told_read(ui->shop, run, &how, &k->told) == ST_OK)
		return true;
	ui_fail(ui);
	return false;
}

static bool can_have_any(struct ui *ui, int64_t customer)
{
	struct standing s;
	bool any = false;

	if (standing_read(ui->shop, customer, ui_today(ui), &s) == ST_OK)
		for (size_t i = 0; i < s.rewards.n; i++)
			any |= standing_can_have(&s, &s.rewards.row[i]);
	standing_release(&s);
	return any;
}

static enum status closed_work(struct txn *txn, void *arg)
{
	const struct key key = day_key(DONE_CLOSE, *(const int32_t *)arg);
	uint64_t content;
	int64_t seq;

	return done_find(txn, &key, &seq, &content) ? ST_EXISTS : txn_status(txn);
}

/* The drawer was counted already: this sale is not in what was counted. */
static void warn_if_closed(struct ui *ui)
{
	int32_t today = ui_today(ui);

	if (store_read(ui->shop->store, closed_work, &today) == ST_EXISTS)
		ui_say(ui, TONE_WARN, "%s", _("Today was closed already: this sale is booked "
					      "after the close."));
}

void counter_sold(struct counter *k, struct ui *ui, const struct trade_run *run)
{
	int64_t customer = k->till.draft.customer;

	sale_drop(k, ui);
	find_start(k);
	k->card[0] = '\0';
	k->served = customer && can_have_any(ui, customer) ? customer : 0;
	if (tell(k, ui, run) && k->told.first)
		k->step = STEP_WELCOME;
	warn_if_closed(ui);
}

void counter_did(struct counter *k, struct ui *ui, const struct trade_run *run)
{
	bool told = tell(k, ui, run);

	k->served = 0;
	ui_reload(ui);
	if (k->step == STEP_SALE && till_is_begun(&k->till)) {
		if (told)
			ui_say(ui, TONE_GOOD, "%s", k->told.done.at);
		told_release(&k->told);
		return;
	}
	find_start(k);
}

struct item_asked {
	const char *code;
	struct item *item;
	bool found;
};

static enum status item_work(struct txn *txn, void *arg)
{
	struct item_asked *a = arg;
	int64_t id = item_by_code(txn, a->code);

	a->found = id && item_get(txn, id, a->item) && !a->item->stopped;
	return txn_status(txn);
}

bool counter_item(struct ui *ui, const char *code, struct item *item)
{
	struct item_asked asked = { code, item, false };

	return store_read(ui->shop->store, item_work, &asked) == ST_OK && asked.found;
}

/* -- an unfinished sale -- */

/* It waits for whoever opens the counter next. */
static void counter_idle(void *state, struct ui *ui)
{
	struct counter *k = state;
	struct draft draft;

	if (!till_is_begun(&k->till))
		return;
	till_draft(&k->till, &draft);
	if (draft_save(&k->slot, &draft) != ST_OK)
		ui_say(ui, TONE_BAD, "%s", status_text());
}

/* An Enter that was meant for something else must not save it. */
static void go_on(void *state, struct ui *ui, size_t i)
{
	struct counter *k = state;

	k->step = STEP_SALE;
	if (i)
		sale_drop(k, ui);
}

static void offer(struct ui *ui)
{
	const struct choice choices[] = { { _("Go on with it"), NULL }, { _("Drop it"), NULL } };

	ui_pick(ui, &(struct picker){ .title = _("This sale was not finished"),
		.choices = choices, .n = 2, .picked = go_on });
}

/* One that was booked in the last instant is told, and not offered again. */
static void take_up(struct counter *k, struct ui *ui)
{
	struct trade_run run = { .repeated = true };
	struct draft draft;

	draft_slot_take(&k->slot, ui->shop, ui->who);
	if (draft_load(&k->slot, &draft) != ST_OK)
		return;
	if (draft_is_booked(ui->shop, &draft, &run.seq)) {
		draft_drop(&k->slot);
		tell(k, ui, &run);
		return;
	}
	sale_start(k, ui, draft.customer);
	till_take_up(&k->till, &draft);
	offer(ui);
}

static void counter_open(void *state, struct ui *ui, const void *arg)
{
	struct counter *k = state;
	const int64_t *customer = arg;

	if (!k->opened) {
		k->opened = true;
		till_start(&k->till, 0, ui_now(ui));
		find_start(k);
		take_up(k, ui);
	}
	if (!customer)
		return;
	if (till_is_begun(&k->till))
		ui_say(ui, TONE_WARN, "%s", _("First finish this sale, or drop it with Esc."));
	else
		sale_start(k, ui, *customer);
}

static void counter_release(void *state)
{
	struct counter *k = state;

	draft_slot_release(&k->slot);
	standing_release(&k->standing);
	told_release(&k->told);
	recent_release(&k->recent);
	recent_release(&k->sales);
}

static enum status counter_load(void *state, struct ui *ui)
{
	struct counter *k = state;
	struct recent_ask ask = { .kinds = RECENT_COUNTER, .limit = COUNTER_RECENT,
				  .by_time = true };
	enum status st = k->step == STEP_SALE ? sale_load(k, ui) : find_load(k, ui);

	if (k->step == STEP_SALE)
		ask.customer = k->till.draft.customer;
	recent_release(&k->recent);
	return st == ST_OK ? recent_read(ui->shop, &ask, &ui->format, &k->recent) : st;
}

/* -- drawing -- */

static void draw_below(const struct counter *k, const struct ui *ui, const struct canvas *c, int y)
{
	struct canvas rest;

	if (y >= c->at.h - 1)
		return;
	put_rule(c, y);
	rest = canvas_part(c, (struct rect){ y + 1, 1, c->at.h - y - 1, c->at.w - 2 });
	counter_draw_recent(k, ui, &rest);
}

/* What was done last has a third of the lines below; a sale with much in it
 * leaves less. */
static void counter_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct counter *k = state;
	int y = c->at.h - c->at.h / 3, used;
	struct canvas above = canvas_part(c, (struct rect){ 0, 0, y, c->at.w });

	if (k->step == STEP_WELCOME) {
		counter_draw_welcome(k, c);
	} else if (k->step == STEP_SALE) {
		used = sale_draw(k, ui, c);
		draw_below(k, ui, c, used > y ? used : y);
	} else {
		find_draw(k, ui, &above);
		draw_below(k, ui, c, y);
	}
}

/* -- acting -- */

/* Any key goes on; what is typed is the next customer already. */
static bool welcome_act(struct counter *k, struct ui *ui, const struct event *e)
{
	find_start(k);
	ui_reload(ui);
	return e->action == ACT_ENTER || e->action == ACT_BACK;
}

/* Rewards, refunds and undoing are reached from both steps. */
static bool act_beside(struct counter *k, struct ui *ui, int action)
{
	if (action == ACT_REDEEM)
		counter_redeem(k, ui);
	else if (action == COUNTER_REFUND)
		counter_refund(k, ui);
	else if (action == ACT_UNDO)
		counter_undo(k, ui);
	else
		return false;
	return true;
}

static bool counter_act(void *state, struct ui *ui, const struct event *e)
{
	struct counter *k = state;
	struct event on = *e;

	if (on.action == COUNTER_OPEN || on.action == COUNTER_ADD)
		on.action = ACT_ENTER;
	if (k->step == STEP_WELCOME && welcome_act(k, ui, &on))
		return true;
	if (act_beside(k, ui, on.action))
		return true;
	return k->step == STEP_SALE ? sale_act(k, ui, &on) : find_act(k, ui, &on);
}

static bool counter_offers(const void *state, int action)
{
	const struct counter *k = state;
	bool finding = k->step == STEP_FIND, selling = k->step == STEP_SALE;

	switch (action) {
	case COUNTER_OPEN:
		return finding && find_chosen(k);
	case COUNTER_ADD:
		return finding && *k->find.text && !find_chosen(k);
	case ACT_ENTER:
	case COUNTER_ITEMS:
	case COUNTER_TENDER:
		return selling;
	case ACT_SALE:
		return finding;
	case COUNTER_CARD:
		return selling && k->till.draft.customer;
	case COUNTER_ASK:
		return counter_may_ask(k);
	case ACT_REDEEM:
		return (selling && k->till.draft.customer) ||
		       (finding && (find_chosen(k) || k->served)) ||
		       (k->step == STEP_WELCOME && k->served);
	case ACT_NEW:
		return !selling || !k->till.draft.customer;
	default:
		return k->step != STEP_WELCOME || action == ACT_HELP || action == ACT_QUIT;
	}
}

static const struct binding counter_keys[] = {
	{ COUNTER_OPEN, '\r', 0, N_("Sale"), NULL },
	{ COUNTER_ADD, '\r', 0, N_("New"), NULL },
	{ ACT_ENTER, '\r', 0, N_("Save"), NULL },
	{ ACT_BACK, 0x1b, 0, N_("Back"), N_("Goes one step back") },
	{ COUNTER_ITEMS, '\t', 0, N_("Items"), N_("Takes items by their digit, or an amount") },
	{ ACT_NEW, KEY_F(3), CTRL_KEY('N'), N_("New"), N_("Adds a customer in one line") },
	{ ACT_SALE, KEY_F(4), CTRL_KEY('E'), N_("Walk-in"),
	  N_("A sale to nobody in particular") },
	{ ACT_REDEEM, KEY_F(5), CTRL_KEY('R'), N_("Redeem"),
	  N_("Gives a reward, or takes points for the bill") },
	{ COUNTER_TENDER, 0, CTRL_KEY('Y'), N_("Paid"),
	  N_("Says how it is paid: cash or card; the next sale begins with it") },
	{ ACT_UNDO, 0, CTRL_KEY('Z'), N_("Undo"), N_("Takes your last entry of today back") },
	{ COUNTER_REFUND, KEY_F(11), CTRL_KEY('T'), N_("Refund"),
	  N_("Gives money back for a sale") },
	{ COUNTER_ASK, 0, CTRL_KEY('G'), N_("May we text?"),
	  N_("Asks whether this customer may be sent news and offers") },
	{ COUNTER_CARD, 0, CTRL_KEY('O'), N_("Profile"), N_("Opens the customer's card") },
	{ ACT_FIND, KEY_F(2), CTRL_KEY('F'), NULL, N_("Finds a customer by name, phone or card") },
	{ 0 }
};

const struct screen counter_screen = {
	.name = N_("Counter"),
	.help = N_("Type a name in any script, the end of a phone number, or scan a card. "
		   "Enter opens who is chosen; type the amount and press Enter again: the sale "
		   "is saved. What to say stands on the screen."),
	.state_size = sizeof(struct counter),
	.keys = counter_keys,
	.open = counter_open,
	.load = counter_load,
	.draw = counter_draw,
	.act = counter_act,
	.offers = counter_offers,
	.idle = counter_idle,
	.release = counter_release,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/customer_card.h"

#include <stdlib.h>

#include "screens/customer_form.h"
#include "screens/page.h"
#include "screens/picture.h"
#include "screens/screens.h"
#include "shop/explain.h"

/* PAGE_LESS: lines that are not entries, of a card with little to say. */
enum { FIRST_ENTRIES = 200, GAPS_LEAST = 3, PAGE_LESS = 13 };
enum { ACT_EDIT = ACT_OWN, ACT_EXPLAIN, ACT_ADJUST, ACT_MERGE, ACT_ERASE,
       ACT_CONSENT };

static const struct binding card_keys[] = {
	{ ACT_ENTER, '\r', 0, N_("Why?"), N_("Tells what the chosen entry did") },
	{ ACT_SALE, KEY_F(4), CTRL_KEY('E'), N_("Sale"), N_("Begins a sale to this customer") },
	{ ACT_EDIT, KEY_F(6), CTRL_KEY('O'), N_("Edit"),
	  N_("Changes name, phone, birthday, notes and the rest") },
	{ ACT_EXPLAIN, KEY_F(7), CTRL_KEY('W'), N_("Explain"),
	  N_("Tells where all points, stamps and rewards come from") },
	{ ACT_ADJUST, 0, CTRL_KEY('T'), N_("By hand"),
	  N_("Adds or takes points or stamps by hand, with a reason") },
	{ ACT_REDEEM, KEY_F(5), CTRL_KEY('R'), NULL,
	  N_("Goes to the counter to give this customer a reward") },
	{ ACT_CONSENT, 0, CTRL_KEY('G'), N_("Consent"),
	  N_("Writes down whether they may be sent news and offers") },
	{ ACT_BACK, 0x1b, 0, N_("Back"), N_("Goes back") },
	{ ACT_MERGE, 0, CTRL_KEY('K'), NULL, N_("Makes this customer and another one person") },
	{ ACT_ERASE, 0, CTRL_KEY('X'), NULL, N_("Erases this person's name, phone and the rest") },
	{ 0 }
};

/* -- reading -- */

static int by_size(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

/* The median of the gaps between the newest visits; 0 when there are too few to
 * tell. */
static int32_t usual_gap(const struct recent *r)
{
	int32_t gaps[FIRST_ENTRIES], later = 0;
	size_t n = 0;

	for (size_t i = 0; i < r->n && i < FIRST_ENTRIES; i++) {
		const struct recent_row *row = &r->row[i];

		if (row->kind != ENTRY_SALE || row->undone || row->day == later)
			continue;
		if (later)
			gaps[n++] = later - row->day;
		later = row->day;
	}
	if (n < GAPS_LEAST)
		return 0;
	qsort(gaps, n, sizeof(gaps[0]), by_size);
	return (gaps[(n - 1) / 2] + gaps[n / 2] + 1) / 2;
}

struct wanted {
	const struct recent *recent;
	int64_t seq;
};

static bool is_wanted(const void *arg, size_t row)
{
	const struct wanted *w = arg;

	return w->recent->row[row].seq == w->seq;
}

static enum status answers_work(struct txn *txn, void *arg)
{
	struct customer_card *c = arg;

	return consent_answers(txn, &c->standing.customer, c->answers);
}

static enum status read_card(struct customer_card *c, struct ui *ui)
{
	struct recent_ask ask = { .customer = c->id, .limit = c->limit };
	struct wanted w = { &c->recent, c->list.at ? c->recent.row[c->list.at].seq : 0 };
	enum status st;

	standing_release(&c->standing);
	recent_release(&c->recent);
	st = standing_read(ui->shop, c->id, ui_today(ui), &c->standing);
	if (st == ST_OK) {
		/* Who was merged meanwhile is somebody else now. */
		c->id = ask.customer = c->standing.customer.id;
		name_of(ui->shop, &c->standing.customer, c->name);
		st = recent_read(ui->shop, &ask, &ui->format, &c->recent);
	}
	if (st == ST_OK)
		st = store_read(ui->shop->store, answers_work, c);
	list_keep(&c->list, c->recent.n, is_wanted, &w);
	if (c->to_end)
		list_choose(&c->list, c->recent.n);
	c->to_end = false;
	c->gap = usual_gap(&c->recent);
	c->read = c->limit;
	return st;
}

/* Behind the rest, a part at a time: opening a card does not wait for it. */
static enum status count_worth(struct customer_card *c, struct ui *ui)
{
	const struct picture *p = picture_of(ui);
	enum status st = picture_update(ui);
	const struct clv *clv;

	c->has_worth = c->few = c->early = false;
	if (st != ST_OK)
		return st;
	clv = p->scan.whole ? picture_clv(ui) : NULL;
	c->counting = !p->scan.whole || (clv && !clv->whole);
	if (c->counting)
		ui_read_on(ui);
	if (c->counting || !clv)
		return ST_OK;
	c->has_worth = clv_person(clv, c->id, &c->worth);
	c->priced = clv->spend != CLV_SPEND_NOTHING;
	c->few = clv->state == CLV_FEW;
	c->early = clv->state == CLV_SHORT || clv->state == CLV_UNSURE;
	return ST_OK;
}

static enum status card_load(void *state, struct ui *ui)
{
	struct customer_card *c = state;
	uint64_t version = store_version(ui->shop->store);
	enum status st = ST_OK;

	if (!c->counting || c->version != version || c->read != c->limit)
		st = read_card(c, ui);
	c->version = version;
	return st == ST_OK && !c->standing.customer.erased ? count_worth(c, ui) : st;
}

static void card_open(void *state, struct ui *ui, const void *arg)
{
	struct customer_card *c = state;

	(void)ui;
	if (arg)
		c->id = *(const int64_t *)arg;
	c->limit = FIRST_ENTRIES;
	list_count(&c->list, 0);
}

static void card_release(void *state)
{
	struct customer_card *c = state;

	standing_release(&c->standing);
	recent_release(&c->recent);
}

/* -- telling -- */

/* It is on the card already: no key goes there. */
static void tell_entry(const struct customer_card *c, struct ui *ui)
{
	if (c->recent.n)
		page_tell_why(ui, c->name, c->recent.row[c->list.at].seq, 0);
}

static void explain(const struct customer_card *c, struct ui *ui)
{
	struct explaining ask = { .customer = c->id, .now = ui_now(ui),
				  .format = &ui->format };
	struct buf text = { 0 };

	if (shop_explain(ui->shop, &ask, &text) == ST_OK)
		ui_open(ui, &page_screen,
			&(struct page_text){ .title = c->name, .text = text.at ? text.at : "" });
	else
		ui_fail(ui);
	buf_release(&text);
}

/* -- acting -- */

/* Whoever reaches the last entry that was read sees all older ones. */
static bool go(struct customer_card *c, struct ui *ui, int action)
{
	list_fit(&c->list, LINES > PAGE_LESS ? (size_t)(LINES - PAGE_LESS) : 1);
	if (!list_act(&c->list, action))
		return false;
	if (c->list.at + 1 == c->recent.n && (int64_t)c->recent.n == c->limit) {
		c->limit = 0;
		c->to_end = action == ACT_END;
		ui_reload(ui);
	}
	return true;
}

static bool card_act(void *state, struct ui *ui, const struct event *e)
{
	struct customer_card *c = state;

	if (c->standing.customer.erased)
		return false;
	switch (e->action) {
	case ACT_ENTER:
		tell_entry(c, ui);
		return true;
	case ACT_SALE:
	case ACT_REDEEM:
		ui_open(ui, &counter_screen, &c->id);
		return true;
	case ACT_EDIT:
		ui_open(ui, &customer_form_screen, &(struct customer_form_ask){ .id = c->id });
		return true;
	case ACT_EXPLAIN:
		explain(c, ui);
		return true;
	case ACT_ADJUST:
		card_adjust(c, ui);
		return true;
	case ACT_CONSENT:
		card_consent(c, ui);
		return true;
	case ACT_MERGE:
		card_merge(c, ui);
		return true;
	case ACT_ERASE:
		card_erase(c, ui);
		return true;
	default:
		return go(c, ui, e->action);
	}
}

const struct screen customer_screen = {
	.name = N_("Customer"),
	.help = N_("One customer: what to know before they order, what they have, and all that "
		   "happened, newest first. Enter on a line tells what it did. \"Likely still a "
		   "regular\" is the chance that they have not stopped coming for good, by how "
		   "often and how lately they came; what they may bring is counted from that, from "
		   "how often they come and from what they spend. The page \"What are they "
		   "worth?\" tells how."),
	.state_size = sizeof(struct customer_card),
	.keys = card_keys,
	.open = card_open,
	.load = card_load,
	.draw = card_draw,
	.act = card_act,
	.release = card_release,
};

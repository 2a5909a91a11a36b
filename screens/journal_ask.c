/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "screens/journal.h"
#include "shop/customer.h"

/* Which entries are shown, and where to go among them. */

#define K(kind) JOURNAL_KIND(ENTRY_##kind)
static const struct {
	const char *words;
	unsigned kinds;
} groups[] = {
	{ N_("All entries"), 0 },
	{ N_("Sales, refunds, not rung up"), K(SALE) | K(REFUND) | K(WALK_IN) },
	{ N_("Rewards given without a sale"), K(CLAIM) },
	{ N_("Changed by hand, brought along"), K(ADJUST) | K(OPENING) },
	{ N_("Lapsed, or for an earlier sale"), K(LAPSE) | K(AWARD) },
	{ N_("What was undone"), K(UNDO) },
	{ N_("Day closes"), K(CLOSE) },
	{ N_("Customers"), K(CUSTOMER) | K(MERGE) | K(CONSENT) },
	{ N_("Items, programs and settings"),
	  K(ITEM) | K(PROGRAM) | K(REWARD) | K(SETTING) | K(SEGMENT) | K(ACCEPT) },
};
#undef K
enum { GROUPS = sizeof(groups) / sizeof(groups[0]), BY_STAFF = GROUPS, OF_CUSTOMER, CHOICES };

const char *journal_kinds_words(const struct journal *j)
{
	for (size_t i = 1; i < GROUPS; i++)
		if (groups[i].kinds == j->found.ask.kinds)
			return _(groups[i].words);
	return "";
}

/* -- by whom -- */

static void staff_chosen(void *state, struct ui *ui, size_t i)
{
	struct journal *j = state;

	memcpy(j->found.ask.who, j->staff[i], WHO_SIZE);
	journal_begin(j, ui);
}

static void ask_staff(struct journal *j, struct ui *ui)
{
	struct choice choices[JOURNAL_STAFF] = { { 0 } };

	if (journal_staff(ui->shop->store, j->staff, &j->staff_count) != ST_OK) {
		ui_fail(ui);
		return;
	}
	for (size_t i = 0; i < j->staff_count; i++)
		choices[i].label = j->staff[i];
	ui_pick(ui, &(struct picker){ .title = _("Whose work?"), .choices = choices,
				      .n = j->staff_count, .picked = staff_chosen });
}

/* -- of whom -- */

struct resolving {
	const struct shop *shop;
	const char *who;
	int64_t id;
	struct customer customer;
};

static enum status resolve(struct txn *txn, void *arg)
{
	struct resolving *r = arg;
	enum status st = customer_resolve(txn, r->shop, r->who, &r->id);

	return st == ST_OK && !customer_get(txn, r->id, &r->customer) ? txn_status(txn) : st;
}

static void customer_named(void *state, struct ui *ui, const char *who)
{
	struct journal *j = state;
	struct resolving r = { .shop = ui->shop, .who = who };

	if (store_read(ui->shop->store, resolve, &r) != ST_OK) {
		ui_fail(ui);
		return;
	}
	j->found.ask.customer = r.id;
	name_of(ui->shop, &r.customer, j->customer);
	journal_begin(j, ui);
}

/* The one on the chosen line is the likeliest. */
static void ask_customer(struct journal *j, struct ui *ui)
{
	const struct recent_row *row = j->found.n ? journal_row(j, j->list.at) : NULL;
	char number[32] = "";

	if (row && row->customer)
		snprintf(number, sizeof(number), "#%lld", (long long)row->customer);
	ui_ask(ui, &(struct question){
		.title = _("Of which customer?"), .text = number, .answer = customer_named,
		.hint = *number ? _("Name, phone or card. The number that stands here is the "
				    "customer's on the chosen line.") :
				  _("Name, phone or card.") });
}

/* -- which -- */

static void which_chosen(void *state, struct ui *ui, size_t i)
{
	struct journal *j = state;

	if (i == BY_STAFF) {
		ask_staff(j, ui);
		return;
	}
	if (i == OF_CUSTOMER) {
		ask_customer(j, ui);
		return;
	}
	if (!groups[i].kinds)
		j->found.ask = (struct journal_ask){ 0 };
	j->found.ask.kinds = groups[i].kinds;
	journal_begin(j, ui);
}

void journal_ask_which(struct journal *j, struct ui *ui)
{
	struct choice choices[CHOICES] = { { 0 } };
	size_t now = 0;

	for (size_t i = 0; i < GROUPS; i++) {
		choices[i].label = _(groups[i].words);
		if (groups[i].kinds == j->found.ask.kinds)
			now = i;
	}
	choices[BY_STAFF].label = _("By one who works here ...");
	choices[OF_CUSTOMER].label = _("Of one customer ...");
	ui_pick(ui, &(struct picker){ .title = _("Show only"), .choices = choices, .n = CHOICES,
				      .chosen = now, .picked = which_chosen });
}

/* -- where -- */

static void day_named(void *state, struct ui *ui, const char *text)
{
	struct journal *j = state;
	struct journal_seek seek = { 0 };

	if (format_read_day(&ui->format, text, ui_today(ui), &seek.day) != ST_OK) {
		ui_fail(ui);
		return;
	}
	j->seek = seek;
	j->chosen = 0;
	ui_reload(ui);
}

void journal_ask_day(struct journal *j, struct ui *ui)
{
	(void)j;
	ui_ask(ui, &(struct question){
		.title = _("Go to which day?"), .text = "", .answer = day_named,
		.hint = _("A date, like 21.3. or 21 Mar 2026. Goes to the last entry of that "
			  "day, or of the last day before it that has any.") });
}

static void receipt_named(void *state, struct ui *ui, const char *text)
{
	struct journal *j = state;
	int64_t seq;

	if (journal_entry(ui->shop->store, text, &seq) != ST_OK) {
		ui_fail(ui);
		return;
	}
	j->found.ask = (struct journal_ask){ 0 };
	journal_begin(j, ui);
	j->looked_for = seq;
}

void journal_ask_receipt(struct ui *ui)
{
	ui_ask(ui, &(struct question){
		.title = _("Which receipt?"), .text = "", .answer = receipt_named,
		.hint = _("The number on the receipt, or the number of an entry.") });
}

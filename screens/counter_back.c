/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/counter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "screens/undoing.h"
#include "shop/verbs.h"

/* Money that goes back, and entries that are taken back. */

static const char *name_in(const struct ui *ui, const struct recent_row *row, char out[NAME_TEXT])
{
	if (*row->name)
		return name_shown(ui->shop, row->name, out);
	snprintf(out, NAME_TEXT, "%s", row->customer ? "" : _("walk-in"));
	return out;
}

/* -- what is left of a sale -- */

struct left_asked {
	int64_t sale, left;
};

static enum status left_work(struct txn *txn, void *arg)
{
	struct left_asked *a = arg;
	struct entry *e = mem_alloc(sizeof(*e)), *room = mem_alloc(sizeof(*room));
	struct refunded *back = mem_alloc(sizeof(*back));
	enum status st = journal_read(txn, a->sale, e);

	if (st == ST_OK)
		st = sale_refunded(txn, room, a->sale, back);
	a->left = e->total - back->money;
	free(back);
	free(room);
	free(e);
	return st;
}

/* -- how much goes back -- */

static void amount_told(void *state, struct ui *ui, const char *text)
{
	struct counter *k = state;
	struct refund refund = { .sale = k->refunding.seq, .number = "", .reason = "" };
	struct trade_run run;
	struct actor by = ui_actor(ui);
	enum status st = format_read_money(&ui->format, text, &refund.amount);

	if (st == ST_OK && refund.amount <= 0)
		st = fail(ST_INVALID, "a refund is more than nothing; leave with Esc for none");
	if (st == ST_OK)
		st = refund_add(ui->shop, &by, &refund, &run);
	if (st == ST_OK)
		counter_did(k, ui, &run);
	else
		ui_fail(ui);
}

static void ask_amount(struct counter *k, struct ui *ui, const char *text)
{
	char title[2 * NAME_TEXT], name[NAME_TEXT], money[FORMAT_TEXT];

	snprintf(title, sizeof(title), _("Refund of %1$s, %2$s: how much goes back?"),
		 format_money(&ui->format, k->refunding.total, money),
		 name_in(ui, &k->refunding, name));
	ui_ask(ui, &(struct question){ .title = title, .text = text, .number = true,
		.hint = _("Stamps and points of it are taken back with it."),
		.answer = amount_told });
}

static void picked(void *state, struct ui *ui, size_t i)
{
	struct counter *k = state;
	struct left_asked asked = { k->sales.row[i].seq, 0 };
	char amount[FORMAT_TEXT];

	k->refunding = k->sales.row[i];
	if (store_read(ui->shop->store, left_work, &asked) != ST_OK)
		ui_fail(ui);
	else if (asked.left <= 0)
		ui_say(ui, TONE_WARN, "%s", _("All of that sale was given back already."));
	else
		ask_amount(k, ui, format_amount(&ui->format, asked.left, amount));
}

/* -- which sale -- */

/* Keeps those that can be given back. */
static void keep_sales(struct recent *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		if (r->row[i].kind == ENTRY_SALE && !r->row[i].undone && r->row[i].total > 0)
			r->row[n++] = r->row[i];
	r->n = n;
}

enum { LABEL_TEXT = NAME_TEXT + 4 * FORMAT_TEXT };

/* Time, amount, whose, receipt: what is typed is looked for in all of them. */
static void label(const struct ui *ui, const struct recent_row *row, char out[LABEL_TEXT])
{
	char day[FORMAT_TEXT], when[FORMAT_TEXT], money[FORMAT_TEXT], name[NAME_TEXT];

	format_time(&ui->format, row->minute, when);
	format_money(&ui->format, row->total, money);
	name_in(ui, row, name);
	if (row->day == ui_today(ui))
		snprintf(out, LABEL_TEXT, "%s  %s  %s  %s", when, money, name, row->receipt);
	else
		snprintf(out, LABEL_TEXT, "%s  %s  %s  %s",
			 format_ago(&ui->format, row->day, ui_today(ui), day), money, name,
			 row->receipt);
}

static void ask_sale(struct counter *k, struct ui *ui)
{
	struct choice *choices = mem_alloc((k->sales.n + 1) * sizeof(*choices));
	char (*labels)[LABEL_TEXT] = mem_alloc((k->sales.n + 1) * sizeof(*labels));

	for (size_t i = 0; i < k->sales.n; i++) {
		label(ui, &k->sales.row[i], labels[i]);
		choices[i].label = labels[i];
	}
	ui_pick(ui, &(struct picker){ .title = _("Which sale is given back?"),
		.choices = choices, .n = k->sales.n, .picked = picked });
	free(labels);
	free(choices);
}

/* Of whose sale is on the screen, else of all. */
void counter_refund(struct counter *k, struct ui *ui)
{
	struct recent_ask asked = {
		.customer = k->step == STEP_SALE ? k->till.draft.customer : 0,
		.kinds = RECENT_SALES, .limit = COUNTER_REFUNDS, .by_time = true,
	};

	if (k->step == STEP_FIND && find_chosen(k))
		asked.customer = find_chosen(k)->id;
	recent_release(&k->sales);
	if (recent_read(ui->shop, &asked, &ui->format, &k->sales) != ST_OK) {
		ui_fail(ui);
		return;
	}
	keep_sales(&k->sales);
	if (k->sales.n)
		ask_sale(k, ui);
	else
		ui_say(ui, TONE_WARN, "%s", _("There is no sale to give back."));
}

/* -- taking back -- */

static void undo(void *state, struct ui *ui)
{
	struct counter *k = state;
	struct trade_run run;
	struct actor by = ui_actor(ui);

	if (undo_last(ui->shop, &by, k->undoing, &run) == ST_OK)
		counter_did(k, ui, &run);
	else
		ui_fail(ui);
}

void counter_undo(struct counter *k, struct ui *ui)
{
	undo_ask(ui, &k->undoing, undo);
}

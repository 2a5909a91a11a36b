/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "screens/customer_card.h"
#include "shop/verbs.h"

/* What is changed from the card: a balance by hand, two who are one, erasing. */

/* -- a balance by hand -- */

static void amount_answered(void *state, struct ui *ui, const char *text);

static void ask_amount(struct customer_card *c, struct ui *ui, const struct program *p)
{
	c->program = p->id;
	ui_ask(ui, &(struct question){
		.title = p->name, .text = "", .answer = amount_answered,
		.hint = p->kind == PROGRAM_STAMPS ?
			_("How many stamps are added? With a minus they are taken: -2") :
			_("How many points are added? With a minus they are taken: -20") });
}

static enum status adjust(struct customer_card *c, struct ui *ui, const char *reason,
			  struct told *told)
{
	struct adjustment a = { c->id, c->program, c->amount, reason };
	struct telling how = { &ui->format, ui_today(ui) };
	struct actor by = ui_actor(ui);
	struct trade_run run;
	enum status st = balance_adjust(ui->shop, &by, &a, &run);

	return st == ST_OK ? told_read(ui->shop, &run, &how, told) : st;
}

/* What is refused is the amount, more often than not: it is asked for again. */
static void reason_answered(void *state, struct ui *ui, const char *reason)
{
	struct customer_card *c = state;
	const struct program *p = program_by_id(&c->standing.programs, c->program);
	struct told told = { 0 };

	if (adjust(c, ui, reason, &told) == ST_OK) {
		ui_say(ui, TONE_GOOD, "%s", told.done.at);
	} else {
		ui_fail(ui);
		if (p)
			ask_amount(c, ui, p);
	}
	told_release(&told);
	ui_reload(ui);
}

static void amount_answered(void *state, struct ui *ui, const char *text)
{
	struct customer_card *c = state;

	if (format_read_number(&ui->format, text, &c->amount) != ST_OK) {
		ui_fail(ui);
		return;
	}
	ui_ask(ui, &(struct question){
		.title = _("Why is it changed?"), .text = "", .answer = reason_answered,
		.hint = _("The reason is kept with the entry.") });
}

/* The i-th of those that are worth showing. */
static const struct program *shown_program(const struct standing *s, size_t i)
{
	for (size_t k = 0; k < s->programs.n; k++)
		if (standing_shows(s, &s->programs.row[k]) && i-- == 0)
			return &s->programs.row[k];
	return NULL;
}

static void program_chosen(void *state, struct ui *ui, size_t i)
{
	struct customer_card *c = state;
	const struct program *p = shown_program(&c->standing, i);

	if (p)
		ask_amount(c, ui, p);
}

void card_adjust(struct customer_card *c, struct ui *ui)
{
	struct choice *choices = mem_alloc((c->standing.programs.n + 1) * sizeof(*choices));
	const struct program *p;
	size_t n = 0;

	while ((p = shown_program(&c->standing, n)))
		choices[n++].label = p->name;
	if (!n)
		ui_say(ui, TONE_WARN, "%s", _("There is no program yet to change a balance in."));
	else if (n == 1)
		program_chosen(c, ui, 0);
	else
		ui_pick(ui, &(struct picker){ .title = _("Change which balance by hand?"),
					      .choices = choices, .n = n,
					      .picked = program_chosen });
	free(choices);
}

/* -- two who are one -- */

static enum status run_merge(struct customer_card *c, struct ui *ui, bool dry_run)
{
	struct customer_merge m = { .from = c->other, .into = c->id, .dry_run = dry_run };
	struct customer_merged *done = mem_alloc(sizeof(*done));
	struct actor by = ui_actor(ui);
	enum status st = customer_merge(ui->shop, &by, &m, done);

	holder_release(&done->holder);
	free(done);
	return st;
}

static void merge(void *state, struct ui *ui)
{
	struct customer_card *c = state;

	if (run_merge(c, ui, false) != ST_OK)
		ui_fail(ui);
	else
		ui_say(ui, TONE_GOOD, "%s", _("They are one customer now."));
	ui_reload(ui);
}

struct resolving {
	const struct shop *shop;
	const char *who;
	int64_t id;
	struct customer *customer;
};

static enum status resolve(struct txn *txn, void *arg)
{
	struct resolving *r = arg;
	enum status st = customer_resolve(txn, r->shop, r->who, &r->id);

	return st == ST_OK && !customer_get(txn, r->id, r->customer) ? txn_status(txn) : st;
}

static void confirm_merge(struct customer_card *c, struct ui *ui, const struct customer *other)
{
	char into[CUSTOMER_TITLE], from[CUSTOMER_TITLE];
	struct buf detail = { 0 };

	customer_title(&c->standing.customer, into);
	customer_title(other, from);
	buf_printf(&detail, _("%s becomes part of %s, with all visits, points, phones and cards. "
			      "This cannot be undone."), from, into);
	ui_confirm(ui, &(struct confirmation){
		.title = _("Are these the same person?"), .detail = detail.at,
		.yes = _("Make them one"), .agreed = merge });
	buf_release(&detail);
}

/* Tried first, so that nobody agrees to what is then refused. */
static void other_named(void *state, struct ui *ui, const char *who)
{
	struct customer_card *c = state;
	struct customer *other = mem_alloc(sizeof(*other));
	struct resolving r = { ui->shop, who, 0, other };
	enum status st = store_read(ui->shop->store, resolve, &r);

	c->other = r.id;
	if (st == ST_OK)
		st = run_merge(c, ui, true);
	if (st == ST_OK)
		confirm_merge(c, ui, other);
	else
		ui_fail(ui);
	free(other);
}

void card_merge(struct customer_card *c, struct ui *ui)
{
	(void)c;
	ui_ask(ui, &(struct question){
		.title = _("Who is the same person?"), .text = "", .answer = other_named,
		.hint = _("Name, phone, card, or # and the number on the other card. They become "
			  "part of this customer.") });
}

/* -- erasing -- */

/* As it is written, or as it is spelled in Latin letters. */
static bool is_name(const char *typed, const char *name)
{
	char a[NAME_TEXT], b[NAME_TEXT];

	text_fold(typed, a, sizeof(a));
	text_fold(name, b, sizeof(b));
	if (!strcmp(a, b))
		return true;
	text_romanise(typed, a, sizeof(a));
	text_romanise(name, b, sizeof(b));
	return !strcmp(a, b);
}

static void erase_if_named(void *state, struct ui *ui, const char *typed)
{
	struct customer_card *c = state;
	struct actor by = ui_actor(ui);
	char name[NAME_TEXT];

	name_of(ui->shop, &c->standing.customer, name);
	if (*c->standing.customer.name)
		strcpy(name, c->standing.customer.name);
	if (!is_name(typed, name)) {
		ui_say(ui, TONE_WARN, "%s", _("That is not the name. Nobody was erased."));
		return;
	}
	if (customer_erase(ui->shop, &by, c->id) != ST_OK) {
		ui_fail(ui);
		return;
	}
	ui_back(ui);
	ui_say(ui, TONE_GOOD, "%s", _("Erased. What they bought stays in the figures."));
}

void card_erase(struct customer_card *c, struct ui *ui)
{
	struct buf hint = { 0 };

	buf_printf(&hint, _("Name, phones, birthday, notes and history in words are gone for good; "
			    "nobody can bring them back. To agree, type: %s"), c->name);
	ui_ask(ui, &(struct question){ .title = _("Erase this person?"), .hint = hint.at,
				       .text = "", .answer = erase_if_named });
	buf_release(&hint);
}

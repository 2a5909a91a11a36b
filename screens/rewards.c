/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/rewards.h"

#include <stdio.h>
#include <string.h>

#include "screens/program_form_page.h"
#include "screens/simulation.h"
#include "shop/item.h"
#include "shop/tell_rules.h"
#include "shop/verbs.h"

enum { ACT_TRY = ACT_OWN };

struct reward_draft {
	struct reward reward;
	int64_t stamps;			/* of a stamp card: at how many it is given */
	const struct shop *shop;	/* for finding items */
};

struct reward_form {
	struct program program;
	struct reward_draft draft, said;
	struct form form;
};

static const struct field draft_fields[] = {
	FIELD(1, FIELD_TEXT, struct reward_draft, reward.name, .flags = FIELD_REQUIRED),
	FIELD(2, FIELD_INT, struct reward_draft, reward.cost, .flags = FIELD_REQUIRED, .least = 1,
	      .most = 1000000000),
	FIELD(3, FIELD_INT, struct reward_draft, stamps, .flags = FIELD_REQUIRED, .least = 1,
	      .most = 1000),
	FIELD(4, FIELD_INT, struct reward_draft, reward.item),
	FIELD(5, FIELD_MONEY, struct reward_draft, reward.value, .most = MONEY_MOST),
	FIELD(6, FIELD_PERCENT, struct reward_draft, reward.percent, .flags = FIELD_REQUIRED,
	      .least = 1, .most = 10000),
	FIELD(7, FIELD_MONEY, struct reward_draft, reward.most, .most = MONEY_MOST),
	FIELD(8, FIELD_MONEY, struct reward_draft, reward.own_cost, .most = MONEY_MOST),
	FIELD(9, FIELD_MONEY, struct reward_draft, reward.min_bill, .most = MONEY_MOST),
	FIELD(10, FIELD_DAY, struct reward_draft, reward.through),
	FIELD(11, FIELD_INT, struct reward_draft, reward.stock, .most = 1000000000),
	FIELD(12, FIELD_INT, struct reward_draft, reward.per_customer, .most = 1000000),
	{ 0 }
};
static const struct record_type draft_type = {
	"reward_draft", sizeof(struct reward_draft), draft_fields, 0
};

/* -- the item of a free reward, by name or code -- */

struct item_reading {
	const char *text;
	int64_t id;
};

static enum status resolve_work(struct txn *txn, void *arg)
{
	struct item_reading *r = arg;

	return item_resolve(txn, r->text, &r->id);
}

static enum status read_item(const struct form *f, const char *text)
{
	struct reward_draft *d = f->record;
	struct item_reading r = { .text = text };
	enum status st = *text ? store_read(d->shop->store, resolve_work, &r) : ST_OK;

	if (st == ST_NOT_FOUND)
		return fail(ST_NOT_FOUND, "there is no such item on the list; leave it empty for "
			    "anything");
	if (st == ST_OK)
		d->reward.item = r.id;
	return st;
}

struct item_printing {
	int64_t id;
	struct item item;
};

static enum status get_work(struct txn *txn, void *arg)
{
	struct item_printing *p = arg;

	if (!item_get(txn, p->id, &p->item))
		p->item.name[0] = '\0';
	return txn_status(txn);
}

static void print_item(const struct form *f, struct buf *out)
{
	const struct reward_draft *d = f->record;
	struct item_printing p = { .id = d->reward.item };

	if (p.id && store_read(d->shop->store, get_work, &p) == ST_OK)
		buf_text(out, p.item.name);
}

/* -- what is asked -- */

#define ASK(name_, label_, ...) { .name = (name_), .label = (label_), .hint = __VA_ARGS__ }

#define NAME ASK("reward.name", N_("Reward"), N_("What the customer gets, like: Free tea."))
#define TAKES ASK("reward.cost", N_("Points it takes"), NULL)
#define AT ASK("stamps", N_("Stamps it takes"),				\
	       N_("Fewer than a full card: it is given on the way, and the card goes on."))
#define ITEM ASK("reward.item", N_("Item"), N_("Which of your items is free. Empty: any."), \
		 .read = read_item, .print = print_item)
#define WORTH ASK("reward.value", N_("Worth to the customer"), N_("What they would pay for it."))
#define TAKES_OFF ASK("reward.value", N_("Takes off"), NULL)
#define OWN_COST ASK("reward.own_cost", N_("Costs you"), N_("What one costs the shop."))
#define PERCENT ASK("reward.percent", N_("Percent off"), NULL)
#define MOST ASK("reward.most", N_("At most"), N_("Takes off no more than this. Empty: any."))
#define LEAST_BILL ASK("reward.min_bill", N_("Smallest bill"), N_("Empty: any bill."))
#define UNTIL ASK("reward.through", N_("Last day"), N_("Empty: no end."))
#define STOCK ASK("reward.stock", N_("How many in all"), N_("Empty: no limit."))
#define EACH ASK("reward.per_customer", N_("How many for one customer"), N_("Empty: no limit."))

enum { BY_POINTS, BY_STAMPS, BY_CARD };	/* BY_CARD: the first one, for the full card */

static const struct form_field free_fields[][10] = {
	{ NAME, TAKES, ITEM, WORTH, OWN_COST, LEAST_BILL, UNTIL, EACH, { 0 } },
	{ NAME, AT, ITEM, WORTH, OWN_COST, UNTIL, { 0 } },
	{ NAME, ITEM, WORTH, OWN_COST, UNTIL, { 0 } },
};
static const struct form_field amount_fields[][10] = {
	{ NAME, TAKES, TAKES_OFF, LEAST_BILL, UNTIL, EACH, { 0 } },
	{ NAME, AT, TAKES_OFF, LEAST_BILL, UNTIL, { 0 } },
	{ NAME, TAKES_OFF, LEAST_BILL, UNTIL, { 0 } },
};
static const struct form_field percent_fields[][10] = {
	{ NAME, TAKES, PERCENT, MOST, OWN_COST, LEAST_BILL, UNTIL, EACH, { 0 } },
	{ NAME, AT, PERCENT, MOST, OWN_COST, LEAST_BILL, UNTIL, { 0 } },
	{ NAME, PERCENT, MOST, OWN_COST, LEAST_BILL, UNTIL, { 0 } },
};
static const struct form_field gift_fields[][10] = {
	{ NAME, TAKES, WORTH, OWN_COST, STOCK, UNTIL, EACH, { 0 } },
	{ NAME, AT, WORTH, OWN_COST, STOCK, UNTIL, { 0 } },
	{ NAME, WORTH, OWN_COST, STOCK, UNTIL, { 0 } },
};

static const struct form_field *fields_for(enum reward_kind kind, const struct program *p)
{
	int how = p->kind == PROGRAM_POINTS ? BY_POINTS : p->reward ? BY_STAMPS : BY_CARD;

	switch (kind) {
	case REWARD_FREE: return free_fields[how];
	case REWARD_AMOUNT: return amount_fields[how];
	case REWARD_PERCENT: return percent_fields[how];
	case REWARD_GIFT: break;
	}
	return gift_fields[how];
}

static void reward_form_open(void *state, struct ui *ui, const void *arg)
{
	const struct reward_form_start *start = arg;
	struct reward_form *s = state;
	bool points = start->program->kind == PROGRAM_POINTS;

	s->program = *start->program;
	s->draft = (struct reward_draft){
		.reward = { .program = s->program.id, .kind = start->kind,
			    .cost = points ? 100 : 0,
			    .percent = start->kind == REWARD_PERCENT ? 1000 : 0 },
		.stamps = s->program.goal, .shop = ui->shop };
	s->said = s->draft;
	s->form = (struct form){
		.type = &draft_type, .record = &s->draft, .format = &ui->format,
		.fields = fields_for(start->kind, start->program), .today = ui_today(ui) };
	form_start(&s->form);
}

/* -- saying it back -- */

static bool on_the_way(const struct reward_form *s, const struct reward_draft *d)
{
	return s->program.kind == PROGRAM_STAMPS && s->program.reward &&
	       d->stamps < s->program.goal;
}

static void say_when(const struct reward_form *s, const struct ui *ui, struct buf *out)
{
	struct program p = s->program;
	char n[FORMAT_TEXT];

	if (p.kind != PROGRAM_STAMPS)
		return;
	format_number(&ui->format, s->said.stamps, n);
	if (on_the_way(s, &s->said))
		buf_printf(out, ngettext("On the way, at %1$s stamp: %2$s.",
					 "On the way, at %1$s stamps: %2$s.",
					 (unsigned long)s->said.stamps), n, s->said.reward.name);
	else
		program_say_goal(&p, s->said.reward.name, &ui->format, out);
	if (!on_the_way(s, &s->said) && p.reward) {
		buf_text(out, " ");
		buf_text(out, _("Cards that fill from now on give this in place of the one "
				"before."));
	}
}

static void reward_form_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct reward_form *s = state;
	struct buf words = { 0 };

	if (s->said.reward.name[0]) {
		say_when(s, ui, &words);
		reward_say(&s->said.reward, &s->program, &ui->format, &words);
	}
	form_page_draw(c, &s->form, words.len ? words.at : "");
	buf_release(&words);
}

/* -- saving -- */

static bool wrong(struct reward_form *s, const char *field, const char *sentence)
{
	form_refuse(&s->form, field, sentence);
	return false;
}

/* Reads what was typed. False: the focus is where something is amiss. */
static bool take(struct reward_form *s)
{
	const uint32_t most = sizeof(s->program.milestones) / sizeof(s->program.milestones[0]);
	struct reward_draft *d = &s->draft;

	if (form_take(&s->form) != ST_OK)
		return false;
	if (d->reward.kind == REWARD_AMOUNT && !d->reward.value)
		return wrong(s, "reward.value", _("How much does it take off?"));
	if (s->program.kind == PROGRAM_STAMPS && s->program.reward &&
	    d->stamps > s->program.goal)
		return wrong(s, "stamps", _("The card is full before that."));
	if (on_the_way(s, d) && s->program.milestone_count == most)
		return wrong(s, "stamps", _("There are as many rewards on the way as a card can "
					    "have."));
	/* Money off costs what it takes off. */
	if (d->reward.kind == REWARD_AMOUNT)
		d->reward.own_cost = d->reward.value;
	s->said = *d;
	return true;
}

/* Puts a stamp card's further reward where it is given. */
static enum status give_at(struct reward_form *s, struct ui *ui)
{
	struct actor by = ui_actor(ui);
	struct program p = s->program;

	if (p.kind != PROGRAM_STAMPS || !p.reward)
		return ST_OK;
	if (on_the_way(s, &s->draft))
		p.milestones[p.milestone_count++] =
			(struct milestone){ s->draft.stamps, s->draft.reward.id };
	else
		p.reward = s->draft.reward.id;
	return program_edit(ui->shop, &by, &p);
}

static void save(struct reward_form *s, struct ui *ui)
{
	struct actor by = ui_actor(ui);
	char name[sizeof(s->draft.reward.name)];
	enum status st;

	if (!take(s))
		return;
	memcpy(name, s->draft.reward.name, sizeof(name));
	st = reward_add(ui->shop, &by, &s->draft.reward);
	if (st == ST_EXISTS) {
		form_refuse(&s->form, "reward.name", _("There is a reward of that name already."));
		return;
	}
	if (st == ST_OK)
		st = give_at(s, ui);
	if (st != ST_OK) {
		ui_fail(ui);
		return;
	}
	ui_back(ui);
	ui_say(ui, TONE_GOOD, _("%s can be had from now on."), name);
}

/* -- acting -- */

static void try_on_past(struct reward_form *s, struct ui *ui)
{
	struct trial trial = { .program = s->program };

	if (!take(s))
		return;
	trial.reward = s->draft.reward;
	if (trial.program.kind == PROGRAM_STAMPS)
		trial.program.goal = s->draft.stamps;
	ui_open(ui, &simulation_screen, &trial);
}

static bool reward_form_act(void *state, struct ui *ui, const struct event *e)
{
	struct reward_form *s = state;

	if (form_act(&s->form, e)) {
		form_listen(&s->form, &s->said);
		return true;
	}
	switch (e->action) {
	case ACT_SAVE:
	case ACT_ENTER:
		save(s, ui);
		return true;
	case ACT_TRY:
		try_on_past(s, ui);
		return true;
	default:
		return false;
	}
}

static bool reward_form_unsaved(const void *state)
{
	return ((const struct reward_form *)state)->form.changed;
}

static const struct binding reward_form_keys[] = {
	{ ACT_SAVE, KEY_F(10), CTRL_KEY('S'), N_("Save"), N_("Saves the reward") },
	{ ACT_TRY, KEY_F(6), CTRL_KEY('T'), N_("Try on the past"),
	  N_("Shows who would have had this reward and what it would have cost; writes "
	     "nothing") },
	{ ACT_BACK, 0x1b, 0, N_("Back"), N_("Leaves; asks first when something was typed") },
	{ 0 }
};

const struct screen reward_form_screen = {
	.name = N_("New reward"),
	.help = N_("What customers get. Once it is saved a reward stays as it is, so that what was "
		   "promised holds; to change it, add another one."),
	.state_size = sizeof(struct reward_form),
	.keys = reward_form_keys,
	.open = reward_form_open,
	.draw = reward_form_draw,
	.act = reward_form_act,
	.unsaved = reward_form_unsaved,
};

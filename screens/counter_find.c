/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/counter.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "screens/newcomer.h"

/* Finding whom the sale is for. */

void find_start(struct counter *k)
{
	k->step = STEP_FIND;
	k->find = (struct edit){ .most = 200, .hint = N_("name, phone or card") };
	k->hit_count = 0;
	k->more = false;
	list_count(&k->list, 0);
}

/* Where nobody is spelled like that, who sounds like it is meant: "meena" for
 * મીના. Beside Patel, a Patil is only similar. */
size_t find_similar(const struct counter *k)
{
	bool spelled = k->hit_count && k->hits[0].match < MATCH_SKELETON;
	size_t i = 0;

	while (i < k->hit_count && k->hits[i].match < (spelled ? MATCH_SKELETON : MATCH_LOOSE))
		i++;
	return i;
}

const struct hit *find_at(const struct counter *k, size_t row)
{
	bool new_first = k->hit_count && !find_similar(k);

	if (new_first && !row)
		return NULL;
	row -= new_first;
	return row < k->hit_count ? &k->hits[row] : NULL;
}

const struct hit *find_chosen(const struct counter *k)
{
	return find_at(k, k->list.at);
}

/* -- reading -- */

struct finding_for {
	struct counter *k;
	const struct ui *ui;
};

static void say_balance(const struct standing *s, const struct program *p,
			const struct format *f, char out[HIT_STANDING])
{
	int64_t n = standing_balance(s, p);
	char balance[FORMAT_TEXT], goal[FORMAT_TEXT];

	format_number(f, n, balance);
	format_number(f, p->goal, goal);
	if (p->kind == PROGRAM_STAMPS)
		snprintf(out, HIT_STANDING, "%s/%s", balance, goal);
	else
		snprintf(out, HIT_STANDING,
			 ngettext("%s point", "%s points", (unsigned long)(n < 0 ? -n : n)),
			 balance);
}

/* The first program that runs, and whether any reward is ready. */
static void read_standing(struct txn *txn, const struct ui *ui, struct hit *hit)
{
	struct standing s;

	if (standing_load(txn, hit->id, ui_today(ui), &s) == ST_OK) {
		for (size_t i = 0; i < s.programs.n && !*hit->standing; i++)
			if (!s.programs.row[i].stopped)
				say_balance(&s, &s.programs.row[i], &ui->format, hit->standing);
		for (size_t i = 0; i < s.rewards.n; i++)
			hit->reward_ready |= standing_ready(&s, &s.rewards.row[i]) > 0;
	}
	standing_release(&s);
}

static void read_hit(struct txn *txn, const struct ui *ui, const struct found *row,
		     struct hit *hit)
{
	const struct shop *shop = ui->shop;

	*hit = (struct hit){ .id = row->id, .match = row->match, .last_visit = row->last_visit };
	name_of(shop, &row->customer, hit->name);
	if (*row->customer.name) {
		name_first(shop, row->customer.name, hit->name);
		name_second(shop, row->customer.name, hit->second);
	}
	phone_of(&row->customer, hit->phone);
	read_standing(txn, ui, hit);
}

/* Script is no merit: whole words are equal in any. */
static enum match rank_of(const struct hit *hit)
{
	return hit->match == MATCH_LATIN ? MATCH_EXACT : hit->match;
}

static bool comes_before(const struct hit *a, const struct hit *b)
{
	if (rank_of(a) != rank_of(b))
		return rank_of(a) < rank_of(b);
	return a->last_visit > b->last_visit;
}

static void order_hits(struct counter *k)
{
	for (size_t i = 1; i < k->hit_count; i++) {
		struct hit hit = k->hits[i];
		size_t at = i;

		for (; at > 0 && comes_before(&hit, &k->hits[at - 1]); at--)
			k->hits[at] = k->hits[at - 1];
		k->hits[at] = hit;
	}
}

static enum status find_work(struct txn *txn, void *arg)
{
	const struct finding_for *f = arg;
	struct counter *k = f->k;
	struct finding found = { 0 };
	enum status st = customer_find(txn, k->find.text, COUNTER_HITS, &found);

	k->hit_count = 0;
	k->more = found.more;
	for (size_t i = 0; st == ST_OK && i < found.n; i++)
		read_hit(txn, f->ui, &found.row[i], &k->hits[k->hit_count++]);
	finding_release(&found);
	order_hits(k);
	return st == ST_OK ? txn_status(txn) : st;
}

struct chosen {
	const struct counter *k;
	int64_t id;
};

static bool was_chosen(const void *arg, size_t row)
{
	const struct chosen *c = arg;

	const struct hit *hit = find_at(c->k, row);

	return hit && hit->id == c->id;
}

enum status find_load(struct counter *k, struct ui *ui)
{
	struct finding_for f = { k, ui };
	struct chosen chosen = { k, 0 };
	enum status st;

	if (!*k->find.text) {
		k->hit_count = 0;
		list_count(&k->list, 0);
		return ST_OK;
	}
	if (k->list.at && find_chosen(k))
		chosen.id = find_chosen(k)->id;
	st = store_read(ui->shop->store, find_work, &f);
	list_keep(&k->list, k->hit_count + 1, was_chosen, &chosen);
	return st;
}

/* -- choosing -- */

void find_choose(struct counter *k, struct ui *ui, int64_t customer)
{
	if (till_is_begun(&k->till)) {
		till_give_to(&k->till, customer);
		k->step = STEP_SALE;
		ui_reload(ui);
	} else {
		sale_start(k, ui, customer);
	}
	if (*k->card && customer)
		counter_offer_card(k, ui);
}

static bool choose_item(struct counter *k, struct ui *ui, const char *code)
{
	bool theirs = k->step == STEP_SALE || till_is_begun(&k->till);
	struct item item;

	if (!counter_item(ui, code, &item))
		return false;
	find_start(k);
	find_choose(k, ui, theirs ? k->till.draft.customer : 0);
	sale_add_item(k, ui, &item);
	return true;
}

/* Said until Esc, or until somebody has it. */
static void keep_card(struct counter *k, struct ui *ui, const char *code)
{
	snprintf(k->card, sizeof(k->card), "%.*s", SCAN_SIZE - 1, code);
	told_release(&k->told);
	k->served = 0;
	find_start(k);
	ui_reload(ui);
}

/* Has the sale on the screen another owner, who would lose it? */
static bool is_anothers(const struct counter *k, int64_t customer)
{
	return till_is_begun(&k->till) && k->till.draft.customer &&
	       k->till.draft.customer != customer;
}

static void choose_owner(struct counter *k, struct ui *ui, int64_t customer)
{
	if (is_anothers(k, customer)) {
		ui_say(ui, TONE_WARN, "%s", _("This card is somebody else's. First finish this "
					      "sale, or drop it with Esc."));
		return;
	}
	k->card[0] = '\0';
	find_start(k);
	find_choose(k, ui, customer);
}

/* Nobody has it. Who stands at the till with nothing rung up yet may get it. */
static void scan_unknown(struct counter *k, struct ui *ui, const char *code)
{
	bool selling = k->step == STEP_SALE;

	if (selling && till_is_begun(&k->till)) {
		ui_say(ui, TONE_WARN, _("%s is neither an item nor somebody's card: nothing was "
					"changed."), code);
		return;
	}
	keep_card(k, ui, code);
	if (selling && k->till.draft.customer) {
		k->step = STEP_SALE;
		counter_offer_card(k, ui);
	}
}

/* False: neither somebody's nor an item's. */
static bool scan_known(struct counter *k, struct ui *ui, const char *code)
{
	int64_t id;

	if (customer_by_scan(ui->shop, code, &id) != ST_OK)
		ui_fail(ui);
	else if (id)
		choose_owner(k, ui, id);
	else
		return choose_item(k, ui, code);
	return true;
}

void find_scan(struct counter *k, struct ui *ui, const char *code)
{
	if (!scan_known(k, ui, code))
		scan_unknown(k, ui, code);
}

static void choose(struct counter *k, struct ui *ui)
{
	if (find_chosen(k))
		find_choose(k, ui, find_chosen(k)->id);
	else if (choose_item(k, ui, k->find.text))
		return;
	else if (!find_similar(k) && looks_like_code(k->find.text, ui->shop->settings.country))
		keep_card(k, ui, k->find.text);
	else
		counter_add(k, ui);
}

/* Over a slow line a name that was typed comes as fast as a scanner's code. */
static void take_scan(struct counter *k, struct ui *ui, const char *code)
{
	if (scan_known(k, ui, code))
		return;
	if (looks_like_code(code, ui->shop->settings.country))
		scan_unknown(k, ui, code);
	else
		choose(k, ui);
}

/* Esc takes back what came last: what is looked for, the card, the looking. */
static bool step_back(struct counter *k, struct ui *ui)
{
	if (*k->find.text)
		find_start(k);
	else if (*k->card)
		k->card[0] = '\0';
	else if (till_is_begun(&k->till))
		k->step = STEP_SALE;
	else
		return false;
	ui_reload(ui);
	return true;
}

static void look_anew(struct counter *k, struct ui *ui)
{
	find_start(k);
	ui_reload(ui);
}

bool find_act(struct counter *k, struct ui *ui, const struct event *e)
{
	switch (e->action) {
	case ACT_FIND:
		look_anew(k, ui);
		return true;
	case ACT_NEW:
		counter_add(k, ui);
		return true;
	case ACT_SALE:
		find_choose(k, ui, 0);
		return true;
	case ACT_BACK:
		return step_back(k, ui);
	case ACT_SCAN:
		take_scan(k, ui, e->text);
		return true;
	case ACT_ENTER:
		if (*k->find.text)
			choose(k, ui);
		return true;
	default:
		break;
	}
	list_fit(&k->list, (size_t)ui_rows(ui) / 2);
	if (*k->find.text && list_act(&k->list, e->action))
		return true;
	if (!edit_act(&k->find, e))
		return false;
	k->list.at = 0;
	ui_reload(ui);
	return true;
}

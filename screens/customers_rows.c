/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/customers_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "screens/name.h"

struct reading {
	const struct shop *shop;
	const struct people_wanted *wanted;	/* NULL: a page */
	const struct people_page *page;
	int32_t today;
	struct people *out;
	struct standing standing;	/* rules of the shop; each person in turn */
	const struct program *program;
};

static void choose_program(struct reading *r)
{
	const struct programs *all = &r->standing.programs;

	for (size_t i = 0; i < all->n && !r->program; i++)
		if (!all->row[i].stopped)
			r->program = &all->row[i];
	if (!r->program)
		return;
	r->out->has_program = true;
	r->out->stamps = r->program->kind == PROGRAM_STAMPS;
	r->out->goal = r->program->goal;
}

/* Of the customer in r->standing. */
static void read_figures(struct txn *txn, struct reading *r, struct person *p)
{
	struct holder *h = &r->standing.holder;

	*h = (struct holder){ 0 };
	if (holder_load(txn, p->id, h)) {
		for (size_t i = 0; i < h->position_count; i++)
			position_load(txn, p->id, &h->positions[i]);
		p->visits = h->figures.visits;
		p->spend = h->figures.spend;
		p->last_day = (int32_t)h->figures.last_day;
		if (r->program)
			p->balance = standing_balance(&r->standing, r->program);
		for (size_t i = 0; i < r->standing.rewards.n; i++)
			p->ready += standing_ready(&r->standing, &r->standing.rewards.row[i]);
	}
	holder_release(h);
	*h = (struct holder){ 0 };
}

static void add(struct txn *txn, struct reading *r, const struct customer *c, enum match match)
{
	struct person *p = &r->out->row[r->out->n++];
	char room[NAME_TEXT];

	*p = (struct person){ .id = c->id, .match = match };
	phone_of(c, p->phone);
	if (*c->name)
		memcpy(p->name, c->name, sizeof(p->name));
	else
		snprintf(p->name, sizeof(p->name), "%s", name_of(r->shop, c, room));
	read_figures(txn, r, p);
}

/* So many are found before a filter leaves some of them. */
enum { SIFTED = 10 * PEOPLE_FOUND };

static enum status find(struct txn *txn, struct reading *r)
{
	const struct people_set *only = r->wanted->only;
	struct finding found;
	enum status st = customer_find(txn, r->wanted->words, only ? SIFTED : PEOPLE_FOUND,
				       &found);

	if (st != ST_OK)
		return st;
	r->out->more = found.more;
	r->out->row = mem_alloc((PEOPLE_FOUND + 1) * sizeof(*r->out->row));
	for (size_t i = 0; i < found.n; i++) {
		if (only && !people_has(only, found.row[i].id))
			continue;
		if (r->out->n < PEOPLE_FOUND)
			add(txn, r, &found.row[i].customer, found.row[i].match);
		else
			r->out->more = true;
	}
	finding_release(&found);
	return txn_status(txn);
}

static enum status page(struct txn *txn, struct reading *r)
{
	const struct people_page *p = r->page;
	struct customer *c = &r->standing.customer;

	r->out->first = p->first;
	r->out->row = mem_alloc((p->n + 1) * sizeof(*r->out->row));
	for (size_t i = p->first; i < p->first + p->n && i < p->count; i++)
		if (customer_get(txn, p->ids ? p->ids[i] : directory_at(p->directory, i)->id, c))
			add(txn, r, c, MATCHES);
	return txn_status(txn);
}

static enum status work(struct txn *txn, void *arg)
{
	struct reading *r = arg;
	enum status st = standing_load(txn, 0, r->today, &r->standing);

	persons_release(r->out);
	if (st == ST_OK) {
		choose_program(r);
		st = r->wanted ? find(txn, r) : page(txn, r);
	}
	standing_release(&r->standing);
	return st;
}

static enum status read_people(struct reading *r)
{
	enum status st = store_read(r->shop->store, work, r);

	if (st != ST_OK)
		persons_release(r->out);
	free(r);
	return st;
}

enum status persons_find(struct shop *shop, const struct people_wanted *wanted, int32_t today,
			 struct people *out)
{
	struct reading *r = mem_alloc(sizeof(*r));

	r->shop = shop;
	r->wanted = wanted;
	r->today = today;
	r->out = out;
	return read_people(r);
}

enum status persons_read(struct shop *shop, const struct people_page *page_asked, int32_t today,
			struct people *out)
{
	struct reading *r = mem_alloc(sizeof(*r));

	r->shop = shop;
	r->page = page_asked;
	r->today = today;
	r->out = out;
	return read_people(r);
}

void persons_release(struct people *p)
{
	free(p->row);
	*p = (struct people){ 0 };
}

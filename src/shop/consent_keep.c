/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/consent.h"

#include <stdlib.h>

#include "base/mem.h"

/* -- every no that stands -- */

static void add(struct consent_refusals *all, const struct consent_refusal *row)
{
	all->row = mem_grow(all->row, all->n, &all->cap, sizeof(*all->row));
	all->row[all->n++] = *row;
}

static void add_theirs(struct consent_refusals *all, const struct customer *c)
{
	for (uint32_t i = 0; i < c->consent_count; i++)
		if (c->consents[i].state == CONSENT_NO && c->consents[i].channel >= 0 &&
		    c->consents[i].channel < CONSENT_CHANNELS)
			add(all, &(struct consent_refusal){
				c->id, (enum consent_channel)c->consents[i].channel,
				c->consents[i].since });
}

static enum status add_everybody(struct txn *txn, struct consent_refusals *all)
{
	struct customer *c = mem_alloc(sizeof(*c));
	struct range r;
	enum status st = ST_OK;

	range_start(&r, txn, TABLE_CUSTOMER, NULL);
	while (st == ST_OK && range_next(&r)) {
		st = record_decode(&customer_type, c, r.value.at, r.value.len);
		if (st == ST_OK && !c->erased)
			add_theirs(all, c);
	}
	range_end(&r);
	free(c);
	return st == ST_OK ? txn_status(txn) : st;
}

/* Those of 'into' for 'from'; the first n rows stand in the order of their customers. */
static void add_merged(struct consent_refusals *all, size_t n, const struct merge *m)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (all->row[middle].customer < m->into)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < n && all->row[low].customer == m->into; low++) {
		struct consent_refusal row = all->row[low];

		row.customer = m->from;
		add(all, &row);
	}
}

static enum status read_refusals(struct txn *txn, void *arg)
{
	struct consent_refusals *all = arg;
	struct merges merges = { 0 };
	enum status st;
	size_t n;

	all->n = 0;
	st = add_everybody(txn, all);
	n = all->n;
	merges_load(txn, &merges);
	for (size_t i = 0; i < merges.n; i++)
		add_merged(all, n, &merges.row[i]);
	merges_release(&merges);
	return st == ST_OK ? txn_status(txn) : st;
}

enum status consent_refusals(const struct shop *shop, struct consent_refusals *out)
{
	*out = (struct consent_refusals){ 0 };
	return store_read(shop->store, read_refusals, out);
}

void consent_refusals_release(struct consent_refusals *r)
{
	free(r->row);
	*r = (struct consent_refusals){ 0 };
}

/* -- into another book -- */

static enum status keep(struct trade *t, void *arg)
{
	const struct consent_refusals *all = arg;
	enum status st = ST_OK;
	bool changed;

	for (size_t i = 0; i < all->n && st == ST_OK; i++) {
		const struct consent_refusal *r = &all->row[i];

		st = consent_book(t, &(struct consent_change){
			.customer = r->customer, .channel = r->channel, .state = CONSENT_NO,
			.how = CONSENT_RESTORED, .occurred = r->since }, &changed);
		if (st == ST_NOT_FOUND)
			st = txn_status(t->txn);
	}
	return st;
}

enum status consent_keep_refusals(struct shop *shop, const struct actor *by,
				  const struct consent_refusals *r)
{
	struct trade_run run = { .work = keep, .arg = (void *)(uintptr_t)r };

	return trade_run(shop, by, &run);
}

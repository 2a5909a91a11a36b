/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/tell.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "base/text.h"
#include "shop/item.h"
#include "shop/rule.h"

/* -- reading -- */

struct reading {
	int64_t seq;
	int32_t today;
	struct deed *out;
};

struct categories {
	struct txn *txn;
	char folded[200];
};

static const char *category_of(void *arg, int64_t item)
{
	struct categories *c = arg;
	struct item it;

	c->folded[0] = '\0';
	if (item_get(c->txn, item, &it))
		text_fold(it.category, c->folded, sizeof(c->folded));
	return c->folded;
}

static void read_nothing(struct txn *txn, struct deed *d)
{
	const struct entry *e = d->entry;
	struct categories c = { .txn = txn };
	struct earning s = { .day = e->day, .total = e->total, .tax = e->tax,
			     .line_count = e->line_count, .lines = e->lines,
			     .category = category_of, .arg = &c };

	free(d->nothing);
	d->nothing = mem_alloc((d->standing.programs.n + 1) * sizeof(*d->nothing));
	for (size_t i = 0; i < d->standing.programs.n; i++)
		d->nothing[i] = program_why_nothing(&d->standing.programs.row[i], &s);
}

static enum status read_deed(struct txn *txn, void *arg)
{
	const struct reading *r = arg;
	struct deed *d = r->out;
	const struct entry *e = d->entry;
	enum status st = journal_read(txn, r->seq, d->entry);

	if (st == ST_OK && e->kind == ENTRY_UNDO) {
		d->undone = entry_new();
		st = journal_read(txn, e->about, d->undone);
	}
	if (st == ST_OK)
		st = standing_load(txn, e->customer, r->today, &d->standing);
	if (st != ST_OK)
		return st;
	if (e->kind == ENTRY_SALE)
		read_nothing(txn, d);
	d->first = e->kind == ENTRY_SALE && e->customer &&
		   d->standing.holder.figures.sales == 1 && !entry_is_undone(txn, r->seq);
	return txn_status(txn);
}

enum status deed_read(const struct shop *shop, const struct trade_run *run, int32_t today,
		      struct deed *out)
{
	struct reading r = { run->seq, today, out };

	*out = (struct deed){ .entry = entry_new(), .repeated = run->repeated };
	return store_read(shop->store, read_deed, &r);
}

void deed_release(struct deed *d)
{
	entry_free(d->entry);
	entry_free(d->undone);
	free(d->nothing);
	standing_release(&d->standing);
}

enum status told_read(const struct shop *shop, const struct trade_run *run,
		      const struct telling *how, struct told *out)
{
	struct deed *d = mem_alloc(sizeof(*d));
	enum status st = deed_read(shop, run, how->today, d);

	*out = (struct told){ .first = d->first };
	buf_text(&out->done, "");
	buf_text(&out->say, "");
	if (st == ST_OK) {
		tell_done(d, how->format, &out->done);
		tell_aloud(d, how->format, &out->say);
	}
	deed_release(d);
	free(d);
	return st;
}

void told_release(struct told *t)
{
	buf_release(&t->done);
	buf_release(&t->say);
}

/* -- what was changed -- */

static void tell_name(const struct entry *e, struct buf *out)
{
	json_t *json = json_loads(e->rule, 0, NULL);
	const char *name = json_string_value(json_object_get(json, "name"));

	if (name)
		buf_text(out, name);
	json_decref(json);
}

static void tell_fields(const struct entry *e, struct buf *out)
{
	const char *at = e->rule;
	char name[64];

	while (*at) {
		size_t len = strcspn(at, ",");
		const struct field *f;

		if (len && len < sizeof(name)) {
			memcpy(name, at, len);
			name[len] = '\0';
			f = record_field(&customer_type, name);
			buf_printf(out, out->len ? ", %s" : "%s",
				   f && f->label ? _(f->label) : name);
		}
		at += len + (at[len] != '\0');
	}
}

void tell_subject(const struct entry *e, struct buf *out)
{
	if (e->kind == ENTRY_CUSTOMER)
		tell_fields(e, out);
	else if (e->kind == ENTRY_ITEM || e->kind == ENTRY_PROGRAM || e->kind == ENTRY_REWARD ||
		 e->kind == ENTRY_SEGMENT)
		tell_name(e, out);
}

/* -- kinds -- */

const char *tell_kind(enum entry_kind kind)
{
	static const char *const words[ENTRY_KINDS] = {
		[ENTRY_SALE] = N_("Sale"), [ENTRY_REFUND] = N_("Refund"),
		[ENTRY_CLAIM] = N_("Reward given"), [ENTRY_ADJUST] = N_("Changed by hand"),
		[ENTRY_OPENING] = N_("Brought along"),
		[ENTRY_AWARD] = N_("For an earlier sale"), [ENTRY_LAPSE] = N_("Lapsed"),
		[ENTRY_WALK_IN] = N_("Not rung up"), [ENTRY_CLOSE] = N_("Day closed"),
		[ENTRY_UNDO] = N_("Undone"), [ENTRY_CUSTOMER] = N_("Customer changed"),
		[ENTRY_ITEM] = N_("Item changed"), [ENTRY_PROGRAM] = N_("Program changed"),
		[ENTRY_REWARD] = N_("Reward changed"), [ENTRY_SETTING] = N_("Setting changed"),
		[ENTRY_ACCEPT] = N_("Damage accepted"),
		[ENTRY_MERGE] = N_("Two customers became one"),
		[ENTRY_CONSENT] = N_("Consent"), [ENTRY_SEGMENT] = N_("Segment changed"),
	};

	/* It is a byte from disk. */
	return kind < ENTRY_KINDS && words[kind] ? _(words[kind]) : "";
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "insight/rfm.h"
#include "screens/customers_view.h"
#include "shop/item.h"
#include "shop/program.h"

/* What conditions can be picked from: what there is in this shop. */

/* People whose tags and areas are looked at: what fewer have can be typed. */
enum { PEOPLE_READ = 20000, VALUES_MOST = 300 };

void values_release(struct values *v)
{
	for (size_t i = 0; i < v->n; i++) {
		free(v->row[i].text);
		free(v->row[i].folded);
	}
	free(v->row);
	*v = (struct values){ 0 };
}

static void add(struct values *v, struct value value)
{
	v->row = mem_grow(v->row, v->n, &v->cap, sizeof(*v->row));
	v->row[v->n++] = value;
}

/* Each once, however it is written; "" is none. */
static void add_once(struct values *v, const char *text)
{
	char folded[400];

	text_fold(text, folded, sizeof(folded));
	for (size_t i = 0; i < v->n; i++)
		if (!strcmp(folded, v->row[i].folded))
			return;
	if (*folded && v->n < VALUES_MOST)
		add(v, (struct value){ mem_text(text), mem_text(folded), NULL });
}

static int by_text(const void *a, const void *b)
{
	return strcoll(((const struct value *)a)->text, ((const struct value *)b)->text);
}

/* -- from the store -- */

struct reading {
	struct values *out;
	char kind;
	struct item item;
	struct customer customer;
};

static void read_items(struct txn *txn, struct reading *r)
{
	struct range range;

	range_start(&range, txn, TABLE_ITEM, NULL);
	while (range_next(&range))
		if (item_decode(txn, range.value, &r->item))
			add_once(r->out, r->kind == 'i' ? r->item.name : r->item.category);
	range_end(&range);
}

static void read_programs(struct txn *txn, struct reading *r)
{
	struct programs all;

	programs_load(txn, &all);
	for (size_t i = 0; i < all.n; i++)
		if (r->kind == 'q' || all.row[i].kind == PROGRAM_STAMPS)
			add_once(r->out, all.row[i].name);
	programs_release(&all);
}

static void read_people(struct txn *txn, struct reading *r)
{
	struct customer *c = &r->customer;
	struct range range;

	range_start(&range, txn, TABLE_CUSTOMER, NULL);
	for (size_t n = 0; n < PEOPLE_READ && range_next(&range); n++) {
		if (record_decode(&customer_type, c, range.value.at, range.value.len) != ST_OK)
			txn_fail(txn, ST_CORRUPT);
		if (r->kind == 'o')
			add_once(r->out, c->area);
		for (uint32_t i = 0; r->kind == 't' && i < c->tag_count; i++)
			add_once(r->out, c->tags[i].name);
	}
	range_end(&range);
}

static void read_segments(struct txn *txn, struct reading *r)
{
	struct segments all;

	segments_load(txn, &all);
	for (size_t i = 0; i < all.n; i++)
		add_once(r->out, all.row[i].name);
	segments_release(&all);
}

static enum status read_work(struct txn *txn, void *arg)
{
	struct reading *r = arg;

	values_release(r->out);
	switch (r->kind) {
	case 'i': case 'c':
		read_items(txn, r);
		break;
	case 'p': case 'q':
		read_programs(txn, r);
		break;
	case 's':
		read_segments(txn, r);
		break;
	default:
		read_people(txn, r);
		break;
	}
	if (r->out->n)
		qsort(r->out->row, r->out->n, sizeof(*r->out->row), by_text);
	return txn_status(txn);
}

static enum status read_stored(struct values *v, struct ui *ui, char kind)
{
	struct reading *r = mem_alloc(sizeof(*r));
	enum status st;

	r->out = v;
	r->kind = kind;
	st = store_read(ui->shop->store, read_work, r);
	free(r);
	return st;
}

/* -- what is the same everywhere -- */

static void list_weekdays(struct values *v)
{
	static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

	for (int i = 0; i < 7; i++)
		add(v, (struct value){ mem_text(days[i]), NULL, weekday_name(i) });
}

static void list_groups(struct values *v)
{
	for (size_t i = 0; i < RFM_SEGMENTS; i++)
		add(v, (struct value){ mem_text(rfm_kinds[i].key), NULL,
				       _(rfm_kinds[i].name) });
}

static const char *nothing(char kind)
{
	switch (kind) {
	case 'i': return _("There are no items yet: the screen Items adds them.");
	case 'c': return _("No item has a category yet: the screen Items gives them one.");
	case 'p': return _("There is no card of stamps yet: the screen Programs begins one.");
	case 'q': return _("There is no program yet: the screen Programs begins one.");
	case 't': return _("Nobody has a tag yet: a customer's details give them one.");
	case 'o': return _("Nobody's area is known yet: it is among a customer's details.");
	default: return _("There is no segment yet: a filter that is kept is one.");
	}
}

bool values_read(struct values *v, struct ui *ui, char kind)
{
	enum status st = ST_OK;

	values_release(v);
	if (kind == 'k')
		list_weekdays(v);
	else if (kind == 'g')
		list_groups(v);
	else
		st = read_stored(v, ui, kind);
	if (st != ST_OK)
		ui_fail(ui);
	else if (!v->n)
		ui_say(ui, TONE_WARN, "%s", nothing(kind));
	return st == ST_OK && v->n;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/mem.h"
#include "exchange/export.h"
#include "screens/customers_view.h"
#include "screens/figure.h"

/* The people of the list as a file for spreadsheets, in the order of the list: the
 * columns are those of `regulars export customers`. */

enum { PART = 500 };

struct writing {
	const struct customers *s;
	const struct shop *shop;
	int32_t today;
	size_t next;			/* place in the list */
	size_t kept;			/* bytes of the parts before */
	struct buf csv;
};

static int64_t id_at(const struct customers *s, size_t i)
{
	if (s->found)
		return s->people.row[i].id;
	return sift_is_on(&s->sift) ? s->shown.ids[i] : directory_at(&s->directory, i)->id;
}

static size_t people_in_list(const struct customers *s)
{
	return s->found ? s->people.n : s->list.n;
}

static void write_one(struct txn *txn, struct writing *w, struct standing *standing, int64_t id)
{
	struct export_row row = { .txn = txn, .shop = w->shop, .standing = standing,
				  .customer = &standing->customer };

	if (standing_load(txn, id, w->today, standing) == ST_OK)
		export_customer(NULL, &row, &w->csv);
	standing_release(standing);
}

static enum status write_part(struct txn *txn, void *arg)
{
	struct writing *w = arg;
	struct standing *standing = mem_alloc(sizeof(*standing));
	size_t n = people_in_list(w->s);

	w->csv.len = w->kept;
	for (size_t i = w->next; i < w->next + PART && i < n; i++)
		write_one(txn, w, standing, id_at(w->s, i));
	free(standing);
	return txn_status(txn);
}

static enum status write_all(struct writing *w, struct ui *ui)
{
	size_t n = people_in_list(w->s);
	enum status st = ST_OK;

	export_names(EXPORT_CUSTOMERS, &w->csv);
	for (; st == ST_OK && w->next < n; w->next += PART) {
		w->kept = w->csv.len;
		st = store_read(w->shop->store, write_part, w);
		if (st == ST_OK && !ui_progress(ui, _("Writing the file"), (long long)w->next,
						(long long)n))
			st = ST_CANCELLED;
	}
	return st;
}

void customers_write(struct customers *s, struct ui *ui)
{
	struct writing w = { .s = s, .shop = ui->shop, .today = ui_today(ui) };
	enum status st;

	if (!s->found && (!s->directory.whole || (sift_is_on(&s->sift) && !s->shown.sorted))) {
		ui_say(ui, TONE_WARN, "%s", _("Everybody is still being read: wait a moment."));
		return;
	}
	st = write_all(&w, ui);
	if (st == ST_OK)
		figure_write_csv(ui, "customers", &w.csv);
	else if (st != ST_CANCELLED)
		ui_fail(ui);
	buf_release(&w.csv);
}

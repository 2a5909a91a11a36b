/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/picture.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "insight/calendar.h"
#include "insight/erased.h"
#include "screens/ui_private.h"

struct picture *picture_of(const struct ui *ui)
{
	struct ui_private *p = ui->private;

	if (!p->picture)
		p->picture = mem_alloc(sizeof(*p->picture));
	return p->picture;
}

void picture_release(struct ui *ui)
{
	struct ui_private *p = ui->private;

	if (!p->picture)
		return;
	scan_release(&p->picture->scan);
	rfm_release(&p->picture->rfm);
	clv_release(&p->picture->clv);
	sold_release(&p->picture->sold);
	flows_release(&p->picture->flows);
	free(p->picture);
	p->picture = NULL;
}

enum status picture_update(struct ui *ui)
{
	return scan_update(ui->shop->store, &picture_of(ui)->scan);
}

const struct rfm *picture_rfm(struct ui *ui)
{
	struct picture *p = picture_of(ui);
	struct people_set erased;
	enum status st;

	if (p->rfm_changes == p->scan.changes)
		return &p->rfm;
	rfm_release(&p->rfm);
	p->rfm_changes = 0;
	st = rfm_of(&p->scan, &(struct rfm_options){ 0 }, &p->rfm);
	if (st == ST_OK)
		st = erased_read(ui->shop->store, &erased);
	if (st != ST_OK)
		return NULL;
	rfm_leave_out(&p->rfm, &erased);
	people_release(&erased);
	p->rfm_changes = p->scan.changes;
	return &p->rfm;
}

const struct clv *picture_clv(struct ui *ui)
{
	struct picture *p = picture_of(ui);
	struct clv_options options = { .decimals = ui->shop->decimals };

	if (p->clv_changes != p->scan.changes) {
		clv_release(&p->clv);
		p->clv_changes = 0;
		if (clv_start(&p->clv, &p->scan, &options) != ST_OK)
			return NULL;
		p->clv_changes = p->scan.changes;
	}
	clv_work(&p->clv, &p->scan);
	return &p->clv;
}

enum status picture_sold(struct ui *ui)
{
	return sold_update(ui->shop->store, &picture_of(ui)->sold);
}

enum status picture_flows(struct ui *ui, int *done)
{
	return flows_update(ui->shop->store, ui_today(ui), &picture_of(ui)->flows, done);
}

int32_t picture_day(const struct picture *p)
{
	return p->scan.last_sale_day;
}

struct picture_window picture_window(const struct picture *p)
{
	struct picture_window w = { p->scan.first_day, picture_day(p) };
	int32_t from = w.from;
	int year, month, date;

	if (!w.to)
		return (struct picture_window){ 0, 0 };
	day_to_civil(w.to, &year, &month, &date);
	if (p->span == SPAN_QUARTER)
		from = w.to - 89;
	else if (p->span == SPAN_YEAR)
		from = month_first(day_add_months(w.to, -11));
	else if (p->span == SPAN_THIS_YEAR)
		from = day_from_civil(year, 1, 1);
	if (from > w.from)
		w.from = from;
	return w;
}

struct picture_window picture_asked(const struct picture *p)
{
	return p->span == SPAN_ALL ? (struct picture_window){ 0, 0 } : picture_window(p);
}

const char *span_name(enum span span)
{
	static const char *const names[SPANS] = {
		[SPAN_YEAR] = N_("the last 12 months"), [SPAN_QUARTER] = N_("the last 90 days"),
		[SPAN_THIS_YEAR] = N_("this year"), [SPAN_ALL] = N_("all days"),
	};

	return names[span];
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/undoing.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "screens/name.h"
#include "shop/tell.h"
#include "shop/verbs.h"

enum { UNDO_TEXT = NAME_TEXT + 500 };

/* When, what, how much, whose, and what it moved. */
static enum status tell_entry(const struct ui *ui, int64_t seq, char out[UNDO_TEXT])
{
	char when[FORMAT_TEXT], money[FORMAT_TEXT], name[NAME_TEXT];
	struct deed *d = mem_alloc(sizeof(*d));
	enum status st = deed_read(ui->shop, &(struct trade_run){ .seq = seq }, ui_today(ui), d);
	const struct entry *e = d->entry;
	const struct customer *who = &d->standing.customer;
	struct buf moves = { 0 };

	buf_text(&moves, "");
	if (st == ST_OK) {
		tell_moves(e, &d->standing, &ui->format, &moves);
		snprintf(out, UNDO_TEXT, "%s  %s  %s  %s  %.*s",
			 format_time(&ui->format, e->minute, when), tell_kind(e->kind),
			 e->total ? format_money(&ui->format, e->total, money) : "",
			 *customer_label(who) ? name_of(ui->shop, who, name) : "",
			 (int)text_cut(moves.at, 200), moves.at);
	}
	buf_release(&moves);
	deed_release(d);
	free(d);
	return st;
}

void undo_ask(struct ui *ui, int64_t *seq, void (*agreed)(void *state, struct ui *ui))
{
	char detail[UNDO_TEXT];
	struct actor by = ui_actor(ui);
	enum status st = undo_next(ui->shop, &by, seq);

	if (st == ST_OK)
		st = tell_entry(ui, *seq, detail);
	if (st != ST_OK)
		ui_fail(ui);
	else
		ui_confirm(ui, &(struct confirmation){
			.title = _("Take your last entry of today back?"), .detail = detail,
			.yes = _("Undo"), .agreed = agreed });
}

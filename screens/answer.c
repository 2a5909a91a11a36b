/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/answer.h"

#include "shop/tell.h"

void answer_write(struct ui *ui, const struct consent_change *said)
{
	const struct telling how = { .format = &ui->format, .today = ui_today(ui) };
	struct told told = { .first = false };
	struct actor by = ui_actor(ui);
	struct trade_run run;
	enum status st = consent_set(ui->shop, &by, said, &run);

	if (st == ST_OK)
		st = told_read(ui->shop, &run, &how, &told);
	if (st == ST_OK)
		ui_say(ui, TONE_GOOD, "%s", told.done.at);
	else
		ui_fail(ui);
	told_release(&told);
	ui_reload(ui);
}

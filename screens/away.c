/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "screens/ui_private.h"
#include "store/replace.h"

/* Somebody puts another file in the place of the store: it is closed, and opened
 * again when that is over. What screens hold is theirs and stays. */

enum { LOOK_AGAIN_MS = 100, MARGIN = 4 };

static void draw(void)
{
	const struct canvas whole = { stdscr, { 0, 0, LINES, COLS } };
	struct canvas part = canvas_part(&whole, (struct rect){
		LINES / 3, MARGIN, LINES / 3, COLS - 2 * MARGIN });

	put_blank(&whole);
	put_wrapped(&part, (struct spot){ .cols = part.at.w, .tone = TONE_STRONG }, 6,
		    _("The shop's book is being restored or tidied up. This goes on by itself in "
		      "a moment; what was typed here is kept."));
	put_cursor(&part, 0, 0);
	wnoutrefresh(stdscr);
	doupdate();
}

/* Also while we are told to end. */
static bool wait_for_end(const struct ui *ui, const char *dir)
{
	const struct timespec little = { 0, LOOK_AGAIN_MS * 1000 * 1000 };

	while (replace_goes_on(dir)) {
		if (run_is_over(ui))
			return false;
		draw();
		ppoll(NULL, 0, &little, &ui->private->waiting);
	}
	return true;
}

void ui_look_again(struct ui *ui)
{
	struct ui_private *p = ui->private;

	if (!ui->shop->store) {
		p->lost = true;
		ui->shop = NULL;
		ui_quit(ui);
		return;
	}
	for (size_t i = 0; i < p->depth; i++)
		p->layers[i].stale = true;
	ui_use_language(ui, ui->shop->settings.language);
}

void ui_let_go(struct ui *ui)
{
	char *dir = mem_text(store_dir(ui->shop->store));
	enum status st = ST_BUSY;

	ui_idle(ui);
	shop_close(ui->shop);
	draw();
	while (st == ST_BUSY && wait_for_end(ui, dir))
		st = shop_open(dir, ui->shop);
	free(dir);
	if (st != ST_OK)
		ui_fail(ui);
	ui_look_again(ui);
}

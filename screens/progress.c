/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/ui_private.h"

/* Long work draws how far it is and listens for Esc: the one exception to the
 * one loop. */

enum { EVERY_MS = 100, BOX_ROWS = 4, MARGIN = 4 };

static void draw(const char *what, long long done, long long total)
{
	const struct canvas whole = { stdscr, { 0, 0, LINES, COLS } };
	struct canvas box = canvas_part(&whole, (struct rect){
		(LINES - BOX_ROWS) / 2, MARGIN, BOX_ROWS, COLS - 2 * MARGIN });
	const char *stop = _("Esc stops");
	int stop_cols = shown_columns(stop), wide = box.at.w - MARGIN - 4;
	int filled = total > 0 && wide > 0 ? (int)(done * wide / total) : 0;

	put_blank(&box);
	put_rule(&box, 0);
	put_rule(&box, BOX_ROWS - 1);
	put_text(&box, (struct spot){ .y = 1, .x = 1, .tone = TONE_TITLE }, what);
	put_text(&box, (struct spot){ .y = 1, .x = box.at.w - stop_cols - 1, .cols = stop_cols },
		 stop);
	if (filled)
		put_text(&box, (struct spot){ .y = 2, .x = 1, .cols = filled,
					      .tone = TONE_BAR }, "");
	put_format(&box, (struct spot){ .y = 2, .x = 1 + filled, .cols = MARGIN + 2 }, " %d %%",
		   total > 0 ? (int)(100 * done / total) : 0);
	put_cursor(&box, 2, 1);
	wnoutrefresh(stdscr);
	doupdate();
}

/* What else is typed meanwhile is meant for nothing. */
static bool esc_was_pressed(struct ui *ui)
{
	struct press press;

	do {
		keys_next(&ui->private->keys, &press);
		if (press.kind == PRESS_GONE ||
		    (press.kind == PRESS_KEY && (press.key == 0x1b || press.key == CTRL_KEY('C'))))
			return true;
	} while (press.kind != PRESS_NONE);
	return false;
}

bool ui_progress(struct ui *ui, const char *what, long long done, long long total)
{
	struct ui_private *p = ui->private;

	if (ui_ms() - p->progress_drawn < EVERY_MS)
		return true;
	p->progress_drawn = ui_ms();
	draw(what, done, total);
	return !esc_was_pressed(ui) && !run_is_over(ui);
}

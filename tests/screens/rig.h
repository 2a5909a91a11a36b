/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SCREENS_RIG_H
#define TESTS_SCREENS_RIG_H

#include <string.h>

#include "screens/ui_private.h"
#include "tests/screens/drawn.h"

/* A ui without a shop and without a loop, whose keys are pressed by calls.
 * Include it before cmocka.h. */

struct rig {
	struct ui_private private;
	struct ui ui;
};

static inline void rig_start(struct rig *r)
{
	*r = (struct rig){ .ui.who = "asha" };
	r->ui.private = &r->private;
	resize_term(DRAWN_ROWS, DRAWN_COLS);
}

static inline void rig_key(struct rig *r, int key)
{
	ui_press(&r->ui, &(struct press){ .kind = PRESS_KEY, .key = key });
}

static inline void rig_type(struct rig *r, const char *text)
{
	struct press press = { .kind = PRESS_TEXT };

	strcpy(press.text, text);
	ui_press(&r->ui, &press);
}

static inline void rig_scan(struct rig *r, const char *code)
{
	struct press press = { .kind = PRESS_SCAN };

	rig_type(r, code);
	strcpy(press.text, code);
	ui_press(&r->ui, &press);
}

/* What the frame shows: a row of it; valid until the next call. */
static inline const char *rig_row(const struct rig *r, int y)
{
	const struct canvas whole = { stdscr, { 0, 0, LINES, COLS } };

	frame_draw(&r->ui);
	return drawn_row(&whole, y < 0 ? LINES + y : y);
}

static inline bool rig_shows(const struct rig *r, const char *text)
{
	for (int y = 0; y < LINES; y++)
		if (strstr(rig_row(r, y), text))
			return true;
	return false;
}

enum { ESC = 0x1b };

#endif

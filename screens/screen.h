/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_SCREEN_H
#define SCREENS_SCREEN_H

#include <stddef.h>

#include "base/status.h"
#include "screens/canvas.h"

/* A screen is one file that ends in one of these tables. */

/* What a key does. The common ones first; a screen's own from ACT_OWN on. */
enum action {
	ACT_NONE,
	ACT_TEXT,		/* letters were typed or pasted: event.text */
	ACT_SCAN,		/* what was typed last, event.text, came from a scanner with
				   Enter behind it: Enter, for a field of words */
	ACT_ENTER, ACT_BACK, ACT_TAB, ACT_TAB_BACK,
	ACT_UP, ACT_DOWN, ACT_LEFT, ACT_RIGHT, ACT_HOME, ACT_END, ACT_PAGE_UP, ACT_PAGE_DOWN,
	ACT_BACKSPACE, ACT_DELETE, ACT_CLEAR,
	/* these go somewhere from every screen, unless the screen takes them */
	ACT_HELP, ACT_FIND, ACT_NEW, ACT_SALE, ACT_REDEEM, ACT_FIGURES, ACT_MENU, ACT_SAVE,
	ACT_UNDO, ACT_REDRAW, ACT_QUIT,
	ACT_OWN
};

struct event {
	int action;
	const char *text;	/* UTF-8, clean; "" unless there is some */
};

/* One row is a key, what it does, and what footer, help and palette say. */
struct binding {
	int action;
	int key, twin;		/* KEY_F(4), and CTRL_KEY('E') for terminals that eat it */
	const char *label;	/* in the footer: N_("Sale"); NULL: not there */
	const char *help;	/* N_("Books a sale for nobody in particular") */
};
#define CTRL_KEY(letter) ((letter) & 0x1f)

struct buf;
struct ui;

struct screen {
	const char *name;		/* N_("Counter"): in the title, the menu, the palette */
	const char *help;		/* N_(): a few sentences above the list of keys */
	size_t state_size;		/* zeroed before open() */
	const struct binding *keys;	/* ends with { 0 }; the common keys come after */
	/* Also when it is come back to with another arg, not NULL. May be NULL. */
	void (*open)(void *state, struct ui *ui, const void *arg);
	/* Reads what it shows, in store_read(); again whenever the store changed. */
	enum status (*load)(void *state, struct ui *ui);		/* may be NULL */
	void (*draw)(const void *state, const struct ui *ui, const struct canvas *c);
	/* False: not mine, the ui does what is common. */
	bool (*act)(void *state, struct ui *ui, const struct event *e);
	/* Is this one of its own actions worth offering now? What is not has no key:
	 * another with the same key may. NULL: all are. */
	bool (*offers)(const void *state, int action);
	/* Has something been typed that is lost when it closes? Then Esc asks first,
	 * nothing else closes it, and open() is not called again. NULL: never. */
	bool (*unsaved)(const void *state);
	/* More for its help, about what it shows now: paragraphs. NULL: nothing. */
	void (*explain)(const void *state, const struct ui *ui, struct buf *out);
	/* Two seconds without a key, before it closes, and when the terminal goes
	 * away: what is half done is kept. May be NULL. */
	void (*idle)(void *state, struct ui *ui);
	void (*release)(void *state);	/* may be NULL */
};

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_UI_H
#define SCREENS_UI_H

#include "base/format.h"
#include "base/language.h"
#include "screens/screen.h"
#include "shop/shop.h"

/* What screens ask of the loop that runs them. */

struct ui_private;

struct ui {
	struct shop *shop;		/* NULL until one is open */
	struct format format;		/* how money, numbers and dates are written here */
	const char *folder;		/* of the shop, open or to be made */
	char country[3];		/* where this machine's clock stands; "" not known */
	char who[WHO_SIZE], terminal[WHO_SIZE];
	struct ui_private *private;	/* screens/ui.c */
};

/* Lines and columns that a screen has to draw in. */
int ui_rows(const struct ui *ui);
int ui_cols(const struct ui *ui);
int64_t ui_now(const struct ui *ui);
int32_t ui_today(const struct ui *ui);
/* Who does it, now, with a new operation id. */
struct actor ui_actor(const struct ui *ui);

/* 1 to 9: a digit of any script, typed by itself. 0: something else, or the
 * first of what a scanner types. For screens where digits choose. */
int ui_digit(const struct event *e);

/* -- going somewhere: takes effect when act() has returned -- */

/* Above this one. A screen that is open already is come back to, with another
 * open() when there is an arg; those above it close, but what is unsaved stays
 * behind it. */
void ui_open(struct ui *ui, const struct screen *screen, const void *arg);
void ui_instead(struct ui *ui, const struct screen *screen, const void *arg);	/* in its place */
void ui_home(struct ui *ui);
void ui_back(struct ui *ui);
void ui_quit(struct ui *ui);
/* Opens the shop in 'dir', where none is open yet, and goes to its Home. */
MUST_CHECK enum status ui_open_shop(struct ui *ui, const char *dir);
void ui_close_shop(struct ui *ui);	/* with all its screens; another must be opened then */
/* The store was replaced under the open screens: all is read again. If it could
 * not be opened, the screens end. */
void ui_look_again(struct ui *ui);
/* Words from now on, and the formats that depend on them. */
void ui_use_language(struct ui *ui, const char *code);

/* -- telling -- */

void ui_reload(struct ui *ui);		/* load() again before the next frame */
/* load() again as soon as no key waits, and keys do not wait for it: for what
 * is read in parts, a few milliseconds each, and for reading ahead. */
void ui_read_on(struct ui *ui);
/* One line that stays until the next key. */
void ui_say(struct ui *ui, enum tone tone, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The sentence of the last failure, in a box that stays until a key. */
void ui_fail(struct ui *ui);
/* For step callbacks of long work: draws how far it is; false when Esc was
 * pressed. */
bool ui_progress(struct ui *ui, const char *what, long long done, long long total);

/* -- asking: the answer comes to a function of the screen that asked, with its
 * state; Esc answers nothing -- */

/* When answer() fails with ui_fail() and has gone nowhere, the question is asked
 * again with what was typed. */
struct question {
	const char *title;		/* _("New customer") */
	const char *hint;		/* _("Name and phone"); "" none */
	const char *text;		/* what stands there already */
	bool number;			/* digits and signs of amounts alone, never from a scanner;
					   what is typed replaces 'text' */
	void (*answer)(void *state, struct ui *ui, const char *text);
};
void ui_ask(struct ui *ui, const struct question *q);

struct confirmation {
	const char *title;		/* _("Undo the sale of 10:42?") */
	const char *detail;		/* more lines; "" none */
	const char *yes;		/* _("Undo"); No is chosen until another key says yes */
	void (*agreed)(void *state, struct ui *ui);
	/* Where no is an answer as much as yes: nothing is chosen before a key says
	 * which, and Esc answers nothing. Both NULL elsewhere. */
	const char *no;
	void (*refused)(void *state, struct ui *ui);
};
void ui_confirm(struct ui *ui, const struct confirmation *c);

struct choice {
	const char *label, *detail;	/* copied; detail may be NULL */
};
struct picker {
	const char *title;
	const struct choice *choices;	/* copied; typing narrows them */
	size_t n, chosen;		/* 'chosen': the cursor stands there first */
	void (*picked)(void *state, struct ui *ui, size_t i);
	/* A number may be typed in place of a choice: digits then take no row. NULL:
	 * none. */
	void (*typed)(void *state, struct ui *ui, const char *number);
};
void ui_pick(struct ui *ui, const struct picker *p);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_UI_PRIVATE_H
#define SCREENS_UI_PRIVATE_H

#include <signal.h>

#include "screens/edit.h"
#include "screens/keys.h"
#include "screens/list.h"
#include "screens/terminal.h"
#include "screens/ui.h"

/* The ui's own state, for the files that are the ui. */

enum { UI_DEPTH = 32, UI_MESSAGE = 1200, UI_TITLE = 400, UI_DETAIL = 1200,
        OFFERS_MOST = 64 };

/* One open screen. Those that are closing are released when act() is over. What
 * is stale is read before anything is done with it; what is partial, or aged
 * because somebody else wrote, when no key waits. */
struct layer {
	const struct screen *screen;
	void *state;
	bool stale, closing, partial, aged;
};

/* What stands above the screen and takes the keys first. */
enum overlay_kind { OVERLAY_NONE, OVERLAY_ASK, OVERLAY_CONFIRM, OVERLAY_PICK };

struct choice_row {
	char *label, *detail;
};

struct overlay {
	enum overlay_kind kind;
	void *owner;			/* state of the screen that asked */
	char title[UI_TITLE], detail[UI_DETAIL], yes[UI_TITLE], no[UI_TITLE];
	bool agreeing;			/* OVERLAY_CONFIRM: yes is chosen */
	bool undecided;			/* neither is */
	struct edit edit;		/* the answer, or what narrows the choices */
	bool proposed;			/* OVERLAY_ASK: a number that what is typed replaces */
	struct choice_row *choices;
	size_t choice_count;
	size_t *shown;			/* places of those that fit what was typed */
	struct list list;		/* over 'shown' */
	void (*answer)(void *state, struct ui *ui, const char *text);
	void (*agreed)(void *state, struct ui *ui);
	void (*refused)(void *state, struct ui *ui);	/* NULL: no does nothing */
	void (*picked)(void *state, struct ui *ui, size_t i);
	void (*typed)(void *state, struct ui *ui, const char *number);	/* NULL: none is */
};

struct ui_private {
	struct layer layers[UI_DEPTH];
	size_t depth;
	struct overlay overlay;
	char failure[UI_MESSAGE];	/* in a box until a key */
	char message[UI_MESSAGE];	/* one line until a key */
	enum tone message_tone;
	int offers[OFFERS_MOST];	/* actions in the palette, from its first row on */
	size_t offer_count;

	struct keys keys;
	bool typed;			/* the last press was typing in a line */
	bool into_field;		/* the last letters that came went into a field */
	bool quit;
	bool lost;			/* the shop cannot be opened any more: 'failure' */
	sigset_t waiting;		/* signals that are blocked while waiting */

	uint64_t version;		/* of the store when the screen last read it */
	int64_t load_began, load_ms;	/* when that was, and how long it took */
	int64_t progress_drawn;		/* ms */

	struct picture *picture;	/* picture.c: what the figures are made of; NULL: nothing */
	struct shop shop;		/* ui->shop points here while one is open */
	char *sample;			/* folder of a sample shop that goes at the end, or NULL */
};

struct layer *ui_top(const struct ui *ui);
bool ui_load(struct ui *ui);		/* was anything stale? */
bool ui_catch_up(struct ui *ui);	/* the same, with what waits until no key does */
void ui_idle(struct ui *ui);
bool ui_is_unsaved(const struct ui *ui);	/* would leaving lose anything? */
void ui_settle(struct ui *ui);		/* releases what closed while act() ran */
void ui_release(struct ui *ui);
void ui_leave(struct ui *ui);		/* asks first */
/* away.c: closes the store for whoever replaces it, and waits. Without a store
 * afterwards the screens end; a failure says why. */
void ui_let_go(struct ui *ui);
int64_t ui_ms(void);			/* of a clock that nobody sets */
/* A copy, cut between letters to what fits. */
void ui_keep(char *out, size_t size, const char *text);

/* actions.c: one press, from key to action. */
extern const struct binding common_bindings[];
/* Has this row of the screen's own table, or of the common ones, a key now? */
bool binding_offered(const struct ui *ui, const struct binding *b);
bool binding_is_hidden(const struct ui *ui, const struct screen *s,
		       const struct binding *common);
void ui_press(struct ui *ui, const struct press *p);
void ui_do(struct ui *ui, const struct event *e);

/* run.c: were we told to end, or is the terminal gone? Signals are only noticed
 * here and while waiting. */
bool run_is_over(const struct ui *ui);

/* frame.c: everything that is on the screen. */
void frame_draw(const struct ui *ui);
/* Then a sentence is all that is shown, and keys but ^Q do nothing. */
bool frame_is_too_small(void);
enum { FRAME_LEAST_ROWS = 16, FRAME_LEAST_COLS = 60, FRAME_AROUND = 4 };

/* overlay.c, and overlay_draw.c */
bool overlay_is_open(const struct ui *ui);
void overlay_draw(const struct ui *ui, const struct canvas *c);
/* Choices that are in view on a screen of so many lines. */
size_t overlay_rows(const struct overlay *o, int lines);
void overlay_act(struct ui *ui, const struct event *e);
void overlay_close(struct ui *ui);
const struct binding *overlay_bindings(const struct ui *ui);	/* for the footer */

/* palette.c: every action of the screen below and every main screen. */
void palette_open(struct ui *ui);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_FIGURE_H
#define SCREENS_FIGURE_H

#include "base/buf.h"
#include "insight/definition.h"
#include "insight/sheet.h"
#include "screens/chart.h"
#include "screens/columns.h"
#include "screens/picture.h"
#include "screens/ui.h"

/* What the screens of figures have in common. A figure's screen is a struct
 * figure_kind, which says what is its own, and a struct screen whose functions
 * are those below; its state begins with a struct figure. In return it has a
 * table view, CSV, its people, a segment of them, a span of days to choose, and
 * its definitions on F1. screens/figure_months.c is the one to copy. */

/* What is chosen: a line of the picture, and the column where it has some, or a
 * row of the table. */
struct figure_place {
	bool table;
	size_t row, column;
};

/* What the menu of figures says of one: "48 % came again", "of 312 customers". */
struct headline {
	char figure[FORMAT_TEXT], whom[2 * FORMAT_TEXT];
	bool more;		/* a part of the work was done: to be asked again */
};

struct figure_kind {
	const char *name;		/* "retention": what its CSV file is called */
	const struct screen *screen;
	const struct definition *definitions;
	const char *const *views;	/* N_(): Tab goes through them; ends in NULL; NULL: one */
	bool spans;			/* the days it counts can be chosen */
	/* What it counts, where it is neither these days nor all sales up to the
	 * last; may be NULL. */
	const char *(*window)(const void *state, const struct ui *ui, char out[3 * FORMAT_TEXT]);
	bool of_goods;			/* made of what was sold, to nobody known, too */

	/* Works it out of picture_of(ui), which has sales of known customers:
	 * first, and when the sales or the span changed. What takes longer than
	 * some milliseconds is done in parts: with figure.working set it is
	 * called again, and Esc leaves. Sets figure.list for the lines that one
	 * can choose. */
	enum status (*work)(void *state, struct ui *ui);
	/* The store changed, but not the sales: names and the like are read again;
	 * may be NULL. */
	enum status (*reread)(void *state, struct ui *ui);
	void (*release)(void *state);	/* what work() made; before it is called anew, too */
	/* The picture; the cursor on what is chosen. */
	void (*draw)(const void *state, const struct ui *ui, const struct canvas *c);
	/* Reads what the picture needs not, but the sheet does; may be NULL. */
	enum status (*before_sheet)(void *state, struct ui *ui);
	void (*sheet)(const void *state, struct sheet *out);
	/* There are no numbers: the picture is a sentence that says what is
	 * missing. NULL: there always are some. */
	bool (*bare)(const void *state);
	/* The filter of the people at a place; false: nobody in particular. NULL:
	 * a figure without people. */
	bool (*people)(const void *state, const struct ui *ui, struct figure_place at,
		       struct buf *filter);
	/* Enter, where a line is something else than people; false: it is its
	 * people. May be NULL. */
	bool (*enter)(void *state, struct ui *ui, struct figure_place at);
	/* What to do about it, or what is missing for it: one sentence or two. */
	void (*advice)(const void *state, const struct ui *ui, struct buf *out);
	/* How many it is about, for F1: "312 customers, 2,140 visits." */
	void (*sample)(const void *state, const struct ui *ui, struct buf *out);
	/* For who wants to check: parameters and the like, last on F1; may be NULL. */
	void (*proof)(const void *state, const struct ui *ui, struct buf *out);
	/* Keys of its own, before the common ones; may be NULL. */
	bool (*act)(void *state, struct ui *ui, const struct event *e);
	/* After Tab: another view is shown; may be NULL. */
	void (*turned)(void *state, struct ui *ui);
	/* For the menu; 'picture' has sales of known customers. */
	enum status (*headline)(struct ui *ui, struct headline *out);
};

struct figure {
	const struct figure_kind *kind;	/* set in the screen's open() */
	size_t view;			/* of kind->views */
	struct list list;		/* over the lines of the picture */
	size_t column;			/* where it has columns to choose */
	bool working;			/* work() has more to do: 'done' of 'total' */
	int64_t done, total;

	/* figure.c alone */
	bool begun;			/* work() was called */
	bool somebody;			/* the chosen line has people */
	uint64_t changes, loads;	/* of the scan and the goods it was worked out of */
	enum span span;
	char language[8];		/* in whose words it was made */
	bool table;
	struct sheet sheet;		/* while 'table' */
	struct list rows;		/* over the sheet */
	char *filter;			/* to be kept as a segment */
	char *taken;			/* a name that another segment has; NULL: none was given */
	size_t first_column;		/* of the table: those left of it are scrolled out */
};

enum { ACT_TABLE = ACT_OWN + 50, ACT_CSV, ACT_SEGMENT, ACT_SPAN, ACT_FIGURE_OWN = ACT_OWN };

/* Where a figure has keys of its own, they come first in its table. */
#define FIGURE_KEYS							\
	{ ACT_ENTER, '\r', 0, N_("Open"), N_("Opens the customers of the chosen line") },	\
	{ ACT_TAB, '\t', 0, N_("View"), N_("Shows the same in another way") },			\
	{ ACT_TABLE, KEY_F(5), CTRL_KEY('T'), N_("Table"), N_("Shows all numbers as a table, "	\
							      "or the picture again") },	\
	{ ACT_SPAN, 0, CTRL_KEY('Y'), N_("Days"), N_("Chooses the days that are "	\
						     "counted, on all these pages") },	\
	{ ACT_CSV, KEY_F(6), CTRL_KEY('O'), N_("File"), N_("Writes the table into a file for "	\
							   "spreadsheets (CSV)") },		\
	{ ACT_SEGMENT, KEY_F(7), CTRL_KEY('W'), N_("Keep"), N_("Keeps the people of the chosen " \
							       "line under a name, as a "	\
							       "segment") }
extern const struct binding figure_keys[];

enum status figure_load(void *state, struct ui *ui);
void figure_draw(const void *state, const struct ui *ui, const struct canvas *c);
bool figure_act(void *state, struct ui *ui, const struct event *e);
bool figure_offers(const void *state, int action);
void figure_explain(const void *state, const struct ui *ui, struct buf *out);
void figure_release(void *state);

/* -- for what the figures show -- */

/* For work() of a figure about items: reads on what was sold. False: it failed, or
 * there is more to read, and figure.working says so. */
bool figure_read_sold(struct figure *f, struct ui *ui, enum status *st);
/* The picture's days, as figures about items are asked. */
struct sold_window figure_sold_window(const struct ui *ui);

void figure_ask_span(struct ui *ui);	/* which days shall be counted, for all figures */
struct figure_place figure_place(const struct figure *f);	/* what is chosen now */

/* "48.3 %", or "too few to tell". */
const char *figure_rate(const struct ui *ui, struct share s, char out[FORMAT_TEXT]);
/* "22 Nov 2025 to 21 Nov 2026" */
const char *figure_days(const struct ui *ui, struct picture_window w, char out[3 * FORMAT_TEXT]);
/* A bar for each of figure.list, those in view, ">" at what is chosen. */
void figure_bars(const struct figure *f, const struct canvas *c, const struct bar *bars);
/* A heat map whose rows are figure.list; figure.column 0 chooses a whole row, and
 * i its column i - 1. Scrolls, marks and sets the cursor. */
void figure_heat(const struct figure *f, const struct canvas *c, struct heat *h);
/* Left and right in it; 'columns' are those of the heat map. */
bool figure_heat_act(struct figure *f, const struct event *e, size_t columns);
/* Rows in columns for each of figure.list; l->list and what is NULL is set here. */
void figure_columns(const struct figure *f, const struct canvas *c, struct listing *l);
/* A comparison of a filter: "FIELD >= 2025-11-22 and FIELD <= 2026-11-21". */
void figure_filter_days(struct buf *out, const char *field, struct picture_window w);
/* "visits(2025-11-22..2026-11-21)", to be compared with a number. */
void figure_filter_visits(struct buf *out, struct picture_window w);

/* Writes a table for spreadsheets as NAME-2026-11-21.csv, into the folder that
 * regulars was started in and never over another file, and says where. */
void figure_write_csv(struct ui *ui, const char *name, const struct buf *csv);

#endif

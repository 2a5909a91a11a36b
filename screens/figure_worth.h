/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_FIGURE_WORTH_H
#define SCREENS_FIGURE_WORTH_H

#include "insight/clv_check.h"
#include "screens/figures.h"
#include "screens/name.h"

/* What customers are worth: who is worth most and cools, who is worth most, and
 * whether the model was right so far. For the files of this screen only. */

enum worth_view { WORTH_COOLING, WORTH_BEST, WORTH_CHECK };
enum { WORTH_LISTS = 2, WORTH_NAMED = 300 };	/* so many in the picture */

/* Less likely than this still a regular: cooling. In per cent. */
enum { WORTH_COOL = 70 };

struct worth_row {
	struct clv_person p;
	char name[NAME_TEXT], phone[NAME_PHONE];
};

struct worth_list {
	struct worth_row *rows;		/* the most valuable first */
	size_t named;			/* so many of them: all once a table was made */
	int64_t n, value;		/* value: of all of them; minor units */
};

struct worth {
	struct figure figure;		/* first */
	bool known;			/* clv is a copy of the picture's, for its numbers */
	struct clv clv;
	/* Who is worth that much is of the most valuable fifth; whole units of
	 * the money, in minor ones. */
	int64_t border;
	struct worth_list lists[WORTH_LISTS];

	/* A model of an earlier day beside what came since. */
	bool checking, checked;
	struct clv before;
	struct clv_check check;
};

/* figure_worth_rows.c: finds whom the lists are of, and reads their names. */
enum status worth_make_lists(struct worth *w, struct ui *ui, const struct clv *c);
/* Reads the names of all in a list. */
MUST_CHECK enum status worth_name_all(struct worth_list *l, struct ui *ui);
void worth_release_lists(struct worth *w);
/* The filter that finds the same people. */
void worth_filter(const struct worth *w, const struct ui *ui, size_t list, struct buf *out);
void worth_sheet(const struct worth_list *l, struct sheet *out);

/* figure_worth_check.c: a part of the work; 'checked' after the last. */
void worth_work_check(struct worth *w, const struct scan *s);
void worth_draw_check(const struct worth *w, const struct ui *ui, const struct canvas *c);
void worth_advise_check(const struct worth *w, const struct ui *ui, struct buf *out);

#endif

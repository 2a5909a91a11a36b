/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_PROGRAMS_ROWS_H
#define SCREENS_PROGRAMS_ROWS_H

#include "screens/list.h"
#include "screens/programs_read.h"
#include "screens/ui.h"

/* The programs screen's rows: each program with its rewards below it, and last
 * the way to a new one. */

enum programs_row_kind { ROW_PROGRAM, ROW_REWARD, ROW_NEW };

struct programs_row {
	enum programs_row_kind kind;
	size_t place;		/* among the programs or rewards that were read */
	int64_t id;
};

struct programs_state {
	struct programs_read read;
	bool begun;			/* the rules were shown, before anything was counted */
	struct programs_row *rows;
	size_t cap;
	struct list list;
};

const struct programs_row *programs_chosen(const struct programs_state *s);	/* NULL: no rows */
/* The chosen program, or the one whose reward is chosen; NULL: none. */
const struct program *programs_chosen_program(const struct programs_state *s);
/* What a program gives: the full card's reward, or of points the first; NULL. */
const struct reward *programs_main_reward(const struct programs_state *s,
					  const struct program *p);

void programs_draw(const void *state, const struct ui *ui, const struct canvas *c);

#endif

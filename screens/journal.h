/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_JOURNAL_H
#define SCREENS_JOURNAL_H

#include "screens/list.h"
#include "screens/name.h"
#include "screens/ui.h"
#include "shop/journal_find.h"

/* All that was ever done, newest first. For the files of the journal only. */

struct journal {
	struct journal_found found;
	struct list list;		/* over found */
	struct recent page;		/* those around the chosen one, as they are shown */
	size_t first;			/* place of page.row[0] */
	int64_t chosen;			/* its entry, while newer ones come above it; 0 none */
	bool to_end;			/* the oldest is chosen once it is found */
	int64_t looked_for;		/* this entry is chosen once it is found; 0 none */
	struct journal_seek seek;	/* while .day is not 0 and it is not done */
	char customer[NAME_TEXT];	/* found.ask.customer */
	char staff[JOURNAL_STAFF][WHO_SIZE];	/* while one of them is chosen */
	size_t staff_count;
	int64_t undoing;
};

/* NULL: it is not read yet. */
const struct recent_row *journal_row(const struct journal *j, size_t place);
/* Others are asked for: from the first one on. */
void journal_begin(struct journal *j, struct ui *ui);

/* journal_view.c */
void journal_draw(const void *state, const struct ui *ui, const struct canvas *c);
/* Lines for the list on this screen. */
int journal_lines(const struct ui *ui);

/* journal_ask.c: which ones are shown, and where to go. */
void journal_ask_which(struct journal *j, struct ui *ui);
void journal_ask_day(struct journal *j, struct ui *ui);
void journal_ask_receipt(struct ui *ui);
/* What is shown, in a few words: "" when it is all. */
const char *journal_kinds_words(const struct journal *j);

#endif

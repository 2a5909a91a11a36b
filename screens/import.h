/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_IMPORT_H
#define SCREENS_IMPORT_H

#include "exchange/preview.h"
#include "screens/ui.h"

/* The screens of an import, each above the one before: a file is chosen
 * (import_screen), what its columns mean, what came of trying it. */

extern const struct screen import_columns_screen;	/* arg: struct preview *, its own then */
extern const struct screen import_result_screen;	/* arg: const struct import_trial * */

/* What was tried. The preview lives in the screen below. */
struct import_trial {
	const struct preview *preview;
	bool award_past;
	struct import_result result;
};

/* Draws how far it is, and stops at Esc: an import_step. */
struct import_watch {
	struct ui *ui;
	const char *what;
};
bool import_watch_step(void *watch, const struct import_progress *p);
/* Says why reading or trying failed; what was stopped by a key is said quietly. */
void import_tell(struct ui *ui, enum status st);

/* -- words (import_words.c) -- */

/* Translated: "amount"; and what may stand in such a column. COLUMNS: "not
 * read". */
const char *import_column_word(enum column c);
const char *import_column_detail(enum column c);
const char *import_delimiter_word(const char *delimiter);
/* The last part of a path. */
const char *import_file_name(const char *path);

/* Numbered lines to choose from, at the foot of a screen; Enter or the digit
 * takes one. */
struct import_action {
	const char *label, *detail;	/* translated; detail "" none */
};
struct import_actions {
	const struct import_action *rows;
	size_t n, at;
	bool focused;
};
void import_actions_draw(const struct canvas *c, int y, const struct import_actions *a);
/* The line that a digit is for; 'n' when it is for none. */
size_t import_digit(const struct event *e, size_t n);

#endif

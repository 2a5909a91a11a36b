/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_TERMINAL_H
#define SCREENS_TERMINAL_H

#include <stdbool.h>

/* What the terminal is like, found out once before curses starts. */

/* Who puts right-to-left letters in order. */
enum bidi {
	/* we: in visual order, with joined forms (xterm, urxvt, st, tmux in these) */
	BIDI_APP,
	/* we, after the terminal was told to leave it (VTE) */
	BIDI_EXPLICIT,
	/* the terminal, row by row (Konsole, PuTTY, mlterm): rows are pinned */
	BIDI_TERMINAL,
	/* the terminal joins letters, words are ours to order (kitty) */
	BIDI_WORDS
};

enum { TERMINAL_TYPED = 64 };

struct terminal {
	bool utf8;		/* the person's locale says so, and the terminal does not deny it */
	bool latin_only;	/* no UTF-8, or a console whose font has no other script */
	bool blocks;		/* eighth blocks and lines can be drawn */
	bool mc_joins;		/* spacing vowel signs share the cell of their letter */
	bool multiplexed;	/* tmux, screen: what is around it is unknown, rows are pinned */
	enum bidi bidi;
	bool words_right_to_left;	/* of the program's language; ui_use_language() sets it */
	bool colours;		/* it has them and NO_COLOR does not forbid them */
	char typed[TERMINAL_TYPED];	/* keys that were pressed while it was asked, as bytes */
};

/* The process's one terminal. Tests fill it by hand. */
extern struct terminal terminal;

/* Asks the terminal on file descriptors 0 and 1 in one write and waits for
 * the answers, 400 ms at most. Before initscr(); of the locale it looks at the
 * environment alone, since the process's own may be a better one. Consoles
 * that are latin_only, and what is no terminal, are not asked. Whether there
 * are colours is only known after canvas_start().
 *
 * Answers that come later look like keys: ESC [ row ; column R, ESC [ ? ... c,
 * ESC [ > ... c, ESC [ 8 ; n $ y, ESC P > | name ESC \. */
void terminal_probe(void);

/* Has the system a description of $TERM, and can it move its cursor? */
bool terminal_is_known(void);

/* What answers say, and what is no answer; probing calls it. */
void terminal_learn(const char *answers);

/* Someone knows better: "app", "explicit", "terminal" or "words", from a
 * stored answer or $REGULARS_BIDI, which probing puts above what it found.
 * False: none of these, nothing changed. Before terminal_start(), or after
 * terminal_end() and before the next start. */
bool terminal_use_bidi(const char *name);

/* Pasted text in brackets, and the order of letters left to us. Start after
 * initscr(), end before endwin(); end also when a program below gets the
 * terminal. Nothing is written where standard output is no terminal. The end
 * may come in a signal handler. */
void terminal_start(void);
void terminal_end(void);

#endif

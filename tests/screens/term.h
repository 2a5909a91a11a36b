/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SCREENS_TERM_H
#define TESTS_SCREENS_TERM_H

#include <stdbool.h>
#include <sys/types.h>
#include <vterm.h>

#include "base/buf.h"

/* A terminal without a display, and the program in it. A test presses keys and
 * reads the screen:
 *
 *	struct term *t = place_open(place);	(tests/screens/place.h)
 *	press(t, "F2");
 *	type(t, "asha");
 *	see(t, "Patel Asha");
 *	press(t, "ctrl-q");
 *	ends_with(t, 0);
 *
 * The program is told by REGULARS_TEST_SYNC to print ESC ] 7770 ; n BEL, n
 * counting up, when its frame is out and it is about to wait: no input waits,
 * neither in the terminal nor inside curses, and nothing on the screen is
 * stale. Whatever sends keys waits until all of them were read and such a mark
 * came, or the program ended. A redraw by itself (another terminal's sale) may
 * print a mark too: see(), gone() and screen_is() look again as marks come, so
 * one at a bad moment cannot fool them.
 *
 * Nothing sleeps. What does not come within PATIENCE_MS, long enough for
 * sanitizers and valgrind on a busy machine, fails the test: the screen is
 * shown, and the program killed. */

enum { PATIENCE_MS = 30000 };

/* Whose key bytes press() sends; the first is right for TERM=xterm*. */
enum keyboard { KEYS_XTERM, KEYS_PUTTY, KEYS_LINUX, KEYS_VT100 };

struct term_options {
	const char *program;		/* NULL: $REGULARS */
	const char *const *args;	/* ends with NULL; NULL: none */
	const char *home;		/* HOME and TMPDIR, and in it XDG_* */
	const char *folder;		/* where it is started; NULL: as the test */
	const char *term;		/* NULL: "xterm-256color" */
	const char *locale;		/* LC_ALL; NULL: "C.UTF-8" */
	const char *now;		/* REGULARS_NOW; NULL: 2026-11-21T10:42:00 */
	const char *const *env;		/* "NAME=value" that go before these; NULL: none */
	int rows, cols;			/* 0: 24, 80 */
	enum keyboard keyboard;
};
#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

struct term {
	pid_t pid;
	int master, slave, ended;	/* 'ended': a pidfd, readable once it has ended */
	bool has_ended;
	int status;			/* exit status, or 128 and the signal */
	VTerm *vt;
	VTermScreen *screen;
	int rows, cols;
	bool utf8, cursor_shown, alternate;
	enum keyboard keyboard;
	long marks;			/* seen so far */
	size_t in_mark;			/* how much of the next one has come */
	bool partial;			/* something came after the last one */
	long high_bytes;		/* printed, above 0x7f */
	long long typed_ms;		/* when type() was last done; 0: a key came since */
	struct buf out;			/* on its way to the program */
	int patience_ms;
	const char *file;		/* of the test, for failures */
	int line;
};

/* -- running: all wait for the frame that follows -- */

struct term *term_start(const struct term_options *how, const char *file, int line);
void term_resize(struct term *t, int rows, int cols);
/* The terminal goes away, as a closed window or a lost SSH connection; only
 * ends_with() and term_release() may follow. */
void term_hang_up(struct term *t);
/* Waits for the end. The status is the program's, or 128 and the signal that
 * ended it. */
#define ends_with(t, status) term_ends_with(term_at(t, __FILE__, __LINE__), status)
void term_ends_with(struct term *t, int status);
/* The same; also the terminal must be as it was before: its own screen, cursor
 * shown, echo on, no bracketed paste. */
#define ends_clean(t, status) term_ends_clean(term_at(t, __FILE__, __LINE__), status)
void term_ends_clean(struct term *t, int status);
/* Kills the program if it goes on, and gives back all there is of 't'. */
void term_release(struct term *t);

/* -- keys -- */

/* "enter" "esc" "tab" "backtab" "backspace" "space" "up" "down" "left" "right"
 * "home" "end" "pgup" "pgdn" "insert" "delete" "F1".."F12" "ctrl-a".."ctrl-z"
 * "esc-0".."esc-9", "kp-enter", or a letter or sign as it is. After type()
 * a person's moment passes first, so that nobody takes them for a scanner. */
#define press(t, key) term_press(term_at(t, __FILE__, __LINE__), key)
void term_press(struct term *t, const char *key);
/* The text in one piece, as a person's letters. */
#define type(t, text) term_type(term_at(t, __FILE__, __LINE__), text)
void term_type(struct term *t, const char *text);
/* In brackets, if the program asked for that, as terminals paste. */
#define paste(t, text) term_paste(term_at(t, __FILE__, __LINE__), text)
void term_paste(struct term *t, const char *text);
/* A burst and Enter, a person's moment after what they typed. */
#define scan(t, code) term_scan(term_at(t, __FILE__, __LINE__), code)
void term_scan(struct term *t, const char *code);
void term_scan_ended(struct term *t, const char *code, const char *end);
/* Bytes as they are. Gives false when the program neither read nor answered
 * them in time. */
bool term_send(struct term *t, const char *bytes, size_t len);

/* -- the screen; rows and columns count from 0, negative rows from the end -- */

/* Waits until it stands in a line, or in none. */
#define see(t, text) term_see(term_at(t, __FILE__, __LINE__), text)
#define gone(t, text) term_gone(term_at(t, __FILE__, __LINE__), text)
#define see_at(t, row, text) term_see_at(term_at(t, __FILE__, __LINE__), row, text)
#define cursor_is(t, row, col) term_cursor_is(term_at(t, __FILE__, __LINE__), row, col)
/* The whole screen and the cursor against tests/screens/expected/NAME.txt,
 * blanks at the ends of lines aside; GENERATE=1 writes it there instead. */
#define screen_is(t, name) term_screen_is(term_at(t, __FILE__, __LINE__), name)
/* What the last row says fits there: it is not blank, nothing in it is cut off
 * with an ellipsis, and it tells the key of Help. */
#define footer_whole(t) term_footer_whole(term_at(t, __FILE__, __LINE__))
/* What holds on every screen: no letter cut in half or without its base, no
 * U+FFFD, nothing blinks, the cursor is shown; in a locale without UTF-8 no
 * byte above 0x7f was printed. */
#define looks_whole(t) term_looks_whole(term_at(t, __FILE__, __LINE__))
void term_see(struct term *t, const char *text);
void term_gone(struct term *t, const char *text);
void term_see_at(struct term *t, int row, const char *text);
void term_cursor_is(struct term *t, int row, int col);
void term_screen_is(struct term *t, const char *name);
void term_footer_whole(struct term *t);
void term_looks_whole(struct term *t);

struct look {
	bool bold, underline, reverse, blink;
	int fg, bg;			/* a colour's number; -1: the terminal's own */
};
struct look term_look(struct term *t, int row, int col);
bool term_has_colour(struct term *t);	/* anywhere */
/* Where 'text' stands first. False: nowhere. */
bool term_find(struct term *t, const char *text, int *row, int *col);
/* Replaces what is in 'out': a line without the blanks at its end, or all of
 * them and a line that says where the cursor is. */
void term_line(struct term *t, int row, struct buf *out);
void term_text(struct term *t, struct buf *out);
void term_cursor(struct term *t, int *row, int *col);

/* -- for the functions above -- */

/* Notes where the test is, for failures. */
struct term *term_at(struct term *t, const char *file, int line);
/* Takes what the program prints, for 'ms' at most: true when there was some,
 * or it ended. */
bool term_pump(struct term *t, int ms);
/* Until the program has read all and printed a mark after 'seen' marks, or has
 * ended. False: not in time. */
bool term_settles(struct term *t, long seen);
long long term_clock_ms(void);
/* What is wrong with the screen, one line for each fault; "" when nothing is. */
void term_faults(struct term *t, struct buf *out);
bool term_shows(struct term *t, const char *text);
/* Said before a failure. */
void term_note(const char *format, ...) __attribute__((format(printf, 1, 2)));
void term_note_lines(const char *text);
/* Shows the sentence and the screen, kills the program, fails the test. */
_Noreturn void term_fails(struct term *t, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_BENCH_PTY_H
#define TESTS_BENCH_PTY_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"

/* A program in a terminal of 80 by 24 that draws nothing: it takes what is
 * printed and notes when. The program is told to say when its frame is whole
 * and nothing in it waits to be read (REGULARS_TEST_SYNC, screens/run.c). */

struct pty {
	pid_t pid;
	int master;
	double began;		/* of the start, or of the last key: bench_seconds() */
	struct buf seen;	/* what was printed since */
	double painted;		/* when the first of it came; 0: nothing yet */
	bool answered;		/* what every terminal is asked at the start */
};

/* Milliseconds since pty_start() or the last key. */
struct pty_took {
	double paint;		/* until something of a frame came */
	double settled;		/* until it was whole */
};

/* The arguments begin with the program and end with NULL. */
void pty_start(struct pty *p, const char *const *args);
/* Waits until this is printed and gives the milliseconds. */
double pty_until(struct pty *p, const char *text);
/* The same for the first frame that is whole. */
double pty_first_frame(struct pty *p);
/* A key that changes something on the screen. */
struct pty_took pty_press(struct pty *p, const char *bytes);
/* The same; waits only until this is printed. */
double pty_press_until(struct pty *p, const char *bytes, const char *text);
/* Until the program ends by itself. */
double pty_end(struct pty *p);
void pty_stop(struct pty *p);
double pty_own_memory(const struct pty *p);	/* anonymous, in bytes */

/* What a program in it prints when its frame is whole. */
#define PTY_MARK "\033]7770;"

/* The yardstick: a bare curses program that only shows the letters that come.
 * It is the bench itself, started with the argument PTY_ECHO. */
#define PTY_ECHO "echo"
int pty_echo(void);
double pty_echo_key(void);		/* median milliseconds from a key to its frame */

#endif

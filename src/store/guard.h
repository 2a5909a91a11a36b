/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_GUARD_H
#define STORE_GUARD_H

/* A damaged page of the store can end the program with SIGSEGV, a file cut
 * off under it or a failing disk with SIGBUS; a library without memory, or an
 * assertion of ours, ends it with SIGABRT. Then one sentence is said and the exit
 * status is 4; the store itself needs nothing: an unfinished transaction never
 * happened. */

/* Called by main, once. A handler that is there already (a sanitizer's) stays. */
void guard_install(void);

/* Called before the sentence, to give the terminal back; NULL takes it away.
 * It runs in a signal handler: write(2) and tcsetattr(3) only. */
void guard_before_end(void (*call)(void));

enum { GUARD_EXIT = 4 };

/* Says that the store is damaged and ends, as the handlers do. */
void guard_stop(void) __attribute__((noreturn));

#endif

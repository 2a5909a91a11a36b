/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SCREENS_LITTLE_H
#define TESTS_SCREENS_LITTLE_H

/* A small program of known behaviour for selftest.c to run in a terminal: it
 * shows its size, the last key, the text typed, a few names and looks, and
 * prints marks as regulars does. ^C empties the text, ^T shows "later" for a
 * moment in a frame that no key asked for, ^W makes it deaf, ^X crash, ^Q end
 * with 3. The mood is "good", or what is wrong with it: "blink", "bad", "hidden",
 * "bytes", or "dirty", which leaves the terminal as it is at the end. */
int little_program(const char *mood);

#endif

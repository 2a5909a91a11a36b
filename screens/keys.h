/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_KEYS_H
#define SCREENS_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "screens/screen.h"

/* What was pressed: bytes of all the terminals that are about become keys,
 * text or a scanner's burst. */

enum press_kind { PRESS_NONE, PRESS_KEY, PRESS_TEXT, PRESS_SCAN, PRESS_RESIZE, PRESS_GONE };

enum { PRESS_TEXT_SIZE = 512, SCAN_SIZE = 128 };

struct press {
	enum press_kind kind;
	int key;			/* PRESS_KEY: KEY_F(1), CTRL_KEY('E'), '\r', ... */
	char text[PRESS_TEXT_SIZE];	/* PRESS_TEXT, PRESS_SCAN */
};

/* A scanner types six characters or more with gaps up to 35 ms, and Enter; some
 * add a line feed to it. Times are in ms. */
struct keys {
	bool pasting;
	int64_t pasted;			/* when the last character of the paste came */
	char burst[SCAN_SIZE];
	size_t burst_len;
	bool burst_broken;		/* something came in it that is in no code */
	int64_t burst_last;		/* when its last character came */
	int64_t entered;
	bool behind;			/* what comes next had come before it was read */
	int sequence;			/* inside one that nobody knows: what ends it */
	int64_t sequence_last;
};

enum { SCAN_LEAST = 6, SCAN_GAP_MS = 35, PASTE_PAUSE_MS = 2000, SEQUENCE_GAP_MS = 100 };

/* Teaches curses the keys that terminals send under a name that is not
 * theirs (PuTTY as xterm, the Linux console), and ESC digit for F1 to F10. */
void keys_define(void);

/* The next press without waiting; PRESS_NONE when there is none, PRESS_GONE
 * when the terminal went away. Pasted text comes in pieces, its newlines as
 * spaces and its keys ignored. Sequences that nobody knows are swallowed. */
void keys_next(struct keys *k, struct press *out);

/* After work that may have taken long, and before waiting: what has come
 * meanwhile came at once, as far as can be known. */
void keys_worked(struct keys *k);

/* The engine below it, without a terminal: one character or key code that
 * came at 'ms'. Gives whether *out is a press. An escape character is the key
 * Esc, unless keys_begin_sequence() is told what came behind it. */
bool keys_take(struct keys *k, bool code, wint_t ch, int64_t ms, struct press *out);

/* Does an escape character and this one begin a sequence? It is swallowed then,
 * with what follows at once. */
bool keys_begin_sequence(struct keys *k, wint_t ch, int64_t ms);

/* The action of a key in a table of bindings; ACT_NONE. */
int binding_action(const struct binding *bindings, int key);
/* "F4", "^E", "Enter": for footer and help; '' for 0. Keys of the keyboard
 * have their names in every language. */
enum { KEY_NAME = 16 };
const char *key_words(int key, char out[KEY_NAME]);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/term.h"

#include <stdio.h>
#include <string.h>

/* What the keys of four keyboards send, once keypad() has been turned on. */

struct key {
	const char *name;
	const char *bytes[4];		/* by enum keyboard; NULL: it has none */
};

#define EVERYWHERE(b) { b, b, b, b }

static const struct key keys[] = {
	{ "enter", EVERYWHERE("\r") },
	{ "esc", EVERYWHERE("\033") },
	{ "tab", EVERYWHERE("\t") },
	{ "space", EVERYWHERE(" ") },
	{ "backspace", { "\177", "\177", "\177", "\b" } },
	{ "backtab", { "\033[Z", "\033[Z", "\033\t", NULL } },
	{ "kp-enter", { "\033OM", "\033OM", "\r", "\033OM" } },
	{ "up", { "\033OA", "\033OA", "\033[A", "\033OA" } },
	{ "down", { "\033OB", "\033OB", "\033[B", "\033OB" } },
	{ "right", { "\033OC", "\033OC", "\033[C", "\033OC" } },
	{ "left", { "\033OD", "\033OD", "\033[D", "\033OD" } },
	{ "home", { "\033OH", "\033[1~", "\033[1~", NULL } },
	{ "end", { "\033OF", "\033[4~", "\033[4~", NULL } },
	{ "insert", { "\033[2~", "\033[2~", "\033[2~", NULL } },
	{ "delete", { "\033[3~", "\033[3~", "\033[3~", NULL } },
	{ "pgup", { "\033[5~", "\033[5~", "\033[5~", NULL } },
	{ "pgdn", { "\033[6~", "\033[6~", "\033[6~", NULL } },
	{ "F1", { "\033OP", "\033[11~", "\033[[A", "\033OP" } },
	{ "F2", { "\033OQ", "\033[12~", "\033[[B", "\033OQ" } },
	{ "F3", { "\033OR", "\033[13~", "\033[[C", "\033OR" } },
	{ "F4", { "\033OS", "\033[14~", "\033[[D", "\033OS" } },
	{ "F5", { "\033[15~", "\033[15~", "\033[[E", NULL } },
	{ "F6", { "\033[17~", "\033[17~", "\033[17~", NULL } },
	{ "F7", { "\033[18~", "\033[18~", "\033[18~", NULL } },
	{ "F8", { "\033[19~", "\033[19~", "\033[19~", NULL } },
	{ "F9", { "\033[20~", "\033[20~", "\033[20~", NULL } },
	{ "F10", { "\033[21~", "\033[21~", "\033[21~", NULL } },
	{ "F11", { "\033[23~", "\033[23~", "\033[23~", NULL } },
	{ "F12", { "\033[24~", "\033[24~", "\033[24~", NULL } },
};

/* A scanner's gap is at most 35 ms. */
enum { PERSONS_MOMENT_MS = 45 };

static void send(struct term *t, const char *bytes, const char *what)
{
	if (t->has_ended)
		term_fails(t, "%s was pressed after the program had ended", what);
	if (!term_send(t, bytes, strlen(bytes)))
		term_fails(t, "%s was not answered within %d ms", what, t->patience_ms);
}

/* "ctrl-e", "esc-5": one byte out of two, or two. */
static bool is_made_up(const char *name, char bytes[3])
{
	size_t len = strlen(name);
	char last = len ? name[len - 1] : '\0';

	if (len == 6 && !strncmp(name, "ctrl-", 5))
		return snprintf(bytes, 3, "%c", last & 0x1f) == 1;
	if (len == 5 && !strncmp(name, "esc-", 4))
		return snprintf(bytes, 3, "\033%c", last) == 2;
	return false;
}

static const char *bytes_of(struct term *t, const char *name)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (strcmp(keys[i].name, name))
			continue;
		if (!keys[i].bytes[t->keyboard])
			term_fails(t, "this keyboard has no %s", name);
		return keys[i].bytes[t->keyboard];
	}
	if (name[0] && (!name[1] || (unsigned char)name[0] > 0x7f))
		return name;
	term_fails(t, "\"%s\" is no key", name);
}

static void let_a_moment_pass(struct term *t)
{
	long long until = t->typed_ms + PERSONS_MOMENT_MS, left;

	while (t->typed_ms && !t->has_ended && (left = until - term_clock_ms()) > 0)
		term_pump(t, (int)left);
	t->typed_ms = 0;
}

void term_press(struct term *t, const char *key)
{
	char made_up[3];

	if (is_made_up(key, made_up)) {
		send(t, made_up, key);
		return;
	}
	if (strstr(key, "enter") || strstr(key, "tab"))
		let_a_moment_pass(t);
	send(t, bytes_of(t, key), key);
	if (!key[1])
		t->typed_ms = term_clock_ms();
}

void term_type(struct term *t, const char *text)
{
	send(t, text, text);
	t->typed_ms = term_clock_ms();
}

void term_paste(struct term *t, const char *text)
{
	struct buf bytes = { 0 };

	buf_text(&t->out, "");
	/* The brackets, if they are on, come out where answers to the program do. */
	buf_clear(&t->out);
	vterm_keyboard_start_paste(t->vt);
	buf_add(&bytes, t->out.at, t->out.len);
	buf_text(&bytes, text);
	buf_clear(&t->out);
	vterm_keyboard_end_paste(t->vt);
	buf_add(&bytes, t->out.at, t->out.len);
	buf_clear(&t->out);
	send(t, bytes.at, "what was pasted");
	buf_release(&bytes);
	t->typed_ms = term_clock_ms();
}

void term_scan(struct term *t, const char *code)
{
	term_scan_ended(t, code, "\r");
}

void term_scan_ended(struct term *t, const char *code, const char *end)
{
	struct buf bytes = { 0 };

	let_a_moment_pass(t);
	buf_printf(&bytes, "%s%s", code, end);
	send(t, bytes.at, "a scan");
	buf_release(&bytes);
}

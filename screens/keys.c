/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/keys.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

enum {
	KEY_PASTE_BEGIN = KEY_MAX + 1, KEY_PASTE_END, KEY_PAD,
	CHAR_ESCAPE = 0x1b, CHAR_DELETE = 0x7f
};

/* The keypad beside the letters, as PuTTY sends it to full-screen programs: from
 * KEY_PAD on. Terminfo takes some of these for Home and End, but it is amounts
 * that are typed here. */
static const struct {
	char last, means;
} pad[] = {
	{ 'p', '0' }, { 'q', '1' }, { 'r', '2' }, { 's', '3' }, { 't', '4' }, { 'u', '5' },
	{ 'v', '6' }, { 'w', '7' }, { 'x', '8' }, { 'y', '9' }, { 'n', '.' }, { 'l', ',' },
	{ 'k', '+' }, { 'm', '-' }, { 'o', '/' }, { 'j', '*' },
};
enum { PAD_KEYS = sizeof(pad) / sizeof(pad[0]) };

static const struct {
	const char *bytes;
	int key;
} variants[] = {
	{ "\033[11~", KEY_F(1) }, { "\033[12~", KEY_F(2) }, { "\033[13~", KEY_F(3) },
	{ "\033[14~", KEY_F(4) }, { "\033[15~", KEY_F(5) },
	{ "\033OP", KEY_F(1) }, { "\033OQ", KEY_F(2) }, { "\033OR", KEY_F(3) },
	{ "\033OS", KEY_F(4) },
	{ "\033[[A", KEY_F(1) }, { "\033[[B", KEY_F(2) }, { "\033[[C", KEY_F(3) },
	{ "\033[[D", KEY_F(4) }, { "\033[[E", KEY_F(5) },
	{ "\033[17~", KEY_F(6) }, { "\033[18~", KEY_F(7) }, { "\033[19~", KEY_F(8) },
	{ "\033[20~", KEY_F(9) }, { "\033[21~", KEY_F(10) }, { "\033[23~", KEY_F(11) },
	{ "\033[24~", KEY_F(12) },
	{ "\0331", KEY_F(1) }, { "\0332", KEY_F(2) }, { "\0333", KEY_F(3) },
	{ "\0334", KEY_F(4) }, { "\0335", KEY_F(5) }, { "\0336", KEY_F(6) },
	{ "\0337", KEY_F(7) }, { "\0338", KEY_F(8) }, { "\0339", KEY_F(9) },
	{ "\0330", KEY_F(10) },
	{ "\033[1~", KEY_HOME }, { "\033[7~", KEY_HOME }, { "\033[H", KEY_HOME },
	{ "\033OH", KEY_HOME }, { "\033[4~", KEY_END }, { "\033[8~", KEY_END },
	{ "\033[F", KEY_END }, { "\033OF", KEY_END },
	{ "\033[A", KEY_UP }, { "\033OA", KEY_UP }, { "\033[B", KEY_DOWN },
	{ "\033OB", KEY_DOWN }, { "\033[C", KEY_RIGHT }, { "\033OC", KEY_RIGHT },
	{ "\033[D", KEY_LEFT }, { "\033OD", KEY_LEFT }, { "\033[3~", KEY_DC },
	{ "\033[5~", KEY_PPAGE }, { "\033[6~", KEY_NPAGE },
	{ "\033OM", KEY_ENTER }, { "\033[Z", KEY_BTAB },
	{ "\033[200~", KEY_PASTE_BEGIN }, { "\033[201~", KEY_PASTE_END },
};

void keys_define(void)
{
	for (size_t i = 0; i < sizeof(variants) / sizeof(*variants); i++)
		define_key(variants[i].bytes, variants[i].key);
	for (int i = 0; i < PAD_KEYS; i++) {
		const char bytes[] = { CHAR_ESCAPE, 'O', pad[i].last, '\0' };

		define_key(bytes, KEY_PAD + i);
	}
}

/* -- from characters to presses -- */

/* One key for all the ways in which terminals name it. */
static int key_plain(bool code, wint_t ch)
{
	if (ch == (code ? (wint_t)KEY_ENTER : (wint_t)'\n'))
		return '\r';
	if (ch == (code ? (wint_t)KEY_BACKSPACE : (wint_t)CHAR_DELETE) ||
	    (!code && ch == CTRL_KEY('H')))
		return KEY_BACKSPACE;
	if (code && ch == KEY_FIND)
		return KEY_HOME;
	if (code && ch == KEY_SELECT)
		return KEY_END;
	return (int)ch;
}

/* Gives whether the character fitted into the text. */
static bool text_put(char *text, size_t size, wint_t ch)
{
	char bytes[8];
	size_t len, used = strlen(text);

	if (ch < 0x80)
		len = 1, bytes[0] = (char)ch;
	else if (ch < 0x800)
		len = 2, bytes[0] = (char)(0xc0 | ch >> 6);
	else if (ch < 0x10000)
		len = 3, bytes[0] = (char)(0xe0 | ch >> 12);
	else
		len = 4, bytes[0] = (char)(0xf0 | (ch >> 18 & 7));
	for (size_t i = 1; i < len; i++)
		bytes[i] = (char)(0x80 | (ch >> 6 * (len - 1 - i) & 0x3f));
	if (used + len >= size)
		return false;
	memcpy(text + used, bytes, len);
	text[used + len] = '\0';
	return true;
}

static bool is_surrogate(wint_t ch)
{
	return ch >= 0xd800 && ch < 0xe000;
}

static void burst_note(struct keys *k, wint_t ch, int64_t ms)
{
	if (!k->behind && ms - k->burst_last > SCAN_GAP_MS) {
		k->burst_len = 0;
		k->burst_broken = false;
	}
	k->burst_last = ms;
	if (ch <= ' ' || ch >= 0x7f || k->burst_len + 1 >= sizeof(k->burst))
		k->burst_broken = true;
	else
		k->burst[k->burst_len++] = (char)ch;
}

static bool burst_ends(struct keys *k, int key, int64_t ms, struct press *out)
{
	bool scan = k->burst_len >= SCAN_LEAST && !k->burst_broken &&
		    (k->behind || ms - k->burst_last <= SCAN_GAP_MS) &&
		    (key == '\r' || key == '\t');

	if (scan) {
		out->kind = PRESS_SCAN;
		memcpy(out->text, k->burst, k->burst_len);
		out->text[k->burst_len] = '\0';
	}
	k->burst_len = 0;
	k->burst_broken = false;
	return scan;
}

/* -- sequences that nobody knows: answers that came late, keys that do nothing
 * here -- */

enum { ENDS_WITH_LETTER = 1, ENDS_WITH_BELL };

bool keys_begin_sequence(struct keys *k, wint_t ch, int64_t ms)
{
	k->sequence_last = ms;
	if (ch == '[' || ch == 'O')
		k->sequence = ENDS_WITH_LETTER;
	else if (ch == ']' || ch == 'P' || ch == '_' || ch == '^' || ch == 'X')
		k->sequence = ENDS_WITH_BELL;
	return k->sequence != 0;
}

/* Does it belong to the sequence? */
static bool in_sequence(struct keys *k, bool code, wint_t ch, int64_t ms)
{
	bool inside = k->sequence && !code && ms - k->sequence_last <= SEQUENCE_GAP_MS;

	if (!inside || (k->sequence == ENDS_WITH_LETTER && ch >= 0x40 && ch < CHAR_DELETE) ||
	    (k->sequence == ENDS_WITH_BELL && (ch == '\a' || ch == '\\')))
		k->sequence = 0;
	k->sequence_last = ms;
	return inside;
}

/* -- one character after the other -- */

static bool take_letter(struct keys *k, wint_t ch, int64_t ms, struct press *out)
{
	if (is_surrogate(ch) || ch > 0x10ffff)
		return false;
	if (k->pasting && (ch == '\r' || ch == '\n' || ch == '\t'))
		ch = ' ';
	if (ch < ' ' || (ch >= 0x7f && ch < 0xa0))
		return false;
	if (!k->pasting)
		burst_note(k, ch, ms);
	out->kind = PRESS_TEXT;
	return text_put(out->text, sizeof(out->text), ch);
}

/* The line feed that a scanner sends behind its Enter is no second Enter. */
static bool is_rest_of_enter(struct keys *k, bool code, wint_t ch, int64_t ms)
{
	int64_t entered = k->entered;

	k->entered = !code && ch == '\r' ? ms : 0;
	return !code && ch == '\n' && entered &&
	       (k->behind || ms - entered <= SEQUENCE_GAP_MS);
}

static bool take(struct keys *k, bool code, wint_t ch, int64_t ms, struct press *out)
{
	if (code && ch == KEY_RESIZE) {
		out->kind = PRESS_RESIZE;
		return true;
	}
	if (in_sequence(k, code, ch, ms) || is_rest_of_enter(k, code, ch, ms))
		return false;
	if (code && (ch == KEY_PASTE_BEGIN || ch == KEY_PASTE_END)) {
		k->pasting = ch == KEY_PASTE_BEGIN;
		k->pasted = ms;
		return false;
	}
	if (code && !k->pasting && ch >= KEY_PAD && ch < KEY_PAD + PAD_KEYS)
		return take_letter(k, (wint_t)pad[ch - KEY_PAD].means, ms, out);
	if (k->pasting)
		return !code && take_letter(k, ch, ms, out);
	if (!code && ch >= ' ' && ch != CHAR_DELETE)
		return take_letter(k, ch, ms, out);
	out->kind = PRESS_KEY;
	out->key = key_plain(code, ch);
	return burst_ends(k, out->key, ms, out) || out->key != 0;
}

/* The end of a paste may have got lost on its way: a pause is one too. */
bool keys_take(struct keys *k, bool code, wint_t ch, int64_t ms, struct press *out)
{
	bool pressed;

	*out = (struct press){ .kind = PRESS_NONE };
	if (k->pasting && !k->behind && ms - k->pasted > PASTE_PAUSE_MS)
		k->pasting = false;
	k->pasted = ms;
	pressed = take(k, code, ch, ms, out);
	k->behind = false;
	return pressed;
}

/* -- from the terminal -- */

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Behind an escape character that came alone there is silence: the terminal
 * sends a sequence at once. Alt and a letter does nothing; a second Esc is one. */
static bool is_more_than_escape(struct keys *k)
{
	wint_t ch;
	int got = get_wch(&ch);

	if (got == ERR)
		return false;
	if (got == OK && ch == CHAR_ESCAPE) {
		unget_wch((wchar_t)ch);
		return false;
	}
	if (got == OK)
		keys_begin_sequence(k, ch, now_ms());
	return true;
}

void keys_worked(struct keys *k)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };

	k->behind = poll(&p, 1, 0) > 0;
}

static bool terminal_is_gone(void)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };

	return poll(&p, 1, 0) > 0 && (p.revents & (POLLHUP | POLLERR | POLLNVAL));
}

/* What is pasted, or typed faster than it is shown, comes in one piece. */
static void add_more_text(struct keys *k, struct press *out)
{
	struct press next;
	wint_t ch;
	int got;

	while (strlen(out->text) + 8 < sizeof(out->text) && (got = get_wch(&ch)) != ERR) {
		if (got == OK && ch >= ' ' && ch != CHAR_DELETE &&
		    keys_take(k, false, ch, now_ms(), &next)) {
			strcat(out->text, next.text);
		} else if (k->pasting) {
			keys_take(k, got == KEY_CODE_YES, ch, now_ms(), &next);
			strcat(out->text, next.text);
		} else {
			if (got == KEY_CODE_YES)
				ungetch((int)ch);
			else
				unget_wch((wchar_t)ch);
			return;
		}
	}
}

void keys_next(struct keys *k, struct press *out)
{
	wint_t ch;
	int got;

	while ((got = get_wch(&ch)) != ERR) {
		if (got == OK && ch == CHAR_ESCAPE && !k->sequence &&
		    (k->pasting || is_more_than_escape(k)))
			continue;
		if (!keys_take(k, got == KEY_CODE_YES, ch, now_ms(), out))
			continue;
		if (out->kind == PRESS_TEXT)
			add_more_text(k, out);
		return;
	}
	*out = (struct press){ .kind = terminal_is_gone() ? PRESS_GONE : PRESS_NONE };
}

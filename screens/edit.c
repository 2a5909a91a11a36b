/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/edit.h"

#include <limits.h>
#include <string.h>

#include "base/digits.h"
#include "base/language.h"
#include "base/text.h"
#include "screens/bidi.h"
#include "screens/cells.h"
#include "screens/terminal.h"

static size_t room(const struct edit *e)
{
	return e->most && e->most < EDIT_SIZE ? e->most : EDIT_SIZE - 1;
}

void edit_set(struct edit *e, const char *text)
{
	size_t len = text_cut(text, room(e));

	memmove(e->text, text, len);
	e->text[len] = '\0';
	e->at = len;
}

/* -- what may come in -- */

static bool is_number(const char *text)
{
	for (uint32_t c; (c = digit_read(&text));)
		if (c > 0x7f || !strchr("0123456789 .,'+-/%", (int)c))
			return false;
	return true;
}

bool edit_takes(const struct edit *e, const struct event *event)
{
	return event->action == ACT_TEXT && (e->kind == EDIT_WORDS || is_number(event->text));
}

/* Tries 'len' bytes of 'text' at the cursor; the edit is as before when they
 * do not fit. */
static bool put_in(struct edit *e, const char *text, size_t len)
{
	const struct edit before = *e;
	size_t behind = strlen(e->text + e->at);

	if (e->at + behind + len > room(e))
		return false;
	memmove(e->text + e->at + len, e->text + e->at, behind + 1);
	memcpy(e->text + e->at, text, len);
	e->at += len;
	if (e->columns && shown_columns(e->text) > e->columns) {
		*e = before;
		return false;
	}
	return true;
}

static void insert(struct edit *e, const char *text)
{
	size_t len = strlen(text);

	while (len && !put_in(e, text, len))
		len = text_cut(text, len - 1);
}

/* -- moving and deleting -- */

static size_t before(const struct edit *e)
{
	return e->at ? text_cut(e->text, e->at - 1) : 0;
}

static size_t behind(const struct edit *e)
{
	return e->at + text_cluster(e->text + e->at);
}

static void take_out(struct edit *e, size_t from, size_t to)
{
	memmove(e->text + from, e->text + to, strlen(e->text + to) + 1);
	e->at = from;
}

/* Indic letters are typed sign by sign, and taken back in the same way; an
 * emoji or a letter with accents came at once. */
static bool is_indic(uint32_t c)
{
	return c >= 0x900 && c < 0xe00;
}

static size_t code_point_before(const struct edit *e)
{
	size_t at = e->at - 1;

	while (at && ((unsigned char)e->text[at] & 0xc0) == 0x80)
		at--;
	return at;
}

static void backspace(struct edit *e)
{
	size_t from = before(e);
	const char *letter = e->text + from;

	if (!e->at)
		return;
	take_out(e, is_indic(digit_read(&letter)) ? code_point_before(e) : from, e->at);
}

/* -- scanners, of which a number knows only in the end -- */

/* It takes some of a code's signs and leaves others. */
static void note_typed(struct edit *e, size_t offered, size_t came_in)
{
	size_t kept = offered < SCAN_SIZE ? SCAN_SIZE - offered : 0;

	memmove(e->took, e->took + SCAN_SIZE - kept, kept);
	for (size_t i = kept; i < SCAN_SIZE; i++)
		e->took[i] = i - kept < came_in;
}

static void type_number(struct edit *e, const char *text)
{
	size_t before = strlen(e->text);

	insert(e, text);
	note_typed(e, strlen(text), strlen(e->text) - before);
}

/* What came in of the code goes out again. */
static void take_scan_back(struct edit *e, const char *code)
{
	size_t len = strlen(code), came_in = 0;

	for (size_t i = SCAN_SIZE - (len < SCAN_SIZE ? len : SCAN_SIZE); i < SCAN_SIZE; i++)
		came_in += e->took[i];
	take_out(e, e->at - (came_in < e->at ? came_in : e->at), e->at);
}

static bool type(struct edit *e, const struct event *event)
{
	bool takes = edit_takes(e, event);

	if (e->kind == EDIT_NUMBER && takes)
		type_number(e, event->text);
	else if (e->kind == EDIT_NUMBER)
		note_typed(e, strlen(event->text), 0);
	else
		insert(e, event->text);
	return takes;
}

bool edit_act(struct edit *e, const struct event *event)
{
	switch (event->action) {
	case ACT_TEXT:
		return type(e, event);
	case ACT_SCAN:
		if (e->kind == EDIT_NUMBER)
			take_scan_back(e, event->text);
		return e->kind == EDIT_NUMBER;
	case ACT_LEFT:
		e->at = before(e);
		return true;
	case ACT_RIGHT:
		e->at = behind(e);
		return true;
	case ACT_HOME:
		e->at = 0;
		return true;
	case ACT_END:
		e->at = strlen(e->text);
		return true;
	case ACT_BACKSPACE:
		backspace(e);
		return true;
	case ACT_DELETE:
		take_out(e, e->at, behind(e));
		return true;
	case ACT_CLEAR:
		take_out(e, 0, strlen(e->text));
		return true;
	default:
		return false;
	}
}

/* -- drawing -- */

enum { LEAST_MARKED = 4 };	/* narrower fields have no room for an ellipsis */

static bool is_mirrored(const char *text)
{
	int32_t letters[TEXT_LETTERS_MAX];

	return !terminal.latin_only && bidi_is_right(letters, text_letters(text, letters));
}

/* Without the pin that a field of right-to-left text may need at its end. */
static int columns_between(const struct edit *e, size_t from, size_t to)
{
	char part[EDIT_SIZE];
	struct cells cells;

	memcpy(part, e->text + from, to - from);
	part[to - from] = '\0';
	cells_make(part, INT_MAX, &cells);
	return cells.cols;
}

/* The first byte to draw in 'cols' columns: the cursor is among them, with a
 * quarter of them for what is behind it. */
static size_t first_shown(const struct edit *e, int cols)
{
	int rest = columns_between(e, e->at, strlen(e->text));
	int most = cols - 2 - (rest < cols / 4 ? rest : cols / 4);
	size_t low = 0, high = e->at;

	if (shown_columns(e->text) < cols)
		return 0;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (columns_between(e, text_cut(e->text, middle), e->at) > most)
			low = middle + 1;
		else
			high = middle;
	}
	return text_cut(e->text, low);
}

static void draw_hint(const struct canvas *c, struct spot s, const struct edit *e)
{
	s.tone = TONE_DIM;
	put_text(c, s, e->hint && *e->hint ? _(e->hint) : "");
}

/* Where the cursor stands in a text of 'cols' columns that begins with byte
 * 'first': on the letter behind it, or on the blank where the next one goes. */
static int cursor_column(const struct edit *e, size_t first, int cols, bool mirrored)
{
	int ahead = columns_between(e, first, e->at);
	int pin = shown_columns(e->text) - columns_between(e, 0, strlen(e->text));

	if (mirrored)
		ahead += pin;
	ahead = ahead < cols ? ahead : cols - 1;
	return mirrored ? cols - 1 - ahead : ahead;
}

int edit_column(const struct edit *e, size_t byte, int cols)
{
	size_t first = first_shown(e, cols);

	if (is_mirrored(e->text))
		return 0;
	if (byte < first)
		return -1;
	return columns_between(e, first, byte) + (first && cols >= LEAST_MARKED);
}

void edit_draw(const struct canvas *c, struct spot s, const struct edit *e, bool focused)
{
	int cols = s.cols ? s.cols : c->at.w - s.x;
	size_t first = focused ? first_shown(e, cols) : 0;
	bool mark = first && cols >= LEAST_MARKED;
	bool mirrored = is_mirrored(e->text);
	struct spot text = s, end = s;

	if (cols <= 0)
		return;
	text.cols = cols - mark;
	text.x += mark && !mirrored;
	text.align = mirrored ? ALIGN_RIGHT : ALIGN_LEFT;
	end.cols = 1;
	end.x += mirrored ? cols - 1 : 0;
	if (*e->text)
		put_text(c, text, e->text + first);
	else
		draw_hint(c, s, e);
	if (mark)
		put_text(c, end, "…");
	if (focused)
		put_cursor(c, s.y, text.x + cursor_column(e, first, text.cols, mirrored));
}

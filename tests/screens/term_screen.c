/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/term.h"

#include <string.h>
#include <utf8proc.h>

/* What stands on the screen, cell by cell. */

#define SECOND_HALF ((uint32_t)-1)	/* of a letter two columns wide */

static VTermScreenCell cell_at(struct term *t, int row, int col)
{
	VTermScreenCell cell;

	memset(&cell, 0, sizeof(cell));
	vterm_screen_get_cell(t->screen, (VTermPos){ row, col }, &cell);
	return cell;
}

static void add_cell(const VTermScreenCell *cell, struct buf *out)
{
	utf8proc_uint8_t letter[4];

	if (cell->chars[0] == SECOND_HALF)
		return;
	if (!cell->chars[0])
		buf_text(out, " ");
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++)
		buf_add(out, letter, (size_t)utf8proc_encode_char((int)cell->chars[i], letter));
}

static void drop_blanks(struct buf *out, size_t down_to)
{
	while (out->len > down_to && out->at[out->len - 1] == ' ')
		out->at[--out->len] = '\0';
}

static void add_line(struct term *t, int row, struct buf *out)
{
	size_t start = out->len;

	buf_text(out, "");
	for (int col = 0; col < t->cols; col++) {
		VTermScreenCell cell = cell_at(t, row, col);

		add_cell(&cell, out);
	}
	drop_blanks(out, start);
}

void term_line(struct term *t, int row, struct buf *out)
{
	buf_clear(out);
	add_line(t, row < 0 ? t->rows + row : row, out);
}

void term_text(struct term *t, struct buf *out)
{
	int row, col;

	buf_clear(out);
	for (int r = 0; r < t->rows; r++) {
		add_line(t, r, out);
		buf_text(out, "\n");
	}
	term_cursor(t, &row, &col);
	buf_printf(out, "cursor: row %d, column %d%s\n", row, col,
		   t->cursor_shown ? "" : ", hidden");
}

void term_cursor(struct term *t, int *row, int *col)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(t->vt), &at);
	*row = at.row;
	*col = at.col;
}

/* The column of the byte at 'offset' of the line. */
static int column_of(struct term *t, int row, size_t offset)
{
	struct buf so_far = { 0 };
	int col = 0;

	for (; col < t->cols; col++) {
		VTermScreenCell cell = cell_at(t, row, col);

		if (so_far.len >= offset && cell.chars[0] != SECOND_HALF)
			break;
		add_cell(&cell, &so_far);
	}
	buf_release(&so_far);
	return col;
}

bool term_find(struct term *t, const char *text, int *row, int *col)
{
	struct buf line = { 0 };
	const char *at = NULL;
	int r;

	for (r = 0; r < t->rows && !at; r++) {
		term_line(t, r, &line);
		at = strstr(line.at, text);
	}
	if (at) {
		*row = r - 1;
		*col = column_of(t, r - 1, (size_t)(at - line.at));
	}
	buf_release(&line);
	return at;
}

bool term_shows(struct term *t, const char *text)
{
	int row, col;

	return term_find(t, text, &row, &col);
}

static int colour(const VTermColor *c)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(c) || VTERM_COLOR_IS_DEFAULT_BG(c))
		return -1;
	return VTERM_COLOR_IS_INDEXED(c) ? c->indexed.idx : 256;
}

struct look term_look(struct term *t, int row, int col)
{
	VTermScreenCell cell = cell_at(t, row, col);

	return (struct look){ .bold = cell.attrs.bold, .underline = cell.attrs.underline,
			      .reverse = cell.attrs.reverse, .blink = cell.attrs.blink,
			      .fg = colour(&cell.fg), .bg = colour(&cell.bg) };
}

bool term_has_colour(struct term *t)
{
	for (int row = 0; row < t->rows; row++) {
		for (int col = 0; col < t->cols; col++) {
			struct look look = term_look(t, row, col);

			if (look.fg != -1 || look.bg != -1)
				return true;
		}
	}
	return false;
}

/* -- invariants -- */

static bool has_no_base(uint32_t letter)
{
	utf8proc_category_t is = utf8proc_category((int)letter);

	return is == UTF8PROC_CATEGORY_MN || is == UTF8PROC_CATEGORY_ME ||
	       is == UTF8PROC_CATEGORY_CF || is == UTF8PROC_CATEGORY_CC;
}

static const char *cell_fault(struct term *t, int row, int col)
{
	VTermScreenCell cell = cell_at(t, row, col), before;

	if (cell.attrs.blink)
		return "blinks";
	if (!cell.chars[0])
		return NULL;
	if (cell.width == 2 && col + 1 == t->cols)
		return "is half a letter";
	if (cell.chars[0] == SECOND_HALF) {
		before = cell_at(t, row, col ? col - 1 : 0);
		return col && before.width == 2 ? NULL : "is the second half of a letter";
	}
	if (cell.chars[0] == 0xfffd)
		return "is U+FFFD";
	return has_no_base(cell.chars[0]) ? "is a mark without its letter" : NULL;
}

void term_faults(struct term *t, struct buf *out)
{
	int at_row, at_col;

	buf_clear(out);
	buf_text(out, "");
	term_cursor(t, &at_row, &at_col);
	if (!t->cursor_shown)
		buf_text(out, "the cursor is hidden\n");
	if (at_row >= t->rows || at_col >= t->cols)
		buf_text(out, "the cursor is outside\n");
	if (!t->utf8 && t->high_bytes)
		buf_printf(out, "%ld bytes above 0x7f in this locale\n", t->high_bytes);
	for (int row = 0; row < t->rows; row++) {
		for (int col = 0; col < t->cols; col++) {
			const char *fault = cell_fault(t, row, col);

			if (fault)
				buf_printf(out, "row %d, column %d %s\n", row, col, fault);
		}
	}
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/term.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a test expects of the screen: waiting for it, and telling what is there
 * instead. */

enum { ANOTHER_FRAME_MS = 3000, A_FRAMES_REST_MS = 50, PATH = 512 };

struct wanted {
	const char *text;
	int row, col;
	bool there;
};

static bool shown_anywhere(struct term *t, const struct wanted *w)
{
	return term_shows(t, w->text) == w->there;
}

static bool shown_in_row(struct term *t, const struct wanted *w)
{
	struct buf line = { 0 };
	bool there;

	term_line(t, w->row, &line);
	there = strstr(line.at, w->text);
	buf_release(&line);
	return there;
}

static bool cursor_stands(struct term *t, const struct wanted *w)
{
	int row, col;

	term_cursor(t, &row, &col);
	return row == w->row && col == w->col;
}

static bool screen_is_text(struct term *t, const struct wanted *w)
{
	struct buf text = { 0 };
	bool same;

	term_text(t, &text);
	same = !strcmp(text.at, w->text);
	buf_release(&text);
	return same;
}

typedef bool holds(struct term *t, const struct wanted *w);

/* True once it holds and its frame is whole: a mark closed it, or, as long
 * work draws without marks, nothing follows. */
static bool comes_true(struct term *t, holds *it, const struct wanted *w)
{
	long long deadline = term_clock_ms() + t->patience_ms, left;

	for (;;) {
		if (it(t, w)) {
			if (!t->partial || !term_pump(t, A_FRAMES_REST_MS))
				return true;
			continue;
		}
		left = deadline - term_clock_ms();
		if (t->has_ended || left <= 0)
			return false;
		term_pump(t, (int)left);
	}
}

void term_see(struct term *t, const char *text)
{
	struct wanted w = { .text = text, .there = true };

	if (!comes_true(t, shown_anywhere, &w))
		term_fails(t, "\"%s\" is not on the screen:", text);
}

void term_gone(struct term *t, const char *text)
{
	struct wanted w = { .text = text, .there = false };

	if (!comes_true(t, shown_anywhere, &w))
		term_fails(t, "\"%s\" is still on the screen:", text);
}

void term_see_at(struct term *t, int row, const char *text)
{
	struct wanted w = { .text = text, .row = row };

	if (!comes_true(t, shown_in_row, &w))
		term_fails(t, "\"%s\" is not in row %d:", text, row);
}

void term_cursor_is(struct term *t, int row, int col)
{
	struct wanted w = { .row = row < 0 ? t->rows + row : row, .col = col };

	if (!comes_true(t, cursor_stands, &w))
		term_fails(t, "the cursor is not at row %d, column %d:", w.row, w.col);
}

/* -- expected screens -- */

static void read_file(const char *path, struct buf *out)
{
	FILE *file = fopen(path, "r");
	char bytes[4096];
	size_t n;

	buf_text(out, "");
	while (file && (n = fread(bytes, 1, sizeof(bytes), file)) > 0)
		buf_add(out, bytes, n);
	if (file)
		fclose(file);
}

static void write_file(struct term *t, const char *path)
{
	struct buf text = { 0 };
	FILE *file = fopen(path, "w");

	if (!file)
		term_fails(t, "cannot write %s", path);
	term_text(t, &text);
	fputs(text.at, file);
	fclose(file);
	buf_release(&text);
}

/* The lines that differ, the expected one first. */
static void note_differences(struct term *t, char *expected)
{
	struct buf now = { 0 };
	char *is, *was, *rest;

	term_text(t, &now);
	rest = now.at;
	for (int row = 0; rest || expected; row++) {
		is = rest ? strsep(&rest, "\n") : "";
		was = expected ? strsep(&expected, "\n") : "";
		if (!strcmp(is, was))
			continue;
		term_note("row %d expected |%s|", row, was);
		term_note("row %d       is |%s|", row, is);
	}
	buf_release(&now);
}

static void expected_path(const char *name, char path[PATH])
{
	const char *source = getenv("srcdir");

	snprintf(path, PATH, "%s/tests/screens/expected/%s.txt", source ? source : ".", name);
}

void term_screen_is(struct term *t, const char *name)
{
	const char *generate = getenv("GENERATE");
	struct buf expected = { 0 };
	struct wanted w = { 0 };
	char path[PATH];
	int patience = t->patience_ms;

	expected_path(name, path);
	if (generate && !strcmp(generate, "1"))
		write_file(t, path);
	read_file(path, &expected);
	w.text = expected.at;
	/* What the keys did is there; the redraw after another terminal's sale
	 * may still come, once a second. */
	t->patience_ms = patience < ANOTHER_FRAME_MS ? patience : ANOTHER_FRAME_MS;
	if (!comes_true(t, screen_is_text, &w)) {
		note_differences(t, expected.at);
		term_fails(t, "the screen is not %s, which GENERATE=1 rewrites:", path);
	}
	t->patience_ms = patience;
	buf_release(&expected);
}

void term_looks_whole(struct term *t)
{
	struct buf faults = { 0 };

	term_faults(t, &faults);
	if (faults.len) {
		term_note_lines(faults.at);
		term_fails(t, "the screen is not whole:");
	}
	buf_release(&faults);
}

void term_footer_whole(struct term *t)
{
	struct buf line = { 0 };

	term_line(t, -1, &line);
	if (!strstr(line.at, "F1") || strstr(line.at, "…") || strchr(line.at, '~'))
		term_fails(t, "the footer is not whole:");
	buf_release(&line);
}

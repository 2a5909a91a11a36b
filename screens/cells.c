/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/cells.h"

#include <limits.h>
#include <string.h>

#include "screens/bidi.h"
#include "screens/terminal.h"

enum {
	LATIN_MAX = 4 * TEXT_LETTERS_MAX,
	DOTTED_CIRCLE = 0x25cc, REPLACEMENT = 0xfffd,
	CLUSTER_COLS = 8	/* no cluster of a word is wider: there it may be cut */
};

/* Letters in the order in which they are read. */
struct letters {
	int32_t at[TEXT_LETTERS_MAX];
	size_t n;
	bool right;		/* the whole text is read from the right */
};

/* Goes over letters and says where each is painted. Starts zeroed. */
struct walk {
	int32_t before, state;
	int cluster_cols;
	bool begun;
};

struct step {
	int32_t letter;
	int cols;		/* that it adds */
	bool joins;		/* it shares the cell before it */
	bool lone;		/* a mark with no letter to stand on: it gets a circle */
	bool parts;		/* text may be cut before it */
};

static struct step walk_on(struct walk *w, int32_t letter)
{
	int cols = wcwidth((wchar_t)letter);
	struct step s = { .letter = cols < 0 ? REPLACEMENT : letter };
	bool hangs, apart;

	if (cols < 0)
		cols = 1;
	hangs = cols == 0 || (terminal.mc_joins && text_is_spacing_mark(letter));
	apart = !w->begun || text_may_part(w->before, letter, &w->state);
	s.lone = hangs && (!w->begun || (apart && cols == 0));
	s.joins = hangs && !s.lone;
	s.cols = s.joins ? 0 : s.lone ? 1 : cols;
	s.parts = apart || (s.cols && w->cluster_cols >= CLUSTER_COLS);
	w->cluster_cols = s.parts ? s.cols : w->cluster_cols + s.cols;
	w->before = letter;
	w->begun = true;
	return s;
}

static void add_letter(struct cell *cell, int32_t letter)
{
	if (cell->n < CELL_LETTERS)
		cell->letters[cell->n++] = (wchar_t)letter;
}

static void add_step(struct cells *out, struct step s)
{
	struct cell *cell = &out->at[out->n - s.joins];

	if (!s.joins) {
		*cell = (struct cell){ .cols = (unsigned char)s.cols };
		out->n++;
	}
	if (s.lone)
		add_letter(cell, DOTTED_CIRCLE);
	add_letter(cell, s.letter);
	out->cols += s.cols;
}

/* Letters in reading order to cells in the order they are seen. */
static void lay(const struct letters *letters, struct cells *out)
{
	struct letters seen = *letters;
	struct walk walk = { .begun = false };

	out->n = 0;
	out->cols = 0;
	if (bidi_is_needed(seen.at, seen.n)) {
		if (terminal.bidi == BIDI_WORDS)
			bidi_words(seen.at, seen.n, seen.right);
		else if (terminal.bidi != BIDI_TERMINAL)
			seen.n = bidi_visual(seen.at, seen.n, seen.right);
	}
	for (size_t i = 0; i < seen.n; i++)
		add_step(out, walk_on(&walk, seen.at[i]));
}

/* The letters at the start that need at most 'room' columns. */
static size_t fitting(const struct letters *letters, int room)
{
	struct walk walk = { .begun = false };
	size_t best = 0;
	int cols = 0;

	for (size_t i = 0; i < letters->n && cols <= room; i++) {
		struct step s = walk_on(&walk, letters->at[i]);

		if (s.parts)
			best = i;
		cols += s.cols;
	}
	return best;
}

/* Cut where reading ends, before the letters are put in order: the ellipsis
 * then comes to stand on the proper side. A terminal that orders them takes
 * it for part of the row, so there it is put on that side by hand. */
static void cut(struct letters *letters, int room)
{
	bool at_left = terminal.bidi == BIDI_TERMINAL && letters->right;

	letters->n = fitting(letters, room - 1);
	if (at_left)
		memmove(letters->at + 1, letters->at, letters->n * sizeof(*letters->at));
	letters->at[at_left ? 0 : letters->n] = cells_ellipsis();
	letters->n++;
}

static bool begins(const char *utf8, const char *mark)
{
	return strncmp(utf8, mark, strlen(mark)) == 0;
}

static void read_letters(const char *utf8, struct letters *out)
{
	char latin[LATIN_MAX];

	if (terminal.latin_only) {
		text_latin(utf8, terminal.utf8 ? TEXT_ACCENTS : TEXT_ASCII,
			   latin, sizeof(latin));
		utf8 = latin;
	}
	out->n = text_letters(utf8, out->at);
	if (begins(utf8, CELLS_FROM_RIGHT) || begins(utf8, CELLS_FROM_LEFT))
		out->right = begins(utf8, CELLS_FROM_RIGHT);
	else
		out->right = bidi_is_right(out->at, out->n);
}

bool cells_are_from_right(const char *utf8)
{
	struct letters letters;

	read_letters(utf8, &letters);
	return letters.right;
}

void cells_make(const char *utf8, int room, struct cells *out)
{
	struct letters letters;

	read_letters(utf8, &letters);
	lay(&letters, out);
	out->pinned = cells_row_is_pinned() && bidi_is_needed(letters.at, letters.n);
	if (out->cols + out->pinned <= room)
		return;
	/* In one column a letter could not be pinned; an ellipsis need not be. */
	if (room <= out->pinned)
		out->pinned = false;
	room -= out->pinned;
	letters.n = room > 0 ? letters.n : 0;
	if (letters.n)
		cut(&letters, room);
	lay(&letters, out);
}

int cells_columns(const char *utf8)
{
	struct cells cells;

	cells_make(utf8, INT_MAX, &cells);
	return cells.cols + cells.pinned;
}

bool cells_row_is_pinned(void)
{
	return !terminal.latin_only &&
	       (terminal.bidi == BIDI_TERMINAL || terminal.multiplexed);
}

wchar_t cells_ellipsis(void)
{
	return terminal.latin_only ? L'~' : L'\u2026';
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/import_table.h"

#include "base/buf.h"
#include "screens/import.h"

/* A sign at the left and right says that there are more columns. */
enum { EDGE = 2, GAP = 2, LEAST = 4, MOST = 20, ADVICE_LINES = 3 };

/* -- what it is -- */

static void draw_kind(const struct canvas *c, const struct ui *ui, const struct preview *p)
{
	struct spot s = { .tone = TONE_STRONG };
	const char *name = import_file_name(p->path);
	unsigned long n = (unsigned long)p->rows;
	char rows[FORMAT_TEXT];

	format_number(&ui->format, p->rows, rows);
	if (p->columns.kind == IMPORT_SALES)
		put_format(c, s, ngettext("%s: sales, %s row", "%s: sales, %s rows", n), name,
			   rows);
	else if (p->columns.kind == IMPORT_CUSTOMERS)
		put_format(c, s, ngettext("%s: customers, %s row", "%s: customers, %s rows", n),
			   name, rows);
	else
		put_format(c, s, ngettext("%s: %s row", "%s: %s rows", n), name, rows);
}

static void draw_origin(const struct canvas *c, const struct ui *ui, const struct preview *p)
{
	const char *parted = import_delimiter_word(p->delimiter);
	struct spot s = { .y = 1, .tone = TONE_DIM };
	char first[FORMAT_TEXT], last[FORMAT_TEXT];

	format_day(&ui->format, p->first_day, first);
	format_day(&ui->format, p->last_day, last);
	if (p->till && p->first_day)
		put_format(c, s, _("%s; from %s to %s; %s, %s"), p->till->title, first, last,
			   p->encoding, parted);
	else if (p->till)
		put_format(c, s, _("%s; %s, %s"), p->till->title, p->encoding, parted);
	else if (!p->first_day)
		put_format(c, s, _("%s, %s"), p->encoding, parted);
	else
		put_format(c, s, _("from %s to %s; %s, %s"), first, last, p->encoding, parted);
}

/* Wide files do not show at once what is taken from them. */
static void draw_read(const struct canvas *c, const struct preview *p)
{
	struct buf words = { 0 };

	for (size_t i = 0; i < p->columns.n; i++)
		if (p->columns.meaning[i] != COLUMNS)
			buf_printf(&words, "%s%s", words.len ? ", " : "",
				   import_column_word(p->columns.meaning[i]));
	if (words.len)
		put_format(c, (struct spot){ .y = 2, .tone = TONE_DIM }, _("read: %s"), words.at);
	buf_release(&words);
}

void import_about_draw(const struct canvas *c, const struct ui *ui, const struct preview *p)
{
	draw_kind(c, ui, p);
	draw_origin(c, ui, p);
	draw_read(c, p);
}

/* -- its first rows -- */

static bool is_read(const struct columns *c, size_t column)
{
	return c->meaning[column] != COLUMNS || c->used[column];
}

/* Of a till's column that is joined to another: what they are together. */
static const char *meaning_of(const struct import_table *t, size_t column)
{
	const struct columns *c = &t->preview->columns;
	enum column meaning = c->meaning[column] != COLUMNS ? c->meaning[column] : c->part[column];

	if (!is_read(c, column))
		return "-";
	return meaning == COLUMNS ? _("which rows") : import_column_word(meaning);
}

static int wider(int most, const char *text)
{
	int cols = shown_columns(text);

	return cols > most ? cols : most;
}

static int width_of(const struct import_table *t, size_t column)
{
	const struct preview *p = t->preview;
	int w = wider(LEAST, meaning_of(t, column));

	w = wider(w, preview_cell(p, &p->heading, column));
	for (size_t i = 0; i < p->row_count && w < MOST; i++)
		w = wider(w, preview_cell(p, &p->row[i], column));
	return w < MOST ? w : MOST;
}

/* The first column to draw: as far left as the chosen one allows. */
static size_t first_shown(const struct import_table *t, int room)
{
	size_t first = t->chosen;

	room -= width_of(t, first);
	while (first && room >= GAP + width_of(t, first - 1)) {
		first--;
		room -= GAP + width_of(t, first);
	}
	return first;
}

static void draw_column(const struct canvas *c, const struct import_table *t, size_t column,
			struct spot s)
{
	const struct preview *p = t->preview;
	enum column meaning = p->columns.meaning[column];
	bool here = t->focused && column == t->chosen, taken = is_read(&p->columns, column);

	s.tone = here ? TONE_SELECTED : taken ? TONE_KEY : TONE_DIM;
	put_text(c, s, meaning_of(t, column));
	if (here)
		put_cursor(c, s.y, s.x);
	s.y++;
	s.tone = here ? TONE_SELECTED : TONE_STRONG;
	put_text(c, s, preview_cell(p, &p->heading, column));
	if (meaning == COLUMN_AMOUNT || meaning == COLUMN_QUANTITY || meaning == COLUMN_BALANCE)
		s.align = ALIGN_RIGHT;
	s.tone = taken ? TONE_NORMAL : TONE_DIM;
	for (size_t i = 0; i < p->row_count && ++s.y < c->at.h; i++)
		put_text(c, s, preview_cell(p, &p->row[i], column));
}

void import_table_draw(const struct canvas *c, const struct import_table *t)
{
	int room = c->at.w - 2 * EDGE, x = EDGE;
	size_t first = first_shown(t, room), i = first;

	for (; i < t->preview->columns.n && x < EDGE + room; i++) {
		int w = width_of(t, i), left = EDGE + room - x;

		if (i > first && w > left && left < LEAST)
			break;
		draw_column(c, t, i, (struct spot){ .x = x, .cols = w < left ? w : left });
		x += w + GAP;
	}
	if (first)
		put_text(c, (struct spot){ .cols = 1, .tone = TONE_KEY }, "<");
	if (i < t->preview->columns.n)
		put_text(c, (struct spot){ .x = c->at.w - 1, .cols = 1, .tone = TONE_KEY }, ">");
}

/* -- what is to be settled -- */

static void write_wanted(const struct preview *p, struct buf *out)
{
	if (p->columns.kind == IMPORT_KINDS && p->no_heading)
		buf_text(out, _("The first line should name the columns and has values instead, "
				"which would not be imported. Put a line of names above the table "
				"in the file."));
	else if (p->columns.kind == IMPORT_KINDS)
		buf_text(out, _("Which columns are the date and the amount of a sale? Or which is "
				"the name of a customer? Go there with Left and Right, then "
				"Enter."));
	else if (p->columns.wanted == COLUMN_DATE)
		buf_text(out, _("Which column is the date? Go there with Left and Right, then "
				"Enter. In a list of customers, the amount is not to be read."));
	else if (p->columns.wanted == COLUMN_AMOUNT)
		buf_text(out, _("Which column is the amount? Go there with Left and Right, then "
				"Enter. In a list of customers, the date is not to be read."));
	else if (p->columns.wanted != COLUMNS)
		buf_printf(out, _("Two columns could be this: %s. Go to the right one with Left "
				  "and Right, then Enter."),
			   import_column_word(p->columns.wanted));
	else if (!p->sample.rows)
		buf_text(out, p->why);
	else
		buf_printf(out, _("\"%s\" in line %ld can be read in two ways. Which is right?"),
			   p->sample.text, p->sample.line);
}

int import_advice_draw(const struct canvas *c, const struct preview *p)
{
	struct spot s = { .cols = c->at.w, .tone = p->ready ? TONE_NORMAL : TONE_WARN };
	struct buf sentence = { 0 };
	int lines = 0;

	if (!p->ready)
		write_wanted(p, &sentence);
	else if (*p->note)
		buf_text(&sentence, p->note);
	else if (p->skipped)
		buf_printf(&sentence, ngettext("%ld row is no sale and will be passed over: void, "
					       "unpaid and the like.",
					       "%ld rows are no sales and will be passed over: "
					       "void, unpaid and the like.",
					       (unsigned long)p->skipped), (long)p->skipped);
	if (sentence.len)
		lines = put_wrapped(c, s, ADVICE_LINES, sentence.at);
	buf_release(&sentence);
	return lines;
}

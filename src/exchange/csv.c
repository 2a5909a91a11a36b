/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/language.h"
#include "base/mem.h"
#include "exchange/encoding.h"

/* libcsv was tried first: it names neither the line of an unclosed quote nor
 * the first line of a row, cannot go on after a bad one, and is slower. */

#define FILL 131072	/* free room when more text is asked for */

struct cell {
	char *start, *end;
};

/* buf[at..end) waits, followed by a NUL; no other NUL is in it. A row is first
 * scanned, which changes nothing, so that it can be scanned again with more
 * text or given up; only a whole row is cut into fields in its place. */
struct csv {
	struct decoder *in;
	char delimiter;
	bool eof;
	bool skipping;		/* at stands inside a line that was given up */
	long line;		/* of buf[at] */
	size_t at, end;
	size_t n;		/* cells of the row scanned last */
	bool doubled;		/* one of them has doubled quotes */
	struct buf raw;
	bool stops[256];	/* what ends a run of plain text */
	struct cell cell[CSV_COLUMNS_MAX];
	const char *field[CSV_COLUMNS_MAX];
	char buf[CSV_ROW_MAX + FILL + 1];
};

/* A place in the row being scanned. Functions that move it return ST_FULL when
 * the row's end is not in the buffer yet, ST_INVALID for a bad row. */
struct scan {
	char *p;
	long line;
};

static const struct {
	char byte;
	const char *name;
} delimiters[] = {
	/* Of two as likely, the one less common in text comes first. */
	{ '\t', "tab" }, { ';', "semicolon" }, { '|', "vertical bar" }, { ',', "comma" },
};

#define DELIMITERS (sizeof(delimiters) / sizeof(delimiters[0]))

static enum status fill(struct csv *c)
{
	size_t got;
	enum status st;

	memmove(c->buf, c->buf + c->at, c->end - c->at);
	c->end -= c->at;
	c->at = 0;
	st = decoder_read(c->in, c->buf + c->end, sizeof(c->buf) - 1 - c->end, &got);
	if (st)
		return st;
	c->eof = got == 0;
	c->end += got;
	c->buf[c->end] = '\0';
	return ST_OK;
}

/* How often one delimiter stands outside quotes. */
struct tally {
	size_t header;		/* in the first line that has any delimiter */
	size_t rows;		/* the lines with as many, that one included */
};

/* Counts each delimiter in the line from '*p' on, which moves behind it. */
static void count_line(const char **p, size_t count[DELIMITERS])
{
	bool quoted = false;

	memset(count, 0, DELIMITERS * sizeof(count[0]));
	for (; **p && (quoted || (**p != '\n' && **p != '\r')); ++*p) {
		quoted ^= **p == '"';
		for (size_t i = 0; i < DELIMITERS && !quoted; i++)
			count[i] += **p == delimiters[i].byte;
	}
	*p += **p != '\0';
}

/* The delimiter that the first line has most of and that the next lines have
 * as many of: "a;b" over "1,5;2" is a semicolon. */
static char tell_delimiter(const char *text)
{
	struct tally tally[DELIMITERS] = { { 0 } };
	size_t count[DELIMITERS], best = DELIMITERS - 1;
	size_t seen = 0;

	for (int lines = 0; *text && lines < 50; lines++) {
		count_line(&text, count);
		for (size_t i = 0; i < DELIMITERS; i++) {
			if (!seen)
				tally[i].header = count[i];
			tally[i].rows += count[i] && count[i] == tally[i].header;
		}
		for (size_t i = 0; i < DELIMITERS; i++)
			seen += count[i];
	}
	for (size_t i = DELIMITERS; i-- > 0; )
		if (tally[i].header * tally[i].rows >= tally[best].header * tally[best].rows &&
		    tally[i].header)
			best = i;
	return delimiters[best].byte;
}

/* Excel's own first line, "sep=;". */
static bool take_sep_line(struct csv *c)
{
	const char *text = c->buf + c->at;
	size_t len = 5;

	if (strncmp(text, "sep=", 4) != 0 || !text[4] || !strchr(",;\t|", text[4]))
		return false;
	if (text[len] == '\r')
		len++;
	if (text[len] == '\n')
		len++;
	if (len == 5)
		return false;
	c->delimiter = text[4];
	c->at += len;
	c->line++;
	return true;
}

enum status csv_open(const char *path, struct csv **out)
{
	struct decoder *in;
	struct csv *c;
	enum status st = decoder_open(path, &in);

	if (st)
		return st;
	c = mem_alloc(sizeof(*c));
	c->in = in;
	c->line = 1;
	st = fill(c);
	if (st) {
		csv_close(c);
		return st;
	}
	if (!take_sep_line(c))
		c->delimiter = tell_delimiter(c->buf);
	c->stops[0] = c->stops['\n'] = c->stops['\r'] = c->stops['"'] = true;
	c->stops[(unsigned char)c->delimiter] = true;
	*out = c;
	return ST_OK;
}

void csv_close(struct csv *c)
{
	if (!c)
		return;
	decoder_close(c->in);
	buf_release(&c->raw);
	free(c);
}

struct csv_about csv_describe(const struct csv *c)
{
	enum encoding encoding = decoder_encoding(c->in);
	struct csv_about about = { .encoding = encoding_name(encoding), .note = "" };

	for (size_t i = 0; i < DELIMITERS; i++)
		if (delimiters[i].byte == c->delimiter)
			about.delimiter = delimiters[i].name;
	if (encoding == ENCODING_WINDOWS1252)
		about.note = _("The file is not UTF-8 and was read as Windows-1252. If letters "
			       "look wrong, save it as CSV UTF-8 and import it again.");
	return about;
}

long long csv_position(const struct csv *c, long long *total)
{
	return decoder_position(c->in, total);
}

static enum status take_line_end(const struct csv *c, struct scan *s)
{
	bool last = s->p + 1 == c->buf + c->end;

	if (*s->p == '\r' && last && !c->eof)
		return ST_FULL;		/* an LF may belong to it */
	s->p += s->p[0] == '\r' && s->p[1] == '\n' ? 2 : 1;
	s->line++;
	return ST_OK;
}

static long lines_in(const char *at, const char *end)
{
	long lines = 0;

	for (; at < end; at++)
		lines += *at == '\n' || (*at == '\r' && at[1] != '\n');
	return lines;
}

/* What goes wrong on a later line than the quote was opened on began there. */
static enum status fail_after_quote(long opened, long closed)
{
	if (opened == closed)
		return fail(ST_INVALID, "line %ld: text follows a closing quote; double a quote "
			    "that belongs to the text", opened);
	return fail(ST_INVALID, "line %ld: a quote is opened and not closed before line %ld, "
		    "where text follows it; close it or take it out", opened, closed);
}

/* The closing quote of a field, or the end of the buffer. */
static char *find_closing(struct csv *c, struct scan *s)
{
	char *p = s->p + 1;

	for (;; p++) {
		while (!c->stops[(unsigned char)*p])
			p++;
		if (*p == '\0' || (*p == '"' && p[1] != '"'))
			return p;
		if (*p == '"') {
			c->doubled = true;
			p++;
		} else if (*p == '\n' || (*p == '\r' && p[1] != '\n')) {
			s->line++;
		}
	}
}

/* 's' stands on a quote, 'cell' begins before it. */
static enum status scan_quoted(struct csv *c, struct scan *s, struct cell *cell)
{
	long opened = s->line;

	if (cell->start + strspn(cell->start, " ") != s->p)
		return fail(ST_INVALID, "line %ld: a quote stands in the middle of a field; put "
			    "the field in quotes and double this one", opened);
	cell->start = s->p + 1;
	cell->end = find_closing(c, s);
	if (*cell->end == '\0' && c->eof)
		return fail(ST_INVALID, "line %ld: a quote is opened and never closed; close it "
			    "or take it out", opened);
	if (cell->end - cell->start > CSV_FIELD_MAX)
		return fail(ST_INVALID, "line %ld: a field in quotes is longer than %d bytes; "
			    "perhaps its quote is never closed", opened, CSV_FIELD_MAX);
	if (*cell->end == '\0')
		return ST_FULL;
	s->p = cell->end + 1 + strspn(cell->end + 1, " ");
	if (*s->p == '"' || !c->stops[(unsigned char)*s->p])
		return fail_after_quote(opened, s->line);
	return ST_OK;
}

static enum status scan_row(struct csv *c, struct scan *s)
{
	c->doubled = false;
	for (c->n = 0; c->n < CSV_COLUMNS_MAX; s->p++) {
		struct cell *cell = &c->cell[c->n++];
		enum status st = ST_OK;

		cell->start = s->p;
		while (!c->stops[(unsigned char)*s->p])
			s->p++;
		cell->end = s->p;
		if (*s->p == '"')
			st = scan_quoted(c, s, cell);
		if (st)
			return st;
		if (cell->end - cell->start > CSV_FIELD_MAX)
			return fail(ST_INVALID, "line %ld: a field is longer than %d bytes; "
				    "shorten it", s->line, CSV_FIELD_MAX);
		if (*s->p == '\0')
			return c->eof ? ST_OK : ST_FULL;
		if (*s->p != c->delimiter)
			return take_line_end(c, s);
	}
	return fail(ST_INVALID, "line %ld: a row has more than %d columns; take some out",
		    c->line, CSV_COLUMNS_MAX);
}

/* Finds the end of the row at buf[at], reading on as long as it may be. */
static enum status find_row(struct csv *c, struct scan *s)
{
	for (;;) {
		const char *start = c->buf + c->at;
		enum status st;

		*s = (struct scan){ .p = c->buf + c->at, .line = c->line };
		if (c->at == c->end && c->eof)
			return ST_NOT_FOUND;
		st = scan_row(c, s);
		if (st == ST_INVALID)
			return st;
		if ((st ? c->buf + c->end : s->p) - start > CSV_ROW_MAX)
			return fail(ST_INVALID, "line %ld: a row is longer than %d bytes; "
				    "shorten it", c->line, CSV_ROW_MAX);
		if (!st)
			return st;
		st = fill(c);
		if (st)
			return st;
	}
}

/* Ctrl-Z is how DOS programs end a text file. */
static bool is_blank(const struct csv *c)
{
	const char *start = c->buf + c->at;

	return c->n == 1 && c->cell[0].start == start &&
	       start + strspn(start, " \x1A") == c->cell[0].end;
}

/* The text from buf[at] to 'end', for the rejects. */
static void keep_raw(struct csv *c, const char *end)
{
	const char *p = c->buf + c->at;

	buf_clear(&c->raw);
	while (p < end) {
		const char *mark = memchr(p, ENCODING_BAD, (size_t)(end - p));

		buf_add(&c->raw, p, (size_t)((mark ? mark : end) - p));
		if (mark)
			buf_text(&c->raw, "\xEF\xBF\xBD");
		p = mark ? mark + 1 : end;
	}
}

static void go_to(struct csv *c, const struct scan *s)
{
	c->at = (size_t)(s->p - c->buf);
	c->line = s->line;
}

/* The rest of a line that was given up. */
static enum status skip_line(struct csv *c)
{
	while (c->skipping) {
		struct scan s = { .p = c->buf + c->at, .line = c->line };
		enum status st = ST_FULL;

		s.p += strcspn(s.p, "\r\n");
		if (*s.p)
			st = take_line_end(c, &s);
		go_to(c, &s);
		c->skipping = st == ST_FULL && !c->eof;
		st = c->skipping ? fill(c) : ST_OK;
		if (st)
			return st;
	}
	return ST_OK;
}

/* Only the first line of a row whose quotes cannot be trusted. */
static enum status give_up(struct csv *c, struct csv_row *row)
{
	size_t len = strcspn(c->buf + c->at, "\r\n");

	while (c->at + len == c->end && len <= CSV_ROW_MAX && !c->eof) {
		enum status st = fill(c);

		if (st)
			return st;
		len += strcspn(c->buf + c->at + len, "\r\n");
	}
	row->unended = c->at + len == c->end && c->eof;
	keep_raw(c, c->buf + c->at + len);
	row->raw = c->raw.at;
	c->at += len;
	c->skipping = true;
	return ST_INVALID;
}

/* A whole row with a mark of the decoder at 'bad'. */
static enum status refuse_text(struct csv *c, const struct scan *s, const char *bad)
{
	long line = c->line + lines_in(c->buf + c->at, bad);
	const char *end = s->p;
	size_t column = 1;

	while (column < c->n && c->cell[column].start <= bad)
		column++;
	while (end[-1] == '\n' || end[-1] == '\r')
		end--;
	keep_raw(c, end);
	go_to(c, s);
	return fail(ST_INVALID, "line %ld, column %zu: a character cannot be read as %s; correct "
		    "it in the file", line, column, encoding_name(decoder_encoding(c->in)));
}

static void undouble(struct cell *cell)
{
	char *to = memchr(cell->start, '"', (size_t)(cell->end - cell->start));

	if (!to)
		return;
	for (const char *from = to; from < cell->end; from++) {
		*to++ = *from;
		from += *from == '"';
	}
	cell->end = to;
}

static void cut_row(struct csv *c)
{
	for (size_t i = 0; i < c->n; i++) {
		if (c->doubled)
			undouble(&c->cell[i]);
		*c->cell[i].end = '\0';
		c->field[i] = c->cell[i].start;
	}
}

static enum status take_row(struct csv *c, const struct scan *s, struct csv_row *row)
{
	const char *start = c->buf + c->at;
	const char *bad = memchr(start, ENCODING_BAD, (size_t)(s->p - start));

	row->unended = s->p[-1] != '\n' && s->p[-1] != '\r';
	if (bad) {
		enum status st = refuse_text(c, s, bad);

		row->raw = c->raw.at;
		return st;
	}
	cut_row(c);
	go_to(c, s);
	row->n = c->n;
	row->field = c->field;
	return ST_OK;
}

bool csv_is_empty(const struct csv_row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (*row->field[i])
			return false;
	return true;
}

enum status csv_next(struct csv *c, struct csv_row *row)
{
	struct scan s;
	enum status st = skip_line(c);

	*row = (struct csv_row){ 0 };
	while (!st && !(st = find_row(c, &s)) && is_blank(c))
		go_to(c, &s);
	row->line = c->line;
	if (!st)
		return take_row(c, &s, row);
	return st == ST_INVALID ? give_up(c, row) : st;
}

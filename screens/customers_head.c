/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "screens/columns.h"
#include "screens/customers_view.h"

/* The lines above the list: what is searched for, the filter in force and what
 * is wrong with it. */

static const char *const order_labels[DIRECTORY_ORDERS] = {
	[BY_LAST_VISIT] = N_("by last visit"), [BY_NAME] = N_("by name"),
	[BY_VISITS] = N_("by visits"), [BY_SPEND] = N_("by money spent"),
	[BY_ADDED] = N_("by day added"),
};

/* -- how many -- */

/* "12 found", "more than 100" */
static void count_found(const struct people *p, const char *number, struct cell *out)
{
	if (p->more)
		snprintf(out->room, sizeof(out->room), _("%s and more: type on"), number);
	else
		snprintf(out->room, sizeof(out->room), ngettext("%s found", "%s found", p->n),
			 number);
}

/* "23 of 1,204" */
static void count_sifted(const struct customers *s, const struct ui *ui, struct cell *out)
{
	char number[FORMAT_TEXT], total[FORMAT_TEXT];

	format_number(&ui->format, (int64_t)sift_people(&s->sift)->n, number);
	format_number(&ui->format, (int64_t)s->directory.n, total);
	if (s->directory.whole && sift_is_whole(&s->sift))
		snprintf(out->room, sizeof(out->room), _("%s of %s"), number, total);
	else
		snprintf(out->room, sizeof(out->room), _("%s so far"), number);
}

/* "1,204 customers" */
static void count_all(const struct customers *s, const struct ui *ui, struct cell *out)
{
	char number[FORMAT_TEXT], total[FORMAT_TEXT];

	format_number(&ui->format, (int64_t)s->directory.n, number);
	if (!s->directory.whole)
		snprintf(out->room, sizeof(out->room), _("%s of %s read"), number,
			 format_number(&ui->format, (int64_t)s->directory.total, total));
	else
		snprintf(out->room, sizeof(out->room),
			 ngettext("%s customer", "%s customers", s->directory.n), number);
}

static void count_words(const struct customers *s, const struct ui *ui, struct cell *out)
{
	char number[FORMAT_TEXT];

	if (s->found)
		count_found(&s->people, format_number(&ui->format, (int64_t)s->people.n, number),
			    out);
	else if (sift_is_on(&s->sift))
		count_sifted(s, ui, out);
	else
		count_all(s, ui, out);
}

static void draw_find(const struct customers *s, const struct ui *ui, const struct canvas *c)
{
	const char *find = _("Find:"), *order = s->found ? "" : _(order_labels[s->order]);
	int x = shown_columns(find) + 2, right, wide = shown_columns(order);
	struct cell count = { 0 };

	count_words(s, ui, &count);
	right = shown_columns(count.room) + (wide ? wide + 2 : 0) + 1;
	put_text(c, (struct spot){ .x = 1, .cols = x - 2, .tone = TONE_KEY }, find);
	put_text(c, (struct spot){ .x = c->at.w - right, .cols = shown_columns(count.room) },
		 count.room);
	if (wide)
		put_text(c, (struct spot){ .x = c->at.w - wide - 1, .cols = wide,
					   .tone = TONE_DIM }, order);
	edit_draw(c, (struct spot){ .x = x, .cols = c->at.w - right - x - 2 }, &s->words,
		  !s->in_list && !s->in_line);
}

/* -- the filter -- */

enum { FIND = 1, LINE = 1, SENTENCE = 2, LABEL_MOST = 24 };

/* The name under which just this filter is kept. */
static const char *label_of(const struct customers *s)
{
	return *s->segment && s->kept && !strcmp(s->kept, s->filter.text) ? s->segment :
									     _("Filter");
}

static int label_columns(const struct customers *s)
{
	int cols = shown_columns(label_of(s));

	return cols < LABEL_MOST ? cols : LABEL_MOST;
}

/* Where the text of the filter stands. */
static struct spot line_spot(const struct customers *s, int width)
{
	int x = 1 + label_columns(s) + 2;

	return (struct spot){ .y = FIND, .x = x, .cols = width - x - 1 };
}

static void draw_line(const struct customers *s, const struct canvas *c)
{
	int cols = label_columns(s);

	put_text(c, (struct spot){ .y = FIND, .x = 1, .cols = cols, .tone = TONE_KEY },
		 label_of(s));
	put_text(c, (struct spot){ .y = FIND, .x = 1 + cols, .cols = 1, .tone = TONE_KEY }, ":");
	edit_draw(c, line_spot(s, c->at.w), &s->filter, s->in_line);
}

static const char *advice(const struct customers *s)
{
	bool is_given = s->given && *s->given && !strcmp(s->given, s->filter.text);

	if (s->sift.wrong)
		return s->mistake;
	if (!s->in_line)
		return is_given && !s->found ?
		       _("F6 writes names and phones into a file; Enter opens one.") :
		       "";
	return *s->filter.text ?
	       _("F7 adds a condition or takes one away.") :
	       _("Type whom you want to see, or press F7 once more to pick it from lists.");
}

static int advice_rows(const struct customers *s, int width)
{
	struct canvas none = { .at = { .w = width } };

	return *advice(s) ? put_wrapped(&none, (struct spot){ .cols = width - 2 }, SENTENCE,
					advice(s)) : 0;
}

/* Carets stand under a line that is being typed in. */
static bool has_carets(const struct customers *s)
{
	return s->sift.wrong && s->in_line;
}

static int head_rows(const struct customers *s, int width)
{
	int rows = advice_rows(s, width);

	if (!s->has_line)
		return FIND + LINE;		/* a blank one */
	return FIND + LINE + has_carets(s) + (rows < SENTENCE ? rows : SENTENCE);
}

/* Carets under what cannot be read, as far as it is in view. */
static void draw_carets(const struct customers *s, const struct canvas *c)
{
	struct spot at = line_spot(s, c->at.w);
	const struct filter_mistake *m = &s->sift.mistake;
	int from = edit_column(&s->filter, m->at, at.cols);
	int to = edit_column(&s->filter, m->at + m->len, at.cols);
	int first = from > 0 ? from : 0, end = to > first ? to : first + 1;

	for (int x = first; x < end && x < at.cols; x++)
		put_text(c, (struct spot){ .y = at.y + 1, .x = at.x + x, .cols = 1,
					   .tone = TONE_WARN }, "^");
}

static void draw_advice(const struct customers *s, const struct canvas *c)
{
	if (has_carets(s))
		draw_carets(s, c);
	if (*advice(s))
		put_wrapped(c, (struct spot){ .y = FIND + LINE + has_carets(s), .x = 1,
					      .cols = c->at.w - 2,
					      .tone = s->sift.wrong ? TONE_WARN : TONE_DIM },
			    SENTENCE, advice(s));
}

int customers_head(const struct customers *s, const struct ui *ui, const struct canvas *c)
{
	draw_find(s, ui, c);
	if (s->has_line) {
		draw_advice(s, c);
		draw_line(s, c);
	}
	return head_rows(s, c->at.w);
}

int customers_list_rows(const struct customers *s, const struct ui *ui)
{
	return ui_rows(ui) - head_rows(s, ui_cols(ui));
}

void customers_explain(const void *state, const struct ui *ui, struct buf *out)
{
	const struct customers *s = state;
	const struct filter_word *word;

	(void)ui;
	if (!s->in_line)
		return;
	buf_text(out, _("What can be written in a filter, each with an example. Tests are joined "
			"by and, or, not and ( ); 60d, 8w, 12m and 2y are lengths of time, "
			"2026-08 is a month.\n"));
	for (size_t i = 0; (word = filter_word(i)); i++)
		buf_printf(out, "%s: %s\n", word->example, _(word->help));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "screens/columns.h"
#include "screens/journal.h"

/* How the journal looks: what is shown of it in one line, and the list. */

enum { HEAD = 2, GAP = 3 };

enum { COLUMN_DAY, COLUMN_TIME, COLUMN_KIND, COLUMN_AMOUNT, COLUMN_CUSTOMER, COLUMN_WORDS,
       COLUMN_WHO };

static const struct heading headings[] = {
	[COLUMN_DAY] = { N_("When"), 11, 11, 90, ALIGN_LEFT },
	[COLUMN_TIME] = { N_("Time"), 5, 5, 20, ALIGN_LEFT },
	[COLUMN_KIND] = { N_("What"), 16, 16, 110, ALIGN_LEFT },
	[COLUMN_AMOUNT] = { N_("Amount"), 7, 8, 85, ALIGN_RIGHT },
	[COLUMN_CUSTOMER] = { N_("Customer"), 10, 14, 100, ALIGN_LEFT },
	[COLUMN_WORDS] = { N_("In words"), 12, 30, 60, ALIGN_LEFT },
	[COLUMN_WHO] = { N_("By"), 6, 8, 75, ALIGN_LEFT },
	{ 0 }
};

struct drawn {
	const struct journal *journal;
	const struct ui *ui;
	char name[NAME_TEXT];
};

int journal_lines(const struct ui *ui)
{
	return ui_rows(ui) - HEAD;
}

/* "Sale R-9, undone" */
static void say_kind(const struct recent_row *r, struct cell *out)
{
	char words[FORMAT_TEXT];

	if (r->kind == ENTRY_NONE)
		snprintf(words, sizeof(words), "%s", _("damaged"));
	else if (*r->receipt)
		snprintf(words, sizeof(words), "%s %.60s", tell_kind(r->kind), r->receipt);
	else
		snprintf(words, sizeof(words), "%s", tell_kind(r->kind));
	snprintf(out->room, sizeof(out->room), r->undone ? _("%.80s, undone") : "%s", words);
	out->text = out->room;
}

static void say_when(const struct ui *ui, const struct recent_row *r, struct cell *out)
{
	char time[FORMAT_TEXT];

	out->text = out->room;
	if (r->day == ui_today(ui))
		snprintf(out->room, sizeof(out->room), _("Today %.40s"),
			 format_time(&ui->format, r->minute, time));
	else
		format_day(&ui->format, r->day, out->room);
}

static void draw_cell(const void *arg, size_t place, size_t column, struct cell *out)
{
	struct drawn *d = *(struct drawn *const *)arg;
	const struct recent_row *r = journal_row(d->journal, place);

	if (!r)
		return;
	out->tone = r->kind == ENTRY_NONE ? TONE_BAD : r->undone ? TONE_DIM : TONE_NORMAL;
	if (column == COLUMN_KIND)
		say_kind(r, out);
	if (column == COLUMN_KIND || r->kind == ENTRY_NONE)
		return;
	switch (column) {
	case COLUMN_DAY:
		say_when(d->ui, r, out);
		return;
	case COLUMN_TIME:
		if (r->day != ui_today(d->ui))
			out->text = format_time(&d->ui->format, r->minute, out->room);
		return;
	case COLUMN_AMOUNT:
		if (r->total)
			out->text = format_money_short(&d->ui->format, r->total, out->room);
		return;
	case COLUMN_CUSTOMER:
		out->text = *r->name ? name_shown(d->ui->shop, r->name, d->name) : "";
		return;
	case COLUMN_WORDS:
		out->text = *r->words ? r->words : r->reason;
		return;
	default:
		out->text = r->who;
		return;
	}
}

/* -- what is shown -- */

static void put_part(const struct canvas *c, int *x, const char *text)
{
	int cols = shown_columns(text);

	if (*x >= c->at.w)
		return;
	if (cols > c->at.w - *x)
		cols = c->at.w - *x;
	put_text(c, (struct spot){ .x = *x, .cols = cols, .tone = TONE_STRONG }, text);
	*x += cols + GAP;
}

static int put_count(const struct journal *j, const struct ui *ui, const struct canvas *c)
{
	char n[FORMAT_TEXT], text[2 * FORMAT_TEXT];
	int cols;

	format_number(&ui->format, (int64_t)j->found.n, n);
	if (j->found.whole)
		snprintf(text, sizeof(text), ngettext("%s entry", "%s entries",
						      (unsigned long)j->found.n), n);
	else
		snprintf(text, sizeof(text), _("%s found so far"), n);
	cols = shown_columns(text);
	put_text(c, (struct spot){ .x = c->at.w - cols, .cols = cols, .tone = TONE_DIM }, text);
	return cols + GAP;
}

static void draw_head(const struct journal *j, const struct ui *ui, const struct canvas *c)
{
	struct canvas left = *c;
	char by[WHO_SIZE + FORMAT_TEXT];
	int x = 0;

	left.at.w -= put_count(j, ui, c);
	if (journal_asks_all(&j->found.ask))
		put_part(&left, &x, _("All entries, newest first"));
	if (j->found.ask.kinds)
		put_part(&left, &x, journal_kinds_words(j));
	if (j->found.ask.customer)
		put_part(&left, &x, j->customer);
	snprintf(by, sizeof(by), _("by %s"), j->found.ask.who);
	if (*j->found.ask.who)
		put_part(&left, &x, by);
}

void journal_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct journal *j = state;
	struct drawn d = { .journal = j, .ui = ui }, *const arg = &d;
	struct canvas head = canvas_part(c, (struct rect){ 0, 1, 1, c->at.w - 2 });
	struct canvas rows = canvas_part(c, (struct rect){ HEAD, 0, c->at.h - HEAD, c->at.w });

	draw_head(j, ui, &head);
	columns_draw(&rows, &(struct listing){
		.headings = headings, .list = &j->list, .cell = draw_cell, .arg = &arg,
		.focused = true,
		.empty = j->found.whole ? _("There is no such entry.") : _("Looking ...") });
}

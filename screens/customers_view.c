/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/customers_view.h"

#include <stdio.h>

#include "screens/columns.h"
#include "screens/name.h"

static const char *const order_labels[DIRECTORY_ORDERS] = {
	[BY_LAST_VISIT] = N_("by last visit"), [BY_NAME] = N_("by name"),
	[BY_VISITS] = N_("by visits"), [BY_SPEND] = N_("by money spent"),
	[BY_ADDED] = N_("by day added"),
};

const struct person *customers_person(const struct customers *s, size_t line)
{
	if (s->similar != NO_LINE && line == s->similar)
		return NULL;
	if (s->similar != NO_LINE && line > s->similar)
		line--;
	if (line < s->people.first || line - s->people.first >= s->people.n)
		return NULL;
	return &s->people.row[line - s->people.first];
}

enum column { COLUMN_NAME, COLUMN_LATIN, COLUMN_PHONE, COLUMN_BALANCE, COLUMN_READY,
	      COLUMN_VISITS, COLUMN_SPEND, COLUMN_LAST, COLUMNS };

struct drawing {
	const struct customers *s;
	const struct ui *ui;
	struct heading headings[COLUMNS + 1];
	enum column columns[COLUMNS];	/* what each of them shows */
	char *room;			/* NAME_TEXT bytes, for the name that is drawn */
};

static void draw_balance(const struct drawing *d, const struct person *p, struct cell *out)
{
	char balance[FORMAT_TEXT], goal[FORMAT_TEXT];

	format_number(&d->ui->format, p->balance, balance);
	format_number(&d->ui->format, d->s->people.goal, goal);
	if (d->s->people.stamps)
		snprintf(out->room, sizeof(out->room), "%.40s/%.40s", balance, goal);
	else
		snprintf(out->room, sizeof(out->room), "%s", balance);
}

static void draw_person(const struct drawing *d, const struct person *p, enum column column,
			struct cell *out)
{
	const struct format *f = &d->ui->format;

	switch (column) {
	case COLUMN_PHONE:
		snprintf(out->room, sizeof(out->room), "%s", p->phone);
		return;
	case COLUMN_BALANCE:
		draw_balance(d, p, out);
		return;
	case COLUMN_READY:
		if (p->ready)
			format_number(f, p->ready, out->room);
		out->tone = TONE_GOOD;
		return;
	case COLUMN_VISITS:
		if (p->visits)
			format_number(f, p->visits, out->room);
		return;
	case COLUMN_SPEND:
		if (p->visits)
			format_money_short(f, p->spend, out->room);
		return;
	case COLUMN_LAST:
		if (p->last_day)
			format_ago(f, p->last_day, ui_today(d->ui), out->room);
		return;
	default:
		return;
	}
}

static void draw_cell(const void *arg, size_t row, size_t i, struct cell *out)
{
	const struct drawing *d = arg;
	const struct person *p = customers_person(d->s, row);
	enum column column = d->columns[i];

	if (row == d->s->similar && column == COLUMN_NAME) {
		out->text = _("similar names:");
		out->tone = TONE_DIM;
	}
	if (!p)
		return;
	out->room[0] = '\0';
	out->text = out->room;
	if (column == COLUMN_NAME)
		out->text = name_first(d->ui->shop, p->name, d->room);
	else if (column == COLUMN_LATIN)
		out->text = name_second(d->ui->shop, p->name, d->room);
	else
		draw_person(d, p, column, out);
	if (column == COLUMN_NAME)
		out->tone = TONE_STRONG;
}

/* Is there a name that says more in Latin letters? */
static bool has_latin(const struct customers *s, const struct ui *ui)
{
	char room[NAME_TEXT];

	for (size_t i = 0; i < s->people.n; i++)
		if (*name_second(ui->shop, s->people.row[i].name, room))
			return true;
	return false;
}

static bool has_ready(const struct people *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->row[i].ready)
			return true;
	return false;
}

static const struct heading all_headings[COLUMNS] = {
	[COLUMN_NAME] = { N_("Name"), 14, 30, 100, ALIGN_LEFT },
	[COLUMN_LATIN] = { N_("In Latin letters"), 14, 26, 30, ALIGN_LEFT },
	[COLUMN_PHONE] = { N_("Phone"), 15, 17, 70, ALIGN_LEFT },
	[COLUMN_BALANCE] = { N_("Points"), 6, 9, 75, ALIGN_RIGHT },
	[COLUMN_READY] = { N_("Rewards"), 3, 7, 60, ALIGN_RIGHT },
	[COLUMN_VISITS] = { N_("Visits"), 4, 6, 40, ALIGN_RIGHT },
	[COLUMN_SPEND] = { N_("Spent"), 8, 10, 35, ALIGN_RIGHT },
	[COLUMN_LAST] = { N_("Last visit"), 11, 12, 80, ALIGN_LEFT },
};

/* What nobody has takes no room. */
static bool is_needed(const struct drawing *d, enum column column)
{
	switch (column) {
	case COLUMN_LATIN: return has_latin(d->s, d->ui);
	case COLUMN_BALANCE: return d->s->people.has_program;
	case COLUMN_READY: return has_ready(&d->s->people);
	default: return true;
	}
}

static void choose_columns(struct drawing *d)
{
	size_t n = 0;

	for (enum column column = COLUMN_NAME; column < COLUMNS; column++) {
		struct heading *h = &d->headings[n];

		if (!is_needed(d, column))
			continue;
		*h = all_headings[column];
		if (column == COLUMN_BALANCE && d->s->people.stamps)
			h->title = N_("Stamps");
		if (column == COLUMN_LATIN && names_are_both(d->ui->shop))
			h->priority = all_headings[COLUMN_NAME].priority - 1;
		d->columns[n++] = column;
	}
	d->headings[n] = (struct heading){ 0 };
}

/* "1,204 customers", "12 found". */
static void count_words(const struct customers *s, const struct ui *ui, struct cell *out)
{
	size_t n = s->found ? s->people.n : s->directory.n;
	char number[FORMAT_TEXT], total[FORMAT_TEXT];

	format_number(&ui->format, (int64_t)n, number);
	if (s->found && s->people.more)
		snprintf(out->room, sizeof(out->room), _("%s and more: type on"), number);
	else if (s->found)
		snprintf(out->room, sizeof(out->room), ngettext("%s found", "%s found", n), number);
	else if (!s->directory.whole)
		snprintf(out->room, sizeof(out->room), _("%s of %s read"), number,
			 format_number(&ui->format, (int64_t)s->directory.total, total));
	else
		snprintf(out->room, sizeof(out->room),
			 ngettext("%s customer", "%s customers", n), number);
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
		  !s->in_list);
}

void customers_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct customers *s = state;
	struct canvas rows = canvas_part(c, (struct rect){ 2, 0, c->at.h - 2, c->at.w });
	char room[NAME_TEXT];
	struct drawing d = { .s = s, .ui = ui, .room = room };
	struct listing listing = { .headings = d.headings, .list = &s->list, .cell = draw_cell,
				   .arg = &d, .focused = s->in_list };

	choose_columns(&d);
	if (s->found)
		listing.empty = _("Nobody is like that. F3 adds a new customer.");
	else if (s->directory.whole)
		listing.empty = _("Nobody is in the book yet. F3 adds the first customer.");
	else
		listing.empty = _("Everybody is being read. Type a name to find somebody at once.");
	columns_draw(&rows, &listing);
	draw_find(s, ui, c);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/customers_view.h"

#include <stdio.h>

#include "screens/columns.h"
#include "screens/name.h"

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

static const char *when_empty(const struct customers *s)
{
	if (s->found)
		return sift_is_on(&s->sift) ?
		       _("Nobody among them is like that. Esc clears what was typed.") :
		       _("Nobody is like that. F3 adds a new customer.");
	if (sift_is_on(&s->sift))
		return sift_is_whole(&s->sift) ? _("Nobody fits the filter.") :
						 _("Everybody is being read.");
	if (s->directory.whole)
		return _("Nobody is in the book yet. F3 adds the first customer.");
	return _("Everybody is being read. Type a name to find somebody at once.");
}

void customers_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct customers *s = state;
	int head = customers_head(s, ui, c);
	struct canvas rows = canvas_part(c, (struct rect){ head, 0, c->at.h - head, c->at.w });
	char room[NAME_TEXT];
	struct drawing d = { .s = s, .ui = ui, .room = room };

	choose_columns(&d);
	columns_draw(&rows, &(struct listing){
		.headings = d.headings, .list = &s->list, .cell = draw_cell, .arg = &d,
		.empty = when_empty(s), .focused = s->in_list });
}

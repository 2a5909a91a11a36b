/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/import.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "screens/import_table.h"
#include "shop/program.h"

/* What is in the file and what its columns mean. */

enum action_row { ROW_TRY, ROW_COLUMNS, ROW_TILL, ROW_DATES, ROW_PAST, ROWS };

struct columns_state {
	struct preview *preview;
	struct import_trial trial;
	bool award_past;
	bool programs_later;		/* some began after the file's first sale */
	bool on_table;			/* the cursor is on a column, else on an action */
	size_t column;
	size_t at;			/* which of 'rows' */
	enum action_row rows[ROWS];	/* those that there are */
	size_t row_count;
	enum column offered[COLUMNS + 1];	/* in the picker */
	enum date_order orders[DATES_ORDERS];
	size_t offered_count;
};

/* -- what there is to do -- */

static void list_actions(struct columns_state *s)
{
	s->row_count = 0;
	s->rows[s->row_count++] = ROW_TRY;
	s->rows[s->row_count++] = ROW_COLUMNS;
	if (s->preview->till || s->preview->till_picked)
		s->rows[s->row_count++] = ROW_TILL;
	if (s->preview->sample.rows)
		s->rows[s->row_count++] = ROW_DATES;
	if (s->programs_later)
		s->rows[s->row_count++] = ROW_PAST;
	if (s->at >= s->row_count)
		s->at = ROW_TRY;
}

/* The cursor goes where something is to be settled, else to trying. */
static void go_on(struct columns_state *s)
{
	const struct preview *p = s->preview;

	s->on_table = !p->ready && (p->columns.wanted != COLUMNS ||
				    p->columns.kind == IMPORT_KINDS);
	if (s->on_table)
		s->column = preview_likely_column(p);
	s->at = ROW_TRY;
	for (size_t i = 0; i < s->row_count; i++)
		if (!s->on_table && !p->ready && s->rows[i] == ROW_DATES)
			s->at = i;
}

/* -- reading -- */

static void start(void *state, struct ui *ui, const void *arg)
{
	struct columns_state *s = state;

	(void)ui;
	preview_free(s->preview);
	s->preview = (struct preview *)arg;
	list_actions(s);
	go_on(s);
}

static enum status read_programs(struct txn *txn, void *arg)
{
	struct columns_state *s = arg;
	struct programs all;

	s->programs_later = false;
	programs_load(txn, &all);
	for (size_t i = 0; i < all.n; i++)
		if (!all.row[i].stopped && all.row[i].from > s->preview->first_day)
			s->programs_later = true;
	programs_release(&all);
	return txn_status(txn);
}

static enum status load(void *state, struct ui *ui)
{
	struct columns_state *s = state;
	enum status st = ST_OK;

	s->programs_later = false;
	if (s->preview->columns.kind == IMPORT_SALES && s->preview->first_day)
		st = store_read(ui->shop->store, read_programs, s);
	list_actions(s);
	return st;
}

/* After something was picked. A file that is gone meanwhile cannot go on. */
static void read_again(struct columns_state *s, struct ui *ui)
{
	struct import_watch watch = { ui, _("Reading the file") };
	enum status st = preview_read(s->preview, import_watch_step, &watch);

	if (st != ST_OK) {
		import_tell(ui, st);
		ui_back(ui);
		return;
	}
	ui_reload(ui);
	list_actions(s);
	go_on(s);
}

/* -- picking -- */

static void column_picked(void *state, struct ui *ui, size_t i)
{
	struct columns_state *s = state;

	preview_pick(s->preview, s->column, s->offered[i]);
	read_again(s, ui);
}

/* What is looked for first comes first. */
static void list_meanings(struct columns_state *s)
{
	static const enum column first[] = { COLUMN_AMOUNT, COLUMN_DATE, COLUMN_RECEIPT };

	s->offered_count = 0;
	s->offered[s->offered_count++] = COLUMNS;
	for (size_t i = 0; i < sizeof(first) / sizeof(*first); i++)
		if (column_is_of(first[i], s->preview->columns.kind))
			s->offered[s->offered_count++] = first[i];
	for (enum column c = COLUMN_REFUND; c < COLUMNS; c++)
		if (c != COLUMN_AMOUNT && column_is_of(c, s->preview->columns.kind))
			s->offered[s->offered_count++] = c;
}

static void pick_column(struct columns_state *s, struct ui *ui)
{
	const struct preview *p = s->preview;
	struct choice choices[COLUMNS + 1];
	char title[FORMAT_TEXT + 200];
	enum column likely = preview_likely(p, s->column);
	size_t chosen = 0;

	list_meanings(s);
	for (size_t i = 0; i < s->offered_count; i++) {
		choices[i] = (struct choice){ import_column_word(s->offered[i]),
					      import_column_detail(s->offered[i]) };
		if (s->offered[i] == likely)
			chosen = i;
	}
	snprintf(title, sizeof(title), _("What is in the column \"%s\"?"),
		 preview_cell(p, &p->heading, s->column));
	ui_pick(ui, &(struct picker){ title, choices, s->offered_count, chosen, column_picked,
				      NULL });
}

/* The last one: columns by hand. */
static void till_picked(void *state, struct ui *ui, size_t i)
{
	struct columns_state *s = state;
	const struct formats *all = &s->preview->formats;

	preview_pick_till(s->preview, i < all->n ? all->row[i] : NULL);
	read_again(s, ui);
}

static void pick_till(struct columns_state *s, struct ui *ui)
{
	const struct formats *all = &s->preview->formats;
	struct choice *choices = mem_alloc((all->n + 1) * sizeof(*choices));
	size_t chosen = all->n;

	for (size_t i = 0; i < all->n; i++) {
		choices[i] = (struct choice){ all->row[i]->title, "" };
		if (all->row[i] == s->preview->till)
			chosen = i;
	}
	choices[all->n] = (struct choice){ _("columns by hand"), "" };
	ui_pick(ui, &(struct picker){ _("Which till wrote this file?"), choices, all->n + 1,
				      chosen, till_picked,
				      NULL });
	free(choices);
}

static void order_picked(void *state, struct ui *ui, size_t i)
{
	struct columns_state *s = state;

	s->preview->dates = s->orders[i];
	read_again(s, ui);
}

static const char *order_word(enum date_order order)
{
	static const char *const words[DATES_ORDERS] = {
		[DATES_AUTO] = N_("not settled"),
		[DATES_DMY] = N_("the day stands first"),
		[DATES_MDY] = N_("the month stands first"),
		[DATES_YMD] = N_("the year stands first"),
	};

	return _(words[order]);
}

/* "02/03/2026 is 2 Mar 2026"; false: it is no date in that order. */
static bool order_detail(const struct columns_state *s, const struct ui *ui,
			 enum date_order order, char out[2 * FORMAT_TEXT])
{
	const char *text = s->preview->sample.text;
	char day[FORMAT_TEXT];
	int64_t instant;

	if (order == DATES_AUTO || date_read(text, order, &instant) != ST_OK) {
		snprintf(out, 2 * FORMAT_TEXT, _("%s: line %ld"), text, s->preview->sample.line);
		return false;
	}
	snprintf(out, 2 * FORMAT_TEXT, _("%s is %s"), text,
		 format_day(&ui->format, clock_day(instant), day));
	return true;
}

static void pick_order(struct columns_state *s, struct ui *ui)
{
	struct choice choices[DATES_ORDERS];
	char details[DATES_ORDERS][2 * FORMAT_TEXT];
	size_t n = 0, chosen = 0;

	for (enum date_order o = DATES_DMY; o < DATES_ORDERS; o++) {
		bool reads = order_detail(s, ui, o, details[n]);

		if (!reads && o == DATES_YMD)
			continue;
		choices[n] = (struct choice){ order_word(o), reads ? details[n] : "" };
		if (o == s->preview->settled)
			chosen = n;
		s->orders[n++] = o;
	}
	ui_pick(ui, &(struct picker){ _("How are the dates of this file written?"), choices, n,
				      chosen, order_picked,
				      NULL });
}

/* -- trying -- */

static void say_what_is_wanted(struct columns_state *s, struct ui *ui)
{
	go_on(s);
	ui_say(ui, TONE_WARN, "%s", _("One thing has to be settled first."));
}

static void try_file(struct columns_state *s, struct ui *ui)
{
	struct import_watch watch = { ui, _("Trying the file") };
	struct import_options how = preview_options(s->preview);
	struct actor by = ui_actor(ui);
	enum status st;

	if (!s->preview->ready) {
		say_what_is_wanted(s, ui);
		return;
	}
	s->trial.preview = s->preview;
	s->trial.award_past = how.award_past = s->award_past && s->programs_later;
	how.dry_run = true;
	how.step = import_watch_step;
	how.arg = &watch;
	st = import_file(ui->shop, &by, s->preview->path, &how, &s->trial.result);
	if (st == ST_OK)
		ui_open(ui, &import_result_screen, &s->trial);
	else
		import_tell(ui, st);
}

/* -- keys -- */

static void do_row(struct columns_state *s, struct ui *ui, size_t row)
{
	s->at = row;
	s->on_table = false;
	switch (s->rows[row]) {
	case ROW_TRY:
		try_file(s, ui);
		return;
	case ROW_COLUMNS:
		s->on_table = true;
		return;
	case ROW_TILL:
		pick_till(s, ui);
		return;
	case ROW_DATES:
		pick_order(s, ui);
		return;
	case ROW_PAST:
		s->award_past = !s->award_past;
		return;
	case ROWS:
		return;
	}
}

static bool act_table(struct columns_state *s, struct ui *ui, int action)
{
	size_t last = s->preview->columns.n - 1;

	if (action == ACT_LEFT)
		s->column -= s->column > 0;
	else if (action == ACT_RIGHT)
		s->column += s->column < last;
	else if (action == ACT_HOME)
		s->column = 0;
	else if (action == ACT_END)
		s->column = last;
	else if (action == ACT_ENTER)
		pick_column(s, ui);
	else if (action == ACT_DOWN || action == ACT_TAB || action == ACT_TAB_BACK ||
		 action == ACT_BACK)
		s->on_table = false;
	else
		return action == ACT_UP;
	return true;
}

static bool act_rows(struct columns_state *s, struct ui *ui, int action)
{
	if (action == ACT_DOWN && s->at + 1 < s->row_count)
		s->at++;
	else if (action == ACT_UP && s->at)
		s->at--;
	else if (action == ACT_UP || action == ACT_LEFT || action == ACT_RIGHT ||
		 action == ACT_TAB || action == ACT_TAB_BACK)
		s->on_table = true;
	else if (action == ACT_ENTER)
		do_row(s, ui, s->at);
	else
		return action == ACT_DOWN;
	return true;
}

static bool act(void *state, struct ui *ui, const struct event *e)
{
	struct columns_state *s = state;
	size_t row = import_digit(e, s->row_count);

	if (e->action == ACT_SAVE)
		try_file(s, ui);
	else if (row < s->row_count)
		do_row(s, ui, row);
	else if (s->on_table)
		return act_table(s, ui, e->action);
	else
		return act_rows(s, ui, e->action);
	return true;
}

/* -- drawing -- */

enum { ROOMY = 16 };

static struct import_action action_of(const struct columns_state *s, const struct ui *ui,
				      enum action_row row, char room[2 * FORMAT_TEXT])
{
	switch (row) {
	case ROW_TRY:
		return (struct import_action){ _("Try it"),
					       _("reads it all, keeps nothing") };
	case ROW_COLUMNS:
		return (struct import_action){ _("Say what a column is"),
					       _("Left, Right and Enter") };
	case ROW_TILL:
		return (struct import_action){ _("Which till wrote it"), s->preview->till ?
					       s->preview->till->title : _("columns by hand") };
	case ROW_DATES:
		order_detail(s, ui, s->preview->settled, room);
		return (struct import_action){ _("Order of dates"), room };
	case ROW_PAST:
		return (struct import_action){ _("Sales before a program"), s->award_past ?
					       _("earn in it too") : _("earn nothing") };
	case ROWS:
		break;
	}
	return (struct import_action){ "", "" };
}

static void draw_actions(const struct columns_state *s, const struct ui *ui,
			 const struct canvas *c)
{
	struct import_action rows[ROWS];
	struct import_actions all = { rows, s->row_count, s->at, !s->on_table };
	char room[2 * FORMAT_TEXT];

	for (size_t i = 0; i < s->row_count; i++)
		rows[i] = action_of(s, ui, s->rows[i], room);
	import_actions_draw(c, 0, &all);
}

/* From the top: what it is, the table as high as there is room, what has to be
 * settled, what there is to do. */
static void draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct columns_state *s = state;
	const struct preview *p = s->preview;
	int actions = c->at.h - (int)s->row_count, w = c->at.w;
	int top = c->at.h < ROOMY ? 2 : 4;
	struct canvas part = canvas_part(c, (struct rect){ 0, 0, 0, w });
	int advice = actions - import_advice_draw(&part, p);
	struct import_table table = { p, s->column, s->on_table };

	part = canvas_part(c, (struct rect){ 0, 0, top > 2 ? 3 : 2, w });
	import_about_draw(&part, ui, p);
	part = canvas_part(c, (struct rect){ top, 0, advice - top - 1, w });
	import_table_draw(&part, &table);
	put_rule(c, advice - 1);
	part = canvas_part(c, (struct rect){ advice, 0, actions - advice, w });
	import_advice_draw(&part, p);
	part = canvas_part(c, (struct rect){ actions, 0, (int)s->row_count, w });
	draw_actions(s, ui, &part);
}

static void release(void *state)
{
	struct columns_state *s = state;

	preview_free(s->preview);
}

static const struct binding keys[] = {
	{ ACT_ENTER, '\r', 0, N_("Choose"), N_("Does what is chosen, or says what a column is") },
	{ ACT_SAVE, KEY_F(10), CTRL_KEY('S'), N_("Try it"),
	  N_("Reads the whole file as it would be imported, and keeps nothing") },
	{ 0 }
};

const struct screen import_columns_screen = {
	.name = N_("Import: columns"),
	.help = N_("Above each column stands what it is taken for; \"-\" is not read. Left and "
		   "Right go from column to column, Enter says what the column is instead."),
	.state_size = sizeof(struct columns_state),
	.keys = keys,
	.open = start,
	.load = load,
	.draw = draw,
	.act = act,
	.release = release,
};

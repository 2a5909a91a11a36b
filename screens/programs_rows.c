/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/programs_rows.h"

#include "base/buf.h"
#include "screens/columns.h"
#include "shop/tell_rules.h"

/* -- what is chosen -- */

const struct programs_row *programs_chosen(const struct programs_state *s)
{
	return s->list.n ? &s->rows[s->list.at] : NULL;
}

const struct program *programs_chosen_program(const struct programs_state *s)
{
	const struct programs_row *row = programs_chosen(s);

	if (!row || row->kind == ROW_NEW)
		return NULL;
	if (row->kind == ROW_PROGRAM)
		return &s->read.programs.row[row->place];
	return program_by_id(&s->read.programs, s->read.rewards.row[row->place].program);
}

const struct reward *programs_main_reward(const struct programs_state *s, const struct program *p)
{
	for (size_t i = 0; i < s->read.rewards.n && p->kind == PROGRAM_POINTS; i++)
		if (s->read.rewards.row[i].program == p->id)
			return &s->read.rewards.row[i];
	return reward_by_id(&s->read.rewards, p->reward);
}

/* -- rows -- */

enum { COL_NAME, COL_WORDS, COL_HELD };

struct drawing {
	const struct programs_state *state;
	const struct ui *ui;
	struct buf text;		/* of the cell that is being drawn */
};

static void say_name(struct drawing *d, const struct programs_row *row)
{
	if (row->kind == ROW_PROGRAM)
		buf_text(&d->text, d->state->read.programs.row[row->place].name);
	else if (row->kind == ROW_REWARD)
		buf_printf(&d->text, "  %s", d->state->read.rewards.row[row->place].name);
	else
		buf_text(&d->text, _("+ New program"));
}

static void say_words(struct drawing *d, const struct programs_row *row)
{
	const struct programs_read *read = &d->state->read;
	const struct format *f = &d->ui->format;

	if (row->kind == ROW_REWARD)
		reward_say_short(&read->rewards.row[row->place], f, &d->text);
	else if (row->kind == ROW_PROGRAM && read->programs.row[row->place].stopped)
		buf_text(&d->text, _("Stopped."));
	else if (row->kind == ROW_PROGRAM)
		program_say(&read->programs.row[row->place], &read->rewards, f, &d->text);
}

static void say_held_short(struct drawing *d, const struct programs_row *row)
{
	const struct programs_read *read = &d->state->read;
	char n[FORMAT_TEXT];
	int64_t count;

	if (!read->counted)
		return;
	if (row->kind == ROW_PROGRAM) {
		count = read->holders[row->place];
		format_number(&d->ui->format, count, n);
		buf_printf(&d->text, ngettext("%s customer", "%s customers",
					      (unsigned long)count), n);
	} else if (row->kind == ROW_REWARD && read->held.rewards[row->place].ready > 0) {
		count = read->held.rewards[row->place].ready;
		format_number(&d->ui->format, count, n);
		buf_printf(&d->text, ngettext("%s ready", "%s ready", (unsigned long)count), n);
	}
}

static void draw_cell(const void *arg, size_t i, size_t column, struct cell *out)
{
	struct drawing *d = *(struct drawing *const *)arg;
	const struct programs_row *row = &d->state->rows[i];

	buf_clear(&d->text);
	buf_text(&d->text, "");
	if (column == COL_NAME)
		say_name(d, row);
	else if (column == COL_WORDS)
		say_words(d, row);
	else
		say_held_short(d, row);
	out->text = d->text.at;
	if (row->kind == ROW_PROGRAM && column == COL_NAME)
		out->tone = TONE_STRONG;
}

static int widest(struct drawing *d, size_t column)
{
	int most = 0;

	for (size_t i = 0; i < d->state->list.n; i++) {
		struct drawing *const arg = d;
		struct cell cell = { .text = "" };
		int w;

		draw_cell(&arg, i, column, &cell);
		w = shown_columns(cell.text);
		most = w > most ? w : most;
	}
	return most;
}

static void draw_rows(const struct programs_state *s, const struct ui *ui, const struct canvas *c)
{
	struct drawing d = { .state = s, .ui = ui }, *const arg = &d;
	int name = widest(&d, COL_NAME), held = widest(&d, COL_HELD), third = c->at.w / 3;
	const struct heading headings[] = {
		{ N_("Program"), name < third ? name : third, name, 3, ALIGN_LEFT },
		{ N_("Rules"), 16, c->at.w, 1, ALIGN_LEFT },
		{ "", held, held, 2, ALIGN_RIGHT },
		{ 0 }
	};

	columns_draw(c, &(struct listing){ .headings = headings, .list = &s->list,
					   .cell = draw_cell, .arg = &arg, .focused = true });
	buf_release(&d.text);
}

/* -- the chosen one in full -- */

static void say_held(const struct programs_state *s, const struct ui *ui, size_t i,
		     struct buf *out)
{
	const struct liability_program *held = &s->read.held.programs[i];
	int64_t total = held->held.usable + held->held.pending;
	char people[FORMAT_TEXT], n[FORMAT_TEXT], worth[FORMAT_TEXT];

	buf_text(out, " ");
	if (!s->read.holders[i]) {
		buf_text(out, _("Nobody holds any yet."));
		return;
	}
	format_number(&ui->format, s->read.holders[i], people);
	format_number(&ui->format, total, n);
	format_money_short(&ui->format, held->value, worth);
	if (held->kind == PROGRAM_STAMPS)
		buf_printf(out, ngettext("%1$s customer holds %2$s stamps.",
					 "%1$s customers hold %2$s stamps.",
					 (unsigned long)s->read.holders[i]), people, n);
	else
		buf_printf(out, ngettext("%1$s customer holds %2$s points.",
					 "%1$s customers hold %2$s points.",
					 (unsigned long)s->read.holders[i]), people, n);
	if (held->value) {
		buf_text(out, " ");
		buf_printf(out, _("As payment these are worth %s."), worth);
	}
}

static void say_ready(const struct programs_state *s, const struct ui *ui, size_t i,
		      struct buf *out)
{
	const struct liability_reward *held = &s->read.held.rewards[i];
	char n[FORMAT_TEXT];

	buf_text(out, "\n");
	format_number(&ui->format, held->held.redeemed, n);
	buf_printf(out, ngettext("Given so far: %s.", "Given so far: %s.",
				 (unsigned long)held->held.redeemed), n);
	if (held->ready > 0) {
		buf_text(out, " ");
		format_number(&ui->format, held->ready, n);
		buf_printf(out, ngettext("%s is ready and not fetched yet.",
					 "%s are ready and not fetched yet.",
					 (unsigned long)held->ready), n);
	}
}

static void say_program(const struct programs_state *s, const struct ui *ui, size_t i,
			struct buf *out)
{
	const struct program *p = &s->read.programs.row[i];
	char day[FORMAT_TEXT];

	program_say(p, &s->read.rewards, &ui->format, out);
	program_say_more(p, &s->read.rewards, &ui->format, out);
	format_day(&ui->format, (int32_t)p->from, day);
	buf_text(out, "\n");
	if (p->from > ui_today(ui))
		buf_printf(out, _("It begins on %s."), day);
	else
		buf_printf(out, _("It has run since %s."), day);
	if (s->read.counted)
		say_held(s, ui, i, out);
}

static void draw_chosen(const struct programs_state *s, const struct ui *ui,
			const struct canvas *c)
{
	const struct programs_row *row = programs_chosen(s);
	const struct program *p = programs_chosen_program(s);
	struct buf words = { 0 };

	if (!row)
		return;
	if (row->kind == ROW_PROGRAM) {
		say_program(s, ui, row->place, &words);
	} else if (row->kind == ROW_REWARD && p) {
		reward_say(&s->read.rewards.row[row->place], p, &ui->format, &words);
		if (s->read.counted)
			say_ready(s, ui, row->place, &words);
	} else if (!s->read.programs.n) {
		buf_text(&words, _("There is no program yet. A stamp card is the simplest: ten "
				   "visits, one free. Press Enter to begin one."));
	} else {
		buf_text(&words, _("Another stamp card or points program. Several run side by "
				   "side: a sale earns in each."));
	}
	put_wrapped(c, (struct spot){ .y = 0, .x = 1, .cols = c->at.w - 2 }, c->at.h,
		    words.at ? words.at : "");
	buf_release(&words);
}

/* The words of the chosen one stand right below the rows. */
void programs_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct programs_state *s = state;
	int least = c->at.h >= 16 ? 6 : 4, rows = c->at.h - least - 1, needed = (int)s->list.n + 1;
	struct canvas top, bottom;

	if (rows > needed)
		rows = needed;
	top = canvas_part(c, (struct rect){ 0, 0, rows, c->at.w });
	bottom = canvas_part(c, (struct rect){ rows + 1, 0, c->at.h - rows - 1, c->at.w });
	put_rule(c, rows);
	draw_chosen(s, ui, &bottom);
	draw_rows(s, ui, &top);
}

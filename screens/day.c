/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "screens/columns.h"
#include "screens/day_facts.h"
#include "screens/screens.h"
#include "shop/verbs.h"

/* A program or reward that moved on the day. */
struct moved {
	const char *name;
	const struct day_movement *m;
};

struct day_state {
	int32_t day;
	bool left_open;			/* yesterday had sales and is not closed */
	struct day_report report;
	size_t moved, top;		/* programs and rewards that moved; the first in view */
	int64_t takings;		/* counted, while a person is asked; -1 not counted */
};

/* -- reading -- */

static void day_open(void *state, struct ui *ui, const void *arg)
{
	struct day_state *s = state;

	(void)arg;
	s->day = ui_today(ui);
	if (day_is_left_open(ui->shop->store, s->day - 1, &s->left_open) != ST_OK)
		ui_fail(ui);
}

static bool has_moved(const struct day_movement *m)
{
	return m->given || m->taken_back || m->used || m->returned || m->expired || m->adjusted ||
	       m->opened;
}

/* The i-th that moved; false after the last. */
static bool moved_at(const struct day_report *r, size_t i, struct moved *out)
{
	for (size_t k = 0; k < r->program_count; k++)
		if (has_moved(&r->programs[k].moved) && !i--) {
			*out = (struct moved){ r->programs[k].name, &r->programs[k].moved };
			return true;
		}
	for (size_t k = 0; k < r->reward_count; k++)
		if (has_moved(&r->rewards[k].moved) && !i--) {
			*out = (struct moved){ r->rewards[k].name, &r->rewards[k].moved };
			return true;
		}
	return false;
}

static enum status day_load(void *state, struct ui *ui)
{
	struct day_state *s = state;
	struct moved moved;
	enum status st;

	day_release(&s->report);
	st = day_read(ui->shop->store, s->day, ui_today(ui), &s->report);
	if (st != ST_OK) {
		day_release(&s->report);
		s->report = (struct day_report){ .day = s->day };
	}
	for (s->moved = 0; moved_at(&s->report, s->moved, &moved);)
		s->moved++;
	if (s->top >= s->moved)
		s->top = 0;
	return st;
}

static void day_release_state(void *state)
{
	struct day_state *s = state;

	day_release(&s->report);
}

/* -- drawing -- */

/* With its weekday where the year is clear. */
static const char *say_day(const struct ui *ui, int32_t day, char out[FORMAT_TEXT])
{
	if (ui_today(ui) - day < 300)
		return format_weekday(&ui->format, day, out);
	return format_day(&ui->format, day, out);
}

enum { MARGIN = 1, ROOMY = 16 };

enum { COL_NAME, COL_GIVEN, COL_USED, COL_EXPIRED, COL_BY_HAND };

static const struct heading headings[] = {
	{ N_("Program or reward"), 12, 40, 9, ALIGN_LEFT },
	{ N_("Given"), 6, 8, 8, ALIGN_RIGHT },
	{ N_("Used"), 6, 8, 7, ALIGN_RIGHT },
	{ N_("Expired"), 6, 8, 3, ALIGN_RIGHT },
	{ N_("By hand"), 6, 8, 2, ALIGN_RIGHT },
	{ 0 }
};

static int64_t moved_number(const struct day_movement *m, size_t column)
{
	switch (column) {
	case COL_GIVEN: return m->given - m->taken_back + m->opened;
	case COL_USED: return m->used - m->returned;
	case COL_EXPIRED: return m->expired;
	case COL_BY_HAND: return m->adjusted;
	default: return 0;
	}
}

/* One line of the table: its headings, or a program or reward. */
static void draw_line(const struct canvas *c, const struct format *f, int y,
		      const struct moved *moved)
{
	int widths[COLUMNS_MOST] = { 0 };
	struct spot s = { .y = y, .x = MARGIN, .tone = moved ? TONE_NORMAL : TONE_DIM };
	char room[FORMAT_TEXT];

	columns_fit(headings, c->at.w - MARGIN - 1, widths);
	for (size_t i = 0; headings[i].title; i++) {
		int64_t n = moved ? moved_number(moved->m, i) : 0;

		if (!widths[i])
			continue;
		s.cols = widths[i];
		s.align = headings[i].align;
		put_text(c, s, !moved ? _(headings[i].title) : i == COL_NAME ? moved->name :
			       n ? format_number(f, n, room) : "");
		s.x += s.cols + COLUMNS_GAP;
	}
}

static void draw_moved(const struct day_state *s, const struct ui *ui, const struct canvas *c)
{
	size_t room = c->at.h > 2 ? (size_t)c->at.h - 1 : 1, i = s->top, below;
	struct moved moved;
	int y = 1;

	if (!s->moved)
		return;
	room -= s->moved - s->top > room && room > 1;
	draw_line(c, &ui->format, 0, NULL);
	for (; i < s->top + room && moved_at(&s->report, i, &moved); i++)
		draw_line(c, &ui->format, y++, &moved);
	below = s->moved - i;
	if (below)
		put_format(c, (struct spot){ .y = y, .x = MARGIN, .tone = TONE_DIM },
			   ngettext("%zu more below", "%zu more below", below), below);
}

static int draw_head(const struct day_state *s, const struct ui *ui, const struct canvas *c)
{
	char day[FORMAT_TEXT], text[2 * FORMAT_TEXT + 100];
	bool today = s->day == ui_today(ui);
	int lines = 1;

	say_day(ui, s->day, day);
	if (s->report.closed)
		snprintf(text, sizeof(text), _("%s: closed"), day);
	else if (today)
		snprintf(text, sizeof(text), _("%s: today, not closed yet"), day);
	else
		snprintf(text, sizeof(text), _("%s: not closed"), day);
	put_text(c, (struct spot){ .x = 1, .tone = TONE_TITLE }, text);
	if (today && s->left_open)
		lines += put_wrapped(c, (struct spot){ .y = 1, .x = 1, .cols = c->at.w - 2,
						       .tone = TONE_WARN }, 2,
				     _("Yesterday is not closed yet: the left arrow goes there."));
	return lines + (c->at.h >= ROOMY);
}

static void draw_fingerprint(const struct day_state *s, const struct canvas *c)
{
	const char *label = s->report.closed ? _("Write this on paper:") : _("Fingerprint so far:");
	int x = 1 + shown_columns(label) + 1;

	put_text(c, (struct spot){ .x = 1, .cols = x - 1 }, label);
	put_text(c, (struct spot){ .x = x, .tone = s->report.closed ? TONE_STRONG : TONE_DIM },
		 s->report.fingerprint);
}

static void day_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct day_state *s = state;
	struct day_facts facts;
	int y = draw_head(s, ui, c), last = c->at.h - 1;
	struct canvas part = canvas_part(c, (struct rect){ y, 0, last - y, c->at.w });

	day_facts_make(&facts, &s->report, ui, ui_today(ui));
	y += day_facts_draw(&part, &facts) + (c->at.h >= ROOMY);
	part = canvas_part(c, (struct rect){ y, 0, last - y, c->at.w });
	draw_moved(s, ui, &part);
	part = canvas_part(c, (struct rect){ last, 0, 1, c->at.w });
	draw_fingerprint(s, &part);
	put_cursor(c, 0, 1);
}

/* -- closing -- */

static void close_day(struct day_state *s, struct ui *ui, bool short_too)
{
	struct day_close c = { .day = s->day, .takings = s->takings, .short_too = short_too };
	struct actor by = ui_actor(ui);
	struct trade_run done;
	char day[FORMAT_TEXT];

	if (day_close(ui->shop, &by, &c, &done) != ST_OK)
		ui_fail(ui);
	else
		ui_say(ui, TONE_GOOD, _("%s is closed. Write the fingerprint on paper."),
		       say_day(ui, s->day, day));
	if (s->day == ui_today(ui) - 1)
		s->left_open = false;
	ui_reload(ui);
}

static void close_it(void *state, struct ui *ui)
{
	close_day(state, ui, false);
}

static void close_short(void *state, struct ui *ui)
{
	close_day(state, ui, true);
}

/* Says what closing will book, before it does. */
static void preview(struct day_state *s, struct ui *ui)
{
	char takings[FORMAT_TEXT], rung[FORMAT_TEXT], rest[FORMAT_TEXT], detail[600];
	int64_t rung_up = s->report.takings.revenue;

	format_money(&ui->format, s->takings, takings);
	format_money(&ui->format, rung_up, rung);
	format_money(&ui->format, s->takings - rung_up, rest);
	if (s->takings < 0)
		snprintf(detail, sizeof(detail), _("The money was not counted: the day closes with "
						   "the %s that were rung up."), rung);
	else if (s->takings == rung_up)
		snprintf(detail, sizeof(detail), _("%s is exactly what was rung up."), takings);
	else
		snprintf(detail, sizeof(detail), _("%1$s was not rung up: it will be booked as "
						   "walk-in. Counted: %2$s, rung up: %3$s."),
			 rest, takings, rung);
	ui_confirm(ui, &(struct confirmation){ .title = _("Close the day?"), .detail = detail,
					       .yes = _("Close it"), .agreed = close_it });
}

/* A drawer can be short; that is asked for by itself. */
static void ask_short(struct day_state *s, struct ui *ui)
{
	char takings[FORMAT_TEXT], rung[FORMAT_TEXT], missing[FORMAT_TEXT], detail[600];
	int64_t rung_up = s->report.takings.revenue;

	format_money(&ui->format, s->takings, takings);
	format_money(&ui->format, rung_up, rung);
	format_money(&ui->format, rung_up - s->takings, missing);
	snprintf(detail, sizeof(detail), _("%1$s is less than the %2$s that were rung up. Count "
					   "again, or refund what was rung up by mistake. When the "
					   "money is really not there, the day can be closed short "
					   "by %3$s."), takings, rung, missing);
	ui_confirm(ui, &(struct confirmation){ .title = _("Close the day short?"),
					       .detail = detail, .yes = _("Close it short"),
					       .agreed = close_short });
}

static void ask_again(struct ui *ui)
{
	fail(ST_INVALID, "the money of a day is nothing or more; leave it empty when you did not "
	     "count");
	ui_fail(ui);
}

static void counted(void *state, struct ui *ui, const char *text)
{
	struct day_state *s = state;

	s->takings = -1;
	if (*text && format_read_money(&ui->format, text, &s->takings) != ST_OK)
		ui_fail(ui);
	else if (*text && s->takings < 0)
		ask_again(ui);
	else if (*text && s->takings < s->report.takings.revenue)
		ask_short(s, ui);
	else
		preview(s, ui);
}

/* -- opening again what was closed by mistake -- */

static bool can_reopen(const struct day_state *s, const struct ui *ui)
{
	return s->report.closed && s->report.closed_on == ui_today(ui) &&
	       strcmp(s->report.closed_by, ui->who) == 0;
}

static void reopen(void *state, struct ui *ui)
{
	struct day_state *s = state;
	struct actor by = ui_actor(ui);
	struct trade_run done;
	char day[FORMAT_TEXT];

	if (undo_last(ui->shop, &by, s->report.closed, &done) != ST_OK)
		ui_fail(ui);
	else
		ui_say(ui, TONE_GOOD, _("%s is open again."), say_day(ui, s->day, day));
	ui_reload(ui);
}

static void ask_reopen(struct day_state *s, struct ui *ui)
{
	char day[FORMAT_TEXT], title[FORMAT_TEXT + 100];

	if (!can_reopen(s, ui)) {
		ui_say(ui, TONE_WARN, "%s", s->report.closed ?
		       _("A day is opened again by who closed it, and on the day they did.") :
		       _("This day is not closed."));
		return;
	}
	snprintf(title, sizeof(title), _("Open %s again?"), say_day(ui, s->day, day));
	ui_confirm(ui, &(struct confirmation){
		.title = title, .yes = _("Open it again"), .agreed = reopen,
		.detail = _("The close is undone, and what it booked as not rung up goes with it. "
			    "The fingerprint on paper stays good for what was before.") });
}

/* -- asking what was counted -- */

static void ask_takings(struct day_state *s, struct ui *ui)
{
	char day[FORMAT_TEXT], rung[FORMAT_TEXT], title[2 * FORMAT_TEXT], hint[400];

	if (s->report.closed) {
		ui_say(ui, TONE_NORMAL,
		       can_reopen(s, ui) ? _("%s is closed already. Ctrl-Z opens it again.") :
					   _("%s is closed already."), say_day(ui, s->day, day));
		return;
	}
	say_day(ui, s->day, day);
	format_money(&ui->format, s->report.takings.revenue, rung);
	snprintf(title, sizeof(title), _("How much money came in on %s?"), day);
	snprintf(hint, sizeof(hint), _("Count all of it: the drawer without its float, cards, and "
				       "what was not rung up. %s were rung up. Leave it empty when "
				       "you did not count."), rung);
	ui_ask(ui, &(struct question){ .title = title, .hint = hint, .text = "",
				       .answer = counted });
}

/* -- acting -- */

static bool go(struct day_state *s, struct ui *ui, int32_t day)
{
	if (day > ui_today(ui) || day < CLOCK_FIRST_DAY)
		return true;
	s->day = day;
	s->top = 0;
	ui_reload(ui);
	return true;
}

static bool day_act(void *state, struct ui *ui, const struct event *e)
{
	struct day_state *s = state;

	switch (e->action) {
	case ACT_LEFT:
		return go(s, ui, s->day - 1);
	case ACT_RIGHT:
		return go(s, ui, s->day + 1);
	case ACT_HOME:
		return go(s, ui, ui_today(ui));
	case ACT_ENTER:
	case ACT_SAVE:
		ask_takings(s, ui);
		return true;
	case ACT_UNDO:
		ask_reopen(s, ui);
		return true;
	case ACT_UP:
		s->top -= s->top > 0;
		return true;
	case ACT_DOWN:
		s->top += s->top + 1 < s->moved;
		return true;
	default:
		return false;
	}
}

static bool day_offers(const void *state, int action)
{
	const struct day_state *s = state;

	return action != (s->report.closed ? ACT_SAVE : ACT_UNDO);
}

static const struct binding day_keys[] = {
	{ ACT_SAVE, KEY_F(10), CTRL_KEY('S'), N_("Close the day"),
	  N_("Asks what was counted, shows what will be booked, then closes the day") },
	{ ACT_UNDO, 0, CTRL_KEY('Z'), N_("Open again"),
	  N_("Undoes the close of a day that you closed by mistake today") },
	{ ACT_LEFT, KEY_LEFT, 0, N_("Day before"), N_("Shows the day before") },
	{ ACT_RIGHT, KEY_RIGHT, 0, N_("Day after"), N_("Shows the day after") },
	{ ACT_HOME, KEY_HOME, 0, NULL, N_("Goes back to today") },
	{ 0 }
};

const struct screen day_screen = {
	.name = N_("Day close"),
	.help = N_("The figures of a day. Closing it ends the shop's day: what was counted and not "
		   "rung up is booked as walk-in, in one sum. The fingerprint is of everything in "
		   "the book up to then. Written on paper, it proves later that nothing before it "
		   "was changed."),
	.state_size = sizeof(struct day_state),
	.keys = day_keys,
	.open = day_open,
	.load = day_load,
	.draw = day_draw,
	.act = day_act,
	.offers = day_offers,
	.release = day_release_state,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/clock.h"
#include "insight/today.h"
#include "screens/chart.h"
#include "screens/list.h"
#include "screens/screens.h"
#include "screens/ui.h"
#include "shop/backup.h"

/* What today is like, what is left to set up, and where one can go. */

enum {
	BAR_DAYS = 7, MENU_COLUMNS = 2, WORD_LINES = 2,
	FACTS = 4, FACT_COLS = TODAY_DAYS,
	ROOMY = 16			/* lines that leave some blank ones */
};

struct home {
	struct today today;		/* the menu is there before it is whole */
	struct backup_facts backups;
	struct list list;		/* over main_screens, without Home itself */
	bool moved;			/* somebody chose in it */
};

static size_t places(void)
{
	size_t n = 0;

	while (main_screens[n] && main_screens[n] != &home_screen)
		n++;
	return n;
}

static void home_open(void *state, struct ui *ui, const void *arg)
{
	struct home *h = state;

	(void)ui;
	(void)arg;
	list_count(&h->list, places());
}

static void home_release(void *state)
{
	struct home *h = state;

	today_release(&h->today);
}

/* -- drawing -- */

/* One figure after the other, whole or not at all. */
struct figures_line {
	const struct canvas *c;
	int y, x;
};

static void put_figure(struct figures_line *line, enum tone tone, const char *text)
{
	int cols = shown_columns(text);

	if (line->x + cols > line->c->at.w)
		return;
	put_text(line->c, (struct spot){ .y = line->y, .x = line->x, .cols = cols, .tone = tone },
		 text);
	line->x += cols + 3;
}

static void draw_today(const struct home *h, const struct ui *ui, const struct canvas *c)
{
	const struct today *t = &h->today;
	struct figures_line line = { c, 0, 1 };
	char text[3 * FORMAT_TEXT], number[FORMAT_TEXT];

	put_figure(&line, TONE_TITLE, _("Today"));
	snprintf(text, sizeof(text), ngettext("%s sale", "%s sales",
					      (unsigned long)t->takings.sales),
		 format_number(&ui->format, t->takings.sales, number));
	put_figure(&line, TONE_STRONG, text);
	put_figure(&line, TONE_STRONG,
		   format_money_short(&ui->format, t->takings.revenue, number));
	if (t->known.whole) {
		snprintf(text, sizeof(text), _("regulars %s"),
			 format_percent(&ui->format, t->known.part * 10000 / t->known.whole,
					number));
		put_figure(&line, TONE_NORMAL, text);
	}
	snprintf(text, sizeof(text), _("%s new"),
		 format_number(&ui->format, t->new_customers, number));
	put_figure(&line, TONE_NORMAL, text);
	if (t->best_hour >= 0) {
		snprintf(text, sizeof(text), _("best hour %s"),
			 format_time(&ui->format, t->best_hour * 60, number));
		put_figure(&line, TONE_NORMAL, text);
	}
}

/* -- the last two weeks -- */

static void draw_week(const struct home *h, const struct ui *ui, const struct canvas *c)
{
	char money[BAR_DAYS][FORMAT_TEXT];
	struct bar bars[BAR_DAYS];

	for (int i = 0; i < BAR_DAYS; i++) {
		const struct takings *t = &h->today.days[TODAY_DAYS - BAR_DAYS + i];
		int32_t day = h->today.day - BAR_DAYS + 1 + i;

		bars[i] = (struct bar){
			.label = i == BAR_DAYS - 1 ? _("Today") : weekday_name(day_of_week(day)),
			.printed = format_money_short(&ui->format, t->revenue, money[i]),
			.value = t->revenue,
		};
	}
	chart_bars(c, bars, BAR_DAYS);
}

static int64_t revenue_of(const struct home *h, int first)
{
	int64_t sum = 0;

	for (int i = first; i < first + BAR_DAYS; i++)
		sum += h->today.days[i].revenue;
	return sum;
}

/* A number with its name; the last row is drawn and has none. */
struct fact {
	const char *label;
	char value[FORMAT_TEXT];
};

static void put_fact(const struct canvas *c, int y, int label_cols, const struct fact *fact)
{
	put_text(c, (struct spot){ .y = y, .cols = label_cols, .tone = TONE_DIM }, fact->label);
	if (label_cols + 2 < c->at.w)
		put_text(c, (struct spot){ .y = y, .x = label_cols + 2, .cols = FACT_COLS,
					   .align = ALIGN_RIGHT }, fact->value);
}

static void draw_facts(const struct home *h, const struct ui *ui, const struct canvas *c)
{
	struct fact facts[FACTS] = {
		{ .label = _("Last 7 days") }, { .label = _("The 7 before") },
		{ .label = _("Customers") }, { .label = _("Sales, 14 days") },
	};
	int64_t sales[TODAY_DAYS];
	int cols = 0;

	format_money_short(&ui->format, revenue_of(h, TODAY_DAYS - BAR_DAYS), facts[0].value);
	format_money_short(&ui->format, revenue_of(h, TODAY_DAYS - 2 * BAR_DAYS), facts[1].value);
	format_number(&ui->format, h->today.customers, facts[2].value);
	for (int i = 0; i < FACTS; i++)
		if (shown_columns(facts[i].label) > cols)
			cols = shown_columns(facts[i].label);
	for (int i = 0; i < FACTS; i++)
		put_fact(c, i, cols, &facts[i]);
	for (int i = 0; i < TODAY_DAYS; i++)
		sales[i] = h->today.days[i].sales;
	if (cols + 2 < c->at.w)
		chart_line(c, (struct spot){ .y = FACTS - 1, .x = cols + 2, .cols = FACT_COLS },
			   sales, TODAY_DAYS);
}

/* The bars on the left half, so that their numbers stand near them. */
static void draw_weeks(const struct home *h, const struct ui *ui, const struct canvas *c)
{
	int half = c->at.w / 2;
	struct canvas left = canvas_part(c, (struct rect){ 0, 0, BAR_DAYS, half });
	struct canvas right = canvas_part(c, (struct rect){ 0, half + 4, FACTS,
							    c->at.w - half - 4 });

	if (c->at.h >= BAR_DAYS) {
		draw_week(h, ui, &left);
		draw_facts(h, ui, &right);
	} else if (c->at.h >= FACTS) {
		draw_facts(h, ui, c);
	}
}

/* -- what to do next -- */

/* The one thing to do next while the shop is young, and where. */
struct step {
	const char *words;
	const struct screen *where;
};

static struct step next_step(const struct home *h)
{
	if (!h->today.programs)
		return (struct step){ _("Next: give your regulars a reason to come back, "
					"under Programs."), &programs_screen };
	if (!h->today.customers)
		return (struct step){
			_("Next: add your first customer at the Counter, or bring in the ones "
			  "that you know with Import."), &counter_screen };
	if (!h->today.sales_ever)
		return (struct step){ _("Next: make the first sale at the Counter."),
				      &counter_screen };
	return (struct step){ "", &counter_screen };
}

static void choose_next(struct home *h)
{
	const struct screen *where = next_step(h).where;

	for (size_t i = 0; i < h->list.n; i++)
		if (main_screens[i] == where)
			list_choose(&h->list, i);
}

static enum status home_load(void *state, struct ui *ui)
{
	struct home *h = state;
	enum status st = today_update(ui->shop->store, ui_today(ui), &h->today);

	if (st == ST_OK && !h->today.whole)
		ui_read_on(ui);
	else if (!h->moved)
		choose_next(h);
	return st == ST_OK ? backup_facts(ui->shop, ui_now(ui), &h->backups) : st;
}

/* -- the menu -- */

static int menu_rows(const struct home *h)
{
	return (int)(h->list.n + MENU_COLUMNS - 1) / MENU_COLUMNS;
}

static void draw_menu(const struct home *h, const struct canvas *c)
{
	int rows = menu_rows(h), cols = c->at.w / MENU_COLUMNS - 1;

	for (size_t i = 0; i < h->list.n; i++) {
		bool here = i == h->list.at;
		struct spot mark = { .y = (int)i % rows, .x = (int)i / rows * (cols + 1),
				     .cols = 5, .tone = here ? TONE_SELECTED : TONE_NORMAL };
		struct spot name = mark;

		name.x += mark.cols;
		name.cols = cols - mark.cols;
		put_format(c, mark, "%s %zu", here ? ">" : " ", i + 1);
		put_text(c, name, _(main_screens[i]->name));
		if (here)
			put_cursor(c, mark.y, mark.x);
	}
}

static int put_words(const struct canvas *c, int y, enum tone tone, const char *words)
{
	if (!*words)
		return y;
	y += put_wrapped(c, (struct spot){ .y = y, .x = 1, .cols = c->at.w - 2, .tone = tone },
			 WORD_LINES, words);
	return y + (c->at.h >= ROOMY);
}

/* After two days without a backup; one who never chose a folder is shown where. */
static int put_backups(const struct home *h, const struct ui *ui, const struct canvas *c, int y)
{
	const struct backup_facts *b = &h->backups;
	char day[FORMAT_TEXT], words[3 * FORMAT_TEXT];

	if (!b->late)
		return y;
	if (!*b->folder)
		return put_words(c, y, TONE_NORMAL, _("All of this is on one disk only: choose a "
						      "folder for backups, under Backup (^P)."));
	if (!b->last_good)
		return put_words(c, y, TONE_WARN, _("There is no backup of this shop yet: look "
						    "under Backup (^P)."));
	snprintf(words, sizeof(words), _("The last good backup is of %s: look under Backup (^P)."),
		 format_day(&ui->format, clock_day(b->last_good), day));
	return put_words(c, y, TONE_WARN, words);
}

static void home_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct home *h = state;
	int rows = menu_rows(h), y = 0;
	struct canvas part;

	part = canvas_part(c, (struct rect){ c->at.h - rows, 1, rows, c->at.w - 2 });
	draw_menu(h, &part);
	if (ui->shop->settings.sample)
		y = put_words(c, y, TONE_NORMAL,
			      _("This is a sample shop: try anything. Esc leaves it."));
	if (!h->today.whole)
		return;
	y = put_words(c, y, TONE_STRONG, next_step(h).words);
	if (!h->today.sales_ever)
		return;
	y = put_backups(h, ui, c, y);
	part = canvas_part(c, (struct rect){ y, 0, 1, c->at.w });
	draw_today(h, ui, &part);
	y += c->at.h < ROOMY ? 1 : 2;
	part = canvas_part(c, (struct rect){ y, 1, c->at.h - y - rows - 1, c->at.w - 2 });
	draw_weeks(h, ui, &part);
}

/* -- acting -- */

static bool act_menu(struct home *h, const struct event *e)
{
	size_t rows = (size_t)menu_rows(h), i;

	if (e->action != ACT_LEFT && e->action != ACT_RIGHT)
		return list_act(&h->list, e->action);
	i = e->action == ACT_LEFT ? h->list.at - rows : h->list.at + rows;
	if (i < h->list.n)
		list_choose(&h->list, i);
	return true;
}

static bool home_act(void *state, struct ui *ui, const struct event *e)
{
	struct home *h = state;
	size_t digit = (size_t)ui_digit(e);

	if (e->action == ACT_ENTER)
		ui_open(ui, main_screens[h->list.at], NULL);
	else if (digit && digit <= h->list.n)
		ui_open(ui, main_screens[digit - 1], NULL);
	else if (act_menu(h, e))
		h->moved = true;
	else
		return false;
	return true;
}

static const struct binding home_keys[] = {
	{ ACT_ENTER, '\r', 0, N_("Open"), NULL },
	{ 0 }
};

const struct screen home_screen = {
	.name = N_("Home"),
	.help = N_("What today is like, and where one can go: by its number, or with the arrows "
		   "and Enter. A scanned card or ^F goes straight to the customer."),
	.state_size = sizeof(struct home),
	.keys = home_keys,
	.open = home_open,
	.load = home_load,
	.draw = home_draw,
	.act = home_act,
	.release = home_release,
};

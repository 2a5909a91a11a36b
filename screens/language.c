/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "screens/list.h"
#include "screens/sample.h"
#include "screens/screens.h"
#include "screens/terminal.h"
#include "screens/ui.h"

/* The first thing a new owner sees: which language, each in its own script;
 * then whether to start a shop or to look around in a sample one. */

enum { LANGUAGES_MOST = 9, CHOICES = 2, TOP = 4 };

struct first {
	bool chosen;			/* the language is */
	const struct language *language;
	struct list list;
};

static size_t languages(void)
{
	size_t n = 0;

	while (language_at(n) && n < LANGUAGES_MOST)
		n++;
	return n;
}

static void ask_language(struct first *f)
{
	f->chosen = false;
	list_count(&f->list, languages());
	for (size_t i = 0; i < f->list.n; i++)
		if (language_at(i) == f->language)
			list_choose(&f->list, i);
}

static void ask_what(struct first *f)
{
	f->chosen = true;
	f->list = (struct list){ .n = CHOICES };
}

static void first_open(void *state, struct ui *ui, const void *arg)
{
	const bool *chosen = arg;
	struct first *f = state;

	f->language = language_find(language_used());
	settings_format(&(struct settings){ .decimals = 2 }, language_used(),
			terminal.latin_only, &ui->format);
	if (chosen && *chosen)
		ask_what(f);
	else
		ask_language(f);
}

/* Rows with a blank one between them where there is room. */
static int row_of(const struct first *f, const struct canvas *c, size_t i)
{
	int step = TOP + 2 * (int)f->list.n <= c->at.h ? 2 : 1;

	return TOP + step * (int)i;
}

/* The text and a second one beside it, each in its own columns: letters that
 * run from right to left stay on their side. */
static void draw_row(const struct first *f, const struct canvas *c, size_t i,
		     const char *const text[2])
{
	struct spot s = { .y = row_of(f, c, i), .x = 4, .cols = 6 };
	int wide = shown_columns(text[0]) + 3;

	s.tone = i == f->list.at ? TONE_SELECTED : TONE_NORMAL;
	put_format(c, s, "%s %zu", i == f->list.at ? ">" : " ", i + 1);
	s.x += s.cols;
	s.cols = wide < 16 ? 16 : wide;
	put_text(c, s, text[0]);
	s.x += s.cols;
	s.cols = c->at.w - s.x - 4;
	put_text(c, s, text[1]);
}

/* A language whose letters the terminal cannot show is named in English. */
static void draw_languages(const struct first *f, const struct canvas *c)
{
	for (size_t i = 0; i < f->list.n; i++) {
		const struct language *l = language_at(i);
		const char *native = terminal.latin_only ? l->english : l->name;

		draw_row(f, c, i, (const char *[]){ native, i && !terminal.latin_only ?
						    l->english : "" });
	}
}

static void first_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct first *f = state;
	const char *choices[CHOICES] = { _("Start my shop"),
					 _("Look around in a sample shop first") };

	(void)ui;
	put_text(c, (struct spot){ .y = 1, .x = 4, .tone = TONE_TITLE }, "regulars");
	if (!f->chosen) {
		draw_languages(f, c);
	} else {
		put_text(c, (struct spot){ .y = 2, .x = 4 },
			 _("Know your customers, reward them, see them again."));
		for (size_t i = 0; i < CHOICES; i++)
			draw_row(f, c, i, (const char *[]){ choices[i], "" });
	}
	put_cursor(c, row_of(f, c, f->list.at), 4);
}

static void use_language(struct first *f, struct ui *ui, const struct language *l)
{
	f->language = l;
	ui_use_language(ui, l->code);
	if (strcmp(language_used(), l->code) != 0)
		ui_say(ui, TONE_WARN, _("%s cannot be shown here, so these words are in %s."),
		       l->english, language_find(language_used())->english);
	ask_what(f);
}

static void look_around(struct ui *ui)
{
	enum status st = sample_open(ui);

	if (st != ST_OK && st != ST_CANCELLED)
		ui_fail(ui);
}

static void choose(struct first *f, struct ui *ui, size_t i)
{
	if (!f->chosen)
		use_language(f, ui, language_at(i));
	else if (i == 0)
		ui_open(ui, &wizard_screen, f->language->code);
	else
		look_around(ui);
}

static bool first_act(void *state, struct ui *ui, const struct event *e)
{
	struct first *f = state;
	int digit = ui_digit(e);

	if (e->action == ACT_ENTER)
		choose(f, ui, f->list.at);
	else if (digit && (size_t)digit <= f->list.n)
		choose(f, ui, (size_t)digit - 1);
	else if (e->action == ACT_BACK && f->chosen)
		ask_language(f);
	else
		return list_act(&f->list, e->action);
	return true;
}

static const struct binding first_keys[] = {
	{ ACT_ENTER, '\r', 0, N_("Choose"), NULL },
	{ ACT_BACK, 0x1b, 0, N_("Back"), NULL },
	{ ACT_QUIT, 0, CTRL_KEY('Q'), N_("Leave"), NULL },
	{ 0 }
};

const struct screen language_screen = {
	.name = N_("Welcome"),
	.help = N_("Choose with the arrows and Enter, or by the number."),
	.state_size = sizeof(struct first),
	.keys = first_keys,
	.open = first_open,
	.draw = first_draw,
	.act = first_act,
};

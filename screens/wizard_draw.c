/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/wizard.h"

#include <stdio.h>

enum { LEFT = 3, QUESTION_LINES = 2, HINT_LINES = 2, KIND_LINES = 2 };

static const struct {
	const char *name, *detail;
} kinds[GIVEN] = {
	[GIVES_STAMPS] = { N_("A stamp card"),
			   N_("A stamp for every visit, a present when it is full.") },
	[GIVES_POINTS] = { N_("Points"), N_("For what is spent, to pay with later.") },
	[GIVES_NOTHING] = { N_("Nothing yet"), N_("I decide later.") },
};

/* -- what was answered so far -- */

static const char *answered(const struct wizard *w, enum wizard_at at)
{
	if (at == ASK_NAME)
		return w->settings.name;
	if (at == ASK_COUNTRY)
		return w->countries.n ? wizard_country(w, w->countries.at) : "";
	if (at == ASK_KIND)
		return _(kinds[w->gives].name);
	return w->edit[at].text;
}

static void draw_answers(const struct wizard *w, const struct canvas *c)
{
	int half = c->at.w / 2;

	for (enum wizard_at at = ASK_NAME; at < w->at; at++) {
		put_text(c, (struct spot){ .y = (int)at, .x = LEFT, .cols = half,
					   .tone = TONE_DIM }, wizard_question(w, at));
		put_text(c, (struct spot){ .y = (int)at, .x = LEFT + half + 1 }, answered(w, at));
	}
}

/* -- what can be chosen -- */

static void draw_countries(const struct wizard *w, const struct canvas *c)
{
	struct list_view view = list_view(&w->countries, (size_t)c->at.h);

	for (size_t i = view.first; i < view.last; i++) {
		bool here = i == w->countries.at;
		struct spot s = { .y = (int)(i - view.first), .x = LEFT,
				  .tone = here ? TONE_SELECTED : TONE_NORMAL };

		s.cols = c->at.w - 2 * LEFT;
		put_text(c, s, here ? ">" : "");
		s.x += 2;
		s.cols -= 2;
		put_text(c, s, wizard_country(w, i));
	}
	if (!w->countries.n)
		put_text(c, (struct spot){ .x = LEFT }, _("No country fits what was typed."));
}

static void draw_kinds(const struct wizard *w, const struct canvas *c)
{
	int step = c->at.h >= GIVEN * (KIND_LINES + 1) ? KIND_LINES + 1 : KIND_LINES;

	for (int i = 0; i < GIVEN; i++) {
		bool here = (size_t)i == w->kinds.at;
		struct spot mark = { .y = i * step, .x = LEFT, .cols = 4,
				     .tone = here ? TONE_SELECTED : TONE_NORMAL };
		struct spot name = { .y = i * step, .x = LEFT + 4, .tone = mark.tone };

		name.cols = shown_columns(_(kinds[i].name)) + 1;
		put_format(c, mark, "%s %d", here ? ">" : " ", i + 1);
		put_text(c, name, _(kinds[i].name));
		put_text(c, (struct spot){ .y = i * step + 1, .x = LEFT + 4, .tone = TONE_DIM },
			 _(kinds[i].detail));
		if (here)
			put_cursor(c, mark.y, mark.x);
	}
}

/* -- what is typed -- */

/* How much of what is spent comes back to a customer. */
static void returned(const struct wizard *w, const struct ui *ui, char *out, size_t size)
{
	char percent[FORMAT_TEXT];
	int64_t worth;

	*out = '\0';
	if (format_read_money(&ui->format, w->edit[ASK_REWARD].text, &worth) != ST_OK ||
	    worth <= 0 || worth > INT64_MAX / 10000)
		return;
	format_percent(&ui->format, worth * 10000 / w->count, percent);
	snprintf(out, size, _("So %s of what they spend comes back to them."), percent);
}

static const char *hint(const struct wizard *w, const struct ui *ui, char *room, size_t size)
{
	bool points = w->gives == GIVES_POINTS;

	if (w->at == ASK_COUNT && points)
		return _("An amount that people spend here in one or two visits is good.");
	if (w->at == ASK_COUNT)
		return _("Each visit gives one. Ten is usual; fewer is sooner full.");
	if (w->at != ASK_REWARD)
		return "";
	if (!points)
		return _("In your own words. After this your shop is ready.");
	returned(w, ui, room, size);
	return room;
}

void wizard_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct wizard *w = state;
	int y = (int)w->at + 1;
	char room[300];
	struct canvas rest;

	draw_answers(w, c);
	put_format(c, (struct spot){ .y = y, .x = 1, .cols = 4, .tone = TONE_DIM }, "%d/%d",
		   (int)w->at + 1, ASKED);
	y += put_wrapped(c, (struct spot){ .y = y, .x = 6, .cols = c->at.w - 7,
					   .tone = TONE_TITLE },
			 QUESTION_LINES, wizard_question(w, w->at));
	if (w->at == ASK_KIND) {
		rest = canvas_part(c, (struct rect){ y + 1, 0, c->at.h - y - 1, c->at.w });
		draw_kinds(w, &rest);
		return;
	}
	edit_draw(c, (struct spot){ .y = y, .x = 6, .cols = c->at.w - 8 }, &w->edit[w->at], true);
	rest = canvas_part(c, (struct rect){ y + 2, 0, c->at.h - y - 2, c->at.w });
	if (w->at == ASK_COUNTRY)
		draw_countries(w, &rest);
	else
		put_wrapped(&rest, (struct spot){ .x = 6, .cols = c->at.w - 8, .tone = TONE_DIM },
			    HINT_LINES, hint(w, ui, room, sizeof(room)));
}

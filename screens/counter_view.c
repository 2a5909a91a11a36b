/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/counter.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

/* What was done last at all tills, and the screen after a first sale. */

struct recent_texts {
	char when[FORMAT_TEXT], money[FORMAT_TEXT], name[NAME_TEXT];
};

static void write_row(const struct ui *ui, const struct recent_row *row, struct recent_texts *out)
{
	if (row->day == ui_today(ui))
		format_time(&ui->format, row->minute, out->when);
	else
		format_ago(&ui->format, row->day, ui_today(ui), out->when);
	if (row->total)
		format_money(&ui->format, row->total, out->money);
	if (*row->name)
		name_shown(ui->shop, row->name, out->name);
	else if (!row->customer)
		snprintf(out->name, sizeof(out->name), "%s", _("walk-in"));
}

static int wider(int cols, const char *text)
{
	int needs = shown_columns(text);

	return needs > cols ? needs : cols;
}

struct recent_widths {
	int when, name, money;
};

/* Names only where they are not all the same. */
static struct recent_widths widths_of(const struct counter *k, const struct recent_texts *texts,
				      size_t n, int cols)
{
	bool names = k->step != STEP_SALE || !k->till.draft.customer;
	struct recent_widths w = { 0, 0, 0 };

	for (size_t i = 0; i < n; i++) {
		w.when = wider(w.when, texts[i].when);
		w.money = wider(w.money, texts[i].money);
		w.name = names ? wider(w.name, texts[i].name) : 0;
	}
	if (w.name > (cols - w.when - w.money) / 2)
		w.name = (cols - w.when - w.money) / 2;
	return w;
}

static void draw_row(const struct canvas *c, const struct recent_row *row,
		     const struct recent_texts *t, const struct recent_widths *w)
{
	struct spot s = { .cols = w->when, .tone = TONE_DIM };

	put_text(c, s, t->when);
	s.x += s.cols + 2;
	s.tone = row->undone ? TONE_DIM : TONE_NORMAL;
	s.cols = w->name;
	if (w->name) {
		put_text(c, s, t->name);
		s.x += s.cols + 2;
	}
	s.cols = w->money;
	s.align = ALIGN_RIGHT;
	if (w->money) {
		put_text(c, s, t->money);
		s.x += s.cols + 2;
	}
	s.cols = 0;
	s.align = ALIGN_LEFT;
	put_text(c, s, row->undone ? _("undone") : row->words);
}

void counter_draw_recent(const struct counter *k, const struct ui *ui, const struct canvas *c)
{
	size_t n = c->at.h > 0 ? (size_t)c->at.h : 0;
	struct recent_texts *texts;
	struct recent_widths w;

	n = n < k->recent.n ? n : k->recent.n;
	if (!k->recent.n) {
		put_text(c, (struct spot){ .tone = TONE_DIM }, _("No sale yet."));
		return;
	}
	texts = mem_alloc((n + 1) * sizeof(*texts));
	for (size_t i = 0; i < n; i++)
		write_row(ui, &k->recent.row[i], &texts[i]);
	w = widths_of(k, texts, n, c->at.w);
	for (size_t i = 0; i < n; i++) {
		struct canvas line = canvas_part(c, (struct rect){ (int)i, 0, 1, c->at.w });

		draw_row(&line, &k->recent.row[i], &texts[i], &w);
	}
	free(texts);
}

void counter_draw_welcome(const struct counter *k, const struct canvas *c)
{
	struct canvas in = canvas_part(c, (struct rect){ c->at.h > 16, 3, c->at.h - 1,
							 c->at.w - 6 });
	int gap = c->at.h > 16 ? 2 : 1, y = 0;

	put_text(&in, (struct spot){ .y = y, .tone = TONE_TITLE }, _("Their first sale!"));
	y += gap;
	y += put_wrapped(&in, (struct spot){ .y = y, .cols = in.at.w, .tone = TONE_GOOD }, 4,
			 k->told.done.at) + gap - 1;
	put_text(&in, (struct spot){ .y = y++, .tone = TONE_DIM }, _("Say to them:"));
	y += put_wrapped(&in, (struct spot){ .y = y, .cols = in.at.w, .tone = TONE_STRONG }, 5,
			 k->told.say.len ? k->told.say.at : _("Thank you, see you again!"));
	y += gap;
	put_text(&in, (struct spot){ .y = y, .cols = in.at.w, .tone = TONE_KEY },
		 _("Enter: the next customer"));
	put_cursor(&in, y, 0);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "screens/ui_private.h"

/* Title, rule, what the screen draws, a line for messages, the keys. */

enum { GAP = 2, LEAST_NAME = 8, MESSAGE_LINES = 3 };

/* Day, time and who it is from the right end on, as much as there is room for;
 * gives the columns it takes. Each in its own, whatever way its letters run. */
static int put_clock(const struct ui *ui, const struct canvas *c, int most)
{
	char time[FORMAT_TEXT], day[FORMAT_TEXT];
	const char *parts[] = { ui->who, time, day };
	int taken = 0;

	format_weekday(&ui->format, ui_today(ui), day);
	format_time(&ui->format, clock_minute_of_day(ui_now(ui)), time);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		int cols = shown_columns(parts[i]);

		if (taken + cols + GAP > most)
			continue;
		put_text(c, (struct spot){ .x = c->at.w - taken - cols - 1, .cols = cols },
			 parts[i]);
		taken += cols + GAP;
	}
	return taken;
}

static void draw_title(const struct ui *ui, const struct canvas *c)
{
	const char *name = _(ui_top(ui)->screen->name), *sample = _("SAMPLE");
	int cols = shown_columns(name), x = 1 + cols + GAP, room;

	put_text(c, (struct spot){ .x = 1, .cols = cols, .tone = TONE_TITLE }, name);
	if (!ui->shop)
		return;
	if (ui->shop->settings.sample) {
		cols = shown_columns(sample) + 2;
		put_format(c, (struct spot){ .x = x, .cols = cols, .tone = TONE_WARN }, " %s ",
			   sample);
		x += cols + 1;
	}
	room = c->at.w - x - 1;
	room -= put_clock(ui, c, room);
	if (room >= LEAST_NAME)
		put_text(c, (struct spot){ .x = x, .cols = room }, ui->shop->settings.name);
}

/* -- the keys that matter here; what does not fit is left out whole -- */

struct footer {
	const struct canvas *c;
	int x, until;
};

/* "^E Sale F4": the key that works on every terminal stands first. */
struct hint {
	char key[KEY_NAME], second[KEY_NAME];
	const char *label;
	int key_cols, label_cols, second_cols;
};

static int hint_of(const struct binding *b, struct hint *out)
{
	key_words(b->twin ? b->twin : b->key, out->key);
	key_words(b->twin ? b->key : 0, out->second);
	out->label = _(b->label);
	out->key_cols = (int)strlen(out->key);
	out->label_cols = shown_columns(out->label);
	out->second_cols = (int)strlen(out->second);
	return out->key_cols + 1 + out->label_cols + (out->second_cols ? out->second_cols + 1 : 0);
}

static void put_hint(struct footer *f, const struct binding *b)
{
	struct hint hint;
	int cols = hint_of(b, &hint), x = f->x;

	if (x + cols > f->until)
		return;
	put_text(f->c, (struct spot){ .x = x, .cols = hint.key_cols, .tone = TONE_KEY }, hint.key);
	x += hint.key_cols + 1;
	put_text(f->c, (struct spot){ .x = x, .cols = hint.label_cols }, hint.label);
	x += hint.label_cols + 1;
	if (hint.second_cols)
		put_text(f->c, (struct spot){ .x = x, .cols = hint.second_cols, .tone = TONE_KEY },
			 hint.second);
	f->x += cols + GAP;
}

static void put_hints(struct footer *f, const struct ui *ui, const struct binding *bindings)
{
	for (const struct binding *b = bindings; b && b->action; b++)
		if (b->label && b->action != ACT_HELP && binding_offered(ui, b))
			put_hint(f, b);
}

static const struct binding *help_binding(void)
{
	const struct binding *b = common_bindings;

	while (b->action != ACT_HELP)
		b++;
	return b;
}

static void draw_footer(const struct ui *ui, const struct canvas *c)
{
	const struct binding *help = help_binding();
	struct hint hint;
	int cols = hint_of(help, &hint);
	struct footer f = { .c = c, .x = 1, .until = c->at.w - cols - 1 - GAP };

	if (overlay_is_open(ui)) {
		for (const struct binding *b = overlay_bindings(ui); b->action; b++)
			put_hint(&f, b);
	} else {
		put_hints(&f, ui, ui_top(ui)->screen->keys);
		put_hints(&f, ui, common_bindings);
	}
	f.x = c->at.w - cols - 1;
	f.until = c->at.w;
	put_hint(&f, help);
}

/* In place of the lower rule; a long one reaches into the screen above it. */
static void draw_message(const struct ui *ui, const struct canvas *whole)
{
	const struct ui_private *p = ui->private;
	struct spot s = { .x = 1, .cols = whole->at.w - 3, .tone = p->message_tone };
	struct canvas none = canvas_part(whole, (struct rect){ 0, 0, 0, whole->at.w });
	int lines = put_wrapped(&none, s, MESSAGE_LINES, p->message);
	struct canvas c;

	c = canvas_part(whole, (struct rect){ whole->at.h - 1 - (lines ? lines : 1), 1,
					      lines ? lines : 1, whole->at.w - 1 });
	put_blank(&c);
	if (lines)
		put_wrapped(&c, s, lines, p->message);
	else
		put_rule(&c, 0);
}

bool frame_is_too_small(void)
{
	return LINES < FRAME_LEAST_ROWS || COLS < FRAME_LEAST_COLS;
}

static void draw_too_small(const struct canvas *c)
{
	put_blank(c);
	put_wrapped(c, (struct spot){ .cols = c->at.w }, c->at.h,
		    _("This window is too small: make it at least 60 columns and 16 lines."));
	put_cursor(c, 0, 0);
}

void frame_draw(const struct ui *ui)
{
	int h, w;
	struct canvas whole = { stdscr, { 0, 0, 0, 0 } }, part;
	const struct layer *l = ui_top(ui);

	getmaxyx(stdscr, h, w);
	whole.at = (struct rect){ 0, 0, h, w };
	if (frame_is_too_small()) {
		draw_too_small(&whole);
		return;
	}
	put_blank(&whole);
	for (int y = 0; y < h; y++)
		put_gutter(&whole, y);
	part = canvas_part(&whole, (struct rect){ 0, 1, 1, w - 1 });
	draw_title(ui, &part);
	part = canvas_part(&whole, (struct rect){ 1, 1, 1, w - 1 });
	put_rule(&part, 0);
	part = canvas_part(&whole, (struct rect){ h - 1, 1, 1, w - 1 });
	draw_footer(ui, &part);
	part = canvas_part(&whole, (struct rect){ 2, 1, h - FRAME_AROUND, w - 1 });
	put_cursor(&part, 0, 0);
	l->screen->draw(l->state, ui, &part);
	draw_message(ui, &whole);
	if (overlay_is_open(ui) || *ui->private->failure)
		overlay_draw(ui, &part);
}

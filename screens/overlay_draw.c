/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "screens/ui_private.h"

/* The boxes above a screen, as high as their words need and never higher than
 * there is room. */

enum { BOX_LEAST = 40, BOX_MOST = 72, SIDES = 4, MARK = 4, TITLE_LINES = 2 };

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int most_of(int a, int b)
{
	return a > b ? a : b;
}

/* Left and right of the first row, of those between, and of the last. */
static void draw_sides(const struct canvas *box, enum tone tone)
{
	static const char *const lines[3][2] = { { "┌", "┐" }, { "│", "│" }, { "└", "┘" } };
	static const char *const letters[3][2] = { { "+", "+" }, { "|", "|" }, { "+", "+" } };
	const char *const (*sides)[2] = terminal.blocks ? lines : letters;

	for (int y = 0; y < box->at.h; y++) {
		int row = y == 0 ? 0 : y == box->at.h - 1 ? 2 : 1;
		struct spot s = { .y = y, .cols = 1, .tone = tone };

		put_text(box, s, sides[row][0]);
		s.x = box->at.w - 1;
		put_text(box, s, sides[row][1]);
	}
}

/* An empty box in the middle, around h lines of w columns; gives what is inside. */
static struct canvas draw_box(const struct canvas *c, int h, int w, enum tone tone)
{
	struct rect r = { .h = least(h + 2, c->at.h), .w = least(w + SIDES, c->at.w) };
	struct canvas box;

	r.y = (c->at.h - r.h) / 2;
	r.x = (c->at.w - r.w) / 2;
	box = canvas_part(c, r);
	put_blank(&box);
	put_rule(&box, 0);
	put_rule(&box, box.at.h - 1);
	draw_sides(&box, tone);
	return canvas_part(&box, (struct rect){ 1, 2, box.at.h - 2, box.at.w - SIDES });
}

static int box_width(const struct canvas *c, int wanted)
{
	int most = least(c->at.w - SIDES, BOX_MOST);

	return least(most_of(wanted, BOX_LEAST), most);
}

static int lines_of(const struct canvas *c, const char *text, int cols)
{
	struct canvas nothing = canvas_part(c, (struct rect){ 0, 0, 0, c->at.w });

	return put_wrapped(&nothing, (struct spot){ .cols = cols }, c->at.h, text);
}

static void draw_failure(const char *failure, const struct canvas *c)
{
	int w = box_width(c, shown_columns(failure));
	int lines = least(lines_of(c, failure, w), c->at.h - SIDES);
	struct canvas in = draw_box(c, lines + 2, w, TONE_BAD);

	put_wrapped(&in, (struct spot){ .cols = w }, lines, failure);
	put_text(&in, (struct spot){ .y = lines + 1, .tone = TONE_KEY }, _("Press any key"));
	put_cursor(&in, lines + 1, 0);
}

/* Title and more lines of a box with 'below' lines under them; gives where
 * these begin. */
static int draw_words(const struct overlay *o, const struct canvas *c, int below,
		      struct canvas *in)
{
	int w = box_width(c, most_of(shown_columns(o->title), shown_columns(o->detail)));
	int title = least(lines_of(c, o->title, w), TITLE_LINES);
	int room = most_of(c->at.h - 2 - title - 1 - below, 0);
	int lines = least(lines_of(c, o->detail, w), room);

	*in = draw_box(c, title + lines + 1 + below, w, TONE_TITLE);
	put_wrapped(in, (struct spot){ .cols = w, .tone = TONE_TITLE }, title, o->title);
	put_wrapped(in, (struct spot){ .y = title, .cols = w }, lines, o->detail);
	return title + lines + 1;
}

static void draw_ask(const struct overlay *o, const struct canvas *c)
{
	struct canvas in;
	int y = draw_words(o, c, 1, &in);

	put_text(&in, (struct spot){ .y = y, .cols = 2, .tone = TONE_KEY }, ">");
	edit_draw(&in, (struct spot){
		.y = y, .x = 2, .cols = o->proposed ? shown_columns(o->edit.text) + 1 : 0,
		.tone = o->proposed ? TONE_SELECTED : TONE_NORMAL }, &o->edit, true);
}

/* Mark and number apart from the words, which may run from right to left. */
static void draw_mark(const struct canvas *c, int y, bool here, size_t number)
{
	struct spot s = { .y = y, .cols = MARK, .tone = here ? TONE_SELECTED : TONE_NORMAL };

	if (number)
		put_format(c, s, "%s %zu", here ? ">" : " ", number);
	else
		put_text(c, s, here ? ">" : "");
	if (here)
		put_cursor(c, y, 0);
}

static void draw_answer(const struct canvas *c, int y, bool here, const char *answer)
{
	put_text(c, (struct spot){ .y = y, .x = MARK, .tone = here ? TONE_SELECTED : TONE_NORMAL,
				   .cols = least(shown_columns(answer) + 1, c->at.w - MARK) },
		 answer);
}

static void draw_confirm(const struct overlay *o, const struct canvas *c)
{
	struct canvas in;
	int y = draw_words(o, c, 2, &in);
	bool no = !o->agreeing && !o->undecided;

	draw_mark(&in, y, no, 1);
	draw_answer(&in, y, no, o->no);
	draw_mark(&in, y + 1, o->agreeing, 2);
	draw_answer(&in, y + 1, o->agreeing, o->yes);
	if (o->undecided)
		put_cursor(&in, y, 0);
}

static void draw_choice(const struct canvas *c, const struct overlay *o, size_t row, int y)
{
	const struct choice_row *choice = &o->choices[o->shown[row]];
	bool here = row == o->list.at, numbered = row < 9 && !*o->edit.text && !o->typed;
	int wide = least(shown_columns(choice->detail), c->at.w / 2);
	struct spot label = { .y = y, .x = MARK, .cols = c->at.w - MARK };
	struct spot detail = { .y = y, .x = c->at.w - wide, .cols = wide };

	label.tone = here ? TONE_SELECTED : TONE_NORMAL;
	detail.tone = here ? TONE_SELECTED : TONE_DIM;
	draw_mark(c, y, here, numbered ? row + 1 : 0);
	put_text(c, label, "");
	label.cols -= wide ? wide + 1 : 0;
	put_text(c, label, choice->label);
	if (wide)
		put_text(c, detail, choice->detail);
}

/* What was typed to find one, and which of how many is chosen when they cannot
 * all be seen. */
static void draw_typed(const struct overlay *o, const struct canvas *in, size_t seen)
{
	char place[64] = "";

	if (seen < o->list.n)
		snprintf(place, sizeof(place), "%zu/%zu", o->list.at + 1, o->list.n);
	if (*o->edit.text)
		edit_draw(in, (struct spot){ .y = 1, .x = MARK, .cols = in->at.w / 2 },
			  &o->edit, false);
	put_text(in, (struct spot){ .y = 1, .x = in->at.w / 2 + MARK, .align = ALIGN_RIGHT,
				    .tone = TONE_DIM }, place);
}

static void draw_pick(const struct overlay *o, const struct canvas *c)
{
	int rows = (int)overlay_rows(o, c->at.h);
	struct canvas in = draw_box(c, rows + 2, box_width(c, BOX_MOST), TONE_TITLE);
	struct canvas body = canvas_part(&in, (struct rect){ 2, 0, rows, in.at.w });
	struct list_view view = list_view(&o->list, (size_t)body.at.h);

	put_text(&in, (struct spot){ .tone = TONE_TITLE }, o->title);
	draw_typed(o, &in, view.last - view.first);
	for (size_t i = view.first; i < view.last; i++)
		draw_choice(&body, o, i, (int)(i - view.first));
	if (!o->list.n)
		put_text(&body, (struct spot){ .tone = TONE_DIM }, 
			 o->typed ? _("Enter takes this number; Esc clears") :
				    _("Nothing fits: Esc clears"));
	if (!o->list.n)
		put_cursor(&in, 1, MARK);
}

void overlay_draw(const struct ui *ui, const struct canvas *c)
{
	const struct overlay *o = &ui->private->overlay;

	if (*ui->private->failure)
		draw_failure(ui->private->failure, c);
	else if (o->kind == OVERLAY_ASK)
		draw_ask(o, c);
	else if (o->kind == OVERLAY_CONFIRM)
		draw_confirm(o, c);
	else if (o->kind == OVERLAY_PICK)
		draw_pick(o, c);
}

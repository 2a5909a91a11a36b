/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/counter.h"

#include <stdio.h>

#include "base/buf.h"
#include "screens/columns.h"

/* Who fits, best first; below a line, whose names are only similar; at the end
 * somebody new, who comes first when nobody really fits. */

enum column { NAME, SECOND, PHONE, CARD, VISIT, FOUND_COLUMNS };

static const struct heading headings[] = {
	[NAME] = { N_("Name"), 14, 28, 9, ALIGN_LEFT },
	[SECOND] = { "", 12, 24, 3, ALIGN_LEFT },
	[PHONE] = { N_("Phone"), 15, 16, 7, ALIGN_LEFT },
	[CARD] = { N_("Card"), 12, 13, 8, ALIGN_LEFT },
	[VISIT] = { N_("Last visit"), 11, 12, 5, ALIGN_LEFT },
	[FOUND_COLUMNS] = { 0 }
};

struct found_table {
	const struct counter *k;
	const struct ui *ui;
	const struct canvas *c;
	enum column columns[FOUND_COLUMNS];	/* those there is something in */
	int widths[COLUMNS_MOST];
	size_t n;
};

static bool any_second(const struct counter *k)
{
	for (size_t i = 0; i < k->hit_count; i++)
		if (*k->hits[i].second)
			return true;
	return false;
}

static const char *cell_text(const struct found_table *t, const struct hit *hit, enum column column,
			     char room[FORMAT_TEXT])
{
	switch (column) {
	case NAME: return hit->name;
	case SECOND: return hit->second;
	case PHONE: return hit->phone;
	case CARD: return hit->reward_ready ? _("reward ready") : hit->standing;
	case VISIT: return hit->last_visit ? format_ago(&t->ui->format, hit->last_visit,
							ui_today(t->ui), room) : "";
	case FOUND_COLUMNS: break;
	}
	return "";
}

/* What the hits need in a column; those that cannot be seen count too, so that
 * nothing moves while one looks through them. */
static int need_of(const struct found_table *t, enum column column)
{
	char room[FORMAT_TEXT];
	int need = 0;

	for (size_t i = 0; i < t->k->hit_count; i++) {
		int cols = shown_columns(cell_text(t, &t->k->hits[i], column, room));

		need = cols > need ? cols : need;
	}
	return need;
}

static void fit(struct found_table *t)
{
	struct heading shown[FOUND_COLUMNS + 1] = { { 0 } };
	int needs[COLUMNS_MOST] = { 0 }, cols = t->c->at.w - 3;

	for (size_t i = 0; i < FOUND_COLUMNS; i++) {
		if (i == SECOND && !any_second(t->k))
			continue;
		shown[t->n] = headings[i];
		needs[t->n] = need_of(t, (enum column)i);
		t->columns[t->n++] = (enum column)i;
	}
	columns_fit(shown, cols, t->widths);
	columns_make_room(shown, needs, cols, t->widths);
}

static enum tone cell_tone(const struct hit *hit, enum column column, bool chosen)
{
	if (chosen)
		return TONE_SELECTED;
	if (column == CARD && hit->reward_ready)
		return TONE_GOOD;
	return column == NAME || column == CARD ? TONE_NORMAL : TONE_DIM;
}

static void draw_hit(const struct found_table *t, const struct hit *hit, int y, bool chosen)
{
	struct spot s = { .y = y, .x = 2 };
	char room[FORMAT_TEXT];

	for (size_t i = 0; i < t->n; i++) {
		if (!t->widths[i])
			continue;
		s.cols = t->widths[i];
		s.tone = cell_tone(hit, t->columns[i], chosen);
		put_text(t->c, s, cell_text(t, hit, t->columns[i], room));
		s.x += s.cols + COLUMNS_GAP;
	}
}

static void draw_headings(const struct found_table *t)
{
	struct spot s = { .x = 2, .tone = TONE_DIM };

	for (size_t i = 0; i < t->n; i++) {
		const char *title = headings[t->columns[i]].title;

		if (!t->widths[i])
			continue;
		s.cols = t->widths[i];
		put_text(t->c, s, *title ? _(title) : "");
		s.x += s.cols + COLUMNS_GAP;
	}
}

static void draw_row(const struct found_table *t, size_t row, int y)
{
	const struct hit *hit = find_at(t->k, row);
	bool chosen = row == t->k->list.at;
	enum tone tone = chosen ? TONE_SELECTED : TONE_NORMAL;

	put_text(t->c, (struct spot){ .y = y, .cols = t->c->at.w - 1, .tone = tone },
		 chosen ? ">" : "");
	if (chosen && row)
		put_cursor(t->c, y, 0);
	if (hit)
		draw_hit(t, hit, y, chosen);
	else
		put_format(t->c, (struct spot){ .y = y, .x = 2, .cols = t->c->at.w - 3,
						.tone = tone }, _("+ new customer \"%s\""),
			   t->k->find.text);
}

/* The cursor stands in the field until somebody else is chosen than the first.
 * Lines are the rows, and one that says where the similar names begin. */
static void draw_rows(const struct found_table *t, const struct canvas *rows)
{
	size_t first = find_similar(t->k), similar = first ? first : 1;
	bool parted = first < t->k->hit_count;
	struct list lines = { .n = t->k->list.n + parted,
			      .at = t->k->list.at + (parted && t->k->list.at >= similar) };
	struct list_view v = list_view(&lines, rows->at.h > 0 ? (size_t)rows->at.h : 0);
	struct found_table in = *t;

	in.c = rows;
	for (size_t line = v.first; line < v.last; line++) {
		int y = (int)(line - v.first);

		if (parted && line == similar)
			put_text(rows, (struct spot){ .y = y, .x = 2, .tone = TONE_DIM },
				 _("similar names:"));
		else
			draw_row(&in, line - (parted && line > similar), y);
	}
}

static void draw_found(const struct counter *k, const struct ui *ui, const struct canvas *c)
{
	struct found_table t = { .k = k, .ui = ui, .c = c };
	struct canvas rows = canvas_part(c, (struct rect){ 1, 0, c->at.h - 1, c->at.w });

	fit(&t);
	if (find_similar(k))
		draw_headings(&t);
	else
		put_text(c, (struct spot){ .x = 2, .tone = TONE_DIM },
			 _("Nobody has this name, phone or card."));
	draw_rows(&t, &rows);
}

/* -- nothing is looked for yet -- */

static void draw_card(const struct counter *k, const struct canvas *c)
{
	char text[SCAN_SIZE + 300];

	snprintf(text, sizeof(text), _("%s is neither somebody's card nor an item. ^N (F3) makes "
				       "it the card of somebody new; find somebody to give it to "
				       "them; Esc forgets it."), k->card);
	put_wrapped(c, (struct spot){ .cols = c->at.w, .tone = TONE_STRONG }, c->at.h, text);
}

static void draw_told(const struct counter *k, const struct canvas *c)
{
	int y = put_wrapped(c, (struct spot){ .cols = c->at.w, .tone = TONE_GOOD }, 4,
			    k->told.done.at);
	struct buf text = { 0 };

	if (!k->told.say.len)
		return;
	buf_printf(&text, _("Say: %s"), k->told.say.at);
	put_wrapped(c, (struct spot){ .y = y + (c->at.h > y + 2), .cols = c->at.w,
				      .tone = TONE_STRONG }, 4, text.at);
	buf_release(&text);
}

static void draw_nothing_typed(const struct counter *k, const struct canvas *c)
{
	if (*k->card)
		draw_card(k, c);
	else if (k->told.done.len)
		draw_told(k, c);
	else
		put_wrapped(c, (struct spot){ .cols = c->at.w, .tone = TONE_DIM }, c->at.h,
			    _("Type a name in any script or the last digits of a phone, or scan a "
			      "card. Somebody new is added with ^N (F3). ^E (F4) is a sale to "
			      "nobody in particular."));
}

/* The sale that waits for its customer. */
static int draw_waiting(const struct counter *k, const struct ui *ui, const struct canvas *c, int y)
{
	char money[FORMAT_TEXT];
	int64_t bill;

	if (!till_is_begun(&k->till))
		return y;
	if (till_bill(&k->till, &ui->format, &bill) != ST_OK)
		bill = 0;
	put_format(c, (struct spot){ .y = y, .x = 1, .tone = TONE_STRONG },
		   _("Whose is the sale of %s? Esc goes back to it."),
		   format_money(&ui->format, bill, money));
	return y + 1;
}

static int draw_more(const struct counter *k, const struct canvas *c, int lines)
{
	const char *more = _("others fit too: type more");
	bool cut = k->more || (int)k->hit_count > lines - 2;
	int cols = *k->find.text && cut ? shown_columns(more) : 0;

	if (cols)
		put_text(c, (struct spot){ .x = c->at.w - cols - 1, .cols = cols,
					   .tone = TONE_DIM }, more);
	return cols;
}

void find_draw(const struct counter *k, const struct ui *ui, const struct canvas *c)
{
	const char *label = _("Find:");
	int x = shown_columns(label) + 2, y = draw_waiting(k, ui, c, 1) + (c->at.h > 8);
	struct canvas rest = canvas_part(c, (struct rect){ y, 0, c->at.h - y, c->at.w });
	struct canvas inner = canvas_part(&rest, (struct rect){ 0, 1, rest.at.h, rest.at.w - 2 });
	int more = draw_more(k, c, rest.at.h);

	put_text(c, (struct spot){ .x = 1, .cols = x - 1, .tone = TONE_TITLE }, label);
	if (*k->find.text)
		draw_found(k, ui, &rest);
	else
		draw_nothing_typed(k, &inner);
	edit_draw(c, (struct spot){ .x = x, .cols = c->at.w - x - 1 - (more ? more + 2 : 0) },
		  &k->find, !k->list.at);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/form.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/digits.h"
#include "base/language.h"
#include "screens/form_value.h"

/* -- between the fields and the record -- */

static void show(struct form *f, size_t i)
{
	struct buf text = { 0 };

	form_print(f, i, &text);
	edit_set(&f->edit[i], text.at ? text.at : "");
	buf_release(&text);
}

/* Does the record's value stand there, as show() wrote it? */
static bool is_shown(const struct form *f, size_t i)
{
	struct buf text = { 0 };
	bool same;

	form_print(f, i, &text);
	same = text.at && !strcmp(text.at, f->edit[i].text);
	buf_release(&text);
	return same;
}

/* Keeps the sentence when a field cannot be read, else shows what was
 * understood. */
static enum status take(struct form *f, size_t i)
{
	enum status st = ST_OK;

	if (form_way(f, i) != FORM_TYPED)
		return ST_OK;
	if (!is_shown(f, i))
		st = form_read(f, i, f->edit[i].text);
	if (st != ST_OK) {
		f->wrong_at = i;
		snprintf(f->wrong, sizeof(f->wrong), "%s", status_text());
		return st;
	}
	if (f->wrong_at == i)
		f->wrong[0] = '\0';
	show(f, i);
	return ST_OK;
}

enum status form_take(struct form *f)
{
	for (size_t i = 0; i < f->list.n; i++) {
		enum status st = take(f, i);

		if (st != ST_OK) {
			list_choose(&f->list, i);
			return st;
		}
	}
	return ST_OK;
}

static void prepare(struct form *f, size_t i)
{
	const struct field *field = f->in_table[i];

	f->edit[i] = (struct edit){ .kind = EDIT_WORDS };
	if (f->fields[i].read)
		return;
	switch (field->type) {
	case FIELD_TEXT:
		assert(field->size <= EDIT_SIZE);
		f->edit[i].most = field->size - 1;
		return;
	case FIELD_INT:
	case FIELD_MONEY:
	case FIELD_QUANTITY:
	case FIELD_PERCENT:
		f->edit[i].kind = EDIT_NUMBER;
		return;
	default:
		return;
	}
}

void form_start(struct form *f)
{
	size_t n = 0;

	for (; f->fields[n].name; n++) {
		assert(n < FORM_FIELDS_MOST);
		f->in_table[n] = record_field(f->type, f->fields[n].name);
		assert(f->in_table[n] || f->fields[n].read);
		prepare(f, n);
		if (form_way(f, n) == FORM_TYPED)
			show(f, n);
	}
	f->list = (struct list){ .n = n };
	f->wrong[0] = '\0';
	f->changed = false;
}

void form_choose(struct form *f, const char *name)
{
	for (size_t i = 0; i < f->list.n; i++)
		if (!strcmp(f->fields[i].name, name))
			list_choose(&f->list, i);
}

/* -- keys -- */

/* What is wrong is told when a field is left; nobody is kept in it. */
static bool leave(struct form *f, int direction)
{
	(void)!take(f, f->list.at);
	return list_act(&f->list, direction);
}

static bool type(struct form *f, const struct event *e)
{
	struct edit *edit = &f->edit[f->list.at];
	char before[EDIT_SIZE];

	strcpy(before, edit->text);
	if (!edit_act(edit, e))
		return false;
	if (!strcmp(before, edit->text))
		return true;
	f->changed = true;
	if (f->wrong_at == f->list.at)
		f->wrong[0] = '\0';
	return true;
}

static int64_t count_choices(const struct field *field)
{
	int64_t n = 0;

	while (field->choices[n])
		n++;
	return n;
}

/* The choice that a key leads to; the same one for other letters. */
static int64_t choice_after(int64_t v, int64_t n, const struct event *e)
{
	const char *text = e->text;
	int64_t digit;

	if (e->action == ACT_LEFT)
		return (v + n - 1) % n;
	if (e->action == ACT_RIGHT || !strcmp(text, " "))
		return (v + 1) % n;
	digit = (int64_t)digit_read(&text) - '1';
	return digit >= 0 && digit < 9 && digit < n ? digit : v;
}

static bool choose(struct form *f, const struct event *e)
{
	const struct field *field = f->in_table[f->list.at];
	int64_t *v = field_at(field, f->record), to;

	if (e->action != ACT_LEFT && e->action != ACT_RIGHT && e->action != ACT_TEXT)
		return false;
	to = choice_after(*v, count_choices(field), e);
	f->changed |= to != *v;
	*v = to;
	return true;
}

static bool tick(struct form *f, const struct event *e)
{
	bool *v = field_at(f->in_table[f->list.at], f->record);

	switch (e->action) {
	case ACT_TEXT:
		if (strcmp(e->text, " "))
			return true;
		break;
	case ACT_ENTER:
	case ACT_LEFT:
	case ACT_RIGHT:
		break;
	default:
		return false;
	}
	*v = !*v;
	f->changed = true;
	return true;
}

static bool fill(struct form *f, const struct event *e)
{
	switch (form_way(f, f->list.at)) {
	case FORM_CHOSEN: return choose(f, e);
	case FORM_TICKED: return tick(f, e);
	case FORM_TYPED: return type(f, e);
	}
	return false;
}

bool form_act(struct form *f, const struct event *e)
{
	if (fill(f, e))
		return true;
	switch (e->action) {
	case ACT_TAB:
	case ACT_DOWN:
		return leave(f, ACT_DOWN);
	case ACT_TAB_BACK:
	case ACT_UP:
		return leave(f, ACT_UP);
	case ACT_PAGE_UP:
	case ACT_PAGE_DOWN:
		return leave(f, e->action);
	case ACT_ENTER:
		return f->list.at + 1 < f->list.n && leave(f, ACT_DOWN);
	default:
		return false;
	}
}

/* -- drawing -- */

enum { MARK = 2, GAP = 2, TICK = 3, WRONG_LINES = 2 };

static int label_columns(const struct form *f, int width)
{
	int most = 0;

	for (size_t i = 0; i < f->list.n; i++) {
		int label = shown_columns(_(f->fields[i].label));

		most = label > most ? label : most;
	}
	return most < width / 2 ? most : width / 2;
}

static const char *choice_word(const struct form *f, size_t i, int64_t choice)
{
	const struct field *field = f->in_table[i];

	if (choice < 0 || choice >= count_choices(field))
		return "";
	return f->fields[i].words ? _(f->fields[i].words[choice]) : field->choices[choice];
}

/* "1 Stamps  2 Points" in a row; false, and nothing drawn, when there is no
 * room for all of them. */
static bool draw_choices(const struct canvas *c, struct spot s, const struct form *f, size_t i)
{
	int64_t n = count_choices(f->in_table[i]);
	int64_t chosen = *(const int64_t *)field_at(f->in_table[i], f->record);
	int needed = 0, room = s.cols;

	for (int64_t k = 0; k < n; k++)
		needed += shown_columns(choice_word(f, i, k)) + 2 + GAP;
	if (n > 9 || needed - GAP > room)
		return false;
	for (int64_t k = 0; k < n; k++) {
		s.cols = shown_columns(choice_word(f, i, k)) + 2;
		s.tone = k == chosen ? TONE_SELECTED : TONE_NORMAL;
		put_format(c, s, "%d %s", (int)k + 1, choice_word(f, i, k));
		if (k == chosen)
			put_cursor(c, s.y, s.x);
		s.x += s.cols + GAP;
	}
	return true;
}

static void draw_choice(const struct canvas *c, struct spot s, const struct form *f, size_t i)
{
	bool here = i == f->list.at;
	int64_t chosen = *(const int64_t *)field_at(f->in_table[i], f->record);

	if (here && draw_choices(c, s, f, i))
		return;
	if (!here) {
		put_text(c, s, choice_word(f, i, chosen));
		return;
	}
	s.tone = TONE_SELECTED;
	put_format(c, s, "< %s >", choice_word(f, i, chosen));
	put_cursor(c, s.y, s.x);
}

static void draw_tick(const struct canvas *c, struct spot s, const struct form *f, size_t i)
{
	s.cols = s.cols < TICK ? s.cols : TICK;
	put_text(c, s, *(const bool *)field_at(f->in_table[i], f->record) ? "[x]" : "[ ]");
	if (i == f->list.at)
		put_cursor(c, s.y, s.x + 1);
}

static void draw_value(const struct canvas *c, struct spot s, const struct form *f, size_t i)
{
	switch (form_way(f, i)) {
	case FORM_CHOSEN:
		draw_choice(c, s, f, i);
		return;
	case FORM_TICKED:
		draw_tick(c, s, f, i);
		return;
	case FORM_TYPED:
		edit_draw(c, s, &f->edit[i], i == f->list.at);
	}
}

static void draw_field(const struct canvas *c, int y, const struct form *f, size_t i)
{
	bool here = i == f->list.at;
	int label = label_columns(f, c->at.w), x = MARK + label + GAP;

	put_text(c, (struct spot){ .y = y, .cols = MARK }, here ? ">" : "");
	put_text(c, (struct spot){ .y = y, .x = MARK, .cols = label,
				   .tone = here ? TONE_STRONG : TONE_NORMAL },
		 _(f->fields[i].label));
	if (x < c->at.w)
		draw_value(c, (struct spot){ .y = y, .x = x, .cols = c->at.w - x }, f, i);
}

/* Below a field: what is wrong with it, or what it is for; gives the lines. */
static int draw_sentence(const struct canvas *c, int y, const struct form *f, size_t i)
{
	struct spot s = { .y = y, .x = MARK, .cols = c->at.w - MARK };
	int lines = c->at.h - y < WRONG_LINES ? c->at.h - y : WRONG_LINES;

	if (s.cols <= 0 || lines <= 0)
		return 0;
	if (*f->wrong && i == f->wrong_at) {
		s.tone = TONE_BAD;
		return put_wrapped(c, s, lines, f->wrong);
	}
	if (i != f->list.at || !f->fields[i].hint)
		return 0;
	s.tone = TONE_DIM;
	return put_wrapped(c, s, lines, _(f->fields[i].hint));
}

void form_draw(const struct canvas *c, const struct form *f)
{
	int sure = c->at.h - 2 * WRONG_LINES;	/* lines for fields, whatever is said below them */
	size_t first = list_view(&f->list, sure > 1 ? (size_t)sure : 1).first;
	int y = 0;

	put_blank(c);
	for (size_t i = first; i < f->list.n && y < c->at.h; i++) {
		draw_field(c, y++, f, i);
		y += draw_sentence(c, y, f, i);
	}
}

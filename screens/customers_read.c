/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "screens/customers_view.h"

/* Of the book only what is in view is read, and some screens around it. */

enum { PAGE_SCREENS = 10 };

/* -- the list -- */

const struct person *customers_person(const struct customers *s, size_t line)
{
	if (s->similar != NO_LINE && line == s->similar)
		return NULL;
	if (s->similar != NO_LINE && line > s->similar)
		line--;
	if (line < s->people.first || line - s->people.first >= s->people.n)
		return NULL;
	return &s->people.row[line - s->people.first];
}

int64_t customers_chosen(const struct customers *s)
{
	const struct person *p = customers_person(s, s->list.at);

	return p ? p->id : 0;
}

void customers_leave_line(struct customers *s, int action)
{
	if (s->list.at != s->similar)
		return;
	if ((action == ACT_UP || action == ACT_PAGE_UP) && s->similar > 0)
		list_choose(&s->list, s->similar - 1);
	else
		list_choose(&s->list, s->similar + 1);
}

struct wanted {
	const struct customers *s;
	int64_t id;
};

static bool is_wanted(const void *arg, size_t row)
{
	const struct wanted *w = arg;
	const struct person *p = customers_person(w->s, row);

	return p && p->id == w->id;
}

/* -- those that the words find -- */

static void find_line(struct customers *s)
{
	s->similar = NO_LINE;
	for (size_t i = 0; i < s->people.n; i++)
		if (s->people.row[i].match >= MATCH_SKELETON) {
			s->similar = i;
			return;
		}
}

static enum status load_found(struct customers *s, struct ui *ui)
{
	struct wanted w = { s, s->found && !s->anew ? customers_chosen(s) : 0 };
	struct people_wanted wanted = { s->words.text,
					sift_is_on(&s->sift) ? sift_people(&s->sift) : NULL };
	enum status st = persons_find(ui->shop, &wanted, ui_today(ui), &s->people);
	size_t lines;

	s->found = true;
	find_line(s);
	lines = s->people.n + (s->similar != NO_LINE);
	list_keep(&s->list, lines, is_wanted, &w);
	customers_leave_line(s, ACT_DOWN);
	return st;
}

/* -- those whom the filter chooses -- */

/* All of them in the order of the directory; while one of the two is still being
 * read, the first that were found. */
static void sort_shown(struct customers *s)
{
	const struct people_set *set = sift_people(&s->sift);
	struct shown *out = &s->shown;
	size_t most = (size_t)(PAGE_SCREENS * LINES);

	out->sorted = s->directory.whole && sift_is_whole(&s->sift);
	out->n = 0;
	out->ids = mem_resize(out->ids, (set->n + 1) * sizeof(*out->ids));
	for (size_t i = 0; out->sorted && i < s->directory.n; i++) {
		uint32_t id = directory_at(&s->directory, i)->id;

		if (people_has(set, id) && out->n < set->n)
			out->ids[out->n++] = id;
	}
	for (int64_t id = 0; !out->sorted && out->n < most && (id = people_next(set, id));)
		out->ids[out->n++] = (uint32_t)id;
}

static void update_shown(struct customers *s)
{
	struct shown *out = &s->shown;
	bool can_sort = s->directory.whole && sift_is_whole(&s->sift);

	if (out->ids && out->version == s->sift.version && out->sorted == can_sort &&
	    out->seq == s->directory.seq && out->order == s->directory.order)
		return;
	sort_shown(s);
	out->version = s->sift.version;
	out->seq = s->directory.seq;
	out->order = s->directory.order;
}

static bool shown_place(const struct shown *shown, int64_t id, size_t *place)
{
	for (*place = 0; id && *place < shown->n; ++*place)
		if (shown->ids[*place] == id)
			return true;
	return false;
}

/* -- a page -- */

static enum status load_page(struct customers *s, struct ui *ui)
{
	size_t n = (size_t)(PAGE_SCREENS * LINES);
	bool on = sift_is_on(&s->sift);
	struct people_page page = { &s->directory, on ? s->shown.ids : NULL, s->list.n, 0, n };

	if (s->list.at > n / 2)
		page.first = s->list.at - n / 2;
	return persons_read(ui->shop, &page, ui_today(ui), &s->people);
}

/* Who was found first may stand deep in the order: who did not move stays on top. */
static enum status load_sifted(struct customers *s, struct ui *ui, int64_t id)
{
	bool on_top = s->list.at == 0 && !s->shown.sorted;
	size_t place;

	update_shown(s);
	list_count(&s->list, s->shown.n);
	if (!on_top && shown_place(&s->shown, id, &place))
		list_choose(&s->list, place);
	return load_page(s, ui);
}

/* Many take a while: meanwhile one can search already. */
static enum status load_book(struct customers *s, struct ui *ui, int64_t id)
{
	size_t place;

	list_count(&s->list, s->directory.whole ? s->directory.n : 0);
	if (directory_place(&s->directory, id, &place))
		list_choose(&s->list, place);
	if (s->directory.whole)
		return load_page(s, ui);
	persons_release(&s->people);
	return ST_OK;
}

/* Whoever was chosen stays so. */
static enum status load_list(struct customers *s, struct ui *ui)
{
	int64_t id = s->found || s->anew ? 0 : customers_chosen(s);

	s->found = false;
	s->similar = NO_LINE;
	return sift_is_on(&s->sift) ? load_sifted(s, ui, id) : load_book(s, ui, id);
}

/* -- the whole -- */

/* It is told where it stands: on this screen F1 is the list, and a name that was
 * meant to be found has a line of its own. */
static void word_mistake(struct customers *s)
{
	const struct filter_mistake *m = &s->sift.mistake;

	if (m->unknown)
		snprintf(s->mistake, sizeof(s->mistake),
			 _("%s. F1 lists what can be written here; a name to find goes one line "
			   "up."), m->text);
	else
		snprintf(s->mistake, sizeof(s->mistake), "%s", m->text);
}

enum status customers_load(void *state, struct ui *ui)
{
	struct customers *s = state;
	bool words = *s->words.text != '\0', whole;
	enum status st = ST_OK;

	if (!words || *s->filter.text)
		st = directory_update(ui->shop, &s->directory, s->order);
	if (st == ST_OK)
		st = sift_update(&s->sift, ui, s->filter.text, s->directory.seq, &whole);
	if (st != ST_OK) {
		persons_release(&s->people);
		list_count(&s->list, 0);
		return st;
	}
	word_mistake(s);
	st = words ? load_found(s, ui) : load_list(s, ui);
	s->anew = false;
	if (st == ST_OK && (!whole || (!words && !s->directory.whole)))
		ui_read_on(ui);
	return st;
}

void customers_release(void *state)
{
	struct customers *s = state;

	directory_release(&s->directory);
	persons_release(&s->people);
	sift_release(&s->sift);
	free(s->shown.ids);
	free(s->given);
	free(s->kept);
	free(s->dropped);
	draft_release(&s->draft);
}

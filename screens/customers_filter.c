/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "screens/customers_view.h"
#include "screens/screens.h"
#include "screens/segment_keep.h"
#include "store/record_text.h"

/* The line in which a filter is typed, and keeping it as a segment. */

static void change(char **text, const char *to)
{
	char *copy = mem_text(to);

	free(*text);
	*text = copy;
}

void filter_set(struct customers *s, struct ui *ui, const char *text)
{
	edit_set(&s->filter, text);
	s->has_line = *text || s->in_line;
	customers_begin(s, ui);
}

void filter_name(struct customers *s, const char *segment)
{
	snprintf(s->segment, sizeof(s->segment), "%s", segment);
	change(&s->kept, s->filter.text);
}

/* What is taken off comes back with the key that opens the line. */
static void take_off(struct customers *s, struct ui *ui)
{
	if (*s->filter.text)
		change(&s->dropped, s->filter.text);
	s->in_line = false;
	filter_set(s, ui, "");
	filter_name(s, "");
}

/* People who were opened by their filter go with it. */
bool filter_peel(struct customers *s, struct ui *ui)
{
	bool is_given = s->given && !strcmp(s->given, s->filter.text);

	if (!s->has_line || (is_given && !s->in_line))
		return false;
	if (is_given)
		s->in_line = false;
	else if (s->given) {
		s->in_line = false;
		filter_set(s, ui, s->given);
	} else {
		take_off(s, ui);
	}
	return true;
}

static void open_line(struct customers *s, struct ui *ui)
{
	bool again = !s->has_line && s->dropped;

	s->has_line = s->in_line = true;
	s->in_list = false;
	if (again)
		filter_set(s, ui, s->dropped);
	s->in_list = false;
}

/* To the list, unless the filter cannot be read: then there is something to mend. */
static void leave_line(struct customers *s, struct ui *ui)
{
	if (s->sift.wrong)
		return;
	s->in_line = false;
	if (*s->filter.text)
		s->in_list = true;
	else
		take_off(s, ui);
}

/* -- keeping it -- */

static void tell_kept(struct customers *s, struct ui *ui, const struct segment *kept)
{
	filter_name(s, kept->name);
	if (s->given)
		change(&s->given, s->filter.text);
	s->in_line = false;
	s->in_list = true;
	segment_say_kept(ui, kept->name, kept->filter);
	ui_reload(ui);
}

static void ask_name(struct customers *s, struct ui *ui, const char *text);

static void change_kept(struct customers *s, struct ui *ui, const char *which)
{
	struct segment kept = { .id = 0 };
	struct actor by = ui_actor(ui);

	strcpy(kept.filter, s->filter.text);	/* the line takes no more */
	if (filter_keep(ui->shop, &by, which, &kept) != ST_OK)
		ui_fail(ui);
	else
		tell_kept(s, ui, &kept);
}

static void taken_picked(void *state, struct ui *ui, size_t i)
{
	struct customers *s = state;

	if (i)
		ask_name(s, ui, s->taken);
	else
		change_kept(s, ui, s->taken);
}

static void named(void *state, struct ui *ui, const char *name)
{
	struct customers *s = state;
	struct segment kept = { .id = 0 };
	struct actor by = ui_actor(ui);
	struct field_reading how = { _("Name"), 0 };
	enum status st = field_parse(record_field(&segment_type, "name"), &kept, name, &how);

	strcpy(kept.filter, s->filter.text);	/* the line takes no more */
	if (st == ST_OK)
		st = filter_keep(ui->shop, &by, NULL, &kept);
	if (st == ST_EXISTS) {
		strcpy(s->taken, kept.name);
		segment_ask_taken(ui, s->taken, taken_picked);
	} else if (st != ST_OK) {
		ui_fail(ui);
	} else {
		tell_kept(s, ui, &kept);
	}
}

static void ask_name(struct customers *s, struct ui *ui, const char *text)
{
	ui_ask(ui, &(struct question){ .title = _("Keep this filter"), .text = text,
				       .answer = named,
				       .hint = segment_hint(s->filter.text) });
}

static void how_chosen(void *state, struct ui *ui, size_t i)
{
	struct customers *s = state;

	if (i)
		ask_name(s, ui, "");
	else
		change_kept(s, ui, s->segment);
}

static void keep(struct customers *s, struct ui *ui)
{
	char change_it[SEGMENT_NAME + 100];
	struct choice choices[2] = { { change_it, NULL }, { _("Another segment"), NULL } };

	if (s->sift.wrong || !sift_is_on(&s->sift)) {
		ui_say(ui, TONE_WARN, "%s", _("This is not a filter yet: there is something to "
					      "mend in it."));
		return;
	}
	if (!*s->segment) {
		ask_name(s, ui, "");
		return;
	}
	snprintf(change_it, sizeof(change_it), _("Change %s"), s->segment);
	ui_pick(ui, &(struct picker){ .title = _("Keep this filter"), .choices = choices, .n = 2,
				      .picked = how_chosen });
}

/* -- keys -- */

bool filter_offers(const void *state, int action)
{
	const struct customers *s = state;

	switch (action) {
	case ACT_FILTER:
	case ACT_ENTER:
		return !s->in_line;
	case ACT_FILE:
		return !s->in_line && *s->filter.text;
	case ACT_ALL_FILE:
		return !s->in_line && !*s->filter.text;
	case ACT_CONDITION:
	case ACT_SHOW:
		return s->in_line;
	case ACT_SEGMENTS:
		return s->has_line;
	case ACT_ALL_SEGMENTS:
		return !s->has_line;
	case ACT_KEEP:
		return *s->filter.text != '\0';
	default:
		return true;
	}
}

/* Typing in the line; the people are found when no key waits. */
static bool type(struct customers *s, struct ui *ui, const struct event *e)
{
	char *before = mem_text(s->filter.text);
	bool took = edit_act(&s->filter, e);

	if (took && strcmp(before, s->filter.text)) {
		list_choose(&s->list, 0);
		s->anew = true;
		ui_reload(ui);
	}
	free(before);
	return took;
}

static bool act_in_line(struct customers *s, struct ui *ui, const struct event *e)
{
	switch (e->action) {
	case ACT_BACK:
		return filter_peel(s, ui);
	case ACT_SHOW:
	case ACT_ENTER:
	case ACT_DOWN:
	case ACT_PAGE_DOWN:
		leave_line(s, ui);
		return true;
	default:
		return type(s, ui, e);
	}
}

bool filter_act(struct customers *s, struct ui *ui, const struct event *e)
{
	switch (e->action) {
	case ACT_FILTER:
		open_line(s, ui);
		return true;
	case ACT_CONDITION:
		conditions_ask(s, ui);
		return true;
	case ACT_KEEP:
		keep(s, ui);
		return true;
	case ACT_SEGMENTS:
	case ACT_ALL_SEGMENTS:
		ui_open(ui, &segments_screen, NULL);
		return true;
	case ACT_FILE:
	case ACT_ALL_FILE:
		customers_write(s, ui);
		return true;
	case ACT_TAB:
	case ACT_TAB_BACK:
		if (s->in_line)
			leave_line(s, ui);
		else if (s->has_line)
			open_line(s, ui);
		return true;
	default:
		return s->in_line && act_in_line(s, ui, e);
	}
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "screens/columns.h"
#include "screens/customer_form.h"
#include "screens/customers.h"
#include "screens/customers_view.h"
#include "screens/screens.h"

#define OPEN_KEYS							\
	{ ACT_ENTER, '\r', 0, N_("Open"), N_("Opens the customer's card") },			\
	{ ACT_SHOW, '\r', 0, N_("Show"), N_("Goes to the people whom the filter chooses") }
#define NEW_KEY								\
	{ ACT_NEW, KEY_F(3), CTRL_KEY('N'), N_("New"),						\
	  N_("Adds a customer, with what was typed as name or phone") }
#define FILTER_KEYS							\
	{ ACT_FILTER, KEY_F(7), CTRL_KEY('W'), N_("Filter"),					\
	  N_("Shows only some: who was away for long, who bought tea, who may be texted") },	\
	{ ACT_CONDITION, KEY_F(7), CTRL_KEY('W'), N_("Condition"),				\
	  N_("Picks a condition from lists, or takes one away") },				\
	{ ACT_KEEP, KEY_F(10), CTRL_KEY('S'), N_("Keep"),					\
	  N_("Keeps the filter under a name, as a segment") }
#define OTHER_KEYS							\
	{ ACT_BACK, 0x1b, 0, N_("Back"),							\
	  N_("Clears what was typed, then the filter, then goes back") },			\
	{ ACT_SEGMENTS, 0, CTRL_KEY('G'), N_("Segments"),					\
	  N_("Lists the filters that were kept") },						\
	{ ACT_ALL_SEGMENTS, 0, CTRL_KEY('G'), NULL, N_("Lists the filters that were kept") },	\
	{ ACT_SALE, KEY_F(4), CTRL_KEY('E'), N_("Sale"), N_("Begins a sale to the chosen one") }, \
	{ ACT_FIND, KEY_F(2), CTRL_KEY('F'), NULL, N_("Clears what was typed, to find another") }
#define SORT_WORDS	N_("Sort"), N_("Chooses the order of the list")
#define FILE_WORDS	N_("File"), \
			N_("Writes the people in the list into a file for spreadsheets (CSV)")

static const struct binding customers_keys[] = {
	OPEN_KEYS,
	{ ACT_FILE, 0, CTRL_KEY('O'), FILE_WORDS },
	NEW_KEY, FILTER_KEYS, OTHER_KEYS,
	{ ACT_SORT, KEY_F(6), CTRL_KEY('T'), SORT_WORDS },
	{ ACT_ALL_FILE, 0, CTRL_KEY('O'), FILE_WORDS },
	{ 0 }
};

/* Of people whom a figure or a segment chose: the file has the key that it has there. */
static const struct binding people_keys[] = {
	OPEN_KEYS,
	{ ACT_FILE, KEY_F(6), CTRL_KEY('O'), FILE_WORDS },
	FILTER_KEYS, OTHER_KEYS,
	{ ACT_SORT, 0, CTRL_KEY('T'), SORT_WORDS },
	NEW_KEY,
	{ 0 }
};

static const char *const order_choices[DIRECTORY_ORDERS] = {
	[BY_LAST_VISIT] = N_("Last visit, newest first"), [BY_NAME] = N_("Name"),
	[BY_VISITS] = N_("Visits, most first"), [BY_SPEND] = N_("Money spent, most first"),
	[BY_ADDED] = N_("Added, newest first"),
};

/* -- opening -- */

static void customers_open(void *state, struct ui *ui, const void *arg)
{
	struct customers *s = state;

	(void)ui;
	s->similar = NO_LINE;
	s->words.hint = N_("name, phone or card");
	s->filter.hint = N_("for example: last_visit > 60d and visits >= 3");
	s->filter.most = SEGMENT_FILTER - 1;
	if (arg)
		edit_set(&s->words, arg);
}

static void newest_open(void *state, struct ui *ui, const void *arg)
{
	struct customers *s = state;

	customers_open(state, ui, arg);
	s->order = BY_ADDED;
}

struct people_ask {
	const char *segment, *filter;
};

static void people_open(void *state, struct ui *ui, const void *arg)
{
	struct customers *s = state;
	const struct people_ask *ask = arg;

	customers_open(state, ui, NULL);
	if (!ask)
		return;
	free(s->given);
	s->given = mem_text(ask->filter);
	edit_set(&s->words, "");
	filter_set(s, ui, ask->filter);
	filter_name(s, ask->segment);
	s->order = *ask->filter && !*ask->segment ? BY_SPEND : BY_LAST_VISIT;
	s->in_list = *ask->filter != '\0';
	s->has_line = true;
	s->in_line = !s->in_list;
}

void customers_segment_open(struct ui *ui, const char *name, const char *filter)
{
	ui_open(ui, &people_screen, &(struct people_ask){ name, filter });
}

void customers_where_open(struct ui *ui, const char *filter)
{
	ui_open(ui, &people_screen, &(struct people_ask){ "", filter });
}

/* -- acting -- */

void customers_begin(struct customers *s, struct ui *ui)
{
	list_choose(&s->list, 0);
	s->anew = true;
	s->in_list = false;
	ui_reload(ui);
}

static void forget_words(struct customers *s, struct ui *ui)
{
	edit_set(&s->words, "");
	customers_begin(s, ui);
}

static bool type(struct customers *s, struct ui *ui, const struct event *e)
{
	struct edit before = s->words;

	if (!edit_act(&s->words, e))
		return false;
	s->in_list = s->in_line = false;
	if (strcmp(before.text, s->words.text))
		customers_begin(s, ui);
	return true;
}

static void sorted(void *state, struct ui *ui, size_t i)
{
	struct customers *s = state;

	s->order = (enum directory_order)i;
	edit_set(&s->words, "");
	customers_begin(s, ui);
}

static void ask_order(struct customers *s, struct ui *ui)
{
	struct choice choices[DIRECTORY_ORDERS] = { { 0 } };

	for (size_t i = 0; i < DIRECTORY_ORDERS; i++)
		choices[i].label = _(order_choices[i]);
	ui_pick(ui, &(struct picker){ .title = _("Sort the customers by"), .choices = choices,
				      .n = DIRECTORY_ORDERS, .chosen = s->order,
				      .picked = sorted });
}

static void open_chosen(struct customers *s, struct ui *ui, const struct screen *screen)
{
	int64_t id = customers_chosen(s);

	if (id)
		ui_open(ui, screen, &id);
}

/* Is everybody read who stands so many screens around the chosen one? */
static bool is_near(const struct customers *s, int screens)
{
	size_t first = s->people.first, end = first + s->people.n;
	size_t near = (size_t)(screens * LINES);

	return s->found || ((first == 0 || s->list.at >= first + near) &&
			    (end >= s->list.n || s->list.at + near < end));
}

static bool go(struct customers *s, struct ui *ui, int action)
{
	list_fit(&s->list, columns_rows(s->list.n, customers_list_rows(s, ui)));
	if (!list_act(&s->list, action))
		return false;
	s->in_line = false;
	customers_leave_line(s, action);
	s->in_list = true;
	if (!is_near(s, 1))
		ui_reload(ui);
	else if (!is_near(s, 3))
		ui_read_on(ui);
	return true;
}

static bool customers_act(void *state, struct ui *ui, const struct event *e)
{
	struct customers *s = state;

	if (filter_act(s, ui, e))
		return true;
	switch (e->action) {
	case ACT_ENTER:
		open_chosen(s, ui, &customer_screen);
		return true;
	case ACT_SALE:
		open_chosen(s, ui, &counter_screen);
		return true;
	case ACT_NEW:
		ui_open(ui, &customer_form_screen,
			&(struct customer_form_ask){ .text = s->words.text });
		return true;
	case ACT_SORT:
		ask_order(s, ui);
		return true;
	case ACT_FIND:
		forget_words(s, ui);
		return true;
	case ACT_BACK:
		if (!*s->words.text)
			return filter_peel(s, ui);
		forget_words(s, ui);
		return true;
	case ACT_SCAN:
		return false;
	default:
		break;
	}
	return go(s, ui, e->action) || type(s, ui, e);
}

static const char customers_help[] =
	N_("Everybody in the book. Type a name in any script, the end of a phone number or a "
	   "card; several words find who fits all of them. A filter shows only some of them: "
	   "press its key, and once more to pick conditions from lists. A filter that is kept "
	   "is a segment: who is in it is asked anew each time.");

#define CUSTOMERS_SCREEN(open_, keys_)					\
	{								\
		.name = N_("Customers"), .help = customers_help,	\
		.state_size = sizeof(struct customers), .keys = (keys_), \
		.open = (open_), .load = customers_load, .draw = customers_draw, \
		.act = customers_act, .offers = filter_offers,		\
		.explain = customers_explain,				\
		.release = customers_release,				\
	}

const struct screen customers_screen = CUSTOMERS_SCREEN(customers_open, customers_keys);
const struct screen newest_screen = CUSTOMERS_SCREEN(newest_open, customers_keys);
const struct screen people_screen = CUSTOMERS_SCREEN(people_open, people_keys);

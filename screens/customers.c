/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "screens/columns.h"
#include "screens/customer_form.h"
#include "screens/customers_view.h"
#include "screens/screens.h"
#include "screens/ui.h"

/* Of the book only what is in view is read, and some screens around it. */

enum { PAGE_SCREENS = 10 };
enum { ACT_SORT = ACT_OWN };

static const struct binding customers_keys[] = {
	{ ACT_ENTER, '\r', 0, N_("Open"), N_("Opens the customer's card") },
	{ ACT_NEW, KEY_F(3), CTRL_KEY('N'), N_("New"),
	  N_("Adds a customer, with what was typed as name or phone") },
	{ ACT_SORT, KEY_F(6), CTRL_KEY('T'), N_("Sort"), N_("Chooses the order of the list") },
	{ ACT_SALE, KEY_F(4), CTRL_KEY('E'), N_("Sale"), N_("Begins a sale to the chosen one") },
	{ ACT_FIND, KEY_F(2), CTRL_KEY('F'), NULL, N_("Clears what was typed, to find another") },
	{ ACT_BACK, 0x1b, 0, N_("Back"), N_("Clears what was typed, then goes back") },
	{ 0 }
};

static const char *const order_choices[DIRECTORY_ORDERS] = {
	[BY_LAST_VISIT] = N_("Last visit, newest first"), [BY_NAME] = N_("Name"),
	[BY_VISITS] = N_("Visits, most first"), [BY_SPEND] = N_("Money spent, most first"),
	[BY_ADDED] = N_("Added, newest first"),
};

/* -- the list -- */

/* The line in between is passed over. */
static void leave_line(struct customers *s, int action)
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

static int64_t chosen(const struct customers *s)
{
	const struct person *p = customers_person(s, s->list.at);

	return p ? p->id : 0;
}

/* -- reading -- */

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
	struct wanted w = { s, s->found && !s->anew ? chosen(s) : 0 };
	enum status st = persons_find(ui->shop, s->words.text, ui_today(ui), &s->people);
	size_t lines;

	s->found = true;
	find_line(s);
	lines = s->people.n + (s->similar != NO_LINE);
	list_keep(&s->list, lines, is_wanted, &w);
	leave_line(s, ACT_DOWN);
	return st;
}

static enum status load_page(struct customers *s, struct ui *ui)
{
	size_t n = (size_t)(PAGE_SCREENS * LINES);
	struct people_page page = { &s->directory, 0, n };

	if (s->list.at > n / 2)
		page.first = s->list.at - n / 2;
	return persons_read(ui->shop, &page, ui_today(ui), &s->people);
}

/* Many take a while: meanwhile one can search already. */
static enum status load_book(struct customers *s, struct ui *ui)
{
	int64_t id = s->found || s->anew ? 0 : chosen(s);
	enum status st = directory_update(ui->shop, &s->directory, s->order);
	size_t place;

	s->found = false;
	s->similar = NO_LINE;
	list_count(&s->list, s->directory.whole ? s->directory.n : 0);
	if (directory_place(&s->directory, id, &place))
		list_choose(&s->list, place);
	if (st == ST_OK && s->directory.whole)
		return load_page(s, ui);
	persons_release(&s->people);
	if (st == ST_OK)
		ui_read_on(ui);
	return st;
}

static enum status customers_load(void *state, struct ui *ui)
{
	struct customers *s = state;
	enum status st = *s->words.text ? load_found(s, ui) : load_book(s, ui);

	s->anew = false;
	return st;
}

static void customers_open(void *state, struct ui *ui, const void *arg)
{
	struct customers *s = state;

	(void)ui;
	s->similar = NO_LINE;
	s->words.hint = N_("name, phone or card");
	if (arg)
		edit_set(&s->words, arg);
}

static void newest_open(void *state, struct ui *ui, const void *arg)
{
	struct customers *s = state;

	customers_open(state, ui, arg);
	s->order = BY_ADDED;
}

static void customers_release(void *state)
{
	struct customers *s = state;

	directory_release(&s->directory);
	persons_release(&s->people);
}

/* -- acting -- */

/* Another list: its first line is chosen. */
static void begin_anew(struct customers *s, struct ui *ui)
{
	list_choose(&s->list, 0);
	s->anew = true;
	s->in_list = false;
	ui_reload(ui);
}

static void forget_words(struct customers *s, struct ui *ui)
{
	edit_set(&s->words, "");
	begin_anew(s, ui);
}

static bool type(struct customers *s, struct ui *ui, const struct event *e)
{
	struct edit before = s->words;

	if (!edit_act(&s->words, e))
		return false;
	s->in_list = false;
	if (strcmp(before.text, s->words.text))
		begin_anew(s, ui);
	return true;
}

static void sorted(void *state, struct ui *ui, size_t i)
{
	struct customers *s = state;

	s->order = (enum directory_order)i;
	edit_set(&s->words, "");
	begin_anew(s, ui);
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
	int64_t id = chosen(s);

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
	list_fit(&s->list, columns_rows(s->list.n, LINES - 6));
	if (!list_act(&s->list, action))
		return false;
	leave_line(s, action);
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
			return false;
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
	   "card; several words find who fits all of them.");

const struct screen customers_screen = {
	.name = N_("Customers"),
	.help = customers_help,
	.state_size = sizeof(struct customers),
	.keys = customers_keys,
	.open = customers_open,
	.load = customers_load,
	.draw = customers_draw,
	.act = customers_act,
	.release = customers_release,
};

const struct screen newest_screen = {
	.name = N_("Customers"),
	.help = customers_help,
	.state_size = sizeof(struct customers),
	.keys = customers_keys,
	.open = newest_open,
	.load = customers_load,
	.draw = customers_draw,
	.act = customers_act,
	.release = customers_release,
};

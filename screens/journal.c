/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/journal.h"

#include <stdlib.h>

#include "base/mem.h"
#include "screens/columns.h"
#include "screens/page.h"
#include "screens/screens.h"
#include "screens/undoing.h"
#include "shop/verbs.h"

/* Of the journal only what is in view is read, and some screens around it. */

enum { PAGE_SCREENS = 6, FOUND_SCREENS = 8 };
enum { ACT_WHICH = ACT_OWN, ACT_DAY, ACT_CARD };

static const struct binding journal_keys[] = {
	{ ACT_ENTER, '\r', 0, N_("Why?"), N_("Tells what the chosen entry did, and why") },
	{ ACT_WHICH, KEY_F(6), CTRL_KEY('T'), N_("Show only"),
	  N_("Chooses which entries are shown: of a kind, by somebody, of a customer") },
	{ ACT_DAY, KEY_F(7), CTRL_KEY('Y'), N_("Day"), N_("Goes to the entries of a day") },
	{ ACT_FIND, KEY_F(2), CTRL_KEY('F'), N_("Receipt"),
	  N_("Goes to a sale by its receipt, or to an entry by its number") },
	{ ACT_CARD, 0, CTRL_KEY('O'), N_("Customer"),
	  N_("Opens the card of the chosen entry's customer") },
	{ ACT_UNDO, 0, CTRL_KEY('Z'), NULL, N_("Takes your last entry of today back") },
	{ ACT_BACK, 0x1b, 0, N_("Back"), N_("Shows all entries again, then goes back") },
	{ 0 }
};

/* -- reading -- */

const struct recent_row *journal_row(const struct journal *j, size_t place)
{
	if (place < j->first || place - j->first >= j->page.n)
		return NULL;
	return &j->page.row[place - j->first];
}

static enum status read_page(struct journal *j, struct ui *ui)
{
	size_t n = (size_t)(PAGE_SCREENS * LINES);
	struct recent_ask ask = { 0 };
	int64_t *seqs;
	enum status st;

	recent_release(&j->page);
	j->first = j->list.at > n / 2 ? j->list.at - n / 2 : 0;
	if (n > j->found.n - j->first)
		n = j->found.n - j->first;
	seqs = mem_alloc((n + 1) * sizeof(*seqs));
	for (size_t i = 0; i < n; i++)
		seqs[i] = journal_seq(&j->found, j->first + i);
	ask.seqs = seqs;
	ask.limit = (int64_t)n;
	st = recent_read(ui->shop, &ask, &ui->format, &j->page);
	free(seqs);
	return st;
}

static void choose_entry(struct journal *j, int64_t seq)
{
	size_t place;

	journal_place(&j->found, seq, &place);
	list_choose(&j->list, place);
}

/* Where one wanted to go, as far as it is known by now. */
static enum status go_where_wanted(struct journal *j, struct ui *ui)
{
	struct journal_seek *s = &j->seek;
	enum status st = ST_OK;

	if (j->looked_for)
		choose_entry(j, j->looked_for);
	if (j->to_end && j->found.whole)
		list_choose(&j->list, j->found.n);
	if (!s->day || !j->found.whole)
		return st;
	st = journal_seek(ui->shop->store, &j->found, s);
	if (!s->done)
		return st;
	if (s->found)
		list_choose(&j->list, s->place);
	else
		ui_say(ui, TONE_WARN, "%s", _("Nothing happened on that day or before it."));
	s->day = 0;
	return st;
}

/* How many have to be found for what is wanted. */
static size_t wanted(const struct journal *j)
{
	if (j->to_end || j->seek.day || j->looked_for)
		return SIZE_MAX;
	return j->list.at + (size_t)(FOUND_SCREENS * LINES);
}

static enum status journal_load(void *state, struct ui *ui)
{
	struct journal *j = state;
	enum status st = journal_find(ui->shop->store, &j->found, wanted(j));

	list_count(&j->list, j->found.n);
	if (j->chosen)
		choose_entry(j, j->chosen);
	if (st == ST_OK)
		st = go_where_wanted(j, ui);
	if (st == ST_OK && (j->found.more || j->seek.day))
		ui_read_on(ui);
	else
		j->to_end = false, j->looked_for = 0;
	if (st == ST_OK)
		st = read_page(j, ui);
	if (j->found.n)
		j->chosen = journal_seq(&j->found, j->list.at);
	return st;
}

static void journal_release(void *state)
{
	struct journal *j = state;

	journal_forget(&j->found);
	recent_release(&j->page);
}

void journal_begin(struct journal *j, struct ui *ui)
{
	journal_forget(&j->found);
	list_count(&j->list, 0);
	j->chosen = j->looked_for = 0;
	j->to_end = false;
	j->seek.day = 0;
	ui_reload(ui);
}

/* -- acting -- */

static const struct recent_row *chosen(const struct journal *j)
{
	return j->found.n ? journal_row(j, j->list.at) : NULL;
}

static void tell_why(const struct journal *j, struct ui *ui)
{
	const struct recent_row *row = chosen(j);
	char name[NAME_TEXT];

	if (row && row->kind != ENTRY_NONE)
		page_tell_why(ui, *row->name ? name_shown(ui->shop, row->name, name) :
					       _("Why?"), row->seq, row->customer);
	else if (row)
		ui_say(ui, TONE_BAD, "%s", _("This entry is damaged. Run: regulars verify"));
}

static void open_card(const struct journal *j, struct ui *ui)
{
	const struct recent_row *row = chosen(j);

	if (row && row->customer)
		ui_open(ui, &customer_screen, &row->customer);
	else
		ui_say(ui, TONE_NORMAL, "%s", _("This entry is of no customer."));
}

static void undo(void *state, struct ui *ui)
{
	struct journal *j = state;
	struct telling how = { &ui->format, ui_today(ui) };
	struct actor by = ui_actor(ui);
	struct told told = { .first = false };
	struct trade_run run;

	if (undo_last(ui->shop, &by, j->undoing, &run) != ST_OK ||
	    told_read(ui->shop, &run, &how, &told) != ST_OK)
		ui_fail(ui);
	else
		ui_say(ui, TONE_GOOD, "%s", told.done.at);
	told_release(&told);
	ui_reload(ui);
}

/* Is everything read that is in view, and so many screens around it? */
static bool is_near(const struct journal *j, int screens)
{
	size_t near = (size_t)(screens * LINES), end = j->first + j->page.n;

	if (!j->found.whole && j->list.at + near >= j->found.n)
		return false;
	return (!j->first || j->list.at >= j->first + near) &&
	       (end >= j->found.n || j->list.at + near < end);
}

static bool go(struct journal *j, struct ui *ui, int action)
{
	list_fit(&j->list, columns_rows(j->list.n, journal_lines(ui)));
	if (!list_act(&j->list, action))
		return false;
	j->to_end = action == ACT_END && !j->found.whole;
	j->looked_for = j->seek.day = 0;
	if (j->found.n)
		j->chosen = journal_seq(&j->found, j->list.at);
	if (!is_near(j, 1))
		ui_reload(ui);
	else if (!is_near(j, 2))
		ui_read_on(ui);
	return true;
}

static bool show_all(struct journal *j, struct ui *ui)
{
	int64_t seq = j->chosen;

	if (journal_asks_all(&j->found.ask))
		return false;
	j->found.ask = (struct journal_ask){ 0 };
	journal_begin(j, ui);
	j->looked_for = seq;
	return true;
}

static bool journal_act(void *state, struct ui *ui, const struct event *e)
{
	struct journal *j = state;

	switch (e->action) {
	case ACT_ENTER:
		tell_why(j, ui);
		return true;
	case ACT_WHICH:
		journal_ask_which(j, ui);
		return true;
	case ACT_DAY:
		journal_ask_day(j, ui);
		return true;
	case ACT_FIND:
		journal_ask_receipt(ui);
		return true;
	case ACT_CARD:
		open_card(j, ui);
		return true;
	case ACT_UNDO:
		undo_ask(ui, &j->undoing, undo);
		return true;
	case ACT_BACK:
		return show_all(j, ui);
	default:
		return go(j, ui, e->action);
	}
}

const struct screen journal_screen = {
	.name = N_("Journal"),
	.help = N_("All that was ever done in the shop, newest first. Nothing in it is ever "
		   "changed: what was wrong is put right by another entry. Enter on a line tells "
		   "what it did and why."),
	.state_size = sizeof(struct journal),
	.keys = journal_keys,
	.load = journal_load,
	.draw = journal_draw,
	.act = journal_act,
	.release = journal_release,
};

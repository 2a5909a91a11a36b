/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "insight/filter.h"
#include "screens/columns.h"
#include "screens/customers.h"
#include "screens/screens.h"
#include "screens/ui.h"
#include "shop/segment.h"
#include "store/record_text.h"

/* The filters that were kept, and how many people each chooses now. They are
 * counted one after the other, in parts. */

enum { NOT_COUNTED = -1, NOT_READ = -2 };

struct count {
	int64_t id;			/* of the segment */
	int64_t people;			/* or why there is none */
};

struct segments_state {
	struct segments all;
	struct count *counts;		/* one for each */
	struct list list;
	char asked[SEGMENT_NAME];	/* about which a question is open */
	uint64_t version;		/* of the store they were counted in */
	size_t at;			/* the one that is being counted */
	struct filter *filter;		/* of it; NULL: not begun */
	struct filter_search search;
};

/* -- reading -- */

static void stop(struct segments_state *s)
{
	if (s->filter)
		filter_end(&s->search);
	filter_free(s->filter);
	s->filter = NULL;
}

static struct count *count_of(struct count *counts, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (counts[i].id == id)
			return &counts[i];
	return NULL;
}

/* What was counted before is shown until it is counted anew. */
static enum status read_all(struct segments_state *s, struct ui *ui)
{
	struct count *before = s->counts, *known;
	size_t n = s->all.n;
	enum status st;

	stop(s);
	segments_release(&s->all);
	st = segments_read(ui->shop, &s->all);
	s->counts = mem_alloc((s->all.n + 1) * sizeof(*s->counts));
	for (size_t i = 0; i < s->all.n; i++) {
		known = count_of(before, n, s->all.row[i].id);
		s->counts[i] = (struct count){ s->all.row[i].id,
					       known ? known->people : NOT_COUNTED };
	}
	free(before);
	s->at = 0;
	list_count(&s->list, s->all.n);
	return st;
}

static enum status begin(struct segments_state *s, struct ui *ui)
{
	struct filter_mistake mistake;
	enum status st = filter_parse(ui->shop, s->all.row[s->at].filter, &s->filter, &mistake);

	if (st == ST_OK)
		return filter_begin(ui->shop, s->filter, ui_today(ui), &s->search);
	s->filter = NULL;
	s->counts[s->at++].people = NOT_READ;
	return st == ST_INVALID ? ST_OK : st;
}

/* A part of the work. */
static enum status count_on(struct segments_state *s, struct ui *ui)
{
	enum status st = s->filter ? ST_OK : begin(s, ui);

	if (st != ST_OK || !s->filter)
		return st;
	st = filter_step(ui->shop, &s->search);
	if (st == ST_OK && s->search.whole) {
		s->counts[s->at++].people = (int64_t)s->search.found.n;
		stop(s);
	}
	return st;
}

static enum status load_segments(void *state, struct ui *ui)
{
	struct segments_state *s = state;
	uint64_t version = store_version(ui->shop->store);
	enum status st = ST_OK;

	if (!s->counts || version != s->version)
		st = read_all(s, ui);
	s->version = version;
	if (st == ST_OK && s->at < s->all.n)
		st = count_on(s, ui);
	if (st != ST_OK)
		stop(s);
	else if (s->at < s->all.n)
		ui_read_on(ui);
	return st;
}

static void segments_close(void *state)
{
	struct segments_state *s = state;

	stop(s);
	segments_release(&s->all);
	free(s->counts);
}

/* -- drawing -- */

enum { COL_NAME, COL_PEOPLE, COL_FILTER };

static const struct heading headings[] = {
	{ N_("Segment"), 14, 26, 100, ALIGN_LEFT },
	{ N_("People"), 6, 8, 90, ALIGN_RIGHT },
	{ N_("Filter"), 16, 60, 50, ALIGN_LEFT },
	{ 0 }
};

struct drawing {
	const struct segments_state *s;
	const struct ui *ui;
};

static void draw_cell(const void *arg, size_t row, size_t column, struct cell *out)
{
	const struct drawing *d = arg;
	const struct segment *segment = &d->s->all.row[row];
	int64_t people = d->s->counts[row].people;

	if (column == COL_NAME) {
		out->text = segment->name;
		out->tone = TONE_STRONG;
	} else if (column == COL_FILTER) {
		out->text = segment->filter;
	} else if (people == NOT_READ) {
		out->text = "?";
		out->tone = TONE_WARN;
	} else if (people >= 0) {
		out->text = format_number(&d->ui->format, people, out->room);
	}
}

static void segments_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct segments_state *s = state;
	struct drawing d = { s, ui };

	columns_draw(c, &(struct listing){
		.headings = headings, .list = &s->list, .cell = draw_cell, .arg = &d,
		.empty = _("Nothing is kept yet. A segment is a filter with a name: New begins "
			   "one, and Keep gives it the name."),
		.focused = true });
}

/* -- acting -- */

enum { ACT_RENAME = ACT_OWN, ACT_REMOVE };

static const struct binding segments_keys[] = {
	{ ACT_ENTER, '\r', 0, N_("People"), N_("Opens the people of the segment; its filter can "
					       "be changed there and kept") },
	{ ACT_NEW, KEY_F(3), CTRL_KEY('N'), N_("New"), N_("Begins a filter to keep") },
	{ ACT_RENAME, KEY_F(6), CTRL_KEY('T'), N_("Rename"), N_("Gives the segment another name") },
	{ ACT_REMOVE, 0, CTRL_KEY('X'), N_("Remove"), N_("Removes the segment; its people stay "
							"in the book") },
	{ 0 }
};

static const struct segment *chosen(const struct segments_state *s)
{
	return s->list.n ? &s->all.row[s->list.at] : NULL;
}

static void renamed(void *state, struct ui *ui, const char *name)
{
	struct segments_state *s = state;
	struct segment changed = { .id = 0 };
	struct field_reading how = { _("Name"), 0 };
	struct actor by = ui_actor(ui);

	if (field_parse(record_field(&segment_type, "name"), &changed, name, &how) != ST_OK ||
	    filter_keep(ui->shop, &by, s->asked, &changed) != ST_OK)
		ui_fail(ui);
	ui_reload(ui);
}

static void removal_agreed(void *state, struct ui *ui)
{
	struct segments_state *s = state;
	struct segment gone;
	struct actor by = ui_actor(ui);

	if (segment_remove(ui->shop, &by, s->asked, &gone) != ST_OK)
		ui_fail(ui);
	else
		ui_say(ui, TONE_GOOD, _("%s is removed; its people stay in the book."),
		       gone.name);
	ui_reload(ui);
}

static void ask_name(struct segments_state *s, struct ui *ui, const struct segment *segment)
{
	strcpy(s->asked, segment->name);
	ui_ask(ui, &(struct question){ .title = _("Another name"), .hint = "",
				       .text = segment->name, .answer = renamed });
}

static void ask_to_remove(struct segments_state *s, struct ui *ui, const struct segment *segment)
{
	char title[SEGMENT_NAME + 60];

	strcpy(s->asked, segment->name);
	snprintf(title, sizeof(title), _("Remove the segment %s?"), segment->name);
	ui_confirm(ui, &(struct confirmation){
		.title = title, .detail = _("Its people stay in the book."), .yes = _("Remove"),
		.agreed = removal_agreed });
}

static bool segments_act(void *state, struct ui *ui, const struct event *e)
{
	struct segments_state *s = state;
	const struct segment *segment = chosen(s);

	list_fit(&s->list, columns_rows(s->list.n, ui_rows(ui)));
	if (list_act(&s->list, e->action))
		return true;
	if (e->action == ACT_NEW || (e->action == ACT_ENTER && !segment))
		customers_where_open(ui, "");
	else if (e->action == ACT_ENTER)
		customers_segment_open(ui, segment->name, segment->filter);
	else if (e->action == ACT_RENAME && segment)
		ask_name(s, ui, segment);
	else if (e->action == ACT_REMOVE && segment)
		ask_to_remove(s, ui, segment);
	else
		return e->action == ACT_RENAME || e->action == ACT_REMOVE;
	return true;
}

const struct screen segments_screen = {
	.name = N_("Segments"),
	.help = N_("Filters that were kept under a name. Who is in one is asked anew each time. A "
		   "question mark stands where a filter names something that is no longer there."),
	.state_size = sizeof(struct segments_state),
	.keys = segments_keys,
	.load = load_segments,
	.draw = segments_draw,
	.act = segments_act,
	.release = segments_close,
};

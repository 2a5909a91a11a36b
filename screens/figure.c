/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/figure_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screens/customers.h"

enum { AROUND = 7 };		/* lines around a picture */

const struct binding figure_keys[] = { FIGURE_KEYS, { 0 } };

/* -- working it out -- */

/* Items that were added or changed since stand in other places. */
bool figure_has_goods(const struct figure *f, const struct picture *p)
{
	return !f->kind->of_goods || f->loads == p->sold.loads;
}

static bool is_current(const struct figure *f, const struct picture *p)
{
	return f->begun && f->changes == p->scan.changes && f->span == p->span && !f->working &&
	       !strcmp(f->language, language_used()) && figure_has_goods(f, p);
}

static bool is_bare(const struct figure *f)
{
	return f->kind->bare && f->kind->bare(f);
}

static void forget(struct figure *f, void *state)
{
	if (f->begun && f->kind->release)
		f->kind->release(state);
	f->begun = false;
	f->working = false;
}

static enum status work(struct figure *f, void *state, struct ui *ui)
{
	const struct picture *p = picture_of(ui);
	enum status st;

	if (!f->working)
		forget(f, state);
	f->begun = true;
	f->changes = p->scan.changes;
	f->span = p->span;
	snprintf(f->language, sizeof(f->language), "%s", language_used());
	f->working = false;
	st = f->kind->work(state, ui);
	f->loads = p->sold.loads;
	if (st == ST_OK && f->working)
		ui_read_on(ui);
	else if (st == ST_OK && f->table)
		st = figure_make_table(f, ui);
	return st;
}

/* Has what is chosen people to open? */
static void look_for_people(struct figure *f, const struct ui *ui)
{
	struct buf filter = { 0 };

	f->somebody = figure_is_there(f) && f->kind->people && !is_bare(f) &&
		      f->kind->people(f, ui, figure_place(f), &filter);
	buf_release(&filter);
}

enum status figure_load(void *state, struct ui *ui)
{
	struct figure *f = state;
	const struct picture *p = picture_of(ui);
	enum status st = picture_update(ui);

	if (st == ST_OK && f->kind->of_goods && figure_is_there(f))
		st = picture_sold(ui);
	if (st != ST_OK)
		return st;
	if (!p->scan.whole)
		ui_read_on(ui);
	else if (!p->scan.visit_count && !(f->kind->of_goods && picture_day(p)))
		forget(f, state);
	else if (!is_current(f, p))
		st = work(f, state, ui);
	else if (f->kind->reread)
		st = f->kind->reread(state, ui);
	look_for_people(f, ui);
	return st;
}

void figure_release(void *state)
{
	struct figure *f = state;

	forget(f, state);
	sheet_release(&f->sheet);
	free(f->filter);
	free(f->taken);
}

bool figure_read_sold(struct figure *f, struct ui *ui, enum status *st)
{
	const struct sold *sold = &picture_of(ui)->sold;

	*st = picture_sold(ui);
	f->working = *st == ST_OK && !sold->whole;
	f->done = sold->seq;
	f->total = sold->last;
	return *st == ST_OK && sold->whole;
}

struct sold_window figure_sold_window(const struct ui *ui)
{
	struct picture_window w = picture_window(picture_of(ui));

	return (struct sold_window){ .from = w.from, .to = w.to };
}

/* -- what can be done with it -- */

struct figure_place figure_place(const struct figure *f)
{
	if (f->table)
		return (struct figure_place){ .table = true, .row = f->rows.at };
	return (struct figure_place){ .row = f->list.at, .column = f->column };
}

static size_t views(const struct figure *f)
{
	size_t n = 0;

	while (f->kind->views && f->kind->views[n])
		n++;
	return n;
}

bool figure_is_there(const struct figure *f)
{
	return f->begun && !f->working;
}

bool figure_offers(const void *state, int action)
{
	const struct figure *f = state;

	switch (action) {
	case ACT_TAB:
		return figure_is_there(f) && !f->table && views(f) > 1;
	case ACT_SPAN:
		return f->kind->spans && f->begun;
	case ACT_ENTER:
	case ACT_SEGMENT:
		return f->somebody;
	case ACT_TABLE:
	case ACT_CSV:
		return figure_is_there(f) && !is_bare(f);
	default:
		return true;
	}
}

static void tell_nobody(struct ui *ui)
{
	ui_say(ui, TONE_NORMAL, "%s", _("This line is about nobody in particular."));
}

static void open_people(const struct figure *f, void *state, struct ui *ui)
{
	struct buf filter = { 0 };

	if (f->kind->enter && f->kind->enter(state, ui, figure_place(f)))
		return;
	if (f->kind->people(state, ui, figure_place(f), &filter))
		customers_where_open(ui, filter.at);
	else
		tell_nobody(ui);
	buf_release(&filter);
}

static void keep_people(struct figure *f, struct ui *ui)
{
	struct buf filter = { 0 };

	if (f->kind->people(f, ui, figure_place(f), &filter))
		figure_ask_segment(f, filter.at, ui);
	else
		tell_nobody(ui);
	buf_release(&filter);
}

static void write_file(struct figure *f, struct ui *ui)
{
	struct sheet sheet;
	struct buf csv = { 0 };

	if (f->kind->before_sheet && f->kind->before_sheet(f, ui) != ST_OK) {
		ui_fail(ui);
		return;
	}
	f->kind->sheet(f, &sheet);
	sheet_csv(&sheet, ui->shop->decimals, &csv);
	figure_write_csv(ui, f->kind->name, &csv);
	buf_release(&csv);
	sheet_release(&sheet);
}

static void picked_span(void *state, struct ui *ui, size_t i)
{
	(void)state;
	picture_of(ui)->span = (enum span)i;
	ui_reload(ui);
}

void figure_ask_span(struct ui *ui)
{
	struct choice choices[SPANS] = { { 0 } };

	for (size_t i = 0; i < SPANS; i++)
		choices[i].label = _(span_name((enum span)i));
	ui_pick(ui, &(struct picker){ .title = _("Which days shall be counted?"),
				      .choices = choices, .n = SPANS,
				      .chosen = picture_of(ui)->span, .picked = picked_span });
}

static void next_view(struct figure *f, struct ui *ui, bool back)
{
	size_t n = views(f);

	f->view = (f->view + (back ? n - 1 : 1)) % n;
	if (f->kind->turned)
		f->kind->turned(f, ui);
}

static void turn_table(struct figure *f, struct ui *ui)
{
	bool made = !f->table && figure_make_table(f, ui) == ST_OK;

	if (!f->table && !made)
		ui_fail(ui);
	f->table = made;
}

static bool has_lines(const struct figure *f)
{
	return f->kind->people && (f->table ? f->rows.n : f->list.n) > 0 && !is_bare(f);
}

/* Those that need the figure; false: not mine. */
static bool act_on_it(struct figure *f, void *state, struct ui *ui, const struct event *e)
{
	switch (e->action) {
	case ACT_ENTER:
		if (has_lines(f))
			open_people(f, state, ui);
		return true;
	case ACT_SEGMENT:
		if (has_lines(f))
			keep_people(f, ui);
		return true;
	case ACT_TAB:
	case ACT_TAB_BACK:
		if (!f->table && views(f) > 1)
			next_view(f, ui, e->action == ACT_TAB_BACK);
		return true;
	case ACT_TABLE:
		if (!is_bare(f))
			turn_table(f, ui);
		return true;
	case ACT_CSV:
		if (!is_bare(f))
			write_file(f, ui);
		return true;
	default:
		break;
	}
	if (f->table)
		return figure_table_act(f, ui, e);
	return list_act(&f->list, e->action);
}

static bool act_in(struct figure *f, void *state, struct ui *ui, const struct event *e)
{
	if (e->action == ACT_REDEEM && !figure_offers(state, ACT_TABLE))
		return true;	/* F5 is the table here, also where there is none */
	if (e->action == ACT_SPAN && f->kind->spans && f->begun) {
		figure_ask_span(ui);
		return true;
	}
	if (e->action == ACT_BACK && f->table) {
		f->table = false;
		return true;
	}
	if (!figure_is_there(f))
		return e->action >= ACT_TABLE;
	list_fit(&f->list, ui_rows(ui) > AROUND ? (size_t)(ui_rows(ui) - AROUND) : 1);
	if (!f->table && f->kind->act && f->kind->act(state, ui, e))
		return true;
	return act_on_it(f, state, ui, e);
}

bool figure_act(void *state, struct ui *ui, const struct event *e)
{
	bool mine = act_in(state, state, ui, e);

	look_for_people(state, ui);
	return mine;
}

/* -- its definition, for F1 -- */

static void add_paragraph(struct buf *out, const char *text)
{
	if (out->len)
		buf_text(out, "\n\n");
	buf_text(out, text);
}

void figure_explain(const void *state, const struct ui *ui, struct buf *out)
{
	const struct figure *f = state;
	const struct picture *p = picture_of(ui);
	char days[3 * FORMAT_TEXT];
	struct buf window = { 0 };

	if (figure_is_there(f) && figure_has_goods(f, p)) {
		figure_window_words(f, ui, days);
		buf_printf(&window, _("Counted here: %s."), days);
		if (f->kind->sample) {
			buf_text(&window, " ");
			f->kind->sample(state, ui, &window);
		}
		add_paragraph(out, window.at);
	} else if (p->scan.whole) {
		add_paragraph(out, _("There is nothing to count yet."));
	}
	for (const struct definition *d = f->kind->definitions; d && d->name; d++)
		add_paragraph(out, _(d->text));
	if (figure_is_there(f) && f->kind->proof)
		f->kind->proof(state, ui, out);
	buf_release(&window);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/figure_members.h"

#include <assert.h>

#include "screens/ui_private.h"

/* In a small shop all is counted in one step, and the page does not flicker. */
enum { STEP_MS = 20 };

bool members_read(struct figure *f, struct ui *ui, enum status *st)
{
	int done;

	*st = picture_flows(ui, &done);
	f->working = *st == ST_OK && !picture_of(ui)->flows.whole;
	f->done = done;
	f->total = 1000;
	return *st == ST_OK && !f->working;
}

/* -- filters -- */

void members_filter(const char *field, const struct program *p, struct buf *out)
{
	buf_printf(out, "%s(\"", field);
	for (const char *at = p->name; *at; at++) {
		if (*at == '"' || *at == '\\')
			buf_text(out, "\\");
		buf_add(out, at, 1);
	}
	buf_text(out, "\")");
}

void members_filter_any(const struct programs *p, struct buf *out)
{
	buf_text(out, "(");
	for (size_t i = 0; i < p->n; i++) {
		if (i)
			buf_text(out, " or ");
		members_filter("member", &p->row[i], out);
	}
	buf_text(out, ")");
}

/* -- counting -- */

struct buf *tallies_add(struct tallies *t)
{
	assert(t->n < TALLIES);
	return &t->filter[t->n++];
}

static void end_search(struct tallies *t)
{
	if (t->parsed)
		filter_end(&t->search);
	filter_free(t->parsed);
	t->parsed = NULL;
}

static enum status begin_search(struct tallies *t, struct ui *ui)
{
	struct filter_mistake mistake;
	struct filter *f;
	enum status st = filter_parse(ui->shop, t->filter[t->known].at, &f, &mistake);

	if (st != ST_OK)
		return st;
	st = filter_begin(ui->shop, f, ui_today(ui), &t->search);
	t->parsed = f;
	if (st != ST_OK)
		end_search(t);
	return st;
}

static enum status count_on(struct tallies *t, struct ui *ui)
{
	enum status st = ST_OK;

	if (!t->parsed)
		st = begin_search(t, ui);
	if (st == ST_OK)
		st = filter_step(ui->shop, &t->search);
	if (st == ST_OK && !t->search.whole)
		return ST_OK;
	if (st == ST_OK)
		t->people[t->known++] = (int64_t)t->search.found.n;
	end_search(t);
	return st;
}

enum status tallies_step(struct tallies *t, struct ui *ui)
{
	int64_t end = ui_ms() + STEP_MS;
	enum status st = ST_OK;

	while (st == ST_OK && t->known < t->n && ui_ms() < end)
		st = count_on(t, ui);
	return st;
}

void tallies_release(struct tallies *t)
{
	end_search(t);
	for (size_t i = 0; i < t->n; i++)
		buf_release(&t->filter[i]);
	*t = (struct tallies){ .n = 0 };
}

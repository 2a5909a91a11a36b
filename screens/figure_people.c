/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "insight/filter.h"
#include "screens/figure_parts.h"
#include "screens/segment_keep.h"
#include "shop/segment.h"

/* From a figure to its people, now or under a name for later. */

void figure_filter_days(struct buf *out, const char *field, struct picture_window w)
{
	char from[DAY_TEXT], to[DAY_TEXT];

	day_print(w.from, from);
	day_print(w.to, to);
	buf_printf(out, "%s >= %s and %s <= %s", field, from, field, to);
}

void figure_filter_visits(struct buf *out, struct picture_window w)
{
	char from[DAY_TEXT], to[DAY_TEXT];

	day_print(w.from, from);
	day_print(w.to, to);
	buf_printf(out, "visits(%s..%s)", from, to);
}

/* -- a segment of them -- */

static void ask_taken(struct figure *f, const char *name, struct ui *ui);

static void keep(struct figure *f, struct ui *ui, const char *which, struct segment *s)
{
	struct actor by = ui_actor(ui);
	enum status st;

	snprintf(s->filter, sizeof(s->filter), "%s", f->filter);
	st = filter_keep(ui->shop, &by, which, s);
	if (st == ST_OK)
		segment_say_kept(ui, s->name, s->filter);
	else if (st == ST_EXISTS)
		ask_taken(f, s->name, ui);
	else
		ui_fail(ui);
}

static void named(void *state, struct ui *ui, const char *name)
{
	struct segment s = { 0 };

	if (!*name)
		return;
	if (strlen(name) >= sizeof(s.name)) {
		fail(ST_INVALID, "the name of a segment has at most %zu bytes",
		     sizeof(s.name) - 1);
		ui_fail(ui);
		return;
	}
	strcpy(s.name, name);
	keep(state, ui, NULL, &s);
}

static void ask_name(struct figure *f, struct ui *ui, const char *text)
{
	ui_ask(ui, &(struct question){ .title = _("What shall this segment be called?"),
				       .hint = segment_hint(f->filter), .text = text,
				       .answer = named });
}

static void taken_picked(void *state, struct ui *ui, size_t i)
{
	struct figure *f = state;
	struct segment s = { 0 };

	if (i)
		ask_name(f, ui, f->taken);
	else
		keep(f, ui, f->taken, &s);
}

static void ask_taken(struct figure *f, const char *name, struct ui *ui)
{
	free(f->taken);
	f->taken = mem_text(name);
	segment_ask_taken(ui, name, taken_picked);
}

void figure_ask_segment(struct figure *f, const char *filter, struct ui *ui)
{
	free(f->filter);
	f->filter = mem_text(filter);
	ask_name(f, ui, "");
}

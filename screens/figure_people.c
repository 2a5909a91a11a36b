/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "insight/filter.h"
#include "screens/figure_parts.h"
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

static void named(void *state, struct ui *ui, const char *name)
{
	struct figure *f = state;
	struct segment s = { 0 };
	enum status st;
	struct actor by = ui_actor(ui);

	if (!*name)
		return;
	if (strlen(name) >= sizeof(s.name)) {
		fail(ST_INVALID, "the name of a segment has at most %zu bytes",
		     sizeof(s.name) - 1);
		ui_fail(ui);
		return;
	}
	strcpy(s.name, name);
	snprintf(s.filter, sizeof(s.filter), "%s", f->filter);
	st = filter_keep(ui->shop, &by, NULL, &s);
	if (st == ST_EXISTS)
		fail(ST_EXISTS, "there is a segment \"%s\" already; choose another name", s.name);
	if (st != ST_OK)
		ui_fail(ui);
	else
		ui_say(ui, TONE_GOOD, _("The segment \"%s\" is kept."), s.name);
}

void figure_ask_segment(struct figure *f, const char *filter, struct ui *ui)
{
	free(f->filter);
	f->filter = mem_text(filter);
	ui_ask(ui, &(struct question){ .title = _("What shall this segment be called?"),
				       .hint = f->filter, .text = "", .answer = named });
}

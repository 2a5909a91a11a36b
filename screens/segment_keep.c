/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/segment_keep.h"

#include <stdio.h>

#include "screens/condition_text.h"
#include "shop/segment.h"

const char *segment_hint(const char *filter)
{
	return condition_has_date(filter) ?
	       _("A name for them; the days in the filter stay as they are now.") :
	       _("A name for them; who is among them is asked anew each time.");
}

void segment_say_kept(struct ui *ui, const char *name, const char *filter)
{
	if (condition_has_date(filter))
		ui_say(ui, TONE_GOOD, _("%s is kept, with the days that it has now. Segments "
					"lists it."), name);
	else
		ui_say(ui, TONE_GOOD, _("%s is kept. Segments lists it."), name);
}

void segment_ask_taken(struct ui *ui, const char *name,
		       void (*picked)(void *state, struct ui *ui, size_t i))
{
	char title[SEGMENT_NAME + 100], change[SEGMENT_NAME + 100];
	struct choice choices[2] = { { change, NULL }, { _("Another name"), NULL } };

	snprintf(title, sizeof(title), _("There is a segment %s already"), name);
	snprintf(change, sizeof(change), _("Change %s"), name);
	ui_pick(ui, &(struct picker){ .title = title, .choices = choices, .n = 2, .chosen = 1,
				      .picked = picked });
}

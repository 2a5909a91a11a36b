/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_SEGMENT_KEEP_H
#define SCREENS_SEGMENT_KEEP_H

#include "screens/ui.h"

/* What is asked and said wherever people are kept as a segment. */

/* Under the question for a name: will others come into it, or do its days stay? */
const char *segment_hint(const char *filter);
/* After it: "Cooling is kept ..." */
void segment_say_kept(struct ui *ui, const char *name, const char *filter);
/* Another segment has the name: 'picked' gets 0 to change that one, 1 to take
 * another name. */
void segment_ask_taken(struct ui *ui, const char *name,
		       void (*picked)(void *state, struct ui *ui, size_t i));

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_UNDOING_H
#define SCREENS_UNDOING_H

#include "screens/ui.h"

/* Asks whether one's own last entry of today is taken back, and says which it
 * is. 'agreed' then undoes *seq, and no other, with undo_last(). */
void undo_ask(struct ui *ui, int64_t *seq, void (*agreed)(void *state, struct ui *ui));

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_SETTINGS_BIDI_H
#define SCREENS_SETTINGS_BIDI_H

#include "screens/ui.h"

/* Some terminals put right-to-left letters in order themselves, and inside tmux
 * nobody can ask which. So a person is shown a name twice and says which looks
 * right; the answer is kept in the shop's folder for them and this kind of
 * terminal. */

extern const struct screen bidi_screen;

/* Uses what was answered before; false: nothing was. With a shop open, between
 * terminal_probe() and terminal_start(). */
bool bidi_recall(const struct ui *ui);

#endif

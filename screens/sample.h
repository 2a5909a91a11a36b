/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_SAMPLE_H
#define SCREENS_SAMPLE_H

#include "screens/ui.h"

/* Makes a sample shop among the temporary files and opens it. */
MUST_CHECK enum status sample_open(struct ui *ui);
/* Asks whether to leave it; then it goes, and one may start a shop of one's own. */
void sample_leave(struct ui *ui);
/* Its files go. Nothing happens when there is none. */
void sample_remove(struct ui *ui);

#endif

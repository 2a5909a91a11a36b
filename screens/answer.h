/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_ANSWER_H
#define SCREENS_ANSWER_H

#include "screens/ui.h"
#include "shop/consent.h"

/* Writes down what a customer answered, and says so or why it failed. */
void answer_write(struct ui *ui, const struct consent_change *said);

#endif

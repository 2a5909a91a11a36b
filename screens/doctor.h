/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_DOCTOR_H
#define SCREENS_DOCTOR_H

#include "screens/ui.h"
#include "shop/doctor.h"

/* What only somebody at the terminal can tell: doctor_terminal.c */
void doctor_judge_terminal(const struct ui *ui, struct diagnosis *out);

#endif

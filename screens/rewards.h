/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_REWARDS_H
#define SCREENS_REWARDS_H

#include "screens/screen.h"
#include "shop/program.h"
#include "shop/reward.h"

struct reward_form_start {
	const struct program *program;	/* whose points or stamps it takes */
	enum reward_kind kind;
};

/* A new reward; 'arg' is a const struct reward_form_start, copied by open(). Of
 * a stamp card it is given at the goal from now on, or on the way. */
extern const struct screen reward_form_screen;

#endif

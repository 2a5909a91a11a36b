/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_SIMULATION_H
#define SCREENS_SIMULATION_H

#include "screens/screen.h"
#include "shop/program.h"
#include "shop/reward.h"

/* Rules to be tried on the sales of the past twelve months: nothing is written. */
struct trial {
	struct program program;		/* in the book or only thought of */
	struct reward reward;		/* without a name: the program's own */
};

/* 'arg' is a const struct trial, copied by open(). */
extern const struct screen simulation_screen;

#endif

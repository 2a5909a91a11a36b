/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_PROGRAM_FORM_H
#define SCREENS_PROGRAM_FORM_H

#include "screens/screen.h"
#include "shop/program.h"
#include "shop/reward.h"

/* The three kinds of program as an owner thinks of them. */
enum program_shape { SHAPE_VISIT, SHAPE_ITEM, SHAPE_POINTS, SHAPES };

struct program_form_start {
	enum program_shape shape;	/* of a new one */
	const struct program *program;	/* to be changed; NULL: a new one */
	const struct reward *reward;	/* what its full card gives; NULL none */
};

/* 'arg' is a const struct program_form_start, copied by open(). */
extern const struct screen program_form_screen;

#endif

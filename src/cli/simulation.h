/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_SIMULATION_H
#define CLI_SIMULATION_H

#include "cli/command.h"
#include "shop/simulate.h"

/* Prints what `program simulate` found. */
MUST_CHECK enum status simulation_print(struct run *run, const struct program *p,
					const struct simulation *s);

#endif

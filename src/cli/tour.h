/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_TOUR_H
#define CLI_TOUR_H

#include <stdint.h>

/* A day in the sample shop of so many customers in 'dir': prints commands, runs
 * them for real and prints their answers. Gives an exit status. */
int tour(const char *dir, int64_t customers);

#endif

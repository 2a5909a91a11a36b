/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_TOUR_H
#define CLI_TOUR_H

/* A day in the sample shop in 'dir': prints commands, runs them for real and
 * prints their answers. Gives an exit status. */
int tour(const char *dir);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_FIGURES_H
#define SCREENS_FIGURES_H

#include "screens/figure.h"
#include "screens/screens.h"

/* All figures; each has a row in figures.c. */

extern const struct figure_kind basket_figure;
extern const struct figure_kind cohorts_figure;
extern const struct figure_kind rfm_figure;
extern const struct figure_kind hours_figure;
extern const struct figure_kind retention_figure;
extern const struct figure_kind cooling_figure;
extern const struct figure_kind worth_figure;
extern const struct figure_kind months_figure;
extern const struct figure_kind returns_figure;
extern const struct figure_kind upsell_figure;
extern const struct figure_kind programs_figure;
extern const struct figure_kind money_figure;
extern const struct figure_kind engagement_figure;

/* Their screens, in the order of the menu; NULL after the last. */
const struct figure_kind *figure_at(size_t i);

#endif

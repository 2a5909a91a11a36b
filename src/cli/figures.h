/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_FIGURES_H
#define CLI_FIGURES_H

#include <jansson.h>

#include "cli/command.h"
#include "insight/liability.h"
#include "insight/scan.h"

/* Parts that several reports show, as JSON and in words. */

json_t *figure_money(const struct run *run, int64_t minor);
json_t *figure_day(int32_t day);		/* null for 0 */
json_t *figure_id(int64_t id);			/* null for 0 */
/* A number 0..1; null where there is nothing to take a share of. */
json_t *figure_share(struct share s);
json_t *figure_sample(struct share s);		/* {"part", "whole"} */

void figures_add_takings(const struct run *run, json_t *json, const struct takings *t);
void figures_add_parts(const struct run *run, json_t *json, const struct revenue_parts *parts);
json_t *figures_liability(const struct run *run, const struct liability *l);

void print_count(struct run *run, const char *label, int64_t n);
void print_money(struct run *run, const char *label, int64_t minor);
/* "48.3 % (1139 of 2357)", or that there are too few to tell. */
void print_share(struct run *run, const char *label, struct share s);
void print_liability(struct run *run, const struct liability *l);

#endif

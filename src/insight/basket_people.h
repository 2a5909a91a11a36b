/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_BASKET_PEOPLE_H
#define INSIGHT_BASKET_PEOPLE_H

#include "base/buf.h"
#include "insight/basket.h"

/* Who takes X and never Y: for whom a rule is an idea. */

/* Counts rule->people of every rule. */
void basket_people(const struct sold *s, struct basket *b);

/* The same people as a filter: bought(item = "X") and not bought(item = "Y"),
 * with the days of the window when it is not the whole history. Appended. */
void basket_filter(const struct sold *s, const struct basket *b, const struct basket_rule *r,
		   struct buf *out);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_TELL_RULES_H
#define SHOP_TELL_RULES_H

#include "base/buf.h"
#include "base/format.h"
#include "shop/program.h"
#include "shop/reward.h"

/* Rules said back as an owner would say them, in whole sentences. Each appends
 * to 'out'; nothing is added for what the rules do not say yet. */

/* What earns, and what a full card gives: "Every sale of 50.00 or more gives
 * 1 stamp. 10 stamps: Free tea." NULL rewards: those it names are left out. */
void program_say(const struct program *p, const struct rewards *rewards,
		 const struct format *f, struct buf *out);
/* The finer rules: limits, how long it is good, what points are worth. */
void program_say_more(const struct program *p, const struct rewards *rewards,
		      const struct format *f, struct buf *out);
/* "free", "20.00 off", "10 % off, at most 50.00". */
void reward_say_kind(const struct reward *r, const struct format *f, struct buf *out);
/* "100 points: 20.00 off", for a row. */
void reward_say_short(const struct reward *r, const struct format *f, struct buf *out);
/* "100 points: 20.00 off. On bills of 200.00 or more." 'p': whose it is. */
void reward_say(const struct reward *r, const struct program *p, const struct format *f,
		struct buf *out);

/* "10 stamps: Free tea." */
void program_say_goal(const struct program *p, const char *reward, const struct format *f,
		      struct buf *out);

/* "tea, snacks" */
void categories_say(const struct category_name *list, uint32_t n, struct buf *out);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_STANDING_H
#define CLI_STANDING_H

#include <jansson.h>

#include "cli/command.h"
#include "shop/customer.h"

/* How a customer stands today: what may be counted on, not what has lapsed. */
struct standing {
	struct customer customer;
	struct holder holder;		/* with all its lots */
	struct programs programs;
	struct rewards rewards;
	int32_t today;
};

/* 'customer' 0: nobody, with the shop's programs and rewards. Release it
 * whatever this returns. */
MUST_CHECK enum status standing_read(struct run *run, int64_t customer, struct standing *out);
void standing_release(struct standing *s);

/* Stamps on the card or points; below zero: owed. */
int64_t standing_balance(const struct standing *s, const struct program *p);
int64_t standing_pending(const struct standing *s, const struct program *p);
/* How often a reward is ready. */
int64_t standing_ready(const struct standing *s, const struct reward *r);
/* Worth showing: it runs, or the customer has something in it. */
bool standing_shows(const struct standing *s, const struct program *p);

/* [{"program","unit","amount"}], and [{"reward","program","ready"}]. */
json_t *standing_balances(const struct standing *s);
json_t *standing_rewards(const struct standing *s);
/* A line for each program and each reward that is ready. */
void standing_print(const struct standing *s, struct run *run);

const char *program_unit(const struct program *p);	/* "stamps" or "points" */

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_STANDING_H
#define CLI_STANDING_H

#include <jansson.h>

#include "cli/command.h"
#include "shop/standing.h"

/* standing_read(), today. */
MUST_CHECK enum status read_standing(const struct run *run, int64_t customer,
				     struct standing *out);

/* [{"program","unit","amount"}], and [{"reward","program","ready"}]. */
json_t *standing_balances(const struct standing *s);
json_t *standing_rewards(const struct standing *s);
/* A line for each program and each reward that is ready. */
void standing_print(const struct standing *s, struct run *run);

#endif

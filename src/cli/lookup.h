/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_LOOKUP_H
#define CLI_LOOKUP_H

#include "cli/command.h"
#include "shop/customer.h"
#include "shop/item.h"
#include "shop/program.h"
#include "shop/reward.h"

/* What a word on the command line names. Each is a read of its own and fails
 * with ST_NOT_FOUND and the nearest name, or ST_REFUSED when it fits two. */
MUST_CHECK enum status find_customer(struct run *run, const char *who, int64_t *id);
MUST_CHECK enum status find_program(struct run *run, const char *name, struct program *out);
MUST_CHECK enum status find_reward(struct run *run, const char *name, struct reward *out);
MUST_CHECK enum status find_item(struct run *run, const char *name, struct item *out);
/* The sale with a receipt, "@123" or "SOURCE:RECEIPT". */
MUST_CHECK enum status find_sale(struct run *run, const char *receipt, int64_t *seq);
MUST_CHECK enum status read_customer(struct run *run, int64_t id, struct customer *out);
/* The entry's side row; empty when it has none. */
MUST_CHECK enum status read_side(struct run *run, int64_t seq, struct side *out);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_RESULT_H
#define CLI_RESULT_H

#include "cli/command.h"
#include "shop/trade.h"

/* Tells what an entry did: money, what was earned and used, rewards that
 * became ready, and how the customer stands now. It is read back from the
 * journal, so an operation that is repeated tells the same. */
MUST_CHECK enum status result_print(struct run *run, const struct trade_run *done);

#endif

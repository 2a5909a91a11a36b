/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_RULE_H
#define SHOP_RULE_H

#include "ledger/journal.h"

/* An entry is too large for the stack. */
struct entry *entry_new(void);
void entry_free(struct entry *e);

/* The rules after a change, as JSON in the entry. ST_FULL: too long. */
MUST_CHECK enum status entry_set_rule(struct entry *e, const struct record_type *type,
				      const void *rec, int decimals);

#endif

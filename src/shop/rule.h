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
/* Reads them back; fields that this program does not know are left out.
 * ST_CORRUPT: there are none in it, or none of this type. */
MUST_CHECK enum status entry_get_rule(const struct entry *e, const struct record_type *type,
				      void *rec, int decimals);

/* Which of n names is meant: in any case, and without accents. The names stand
 * 'stride' bytes apart. False: none; *place is then the nearest, or n. */
struct naming {
	const char *first;
	size_t n, stride;
};
bool name_find(const struct naming *among, const char *name, size_t *place);

#endif

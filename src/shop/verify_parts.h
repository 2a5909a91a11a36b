/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_VERIFY_PARTS_H
#define SHOP_VERIFY_PARTS_H

#include "ledger/verify.h"

/* The parts of shop/verify.c. */

extern const struct derived derived_done;		/* natural keys */
void verify_operations(struct verify *v);		/* done rows by operation id */
void rebuild_operations(struct verify *v);		/* drops what cannot be read */

/* Customers and items with their indexes. Gives how many customers. */
int64_t verify_people(struct verify *v);
void verify_items(struct verify *v);
void rebuild_people(struct verify *v);
void rebuild_items(struct verify *v);
/* Segments, beside the last entry of each; or as those say. */
void verify_segments(struct verify *v);
void rebuild_segments(struct verify *v);
/* What customers' records say about consent, beside what the journal says. */
void verify_consent(struct verify *v);
void rebuild_consent(struct verify *v);
/* The word table but for the rows of names; 'found' is what is stored. */
void verify_sounds(struct verify *v, const struct tally *found);

#endif

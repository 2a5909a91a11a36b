/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_COMPACT_H
#define SHOP_COMPACT_H

#include "shop/shop.h"

/* What was erased still stands in pages of the file that are free. When people
 * were erased, the nightly sweep puts a verified copy without those pages in the
 * place of the store, which everybody closes for that (store/replace.h). */

/* Takes a note, in the transaction that erases. */
void compact_want(struct txn *txn);

/* Does it if it is wanted; the shop is closed and opened again in between, and
 * may be closed when this fails. ST_BUSY: somebody did not let go of the store in
 * time; nothing was changed, and another night it is tried again. */
MUST_CHECK enum status compact_if_wanted(struct shop *shop, int64_t now, bool *done);

/* Whole stores that restoring and repairing left in the folder: who was erased
 * later is still in them. */
struct kept_copies {
	unsigned n;
	int64_t oldest;		/* when what is in it was last written */
};
void kept_copies(const char *dir, struct kept_copies *out);
/* After compact_if_wanted() did it: whether anything of it is left. */
const char *compact_says(const char *dir);

#endif

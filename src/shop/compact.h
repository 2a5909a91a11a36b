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

#endif

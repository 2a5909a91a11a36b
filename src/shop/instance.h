/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_INSTANCE_H
#define SHOP_INSTANCE_H

#include "shop/shop.h"

/* A copy of a shop sells, but must not write to customers a second time. The
 * store therefore remembers the machine and the folder where it is the shop; a
 * copy that was restored, loaded or carried elsewhere finds itself in another
 * place, until its owner says that it is the shop now. */

enum instance_state {
	INSTANCE_HERE,
	INSTANCE_RESTORED,	/* in its place, but from a backup or a dump */
	INSTANCE_MOVED		/* on another machine, or in another folder */
};
struct instance {
	enum instance_state state;
	int64_t since;		/* when it was restored or loaded; 0 */
	char folder[1000];	/* where it was the shop; "" not known */
	bool other_machine;
};
MUST_CHECK enum status instance_look(struct shop *shop, struct instance *out);
MUST_CHECK enum status instance_is_here(struct shop *shop, bool *here);

/* Says that this is the shop, here and from now on. */
MUST_CHECK enum status instance_arm(struct shop *shop);

/* -- inside a transaction, for those who make and move stores -- */

/* 'dir' need not be there yet, but the folder above it. */
void instance_write_here(struct txn *txn, const char *dir);
/* That it came out of a backup or a dump at 'now'. */
void instance_write_restored(struct txn *txn, int64_t now);

#endif

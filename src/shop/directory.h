/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_DIRECTORY_H
#define SHOP_DIRECTORY_H

#include "base/buf.h"
#include "shop/shop.h"

/* The book of customers as a list: the figures of everybody, in the order that
 * was asked for. Who was erased or merged into another is not in it. 40 bytes
 * a person, with names some 25 more; names are read only for the order that
 * needs them. */

enum directory_order {
	BY_LAST_VISIT,		/* newest first; those without a visit last */
	BY_NAME,		/* as spelled in Latin letters: પટેલ stands by Patel */
	BY_VISITS, BY_SPEND,	/* most first */
	BY_ADDED,		/* newest first */
	DIRECTORY_ORDERS
};

struct listed {
	uint32_t id;
	uint32_t name;			/* where its letters stand in 'names' */
	int64_t spend;			/* minor units */
	int32_t visits;
	int32_t first_day, last_day;	/* shop days; 0: no visit yet */
	int32_t added;
};

/* { 0 } is one that was never read. */
struct directory {
	bool whole;			/* else more is to be read, and nobody has a place */
	struct listed *row;		/* by id */
	size_t n, cap;
	size_t total;			/* records that are being read, erased ones too */
	uint32_t *place;		/* of row i in the order: directory_at() */
	enum directory_order order;
	bool named;
	struct buf names;
	unsigned opening;		/* of the store that it follows: another begins anew */
	int64_t seq;			/* the journal's last entry that is in it; 0: none */
	int64_t next;			/* id, while it is read */
};

/* Makes it what the book is now, or reads a part of it, some milliseconds long:
 * while 'whole' is false call it again. The first time everybody is read; later
 * only who has entries since. After a failure nobody is in it. */
MUST_CHECK enum status directory_update(struct shop *shop, struct directory *d,
					enum directory_order order);
/* The i-th in its order, of a whole one. */
const struct listed *directory_at(const struct directory *d, size_t i);
/* Where somebody stands in it. False: nowhere, or it is not whole. */
bool directory_place(const struct directory *d, int64_t id, size_t *i);
void directory_release(struct directory *d);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_TILL_ORDER_H
#define EXCHANGE_TILL_ORDER_H

#include <stddef.h>
#include <stdint.h>

/* The order in which the lines of a till's file are booked. */

struct place {
	int64_t occurred;	/* of its receipt; INT64_MAX: unreadable */
	uint64_t receipt;	/* digest of its number; the last bit: it is a refund */
	uint64_t at;		/* rises with the place in the till's file */
	uint64_t first;		/* 'at' of the receipt's first line */
};

/* By time, lines of a receipt together and in the order of the file: tills write
 * the newest first, and a refund above its sale. A receipt has the time of its
 * earliest line; of one time, sales come before what is given back. */
void till_put_in_order(struct place *places, size_t n);

#endif

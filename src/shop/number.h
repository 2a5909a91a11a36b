/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_NUMBER_H
#define SHOP_NUMBER_H

#include "store/store.h"

/* Numbers that the store gave, on their way through files: "3fa9c1@12" is the
 * sale or refund without a number that is entry 12, "3fa9c1#17" customer 17. The first
 * six letters are the shop's, so that its own file changes nothing when it
 * comes back, and is a number like any other in another shop. */
enum { NUMBER_TEXT = 32 };
#define NUMBER_SALE '@'
#define NUMBER_CUSTOMER '#'

void number_print(struct txn *txn, char sign, int64_t id, char out[NUMBER_TEXT]);
/* 0: it is none of this shop's, or the transaction failed. */
int64_t number_read(struct txn *txn, char sign, const char *text);

#endif

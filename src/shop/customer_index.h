/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_CUSTOMER_INDEX_H
#define SHOP_CUSTOMER_INDEX_H

#include "shop/customer.h"

/* How customers are found: the rows of the tables phone, email, card and code;
 * those of the words of their names are shop/word.h. Phones stand there from
 * their last digit to the first, so that a number's end is what its key begins
 * with. */

/* Calls 'each' for every row that a customer has in these tables. */
typedef void customer_row(void *arg, enum table table, const struct key *key,
			  struct bytes value);
void customer_rows(const struct customer *c, customer_row *each, void *arg);

/* For verbs that change people. Puts the record alone; makes of somebody a
 * record that says nothing, without rows; keeps in a side row what no longer
 * stands in 'after'. */
void customer_put(struct txn *txn, const struct customer *c);
void customer_blank(struct txn *txn, const struct customer *c);
void customer_keep_values(struct txn *txn, int64_t seq, const struct customer *before,
			  const struct customer *after);

/* What keys of this phone or email begin with; with 'whole' false, of all
 * phones that end in these digits, of all emails that begin with this. What is
 * no digit in a phone is passed over. The customer's id is the key's last four
 * bytes. */
struct key phone_prefix(const char *digits, bool whole);
struct key email_prefix(const char *text, bool whole);

/* At most 'most' customers whose rows begin with the prefix, each once. */
size_t customers_under(struct txn *txn, enum table table, const struct key *prefix,
		       int64_t *ids, size_t most);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEDGER_DONE_H
#define LEDGER_DONE_H

#include "ledger/journal.h"

/* What has been done already, by its natural key: the same key with the same
 * content is the first result again, other content is refused. */
enum done_space {
	DONE_OP = 1,		/* 16 bytes of operation id; entry 0: there was nothing to change */
	DONE_REFUND,		/* source 00 receipt 00 number */
	DONE_OPENING,		/* customer u32, unit u32 */
	DONE_WALK_IN,		/* day u32 */
	DONE_CLOSE,		/* day u32 */
	DONE_RECEIPT		/* source 00 length u8 receipt: 9, 10, 11 rise, and stand last */
};

struct key done_key(enum done_space space);		/* the caller adds the natural key */
struct key done_op(const uint8_t op[OP_SIZE]);
struct key done_receipt(const char *source, const char *receipt);
struct key done_refund(const char *source, const char *receipt, const char *number);

/* False: not done (or the transaction failed). */
bool done_find(struct txn *txn, const struct key *key, int64_t *seq, uint64_t *content);
void done_put(struct txn *txn, const struct key *key, int64_t seq, uint64_t content);

#endif

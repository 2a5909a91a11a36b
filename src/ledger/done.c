/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/done.h"

struct key done_key(enum done_space space)
{
	struct key k;

	k.len = 0;
	key_int(&k, (uint64_t)space, 1);
	return k;
}

struct key done_op(const uint8_t op[OP_SIZE])
{
	struct key k = done_key(DONE_OP);

	key_bytes(&k, op, OP_SIZE);
	return k;
}

struct key done_receipt(const char *source, const char *receipt)
{
	struct key k = done_key(DONE_RECEIPT);

	key_text(&k, source);
	key_int(&k, 0, 1);
	key_int(&k, strlen(receipt), 1);
	key_text(&k, receipt);
	return k;
}

struct key done_refund(const char *source, const char *receipt, const char *number)
{
	struct key k = done_key(DONE_REFUND);

	key_text(&k, source);
	key_int(&k, 0, 1);
	key_text(&k, receipt);
	key_int(&k, 0, 1);
	key_text(&k, number);
	return k;
}

bool done_find(struct txn *txn, const struct key *key, int64_t *seq, uint64_t *content)
{
	struct bytes value;
	const uint8_t *at;

	if (!txn_get(txn, TABLE_DONE, key, &value))
		return false;
	at = value.at;
	if (value.len != 16) {
		txn_fail(txn, fail(ST_CORRUPT, "a damaged row in table done; "
				   "run: regulars verify"));
		return false;
	}
	*seq = (int64_t)key_read(at, 8);
	*content = key_read(at + 8, 8);
	return true;
}

void done_put(struct txn *txn, const struct key *key, int64_t seq, uint64_t content)
{
	struct key value;	/* the same big-endian bytes */

	value.len = 0;
	key_int(&value, (uint64_t)seq, 8);
	key_int(&value, content, 8);
	txn_put_rising(txn, TABLE_DONE, key, (struct bytes){ value.at, value.len });
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/customer_index.h"

#include <string.h>

#include "ledger/merge.h"

/* -- keys -- */

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

struct key phone_prefix(const char *digits, bool whole)
{
	struct key k;

	k.len = 0;
	for (size_t i = strlen(digits); i-- > 0;)
		if (digits[i] >= '0' && digits[i] <= '9')
			key_bytes(&k, &digits[i], 1);
	if (whole)
		key_int(&k, 0, 1);
	return k;
}

struct key email_prefix(const char *text, bool whole)
{
	struct key k;

	k.len = 0;
	for (; *text; text++)
		key_int(&k, (uint8_t)lower(*text), 1);
	if (whole)
		key_int(&k, 0, 1);
	return k;
}

static struct key card_key(const char *code)
{
	struct key k;

	k.len = 0;
	for (; *code; code++)
		key_int(&k, (uint8_t)lower(*code), 1);
	return k;
}

static struct key code_key(const char *code)
{
	struct key k;

	k.len = 0;
	key_text(&k, code);
	return k;
}

/* -- the rows of one customer -- */

void customer_rows(const struct customer *c, customer_row *each, void *arg)
{
	struct bytes none = { "", 0 }, id;
	struct key own, k;

	own.len = 0;
	key_int(&own, (uint64_t)c->id, 4);
	id = (struct bytes){ own.at, own.len };
	for (uint32_t i = 0; i < c->phone_count; i++) {
		k = phone_prefix(c->phones[i].text, true);
		key_bytes(&k, own.at, own.len);
		each(arg, TABLE_PHONE, &k, none);
	}
	for (uint32_t i = 0; i < c->email_count; i++) {
		k = email_prefix(c->emails[i].address, true);
		key_bytes(&k, own.at, own.len);
		each(arg, TABLE_EMAIL, &k, none);
	}
	for (uint32_t i = 0; i < c->card_count; i++) {
		k = card_key(c->cards[i].code);
		each(arg, TABLE_CARD, &k, id);
	}
	if (*c->code) {
		k = code_key(c->code);
		each(arg, TABLE_CODE, &k, id);
	}
	for (uint32_t i = 0; i < c->past_code_count; i++) {
		k = code_key(c->past_codes[i].code);
		each(arg, TABLE_CODE, &k, id);
	}
}

/* -- looking up -- */

bool customer_get(struct txn *txn, int64_t id, struct customer *c)
{
	struct bytes value;
	struct key k;
	int64_t now;

	record_clear(&customer_type, c);
	if (id <= 0 || id > UINT32_MAX)
		return false;
	k.len = 0;
	key_int(&k, (uint64_t)id, 4);
	if (!txn_get(txn, TABLE_CUSTOMER, &k, &value))
		return false;
	if (record_decode(&customer_type, c, value.at, value.len) != ST_OK) {
		txn_fail(txn, ST_CORRUPT);
		return false;
	}
	now = c->erased ? account_of(txn, id) : id;
	return now == id || customer_get(txn, now, c);
}

static int64_t owner(struct txn *txn, enum table table, const struct key *key)
{
	struct bytes value;

	if (!txn_get(txn, table, key, &value) || value.len != 4)
		return 0;
	return (int64_t)key_read(value.at, 4);
}

/* Codes from outside may be longer than any that is kept. */
static bool may_be_code(const char *code)
{
	return *code && strlen(code) < sizeof(((struct card *)0)->code);
}

int64_t customer_by_card(struct txn *txn, const char *code)
{
	struct key k;

	if (!may_be_code(code))
		return 0;
	k = card_key(code);
	return owner(txn, TABLE_CARD, &k);
}

int64_t customer_by_code(struct txn *txn, const char *code)
{
	struct key k;

	if (!may_be_code(code))
		return 0;
	k = code_key(code);
	return owner(txn, TABLE_CODE, &k);
}

static bool among(int64_t id, const int64_t *ids, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

size_t customers_under(struct txn *txn, enum table table, const struct key *prefix,
		       int64_t *ids, size_t most)
{
	struct range r;
	size_t n = 0;

	range_start(&r, txn, table, prefix);
	while (n < most && range_next(&r)) {
		int64_t id = r.key.len < 4 ? 0 :
			(int64_t)key_read((const uint8_t *)r.key.at + r.key.len - 4, 4);

		if (!among(id, ids, n))
			ids[n++] = id;
	}
	range_end(&r);
	return n;
}

size_t customers_by_phone(struct txn *txn, const char *phone, int64_t *ids, size_t most)
{
	struct key k;

	if (strlen(phone) >= sizeof(((struct phone *)0)->text))
		return 0;
	k = phone_prefix(phone, true);
	return customers_under(txn, TABLE_PHONE, &k, ids, most);
}

size_t customers_by_email(struct txn *txn, const char *email, int64_t *ids, size_t most)
{
	struct key k;

	if (strlen(email) >= sizeof(((struct email *)0)->address))
		return 0;
	k = email_prefix(email, true);
	return customers_under(txn, TABLE_EMAIL, &k, ids, most);
}

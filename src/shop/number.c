/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/number.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "shop/shop.h"

enum { LETTERS = 6, DIGITS = 10 };

/* The salt stays with the shop through backups and dumps. */
static void shop_letters(struct txn *txn, char out[LETTERS + 1])
{
	struct bytes salt;
	uint64_t digest = meta_get(txn, "salt", &salt) ? digest_content(salt.at, salt.len) : 0;

	snprintf(out, LETTERS + 1, "%06" PRIx64, digest & 0xffffff);
}

void number_print(struct txn *txn, char sign, int64_t id, char out[NUMBER_TEXT])
{
	char letters[LETTERS + 1];

	shop_letters(txn, letters);
	snprintf(out, NUMBER_TEXT, "%s%c%" PRId64, letters, sign, id);
}

int64_t number_read(struct txn *txn, char sign, const char *text)
{
	char letters[LETTERS + 1];
	size_t digits;

	if (strlen(text) <= LETTERS || text[LETTERS] != sign)
		return 0;
	digits = strspn(text + LETTERS + 1, "0123456789");
	if (!digits || digits > DIGITS || text[LETTERS + 1 + digits])
		return 0;
	shop_letters(txn, letters);
	return strncmp(text, letters, LETTERS) ? 0 : strtoll(text + LETTERS + 1, NULL, 10);
}

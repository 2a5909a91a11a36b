/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/mem.h"
#include "ledger/account.h"
#include "shop/customer.h"
#include "shop/program.h"
#include "shop/reward.h"
#include "tests/fuzz/fuzz.h"

/* Bytes from a damaged disk: whatever decodes must say the same after it was
 * written again. The first byte chooses the record. */

static const struct record_type *const types[] = {
	&entry_type, &customer_type, &program_type, &reward_type, &account_type, &side_type,
};
enum { TYPES = sizeof(types) / sizeof(types[0]), ROOM = 512 * 1024 };

static size_t again(const struct record_type *t, void *rec, uint8_t *out)
{
	size_t len = ROOM;

	if (record_encode(t, rec, out, &len) != ST_OK ||
	    record_decode(t, rec, out, len) != ST_OK)
		abort();
	return len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t once[ROOM], twice[ROOM];
	const struct record_type *t;
	void *rec;

	if (!size)
		return 0;
	t = types[data[0] % TYPES];
	rec = mem_alloc(t->size);
	if (record_decode(t, rec, data + 1, size - 1) == ST_OK) {
		size_t first = again(t, rec, once), second = again(t, rec, twice);

		if (first != second || memcmp(once, twice, first))
			abort();
	}
	free(rec);
	return 0;
}

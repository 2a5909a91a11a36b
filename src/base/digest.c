/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/digest.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

void digest_start(void)
{
	if (sodium_init() < 0)
		abort();
}

void digest_numbered(uint64_t number, const void *bytes, size_t len, uint8_t out[DIGEST_SIZE])
{
	crypto_generichash_state state;
	uint8_t head[8];

	for (unsigned i = 8; i-- > 0; number >>= 8)
		head[i] = (uint8_t)number;
	crypto_generichash_init(&state, NULL, 0, DIGEST_SIZE);
	crypto_generichash_update(&state, head, sizeof(head));
	crypto_generichash_update(&state, bytes, len);
	crypto_generichash_final(&state, out, DIGEST_SIZE);
}

uint64_t digest_content(const void *bytes, size_t len)
{
	return XXH3_64bits(bytes, len);
}

void op_make(int64_t now, uint8_t op[OP_SIZE])
{
	uint64_t ms = (uint64_t)now / 1000;

	for (unsigned i = 6; i-- > 0; ms >>= 8)
		op[i] = (uint8_t)ms;
	randombytes_buf(op + 6, OP_SIZE - 6);
}

void op_print(const uint8_t op[OP_SIZE], char out[OP_TEXT])
{
	sodium_bin2hex(out, OP_TEXT, op, OP_SIZE);
}

void op_from_text(const char *text, uint8_t op[OP_SIZE])
{
	size_t len;
	const char *end;

	if (strlen(text) == OP_TEXT - 1 &&
	    !sodium_hex2bin(op, OP_SIZE, text, OP_TEXT - 1, NULL, &len, &end) &&
	    len == OP_SIZE && !*end)
		return;
	crypto_generichash(op, OP_SIZE, (const uint8_t *)text, strlen(text), NULL, 0);
}

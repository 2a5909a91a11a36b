/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/peek.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "shop/customer.h"

#include <cmocka.h>

/* What is met by walking over the bytes is what decoding gives. */

static size_t encode(const struct customer *c, uint8_t *out, size_t room)
{
	assert_int_equal(record_encode(&customer_type, c, out, &room), ST_OK);
	return room;
}

static void fill(struct customer *c)
{
	*c = (struct customer){ .id = 70000, .added = 20521, .erased = true, .tag_count = 2,
				.tags = { { "vip" }, { "big eater" } } };
	strcpy(c->name, "Asha Patel");
	c->channel = CHANNEL_POST;
}

static void meets_every_field_in_order(void **state)
{
	struct customer *c = mem_alloc(sizeof(*c));
	struct bytes rows, row = { "", 0 };
	uint8_t bytes[400];
	struct peek p;

	(void)state;
	fill(c);
	p = peek_at((struct bytes){ bytes, encode(c, bytes, sizeof(bytes)) });
	assert_true(peek_next(&p) && p.tag == 1 && !p.has_bytes && p.number == 70000);
	assert_true(peek_next(&p) && p.tag == 2 && p.has_bytes && p.bytes.len == 10);
	assert_memory_equal(p.bytes.at, "Asha Patel", 10);
	assert_true(peek_next(&p) && p.tag == 7 && p.number == CHANNEL_POST);
	assert_true(peek_next(&p) && p.tag == 12 && p.number == 20521);
	assert_true(peek_next(&p) && p.tag == 13 && !p.has_bytes);
	assert_true(peek_next(&p) && p.tag == 17 && p.has_bytes);
	rows = p.bytes;
	assert_false(peek_next(&p) || p.bad);
	assert_true(peek_row(&rows, &row));
	p = peek_at(row);
	assert_true(peek_next(&p) && p.bytes.len == 3 && !memcmp(p.bytes.at, "vip", 3));
	assert_true(peek_row(&rows, &row) && row.len == 2 + strlen("big eater"));
	assert_false(peek_row(&rows, &row));
	free(c);
}

/* It ends, within the bytes, wherever they are cut or changed. */
static void damage_is_seen_or_harmless(void **state)
{
	struct customer *c = mem_alloc(sizeof(*c));
	uint8_t bytes[400];
	size_t len, cut = 0;

	(void)state;
	fill(c);
	len = encode(c, bytes, sizeof(bytes));
	for (size_t n = 0; n < len; n++) {
		uint8_t *exact = mem_alloc(n ? n : 1);
		struct peek p = peek_at((struct bytes){ exact, n });

		memcpy(exact, bytes, n);
		while (peek_next(&p))
			assert_true(p.at <= p.end);
		cut += p.bad;
		assert_false(peek_next(&p));
		free(exact);
	}
	assert_true(cut > len / 2);	/* the others end between two fields */
	for (size_t bit = 0; bit < 8 * len; bit++) {
		struct peek p = peek_at((struct bytes){ bytes, len });

		bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
		while (peek_next(&p))
			assert_true(!p.has_bytes ||
				    (const uint8_t *)p.bytes.at + p.bytes.len <= p.end);
		bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	free(c);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(meets_every_field_in_order),
		cmocka_unit_test(damage_is_seen_or_harmless),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

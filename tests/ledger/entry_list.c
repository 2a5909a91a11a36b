/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/entry_list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#include <cmocka.h>	/* last: it has a macro fail() */

/* Lists of an entry where they stand, beside the entry decoded as a whole. */

static size_t encode(const struct entry *e, uint8_t *out, size_t room)
{
	size_t len = room - ENTRY_HEAD;

	memset(out, 0, ENTRY_HEAD);
	assert_int_equal(record_encode(&entry_type, e, out + ENTRY_HEAD, &len), ST_OK);
	return ENTRY_HEAD + len;
}

static struct entry *made(void)
{
	struct entry *e = mem_alloc(sizeof(*e));

	e->recorded = e->occurred = INT64_C(1772000000000000);
	strcpy(e->who, "asha");
	strcpy(e->receipt, "R-17");
	e->lines[e->line_count++] = (struct line){ .item = 3, .quantity = 2000, .amount = 4000 };
	e->postings[e->posting_count++] = (struct posting){
		.unit = 5, .counter = COUNTER_ISSUED, .amount = 1, .through = 20700 };
	e->postings[e->posting_count++] = (struct posting){
		.unit = 5, .counter = COUNTER_REDEEMED, .amount = -300, .reward = 1 };
	e->moves[e->move_count++] = (struct move){ 1, 12, 0, -250 };
	e->moves[e->move_count++] = (struct move){ 1, 1400000, 3, -50 };
	return e;
}

static struct entry_list list_of(struct bytes value, const char *name)
{
	struct entry_list list;

	entry_list_find(value, record_field(&entry_type, name), &list);
	return list;
}

static void lists_are_those_of_the_entry(void **state)
{
	struct entry *e = made();
	uint8_t bytes[1024];
	struct bytes value = { bytes, encode(e, bytes, sizeof(bytes)) };
	struct entry_list postings = list_of(value, "postings"), moves = list_of(value, "moves");
	struct posting p;
	struct move m;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		assert_true(entry_list_next(&postings, &p));
		assert_memory_equal(&p, &e->postings[i], sizeof(p));
		assert_true(entry_list_next(&moves, &m));
		assert_memory_equal(&m, &e->moves[i], sizeof(m));
	}
	assert_false(entry_list_next(&postings, &p));
	assert_false(entry_list_next(&moves, &m));
	assert_false(postings.bad || moves.bad);
	free(e);
}

static void one_that_is_not_there_is_empty(void **state)
{
	struct entry *e = mem_alloc(sizeof(*e));
	uint8_t bytes[256];
	struct bytes value = { bytes, encode(e, bytes, sizeof(bytes)) };
	struct entry_list list = list_of(value, "moves");
	struct move m;

	(void)state;
	assert_false(entry_list_next(&list, &m));
	assert_false(list.bad);
	free(e);
}

/* Cut anywhere, or with any byte another: never more than there is. */
static void damage_ends_it(void **state)
{
	struct entry *e = made();
	uint8_t bytes[1024];
	size_t len = encode(e, bytes, sizeof(bytes)), cut_short = 0;

	(void)state;
	for (size_t n = 0; n < len; n++) {
		uint8_t *cut = mem_alloc(n + 1);
		struct entry_list list;
		struct move m;
		int rows = 0;

		memcpy(cut, bytes, n);
		list = list_of((struct bytes){ cut, n }, "moves");
		while (entry_list_next(&list, &m))
			rows++;
		assert_true(rows <= 2);
		cut_short += list.bad;
		free(cut);
	}
	assert_true(cut_short > ENTRY_HEAD);
	for (size_t i = ENTRY_HEAD; i < len; i++) {
		struct entry_list list;
		struct move m;

		bytes[i] ^= 0xff;
		list = list_of((struct bytes){ bytes, len }, "moves");
		while (entry_list_next(&list, &m))
			;
		bytes[i] ^= 0xff;
	}
	free(e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_those_of_the_entry),
		cmocka_unit_test(one_that_is_not_there_is_empty),
		cmocka_unit_test(damage_ends_it),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

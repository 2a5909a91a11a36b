/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/record.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The bytes of records: what a program may read back, and all that it may not.
 * Record types of our own, so that no rule of the trade hides a case. */

struct label { char text[8]; bool printed; struct unknown later; };
struct size { int64_t width, price; };

struct thing {
	int64_t id;
	char name[16];
	bool stopped;
	int64_t price;
	uint32_t label_count, size_count;
	struct label labels[3];
	struct size sizes[2];
	struct unknown later;
};

static const struct field label_fields[] = {
	FIELD(1, FIELD_TEXT, struct label, text, .flags = FIELD_PERSONAL),
	FIELD(2, FIELD_BOOL, struct label, printed),
	{ 0 }
};
static const struct record_type label_type = {
	"label", sizeof(struct label), label_fields, offsetof(struct label, later)
};

static const struct field size_fields[] = {
	FIELD(1, FIELD_INT, struct size, width),
	FIELD(2, FIELD_MONEY, struct size, price),
	{ 0 }
};
static const struct record_type size_type = { "size", sizeof(struct size), size_fields, 0 };

static const struct field thing_fields[] = {
	FIELD(1, FIELD_INT, struct thing, id),
	FIELD(2, FIELD_TEXT, struct thing, name, .flags = FIELD_PERSONAL),
	FIELD(3, FIELD_BOOL, struct thing, stopped),
	FIELD(4, FIELD_MONEY, struct thing, price),
	FIELD_ROWS(5, struct thing, label_count, labels, label_type),
	FIELD_ROWS(6, struct thing, size_count, sizes, size_type),
	{ 0 }
};
static const struct record_type thing_type = {
	"thing", sizeof(struct thing), thing_fields, offsetof(struct thing, later)
};

/* What a later program makes of the same record: a text, a list and a number
 * more, and a field more in a label. */
struct later_label { char text[8]; bool printed; int64_t colour; };
struct later_thing {
	int64_t id;
	char name[16];
	bool stopped;
	int64_t price;
	uint32_t label_count, size_count, more_count;
	struct later_label labels[3];
	struct size sizes[2], more[2];
	char motto[40];
	int64_t weight;
};

static const struct field later_label_fields[] = {
	FIELD(1, FIELD_TEXT, struct later_label, text),
	FIELD(2, FIELD_BOOL, struct later_label, printed),
	FIELD(3, FIELD_INT, struct later_label, colour),
	{ 0 }
};
static const struct record_type later_label_type = {
	"label", sizeof(struct later_label), later_label_fields, 0
};

static const struct field later_fields[] = {
	FIELD(1, FIELD_INT, struct later_thing, id),
	FIELD(2, FIELD_TEXT, struct later_thing, name),
	FIELD(3, FIELD_BOOL, struct later_thing, stopped),
	FIELD(4, FIELD_MONEY, struct later_thing, price),
	FIELD_ROWS(5, struct later_thing, label_count, labels, later_label_type),
	FIELD_ROWS(6, struct later_thing, size_count, sizes, size_type),
	FIELD(7, FIELD_TEXT, struct later_thing, motto),
	FIELD_ROWS(8, struct later_thing, more_count, more, size_type),
	FIELD(127, FIELD_INT, struct later_thing, weight),
	{ 0 }
};
static const struct record_type later_type = {
	"thing", sizeof(struct later_thing), later_fields, 0
};

enum { ROOM = 4096 };

struct coded {
	uint8_t at[ROOM];
	size_t len;
};

static struct coded encoded(const struct record_type *t, const void *rec)
{
	struct coded c = { .len = ROOM };

	assert_int_equal(record_encode(t, rec, c.at, &c.len), ST_OK);
	return c;
}

static bool is_same(const struct record_type *t, const void *a, const void *b)
{
	for (const struct field *f = t->fields; f->tag; f++)
		if (!field_is_equal(f, a, b))
			return false;
	return true;
}

static bool is_empty(const struct thing *t)
{
	for (const struct field *f = thing_fields; f->tag; f++)
		if (!field_is_empty(f, t))
			return false;
	return t->later.len == 0;
}

static enum status decode(struct thing *t, const void *bytes, size_t len)
{
	memset(t, 0xa5, sizeof(*t));	/* nothing may be left of it */
	return record_decode(&thing_type, t, bytes, len);
}

static struct thing full_thing(void)
{
	struct thing t = { .id = 17, .name = "Asha", .stopped = true, .price = INT64_MIN,
			   .label_count = 3, .size_count = 2,
			   .labels = { { .text = "seven77", .printed = true }, { .text = "" },
				       { .text = "b" } },
			   .sizes = { { INT64_MAX, -1 }, { 0, 1 } } };
	return t;
}

static void the_worked_example_is_what_is_written(void **state)
{
	static const uint8_t example[] = { 0x02, 0x22, 0x05, 0x04, 0x41, 0x73, 0x68, 0x61 };
	struct thing t = { .id = 17, .name = "Asha" };
	struct coded c = encoded(&thing_type, &t);

	(void)state;
	assert_int_equal(c.len, sizeof(example));
	assert_memory_equal(c.at, example, sizeof(example));
}

static void what_goes_in_comes_out(void **state)
{
	struct thing t = full_thing(), back, none = { 0 };
	struct coded c = encoded(&thing_type, &t);

	(void)state;
	assert_int_equal(decode(&back, c.at, c.len), ST_OK);
	assert_true(is_same(&thing_type, &t, &back));
	assert_int_equal(back.later.len, 0);
	assert_int_equal(encoded(&thing_type, &none).len, 0);
	assert_int_equal(decode(&back, c.at, 0), ST_OK);
	assert_true(is_empty(&back));
}

static void every_number_survives(void **state)
{
	struct thing t = { 0 }, back;

	(void)state;
	for (unsigned bit = 0; bit < 63; bit++) {
		for (int64_t off = -1; off <= 1; off++) {
			for (int sign = -1; sign <= 1; sign += 2) {
				struct coded c;

				t.price = sign * ((INT64_C(1) << bit) + off);
				c = encoded(&thing_type, &t);
				assert_int_equal(decode(&back, c.at, c.len), ST_OK);
				assert_int_equal(back.price, t.price);
			}
		}
	}
}

/* Cut anywhere: it is refused and leaves an empty record, or the cut fell
 * between two fields and the fields before it are right. */
static void every_truncation_is_seen(void **state)
{
	struct thing t = full_thing(), back;
	struct coded c = encoded(&thing_type, &t);
	unsigned refused = 0;

	(void)state;
	for (size_t len = 0; len < c.len; len++) {
		uint8_t *exact = malloc(len ? len : 1);		/* ASan sees one byte more */
		enum status st;

		memcpy(exact, c.at, len);
		st = decode(&back, exact, len);
		free(exact);
		if (st == ST_OK) {
			assert_int_equal(encoded(&thing_type, &back).len, len);
			assert_memory_equal(encoded(&thing_type, &back).at, c.at, len);
			continue;
		}
		assert_int_equal(st, ST_CORRUPT);
		assert_true(is_empty(&back));
		refused++;
	}
	assert_int_equal(c.len - refused, 6);	/* six fields end before the last byte or at 0 */
}

/* Bytes that are taken, however they came about, are a record: written and
 * read again it is the same one. */
static bool is_refused_or_stable(const uint8_t *bytes, size_t len)
{
	struct thing t, again;
	struct coded c;

	if (decode(&t, bytes, len) != ST_OK)
		return is_empty(&t) && status_text()[0];
	c = encoded(&thing_type, &t);
	return record_decode(&thing_type, &again, c.at, c.len) == ST_OK &&
	       is_same(&thing_type, &t, &again) && t.later.len == again.later.len &&
	       !memcmp(t.later.bytes, again.later.bytes, t.later.len);
}

static void every_flipped_bit_is_refused_or_a_record(void **state)
{
	struct thing t = full_thing();
	struct coded c = encoded(&thing_type, &t);

	(void)state;
	for (size_t bit = 0; bit < c.len * 8; bit++) {
		c.at[bit / 8] ^= (uint8_t)(1 << bit % 8);
		if (!is_refused_or_stable(c.at, c.len))
			fail_msg("bit %zu", bit);
		c.at[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}

static uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

/* Noise, and records with some bytes of noise; in a block of just their size. */
static void random_bytes_do_no_harm(void **state)
{
	enum { ROUNDS = 200000 };
	struct thing full = full_thing();
	struct coded c = encoded(&thing_type, &full);
	uint64_t seed = 20260301;
	unsigned taken = 0;

	(void)state;
	for (unsigned round = 0; round < ROUNDS; round++) {
		size_t len = round % 2 ? c.len : next_random(&seed) % 24;
		uint8_t *bytes = malloc(len + 1);
		struct thing t;

		memcpy(bytes + 1, c.at, len < c.len ? len : c.len);
		for (unsigned i = 0; i < (round % 2 ? 3 : len); i++)
			bytes[1 + next_random(&seed) % len] = (uint8_t)next_random(&seed);
		if (!is_refused_or_stable(bytes + 1, len))
			fail_msg("round %u", round);
		taken += record_decode(&thing_type, &t, bytes + 1, len) == ST_OK;
		free(bytes);
	}
	printf("# %d random records, %u could be read; seed 20260301\n", ROUNDS, taken);
	assert_in_range(taken, ROUNDS / 100, ROUNDS - ROUNDS / 100);
}

static struct later_thing written_later(void)
{
	struct later_thing t = { .id = 17, .name = "Asha", .label_count = 2, .more_count = 1,
				 .labels = { { "a", true, 7 }, { "b", false, -1 } },
				 .more = { { 1, 2 } }, .motto = "tea first", .weight = -5 };
	return t;
}

static void a_later_programs_fields_outlive_an_older_one(void **state)
{
	struct later_thing written = written_later(), read;
	struct coded c = encoded(&later_type, &written);
	struct thing t;

	(void)state;
	assert_int_equal(decode(&t, c.at, c.len), ST_OK);
	assert_string_equal(t.name, "Asha");
	assert_int_equal(t.label_count, 2);
	strcpy(t.name, "Asha Patel");
	t.size_count = 1;		/* a field that the later one left empty */
	t.sizes[0] = (struct size){ .width = 9 };
	t.labels[1].printed = true;
	c = encoded(&thing_type, &t);
	assert_int_equal(record_decode(&later_type, &read, c.at, c.len), ST_OK);
	strcpy(written.name, "Asha Patel");
	written.size_count = 1;
	written.sizes[0] = (struct size){ .width = 9 };
	written.labels[1].printed = true;
	assert_true(is_same(&later_type, &written, &read));
}

static void more_unknown_than_can_be_carried_is_refused(void **state)
{
	uint8_t bytes[3 + 254] = { 20 * 2 + 1, 0x80 | 122, 1 };	/* tag 20: 250 bytes */
	struct thing t;

	(void)state;
	assert_int_equal(decode(&t, bytes, 3 + 250), ST_OK);
	assert_int_equal(t.later.len, 253);
	bytes[1] = 0x80 | 124;
	assert_int_equal(decode(&t, bytes, 3 + 252), ST_CORRUPT);
}

/* Were it carried, it would be written behind its place and never read again. */
static void an_unknown_tag_among_known_ones_is_refused(void **state)
{
	static const struct field gap_fields[] = {
		FIELD(1, FIELD_INT, struct thing, id),
		FIELD(4, FIELD_MONEY, struct thing, price),
		{ 0 }
	};
	static const struct record_type gap_type = {
		"thing", sizeof(struct thing), gap_fields, offsetof(struct thing, later)
	};
	struct thing t = { .id = 1, .stopped = true, .price = 5 };
	struct coded c = encoded(&thing_type, &t);

	(void)state;
	assert_int_equal(record_decode(&gap_type, &t, c.at, c.len), ST_CORRUPT);
}

static void a_list_holds_as_many_rows_as_it_has_room_for(void **state)
{
	static const uint8_t two[] = { 13, 2, 0, 0 }, three[] = { 13, 3, 0, 0, 0 };
	struct thing t = full_thing();
	uint8_t out[ROOM];
	size_t len = sizeof(out);

	(void)state;
	t.size_count = 3;
	assert_int_equal(record_encode(&thing_type, &t, out, &len), ST_FULL);
	assert_int_equal(decode(&t, two, sizeof(two)), ST_OK);
	assert_int_equal(t.size_count, 2);
	assert_int_equal(decode(&t, three, sizeof(three)), ST_CORRUPT);
}

static void a_text_holds_as_much_as_it_has_room_for(void **state)
{
	uint8_t bytes[18] = { 5, 15 };
	struct thing t;
	size_t len = ROOM;
	uint8_t out[ROOM];

	(void)state;
	memset(bytes + 2, 'x', 16);
	assert_int_equal(decode(&t, bytes, 2 + 15), ST_OK);
	assert_int_equal(strlen(t.name), 15);
	bytes[1] = 16;
	assert_int_equal(decode(&t, bytes, 2 + 16), ST_CORRUPT);
	memset(t.name, 'x', sizeof(t.name));
	assert_int_equal(record_encode(&thing_type, &t, out, &len), ST_FULL);
}

static void malformed_bytes_are_refused(void **state)
{
	static const struct { const char *what; size_t len; uint8_t bytes[14]; } bad[] = {
		{ "tag 0", 2, { 0, 0 } },
		{ "a tag twice", 4, { 2, 2, 2, 2 } },
		{ "tags out of order", 4, { 8, 2, 2, 2 } },
		{ "tags out of order in a row", 7, { 13, 5, 4, 4, 2, 2, 2 } },
		{ "a number without its value", 1, { 2 } },
		{ "a number with a longer form than it needs", 3, { 2, 0x82, 0 } },
		{ "a number of eleven bytes", 12, { 2, 0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
						    0x80, 0x80, 0x80, 1 } },
		{ "a number over 64 bits", 11, { 2, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
						 0x80, 0x80, 2 } },
		{ "a yes or no that is neither", 2, { 6, 2 } },
		{ "a text that says it is longer", 4, { 5, 3, 'a', 'b' } },
		{ "a length near 2^64", 12, { 5, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
					      0xff, 0xff, 1, 'a' } },
		{ "a NUL in a text", 4, { 5, 2, 'a', 0 } },
		{ "a text where a number belongs", 4, { 3, 2, 'a', 'b' } },
		{ "a number where a text belongs", 2, { 4, 2 } },
		{ "a number where a list belongs", 2, { 10, 2 } },
		{ "a row longer than its list", 4, { 13, 2, 3, 0 } },
		{ "a damaged row", 5, { 13, 3, 2, 2, 0x80 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct thing t;

		if (decode(&t, bad[i].bytes, bad[i].len) != ST_CORRUPT || !is_empty(&t))
			fail_msg("%s was taken", bad[i].what);
	}
}

static void a_record_without_room_is_refused_whole(void **state)
{
	struct thing t = full_thing();
	struct coded c = encoded(&thing_type, &t);

	(void)state;
	for (size_t room = 0; room <= c.len; room++) {
		uint8_t *out = malloc(room ? room : 1);
		size_t len = room;

		assert_int_equal(record_encode(&thing_type, &t, out, &len),
				 room < c.len ? ST_FULL : ST_OK);
		free(out);
	}
}

static void erasing_leaves_nothing_personal(void **state)
{
	struct later_thing written = written_later();
	struct coded c = encoded(&later_type, &written);
	struct thing t;

	(void)state;
	assert_int_equal(decode(&t, c.at, c.len), ST_OK);
	record_erase(&thing_type, &t);
	c = encoded(&thing_type, &t);
	assert_int_equal(t.id, 17);
	assert_int_equal(t.label_count, 2);
	assert_true(t.labels[0].printed);
	assert_string_equal(t.labels[0].text, "");
	assert_null(memmem(c.at, c.len, "Asha", 4));
	/* Nobody can say whether a field of a later program was personal. */
	assert_null(memmem(c.at, c.len, "tea first", 9));
	assert_int_equal(t.labels[0].later.len, 0);
}

static void varints_have_one_form(void **state)
{
	uint8_t bytes[11];
	uint64_t v;

	(void)state;
	for (unsigned bit = 0; bit < 64; bit++) {
		uint64_t n = UINT64_C(1) << bit;
		size_t len = varint_put(bytes, n);

		assert_int_equal(len, bit / 7 + 1);
		assert_int_equal(varint_get(bytes, len, &v), len);
		assert_true(v == n);
		for (size_t cut = 0; cut < len; cut++)
			assert_int_equal(varint_get(bytes, cut, &v), 0);
		assert_in_range(len, 1, 10);
		bytes[len - 1] |= 0x80;		/* the same number, a byte longer */
		bytes[len] = 0;
		assert_int_equal(varint_get(bytes, len + 1, &v), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_worked_example_is_what_is_written),
		cmocka_unit_test(what_goes_in_comes_out),
		cmocka_unit_test(every_number_survives),
		cmocka_unit_test(every_truncation_is_seen),
		cmocka_unit_test(every_flipped_bit_is_refused_or_a_record),
		cmocka_unit_test(random_bytes_do_no_harm),
		cmocka_unit_test(a_later_programs_fields_outlive_an_older_one),
		cmocka_unit_test(more_unknown_than_can_be_carried_is_refused),
		cmocka_unit_test(an_unknown_tag_among_known_ones_is_refused),
		cmocka_unit_test(a_list_holds_as_many_rows_as_it_has_room_for),
		cmocka_unit_test(a_text_holds_as_much_as_it_has_room_for),
		cmocka_unit_test(malformed_bytes_are_refused),
		cmocka_unit_test(a_record_without_room_is_refused_whole),
		cmocka_unit_test(erasing_leaves_nothing_personal),
		cmocka_unit_test(varints_have_one_form),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

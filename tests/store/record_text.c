/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/record_text.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

/* A record with one field of each type. */
struct label { char text[8]; bool printed; };
struct size { int64_t width, price; };

struct thing {
	int64_t id;
	bool stopped;
	int64_t head_start, price, quantity, share, from, at, kind;
	char name[16];
	uint32_t label_count, size_count;
	struct label labels[2];
	struct size sizes[2];
	struct unknown later;
};

static const char *const kinds[] = { "stamps", "points", "month_end", NULL };

static const struct field label_fields[] = {
	FIELD(1, FIELD_TEXT, struct label, text),
	FIELD(2, FIELD_BOOL, struct label, printed, .flags = FIELD_INTERNAL),
	{ 0 }
};
static const struct record_type label_type = { "label", sizeof(struct label), label_fields, 0 };

static const struct field size_fields[] = {
	FIELD(1, FIELD_INT, struct size, width),
	FIELD(2, FIELD_MONEY, struct size, price),
	{ 0 }
};
static const struct record_type size_type = { "size", sizeof(struct size), size_fields, 0 };

static const struct field thing_fields[] = {
	FIELD(1, FIELD_INT, struct thing, id, .flags = FIELD_INTERNAL),
	FIELD(2, FIELD_BOOL, struct thing, stopped),
	FIELD(3, FIELD_INT, struct thing, head_start, .least = 2, .most = 100),
	FIELD(4, FIELD_MONEY, struct thing, price, .most = INT64_C(1000000000000000),
	      .value = "PRICE"),
	FIELD(5, FIELD_QUANTITY, struct thing, quantity),
	FIELD(6, FIELD_PERCENT, struct thing, share, .most = 10000),
	FIELD(7, FIELD_DAY, struct thing, from),
	FIELD(8, FIELD_TIME, struct thing, at),
	FIELD(9, FIELD_CHOICE, struct thing, kind, .choices = kinds),
	FIELD(10, FIELD_TEXT, struct thing, name),
	FIELD_ROWS(11, struct thing, label_count, labels, label_type),
	FIELD_ROWS(12, struct thing, size_count, sizes, size_type),
	{ 0 }
};
static const struct record_type thing_type = {
	"thing", sizeof(struct thing), thing_fields, offsetof(struct thing, later)
};

static const struct field_reading how = { "--flag", 2 };

static enum status parse(struct thing *t, const char *field, const char *text)
{
	return field_parse(record_field(&thing_type, field), t, text, &how);
}

static void assert_reads(struct thing *t, const char *field, const char *text)
{
	if (parse(t, field, text) != ST_OK)
		fail_msg("%s does not read \"%s\": %s", field, text, status_text());
}

static void assert_refuses(const char *field, const char *text, const char *sentence)
{
	struct thing t = { .head_start = 7, .kind = 1, .name = "as before" }, before = t;

	assert_int_equal(parse(&t, field, text), ST_INVALID);
	assert_string_equal(status_text(), sentence);
	assert_memory_equal(&t, &before, sizeof(t));
}

static void assert_prints(const struct thing *t, const char *field, const char *expected)
{
	struct buf out = { 0 };

	field_text(record_field(&thing_type, field), t, 2, &out);
	assert_string_equal(out.at ? out.at : "", expected);
	buf_release(&out);
}

static void assert_json(const struct thing *t, int decimals, const char *expected)
{
	json_t *json = record_json(&thing_type, t, decimals);
	char *text = json_dumps(json, JSON_COMPACT);

	assert_string_equal(text, expected);
	free(text);
	json_decref(json);
}

/* What is read is printed again, and as people write it is read too. */
static void values_come_back(void **state)
{
	static const struct { const char *field, *text, *printed; } values[] = {
		{ "stopped", "yes", "yes" }, { "stopped", "OFF", "no" }, { "stopped", "1", "yes" },
		{ "head_start", "12", "12" }, { "head_start", "100", "100" },
		{ "price", "12.5", "12.50" }, { "price", "0.05", "0.05" },
		{ "quantity", "1.5", "1.5" }, { "quantity", "100", "100" },
		{ "quantity", "0.125", "0.125" },
		{ "share", "50%", "50" }, { "share", "12.5", "12.5" },
		{ "from", "2026-03-01", "2026-03-01" },
		{ "at", "2026-03-01 09:14", "2026-03-01T09:14:00" },
		{ "kind", "points", "points" }, { "kind", "Month_End", "month_end" },
		{ "name", "  Asha \t Patel ", "Asha Patel" },
		{ "name", "આશા", "આશા" },
		{ "labels", "red", "red" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		struct thing t = { 0 };

		assert_reads(&t, values[i].field, values[i].text);
		assert_prints(&t, values[i].field, values[i].printed);
	}
}

static void an_empty_text_empties_the_field(void **state)
{
	struct thing t = { 1, true, 5, 1, 1, 1, 1, 1, 1, "name", 1, 0, { { "red", true } },
			   .later = { .len = 3 } };

	(void)state;
	for (const struct field *f = thing_fields; f->tag; f++) {
		assert_int_equal(field_parse(f, &t, "", &how), ST_OK);
		assert_true(field_is_empty(f, &t));
	}
	assert_int_equal(t.later.len, 3);
}

static void what_cannot_be_read_is_named(void **state)
{
	(void)state;
	assert_refuses("stopped", "perhaps", "--flag: \"perhaps\" is neither yes nor no");
	assert_refuses("head_start", "ten", "--flag: \"ten\" is not a whole number");
	assert_refuses("head_start", "2.5", "--flag: \"2.5\" is not a whole number");
	assert_refuses("head_start", "101", "--flag: 101 is not possible, it may be 2 to 100");
	assert_refuses("head_start", "1", "--flag: 1 is not possible, it may be 2 to 100");
	assert_refuses("price", "-1", "--flag: -1 is not possible, it may be at least 0.00");
	assert_refuses("quantity", "1.2345",
		       "--flag: \"1.2345\" is not a number with at most 3 decimals");
	assert_refuses("share", "100.01%",
		       "--flag: 100.01% is not possible, it may be 0 to 100");
	assert_refuses("kind", "point", "--flag: \"point\" is not one of stamps|points|month_end; "
		       "did you mean points?");
	assert_refuses("kind", "cash", "--flag: \"cash\" is not one of stamps|points|month_end");
	assert_refuses("name", "seventeen letters", "--flag: this text is too long; it may have "
		       "15 bytes, which are as many Latin letters or a third as many Indic ones");
}

/* Sentences of base, begun with the name of the flag. */
static void sentences_begin_with_the_flag(void **state)
{
	struct thing t = { 0 };

	(void)state;
	assert_int_equal(parse(&t, "price", "12,3x"), ST_INVALID);
	assert_memory_equal(status_text(), "--flag: \"12,3x\"", 15);
	assert_int_equal(parse(&t, "from", "2026-02-30"), ST_INVALID);
	assert_memory_equal(status_text(), "--flag: ", 8);
	assert_int_equal(parse(&t, "at", "noon"), ST_INVALID);
	assert_memory_equal(status_text(), "--flag: ", 8);
	assert_int_equal(parse(&t, "name", "a\x1b[2Jb"), ST_INVALID);
	assert_memory_equal(status_text(), "--flag: ", 8);
}

static void rows_are_added_until_there_is_no_room(void **state)
{
	struct thing t = { 0 };

	(void)state;
	assert_reads(&t, "labels", "red");
	assert_reads(&t, "labels", "blue");
	assert_int_equal(parse(&t, "labels", "green"), ST_INVALID);
	assert_string_equal(status_text(), "--flag: there may be at most 2 of these");
	assert_prints(&t, "labels", "red, blue");
}

static void json_has_every_field(void **state)
{
	const struct thing t = {
		.id = 17, .stopped = true, .head_start = 2, .price = 1250, .quantity = 1500,
		.share = 1250, .from = 20513, .at = INT64_C(1772356440000000), .kind = 1,
		.name = "પટેલ", .label_count = 2, .labels = { { "red", true }, { "blue", false } },
		.size_count = 1, .sizes = { { 3, 5 } }, .later = { .len = 1 }
	};

	(void)state;
	assert_json(&t, 2, "{\"id\":17,\"stopped\":true,\"head_start\":2,\"price\":\"12.50\","
		    "\"quantity\":\"1.5\",\"share\":\"12.5\",\"from\":\"2026-03-01\","
		    "\"at\":\"2026-03-01T09:14:00\",\"kind\":\"points\",\"name\":\"પટેલ\","
		    "\"labels\":[\"red\",\"blue\"],\"sizes\":[{\"width\":3,\"price\":\"0.05\"}]}");
	assert_json(&(struct thing){ .price = 1250 }, 0,
		    "{\"id\":0,\"stopped\":false,\"head_start\":0,\"price\":\"1250\","
		    "\"quantity\":\"0\",\"share\":\"0\",\"from\":null,\"at\":null,"
		    "\"kind\":\"stamps\",\"name\":null,\"labels\":[],\"sizes\":[]}");
}

/* A later program's choice, and text that a damaged store could hold. */
static void json_stays_json(void **state)
{
	json_t *text = json_text("a\xff" "b");
	struct thing t = { .kind = 9 };
	json_t *kind = field_json(record_field(&thing_type, "kind"), &t, 2);

	(void)state;
	assert_string_equal(json_string_value(text), "a\xef\xbf\xbd" "b");
	assert_string_equal(json_string_value(kind), "9");
	json_decref(text);
	json_decref(kind);
}

static void values_and_limits_are_described(void **state)
{
	static const struct { const char *field, *value, *limits; } fields[] = {
		{ "stopped", "yes|no", NULL }, { "head_start", "N", "2 to 100" },
		{ "price", "PRICE", "at least 0.00" }, { "share", "PERCENT", "0 to 100" },
		{ "kind", "stamps|points|month_end", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		const struct field *f = record_field(&thing_type, fields[i].field);
		struct buf value = { 0 }, limits = { 0 };

		field_value_text(f, &value);
		assert_string_equal(value.at, fields[i].value);
		assert_int_equal(field_limits_text(f, 2, &limits), fields[i].limits != NULL);
		if (fields[i].limits)
			assert_string_equal(limits.at, fields[i].limits);
		buf_release(&value);
		buf_release(&limits);
	}
}

static void near_names_are_found(void **state)
{
	static const char *const names[] = { "add", "show", "edit", "erase", NULL };

	(void)state;
	assert_string_equal(name_meant("shwo", names), "show");
	assert_string_equal(name_meant("ad", names), "add");
	assert_string_equal(name_meant("erace", names), "erase");
	assert_null(name_meant("list", names));
	assert_null(name_meant("x", names));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_come_back),
		cmocka_unit_test(an_empty_text_empties_the_field),
		cmocka_unit_test(what_cannot_be_read_is_named),
		cmocka_unit_test(sentences_begin_with_the_flag),
		cmocka_unit_test(rows_are_added_until_there_is_no_room),
		cmocka_unit_test(json_has_every_field),
		cmocka_unit_test(json_stays_json),
		cmocka_unit_test(values_and_limits_are_described),
		cmocka_unit_test(near_names_are_found),
	};

	if (clock_set_zone("UTC") != ST_OK)
		return 1;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

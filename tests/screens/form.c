/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "tests/screens/drawn.h"

#include <cmocka.h>

struct tag { char name[16]; };
struct thing {
	char name[16];
	int64_t price, count, from, kind;
	bool stopped;
	uint32_t tag_count;
	struct tag tags[3];
	int64_t secret;
};

static const char *const kinds[] = { "stamp", "point", "money", NULL };
static const char *const kind_words[] = { "Stamps", "Points", "Money back", NULL };
static const struct field tag_fields[] = {
	FIELD(1, FIELD_TEXT, struct tag, name, .label = "Tag"), { 0 }
};
static const struct record_type tag_type = { "tag", sizeof(struct tag), tag_fields, 0 };
static const struct field thing_fields[] = {
	FIELD(1, FIELD_TEXT, struct thing, name, .flags = FIELD_REQUIRED),
	FIELD(2, FIELD_MONEY, struct thing, price, .most = 1000000),
	FIELD(3, FIELD_INT, struct thing, count, .least = 2, .most = 5000),
	FIELD(4, FIELD_DAY, struct thing, from, .label = "From"),
	FIELD(5, FIELD_CHOICE, struct thing, kind, .choices = kinds),
	FIELD(6, FIELD_BOOL, struct thing, stopped, .label = "Stopped"),
	FIELD_ROWS(7, struct thing, tag_count, tags, tag_type),
	FIELD(8, FIELD_INT, struct thing, secret, .flags = FIELD_INTERNAL),
	{ 0 }
};
static const struct record_type thing_type = {
	"thing", sizeof(struct thing), thing_fields, 0
};

static const struct form_field fields[] = {
	{ .name = "name", .label = "Name", .hint = "What people call it." },
	{ .name = "kind", .label = "Kind", .words = kind_words },
	{ .name = "price", .label = "Price", .hint = "With tax." },
	{ .name = "count", .label = "How many" },
	{ .name = "from", .label = "First day" },
	{ .name = "stopped", .label = "Stopped" },
	{ .name = "tags", .label = "Tags" },
	{ 0 }
};
enum { NAME, KIND, PRICE, COUNT, FROM, STOPPED, TAGS };

static const struct format rupees = {
	.symbol = "\u20b9", .decimals = 2, .grouping = GROUPING_INDIAN,
	.dates = DATE_DMY, .zero = '0'
};

static struct thing thing;
static struct form form;

static void start(void)
{
	thing = (struct thing){
		.name = "Tea", .price = 12345600, .count = 1250, .kind = 1, .tag_count = 2,
		.tags = { { "hot" }, { "sweet" } }, .secret = 42,
		.from = day_from_civil(2026, 11, 21)
	};
	form = (struct form){
		.type = &thing_type, .fields = fields, .record = &thing, .format = &rupees,
		.today = day_from_civil(2026, 11, 30)
	};
	form_start(&form);
}

static bool act(int action)
{
	return form_act(&form, &(struct event){ .action = action, .text = "" });
}

static bool type(const char *text)
{
	return form_act(&form, &(struct event){ .action = ACT_TEXT, .text = text });
}

static void go(size_t i)
{
	form_choose(&form, fields[i].name);
	assert_int_equal(form.list.at, i);
}

static void retype(size_t i, const char *text)
{
	go(i);
	act(ACT_CLEAR);
	type(text);
}

static void values_stand_there_as_they_are_written_here(void **state)
{
	(void)state;
	start();
	assert_string_equal(form.edit[NAME].text, "Tea");
	assert_string_equal(form.edit[PRICE].text, "1,23,456.00");
	assert_string_equal(form.edit[COUNT].text, "1,250");
	assert_string_equal(form.edit[FROM].text, "21 Nov 2026");
	assert_string_equal(form.edit[TAGS].text, "hot, sweet");
	assert_false(form.changed);
}

static void what_was_not_touched_is_as_before(void **state)
{
	struct thing before;

	(void)state;
	start();	/* with a price above the limit, from before there was one */
	before = thing;
	assert_int_equal(form_take(&form), ST_OK);
	assert_memory_equal(&thing, &before, sizeof(thing));
	assert_false(form.changed);
}

static void empty_values_are_empty_fields(void **state)
{
	(void)state;
	start();
	thing = (struct thing){ .name = "x" };
	form_start(&form);
	assert_string_equal(form.edit[PRICE].text, "");
	assert_string_equal(form.edit[FROM].text, "");
	assert_string_equal(form.edit[TAGS].text, "");
	assert_int_equal(form_take(&form), ST_OK);
	assert_int_equal(thing.price, 0);
	assert_int_equal(thing.from, 0);
}

static void typed_values_go_into_the_record(void **state)
{
	(void)state;
	start();
	retype(NAME, "Masala chai");
	retype(PRICE, "\u20b912");		/* a sign of money is no digit: not taken */
	type("1,250.5");
	retype(COUNT, "\u0ae7\u0ae8");
	retype(FROM, "1/12");
	retype(TAGS, "new,  hot ,");
	assert_int_equal(form_take(&form), ST_OK);
	assert_string_equal(thing.name, "Masala chai");
	assert_int_equal(thing.price, 125050);
	assert_int_equal(thing.count, 12);
	assert_int_equal(thing.from, day_from_civil(2026, 12, 1));
	assert_int_equal(thing.tag_count, 2);
	assert_string_equal(thing.tags[0].name, "new");
	assert_string_equal(thing.tags[1].name, "hot");
	assert_int_equal(thing.secret, 42);
	assert_true(form.changed);
}

static void keys_move_between_fields(void **state)
{
	(void)state;
	start();
	assert_true(act(ACT_TAB));
	assert_int_equal(form.list.at, KIND);
	assert_true(act(ACT_DOWN));
	assert_true(act(ACT_ENTER));
	assert_int_equal(form.list.at, COUNT);
	assert_true(act(ACT_UP));
	assert_true(act(ACT_TAB_BACK));
	assert_int_equal(form.list.at, KIND);
	go(TAGS);
	assert_false(act(ACT_ENTER));
	assert_false(act(ACT_BACK));
	assert_false(act(ACT_SAVE));
}

static void leaving_a_field_shows_what_was_understood(void **state)
{
	(void)state;
	start();
	retype(PRICE, "1250");
	act(ACT_TAB);
	assert_string_equal(form.edit[PRICE].text, "1,250.00");
	assert_int_equal(thing.price, 125000);
}

static void choices_are_picked(void **state)
{
	(void)state;
	start();
	go(KIND);
	assert_true(act(ACT_RIGHT));
	assert_int_equal(thing.kind, 2);
	assert_true(form.changed);
	act(ACT_RIGHT);
	assert_int_equal(thing.kind, 0);
	act(ACT_LEFT);
	assert_int_equal(thing.kind, 2);
	type("2");
	assert_int_equal(thing.kind, 1);
	type("\u0ae9");			/* 3 in Gujarati */
	assert_int_equal(thing.kind, 2);
	type("4");
	type("x");
	assert_int_equal(thing.kind, 2);
	assert_int_equal(form_take(&form), ST_OK);
	assert_int_equal(thing.kind, 2);
}

static void ticks_are_set_and_taken(void **state)
{
	(void)state;
	start();
	go(STOPPED);
	type("x");
	assert_false(thing.stopped);
	assert_false(form.changed);
	type(" ");
	assert_true(thing.stopped);
	assert_true(form.changed);
	assert_true(act(ACT_ENTER));
	assert_false(thing.stopped);
	assert_int_equal(form.list.at, STOPPED);
}

static void a_wrong_value_is_told_and_not_lost(void **state)
{
	(void)state;
	start();
	retype(COUNT, "9000");
	act(ACT_TAB);
	assert_int_equal(form.list.at, FROM);
	assert_int_equal(form.wrong_at, COUNT);
	assert_non_null(strstr(form.wrong, "How many"));
	assert_non_null(strstr(form.wrong, "2 to 5000"));
	assert_string_equal(form.edit[COUNT].text, "9000");
	assert_int_equal(thing.count, 1250);
	assert_int_equal(form_take(&form), ST_INVALID);
	assert_int_equal(form.list.at, COUNT);
	act(ACT_BACKSPACE);
	assert_string_equal(form.wrong, "");
	assert_int_equal(form_take(&form), ST_OK);
	assert_int_equal(thing.count, 900);
}

static void what_is_needed_may_not_be_empty(void **state)
{
	(void)state;
	start();
	go(NAME);
	act(ACT_CLEAR);
	assert_int_equal(form_take(&form), ST_INVALID);
	assert_int_equal(form.wrong_at, NAME);
	assert_string_equal(thing.name, "Tea");
}

static void too_many_rows_are_refused(void **state)
{
	(void)state;
	start();
	retype(TAGS, "a, b, c, d");
	assert_int_equal(form_take(&form), ST_INVALID);
	assert_int_equal(form.wrong_at, TAGS);
	assert_string_equal(form.edit[TAGS].text, "a, b, c, d");
}

static enum status read_even(const struct form *f, const char *text)
{
	struct thing *t = f->record;

	if (strlen(text) % 2)
		return (fail)(ST_INVALID, "an even number of letters, please");
	t->secret = (int64_t)strlen(text);
	return ST_OK;
}

static void print_even(const struct form *f, struct buf *out)
{
	const struct thing *t = f->record;

	for (int64_t i = 0; i < t->secret; i++)
		buf_text(out, "o");
}

static void a_screen_may_read_a_field_itself(void **state)
{
	static const struct form_field own[] = {
		{ .name = "even", .label = "Even", .read = read_even, .print = print_even },
		{ 0 }
	};

	(void)state;
	start();
	thing.secret = 2;
	form.fields = own;
	form_start(&form);
	assert_string_equal(form.edit[0].text, "oo");
	type("xyz");
	assert_int_equal(form_take(&form), ST_INVALID);
	assert_string_equal(form.wrong, "an even number of letters, please");
	type("x");
	assert_int_equal(form_take(&form), ST_OK);
	assert_int_equal(thing.secret, 6);
	assert_string_equal(form.edit[0].text, "oooooo");
}

/* -- drawn -- */

static void assert_row(const struct canvas *c, int y, const char *expected)
{
	assert_string_equal(drawn_row(c, y), expected);
}

static void draws_labels_values_and_the_hint(void **state)
{
	struct canvas c = drawn_canvas(14, 50);

	(void)state;
	start();
	form_draw(&c, &form);
	assert_row(&c, 0, "> Name       Tea");
	assert_row(&c, 1, "  What people call it.");
	assert_row(&c, 2, "  Kind       Points");
	assert_row(&c, 3, "  Price      1,23,456.00");
	assert_row(&c, 6, "  Stopped    [ ]");
	assert_row(&c, 7, "  Tags       hot, sweet");
	assert_row(&c, 8, "");
	assert_true(drawn_cursor_is(&c, 0, 16));
	go(KIND);
	form_draw(&c, &form);
	assert_row(&c, 0, "  Name       Tea");
	assert_row(&c, 1, "> Kind       1 Stamps  2 Points  3 Money back");
	assert_int_equal(drawn_reversed(&c, 1), 8);
	assert_true(drawn_cursor_is(&c, 1, 23));
	go(STOPPED);
	thing.stopped = true;
	form_draw(&c, &form);
	assert_row(&c, 5, "> Stopped    [x]");
	assert_true(drawn_cursor_is(&c, 5, 14));
}

static void choices_without_room_are_shown_one_at_a_time(void **state)
{
	struct canvas c = drawn_canvas(14, 40);

	(void)state;
	start();
	go(KIND);
	form_draw(&c, &form);
	assert_row(&c, 1, "> Kind       < Points >");
	assert_true(drawn_cursor_is(&c, 1, 13));
}

static void what_is_wrong_stands_below_its_field(void **state)
{
	struct canvas c = drawn_canvas(14, 40);

	(void)state;
	start();
	retype(COUNT, "1");
	act(ACT_TAB);
	form_draw(&c, &form);
	assert_row(&c, 3, "  How many   1");
	assert_row(&c, 4, "  How many: 1 is not possible, it may be");
	assert_row(&c, 5, "  2 to 5000");
	assert_row(&c, 6, "> First day  21 Nov 2026");
	assert_true(drawn_cursor_is(&c, 6, 24));
}

static void any_size_shows_the_field_with_the_focus(void **state)
{
	(void)state;
	start();
	retype(COUNT, "1");
	act(ACT_TAB);
	for (size_t i = NAME; i <= TAGS; i++) {
		go(i);
		for (int h = 0; h < 14; h++) {
			for (int w = 0; w < 40; w++) {
				struct canvas c = drawn_canvas(h, w);
				bool marked = false;

				form_draw(&c, &form);
				assert_true(drawn_inside(&c));
				for (int y = 0; y < h && w; y++)
					marked |= drawn_row(&c, y)[0] == '>';
				assert_true(marked == (h > 0 && w > 0));
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_stand_there_as_they_are_written_here),
		cmocka_unit_test(what_was_not_touched_is_as_before),
		cmocka_unit_test(empty_values_are_empty_fields),
		cmocka_unit_test(typed_values_go_into_the_record),
		cmocka_unit_test(keys_move_between_fields),
		cmocka_unit_test(leaving_a_field_shows_what_was_understood),
		cmocka_unit_test(choices_are_picked),
		cmocka_unit_test(ticks_are_set_and_taken),
		cmocka_unit_test(a_wrong_value_is_told_and_not_lost),
		cmocka_unit_test(what_is_needed_may_not_be_empty),
		cmocka_unit_test(too_many_rows_are_refused),
		cmocka_unit_test(a_screen_may_read_a_field_itself),
		cmocka_unit_test(draws_labels_values_and_the_hint),
		cmocka_unit_test(choices_without_room_are_shown_one_at_a_time),
		cmocka_unit_test(what_is_wrong_stands_below_its_field),
		cmocka_unit_test(any_size_shows_the_field_with_the_focus),
	};

	drawn_start("xterm-256color");
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("form", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/insight/filter_shop.h"

#include <locale.h>

/* Texts that are no filter: where the carets stand, and what is said. */

static int setup(void **state)
{
	struct program card = { .goal = 3 }, points = { .earn = 1, .spend = 1000 };
	struct reward tea = { .kind = REWARD_FREE };
	struct item item = { .price = 1000, .name = "Masala chai", .category = "tea" };
	struct fixture *f;

	fixture_setup(state);
	f = *state;
	add_card(f, &card, &tea);
	add_points(f, &points);
	MUST(item_add(&f->shop, &f->by, &item));
	return 0;
}

static const struct mistaken {
	const char *filter, *caret, *says;
} mistakes[] = {
	{ "vists > 3",
	  "^^^^^", "there is no field \"vists\"; did you mean visits?" },
	{ "visits >= 3 and lastvisit > 60d",
	  "                ^^^^^^^^^", "did you mean last_visit?" },
	{ "consent > 3",
	  "^^^^^^^", "did you mean consent.sms?" },
	{ "gold = 3",
	  "^^^^", "there is no field \"gold\"" },
	{ "visits >= three",
	  "          ^^^^^", "\"three\" is not a whole number" },
	{ "visits >= 2.5",
	  "          ^^^", "\"2.5\" is not a whole number" },
	{ "visits >=",
	  "         ^", "a value is missing here" },
	{ "visits 3",
	  "       ^", "between two tests stands \"and\" or \"or\"" },
	{ "visits visits",
	  "       ^^^^^^", "between two tests stands \"and\" or \"or\"" },
	{ "visits ~ 3",
	  "       ^", "visits is not compared so; write visits with one of = != < <= > >=" },
	{ "visits within 3d",
	  "       ^^^^^^", "not compared so" },
	{ "area > b",
	  "     ^", "write area with one of = != ~" },
	{ "area",
	  "^^^^", "say what area shall be, such as: area = \"Adajan\"" },
	{ "last_visit",
	  "^^^^^^^^^^", "say what last_visit shall be" },
	{ "spend > 5,000",
	  "         ^", "no comma stands here; amounts are written without: 5000" },
	{ "spend > 5.123",
	  "        ^^^^^", "5.123" },
	{ "last_visit > 60",
	  "             ^^", "\"60\" is not a time; write 60d" },
	{ "last_visit > 2026-02-30",
	  "             ^^^^^^^^^^", "there is no day 2026-02-30" },
	{ "cohort = 2026-13",
	  "         ^^^^^^^", "there is no month 2026-13" },
	{ "birthday = 02-30",
	  "           ^^^^^", "there is no day 02-30" },
	{ "visits(0d) > 0",
	  "       ^^", "a window is one day at least" },
	{ "r = 6",
	  "    ^", "r is 1 to 5, where 5 is best" },
	{ "m < 0",
	  "    ^", "m is 1 to 5" },
	{ "p_alive > 2",
	  "          ^", "p_alive is 0 to 1" },
	{ "p_alive < 50",
	  "          ^^", "p_alive is 0 to 1" },
	{ "tag:staf",
	  "    ^^^^", "nobody has the tag \"staf\"; did you mean \"staff\"?" },
	{ "visits and not (tag:Staf or visits)",
	  "                    ^^^^", "did you mean \"staff\"?" },
	{ "tag in (staff, nosuch)",
	  "               ^^^^^^", "nobody has the tag \"nosuch\"" },
	{ "last_visit > 9999999d",
	  "             ^^^^^^^^", "is not a time" },
	{ "visits(2026-08-31..2026-08-01)",
	  "       ^^^^^^^^^^^^^^^^^^^^^^", "is not a time" },
	{ "visits(05-27)",
	  "       ^^^^^", "visits takes a window such as 90d or 2026-08" },
	{ "cohort = 60d",
	  "         ^^^", "a cohort is a month, such as 2026-01" },
	{ "birthday = 7d",
	  "           ^^", "write: birthday within 7d" },
	{ "birthday > 7d",
	  "         ^", "write birthday with one of = != within" },
	{ "last_visit = 05-27",
	  "             ^^^^^", "takes a day with its year" },
	{ "visits(90d",
	  "          ^", "a ) is missing here" },
	{ "visits(90d 3)",
	  "           ^", "a ) is missing here" },
	{ "area(90d) = b",
	  "    ^", "area takes no brackets" },
	{ "(visits",
	  "       ^", "a ) is missing here" },
	{ "visits)",
	  "      ^", "this bracket was not opened" },
	{ "",
	  "^", "something is missing here, such as visits >= 3" },
	{ "tag:staff or",
	  "            ^", "something is missing here" },
	{ "and visits",
	  "^^^", "a field should stand here" },
	{ "\"visits\" > 3",
	  "^^^^^^^^", "a field should stand here" },
	{ "area = \"Adajan",
	  "       ^^^^^^^", "this quote is not closed; write \" at its end" },
	{ "name ~ \"\"",
	  "       ^^", "every text has nothing as a part" },
	{ "area:b",
	  "    ^", "a : stands behind tag and segment alone" },
	{ "consent.sms = yess",
	  "              ^^^^", "consent.sms is never \"yess\"; did you mean yes?" },
	{ "channel = fax",
	  "          ^^^", "channel is never \"fax\"; it is one of: any, sms, email" },
	{ "rfm = champion",
	  "      ^^^^^^^^", "did you mean champions?" },
	{ "textable = 3",
	  "           ^", "textable is yes or no" },
	{ "has visits",
	  "    ^^^^^^", "behind \"has\" stands phone, email, birthday" },
	{ "has pone",
	  "    ^^^^", "did you mean phone?" },
	{ "has",
	  "   ^", "behind \"has\" stands phone" },
	{ "member(\"Tee card\")",
	  "       ^^^^^^^^^^", "Tea card" },
	{ "member",
	  "^^^^^^", "of which program? Write: member(\"" },
	{ "points(\"Tea card\") > 3",
	  "       ^^^^^^^^^^", "Tea card counts stamps, not points" },
	{ "bought(\"Masla chai\")",
	  "       ^^^^^^^^^^^^", "there is no item \"Masla chai\"; did you mean \"masala chai\"?" },
	{ "bought(category = tee)",
	  "                  ^^^", "there is no category \"tee\"; did you mean \"tea\"?" },
	{ "bought(90d)",
	  "^^^^^^", "say more, such as: bought(category = \"tea\", 90d)" },
	{ "bought(colour = red)",
	  "       ^^^^^^", "bought knows no \"colour\"" },
	{ "visited(weekday = tusday)",
	  "                  ^^^^^^", "a weekday is mon, tue" },
	{ "visited(hour = 24)",
	  "               ^^", "an hour is 0 to 23" },
	{ "visited(90d)",
	  "^^^^^^^", "say more" },
	{ "area in (a, b",
	  "             ^", "a ) is missing here" },
	{ "area in a",
	  "        ^", "a ( is missing here" },
	{ "segment:Coolin",
	  "        ^^^^^^", "there is no segment \"Coolin\"" },
	{ "segment",
	  "       ^", "write: segment:\"Name\"" },
	/* Columns, not bytes; vowel signs take none or one. */
	{ "name ~ \"પટેલ\" and vists > 3",
	  "                 ^^^^^", "did you mean visits?" },
	{ "name ~ \"José\" and vists > 3",
	  "                  ^^^^^", "did you mean visits?" },
	{ "name ~ 名前 and vists > 3",
	  "                ^^^^^", "did you mean visits?" },
	{ "રમેશ > 3",
	  "^^^", "there is no field" },
};

static void points_at_the_mistake(void **state)
{
	struct fixture *f = *state;
	struct customer asha = named("Asha");

	MUST(customer_add_tag(&asha, "Staff"));
	add_customer(f, &asha);
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
		const struct mistaken *m = &mistakes[i];
		struct filter_mistake mistake;
		struct buf caret = { 0 };
		struct filter *out;

		assert_int_equal(filter_parse(&f->shop, m->filter, &out, &mistake), ST_INVALID);
		assert_null(out);
		filter_caret(m->filter, &mistake, &caret);
		if (strcmp(caret.at, m->caret) || !strstr(mistake.text, m->says))
			print_error("%s\n%s\n%s\n", m->filter, caret.at, mistake.text);
		assert_string_equal(caret.at, m->caret);
		assert_non_null(strstr(mistake.text, m->says));
		buf_release(&caret);
	}
}

static void assert_refused_filter(struct fixture *f, const char *text, const char *says)
{
	struct filter_mistake mistake;
	struct filter *out;

	assert_int_equal(filter_parse(&f->shop, text, &out, &mistake), ST_INVALID);
	if (!strstr(mistake.text, says))
		print_error("%s\n", mistake.text);
	assert_non_null(strstr(mistake.text, says));
	assert_true(mistake.at + mistake.len <= strlen(text));
}

/* No text can make it deep or large. */
static void keeps_within_its_bounds(void **state)
{
	struct fixture *f = *state;
	struct buf text = { 0 };

	for (int i = 0; i < 1000; i++)
		buf_text(&text, "(");
	assert_refused_filter(f, text.at, "too deep");
	buf_clear(&text);
	for (int i = 0; i < 900; i++)
		buf_text(&text, "not ");
	assert_refused_filter(f, text.at, "too deep");
	buf_clear(&text);
	for (int i = 0; i < 600; i++)
		buf_text(&text, "f or ");
	assert_refused_filter(f, text.at, "too long");
	buf_clear(&text);
	for (int i = 0; i < 20; i++)
		buf_text(&text, "earned and ");
	assert_refused_filter(f, text.at, "at most 16 tests of bought");
	buf_clear(&text);
	for (int i = 0; i < 5000; i++)
		buf_text(&text, "a");
	assert_refused_filter(f, text.at, "at most 4000 bytes");
	buf_release(&text);
	assert_refused_filter(f, "area = \"a\xff\"", "UTF-8");
	assert_refused_filter(f, "area = a\x01", "U+0001");
}

/* -- segments -- */

static void keep(struct fixture *f, const char *name, const char *filter)
{
	struct segment s = { 0 };

	strcpy(s.name, name);
	strcpy(s.filter, filter);
	MUST(segment_add(&f->shop, &f->by, &s));
}

static void segments_are_filters(void **state)
{
	struct fixture *f = *state;
	struct customer asha = named("Asha"), ramesh = named("Ramesh");
	struct buf ids = { 0 };

	MUST(customer_add_tag(&asha, "vip"));
	add_customer(f, &asha);
	add_customer(f, &ramesh);
	chosen(f, "not tag:nobody", on("2026-03-02"), &ids);	/* so far */
	assert_string_equal(ids.at, "1 2");
	buf_clear(&ids);
	keep(f, "VIPs", "tag:vip");
	keep(f, "The others", "not segment:\"VIPs\"");
	chosen(f, "segment:vips", on("2026-03-02"), &ids);
	assert_string_equal(ids.at, "1");
	buf_clear(&ids);
	chosen(f, "segment:\"the OTHERS\" or visits = 3", on("2026-03-02"), &ids);
	assert_string_equal(ids.at, "2");
	buf_release(&ids);
	assert_prints_itself(f, "segment:\"the OTHERS\" and not segment:VIPs");

	keep(f, "Egg", "visits or segment:Hen");
	keep(f, "Hen", "segment:\"Egg\"");
	assert_refused_filter(f, "segment:Hen", "the segment Hen would be made of itself");
	keep(f, "Old", "gold = 3");
	assert_refused_filter(f, "segment:Old", "in the segment Old: there is no field \"gold\"");
}

/* NULL: it may be kept. */
static void assert_names(struct fixture *f, const char *text, const char *field)
{
	struct segment s = { .name = "Some" };
	struct filter *filter = parsed(f, text);
	const char *found = filter_names_somebody(filter);

	assert_true(!field == !found);
	if (field)
		assert_string_equal(found, field);
	filter_free(filter);
	strcpy(s.filter, text);
	assert_int_equal(filter_keep(&f->shop, &f->by, NULL, &s), field ? ST_REFUSED : ST_OK);
	if (!field)
		MUST(segment_remove(&f->shop, &f->by, "Some", &s));
}

static void a_kept_filter_names_nobody(void **state)
{
	struct fixture *f = *state;
	struct segment s = { .filter = "visits or phone ~ \"98240\"" };

	assert_names(f, "name ~ \"patel\"", "name");
	assert_names(f, "visits and (area = \"Adajan\" or not called = \"Ba\")", "called");
	assert_names(f, "code = C-1007", "code");
	assert_names(f, "address ~ \"ring road\"", "address");
	assert_names(f, "notes ~ \"sugar\"", "notes");
	assert_names(f, "heard != \"instagram\"", "heard");
	assert_names(f, "phone ~ \"98240\"", "phone");
	assert_names(f, "email = \"asha@example.com\"", "email");
	assert_names(f, "card = 4711", "card");
	assert_names(f, "has phone and email = \"\" and not has notes", NULL);
	assert_names(f, "tag:staff and area = \"Adajan\" and language = gu", NULL);
	assert_names(f, "birthday within 7d and spend(12m) >= 5000", NULL);
	keep(f, "Cooling", "last_visit > 60d");
	assert_int_equal(filter_keep(&f->shop, &f->by, "Cooling", &s), ST_REFUSED);
	s = (struct segment){ .name = "Away" };
	MUST(filter_keep(&f->shop, &f->by, "Cooling", &s));
	assert_string_equal(s.filter, "last_visit > 60d");
	assert_names(f, "segment:Away and has phone", NULL);
}

static void every_word_has_an_example_that_runs(void **state)
{
	struct fixture *f = *state;
	const struct filter_word *w;

	keep(f, "Cooling", "last_visit > 60d");
	for (size_t i = 0; (w = filter_word(i)); i++) {
		assert_non_null(strstr(w->example, w->name));
		assert_prints_itself(f, w->example);
		assert_true(strlen(w->help) > 8);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(points_at_the_mistake, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(keeps_within_its_bounds, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(segments_are_filters, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(a_kept_filter_names_nobody, setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(every_word_has_an_example_that_runs, setup,
						fixture_teardown),
	};

	setlocale(LC_CTYPE, "C.UTF-8");	/* for the widths of letters */
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/status.h"

static enum status refuse(void)
{
	return fail(ST_INVALID, "\"%.40s\" is not a whole number: write it like 12.", "1.5");
}

/* Without the check of formats, which an empty one does not pass. */
static enum status (*const refuse_with)(enum status st, const char *format, ...) = fail;

#include <cmocka.h>

/* As if the program had just started in this environment. */
static void start(const char *locale, const char *list)
{
	setenv("LC_ALL", locale, 1);
	setenv("LANGUAGE", list, 1);
	if (!setlocale(LC_ALL, ""))
		setlocale(LC_ALL, "C");
	language_start();
}

static void test_list(void **state)
{
	size_t n = 0;

	(void)state;
	assert_string_equal(language_at(0)->code, "en");
	while (language_at(n))
		n++;
	assert_int_equal(n, 5);
	assert_string_equal(language_find("gu")->name, "ગુજરાતી");
	assert_string_equal(language_find("hy")->english, "Armenian");
	assert_null(language_find("de"));
	assert_null(language_find(""));
	assert_null(language_find("g"));
	assert_null(language_find("gu_IN"));
}

static void test_switching(void **state)
{
	static const struct { const char *code, *today; } words[] = {
		{ "hi", "आज" }, { "gu", "આજે" }, { "en", "today" }, { "ur", "آج" },
		{ "hy", "այսօր" }, { "en", "today" }, { "gu", "આજે" },
	};

	(void)state;
	start("C.UTF-8", "");
	assert_string_equal(language_used(), "en");
	assert_string_equal(_("today"), "today");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		assert_true(language_use(words[i].code));
		assert_string_equal(language_used(), words[i].code);
		assert_string_equal(_("today"), words[i].today);
	}
	assert_false(language_use("de"));
	assert_false(language_use(""));
	assert_string_equal(language_used(), "gu");
	assert_string_equal(_("today"), "આજે");
}

/* Nought is one thing in Hindi, Gujarati and Armenian, and many in Urdu
 * (CLDR's plural rules). */
static void test_plurals(void **state)
{
	static const struct { const char *code; bool nought_is_one; } rules[] = {
		{ "hi", true }, { "gu", true }, { "hy", true }, { "ur", false },
	};
	const char *header;

	(void)state;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		assert_true(language_use(rules[i].code));
		header = gettext("");
		assert_non_null(strstr(header, "nplurals=2;"));
		assert_non_null(strstr(header, rules[i].nought_is_one ? "plural=(n > 1);" :
								"plural=(n != 1);"));
	}
	assert_true(language_use("ur"));
	assert_string_equal(ngettext("%s day ago", "%s days ago", 2), "%s دن پہلے");
	assert_true(language_use("en"));
	assert_string_equal(ngettext("%s day ago", "%s days ago", 1), "%s day ago");
	assert_string_equal(ngettext("%s day ago", "%s days ago", 0), "%s days ago");
}

static void test_one_word_with_two_meanings(void **state)
{
	(void)state;
	assert_true(language_use("gu"));
	assert_string_equal(P_("day month year", "%1$s %2$s %3$s"), "%1$s %2$s %3$s");
	assert_string_equal(P_("nobody says this", "Open"), "Open");
}

static void test_failures_are_said_in_it(void **state)
{
	(void)state;
	assert_true(language_use("en"));
	assert_int_equal(refuse(), ST_INVALID);
	assert_string_equal(status_text(), "\"1.5\" is not a whole number: write it like 12.");
	assert_true(language_use("gu"));
	assert_int_equal(refuse(), ST_INVALID);
	assert_string_equal(status_text(), "\"1.5\" પૂર્ણ સંખ્યા નથી: તેને 12 ની જેમ લખો.");
	assert_int_equal(refuse_with(ST_INVALID, ""), ST_INVALID);
	assert_string_equal(status_text(), "");
}

/* The environment asks, whether its locale was generated or not. */
static void test_start(void **state)
{
	static const struct { const char *locale, *list, *used; } cases[] = {
		{ "C.UTF-8", "", "en" }, { "C.UTF-8", "gu", "gu" }, { "C.UTF-8", "de:hy:gu", "hy" },
		{ "C.UTF-8", "de", "en" }, { "C.UTF-8", "en:gu", "en" }, { "C", "gu", "en" },
		{ "POSIX", "gu", "en" }, { "", "gu", "en" }, { "ur_PK.UTF-8", "", "ur" },
		{ "hi_IN", "", "hi" }, { "gu_IN.UTF-8", "hi_IN:gu", "hi" }, { "hy", "", "hy" },
		{ "de_DE.UTF-8", "", "en" }, { "guj_IN", "", "en" }, { "gu@latin", "", "gu" },
		{ "C.UTF-8", ":::gu", "gu" },
	};

	(void)state;
	unsetenv("LC_MESSAGES");
	unsetenv("LANG");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		start(cases[i].locale, cases[i].list);
		if (strcmp(language_used(), cases[i].used))
			fail_msg("%s %s: %s", cases[i].locale, cases[i].list, language_used());
		assert_int_equal(strcmp(_("today"), "today") == 0, !strcmp(cases[i].used, "en"));
	}
}

static void test_plain_locale(void **state)
{
	(void)state;
	start("C", "");
	assert_string_equal(language_used(), "en");
	assert_true(language_use("hy"));
	assert_string_equal(_("today"), "այսօր");
}

static void test_without_catalogues(void **state)
{
	const char *folder = getenv("REGULARS_LOCALEDIR");
	char kept[4096];

	(void)state;
	assert_non_null(folder);
	strcpy(kept, folder);
	assert_true(language_use("gu"));
	setenv("REGULARS_LOCALEDIR", "/nonexistent", 1);
	start("C.UTF-8", "ur");
	assert_string_equal(language_used(), "en");
	assert_false(language_use("gu"));
	assert_string_equal(language_used(), "en");
	assert_string_equal(_("today"), "today");
	setenv("REGULARS_LOCALEDIR", kept, 1);
	start("C.UTF-8", "ur");
	assert_string_equal(_("today"), "آج");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_switching),
		cmocka_unit_test(test_plurals),
		cmocka_unit_test(test_one_word_with_two_meanings),
		cmocka_unit_test(test_failures_are_said_in_it),
		cmocka_unit_test(test_start),
		cmocka_unit_test(test_plain_locale),
		cmocka_unit_test(test_without_catalogues),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/name.h"

#include <string.h>

#include "screens/terminal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

/* What people are called, as the shop has settled it. */

static const struct shop *shop_with(enum names_setting names)
{
	static struct shop shop;

	shop.settings.names = names;
	terminal = (struct terminal){ .utf8 = true };
	return &shop;
}

static void assert_names(enum names_setting how, const char *name, const char *const expected[3])
{
	const struct shop *shop = shop_with(how);
	char out[NAME_TEXT];

	assert_string_equal(name_shown(shop, name, out), expected[0]);
	assert_string_equal(name_first(shop, name, out), expected[1]);
	assert_string_equal(name_second(shop, name, out), expected[2]);
}
#define NAMES(...) ((const char *const[3]){ __VA_ARGS__ })

static void names_are_shown_as_it_was_settled(void **state)
{
	(void)state;
	assert_names(NAMES_NATIVE, "પટેલ આશા", NAMES("પટેલ આશા", "પટેલ આશા", "Patel Asha"));
	assert_names(NAMES_LATIN, "પટેલ આશા", NAMES("Patel Asha", "Patel Asha", ""));
	assert_names(NAMES_BOTH, "પટેલ આશા",
		     NAMES("પટેલ આશા  Patel Asha", "પટેલ આશા", "Patel Asha"));
	assert_names(NAMES_AUTO, "Иванов", NAMES("Иванов", "Иванов", "Ivanov"));
}

/* There is nothing to add to a name in Latin letters, nor to one that has no
 * spelling in them. */
static void a_second_name_says_more(void **state)
{
	static const char *const plain[] = {
		"Patel Asha", "José Núñez", "O’Brien", "Anne-Marie d'Arc", "Ngũgĩ", "王小明", "?", "",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		for (enum names_setting how = NAMES_AUTO; how <= NAMES_BOTH; how++)
			assert_names(how, plain[i], NAMES(plain[i], plain[i], ""));
}

static void a_terminal_without_other_letters_has_latin_ones(void **state)
{
	const struct shop *shop = shop_with(NAMES_BOTH);
	char out[NAME_TEXT];

	(void)state;
	terminal.latin_only = true;
	assert_string_equal(name_shown(shop, "પટેલ આશા", out), "Patel Asha");
	assert_string_equal(name_second(shop, "પટેલ આશા", out), "");
	assert_false(names_are_both(shop));
}

static void nobody_is_without_a_name(void **state)
{
	const struct shop *shop = shop_with(NAMES_NATIVE);
	struct customer c = { .id = 17 };
	char out[NAME_TEXT];

	(void)state;
	assert_string_equal(name_of(shop, &c, out), "Customer 17");
	strcpy(c.code, "till 7");
	assert_string_equal(name_of(shop, &c, out), "till 7");
	c.card_count = 1;
	strcpy(c.cards[0].code, "TEA17");
	assert_string_equal(name_of(shop, &c, out), "TEA17");
	c.email_count = 1;
	strcpy(c.emails[0].address, "a@example.org");
	assert_string_equal(name_of(shop, &c, out), "a@example.org");
	c.phone_count = 1;
	strcpy(c.phones[0].text, "+919824012345");
	assert_string_equal(name_of(shop, &c, out), "+91 98240 12345");
	strcpy(c.name, "આશા");
	assert_string_equal(name_of(shop, &c, out), "આશા");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_shown_as_it_was_settled),
		cmocka_unit_test(a_second_name_says_more),
		cmocka_unit_test(a_terminal_without_other_letters_has_latin_ones),
		cmocka_unit_test(nobody_is_without_a_name),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

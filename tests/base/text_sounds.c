/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "base/text_sounds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct sounds hear(const char *word)
{
	char latin[64];

	text_romanise(word, latin, sizeof(latin));
	return sounds_of(latin, word);
}

static void assert_apart(const char *a, const char *b, unsigned apart)
{
	struct sounds x = hear(a), y = hear(b);
	unsigned there = sounds_apart(&x, &y, false), back = sounds_apart(&y, &x, false);

	if (there != apart || back != apart)
		print_error("%s and %s are %u and %u apart\n", a, b, there, back);
	assert_int_equal(there, apart);
	assert_int_equal(back, apart);
}

static void assert_start(const char *typed, const char *name, unsigned apart)
{
	struct sounds x = hear(typed), y = hear(name);

	assert_int_equal(sounds_apart(&x, &y, true), apart);
}

static void spellings_of_a_name_are_near(void **state)
{
	(void)state;
	assert_apart("patel", "patil", 0);
	assert_apart("hussain", "hosen", 0);
	assert_apart("kaur", "kour", 0);
	assert_apart("phatima", "fatima", 0);
	assert_apart("carlos", "karlos", 0);
	assert_apart("rehman", "rahman", 1);
	assert_apart("mueller", "muller", 1);
	assert_apart("ghose", "ghosh", 1);
	assert_apart("jagdish", "jagadish", 1);
	assert_apart("krushna", "krishna", 2);
	assert_apart("hakobyan", "akobyan", 2);
}

static void names_that_share_a_skeleton_are_further(void **state)
{
	(void)state;
	assert_apart("barot", "bharat", 2);
	assert_apart("ketan", "kuttan", 2);
	assert_apart("gohil", "gill", 2);
	assert_apart("shahin", "sona", 4);
	assert_apart("solanki", "salunkhe", 4);
	assert_apart("irfan", "orfan", 2);
	assert_apart("bedi", "peti", 4);
	assert_apart("ramesh", "rakesh", SOUNDS_FAR);
}

/* What a script cannot tell is not held against it. */
static void scripts_leave_sounds_out(void **state)
{
	(void)state;
	assert_apart("عمران", "imran", 0);
	assert_apart("رشید", "rashud", 2);
	assert_apart("رشید", "rusheed", 0);
	assert_apart("பாபு", "babu", 1);
	assert_apart("વિકાસ", "bikas", 2);
	assert_apart("বিকাশ", "vikash", 1);
	assert_apart("Վարդան", "vartan", 1);
}

static void a_start_is_enough_while_typing(void **state)
{
	(void)state;
	assert_start("suren", "surendra", 0);
	assert_start("surin", "surendra", 0);
	assert_start("saren", "surendra", 2);
	assert_start("surendra", "suren", SOUNDS_FAR * 2 + 1);
	assert_start("", "surendra", 0);
}

/* Whatever is typed; the worst that may be said of two words is that none of
 * their sounds fit. */
static void noise_does_no_harm(void **state)
{
	char word[2][160];

	(void)state;
	srand(17);
	for (int i = 0; i < 20000; i++) {
		struct sounds s[2];

		for (int k = 0; k < 2; k++) {
			size_t len = (size_t)rand() % 150;

			for (size_t j = 0; j < len; j++)
				word[k][j] = (char)(rand() % 9 ? 'a' + rand() % 26 :
						    1 + rand() % 255);
			word[k][len] = '\0';
			s[k] = sounds_of(word[k], word[k]);
			assert_true(s[k].n <= SOUNDS_MAX);
			assert_int_equal(sounds_apart(&s[k], &s[k], false), 0);
		}
		assert_true(sounds_apart(&s[0], &s[1], false) <=
			    SOUNDS_FAR * (s[0].n + s[1].n));
		assert_int_equal(sounds_apart(&s[0], &s[1], false),
				 sounds_apart(&s[1], &s[0], false));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spellings_of_a_name_are_near),
		cmocka_unit_test(names_that_share_a_skeleton_are_further),
		cmocka_unit_test(scripts_leave_sounds_out),
		cmocka_unit_test(a_start_is_enough_while_typing),
		cmocka_unit_test(noise_does_no_harm),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

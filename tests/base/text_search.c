/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <limits.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

static void assert_fold(const char *in, const char *expected)
{
	char out[128];

	text_fold(in, out, sizeof(out));
	assert_string_equal(out, expected);
}

static void fold_makes_one_spelling(void **state)
{
	(void)state;
	assert_fold("  Asha-Rani  PATEL. ", "asha rani patel");
	assert_fold("O'Brien (Jr.)", "obrien jr");
	assert_fold("Tea + Cake", "tea + cake");
	assert_fold("Jos\u00e9 N\u00fa\u00f1ez", "jose nunez");
	assert_fold("Stra\u00dfe", "strasse");
	assert_fold("\u0130brahim", "ibrahim");
	assert_fold("\u0141ukasz \u00d8ystein \u00c6r\u00f8", "lukasz oystein aero");
	assert_fold("\uff21\uff22\uff11", "ab1");
	assert_fold("", "");
	assert_fold("...", "");
	assert_fold("a\xff" "b\xe0\xa4", "ab");
}

static void fold_takes_letter_variants_together(void **state)
{
	(void)state;
	assert_fold("\u0639\u0644\u064a", "\u0639\u0644\u06cc");	/* yeh */
	assert_fold("\u0643\u0645\u0627\u0644", "\u06a9\u0645\u0627\u0644");
	assert_fold("\u0622\u0645\u0646\u06c1", "\u0627\u0645\u0646\u06c1");
	assert_fold("\u0645\u064f\u062d\u064e\u0645\u0651\u062f", "\u0645\u062d\u0645\u062f");
	assert_fold("\u0565\u0582", "\u0565\u0582");
	assert_fold("\u0587", "\u0565\u0582");		/* the Armenian ligature */
	assert_fold("\u0958", "\u0915");		/* the dot below goes */
	assert_fold("\u0939\u093e\u0901", "\u0939\u093e\u0902");
	assert_fold("\u0d7b", "\u0d28\u0d4d");
	assert_fold("\u0d28\u0d4d\u200d", "\u0d28\u0d4d");
	assert_fold("\u0995\u09cb", "\u0995\u09cb");	/* vowels stay whole */
}

static void fold_writes_every_digit_as_ascii(void **state)
{
	(void)state;
	assert_fold("\u0ae6\u0ae7\u0aef", "019");	/* Gujarati */
	assert_fold("\u0966\u096f \u0660\u0669 \u06f0\u06f9", "09 09 09");
	assert_fold("\u0c66\u0c6f\u1040\u1049", "0909");
	assert_fold("\U0001d7ce\U0001d7ff", "09");
}

static void assert_latin(const char *in, const char *expected)
{
	char out[128];

	text_romanise(in, out, sizeof(out));
	assert_string_equal(out, expected);
}

static void romanise_spells_indic_names(void **state)
{
	(void)state;
	assert_latin("પટેલ", "patel");
	assert_latin("રાજકુમાર શાહ", "rajkumar shah");
	assert_latin("मिश्र", "mishra");
	assert_latin("ज़ाकिर फ़ातिमा", "zakir fatima");
	assert_latin("वाघमारे", "vaghmare");
	assert_latin("सिंह चंद्र अंबिका", "singh chandra ambika");
	assert_latin("লাহিড়ী আনোয়ার", "lahiri anowar");
	assert_latin("গুহ যাদব", "guha jadab");
	assert_latin("ਗਿੱਲ ਸਿੰਘ", "gil singh");
	assert_latin("முருகன் லட்சுமி", "murugan lakshumi");
	assert_latin("வெற்றி முத்து", "vetri muthu");
	assert_latin("மோகன் மகேஷ் மகள்", "mohan mahesh magal");
	assert_latin("రామారావు సుబ్రహ్మణ్యం", "ramarao subrahmanyam");
	assert_latin("ಮಂಜುನಾಥ ಗೌಡ", "manjunatha gauda");
	assert_latin("ആന്റണി കൃഷ്ണൻ", "antani krishnan");
	assert_latin("રમેશ ૧૨", "ramesh 12");
}

static void romanise_spells_urdu_names(void **state)
{
	(void)state;
	assert_latin("خان", "khan");
	assert_latin("حسن احمد شاہ", "hasan ahmad shah");
	assert_latin("نواز بھٹو نور", "nawaz bhato nur");
	assert_latin("عبداللہ", "abdullah");
	assert_latin("عبدالرحمان", "abdul rahman");
	assert_latin("نظام الدین", "nazamuddin");
	assert_latin("ذوالفقار", "zulfaqar");
	assert_latin("داؤد", "daud");
	assert_latin("رحمٰن", "rahman");
	assert_latin("خدیجہ", "khadija");
}

static void romanise_spells_other_names(void **state)
{
	(void)state;
	assert_latin("Խաչատրյան", "khachatryan");
	assert_latin("Երևան Ոսկան Շուշանիկ", "yerevan voskan shushanik");
	assert_latin("Евгений Щербаков", "evgeny shcherbakov");
	assert_latin("Γιώργος Παύλος Αγγελική", "giorgos pavlos angeliki");
	assert_latin("Ευτυχία Ντόρα", "eftychia dora");
	assert_latin("Zoë O'Brien", "zoe obrien");
	assert_latin("王 Ли", "王 li");	/* what has no table stays */
	assert_latin("", "");
}

static void results_are_cut_where_room_ends(void **state)
{
	char out[8];

	(void)state;
	text_fold("ab\u0906", out, 5);
	assert_string_equal(out, "ab");
	text_fold("ab cd", out, 4);
	assert_string_equal(out, "ab");
	text_romanise("\u0936\u093e\u0939", out, 3);
	assert_string_equal(out, "sh");
	text_romanise("\u0436\u738b\u0436", out, 5);
	assert_string_equal(out, "zh");
	strcpy(out, "kept");
	text_fold("a", out, 0);
	text_romanise("\u0906", out, 0);
	assert_string_equal(out, "kept");
}

static bool is_utf8(const char *text)
{
	return mbstowcs(NULL, text, 0) != (size_t)-1;
}

/* Letters of the scripts that have tables, in any order, and wrong bytes. */
static void make_noise(char *noise, size_t size)
{
	static const int blocks[] = {
		0x40, 0xc0, 0x300, 0x380, 0x400, 0x530, 0x560, 0x600, 0x640,
		0x680, 0x900, 0x980, 0xa00, 0xa80, 0xb00, 0xb80, 0xc00, 0xc80,
		0xd00, 0x1e00, 0xfb50, 0xfdf0
	};
	int block = 0;
	size_t len = 0;

	while (len + MB_LEN_MAX + 1 < size && rand() % 30) {
		int n;

		if (rand() % 4 == 0)
			block = blocks[(size_t)rand() % COUNT(blocks)];
		if (rand() % 20 == 0)
			noise[len++] = (char)(1 + rand() % 255);
		n = wctomb(noise + len, rand() % 7 ? 1 + block + rand() % 0x7f : ' ');
		if (n > 0)
			len += (size_t)n;
	}
	noise[len] = '\0';
}

static void noise_does_no_harm(void **state)
{
	char noise[256], *out;

	(void)state;
	assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
	srand(11);
	for (int i = 0; i < 100000; i++) {
		size_t size = 1 + (size_t)rand() % 100;

		make_noise(noise, sizeof(noise));
		out = malloc(size);	/* of the exact size, for ASan */
		text_fold(noise, out, size);
		assert_true(is_utf8(out) && strlen(out) < size);
		text_romanise(noise, out, size);
		assert_true(is_utf8(out) && strlen(out) < size);
		free(out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fold_makes_one_spelling),
		cmocka_unit_test(fold_takes_letter_variants_together),
		cmocka_unit_test(fold_writes_every_digit_as_ascii),
		cmocka_unit_test(romanise_spells_indic_names),
		cmocka_unit_test(romanise_spells_urdu_names),
		cmocka_unit_test(romanise_spells_other_names),
		cmocka_unit_test(results_are_cut_where_room_ends),
		cmocka_unit_test(noise_does_no_harm),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

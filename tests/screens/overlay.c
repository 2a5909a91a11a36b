/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/screens.h"
#include "tests/screens/rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

/* Questions, confirmations and choices above a screen that notes the answers. */

enum { MANY = 200 };

static struct {
	char answer[EDIT_SIZE];
	int answers, agreed, refused, picks;
	size_t picked;
	bool refuses;
} noted;

static void draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	(void)state;
	(void)ui;
	(void)c;
}

static bool act(void *state, struct ui *ui, const struct event *e)
{
	(void)state;
	(void)ui;
	(void)e;
	return false;
}

static const struct screen plain = { .name = "Plain", .state_size = 1, .draw = draw, .act = act };

static void answered(void *state, struct ui *ui, const char *text)
{
	(void)state;
	noted.answers++;
	strcpy(noted.answer, text);
	if (!noted.refuses)
		return;
	assert_int_equal(fail(ST_INVALID, "\"%s\" is no phone", text), ST_INVALID);
	ui_fail(ui);
}

static void agreed(void *state, struct ui *ui)
{
	(void)state;
	(void)ui;
	noted.agreed++;
}

static void picked(void *state, struct ui *ui, size_t i)
{
	(void)state;
	(void)ui;
	noted.picks++;
	noted.picked = i;
}

static int setup(void **state)
{
	struct rig *r = calloc(1, sizeof(*r));

	memset(&noted, 0, sizeof(noted));
	rig_start(r);
	ui_open(&r->ui, &plain, NULL);
	*state = r;
	return 0;
}

static int teardown(void **state)
{
	struct rig *r = *state;

	ui_release(&r->ui);
	free(r);
	return 0;
}

/* -- questions -- */

static void ask(struct rig *r, const char *text)
{
	ui_ask(&r->ui, &(struct question){ .title = "New customer", .hint = "Name and phone",
					   .text = text, .answer = answered });
}

static void an_answer_comes_to_who_asked(void **state)
{
	struct rig *r = *state;

	ask(r, "Asha");
	assert_true(rig_shows(r, "New customer"));
	assert_true(rig_shows(r, "Name and phone"));
	assert_true(rig_shows(r, "> Asha"));
	rig_type(r, " Patel");
	rig_key(r, '\r');
	assert_string_equal(noted.answer, "Asha Patel");
	assert_false(overlay_is_open(&r->ui));
	ask(r, "");
	rig_scan(r, "TEA17001");
	assert_string_equal(noted.answer, "TEA17001");
	ask(r, "lost");
	rig_key(r, ESC);
	assert_false(overlay_is_open(&r->ui));
	assert_int_equal(noted.answers, 2);
}

static void a_wrong_answer_is_not_lost(void **state)
{
	struct rig *r = *state;

	noted.refuses = true;
	ask(r, "");
	rig_type(r, "Asha 98x");
	rig_key(r, '\r');
	assert_true(rig_shows(r, "is no phone"));
	rig_key(r, '\r');
	assert_false(rig_shows(r, "is no phone"));
	assert_true(rig_shows(r, "> Asha 98x"));
	assert_int_equal(noted.answers, 1);
	noted.refuses = false;
	rig_key(r, KEY_BACKSPACE);
	rig_key(r, '\r');
	assert_string_equal(noted.answer, "Asha 98");
	assert_false(overlay_is_open(&r->ui));
}

/* -- confirmations -- */

static void refused(void *state, struct ui *ui)
{
	(void)state;
	(void)ui;
	noted.refused++;
}

static void either(struct rig *r)
{
	ui_confirm(&r->ui, &(struct confirmation){
		.title = "May we text?", .detail = "", .yes = "Yes, gladly", .agreed = agreed,
		.no = "No, thanks", .refused = refused });
}

/* Where no is an answer too, it is no answer before a key says which. */
static void either_answer_takes_a_key(void **state)
{
	struct rig *r = *state;

	either(r);
	assert_true(rig_shows(r, "  1 No, thanks"));
	assert_true(rig_shows(r, "  2 Yes, gladly"));
	assert_non_null(strstr(rig_row(r, -1), "Esc Not now"));
	rig_key(r, '\r');
	assert_true(overlay_is_open(&r->ui));
	rig_key(r, ESC);
	assert_false(overlay_is_open(&r->ui));
	assert_int_equal(noted.agreed + noted.refused, 0);
	either(r);
	rig_type(r, "n");
	either(r);
	rig_type(r, "1");
	either(r);
	rig_key(r, KEY_DOWN);
	assert_true(rig_shows(r, "> 1 No, thanks"));
	rig_key(r, '\r');
	assert_int_equal(noted.refused, 3);
	either(r);
	rig_type(r, "y");
	either(r);
	rig_key(r, KEY_DOWN);
	rig_key(r, KEY_DOWN);
	rig_key(r, '\r');
	assert_int_equal(noted.agreed, 2);
	assert_int_equal(noted.refused, 3);
}

static void confirm(struct rig *r)
{
	ui_confirm(&r->ui, &(struct confirmation){
		.title = "Undo it?", .detail = "The sale of 10:42", .yes = "Undo",
		.agreed = agreed });
}

static void no_is_chosen_first(void **state)
{
	static const int noes[] = { '\r', ESC, CTRL_KEY('C') };
	struct rig *r = *state;

	for (size_t i = 0; i < sizeof(noes) / sizeof(*noes); i++) {
		confirm(r);
		assert_true(rig_shows(r, "> 1 No"));
		assert_true(rig_shows(r, "  2 Undo"));
		rig_key(r, noes[i]);
		assert_false(overlay_is_open(&r->ui));
	}
	confirm(r);
	rig_type(r, "1");
	confirm(r);
	rig_type(r, "n");
	assert_false(overlay_is_open(&r->ui));
	assert_int_equal(noted.agreed, 0);
}

static void yes_takes_a_key_of_its_own(void **state)
{
	struct rig *r = *state;

	confirm(r);
	rig_type(r, "2");
	confirm(r);
	rig_type(r, "૨");
	confirm(r);
	rig_type(r, "y");
	confirm(r);
	rig_key(r, KEY_DOWN);
	assert_true(rig_shows(r, "> 2 Undo"));
	rig_key(r, '\r');
	assert_int_equal(noted.agreed, 4);
	confirm(r);
	rig_key(r, KEY_DOWN);
	rig_key(r, KEY_UP);
	rig_key(r, '\r');
	assert_int_equal(noted.agreed, 4);
}

static void a_scan_agrees_to_nothing(void **state)
{
	struct rig *r = *state;

	confirm(r);
	rig_scan(r, "2200001");
	assert_true(overlay_is_open(&r->ui));
	assert_int_equal(noted.agreed, 0);
	/* one character after the other, as a slow line brings them */
	ungetch('1');
	rig_type(r, "2");
	assert_true(overlay_is_open(&r->ui));
	assert_int_equal(noted.agreed, 0);
	assert_int_equal(getch(), '1');
}

/* -- choices -- */

static const struct choice teas[] = {
	{ "Masala chai", "^T F7" }, { "Ginger tea", NULL }, { "ચા", "black" },
	{ "Green tea", NULL },
};

static void offer_teas(struct rig *r)
{
	ui_pick(&r->ui, &(struct picker){ .title = "Which tea?", .choices = teas, .n = 4,
					  .chosen = 1, .picked = picked });
}

static void digits_and_arrows_pick(void **state)
{
	struct rig *r = *state;

	offer_teas(r);
	assert_true(rig_shows(r, "> 2 Ginger tea"));
	rig_type(r, "3");
	assert_int_equal(noted.picked, 2);
	offer_teas(r);
	rig_key(r, KEY_DOWN);
	rig_key(r, KEY_DOWN);
	rig_key(r, '\r');
	assert_int_equal(noted.picked, 3);
	offer_teas(r);
	rig_type(r, "7");
	assert_true(overlay_is_open(&r->ui));
	rig_key(r, ESC);
	assert_false(overlay_is_open(&r->ui));
	assert_int_equal(noted.picks, 2);
}

static void typing_narrows(void **state)
{
	struct rig *r = *state;

	offer_teas(r);
	rig_type(r, "TEA gr");
	assert_true(rig_shows(r, "Green tea"));
	assert_false(rig_shows(r, "Ginger tea"));
	rig_key(r, ESC);
	assert_true(rig_shows(r, "Ginger tea"));
	rig_type(r, "black");
	rig_key(r, '\r');
	assert_int_equal(noted.picked, 2);
	offer_teas(r);
	rig_type(r, "coffee");
	assert_true(rig_shows(r, "Nothing fits"));
	rig_key(r, '\r');
	assert_true(overlay_is_open(&r->ui));
	assert_int_equal(noted.picks, 1);
}

static void a_long_list_is_paged_by_its_box(void **state)
{
	struct choice choices[MANY];
	char names[MANY][16];
	struct rig *r = *state;

	for (size_t i = 0; i < MANY; i++) {
		snprintf(names[i], sizeof(names[i]), "choice %zu", i + 1);
		choices[i] = (struct choice){ names[i], NULL };
	}
	resize_term(16, 60);
	ui_pick(&r->ui, &(struct picker){ .title = "Which?", .choices = choices, .n = MANY,
					  .picked = picked });
	assert_true(rig_shows(r, "1/200"));
	assert_true(rig_shows(r, "choice 8"));
	assert_false(rig_shows(r, "choice 9"));
	rig_key(r, KEY_NPAGE);
	assert_true(rig_shows(r, ">   choice 8") || rig_shows(r, "> 9 choice 9"));
	rig_key(r, KEY_END);
	assert_true(rig_shows(r, ">   choice 200"));
	assert_true(rig_shows(r, "choice 193"));
	assert_false(rig_shows(r, "choice 192"));
	rig_key(r, '\r');
	assert_int_equal(noted.picked, MANY - 1);
}

/* -- drawing -- */

static const char *const long_texts[] = {
	"The number 98240 12345 cannot be verified as a phone of this country, so it is kept and "
	"no message is sent to it; type it with its country code if it is from elsewhere.",
	"આ નંબર આ દેશના ફોન તરીકે ચકાસી શકાતો નથી, તેથી તે રાખવામાં આવ્યો છે અને તેના "
	"પર કોઈ સંદેશો મોકલાતો નથી; જો તે બીજા દેશનો હોય તો દેશના કોડ સાથે લખો.",
	"यह नंबर इस देश के फ़ोन के रूप में जाँचा नहीं जा सकता, इसलिए रखा गया है और "
	"इस पर कोई संदेश नहीं भेजा जाता; अगर यह किसी और देश का है तो देश के कोड के साथ लिखें।",
	"یہ نمبر اس ملک کے فون کے طور پر جانچا نہیں جا سکتا، اس لیے رکھا گیا ہے "
	"اور اس پر کوئی پیغام نہیں بھیجا جاتا؛ اگر یہ کسی اور ملک کا ہے "
	"تو ملک کے کوڈ کے ساتھ لکھیں۔",
	"Այս համարը հնարավոր չէ ստուգել որպես այս երկրի հեռախոս, ուստի այն պահվում է, և դրան ոչ մի "
	"հաղորդագրություն չի ուղարկվում. գրեք երկրի կոդով, եթե այն այլ երկրից է:",
};
enum { TEXTS = sizeof(long_texts) / sizeof(*long_texts) };

static void draw_all(struct rig *r, const char *text, int h, int w)
{
	const struct choice choices[] = { { text, text }, { text, NULL }, { "", text } };
	struct canvas c = drawn_canvas(h, w);

	ui_ask(&r->ui, &(struct question){ .title = text, .hint = text, .text = text,
					   .answer = answered });
	overlay_draw(&r->ui, &c);
	ui_confirm(&r->ui, &(struct confirmation){ .title = text, .detail = text, .yes = text,
						   .agreed = agreed });
	overlay_draw(&r->ui, &c);
	ui_pick(&r->ui, &(struct picker){ .title = text, .choices = choices, .n = 3,
					  .picked = picked });
	overlay_draw(&r->ui, &c);
	overlay_close(&r->ui);
	ui_keep(r->private.failure, UI_MESSAGE, text);
	overlay_draw(&r->ui, &c);
	r->private.failure[0] = '\0';
	assert_true(drawn_inside(&c));
}

static void boxes_fit_any_words_and_any_size(void **state)
{
	static const int sizes[][2] = { { 20, 79 }, { 12, 59 }, { 24, 90 }, { 5, 20 }, { 2, 9 },
					{ 1, 1 }, { 0, 0 } };
	struct rig *r = *state;

	for (size_t i = 0; i < TEXTS; i++)
		for (size_t k = 0; k < sizeof(sizes) / sizeof(*sizes); k++)
			draw_all(r, long_texts[i], sizes[k][0], sizes[k][1]);
}

/* Nothing of a sentence is cut off where there is room for it, and the answers
 * are below it. */
static void sentences_are_shown_whole(void **state)
{
	struct rig *r = *state;

	resize_term(16, 60);
	for (size_t i = 0; i < TEXTS; i++) {
		ui_keep(r->private.failure, UI_MESSAGE, long_texts[i]);
		assert_false(rig_shows(r, "…"));
		assert_true(rig_shows(r, "Press any key"));
		r->private.failure[0] = '\0';
		ui_confirm(&r->ui, &(struct confirmation){
			.title = "Undo?", .detail = long_texts[i], .yes = "Undo",
			.agreed = agreed });
		assert_false(rig_shows(r, "…"));
		assert_true(rig_shows(r, "2 Undo"));
	}
}

static void the_footer_tells_its_keys(void **state)
{
	struct rig *r = *state;

	ask(r, "");
	assert_non_null(strstr(rig_row(r, -1), "Enter OK  Esc Back"));
	rig_key(r, KEY_F(1));
	assert_true(rig_shows(r, "Type the answer"));
	confirm(r);
	assert_non_null(strstr(rig_row(r, -1), "Esc No"));
	offer_teas(r);
	assert_non_null(strstr(rig_row(r, -1), "? Help F1"));
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(an_answer_comes_to_who_asked),
		TEST(a_wrong_answer_is_not_lost),
		TEST(no_is_chosen_first),
		TEST(yes_takes_a_key_of_its_own),
		TEST(either_answer_takes_a_key),
		TEST(a_scan_agrees_to_nothing),
		TEST(digits_and_arrows_pick),
		TEST(typing_narrows),
		TEST(a_long_list_is_paged_by_its_box),
		TEST(boxes_fit_any_words_and_any_size),
		TEST(sentences_are_shown_whole),
		TEST(the_footer_tells_its_keys),
	};

	drawn_start("xterm-256color");
	nodelay(stdscr, TRUE);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

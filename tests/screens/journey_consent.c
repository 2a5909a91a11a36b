/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/counter.h"
#include "tests/screens/place.h"

/* "May we text you?": asked at the counter, changed on the card. */

#define OFFER "^G: may we text them?"

static struct term *at_sale_of(void **state, const char *who)
{
	struct term *t = tea_counter(state);

	type(t, who);
	press(t, "enter");
	return t;
}

static void one_key_asks_and_one_answers(void **state)
{
	struct place *p = *state;
	struct term *t = at_sale_of(state, "2345");

	see(t, OFFER);
	looks_whole(t);
	footer_whole(t);
	type(t, "9");
	press(t, "ctrl-g");
	see(t, "May we text Asha Patel?");
	screen_is(t, "counter-consent-80x24");
	press(t, "enter");			/* nothing is chosen */
	see(t, "May we text Asha Patel?");
	press(t, "y");
	see(t, "Asha Patel may be texted.");
	gone(t, OFFER);
	type(t, "0");
	press(t, "enter");
	see(t, "₹90.00, Asha Patel.");
	assert_prints(p, "regulars consent 'Asha Patel' --json",
		      "\"sms\": {\"state\": \"yes\", \"since\": \"2026-11-21T10:42:00\", "
		      "\"how\": \"counter\", \"by\": \"asha\"");
	assert_prints(p, "regulars verify", "All is well");
	press(t, "enter");
	type(t, "2345");
	press(t, "enter");
	see_at(t, 2, "Asha Patel");
	gone(t, OFFER);
}

static void no_is_kept_too(void **state)
{
	struct place *p = *state;
	struct term *t = at_sale_of(state, "ramesh");

	press(t, "ctrl-g");
	see(t, "May we text Ramesh Shah?");
	press(t, "n");
	see(t, "Ramesh Shah wants no texts.");
	gone(t, OFFER);
	assert_prints(p, "regulars consent 'Ramesh Shah'", "sms       no");
}

/* Esc is no answer; it is not asked again before the next sale. */
static void not_now_is_no_answer(void **state)
{
	struct place *p = *state;
	struct term *t = at_sale_of(state, "ramesh");

	press(t, "ctrl-g");
	see(t, "May we text Ramesh Shah?");
	press(t, "esc");
	gone(t, "May we text Ramesh Shah?");
	gone(t, OFFER);
	press(t, "ctrl-g");
	type(t, "90");
	press(t, "enter");
	see(t, "₹90.00, Ramesh Shah.");
	assert_prints(p, "regulars consent 'Ramesh Shah'", "sms       not asked");
	press(t, "enter");
	type(t, "ramesh");
	press(t, "enter");
	see(t, OFFER);
}

static void who_cannot_be_texted_is_not_asked(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "regulars customer add 'Zarine Irani' --quiet\n"
		  "regulars customer add 'Land Line' --phone '0261 2345678' --quiet", NULL);
	t = at_counter(p);
	type(t, "zarine");
	press(t, "enter");
	see_at(t, 2, "Zarine Irani");
	gone(t, OFFER);
	press(t, "esc");
	press(t, "esc");
	type(t, "land line");
	press(t, "enter");
	see_at(t, 2, "Land Line");
	gone(t, OFFER);
	press(t, "esc");
	press(t, "esc");
	press(t, "ctrl-e");
	see_at(t, 2, "Walk-in");
	gone(t, OFFER);
}

static void somebody_new_is_asked(void **state)
{
	struct term *t = tea_counter(state);

	press(t, "ctrl-n");
	type(t, "Zarine Irani 98250 99999");
	press(t, "enter");
	see_at(t, 2, "Zarine Irani");
	see(t, OFFER);
	press(t, "ctrl-g");
	press(t, "2");
	see(t, "Zarine Irani may be texted.");
}

/* -- the card -- */

static struct term *open_card(void **state, const char *script)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, script, NULL);
	t = place_open(p);
	press(t, "2");
	type(t, "ramesh");
	see(t, "1 found");
	press(t, "enter");
	see(t, "Birthday in 6 days");
	return t;
}

static void the_card_shows_it_and_changes_it(void **state)
{
	struct place *p = *state;
	struct term *t = open_card(state, "regulars consent 'Ramesh Shah' --sms no --quiet");

	see(t, "Texts: no, 21 Nov 2026, asha   Emails: not asked");
	press(t, "ctrl-g");
	see(t, "May we send them news and offers?");
	press(t, "2");
	see(t, "> 3 Not asked");
	press(t, "1");
	see(t, "How did they say so?");
	looks_whole(t);
	type(t, "signed the form");
	press(t, "enter");
	see(t, "Emails: yes, no email, 21 Nov 2026, asha");
	see(t, "There is no email address of them yet.");
	see_at(t, 12, "Consent");
	screen_is(t, "customer-consent-80x24");
	press(t, "enter");
	see(t, "Emails: yes");
	see(t, "written down in the shop");
	see(t, "signed the form");
	press(t, "esc");
	press(t, "ctrl-g");
	press(t, "2");
	press(t, "1");
	see(t, "That stands already: nothing was changed.");
	press(t, "ctrl-g");
	press(t, "1");
	press(t, "3");
	press(t, "enter");
	see(t, "Texts: not asked, 21 Nov 2026, asha");
	assert_prints(p, "regulars verify", "All is well");
}

static void it_fits_every_size(void **state)
{
	static const int sizes[][2] = { { 16, 60 }, { 40, 120 }, { 24, 60 }, { 24, 80 } };
	struct term *t = open_card(state, "regulars consent 'Ramesh Shah' --sms yes --email no "
					  "--whatsapp yes --quiet");

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		term_resize(t, sizes[i][0], sizes[i][1]);
		see(t, "Texts: yes");
		see(t, "Emails: no");
		looks_whole(t);
		footer_whole(t);
		press(t, "ctrl-g");
		see(t, "May we send them news and offers?");
		looks_whole(t);
		press(t, "esc");
		gone(t, "May we send");
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		PLACE_TEST(one_key_asks_and_one_answers),
		PLACE_TEST(no_is_kept_too),
		PLACE_TEST(not_now_is_no_answer),
		PLACE_TEST(who_cannot_be_texted_is_not_asked),
		PLACE_TEST(somebody_new_is_asked),
		PLACE_TEST(the_card_shows_it_and_changes_it),
		PLACE_TEST(it_fits_every_size),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/counter.h"
#include "tests/faults/report.h"
#include "tests/screens/place.h"

#include <signal.h>

/* An unfinished sale, when the line breaks. */

static struct term *half_done(void **state)
{
	struct term *t = tea_counter(state);

	type(t, "2345");
	press(t, "enter");
	press(t, "tab");
	type(t, "1");
	type(t, "1");
	press(t, "tab");
	type(t, "7.5");
	see(t, "Sum: ₹47.50");
	return t;
}

static bool is_kept(struct place *p)
{
	return prints(p, "ls shop", "draft-asha");
}

static struct term *comes_back(struct place *p)
{
	struct term *t = at_counter(p);

	see(t, "This sale was not finished");
	see(t, "> 1 Go on with it");
	press(t, "enter");
	see_at(t, 2, "Asha Patel");
	see(t, "2 x Masala chai");
	see(t, "Sale ₹ 7.5");
	see(t, "Sum: ₹47.50");
	return t;
}

static void a_lost_line_loses_nothing(void **state)
{
	struct place *p = *state;
	struct term *t = half_done(state);

	term_hang_up(t);
	ends_with(t, 0);
	t = comes_back(p);
	press(t, "enter");
	see(t, "₹47.50, Asha Patel.");
	press(t, "ctrl-q");
	press(t, "2");
	ends_clean(t, 0);
	assert_int_equal(count_sales(p), 1);
	assert_false(is_kept(p));
	assert_prints(p, "regulars verify", "");
}

static void a_signal_loses_nothing(void **state)
{
	static const int signals[] = { SIGHUP, SIGTERM };
	struct place *p = *state;
	struct term *t = half_done(state);

	for (size_t i = 0; i < 2; i++) {
		kill(t->pid, signals[i]);
		ends_clean(t, 0);
		t = comes_back(p);
	}
	assert_int_equal(count_sales(p), 0);
	report("terminal", "signals in the middle of a sale, which came back", 2, 0, NO_SEED);
}

static void leaving_loses_nothing(void **state)
{
	struct place *p = *state;
	struct term *t = half_done(state);

	press(t, "ctrl-q");
	press(t, "2");
	ends_clean(t, 0);
	comes_back(p);
}

/* Nobody presses a key for two seconds: the harness waits for the file, not
 * for the time. */
static void two_quiet_seconds_are_enough(void **state)
{
	struct place *p = *state;
	struct term *t = half_done(state);

	place_run(p, "i=0; until test -s shop/draft-asha-1.json; do i=$((i + 1));"
		  "test $i -lt 300; sleep 0.1; done", NULL);
	kill(t->pid, SIGKILL);
	ends_with(t, 128 + SIGKILL);
	t = comes_back(p);
	press(t, "enter");
	see(t, "₹47.50, Asha Patel.");
	assert_int_equal(count_sales(p), 1);
}

/* Killed within them: what was typed is lost, and nothing else. */
static void a_crash_books_nothing(void **state)
{
	struct place *p = *state;
	struct term *t = half_done(state);

	kill(t->pid, SIGKILL);
	ends_with(t, 128 + SIGKILL);
	t = at_counter(p);
	gone(t, "was not finished");
	assert_int_equal(count_sales(p), 0);
	rings_up(t, "2345", "10");
	see(t, "₹10.00, Asha Patel.");
	assert_prints(p, "regulars verify", "");
}

/* The sale was booked, and the program killed before it could forget it. */
static void a_sale_is_not_booked_twice(void **state)
{
	struct place *p = *state;
	struct term *t = half_done(state);

	place_run(p, "i=0; until test -s shop/draft-asha-1.json; do i=$((i + 1));"
		  "test $i -lt 300; sleep 0.1; done; cp shop/draft-asha-1.json .", NULL);
	press(t, "enter");
	see(t, "₹47.50, Asha Patel.");
	kill(t->pid, SIGKILL);
	ends_with(t, 128 + SIGKILL);
	place_run(p, "cp draft-asha-1.json shop/", NULL);
	t = at_counter(p);
	see(t, "₹47.50, Asha Patel.");
	see_at(t, 2, "name, phone or card");
	gone(t, "was not finished");
	assert_int_equal(count_sales(p), 1);
}

static void esc_drops_it_for_good(void **state)
{
	struct place *p = *state;
	struct term *t = half_done(state);

	kill(t->pid, SIGHUP);
	ends_clean(t, 0);
	t = comes_back(p);
	press(t, "esc");
	press(t, "esc");
	press(t, "2");
	gone(t, "2 x Masala chai");
	press(t, "esc");
	kill(t->pid, SIGHUP);
	ends_clean(t, 0);
	t = at_counter(p);
	gone(t, "was not finished");
	see_at(t, 2, "name, phone or card");
}

/* Whoever types on blindly books nothing; Esc leaves it as it is. */
static void no_enter_saves_it_by_mistake(void **state)
{
	struct place *p = *state;
	struct term *t = half_done(state);

	kill(t->pid, SIGHUP);
	ends_clean(t, 0);
	t = at_counter(p);
	type(t, "suresh");
	press(t, "enter");
	press(t, "esc");
	see(t, "> 1 Go on with it");
	press(t, "esc");
	see(t, "Sum: ₹47.50");
	assert_int_equal(count_sales(p), 0);
	kill(t->pid, SIGHUP);
	ends_clean(t, 0);
	t = at_counter(p);
	press(t, "2");
	gone(t, "Sum");
	see_at(t, 2, "name, phone or card");
	assert_false(is_kept(p) && prints(p, "cat shop/draft-asha-1.json", "op"));
}

static void each_till_has_its_own(void **state)
{
	struct place *p = *state;
	struct term *first = half_done(state), *second = at_counter(p);

	gone(second, "was not finished");
	type(second, "suresh");
	press(second, "enter");
	type(second, "9");
	kill(second->pid, SIGHUP);
	ends_clean(second, 0);
	kill(first->pid, SIGHUP);
	ends_clean(first, 0);
	first = at_counter(p);
	see(first, "was not finished");
	press(first, "1");
	second = at_counter(p);
	see(second, "was not finished");
	press(second, "1");
	press(first, "enter");
	see(first, "Saved @");
	press(second, "enter");
	see(second, "Saved @");
	assert_int_equal(count_sales(p), 2);
	assert_prints(p, "regulars sale list", "47.50  Asha Patel");
	assert_prints(p, "regulars sale list", "9.00  પટેલ સુરેશ");
}

static void another_person_is_not_offered_it(void **state)
{
	struct place *p = *state;
	struct term *t = half_done(state);

	kill(t->pid, SIGHUP);
	ends_clean(t, 0);
	p->args[3] = "kiran";
	t = at_counter(p);
	gone(t, "was not finished");
	see_at(t, 2, "name, phone or card");
}

static void garbage_in_its_place_is_no_sale(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "head -c 3000 /dev/urandom >shop/draft-asha-1.json", NULL);
	t = at_counter(p);
	gone(t, "was not finished");
	rings_up(t, "2345", "10");
	see(t, "₹10.00, Asha Patel.");
}

/* Their record was erased in between. */
static void what_was_rung_up_outlives_the_customer(void **state)
{
	struct place *p = *state;
	struct term *t = half_done(state);

	kill(t->pid, SIGHUP);
	ends_clean(t, 0);
	place_run(p, "sed -i 's/\"customer\":[0-9]*/\"customer\":4711/' shop/draft-asha-1.json",
		  NULL);
	t = at_counter(p);
	press(t, "1");
	see_at(t, 2, "Walk-in");
	see(t, "2 x Masala chai");
	press(t, "enter");
	see(t, "Saved @");
	see(t, "₹47.50.");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		PLACE_TEST(a_lost_line_loses_nothing),
		PLACE_TEST(a_signal_loses_nothing),
		PLACE_TEST(leaving_loses_nothing),
		PLACE_TEST(two_quiet_seconds_are_enough),
		PLACE_TEST(a_crash_books_nothing),
		PLACE_TEST(a_sale_is_not_booked_twice),
		PLACE_TEST(esc_drops_it_for_good),
		PLACE_TEST(no_enter_saves_it_by_mistake),
		PLACE_TEST(each_till_has_its_own),
		PLACE_TEST(another_person_is_not_offered_it),
		PLACE_TEST(garbage_in_its_place_is_no_sale),
		PLACE_TEST(what_was_rung_up_outlives_the_customer),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("screens/journey_draft", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SCREENS_COUNTER_H
#define TESTS_SCREENS_COUNTER_H

#include <stdlib.h>
#include <string.h>

#include "tests/screens/place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

/* At the counter of the tea house, and what the book says afterwards. */

static inline struct term *at_counter(struct place *p)
{
	struct term *t = place_open(p);

	press(t, "1");
	see_at(t, 0, "Counter");
	return t;
}

static inline struct term *tea_counter(void **state)
{
	place_tea_house(*state);
	return at_counter(*state);
}

/* A sale as staff make it: found, the amount, Enter. */
static inline void rings_up(struct term *t, const char *who, const char *amount)
{
	type(t, who);
	press(t, "enter");
	type(t, amount);
	press(t, "enter");
}

/* What a command prints has 'text' in it, or has not. */
static inline bool prints(struct place *p, const char *command, const char *text)
{
	struct buf out = { 0 };
	bool there;

	place_run(p, command, &out);
	there = strstr(out.at, text) != NULL;
	buf_release(&out);
	return there;
}
#define assert_prints(p, command, text) assert_true(prints(p, command, text))
#define assert_prints_not(p, command, text) assert_false(prints(p, command, text))

#define LAST_SALE "regulars sale show --json $(regulars sale list --limit 1 --json | " \
		  "sed 's/.*\"receipt\": \"\\(@[0-9]*\\)\".*/\\1/')"

static inline int count_sales(struct place *p)
{
	struct buf out = { 0 };
	int n;

	place_run(p, "regulars sale list --limit 0 --json | grep -o '\"kind\": \"sale\"' | "
		  "wc -l", &out);
	n = atoi(out.at);
	buf_release(&out);
	return n;
}

#define PLACE_TEST(test) cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/shop/damage.h"

#include "insight/filter.h"
#include "screens/condition_kinds.h"

/* Every condition that can be picked writes a filter that can be read. */

static const char *sample(char kind)
{
	switch (kind) {
	case 'd': case 'w': case 'a': return "6m";
	case 'n': return "3";
	case 'm': return "250.00";
	case 'i': return "\"Masala chai\"";
	case 'c': return "\"tea\"";
	case 'p': return "\"Tea card\"";
	case 'q': return "\"Points\"";
	case 't': return "\"staff\"";
	case 'o': return "\"Adajan\"";
	case 's': return "\"Cooling\"";
	case 'g': return "\"at_risk\"";
	case 'k': return "sat";
	default: return NULL;
	}
}

static void fill(const char *text, struct buf *out)
{
	buf_clear(out);
	for (; *text; text++) {
		const char *value = *text == '%' ? sample(text[1]) : NULL;

		if (*text == '%') {
			assert_non_null(value);
			buf_text(out, value);
			text++;
		} else {
			buf_add(out, text, 1);
		}
	}
}

static void assert_reads(struct fixture *f, const char *text)
{
	struct people_set found = { 0 };
	struct filter_mistake mistake;
	struct filter *filter;
	enum status st = filter_parse(&f->shop, text, &filter, &mistake);

	if (st != ST_OK)
		print_error("%s: %s\n", text, status_text());
	assert_int_equal(st, ST_OK);
	MUST(filter_run(&f->shop, filter, clock_day(f->by.now), &found));
	people_release(&found);
	filter_free(filter);
}

static void each_writes_what_can_be_read(void **state)
{
	struct fixture *f = *state;
	struct buf text = { 0 };
	size_t n = 0;

	busy_shop(f);
	for (size_t i = 0; i < CONDITION_KINDS; i++) {
		assert_true(condition_kinds[i].hows[0].text != NULL);
		for (const struct condition_how *how = condition_kinds[i].hows; how->text; how++) {
			fill(how->text, &text);
			assert_reads(f, text.at);
			n++;
		}
	}
	assert_true(n > CONDITION_KINDS);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_writes_what_can_be_read, fixture_setup,
						fixture_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

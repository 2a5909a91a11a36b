/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "cli/command.h"

/* The words as a shell would show them. */
static void assert_words(const char *line, const char *words)
{
	struct request r;
	struct buf all = { 0 };

	if (request_read(line, strlen(line), &r) != ST_OK)
		fail_msg("%s: %s", line, status_text());
	for (int i = 0; i < r.count; i++)
		buf_printf(&all, "%s%s", i ? "|" : "", r.word[i]);
	assert_string_equal(all.at, words);
	buf_release(&all);
	request_release(&r);
}

static void assert_refused(const char *line, const char *sentence)
{
	struct request r;

	assert_int_equal(request_read(line, strlen(line), &r), ST_INVALID);
	assert_non_null(strstr(status_text(), sentence));
	request_release(&r);
}

static void fields_become_words(void **state)
{
	(void)state;
	assert_words("{\"op\": \"a\", \"do\": \"sale\", \"amount\": \"1.50\", "
		     "\"award_past\": true}",
		     "regulars|sale|add|--op=a|--amount=1.50|--award-past=yes|--");
	assert_words("{\"op\": \"a\", \"do\": \"sale\", \"item\": [\"x\", \"--y\"], "
		     "\"points\": -5}",
		     "regulars|sale|add|--op=a|--item=x|--item=--y|--points=-5|--");
	assert_words("{\"op\": \"a\", \"do\": \"undo\"}", "regulars|undo|--op=a|--");
	assert_words("{\"do\": \"ping\"}", "regulars");
}

/* In the order of the command, and never taken for flags. */
static void operands_stand_last(void **state)
{
	(void)state;
	assert_words("{\"reward\": \"--help\", \"customer\": 7, \"op\": \"a\", \"do\": \"claim\", "
		     "\"receipt\": \"R-1\"}",
		     "regulars|reward|claim|--op=a|--receipt=R-1|--|#7|--help");
	assert_words("{\"do\": \"find\", \"words\": \"\"}", "regulars|customer|find|--|");
	assert_words("{\"op\": \"a\", \"do\": \"customer_add\", \"name\": \"Asha\"}",
		     "regulars|customer|add|--op=a|--|Asha");
}

static void null_is_left_out(void **state)
{
	(void)state;
	assert_words("{\"op\": \"a\", \"do\": \"sale\", \"amount\": \"1\", \"customer\": null}",
		     "regulars|sale|add|--op=a|--amount=1|--");
	assert_refused("{\"do\": \"show\", \"customer\": null}", "\"customer\" is missing");
	assert_refused("{\"op\": null, \"do\": \"undo\"}", "\"op\" is missing");
}

static void what_is_no_request_is_refused(void **state)
{
	(void)state;
	assert_refused("", "not JSON");
	assert_refused("{} x", "not JSON");
	assert_refused("\"sale\"", "not JSON");
	assert_refused("[]", "is an object");
	assert_refused("{}", "does not say what to do");
	assert_refused("{\"do\": \"\"}", "written as a string");
	assert_refused("{\"do\": \"fnd\"}", "did you mean find?");
	assert_refused("{\"do\": \"show\", \"customr\": 1}", "did you mean \"customer\"?");
	assert_refused("{\"do\": \"show\", \"json\": true}", "has no field \"json\"");
	assert_refused("{\"op\": \"a\", \"do\": \"sale\", \"amount\": 1}", "written as a string");
	assert_refused("{\"op\": \"a\", \"do\": \"sale\", \"points\": 1.5}", "a whole number");
	assert_refused("{\"op\": \"a\", \"do\": \"sale\", \"receipt\": 1001}", "as a string");
	assert_refused("{\"op\": \"a\", \"do\": \"customer_add\", \"force\": \"yes?\", \"tag\": 1}",
		       "a string or a list");
}

/* A name for the answer is kept as soon as it was read. */
static void op_and_verb_are_there_after_a_failure(void **state)
{
	const char *line = "{\"op\": \"a-1\", \"do\": \"sale\", \"colour\": \"red\"}";
	struct request r;

	(void)state;
	assert_int_equal(request_read(line, strlen(line), &r), ST_INVALID);
	assert_string_equal(r.op, "a-1");
	assert_string_equal(r.verb, "sale");
	request_release(&r);
}

/* Each verb is a command that is there. */
static void verbs_are_commands(void **state)
{
	const struct command *c;
	const char *name;
	size_t without = 0, i = 0;

	(void)state;
	for (; (name = request_verb(i, &c)); i++)
		without += !c;
	assert_true(i > 5);
	assert_int_equal(without, 1);	/* ping */
}

static void assert_said(const char *line, const char *sentence, const char *said)
{
	struct request r;
	struct buf out = { 0 };

	assert_int_equal(request_read(line, strlen(line), &r), ST_OK);
	request_sentence(&r, sentence, &out);
	assert_string_equal(out.at, said);
	buf_release(&out);
	request_release(&r);
}

static void flags_are_said_as_fields(void **state)
{
	const char *sale = "{\"op\": \"a\", \"do\": \"sale\"}";

	(void)state;
	assert_said(sale, "--customer and --card: give one", "\"customer\" and \"card\": give one");
	assert_said(sale, "say --award-past", "say \"award_past\"");
	assert_said(sale, "--amounts - --amount-x --shop --", "--amounts - --amount-x --shop --");
	assert_said(sale, "--date is wrong; see: regulars sale list --customer",
		    "\"date\" is wrong; see: regulars sale list --customer");
	assert_said("{\"do\": \"ping\"}", "--amount", "--amount");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_become_words),
		cmocka_unit_test(operands_stand_last),
		cmocka_unit_test(null_is_left_out),
		cmocka_unit_test(what_is_no_request_is_refused),
		cmocka_unit_test(op_and_verb_are_there_after_a_failure),
		cmocka_unit_test(verbs_are_commands),
		cmocka_unit_test(flags_are_said_as_fields),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

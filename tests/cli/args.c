/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/args.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/money.h"
#include "cli/command.h"
#include "cli/help.h"
#include "shop/program.h"

/* A command line, split as a shell would split plain words. */
static enum status read_line(struct args *a, const char *line)
{
	static char words[1000];
	static char *argv[40];
	int argc = 1;

	argv[0] = words;
	snprintf(words, sizeof(words), "%s", line);
	for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
		argv[argc++] = word;
	return args_read(a, argc, argv);
}

static void assert_taken(struct args *a, const char *line)
{
	enum status st = read_line(a, line);

	if (st == ST_OK)
		st = args_take(a, 2);
	if (st != ST_OK)
		fail_msg("%s: %s", line, status_text());
}

static void assert_refused(const char *line, const char *sentence)
{
	struct args a;
	enum status st = read_line(&a, line);

	if (st == ST_OK)
		st = args_take(&a, 2);
	assert_int_equal(st, ST_INVALID);
	assert_string_equal(status_text(), sentence);
	args_release(&a);
}

/* -- reading -- */

static void flags_stand_anywhere(void **state)
{
	static const char *const lines[] = {
		"--json sale refund R-1 --amount 5.00 --reason cold",
		"sale --amount=5.00 --json refund --reason=cold R-1",
		"sale refund --amount 5.00 --reason cold --json -- R-1",
	};

	(void)state;
	/* The middle one names a command's own flag before the command is whole. */
	for (size_t i = 0; i < 3; i += 2) {
		struct args a;

		assert_taken(&a, lines[i]);
		assert_string_equal(a.command->sub, "refund");
		assert_string_equal(args_operand(&a, 0), "R-1");
		assert_string_equal(args_operand(&a, 1), "");
		assert_int_equal(args_number(&a, "amount"), 500);
		assert_string_equal(args_text(&a, "reason"), "cold");
		assert_string_equal(args_text(&a, "refund"), "");
		assert_true(args_yes(&a, "json"));
		assert_false(args_yes(&a, "quiet"));
		assert_false(args_has(&a, "date"));
		args_release(&a);
	}
	assert_refused(lines[1], "--amount is not a flag of every command; a command's own flags "
		       "stand behind its name");
}

static void values_are_what_their_table_says(void **state)
{
	struct args a;
	size_t i = 0;

	(void)state;
	assert_taken(&a, "sale add --points 75 --award-past --date 2026-03-01T09:14:00 "
		     "--tender card --item tea:2 --item=bun --json=no --receipt=--");
	assert_int_equal(args_number(&a, "points"), 75);
	assert_true(args_yes(&a, "award_past"));
	assert_int_equal(args_number(&a, "date"), INT64_C(1772356440000000));
	assert_int_equal(args_number(&a, "tender"), 2);
	assert_string_equal(args_each(&a, "item", &i), "tea:2");
	assert_string_equal(args_each(&a, "item", &i), "bun");
	assert_null(args_each(&a, "item", &i));
	assert_false(args_yes(&a, "json"));
	assert_string_equal(args_text(&a, "receipt"), "--");
	args_release(&a);
}

static void only_given_fields_are_put_into_a_record(void **state)
{
	struct program p = { .name = "Tea card", .goal = 10, .head_start = 2, .stopped = true };
	struct args a;

	(void)state;
	assert_taken(&a, "program edit card --head-start 3 --min-spend 20 --stopped=no "
		     "--name Card");
	assert_true(args_has_fields(&a));
	args_apply(&a, &p);
	assert_string_equal(p.name, "Card");
	assert_int_equal(p.goal, 10);
	assert_int_equal(p.head_start, 3);
	assert_int_equal(p.min_spend, 2000);
	assert_false(p.stopped);
	args_release(&a);
	assert_taken(&a, "program edit card --per sale --json");
	assert_false(args_has_fields(&a));
	args_release(&a);
}

static void a_group_alone_is_known(void **state)
{
	struct args a;

	(void)state;
	assert_int_equal(read_line(&a, "customer --json"), ST_OK);
	assert_null(a.command);
	assert_string_equal(a.group, "customer");
	args_release(&a);
	assert_int_equal(read_line(&a, ""), ST_OK);
	assert_null(a.command);
	assert_null(a.group);
	args_release(&a);
	/* Help needs no operands. */
	assert_int_equal(read_line(&a, "customer show --help"), ST_OK);
	args_release(&a);
}

static void what_is_wrong_is_said(void **state)
{
	(void)state;
	assert_refused("customer add --card=1 --card=2 --card=3 --card=4 --card=5",
		       "--card may be given at most 4 times");
	assert_refused("sale add --amount 1 --amount 2", "--amount is given twice");
	assert_refused("sale add --tender", "--tender needs a value: --tender unknown|cash|card");
	assert_refused("sale add --tender --json",
		       "--tender needs a value: --tender unknown|cash|card");
	assert_refused("sale add --tender=cashh", "--tender: \"cashh\" is not one of "
		       "unknown|cash|card; did you mean cash?");
	assert_refused("reward claim asha", "REWARD is missing: regulars reward claim CUSTOMER "
		       "REWARD");
	assert_refused("undo it", "\"it\" is one word too many: regulars undo; a name of several "
		       "words stands in quotes");
	assert_refused("sale ad", "there is no command \"sale ad\"; did you mean sale add?");
	assert_refused("sael add", "there is no command \"sael\"; did you mean sale?");
}

static void operands_are_told_apart(void **state)
{
	const char *at = "CUSTOMER [REWARD] FILE...";
	struct operand o;

	(void)state;
	assert_true(operand_next(&at, &o));
	assert_string_equal(o.name, "CUSTOMER");
	assert_false(o.optional || o.many);
	assert_true(operand_next(&at, &o));
	assert_string_equal(o.name, "REWARD");
	assert_true(o.optional);
	assert_true(operand_next(&at, &o));
	assert_string_equal(o.name, "FILE");
	assert_true(o.many);
	assert_false(operand_next(&at, &o));
}

/* -- the tables -- */

static void assert_flag_is_sound(const struct command *c, const struct field *flag)
{
	if (!flag->help || !*flag->help)
		fail_msg("%s %s: --%s has no help", c->name, c->sub, flag->name);
	if (flag->type == FIELD_CHOICE && !flag->choices)
		fail_msg("%s %s: --%s has no choices", c->name, c->sub, flag->name);
	if (flag->help[strlen(flag->help) - 1] == '.')
		fail_msg("%s %s: the help of --%s ends in a stop", c->name, c->sub, flag->name);
	for (size_t i = 0; !flag_is_global(flag) && global_flag(i); i++)
		if (!strcmp(flag->name, global_flag(i)->name))
			fail_msg("%s %s: --%s is every command's", c->name, c->sub, flag->name);
}

static void tables_are_sound(void **state)
{
	const struct command *c;
	const struct field *flag;

	(void)state;
	for (size_t i = 0; (c = command_at(i)); i++) {
		assert_non_null(c->run);
		assert_ptr_equal(command_find(c->name, c->sub), c);
		assert_true(islower((unsigned char)c->summary[0]));
		assert_int_not_equal(c->summary[strlen(c->summary) - 1], '.');
		for (size_t k = 0; (flag = command_flag(c, k)); k++)
			assert_flag_is_sound(c, flag);
	}
}

/* A page is called after the first of its group's commands. */
static void each_group_has_a_page_of_its_own(void **state)
{
	(void)state;
	for (const struct group *g = command_groups; g->title; g++)
		assert_ptr_equal(group_of(group_page(g)), g);
	assert_null(group_of("frobnicate"));
}

static void text_for_man_pages_is_no_macro(void **state)
{
	static const struct command quoted[] = {
		{ "x", "", "does", "", .details = "a \\ b\n.SH c\n'd' - e" }, { .name = NULL }
	};
	struct buf page = { 0 };

	(void)state;
	manual_page(&(struct group){ "X", quoted }, &page);
	assert_non_null(strstr(page.at, "a \\e b\n\\&.SH c\n\\&'d' \\- e\n"));
	buf_release(&page);
}

/* Every command and every flag appears in what is made from the tables. */
static void help_shows_everything(void **state)
{
	struct buf all = { 0 }, manual = { 0 }, completion = { 0 };
	const struct command *c;

	(void)state;
	help_all(&all);
	for (const struct group *g = command_groups; g->title; g++)
		manual_page(g, &manual);
	completion_bash(&completion);
	for (size_t i = 0; (c = command_at(i)); i++) {
		struct buf own = { 0 }, usage = { 0 };
		char name[FLAG_NAME];

		help_usage(c, &usage);
		assert_non_null(strstr(all.at, usage.at + strlen("regulars ")));
		help_command(c, &own);
		for (size_t k = 0; command_flag(c, k); k++) {
			flag_name(command_flag(c, k), name);
			assert_non_null(strstr(completion.at, name));
			if (!flag_is_global(command_flag(c, k)))
				assert_non_null(strstr(own.at, name));
		}
		assert_non_null(strstr(manual.at, c->name));
		assert_non_null(strstr(manual.at, c->sub));
		buf_release(&own);
		buf_release(&usage);
	}
	buf_release(&all);
	buf_release(&manual);
	buf_release(&completion);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flags_stand_anywhere),
		cmocka_unit_test(values_are_what_their_table_says),
		cmocka_unit_test(only_given_fields_are_put_into_a_record),
		cmocka_unit_test(a_group_alone_is_known),
		cmocka_unit_test(what_is_wrong_is_said),
		cmocka_unit_test(operands_are_told_apart),
		cmocka_unit_test(tables_are_sound),
		cmocka_unit_test(each_group_has_a_page_of_its_own),
		cmocka_unit_test(text_for_man_pages_is_no_macro),
		cmocka_unit_test(help_shows_everything),
	};

	if (clock_set_zone("UTC") != ST_OK)
		return 1;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

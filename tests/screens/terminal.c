/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/terminal.h"

#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define ONE_COLUMN "\033[7;2R"
#define TWO_COLUMNS "\033[7;3R"
#define FENCE "\033[?62;22c"

/* What they answer, as it was recorded. */
static const struct answers {
	const char *who, *text;
	enum bidi bidi;
	bool mc_joins;
} answers[] = {
	{ "xterm", "\033P>|XTerm(379)\033\\\033[>41;379;0c\033[8;0$y" TWO_COLUMNS FENCE,
	  BIDI_APP, false },
	{ "VTE", "\033P>|VTE(7006)\033\\\033[>65;7006;1c\033[8;1$y" TWO_COLUMNS FENCE,
	  BIDI_EXPLICIT, false },
	{ "VTE that was told", "\033[8;2$y" TWO_COLUMNS FENCE, BIDI_EXPLICIT, false },
	{ "Konsole", "\033P>|Konsole 22.12.3\033\\\033[>1;221203;0c" TWO_COLUMNS FENCE,
	  BIDI_TERMINAL, false },
	{ "PuTTY", "\033[>0;136;0c" TWO_COLUMNS "\033[?6c", BIDI_TERMINAL, false },
	{ "mlterm", "\033[>24;279;0c" ONE_COLUMN FENCE, BIDI_TERMINAL, true },
	{ "kitty", "\033P>|kitty(0.26.5)\033\\\033[>1;4000;26c" ONE_COLUMN FENCE,
	  BIDI_WORDS, true },
	{ "a far corner", "\033[22;22R" FENCE, BIDI_APP, false },
	{ "only the fence", "\033[?1;2c", BIDI_APP, false },
	{ "nothing", "", BIDI_APP, false },
	{ "noise", "\033[\033[;R\033[2R\033P>|\033[8;9$yq\033[?", BIDI_APP, false },
};

static void answers_say_who_it_is(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(answers) / sizeof(*answers); i++) {
		terminal = (struct terminal){ .utf8 = true };
		terminal_learn(answers[i].text);
		assert_int_equal(terminal.bidi, answers[i].bidi);
		assert_int_equal(terminal.mc_joins, answers[i].mc_joins);
	}
}

static void a_person_knows_better(void **state)
{
	static const char *const names[] = { "app", "explicit", "terminal", "words" };

	(void)state;
	for (enum bidi bidi = BIDI_APP; bidi <= BIDI_WORDS; bidi++) {
		terminal.bidi = BIDI_APP;
		assert_true(terminal_use_bidi(names[bidi]));
		assert_int_equal(terminal.bidi, bidi);
	}
	assert_false(terminal_use_bidi(""));
	assert_false(terminal_use_bidi("APP"));
	assert_int_equal(terminal.bidi, BIDI_WORDS);
}

/* -- probing, by a child at a terminal that this test plays -- */

struct played {
	const char *term, *locale, *no_color, *bidi;	/* NULL: not set */
	const char *ctype, *lang;	/* LC_CTYPE and LANG; 'locale' is LC_ALL */
	const char *answer;		/* to the last question; "" none */
};

/* What the child found out, in the order of its fields. */
struct found {
	struct terminal terminal;
	bool echoes;			/* it is again as it was */
	int ms;
};

static void set(const char *name, const char *value)
{
	if (value)
		setenv(name, value, 1);
	else
		unsetenv(name);
}

static int clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int)(t.tv_sec * 1000 + t.tv_nsec / 1000000);
}

static _Noreturn void probe_as(const struct played *played, int report)
{
	struct found found = { .ms = clock_ms() };
	struct termios after;
	bool written;

	set("TERM", played->term);
	set("NO_COLOR", played->no_color);
	set("REGULARS_BIDI", played->bidi);
	set("LC_ALL", played->locale);
	set("LC_CTYPE", played->ctype);
	set("LANG", played->lang);
	setlocale(LC_ALL, "C.UTF-8");	/* as main() does when the person's is of no use */
	terminal_probe();
	found.ms = clock_ms() - found.ms;
	found.terminal = terminal;
	tcgetattr(STDIN_FILENO, &after);
	found.echoes = (after.c_lflag & (ECHO | ICANON)) == (ECHO | ICANON);
	written = write(report, &found, sizeof(found)) == (ssize_t)sizeof(found);
	_exit(written ? 0 : 1);
}

/* Reads what is asked, answers the last question, until the child has
 * reported. 'asked' is all that was written to the terminal. */
static void play(const struct played *played, int master, char asked[1024], int report)
{
	struct pollfd from[2] = {
		{ .fd = master, .events = POLLIN }, { .fd = report, .events = POLLIN }
	};
	size_t len = 0, answer = strlen(played->answer);
	bool answered = !answer;

	asked[0] = '\0';
	while (poll(from, 2, 10000) > 0) {
		ssize_t n = 0;

		if (from[0].revents & POLLIN)
			n = read(master, asked + len, 1023 - len);
		if (n > 0)
			asked[len += (size_t)n] = '\0';
		if (!answered && strstr(asked, "\033[c")) {
			assert_int_equal(write(master, played->answer, answer), answer);
			answered = true;
		}
		if (n <= 0 && from[1].revents)
			return;
	}
	fail_msg("the child did not end");
}

static struct found probe(const struct played *played, char asked[1024])
{
	struct found found;
	int master, report[2], status;
	pid_t pid;

	assert_int_equal(pipe(report), 0);
	pid = forkpty(&master, NULL, NULL, NULL);
	assert_true(pid >= 0);
	if (!pid)
		probe_as(played, report[1]);
	play(played, master, asked, report[0]);
	assert_int_equal(read(report[0], &found, sizeof(found)), sizeof(found));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	close(master);
	close(report[0]);
	close(report[1]);
	return found;
}

static void probing_believes_what_is_answered(void **state)
{
	struct played played = {
		.term = "xterm-256color", .locale = "C.UTF-8",
		.answer = "\033P>|kitty(0.26.5)\033\\" ONE_COLUMN FENCE,
	};
	struct found found;
	char asked[1024];

	(void)state;
	found = probe(&played, asked);
	assert_true(found.terminal.utf8 && found.terminal.blocks && found.terminal.colours);
	assert_false(found.terminal.latin_only || found.terminal.multiplexed);
	assert_true(found.terminal.mc_joins);
	assert_int_equal(found.terminal.bidi, BIDI_WORDS);
	assert_true(found.echoes);
	/* what it wrote, it wiped, and went back up */
	assert_non_null(strstr(asked, "\r\033[K\033[A\033[c"));

	played.bidi = "terminal";
	found = probe(&played, asked);
	assert_int_equal(found.terminal.bidi, BIDI_TERMINAL);
}

static void nobody_is_waited_for_long(void **state)
{
	struct played played = {
		.term = "xterm", .locale = "C.UTF-8", .answer = "\033[8;1$y\033[?6",
	};
	struct found found;
	char asked[1024];

	(void)state;
	found = probe(&played, asked);
	assert_in_range(found.ms, 390, 5000);
	assert_int_equal(found.terminal.bidi, BIDI_EXPLICIT);
	assert_true(found.echoes);

	played.answer = FENCE;
	found = probe(&played, asked);
	assert_in_range(found.ms, 0, 390);
	assert_int_equal(found.terminal.bidi, BIDI_APP);
}

static void consoles_are_asked_nothing(void **state)
{
	static const char *const terms[] = { "linux", "vt100", "vt220", "dumb", NULL };
	struct played played = { .locale = "C.UTF-8", .no_color = "1", .answer = "" };
	char asked[1024];

	(void)state;
	for (size_t i = 0; i < sizeof(terms) / sizeof(*terms); i++) {
		struct found found;

		played.term = terms[i];
		found = probe(&played, asked);
		assert_string_equal(asked, "");
		assert_true(found.terminal.utf8 && found.terminal.latin_only);
		assert_false(found.terminal.blocks || found.terminal.colours);
		assert_in_range(found.ms, 0, 390);
	}
}

static void without_utf8_there_is_nothing_to_ask(void **state)
{
	const struct played played = { .term = "xterm", .locale = "C", .answer = "" };
	struct found found;
	char asked[1024];

	(void)state;
	found = probe(&played, asked);
	assert_string_equal(asked, "");
	assert_false(found.terminal.utf8 || found.terminal.blocks);
	assert_true(found.terminal.latin_only && found.terminal.colours);
}

/* What somebody's environment says, LC_ALL before LC_CTYPE before LANG. */
static void the_encoding_is_the_persons(void **state)
{
	static const struct {
		const char *all, *ctype, *lang;
		bool utf8;
	} cases[] = {
		{ "C.UTF-8", NULL, NULL, true }, { NULL, NULL, "C.UTF-8", true },
		{ "", "", "xx_YY.UTF-8", true }, { NULL, "xx_YY.utf8", "C", true },
		{ NULL, NULL, "xx_YY.utf-8@latin", true }, { NULL, NULL, NULL, true },
		{ "C", NULL, "C.UTF-8", false }, { "POSIX", NULL, NULL, false },
		{ NULL, "C", "C.UTF-8", false }, { NULL, NULL, "xx_YY.ISO-8859-1", false },
		{ NULL, NULL, "xx_YY.UTF-16", false }, { NULL, NULL, "xx_YY", false },
		{ NULL, NULL, "xx_YY@utf8", false },
	};
	char asked[1024];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct found found = probe(&(struct played){
			.term = "xterm", .locale = cases[i].all, .ctype = cases[i].ctype,
			.lang = cases[i].lang, .answer = cases[i].utf8 ? FENCE : "" }, asked);

		assert_int_equal(found.terminal.utf8, cases[i].utf8);
		assert_int_equal(found.terminal.latin_only, !cases[i].utf8);
		assert_int_equal(found.terminal.blocks, cases[i].utf8);
	}
}

static void a_terminal_that_takes_bytes_for_letters_is_believed(void **state)
{
	static const char *const far[] = { "\033[7;4R" FENCE, "\033[7;7R" FENCE };
	struct played played = { .term = "xterm", .answer = ONE_COLUMN FENCE };
	char asked[1024];

	(void)state;
	assert_true(probe(&played, asked).terminal.utf8);
	for (size_t i = 0; i < 2; i++) {
		struct found found;

		played.answer = far[i];
		found = probe(&played, asked);
		assert_false(found.terminal.utf8 || found.terminal.blocks);
		assert_true(found.terminal.latin_only);
	}
}

static void what_was_typed_meanwhile_is_kept(void **state)
{
	static const struct {
		const char *answers, *typed;
	} cases[] = {
		{ "12\r" TWO_COLUMNS FENCE, "12\r" },
		{ "\033P>|XTerm(379)\033\\ક\033[>41;379;0c\033[8;0$y3" TWO_COLUMNS "4" FENCE "5",
		  "ક345" },
		{ "\033[A\033[15~1" FENCE, "1" },
		{ FENCE, "" }, { "", "" }, { "\033", "\033" }, { "1\033P>|never ends", "1" },
		{ "\033[1;2", "" },
	};
	char many[3 * TERMINAL_TYPED];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		terminal = (struct terminal){ .utf8 = true };
		terminal_learn(cases[i].answers);
		assert_string_equal(terminal.typed, cases[i].typed);
	}
	memset(many, 'x', sizeof(many) - 1);
	many[sizeof(many) - 1] = '\0';
	terminal_learn(many);
	assert_int_equal(strlen(terminal.typed), TERMINAL_TYPED - 1);
}

static void multiplexers_are_noticed(void **state)
{
	struct played played = {
		.term = "tmux-256color", .locale = "C.UTF-8", .answer = FENCE,
	};
	char asked[1024];

	(void)state;
	assert_true(probe(&played, asked).terminal.multiplexed);
	played.term = "screen";
	assert_true(probe(&played, asked).terminal.multiplexed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_say_who_it_is),
		cmocka_unit_test(a_person_knows_better),
		cmocka_unit_test(probing_believes_what_is_answered),
		cmocka_unit_test(nobody_is_waited_for_long),
		cmocka_unit_test(consoles_are_asked_nothing),
		cmocka_unit_test(without_utf8_there_is_nothing_to_ask),
		cmocka_unit_test(the_encoding_is_the_persons),
		cmocka_unit_test(a_terminal_that_takes_bytes_for_letters_is_believed),
		cmocka_unit_test(what_was_typed_meanwhile_is_kept),
		cmocka_unit_test(multiplexers_are_noticed),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

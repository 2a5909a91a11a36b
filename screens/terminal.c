/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/terminal.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

struct terminal terminal;

enum { ANSWERS_MAX = 1024, WAIT_MS = 400 };

/* On a row of its own, never the first, where an answer with the cursor's
 * place would look like Shift-F3: its name, its kind, who orders letters, and
 * how far the cursor goes for one letter with a spacing vowel sign. Last what
 * every terminal answers, so that nobody waits for more. The row is wiped. */
#define LETTER_WITH_SIGN "\xe0\xa4\x95\xe0\xa4\xbe"
static const char questions[] =
	"\r\n" "\033[>q" "\033[>c" "\033[8$p" "\r" LETTER_WITH_SIGN "\033[6n"
	"\r\033[K" "\033[A" "\033[c";

static const char *const bidi_names[] = {
	[BIDI_APP] = "app", [BIDI_EXPLICIT] = "explicit",
	[BIDI_TERMINAL] = "terminal", [BIDI_WORDS] = "words",
};

bool terminal_is_known(void)
{
	int found;

	if (setupterm(NULL, STDOUT_FILENO, &found) != OK)
		return false;
	found = tigetstr("cup") != NULL;
	del_curterm(cur_term);
	return found;
}

static bool begins(const char *text, const char *start)
{
	return !strncmp(text, start, strlen(start));
}

static const char *environment(const char *name)
{
	const char *value = getenv(name);

	return value ? value : "";
}

/* The console and old terminals: one font, nothing to ask. */
static bool is_plain(void)
{
	const char *term = environment("TERM");

	return !*term || begins(term, "linux") || begins(term, "vt") ||
	       begins(term, "dumb") || begins(term, "ansi") || begins(term, "cons");
}

/* "gu_IN.utf8", "C.UTF-8@x": the encoding behind the point, written as it may be. */
static bool names_utf8(const char *locale)
{
	char name[8] = "";
	size_t len = 0;

	locale += strcspn(locale, ".@");
	if (*locale != '.')
		return false;
	for (locale++; *locale && *locale != '@' && len < sizeof(name) - 1; locale++)
		if (*locale != '-')
			name[len++] = *locale;
	return !strcasecmp(name, "utf8");
}

/* Of the person and not of the process, which may have taken another because
 * theirs was not generated. Where they say nothing it is what all terminals of
 * today show. */
static bool locale_is_utf8(void)
{
	static const char *const variables[] = { "LC_ALL", "LC_CTYPE", "LANG" };
	const char *locale = "";
	locale_t known;
	bool utf8;

	for (size_t i = 0; i < 3 && !*locale; i++)
		locale = environment(variables[i]);
	if (!*locale)
		return true;
	known = newlocale(LC_CTYPE_MASK, locale, (locale_t)0);
	if (!known)
		return names_utf8(locale);
	utf8 = !strcmp(nl_langinfo_l(CODESET, known), "UTF-8");
	freelocale(known);
	return utf8;
}

static void use_utf8(bool utf8)
{
	terminal.utf8 = utf8;
	terminal.latin_only = !utf8 || is_plain();
	terminal.blocks = utf8 && !is_plain();
}

static void assume(void)
{
	const char *term = environment("TERM");

	terminal = (struct terminal){
		.multiplexed = begins(term, "tmux") || begins(term, "screen"),
		.colours = !*environment("NO_COLOR"),
	};
	use_utf8(locale_is_utf8());
}

static void write_all(const char *text)
{
	size_t left = strlen(text);

	while (left) {
		ssize_t n = write(STDOUT_FILENO, text, left);

		if (n < 0 && errno != EINTR)
			return;		/* nobody is there to see it */
		if (n > 0) {
			text += n;
			left -= (size_t)n;
		}
	}
}

static int64_t milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The parameters of a sequence that begins with 'start' and ends in 'end';
 * NULL: there is none. */
static const char *find_answer(const char *in, const char *start, char end)
{
	for (; (in = strstr(in, start)); in += strlen(start)) {
		const char *parameters = in + strlen(start);

		if (parameters[strspn(parameters, "0123456789;")] == end)
			return parameters;
	}
	return NULL;
}

static void read_answers(char answers[ANSWERS_MAX])
{
	struct pollfd tty = { .fd = STDIN_FILENO, .events = POLLIN };
	int64_t end = milliseconds() + WAIT_MS, left;
	size_t len = 0;

	answers[0] = '\0';
	while (!find_answer(answers, "\033[?", 'c') && len < ANSWERS_MAX - 1) {
		ssize_t n;

		left = end - milliseconds();
		if (left <= 0 || poll(&tty, 1, (int)left) == 0)
			return;
		n = read(STDIN_FILENO, answers + len, ANSWERS_MAX - 1 - len);
		if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
			return;
		for (ssize_t i = 0; i < n; i++, len++)
			if (!answers[len])
				answers[len] = ' ';
		answers[len] = '\0';
	}
}

static void ask(void)
{
	char answers[ANSWERS_MAX];
	struct termios before, quiet;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) ||
	    tcgetattr(STDIN_FILENO, &before))
		return;
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	quiet.c_cc[VMIN] = 1;
	quiet.c_cc[VTIME] = 0;
	if (tcsetattr(STDIN_FILENO, TCSANOW, &quiet))
		return;
	write_all(questions);
	read_answers(answers);
	tcsetattr(STDIN_FILENO, TCSANOW, &before);
	terminal_learn(answers);
}

/* The letter with its sign took one column, or two; more when the terminal
 * took its bytes for six letters. */
static void learn_width(const char *place)
{
	long column = place ? strtol(place + strcspn(place, ";R") + 1, NULL, 10) : 0;

	terminal.mc_joins = column == 2;
	if (column > 3)
		use_utf8(false);
}

/* The bytes of the escape sequence that 'text' begins with; 0: it does not. */
static size_t sequence(const char *text)
{
	const char *end;

	if (begins(text, "\033P"))
		return (end = strstr(text, "\033\\")) ? (size_t)(end + 2 - text) : strlen(text);
	if (!begins(text, "\033["))
		return 0;
	end = text + 2 + strspn(text + 2, "0123456789;?>$");
	return (size_t)(end + (*end != '\0') - text);
}

static void keep_typed(const char *answers)
{
	size_t len = 0, n;

	for (; *answers; answers += n) {
		n = sequence(answers);
		if (n)
			continue;
		n = 1;
		if (len < TERMINAL_TYPED - 1)
			terminal.typed[len++] = *answers;
	}
	terminal.typed[len] = '\0';
}

void terminal_learn(const char *answers)
{
	learn_width(find_answer(answers, "\033[", 'R'));
	keep_typed(answers);
	if (strstr(answers, "\033[8;1$y") || strstr(answers, "\033[8;2$y"))
		terminal.bidi = BIDI_EXPLICIT;
	else if (strstr(answers, "|Konsole") || strstr(answers, "\033[>0;136;0c") ||
		 strstr(answers, "\033[>24;"))
		terminal.bidi = BIDI_TERMINAL;		/* Konsole, PuTTY, mlterm */
	else if (strstr(answers, "|kitty"))
		terminal.bidi = BIDI_WORDS;
}

void terminal_probe(void)
{
	assume();
	if (!terminal.latin_only)
		ask();
	terminal_use_bidi(environment("REGULARS_BIDI"));
}

bool terminal_use_bidi(const char *name)
{
	for (size_t i = 0; i < sizeof(bidi_names) / sizeof(*bidi_names); i++)
		if (!strcmp(bidi_names[i], name)) {
			terminal.bidi = (enum bidi)i;
			return true;
		}
	return false;
}

void terminal_start(void)
{
	if (!isatty(STDOUT_FILENO) || is_plain())
		return;
	write_all("\033[?2004h");
	if (terminal.bidi == BIDI_EXPLICIT)
		write_all("\033[8l");
}

void terminal_end(void)
{
	if (!isatty(STDOUT_FILENO) || is_plain())
		return;
	if (terminal.bidi == BIDI_EXPLICIT)
		write_all("\033[8h");
	write_all("\033[?2004l");
}

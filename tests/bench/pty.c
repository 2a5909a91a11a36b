/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/pty.h"

#include <curses.h>
#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/bench.h"

enum { PATIENCE_MS = 60000, ECHO_KEYS = 200 };

static _Noreturn void become(const char *const *args)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("REGULARS_TEST_SYNC", "1", 1);
	unsetenv("LINES");
	unsetenv("COLUMNS");
	execv(args[0], (char *const *)args);
	_exit(127);
}

void pty_start(struct pty *p, const char *const *args)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };

	*p = (struct pty){ .began = bench_seconds() };
	fflush(stdout);
	p->pid = forkpty(&p->master, NULL, NULL, &size);
	if (p->pid < 0)
		bench_fail("no pseudo-terminal: %s", strerror(errno));
	if (!p->pid)
		become(args);
}

static void send(struct pty *p, const char *bytes)
{
	size_t len = strlen(bytes);

	if (write(p->master, bytes, len) != (ssize_t)len)
		bench_fail("the program in the terminal does not take keys");
}

/* Where the frame is, behind marks of earlier ones. */
static const char *frame(const struct pty *p)
{
	const char *at = p->seen.at ? p->seen.at : "", *end;

	while (strncmp(at, PTY_MARK, strlen(PTY_MARK)) == 0 && (end = strchr(at, '\a')))
		at = end + 1;
	return at;
}

static void answer(struct pty *p)
{
	if (p->answered || !strstr(p->seen.at, "\033[c"))
		return;
	p->answered = true;
	send(p, "\033[2;3R\033[?62;22c");
}

static double since(const struct pty *p)
{
	return (bench_seconds() - p->began) * 1e3;
}

/* False: the program has ended. */
static bool take(struct pty *p)
{
	struct pollfd in = { .fd = p->master, .events = POLLIN };
	char bytes[16384];
	ssize_t n;

	if (since(p) > PATIENCE_MS || poll(&in, 1, PATIENCE_MS) == 0)
		bench_fail("the program in the terminal shows nothing: %s", p->seen.at);
	n = read(p->master, bytes, sizeof(bytes));
	if (n <= 0)
		return false;
	buf_add(&p->seen, bytes, (size_t)n);
	answer(p);
	if (p->painted <= 0 && *frame(p))
		p->painted = bench_seconds();
	return true;
}

double pty_until(struct pty *p, const char *text)
{
	while (!strstr(frame(p), text))
		if (!take(p))
			bench_fail("the program in the terminal ended: %s", p->seen.at);
	return since(p);
}

double pty_first_frame(struct pty *p)
{
	return pty_until(p, PTY_MARK);
}

static void begin(struct pty *p, const char *bytes)
{
	buf_clear(&p->seen);
	p->painted = 0;
	p->began = bench_seconds();
	send(p, bytes);
}

struct pty_took pty_press(struct pty *p, const char *bytes)
{
	struct pty_took took;

	begin(p, bytes);
	took.settled = pty_until(p, PTY_MARK);
	took.paint = (p->painted - p->began) * 1e3;
	return took;
}

double pty_press_until(struct pty *p, const char *bytes, const char *text)
{
	begin(p, bytes);
	return pty_until(p, text);
}

double pty_end(struct pty *p)
{
	double took;

	while (take(p))
		;
	took = since(p);
	pty_stop(p);
	return took;
}

void pty_stop(struct pty *p)
{
	kill(p->pid, SIGKILL);
	waitpid(p->pid, NULL, 0);
	close(p->master);
	buf_release(&p->seen);
}

double pty_own_memory(const struct pty *p)
{
	char path[64], line[128];
	double kilobytes = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%ld/status", (long)p->pid);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f))
		if (strncmp(line, "RssAnon:", 8) == 0)
			kilobytes = strtod(line + 8, NULL);
	if (f)
		fclose(f);
	return kilobytes * 1024;
}

/* -- the yardstick -- */

int pty_echo(void)
{
	int key;

	setlocale(LC_ALL, "");
	initscr();
	raw();
	noecho();
	for (int n = 0; (key = getch()) != ERR; n++) {
		mvaddch(n % LINES, n % COLS, (chtype)key);
		refresh();
		printf(PTY_MARK "%d\a", n);
		fflush(stdout);
	}
	endwin();
	return 0;
}

double pty_echo_key(void)
{
	double took[ECHO_KEYS];
	struct pty p;

	pty_start(&p, (const char *const[]){ "/proc/self/exe", PTY_ECHO, NULL });
	pty_until(&p, "\033[");
	for (size_t i = 0; i < ECHO_KEYS; i++)
		took[i] = pty_press(&p, i % 2 ? "x" : "y").settled;
	pty_stop(&p);
	return bench_median(took, ECHO_KEYS);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/term.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

static const char mark_start[] = "\033]7770;";
enum { MARK_START = sizeof(mark_start) - 1, PLENTY = 65536 };

long long term_clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

struct term *term_at(struct term *t, const char *file, int line)
{
	t->file = file;
	t->line = line;
	return t;
}

void term_note(const char *format, ...)
{
	char line[1000];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	print_message("# %s\n", line);
}

void term_note_lines(const char *text)
{
	size_t len;

	for (; *text; text += len + (text[len] == '\n')) {
		len = strcspn(text, "\n");
		print_message("# | %.*s\n", (int)len, text);
	}
}

void term_fails(struct term *t, const char *format, ...)
{
	struct buf screen = { 0 };
	char sentence[800];
	va_list args;

	va_start(args, format);
	vsnprintf(sentence, sizeof(sentence), format, args);
	va_end(args);
	term_note("%s", sentence);
	if (t->has_ended)
		term_note("the program has ended with %d", t->status);
	term_text(t, &screen);
	term_note_lines(screen.at);
	buf_release(&screen);
	if (t->pid > 0 && !t->has_ended)
		kill(t->pid, SIGKILL);
	_fail(t->file, t->line);
	abort();
}

/* -- what the program prints -- */

/* Marks are counted here and not by libvterm, whose ways of telling differ
 * between its versions. */
static void note(struct term *t, char byte)
{
	if (t->in_mark == MARK_START && byte == '\a') {
		t->marks++;
		t->partial = false;
		t->in_mark = 0;
		return;
	}
	if (t->in_mark == MARK_START && byte >= '0' && byte <= '9')
		return;
	t->partial = true;
	if (t->in_mark < MARK_START && byte == mark_start[t->in_mark])
		t->in_mark++;
	else
		t->in_mark = byte == mark_start[0];
	if ((unsigned char)byte > 0x7f)
		t->high_bytes++;
}

static bool take(struct term *t)
{
	char bytes[PLENTY];
	ssize_t n = t->master < 0 ? 0 : read(t->master, bytes, sizeof(bytes));

	for (ssize_t i = 0; i < n; i++)
		note(t, bytes[i]);
	if (n > 0)
		vterm_input_write(t->vt, bytes, (size_t)n);
	return n > 0;
}

static void give(struct term *t)
{
	ssize_t n = write(t->master, t->out.at, t->out.len);

	if (n <= 0)
		return;
	memmove(t->out.at, t->out.at + n, t->out.len - (size_t)n);
	t->out.len -= (size_t)n;
}

static void reap(struct term *t)
{
	int status;

	while (take(t))
		;
	if (waitpid(t->pid, &status, WNOHANG) != t->pid)
		return;
	t->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	t->has_ended = true;
}

bool term_pump(struct term *t, int ms)
{
	short wanted = t->out.len ? POLLIN | POLLOUT : POLLIN;
	struct pollfd at[] = { { t->master, wanted, 0 }, { t->ended, POLLIN, 0 } };

	if (t->has_ended || poll(at, 2, ms) <= 0)
		return false;
	if (at[0].revents & POLLOUT)
		give(t);
	if (at[0].revents & POLLIN)
		take(t);
	if (at[1].revents & POLLIN)
		reap(t);
	return true;
}

static int unread(const struct term *t)
{
	int n = 0;

	return ioctl(t->slave, FIONREAD, &n) ? 0 : n;
}

/* A mark that was printed while something waited is not the one. */
bool term_settles(struct term *t, long seen)
{
	long long deadline = term_clock_ms() + t->patience_ms, left;

	while (!t->has_ended) {
		if (t->marks > seen) {
			if (!t->out.len && !unread(t))
				return true;
			seen = t->marks;
		}
		left = deadline - term_clock_ms();
		if (left <= 0)
			return false;
		term_pump(t, (int)left);
	}
	return true;
}

static long marks_so_far(struct term *t)
{
	while (term_pump(t, 0))
		;
	return t->marks;
}

bool term_send(struct term *t, const char *bytes, size_t len)
{
	long seen = marks_so_far(t);

	if (t->has_ended)
		return false;
	buf_add(&t->out, bytes, len);
	give(t);
	return term_settles(t, seen);
}

void term_resize(struct term *t, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
	long seen = marks_so_far(t);

	if (t->rows == rows && t->cols == cols)
		return;
	t->rows = rows;
	t->cols = cols;
	vterm_set_size(t->vt, rows, cols);
	ioctl(t->master, TIOCSWINSZ, &size);
	if (!term_settles(t, seen))
		term_fails(t, "no frame came after the size became %dx%d", cols, rows);
}

/* -- ending -- */

void term_hang_up(struct term *t)
{
	marks_so_far(t);
	close(t->master);
	close(t->slave);
	t->master = t->slave = -1;
	buf_clear(&t->out);
}

void term_ends_with(struct term *t, int status)
{
	long long deadline = term_clock_ms() + t->patience_ms, left;

	while (!t->has_ended && (left = deadline - term_clock_ms()) > 0)
		term_pump(t, (int)left);
	if (!t->has_ended)
		term_fails(t, "the program goes on, and should have ended with %d", status);
	if (t->status != status)
		term_fails(t, "the program should have ended with %d", status);
}


static bool brackets_pastes(struct term *t)
{
	static const char question[] = "\033[?2004$p";

	buf_clear(&t->out);
	vterm_input_write(t->vt, question, sizeof(question) - 1);
	return t->out.len && strstr(t->out.at, "2004;1");
}

void term_ends_clean(struct term *t, int status)
{
	struct termios line;

	term_ends_with(t, status);
	if (t->alternate || !t->cursor_shown)
		term_fails(t, "%s", t->alternate ? "left on the other screen" :
			   "cursor left hidden");
	if (brackets_pastes(t))
		term_fails(t, "bracketed paste was left on");
	if (!tcgetattr(t->slave, &line) && !(line.c_lflag & ECHO && line.c_lflag & ICANON))
		term_fails(t, "the terminal was left without echo");
}

void term_release(struct term *t)
{
	int files[] = { t->master, t->slave, t->ended };

	if (!t->has_ended && t->pid > 0 && !kill(t->pid, SIGKILL))
		waitpid(t->pid, NULL, 0);
	for (int i = 0; i < 3; i++) {
		if (files[i] >= 0)
			close(files[i]);
	}
	vterm_free(t->vt);
	buf_release(&t->out);
	free(t);
}

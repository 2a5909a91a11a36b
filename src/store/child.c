/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/guard.h"

/* The child's own lines: "=STATUS SENTENCE" at its end, "=M" for want of
 * memory, which says nothing against the store. */

enum { TICK_MS = 100 };

/* -- the child -- */

static int to_parent;

static void tell_no_memory(void)
{
	dprintf(to_parent, "=M\n");
}

void child_say(FILE *tell, const char *words)
{
	for (; *words; words++)
		fputc((unsigned char)*words < ' ' || *words == 0x7f ? ' ' : *words, tell);
	fputc('\n', tell);
	fflush(tell);
}

static _Noreturn void be_child(const struct child *c, int fd, pid_t parent)
{
	FILE *tell = fdopen(fd, "w");
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	enum status st;

	to_parent = fd;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(GUARD_EXIT);
	if (!tell) {
		tell_no_memory();
		_exit(0);
	}
	mem_on_exhausted(tell_no_memory);
	/* A crash is for the parent to tell, once. */
	signal(SIGSEGV, SIG_DFL);
	signal(SIGBUS, SIG_DFL);
	signal(SIGABRT, SIG_DFL);
	guard_before_end(NULL);
	if (nowhere >= 0)
		dup2(nowhere, STDERR_FILENO);
	st = c->work(c->arg, tell);
	fprintf(tell, "=%d ", (int)st);
	child_say(tell, st == ST_OK ? "" : status_text());
	fclose(tell);
	_exit(0);
}

/* -- the parent -- */

struct listening {
	const struct child *c;
	char line[CHILD_LINE];
	size_t len;
	bool ended, stopped, no_memory;
	enum status status;
	int wait_status;
};

static void take_line(struct listening *l)
{
	int status, at = 0;

	if (*l->line != '=') {
		l->stopped |= l->c->line && !l->c->line(l->c->arg, l->line);
	} else if (l->line[1] == 'M') {
		l->no_memory = true;
	} else if (sscanf(l->line, "=%d %n", &status, &at) == 1 && at) {
		l->ended = true;
		l->status = status ? fail((enum status)status, "%s", l->line + at) : ST_OK;
	}
}

static void take_bytes(struct listening *l, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (bytes[i] != '\n') {
			if (l->len < CHILD_LINE - 1)
				l->line[l->len++] = bytes[i];
			continue;
		}
		l->line[l->len] = '\0';
		l->len = 0;
		take_line(l);
	}
}

bool must_end(void)
{
	static const int ends[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	sigset_t waiting;

	sigpending(&waiting);
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (sigismember(&waiting, ends[i]) == 1)
			return true;
	return false;
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* True: the child closed its end. False: it was silent for too long, or we
 * have heard enough. */
static bool listen_to(struct listening *l, int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int64_t heard = now_ms(), seen = -1, sees;
	char bytes[4096];
	ssize_t n;

	while (!l->stopped) {
		int ready = poll(&p, 1, TICK_MS);

		l->stopped |= must_end() || (l->c->tick && !l->c->tick(l->c->arg));
		if (l->c->seen && (sees = l->c->seen(l->c->arg)) != seen) {
			seen = sees;
			heard = now_ms();
		}
		if (ready <= 0) {
			if (now_ms() - heard > 1000 * (int64_t)l->c->patience)
				return false;
			continue;
		}
		n = read(fd, bytes, sizeof(bytes));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return true;
		heard = now_ms();
		take_bytes(l, bytes, (size_t)n);
	}
	return false;
}

/* Killed by the kernel, or by a library that says so itself (libconfuse's
 * scanner). Damage ends with another signal, or through guard_stop(). */
static bool ended_for_memory(int status)
{
	return WIFSIGNALED(status) ? WTERMSIG(status) == SIGKILL :
	       WEXITSTATUS(status) != GUARD_EXIT;
}

static enum status ended_how(const struct listening *l, bool closed, enum child_end *end)
{
	*end = CHILD_ENDED;
	if (l->ended && !l->stopped)
		return l->status;
	*end = l->stopped ? CHILD_STOPPED : !closed ? CHILD_SILENT :
	       l->no_memory || ended_for_memory(l->wait_status) ? CHILD_NO_MEMORY : CHILD_CRASHED;
	return *end == CHILD_STOPPED ? ST_CANCELLED :
	       *end == CHILD_NO_MEMORY ? ST_SYSTEM : ST_CORRUPT;
}

enum status child_run(const struct child *c, enum child_end *end)
{
	struct listening l = { .c = c };
	pid_t pid, self = getpid();
	int ends[2];
	bool closed;

	*end = CHILD_ENDED;
	if (pipe2(ends, O_CLOEXEC))
		return fail(ST_SYSTEM, "cannot make a pipe: %s", strerror(errno));
	pid = fork();
	if (!pid) {
		close(ends[0]);
		be_child(c, ends[1], self);
	}
	close(ends[1]);
	if (pid < 0) {
		close(ends[0]);
		return fail(ST_SYSTEM, "cannot start another process: %s", strerror(errno));
	}
	closed = listen_to(&l, ends[0]);
	close(ends[0]);
	if (!closed)
		kill(pid, SIGKILL);
	while (waitpid(pid, &l.wait_status, 0) < 0 && errno == EINTR)
		continue;
	return ended_how(&l, closed, end);
}

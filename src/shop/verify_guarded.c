/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/guard.h"

/* The child says one line at a time: a letter, then
 *
 *	f SENTENCE			a fault
 *	s DONE ALL			how far it is
 *	r FAULTS ROWS ENTRIES CUSTOMERS	it ran to its end
 *	e STATUS SENTENCE		it did not, and why */
enum { LINE_ROOM = 2500, PATIENCE = 60 };
#define NO_MEMORY "verify did not come to its end for want of memory; close other programs and " \
		  "try again"

/* -- the child -- */

static int to_parent;

static void tell_fault(void *arg, const char *sentence)
{
	fprintf(arg, "f %s\n", sentence);
	fflush(arg);
}

static bool tell_step(void *arg, uint64_t done, uint64_t all)
{
	fprintf(arg, "s %" PRIu64 " %" PRIu64 "\n", done, all);
	return !fflush(arg);
}

/* The one who runs out of memory has nothing against the store. */
static void tell_no_memory(void)
{
	dprintf(to_parent, "e %d " NO_MEMORY "\n", (int)ST_SYSTEM);
}

static _Noreturn void child(const char *dir, const struct verify_ask *ask, int fd)
{
	FILE *out = fdopen(fd, "w");
	struct verify_watch watch = { .fault = tell_fault, .step = tell_step, .arg = out };
	struct verify_ask own = { .watch = &watch, .against = ask->against };
	struct verify_result result;
	struct shop shop;
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	enum status st;

	to_parent = fd;
	mem_on_exhausted(tell_no_memory);
	if (!out)
		_exit(1);
	/* A crash is for the parent to tell, once. */
	signal(SIGSEGV, SIG_DFL);
	signal(SIGBUS, SIG_DFL);
	if (nowhere >= 0)
		dup2(nowhere, STDERR_FILENO);
	st = shop_open(dir, &shop);
	if (st == ST_OK) {
		st = shop_verify(&shop, &own, &result);
		shop_close(&shop);
	}
	if (st == ST_OK)
		fprintf(out, "r %" PRIu64 " %" PRIu64 " %" PRId64 " %" PRId64 "\n", result.faults,
			result.rows, result.entries, result.customers);
	else
		fprintf(out, "e %d %s\n", (int)st, status_text());
	fclose(out);
	_exit(0);
}

/* -- the parent -- */

struct listening {
	const struct verify_ask *ask;
	struct verify_result *out;
	char line[LINE_ROOM];
	size_t len;
	enum status status;
	bool ended, stopped;	/* it said how it ended; we do not want to hear more */
	int wait_status;
};

static void take_line(struct listening *l)
{
	const struct verify_watch *watch = l->ask->watch;
	struct verify_result *r = l->out;
	uint64_t done, all;
	int status, at = 0;

	if (!strncmp(l->line, "f ", 2)) {
		r->faults++;
		watch->fault(watch->arg, l->line + 2);
	} else if (sscanf(l->line, "s %" SCNu64 " %" SCNu64, &done, &all) == 2) {
		l->stopped |= watch->step && !watch->step(watch->arg, done, all);
	} else if (sscanf(l->line, "r %" SCNu64 " %" SCNu64 " %" SCNd64 " %" SCNd64, &r->faults,
			  &r->rows, &r->entries, &r->customers) == 4) {
		l->ended = true;
	} else if (sscanf(l->line, "e %d %n", &status, &at) == 1 && at) {
		l->ended = true;
		l->status = fail((enum status)status, "%s", l->line + at);
	}
}

static void take_bytes(struct listening *l, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (bytes[i] != '\n') {
			if (l->len < LINE_ROOM - 1)
				l->line[l->len++] = bytes[i];
			continue;
		}
		l->line[l->len] = '\0';
		l->len = 0;
		take_line(l);
	}
}

/* True: the child closed its end. False: it was silent for too long, or we
 * have heard enough. */
static bool listen_to(struct listening *l, int fd)
{
	int patience = 1000 * (l->ask->patience ? l->ask->patience : PATIENCE);
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char bytes[4096];
	ssize_t n;
	int ready;

	while (!l->stopped) {
		ready = poll(&p, 1, patience);
		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0)
			return false;
		n = read(fd, bytes, sizeof(bytes));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return true;
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

static enum status ended_how(const struct listening *l, const char *dir, bool closed)
{
	if (l->stopped)
		return fail(ST_CANCELLED, "verify was stopped before its end");
	if (l->ended && l->status != ST_CORRUPT)
		return l->status;
	if (l->ended)
		return fail(ST_CORRUPT, "the shop in %s is too damaged to be read; restore the "
			    "last backup", dir);
	if (!closed)
		return fail(ST_CORRUPT, "the store in %s is damaged: reading it does not come to "
			    "an end; restore the last backup", dir);
	if (ended_for_memory(l->wait_status))
		return fail(ST_SYSTEM, NO_MEMORY);
	return fail(ST_CORRUPT, "the store in %s is damaged: reading it crashes; restore the last "
		    "backup", dir);
}

enum status verify_guarded(const char *dir, const struct verify_ask *ask,
			   struct verify_result *out)
{
	struct listening l = { .ask = ask, .out = out };
	int ends[2];
	bool closed;
	pid_t pid;

	*out = (struct verify_result){ 0 };
	if (pipe2(ends, O_CLOEXEC))
		return fail(ST_SYSTEM, "cannot make a pipe: %s", strerror(errno));
	pid = fork();
	if (pid < 0) {
		close(ends[0]);
		close(ends[1]);
		return fail(ST_SYSTEM, "cannot start another process: %s", strerror(errno));
	}
	if (!pid) {
		close(ends[0]);
		child(dir, ask, ends[1]);
	}
	close(ends[1]);
	closed = listen_to(&l, ends[0]);
	close(ends[0]);
	if (!closed)
		kill(pid, SIGKILL);
	while (waitpid(pid, &l.wait_status, 0) < 0 && errno == EINTR)
		continue;
	return ended_how(&l, dir, closed);
}

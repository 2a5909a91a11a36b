/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/guard.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

/* A run out of stack is a SIGSEGV too, so the handler brings its own. */
static uint8_t stack[64 * 1024];
static void (*volatile before_end)(void);

void guard_before_end(void (*call)(void))
{
	before_end = call;
}

static void say(const char *text, size_t len)
{
	if (write(STDERR_FILENO, text, len) < 0)
		_exit(GUARD_EXIT);
}

static void end(int sig)
{
	static const char bus[] =
		"\nregulars: the shop's file was cut off or its disk failed; nothing unfinished "
		"was kept. Run: regulars verify\n";
	static const char segv[] =
		"\nregulars: stopped by a damaged store, or by a fault of its own; nothing "
		"unfinished was kept. Run: regulars verify\n";
	static const char abrt[] =
		"\nregulars: stopped for want of memory, or by a fault of its own; nothing "
		"unfinished was kept. Run: regulars verify\n";

	if (before_end)
		before_end();
	if (sig == SIGBUS)
		say(bus, sizeof(bus) - 1);
	else if (sig == SIGABRT)	/* libconfuse without memory; assert() */
		say(abrt, sizeof(abrt) - 1);
	else
		say(segv, sizeof(segv) - 1);
	_exit(GUARD_EXIT);
}

void guard_stop(void)
{
	end(SIGSEGV);
	_exit(GUARD_EXIT);
}

static bool is_free(int sig)
{
	struct sigaction now;

	return !sigaction(sig, NULL, &now) && !(now.sa_flags & SA_SIGINFO) &&
	       now.sa_handler == SIG_DFL;
}

void guard_install(void)
{
	static const int signals[] = { SIGBUS, SIGSEGV, SIGABRT };
	stack_t alternate = { .ss_sp = stack, .ss_size = sizeof(stack) };
	struct sigaction ours = { .sa_handler = end, .sa_flags = SA_ONSTACK };

	sigemptyset(&ours.sa_mask);
	signal(SIGXFSZ, SIG_IGN);	/* a file too large is an error then */
	for (unsigned i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		if (!is_free(signals[i]))
			continue;
		sigaltstack(&alternate, NULL);
		sigaction(signals[i], &ours, NULL);
	}
}

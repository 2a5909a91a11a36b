/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/guard.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* What a child says on standard error while it ends by a signal, and how. */
struct end {
	char said[400];
	int status;
};

static void give_terminal_back(void)
{
	if (write(STDERR_FILENO, "[terminal]", 10) != 10)
		_exit(1);
}

static void own_handler(int sig)
{
	(void)sig;
	_exit(77);
}

static struct end end_by(int sig, bool handler)
{
	struct end e = { .said = "" };
	int fd[2];
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(fd), 0);
	pid = fork();
	if (!pid) {
		dup2(fd[1], STDERR_FILENO);
		close(fd[0]);
		signal(SIGSEGV, handler ? own_handler : SIG_DFL);
		signal(SIGBUS, SIG_DFL);
		signal(SIGABRT, SIG_DFL);
		guard_before_end(give_terminal_back);
		guard_install();
		raise(sig);
		_exit(0);
	}
	close(fd[1]);
	n = read(fd[0], e.said, sizeof(e.said) - 1);
	assert_true(n >= 0);
	for (ssize_t more = n; more > 0; n += more)
		more = read(fd[0], e.said + n, sizeof(e.said) - 1 - (size_t)n);
	close(fd[0]);
	assert_int_equal(waitpid(pid, &e.status, 0), pid);
	return e;
}

static void a_crash_is_one_sentence(void **state)
{
	struct end e = end_by(SIGSEGV, false);

	(void)state;
	assert_true(WIFEXITED(e.status));
	assert_int_equal(WEXITSTATUS(e.status), 4);
	assert_string_equal(e.said, "[terminal]\nregulars: stopped by a damaged store, or by a "
			    "fault of its own; nothing unfinished was kept. Run: "
			    "regulars verify\n");
	e = end_by(SIGBUS, false);
	assert_int_equal(WEXITSTATUS(e.status), 4);
	assert_string_equal(e.said, "[terminal]\nregulars: the shop's file was cut off or its disk "
			    "failed; nothing unfinished was kept. Run: regulars verify\n");
	e = end_by(SIGABRT, false);
	assert_int_equal(WEXITSTATUS(e.status), 4);
	assert_string_equal(e.said, "[terminal]\nregulars: stopped for want of memory, or by a "
			    "fault of its own; nothing unfinished was kept. Run: regulars "
			    "verify\n");
}

static void a_handler_that_is_there_stays(void **state)
{
	struct end e = end_by(SIGSEGV, true);

	(void)state;
	assert_int_equal(WEXITSTATUS(e.status), 77);
	assert_string_equal(e.said, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_crash_is_one_sentence),
		cmocka_unit_test(a_handler_that_is_there_stays),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

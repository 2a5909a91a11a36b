/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/shim.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/digest.h"
#include "tests/faults/tree.h"

/* sweep [-f] STEP MOST FOLDER ASIDE INPUT SHIM COMMAND...
 *
 * Runs a command again and again in FOLDER, the one that it begins in, each time
 * with another call of the system failing, and puts the folder back as it was.
 * The first 20 calls of a kind, then every STEP-th up to MOST; STEP 0: three kinds
 * of fault instead of all. Looks at how the command ended; what is to be said of
 * the folder that it left says `bash -c check` (commands.sh), with a status and in
 * comments of TAP, FAULT telling what failed. A folder that was checked is not
 * checked again: what follows from the same bytes is the same, and random numbers
 * are the same in each try (SHIM_SEED). Only locks are not compared; the first who
 * opens a store makes them anew.
 *
 * -f: to find something wrong is a result and not a failure. INPUT is its standard
 * input; ASIDE is a folder for what it says. At the end prints how often it was
 * "tried N, wrong N, checked N". */

struct kind {
	const char *name;
	enum shim_call call;
	enum shim_how how;
	int error;
	bool in_short;		/* of the short form too */
};
static const struct kind kinds[] = {
	{ "write no-room", SHIM_WRITE, SHIM_ONCE, ENOSPC, false },
	{ "writes no-room", SHIM_WRITE, SHIM_EVER_AFTER, ENOSPC, true },
	{ "write fault", SHIM_WRITE, SHIM_ONCE, EIO, false },
	{ "writes fault", SHIM_WRITE, SHIM_EVER_AFTER, EIO, false },
	{ "write half", SHIM_WRITE, SHIM_SHORT, 0, false },
	{ "write done-and-fault", SHIM_WRITE, SHIM_DONE, EIO, false },
	{ "flush fault", SHIM_SYNC, SHIM_ONCE, EIO, true },
	{ "flushes fault", SHIM_SYNC, SHIM_EVER_AFTER, EIO, false },
	{ "read fault", SHIM_READ, SHIM_ONCE, EIO, false },
	{ "open no-permission", SHIM_OPEN, SHIM_ONCE, EACCES, true },
	{ "opens too-many", SHIM_OPEN, SHIM_EVER_AFTER, EMFILE, false },
	{ "length no-room", SHIM_LENGTH, SHIM_ONCE, ENOSPC, false },
	{ "map none", SHIM_MAP, SHIM_ONCE, ENOMEM, false },
	{ "maps none", SHIM_MAP, SHIM_EVER_AFTER, ENOMEM, false },
	{ "memory none", SHIM_MEMORY, SHIM_ONCE, ENOMEM, false },
	{ "memory gone", SHIM_MEMORY, SHIM_EVER_AFTER, ENOMEM, false },
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]), EACH_OF_FIRST = 20, HANG_MS = 120000,
       SAID = 65536, END = 800 };

/* A folder that was looked at already, and what was said of it. */
struct seen {
	uint8_t digest[DIGEST_SIZE];
	bool bad;
};

struct sweep {
	bool may_find;
	long step, most;
	const char *aside;
	char met[4096], out[4096], error[4096];
	int ask, answer;		/* the program, waiting before its main() */
	struct tree before;
	struct seen *seen;
	size_t seen_count, seen_cap;
	long tried, wrong;
	char fault[80];
};

/* -- the program that waits -- */

static void become(const struct sweep *s, char **argv, const int ask[2], const int answer[2])
{
	char descriptors[40];

	close(ask[1]);
	close(answer[0]);
	snprintf(descriptors, sizeof(descriptors), "%d %d", ask[0], answer[1]);
	setenv("SHIM_SERVE", descriptors, 1);
	setenv("SHIM_SEED", "yes", 1);
	setenv("SHIM_UNDER", s->before.path, 1);
	setenv("SHIM_MET", s->met, 1);
	setenv("SHIM_OUT", s->out, 1);
	setenv("SHIM_ERROR", s->error, 1);
	setenv("SHIM_INPUT", argv[0], 1);
	setenv("LD_PRELOAD", argv[1], 1);
	execvp(argv[2], argv + 2);
	perror(argv[2]);
	_exit(127);
}

static void start(struct sweep *s, char **argv)
{
	int ask[2], answer[2];

	if (pipe(ask) || pipe(answer))
		exit(2);
	if (!fork())
		become(s, argv, ask, answer);
	close(ask[0]);
	close(answer[1]);
	s->ask = ask[1];
	s->answer = answer[0];
	fcntl(s->ask, F_SETFD, FD_CLOEXEC);
	fcntl(s->answer, F_SETFD, FD_CLOEXEC);
}

static int hear(const struct sweep *s)
{
	int number;

	if (read(s->answer, &number, sizeof(number)) == sizeof(number))
		return number;
	printf("# the program that was to be tried is gone\n");
	exit(2);
}

/* As a shell would say it; -1 when it did not end at all. */
static int run(const struct sweep *s, const struct shim_fault *fault)
{
	struct pollfd wait = { .fd = s->answer, .events = POLLIN };
	int copy, status;
	bool hangs;

	if (write(s->ask, fault, sizeof(*fault)) != sizeof(*fault))
		exit(2);
	copy = hear(s);
	hangs = poll(&wait, 1, HANG_MS) == 0;
	if (hangs)
		kill(-copy, SIGKILL);
	status = hear(s);
	if (hangs)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* -- what it said -- */

static size_t read_said(const char *path, char said[SAID])
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, said, SAID - 1);

	if (fd >= 0)
		close(fd);
	said[n > 0 ? n : 0] = '\0';
	return n > 0 ? (size_t)n : 0;
}

static void complain(struct sweep *s, const char *what, const char *said)
{
	s->wrong++;
	if (s->wrong > 20)
		return;
	printf("# %s: %s", s->fault, what);
	for (; *said; said++) {		/* a line of TAP's comment stays one */
		putchar(*said);
		if (*said == '\n' && said[1])
			printf("#   ");
	}
	putchar('\n');
}

/* "regulars: " and ten letters on a line, or the C library's own words before main(). */
static bool is_sentence(const char *said)
{
	static const char name[] = "regulars: ";
	const char *at = said;

	if (strstr(said, "out of dynamic memory"))
		return true;
	while ((at = strstr(at, name))) {
		if ((at == said || at[-1] == '\n') && strcspn(at + strlen(name), "\n") >= 10)
			return true;
		at += strlen(name);
	}
	return false;
}

static void check_ending(struct sweep *s, int status)
{
	char said[SAID], out[SAID], what[80];
	size_t len = read_said(s->out, out);
	bool found = s->may_find && status == 1 && len;

	if (!read_said(s->error, said))
		strcpy(said, out + (len > END ? len - END : 0));
	snprintf(what, sizeof(what), "ended with %d: ", status);
	if (status < 0 || status > 5)
		complain(s, status < 0 ? "it hangs: " : what, said);
	else if (status && !found && !is_sentence(said)) {
		snprintf(what, sizeof(what), "status %d without a sentence: ", status);
		complain(s, what, said);
	}
}

/* -- what it left -- */

static bool ask_shell(const struct sweep *s)
{
	int status;
	pid_t child;

	setenv("FAULT", s->fault, 1);
	fflush(stdout);
	child = fork();
	if (!child) {
		execlp("bash", "bash", "-c", "check", (char *)NULL);
		_exit(127);
	}
	waitpid(child, &status, 0);
	return !status;
}

static struct seen *find_seen(struct sweep *s, const uint8_t digest[DIGEST_SIZE])
{
	for (size_t i = 0; i < s->seen_count; i++)
		if (!memcmp(s->seen[i].digest, digest, DIGEST_SIZE))
			return &s->seen[i];
	return NULL;
}

static void check_folder(struct sweep *s, const struct tree *now)
{
	struct seen *seen, new;

	tree_digest(now, new.digest);
	seen = find_seen(s, new.digest);
	if (!seen) {
		new.bad = !ask_shell(s);
		s->seen = mem_grow(s->seen, s->seen_count, &s->seen_cap, sizeof(new));
		seen = &s->seen[s->seen_count++];
		*seen = new;
	}
	if (seen->bad)
		complain(s, "what it left is wrong", "");
	tree_put_back(&s->before);
}

/* False when the fault was not met. */
static bool try(struct sweep *s, const struct kind *kind, long nth)
{
	const struct shim_fault fault = { kind->call, kind->how, nth, kind->error };
	struct tree now = { .path = s->before.path };
	int status;

	unlink(s->met);
	status = run(s, &fault);
	if (access(s->met, F_OK)) {
		tree_put_back(&s->before);
		return false;
	}
	snprintf(s->fault, sizeof(s->fault), "%s %ld", kind->name, nth);
	check_ending(s, status);
	tree_read(&now);
	if (!tree_is_same(&now, &s->before))
		check_folder(s, &now);
	tree_release(&now);
	s->tried++;
	return true;
}

static void try_all(struct sweep *s)
{
	for (size_t k = 0; k < KINDS; k++)
		if (s->step || kinds[k].in_short)
			for (long nth = 1; nth <= s->most && try(s, &kinds[k], nth);)
				nth += !s->step || nth < EACH_OF_FIRST ? 1 : s->step;
}

int main(int argc, char **argv)
{
	struct sweep s = { .tried = 0 };
	int flag;

	while ((flag = getopt(argc, argv, "+f")) != -1)
		s.may_find |= flag == 'f';
	if (argc - optind < 7)
		return 2;
	argv += optind;
	signal(SIGPIPE, SIG_IGN);
	digest_start();
	s.step = atol(argv[0]);
	s.most = atol(argv[1]);
	s.before.path = argv[2];
	snprintf(s.met, sizeof(s.met), "%s/met", argv[3]);
	snprintf(s.out, sizeof(s.out), "%s/out", argv[3]);
	snprintf(s.error, sizeof(s.error), "%s/error", argv[3]);
	start(&s, argv + 4);
	tree_read(&s.before);
	try_all(&s);
	close(s.ask);
	wait(NULL);
	printf("tried %ld, wrong %ld, checked %zu\n", s.tried, s.wrong, s.seen_count);
	free(s.seen);
	tree_release(&s.before);
	return 0;
}

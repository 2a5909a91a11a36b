/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_FAULTS_BEHIND_H
#define TESTS_FAULTS_BEHIND_H

/* A test program runs itself again behind shim.so, with words in argv[1] that
 * say what to do there, and listens to what it tells. */

#include <dlfcn.h>

#include "tests/faults/shim.h"
#include "tests/faults/till.h"

#define SHIM(name) ((__typeof__(&name))shim_function(#name))

static inline void *shim_function(const char *name)
{
	void *f = dlsym(RTLD_DEFAULT, name);

	if (!f)
		die("shim.so is not there");
	return f;
}

/* -- told by the one behind it -- */

struct told {
	int step, status;
	char sentence[340];
};

static inline void tell(int to, int step, int status, const char *sentence)
{
	struct told told = { step, status, "" };

	snprintf(told.sentence, sizeof(told.sentence), "%s", sentence);
	if (write(to, &told, sizeof(told)) != sizeof(told))
		_exit(1);
}

/* -- the one before it -- */

enum { OUT_OF_MEMORY = 4, WORDS = 12 };

struct behind {
	const char *under;		/* SHIM_UNDER */
	const char *extra, *value;	/* one more variable; NULL: none */
	pid_t pid;
	int told, go, error;		/* its words, our leave, its stderr */
	char stderr_text[1024];
};

/* The arguments after the program's name: words, then numbers; the last two
 * are the descriptors to tell to and to wait on. */
struct words {
	char text[WORDS][96];
	int n;
};

static inline void add_word(struct words *w, const char *word)
{
	snprintf(w->text[w->n++], sizeof(w->text[0]), "%s", word);
}

static inline void add_number(struct words *w, long number)
{
	snprintf(w->text[w->n++], sizeof(w->text[0]), "%ld", number);
}

static inline void add_fault(struct words *w, const struct shim_fault *f)
{
	add_number(w, f->call);
	add_number(w, f->how);
	add_number(w, f->nth);
	add_number(w, f->error);
}

static inline struct shim_fault read_fault(char **argv)
{
	return (struct shim_fault){ .call = (enum shim_call)atoi(argv[0]),
				    .how = (enum shim_how)atoi(argv[1]),
				    .nth = atol(argv[2]), .error = atoi(argv[3]) };
}

static inline _Noreturn void exec_behind(const struct behind *b, struct words *w)
{
	char self[512], shim[520], preload[40], *argv[WORDS + 2] = { self };
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	self[n > 0 ? n : 0] = '\0';
	snprintf(shim, sizeof(shim), "%.*s/shim.so", (int)(strrchr(self, '/') - self), self);
	for (int i = 0; i < w->n; i++)
		argv[i + 1] = w->text[i];
	if (b->extra)
		setenv(b->extra, b->value, 1);
	/* By its descriptor: a path may hold blanks, at which LD_PRELOAD is split. */
	snprintf(preload, sizeof(preload), "/proc/self/fd/%d", open(shim, O_RDONLY));
	setenv("LD_PRELOAD", preload, 1);
	setenv("SHIM_UNDER", b->under, 1);
	execv(self, argv);
	_exit(127);
}

static inline void behind_start(struct behind *b, const struct words *words)
{
	struct words w = *words;
	int told[2], go[2], error[2];

	if (pipe2(told, O_CLOEXEC) || pipe2(go, O_CLOEXEC) || pipe2(error, O_CLOEXEC))
		die("cannot make a pipe");
	fflush(stdout);
	b->pid = fork();
	if (!b->pid) {
		add_number(&w, fcntl(told[1], F_DUPFD, 10));
		add_number(&w, fcntl(go[0], F_DUPFD, 10));
		dup2(error[1], STDERR_FILENO);
		exec_behind(b, &w);
	}
	close(told[1]);
	close(go[0]);
	close(error[1]);
	b->told = told[0];
	b->go = go[1];
	b->error = error[0];
}

static inline bool hear(const struct behind *b, struct told *t)
{
	return read(b->told, t, sizeof(*t)) == sizeof(*t);
}

/* Its exit status; b->stderr_text has what it said there. */
static inline int behind_end(struct behind *b)
{
	ssize_t n = read(b->error, b->stderr_text, sizeof(b->stderr_text) - 1);

	b->stderr_text[n > 0 ? n : 0] = '\0';
	close(b->told);
	close(b->go);
	close(b->error);
	return child_result(b->pid);
}

/* Ended by itself, in a sentence, for want of memory: ours, or the one of
 * libconfuse's scanner while it reads shop.conf. */
static inline bool ended_for_memory(const struct behind *b, int exit)
{
	return (exit == OUT_OF_MEMORY && strstr(b->stderr_text, "out of memory")) ||
	       (exit == 2 && strstr(b->stderr_text, "out of dynamic memory"));
}

/* -- sweeps: one kind of fault at every call there is -- */

struct sweep {
	const char *what;
	enum shim_call call;
	enum shim_how how;
	int error;
};

static const struct sweep sweeps[] = {
	{ "a write: no room", SHIM_WRITE, SHIM_ONCE, ENOSPC },
	{ "every write: no room", SHIM_WRITE, SHIM_EVER_AFTER, ENOSPC },
	{ "a write: over quota", SHIM_WRITE, SHIM_ONCE, EDQUOT },
	{ "a write: fault", SHIM_WRITE, SHIM_ONCE, EIO },
	{ "every write: fault", SHIM_WRITE, SHIM_EVER_AFTER, EIO },
	{ "half a write", SHIM_WRITE, SHIM_SHORT, 0 },
	{ "a write done, and a fault", SHIM_WRITE, SHIM_DONE, EIO },
	{ "a flush: fault", SHIM_SYNC, SHIM_ONCE, EIO },
	{ "every flush: fault", SHIM_SYNC, SHIM_EVER_AFTER, EIO },
	{ "a flush: no room", SHIM_SYNC, SHIM_ONCE, ENOSPC },
	{ "a flush done, and a fault", SHIM_SYNC, SHIM_DONE, EIO },
	{ "a read: fault", SHIM_READ, SHIM_ONCE, EIO },
	{ "half a read", SHIM_READ, SHIM_SHORT, 0 },
	{ "an open: no permission", SHIM_OPEN, SHIM_ONCE, EACCES },
	{ "an open: too many files", SHIM_OPEN, SHIM_EVER_AFTER, EMFILE },
	{ "a length: no room", SHIM_LENGTH, SHIM_ONCE, ENOSPC },
	{ "a map: no memory", SHIM_MAP, SHIM_ONCE, ENOMEM },
	{ "every map: no memory", SHIM_MAP, SHIM_EVER_AFTER, ENOMEM },
	{ "memory: none", SHIM_MEMORY, SHIM_ONCE, ENOMEM },
	{ "memory: none any more", SHIM_MEMORY, SHIM_EVER_AFTER, ENOMEM },
};
enum { SWEEPS = sizeof(sweeps) / sizeof(sweeps[0]), MOST_CALLS = 5000 };

/* A TAP program for a build that shim.so cannot stand before. */
static inline bool is_sanitized(void)
{
	if (!getenv("SANITIZED"))
		return false;
	puts("1..0 # SKIP nothing can stand before the sanitizers");
	return true;
}

#endif

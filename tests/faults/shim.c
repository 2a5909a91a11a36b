/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/shim.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DESCRIPTORS = 1024 };

/* What a descriptor is of. */
enum kind { OTHER, UNDER, DATA, DATA_THROUGH };
static unsigned char kinds[DESCRIPTORS];

static struct shim_fault armed;
static bool is_armed;
static long calls, met;

void shim_arm(const struct shim_fault *fault)
{
	is_armed = false;
	calls = met = 0;
	if (!fault)
		return;
	armed = *fault;
	is_armed = true;
}

long shim_count(bool *was_met)
{
	*was_met = met > 0;
	return calls;
}

/* Past the C library, which may be in the middle of failing. */
static void leave_mark(void)
{
	const char *path = getenv("SHIM_MET");

	if (path)
		syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
}

/* Is this call the one to fail? */
static bool is_due(enum shim_call call)
{
	bool due;

	if (!is_armed || armed.call != call)
		return false;
	calls++;
	due = armed.how == SHIM_EVER_AFTER ? calls >= armed.nth : calls == armed.nth;
	met += due;
	if (due && met == 1)
		leave_mark();
	return due;
}

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

/* -- the record -- */

static void put(int fd, const void *bytes, size_t len)
{
	if (REAL(write)(fd, bytes, len) != (ssize_t)len)
		abort();
}

static void record(enum shim_event event, uint64_t at, const struct iovec *parts, int n, size_t len)
{
	static int log = -2;
	const char *path = getenv("SHIM_LOG");
	struct shim_record head = { (uint32_t)event, (uint32_t)len, at };

	if (!path)
		return;
	if (log == -2)
		log = REAL(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	put(log, &head, sizeof(head));
	for (int i = 0; i < n && len; i++) {
		size_t part = parts[i].iov_len < len ? parts[i].iov_len : len;

		put(log, parts[i].iov_base, part);
		len -= part;
	}
}

void shim_mark(uint64_t number)
{
	record(SHIM_MARK, number, NULL, 0, 0);
}

/* -- descriptors -- */

static enum kind kind_of(int fd)
{
	return fd >= 0 && fd < DESCRIPTORS ? (enum kind)kinds[fd] : OTHER;
}

static bool is_under(const char *path)
{
	const char *under = getenv("SHIM_UNDER");

	return under && !strncmp(path, under, strlen(under));
}

static int opened(const char *path, int flags, int fd)
{
	enum kind kind = OTHER;

	if (is_under(path))
		kind = !strstr(path, "data.mdb") ? UNDER : flags & O_DSYNC ? DATA_THROUGH : DATA;
	if (fd >= 0 && fd < DESCRIPTORS)
		kinds[fd] = (unsigned char)kind;
	return fd;
}

int open(const char *path, int flags, ...)
{
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
	va_end(args);
	if (is_under(path) && is_due(SHIM_OPEN)) {
		errno = armed.error;
		return -1;
	}
	return opened(path, flags, REAL(open)(path, flags, mode));
}

int close(int fd)
{
	if (fd >= 0 && fd < DESCRIPTORS)
		kinds[fd] = OTHER;
	return REAL(close)(fd);
}

int dup2(int from, int to)
{
	int fd = REAL(dup2)(from, to);

	if (fd >= 0 && fd < DESCRIPTORS)
		kinds[fd] = (unsigned char)kind_of(from);
	return fd;
}

/* -- writing -- */

/* What a faulty write may do: nothing, half, or all of it. False: nothing. */
static bool faulty_length(bool due, size_t *len)
{
	if (due && armed.how == SHIM_SHORT)
		*len /= 2;
	return !due || armed.how == SHIM_SHORT || armed.how == SHIM_DONE;
}

static ssize_t wrote(int fd, uint64_t at, const struct iovec *parts, int n, ssize_t done)
{
	if (done > 0 && kind_of(fd) >= DATA)
		record(kind_of(fd) == DATA_THROUGH ? SHIM_WROTE_THROUGH : SHIM_WROTE, at, parts, n,
		       (size_t)done);
	return done;
}

static ssize_t failed(void)
{
	errno = armed.error;
	return -1;
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t at)
{
	struct iovec part = { (void *)(uintptr_t)bytes, len };
	bool due = kind_of(fd) != OTHER && is_due(SHIM_WRITE);
	ssize_t done;

	if (!faulty_length(due, &len))
		return failed();
	done = wrote(fd, (uint64_t)at, &part, 1, REAL(pwrite)(fd, bytes, len, at));
	return due && armed.how == SHIM_DONE ? failed() : done;
}

ssize_t write(int fd, const void *bytes, size_t len)
{
	struct iovec part = { (void *)(uintptr_t)bytes, len };
	bool due = kind_of(fd) != OTHER && is_due(SHIM_WRITE);
	uint64_t at = kind_of(fd) >= DATA ? (uint64_t)lseek(fd, 0, SEEK_CUR) : 0;
	ssize_t done;

	if (!faulty_length(due, &len))
		return failed();
	done = wrote(fd, at, &part, 1, REAL(write)(fd, bytes, len));
	return due && armed.how == SHIM_DONE ? failed() : done;
}

/* Its half is that of the parts. */
ssize_t writev(int fd, const struct iovec *parts, int n)
{
	bool due = kind_of(fd) != OTHER && is_due(SHIM_WRITE);
	uint64_t at = kind_of(fd) >= DATA ? (uint64_t)lseek(fd, 0, SEEK_CUR) : 0;
	size_t taken = (size_t)n;
	ssize_t done;

	if (!faulty_length(due, &taken))
		return failed();
	n = taken ? (int)taken : 1;
	done = wrote(fd, at, parts, n, REAL(writev)(fd, parts, n));
	return due && armed.how == SHIM_DONE ? failed() : done;
}

static int synced(int fd, int (*sync)(int))
{
	bool due = kind_of(fd) != OTHER && is_due(SHIM_SYNC);
	struct stat st;
	int done;

	if (due && armed.how != SHIM_DONE)
		return (int)failed();
	if (kind_of(fd) != OTHER && getenv("SHIM_NO_SYNC"))
		return 0;
	done = sync(fd);
	if (!done && kind_of(fd) >= DATA)
		record(SHIM_SYNCED, 0, NULL, 0, 0);
	else if (!done && kind_of(fd) == UNDER && !fstat(fd, &st) && S_ISDIR(st.st_mode))
		record(SHIM_FOLDER_SYNCED, st.st_ino, NULL, 0, 0);
	return due ? (int)failed() : done;
}

int fsync(int fd)
{
	return synced(fd, REAL(fsync));
}

int fdatasync(int fd)
{
	return synced(fd, REAL(fdatasync));
}

int ftruncate(int fd, off_t len)
{
	int done;

	if (kind_of(fd) != OTHER && is_due(SHIM_LENGTH))
		return (int)failed();
	done = REAL(ftruncate)(fd, len);
	if (!done && kind_of(fd) >= DATA)
		record(SHIM_CUT, (uint64_t)len, NULL, 0, 0);
	return done;
}

static int renamed(const char *to, int done)
{
	struct stat st;

	if (!done && is_under(to) && !stat(to, &st))
		record(SHIM_RENAMED, st.st_ino, NULL, 0, 0);
	return done;
}

int rename(const char *from, const char *to)
{
	return renamed(to, REAL(rename)(from, to));
}

int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
	return renamed(to, REAL(renameat2)(from_dir, from, to_dir, to, flags));
}

/* -- reading -- */

ssize_t pread(int fd, void *bytes, size_t len, off_t at)
{
	if (!faulty_length(kind_of(fd) != OTHER && is_due(SHIM_READ), &len))
		return failed();
	return REAL(pread)(fd, bytes, len, at);
}

int statfs(const char *path, struct statfs *out)
{
	const char *type = getenv("SHIM_DISK");
	int done = REAL(statfs)(path, out);

	if (!done && type)
		out->f_type = (__typeof__(out->f_type))strtoul(type, NULL, 16);
	return done;
}

/* -- memory -- */

void *mmap(void *where, size_t len, int protection, int flags, int fd, off_t at)
{
	if (!is_due(SHIM_MAP))
		return REAL(mmap)(where, len, protection, flags, fd, at);
	errno = armed.error;
	return MAP_FAILED;
}

/* glibc's own, for dlsym() asks for memory itself. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t align, size_t size);

static bool is_out(void)
{
	bool out = is_due(SHIM_MEMORY);

	if (out)
		errno = ENOMEM;
	return out;
}

void *malloc(size_t size)
{
	return is_out() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	return is_out() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
	return is_out() ? NULL : __libc_realloc(old, size);
}

int posix_memalign(void **out, size_t align, size_t size)
{
	*out = is_out() ? NULL : __libc_memalign(align, size);
	return *out ? 0 : ENOMEM;
}

/* -- what is random -- */

/* Not good numbers, but always the same ones. */
static unsigned char next_byte(void)
{
	static uint64_t state = 20260301;

	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned char)(state >> 56);
}

ssize_t getrandom(void *bytes, size_t len, unsigned flags)
{
	if (!getenv("SHIM_SEED"))
		return REAL(getrandom)(bytes, len, flags);
	for (size_t i = 0; i < len; i++)
		((unsigned char *)bytes)[i] = next_byte();
	return (ssize_t)len;
}

/* The next name for XXXXXX at the end of the path. */
static void fill_in(char *path)
{
	for (char *at = path + strlen(path) - 6; *at; at++)
		*at = (char)('a' + next_byte() % 26);
}

char *mkdtemp(char *path)
{
	if (!getenv("SHIM_SEED"))
		return REAL(mkdtemp)(path);
	fill_in(path);
	return mkdir(path, 0700) ? NULL : path;
}

int mkostemp(char *path, int flags)
{
	if (!getenv("SHIM_SEED"))
		return REAL(mkostemp)(path, flags);
	fill_in(path);
	return open(path, O_RDWR | O_CREAT | O_EXCL | flags, 0600);
}

/* -- programs that do not know of us -- */

static void take_as(int fd, const char *name, int flags)
{
	const char *path = getenv(name);
	int from = path ? REAL(open)(path, flags, 0600) : -1;

	if (from < 0 || dup2(from, fd) < 0)
		abort();
	if (from != fd)
		REAL(close)(from);
}

static void become_copy(int in, int out, const struct shim_fault *fault)
{
	REAL(close)(in);
	REAL(close)(out);
	setpgid(0, 0);
	take_as(STDIN_FILENO, "SHIM_INPUT", O_RDONLY);
	take_as(STDOUT_FILENO, "SHIM_OUT", O_WRONLY | O_CREAT | O_TRUNC);
	take_as(STDERR_FILENO, "SHIM_ERROR", O_WRONLY | O_CREAT | O_TRUNC);
	shim_arm(fault);
}

/* Returns in each copy. What a copy leaves running is waited for too. */
static void serve(int in, int out)
{
	struct shim_fault fault;
	int copy, ended, status, of_copy = 0;

	prctl(PR_SET_CHILD_SUBREAPER, 1);
	while (read(in, &fault, sizeof(fault)) == sizeof(fault)) {
		copy = (int)fork();
		if (!copy) {
			become_copy(in, out, &fault);
			return;
		}
		put(out, &copy, sizeof(copy));
		while ((ended = (int)waitpid(-1, &status, 0)) > 0)
			if (ended == copy)
				of_copy = status;
		put(out, &of_copy, sizeof(of_copy));
	}
	_exit(0);
}

__attribute__((constructor)) static void arm_by_environment(void)
{
	const char *served = getenv("SHIM_SERVE"), *fault = getenv("SHIM_FAULT");
	struct shim_fault f;
	int call, how;

	if (served && sscanf(served, "%d %d", &call, &how) == 2)
		serve(call, how);
	if (!fault || sscanf(fault, "%d %d %ld %d", &call, &how, &f.nth, &f.error) != 4)
		return;
	f.call = (enum shim_call)call;
	f.how = (enum shim_how)how;
	shim_arm(&f);
}

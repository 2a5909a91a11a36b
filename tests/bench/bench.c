/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/bench.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/mem.h"

static char folder[4096];
static pid_t owner;

void bench_fail(const char *format, ...)
{
	va_list args;

	fputs("bench: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

void bench_must(enum status st)
{
	if (st != ST_OK)
		bench_fail("%s", status_text());
}

/* -- a folder on the disk -- */

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *walk)
{
	(void)st;
	(void)type;
	(void)walk;
	return remove(path);
}

void bench_remove(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void remove_folder(void)
{
	if (owner == getpid())
		bench_remove(folder);
}

/* A flush into memory costs nothing and would say nothing. */
static void refuse_memory(void)
{
	struct statfs fs;

	if (statfs(".", &fs))
		bench_fail("cannot look at the disk: %s", strerror(errno));
	if (fs.f_type == 0x01021994 || fs.f_type == 0x858458F6)
		bench_fail("this folder is in memory; set BENCH_DIR to one on a disk");
}

void bench_start(void)
{
	const char *dir = getenv("BENCH_DIR");

	if (dir && chdir(dir))
		bench_fail("cannot go to %s: %s", dir, strerror(errno));
	refuse_memory();
	if (!getcwd(folder, sizeof(folder) - 32))
		bench_fail("cannot tell the folder: %s", strerror(errno));
	strcat(folder, "/bench-XXXXXX");
	if (!mkdtemp(folder) || chdir(folder))
		bench_fail("cannot make %s: %s", folder, strerror(errno));
	owner = getpid();
	atexit(remove_folder);
	setvbuf(stdout, NULL, _IOLBF, 0);
	digest_start();
}

bool bench_quick(void)
{
	const char *quick = getenv("BENCH_QUICK");

	return quick && *quick;
}

int bench_times(int full, int quick)
{
	return bench_quick() ? quick : full;
}

/* -- other processes -- */

void *bench_shared(size_t size)
{
	void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED)
		bench_fail("no memory to share: %s", strerror(errno));
	return at;
}

static pid_t start(void (*work)(void *arg), void *arg)
{
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid < 0)
		bench_fail("cannot start a process: %s", strerror(errno));
	if (pid)
		return pid;
	work(arg);
	exit(0);
}

void bench_apart(void (*work)(void *arg), void *arg)
{
	pid_t pid = start(work, arg);
	int status;

	if (waitpid(pid, &status, 0) != pid || status)
		exit(1);
}

/* "RssAnon:     1234 kB" in bytes, when the line begins with the name. */
static void take_larger(const char *line, const char *name, double *bytes)
{
	size_t len = strlen(name);
	double now = strncmp(line, name, len) ? 0 : strtod(line + len, NULL) * 1024;

	if (now > *bytes)
		*bytes = now;
}

static void look_at_memory(pid_t pid, struct bench_memory *most)
{
	char path[64], line[128];
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%ld/status", (long)pid);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f)) {
		take_larger(line, "RssAnon:", &most->own);
		take_larger(line, "VmHWM:", &most->resident);
	}
	if (f)
		fclose(f);
}

void bench_apart_watched(void (*work)(void *arg), void *arg, struct bench_memory *out)
{
	pid_t pid = start(work, arg);
	int status = 0;

	*out = (struct bench_memory){ 0 };
	while (!waitpid(pid, &status, WNOHANG)) {
		look_at_memory(pid, out);
		usleep(5000);
	}
	if (status)
		exit(1);
}

/* -- time -- */

double bench_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double bench_percentile(double *v, size_t n, double p)
{
	if (!n)
		return 0;
	qsort(v, n, sizeof(*v), by_size);
	return v[(size_t)(p * (double)(n - 1) + 0.5)];
}

double bench_median(double *v, size_t n)
{
	return bench_percentile(v, n, 0.5);
}

/* -- the disk -- */

/* Documentation/block/stat.rst: field 7 is sectors of 512 bytes written, 16 is
 * flushes. Flushes are counted for the device, not for its partitions. */
bool disk_counters(struct disk *out)
{
	char path[128];
	struct stat st;
	unsigned long long v[16] = { 0 };
	FILE *f;
	int n = 0;

	if (stat(".", &st))
		return false;
	snprintf(path, sizeof(path), "/sys/dev/block/%u:%u/partition",
		 major(st.st_dev), minor(st.st_dev));
	snprintf(path, sizeof(path), "/sys/dev/block/%u:%u/%sstat", major(st.st_dev),
		 minor(st.st_dev), access(path, F_OK) ? "" : "../");
	f = fopen(path, "r");
	while (f && n < 16 && fscanf(f, "%llu", &v[n]) == 1)
		n++;
	if (f)
		fclose(f);
	*out = (struct disk){ .flushes = (double)v[15], .bytes = (double)v[6] * 512 };
	return n == 16;
}

double disk_flush_seconds(void)
{
	enum { PAGES = 256, TIMES = 50 };
	static char page[4096];
	static double took[TIMES];
	int fd = open("flush", O_RDWR | O_CREAT | O_TRUNC, 0600);

	for (int i = 0; i < PAGES && fd >= 0; i++)
		if (write(fd, page, sizeof(page)) != sizeof(page))
			bench_fail("cannot write: %s", strerror(errno));
	fsync(fd);
	for (int i = 0; i < TIMES; i++) {
		double begin = bench_seconds();

		if (pwrite(fd, page, sizeof(page), i % PAGES * 4096) != sizeof(page) ||
		    fdatasync(fd))
			bench_fail("cannot flush: %s", strerror(errno));
		took[i] = bench_seconds() - begin;
	}
	close(fd);
	unlink("flush");
	return bench_median(took, TIMES);
}

/* -- the table -- */

/* "4,180", "0.86": three or four digits, which is what can be told. */
static void number(double v, char out[32])
{
	char plain[32];
	size_t n, put = 0;

	if (v < 100) {
		snprintf(out, 32, "%.*f", v < 10 ? 2 : 1, v);
		return;
	}
	snprintf(plain, sizeof(plain), "%.0f", v);
	n = strlen(plain);
	for (size_t i = 0; i < n; i++) {
		if (i && (n - i) % 3 == 0)
			out[put++] = ',';
		out[put++] = plain[i];
	}
	out[put] = '\0';
}

static const char *verdict(const struct bench_row *r)
{
	switch (r->kind) {
	case RATIO_AT_LEAST: return r->ratio >= r->target ? "held" : "NOT HELD";
	case OURS_AT_MOST: return r->ours <= r->target ? "held" : "NOT HELD";
	case NO_TARGET: break;
	}
	return "";
}

void bench_row(const struct bench_row *r)
{
	char ours[32], theirs[64] = "", value[32], ratio[48] = "", target[48] = "";

	number(r->ours, ours);
	if (r->yardstick) {
		number(r->theirs, value);
		snprintf(theirs, sizeof(theirs), "%s %s", value, r->yardstick);
	}
	if (r->ratio > 0) {
		number(r->ratio, value);
		snprintf(ratio, sizeof(ratio), "%s x", value);
	}
	number(r->target, value);
	if (r->kind == RATIO_AT_LEAST)
		snprintf(target, sizeof(target), ">= %s x", value);
	else if (r->kind == OURS_AT_MOST)
		snprintf(target, sizeof(target), "<= %s %s", value, r->unit);
	printf("%-44s %9s %-3s %-26s %8s  %-11s %s\n", r->figure, ours, r->unit, theirs, ratio,
	       target, verdict(r));
}

void bench_note(const char *format, ...)
{
	va_list args;

	fputs("  (", stdout);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	puts(")");
}

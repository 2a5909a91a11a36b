/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_FAULTS_TILL_H
#define TESTS_FAULTS_TILL_H

/* A small shop whose sales are made up from their numbers, so that anybody who
 * looks at it after a fault knows what must be there. Everything here runs in
 * processes that may be killed: what goes wrong is told with die(). */

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/mem.h"
#include "shop/customer.h"
#include "shop/sale.h"
#include "shop/verbs.h"
#include "shop/verify.h"
#include "tests/faults/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

enum { TILL_CUSTOMERS = 8, TILL_WRITERS = 4, TILL_PROGRAM = 1 };

struct till {
	struct shop shop;
	struct actor by;
};

static inline _Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));
static inline _Noreturn void die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	flockfile(stdout);
	printf("# ");
	vprintf(format, args);
	printf("\n");
	funlockfile(stdout);
	fflush(stdout);
	va_end(args);
	_exit(99);
}

#define NEED(call)							\
	do {								\
		if ((call) != ST_OK)					\
			die("%s: %s", #call, status_text());		\
	} while (0)

static inline uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

/* -- folders -- */

static inline void scratch_make(char dir[64])
{
	snprintf(dir, 64, "%s/regulars-faults-XXXXXX",
		 access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
	if (!mkdtemp(dir))
		die("cannot make %s: %s", dir, strerror(errno));
}

static inline int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static inline void scratch_remove(const char *dir)
{
	nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* The bytes of a shop's data.mdb; the caller frees them. */
static inline uint8_t *data_read(const char *dir, size_t *len)
{
	char path[256];
	struct stat st;
	uint8_t *bytes;
	int fd;

	snprintf(path, sizeof(path), "%s/data.mdb", dir);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st))
		die("cannot read %s: %s", path, strerror(errno));
	*len = (size_t)st.st_size;
	bytes = mem_alloc(*len);
	if (pread(fd, bytes, *len, 0) != st.st_size)
		die("cannot read %s", path);
	close(fd);
	return bytes;
}

/* Makes 'dir' a shop that consists of these bytes. */
static inline void data_write(const char *dir, const uint8_t *bytes, size_t len)
{
	char path[256];
	int fd;

	mkdir(dir, 0700);
	snprintf(path, sizeof(path), "%s/lock.mdb", dir);
	unlink(path);
	snprintf(path, sizeof(path), "%s/data.mdb", dir);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, bytes, len) != (ssize_t)len)
		die("cannot write %s: %s", path, strerror(errno));
	close(fd);
}

/* -- children -- */

typedef int child_work(void *arg);

static inline pid_t child_start(child_work *work, void *arg)
{
	static const int crashes[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL };
	const struct rlimit none = { 0, 0 };
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child < 0)
		die("cannot start another process: %s", strerror(errno));
	if (child)
		return child;
	for (size_t i = 0; i < sizeof(crashes) / sizeof(crashes[0]); i++)
		signal(crashes[i], SIG_DFL);	/* cmocka would go on with the test here */
	setrlimit(RLIMIT_CORE, &none);
	_exit(work(arg));
}

/* The exit status, or 128 and the signal. */
static inline int child_result(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			die("a child is gone: %s", strerror(errno));
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static inline int child_run(child_work *work, void *arg)
{
	return child_result(child_start(work, arg));
}

/* For a control, whose complaints are not news. */
static inline void hush(void)
{
	if (!freopen("/dev/null", "w", stdout))
		_exit(1);
}

/* -- the shop -- */

static inline void till_start(struct till *t)
{
	digest_start();
	json_set_alloc_funcs(mem_alloc, free);	/* as main() does */
	memset(t, 0, sizeof(*t));
	strcpy(t->by.who, "asha");
	strcpy(t->by.terminal, "till 1");
	NEED(clock_set_zone("Asia/Kolkata"));
	NEED(instant_parse("2026-03-01T09:14:00", &t->by.now));
}

static inline void till_open(struct till *t, const char *dir)
{
	till_start(t);
	NEED(shop_open(dir, &t->shop));
}

static inline void till_close(struct till *t)
{
	shop_close(&t->shop);
}

static inline void add_customers(struct till *t)
{
	for (int i = 1; i <= TILL_CUSTOMERS; i++) {
		struct customer *c = mem_alloc(sizeof(*c));

		snprintf(c->name, sizeof(c->name), "Customer %c%c", 'A' + i, 'z' - i);
		NEED(customer_add(&t->shop, &t->by, c, true));
		free(c);
	}
}

/* In a process of its own, so that the caller may fork. */
static inline int make_shop(void *arg)
{
	struct settings settings = { .name = "Patel Tea House", .country = "IN", .decimals = -1 };
	struct program points = { .kind = PROGRAM_POINTS, .name = "Points", .from = 1, .earn = 1,
				  .spend = 100, .point_value = 10 };
	struct program card = { .kind = PROGRAM_STAMPS, .name = "Tea card", .from = 1, .goal = 5 };
	struct reward tea = { .name = "Free tea" };
	struct till t;

	till_start(&t);
	NEED(shop_create(arg, &settings, false, &t.by));
	till_open(&t, arg);
	NEED(program_add(&t.shop, &t.by, &points));
	NEED(program_add_with_reward(&t.shop, &t.by, &card, &tea));
	add_customers(&t);
	till_close(&t);
	return points.id == TILL_PROGRAM ? 0 : 1;
}

static inline void till_make(const char *dir)
{
	if (child_run(make_shop, (void *)(uintptr_t)dir))
		die("the shop could not be made");
}

/* The n-th sale of a writer. */
struct made_up {
	int64_t customer, amount;
	char receipt[32];
};

static inline struct made_up made_up_sale(unsigned writer, long n)
{
	uint64_t seed = (uint64_t)(n + 1) * 0x9E3779B97F4A7C15u + writer;
	struct made_up m;

	m.customer = 1 + (int64_t)(next_random(&seed) % TILL_CUSTOMERS);
	m.amount = 1 + (int64_t)(next_random(&seed) % 9000);
	snprintf(m.receipt, sizeof(m.receipt), "%u-%ld", writer, n);
	return m;
}

static inline enum status till_sell(struct till *t, unsigned writer, long n, bool *repeated)
{
	struct made_up m = made_up_sale(writer, n);
	struct sale s = { .customer = m.customer, .amount = m.amount, .source = "",
			  .receipt = m.receipt };
	struct actor by = t->by;
	struct trade_run run = { 0 };
	enum status st;

	by.now += n * CLOCK_MINUTE;
	by.has_op = true;
	op_from_text(m.receipt, by.op);
	st = sale_add(&t->shop, &by, &s, &run);
	*repeated = run.repeated;
	return st;
}

/* -- what must be there -- */

struct expected {
	long acked[TILL_WRITERS];	/* the writer's first so many sales, at least */
	bool running[TILL_WRITERS];	/* else at most one more */
};

struct found {
	uint8_t *times[TILL_WRITERS];	/* by number: how often */
	size_t room[TILL_WRITERS];
	long sales[TILL_WRITERS], refunds;
	int64_t points[TILL_CUSTOMERS + 1];
};

static inline void count_sale(struct found *f, const struct entry *e)
{
	struct made_up m;
	unsigned writer;
	long n;

	if (sscanf(e->receipt, "%u-%ld", &writer, &n) != 2 || writer >= TILL_WRITERS || n < 0)
		die("a sale that nobody made: %s", e->receipt);
	m = made_up_sale(writer, n);
	if (e->customer != m.customer || e->total != m.amount || strcmp(e->receipt, m.receipt))
		die("sale %s is not as it was made", e->receipt);
	while ((size_t)n >= f->room[writer]) {
		size_t more = f->room[writer] ? f->room[writer] : 1024;

		f->times[writer] = mem_resize(f->times[writer], f->room[writer] + more);
		memset(f->times[writer] + f->room[writer], 0, more);
		f->room[writer] += more;
	}
	f->times[writer][n]++;
	f->sales[writer]++;
	f->points[m.customer] += m.amount / 100;
}

/* Only whole sales are given back. */
static inline void count_refund(struct found *f, const struct entry *e)
{
	f->refunds++;
	f->points[e->customer] += e->total / 100;
}

static inline void check_balances(struct txn *txn, const struct found *f)
{
	int64_t unit = unit_make(UNIT_PROGRAM, TILL_PROGRAM);

	for (int64_t id = 1; id <= TILL_CUSTOMERS; id++) {
		struct holder h;
		struct position *p;

		holder_load(txn, id, &h);
		p = holder_position(&h, unit);
		if ((p ? p->balance : 0) != f->points[id])
			die("customer %" PRId64 " has %" PRId64 " points, and should have %" PRId64,
			    id, p ? p->balance : 0, f->points[id]);
		holder_release(&h);
	}
}

/* The journal's sales, and whether the balances are what they add up to. */
static inline enum status scan_journal(struct txn *txn, void *arg)
{
	struct entry *e = mem_alloc(sizeof(*e));
	struct range r;

	range_start(&r, txn, TABLE_JOURNAL, NULL);
	while (range_next(&r)) {
		NEED(entry_decode(r.key, r.value, e));
		if (e->kind == ENTRY_SALE)
			count_sale(arg, e);
		else if (e->kind == ENTRY_REFUND)
			count_refund(arg, e);
	}
	range_end(&r);
	free(e);
	check_balances(txn, arg);
	return txn_status(txn);
}

static inline void tell_fault(void *arg, const char *sentence)
{
	(void)arg;
	printf("# fault: %s\n", sentence);
}

static inline void check_verify(struct till *t)
{
	struct verify_watch watch = { .fault = tell_fault };
	struct verify_result result;

	NEED(shop_verify(&t->shop, &(struct verify_ask){ .watch = &watch }, &result));
	if (result.faults)
		die("verify found %" PRIu64 " faults", result.faults);
}

/* Every acknowledged sale is there, none twice, verify is clean. Gives in
 * 'sales' how many each writer has. */
static inline void till_check(struct till *t, const struct expected *want,
			      long sales[TILL_WRITERS])
{
	struct found f = { 0 };

	check_verify(t);
	NEED(store_read(t->shop.store, scan_journal, &f));
	for (unsigned w = 0; w < TILL_WRITERS; w++) {
		for (long n = 0; n < want->acked[w]; n++)
			if ((size_t)n >= f.room[w] || !f.times[w][n])
				die("sale %u-%ld was acknowledged and is lost", w, n);
		for (size_t n = 0; n < f.room[w]; n++)
			if (f.times[w][n] > 1)
				die("sale %u-%zu is there %d times", w, n, f.times[w][n]);
		if (!want->running[w] && f.sales[w] > want->acked[w] + 1)
			die("writer %u was told of %ld sales; there are %ld", w, want->acked[w],
			    f.sales[w]);
		if (sales)
			sales[w] = f.sales[w];
		free(f.times[w]);
	}
}

#endif

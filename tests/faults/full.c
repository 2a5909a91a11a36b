/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/till.h"

#include <sched.h>
#include <sys/mount.h>

/* A disk that is really full: a small tmpfs that only this test's child sees.
 * Root mounts it; others do where a user may have a namespace. */

enum { WRITER = 0, DISK_KIB = 2048, TOO_MANY = 100000 };

static void write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		die("cannot write %s", path);
	close(fd);
}

static bool enter_namespace(void)
{
	char map[64];
	uid_t uid = getuid();
	gid_t gid = getgid();

	if (!unshare(CLONE_NEWNS))
		return true;
	if (unshare(CLONE_NEWUSER | CLONE_NEWNS))
		return false;
	snprintf(map, sizeof(map), "0 %u 1", uid);
	write_text("/proc/self/uid_map", map);
	write_text("/proc/self/setgroups", "deny");
	snprintf(map, sizeof(map), "0 %u 1", gid);
	write_text("/proc/self/gid_map", map);
	return true;
}

static bool small_disk(const char *dir)
{
	char size[32];

	snprintf(size, sizeof(size), "size=%dk", DISK_KIB);
	return enter_namespace() && !mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) &&
	       !mount("regulars", dir, "tmpfs", 0, size);
}

/* All that is free, but for 'left' bytes. */
static void put_ballast(const char *base, off_t left)
{
	char path[128];
	off_t len = 0;
	int fd;

	snprintf(path, sizeof(path), "%s/ballast", base);
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	while (fd >= 0 && !posix_fallocate(fd, len, 4096))
		len += 4096;
	if (fd < 0 || len < left || ftruncate(fd, len - left))
		die("the disk could not be filled");
	close(fd);
}

static void take_ballast(const char *base)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/ballast", base);
	unlink(path);
}

/* -- the child -- */

struct disk {
	const char *base;
	char dir[80];
	struct till till;
	struct expected want;
	long refused;
};

static void check(struct disk *d, bool refused_before)
{
	long sales[TILL_WRITERS];

	till_check(&d->till, &d->want, sales);
	if (refused_before && sales[WRITER] != d->want.acked[WRITER])
		die("a refused sale is there");
}

/* Until one is refused for want of room. */
static void sell_until_full(struct disk *d)
{
	enum status st;
	bool repeated;

	do {
		st = till_sell(&d->till, WRITER, d->want.acked[WRITER], &repeated);
		d->want.acked[WRITER] += st == ST_OK;
	} while (st == ST_OK && d->want.acked[WRITER] < TOO_MANY);
	if (st != ST_FULL || !strstr(status_text(), "is full"))
		die("no room is %s: %s", status_name(st), status_text());
	d->refused++;
}

static enum status add_people(struct trade *t, void *arg)
{
	struct customer *c = arg;
	enum status st = ST_OK;

	for (int i = 0; i < 500 && st == ST_OK; i++) {
		c->id = c->added = 0;
		snprintf(c->name, sizeof(c->name), "Person %d", i);
		st = customer_insert(t, c);
	}
	return st;
}

/* Many pages at once, of which the disk takes some: a write that is cut short. */
static void add_people_until_full(struct disk *d)
{
	struct customer *c = mem_alloc(sizeof(*c));
	struct trade_run run = { .work = add_people, .arg = c };
	enum status st = trade_run(&d->till.shop, &d->till.by, &run);

	if (st != ST_FULL || !strstr(status_text(), "is full"))
		die("no room is %s: %s", status_name(st), status_text());
	free(c);
	d->refused++;
}

static int fills(void *arg)
{
	struct disk d = { .base = arg };
	bool repeated;

	if (!small_disk(d.base))
		die("no small disk");
	snprintf(d.dir, sizeof(d.dir), "%s/shop", d.base);
	till_make(d.dir);
	till_open(&d.till, d.dir);
	for (int round = 0; round < 10; round++) {
		put_ballast(d.base, round * 20 * 1024);
		sell_until_full(&d);
		check(&d, true);
		sell_until_full(&d);	/* still */
		take_ballast(d.base);
		put_ballast(d.base, 40 * 1024);
		add_people_until_full(&d);
		take_ballast(d.base);
		for (int i = 0; i < 20; i++)	/* and on, in the same open store */
			NEED(till_sell(&d.till, WRITER, d.want.acked[WRITER]++, &repeated));
		check(&d, false);
	}
	till_close(&d.till);
	till_open(&d.till, d.dir);
	check(&d, false);
	report("full", "times that a small disk was full while selling", d.refused, 0, NO_SEED);
	report("full", "sales made there and looked for afterwards", d.want.acked[WRITER], 0,
	       NO_SEED);
	fflush(stdout);
	return 0;
}

static int makes(void *arg)
{
	struct settings settings = { .name = "Patel Tea House", .country = "IN", .decimals = -1 };
	char dir[80], path[128];
	struct till t;
	enum status st;

	if (!small_disk(arg))
		die("no small disk");
	snprintf(dir, sizeof(dir), "%s/shop", (char *)arg);
	till_start(&t);
	for (off_t left = 0; left < 512 * 1024; left += 16 * 1024) {
		put_ballast(arg, left);
		st = shop_create(dir, &settings, false, &t.by);
		if (st == ST_OK)
			break;
		if (st != ST_FULL && st != ST_SYSTEM)
			die("no room is %s: %s", status_name(st), status_text());
		take_ballast(arg);
		snprintf(path, sizeof(path), "%s", (char *)arg);
		if (access(dir, F_OK) == 0)
			die("a shop was half made");
	}
	if (st != ST_OK)
		die("no shop was made with half a MiB: %s", status_text());
	till_open(&t, dir);
	check_verify(&t);
	till_close(&t);
	return 0;
}

/* A disk that can only be read: a stick with its switch on, a file system that
 * the kernel gave up writing to. */
static int opens_read_only(void *arg)
{
	char dir[80];
	struct till t;
	enum status st;

	if (!small_disk(arg))
		die("no small disk");
	snprintf(dir, sizeof(dir), "%s/shop", (char *)arg);
	till_make(dir);
	if (mount("regulars", arg, "tmpfs", MS_REMOUNT | MS_RDONLY, NULL))
		die("the disk cannot be made read-only");
	till_start(&t);
	st = shop_open(dir, &t.shop);
	if (st != ST_SYSTEM || !strstr(status_text(), "Read-only"))
		die("read-only is %s: %s", status_name(st), status_text());
	return 0;
}

/* -- the tests -- */

static int probes(void *arg)
{
	hush();
	return !small_disk(arg);
}

static void run_on_small_disk(child_work *work)
{
	char base[64];

	scratch_make(base);
	assert_int_equal(child_run(work, base), 0);
	scratch_remove(base);
}

static void a_full_disk_is_said_and_work_goes_on_when_there_is_room(void **state)
{
	(void)state;
	run_on_small_disk(fills);
}

static void a_shop_is_not_half_made_on_a_full_disk(void **state)
{
	(void)state;
	run_on_small_disk(makes);
}

static void a_disk_that_can_only_be_read_is_said(void **state)
{
	(void)state;
	run_on_small_disk(opens_read_only);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_full_disk_is_said_and_work_goes_on_when_there_is_room),
		cmocka_unit_test(a_shop_is_not_half_made_on_a_full_disk),
		cmocka_unit_test(a_disk_that_can_only_be_read_is_said),
	};
	char base[64];
	int cannot;

	scratch_make(base);
	cannot = child_run(probes, base);
	scratch_remove(base);
	if (cannot) {
		puts("1..0 # SKIP no small disk can be mounted here");
		return 0;
	}
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

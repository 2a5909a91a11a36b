/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/behind.h"

#include "exchange/import.h"

/* The power goes: what a till writes and flushes is recorded, and a disk is
 * made of it for each moment at which it could have gone. Between two flushes
 * a disk may have taken any of the pages, and any of their sectors, in any
 * order. On each disk the shop opens, verify is clean, every acknowledged sale
 * is there, and the next one can be made. */

enum { WRITER = 0, SALES = 60, FILES = 6, RECEIPTS = 100, PAGE = 4096, SECTOR = 512, SEEN = 1 << 20,
       DISK_ROOM = 64 << 20,
       SEED = 20260301 };

/* What was written and may not have reached the disk: within one page. */
struct piece {
	uint64_t at;
	uint32_t len;
	const uint8_t *bytes;
};

/* What a till does step by step, and what must be so after 'acked' of them. */
struct scene {
	const char *word;
	long steps;
	void (*step)(struct till *t, const char *dir, long n);
	void (*check)(struct till *t, const char *dir, long acked);
};

struct disk {
	const struct scene *scene;
	char base[64], dir[80], log_path[80];
	uint8_t *image, *state;		/* what is flushed; one that could have been */
	size_t len;
	struct piece *pending;
	size_t pending_count, pending_cap;
	long acked;
	uint64_t *seen;
	uint64_t seed;
	int random_states;		/* at each flush, of pages and of sectors */
	bool no_flush, no_meta_flush;	/* the controls: a disk or store that does not flush */
	long states, losses;
};

/* -- sales, one after the other -- */

static void sell(struct till *t, const char *dir, long n)
{
	bool repeated;

	(void)dir;
	NEED(till_sell(t, WRITER, n, &repeated));
}

static void check_sales(struct till *t, const char *dir, long acked)
{
	struct expected want = { .acked = { [WRITER] = acked } };
	long sales[TILL_WRITERS];

	till_check(t, &want, sales);
	sell(t, dir, sales[WRITER]);
	want.acked[WRITER] = sales[WRITER] + 1;
	till_check(t, &want, sales);
}

/* -- imports, each of many pages -- */

static void import(struct till *t, const char *dir, long n)
{
	struct import_options how = { .map_count = 0 };
	struct import_result *result = mem_alloc(sizeof(*result));
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/../%ld.csv", dir, n);
	f = fopen(path, "w");
	if (!f)
		die("cannot write %s", path);
	fprintf(f, "date,receipt,customer,name,amount\n");
	for (int i = 0; i < RECEIPTS; i++)
		fprintf(f, "2026-02-%02d,%ld-%d,C%d,Person %d,%d.00\n", 1 + i % 28, n, i, i % 20,
			i % 20, 1 + i);
	fclose(f);
	NEED(import_file(&t->shop, &t->by, path, &how, result));
	if (result->accepted + result->duplicates != RECEIPTS)
		die("rows were rejected: %s", result->reasons[0].text);
	free(result);
}

static enum status count_imported(struct txn *txn, void *arg)
{
	struct entry_head head;
	struct range r;

	range_start(&r, txn, TABLE_JOURNAL, NULL);
	while (range_next(&r))
		*(long *)arg += entry_head(r.key, r.value, &head) && head.kind == ENTRY_SALE;
	range_end(&r);
	return txn_status(txn);
}

static long imported(struct till *t)
{
	long sales = 0;

	NEED(store_read(t->shop.store, count_imported, &sales));
	return sales;
}

/* Whole batches, and the rest of them when they are imported again. */
static void check_imports(struct till *t, const char *dir, long acked)
{
	long sales = imported(t);

	check_verify(t);
	if (sales % RECEIPTS || sales < acked * RECEIPTS || sales > (acked + 1) * RECEIPTS)
		die("%ld imports were acknowledged, and %ld sales are there", acked, sales);
	for (long n = 0; n < FILES; n++)
		import(t, dir, n);
	if (imported(t) != FILES * RECEIPTS)
		die("again, it left %ld sales", imported(t));
	check_verify(t);
}

static const struct scene scenes[] = {
	{ "sell", SALES, sell, check_sales },
	{ "import", FILES, import, check_imports },
};

/* -- recording: WORD DIR TO FROM -- */

static int plays(char **argv)
{
	const struct scene *scene = scenes;
	struct till t;

	while (strcmp(scene->word, argv[1]) != 0)
		scene++;
	till_open(&t, argv[2]);
	for (long n = 0; n < scene->steps; n++) {
		scene->step(&t, argv[2], n);
		SHIM(shim_mark)((uint64_t)n + 1);
	}
	till_close(&t);
	return 0;
}

static void record(struct disk *d)
{
	struct behind b = { .under = d->dir, .extra = "SHIM_LOG", .value = d->log_path };
	struct words w = { .n = 0 };
	uint8_t *shop;

	till_make(d->dir);
	shop = data_read(d->dir, &d->len);
	memcpy(d->image, shop, d->len);
	free(shop);
	unlink(d->log_path);
	add_word(&w, d->scene->word);
	add_word(&w, d->dir);
	behind_start(&b, &w);
	if (behind_end(&b))
		die("recording ended: %s", b.stderr_text);
}

/* -- looking at one state -- */

struct state {
	struct disk *disk;
	size_t len;
	bool quiet;
};

static int looks(void *arg)
{
	const struct state *s = arg;
	struct till t;

	if (s->quiet)
		hush();
	data_write(s->disk->dir, s->disk->state, s->len);
	till_open(&t, s->disk->dir);
	s->disk->scene->check(&t, s->disk->dir, s->disk->acked);
	till_close(&t);
	return 0;
}

static bool is_new(struct disk *d, size_t len)
{
	uint64_t hash = (digest_content(d->state, len) ^ (uint64_t)d->acked) | 1;
	size_t i = hash % SEEN;

	while (d->seen[i] && d->seen[i] != hash)
		i = (i + 1) % SEEN;
	if (d->seen[i])
		return false;
	d->seen[i] = hash;
	return true;
}

static void try_state(struct disk *d, size_t len)
{
	struct state s = { d, len, d->no_flush || d->no_meta_flush };
	int result;

	if (!is_new(d, len))
		return;
	d->states++;
	assert_in_range(d->states, 1, SEEN / 2);
	result = child_run(looks, &s);
	if (result && !s.quiet)
		printf("# state %ld, %ld acknowledged: ended with %d\n", d->states, d->acked,
		       result);
	d->losses += result != 0;
}

/* -- the states of one moment -- */

static void apply(uint8_t *image, size_t *len, const struct piece *p)
{
	assert_true(p->at + p->len <= DISK_ROOM);
	if (p->at > *len)
		memset(image + *len, 0, p->at - *len);
	memcpy(image + p->at, p->bytes, p->len);
	if (p->at + p->len > *len)
		*len = p->at + p->len;
}

static size_t begin_state(struct disk *d)
{
	memcpy(d->state, d->image, d->len);
	return d->len;
}

static void try_prefixes(struct disk *d)
{
	size_t len = begin_state(d);

	try_state(d, len);
	for (size_t i = 0; i < d->pending_count; i++) {
		apply(d->state, &len, &d->pending[i]);
		try_state(d, len);
	}
}

static void try_without_one(struct disk *d)
{
	for (size_t left_out = 0; left_out < d->pending_count; left_out++) {
		size_t len = begin_state(d);

		for (size_t i = 0; i < d->pending_count; i++)
			if (i != left_out)
				apply(d->state, &len, &d->pending[i]);
		try_state(d, len);
	}
}

static void apply_some_sectors(struct disk *d, size_t *len, const struct piece *p)
{
	for (uint32_t done = 0; done < p->len;) {
		uint32_t sector = SECTOR - (uint32_t)((p->at + done) % SECTOR);
		struct piece part = { p->at + done, sector, p->bytes + done };

		if (sector > p->len - done)
			part.len = p->len - done;
		if (next_random(&d->seed) & 1)
			apply(d->state, len, &part);
		done += part.len;
	}
}

/* The file may have its new length before it has the bytes. */
static void try_at_random(struct disk *d, bool sectors)
{
	size_t len = begin_state(d), longest = len;

	for (size_t i = 0; i < d->pending_count; i++)
		if (d->pending[i].at + d->pending[i].len > longest)
			longest = d->pending[i].at + d->pending[i].len;
	for (size_t i = 0; i < d->pending_count; i++) {
		if (sectors)
			apply_some_sectors(d, &len, &d->pending[i]);
		else if (next_random(&d->seed) & 1)
			apply(d->state, &len, &d->pending[i]);
	}
	if (next_random(&d->seed) & 1) {
		memset(d->state + len, 0, longest - len);
		len = longest;
	}
	try_state(d, len);
}

static void try_moment(struct disk *d)
{
	try_prefixes(d);
	try_without_one(d);
	for (int i = 0; i < d->random_states && d->pending_count; i++) {
		try_at_random(d, false);
		try_at_random(d, true);
	}
}

/* -- following the record -- */

static void add_pending(struct disk *d, uint64_t at, const uint8_t *bytes, uint32_t len)
{
	for (uint32_t done = 0; done < len;) {
		uint32_t rest = PAGE - (uint32_t)((at + done) % PAGE);

		if (rest > len - done)
			rest = len - done;
		d->pending = mem_grow(d->pending, d->pending_count, &d->pending_cap,
				      sizeof(*d->pending));
		d->pending[d->pending_count++] = (struct piece){ at + done, rest, bytes + done };
		done += rest;
	}
}

static void flush(struct disk *d)
{
	try_moment(d);
	for (size_t i = 0; i < d->pending_count; i++)
		apply(d->image, &d->len, &d->pending[i]);
	d->pending_count = 0;
}

/* LMDB has flushed all else before it writes through, so that what is written
 * through may be taken for a write and a flush. */
static void follow(struct disk *d, const struct shim_record *r, const uint8_t *bytes)
{
	switch ((enum shim_event)r->event) {
	case SHIM_WROTE:
	case SHIM_WROTE_THROUGH:
		assert_true(r->event == SHIM_WROTE || !d->pending_count || d->no_flush);
		add_pending(d, r->at, bytes, r->len);
		if (r->event == SHIM_WROTE_THROUGH && !d->no_flush && !d->no_meta_flush)
			flush(d);
		break;
	case SHIM_SYNCED:
		if (!d->no_flush)
			flush(d);
		break;
	case SHIM_CUT:
		die("data.mdb was cut or extended, which this test does not know");
	case SHIM_MARK:
		d->acked = (long)r->at;
		try_moment(d);
		break;
	case SHIM_FOLDER_SYNCED:
	case SHIM_RENAMED:
		break;
	}
}

static uint8_t *read_log(const struct disk *d, size_t *len)
{
	struct stat st;
	uint8_t *log;
	int fd = open(d->log_path, O_RDONLY | O_CLOEXEC);

	assert_true(fd >= 0 && !fstat(fd, &st) && st.st_size > 0);
	*len = (size_t)st.st_size;
	log = mem_alloc(*len);
	assert_int_equal(pread(fd, log, *len, 0), st.st_size);
	close(fd);
	return log;
}

/* The record of one shop, until there were enough states or a loss. */
static void replay(struct disk *d, long enough)
{
	struct shim_record r;
	size_t len;
	uint8_t *log;

	record(d);
	log = read_log(d, &len);
	d->acked = 0;
	for (size_t at = 0; at < len && d->states < enough && !d->losses; at += r.len) {
		memcpy(&r, log + at, sizeof(r));
		at += sizeof(r);
		follow(d, &r, log + at);
	}
	d->pending_count = 0;
	free(log);
	scratch_remove(d->dir);
}

static int setup(void **state)
{
	struct disk *d = mem_alloc(sizeof(*d));

	scratch_make(d->base);
	snprintf(d->dir, sizeof(d->dir), "%s/shop", d->base);
	snprintf(d->log_path, sizeof(d->log_path), "%s/log", d->base);
	d->image = mem_alloc(DISK_ROOM);
	d->state = mem_alloc(DISK_ROOM);
	d->seen = mem_alloc(SEEN * sizeof(*d->seen));
	d->seed = SEED;
	d->scene = &scenes[0];
	d->random_states = (int)short_or_long(4, 20);
	*state = d;
	return 0;
}

static int teardown(void **state)
{
	struct disk *d = *state;

	scratch_remove(d->base);
	free(d->image);
	free(d->state);
	free(d->seen);
	free(d->pending);
	free(d);
	return 0;
}

static void an_acknowledged_sale_outlives_a_power_cut(void **state)
{
	struct disk *d = *state;
	long enough = short_or_long(1000, 50000);

	while (d->states < enough && !d->losses)
		replay(d, enough);
	report("power", "disks after sales", d->states, d->losses, SEED);
	assert_int_equal(d->losses, 0);
	assert_true(d->states >= enough);
}

/* An import's one commit has many pages, so it has many states. */
static void an_acknowledged_import_outlives_a_power_cut(void **state)
{
	struct disk *d = *state;
	long enough = short_or_long(500, 50000);

	d->scene = &scenes[1];
	while (d->states < enough && !d->losses)
		replay(d, enough);
	report("power", "disks after imports", d->states, d->losses, SEED);
	assert_int_equal(d->losses, 0);
	assert_true(d->states >= enough);
}

static void a_disk_that_does_not_flush_is_seen(void **state)
{
	struct disk *d = *state;

	d->no_flush = true;
	replay(d, 1000);
	report("control", "a disk that does not flush", d->states, d->losses, SEED);
	assert_true(d->losses > 0);
}

static void a_commit_that_is_not_flushed_is_seen(void **state)
{
	struct disk *d = *state;

	d->no_meta_flush = true;
	replay(d, 1000);
	report("control", "a commit that is not flushed", d->states, d->losses, SEED);
	assert_true(d->losses > 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		CASE(an_acknowledged_sale_outlives_a_power_cut),
		CASE(an_acknowledged_import_outlives_a_power_cut),
		CASE(a_disk_that_does_not_flush_is_seen),
		CASE(a_commit_that_is_not_flushed_is_seen),
	};

	if (argc == 5)
		return plays(argv);
	if (is_sanitized())
		return 0;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/behind.h"

#include "shop/restore.h"

/* A backup, and a restore over a shop: all of a file is on the disk before it
 * gets its name, and the name before anybody is told. So a power cut leaves the
 * old file or the new one, at any instant. */

enum { SALES = 30 };

struct order {
	ino_t named_one, folder;	/* the file that got its name, and in which folder */
	bool unsynced, named, named_synced, early;
	long events;
};

struct replacing {
	char base[64], shop[80], file[80], log[80];
};

/* -- behind the shim: backup|restore SHOP FILE TO FROM -- */

static bool yes(void *arg, const struct restore_found *found)
{
	(void)arg;
	(void)found;
	return true;
}

static int replaces(char **argv)
{
	struct backup_made *made = mem_alloc(sizeof(*made));
	struct restore_found *found = mem_alloc(sizeof(*found));
	struct till t;
	struct backup_ask backup = { .to = argv[3] };
	struct restore_ask ask = { .dir = argv[2], .file = argv[3], .by = &t.by, .agree = yes };

	till_start(&t);
	backup.now = t.by.now;
	if (!strcmp(argv[1], "backup")) {
		NEED(shop_open(argv[2], &t.shop));
		NEED(backup_make(&t.shop, &backup, made));
		till_close(&t);
	} else {
		NEED(restore(&ask, NULL, found));
	}
	SHIM(shim_mark)(1);
	free(made);
	free(found);
	return 0;
}

/* -- following the record -- */

static void follow(struct order *o, const struct shim_record *r)
{
	o->events++;
	switch ((enum shim_event)r->event) {
	case SHIM_WROTE:
		o->unsynced = true;
		break;
	case SHIM_SYNCED:
		o->unsynced = false;
		break;
	case SHIM_RENAMED:
		if (r->at != o->named_one)
			break;
		o->early |= o->unsynced;
		o->named = true;
		break;
	case SHIM_FOLDER_SYNCED:
		o->named_synced |= o->named && r->at == o->folder;
		break;
	case SHIM_MARK:
		o->early |= !o->named_synced;
		break;
	case SHIM_WROTE_THROUGH:
	case SHIM_CUT:
		break;
	}
}

static ino_t inode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_ino;
}

static struct order record(struct replacing *r, const char *what, const char *variable)
{
	struct behind b = { .under = r->base, .extra = variable, .value = r->log };
	const char *named = strcmp(what, "backup") ? r->shop : r->file;
	struct words w = { .n = 0 };
	struct shim_record head;
	struct order o = { 0 };
	char path[128];
	FILE *log;

	setenv("SHIM_LOG", r->log, 1);
	add_word(&w, what);
	add_word(&w, r->shop);
	add_word(&w, r->file);
	behind_start(&b, &w);
	if (behind_end(&b))
		die("%s ended: %s", what, b.stderr_text);
	unsetenv("SHIM_LOG");
	snprintf(path, sizeof(path), "%s%s", named, named == r->shop ? "/data.mdb" : "");
	o.named_one = inode_of(path);
	o.folder = inode_of(named == r->shop ? r->shop : r->base);
	log = fopen(r->log, "rb");
	assert_non_null(log);
	while (fread(&head, sizeof(head), 1, log) == 1) {
		assert_int_equal(fseek(log, head.len, SEEK_CUR), 0);
		follow(&o, &head);
	}
	fclose(log);
	unlink(r->log);
	return o;
}

static int sells(void *arg)
{
	struct till t;
	bool repeated;

	till_open(&t, arg);
	for (long n = 0; n < SALES; n++)
		NEED(till_sell(&t, 0, n, &repeated));
	till_close(&t);
	return 0;
}

static int setup(void **state)
{
	struct replacing *r = mem_alloc(sizeof(*r));

	scratch_make(r->base);
	snprintf(r->shop, sizeof(r->shop), "%s/shop", r->base);
	snprintf(r->file, sizeof(r->file), "%s/copy.mdb", r->base);
	snprintf(r->log, sizeof(r->log), "%s.log", r->base);
	till_make(r->shop);
	assert_int_equal(child_run(sells, r->shop), 0);
	*state = r;
	return 0;
}

static int teardown(void **state)
{
	struct replacing *r = *state;

	scratch_remove(r->base);
	free(r);
	return 0;
}

static void what_gets_a_name_is_on_the_disk(void **state)
{
	static const char *const what[] = { "backup", "restore" };
	struct replacing *r = *state;
	long events = 0;

	for (int i = 0; i < 2; i++) {
		struct order o = record(r, what[i], NULL);

		assert_true(o.named && o.named_synced);
		assert_false(o.early);
		events += o.events;
	}
	report("power", "writes, flushes and names of a backup and a restore, in their order",
	       events, 0, NO_SEED);
}

static void a_name_before_the_flush_is_seen(void **state)
{
	struct replacing *r = *state;
	long seen = record(r, "backup", NULL).early;

	assert_int_equal(seen, 0);
	seen = record(r, "restore", "SHIM_NO_SYNC").early;
	report("control", "a restore that gives the file its name before it is on the disk", 1,
	       seen, NO_SEED);
	assert_int_equal(seen, 1);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_gets_a_name_is_on_the_disk, setup, teardown),
		cmocka_unit_test_setup_teardown(a_name_before_the_flush_is_seen, setup, teardown),
	};

	if (argc == 6)
		return replaces(argv);
	if (is_sanitized())
		return 0;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

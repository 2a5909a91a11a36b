/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/store/fixture.h"

#include <fcntl.h>
#include <lmdb.h>

#include "store/private.h"

/* Opening a store, and all that may stand in the way. */

static void data_path(const struct fixture *f, char path[PATH_ROOM])
{
	snprintf(path, PATH_ROOM, "%s/data.mdb", f->dir);
}

static void write_at(const struct fixture *f, off_t at, const void *bytes, size_t len)
{
	char path[PATH_ROOM];
	int fd;

	data_path(f, path);
	fd = open(path, O_WRONLY | O_CREAT, 0600);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, bytes, len, at), len);
	close(fd);
}

static void a_folder_without_a_shop_is_said(void **state)
{
	struct fixture *f = *state;

	assert_opens(f, ST_NOT_FOUND, "no shop");
	assert_int_equal(mkdir(f->dir, 0700), 0);
	assert_opens(f, ST_NOT_FOUND, "no shop");
	assert_int_equal(names_in(f->dir), 0);
}

static void a_file_that_is_no_store_is_said(void **state)
{
	struct fixture *f = *state;
	char page[4096];

	assert_int_equal(mkdir(f->dir, 0700), 0);
	write_at(f, 0, "", 0);
	assert_opens(f, ST_CORRUPT, "cut off");
	memset(page, 'x', sizeof(page));
	write_at(f, 0, page, 100);
	assert_opens(f, ST_CORRUPT, "damaged");
	write_at(f, 0, page, sizeof(page));
	write_at(f, 4096, page, sizeof(page));
	assert_opens(f, ST_CORRUPT, "damaged");
}

/* An LMDB file of some other program. */
static void a_store_without_our_tables_is_said(void **state)
{
	struct fixture *f = *state;
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi dbi;

	assert_int_equal(mkdir(f->dir, 0700), 0);
	assert_int_equal(mdb_env_create(&env), 0);
	mdb_env_set_maxdbs(env, 4);
	assert_int_equal(mdb_env_open(env, f->dir, 0, 0600), 0);
	assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
	assert_int_equal(mdb_dbi_open(txn, "mailbox", MDB_CREATE, &dbi), 0);
	assert_int_equal(mdb_txn_commit(txn), 0);
	mdb_env_close(env);
	assert_opens(f, ST_CORRUPT, "not a shop's");
}

static enum status fills(struct txn *txn, void *arg)
{
	static uint8_t bytes[300];

	(void)arg;
	for (unsigned i = 0; i < 3000; i++) {
		struct key k = { 0 };

		key_int(&k, i, 4);
		txn_put(txn, TABLE_ITEM, &k, (struct bytes){ bytes, sizeof(bytes) });
	}
	return ST_OK;
}

/* Takes one table out of a closed store. */
static void lose_table(const struct fixture *f, enum table table)
{
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi dbi;

	assert_int_equal(mdb_env_create(&env), 0);
	mdb_env_set_maxdbs(env, 4);
	assert_int_equal(mdb_env_open(env, f->dir, 0, 0600), 0);
	assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
	assert_int_equal(mdb_dbi_open(txn, table_name(table), 0, &dbi), 0);
	assert_int_equal(mdb_drop(txn, dbi, 1), 0);
	assert_int_equal(mdb_txn_commit(txn), 0);
	mdb_env_close(env);
}

static enum status item_is_there(struct txn *txn, void *arg)
{
	struct key k = { 0 };

	(void)arg;
	key_int(&k, 1, 4);
	return txn_has(txn, TABLE_ITEM, &k) ? ST_OK : ST_NOT_FOUND;
}

static void an_older_store_gets_the_newest_tables(void **state)
{
	struct fixture *f = *state;

	MUST(store_create(f->dir, &f->options, fills, NULL));
	lose_table(f, TABLES - 1);
	lose_table(f, TABLES - 2);
	MUST(store_open(f->dir, &f->options, &f->store));
	MUST(store_read(f->store, item_is_there, NULL));
	store_close(f->store);
	MUST(store_open(f->dir, &f->options, &f->store));
}

static void a_table_lost_among_others_is_damage(void **state)
{
	struct fixture *f = *state;

	lose_table(f, TABLE_LOT);
	assert_int_equal(store_open(f->dir, &f->options, &f->store), ST_CORRUPT);
	assert_non_null(strstr(status_text(), "table lot"));
}

static void a_file_that_was_cut_off_is_said(void **state)
{
	struct fixture *f = *state;
	char path[PATH_ROOM];
	struct stat st;

	MUST(store_create(f->dir, &f->options, fills, NULL));
	data_path(f, path);
	assert_int_equal(stat(path, &st), 0);
	for (off_t cut = 1; cut < st.st_size; cut = cut * 3 + 4095) {
		assert_int_equal(truncate(path, st.st_size - cut), 0);
		assert_opens(f, ST_CORRUPT, cut > st.st_size - 8192 ? "" : "cut off");
	}
}

/* Takes pages at the end of the file and gives them back at once: LMDB then
 * counts pages that were never written. */
static enum status puts_and_deletes(struct txn *txn, void *arg)
{
	static uint8_t bytes[900];

	(void)arg;
	for (unsigned i = 0; i < 400; i++) {
		struct key k = { 0 };

		key_int(&k, i, 4);
		txn_put(txn, TABLE_ITEM, &k, (struct bytes){ bytes, sizeof(bytes) });
	}
	for (unsigned i = 400; i-- > 0;) {
		struct key k = { 0 };

		key_int(&k, i, 4);
		txn_delete(txn, TABLE_ITEM, &k);
	}
	put_row(txn, TABLE_CODE, "a", "1");
	return ST_OK;
}

static void a_whole_file_may_be_shorter_than_it_says(void **state)
{
	struct fixture *f = *state;
	char path[PATH_ROOM];
	struct stat st;
	int tries = 0;

	MUST(store_open(f->dir, &f->options, &f->store));
	data_path(f, path);
	do {
		MUST(store_write(f->store, puts_and_deletes, NULL));
		assert_int_equal(stat(path, &st), 0);
	} while ((uint64_t)st.st_size >= store_size(f->store) && tries++ < 10);
	assert_true((uint64_t)st.st_size < store_size(f->store));	/* what is tested here */
	store_close(f->store);
	MUST(store_open(f->dir, &f->options, &f->store));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, store_size(f->store));	/* not looked into again */
}

static void another_lmdb_is_too_new(void **state)
{
	enum { VERSION_AT = 16 + 4 };	/* behind a page's head and the magic number */
	struct fixture *f = *state;
	uint32_t version = 2;

	write_at(f, VERSION_AT, &version, sizeof(version));
	assert_opens(f, ST_TOO_NEW, "another version");
}

static void only_local_disks_are_allowed(void **state)
{
	struct store_options here = { 0 }, anywhere = { .network_disk = true };

	(void)state;
	MUST(file_system_allowed("/tmp", &here));
	assert_int_equal(file_system_allowed("/proc", &here), ST_REFUSED);
	assert_non_null(strstr(status_text(), "network_disk"));
	MUST(file_system_allowed("/proc", &anywhere));
	assert_int_equal(file_system_allowed("/none", &anywhere), ST_SYSTEM);
}

/* As somebody who is not root and not the owner. */
static int opens_as_stranger(const struct fixture *f)
{
	struct store *store;
	enum status st;

	if (!getuid() && (setgid(65534) || setuid(65534)))
		return 1;
	st = store_open(f->dir, &f->options, &store);
	return st == ST_SYSTEM && strstr(status_text(), "must belong to") ? 0 : 2;
}

static void without_permission_it_is_said(void **state)
{
	static const char *const names[] = { "", "data.mdb", "lock.mdb", "use.lock" };
	struct fixture *f = *state;
	char path[PATH_ROOM];

	assert_int_equal(chmod(f->base, 0755), 0);
	for (unsigned i = 0; i < 4; i++) {
		pid_t child;

		chmod(f->dir, 0755);
		for (unsigned j = 1; j < 4; j++) {
			snprintf(path, sizeof(path), "%s/%s", f->dir, names[j]);
			assert_int_equal(chmod(path, 0666), 0);
		}
		snprintf(path, sizeof(path), "%s/open.lock", f->dir);
		assert_int_equal(chmod(path, 0666), 0);
		snprintf(path, sizeof(path), "%s/%s", f->dir, names[i]);
		assert_int_equal(chmod(path, 0400), 0);
		child = fork();
		if (!child)
			_exit(opens_as_stranger(f));
		assert_int_equal(result_of(child), 0);
	}
	chmod(f->dir, 0700);
}

static void a_lock_that_points_elsewhere_is_not_followed(void **state)
{
	struct fixture *f = *state;
	char lock[PATH_ROOM], elsewhere[128];

	snprintf(lock, sizeof(lock), "%s/use.lock", f->dir);
	snprintf(elsewhere, sizeof(elsewhere), "%s/elsewhere", f->base);
	assert_int_equal(unlink(lock), 0);
	assert_int_equal(symlink(elsewhere, lock), 0);
	assert_opens(f, ST_SYSTEM, "use.lock");
	assert_int_not_equal(access(elsewhere, F_OK), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name, setup) cmocka_unit_test_setup_teardown(name, setup, teardown)
		CASE(a_folder_without_a_shop_is_said, folder_setup),
		CASE(a_file_that_is_no_store_is_said, folder_setup),
		CASE(a_store_without_our_tables_is_said, folder_setup),
		CASE(a_file_that_was_cut_off_is_said, folder_setup),
		CASE(a_whole_file_may_be_shorter_than_it_says, closed_setup),
		CASE(an_older_store_gets_the_newest_tables, folder_setup),
		CASE(a_table_lost_among_others_is_damage, closed_setup),
		CASE(another_lmdb_is_too_new, closed_setup),
		CASE(only_local_disks_are_allowed, folder_setup),
		CASE(without_permission_it_is_said, closed_setup),
		CASE(a_lock_that_points_elsewhere_is_not_followed, closed_setup),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

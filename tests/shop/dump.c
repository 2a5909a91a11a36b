/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dumps: the same bytes after loading; a byte that is missing or another is
 * noticed. */

#include "tests/shop/damage.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "base/mem.h"
#include "shop/consent.h"
#include "shop/dump.h"
#include "shop/instance.h"
#include "tests/shop/place.h"

static struct buf bytes_of(const char *path)
{
	struct buf b = { 0 };
	FILE *f = fopen(path, "r");
	char block[4096];
	size_t n;

	assert_non_null(f);
	while ((n = fread(block, 1, sizeof(block), f)))
		buf_add(&b, block, n);
	fclose(f);
	return b;
}

static void write_bytes(const char *path, const char *at, size_t len)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(at, 1, len, f), len);
	fclose(f);
}

static struct buf dump_of(struct place *p, struct shop *shop, const char *name)
{
	char path[200];
	struct backup_ask ask = to_file(p, name, path);
	struct dump_made made;
	struct stat st;
	struct buf b;

	MUST(dump_make(shop, &ask, &made));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(st.st_size, made.bytes);
	b = bytes_of(path);
	assert_int_equal(b.len, made.bytes);
	return b;
}

static struct load_ask to_new(struct place *p, const char *file, char dir[200])
{
	snprintf(dir, 200, "%s/loaded", p->folder);
	return (struct load_ask){ .dir = dir, .file = file, .now = p->f.by.now };
}

static void dump_load_dump_is_byte_equal(void **state)
{
	struct place *p = *state;
	struct buf before, after;
	struct load_ask ask;
	struct verify_result result;
	struct instance where;
	struct shop copy;
	char file[200], dir[200];

	busy_shop(&p->f);
	before = dump_of(p, &p->f.shop, "one.dump");
	shop_close(&p->f.shop);
	snprintf(file, sizeof(file), "%s/one.dump", p->folder);
	ask = to_new(p, file, dir);
	MUST(load(&ask, &result));
	assert_int_equal(result.faults, 0);
	assert_int_equal(result.customers, 3);
	MUST(shop_open(dir, &copy));
	after = dump_of(p, &copy, "two.dump");
	MUST(instance_look(&copy, &where));
	assert_int_equal(where.state, INSTANCE_MOVED);
	assert_int_equal(where.since, p->f.by.now);
	shop_close(&copy);
	assert_int_equal(before.len, after.len);
	assert_memory_equal(before.at, after.at, before.len);
	assert_int_equal(load(&ask, &result), ST_EXISTS);	/* it is there now */
	buf_release(&before);
	buf_release(&after);
}

static enum status remember_file(struct txn *txn, void *arg)
{
	char key[5 + 32 + 1];

	(void)arg;
	snprintf(key, sizeof(key), "file:%032d", 7);
	meta_put(txn, key, (struct bytes){ "\0\0\0\1", 4 });
	return txn_status(txn);
}

/* A folder that is watched leaves the longest keys of all. */
static void files_that_were_read_are_known_again(void **state)
{
	struct place *p = *state;
	struct load_ask ask;
	struct verify_result result;
	struct buf before, after;
	struct shop copy;
	char file[200], dir[200];

	MUST(store_write(p->f.shop.store, remember_file, NULL));
	before = dump_of(p, &p->f.shop, "one.dump");
	shop_close(&p->f.shop);
	snprintf(file, sizeof(file), "%s/one.dump", p->folder);
	ask = to_new(p, file, dir);
	MUST(load(&ask, &result));
	MUST(shop_open(dir, &copy));
	after = dump_of(p, &copy, "two.dump");
	shop_close(&copy);
	assert_int_equal(before.len, after.len);
	assert_memory_equal(before.at, after.at, before.len);
	buf_release(&before);
	buf_release(&after);
}

static enum status spoil_name(struct txn *txn, void *arg)
{
	struct key k = { .len = 0 };

	(void)arg;
	key_text(&k, "ab");
	txn_put(txn, TABLE_REWARD, &k, (struct bytes){ "x", 1 });
	return txn_status(txn);
}

static void a_dump_proves_that_it_can_be_loaded(void **state)
{
	struct place *p = *state;
	struct dump_made made;
	char path[200];
	struct backup_ask ask = to_file(p, "one.dump", path);

	MUST(store_write(p->f.shop.store, spoil_name, NULL));
	assert_int_equal(dump_make(&p->f.shop, &ask, &made), ST_CORRUPT);
	assert_non_null(strstr(status_text(), "cannot be read again"));
	assert_int_equal(count_files(p->folder), 0);
}

/* What is derived comes out as it was, and an operation is still known. */
static void nothing_is_lost(void **state)
{
	struct place *p = *state;
	struct sale s = { .customer = 1, .amount = 4000, .source = "", .receipt = "X-1" };
	struct trade_run run, again;
	struct buf before, after, text;
	struct load_ask ask;
	struct verify_result result;
	char file[200], dir[200];

	busy_shop(&p->f);
	p->f.by.has_op = true;
	memset(p->f.by.op, 7, OP_SIZE);
	MUST(sale_add(&p->f.shop, &p->f.by, &s, &run));
	before = derived_of(&p->f);
	text = dump_of(p, &p->f.shop, "one.dump");
	shop_close(&p->f.shop);
	snprintf(file, sizeof(file), "%s/one.dump", p->folder);
	ask = to_new(p, file, dir);
	MUST(load(&ask, &result));
	MUST(shop_open(dir, &p->f.shop));
	after = derived_of(&p->f);
	assert_string_equal(after.at, before.at);
	MUST(sale_add(&p->f.shop, &p->f.by, &s, &again));
	assert_true(again.repeated);
	assert_int_equal(again.seq, run.seq);
	buf_release(&before);
	buf_release(&after);
	buf_release(&text);
}

static void assert_refused_bytes(struct place *p, const char *at, size_t len)
{
	struct verify_result result;
	struct load_ask ask;
	char file[200], dir[200];
	enum status st;

	snprintf(file, sizeof(file), "%s/bad.dump", p->folder);
	write_bytes(file, at, len);
	ask = to_new(p, file, dir);
	st = load(&ask, &result);
	assert_true(st == ST_CORRUPT || st == ST_INVALID || st == ST_TOO_NEW);
	assert_int_not_equal(access(dir, F_OK), 0);
}

static void a_file_that_was_cut_is_noticed(void **state)
{
	struct place *p = *state;
	struct buf b;

	fill(p);
	b = dump_of(p, &p->f.shop, "one.dump");
	shop_close(&p->f.shop);
	assert_refused_bytes(p, b.at, 0);
	assert_refused_bytes(p, b.at, b.len - 1);	/* without the last newline */
	for (size_t i = 0; i + 1 < b.len; i++)
		if (b.at[i] == '\n' && (i % 3 == 0 || i > b.len - 500))
			assert_refused_bytes(p, b.at, i + 1);
	assert_refused_bytes(p, b.at, b.len / 2);
	buf_release(&b);
}

static void a_byte_that_was_changed_is_noticed(void **state)
{
	struct place *p = *state;
	struct buf b;

	fill(p);
	b = dump_of(p, &p->f.shop, "one.dump");
	shop_close(&p->f.shop);
	for (size_t i = 0; i < b.len; i += 1 + b.len / 200) {
		char was = b.at[i];

		b.at[i] = was == 'A' ? 'B' : 'A';
		assert_refused_bytes(p, b.at, b.len);
		b.at[i] = was;
	}
	/* A line too many, and one twice. */
	buf_text(&b, "{\"end\": \"00\"}\n");
	assert_refused_bytes(p, b.at, b.len);
	buf_release(&b);
}

/* -- the reader alone, on any bytes -- */

static enum status read_text(const char *text)
{
	struct dump_reader *r = dump_reader_new();
	struct dump_row row;
	enum dump_kind kind;
	enum status st = ST_OK;

	while (st == ST_OK && *text) {
		size_t len = strcspn(text, "\n");

		st = dump_read(r, (struct bytes){ text, len }, &kind, &row);
		text += len + (text[len] == '\n');
	}
	if (st == ST_OK)
		st = dump_read_all(r);
	dump_reader_free(r);
	return st;
}

#define HEAD(journal) "{\"regulars\": \"dump\", \"format\": 1, \"needs\": 1, \"rows\": "	\
	"{\"meta\": 0, \"journal\": " journal ", \"side\": 0, \"customer\": 0, \"item\": 0, "	\
	"\"program\": 0, \"reward\": 0, \"done\": 0}}\n"
#define ROW(table, key, value)	\
	"{\"table\": \"" table "\", \"key\": \"" key "\", \"value\": \"" value "\"}\n"

static void what_is_no_dump_is_refused(void **state)
{
	static const struct {
		const char *text;
		enum status status;
	} cases[] = {
		{ "", ST_CORRUPT },
		{ "hello\n", ST_INVALID },
		{ "{}\n", ST_INVALID },
		{ "[]\n", ST_INVALID },
		{ "{\"regulars\": \"journal\", \"format\": 1, \"needs\": 1, \"rows\": {}}\n",
		  ST_INVALID },
		{ "{\"regulars\": \"dump\", \"format\": 2, \"needs\": 1, \"rows\": {}}\n",
		  ST_TOO_NEW },
		{ "{\"regulars\": \"dump\", \"format\": 1, \"needs\": 99, \"rows\": {}}\n",
		  ST_TOO_NEW },
		{ "{\"regulars\": \"dump\", \"format\": 1, \"needs\": 1, \"rows\": {}}\n",
		  ST_CORRUPT },
		{ HEAD("-1"), ST_CORRUPT },
		{ HEAD("1.5"), ST_CORRUPT },
		{ HEAD("1"), ST_CORRUPT },
		{ HEAD("1") HEAD("1"), ST_CORRUPT },
		{ HEAD("1") "{\"end\": \"00\"}\n", ST_CORRUPT },
		{ HEAD("1") ROW("lot", "0000000000000001", ""), ST_CORRUPT },
		{ HEAD("1") ROW("journal", "01", ""), ST_CORRUPT },
		{ HEAD("1") ROW("journal", "000000000000000x", ""), ST_CORRUPT },
		{ HEAD("1") ROW("journal", "0000000000000000", ""), ST_CORRUPT },
		{ HEAD("1") ROW("journal", "ff00000000000000", ""), ST_CORRUPT },
		{ HEAD("1") ROW("journal", "0000000000000001", "A"), ST_CORRUPT },
		{ HEAD("1") ROW("journal", "0000000000000001", "AA=="" "), ST_CORRUPT },
		{ HEAD("1") ROW("side", "0000000000000001", ""), ST_CORRUPT },
		{ HEAD("2") ROW("journal", "0000000000000001", "AA==")
		  ROW("journal", "0000000000000001", "AA=="), ST_CORRUPT },
		{ HEAD("2") ROW("journal", "0000000000000002", "AA==")
		  ROW("journal", "0000000000000001", "AA=="), ST_CORRUPT },
		{ HEAD("1") ROW("meta", "686f6d65", "AA=="), ST_CORRUPT },	/* "home" */
		{ HEAD("1") "{\"table\": \"journal\", \"key\": 1, \"value\": \"\"}\n", ST_CORRUPT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		enum status st = read_text(cases[i].text);

		if (st != cases[i].status)
			print_error("%s: %s\n", cases[i].text, status_text());
		assert_int_equal(st, cases[i].status);
	}
}

/* Rows that are well written and mean nothing do not become a shop. */
static void a_dump_that_proves_nothing_is_refused(void **state)
{
	struct place *p = *state;
	struct dump_reader *r = dump_reader_new();
	struct dump_row row;
	enum dump_kind kind;
	static const char head[] = HEAD("1"), line[] = ROW("journal", "0000000000000001", "AA==");

	MUST(dump_read(r, (struct bytes){ head, sizeof(head) - 2 }, &kind, &row));
	assert_int_equal(kind, DUMP_HEADER);
	assert_int_equal(dump_rows(r), 1);
	MUST(dump_read(r, (struct bytes){ line, sizeof(line) - 2 }, &kind, &row));
	assert_int_equal(kind, DUMP_ROW);
	assert_int_equal(row.table, TABLE_JOURNAL);
	assert_int_equal(row.value.len, 1);
	assert_int_equal(dump_read_all(r), ST_CORRUPT);
	dump_reader_free(r);
	shop_close(&p->f.shop);
	assert_refused_bytes(p, head, sizeof(head) - 1);
}

static void a_damaged_row_is_not_dumped(void **state)
{
	struct place *p = *state;
	struct dump_made made;
	char path[200];
	struct backup_ask ask = to_file(p, "one.dump", path);

	fill(p);
	assert_true(spoil(&p->f, TABLE_CUSTOMER, 0, 3));
	assert_int_equal(dump_make(&p->f.shop, &ask, &made), ST_CORRUPT);
	assert_non_null(strstr(status_text(), "table customer has a damaged row"));
	assert_int_equal(count_files(p->folder), 0);
}

static pid_t start_loading(struct place *p, const char *fifo)
{
	pid_t pid = fork();

	if (!pid) {
		struct verify_result result;
		char dir[200];
		struct load_ask ask = to_new(p, fifo, dir);

		alarm(20);
		_exit(load(&ask, &result));
	}
	return pid;
}

/* Told to end in the middle: nobody's name is left in a hidden folder. */
static void loading_that_is_ended_leaves_nothing(void **state)
{
	struct place *p = *state;
	struct timespec little = { 0, 1000 * 1000 };
	char fifo[200];
	struct buf b;
	pid_t pid;
	int fd, status;

	fill(p);
	b = dump_of(p, &p->f.shop, "one.dump");
	shop_close(&p->f.shop);
	snprintf(fifo, sizeof(fifo), "%s/fifo", p->folder);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	pid = start_loading(p, fifo);
	fd = open(fifo, O_WRONLY);
	assert_int_equal(write(fd, b.at, b.len / 2), b.len / 2);
	while (count_files(p->folder) != 3)	/* the dump, the fifo, the shop in the making */
		nanosleep(&little, NULL);
	kill(pid, SIGTERM);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == ST_CANCELLED);
	assert_false(WIFSIGNALED(status) && WTERMSIG(status) != SIGTERM);
	assert_int_equal(count_files(p->folder), 2);
	close(fd);
	buf_release(&b);
}

static void it_is_not_written_over(void **state)
{
	struct place *p = *state;
	struct dump_made made;
	char path[200];
	struct backup_ask ask = to_file(p, "one.dump", path);

	write_bytes(path, "mine", 4);
	assert_int_equal(dump_make(&p->f.shop, &ask, &made), ST_EXISTS);
	assert_int_equal(count_files(p->folder), 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, place_setup, place_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(dump_load_dump_is_byte_equal),
		CASE(files_that_were_read_are_known_again),
		CASE(a_dump_proves_that_it_can_be_loaded),
		CASE(nothing_is_lost),
		CASE(a_file_that_was_cut_is_noticed),
		CASE(a_byte_that_was_changed_is_noticed),
		CASE(what_is_no_dump_is_refused),
		CASE(a_dump_that_proves_nothing_is_refused),
		CASE(a_damaged_row_is_not_dumped),
		CASE(loading_that_is_ended_leaves_nothing),
		CASE(it_is_not_written_over),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/language.h"
#include "base/mem.h"
#include "cli/command.h"
#include "exchange/csv.h"
#include "ledger/account.h"
#include "shop/customer.h"
#include "tests/faults/report.h"
#include "tests/hostile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

/* Whatever texts come as arguments, in files or out of a damaged store: what is
 * printed has no control character but its own line ends, no byte that is not
 * UTF-8, nothing that turns the direction of the line and no line that the text
 * made; JSON is JSON, and no cell of a CSV is a formula. */

enum { WORDS_MAX = 12, FIRST_ID = 1000 };

struct place {
	char dir[64], shop[80];
	int out;		/* a file in memory for what is printed */
	const char *in;		/* the program's standard input */
	long printed;		/* outputs looked at */
};

/* -- running the program: in a child, which main() would be -- */

static int no_screens(const char *dir, const char *who, const char *terminal)
{
	(void)dir;
	(void)who;
	(void)terminal;
	return 0;
}

static _Noreturn void be_the_program(const struct place *p, char **argv)
{
	int argc = 0, in = open(p->in, O_RDONLY);

	while (argv[argc])
		argc++;
	dup2(in, STDIN_FILENO);
	dup2(p->out, STDOUT_FILENO);
	dup2(p->out, STDERR_FILENO);
	setlocale(LC_ALL, "C.UTF-8");
	language_start();
	json_set_alloc_funcs(mem_alloc, free);
	digest_start();
	argc = cli_main(argc, argv, no_screens);
	fflush(stdout);
	_exit(argc);
}

static char *read_output(const struct place *p)
{
	off_t len = lseek(p->out, 0, SEEK_END);
	char *text = mem_alloc((size_t)len + 1);

	assert_int_equal(pread(p->out, text, (size_t)len, 0), len);
	return text;
}

/* Gives its exit status and what it printed, which the caller frees. */
static int run(struct place *p, char **argv, char **out)
{
	int status;
	pid_t child;

	assert_int_equal(ftruncate(p->out, 0), 0);
	lseek(p->out, 0, SEEK_SET);
	fflush(stdout);
	child = fork();
	if (!child)
		be_the_program(p, argv);
	assert_int_equal(waitpid(child, &status, 0), child);
	*out = read_output(p);
	p->printed++;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* -- judging -- */

/* The next character; its length, or 0 where the bytes are not UTF-8. */
static size_t next_char(const char *text, uint32_t *out)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *s = (const unsigned char *)text;
	size_t len = *s < 0x80 ? 1 : *s < 0xc2 ? 0 : *s < 0xe0 ? 2 : *s < 0xf0 ? 3 :
		     *s < 0xf5 ? 4 : 0;

	*out = len > 1 ? *s & (0x7fu >> len) : *s;
	for (size_t i = 1; i < len; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		*out = *out << 6 | (s[i] & 0x3f);
	}
	return len && *out >= least[len] && (*out < 0xd800 || *out > 0xdfff) && *out < 0x110000 ?
	       len : 0;
}

static bool is_evil(uint32_t ch)
{
	return (ch < ' ' && ch != '\n') || (ch >= 0x7f && ch < 0xa0) || ch == 0x061c ||
	       ch == 0x200e || ch == 0x200f || (ch >= 0x2028 && ch <= 0x202e) ||
	       (ch >= 0x2066 && ch <= 0x2069);
}

/* What is wrong with it; NULL: nothing. */
static const char *fault_of(const char *text)
{
	uint32_t ch;

	for (const char *at = text; *at;) {
		size_t len = next_char(at, &ch);

		if (!len)
			return "bytes that are not UTF-8";
		if (is_evil(ch))
			return "a control or direction character";
		at += len;
	}
	return strstr(text, "\nforged line\n") ? "a line that nobody wrote" : NULL;
}

static bool is_json(const char *text)
{
	json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

	json_decref(json);
	return json;
}

static void judge(char **argv, int status, const char *out)
{
	const char *fault = fault_of(out);
	bool as_json = false;

	for (int i = 1; argv[i]; i++)
		as_json |= !strcmp(argv[i], "--json");
	if (!fault && status > EXIT_FAULTS)
		fault = "its exit status";
	if (!fault && as_json && status == EXIT_DONE && *out == '{' && !is_json(out))
		fault = "JSON that is none";
	if (!fault)
		return;
	printf("# ended with %d, and has %s:", status, fault);
	for (int i = 1; argv[i]; i++)
		for (const char *c = argv[i]; *c || (putchar(' '), false); c++)
			printf(isprint((unsigned char)*c) ? "%c" : "\\x%02x", (unsigned char)*c);
	printf("\n");
	assert_null(fault);
}

static int try(struct place *p, char **argv)
{
	char *out;
	int status = run(p, argv, &out);

	judge(argv, status, out);
	free(out);
	return status;
}

/* The words after "regulars", NULL behind the last; "*" becomes 'text'. */
static int try_words(struct place *p, const char *const *words, const char *text, bool as_json)
{
	char *argv[WORDS_MAX + 4] = { NULL };
	int n = 0;
	int status;

	argv[n++] = mem_text("regulars");
	for (; *words; words++) {
		const char *star = strchr(*words, '*');
		struct buf word = { 0 };

		buf_add(&word, *words, star ? (size_t)(star - *words) : strlen(*words));
		if (star)
			buf_text(&word, text);
		argv[n++] = word.at ? word.at : mem_text("");
	}
	if (as_json)
		argv[n++] = mem_text("--json");
	status = try(p, argv);
	while (n--)
		free(argv[n]);
	return status;
}

/* -- the shop -- */

static void must(struct place *p, const char *const *words)
{
	assert_int_equal(try_words(p, words, "", false), EXIT_DONE);
}
#define MUST(...) must(p, (const char *const[]){ __VA_ARGS__, NULL })

static int setup(void **state)
{
	struct place *p = mem_alloc(sizeof(*p));

	strcpy(p->dir, access("/dev/shm", W_OK) ? "/tmp/hostile-XXXXXX" :
						  "/dev/shm/hostile-XXXXXX");
	assert_non_null(mkdtemp(p->dir));
	snprintf(p->shop, sizeof(p->shop), "%s/shop", p->dir);
	setenv("REGULARS_SHOP", p->shop, 1);
	setenv("REGULARS_NOW", "2026-03-01T09:14:00", 1);
	p->in = "/dev/null";
	p->out = memfd_create("output", MFD_CLOEXEC);
	assert_true(p->out >= 0);
	MUST("init", "--name", "Tea", "--country", "IN");
	MUST("program", "add", "Points", "--kind", "points", "--earn", "1", "--per", "1");
	MUST("customer", "add", "Somebody", "--phone", "98240 12345");
	MUST("sale", "add", "--customer", "#1", "--amount", "5", "--receipt", "R-1");
	*state = p;
	return 0;
}

static int teardown(void **state)
{
	struct place *p = *state;
	char command[128];

	snprintf(command, sizeof(command), "rm -rf '%s'", p->dir);
	assert_int_equal(system(command), 0);
	close(p->out);
	free(p);
	return 0;
}

/* Every command that reads and needs no operand: as words and as JSON. */
static void read_everything(struct place *p)
{
	const struct command *c;

	for (size_t i = 0; (c = command_at(i)); i++) {
		const char *words[] = { c->name, *c->sub ? c->sub : NULL, NULL };

		if (c->needs != READ_SHOP || (*c->operands && *c->operands != '['))
			continue;
		try_words(p, words, "", false);
		try_words(p, words, "", true);
	}
}

/* -- arguments -- */

static const char *const ways[][WORDS_MAX] = {
	{ "*" }, { "customer", "*" }, { "help", "*" }, { "journal", "--*" },
	{ "journal", "--limit", "*" }, { "journal", "--limit=*" },
	{ "--shop", "*", "journal" }, { "--as", "*", "sweep" }, { "--op", "*", "sweep" },
	{ "customer", "add", "--name=*" }, { "customer", "show", "*" },
	{ "customer", "find", "*" }, { "customer", "list", "--tag", "*" },
	{ "customer", "edit", "#1", "--notes", "*" }, { "customer", "edit", "#1", "--email", "*" },
	{ "customer", "edit", "#1", "--phone", "*" },
	{ "customer", "edit", "#1", "--birthday", "*" }, { "customer", "merge", "*", "#1" },
	{ "item", "add", "--name=*" }, { "item", "add", "--name=Tea", "--category=*" },
	{ "sale", "add", "--customer", "#1", "--amount", "1", "--receipt=*" },
	{ "sale", "add", "--customer", "#1", "--amount=*" }, { "sale", "add", "--item=*" },
	{ "sale", "refund", "*" }, { "sale", "refund", "R-1", "--amount", "0.01", "--reason=*" },
	{ "adjust", "#1", "--program", "Points", "--amount", "1", "--reason=*" },
	{ "adjust", "#1", "--program=*", "--amount", "1", "--reason", "x" },
	{ "program", "add", "--name=*", "--goal", "5" }, { "program", "show", "*" },
	{ "reward", "add", "--name=*", "--program", "Points", "--cost", "5" },
	{ "config", "set", "name", "*" }, { "config", "set", "*", "x" },
	{ "import", "*" }, { "import", "--map=*", "/dev/null" }, { "report", "day", "--day=*" },
	{ "day", "close", "--takings=*" }, { "verify", "--against=*" }, { "explain", "*" },
};
enum { WAYS = sizeof(ways) / sizeof(ways[0]) };

/* In the short form each text goes one way of eight, and each way is gone. */
static void hostile_arguments_drive_nothing(void **state)
{
	bool all = short_or_long(0, 1);
	int every = all ? 1 : getenv("SANITIZED") ? 40 : 8;
	struct place *p = *state;
	char text[HOSTILE_SIZE];

	for (int i = 0; i < HOSTILE_TEXTS; i++)
		for (int way = 0; way < WAYS; way++)
			if ((i + way) % every == 0)
				try_words(p, ways[way], hostile_text(i, text), i % 2);
	read_everything(p);
	report("hostile", "what commands printed of hostile arguments, and of the shop after "
	       "them", p->printed, 0, NO_SEED);
}

/* -- files -- */

static void write_cell(FILE *f, const char *text)
{
	putc('"', f);
	for (; *text; text++) {
		if (*text == '"')
			putc('"', f);
		putc(*text, f);
	}
	putc('"', f);
}

/* One row for each text, which stands in each column in turn; "*" is there
 * where it goes. */
static void write_file(const char *path, const char *header, const char *const *cells, int n)
{
	FILE *f = fopen(path, "w");
	char text[HOSTILE_SIZE], place[32];

	assert_non_null(f);
	fprintf(f, "%s\n", header);
	for (int i = 0; i < HOSTILE_TEXTS; i++)
		for (int column = 0; column < n; column++) {
			for (int k = 0; k < n; k++) {
				snprintf(place, sizeof(place), "%d-%d", i, column);
				if (k)
					putc(',', f);
				write_cell(f, k == column ? hostile_text(i, text) :
					      *cells[k] ? cells[k] : place);
			}
			putc('\n', f);
		}
	fclose(f);
}

static bool is_formula(const char *cell)
{
	bool number = (*cell == '+' || *cell == '-') && isdigit((unsigned char)cell[1]);

	cell += strspn(cell, " ");
	for (const char *c = cell + 1; number && *c; c++)
		number = isdigit((unsigned char)*c) || *c == '.' || *c == ' ';
	return *cell && !number &&
	       (strchr("=+-@\t\r", *cell) || !strncmp(cell, "＝", 3) || !strncmp(cell, "＋", 3) ||
		!strncmp(cell, "－", 3) || !strncmp(cell, "＠", 3));
}

/* The file has the rows as they came, to be mended; on standard error, which may
 * be a terminal, they are harmless too. Gives how many cells it has. */
static long judge_csv(const char *path)
{
	struct csv_row row;
	struct csv *c;
	enum status st;
	long cells = 0;

	assert_int_equal(csv_open(path, &c), ST_OK);
	while ((st = csv_next(c, &row)) == ST_OK)
		for (size_t i = 0; i < row.n; i++, cells++) {
			if (is_formula(row.field[i]))
				printf("# line %ld, column %zu\n", row.line, i);
			assert_false(is_formula(row.field[i]));
		}
	assert_int_equal(st, ST_NOT_FOUND);
	csv_close(c);
	return cells;
}

static void import_and_judge(struct place *p, const char *name, const char *header,
			     const char *const *cells)
{
	char path[128], rejected[160];
	int n = 0;

	while (cells[n])
		n++;
	snprintf(path, sizeof(path), "%s/%s", p->dir, name);
	snprintf(rejected, sizeof(rejected), "%s.rejected.csv", path);
	write_file(path, header, cells, n);
	try_words(p, (const char *const[]){ "import", "--dry-run", "*", NULL }, path, true);
	try_words(p, (const char *const[]){ "import", "*", NULL }, path, false);
	report("hostile", "cells of refused rows, written for a spreadsheet",
	       judge_csv(rejected), 0, NO_SEED);
	try_words(p, (const char *const[]){ "import", "*", NULL }, path, true);
	p->in = path;
	try_words(p, (const char *const[]){ "import", "-", NULL }, "", false);
	p->in = "/dev/null";
}

static void hostile_files_drive_nothing(void **state)
{
	struct place *p = *state;
	long before = p->printed;

	import_and_judge(p, "till.csv", "date,receipt,customer,name,item,category,amount,refund",
			 (const char *const[]){ "2026-02-27", "", "", "", "Chai", "tea", "5.00", "",
						NULL });
	import_and_judge(p, "people.csv", "customer,name,area,address,tags,notes,card,birthday",
			 (const char *const[]){ "", "", "Area", "Street 1", "vip", "kind", "",
						"1990-05-27", NULL });
	read_everything(p);
	report("hostile", "what commands printed of hostile files", p->printed - before, 0,
	       NO_SEED);
}

/* -- a store that somebody else wrote -- */

static enum status put_people(struct txn *txn, void *arg)
{
	struct customer *c = mem_alloc(sizeof(*c));
	char text[HOSTILE_SIZE];
	uint8_t row[8192];
	long *put = arg;

	*put = 0;
	for (int i = 0; i < HOSTILE_TEXTS; i++) {
		size_t len = sizeof(row);
		struct key k = account_key(FIRST_ID + i);

		memset(c, 0, sizeof(*c));
		c->id = FIRST_ID + i;
		snprintf(c->name, sizeof(c->name), "%.199s", hostile_text(i, text));
		strcpy(c->notes, text);
		if (record_encode(&customer_type, c, row, &len) != ST_OK)
			continue;
		txn_put(txn, TABLE_CUSTOMER, &k, (struct bytes){ row, len });
		++*put;
	}
	free(c);
	return txn_status(txn);
}

static int put_in_a_child(const struct place *p)
{
	struct shop shop;
	long put = 0;
	int status;
	pid_t child = fork();

	if (!child) {
		digest_start();
		if (shop_open(p->shop, &shop) != ST_OK ||
		    store_write(shop.store, put_people, &put) != ST_OK)
			_exit(1);
		shop_close(&shop);
		_exit(put < 100);
	}
	waitpid(child, &status, 0);
	return status;
}

static void a_hostile_store_drives_nothing(void **state)
{
	struct place *p = *state;
	long before = p->printed;
	char id[16];

	assert_int_equal(put_in_a_child(p), 0);
	for (int i = 0; i < HOSTILE_TEXTS; i += getenv("SANITIZED") ? 10 : 1) {
		snprintf(id, sizeof(id), "#%d", FIRST_ID + i);
		try_words(p, (const char *const[]){ "customer", "show", "*", NULL }, id, i % 2);
	}
	read_everything(p);
	report("hostile", "what commands printed of a store that somebody else wrote",
	       p->printed - before, 0, NO_SEED);
}

/* -- the control -- */

static void a_program_that_prints_as_it_is_told_is_seen(void **state)
{
	char text[HOSTILE_SIZE];
	long seen = 0;

	(void)state;
	for (int i = 0; i < HOSTILE_TEXTS; i++)
		seen += fault_of(hostile_text(i, text)) != NULL || is_formula(text);
	report("control", "hostile texts printed as they are", HOSTILE_TEXTS, seen, NO_SEED);
	assert_true(seen > HOSTILE_TEXTS / 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		CASE(hostile_arguments_drive_nothing),
		CASE(hostile_files_drive_nothing),
		CASE(a_hostile_store_drives_nothing),
		cmocka_unit_test(a_program_that_prints_as_it_is_told_is_seen),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_EXCHANGE_POS_H
#define TESTS_EXCHANGE_POS_H

/* The made-up files of tills in tests/exchange/pos and what is to come of
 * them: beside each NAME.csv stands a NAME.expect with lines of a word and
 * what it says. */

#include "tests/exchange/files.h"

#include <inttypes.h>

#include "base/buf.h"
#include "base/csv_write.h"
#include "base/money.h"
#include "exchange/csv.h"
#include "exchange/formats.h"

enum { POS_PATH = 4096, POS_NAME = 64, POS_CLAIMS = 12, POS_CLAIM = 120 };

struct expected {
	char name[POS_NAME], csv[POS_PATH], format[POS_NAME], country[3];
	int64_t rows, sales, refunds, unknown, customers, skipped, rejected;
	char revenue[MONEY_TEXT];
	size_t persons, consents;
	char person[POS_CLAIMS][POS_CLAIM];	/* "Odalys Brandt" */
	char consent[POS_CLAIMS][POS_CLAIM];	/* "ivo@example.net sms yes" */
};

#define GIVE_UP(...)							\
	do {								\
		print_error(__VA_ARGS__);				\
		assert_true(false);					\
	} while (0)

static inline const char *pos_root(void)
{
	const char *folder = getenv("srcdir");

	return folder ? folder : ".";
}

static inline void expect_line(struct expected *e, const char *word, const char *says)
{
	const struct {
		const char *word;
		int64_t *number;
	} numbers[] = {
		{ "rows", &e->rows }, { "sales", &e->sales }, { "refunds", &e->refunds },
		{ "unknown", &e->unknown }, { "customers", &e->customers },
		{ "skipped", &e->skipped }, { "rejected", &e->rejected }
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		if (strcmp(word, numbers[i].word) != 0)
			continue;
		*numbers[i].number = atoll(says);
		return;
	}
	if (!strcmp(word, "format"))
		snprintf(e->format, sizeof(e->format), "%s", says);
	else if (!strcmp(word, "country"))
		snprintf(e->country, sizeof(e->country), "%s", says);
	else if (!strcmp(word, "revenue"))
		snprintf(e->revenue, sizeof(e->revenue), "%s", says);
	else if (!strcmp(word, "person") && e->persons < POS_CLAIMS)
		snprintf(e->person[e->persons++], POS_CLAIM, "%s", says);
	else if (!strcmp(word, "consent") && e->consents < POS_CLAIMS)
		snprintf(e->consent[e->consents++], POS_CLAIM, "%s", says);
	else
		GIVE_UP("%s.expect: \"%s\" is not a word of these files\n", e->name, word);
}

static inline struct expected expected_of(const char *name)
{
	struct expected e = { .rows = 0 };
	char path[POS_PATH], line[200];
	FILE *f;

	snprintf(e.name, sizeof(e.name), "%s", name);
	snprintf(e.csv, sizeof(e.csv), "%s/tests/exchange/pos/%s.csv", pos_root(), name);
	snprintf(path, sizeof(path), "%s/tests/exchange/pos/%s.expect", pos_root(), name);
	f = fopen(path, "r");
	if (!f)
		GIVE_UP("%s is not there\n", path);
	while (fgets(line, sizeof(line), f)) {
		char *says = strchr(line, ' ');

		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' || !says)
			continue;
		*says = '\0';
		expect_line(&e, line, says + 1);
	}
	fclose(f);
	return e;
}

/* Calls it with every sample. */
static inline void each_sample(void (*call)(const struct expected *e))
{
	char folder[POS_PATH], name[POS_NAME];
	int found = 0;
	DIR *d;

	snprintf(folder, sizeof(folder), "%s/tests/exchange/pos", pos_root());
	d = opendir(folder);
	assert_non_null(d);
	for (const struct dirent *f; (f = readdir(d));) {
		size_t len = strlen(f->d_name);
		struct expected e;

		if (len < 5 || len >= POS_NAME || strcmp(f->d_name + len - 4, ".csv") != 0)
			continue;
		snprintf(name, sizeof(name), "%.*s", (int)len - 4, f->d_name);
		e = expected_of(name);
		call(&e);
		found++;
	}
	closedir(d);
	assert_true(found >= 18);
}

/* -- a shop where such a till stands -- */

static inline void open_shop(struct fixture *f, const char *country)
{
	struct settings s = { .name = "Fennel & Rye", .decimals = -1 };

	memset(f, 0, sizeof(*f));
	strcpy(s.country, country);
	strcpy(s.timezone, !strcmp(country, "US") ? "America/New_York" : "Asia/Manila");
	strcpy(s.currency, !strcmp(country, "US") ? "USD" : "PHP");
	MUST(clock_set_zone(s.timezone));
	strcpy(f->dir, access("/dev/shm", W_OK) ? "/tmp/regulars-XXXXXX" :
						  "/dev/shm/regulars-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	strcpy(f->by.who, "sam");
	strcpy(f->by.terminal, "till 1");
	f->by.now = at("2027-01-04T09:14:00");
	MUST(shop_create(f->dir, &s, false, &f->by));
	MUST(shop_open(f->dir, &f->shop));
}

static inline void close_shop(struct fixture *f)
{
	static const char *const files[] = { "data.mdb", "lock.mdb", "open.lock", "use.lock" };
	char path[128];

	shop_close(&f->shop);
	for (size_t i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s/%s", f->dir, files[i]);
		unlink(path);
	}
	rmdir(f->dir);
}

/* -- files made of a sample -- */

/* The columns the other way round and one more among them; 'rows' at most. */
static inline void turn_around(const char *from, const char *to, size_t rows)
{
	const char *field[CSV_COLUMNS_MAX];
	struct csv_row row;
	struct buf all = { 0 };
	struct csv *c;
	size_t n = 0;

	MUST(csv_open(from, &c));
	for (; n < rows && csv_next(c, &row) == ST_OK; n++) {
		for (size_t i = 0; i < row.n; i++)
			field[i + (i >= row.n / 2)] = row.field[row.n - 1 - i];
		field[row.n / 2] = n ? "whatever" : "Shelf";
		csv_add_row(&all, field, row.n + 1, CSV_FOR_PROGRAMS);
	}
	csv_close(c);
	put_file(to, all.at, all.len);
	buf_release(&all);
}

#endif

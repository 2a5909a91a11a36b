/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_EXCHANGE_FILES_H
#define TESTS_EXCHANGE_FILES_H

/* Files to import, in a folder of their own beside the shop of the fixture. */

#include "tests/shop/fixture.h"

#include <dirent.h>

#include "exchange/import.h"
#include "shop/customer.h"
#include "shop/item.h"
#include "shop/verify.h"

#define HEADER "date,receipt,refund,customer,name,phone,email,item,sku,category," \
	       "quantity,amount,tender\n"

struct files {
	char dir[64], path[96], rejected[128];
};

static inline void files_make(struct files *files)
{
	strcpy(files->dir, "/tmp/regulars-files-XXXXXX");
	assert_non_null(mkdtemp(files->dir));
	snprintf(files->path, sizeof(files->path), "%s/till.csv", files->dir);
	snprintf(files->rejected, sizeof(files->rejected), "%s.rejected.csv", files->path);
}

static inline void files_remove(const struct files *files)
{
	char path[400];
	DIR *d = opendir(files->dir);

	for (const struct dirent *e; d && (e = readdir(d));) {
		snprintf(path, sizeof(path), "%s/%s", files->dir, e->d_name);
		unlink(path);
	}
	if (d)
		closedir(d);
	rmdir(files->dir);
}

static inline void put_file(const char *path, const char *text, size_t len)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

/* "" when there is none. */
static inline const char *file_text(const char *path)
{
	static char text[10000];
	FILE *f = fopen(path, "r");

	text[0] = '\0';
	if (f) {
		text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
		fclose(f);
	}
	return text;
}

/* Imports the text; what was rejected is in 'files' after it. */
static inline enum status import_how(struct fixture *f, const struct files *files,
				     const char *text, const struct import_options *how,
				     struct import_result *r)
{
	struct import_options none = { .map_count = 0 };

	put_file(files->path, text, strlen(text));
	unlink(files->rejected);
	return import_file(&f->shop, &f->by, files->path, how ? how : &none, r);
}

static inline void tell_fault(void *arg, const char *sentence)
{
	(void)arg;
	print_error("verify: %s\n", sentence);
}

static inline void assert_verified(struct fixture *f)
{
	struct verify_watch watch = { .fault = tell_fault };
	struct verify_ask ask = { .watch = &watch };
	struct verify_result result;

	MUST(shop_verify(&f->shop, &ask, &result));
	assert_int_equal(result.faults, 0);
}

static inline void assert_rows(const struct import_result *r, int64_t accepted,
			       int64_t duplicates, int64_t rejected)
{
	for (size_t i = 0; i < r->reason_count && r->rejected != rejected; i++)
		print_error("line %ld: %s\n", r->reasons[i].line, r->reasons[i].text);
	assert_int_equal(r->accepted, accepted);
	assert_int_equal(r->duplicates, duplicates);
	assert_int_equal(r->rejected, rejected);
	assert_int_equal(r->rows, accepted + duplicates + rejected);
}

/* The text once, with these counts of rows, and again, which changes nothing. */
static inline void import_text(struct fixture *f, const char *text, int64_t accepted,
			       int64_t rejected, struct import_result *r)
{
	struct import_result again;
	struct files files;

	files_make(&files);
	MUST(import_how(f, &files, text, NULL, r));
	assert_rows(r, accepted, 0, rejected);
	MUST(import_how(f, &files, text, NULL, &again));
	assert_rows(&again, 0, accepted, rejected);
	assert_int_equal(again.sales + again.refunds + again.openings, 0);
	assert_int_equal(again.customers_added + again.items_added, 0);
	assert_verified(f);
	files_remove(&files);
}

/* -- looking -- */

struct person_question {
	const char *who;
	enum status st;
	struct customer c;
};

static inline enum status ask_person(struct txn *txn, void *arg)
{
	struct person_question *q = arg;
	struct shop shop = { .settings = { .country = "IN" } };
	int64_t id;

	q->st = customer_resolve(txn, &shop, q->who, &id);
	if (q->st == ST_OK)
		customer_get(txn, id, &q->c);
	return txn_status(txn);
}

/* By card, code, phone, email, #id or name; fails the test when there is none. */
static inline struct customer person(struct fixture *f, const char *who)
{
	struct person_question q = { .who = who };

	MUST(store_read(f->shop.store, ask_person, &q));
	if (q.st != ST_OK)
		print_error("%s: %s\n", who, status_text());
	assert_int_equal(q.st, ST_OK);
	return q.c;
}

static inline enum status ask_count(struct txn *txn, void *arg)
{
	uint64_t *count = arg;

	*count = txn_count(txn, (enum table)*count);
	return txn_status(txn);
}

static inline uint64_t rows_of(struct fixture *f, enum table table)
{
	uint64_t count = table;

	MUST(store_read(f->shop.store, ask_count, &count));
	return count;
}

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/lite.h"

#ifndef HAVE_SQLITE

/* Nobody has a struct lite, so nothing but lite_open() is ever called. */

const char *lite_version(void)
{
	return "not in this build";
}

struct lite *lite_open(const char *path, const char *journal_mode)
{
	(void)path;
	(void)journal_mode;
	return NULL;
}

void lite_close(struct lite *l)
{
	(void)l;
}

void lite_run(struct lite *l, const char *sql)
{
	(void)l;
	(void)sql;
}

struct lite_query *lite_prepare(struct lite *l, const char *sql)
{
	(void)l;
	(void)sql;
	return NULL;
}

void lite_text(struct lite_query *q, int at, const char *text)
{
	(void)q;
	(void)at;
	(void)text;
}

void lite_bytes(struct lite_query *q, int at, const void *bytes, size_t len)
{
	(void)q;
	(void)at;
	(void)bytes;
	(void)len;
}

void lite_number(struct lite_query *q, int at, int64_t n)
{
	(void)q;
	(void)at;
	(void)n;
}

void lite_do(struct lite_query *q, size_t n, const int64_t *numbers)
{
	(void)q;
	(void)n;
	(void)numbers;
}

size_t lite_read(struct lite_query *q, int64_t *sum)
{
	(void)q;
	*sum = 0;
	return 0;
}

#else

#include <sqlite3.h>
#include <stdlib.h>
#include <stdio.h>

#include "base/mem.h"
#include "tests/bench/bench.h"

enum { QUERIES = 24 };

struct lite_query {
	struct lite *lite;
	sqlite3_stmt *statement;
};

struct lite {
	sqlite3 *db;
	struct lite_query query[QUERIES];
	size_t query_count;
};

static void must(const struct lite *l, int result)
{
	if (result != SQLITE_OK && result != SQLITE_DONE && result != SQLITE_ROW)
		bench_fail("SQLite: %s", sqlite3_errmsg(l->db));
}

const char *lite_version(void)
{
	return sqlite3_libversion();
}

struct lite *lite_open(const char *path, const char *journal_mode)
{
	struct lite *l = mem_alloc(sizeof(*l));
	char sql[128];

	must(l, sqlite3_open(path, &l->db));
	sqlite3_busy_timeout(l->db, 60000);
	snprintf(sql, sizeof(sql), "PRAGMA journal_mode=%s; PRAGMA synchronous=FULL;"
		 "PRAGMA cache_size=-65536; PRAGMA mmap_size=17179869184", journal_mode);
	lite_run(l, sql);
	return l;
}

void lite_close(struct lite *l)
{
	for (size_t i = 0; i < l->query_count; i++)
		sqlite3_finalize(l->query[i].statement);
	must(l, sqlite3_close(l->db));
	free(l);
}

void lite_run(struct lite *l, const char *sql)
{
	must(l, sqlite3_exec(l->db, sql, NULL, NULL, NULL));
}

struct lite_query *lite_prepare(struct lite *l, const char *sql)
{
	struct lite_query *q = &l->query[l->query_count++];

	if (l->query_count > QUERIES)
		bench_fail("SQLite: more than %d queries", QUERIES);
	q->lite = l;
	must(l, sqlite3_prepare_v2(l->db, sql, -1, &q->statement, NULL));
	return q;
}

void lite_text(struct lite_query *q, int at, const char *text)
{
	must(q->lite, sqlite3_bind_text(q->statement, at, text, -1, SQLITE_STATIC));
}

void lite_bytes(struct lite_query *q, int at, const void *bytes, size_t len)
{
	must(q->lite, sqlite3_bind_blob(q->statement, at, bytes, (int)len, SQLITE_STATIC));
}

void lite_number(struct lite_query *q, int at, int64_t n)
{
	must(q->lite, sqlite3_bind_int64(q->statement, at, n));
}

void lite_do(struct lite_query *q, size_t n, const int64_t *numbers)
{
	for (size_t i = 0; i < n; i++)
		lite_number(q, (int)i + 1, numbers[i]);
	must(q->lite, sqlite3_step(q->statement));
	must(q->lite, sqlite3_reset(q->statement));
}

size_t lite_read(struct lite_query *q, int64_t *sum)
{
	size_t rows = 0;
	int result;

	*sum = 0;
	while ((result = sqlite3_step(q->statement)) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(q->statement); i++)
			*sum += sqlite3_column_type(q->statement, i) == SQLITE_INTEGER ?
				sqlite3_column_int64(q->statement, i) :
				sqlite3_column_bytes(q->statement, i);
		rows++;
	}
	must(q->lite, result);
	must(q->lite, sqlite3_reset(q->statement));
	return rows;
}

#endif

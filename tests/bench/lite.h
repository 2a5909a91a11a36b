/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_BENCH_LITE_H
#define TESTS_BENCH_LITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/bench/counter.h"

/* SQLite as a yardstick. Without it in the build lite_open() gives NULL, and
 * the rows are left out with a note. */

struct lite;
struct lite_query;		/* prepared; ends with its database */

const char *lite_version(void);	/* "not in this build" */
struct lite *lite_open(const char *path, const char *journal_mode);
void lite_close(struct lite *l);
void lite_run(struct lite *l, const char *sql);		/* to its end, rows thrown away */
struct lite_query *lite_prepare(struct lite *l, const char *sql);

/* Texts and bytes stay until they are bound anew, and are not copied. */
void lite_text(struct lite_query *q, int at, const char *text);
void lite_bytes(struct lite_query *q, int at, const void *bytes, size_t len);
void lite_number(struct lite_query *q, int at, int64_t n);
/* Binds numbers from the first parameter on and writes. */
void lite_do(struct lite_query *q, size_t n, const int64_t *numbers);
#define LITE_DO(q, ...)								\
	lite_do(q, sizeof((const int64_t[]){ __VA_ARGS__ }) / sizeof(int64_t),	\
		(const int64_t[]){ __VA_ARGS__ })
/* Steps through all rows; gives how many, and the sum of all columns: numbers,
 * and lengths of texts. */
size_t lite_read(struct lite_query *q, int64_t *sum);

/* -- the work of a counter sale: sale, lines, tenders, postings, balances, the
 * shop's side, lots, figures, index, operation id -- */

struct lite_book;
struct lite_book *lite_book_open(const char *path, const char *journal_mode);
void lite_book_close(struct lite_book *b);
struct lite *lite_of(struct lite_book *b);
/* One transaction, on the disk at the return. */
void lite_book_sell(struct lite_book *b, const struct sold *s);
/* All that the shop has sold so far, in one transaction. */
void lite_book_fill(struct lite_book *b, struct counter *c);

#endif

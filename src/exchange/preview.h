/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_PREVIEW_H
#define EXCHANGE_PREVIEW_H

#include "exchange/formats.h"

/* A file before it is imported: what is in it, what its columns would mean, and
 * what a person says instead. Nothing is changed by it. */

enum { PREVIEW_ROWS = 20, PREVIEW_MAP = 24 };

struct preview_row {
	long line;
	size_t n, at;			/* fields in 'text', each ended by NUL */
};

struct preview {
	char path[IMPORT_PATH];
	struct formats formats;		/* what it could be ... */
	const struct till_format *till;	/* ... and is; NULL: our own contract, or columns that a
					   person says */
	bool till_picked;		/* a person said which */
	int64_t skipped;		/* of 'rows': no sales, as the till says */
	struct columns columns;		/* also where something is wanted: what is clear */
	bool ready;			/* it can be imported so */
	char why[IMPORT_SENTENCE];	/* it cannot, for scripts; people are asked for
					   columns.wanted, or for the order of the dates */
	bool no_heading;		/* the first line has dates or amounts in it */
	int64_t rows;			/* below the first line */
	int32_t first_day, last_day;	/* of the dates that can be read; 0: none, or in two ways */
	enum date_order dates;		/* what a person said; DATES_AUTO: nothing */
	enum date_order settled;	/* the order they are read in; DATES_AUTO: only a person
					   can say it */
	struct date_sample sample;	/* a date that can be read in two ways; rows 0: none */
	const char *encoding, *delimiter;
	char note[IMPORT_SENTENCE];
	size_t row_count;		/* the first ones */
	struct preview_row heading, row[PREVIEW_ROWS];
	struct buf text;

	bool picked[CSV_COLUMNS_MAX];	/* a person said what it is: */
	enum column pick[CSV_COLUMNS_MAX];
	size_t map_count;		/* the same, as import_options takes it */
	char map[CSV_COLUMNS_MAX][PREVIEW_MAP];
	const char *maps[CSV_COLUMNS_MAX];
};

/* Reads the file of that path. ST_NOT_FOUND, ST_INVALID: there is none, it is
 * no table or empty, not even a first line can be shown. ST_CANCELLED: 'step'
 * said so (NULL: nobody looks). The caller frees it with preview_free(). */
MUST_CHECK enum status preview_open(const char *path, import_step *step, void *arg,
				    struct preview **out);
void preview_free(struct preview *p);

/* Reads it again, for what was picked since. Failures as for preview_open(),
 * and the preview is only good to be picked and read again, or freed. */
MUST_CHECK enum status preview_read(struct preview *p, import_step *step, void *arg);

/* The column is this one and no other is; COLUMNS: it is not to be read. */
void preview_pick(struct preview *p, size_t column, enum column meaning);

/* It is a file of that till; NULL: what its columns are is said by hand. What was
 * said of columns before is forgotten. */
void preview_pick_till(struct preview *p, const struct till_format *till);

/* What an unread column could be by its first value, of what is still missing;
 * else what it is. And the column that a person most likely has to pick next. */
enum column preview_likely(const struct preview *p, size_t column);
size_t preview_likely_column(const struct preview *p);

/* The text of a row under a column, long ones cut; "" where it has none. */
const char *preview_cell(const struct preview *p, const struct preview_row *row, size_t column);

/* As picked: good until the next pick, and while the preview is. */
struct import_options preview_options(const struct preview *p);

#endif

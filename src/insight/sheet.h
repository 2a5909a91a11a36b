/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_SHEET_H
#define INSIGHT_SHEET_H

#include "base/buf.h"
#include "base/format.h"
#include "insight/scan.h"

/* A figure as rows and columns. From one of these come the table view of its
 * screen, its CSV and what the command line prints, so that all three say the
 * same. */

enum sheet_kind {
	SHEET_TEXT,	/* as it is */
	SHEET_WORD,	/* N_(): as it is in CSV, translated where people read it */
	SHEET_COUNT,
	SHEET_MONEY,	/* minor units */
	SHEET_DAY,	/* "2026-03-01"; 0: nothing is known */
	SHEET_MONTH,	/* "2026-03": any day of it; 0: nothing is known */
	SHEET_SHARE,	/* 0..1 in CSV, percent for people, who read "too few" where
			   share_tells() is false; nothing of an empty whole. The
			   sample belongs in a column of its own. */
	SHEET_NUMBER	/* six decimals at most in CSV, two for people */
};

struct sheet_column {
	const char *name;	/* "repeat_rate": CSV */
	const char *title;	/* N_("Came again") */
	enum sheet_kind kind;
};

enum { SHEET_COLUMNS = 20 };

struct sheet_cell {
	bool known;		/* false: nothing is known there, and it is empty */
	union {
		int64_t n;	/* a count, money, a day; a text: where it begins in 'text' */
		struct share share;
		double number;
	};
};

/* { 0 } is an empty one, which has no columns. */
struct sheet {
	const struct sheet_column *columns;
	size_t column_count;
	struct sheet_cell *cells;	/* row by row */
	size_t cell_count, cell_cap;
	struct buf text;
};

/* 'columns', at most SHEET_COLUMNS, ends in { 0 } and stays the caller's. */
void sheet_start(struct sheet *s, const struct sheet_column *columns);
void sheet_release(struct sheet *s);

/* The next cell, left to right and row by row; of the column's kind. Texts are
 * copied. */
void sheet_text(struct sheet *s, const char *text);	/* SHEET_WORD too */
void sheet_count(struct sheet *s, int64_t n);
void sheet_money(struct sheet *s, int64_t minor);
void sheet_day(struct sheet *s, int32_t day);
void sheet_month(struct sheet *s, int32_t day);
void sheet_share(struct sheet *s, struct share share);
void sheet_number(struct sheet *s, double number);	/* not a finite one: nothing */
void sheet_nothing(struct sheet *s);

size_t sheet_rows(const struct sheet *s);

/* What a person reads in a cell, as 'f' writes it; "" where nothing is known.
 * Lives in 'room' or in the sheet. */
struct sheet_place {
	size_t row, column;
};
const char *sheet_shown(const struct sheet *s, struct sheet_place at, const struct format *f,
			char room[FORMAT_TEXT]);
/* Text stands at the left of its column, all else at the right. */
bool sheet_is_text(const struct sheet_column *column);

/* Appends the header and the rows, for spreadsheets and programs: money with
 * the currency's decimals and without its sign, days as 2026-03-01, and cells
 * that a spreadsheet would run disarmed (base/csv_write.h). */
void sheet_csv(const struct sheet *s, int decimals, struct buf *out);

#endif

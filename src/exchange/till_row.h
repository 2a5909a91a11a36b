/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_TILL_ROW_H
#define EXCHANGE_TILL_ROW_H

#include "base/buf.h"
#include "exchange/till.h"
#include "exchange/till_value.h"

/* One row of a till's file as one line of our own contract. */

struct till_rows {
	const struct till_reading *how;
	struct zone_memory *zones;
	enum date_order order;			/* AUTO: not needed yet */
	bool of_line[CSV_COLUMNS_MAX];		/* never taken from the receipt's first row */
	struct buf first;			/* that row's texts, each ended by NUL */
	size_t *first_at;
	bool has_first;
	const struct csv_row *row;
	bool goes_on;				/* the row belongs to the first one's receipt */
	struct {
		char key[200];			/* as the file has it */
		bool fits, known;
		int64_t instant;
	} date;					/* that was read last */
};

void till_rows_start(struct till_rows *t, const struct till_reading *how);
void till_rows_release(struct till_rows *t);

/* The row that the next calls are about. ST_INVALID of csv_next() or another
 * width than the header's is told in the line. */
void till_rows_take(struct till_rows *t, const struct csv_row *row);
/* Its number; "" none. */
const char *till_rows_receipt(const struct till_rows *t);
/* SKIP_REASONS: it is taken. */
/* By what the till calls it, not by its amount. */
bool till_rows_is_refund(const struct till_rows *t);
enum skip_reason till_rows_skip(const struct till_rows *t);
/* Another currency than the shop's; NULL: not. */
const char *till_rows_foreign(const struct till_rows *t);
/* Its date as the till wrote it. */
void till_rows_date(const struct till_rows *t, struct till_date *out);
/* Fills *line but for text and original, 'texts' with the texts of the
 * contract. What is wrong with the row is said in 'why'. Fails only when the
 * order of the dates cannot be settled. */
MUST_CHECK enum status till_rows_read(struct till_rows *t, struct till_line *line,
				      struct buf *texts, struct buf *why);
/* The texts alone, of a row that is not read any further. */
void till_rows_texts(const struct till_rows *t, bool is_refund, struct buf *texts);

#endif

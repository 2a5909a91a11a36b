/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_DAY_H
#define INSIGHT_DAY_H

#include "insight/liability.h"
#include "insight/scan.h"

/* The figures of one shop day, for the Z report at its close and for reading
 * any day later. An entry belongs to the day it occurred, so what is imported
 * for an older day appears in that day; what was undone is left out. */

/* How a program's points or stamps, or a reward, moved. None is below zero but
 * 'adjusted'. */
struct day_movement {
	int64_t given;		/* earned, awarded, issued */
	int64_t taken_back;	/* of what was given, by refunds */
	int64_t used;		/* paid with, exchanged; a reward: claimed */
	int64_t returned;	/* of what was used, by refunds */
	int64_t expired;
	int64_t adjusted;	/* by hand, net */
	int64_t opened;		/* brought from paper or another system; head starts */
};

struct day_program {
	int64_t id;
	char name[sizeof(((struct program *)0)->name)];
	enum program_kind kind;
	struct day_movement moved;
};

struct day_reward {
	int64_t id, program;
	char name[sizeof(((struct reward *)0)->name)];
	struct day_movement moved;
};

struct day_report {
	int32_t day;
	struct takings takings;	/* known share: known_sales / sales */
	int64_t discounts;	/* points and rewards taken off the day's bills */
	int64_t tax;		/* contained in the revenue */
	/* By enum tender_kind; they sum to takings.revenue. A refund goes the
	 * way its sale was paid; TENDER_UNKNOWN when that was not said, or was
	 * more than one way. */
	int64_t tenders[TENDERS];
	int64_t adjustments;	/* balances changed by hand: how many */
	int64_t undone;		/* entries of the day that were undone */

	/* Every program and reward, by id; those without movement too. */
	struct day_program *programs;
	size_t program_count;
	struct day_reward *rewards;
	size_t reward_count;

	/* What the shop owes today, at the time of reading: leave it out when an
	 * older day is shown. */
	struct liability liability;

	int64_t closed;		/* the entry that closed the day; 0: open */
	char closed_by[WHO_SIZE];	/* who closed it, and on which shop day; "" open */
	int32_t closed_on;
	int64_t counted;	/* takings told at the close; 0 while it is open */
	/* What was rung up before the close and not there when it was counted,
	 * less what was undone since; 0: nothing, or not counted. */
	int64_t missing;
	int64_t late;		/* the day's sales, refunds ... recorded after the close */
	/* Of the entry that closed the day; of the newest one while it is open;
	 * "" in an empty journal. */
	char fingerprint[FINGERPRINT_TEXT];
};

/* ST_INVALID: a day that the book cannot hold. ST_CORRUPT, ST_FULL as in
 * scan_run(). Release *out whatever it returns. */
MUST_CHECK enum status day_run(struct txn *txn, int32_t day, int32_t today,
			       struct day_report *out);
MUST_CHECK enum status day_read(struct store *store, int32_t day, int32_t today,
				struct day_report *out);
/* Had the day sales, and nobody closed it? Cheap where it was closed, or is one
 * of the last days. */
MUST_CHECK enum status day_is_left_open(struct store *store, int32_t day, bool *open);
void day_release(struct day_report *r);

#endif

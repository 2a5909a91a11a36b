/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_PROGRAM_H
#define SHOP_PROGRAM_H

#include "base/money.h"
#include "ledger/book.h"

enum program_kind { PROGRAM_STAMPS, PROGRAM_POINTS };
enum program_per { PER_SALE, PER_ITEM };
enum validity { VALID_NEVER, VALID_DAYS, VALID_MONTHS, VALID_MONTH_END, VALID_YEAR_END,
		VALID_INACTIVE };

struct milestone {
	int64_t stamps;			/* when the card reaches this many ... */
	int64_t reward;			/* ... this reward is issued */
};

struct category_name {
	char name[64];
};

/* The rules of one program. Shares of a bill are hundredths of a percent. */
struct program {
	int64_t id;
	char name[64];
	int64_t kind;
	bool stopped;			/* gives nothing new; what was given stays good */
	int64_t from;			/* first shop day it counts */
	int64_t min_spend;		/* a sale under this earns nothing */
	int64_t daily_cap;		/* most points or stamps a customer and day; 0 no cap */
	int64_t validity;		/* enum validity */
	int64_t valid_for;		/* days or months, as validity says */
	int64_t pending_days;		/* usable only after so many days */
	uint32_t include_count, exclude_count;
	struct category_name include[16], exclude[16];	/* categories that earn or not */

	/* stamps */
	int64_t goal;
	int64_t per;			/* enum program_per */
	int64_t head_start;		/* stamps given with the customer's first one */
	int64_t reward;			/* issued at the goal */
	bool claim_now;			/* the reward is used on the completing sale */
	int64_t reward_days;		/* days a reward is good after its issue; 0 ever */
	uint32_t milestone_count;
	struct milestone milestones[8];

	/* points */
	int64_t earn, spend;		/* 'earn' points for each 'spend' of the basis */
	int64_t rounding;		/* enum rounding */
	int64_t point_value;		/* money off for a point; 0: buys rewards only */
	int64_t min_redeem;
	int64_t max_share;		/* of a bill that points may pay; 0: all of it */
	bool before_tax;		/* the basis leaves the contained tax out */
	struct unknown later;
};
extern const struct record_type program_type;

struct programs {
	struct program *row;
	size_t n, cap;
};
void programs_load(struct txn *txn, struct programs *out);
void programs_release(struct programs *p);
const char *program_unit(const struct program *p);	/* "stamps" or "points" */
/* By name (folded) or id. NULL: fail() has the sentence with the nearest name. */
const struct program *program_named(const struct programs *p, const char *name);
const struct program *program_by_id(const struct programs *p, int64_t id);

/* What earning looks at in a sale. */
struct earning {
	int32_t day;
	int64_t total, tax;			/* after all discounts */
	size_t line_count;
	const struct line *lines;
	const char *(*category)(void *arg, int64_t item);	/* folded; "" none */
	void *arg;
};
/* Points or stamps before the daily cap; 0: nothing. Source: 2-loyalty rules,
 * floor(basis x earn / spend) with one rounding. Does not look at from or
 * stopped. ST_FULL: more than can be kept. */
MUST_CHECK enum status program_earns(const struct program *p, const struct earning *s,
				     int64_t *amount);
/* Why program_earns() gives nothing; EARNS when it gives something. */
enum earns_nothing {
	EARNS,
	NOTHING_PAID,
	NOTHING_SMALL,		/* under min_spend */
	NOTHING_COUNTS,		/* no item of the categories that do */
	NOTHING_ENOUGH		/* too little for one */
};
enum earns_nothing program_why_nothing(const struct program *p, const struct earning *s);
/* Does a sale of which 'total' is left still qualify? (refunds) */
bool program_qualifies(const struct program *p, int64_t total);
/* Last shop day that what was earned on 'day' is good through; 0 never. */
int64_t program_through(const struct program *p, int32_t day);

#endif

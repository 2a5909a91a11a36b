/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_CLV_H
#define INSIGHT_CLV_H

#include "insight/definition.h"
#include "insight/histories.h"
#include "insight/people.h"
#include "insight/sheet.h"

/* What customers are worth: the visits that each is expected to make (BG/NBD,
 * bgnbd.h) times what they are expected to spend on one (Gamma-Gamma,
 * gamma_gamma.h), discounted. Learnt from the visits of all known customers up
 * to a day; later ones are not looked at. A visit is a distinct (customer, shop
 * day), T ends with the day itself, and what was paid on a visit is net of
 * refunds, whenever they came.
 *
 * Value = the sum over months i = 1 .. n of the average times the visits expected
 * in that month, divided by (1 + discount)^i. A month is 4.345 weeks (or 30
 * days), and 52 weeks (or 365 days) are twelve of them; other horizons are so many
 * months in proportion, the last one in part: 13 weeks are 3, one week is 12/52. */

enum { CLV_HORIZON_MOST = 260 };	/* weeks */

struct clv_options {
	int32_t as_of;		/* the last day that is looked at; 0: the last sale's */
	int unit;		/* days in the unit of time: 7, or 1; 0: 7 */
	int horizon;		/* units ahead; 0: 52 weeks, 365 days */
	double discount;	/* a month, in per cent, 0 .. 99; CLV_DISCOUNT_USUAL: 1 */
	int decimals;		/* of the currency: for gamma and its likelihood alone */
	const struct people_set *only;	/* the sums are of these; NULL: of all */
};

/* Where the figures stop short: clv_words() says so. */
enum clv_state {
	CLV_FITTED,
	CLV_NOBODY,	/* no known customer had come by that day */
	CLV_FEW,	/* fewer than CLV_REPEAT_LEAST came again: only 'plain' tells something */
	CLV_SILENT,	/* the last sale is more than a year before that day */
	CLV_NO_FIT,	/* the visits are not as the model has it; only 'plain' */
	CLV_UNSURE,	/* they leave open who has stopped: P(alive) may be anything; 'plain' */
	CLV_SHORT,	/* the horizon is more than CLV_AHEAD_MOST times what lies behind */
};
enum { CLV_REPEAT_LEAST = 20, CLV_AHEAD_MOST = 8 };

/* What a visit brings; unless fitted, it is the average of all visits for everybody. */
enum clv_spend_state {
	CLV_SPEND_FITTED,
	CLV_SPEND_FEW,		/* of customers with paid repeat visits there are too few */
	CLV_SPEND_EQUAL,	/* everybody spends the same */
	CLV_SPEND_NO_FIT,	/* no mean that can be relied on */
	CLV_SPEND_NOTHING,	/* nothing was paid on the whole: no value */
};

/* Without a model: they spend 'average' a visit, and come again so many times a
 * year. */
struct clv_plain {
	double average;		/* minor units; of all visits */
	double visits_a_year;	/* repeat visits / time since the first; 0: too short a time */
	double value;		/* of all customers over the horizon, if they go on so */
};

struct clv {
	struct clv_options used;	/* with the defaults filled in */
	double months;
	int32_t first_day;		/* of the first visit; 0 without any */
	bool whole;			/* false: clv_step() has more to do */
	enum clv_state state;
	enum clv_spend_state spend;
	struct bgnbd_fit visits;
	struct gamma_gamma_fit money;
	struct clv_plain plain;

	/* Of 'only', or of all. */
	int64_t customers, repeat;	/* repeat: who came again */
	double alive, repeat_alive;	/* how many of them are likely still regulars */
	double expected, value;		/* visits; minor units */

	struct histories h;
	struct clv_work *work;
};

#define CLV_DISCOUNT_USUAL 0.0
#define CLV_DISCOUNT_NONE (-1.0)

/* ST_INVALID: options out of their limits. Release *out whatever it returns. */
MUST_CHECK enum status clv_of(const struct scan *s, const struct clv_options *options,
			      struct clv *out);
/* The same in parts of some milliseconds, while 'whole' is false; the scan must
 * stay as it is until then, and 'only' as long as the figures are used. */
MUST_CHECK enum status clv_start(struct clv *c, const struct scan *s,
				 const struct clv_options *options);
void clv_step(struct clv *c, const struct scan *s);
/* As many of these as take some milliseconds. */
void clv_work(struct clv *c, const struct scan *s);
void clv_release(struct clv *c);

struct clv_person {
	int64_t customer;
	int32_t first, last;	/* days of their visits by as_of */
	int32_t x;
	double t_x, T;		/* in the unit */
	double mean;		/* minor units on a repeat visit; 0 where x is */
	double alive;		/* 0..1: "likely still a regular" */
	double expected;	/* visits over the horizon */
	/* Minor units. What they spend on a visit, and what they are worth;
	 * 0 with CLV_SPEND_NOTHING. */
	int64_t average, value;
};

/* False: they had not come by as_of, or the state is another than CLV_FITTED. */
bool clv_person(const struct clv *c, int64_t customer, struct clv_person *out);
/* What is known without a model: their days, x, t_x, T and mean. False: they had
 * not come by as_of. */
bool clv_history(const struct clv *c, int64_t customer, struct clv_person *out);
/* The i-th of the rows, i < h.n, by customer; only when CLV_FITTED. */
void clv_at(const struct clv *c, size_t i, struct clv_person *out);

/* N_() sentences: what there is, or why there is nothing. For money only with
 * CLV_FITTED. */
const char *clv_words(const struct clv *c);
const char *clv_spend_words(const struct clv *c);
/* What to be told beside the figures of CLV_FITTED; NULL: nothing. */
const char *clv_caution(const struct clv *c);

/* One row for each customer of 'only', or of all, most valuable first. */
void clv_sheet(const struct clv *c, struct sheet *out);
extern const struct definition clv_definitions[];

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_BASKET_H
#define INSIGHT_BASKET_H

#include "insight/definition.h"
#include "insight/lines.h"
#include "insight/sheet.h"

/* What goes with what: rules "who takes X takes Y", of two things. A thing is an
 * item or a category of items. A basket is the set of distinct things on one
 * receipt, or on all receipts of one customer on one day (a visit; each
 * anonymous receipt is one by itself). A receipt that names no thing is none.
 *
 * support = baskets with both / all; confidence = baskets with both / baskets
 * with X; lift = confidence / (baskets with Y / all). A rule is there when its
 * count is at least ceil(support x baskets) and its confidence at least what
 * was asked for.
 *
 * Chance: Fisher's exact test, one-sided, for each pair. Many pairs are tried,
 * so some look good by luck: Benjamini and Hochberg keep those to 5 % of what is
 * called significant, counted over all pairs of things that are frequent
 * enough by themselves. Not Holm, who forbids a single one: a false pair costs
 * a shelf moved for nothing, a true one that is hidden costs more. A rule that
 * is not significant is "too few to tell". */

enum { BASKET_WHOLE = 1000000000 };	/* 1.0 of a support or a confidence */
enum { BASKET_FLOOR = 5 };		/* baskets */

struct basket_options {
	struct sold_window window;
	bool by_category, by_visit;
	int64_t support;	/* of BASKET_WHOLE; 0: 0.001, and no fewer than
				 * BASKET_FLOOR baskets */
	int64_t confidence;	/* of BASKET_WHOLE; 0: 0.1 */
	int64_t min_count;	/* baskets; 0: what support says */
};

struct basket_rule {
	uint32_t lhs, rhs;	/* places in sold.goods: of items, or of categories */
	int64_t count, lhs_count, rhs_count;	/* baskets */
	double p_value;		/* of chance alone bringing them together so often */
	bool significant;	/* and lift > 1 */
	/* Customers who took X in the window and Y never, at any time. The people
	 * of basket_filter(). */
	int64_t people;
};

struct basket {
	struct basket_options used;	/* with the defaults filled in */
	int64_t baskets, receipts;	/* receipts: of the window, with or without names */
	int64_t nameless;	/* lines without a thing, left out */
	int64_t things;		/* distinct ones in baskets */
	int64_t frequent;	/* of them: at least min_count by themselves */
	int64_t pairs;		/* that are together in at least min_count baskets */
	struct basket_rule *rule;	/* strongest first: by how many more baskets have
					 * both than chance would give; significant ones
					 * before the others. A pair's two rules stand
					 * together: first the one with more people, else
					 * the more confident one */
	size_t n;
};

/* ST_INVALID: options that cannot be. ST_REFUSED: more pairs than BASKET_PAIRS are
 * frequent enough: ask for a higher support. Release *out whatever it returns. */
enum { BASKET_PAIRS = 1000000 };
MUST_CHECK enum status basket_of(const struct sold *s, const struct basket_options *options,
				 struct basket *out);
void basket_release(struct basket *b);

double basket_support(const struct basket *b, const struct basket_rule *r);
double basket_confidence(const struct basket_rule *r);
double basket_lift(const struct basket *b, const struct basket_rule *r);
/* For people: of 100 who take X, so many take Y. */
int basket_of_hundred(const struct basket_rule *r);
/* Does it say of the same two what the rule before it says? */
bool basket_is_mirror(const struct basket *b, size_t i);
/* N_("yes"), N_("no"): they are not together more often than others;
 * N_("too few to tell"). */
const char *basket_tells(const struct basket *b, const struct basket_rule *r);

const char *basket_name(const struct sold *s, const struct basket *b, uint32_t thing);
void basket_sheet(const struct sold *s, const struct basket *b, struct sheet *out);
extern const struct definition basket_definitions[];

#endif

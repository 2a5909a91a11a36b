/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_INSIGHT_LITTLE_SHOP_H
#define TESTS_INSIGHT_LITTLE_SHOP_H

#include "insight/clv.h"
#include "tests/insight/past.h"

/* A little shop whose figures another program worked out: the likelihood as the
 * papers have it, SciPy's minimizer and its 2F1. */
enum { START = 10000, LITTLE = 120, AS_OF = START + 100 };

static inline void little_shop(struct past *p)
{
	static const int again[] = { 0, 0, 1, 2, 0, 4, 1, 9 };

	for (int i = 1; i <= LITTLE; i++) {
		int32_t day = START + i * 13 % 50;

		past_visit(p, i, day, 1000 + i * 37 % 900);
		for (int j = 1; j <= again[(i * i + i / 3) % 8]; j++) {
			day += 1 + (i * 5 + j * 11) % (4 + i % 19);
			past_visit(p, i, day, (500 + i * i * 37 % 2900) *
				   (60 + (j * 53 + i * 7) % 80) / 100);
		}
	}
}

static inline struct clv clv_in(const struct past *p, const struct clv_options *o)
{
	struct clv c;

	assert_int_equal(clv_of(&p->scan, o, &c), ST_OK);
	assert_true(c.whole);
	return c;
}

#endif

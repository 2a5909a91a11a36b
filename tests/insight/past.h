/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_INSIGHT_PAST_H
#define TESTS_INSIGHT_PAST_H

/* What a scan would have found, without a shop. */

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "insight/scan.h"
#include "tests/insight/chance.h"

#include <cmocka.h>	/* last: it has a macro fail() */

struct past {
	struct scan scan;
	size_t cap, paid_cap;
};

/* By customer, then day; what was paid on one day is added up. */
static inline void past_visit(struct past *p, int64_t customer, int32_t day, int64_t paid)
{
	struct scan *s = &p->scan;
	uint64_t visit = (uint64_t)customer << 32 | (uint32_t)day;

	if (day > s->last_sale_day)
		s->last_sale_day = s->last_day = day;
	if (s->visit_count && s->visits[s->visit_count - 1] == visit) {
		s->paid[s->visit_count - 1] += paid;
		return;
	}
	assert_true(!s->visit_count || s->visits[s->visit_count - 1] < visit);
	s->visits = mem_grow(s->visits, s->visit_count, &p->cap, sizeof(*s->visits));
	s->paid = mem_grow(s->paid, s->visit_count, &p->paid_cap, sizeof(*s->paid));
	s->visits[s->visit_count] = visit;
	s->paid[s->visit_count++] = paid;
}

static inline void past_release(struct past *p)
{
	free(p->scan.visits);
	free(p->scan.paid);
	*p = (struct past){ .cap = 0 };
}

#define assert_close(a, b, within) numbers_are_close((a), (b), (within), __FILE__, __LINE__)
#define assert_near(a, b, relative) assert_close(a, b, fabs((double)(b)) * (relative))

static inline void numbers_are_close(double a, double b, double within, const char *file,
				     int line)
{
	if (fabs(a - b) <= within)
		return;
	print_error("%.17g is not %.17g within %g\n", a, b, within);
	_fail(file, line);
}

#endif

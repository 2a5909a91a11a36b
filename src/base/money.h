/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

/* Money is int64 minor units of the shop's one currency. Never a float. */

struct currency {
	char code[4];		/* ISO 4217: "INR" */
	int decimals;		/* 2; 0 for JPY; 3 for KWD */
	const char *symbol;	/* "₹"; the code where there is none */
	const char *name;
};

/* NULL: not a currency of ISO 4217. Any case. */
const struct currency *currency_find(const char *code);
/* The i-th of all, NULL after the last; for lists and completion. */
const struct currency *currency_at(unsigned i);

/* The largest amount of one line, sale or payment, in minor units. Sums of
 * these cannot overflow before four thousand of them, and sums are checked. */
#define MONEY_MOST INT64_C(1000000000000000)

/* "12.50", "12,50", "-3", "+3"; Latin or native digits; thousands in groups
 * ("1,149.00", "1.149,00", "1 149,00", "12,34,567.50") when it is clear which
 * sign is which. A point alone writes decimals, as in every file of ours; a
 * comma alone writes thousands before three digits ("1,234"), else decimals.
 * ST_INVALID: not an amount, more decimals than the currency has (unless they
 * are zeros), what may be thousands or zeros ("12.500"), or past MONEY_MOST;
 * the sentence quotes it. */
MUST_CHECK enum status money_parse(const char *text, int decimals, int64_t *minor);

enum { MONEY_TEXT = 32 };
/* "12.50", "-0.05": for scripts, files and JSON; money_parse() reads it back. */
void money_print(int64_t minor, int decimals, char out[MONEY_TEXT]);

/* Sums and products that say when they do not fit: false, and *sum untouched. */
MUST_CHECK bool sum_checked(int64_t a, int64_t b, int64_t *sum);

enum rounding { ROUND_FLOOR, ROUND_HALF_UP, ROUND_CEIL };
/* a * b / c with one rounding at the end; c > 0. ROUND_FLOOR goes toward minus
 * infinity, ROUND_HALF_UP takes halves away from zero. False: does not fit. */
MUST_CHECK bool mul_div(int64_t a, int64_t b, int64_t c, enum rounding how, int64_t *result);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/proportion.h"

#include <math.h>

static const double z = 1.959963984540054;	/* 97.5 % of the normal curve */

struct interval share_interval(struct share s)
{
	double n = (double)s.whole, p = share_value(s), middle, half;

	if (!s.whole)
		return (struct interval){ 0, 1 };
	middle = p + z * z / (2 * n);
	half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n));
	return (struct interval){ fmax(0, (middle - half) / (1 + z * z / n)),
				  fmin(1, (middle + half) / (1 + z * z / n)) };
}

struct interval share_difference(struct share a, struct share b)
{
	struct interval x = share_interval(a), y = share_interval(b);
	double p = share_value(a), q = share_value(b);

	return (struct interval){ p - q - hypot(p - x.low, y.high - q),
				  p - q + hypot(x.high - p, q - y.low) };
}

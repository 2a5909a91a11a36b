/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_DEFINITION_H
#define INSIGHT_DEFINITION_H

/* What a number means, for whom it is counted and in which days: a figure has a
 * table of these that ends in { 0 }, for F1 on its screen and for --json. */
struct definition {
	const char *name;	/* "churn_rate": the JSON key of the number */
	const char *text;	/* N_(): whole sentences */
};

/* A row of it, of figures whose people filters find. */
#define DEFINITION_ERASED { "erased", N_("Who was erased still counts, without a name. Filters " \
	"and lists of people leave them out, and so may find fewer.") }
/* Of figures with refunds in a window. */
#define DEFINITION_WINDOW { "window", N_("The window ends with the day of the last sale, unless " \
	"another was asked for: a refund given after it is not in it until somebody buys again.") }

#endif

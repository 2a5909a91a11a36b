/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_BIND_H
#define EXCHANGE_BIND_H

#include "exchange/formats.h"

/* Where the columns of a description stand in one file. */

enum { BOUND_MOST = 16 };

struct places {
	size_t n;
	int at[BOUND_MOST];
};

struct bound_column {
	struct places names, join, plus, minus;
};

struct binding {
	const struct till_format *format;
	size_t n;				/* columns of the file */
	struct bound_column column[FORMAT_FIELDS];
	int *skips, refund;			/* -1: not in this file */
	int consent[CONSENT_CHANNELS];
};

/* --map FIELD=COLUMN says what stands for a field, --map -=COLUMN that a column
 * is not read, whatever for. 'out' gets what each column means, for people.
 * ST_INVALID: a map is wrong, or what is needed is not there: the sentence names
 * it and the --map that settles it. The caller frees the binding. */
MUST_CHECK enum status binding_make(const struct till_format *f, const struct csv_row *header,
				    const struct import_options *how, struct binding **binding,
				    struct columns *out);
void binding_free(struct binding *b);

#endif

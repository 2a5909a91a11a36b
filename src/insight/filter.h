/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_FILTER_H
#define INSIGHT_FILTER_H

#include "base/buf.h"
#include "insight/people.h"
#include "shop/shop.h"

/* One small language that chooses customers, for screens, segments, reports
 * and the command line:
 *
 *   last_visit > 60d and visits >= 3 and not tag:staff
 *
 * Tests are joined by and, or, not and (). What each field means stands in the
 * table of filter_fields.c, which the help shows; how values are written is in
 * filter_value.c. Who was erased or merged into another is in no answer.
 *
 * Days, durations and windows count back from 'today'. Figures of habit (gaps,
 * rfm, r, f, m, p_alive, expected, value) are as of the shop's last sale, as in
 * reports. A comparison with a day that is not there (no visit yet) is false. */

struct filter;

/* Where the text is wrong, in bytes, and what to do: one sentence. */
struct filter_mistake {
	size_t at, len;
	char text[512];
	bool unknown;		/* a word that the language has not: a list of them helps */
};

enum { FILTER_TEXT = 4000 };	/* bytes of a filter, at most */

/* ST_INVALID: 'mistake' says where and why, and status_text() is its sentence.
 * Others are the store's. The caller frees *out; NULL unless ST_OK. */
MUST_CHECK enum status filter_parse(struct shop *shop, const char *text, struct filter **out,
				    struct filter_mistake *mistake);
void filter_free(struct filter *f);
/* Appends it as one would write it; parsed again it is the same filter. */
void filter_print(const struct filter *f, struct buf *out);
/* Spaces up to the mistake and carets under it, by the columns of a terminal;
 * for a line under the text. */
void filter_caret(const char *text, const struct filter_mistake *mistake, struct buf *out);

/* Keeps it as a segment: segment_add(), or segment_edit() of 'which' unless that is
 * NULL; the faces keep filters by this alone. A segment stands in the journal, which
 * erasing a customer does not reach: ST_REFUSED when the filter compares somebody's
 * name, number or address, or words that are about them. */
struct segment;
MUST_CHECK enum status filter_keep(struct shop *shop, const struct actor *by, const char *which,
				   struct segment *s);
/* The field that it compares so, as in name ~ "patel"; NULL: none. "has phone" and
 * email = "" say nothing of anybody. */
const char *filter_names_somebody(const struct filter *f);

/* All whom it chooses. Release *out whatever this returns. */
MUST_CHECK enum status filter_run(struct shop *shop, const struct filter *f, int32_t today,
				  struct people_set *out);

/* The same in parts of some milliseconds, between which nothing is held open.
 * The filter must live as long. */
struct filter_search {
	struct people_set found;	/* so far; in order of ids, so they only come behind */
	bool whole;			/* nothing more comes */
	int64_t done, total;		/* work, in no unit: for a bar */
	struct filter_state *state;
};
MUST_CHECK enum status filter_begin(struct shop *shop, const struct filter *f, int32_t today,
				    struct filter_search *out);
/* Before the first part: a whole scan of this shop, which then need not be read
 * anew. It must stay as it is until filter_end(). */
struct scan;
void filter_use_scan(struct filter_search *s, const struct scan *scan);
/* The next part; call it until 'whole'. After a failure only filter_end(). */
MUST_CHECK enum status filter_step(struct shop *shop, struct filter_search *s);
void filter_end(struct filter_search *s);	/* also releases what was found */

/* The words of the language, for help and for lists to pick from; NULL after
 * the last. */
struct filter_word {
	const char *name;		/* "visits" */
	const char *example;		/* "visits(90d) >= 3" */
	const char *help;		/* N_(), one sentence */
};
const struct filter_word *filter_word(size_t i);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_SIFT_H
#define SCREENS_SIFT_H

#include "insight/filter.h"
#include "screens/ui.h"

/* Whom a filter chooses, found in parts while somebody types it. { 0 } is
 * without one. */

struct sifting {
	struct filter *filter;		/* NULL: none */
	struct filter_search search;
};

struct sift {
	char *text;			/* what was read last; NULL nothing */
	bool wrong;			/* it cannot be read: 'mistake'; 'now' is the one before */
	struct filter_mistake mistake;
	struct sifting now;
	struct sifting next;		/* the same again, because the book changed; takes the
					   place of 'now' when it is whole */
	int64_t seq;			/* the book's last entry when the newest of them began */
	int32_t today;
	unsigned version;		/* another one whenever 'now' was added to or is another */
};

/* Reads 'text' when it is another, and the next part of what it chooses, some
 * milliseconds long; 'seq' is the book's last entry, as far as it is known.
 * *whole false: call it again. */
MUST_CHECK enum status sift_update(struct sift *s, struct ui *ui, const char *text, int64_t seq,
				   bool *whole);
void sift_release(struct sift *s);

/* Is there a filter, and whom does it choose so far? */
bool sift_is_on(const struct sift *s);
const struct people_set *sift_people(const struct sift *s);
bool sift_is_whole(const struct sift *s);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_SEGMENT_H
#define SHOP_SEGMENT_H

#include "shop/trade.h"

/* A filter that is kept under a name: who is in it is asked anew each time.
 * What the filter's text means is not known here (insight/filter.h); the faces
 * check it before they keep it. */
enum { SEGMENT_NAME = 80, SEGMENT_FILTER = 1000 };

struct segment {
	int64_t id;
	char name[SEGMENT_NAME];
	char filter[SEGMENT_FILTER];
	int64_t added;			/* the shop's day */
	bool stopped;			/* removed: its name is free again */
	struct unknown later;
};
extern const struct record_type segment_type;

struct segments {
	struct segment *row;
	size_t n, cap;
};

/* Those that are in use, the oldest first. */
void segments_load(struct txn *txn, struct segments *out);
MUST_CHECK enum status segments_read(struct shop *shop, struct segments *out);
void segments_release(struct segments *s);
/* In any case, and without accents. NULL after fail(ST_NOT_FOUND) with the
 * nearest name. */
const struct segment *segment_by_name(const struct segments *s, const char *name);
/* Does the text of this filter name that segment (segment:"Cooling")? */
bool filter_names_segment(const char *filter, const char *name);

/* s->name and s->filter; gives the rest. ST_EXISTS: the name is taken. */
MUST_CHECK enum status segment_add(struct shop *shop, const struct actor *by, struct segment *s);
/* The segment called 'which' gets s->name and s->filter, where they are not
 * "" ; *s is then the segment as it is. ST_REFUSED: another one's filter names it,
 * and would name nothing. Without a change there is no entry. */
MUST_CHECK enum status segment_edit(struct shop *shop, const struct actor *by, const char *which,
				    struct segment *s);
/* *s: what it was. ST_REFUSED as for another name. */
MUST_CHECK enum status segment_remove(struct shop *shop, const struct actor *by,
				      const char *which, struct segment *s);

#endif

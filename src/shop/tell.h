/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_TELL_H
#define SHOP_TELL_H

#include "base/buf.h"
#include "base/format.h"
#include "shop/standing.h"

/* What an entry did, in sentences of the language that is used; and what to say
 * aloud at the counter. It is read back from the journal, so an operation that
 * is repeated tells the same. */

/* In whose way numbers are written, and the day that it is. */
struct telling {
	const struct format *format;
	int32_t today;
};

struct told {
	bool first;		/* the first sale of this customer */
	/* "Saved @17: 120.00, Asha Patel. +1 stamp (8 of 10): 2 more for Free
	 * tea." */
	struct buf done;
	/* "2 more for Free tea. You have 412 points, worth 41.20."; "" when
	 * there is nothing to say. */
	struct buf say;
};
/* 'run' as a verb left it, or with the seq of any entry. Release it whatever
 * this returns; both texts are there when it is ST_OK. */
MUST_CHECK enum status told_read(const struct shop *shop, const struct trade_run *run,
				 const struct telling *how, struct told *out);
void told_release(struct told *t);

/* -- in parts -- */

/* An entry, and how its customer stands since. */
struct deed {
	struct entry *entry;
	struct entry *undone;		/* what it undid; NULL unless it is an undo */
	struct standing standing;	/* of nobody, when the entry is nobody's */
	enum earns_nothing *nothing;	/* of a sale: by the program's place in 'standing';
					   EARNS where the rules give something */
	bool first, repeated;
};
/* Release it whatever this returns. */
MUST_CHECK enum status deed_read(const struct shop *shop, const struct trade_run *run,
				 int32_t today, struct deed *out);
void deed_release(struct deed *d);

/* Each adds whole sentences, with spaces between them. */
void tell_done(const struct deed *d, const struct format *f, struct buf *out);
void tell_aloud(const struct deed *d, const struct format *f, struct buf *out);
/* What there is to say to somebody who stands so: rewards that are ready, how
 * far the next one is, what points are worth. */
void tell_standing(const struct standing *s, const struct format *f, struct buf *out);

/* In a few words for lists: "+1 stamp, Free tea ready", "Texts: yes"; nothing
 * when it moved nothing. */
void tell_moves(const struct entry *e, const struct standing *s, const struct format *f,
		struct buf *out);
/* What was changed: the name of an item, program or reward, what was written of
 * a customer: "Phones, Notes"; nothing for other kinds. */
void tell_subject(const struct entry *e, struct buf *out);
/* "Sale", "Refund", "Changed by hand": the kind in the language that is used. */
const char *tell_kind(enum entry_kind kind);

/* What the entry moved of a unit against one side of the shop's. */
int64_t entry_moved(const struct entry *e, int64_t unit, enum counterpart counter);
/* How often the reward is ready after the entry and was not before it: not what
 * was used at once. */
int64_t entry_made_ready(const struct entry *e, const struct reward *r);

#endif

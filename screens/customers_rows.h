/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_CUSTOMERS_ROWS_H
#define SCREENS_CUSTOMERS_ROWS_H

#include "insight/people.h"
#include "shop/directory.h"
#include "shop/search.h"
#include "shop/standing.h"

/* What the list of customers shows of a person: of those that were found, or of
 * the page of the directory that is in view. */

struct person {
	int64_t id;
	enum match match;		/* MATCHES: nothing was searched for */
	char name[200], phone[48];
	int64_t visits, spend;
	int32_t last_day;
	int64_t balance;		/* in the shop's first program */
	int64_t ready;			/* how many rewards are */
};

struct people {
	struct person *row;
	size_t n;
	size_t first;			/* the place of row[0] in the whole list */
	bool more;			/* others fit what was searched for */
	bool has_program, stamps;	/* the first one that runs */
	int64_t goal;			/* of its card */
};

enum { PEOPLE_FOUND = 100 };

/* At most PEOPLE_FOUND whom the words find, of 'only'; NULL: of everybody. */
struct people_wanted {
	const char *words;
	const struct people_set *only;
};
MUST_CHECK enum status persons_find(struct shop *shop, const struct people_wanted *wanted,
				   int32_t today, struct people *out);
/* 'n' of those in 'ids', or of the directory, from the place 'first' on. */
struct people_page {
	const struct directory *directory;
	const uint32_t *ids;		/* NULL: the directory */
	size_t count;			/* of them */
	size_t first, n;
};
MUST_CHECK enum status persons_read(struct shop *shop, const struct people_page *page,
				   int32_t today, struct people *out);
void persons_release(struct people *p);

#endif

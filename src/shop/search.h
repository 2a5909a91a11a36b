/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_SEARCH_H
#define SHOP_SEARCH_H

#include "shop/customer.h"

/* Finding people as one types: "patel" finds પટેલ, पटेल, پٹیل and Patel; digits
 * find phones by their end; a card, the till's code or #ID finds its owner, and
 * the start of an email whoever has it. Several words must all match.
 *
 * Of names that have the same consonants, those are found whose vowels are near
 * too, and others step by step while there is nobody. Only when that finds none
 * either may a consonant be wrong, a word be a part of one, or two be one. */

enum match {
	MATCH_CARD,		/* a card, the till's code, #ID */
	MATCH_PHONE,		/* a phone ends in these digits */
	MATCH_EMAIL,		/* an email begins with this */
	MATCH_EXACT,		/* a whole word, but for case and accents */
	MATCH_PREFIX,
	MATCH_LATIN,		/* the same word in another script */
	MATCH_LATIN_PREFIX,
	MATCH_SKELETON,		/* the same consonants: from here on "similar names" */
	MATCH_LOOSE,		/* consonants that sound alike */
	MATCH_SKELETON_PREFIX,
	MATCH_NEARLY,		/* but for one consonant: this and parts of words */
	MATCH_SUBSTRING,	/* only when nothing better was found */
	MATCHES
};
const char *match_name(enum match m);	/* "card", "exact", "similar" ... for --json */

struct found {
	int64_t id;
	enum match match;		/* the worst of the query's words */
	int32_t last_visit;		/* shop day; 0: none yet */
	struct customer customer;
};

struct finding {
	struct found *row;		/* best first; ties by last visit, newest first */
	size_t n;
	bool more;			/* there are others; more letters would find them */
};

/* At most 'most' people. An empty finding is no error. Words are looked up in
 * at most 2,000 rows a kind of match, the rarest word first. */
MUST_CHECK enum status customer_find(struct txn *txn, const char *words, size_t most,
				     struct finding *out);
void finding_release(struct finding *f);

#endif

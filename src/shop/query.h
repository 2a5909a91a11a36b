/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_QUERY_H
#define SHOP_QUERY_H

#include "base/text_sounds.h"
#include "shop/search.h"
#include "shop/word.h"

/* What somebody typed into the search, taken apart; for search.c only. */

enum { PHONE_END_LEAST = 3, QUERY_WORDS = 6, LOOKED_AT = 2000 };

/* A form in the book that a word of the query sounds like. */
struct alike {
	enum match match;
	unsigned apart;			/* by sounds_apart(); 0 for Latin matches */
	char form[FORM_SIZE];
};

struct query_word {
	struct word word;
	struct sounds sounds;
	unsigned near;			/* spellings of one name are so far apart */
	bool digits;			/* may be the end of a phone */
	bool by_part;			/* long enough to be looked for within words */
	struct alike *alike;		/* by form; each form once, with its best match */
	size_t n, cap;
};

struct query {
	size_t n;
	struct query_word row[QUERY_WORDS];	/* further words are not looked at */
	size_t main;			/* the word that fits fewest people */
	char digits[24];		/* the text is the end of a phone; "" it is not */
	bool more;			/* not all forms were looked at */
};

/* Reads the digits, over spaces and the signs people write in phones. */
void query_digits(struct query *q, const char *text);
/* Reads the words, finds what sounds like them and chooses the main one. */
void query_words(struct query *q, struct txn *txn, const char *text);
/* How far apart may be what matches in this way, when nobody nearer is found. */
unsigned query_furthest(const struct query_word *q, enum match match);
/* Adds to the main word the forms that sound nearly like it or that it is a
 * part of. */
void query_last_resort(struct query *q, struct txn *txn);
void query_release(struct query *q);

/* The worst of the best matches of the words that are not the main one;
 * MATCHES: one of them does not match at all. */
enum match query_others(const struct query *q, const struct customer *c);

#endif

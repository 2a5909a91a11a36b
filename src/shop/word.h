/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_WORD_H
#define SHOP_WORD_H

#include "base/buf.h"
#include "store/store.h"

/* The words of names. The word table says who has a word in their name, and
 * which words of the book sound like a key:
 *
 *	WORD_NAME	form 00 customer u32
 *	WORD_LATIN	Latin spelling 00 form	no row where it is the form
 *	WORD_SKELETON	skeleton 00 form	one row for every form there is
 *	WORD_LOOSE	loose skeleton 00 form
 *
 * so that a million people with thirty thousand words between them take a row
 * for each word of theirs, and no more. A form is the folded word. Where that
 * has lost a mark which changes how it is spelled in Latin, 01 and the Latin
 * spelling follow it; the form then still tells all the keys. */
enum word_tier { WORD_NAME = 1, WORD_LATIN, WORD_SKELETON, WORD_LOOSE };

enum { WORD_SIZE = 64, FORM_SIZE = 2 * WORD_SIZE, WORDS_MOST = 24 };

struct word {
	char fold[WORD_SIZE], latin[WORD_SIZE], form[FORM_SIZE];
};

struct words {
	size_t n;
	struct word row[WORDS_MOST];	/* nobody is found by further ones */
};

void words_of(const char *text, struct words *out);

/* How a form is spelled in Latin; one that is too long is cut. */
void form_latin(const char *form, char latin[WORD_SIZE]);

/* What the keys in a tier begin with that have the text, or with 'whole'
 * false, that begin with it. */
struct key word_prefix(enum word_tier tier, const char *text, bool whole);

/* Calls 'each' for every row of the other tiers that a form makes; all who have
 * the form share them. */
typedef void word_row(void *arg, const struct key *key);
void form_rows(const char *form, word_row *each, void *arg);

/* Takes a customer out, and with them the forms that nobody else has. */
void words_delete(struct txn *txn, const char *name, int64_t customer);

/* Customers to be put in, collected by word: written in the order of their
 * keys, which is several times as fast as one by one. { 0 } is empty. */
struct word_batch {
	struct word_list *lists;	/* the customers of one form */
	size_t n, cap;
	struct buf forms;
	size_t *slots, slot_count;	/* open addressing: list + 1 */
	struct word_id *ids;
	size_t id_count, id_cap;
};
void word_batch_add(struct word_batch *b, const char *name, int64_t customer);
/* Writes the rows and is empty again. */
void word_batch_write(struct word_batch *b, struct txn *txn);
void word_batch_release(struct word_batch *b);

#endif

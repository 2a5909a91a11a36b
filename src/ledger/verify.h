/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEDGER_VERIFY_H
#define LEDGER_VERIFY_H

#include "ledger/account.h"
#include "ledger/book.h"
#include "ledger/merge.h"

/* Proving a store: everything derived is made again from the journal and
 * compared with what is stored; or, to repair, put in its place. One fault is
 * one sentence that names the record. Damage never ends a run: it is told and
 * stepped over, and a transaction fails only when the store itself does. */

struct verify_watch {
	void (*fault)(void *arg, const char *sentence);
	/* Every few thousand rows; false: stop. May be NULL. */
	bool (*step)(void *arg, uint64_t done, uint64_t all);
	void *arg;
};

/* Rows of a table without their order: two tables with the same tally are the
 * same (but for a chance of 2^-64; damage is not an adversary, and the digests
 * of the journal are no tallies). */
struct tally {
	uint64_t rows, sum;
};
void tally_add(struct tally *t, struct bytes key, struct bytes value);
bool tally_equal(const struct tally *a, const struct tally *b);

struct verify;

/* A table in which each entry has one row or none. */
struct derived_row {
	struct key key;
	uint8_t value[16];
	size_t len;
};
struct derived {
	enum table table;
	/* The entry's row; false: it has none. */
	bool (*row)(struct verify *v, const struct entry *e, struct derived_row *out);
	/* The entry that a stored row is of; 0: of none by its form. */
	int64_t (*seq)(struct bytes key, struct bytes value);
	uint8_t space;		/* only rows whose key begins with this byte or a higher one */
};

struct verify_unit {
	int64_t unit, held;		/* held: sum of the stored balances */
	struct house house;		/* by the journal */
};

struct seqs {
	int64_t *at;
	size_t n, cap;
};

enum { UNIT_WORDS = 100 };

struct verify {
	struct txn *txn;
	const struct verify_watch *watch;
	/* Names a unit in a sentence: "\"Tea card\"". */
	void (*unit_words)(void *arg, int64_t unit, char out[UNIT_WORDS]);
	void *words_arg;

	uint64_t faults, rows, all_rows;
	int64_t last;			/* newest seq */
	uint8_t digest[DIGEST_SIZE];	/* of its row as it is */
	struct seqs undone, accepted;	/* sorted */
	struct merges merges;		/* by the journal */
	struct seqs lost;		/* pairs: first and last seq of what cannot be read */
	int64_t not_accepted;		/* the first of them that nobody accepted */
	struct seqs torn;		/* do not follow the entry before them; not accepted */
	struct seqs unclear;		/* customers whose timeline is not whole */
	struct verify_unit *units;
	size_t unit_count, unit_cap;
	struct tally due[TABLES];	/* what the journal says should be there */
	const struct derived *derived[6];	/* ends in NULL; the ledger's own first */
	struct entry *entry, *other;	/* room: the entry at hand, and one it is about */
};

/* With the ledger's tables; the caller adds its own and the words of units. */
void verify_start(struct verify *v, struct txn *txn, const struct verify_watch *watch);
void verify_release(struct verify *v);
void verify_fault(struct verify *v, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* range_next() of a whole table for the one time that its rows are counted:
 * shows the good ones and tells of the damaged. Sets the range lenient. */
bool verify_next(struct verify *v, struct range *r);
/* Counts a row; false: the run is over. */
bool verify_step(struct verify *v);

enum peek { PEEK_NONE, PEEK_DAMAGED, PEEK_THERE };
enum peek verify_peek(struct verify *v, enum table table, const struct key *key,
		      struct bytes *value);

/* An entry that can be read, not failing when it cannot. */
bool verify_entry(struct verify *v, int64_t seq, struct entry *e);
bool verify_is_lost(const struct verify *v, int64_t seq);
bool verify_is_undone(const struct verify *v, int64_t seq);
struct verify_unit *verify_unit(struct verify *v, int64_t unit);
void seqs_add(struct seqs *s, int64_t seq);
void seqs_sort(struct seqs *s);
bool seqs_have(const struct seqs *s, int64_t seq);	/* of sorted ones */

/* Journal, side rows, about, undone, timeline, done; accounts, lots, house. */
void ledger_verify(struct verify *v);
/* In a write transaction: makes them again; damage of the journal that was
 * accepted is taken out, and its entries are missing from then on. ST_REFUSED:
 * there is some that nobody accepted: what it cannot say would be lost from the
 * balances. */
MUST_CHECK enum status ledger_rebuild(struct verify *v);

/* Books that entry 'seq' is damaged or missing and stays so. ST_REFUSED:
 * nothing is wrong with it, or it was accepted before. */
MUST_CHECK enum status journal_accept(struct txn *txn, const struct actor *by, int64_t seq);
/* For readers that meet a damaged entry: step over it? */
bool entry_is_accepted(struct txn *txn, int64_t seq);

/* -- the parts -- */

void verify_journal(struct verify *v);
void rebuild_journal(struct verify *v);
/* The next entry that can be read, into v->entry; 'r' is over the journal. */
bool verify_next_entry(struct verify *v, struct range *r);
void verify_derived(struct verify *v, const struct derived *d);
void rebuild_derived(struct verify *v, const struct derived *d);
void verify_holders(struct verify *v);
void rebuild_holders(struct verify *v);
extern const struct derived derived_about, derived_undone, derived_timeline, derived_merged;

#endif

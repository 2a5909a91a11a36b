/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "store/key.h"
#include "store/table.h"

/* One shop is one folder with an LMDB store in it, open at most once in a
 * process. All work happens in a unit of work, a function that may be run
 * again from its start when the map had to grow: it must not change anything
 * outside the store that it could not change twice. */
struct store;
struct txn;

struct bytes {
	const void *at;
	size_t len;
};

struct store_options {
	bool network_disk;	/* allow a file system that LMDB does not promise to work on */
	bool group;		/* store_create: the folder's group may use it too */
	bool held;		/* store_open: nobody else can, as this process or its parent is
				   replacing the store (replace.h) */
	int map_mib;		/* room reserved for the file to grow in; 0: 16 GiB */
};

typedef enum status store_work(struct txn *, void *arg);

/* Makes a new shop in 'dir' with 'work' as its first transaction: built beside
 * it and renamed, so that it is there whole or not at all. ST_EXISTS: 'dir' is
 * not empty. */
MUST_CHECK enum status store_create(const char *dir, const struct store_options *options,
				    store_work *work, void *arg);
/* The same with as many transactions as it takes; the store is closed for it. */
typedef enum status store_fill(struct store *, void *arg);
MUST_CHECK enum status store_make(const char *dir, const struct store_options *options,
				  store_fill *fill, void *arg);
/* The folder of a shop that is yet to come, and those above it. */
MUST_CHECK enum status folder_make(const char *dir);
/* ST_NOT_FOUND: no shop there. ST_TOO_NEW, ST_CORRUPT (the file was cut off),
 * ST_REFUSED (network disk), ST_BUSY (it is being replaced), ST_SYSTEM. */
MUST_CHECK enum status store_open(const char *dir, const struct store_options *options,
				  struct store **out);
void store_close(struct store *store);
const char *store_dir(const struct store *store);

/* A consistent view for as long as 'work' runs; never across a key or the
 * network. */
MUST_CHECK enum status store_read(struct store *store, store_work *work, void *arg);
/* All of 'work' or nothing, on the disk when this returns ST_OK. When 'work'
 * fails, or anything in it did, nothing is changed. ST_UNKNOWN: the commit
 * failed and may or may not have happened; the store refuses everything until
 * it is opened again, and the operation id tells. ST_FULL: the disk is full
 * and nothing was changed; work goes on when there is room. */
MUST_CHECK enum status store_write(struct store *store, store_work *work, void *arg);

/* Grows by one with each commit of any process, and is never the same after
 * another opening; cheap to ask. 0: the store was given up after a fault. */
uint64_t store_version(struct store *store);
/* Openings are counted in a process, from 1: what was read in another one may be
 * of a file that was replaced since, and is read anew. */
unsigned store_opening(const struct store *store);
/* Somebody waits to replace the store (replace.h): close it soon; opening it
 * again waits until that is over. Cheap to ask. */
bool store_is_wanted(const struct store *store);
/* No other process has this store open. */
bool store_is_alone(struct store *store);
/* Bytes of data.mdb in use. */
uint64_t store_size(struct store *store);

/* -- inside a unit of work -- */

/* Values and keys handed out point into the store: they are good until the
 * next put or delete, and never after the unit of work. */

/* False: not there, or the transaction has failed. */
bool txn_get(struct txn *txn, enum table table, const struct key *key, struct bytes *value);
bool txn_has(struct txn *txn, enum table table, const struct key *key);
void txn_put(struct txn *txn, enum table table, const struct key *key, struct bytes value);
/* txn_put() of a key that is higher than any in the table. */
void txn_append(struct txn *txn, enum table table, const struct key *key, struct bytes value);
/* txn_put() of a key that may well be higher than any in the table: such rows
 * fill their pages, where others leave them half empty. */
void txn_put_rising(struct txn *txn, enum table table, const struct key *key, struct bytes value);
/* What is not there is deleted already. */
void txn_delete(struct txn *txn, enum table table, const struct key *key);
void txn_empty(struct txn *txn, enum table table);	/* deletes all rows */
uint64_t txn_count(struct txn *txn, enum table table);

/* The first error of this transaction; after it nothing more happens in it. */
enum status txn_status(const struct txn *txn);
/* Makes the transaction fail with 'st'; fail() has the sentence. Returns 'st'. */
enum status txn_fail(struct txn *txn, enum status st);

/* Rows whose keys begin with a prefix, in order. Lenient ranges show damaged
 * rows with 'damaged' set instead of failing the transaction: for verify. */
struct range {
	struct txn *txn;
	void *cursor;
	enum table table;
	struct key prefix;
	enum { RANGE_NEW, RANGE_ON_ROW, RANGE_ROW_BEFORE, RANGE_AT_START } place;
	bool lenient, damaged;
	struct bytes key, value;
};

/* NULL prefix: the whole table. End it with range_end() before a put or
 * delete in its table. */
void range_start(struct range *r, struct txn *txn, enum table table, const struct key *prefix);
/* Goes between two rows: range_next() gives the first whose key is not below
 * 'from' (which has the prefix), range_previous() the last whose key is. */
void range_seek(struct range *r, const struct key *from);
bool range_next(struct range *r);
/* Goes to the row with this very key, which range_next() goes on from. False:
 * there is none; before anything but another find, seek. Where the key is not
 * far behind the row it is on, up to 'near' steps are tried before a search. */
bool range_find(struct range *r, const struct key *key, unsigned near);
bool range_previous(struct range *r);	/* from the end, when nothing came before it */
void range_end(struct range *r);

#endif

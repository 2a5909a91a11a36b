/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_BENCH_BARE_H
#define TESTS_BENCH_BARE_H

#include <stddef.h>

#include "store/store.h"

/* LMDB with nothing around it, on a copy of a shop's store. */

struct bare;

/* A copy of the store in 'dir' without free pages. Nobody has it open. */
void bare_copy(const char *dir, const char *to);
struct bare *bare_open(const char *dir);
void bare_close(struct bare *b);

struct put {
	unsigned table, flags;		/* LMDB's own: same names, same order, same handles */
	bool deletes;
	const void *key;
	size_t key_len, value_len;
};

void bare_begin(struct bare *b);
void bare_put(struct bare *b, const struct put *put);	/* zeros for a value */
void bare_commit(struct bare *b);			/* on the disk at the return */

/* In one read transaction: from the first row at or behind 'key' (a phone or a
 * card) to its customer, whose record is copied. Gives its length. */
size_t bare_look_up(struct bare *b, enum table table, const struct key *key,
		    void *room, size_t size);

/* One read transaction over all rows of a table: the first byte of each is
 * looked at. Gives how many there are. */
size_t bare_pass(struct bare *b, enum table table);

const char *bare_version(void);

#endif

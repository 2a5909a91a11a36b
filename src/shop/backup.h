/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_BACKUP_H
#define SHOP_BACKUP_H

#include "shop/shop.h"

/* Copies of the shop that can take its place: each is made while others sell,
 * is verified as a shop of its own, and is there whole or not at all. Only its
 * owner may read it. */

enum { BACKUP_PATH = 4200, BACKUP_ERROR = 300, BACKUP_PATIENCE_HOURS = 48,
       BACKUP_EVERY_HOURS = 20 };

struct backup_ask {
	const char *to;		/* a file that is not there yet; a folder: named by shop and date;
				   NULL: the shop's backup folder */
	int64_t now;
	/* False: stop. May be NULL. */
	bool (*step)(void *arg, uint64_t done, uint64_t all);
	void *arg;
};

struct backup_made {
	char path[BACKUP_PATH];
	int64_t bytes, entries, customers;
};

/* ST_NOT_FOUND: no such folder. ST_EXISTS: the file is there. ST_FULL,
 * ST_SYSTEM: it cannot be written. ST_CORRUPT: the copy has faults, so the store
 * has. ST_CANCELLED. Nothing is left behind then. */
MUST_CHECK enum status backup_make(struct shop *shop, const struct backup_ask *ask,
				   struct backup_made *out);
/* To an open file such as a pipe ('to' is not looked at): made and verified in
 * the shop's own folder first, so what arrives is good or incomplete. The shop is
 * closed by then: who reads slowly keeps nobody from restoring it. */
MUST_CHECK enum status backup_write(struct shop *shop, const struct backup_ask *ask, int fd,
				    struct backup_made *out);

/* -- how safe the shop is -- */

struct backup_facts {
	int64_t last_good, last_failure;	/* 0: none */
	char last_error[BACKUP_ERROR];		/* of that failure */
	char folder[1000];			/* "" none is chosen */
	bool wanted;	/* there is something to lose, and it is no sample */
	bool late;	/* wanted, and two days without a good one */
};
MUST_CHECK enum status backup_facts(struct shop *shop, int64_t now, struct backup_facts *out);

/* -- the backup folder -- */

struct backup_file {
	char name[256];
	int64_t minute;		/* of its making: the shop's day * 1440 + minute of the day */
	int64_t bytes;
};
struct backup_files {
	struct backup_file *row;	/* newest first */
	size_t n, cap;
};
/* What this shop's backups in a folder are, by their names. ST_NOT_FOUND: there
 * is no such folder, ST_SYSTEM. */
MUST_CHECK enum status backup_list(struct shop *shop, const char *folder,
				   struct backup_files *out);
void backup_files_release(struct backup_files *f);

/* Which of them stay ('minutes' from the newest to the oldest): the newest of
 * each of the last 7 days that have one, of 4 weeks, of 12 months. */
void backup_choose(const int64_t *minutes, size_t n, bool *stays);

struct backup_nightly {
	bool made;			/* the last good one was old enough */
	struct backup_made backup;
	int64_t removed;
};
/* For the nightly sweep: a backup in the shop's folder when the last good one is
 * older than 20 hours, and only then older ones of this shop are removed. A
 * failure is kept for backup_facts(), and given back. */
MUST_CHECK enum status backup_tonight(struct shop *shop, int64_t now, struct backup_nightly *out);

#endif

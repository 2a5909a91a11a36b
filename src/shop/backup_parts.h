/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_BACKUP_PARTS_H
#define SHOP_BACKUP_PARTS_H

#include "shop/backup.h"
#include "store/backup.h"

/* What the files that make, replace and move shops share. */

enum { BACKUP_NAME = 100, INSTANCE_TEXT = 9 };

/* What the store remembers of its backups (meta "backup"), and about itself. */
struct backup_notes {
	int64_t last_good, last_failure;
	char last_error[BACKUP_ERROR];
	struct unknown later;
	/* not in the row */
	char instance[INSTANCE_TEXT];	/* the start of the store's own number, in hex */
	int64_t begun;			/* when the first entry was made */
	bool wanted;
	char folder[1000];		/* as it is set now, maybe on another terminal */
};
MUST_CHECK enum status backup_notes(struct shop *shop, struct backup_notes *out);

void backup_name(const struct shop *shop, const struct backup_notes *notes, int64_t now,
		 char out[BACKUP_NAME]);
MUST_CHECK enum status backup_list_of(const char *instance, const char *folder,
				      struct backup_files *out);

/* The folder that a file is in; the caller frees it. */
char *folder_of(const char *path);

/* Is what was staged a shop without a fault? ST_CORRUPT. 'step' counts on from
 * half. */
struct checking {
	const char *file;		/* it is a copy of; NULL: the shop at hand */
	const struct backup_ask *ask;
	struct backup_made *out;	/* entries and customers */
};
MUST_CHECK enum status stage_check(const struct stage *s, const struct checking *c);

/* A verified copy of the shop in 'dir', staged in 'folder', which is 'dir' when
 * it is to take the store's place. */
struct backup_staging {
	const char *dir, *folder;
	bool held;
	const struct backup_ask *ask;
};
MUST_CHECK enum status backup_stage(const struct backup_staging *b, struct stage *s,
				    struct backup_made *out);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_BACKUP_H
#define SCREENS_BACKUP_H

#include "screens/list.h"
#include "screens/ui.h"
#include "shop/backup.h"
#include "shop/instance.h"
#include "shop/restore.h"

/* What the two files of the Backup screen share. */

enum backup_row { BACKUP_NOW, BACKUP_FOLDER, BACKUP_OTHER, BACKUP_HERE, BACKUP_ROWS };

enum { PLACES_MOST = 12 };

struct backup_state {
	struct list list;		/* the deeds, then the files */
	struct backup_facts facts;
	struct instance instance;
	struct backup_files files;	/* in the folder */
	char places[PLACES_MOST][1000];	/* folders that are offered */
	size_t place_count;
	char chosen[BACKUP_PATH];	/* the file that is to be restored */
	struct restore_found found;	/* what restoring it would do */
};

/* "19 Nov 2026, 10:42" */
void backup_when(const struct ui *ui, int64_t time, char out[2 * FORMAT_TEXT]);

/* backup_restore.c: looks at the file, says what would be missing, and asks. */
void backup_restore_ask(struct backup_state *s, struct ui *ui, const char *path);
/* A path that a person typed, pasted or dropped. */
void backup_typed_path(const char *typed, char out[BACKUP_PATH]);

#endif

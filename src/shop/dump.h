/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_DUMP_H
#define SHOP_DUMP_H

#include "shop/backup.h"
#include "shop/verify.h"

/* The shop as text that any machine can read: JSON, one object a line.
 *
 *	{"regulars": "dump", "format": 1, "needs": 1, "rows": {"meta": 5, "journal": 42, ...}}
 *	{"table": "journal", "key": "0000000000000007", "value": "AQACKg..."}
 *	{"end": "9f3a..."}
 *
 * Keys are hex, values base64: the bytes that store/table.h tells of, the
 * journal's as they are in the chain. All that is primary is there, and the
 * operation ids; what is derived is made again by loading. Left out is what
 * belongs to the machine. The end is the BLAKE2b-256 of all bytes before it, so
 * a file that was cut off or changed is noticed. Dumping what was loaded gives
 * the same bytes. */

struct dump_made {
	char path[BACKUP_PATH];
	int64_t rows, bytes;
};
/* ask->to is a file that is not there yet. Entries that are damaged and accepted
 * so are left out. ST_EXISTS, ST_FULL, ST_SYSTEM; ST_CORRUPT: a row is damaged. */
MUST_CHECK enum status dump_make(struct shop *shop, const struct backup_ask *ask,
				 struct dump_made *out);
/* To an open file such as a pipe, as backup_write(): the shop is closed by then. */
MUST_CHECK enum status dump_write(struct shop *shop, const struct backup_ask *ask, int fd,
				  struct dump_made *out);

struct load_ask {
	const char *dir;	/* not there yet, or empty */
	const char *file;	/* "-": standard input */
	int64_t now;
	bool (*step)(void *arg, uint64_t done, uint64_t all);	/* may be NULL */
	void *arg;
};
/* Makes a shop of a dump, which is there whole and verified or not at all.
 * ST_CORRUPT: it was cut off or changed, or has faults. ST_TOO_NEW: a later
 * program's. ST_EXISTS: the folder is not empty. The shop then has to be told
 * that it is the shop (shop/instance.h). */
MUST_CHECK enum status load(const struct load_ask *ask, struct verify_result *out);

/* -- one line after the other, without a store -- */

struct dump_reader;
struct dump_row {
	enum table table;
	struct key key;
	struct bytes value;	/* good until the next line */
};
enum dump_kind { DUMP_HEADER, DUMP_ROW, DUMP_END };

struct dump_reader *dump_reader_new(void);
void dump_reader_free(struct dump_reader *r);
/* A line without its newline. Rows come in the order of tables and keys.
 * ST_CORRUPT says in which line; nothing may be read after it. */
MUST_CHECK enum status dump_read(struct dump_reader *r, struct bytes line, enum dump_kind *kind,
				 struct dump_row *row);
/* ST_CORRUPT: the end has not come. */
MUST_CHECK enum status dump_read_all(const struct dump_reader *r);
/* That the header tells of. */
int64_t dump_rows(const struct dump_reader *r);

#endif

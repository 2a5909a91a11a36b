/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_DUMP_PARTS_H
#define SHOP_DUMP_PARTS_H

#include "shop/dump.h"

/* What dumping and loading agree upon. */

enum {
	DUMP_FORMAT = 1,
	DUMP_TABLES = 9,
	DUMP_VALUE = 512 * 1024,			/* the longest value */
	DUMP_LINE = DUMP_VALUE / 3 * 4 + 2 * KEY_MOST + 200
};
/* In the order of the file. */
extern const enum table dump_tables[DUMP_TABLES];
/* How many of them a dump has, by what its shop needs of a program (shop.h): the
 * older programs that may read it know no others. */
int dump_table_count(int needs);

/* A row of these tables that is dumped: of meta not what belongs to the machine,
 * of done operation ids only. */
bool dump_has(enum table table, struct bytes key);

/* What was written to the file is a dump that can be loaded. ST_CORRUPT. */
MUST_CHECK enum status dump_prove(int fd);

#endif

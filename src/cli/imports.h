/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_IMPORTS_H
#define CLI_IMPORTS_H

#include "cli/command.h"
#include "exchange/import.h"

/* The flags that say how files are read, wherever files are imported. */
enum { IMPORT_MAPS = 40 };
extern const char *const import_orders[];

#define IMPORT_FLAGS								\
	FLAG("format", FIELD_TEXT, .value = "NAME", .help = "which till wrote the "	\
	     "file; else it is told by its columns"),				\
	FLAG_MANY("map", IMPORT_MAPS, .value = "FIELD=COLUMN", .help = "which column of the "	\
		  "file a field is: its heading or its number"),			\
	FLAG("dates", FIELD_CHOICE, .choices = import_orders, .help = "the order of day, "	\
	     "month and year, where the file leaves it open"),			\
	FLAG("award_past", FIELD_BOOL, .help = "sales before a program's start earn in it too")

/* What they say; 'maps' is a part of it. */
void import_flags_read(const struct args *a, const char *maps[IMPORT_MAPS],
		       struct import_options *out);

#endif

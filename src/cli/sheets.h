/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_SHEETS_H
#define CLI_SHEETS_H

#include <jansson.h>

#include "cli/command.h"
#include "cli/where.h"
#include "insight/definition.h"
#include "insight/sheet.h"

/* What the reports have in common. */

/* Flags: args_number(run->args, "from"), "to", "as_of" are days, 0 where they
 * were not given; --where is read by where_read(). */
#define FLAG_FROM FLAG("from", FIELD_DAY, .help = "first day of the window; else the first sale's")
#define FLAG_TO FLAG("to", FIELD_DAY, .help = "last day of the window; else the last sale's")
#define FLAG_AS_OF FLAG("as_of", FIELD_DAY, .help = "the day to look back from; else the last " \
			"sale's")
#define FLAG_CSV FLAG("csv", FIELD_BOOL, .help = "print CSV")

/* Was --csv given? Then a report prints its sheet and nothing else. With --json
 * too it is wrong usage. */
MUST_CHECK enum status report_csv(struct run *run, bool *csv);

/* As CSV where --csv was given, else as a table for people, in 80 columns: more of
 * them stand below, beside the first column again. */
void report_sheet(struct run *run, const struct sheet *s);
/* json["definitions"] = { name: text, ... }; a second table adds to it. */
void report_definitions(json_t *json, const struct definition *definitions);

#endif

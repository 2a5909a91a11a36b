/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_OUT_H
#define CLI_OUT_H

#include <jansson.h>

#include "base/format.h"
#include "base/money.h"
#include "cli/command.h"

/* What a command prints. All of it waits in run->out until the command has
 * succeeded: a failure prints nothing on standard output, and no transaction
 * waits for a slow reader. Whatever came from people or files is made safe
 * for a terminal here. */

/* A line of a result. */
void out_line(struct run *run, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* That it was done: left out with --quiet. */
void out_done(struct run *run, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* The one document of --json; takes 'document' over and adds the currency. */
void out_json(struct run *run, json_t *document);

/* "12.50", with the shop's decimals; returns 'room'. */
const char *amount_text(const struct run *run, int64_t minor, char room[MONEY_TEXT]);

/* The same, for sentences made below the faces. */
struct format plain_format(const struct run *run);

/* A label and its value on one line. */
void out_pair(struct run *run, const char *label, const char *value);
/* One record: every field that is not empty. */
void out_record(struct run *run, const struct record_type *t, const void *rec);

/* -- tables for people -- */

enum { GRID_COLUMNS = 20 };
enum grid_side { GRID_LEFT, GRID_RIGHT };

struct grid {
	size_t columns, cells;
	bool right[GRID_COLUMNS];
	struct buf text;	/* all cells, the headings first, each ended by NUL */
};

/* All columns, then row by row a cell for each. */
void grid_start(struct grid *g);
void grid_column(struct grid *g, const char *heading, enum grid_side side);
void grid_cell(struct grid *g, const char *text);
void grid_cellf(struct grid *g, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Prints and releases; nothing at all when there are no rows ... */
void grid_end(struct grid *g, struct run *run);
/* ... or that there is nothing yet. */
void grid_end_list(struct grid *g, struct run *run);

/* -- lists of records, for both -- */

/* "items": [...] with every field, or a table of the named ones. */
struct listing {
	struct run *run;
	const struct record_type *type;
	const char *const *columns;	/* names of fields, ends with NULL */
	void (*more)(const void *rec, json_t *json);	/* sets what JSON says otherwise, or NULL */
	struct grid grid;
	bool any;
};
void listing_start(struct listing *l, struct run *run, const char *name);
void listing_add(struct listing *l, const void *rec);
void listing_end(struct listing *l);

#endif

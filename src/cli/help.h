/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "base/buf.h"
#include "cli/command.h"

/* All made from the tables of commands. */
void help_all(struct buf *out);
void help_group(const char *name, struct buf *out);	/* "customer": its commands */
void help_command(const struct command *c, struct buf *out);

/* "regulars sale refund RECEIPT" */
void help_usage(const struct command *c, struct buf *out);

/* What a flag is for, its limits, and whether it may be repeated. */
void help_flag(const struct field *flag, struct buf *out);

/* A script for bash. */
void completion_bash(struct buf *out);

/* The sections of man pages that list commands and flags; build-aux/manual.awk
 * puts them into the texts of data/man/. The overview is regulars(1). */
void manual_overview(struct buf *out);
void manual_page(const struct group *g, struct buf *out);

/* Texts on what concerns many commands. NULL name after the last. */
struct topic {
	const char *name, *summary, *text;
	void (*more)(struct buf *out);	/* what is made from tables; NULL nothing */
};
void help_filter_words(struct buf *out);
extern const struct topic topics[];

#endif

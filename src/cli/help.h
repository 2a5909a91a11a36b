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

/* A script for bash, and the man page's list of commands. */
void completion_bash(struct buf *out);
void manual_commands(struct buf *out);

/* Texts on what concerns many commands. NULL name after the last. */
struct topic {
	const char *name, *summary, *text;
};
extern const struct topic topics[];

#endif

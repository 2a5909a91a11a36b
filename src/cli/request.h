/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_REQUEST_H
#define CLI_REQUEST_H

#include <jansson.h>

#include "base/buf.h"
#include "cli/args.h"

/* One line that a till's script sends: what shall be done, as the words of the
 * command that does it.
 *
 *	{"op": "till1-000017", "do": "sale", "customer": "9824012345",
 *	 "amount": "12.50", "item": ["Masala chai:2"]}
 *
 * A field is an operand or a flag of the command by its name ("award_past").
 * Texts, amounts, quantities, days and times are strings, yes/no true or
 * false, what may be given several times a string or a list of them; null is
 * a field left out. An integer as "customer" is their id. */
struct request {
	json_t *json;			/* what the texts below are a part of */
	const char *op, *verb;		/* "" when there is none */
	const struct command *command;	/* NULL: "ping" */
	struct buf text;		/* the words, each ended by NUL */
	char **word;			/* argv of args_read(), once all were read */
	int count;
};

/* ST_INVALID: the line is no request; what was read of op and verb is there
 * all the same. Release it in any case. */
MUST_CHECK enum status request_read(const char *line, size_t len, struct request *r);
void request_release(struct request *r);

/* The sentence as the till writes its fields: "--award-past" is "award_past". Not
 * in what it says to type into a shell. */
void request_sentence(const struct request *r, const char *sentence, struct buf *out);

/* The i-th verb and its command; NULL after the last. */
const char *request_verb(size_t i, const struct command **command);

#endif

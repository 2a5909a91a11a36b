/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include "store/record.h"

struct command;

/* One flag as it was given. */
struct given {
	const struct field *flag;
	bool of_record;
	const char *raw;	/* NULL: a yes/no flag without a value */
	void *value;		/* what its type says; text of a list's row */
};

/* The words of a command line. Flags may stand anywhere, as "--flag value" or
 * "--flag=value"; "--" ends them. getopt_long() is not used: it must know the
 * flags before it has seen which command they belong to. */
struct args {
	const struct command *command;	/* NULL: none was named */
	const char *group;		/* its first word, when only that was named; else NULL */
	char **words, **operands;	/* as they were given; cleaned, by args_take() */
	size_t operand_count;
	struct given *given;
	size_t given_count;
};

/* Splits the words and finds the command. Every failure of this and of
 * args_take() is wrong usage, said in a sentence. */
MUST_CHECK enum status args_read(struct args *a, int argc, char **argv);
/* Reads the values, once the shop's decimals and time zone are known. */
MUST_CHECK enum status args_take(struct args *a, int decimals);
void args_release(struct args *a);

/* As it was given, before args_take() too; NULL when it was not, or has no value. */
const char *args_raw(const struct args *a, const char *name);

/* Values by the flag's name: "" or 0 or false when it was not given. Asking
 * for a flag that the command does not have is our own mistake. */
bool args_has(const struct args *a, const char *name);
const char *args_text(const struct args *a, const char *name);
int64_t args_number(const struct args *a, const char *name);
bool args_yes(const struct args *a, const char *name);
/* The rows of a repeated flag: start with *i = 0; NULL after the last. */
const char *args_each(const struct args *a, const char *name, size_t *i);
const char *args_operand(const struct args *a, size_t i);

/* Puts what was given for fields of the command's record into *rec. */
void args_apply(const struct args *a, void *rec);
/* Was any of the record's fields given? */
bool args_has_fields(const struct args *a);

/* The next of a command's operands, "CUSTOMER [REWARD]", "FILE..."; false
 * after the last. */
enum { OPERAND_NAME = 32 };
struct operand {
	char name[OPERAND_NAME];
	bool optional, many;
};
bool operand_next(const char **at, struct operand *o);

/* "head_start" and "--head-start" are the same name. */
bool flag_is_called(const struct field *flag, const char *word);
/* "--head-start" */
enum { FLAG_NAME = 64 };
void flag_name(const struct field *flag, char out[FLAG_NAME]);

#endif

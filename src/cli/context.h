/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_CONTEXT_H
#define CLI_CONTEXT_H

#include "cli/command.h"

/* Which shop, who, when: what a command takes from its surroundings. */

/* --shop, else $REGULARS_SHOP, else shop_usual_dir(). The caller frees it. */
char *shop_folder(const struct args *a);

/* Is there a person at a terminal? */
bool is_interactive(void);
/* Who it is (--as, or the Unix user) and the terminal, as entries name them. */
void staff_name(const struct args *a, char out[WHO_SIZE]);
void terminal_name(char out[WHO_SIZE]);

/* Fills run->by: --as or the Unix user, the terminal, the clock, and --op or
 * an operation id of its own. */
void actor_make(struct run *run);
/* Of these the last: run->by.op. */
void actor_name_op(struct run *run);

/* The name of what is added: the first operand or --name. Said twice, or not
 * at all where the record needs one, is wrong usage. */
MUST_CHECK enum status take_name(struct run *run, void *rec);

#endif

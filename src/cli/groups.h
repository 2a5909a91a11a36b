/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_GROUPS_H
#define CLI_GROUPS_H

#include "cli/command.h"

/* One table of commands per file. */
extern const struct command shop_commands[];
extern const struct command demo_commands[];
extern const struct command customer_commands[];
extern const struct command consent_commands[];
extern const struct command segment_commands[];
extern const struct command sale_commands[];
extern const struct command item_commands[];
extern const struct command program_commands[];
extern const struct command reward_commands[];
extern const struct command backup_commands[];
extern const struct command balance_commands[];
extern const struct command explain_commands[];
extern const struct command import_commands[];
extern const struct command watch_commands[];
extern const struct command export_commands[];
extern const struct command pipe_commands[];
extern const struct command report_commands[];
extern const struct command journal_commands[];
extern const struct command demo_commands[];
extern const struct command verify_commands[];
extern const struct command doctor_commands[];
extern const struct command help_commands[];

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_SALES_H
#define CLI_SALES_H

#include "cli/command.h"

/* Looking at sales: cli/sale.c has their commands. */
extern const struct field sale_list_flags[];
enum status sale_show(struct run *run);
enum status sale_list(struct run *run);

#endif

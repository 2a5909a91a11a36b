/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_REPORT_CLV_H
#define CLI_REPORT_CLV_H

#include <jansson.h>

#include "cli/command.h"
#include "insight/clv_check.h"

/* What customers are worth: cli/report.c has the command. */
extern const struct field report_clv_flags[];
enum status report_clv(struct run *run);

/* All, or one customer, as JSON; check: NULL, or beside what came. */
json_t *clv_json(const struct run *run, const struct clv *c, const struct clv_check *check);
json_t *clv_person_json(const struct run *run, const struct clv *c, const struct clv_person *p);

#endif

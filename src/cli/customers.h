/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_CUSTOMERS_H
#define CLI_CUSTOMERS_H

#include <jansson.h>

#include "cli/command.h"
#include "cli/consent.h"
#include "shop/standing.h"

/* Looking at people: cli/customer.c has their commands. */
extern const struct field customer_find_flags[], customer_list_flags[];
enum status customer_show(struct run *run);
enum status customer_find_run(struct run *run);
enum status customer_list(struct run *run);
enum status customer_export(struct run *run);

/* Making one of two: cli/merge.c. */
extern const struct field customer_merge_flags[];
enum status customer_merge_run(struct run *run);

/* What `customer show` prints. 'repeated': of an operation, whether it was done
 * before; else NULL. */
MUST_CHECK enum status customer_print(struct run *run, int64_t id, const bool *repeated);
json_t *customer_json(const struct run *run, const struct standing *s,
		      const struct consent_answer *answers);

#endif

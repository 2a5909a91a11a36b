/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/rule.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "store/record_text.h"

struct entry *entry_new(void)
{
	struct entry *e = mem_resize(NULL, sizeof(*e));

	entry_clear(e);		/* not its rows: zeroing all of them costs more than a sale */
	return e;
}

void entry_free(struct entry *e)
{
	free(e);
}

enum status entry_set_rule(struct entry *e, const struct record_type *type,
			   const void *rec, int decimals)
{
	json_t *json = record_json(type, rec, decimals);
	char *text = json_dumps(json, JSON_COMPACT);
	enum status st = ST_OK;

	if (!text || strlen(text) >= sizeof(e->rule))
		st = fail(ST_FULL, "this %s has more to say than an entry can hold", type->name);
	else
		strcpy(e->rule, text);
	free(text);
	json_decref(json);
	return st;
}

bool name_find(const struct naming *among, const char *name, size_t *place)
{
	char want[200], have[200];
	unsigned best = 4, distance;

	*place = among->n;
	text_fold(name, want, sizeof(want));
	for (size_t i = 0; i < among->n; i++) {
		text_fold(among->first + i * among->stride, have, sizeof(have));
		distance = strcmp(want, have) ? text_distance(want, have, 3) : 0;
		if (distance >= best)
			continue;
		best = distance;
		*place = i;
		if (!distance)
			return true;
	}
	return false;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_ZONES_H
#define EXCHANGE_ZONES_H

#include <stdbool.h>

#include "base/clock.h"

/* Time zones as tills write them. */

enum zone_kind { ZONE_SHOP, ZONE_OFFSET, ZONE_NAMED };
struct zone {
	enum zone_kind kind;
	int32_t offset;			/* seconds ahead of UTC */
	const char *name;		/* "America/New_York" */
};

/* "Asia/Kolkata"; "Eastern Time (US & Canada)", as Ruby on Rails and so Square
 * calls them, also with "(GMT-05:00)" before it; "-0400", "+5:30", "Z", "GMT+2";
 * "EST", of which the shop's own zone has the first say. "" is the shop's.
 * 'name' stays good as long as 'text' and 'room' (64 bytes) do. */
bool zone_read(const char *text, char room[64], struct zone *out);

/* Zones that were read and asked for before. */
struct zone_memory;
struct zone_memory *zone_memory_new(void);
void zone_memory_free(struct zone_memory *m);

/* zone_read() of a text that is mostly the one before; *out is good until the
 * next one. */
bool zone_reread(struct zone_memory *m, const char *text, const struct zone **out);

/* What the clock of a zone shows as an instant; as clock_instant() where it
 * skips or repeats. ST_INVALID: no such zone. */
MUST_CHECK enum status zone_instant(struct zone_memory *m, const struct zone *z,
				    const struct civil *c, int64_t *instant);

#endif

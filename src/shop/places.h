/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_PLACES_H
#define SHOP_PLACES_H

#include <stdbool.h>
#include <stddef.h>

/* Countries and their time zones for people to choose from, out of the
 * system's own tables (iso3166.tab and zone.tab of the tz database). */

enum { ZONE_NAME = 64, ZONE_REMARK = 64 };

struct place {
	char country[3];		/* "IN" */
	char name[64];			/* "India": in English, as the table has it */
};

struct places {
	struct place *row;		/* by name */
	size_t n, cap;
};

/* Empty where the system has no such table. */
void places_load(struct places *out);
void places_release(struct places *p);

struct zone {
	char name[ZONE_NAME];		/* "America/Chicago" */
	char remark[ZONE_REMARK];	/* "Central (most areas)": English, may be "" */
};

struct zones {
	struct zone *row;
	size_t n, cap;
};

/* The zones of a country, the most peopled first as the table has them. */
void zones_load(const char *country, struct zones *out);
void zones_release(struct zones *z);

/* The country that this machine's clock is set for; false: it cannot be told. */
bool place_here(char country[3]);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/places.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

static FILE *open_table(const char *name)
{
	const char *dir = getenv("TZDIR");
	char path[1024];

	snprintf(path, sizeof(path), "%s/%s", dir && *dir == '/' ? dir : "/usr/share/zoneinfo",
		 name);
	return fopen(path, "re");
}

/* Lines of a table are "XX", a tab and fields with tabs between them. Calls
 * 'each' with the code and what follows it. */
typedef void table_line(void *arg, const char *country, char *rest);

static void read_table(const char *name, table_line *each, void *arg)
{
	FILE *file = open_table(name);
	char line[512];

	if (!file)
		return;
	while (fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] < 'A' || line[0] > 'Z' || strlen(line) < 4 || line[2] != '\t')
			continue;
		line[2] = '\0';
		each(arg, line, line + 3);
	}
	fclose(file);
}

static void add_place(void *arg, const char *country, char *rest)
{
	struct places *p = arg;
	struct place place = { .country = "" };

	if (text_clean(rest, strlen(rest), place.name, sizeof(place.name)) != ST_OK)
		return;
	memcpy(place.country, country, sizeof(place.country));
	p->row = mem_grow(p->row, p->n, &p->cap, sizeof(*p->row));
	p->row[p->n++] = place;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct place *)a)->name, ((const struct place *)b)->name);
}

void places_load(struct places *out)
{
	*out = (struct places){ .n = 0 };
	read_table("iso3166.tab", add_place, out);
	if (out->n)
		qsort(out->row, out->n, sizeof(*out->row), by_name);
}

void places_release(struct places *p)
{
	free(p->row);
	*p = (struct places){ .n = 0 };
}

/* -- zones -- */

/* "+2232+08822", a tab, the zone, perhaps a tab and a remark; false: it is not. */
static bool zone_read(char *rest, struct zone *out)
{
	const char *place = strsep(&rest, "\t"), *name = strsep(&rest, "\t");
	const char *remark = rest ? rest : "";

	(void)place;
	*out = (struct zone){ .name = "" };
	if (!name || !*name || strlen(name) >= sizeof(out->name))
		return false;
	strcpy(out->name, name);
	return text_clean(remark, strlen(remark), out->remark, sizeof(out->remark)) == ST_OK;
}

struct zones_of {
	const char *country;
	struct zones *out;
};

static void add_zone(void *arg, const char *country, char *rest)
{
	const struct zones_of *of = arg;
	struct zones *z = of->out;
	struct zone zone;

	if (strcmp(country, of->country) || !zone_read(rest, &zone))
		return;
	z->row = mem_grow(z->row, z->n, &z->cap, sizeof(*z->row));
	z->row[z->n++] = zone;
}

void zones_load(const char *country, struct zones *out)
{
	struct zones_of of = { country, out };

	*out = (struct zones){ .n = 0 };
	read_table("zone.tab", add_zone, &of);
}

void zones_release(struct zones *z)
{
	free(z->row);
	*z = (struct zones){ .n = 0 };
}

/* -- where this machine stands -- */

struct country_of {
	const char *zone;
	char *country;
	bool found;
};

static void match_zone(void *arg, const char *country, char *rest)
{
	struct country_of *of = arg;
	struct zone zone;

	if (of->found || !zone_read(rest, &zone) || strcmp(zone.name, of->zone))
		return;
	memcpy(of->country, country, 3);
	of->found = true;
}

/* TZ, or where /etc/localtime points. */
static void system_zone(char out[ZONE_NAME])
{
	const char *tz = getenv("TZ"), *at;
	char link[1024];
	ssize_t len;

	*out = '\0';
	if (tz && *tz) {
		snprintf(out, ZONE_NAME, "%s", *tz == ':' ? tz + 1 : tz);
		return;
	}
	len = readlink("/etc/localtime", link, sizeof(link) - 1);
	link[len > 0 ? len : 0] = '\0';
	at = strstr(link, "zoneinfo/");
	if (at)
		snprintf(out, ZONE_NAME, "%s", at + strlen("zoneinfo/"));
}

bool place_here(char country[3])
{
	char zone[ZONE_NAME];
	struct country_of of = { zone, country, false };

	system_zone(zone);
	if (*zone)
		read_table("zone.tab", match_zone, &of);
	return of.found;
}

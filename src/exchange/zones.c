/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/zones.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/mem.h"
#include "exchange/zone_names.h"

enum { DAY_SECONDS = 86400, BLOCK_DAYS = 512, BLOCKS = 8, ZONE_NAME = 64 };

/* -- reading -- */

/* "+05:30", "-0400", "+5". */
static bool read_offset(const char *text, int32_t *seconds)
{
	int sign = *text == '-' ? -1 : 1, hours = 0, minutes = 0, digits = 0;

	if (*text != '+' && *text != '-')
		return false;
	for (text++; isdigit((unsigned char)*text) && digits < 4; text++, digits++)
		hours = hours * 10 + (*text - '0');
	if (digits > 2) {
		minutes = hours % 100;
		hours /= 100;
	} else if (*text == ':' && isdigit((unsigned char)text[1]) &&
		   isdigit((unsigned char)text[2])) {
		minutes = (text[1] - '0') * 10 + (text[2] - '0');
		text += 3;
	}
	*seconds = sign * (hours * 3600 + minutes * 60);
	return digits && !*text && hours <= 14 && minutes < 60;
}

/* The shop's own letters, for winter or summer: its clock then says which. */
static bool is_own_letters(const char *text)
{
	return !strcasecmp(text, tzname[0]) || !strcasecmp(text, tzname[1]);
}

static bool is_universal(const char *text)
{
	return !strcasecmp(text, "UTC") || !strcasecmp(text, "GMT") || !strcasecmp(text, "Z");
}

/* "(GMT-05:00) Eastern Time (US & Canada)" */
static const char *behind_prefix(const char *text)
{
	const char *end = *text == '(' ? strchr(text, ')') : NULL;

	return end ? end + 1 + strspn(end + 1, " ") : text;
}

bool zone_read(const char *text, char room[ZONE_NAME], struct zone *out)
{
	const char *name;

	*out = (struct zone){ .kind = ZONE_SHOP };
	text += strspn(text, " ");
	if (!*text || !strcasecmp(text, clock_zone()))
		return true;
	out->kind = ZONE_OFFSET;
	if (is_universal(text) || read_offset(text, &out->offset))
		return true;
	if ((!strncasecmp(text, "GMT", 3) || !strncasecmp(text, "UTC", 3)) &&
	    read_offset(text + 3, &out->offset))
		return true;
	if (is_own_letters(text)) {
		out->kind = ZONE_SHOP;
		return true;
	}
	if (zone_of_letters(text, &out->offset))
		return true;
	text = behind_prefix(text);
	name = zone_of_rails(text);
	snprintf(room, ZONE_NAME, "%s", name ? name : text);
	out->name = room;
	out->kind = strcmp(room, clock_zone()) ? ZONE_NAMED : ZONE_SHOP;
	return name || (strchr(text, '/') && clock_zone_exists(room));
}

/* -- named zones: offsets at the beginning of each UTC day -- */

struct zone_memory {
	struct block {
		char name[ZONE_NAME];
		int64_t first;			/* day */
		int32_t offset[BLOCK_DAYS + 1];
	} block[BLOCKS];
	size_t n, next;
	char text[ZONE_NAME], room[ZONE_NAME];	/* read last */
	struct zone zone;
	bool known;
};

struct zone_memory *zone_memory_new(void)
{
	return mem_alloc(sizeof(struct zone_memory));
}

void zone_memory_free(struct zone_memory *m)
{
	free(m);
}

bool zone_reread(struct zone_memory *m, const char *text, const struct zone **out)
{
	*out = &m->zone;
	if (m->known && !strcmp(m->text, text))
		return true;
	m->known = zone_read(text, m->room, &m->zone);
	snprintf(m->text, sizeof(m->text), "%s", text);
	m->known &= strlen(text) < sizeof(m->text);
	return m->known;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static enum status find_block(struct zone_memory *m, const char *name, int64_t day,
			      const struct block **out)
{
	struct block *b;

	for (size_t i = 0; i < m->n; i++) {
		b = &m->block[i];
		if (day >= b->first && day < b->first + BLOCK_DAYS && !strcmp(b->name, name)) {
			*out = b;
			return ST_OK;
		}
	}
	b = &m->block[m->next];
	m->next = (m->next + 1) % BLOCKS;
	m->n += m->n < BLOCKS;
	snprintf(b->name, ZONE_NAME, "%s", name);
	b->first = floor_div(day, BLOCK_DAYS) * BLOCK_DAYS;
	*out = b;
	return clock_offsets(name, b->first * DAY_SECONDS, BLOCK_DAYS + 1, b->offset);
}

static enum status offset_at(struct zone_memory *m, const char *name, int64_t second,
			     int32_t *offset)
{
	int64_t day = floor_div(second, DAY_SECONDS);
	const struct block *b;
	enum status st = find_block(m, name, day, &b);

	if (st != ST_OK)
		return st;
	*offset = b->offset[day - b->first];
	if (*offset == b->offset[day - b->first + 1])
		return ST_OK;
	return clock_offsets(name, second, 1, offset);	/* the clock changes on that day */
}

/* The offsets of a day before and after are on either side of any change. */
static enum status named_instant(struct zone_memory *m, const char *name, int64_t shown,
				 int64_t *second)
{
	int32_t before = 0, after = 0, then = 0;
	enum status st = offset_at(m, name, shown - DAY_SECONDS, &before);

	if (st == ST_OK)
		st = offset_at(m, name, shown + DAY_SECONDS, &after);
	*second = shown - before;
	if (st == ST_OK)
		st = offset_at(m, name, *second, &then);
	if (st != ST_OK || then == before)
		return st;
	*second = shown - after;
	return ST_OK;
}

enum status zone_instant(struct zone_memory *m, const struct zone *z, const struct civil *c,
			 int64_t *instant)
{
	int64_t shown = (int64_t)day_from_civil(c->year, c->month, c->day) * DAY_SECONDS +
			c->hour * 3600 + c->minute * 60 + c->second;
	enum status st = ST_OK;

	if (z->kind == ZONE_SHOP) {
		*instant = clock_instant(c);
		return ST_OK;
	}
	shown -= z->offset;
	if (z->kind == ZONE_NAMED)
		st = named_instant(m, z->name, shown, &shown);
	*instant = shown * CLOCK_SECOND + c->micro;
	return st;
}

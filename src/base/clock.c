/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"

enum { DAY_SECONDS = 86400, ZONE_NAME = 64 };

/* Offsets from UTC of whole UTC days, since every row that a report reads asks
 * for one, and localtime_r() takes 100 times as long. No zone has changed its
 * offset twice within a day. */
enum { SEEN_DAYS = 8192, CHANGES = INT_MAX };

static struct {
	int32_t tag;		/* 1 + day since 1970; 0: nothing here */
	int32_t offset;		/* seconds; CHANGES: not one for the whole day */
} seen[SEEN_DAYS];

static char zone[ZONE_NAME] = "UTC";
static bool zone_is_utc = true;

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Zones. */

static const char *zone_folder(void)
{
	const char *folder = getenv("TZDIR");

	return folder && *folder ? folder : "/usr/share/zoneinfo";
}

/* The C library would take any name, and count an unknown one as UTC. Zones of
 * right/ count leap seconds, which instants here do not have. */
static bool is_zone_name(const char *name)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789_+-/";

	return name && *name && *name != '/' && strlen(name) < ZONE_NAME &&
	       name[strspn(name, allowed)] == '\0' && strncmp(name, "right/", 6) != 0;
}

bool clock_zone_exists(const char *name)
{
	char path[PATH_MAX], magic[4] = "";
	FILE *f;
	bool found;

	if (!is_zone_name(name))
		return false;
	if (strcmp(name, "UTC") == 0)
		return true;
	if ((size_t)snprintf(path, sizeof(path), "%s/%s", zone_folder(), name) >= sizeof(path))
		return false;
	f = fopen(path, "re");
	if (!f)
		return false;
	found = fread(magic, sizeof(magic), 1, f) == 1 && memcmp(magic, "TZif", 4) == 0;
	fclose(f);
	return found;
}

/* The best names for a mistyped one, nearest first. */
enum { NEAR_MOST = 3, NEAR_LIMIT = 2 };

struct near_names {
	char wanted[ZONE_NAME];		/* in small letters */
	char names[NEAR_MOST][ZONE_NAME];
	unsigned far[NEAR_MOST];
	int n;
};

static void to_lower(const char *from, char out[ZONE_NAME])
{
	size_t i;

	for (i = 0; from[i] && i + 1 < ZONE_NAME; i++)
		out[i] = (char)tolower((unsigned char)from[i]);
	out[i] = '\0';
}

/* People write "kolkata" as well as "Asia/Kolkatta". */
static unsigned zone_distance(const char *wanted, const char *name)
{
	char lower[ZONE_NAME];
	const char *city;
	unsigned whole, part;

	to_lower(name, lower);
	city = strrchr(lower, '/');
	whole = text_distance(wanted, lower, NEAR_LIMIT);
	part = city ? text_distance(wanted, city + 1, NEAR_LIMIT) : whole;
	return part < whole ? part : whole;
}

static void near_add(struct near_names *near, const char *name)
{
	unsigned far = zone_distance(near->wanted, name);
	int at = near->n;

	if (far > NEAR_LIMIT || strlen(name) >= ZONE_NAME || !clock_zone_exists(name))
		return;
	while (at > 0 && near->far[at - 1] > far)
		at--;
	if (at == NEAR_MOST)
		return;
	if (near->n < NEAR_MOST)
		near->n++;
	for (int i = near->n - 1; i > at; i--) {
		near->far[i] = near->far[i - 1];
		memcpy(near->names[i], near->names[i - 1], ZONE_NAME);
	}
	near->far[at] = far;
	memcpy(near->names[at], name, strlen(name) + 1);
}

/* Adds the zones that a file of the zone folder lists: tzdata.zi has them as
 * "Z name ..." and "L target name", zone1970.tab in its third column. */
static bool near_add_file(struct near_names *near, const char *file)
{
	char path[PATH_MAX], line[512], name[256];
	bool compact = strcmp(file, "tzdata.zi") == 0;
	FILE *f;

	if ((size_t)snprintf(path, sizeof(path), "%s/%s", zone_folder(), file) >= sizeof(path))
		return false;
	f = fopen(path, "re");
	if (!f)
		return false;
	while (fgets(line, sizeof(line), f)) {
		int found = !compact ? sscanf(line, "%*[^\t]\t%*[^\t]\t%255s", name) :
			    line[0] == 'Z' ? sscanf(line, "Z %255s", name) :
					     sscanf(line, "L %*s %255s", name);

		if (line[0] != '#' && found == 1)
			near_add(near, name);
	}
	fclose(f);
	return true;
}

static enum status no_such_zone(const char *name)
{
	struct near_names near = { .n = 0 };

	to_lower(name, near.wanted);
	if (!near_add_file(&near, "tzdata.zi"))
		near_add_file(&near, "zone1970.tab");
	switch (near.n) {
	case 0:
		return fail(ST_INVALID, "\"%.60s\" is not a time zone that this system knows. "
			    "Write one like Asia/Kolkata or Europe/Rome.", name);
	case 1:
		return fail(ST_INVALID, "\"%.60s\" is not a time zone that this system knows. "
			    "Did you mean %s?", name, near.names[0]);
	case 2:
		return fail(ST_INVALID, "\"%.60s\" is not a time zone that this system knows. "
			    "Did you mean %s or %s?", name, near.names[0], near.names[1]);
	default:
		return fail(ST_INVALID, "\"%.60s\" is not a time zone that this system knows. "
			    "Did you mean %s, %s or %s?", name, near.names[0], near.names[1],
			    near.names[2]);
	}
}

enum status clock_set_zone(const char *name)
{
	if (!clock_zone_exists(name))
		return no_such_zone(name);
	if (setenv("TZ", name, 1) != 0)
		return fail(ST_SYSTEM, "The time zone %s could not be set: out of memory.", name);
	tzset();
	/* A zone that the C library had no memory to read becomes UTC there, under
	 * the first letters of its name and without another one for summer. */
	if (!tzname[1][0] && strncmp(tzname[0], name, strlen(tzname[0])) == 0)
		return fail(ST_SYSTEM, "The time zone %s could not be read: out of memory.", name);
	memcpy(zone, name, strlen(name) + 1);
	zone_is_utc = strcmp(zone, "UTC") == 0;
	memset(seen, 0, sizeof(seen));
	return ST_OK;
}

const char *clock_zone(void)
{
	return zone;
}

/* Instants. */

static int32_t ask_offset(int64_t second)
{
	time_t t = second;
	struct tm tm;

	return localtime_r(&t, &tm) ? (int32_t)tm.tm_gmtoff : 0;
}

enum status clock_offsets(const char *name, int64_t first, size_t n, int32_t *seconds)
{
	char own[ZONE_NAME];
	enum status st;

	strcpy(own, zone);
	st = clock_set_zone(name);
	for (size_t i = 0; i < n && st == ST_OK; i++)
		seconds[i] = ask_offset(first + (int64_t)i * DAY_SECONDS);
	if (st == ST_OK)
		st = clock_set_zone(own);
	return st;
}

/* Seconds that the shop's clock is ahead of UTC. */
static int32_t offset_at(int64_t second)
{
	int64_t day = floor_div(second, DAY_SECONDS);
	size_t slot = (size_t)day % SEEN_DAYS;

	if (zone_is_utc)
		return 0;
	if (day < 0 || day > CLOCK_LAST_DAY + 1)
		return ask_offset(second);
	if (seen[slot].tag != (int32_t)day + 1) {
		int32_t begin = ask_offset(day * DAY_SECONDS);
		int32_t end = ask_offset((day + 1) * DAY_SECONDS);

		seen[slot].tag = (int32_t)day + 1;
		seen[slot].offset = begin == end ? begin : CHANGES;
	}
	return seen[slot].offset == CHANGES ? ask_offset(second) : seen[slot].offset;
}

/* Seconds since 1970-01-01 00:00 as the shop's clock shows them. */
static int64_t shown_at(int64_t instant)
{
	int64_t second = floor_div(instant, CLOCK_SECOND);

	return second + offset_at(second);
}

int32_t clock_day(int64_t instant)
{
	return (int32_t)floor_div(shown_at(instant), DAY_SECONDS);
}

int clock_minute_of_day(int64_t instant)
{
	int64_t shown = shown_at(instant);

	return (int)((shown - floor_div(shown, DAY_SECONDS) * DAY_SECONDS) / 60);
}

struct civil clock_civil(int64_t instant)
{
	int64_t shown = shown_at(instant);
	int32_t day = (int32_t)floor_div(shown, DAY_SECONDS);
	int rest = (int)(shown - (int64_t)day * DAY_SECONDS);
	struct civil c = { .hour = rest / 3600, .minute = rest / 60 % 60, .second = rest % 60 };

	c.micro = (int)((instant % CLOCK_SECOND + CLOCK_SECOND) % CLOCK_SECOND);
	day_to_civil(day, &c.year, &c.month, &c.day);
	return c;
}

/* The first second in (from, to] whose offset is not 'old'. */
static int64_t end_of_offset(int64_t from, int64_t to, int32_t old)
{
	while (to - from > 1) {
		int64_t middle = from + (to - from) / 2;

		if (offset_at(middle) == old)
			from = middle;
		else
			to = middle;
	}
	return to;
}

/* A day before and after are on either side of any change of the clock near
 * the time that is wanted, whatever the zone. */
static int64_t second_shown(int64_t shown, bool *skipped)
{
	int32_t before = offset_at(shown - DAY_SECONDS), after = offset_at(shown + DAY_SECONDS);

	*skipped = false;
	if (offset_at(shown - before) == before)
		return shown - before;
	if (offset_at(shown - after) == after)
		return shown - after;
	*skipped = true;
	return end_of_offset(shown - after, shown - before, before);
}

int64_t clock_instant(const struct civil *c)
{
	int64_t shown = (int64_t)day_from_civil(c->year, c->month, c->day) * DAY_SECONDS +
			c->hour * 3600 + c->minute * 60 + c->second;
	bool skipped;
	int64_t second = second_shown(shown, &skipped);

	return second * CLOCK_SECOND + (skipped ? 0 : c->micro);
}

int64_t clock_day_start(int32_t day)
{
	bool skipped;

	return second_shown((int64_t)day * DAY_SECONDS, &skipped) * CLOCK_SECOND;
}

/* Now. */

static const char *fixed_now(void)
{
	const char *text = getenv("REGULARS_NOW");

	return text && *text ? text : NULL;
}

int64_t clock_now(void)
{
	struct timespec now;
	int64_t instant;

	if (fixed_now() && instant_parse(fixed_now(), &instant) == ST_OK)
		return instant;
	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec * CLOCK_SECOND + now.tv_nsec / 1000;
}

enum status clock_check(void)
{
	int64_t instant;

	if (!fixed_now() || instant_parse(fixed_now(), &instant) == ST_OK)
		return ST_OK;
	return fail(ST_INVALID, "REGULARS_NOW is \"%.60s\", which is not a time: write it like "
		    "2026-03-01T09:14:00, or unset it.", fixed_now());
}

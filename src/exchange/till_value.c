/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/till_value.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/digits.h"
#include "base/money.h"

enum { ROOM = 96 };

/* Digits of any script and their signs in ASCII, '?' for every other letter
 * beyond it; cut where there is no room. */
static void plain(const char *text, char out[ROOM])
{
	size_t n = 0;
	uint32_t c;

	while ((c = digit_read(&text)) && n < ROOM - 1)
		if (n || c != ' ')
			out[n++] = (char)(c < 0x80 ? c : '?');
	while (n && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
}

/* -- money -- */

/* Nothing but a currency, a sign and blanks. */
static bool is_around(const char *at, size_t n)
{
	for (; n-- > 0; at++)
		if (!isalpha((unsigned char)*at) && !strchr(" $?.-+()", *at))
			return false;
	return true;
}

static bool has_sign(const char *at, size_t n, char sign)
{
	return memchr(at, sign, n) != NULL;
}

enum status till_money(const char *text, int decimals, int64_t *minor)
{
	char room[ROOM];
	size_t first, end;
	bool negative;

	plain(till_text(text), room);
	first = strcspn(room, "0123456789");
	if (first && strchr(".,", room[first - 1]) &&
	    (first == 1 || !isalpha((unsigned char)room[first - 2])))
		first--;
	for (end = strlen(room); end > first && !isdigit((unsigned char)room[end - 1]); end--)
		continue;
	if (end == first || !is_around(room, first) || !is_around(room + end, strlen(room + end)))
		return fail(ST_INVALID, "\"%.40s\" is not an amount", text);
	negative = has_sign(room, first, '-') || has_sign(room, first, '(') ||
		   strchr(room + end, '-');
	room[end] = '\0';
	if (money_parse(room + first, decimals, minor) != ST_OK)
		return ST_INVALID;
	if (negative)
		*minor = -*minor;
	return ST_OK;
}

/* -- whose money -- */

/* The letters right before a $ sign begin the code of another currency's dollar. */
static bool is_foreign_dollar(const char *letters, size_t n, const struct currency *shop)
{
	const struct currency *c;

	if (!strchr(shop->symbol, '$'))
		return true;
	if (!n || !strncasecmp(shop->code, letters, n) || !strncmp(shop->symbol, letters, n))
		return false;
	for (unsigned i = 0; (c = currency_at(i)); i++)
		if (strchr(c->symbol, '$') && !strncasecmp(c->code, letters, n))
			return true;
	return false;
}

static bool is_foreign_code(const char *letters, size_t n, const struct currency *shop)
{
	char code[4] = "";

	if (n != 3 || !isupper((unsigned char)letters[0]))
		return false;
	memcpy(code, letters, 3);
	return strcmp(code, shop->code) != 0 && currency_find(code);
}

/* The signs that stand beyond ASCII: pound, yen, euro, rupee and the like. One
 * that looks like the rupee's Rs is one. */
static bool is_foreign_sign(const char *sign, size_t n, const struct currency *shop)
{
	static const char *const others[] = { "\u00a2", "\u00a3", "\u00a5", "\u0e3f" };
	bool is_sign = n == 3 && !memcmp(sign, "\xe2\x82", 2) && (unsigned char)sign[2] >= 0xa0;

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		is_sign |= strlen(others[i]) == n && !memcmp(others[i], sign, n);
	if (!is_sign || (n == 3 && !memcmp(sign, "\u20a8", 3) && !strcmp(shop->symbol, "Rs")))
		return false;
	for (const char *at = shop->symbol; *at; at++)
		if (!strncmp(at, sign, n))
			return false;
	return true;
}

static size_t sign_length(const char *at)
{
	size_t n = 1;

	while (((unsigned char)at[n] & 0xc0) == 0x80)
		n++;
	return n;
}

static bool is_foreign(const char *text, const struct currency *shop)
{
	size_t letters = 0;		/* in front of 'at' */

	for (const char *at = text; ; at += sign_length(at)) {
		if (isalpha((unsigned char)*at)) {
			letters++;
			continue;
		}
		if (is_foreign_code(at - letters, letters, shop) ||
		    (*at == '$' && is_foreign_dollar(at - letters, letters, shop)) ||
		    is_foreign_sign(at, *at ? sign_length(at) : 0, shop))
			return true;
		letters = 0;
		if (!*at)
			return false;
	}
}

enum status till_price(const char *text, int decimals, const char *code, int64_t *minor)
{
	const struct currency *shop = code ? currency_find(code) : NULL;

	if (shop && is_foreign(text, shop))
		return fail(ST_INVALID, "\"%.40s\" is in another currency than the shop's, %s",
			    text, shop->code);
	return till_money(text, decimals, minor);
}

/* -- texts -- */

const char *till_code(const char *text)
{
	return text[0] == '\'' && text[1] ? text + 1 : text;
}

const char *till_text(const char *text)
{
	return text[0] == '\'' && text[1] && (isdigit((unsigned char)text[1]) ||
					      strchr("+-=@#", text[1])) ? text + 1 : text;
}

/* -- dates: month names -- */

static int month_called(const char *at, size_t len)
{
	static const char *const names[] = {
		"january", "february", "march", "april", "may", "june", "july", "august",
		"september", "october", "november", "december"
	};

	for (int m = 0; m < 12 && len >= 3; m++)
		if (len <= strlen(names[m]) && !strncasecmp(at, names[m], len))
			return m + 1;
	return !strncasecmp(at, "sept", len) && len == 4 ? 9 : 0;
}

/* The numbers and the month of a date with a month's name in it. */
struct named {
	int month, number[2], digits[2];
	size_t n;
};

static const char *take_number(const char *at, const char *end, struct named *d)
{
	int *number = &d->number[d->n], *digits = &d->digits[d->n];

	for (; at < end && isdigit((unsigned char)*at) && *digits < 4; at++, ++*digits)
		*number = *number * 10 + (*at - '0');
	d->n++;
	return at;
}

static bool take_apart(const char *at, const char *end, struct named *d)
{
	*d = (struct named){ 0 };
	while (at < end) {
		size_t letters = 0;

		while (at + letters < end && isalpha((unsigned char)at[letters]))
			letters++;
		if (letters && !d->month)
			d->month = month_called(at, letters);
		at += letters;
		if (isdigit((unsigned char)*at) && at < end) {
			if (d->n == 2)
				return false;
			at = take_number(at, end, d);
		} else if (!letters) {
			at++;
		}
	}
	return d->month && d->n == 2;
}

static bool has_letters(const char *at, const char *end)
{
	while (at < end && !isalpha((unsigned char)*at))
		at++;
	return at < end;
}

/* "16-Dec-2023 ..." and "Dec 16, 2023 ..." as 2023-12-16. */
static void name_month(char text[ROOM], const char *time)
{
	char rest[ROOM];
	struct named d;
	int year, day;

	if (!has_letters(text, time) || !take_apart(text, time, &d))
		return;
	year = d.digits[0] == 4 ? d.number[0] : d.number[1];
	day = d.digits[0] == 4 ? d.number[1] : d.number[0];
	if (year < 100)
		year += year < 70 ? 2000 : 1900;
	snprintf(rest, sizeof(rest), "%s", time);
	snprintf(text, ROOM, "%04d-%02d-%02d%s%.60s", year, d.month, day, *rest ? " " : "", rest);
}

/* -- dates: parts -- */

/* Where the hour stands; the end when there is no time. */
static const char *find_time(const char *text)
{
	const char *colon = strchr(text, ':');

	if (!colon || colon == text)
		return text + strlen(text);
	while (colon > text && isdigit((unsigned char)colon[-1]))
		colon--;
	return colon;
}

/* Behind hour, minutes, seconds, AM or PM. */
static const char *find_zone(const char *time, bool *half)
{
	const char *at = time + strspn(time, "0123456789:.");
	const char *word = at + strspn(at, " ");

	*half = (tolower((unsigned char)*word) == 'a' || tolower((unsigned char)*word) == 'p') &&
		(tolower((unsigned char)word[1]) == 'm' || !strncasecmp(word + 1, ".m.", 3));
	if (*half)
		at = word + (word[1] == '.' ? 4 : 2);
	return at;
}

void till_date_read(const char *date, const char *time, struct till_date *out)
{
	char room[ROOM], joined[ROOM * 2];
	const char *zone;
	size_t len;

	*out = (struct till_date){ .half = false };
	plain(till_text(date), room);
	if (*time && !strchr(room, ':')) {
		snprintf(joined, sizeof(joined), "%s ", room);
		plain(time, room);
		snprintf(joined + strlen(joined), ROOM, "%s", room);
		plain(joined, room);
	}
	name_month(room, find_time(room));
	zone = find_zone(find_time(room), &out->half);
	len = (size_t)(zone - room);
	zone += strspn(zone, " ");
	snprintf(out->zone, sizeof(out->zone), "%.63s", zone);
	if (len >= sizeof(out->text))
		return;		/* no date is as long as that */
	snprintf(out->text, sizeof(out->text), "%.*s", (int)len, room);
	if (out->half && len > 4 && out->text[len - 1] == '.')
		snprintf(out->text + len - 4, 3, "%cm", out->text[len - 4]);
}

enum status till_instant(struct zone_memory *zones, const struct till_date *date,
			 const char *zone, enum date_order order, int64_t *instant)
{
	const char *named = *date->zone ? date->zone : zone;
	const struct zone *z;
	struct civil c;
	int32_t day;
	enum status st = date_split(date->text, order, &c);

	if (st != ST_OK)
		return st;
	day = day_from_civil(c.year, c.month, c.day);
	if (day < CLOCK_FIRST_DAY || day > CLOCK_LAST_DAY)
		return fail(ST_INVALID, "\"%.40s\" is outside of what the book can hold, "
			    "1970-01-02 to 2199-12-31; check the year", date->text);
	if (!zone_reread(zones, named, &z))
		return fail(ST_INVALID, "the time zone \"%.40s\" is not known; write it like "
			    "Asia/Kolkata, or leave the column out with --map -=COLUMN", named);
	return zone_instant(zones, z, &c, instant);
}

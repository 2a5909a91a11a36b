/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/money.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "base/digits.h"

/* An amount as it was written: digits and the signs . , ' and space between
 * them, in ASCII. The whole part ends where the decimal sign stands. */
struct amount {
	const char *text;	/* all of it, for sentences */
	int decimals;		/* what the currency has */
	bool negative;
	char signs[48];
	size_t whole, len;
};

static enum status not_amount(const struct amount *a)
{
	return fail(ST_INVALID, "\"%.40s\" is not an amount: write it like 1149.50, with digits "
		    "and one decimal sign.", a->text);
}

static enum status unclear(const struct amount *a)
{
	return fail(ST_INVALID, "\"%.40s\" may mean thousands or decimals: write it without a "
		    "thousands sign, like 1149.50.", a->text);
}

static enum status take_signs(struct amount *a)
{
	const char *at = a->text, *first;
	uint32_t c;

	do {
		first = at;
		c = digit_read(&at);
	} while (c == ' ');
	a->negative = c == '-';
	if (c == '-' || c == '+')
		first = at;
	for (at = first; (c = digit_read(&at)); ) {
		if (c >= 0x80 || !strchr("0123456789., '", (int)c))
			return not_amount(a);
		if (c == ' ' && a->len == 0)
			continue;
		if (a->len == sizeof(a->signs) - 1)
			return not_amount(a);
		a->signs[a->len++] = (char)c;
	}
	while (a->len && a->signs[a->len - 1] == ' ')
		a->len--;
	a->signs[a->len] = '\0';
	return ST_OK;
}

static size_t count(const struct amount *a, char sign)
{
	size_t n = 0;

	for (const char *s = a->signs; (s = strchr(s, sign)); s++)
		n++;
	return n;
}

/* "1.234" and "1,234": both could be thousands by their looks. */
static bool may_be_thousands(const struct amount *a, size_t at)
{
	return at >= 1 && at <= 3 && a->signs[0] != '0' && a->len - at == 4;
}

/* One point or comma, and nothing else. A point writes decimals. A comma with
 * three digits behind it writes thousands, unless the currency has as many
 * decimals. */
static enum status place_lone_sign(struct amount *a, char sign)
{
	size_t at = strcspn(a->signs, ".,");

	if (may_be_thousands(a, at)) {
		if (sign == ',' && a->decimals < 3)
			return ST_OK;
		if (sign == ',' || (a->decimals < 3 && a->signs[a->len - 1] == '0'))
			return unclear(a);
	}
	a->whole = at;
	return ST_OK;
}

/* Which sign, if any, is the decimal one. */
static enum status place_decimals(struct amount *a)
{
	size_t points = count(a, '.'), commas = count(a, ','), last;
	bool grouped = strpbrk(a->signs, " '") != NULL;

	a->whole = a->len;
	if (points + commas == 0)
		return ST_OK;
	if (points + commas == 1 && !grouped)
		return place_lone_sign(a, points ? '.' : ',');
	if (!grouped && (points == 0 || commas == 0))
		return ST_OK;
	for (last = a->len - 1; a->signs[last] != '.' && a->signs[last] != ','; )
		last--;
	if ((a->signs[last] == '.' ? points : commas) > 1)
		return not_amount(a);
	a->whole = last;
	return ST_OK;
}

/* Groups of three, or as in India of two before the last three; one sign. */
static bool groups_are_sound(const struct amount *a)
{
	size_t first = strspn(a->signs, "0123456789"), group = 0, n = 0;
	bool threes = true, twos = first <= 2;
	char sign = a->signs[first];

	if (first >= a->whole)
		return true;
	if (first == 0 || first > 3 || a->signs[0] == '0')
		return false;
	for (size_t i = first; i < a->whole; i += 1 + group, n++) {
		bool last;

		group = strspn(a->signs + i + 1, "0123456789");
		last = i + 1 + group >= a->whole;
		if (a->signs[i] != sign)
			return false;
		threes = threes && group == 3;
		twos = twos && group == (last ? 3 : 2);
	}
	return threes || twos;
}

/* ".50" is an amount; "12." and "." are cut off somewhere. */
static bool decimals_are_sound(const struct amount *a)
{
	size_t n;

	if (a->whole == a->len)
		return a->len > 0;
	n = strspn(a->signs + a->whole + 1, "0123456789");
	return n > 0 && n == a->len - a->whole - 1;
}

static enum status add_digits(const struct amount *a, int64_t *minor)
{
	int64_t sum = 0;
	int decimals = 0;

	for (size_t i = 0; i < a->len; i++) {
		char c = a->signs[i];

		if (c < '0' || c > '9')
			continue;
		decimals += i > a->whole;
		if (decimals > a->decimals && c != '0')
			return fail(ST_INVALID, "\"%.40s\" has more decimals than the %d of the "
				    "currency. Nothing is rounded here: write the exact amount.",
				    a->text, a->decimals);
		if (decimals <= a->decimals)
			sum = sum * 10 + (c - '0');
		if (sum > MONEY_MOST)
			break;
	}
	while (sum <= MONEY_MOST && decimals++ < a->decimals)
		sum *= 10;
	if (sum > MONEY_MOST)
		return fail(ST_INVALID, "\"%.40s\" is more than one amount may be. Check the "
			    "number of digits.", a->text);
	*minor = a->negative ? -sum : sum;
	return ST_OK;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "1149", "-1149.50": what needs no judging. Imports read millions of them. */
static bool read_plain(const char *text, int decimals, int64_t *minor)
{
	const char *at = text + (*text == '-');
	int64_t sum = 0;

	if (!is_digit(*at))
		return false;
	for (; is_digit(*at) && sum <= MONEY_MOST; at++)
		sum = sum * 10 + (*at - '0');
	if (*at == '.' && is_digit(at[1]))
		for (at++; is_digit(*at) && decimals > 0 && sum <= MONEY_MOST; at++, decimals--)
			sum = sum * 10 + (*at - '0');
	for (; decimals > 0 && sum <= MONEY_MOST; decimals--)
		sum *= 10;
	*minor = *text == '-' ? -sum : sum;
	return !*at && sum <= MONEY_MOST;
}

enum status money_parse(const char *text, int decimals, int64_t *minor)
{
	struct amount a = { .text = text, .decimals = decimals };
	enum status st;
	int64_t plain;

	if (read_plain(text, decimals, &plain)) {
		*minor = plain;
		return ST_OK;
	}
	st = take_signs(&a);
	if (!st)
		st = place_decimals(&a);
	if (st)
		return st;
	if (!groups_are_sound(&a) || !decimals_are_sound(&a))
		return not_amount(&a);
	return add_digits(&a, minor);
}

void money_print(int64_t minor, int decimals, char out[MONEY_TEXT])
{
	uint64_t left = minor < 0 ? -(uint64_t)minor : (uint64_t)minor;
	char text[MONEY_TEXT], *s = text + sizeof(text) - 1;

	*s = '\0';
	for (int written = 0; left || written <= decimals; written++) {
		if (written && written == decimals)
			*--s = '.';
		*--s = (char)('0' + left % 10);
		left /= 10;
	}
	if (minor < 0)
		*--s = '-';
	memcpy(out, s, (size_t)(text + sizeof(text) - s));
}

bool sum_checked(int64_t a, int64_t b, int64_t *sum)
{
	int64_t s;

	if (__builtin_add_overflow(a, b, &s))
		return false;
	*sum = s;
	return true;
}

bool mul_div(int64_t a, int64_t b, int64_t c, enum rounding how, int64_t *result)
{
	__int128 product = (__int128)a * b, quotient, rest;

	assert(c > 0);
	quotient = product / c;
	rest = product % c;
	if (how == ROUND_FLOOR)
		quotient -= rest < 0;
	else if (how == ROUND_CEIL)
		quotient += rest > 0;
	else if (2 * (rest < 0 ? -rest : rest) >= c)
		quotient += product < 0 ? -1 : 1;
	if (quotient < INT64_MIN || quotient > INT64_MAX)
		return false;
	*result = (int64_t)quotient;
	return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/phone.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/pattern.h"

#define LENGTH(a) (sizeof(a) / sizeof(*(a)))

/* A number may have an international prefix and a carrier's before it. */
enum { LEAST_DIGITS = 3, MOST_DIGITS = 17, MOST_TYPED = PHONE_TEXT - 1, LONGEST_E164 = 15 };

enum rule {
	RULE_INTL,	/* what is dialled before a foreign country's code */
	RULE_TRUNK,	/* what may be dialled before a national number */
	RULE_MOBILE,
	RULE_ANY,
	RULES
};

/* A row of data/phone-plans.tsv; the columns are explained there. */
struct plan {
	char country[4];
	uint16_t code;
	uint32_t lengths;		/* bit n: possible for mobile or fixed numbers; 0: any */
	const char *groups;
	const char *rules[RULES];
	const char *becomes;
	short next;			/* 1 + row of the next country with this code; 0: none */
};

#include "base/phone_plans.inc"

/* Rules are compiled when they are first needed; most shops need one row. */
static struct pattern *compiled[LENGTH(plans)][RULES];

static const struct pattern *rule_of(const struct plan *plan, enum rule rule)
{
	struct pattern **p = &compiled[plan - plans][rule];

	if (!*p)
		*p = pattern_make(plan->rules[rule]);
	return *p;
}

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static int by_country(const void *key, const void *row)
{
	return strcmp(key, ((const struct plan *)row)->country);
}

static const struct plan *plan_find(const char *country)
{
	char key[3];

	if (!country || strlen(country) != 2)
		return NULL;
	key[0] = upper(country[0]);
	key[1] = upper(country[1]);
	key[2] = '\0';
	return bsearch(key, plans, LENGTH(plans), sizeof(*plans), by_country);
}

static const struct plan *first_of(unsigned code)
{
	return first_of_code[code] ? &plans[first_of_code[code] - 1] : NULL;
}

static const struct plan *next_of(const struct plan *plan)
{
	return plan->next ? &plans[plan->next - 1] : NULL;
}

bool phone_country_exists(const char *country)
{
	return plan_find(country) != NULL;
}

/* Reading: of all that the digits could mean, the likeliest is taken. */

enum likely {
	IMPOSSIBLE,
	POSSIBLE,
	MOBILE
};

struct reading {
	enum likely likely;
	uint16_t code;
	char number[LONGEST_E164];	/* national */
};

static enum likely judge_by(const struct plan *plan, const char *number, size_t len)
{
	if (plan->lengths && !(plan->lengths >> len & 1))
		return IMPOSSIBLE;
	if (*plan->rules[RULE_MOBILE] && pattern_fits(rule_of(plan, RULE_MOBILE), number))
		return MOBILE;
	return pattern_fits(rule_of(plan, RULE_ANY), number) ? POSSIBLE : IMPOSSIBLE;
}

/* Judges a number by the plans of all countries that share its code, and keeps
 * it if it is likelier than what was found before. */
static void consider(struct reading *best, uint16_t code, const char *number)
{
	struct reading r = { .code = code };
	size_t len = strlen(number);

	if (len + (code > 99 ? 3 : code > 9 ? 2 : 1) > LONGEST_E164)
		return;
	for (const struct plan *p = first_of(code); p && r.likely != MOBILE; p = next_of(p)) {
		enum likely found = judge_by(p, number, len);

		if (found > r.likely)
			r.likely = found;
	}
	if (r.likely <= best->likely)
		return;
	memcpy(r.number, number, len + 1);
	*best = r;
}

/* "268$1" with the part that was matched. */
static void become(const struct plan *plan, const struct match *m, char *out, size_t size)
{
	size_t n = 0;

	for (const char *s = plan->becomes; *s && n + 1 < size; s++) {
		if (*s != '$') {
			out[n++] = *s;
			continue;
		}
		s++;
		for (const char *c = m->part[*s - '1'].from; c < m->part[*s - '1'].to; c++) {
			if (n + 1 < size)
				out[n++] = *c;
		}
	}
	snprintf(out + n, size - n, "%s", m->end);
}

/* The last bracket of a rule is the one that "becomes" is about. */
static bool becomes_other(const struct plan *plan, const struct match *m)
{
	const char *last = strrchr(plan->becomes, '$');

	return last && m->part[last[1] - '1'].to;
}

/* As a number of the plan's country, with and without its trunk prefix; a 0 is
 * taken for one where there is none. */
static void consider_national(struct reading *best, const struct plan *plan, const char *digits)
{
	struct match m;
	char other[MOST_TYPED + 8];	/* a rule adds four digits at most */

	consider(best, plan->code, digits);
	if (best->likely == MOBILE)
		return;
	if (*plan->rules[RULE_TRUNK] &&
	    pattern_starts(rule_of(plan, RULE_TRUNK), digits, &m)) {
		if (becomes_other(plan, &m)) {
			become(plan, &m, other, sizeof(other));
			consider(best, plan->code, other);
		} else {
			consider(best, plan->code, m.end);
		}
	}
	if (best->likely == IMPOSSIBLE && *digits == '0')
		consider(best, plan->code, digits + 1);
}

/* As digits that begin with a country code; 'only': with this one. */
static void consider_international(struct reading *best, unsigned only, const char *digits)
{
	unsigned code = 0;

	if (*digits == '0')
		return;
	for (int len = 1; len <= 3 && *digits; len++) {
		code = code * 10 + (unsigned)(*digits++ - '0');
		if (!first_of(code))
			continue;
		if (!only || only == code)
			consider_national(best, first_of(code), digits);
		return;
	}
}

/* After the country's international prefix, and after the 00 that people write
 * everywhere. */
static void consider_prefixed(struct reading *best, const struct plan *plan, unsigned only,
			      const char *digits)
{
	struct match m;

	if (plan && *plan->rules[RULE_INTL] &&
	    pattern_starts(rule_of(plan, RULE_INTL), digits, &m))
		consider_international(best, only, m.end);
	if (strncmp(digits, "00", 2) == 0)
		consider_international(best, only, digits + 2);
}

/* Nothing says whether the digits begin with a country code. Those that could
 * begin with the country's own more often do than not: exports lose the plus. */
static void consider_plain(struct reading *best, const struct plan *plan, const char *digits)
{
	if (plan) {
		consider_prefixed(best, plan, plan->code, digits);
		if (best->likely != IMPOSSIBLE)
			return;
		consider_international(best, plan->code, digits);
		consider_national(best, plan, digits);
	}
	if (best->likely != MOBILE)
		consider_prefixed(best, plan, 0, digits);
}

/* What was typed. */

struct typed {
	char digits[MOST_TYPED + 1];
	size_t len;
	bool plus;
};

static bool starts_with_tel(const char *text)
{
	return upper(text[0]) == 'T' && upper(text[1]) == 'E' && upper(text[2]) == 'L' &&
	       text[3] == ':';
}

/* A spreadsheet's "4.41E+11", from its E on. */
static bool is_exponent(const char *text)
{
	if (upper(*text++) != 'E')
		return false;
	text += *text == '+' || *text == '-';
	return *text >= '0' && *text <= '9';
}

/* "9824012345.0": a spreadsheet took it for a number. */
static bool is_zero_fraction(const struct typed *t, const char *behind_dot)
{
	return t->len > 6 && strcmp(behind_dot, "0") == 0;
}

static enum status refuse(const char *text, const char *at)
{
	if (is_exponent(at))
		return fail(ST_INVALID, "\"%.40s\" is what a spreadsheet made of a phone number; "
			    "its digits are lost. Format the column as text and export it again.",
			    text);
	return fail(ST_INVALID, "\"%.40s\" is not a phone number: write one number, with "
		    "digits, spaces, dots, dashes and brackets only, and + at its start.", text);
}

/* One character at a time: false where a number may not hold it. */
static bool take(struct typed *t, uint32_t c)
{
	if (c >= '0' && c <= '9') {
		if (t->len < MOST_TYPED)
			t->digits[t->len] = (char)c;
		t->len++;
		return true;
	}
	if (c == '+') {
		t->plus = true;
		return t->len == 0;
	}
	return c < 0x80 && strchr(" \t-.()[]/'~", (int)c);
}

static enum status read_typed(const char *text, struct typed *t)
{
	const char *at = text, *before;
	bool plain = true;		/* no sign but this dot */

	*t = (struct typed){ .plus = false };
	while (*at == ' ')
		at++;
	if (starts_with_tel(at))
		at += 4;
	for (uint32_t c; before = at, (c = digit_read(&at)); ) {
		if (c == '.' && plain && is_zero_fraction(t, at))
			break;
		plain = plain && c >= '0' && c <= '9';
		if (!take(t, c))
			return refuse(text, before);
	}
	return ST_OK;
}

/* The digits behind what says that a country's code follows; NULL: nothing does. */
static const char *behind_plus(const struct typed *t, const struct plan *plan)
{
	const char *digits = t->digits;
	struct match m;

	if (!t->plus && (strncmp(digits, "00", 2) != 0 || !plan || !*plan->rules[RULE_INTL] ||
			 !pattern_starts(rule_of(plan, RULE_INTL), digits, &m) ||
			 m.end != digits + 2))
		return NULL;
	while (strncmp(digits, "00", 2) == 0)
		digits += 2;
	return digits;
}

/* "0012" is too short to be said with a plus. */
static void keep_unverified(const struct typed *t, const char *behind, char out[PHONE_TEXT])
{
	bool short_of_plus = !behind || strlen(behind) < LEAST_DIGITS;

	snprintf(out, PHONE_TEXT, "%s%.*s", t->plus || !short_of_plus ? "+" : "",
		 MOST_DIGITS, short_of_plus ? t->digits : behind);
}

enum status phone_parse(const char *text, const char *country, struct phone_number *out)
{
	struct reading best = { .likely = IMPOSSIBLE };
	const struct plan *plan = plan_find(country);
	const char *behind;
	struct typed t;
	enum status st = read_typed(text, &t);

	if (st)
		return st;
	behind = behind_plus(&t, plan);
	if (t.len >= LEAST_DIGITS && t.len <= MOST_TYPED) {
		if (behind)
			consider_international(&best, 0, behind);
		else
			consider_plain(&best, plan, t.digits);
	}
	if (best.likely == IMPOSSIBLE && (t.len < LEAST_DIGITS || t.len > MOST_DIGITS))
		return fail(ST_INVALID, "\"%.60s\" is not a phone number: one has 3 to 17 digits, "
			    "and only one may be written here.", text);
	*out = (struct phone_number){ .e164 = best.likely != IMPOSSIBLE,
				      .mobile = best.likely == MOBILE };
	if (out->e164)
		snprintf(out->text, sizeof(out->text), "+%u%s", best.code, best.number);
	else
		keep_unverified(&t, behind, out->text);
	return ST_OK;
}

/* Showing. */

static const char *groups_of(const struct plan *plan, size_t len)
{
	static const char *const usual[] = {
		[5] = "23", [6] = "33", [7] = "34", [8] = "44", [9] = "333",
		[10] = "334", [11] = "344", [12] = "444",
	};
	size_t sum = 0;

	for (const char *g = plan->groups; *g; g++)
		sum += (size_t)(*g - '0');
	if (sum == len)
		return plan->groups;
	return len < LENGTH(usual) && usual[len] ? usual[len] : "";
}

void phone_show(const char *e164, char *out)
{
	const struct plan *plan = NULL;
	const char *s = e164 + 1;
	unsigned code = 0;

	if (*e164 == '+' && strlen(e164) < PHONE_TEXT) {
		while (!plan && s - e164 <= 3 && *s >= '0' && *s <= '9') {
			code = code * 10 + (unsigned)(*s++ - '0');
			plan = first_of(code);
		}
	}
	if (!plan) {
		snprintf(out, 2 * PHONE_TEXT, "%s", e164);
		return;
	}
	out += sprintf(out, "+%u", code);
	for (const char *g = groups_of(plan, strlen(s)); *g; g++) {
		out += sprintf(out, " %.*s", *g - '0', s);
		s += *g - '0';
	}
	sprintf(out, *s ? " %s" : "%s", s);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/newcomer.h"

#include <stdio.h>
#include <string.h>

#include "base/digits.h"
#include "base/phone.h"
#include "base/text.h"

enum { PHONE_LEAST = 5, PHONE_SURELY = 8, CODE_LEAST = 6, LINE_SIZE = 1024 };

struct reading {
	const char *country;
	struct customer *c;
	char phone[LINE_SIZE];		/* digits that came one behind the other */
};

/* Digits of any script, and the signs between those of phones. 0: it is a word. */
static size_t count_digits(const char *word)
{
	size_t n = 0;
	uint32_t c;

	while ((c = digit_read(&word))) {
		if (c >= '0' && c <= '9')
			n++;
		else if (c > 0x7f || !strchr(" +-().", (int)c))
			return 0;
	}
	return n;
}

static bool verifies(const char *phone, const char *country)
{
	struct phone_number number;

	return phone_parse(phone, country, &number) == ST_OK && number.e164;
}

static void add_word(char *out, size_t size, const char *word)
{
	size_t used = strlen(out), gap = used > 0, len;

	if (used + gap + 1 >= size || !(len = text_cut(word, size - 1 - used - gap)))
		return;
	out[used] = ' ';
	memcpy(out + used + gap, word, len);
	out[used + gap + len] = '\0';
}

static enum status end_phone(struct reading *r)
{
	enum status st = ST_OK;

	if (count_digits(r->phone) >= PHONE_LEAST)
		st = customer_add_phone(r->c, r->phone, r->country);
	else if (*r->phone)
		add_word(r->c->name, sizeof(r->c->name), r->phone);
	r->phone[0] = '\0';
	return st;
}

/* "98240 12345" is one number, and "9824012345 9824055501" are two. */
static enum status add_digits(struct reading *r, const char *word)
{
	char both[LINE_SIZE];
	enum status st = ST_OK;

	snprintf(both, sizeof(both), "%s%s", r->phone, word);
	if (verifies(r->phone, r->country) && !verifies(both, r->country)) {
		st = end_phone(r);
		snprintf(r->phone, sizeof(r->phone), "%s", word);
	} else {
		memcpy(r->phone, both, sizeof(both));
	}
	return st;
}

static enum status read_word(struct reading *r, const char *word)
{
	enum status st;

	if (count_digits(word))
		return add_digits(r, word);
	st = end_phone(r);
	if (st == ST_OK && strchr(word, '@'))
		return customer_add_email(r->c, word);
	if (st == ST_OK)
		add_word(r->c->name, sizeof(r->c->name), word);
	return st;
}

enum status newcomer_read(const char *text, const char *country, struct customer *out)
{
	struct reading r = { country, out, "" };
	char line[LINE_SIZE], *word, *rest = line;
	enum status st = ST_OK;

	*out = (struct customer){ .id = 0 };
	snprintf(line, sizeof(line), "%s", text);
	while (st == ST_OK && (word = strsep(&rest, " ,;\t")))
		if (*word)
			st = read_word(&r, word);
	return st == ST_OK ? end_phone(&r) : st;
}

const char *newcomer_untextable(const struct customer *c)
{
	for (uint32_t i = 0; i < c->phone_count; i++)
		if (!c->phones[i].e164)
			return c->phones[i].text;
	return NULL;
}

bool newcomer_short_phone(const struct customer *c, char *out, size_t size)
{
	char name[sizeof(c->name)], *word, *rest = name;

	memcpy(name, c->name, sizeof(name));
	while ((word = strsep(&rest, " ")))
		if (count_digits(word) > 1) {
			snprintf(out, size, "%s", word);
			return true;
		}
	return false;
}

bool looks_like_phone(const char *text, const char *country)
{
	const char *rest = text;
	bool nought = digit_read(&rest) == '0' && count_digits(rest) >= 2;

	return !strpbrk(text, ".,") &&
	       (nought || (count_digits(text) >= PHONE_SURELY && verifies(text, country)));
}

bool looks_like_code(const char *text, const char *country)
{
	bool digit = false;
	size_t n = 0;

	for (; text[n]; n++) {
		bool letter = (text[n] >= 'a' && text[n] <= 'z') ||
			      (text[n] >= 'A' && text[n] <= 'Z') ||
			      text[n] == '-' || text[n] == '_';

		digit |= text[n] >= '0' && text[n] <= '9';
		if (!letter && (text[n] < '0' || text[n] > '9'))
			return false;
	}
	return n >= CODE_LEAST && digit && !verifies(text, country);
}

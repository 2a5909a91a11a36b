/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/customer_form_fields.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/language.h"
#include "base/phone.h"
#include "base/text.h"

static struct customer *customer_of(const struct form *f)
{
	return f->record;
}

/* -- phones, with commas between them -- */

static enum status read_phones(const struct form *f, const char *text)
{
	const struct customer_form *whole = (const struct customer_form *)f;
	struct customer *c = customer_of(f);
	char copy[EDIT_SIZE], *rest = copy, *part;
	enum status st = ST_OK;

	snprintf(copy, sizeof(copy), "%s", text);
	c->phone_count = 0;
	while (st == ST_OK && (part = strsep(&rest, ",;")))
		if (part[strspn(part, " ")])
			st = customer_add_phone(c, part, whole->country);
	return st;
}

static void print_phones(const struct form *f, struct buf *out)
{
	const struct customer *c = customer_of(f);
	char shown[2 * PHONE_TEXT];

	for (uint32_t i = 0; i < c->phone_count; i++) {
		phone_show(c->phones[i].text, shown);
		buf_printf(out, i ? ", %s" : "%s", shown);
	}
}

/* -- birthday: "27/05", "27 May 1990" -- */

struct birthday {
	int year, month, date;		/* year 0: not known */
};

/* When there is room for a year, none was typed; a leap year has all days. */
static bool read_yearless(const struct form *f, const char *text, int32_t *day)
{
	char dated[EDIT_SIZE + 8];

	if (f->format->dates == DATE_YMD)
		snprintf(dated, sizeof(dated), "2000 %s", text);
	else
		snprintf(dated, sizeof(dated), "%s 2000", text);
	return format_read_day(f->format, dated, f->today, day) == ST_OK;
}

/* "35" for a year is not in the future. */
static enum status read_date(const struct form *f, const char *text, struct birthday *out)
{
	bool yearless;
	int32_t day;
	enum status st;

	yearless = read_yearless(f, text, &day);
	st = yearless ? ST_OK : format_read_day(f->format, text, f->today, &day);
	if (st != ST_OK)
		return st;
	day_to_civil(day, &out->year, &out->month, &out->date);
	if (yearless)
		out->year = 0;
	else if (day > f->today)
		out->year -= 100;
	return ST_OK;
}

static enum status read_birthday(const struct form *f, const char *text)
{
	struct birthday b;
	char stored[40];
	enum status st;

	if (!*text)
		return customer_set_birthday(customer_of(f), "");
	st = read_date(f, text, &b);
	if (st != ST_OK)
		return st;
	if (b.year)
		snprintf(stored, sizeof(stored), "%04d-%02d-%02d", b.year, b.month, b.date);
	else
		snprintf(stored, sizeof(stored), "%02d-%02d", b.month, b.date);
	return customer_set_birthday(customer_of(f), stored);
}

/* "05-27" or "1990-05-27" in the shop's order. */
static void print_birthday(const struct form *f, struct buf *out)
{
	const char *stored = customer_of(f)->birthday;
	size_t len = strlen(stored);
	int first, second;

	if (len < 5 || sscanf(stored + len - 5, "%2d-%2d", &first, &second) != 2)
		return;
	if (f->format->dates == DATE_YMD) {
		buf_text(out, stored);
		return;
	}
	if (f->format->dates == DATE_DMY)
		buf_printf(out, "%02d/%02d", second, first);
	else
		buf_printf(out, "%02d/%02d", first, second);
	if (len == 10)
		buf_printf(out, "/%.4s", stored);
}

/* -- language: its code or a name of it -- */

static bool is_called(const struct language *l, const char *text)
{
	char typed[64], code[64], name[64], english[64];

	text_fold(text, typed, sizeof(typed));
	text_fold(l->code, code, sizeof(code));
	text_fold(l->name, name, sizeof(name));
	text_fold(l->english, english, sizeof(english));
	return !strcmp(typed, code) || !strcmp(typed, name) || !strcmp(typed, english);
}

static enum status read_language(const struct form *f, const char *text)
{
	struct customer *c = customer_of(f);
	const struct language *l;

	if (!*text) {
		c->language[0] = '\0';
		return ST_OK;
	}
	for (size_t i = 0; (l = language_at(i)); i++)
		if (is_called(l, text)) {
			snprintf(c->language, sizeof(c->language), "%s", l->code);
			return ST_OK;
		}
	if (!strcmp(text, c->language))
		return ST_OK;	/* one that a file brought */
	return fail(ST_INVALID, "\"%.40s\" is not a language that messages are written in: "
		    "en, hi, gu, ur or hy", text);
}

static void print_language(const struct form *f, struct buf *out)
{
	const struct customer *c = customer_of(f);
	const struct language *l = language_find(c->language);

	buf_text(out, l ? l->name : c->language);
}

/* -- notes: longer than a field holds, perhaps -- */

/* What the field has no room for stays behind what was typed. */
static enum status read_notes(const struct form *f, const char *text)
{
	struct customer *c = customer_of(f);
	struct edit shown = { .at = 0 };
	char whole[sizeof(c->notes) + EDIT_SIZE];

	edit_set(&shown, c->notes);
	snprintf(whole, sizeof(whole), "%s%s", text, c->notes + strlen(shown.text));
	if (strlen(whole) >= sizeof(c->notes))
		return fail(ST_FULL, "the notes are %zu bytes too long",
			    strlen(whole) - sizeof(c->notes) + 1);
	strcpy(c->notes, whole);
	return ST_OK;
}

static void print_notes(const struct form *f, struct buf *out)
{
	buf_text(out, customer_of(f)->notes);
}

const struct form_field customer_form_fields[] = {
	{ .name = "name", .label = N_("Name"), .hint = N_("The whole name, in any script.") },
	{ .name = "phones", .label = N_("Phone"), .read = read_phones, .print = print_phones,
	  .hint = N_("A comma parts one phone from the next.") },
	{ .name = "birthday", .label = N_("Birthday"), .read = read_birthday,
	  .print = print_birthday, .hint = N_("Day and month; the year if you know it.") },
	{ .name = "language", .label = N_("Language"), .read = read_language,
	  .print = print_language, .hint = N_("That they read: en, hi, gu, ur or hy.") },
	{ .name = "area", .label = N_("Area"), .hint = N_("Their part of town.") },
	{ .name = "notes", .label = N_("Notes"), .read = read_notes, .print = print_notes,
	  .hint = N_("What they like, what to know before they sit down.") },
	{ .name = "tags", .label = N_("Tags"),
	  .hint = N_("Words to find them by, with commas between them.") },
	{ .name = "emails", .label = N_("Email") },
	{ .name = "cards", .label = N_("Card"),
	  .hint = N_("Scan or type the number of a card that they carry.") },
	{ 0 }
};

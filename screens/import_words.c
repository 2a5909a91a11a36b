/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/import.h"

#include <string.h>

/* What the screens of an import share. */

static const struct {
	const char *word, *detail;
} columns[COLUMNS + 1] = {
	[COLUMN_DATE] = { N_("date"), N_("when it was sold, with or without the time") },
	[COLUMN_RECEIPT] = { N_("receipt"), N_("lines with the same number are one sale") },
	[COLUMN_REFUND] = { N_("refund"), N_("the number of a refund, apart from the receipt") },
	[COLUMN_CUSTOMER] = { N_("customer no."), N_("the till's own number for a person") },
	[COLUMN_NAME] = { N_("name"), N_("the customer's whole name") },
	[COLUMN_PHONE] = { N_("phone"), N_("the customer's phone") },
	[COLUMN_EMAIL] = { N_("email"), N_("the customer's email") },
	[COLUMN_CARD] = { N_("card"), N_("the customer's loyalty card, not how it was paid") },
	[COLUMN_ITEM] = { N_("item"), N_("what was sold") },
	[COLUMN_SKU] = { N_("item no."), N_("the till's number for the item, or its barcode") },
	[COLUMN_CATEGORY] = { N_("category"), N_("tea, snacks ...") },
	[COLUMN_QUANTITY] = { N_("quantity"), N_("how many") },
	[COLUMN_AMOUNT] = { N_("amount"), N_("what the line came to; below zero is a refund") },
	[COLUMN_TENDER] = { N_("paid by"), N_("cash, card ...") },
	[COLUMN_BIRTHDAY] = { N_("birthday"), N_("with or without the year") },
	[COLUMN_LANGUAGE] = { N_("language"), N_("the language to write to them in") },
	[COLUMN_AREA] = { N_("area"), N_("the part of town") },
	[COLUMN_ADDRESS] = { N_("address"), N_("for letters") },
	[COLUMN_TAGS] = { N_("tags"), N_("words to find groups by") },
	[COLUMN_NOTES] = { N_("notes"), N_("anything worth knowing") },
	[COLUMN_PROGRAM] = { N_("program"), N_("what the balance counts in") },
	[COLUMN_BALANCE] = { N_("balance"), N_("points or stamps they have now") },
	[COLUMN_SMS_CONSENT] = { N_("texts: yes or no"), N_("whether they may be texted") },
	[COLUMN_EMAIL_CONSENT] = { N_("email: yes or no"), N_("whether they may be emailed") },
	[COLUMN_WHATSAPP_CONSENT] = { N_("WhatsApp: yes or no"),
				      N_("whether they may be written to on WhatsApp") },
	[COLUMNS] = { N_("not read"), N_("the column is passed over") },
};

const char *import_column_word(enum column c)
{
	return _(columns[c].word);
}

const char *import_column_detail(enum column c)
{
	return _(columns[c].detail);
}

const char *import_delimiter_word(const char *delimiter)
{
	static const struct {
		const char *name, *word;
	} words[] = {
		{ "comma", N_("parted by commas") },
		{ "semicolon", N_("parted by semicolons") },
		{ "tab", N_("parted by tabs") },
		{ "vertical bar", N_("parted by vertical bars") },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(delimiter, words[i].name))
			return _(words[i].word);
	return delimiter;
}

const char *import_file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

bool import_watch_step(void *arg, const struct import_progress *p)
{
	const struct import_watch *watch = arg;

	return ui_progress(watch->ui, watch->what, p->done, p->total);
}

void import_tell(struct ui *ui, enum status st)
{
	if (st == ST_CANCELLED)
		ui_say(ui, TONE_NORMAL, "%s", _("Stopped; nothing was changed."));
	else
		ui_fail(ui);
}

/* -- numbered lines -- */

static int widest(const struct import_actions *a)
{
	int most = 0;

	for (size_t i = 0; i < a->n; i++) {
		int cols = shown_columns(a->rows[i].label);

		most = cols > most ? cols : most;
	}
	return most;
}

void import_actions_draw(const struct canvas *c, int y, const struct import_actions *a)
{
	int label = widest(a), x = 4 + label + 2;

	for (size_t i = 0; i < a->n; i++, y++) {
		bool here = a->focused && i == a->at;
		enum tone tone = here ? TONE_SELECTED : TONE_NORMAL;

		put_text(c, (struct spot){ .y = y, .tone = tone }, here ? ">" : "");
		put_format(c, (struct spot){ .y = y, .x = 2, .cols = 1,
					     .tone = here ? TONE_SELECTED : TONE_KEY }, "%zu",
			   i + 1);
		put_text(c, (struct spot){ .y = y, .x = 4, .cols = label, .tone = tone },
			 a->rows[i].label);
		put_text(c, (struct spot){ .y = y, .x = x,
					   .tone = here ? TONE_SELECTED : TONE_DIM },
			 a->rows[i].detail);
		if (here)
			put_cursor(c, y, 2);
	}
}

size_t import_digit(const struct event *e, size_t n)
{
	size_t digit = (size_t)ui_digit(e);

	return digit && digit <= n ? digit - 1 : n;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_write.h"

#include <stdbool.h>
#include <string.h>

/* What a spreadsheet would run: also behind spaces, also in full width. */
static bool is_formula(const char *text)
{
	static const char *const wide[] = {
		"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"	/* = + - @ */
	};

	text += strspn(text, " ");
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (strncmp(text, wide[i], 3) == 0)
			return true;
	return *text && strchr("=+-@\t\r\n", *text);
}

/* "-12.50", "+919824012345", "+91 98240 12345". */
static bool is_number_or_phone(const char *text)
{
	const char *allowed = *text == '+' ? "0123456789 " : "0123456789.";

	return (*text == '+' || *text == '-') && text[1] >= '0' && text[1] <= '9' &&
	       text[1 + strspn(text + 1, allowed)] == '\0';
}

static bool is_disarmed(const char *text)
{
	return is_formula(text) && !is_number_or_phone(text);
}

/* Also what would lose an apostrophe of its own when it comes back: "'=1". */
static bool needs_guard(const char *text)
{
	return is_disarmed(text + strspn(text, "'"));
}

const char *csv_without_guard(const char *text)
{
	return text[0] == '\'' && needs_guard(text + 1) ? text + 1 : text;
}

/* Other delimiters too, as the next reader may have to tell which it is, and
 * Ctrl-Z, which alone would be the end of a DOS file. */
static bool needs_quotes(const char *text)
{
	size_t len = strlen(text);

	return text[strcspn(text, ",;\t|\"\r\n\x1A")] ||
	       (len && (text[0] == ' ' || text[len - 1] == ' '));
}

void csv_add_field(struct buf *out, const char *text, enum csv_for reader)
{
	bool disarm = reader == CSV_FOR_SHEETS && needs_guard(text);

	if (!disarm && !needs_quotes(text)) {
		buf_text(out, text);
		buf_add(out, ",", 1);
		return;
	}
	buf_text(out, disarm ? "\"'" : "\"");
	for (size_t run; text[run = strcspn(text, "\"")]; text += run + 1) {
		buf_add(out, text, run);
		buf_add(out, "\"\"", 2);
	}
	buf_text(out, text);
	buf_add(out, "\",", 2);
}

/* The comma behind the last field becomes the line end. */
void csv_end_row(struct buf *out)
{
	bool empty = out->len == 1 || (out->len > 1 && out->at[out->len - 2] == '\n');

	if (out->len)
		out->len--;
	buf_text(out, empty ? "\"\"\n" : "\n");	/* a blank line would be skipped */
}

void csv_add_row(struct buf *out, const char *const *field, size_t n, enum csv_for reader)
{
	for (size_t i = 0; i < n; i++)
		csv_add_field(out, field[i], reader);
	csv_end_row(out);
}

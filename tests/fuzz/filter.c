/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "insight/filter_parts.h"
#include "tests/fuzz/fuzz.h"

/* What somebody types as a filter: it is one, and then what it prints is the
 * same one; or there is a mistake within the text, and a sentence about it. */

static struct program rows[] = {
	{ .id = 1, .name = "Tea card", .kind = PROGRAM_STAMPS, .goal = 10 },
	{ .id = 2, .name = "Points", .kind = PROGRAM_POINTS },
};
static struct segment kept[] = {
	{ .id = 1, .name = "Cooling", .filter = "last_visit > 60d" },
	{ .id = 2, .name = "Ring", .filter = "visits or segment:\"Ring\"" },
	{ .id = 3, .name = "Broken", .filter = "gold = (" },
};

static struct filter *parse(const char *text, struct filter_mistake *mistake)
{
	char *items[] = { "masala chai", NULL }, *categories[] = { "tea", NULL };
	struct filter *f = mem_alloc(sizeof(*f));
	struct parser p = { .filter = f, .mistake = mistake, .items_read = true,
			    .programs = { rows, 2, 2 }, .segments = { kept, 3, 3 },
			    .items = { items, 1, 1 }, .categories = { categories, 1, 1 } };

	*mistake = (struct filter_mistake){ 0 };
	f->format = (struct format){ .symbol = "₹", .read_too = { "Rs", "INR" }, .decimals = 2 };
	if (filter_parse_in(&p, text, &f->root) == ST_OK)
		return f;
	filter_free(f);
	return NULL;
}

static void check_mistake(const char *text, const struct filter_mistake *mistake)
{
	struct buf caret = { 0 };

	if (mistake->at > strlen(text) || mistake->len > strlen(text) - mistake->at ||
	    !*mistake->text || !text_is_clean(mistake->text))
		abort();
	filter_caret(text, mistake, &caret);
	buf_release(&caret);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf once = { 0 }, twice = { 0 };
	struct filter_mistake mistake;
	char *text = mem_alloc(size + 1);
	struct filter *f, *again;

	memcpy(text, data, size);
	f = parse(text, &mistake);
	if (f) {
		filter_print(f, &once);
		again = parse(once.at, &mistake);
		/* What is printed may be longer than what one may type. */
		if (!again && once.len <= FILTER_TEXT)
			abort();
		if (again)
			filter_print(again, &twice);
		if (again && strcmp(once.at, twice.at))
			abort();
		filter_free(again);
	} else {
		check_mistake(text, &mistake);
	}
	filter_free(f);
	free(text);
	buf_release(&once);
	buf_release(&twice);
	return 0;
}

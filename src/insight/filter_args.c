/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/filter_parts.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "shop/item.h"

/* -- values -- */

/* A number and a unit may stand apart: 60 days. */
static void join_unit(struct parser *p)
{
	struct token unit;
	struct buf both = { 0 };
	const char *text = p->token.text;
	bool is_unit;

	if (p->token.kind != TOKEN_WORD || strspn(text, "0123456789") != strlen(text))
		return;
	is_unit = token_next(p->text, p->token.at + p->token.len, &unit) &&
		  unit.kind == TOKEN_WORD && when_is_unit(unit.text);
	if (is_unit) {
		buf_printf(&both, "%s%s", text, unit.text);
		free(p->token.text);
		p->token.text = both.at;
		p->token.len = unit.at + unit.len - p->token.at;
	}
	free(unit.text);
}

/* The next token is a word or a text. */
static bool has_value(struct parser *p, const char *example)
{
	if (p->token.kind == TOKEN_WORD || p->token.kind == TOKEN_TEXT)
		return true;
	fail(ST_INVALID, "a value is missing here, such as in: %s", example);
	return parse_wrong(p, &p->token);
}

static bool is_time_for(const struct filter_test *t, const struct filter_when *w)
{
	const char *name = t->field->word.name;

	if (w->kind == WHEN_YEARLY && t->field->kind != KIND_BIRTHDAY)
		fail(ST_INVALID, "%s takes a day with its year, such as 2026-08-31", name);
	else if (t->field->what == WHAT_COHORT && w->kind != WHEN_MONTH && w->kind != WHEN_YEAR)
		fail(ST_INVALID, "a cohort is a month, such as 2026-01");
	else if (t->field->kind == KIND_BIRTHDAY && w->kind == WHEN_LENGTH &&
		 t->compare != IS_WITHIN)
		fail(ST_INVALID, "write: birthday within %d%c", (int)w->n, w->unit);
	else
		return true;
	return false;
}

static bool read_when(struct filter_test *t, const char *text)
{
	return when_read(text, &t->when) == ST_OK && is_time_for(t, &t->when);
}

static bool read_count(const char *text, int64_t *out)
{
	if (money_parse(text, 0, out) == ST_OK)
		return true;
	fail(ST_INVALID, "\"%.40s\" is not a whole number", text);
	return false;
}

/* "any, sms, email" */
static void list_choices(const char *const *names, struct buf *out)
{
	for (size_t i = 0; names[i]; i++)
		buf_printf(out, "%s%s", i ? ", " : "", names[i]);
}

static void tell_choices(const struct filter_test *t, const char *text)
{
	struct buf list = { 0 };

	list_choices(t->field->choices, &list);
	fail(ST_INVALID, "%s is never \"%.40s\"; it is one of: %s", t->field->word.name, text,
	     list.at);
	buf_release(&list);
}

static bool read_choice(struct filter_test *t, const char *text)
{
	const char *const *names = t->field->choices, *meant;
	char folded[64];

	text_fold(text, folded, sizeof(folded));
	for (t->number = 0; names[t->number]; t->number++) {
		char name[64];

		text_fold(names[t->number], name, sizeof(name));
		if (!strcmp(name, folded))
			return true;
	}
	meant = filter_name_meant(folded, names);
	if (meant)
		fail(ST_INVALID, "%s is never \"%.40s\"; did you mean %s?", t->field->word.name,
		     text, meant);
	else
		tell_choices(t, text);
	return false;
}

static bool read_yes(struct filter_test *t, const char *text)
{
	t->number = !strcasecmp(text, "yes");
	if (t->number || !strcasecmp(text, "no"))
		return true;
	fail(ST_INVALID, "%s is yes or no", t->field->word.name);
	return false;
}

enum { ALWAYS = 1000000 };	/* in millionths */

/* A number that no customer can have is a slip. */
static bool is_possible(const struct filter_test *t)
{
	const char *name = t->field->word.name;

	switch (t->field->what) {
	case WHAT_R: case WHAT_F: case WHAT_M:
		if (t->number >= 1 && t->number <= 5)
			return true;
		fail(ST_INVALID, "%s is 1 to 5, where 5 is best", name);
		return false;
	case WHAT_P_ALIVE:
		if (t->number >= 0 && t->number <= ALWAYS)
			return true;
		fail(ST_INVALID, "%s is 0 to 1; 0.5 is as likely as not", name);
		return false;
	default:
		return true;
	}
}

static bool read_value(struct parser *p, struct filter_test *t, const char *text)
{
	switch (t->field->kind) {
	case KIND_COUNT:
		return read_count(text, &t->number) && is_possible(t);
	case KIND_REAL:
		return real_read(text, &t->number) == ST_OK && is_possible(t);
	case KIND_MONEY:
		return format_read_money(&p->filter->format, text, &t->number) == ST_OK;
	case KIND_DAY: case KIND_AHEAD: case KIND_BIRTHDAY:
		return read_when(t, text);
	case KIND_CHOICE:
		return read_choice(t, text);
	case KIND_YES:
		return read_yes(t, text);
	case KIND_TEXT:
		break;
	}
	t->text = mem_text(text);
	if (t->field->what == WHAT_ROWS && !strcmp(t->field->word.name, "tag"))
		return parse_known_tag(p, t);
	if (*text || t->compare != HAS_PART)
		return true;
	fail(ST_INVALID, "every text has nothing as a part; write what to look for");
	return false;
}

/* Beyond the ends of its scale a value can only be a slip. */
static bool is_on_scale(const struct filter_test *t)
{
	enum filter_what what = t->field->what;
	const char *name = t->field->word.name;

	if (what == WHAT_P_ALIVE && (t->number < 0 || t->number > 1000000))
		fail(ST_INVALID, "%s goes from 0 to 1, as in %s", name, t->field->word.example);
	else if ((what == WHAT_R || what == WHAT_F || what == WHAT_M) &&
		 (t->number < 1 || t->number > 5))
		fail(ST_INVALID, "%s goes from 1 to 5, as in %s", name, t->field->word.example);
	else
		return true;
	return false;
}

bool parse_value(struct parser *p, struct filter_test *t)
{
	if (!has_value(p, t->field->word.example))
		return false;
	if (t->field->kind == KIND_DAY || t->field->kind == KIND_AHEAD ||
	    t->field->kind == KIND_BIRTHDAY)
		join_unit(p);
	if (!read_value(p, t, p->token.text) || !is_on_scale(t))
		return parse_wrong(p, &p->token);
	return parse_next(p);
}

/* -- programs -- */

static bool program_fits(const struct program *row, enum filter_what what)
{
	if (what == WHAT_POINTS)
		return row->kind == PROGRAM_POINTS;
	if (what == WHAT_STAMPS || what == WHAT_STAMPS_LEFT)
		return row->kind == PROGRAM_STAMPS;
	return true;
}

static bool take_program(struct filter_test *t, const struct program *row)
{
	if (!program_fits(row, t->field->what)) {
		fail(ST_INVALID, "%s counts %s, not %s", row->name, program_unit(row),
		     t->field->what == WHAT_POINTS ? "points" : "stamps");
		return false;
	}
	t->program = row->id;
	t->goal = row->goal;
	free(t->program_name);
	t->program_name = mem_text(row->name);
	return true;
}

static bool named_program(struct parser *p, struct filter_test *t, const char *name)
{
	const struct program *row = program_named(&p->programs, name);

	return row && take_program(t, row);
}

/* None was named: the one that can be meant. */
static bool only_program(struct parser *p, struct filter_test *t, const struct token *name)
{
	const struct program *only = NULL;
	size_t fit = 0;

	for (size_t i = 0; i < p->programs.n; i++) {
		if (program_fits(&p->programs.row[i], t->field->what)) {
			only = &p->programs.row[i];
			fit++;
		}
	}
	if (fit == 1)
		return take_program(t, only);
	if (fit)
		fail(ST_INVALID, "of which program? Write: %s(\"%s\")", t->field->word.name,
		     only->name);
	else
		fail(ST_INVALID, "the shop has no program with %s",
		     t->field->what == WHAT_POINTS ? "points" :
		     t->field->what == WHAT_STAMPS || t->field->what == WHAT_STAMPS_LEFT ?
		     "stamps" : "a balance");
	return parse_wrong(p, name);
}

/* -- items -- */

static void add_name(struct names *n, const char *text)
{
	char folded[160];

	text_fold(text, folded, sizeof(folded));
	if (!*folded)
		return;
	/* One more is kept for the NULL at the end. */
	n->row = mem_grow(n->row, n->n + 1, &n->cap, sizeof(*n->row));
	n->row[n->n++] = mem_text(folded);
	n->row[n->n] = NULL;
}

static void read_items(struct parser *p)
{
	struct item *item = mem_alloc(sizeof(*item));
	struct range r;

	p->items_read = true;
	if (p->txn) {
		range_start(&r, p->txn, TABLE_ITEM, NULL);
		while (range_next(&r) && item_decode(p->txn, r.value, item)) {
			add_name(&p->items, item->name);
			add_name(&p->items, item->code);
			add_name(&p->categories, item->category);
		}
		range_end(&r);
	}
	free(item);
}

static bool known_name(struct parser *p, const struct names *n, const char *what)
{
	const char *text = p->token.text, *meant = NULL;
	char folded[160];

	text_fold(text, folded, sizeof(folded));
	for (size_t i = 0; i < n->n; i++)
		if (!strcmp(n->row[i], folded))
			return true;
	if (n->n)
		meant = filter_name_meant(folded, (const char *const *)n->row);
	if (meant)
		fail(ST_INVALID, "there is no %s \"%.60s\"; did you mean \"%s\"?", what, text,
		     meant);
	else
		fail(ST_INVALID, "there is no %s \"%.60s\"", what, text);
	return parse_wrong(p, &p->token);
}

static bool parse_item(struct parser *p, char **out, bool category)
{
	if (!p->items_read)
		read_items(p);
	if (!known_name(p, category ? &p->categories : &p->items, category ? "category" : "item"))
		return false;
	free(*out);
	*out = mem_text(p->token.text);
	return parse_next(p);
}

/* -- weekdays and hours -- */

static const char *const weekdays[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };
static const char *const long_weekdays[] = { "monday", "tuesday", "wednesday", "thursday",
					     "friday", "saturday", "sunday", NULL };

static int32_t read_one(const char *text, bool hour)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (hour)
		return end > text && !*end && n >= 0 && n < 24 ? (int32_t)n : -1;
	for (int32_t i = 0; weekdays[i]; i++)
		if (!strcasecmp(text, weekdays[i]) || !strcasecmp(text, long_weekdays[i]))
			return i;
	return -1;
}

/* "tue", "sat..sun", "fri..mon", "9", "22..2": through the end of the last. */
static bool parse_span(struct parser *p, struct span *out, bool hour)
{
	const char *dots = strstr(p->token.text, "..");
	char *first = mem_text(p->token.text);

	if (dots)
		first[dots - p->token.text] = '\0';
	out->from = read_one(first, hour);
	out->to = dots ? read_one(dots + 2, hour) : out->from;
	free(first);
	if (out->from >= 0 && out->to >= 0)
		return parse_next(p);
	if (hour)
		fail(ST_INVALID, "an hour is 0 to 23, or several such as 9..11");
	else
		fail(ST_INVALID, "a weekday is mon, tue, wed, thu, fri, sat, sun, or several such "
		     "as sat..sun");
	return parse_wrong(p, &p->token);
}

/* -- ( ... ) -- */

static bool parse_window(struct parser *p, struct filter_test *t)
{
	join_unit(p);
	if (when_read(p->token.text, &t->window) != ST_OK)
		return parse_wrong(p, &p->token);
	if (t->window.kind == WHEN_YEARLY) {
		fail(ST_INVALID, "%s takes a window such as 90d or 2026-08",
		     t->field->word.name);
		return parse_wrong(p, &p->token);
	}
	if (t->window.kind == WHEN_LENGTH && !t->window.n) {
		fail(ST_INVALID, "a window is one day at least: 1d is today");
		return parse_wrong(p, &p->token);
	}
	return parse_next(p);
}

static bool parse_program(struct parser *p, struct filter_test *t)
{
	return named_program(p, t, p->token.text) ? parse_next(p) : parse_wrong(p, &p->token);
}

static bool parse_named(struct parser *p, struct filter_test *t, const struct token *name)
{
	unsigned args = t->field->args;
	const char *word = name->text;

	if (!has_value(p, t->field->word.example))
		return false;
	if (args & ARG_ITEM && !strcasecmp(word, "item"))
		return parse_item(p, &t->item, false);
	if (args & ARG_ITEM && !strcasecmp(word, "category"))
		return parse_item(p, &t->category, true);
	if (args & ARG_TIME && !strcasecmp(word, "weekday"))
		return parse_span(p, &t->weekday, false);
	if (args & ARG_TIME && !strcasecmp(word, "hour"))
		return parse_span(p, &t->hour, true);
	if (args & ARG_PROGRAM && !strcasecmp(word, "program"))
		return parse_program(p, t);
	fail(ST_INVALID, "%s knows no \"%.40s\"; write: %s", t->field->word.name, word,
	     t->field->word.example);
	return parse_wrong(p, name);
}

/* Without a name it is what the field mostly takes. */
static bool parse_alone(struct parser *p, struct filter_test *t)
{
	if (t->field->args & ARG_PROGRAM)
		return parse_program(p, t);
	if (t->field->args & ARG_ITEM && p->token.kind == TOKEN_TEXT)
		return parse_item(p, &t->item, false);
	return parse_window(p, t);
}

static bool parse_arg(struct parser *p, struct filter_test *t)
{
	struct token name;
	bool ok;

	if (!has_value(p, t->field->word.example))
		return false;
	if (p->token.kind == TOKEN_WORD &&
	    p->text[p->token.at + p->token.len + strspn(p->text + p->token.at + p->token.len,
							" \t\r\n")] == '=') {
		name = p->token;
		p->token.text = NULL;
		ok = parse_next(p) && parse_next(p) && parse_named(p, t, &name);
		free(name.text);
		return ok;
	}
	return parse_alone(p, t);
}

/* What must be said was; a field that needs a pass over the journal is counted. */
static bool args_done(struct parser *p, struct filter_test *t, const struct token *name)
{
	if (t->field->args & ARG_PROGRAM && !t->program)
		return only_program(p, t, name);
	if ((t->field->args & ARG_ITEM && !t->item && !t->category) ||
	    (t->field->args & ARG_TIME && t->weekday.from < 0 && t->hour.from < 0)) {
		fail(ST_INVALID, "say more, such as: %s", t->field->word.example);
		return parse_wrong(p, name);
	}
	if (t->field->source != FROM_JOURNAL || ++p->filter->passes <= FILTER_PASSES)
		return true;
	fail(ST_INVALID, "at most %d tests of bought, visited, earned and redeemed stand in one "
	     "filter", FILTER_PASSES);
	return parse_wrong(p, name);
}

bool parse_args(struct parser *p, struct filter_test *t, const struct token *name)
{
	if (!parse_is_sign(p, "("))
		return args_done(p, t, name);
	if (!t->field->args) {
		fail(ST_INVALID, "%s takes no brackets; write: %s", t->field->word.name,
		     t->field->word.example);
		return parse_wrong(p, &p->token);
	}
	if (!parse_next(p) || (!parse_is_sign(p, ")") && !parse_arg(p, t)))
		return false;
	while (parse_is_sign(p, ","))
		if (!parse_next(p) || !parse_arg(p, t))
			return false;
	if (parse_is_sign(p, ")"))
		return parse_next(p) && args_done(p, t, name);
	fail(ST_INVALID, "a ) is missing here; a name of several words stands in quotes");
	return parse_wrong(p, &p->token);
}

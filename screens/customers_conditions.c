/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/money.h"
#include "screens/condition_kinds.h"
#include "screens/condition_text.h"
#include "screens/customers_view.h"

/* A filter for those who do not type one: what, how, and which, from lists. What
 * is written stands in the filter's line, where it can be learned. */

/* -- writing it -- */

static void go_on(struct customers *s, struct ui *ui);

void draft_release(struct draft *d)
{
	values_release(&d->values);
	buf_release(&d->text);
	*d = (struct draft){ 0 };
}

/* What was asked for stands in the text now. */
static void answer(struct customers *s, struct ui *ui, const char *value)
{
	buf_text(&s->draft.text, value);
	s->draft.rest += 2;
	go_on(s, ui);
}

static void quoted(struct customers *s, struct ui *ui, const char *name)
{
	struct buf text = { 0 };

	condition_quote(name, &text);
	answer(s, ui, text.at);
	buf_release(&text);
}

/* -- lengths of time -- */

static const struct {
	const char *words, *text;
} lengths[] = {
	{ N_("1 week"), "7d" }, { N_("2 weeks"), "14d" }, { N_("1 month"), "30d" },
	{ N_("2 months"), "60d" }, { N_("3 months"), "90d" }, { N_("6 months"), "6m" },
	{ N_("1 year"), "12m" },
};
enum { LENGTHS = sizeof(lengths) / sizeof(lengths[0]) };

static void ask_length(struct ui *ui);

static void days_typed(void *state, struct ui *ui, const char *text)
{
	char days[32];
	int64_t n;

	if (format_read_number(&ui->format, text, &n) != ST_OK) {
		ui_fail(ui);
		ask_length(ui);
		return;
	}
	if (n < 1 || n > 36500) {
		fail(ST_INVALID, "it is 1 day at least, and 36500 at most");
		ui_fail(ui);
		ask_length(ui);
		return;
	}
	snprintf(days, sizeof(days), "%lldd", (long long)n);
	answer(state, ui, days);
}

static void length_chosen(void *state, struct ui *ui, size_t i)
{
	answer(state, ui, lengths[i].text);
}

static void ask_length(struct ui *ui)
{
	struct choice choices[LENGTHS] = { { 0 } };

	for (size_t i = 0; i < LENGTHS; i++)
		choices[i].label = _(lengths[i].words);
	ui_pick(ui, &(struct picker){ .title = _("How long? Choose, or type a number of days"),
				      .choices = choices, .n = LENGTHS,
				      .picked = length_chosen, .typed = days_typed });
}

/* -- numbers -- */

static void number_typed(void *state, struct ui *ui, const char *text)
{
	char number[32];
	int64_t n;

	if (!*text) {
		fail(ST_INVALID, "type a number, such as 3");
		ui_fail(ui);
		return;
	}
	if (format_read_number(&ui->format, text, &n) != ST_OK) {
		ui_fail(ui);
		return;
	}
	snprintf(number, sizeof(number), "%lld", (long long)n);
	answer(state, ui, number);
}

static void money_typed(void *state, struct ui *ui, const char *text)
{
	char amount[MONEY_TEXT];
	int64_t minor;

	if (!*text) {
		fail(ST_INVALID, "type an amount, such as 500");
		ui_fail(ui);
		return;
	}
	if (format_read_money(&ui->format, text, &minor) != ST_OK) {
		ui_fail(ui);
		return;
	}
	money_print(minor, ui->format.decimals, amount);
	answer(state, ui, amount);
}

/* -- the rest is picked from what there is -- */

static void value_chosen(void *state, struct ui *ui, size_t i)
{
	struct customers *s = state;
	const char *value = s->draft.values.row[i].text;

	if (s->draft.rest[1] == 'k')
		answer(s, ui, value);
	else
		quoted(s, ui, value);
}

static const char *value_title(char kind)
{
	switch (kind) {
	case 'i': return _("Which item?");
	case 'c': return _("Which category?");
	case 'p': case 'q': return _("Which program?");
	case 't': return _("Which tag?");
	case 'o': return _("Which area?");
	case 's': return _("Which segment?");
	case 'k': return _("Which day?");
	default: return _("Which group?");
	}
}

static void ask_value(struct customers *s, struct ui *ui, char kind)
{
	struct values *v = &s->draft.values;
	struct choice *choices;

	if (!values_read(v, ui, kind))
		return;
	choices = mem_alloc(v->n * sizeof(*choices));
	for (size_t i = 0; i < v->n; i++)
		choices[i].label = v->row[i].label ? v->row[i].label : v->row[i].text;
	ui_pick(ui, &(struct picker){ .title = value_title(kind), .choices = choices,
				      .n = v->n, .picked = value_chosen });
	free(choices);
}

static void ask(struct customers *s, struct ui *ui, char kind)
{
	if (strchr("dwa", kind))
		ask_length(ui);
	else if (kind == 'n')
		ui_ask(ui, &(struct question){ .title = _("How many?"), .hint = "", .text = "",
					       .number = true, .answer = number_typed });
	else if (kind == 'm')
		ui_ask(ui, &(struct question){ .title = _("How much money?"), .hint = "",
					       .text = "", .number = true,
					       .answer = money_typed });
	else
		ask_value(s, ui, kind);
}

/* To the next that is to be asked for; without one the condition is whole. */
static void go_on(struct customers *s, struct ui *ui)
{
	struct draft *d = &s->draft;
	size_t n = strcspn(d->rest, "%");
	struct buf text = { 0 };

	buf_add(&d->text, d->rest, n);
	d->rest += n;
	if (*d->rest) {
		ask(s, ui, d->rest[1]);
		return;
	}
	conditions_with(s->filter.text, d->text.at, &text);
	if (text.len < SEGMENT_FILTER) {
		filter_set(s, ui, text.at);
	} else {
		fail(ST_FULL, "a filter is at most %d characters long; keep a part of it as a "
		     "segment", SEGMENT_FILTER - 1);
		ui_fail(ui);
	}
	buf_release(&text);
}

/* -- what, and how -- */

static void begin(struct customers *s, struct ui *ui, const struct condition_how *how)
{
	buf_clear(&s->draft.text);
	buf_text(&s->draft.text, "");
	s->draft.rest = how->text;
	go_on(s, ui);
}

static void how_chosen(void *state, struct ui *ui, size_t i)
{
	struct customers *s = state;

	begin(s, ui, &condition_kinds[s->draft.what].hows[i]);
}

static void ask_how(struct customers *s, struct ui *ui)
{
	const struct condition_how *hows = condition_kinds[s->draft.what].hows;
	struct choice choices[CONDITION_HOWS] = { { 0 } };
	size_t n = 0;

	for (; hows[n].text; n++)
		choices[n].label = _(hows[n].words);
	if (n == 1)
		begin(s, ui, hows);
	else
		ui_pick(ui, &(struct picker){ .title = _(condition_kinds[s->draft.what].words),
					      .choices = choices, .n = n,
					      .picked = how_chosen });
}

static void part_chosen(void *state, struct ui *ui, size_t i)
{
	struct customers *s = state;
	struct buf text = { 0 };

	conditions_without(s->filter.text, i, &text);
	filter_set(s, ui, text.at);
	buf_release(&text);
}

static void ask_part(struct customers *s, struct ui *ui)
{
	struct condition_part parts[CONDITIONS_MOST];
	struct choice choices[CONDITIONS_MOST] = { { 0 } };
	size_t n = conditions_split(s->filter.text, parts);
	char (*words)[SEGMENT_FILTER] = mem_alloc((n + 1) * sizeof(*words));

	for (size_t i = 0; i < n; i++) {
		memcpy(words[i], s->filter.text + parts[i].at, parts[i].len);
		choices[i].label = words[i];
	}
	ui_pick(ui, &(struct picker){ .title = _("Which condition goes?"), .choices = choices,
				      .n = n, .picked = part_chosen });
	free(words);
}

static void what_chosen(void *state, struct ui *ui, size_t i)
{
	struct customers *s = state;

	if (i == CONDITION_KINDS) {
		ask_part(s, ui);
		return;
	}
	s->draft.what = i;
	ask_how(s, ui);
}

/* The first row takes one away, where there are some. */
static void other_chosen(void *state, struct ui *ui, size_t i)
{
	what_chosen(state, ui, i ? i - 1 : CONDITION_KINDS);
}

void conditions_ask(struct customers *s, struct ui *ui)
{
	struct condition_part parts[CONDITIONS_MOST];
	struct choice choices[CONDITION_KINDS + 1] = { { _("Take a condition away"), NULL } };
	bool some = conditions_split(s->filter.text, parts) > 0;

	for (size_t i = 0; i < CONDITION_KINDS; i++)
		choices[some + i].label = _(condition_kinds[i].words);
	ui_pick(ui, &(struct picker){
		.title = some ? _("What else shall be true of them?") :
				_("Whom do you want to see?"),
		.choices = choices, .n = CONDITION_KINDS + some, .chosen = some,
		.picked = some ? other_chosen : what_chosen });
}

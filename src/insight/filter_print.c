/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/filter_parts.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"

static void print_text(const char *text, struct buf *out)
{
	buf_text(out, "\"");
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			buf_text(out, "\\");
		buf_add(out, text, 1);
	}
	buf_text(out, "\"");
}

static void print_value(const struct filter *f, const struct filter_test *t, struct buf *out)
{
	char money[MONEY_TEXT];

	switch (t->field->kind) {
	case KIND_COUNT: buf_printf(out, "%" PRId64, t->number); break;
	case KIND_REAL: real_print(t->number, out); break;
	case KIND_MONEY:
		money_print(t->number, f->format.decimals, money);
		buf_text(out, money);
		break;
	case KIND_DAY: case KIND_AHEAD: case KIND_BIRTHDAY: when_print(&t->when, out); break;
	case KIND_TEXT: print_text(t->text, out); break;
	case KIND_CHOICE: print_text(t->field->choices[t->number], out); break;
	case KIND_YES: buf_text(out, t->number ? "yes" : "no"); break;
	}
}

/* -- ( ... ) -- */

static void next_arg(struct buf *out, size_t start)
{
	buf_text(out, out->len == start ? "(" : ", ");
}

static void print_span(const struct span *s, const char *const *names, struct buf *out)
{
	if (names)
		buf_text(out, names[s->from]);
	else
		buf_printf(out, "%d", (int)s->from);
	if (s->to == s->from)
		return;
	if (names)
		buf_printf(out, "..%s", names[s->to]);
	else
		buf_printf(out, "..%d", (int)s->to);
}

static void print_args(const struct filter_test *t, struct buf *out)
{
	static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
	size_t start = out->len;

	if (t->program_name) {
		next_arg(out, start);
		print_text(t->program_name, out);
	}
	if (t->item) {
		next_arg(out, start);
		buf_text(out, "item = ");
		print_text(t->item, out);
	}
	if (t->category) {
		next_arg(out, start);
		buf_text(out, "category = ");
		print_text(t->category, out);
	}
	if (t->weekday.from >= 0) {
		next_arg(out, start);
		buf_text(out, "weekday = ");
		print_span(&t->weekday, days, out);
	}
	if (t->hour.from >= 0) {
		next_arg(out, start);
		buf_text(out, "hour = ");
		print_span(&t->hour, NULL, out);
	}
	if (t->window.kind != WHEN_EVER) {
		next_arg(out, start);
		when_print(&t->window, out);
	}
	if (out->len > start)
		buf_text(out, ")");
}

static void print_test(const struct filter *f, const struct filter_test *t, struct buf *out)
{
	static const char *const signs[] = {
		[IS_EQUAL] = "=", [IS_NOT_EQUAL] = "!=", [IS_LESS] = "<", [IS_AT_MOST] = "<=",
		[IS_MORE] = ">", [IS_AT_LEAST] = ">=", [IS_WITHIN] = "within", [HAS_PART] = "~",
	};

	if (t->compare == IS_THERE)
		buf_text(out, "has ");
	buf_text(out, t->field->word.name);
	print_args(t, out);
	if (t->compare == IS_SO || t->compare == IS_THERE)
		return;
	buf_printf(out, " %s ", signs[t->compare]);
	print_value(f, t, out);
}

/* A part of the same kind stands in brackets too, so that reading it again gives
 * the same tree. */
static bool needs_brackets(const struct filter_node *n, enum node_kind around)
{
	if (n->kind == NODE_OR)
		return around != NODE_SEGMENT;
	return n->kind == NODE_AND && (around == NODE_AND || around == NODE_NOT);
}

static void print_node(const struct filter *f, const struct filter_node *n, struct buf *out)
{
	bool brackets;

	switch (n->kind) {
	case NODE_TEST:
		print_test(f, &n->test, out);
		return;
	case NODE_SEGMENT:
		buf_text(out, "segment:");
		print_text(n->segment, out);
		return;
	case NODE_NOT:
		buf_text(out, "not ");
		break;
	case NODE_AND: case NODE_OR:
		break;
	}
	for (const struct filter_node *part = n->first; part; part = part->next) {
		brackets = needs_brackets(part, n->kind);
		buf_text(out, brackets ? "(" : "");
		print_node(f, part, out);
		buf_text(out, brackets ? ")" : "");
		if (part->next)
			buf_text(out, n->kind == NODE_OR ? " or " : " and ");
	}
}

void filter_print(const struct filter *f, struct buf *out)
{
	print_node(f, f->root, out);
}

/* The columns of a part of the text. */
static int columns(const char *text, size_t len)
{
	struct buf part = { 0 };
	int n;

	buf_add(&part, text, len);
	n = text_columns(part.at);
	buf_release(&part);
	return n;
}

void filter_caret(const char *text, const struct filter_mistake *mistake, struct buf *out)
{
	int before = columns(text, mistake->at), under = columns(text + mistake->at, mistake->len);

	for (int i = 0; i < before; i++)
		buf_text(out, " ");
	for (int i = 0; i < under || !i; i++)
		buf_text(out, "^");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/filter_parts.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"

/*   any   =  all { "or" all }
 *   all   =  one { "and" one }
 *   one   =  "not" one  |  "(" any ")"  |  test
 *   test  =  field [ "(" arguments ")" ] [ comparison value ]  |  "has" field
 *         |  "tag" ":" text  |  "segment" ":" text
 *         |  field "in" "(" value { "," value } ")"
 *
 * "in" is read as its values joined by or. */

static struct filter_node *parse_any(struct parser *p);

/* -- tokens -- */

bool parse_wrong(struct parser *p, const struct token *t)
{
	if (p->status != ST_OK)
		return false;
	p->status = ST_INVALID;
	p->mistake->at = t->at;
	p->mistake->len = t->len;
	snprintf(p->mistake->text, sizeof(p->mistake->text), "%s", status_text());
	return false;
}

bool parse_next(struct parser *p)
{
	size_t from = p->token.at + p->token.len;

	free(p->token.text);
	if (token_next(p->text, from, &p->token))
		return true;
	return parse_wrong(p, &p->token);
}

bool parse_is_sign(const struct parser *p, const char *sign)
{
	return p->token.kind == TOKEN_SIGN && !strcmp(p->token.sign, sign);
}

bool parse_is_word(const struct parser *p, const char *word)
{
	return p->token.kind == TOKEN_WORD && !strcasecmp(p->token.text, word);
}

static bool too_deep(struct parser *p)
{
	fail(ST_INVALID, "the brackets go too deep; keep parts of it as segments");
	return parse_wrong(p, &p->token);
}

static bool expect_sign(struct parser *p, const char *sign)
{
	if (parse_is_sign(p, sign))
		return parse_next(p);
	fail(ST_INVALID, "a %s is missing here", sign);
	return parse_wrong(p, &p->token);
}

/* -- nodes -- */

static void free_node(struct filter_node *n)
{
	struct filter_node *next;

	for (; n; n = next) {
		next = n->next;
		free_node(n->first);
		free(n->test.text);
		free(n->test.program_name);
		free(n->test.item);
		free(n->test.category);
		free(n->segment);
		free(n);
	}
}

static struct filter_node *node_new(struct parser *p, enum node_kind kind)
{
	struct filter_node *n;

	if (++p->filter->nodes > FILTER_NODES) {
		fail(ST_INVALID, "this filter is too long; keep parts of it as segments");
		parse_wrong(p, &p->token);
		return NULL;
	}
	n = mem_alloc(sizeof(*n));
	n->kind = kind;
	if (kind == NODE_TEST)
		n->place = p->filter->tests++;
	return n;
}

/* 'first' becomes the first child of a new node, unless that cannot be made. */
struct filter_node *parse_node(struct parser *p, enum node_kind kind, struct filter_node *first)
{
	struct filter_node *n = first ? node_new(p, kind) : NULL;

	if (n)
		n->first = first;
	else
		free_node(first);
	return n;
}

/* -- tests -- */

static const struct comparison {
	const char *sign;
	enum filter_compare compare;
} comparisons[] = {
	{ "=", IS_EQUAL }, { "!=", IS_NOT_EQUAL }, { "<", IS_LESS }, { "<=", IS_AT_MOST },
	{ ">", IS_MORE }, { ">=", IS_AT_LEAST }, { "~", HAS_PART }, { "contains", HAS_PART },
	{ "within", IS_WITHIN }, { NULL, IS_SO }
};

static const struct comparison *comparison_here(const struct parser *p)
{
	const struct comparison *c = comparisons;

	while (c->sign && !parse_is_sign(p, c->sign) && !parse_is_word(p, c->sign))
		c++;
	return c->sign ? c : NULL;
}

static bool may_compare(enum filter_kind kind, enum filter_compare how)
{
	switch (how) {
	case IS_EQUAL: case IS_NOT_EQUAL:
		return true;
	case HAS_PART:
		return kind == KIND_TEXT;
	case IS_WITHIN:
		return kind == KIND_DAY || kind == KIND_AHEAD || kind == KIND_BIRTHDAY;
	default:
		return kind == KIND_COUNT || kind == KIND_REAL || kind == KIND_MONEY ||
		       kind == KIND_DAY || kind == KIND_AHEAD;
	}
}

static const char *what_may_stand(enum filter_kind kind)
{
	switch (kind) {
	case KIND_TEXT: return "= != ~";
	case KIND_CHOICE: case KIND_YES: return "= !=";
	case KIND_BIRTHDAY: return "= != within";
	case KIND_DAY: case KIND_AHEAD: return "= != < <= > >= within";
	default: return "= != < <= > >=";
	}
}

/* What a field means alone. */
static bool parse_bare(struct parser *p, struct filter_test *t, const struct token *name)
{
	enum filter_kind kind = t->field->kind;

	t->compare = IS_SO;
	if (kind == KIND_COUNT || kind == KIND_REAL || kind == KIND_MONEY || kind == KIND_YES ||
	    t->field->what == WHAT_CONSENT)
		return true;
	fail(ST_INVALID, "say what %s shall be, such as: %s", t->field->word.name,
	     t->field->word.example);
	return parse_wrong(p, name);
}

static bool parse_comparison(struct parser *p, struct filter_test *t, const struct token *name)
{
	const struct comparison *c = comparison_here(p);

	if (!c)
		return parse_bare(p, t, name);
	t->compare = c->compare;
	if (!may_compare(t->field->kind, c->compare)) {
		fail(ST_INVALID, "%s is not compared so; write %s with one of %s",
		     t->field->word.name, t->field->word.name, what_may_stand(t->field->kind));
		return parse_wrong(p, &p->token);
	}
	return parse_next(p) && parse_value(p, t);
}

/* A copy for a further value of "in". */
static void copy_test(struct filter_test *to, const struct filter_test *from)
{
	*to = *from;
	to->text = NULL;
	to->program_name = from->program_name ? mem_text(from->program_name) : NULL;
	to->item = from->item ? mem_text(from->item) : NULL;
	to->category = from->category ? mem_text(from->category) : NULL;
}

/* (a, b, c): the node that is there takes a, new ones beside it the others.
 * Written out these are brackets of their own. */
static struct filter_node *parse_in(struct parser *p, struct filter_node *node)
{
	struct filter_node *any = NULL, *last = node;

	node->test.compare = IS_EQUAL;
	if ((p->depth == FILTER_DEPTH && !too_deep(p)) || !parse_next(p) ||
	    !expect_sign(p, "(") || !parse_value(p, &node->test))
		return node;
	while (parse_is_sign(p, ",") && parse_next(p)) {
		struct filter_node *more = node_new(p, NODE_TEST);

		if (!any)
			any = parse_node(p, NODE_OR, node);
		if (!more || !any) {
			free_node(more);
			return any;
		}
		copy_test(&more->test, &node->test);
		last->next = more;
		last = more;
		if (!parse_value(p, &more->test))
			return any;
	}
	expect_sign(p, ")");
	return any ? any : node;
}

/* has phone */
static bool parse_has(struct parser *p, struct filter_test *t)
{
	if (p->token.kind == TOKEN_WORD)
		t->field = filter_field_named(p->token.text);
	t->compare = IS_THERE;
	if (t->field && (t->field->kind == KIND_TEXT || t->field->kind == KIND_DAY ||
			 t->field->kind == KIND_AHEAD || t->field->kind == KIND_BIRTHDAY))
		return parse_next(p);
	if (p->token.kind == TOKEN_WORD && !t->field)
		p->mistake->unknown = filter_unknown_field(p->token.text);
	else
		fail(ST_INVALID, "behind \"has\" stands phone, email, birthday or another field "
		     "that may be empty");
	return parse_wrong(p, &p->token);
}

/* tag:staff is tag = "staff" */
static bool parse_colon(struct parser *p, struct filter_test *t)
{
	if (t->field->what != WHAT_ROWS) {
		fail(ST_INVALID, "a : stands behind tag and segment alone; write %s",
		     t->field->word.example);
		return parse_wrong(p, &p->token);
	}
	t->compare = IS_EQUAL;
	return parse_next(p) && parse_value(p, t);
}

static struct filter_node *parse_field(struct parser *p, const struct token *name)
{
	struct filter_node *n = node_new(p, NODE_TEST);
	struct filter_test *t = n ? &n->test : NULL;

	if (!n)
		return NULL;
	t->weekday = t->hour = (struct span){ -1, -1 };
	if (!strcasecmp(name->text, "has")) {
		parse_has(p, t);
		return n;
	}
	t->field = filter_field_named(name->text);
	if (!t->field) {
		p->mistake->unknown = filter_unknown_field(name->text);
		parse_wrong(p, name);
		return n;
	}
	if (!parse_args(p, t, name))
		return n;
	if (parse_is_word(p, "in"))
		return parse_in(p, n);
	if (parse_is_sign(p, ":"))
		parse_colon(p, t);
	else
		parse_comparison(p, t, name);
	return n;
}

static bool is_keyword(const struct parser *p)
{
	return parse_is_word(p, "and") || parse_is_word(p, "or") || parse_is_word(p, "within") ||
	       parse_is_word(p, "contains") || parse_is_word(p, "in");
}

static struct filter_node *parse_test(struct parser *p)
{
	struct token name = p->token;
	struct filter_node *n = NULL;

	if (name.kind != TOKEN_WORD || is_keyword(p)) {
		fail(ST_INVALID, name.kind == TOKEN_END ? "something is missing here, such as "
		     "visits >= 3" : "a field should stand here, such as visits");
		p->mistake->unknown = name.kind != TOKEN_END;
		parse_wrong(p, &name);
		return NULL;
	}
	p->token.text = NULL;	/* the name's now */
	if (parse_next(p))
		n = !strcasecmp(name.text, "segment") ? parse_segment(p) :
		    parse_field(p, &name);
	free(name.text);
	return n;
}

/* -- and, or, not -- */

static struct filter_node *parse_inside(struct parser *p);

static struct filter_node *parse_not(struct parser *p)
{
	struct filter_node *n = NULL;

	p->negated = !p->negated;
	if (parse_next(p))
		n = parse_inside(p);
	p->negated = !p->negated;
	return parse_node(p, NODE_NOT, n);
}

static struct filter_node *parse_inside(struct parser *p)
{
	struct filter_node *n;

	if (++p->depth > FILTER_DEPTH) {
		too_deep(p);
		return NULL;
	}
	if (parse_is_word(p, "not")) {
		n = parse_not(p);
	} else if (parse_is_sign(p, "(")) {
		n = parse_next(p) ? parse_any(p) : NULL;
		if (n && p->status == ST_OK)
			expect_sign(p, ")");
	} else {
		n = parse_test(p);
	}
	p->depth--;
	return n;
}

static struct filter_node *parse_joined(struct parser *p, enum node_kind kind,
					struct filter_node *(*part)(struct parser *))
{
	const char *word = kind == NODE_OR ? "or" : "and";
	struct filter_node *first = part(p), *last = first, *joined = NULL;

	while (p->status == ST_OK && first && parse_is_word(p, word) && parse_next(p)) {
		if (!joined)
			joined = parse_node(p, kind, first);
		if (!joined)
			return NULL;
		last->next = part(p);
		if (last->next)
			last = last->next;
	}
	return joined ? joined : first;
}

static struct filter_node *parse_all(struct parser *p)
{
	return parse_joined(p, NODE_AND, parse_inside);
}

static struct filter_node *parse_any(struct parser *p)
{
	return parse_joined(p, NODE_OR, parse_all);
}

static bool expect_end(struct parser *p)
{
	if (p->token.kind == TOKEN_END)
		return true;
	if (parse_is_sign(p, ","))
		fail(ST_INVALID, "no comma stands here; amounts are written without: 5000");
	else if (parse_is_sign(p, ")"))
		fail(ST_INVALID, "this bracket was not opened");
	else
		fail(ST_INVALID, "between two tests stands \"and\" or \"or\"; a text of several "
		     "words stands in quotes");
	return parse_wrong(p, &p->token);
}

enum status filter_parse_in(struct parser *p, const char *text, struct filter_node **out)
{
	*out = NULL;
	p->text = text;
	p->token = (struct token){ 0 };
	if (strlen(text) > FILTER_TEXT) {
		p->token.at = FILTER_TEXT;
		fail(ST_INVALID, "a filter has at most %d bytes; keep parts of it as segments",
		     FILTER_TEXT);
		parse_wrong(p, &p->token);
	} else if (parse_next(p)) {
		*out = parse_any(p);
	}
	if (p->status == ST_OK)
		expect_end(p);
	free(p->token.text);
	p->token.text = NULL;
	if (p->status == ST_OK)
		return ST_OK;
	free_node(*out);
	*out = NULL;
	return p->status;
}

void filter_free(struct filter *f)
{
	if (f)
		free_node(f->root);
	free(f);
}

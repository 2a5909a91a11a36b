/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/language.h"
#include "insight/basket_people.h"

/* What was worked out, for people and programs. */

double basket_support(const struct basket *b, const struct basket_rule *r)
{
	return (double)r->count / (double)b->baskets;
}

double basket_confidence(const struct basket_rule *r)
{
	return (double)r->count / (double)r->lhs_count;
}

double basket_lift(const struct basket *b, const struct basket_rule *r)
{
	return basket_confidence(r) / ((double)r->rhs_count / (double)b->baskets);
}

int basket_of_hundred(const struct basket_rule *r)
{
	return (int)((200 * r->count + r->lhs_count) / (2 * r->lhs_count));
}

bool basket_is_mirror(const struct basket *b, size_t i)
{
	return i && b->rule[i - 1].lhs == b->rule[i].rhs && b->rule[i - 1].rhs == b->rule[i].lhs;
}

const char *basket_tells(const struct basket *b, const struct basket_rule *r)
{
	if (r->significant)
		return N_("yes");
	return basket_lift(b, r) > 1 ? N_("too few to tell") : N_("no");
}

const char *basket_name(const struct sold *s, const struct basket *b, uint32_t thing)
{
	return b->used.by_category ? s->goods.category[thing] : s->goods.row[thing].name;
}

static void add_thing(const struct sold *s, const struct basket *b, uint32_t thing,
		      struct buf *out)
{
	if (b->used.by_category)
		goods_filter_category(&s->goods, thing, out);
	else
		goods_filter_item(&s->goods, thing, out);
}

void basket_filter(const struct sold *s, const struct basket *b, const struct basket_rule *r,
		   struct buf *out)
{
	buf_text(out, "bought(");
	add_thing(s, b, r->lhs, out);
	sold_filter_window(s, &b->used.window, out);
	buf_text(out, ") and not bought(");
	add_thing(s, b, r->rhs, out);
	buf_text(out, ")");
}

static const struct sheet_column columns[] = {
	{ "if", N_("Who takes"), SHEET_TEXT },
	{ "then", N_("also takes"), SHEET_TEXT },
	{ "count", N_("Receipts"), SHEET_COUNT },
	{ "support", N_("Support"), SHEET_NUMBER },
	{ "confidence", N_("Confidence"), SHEET_NUMBER },
	{ "lift", N_("Lift"), SHEET_NUMBER },
	{ "p_value", N_("By chance"), SHEET_NUMBER },
	{ "significant", N_("Tells"), SHEET_WORD },
	{ "people", N_("Never took it"), SHEET_COUNT },
	{ 0 }
};

void basket_sheet(const struct sold *s, const struct basket *b, struct sheet *out)
{
	sheet_start(out, columns);
	for (size_t i = 0; i < b->n; i++) {
		const struct basket_rule *r = &b->rule[i];

		sheet_text(out, basket_name(s, b, r->lhs));
		sheet_text(out, basket_name(s, b, r->rhs));
		sheet_count(out, r->count);
		sheet_number(out, basket_support(b, r));
		sheet_number(out, basket_confidence(r));
		sheet_number(out, basket_lift(b, r));
		sheet_number(out, r->p_value);
		sheet_text(out, basket_tells(b, r));
		sheet_count(out, r->people);
	}
}

const struct definition basket_definitions[] = {
	{ "rules", N_("A rule says that who takes one thing takes another, too. A thing is an item "
		      "or a category. A basket is what one receipt has, or all receipts of a "
		      "customer on one day. What was undone or wholly given back is in none, and "
		      "neither are lines that name no item.") },
	{ "count", N_("Times together is the baskets with both. A rule is here when they are at "
		      "least support times all baskets, rounded up; five, when no support was "
		      "asked for.") },
	{ "support", N_("Support is the baskets with both, of all baskets.") },
	{ "confidence", N_("Of 100, or confidence, is the baskets with both, of the baskets with "
			   "the first.") },
	{ "lift", N_("Times, or lift, is the confidence, divided by the part of all baskets that "
		     "has the second: how many times as often as others they take it.") },
	{ "p_value", N_("By chance is how probable it is that chance alone brings them together so "
			"often: Fisher's exact test, one-sided.") },
	{ "significant", N_("A line is more than chance when the test says so. Of all that is "
			    "called so, at most one in twenty is chance (Benjamini and Hochberg, "
			    "over all pairs of things that are frequent enough); of others there "
			    "are too few to tell.") },
	{ "people", N_("Never yet are the customers who took the first in these days and never "
		       "took the second. What was given back later was taken too.") },
	{ 0 }
};

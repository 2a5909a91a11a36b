/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <string.h>

#include "cli/figures.h"
#include "cli/out.h"
#include "cli/report_goods.h"
#include "cli/sheets.h"
#include "insight/basket_people.h"
#include "store/record_text.h"

/* What goes with what. */

static const char *const things[] = { "item", "category", NULL };
static const char *const baskets[] = { "receipt", "visit", NULL };

const struct field report_basket_flags[] = {
	FLAG_FROM, FLAG_TO, FLAG_WHERE,
	FLAG("by", FIELD_CHOICE, .choices = things, .value = "THING", .help = "item, or category: "
	     "what goes together"),
	FLAG("basket", FIELD_CHOICE, .choices = baskets, .value = "BASKET", .help = "receipt, or "
	     "visit: all receipts of a customer on one day"),
	FLAG_TEXT("support", 20, .value = "SHARE", .help = "of all baskets, so many have both; "
		  "else 0.001, and five of them"),
	FLAG_TEXT("confidence", 20, .value = "SHARE", .help = "of the baskets with the first, so "
		  "many have the second; else 0.1"),
	FLAG("min_count", FIELD_INT, .least = 1, .most = 1000000000, .value = "N", .help = "so "
	     "many baskets have both, at least"),
	FLAG_CSV,
	{ 0 }
};

enum { DECIMALS = 9, PERCENT_DECIMALS = 7, SHOWN = 20 };

/* "0.01" or "1%", as parts of BASKET_WHOLE. */
static enum status read_part(const struct run *run, const char *flag, int64_t *out)
{
	const char *given = args_text(run->args, flag);
	size_t n = strlen(given);
	char text[32];
	bool percent = n && given[n - 1] == '%';

	*out = 0;
	if (!n)
		return ST_OK;
	memcpy(text, given, n + 1);
	if (percent)
		text[n - 1] = '\0';
	if (money_parse(text, percent ? PERCENT_DECIMALS : DECIMALS, out) != ST_OK || *out <= 0 ||
	    *out > BASKET_WHOLE)
		return fail(ST_INVALID, "--%s: \"%s\" is not a share above 0 and up to 1, such as "
			    "0.01 or 1%%", flag, given);
	return ST_OK;
}

static enum status read_options(const struct run *run, struct basket_options *o)
{
	enum status st = read_part(run, "support", &o->support);

	o->by_category = args_number(run->args, "by") == 1;
	o->by_visit = args_number(run->args, "basket") == 1;
	o->min_count = args_number(run->args, "min_count");
	return st == ST_OK ? read_part(run, "confidence", &o->confidence) : st;
}

/* -- as JSON -- */

static json_t *rule_json(const struct sold *s, const struct basket *b,
			 const struct basket_rule *r)
{
	json_t *json = json_object();
	struct buf filter = { 0 };

	basket_filter(s, b, r, &filter);
	json_object_set_new(json, "if", json_text(basket_name(s, b, r->lhs)));
	json_object_set_new(json, "then", json_text(basket_name(s, b, r->rhs)));
	json_object_set_new(json, "support", json_real(basket_support(b, r)));
	json_object_set_new(json, "confidence", json_real(basket_confidence(r)));
	json_object_set_new(json, "lift", json_real(basket_lift(b, r)));
	json_object_set_new(json, "count", json_integer(r->count));
	json_object_set_new(json, "if_count", json_integer(r->lhs_count));
	json_object_set_new(json, "then_count", json_integer(r->rhs_count));
	json_object_set_new(json, "p_value", json_real(r->p_value));
	json_object_set_new(json, "significant", json_boolean(r->significant));
	json_object_set_new(json, "people", json_integer(r->people));
	json_object_set_new(json, "filter", json_text(filter.at));
	buf_release(&filter);
	return json;
}

static void basket_json(struct run *run, const struct sold *s, const struct basket *b)
{
	json_t *json = json_object(), *rules = json_array();

	for (size_t i = 0; i < b->n; i++)
		json_array_append_new(rules, rule_json(s, b, &b->rule[i]));
	json_object_set_new(json, "from", figure_day(b->used.window.from));
	json_object_set_new(json, "to", figure_day(b->used.window.to));
	json_object_set_new(json, "by", json_string(things[b->used.by_category]));
	json_object_set_new(json, "basket", json_string(baskets[b->used.by_visit]));
	json_object_set_new(json, "support", json_real((double)b->used.support / BASKET_WHOLE));
	json_object_set_new(json, "confidence",
			    json_real((double)b->used.confidence / BASKET_WHOLE));
	json_object_set_new(json, "min_count", json_integer(b->used.min_count));
	json_object_set_new(json, "sales", json_integer(b->receipts));
	json_object_set_new(json, "baskets", json_integer(b->baskets));
	json_object_set_new(json, "lines_left_out", json_integer(b->nameless));
	json_object_set_new(json, "things", json_integer(b->things));
	json_object_set_new(json, "things_frequent", json_integer(b->frequent));
	json_object_set_new(json, "pairs_frequent", json_integer(b->pairs));
	json_object_set_new(json, "rules", rules);
	report_definitions(json, basket_definitions);
	out_json(run, json);
}

/* -- in words -- */

static void add_rule(struct grid *grid, const struct sold *s, const struct basket *b,
		     const struct basket_rule *r)
{
	grid_cell(grid, basket_name(s, b, r->lhs));
	grid_cell(grid, basket_name(s, b, r->rhs));
	grid_cellf(grid, "%d of 100", basket_of_hundred(r));
	grid_cellf(grid, "%.1f times", basket_lift(b, r));
	grid_cellf(grid, "%" PRId64, r->count);
	grid_cellf(grid, "%" PRId64, r->people);
}

/* Significant ones, each pair once: from the end with more confidence. */
static size_t print_rules(struct run *run, const struct sold *s, const struct basket *b)
{
	struct grid grid;
	size_t n = 0;

	grid_start(&grid);
	grid_column(&grid, "Who takes", GRID_LEFT);
	grid_column(&grid, "also takes", GRID_LEFT);
	grid_column(&grid, "so many", GRID_RIGHT);
	grid_column(&grid, "as often", GRID_RIGHT);
	grid_column(&grid, "Baskets", GRID_RIGHT);
	grid_column(&grid, "Never yet", GRID_RIGHT);
	for (size_t i = 0; i < b->n; i++)
		if (b->rule[i].significant && !basket_is_mirror(b, i) && n++ < SHOWN)
			add_rule(&grid, s, b, &b->rule[i]);
	grid_end(&grid, run);
	return n;
}

static void print_sample(struct run *run, const struct basket *b)
{
	report_window(run, b->used.window.from, b->used.window.to);
	if (!b->used.window.to)
		return;
	out_line(run, "%" PRId64 " baskets of %" PRId64 " sales name what was sold; a pair is in "
		 "%" PRId64 " or more.", b->baskets, b->receipts, b->used.min_count);
	goods_left_out(run, b->nameless);
}

/* To those whom the strongest rule is about that has any. */
static void print_offer(struct run *run, const struct sold *s, const struct basket *b)
{
	const struct basket_rule *r = b->rule;
	struct buf filter = { 0 };

	while (r < b->rule + b->n && r->significant && !r->people)
		r++;
	if (r == b->rule + b->n || !r->significant)
		return;
	basket_filter(s, b, r, &filter);
	out_line(run, "Offer %s to who takes %s and never took it:", basket_name(s, b, r->rhs),
		 basket_name(s, b, r->lhs));
	goods_people(run, filter.at);
	buf_release(&filter);
}

static void basket_words(struct run *run, const struct sold *s, const struct basket *b)
{
	size_t n;

	print_sample(run, b);
	if (!b->used.window.to)
		return;
	if (!b->baskets) {
		goods_unnamed(run);
		return;
	}
	n = print_rules(run, s, b);
	if (n > SHOWN)
		out_line(run, "%zu more pairs go together; see all with --csv.", n - SHOWN);
	if (n) {
		print_offer(run, s, b);
	} else {
		out_line(run, "No two are together more often than chance may bring them, as far "
			 "as %" PRId64 " baskets can tell.", b->baskets);
	}
}

static void show(struct run *run, const struct goods_asked *a, const struct basket *b)
{
	struct sheet sheet;

	if (run->json) {
		basket_json(run, &a->sold, b);
	} else if (a->csv) {
		basket_sheet(&a->sold, b, &sheet);
		report_sheet(run, &sheet);
		sheet_release(&sheet);
	} else {
		basket_words(run, &a->sold, b);
	}
}

enum status report_basket(struct run *run)
{
	struct basket_options options = { .support = 0 };
	struct basket b = { .n = 0 };
	struct goods_asked a = { .csv = false };
	enum status st = read_options(run, &options);

	if (st == ST_OK)
		st = goods_asked(run, &a);
	options.window = a.window;
	if (st == ST_OK)
		st = basket_of(&a.sold, &options, &b);
	if (st == ST_OK)
		show(run, &a, &b);
	basket_release(&b);
	goods_asked_release(&a);
	return st;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/program.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "shop/rule.h"

static const char *const kinds[] = { "stamps", "points", NULL };
static const char *const pers[] = { "sale", "item", NULL };
static const char *const validities[] = {
	"never", "days", "months", "month_end", "year_end", "inactive", NULL
};
static const char *const roundings[] = { "floor", "round", "ceil", NULL };

static const struct field milestone_fields[] = {
	FIELD(1, FIELD_INT, struct milestone, stamps, .label = "Stamps"),
	FIELD(2, FIELD_INT, struct milestone, reward, .label = "Reward"),
	{ 0 }
};
static const struct record_type milestone_type = {
	"milestone", sizeof(struct milestone), milestone_fields, 0
};

static const struct field category_fields[] = {
	FIELD(1, FIELD_TEXT, struct category_name, name, .label = "Category"),
	{ 0 }
};
static const struct record_type category_type = {
	"category", sizeof(struct category_name), category_fields, 0
};

static const struct field program_fields[] = {
	FIELD(1, FIELD_INT, struct program, id, .flags = FIELD_INTERNAL, .label = "Id"),
	FIELD(2, FIELD_TEXT, struct program, name, .flags = FIELD_REQUIRED, .label = "Program",
	      .value = "TEXT", .help = "what customers call it"),
	FIELD(3, FIELD_CHOICE, struct program, kind, .choices = kinds, .label = "Kind",
	      .value = "KIND", .help = "stamps or points"),
	FIELD(4, FIELD_BOOL, struct program, stopped, .label = "Stopped",
	      .help = "gives nothing new; what was given stays good"),
	FIELD(5, FIELD_DAY, struct program, from, .label = "From", .value = "DATE",
	      .help = "first day whose sales count; today if not said"),
	FIELD(6, FIELD_MONEY, struct program, min_spend, .most = MONEY_MOST,
	      .label = "Minimum", .value = "AMOUNT", .help = "a smaller sale earns nothing"),
	FIELD(7, FIELD_INT, struct program, daily_cap, .most = 1000000000,
	      .label = "Daily cap", .value = "N", .help = "most for a customer and day"),
	FIELD(8, FIELD_CHOICE, struct program, validity, .flags = FIELD_INTERNAL,
	      .choices = validities, .label = "Valid"),
	FIELD(9, FIELD_INT, struct program, valid_for, .flags = FIELD_INTERNAL, .most = 36500,
	      .label = "Valid for"),
	FIELD(10, FIELD_INT, struct program, pending_days, .most = 3650, .label = "Pending",
	      .value = "DAYS", .help = "usable only after so many days"),
	FIELD_ROWS(11, struct program, include_count, include, category_type),
	FIELD_ROWS(12, struct program, exclude_count, exclude, category_type),
	FIELD(13, FIELD_INT, struct program, goal, .most = 1000, .label = "Goal", .value = "N",
	      .help = "stamps that make a reward"),
	FIELD(14, FIELD_CHOICE, struct program, per, .flags = FIELD_INTERNAL, .choices = pers,
	      .label = "A stamp for each"),
	FIELD(15, FIELD_INT, struct program, head_start, .most = 1000, .label = "Head start",
	      .value = "N", .help = "stamps given with a customer's first"),
	FIELD(16, FIELD_INT, struct program, reward, .flags = FIELD_INTERNAL, .label = "Reward"),
	FIELD(17, FIELD_BOOL, struct program, claim_now, .label = "Claim now",
	      .help = "the reward is used on the sale that completes the card"),
	FIELD(18, FIELD_INT, struct program, reward_days, .most = 36500, .label = "Reward good for",
	      .value = "DAYS", .help = "an issued reward lapses after so many days"),
	FIELD_ROWS(19, struct program, milestone_count, milestones, milestone_type),
	FIELD(20, FIELD_INT, struct program, earn, .most = 1000000, .label = "Earn", .value = "N",
	      .help = "points for each --per of the bill"),
	FIELD(21, FIELD_MONEY, struct program, spend, .flags = FIELD_INTERNAL,
	      .most = MONEY_MOST, .label = "For each"),
	FIELD(22, FIELD_CHOICE, struct program, rounding, .flags = FIELD_INTERNAL,
	      .choices = roundings, .label = "Rounding"),
	FIELD(23, FIELD_MONEY, struct program, point_value, .most = MONEY_MOST,
	      .label = "Point's value", .value = "AMOUNT", .help = "money off for one point"),
	FIELD(24, FIELD_INT, struct program, min_redeem, .most = 1000000000,
	      .label = "Least to redeem", .value = "N", .help = "fewest points that pay"),
	FIELD(25, FIELD_PERCENT, struct program, max_share, .most = 10000,
	      .label = "Share of a bill", .value = "PERCENT",
	      .help = "most of a bill that points may pay"),
	FIELD(26, FIELD_BOOL, struct program, before_tax, .label = "Before tax",
	      .help = "points are earned on the bill without its tax"),
	{ 0 }
};
const struct record_type program_type = {
	"program", sizeof(struct program), program_fields, offsetof(struct program, later)
};

/* -- the list -- */

void programs_load(struct txn *txn, struct programs *out)
{
	struct range r;

	*out = (struct programs){ 0 };
	range_start(&r, txn, TABLE_PROGRAM, NULL);
	while (range_next(&r)) {
		out->row = mem_grow(out->row, out->n, &out->cap, sizeof(*out->row));
		if (record_decode(&program_type, &out->row[out->n], r.value.at,
				  r.value.len) != ST_OK)
			txn_fail(txn, ST_CORRUPT);
		else
			out->n++;
	}
	range_end(&r);
}

void programs_release(struct programs *p)
{
	free(p->row);
	*p = (struct programs){ 0 };
}

const char *program_unit(const struct program *p)
{
	return p->kind == PROGRAM_STAMPS ? "stamps" : "points";
}

const struct program *program_by_id(const struct programs *p, int64_t id)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->row[i].id == id)
			return &p->row[i];
	return NULL;
}

const struct program *program_named(const struct programs *p, const char *name)
{
	struct naming names = { p->n ? p->row->name : "", p->n, sizeof(*p->row) };
	size_t i;

	if (name_find(&names, name, &i))
		return &p->row[i];
	if (i < p->n)
		fail(ST_NOT_FOUND, "there is no program \"%s\"; did you mean \"%s\"?", name,
		     p->row[i].name);
	else
		fail(ST_NOT_FOUND, "there is no program \"%s\"; see: regulars program list", name);
	return NULL;
}

/* -- earning -- */

static bool listed(const struct category_name *list, uint32_t n, const char *category)
{
	char folded[200];

	for (uint32_t i = 0; i < n; i++) {
		text_fold(list[i].name, folded, sizeof(folded));
		if (!strcmp(folded, category))
			return true;
	}
	return false;
}

static bool line_counts(const struct program *p, const struct earning *s, const struct line *line)
{
	const char *category;

	if (!p->include_count && !p->exclude_count)
		return true;
	category = line->item ? s->category(s->arg, line->item) : "";
	if (p->include_count && !listed(p->include, p->include_count, category))
		return false;
	return !listed(p->exclude, p->exclude_count, category);
}

/* Over the lines that count: their amount and their whole pieces. */
static bool count_lines(const struct program *p, const struct earning *s,
			int64_t *amount, int64_t *all, int64_t *pieces)
{
	*amount = *all = *pieces = 0;
	for (size_t i = 0; i < s->line_count; i++) {
		const struct line *line = &s->lines[i];

		if (!sum_checked(*all, line->amount, all))
			return false;
		if (!line_counts(p, s, line))
			continue;
		if (!sum_checked(*amount, line->amount, amount) ||
		    !sum_checked(*pieces, line->quantity / 1000, pieces))
			return false;
	}
	return true;
}

bool program_qualifies(const struct program *p, int64_t total)
{
	return total > 0 && total >= p->min_spend;
}

static enum status too_much(const struct program *p)
{
	return fail(ST_REFUSED, "this sale would earn more in \"%s\" than can be kept", p->name);
}

/* What was paid for the lines that count: a discount on the whole bill is
 * shared over all lines. */
static bool basis_of(const struct program *p, const struct earning *s, int64_t counted,
		     int64_t all, int64_t *basis)
{
	bool every_line = counted == all || !s->line_count;

	*basis = s->total - (p->before_tax ? s->tax : 0);
	return every_line || all <= 0 || mul_div(*basis, counted, all, ROUND_FLOOR, basis);
}

enum status program_earns(const struct program *p, const struct earning *s, int64_t *amount)
{
	int64_t counted, all, pieces, basis;
	bool filtered = p->include_count || p->exclude_count;

	*amount = 0;
	if (!program_qualifies(p, s->total))
		return ST_OK;
	if (!count_lines(p, s, &counted, &all, &pieces))
		return too_much(p);
	if (filtered && counted <= 0)
		return ST_OK;
	if (p->kind == PROGRAM_STAMPS) {
		*amount = p->per == PER_SALE || !s->line_count ? 1 : pieces;
		return ST_OK;
	}
	if (p->spend <= 0)
		return ST_OK;
	if (!basis_of(p, s, counted, all, &basis) ||
	    !mul_div(basis, p->earn, p->spend, (enum rounding)p->rounding, amount))
		return too_much(p);
	if (*amount < 0)
		*amount = 0;
	return ST_OK;
}

enum earns_nothing program_why_nothing(const struct program *p, const struct earning *s)
{
	int64_t counted, all, pieces, amount;

	if (s->total <= 0)
		return NOTHING_PAID;
	if (s->total < p->min_spend)
		return NOTHING_SMALL;
	if ((p->include_count || p->exclude_count) &&
	    count_lines(p, s, &counted, &all, &pieces) && counted <= 0)
		return NOTHING_COUNTS;
	return program_earns(p, s, &amount) == ST_OK && !amount ? NOTHING_ENOUGH : EARNS;
}

int64_t program_through(const struct program *p, int32_t day)
{
	switch ((enum validity)p->validity) {
	case VALID_DAYS: return day + p->valid_for;
	case VALID_MONTHS: return day_add_months(day, (int)p->valid_for);
	case VALID_MONTH_END: return day_month_end(day);
	case VALID_YEAR_END: return day_year_end(day);
	case VALID_INACTIVE:	/* lapses by absence, not by the lot: see trade_inactive() */
	case VALID_NEVER: break;
	}
	return 0;
}

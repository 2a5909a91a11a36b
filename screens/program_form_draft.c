/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/program_form_draft.h"

#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "base/text.h"
#include "shop/tell_rules.h"

static const char *const reward_kinds[] = { "free", "amount", NULL };
static const char *const reward_kind_words[] = {
	N_("something free"), N_("money off"), NULL
};

static const struct field draft_fields[] = {
	FIELD(1, FIELD_TEXT, struct program_draft, name, .flags = FIELD_REQUIRED),
	FIELD(2, FIELD_TEXT, struct program_draft, category),
	FIELD(3, FIELD_MONEY, struct program_draft, min_spend, .most = MONEY_MOST),
	FIELD(4, FIELD_INT, struct program_draft, daily_cap, .most = 1000000000),
	FIELD(5, FIELD_INT, struct program_draft, head_start, .most = 1000),
	FIELD(6, FIELD_INT, struct program_draft, goal, .flags = FIELD_REQUIRED, .least = 1,
	      .most = 1000),
	FIELD(7, FIELD_INT, struct program_draft, earn, .flags = FIELD_REQUIRED, .least = 1,
	      .most = 1000000),
	FIELD(8, FIELD_MONEY, struct program_draft, spend, .flags = FIELD_REQUIRED, .least = 1,
	      .most = MONEY_MOST),
	FIELD(9, FIELD_MONEY, struct program_draft, point_value, .most = MONEY_MOST),
	FIELD(10, FIELD_INT, struct program_draft, min_redeem, .most = 1000000000),
	FIELD(11, FIELD_PERCENT, struct program_draft, max_share, .most = 10000),
	FIELD(12, FIELD_TEXT, struct program_draft, reward),
	FIELD(13, FIELD_CHOICE, struct program_draft, kind, .choices = reward_kinds),
	FIELD(14, FIELD_INT, struct program_draft, cost, .most = 1000000000),
	FIELD(15, FIELD_MONEY, struct program_draft, value, .most = MONEY_MOST),
	FIELD(16, FIELD_MONEY, struct program_draft, own_cost, .most = MONEY_MOST),
	FIELD(17, FIELD_DAY, struct program_draft, from, .flags = FIELD_REQUIRED),
	{ 0 }
};
const struct record_type program_draft_type = {
	"program_draft", sizeof(struct program_draft), draft_fields, 0
};

/* -- what is asked -- */

/* A field with its label and its hint. */
#define ASK(name_, label_, ...) { .name = (name_), .label = (label_), .hint = __VA_ARGS__ }

#define NAME ASK("name", N_("Name"), N_("What customers call it."))
#define GOAL ASK("goal", N_("Stamps for the reward"), N_("How many make a full card."))
#define SMALLEST ASK("min_spend", N_("Smallest sale"),			\
		     N_("A smaller sale earns nothing. Empty: every sale counts."))
#define CATEGORY ASK("category", N_("Only from"),			\
		     N_("Categories of your items, like: tea, snacks. Empty: everything."))
#define WORTH ASK("value", N_("Worth to the customer"), N_("What they would pay for it."))
#define OWN_COST ASK("own_cost", N_("Costs you"), N_("What one costs the shop."))
#define BEGINS ASK("from", N_("Begins on"),				\
		   N_("A day in the past: the sales since then are counted too."))
#define CAP ASK("daily_cap", N_("At most a day"), N_("For one customer. Empty: no limit."))
#define EARN ASK("earn", N_("Points given"), N_("So many points ..."))
#define SPEND ASK("spend", N_("For every"), N_("... for each time this much is paid."))
#define POINT_VALUE ASK("point_value", N_("A point takes off"),		\
			N_("When points pay a bill. Empty: they only buy rewards."))
#define REWARD ASK("reward", N_("Reward"), N_("What the full card gives, like: Free tea."))
#define BOUGHT ASK("reward", N_("Reward"), N_("What points buy, like: Free tea."))

static const struct form_field visit_fields[] = {
	NAME, GOAL, SMALLEST, REWARD, WORTH, OWN_COST, BEGINS, { 0 }
};
static const struct form_field item_fields[] = {
	NAME, CATEGORY, GOAL, REWARD, WORTH, OWN_COST, BEGINS, { 0 }
};
static const struct form_field points_fields[] = {
	NAME, EARN, SPEND, POINT_VALUE, BOUGHT,
	ASK("kind", N_("The reward is"), NULL, .words = reward_kind_words),
	ASK("cost", N_("Points it takes"), N_("How many points buy it.")),
	ASK("value", N_("Worth to the customer"), N_("What it takes off, or they would pay.")),
	OWN_COST, BEGINS, { 0 }
};
static const struct form_field change_stamps_fields[] = {
	NAME, GOAL, SMALLEST, CATEGORY, CAP,
	ASK("head_start", N_("Head start"), N_("Stamps given with the first one.")),
	{ 0 }
};
static const struct form_field change_points_fields[] = {
	NAME, EARN, SPEND, SMALLEST, CATEGORY, CAP, POINT_VALUE,
	ASK("min_redeem", N_("Fewest that pay"), N_("With fewer points nothing is taken off.")),
	ASK("max_share", N_("Most of a bill"), N_("Percent that points may pay. Empty: all.")),
	{ 0 }
};

const struct form_field *program_form_fields(enum program_shape shape, bool change)
{
	if (change)
		return shape == SHAPE_POINTS ? change_points_fields : change_stamps_fields;
	return shape == SHAPE_POINTS ? points_fields :
	       shape == SHAPE_ITEM ? item_fields : visit_fields;
}

/* -- defaults -- */

/* As much of a text as fits, cut between letters. */
static void put_name(char *out, size_t size, const char *text)
{
	snprintf(out, size, "%.*s", (int)text_cut(text, size - 1), text);
}

/* 1, 2 or 5 with noughts behind it, not above 'n'. */
static int64_t round_amount(int64_t n)
{
	int64_t unit = 1;

	while (n / 10 >= unit)
		unit *= 10;
	return n >= 5 * unit ? 5 * unit : n >= 2 * unit ? 2 * unit : unit;
}

/* A usual sale brings some ten points, so that a reward for a hundred is ten
 * visits away. */
static void begin_points(struct program_draft *d, int64_t typical)
{
	d->earn = 1;
	d->spend = round_amount(typical > 10 ? typical / 10 : 1000);
	d->cost = 100;
}

void program_draft_begin(struct program_draft *d, enum program_shape shape, int32_t today,
			 int64_t typical)
{
	*d = (struct program_draft){ .from = today };
	if (shape == SHAPE_POINTS) {
		put_name(d->name, sizeof(d->name), _("Points"));
		begin_points(d, typical);
	} else {
		put_name(d->name, sizeof(d->name), _("Stamp card"));
		d->goal = 10;
	}
}

/* -- to and from the records of the shop -- */

void program_draft_from(struct program_draft *d, const struct program *p)
{
	struct buf category = { 0 };

	*d = (struct program_draft){
		.min_spend = p->min_spend, .daily_cap = p->daily_cap, .head_start = p->head_start,
		.goal = p->goal, .earn = p->earn, .spend = p->spend,
		.point_value = p->point_value, .min_redeem = p->min_redeem,
		.max_share = p->max_share, .from = p->from };
	memcpy(d->name, p->name, sizeof(d->name));
	categories_say(p->include, p->include_count, &category);
	if (category.len)
		put_name(d->category, sizeof(d->category), category.at);
	buf_release(&category);
}

static enum status add_category(struct program *p, const char *name, size_t len)
{
	const uint32_t most = sizeof(p->include) / sizeof(p->include[0]);
	struct category_name *c = &p->include[p->include_count];
	char clean[sizeof(p->include[0].name)];
	enum status st;

	if (p->include_count == most)
		return fail(ST_REFUSED, "at most %u categories can be named", (unsigned)most);
	st = text_clean(name, len, clean, sizeof(clean));
	if (st == ST_OK && *clean) {
		memcpy(c->name, clean, sizeof(clean));
		p->include_count++;
	}
	return st;
}

/* "tea, snacks" */
static enum status read_categories(const char *text, struct program *p)
{
	enum status st = ST_OK;

	p->include_count = 0;
	while (st == ST_OK && *text) {
		size_t len = strcspn(text, ",");

		st = add_category(p, text, len);
		text += len + (text[len] == ',');
	}
	return st;
}

enum status program_draft_program(const struct program_draft *d, struct program *p)
{
	memcpy(p->name, d->name, sizeof(p->name));
	p->min_spend = d->min_spend;
	p->daily_cap = d->daily_cap;
	p->head_start = d->head_start;
	p->goal = d->goal;
	p->earn = d->earn;
	p->spend = d->spend;
	p->point_value = d->point_value;
	p->min_redeem = d->min_redeem;
	p->max_share = d->max_share;
	p->from = d->from;
	return read_categories(d->category, p);
}

void program_draft_reward(const struct program_draft *d, const struct program *p,
			  struct reward *r)
{
	*r = (struct reward){ .program = p->id, .kind = d->kind, .value = d->value,
			      .own_cost = d->own_cost,
			      .cost = p->kind == PROGRAM_POINTS ? d->cost : 0 };
	memcpy(r->name, d->reward, sizeof(r->name));
	/* Money off costs what it takes off. */
	if (r->kind == REWARD_AMOUNT)
		r->own_cost = r->value;
}

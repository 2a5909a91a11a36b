/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_LEDGER_MODEL_H
#define TESTS_LEDGER_MODEL_H

/* The rules of loyalty once more: slow, in memory, in as few words as they
 * take. Nothing is stored, nothing is clever; every lot there ever was stays in
 * its list. What the shop answers and keeps must be what this says. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

enum { MODEL_PROGRAMS = 5, MODEL_REWARDS = 2 * MODEL_PROGRAMS,
       MODEL_UNITS = MODEL_PROGRAMS + MODEL_REWARDS,
       MODEL_CUSTOMERS = 6, MODEL_LINES = 3, MODEL_FOREVER = 1 << 30 };

enum model_kind { MODEL_STAMPS, MODEL_POINTS };
enum model_validity { MODEL_NEVER, MODEL_DAYS, MODEL_MONTHS, MODEL_MONTH_END, MODEL_YEAR_END,
		      MODEL_INACTIVE };

struct model_program {
	enum model_kind kind;
	int from;
	int64_t min_spend, daily_cap;
	enum model_validity validity;
	int valid_for, pending_days;
	bool tea_only, no_tea;		/* by the lines' category */
	/* stamps */
	int64_t goal, head_start;
	bool per_item, claim_now;
	int reward;			/* place in rewards; -1 none */
	int reward_days, mark, mark_reward;	/* one milestone; 0 none */
	/* points */
	int64_t earn, spend, point_value, min_redeem, max_share;
	int rounding;			/* 0 floor, 1 half up, 2 ceil */
	bool before_tax;
};

enum model_reward_kind { MODEL_FREE, MODEL_AMOUNT, MODEL_PERCENT, MODEL_GIFT };

struct model_reward {
	int program;
	enum model_reward_kind kind;
	int64_t cost, value, percent, most, min_bill, stock, per_customer;
};

struct model_line {
	bool tea;
	int64_t pieces, amount;
};

/* A number of points, stamps or rewards that came at once. */
struct model_lot {
	int64_t left, acquired;
	int through, from;
	int source;			/* the deed that it came with */
};

struct model_lots {
	struct model_lot *row;		/* in the order they came */
	size_t n, cap;
	int64_t owed;
	bool ever;			/* something that stands was put here */
};

/* What a deed took from a lot. */
struct model_draw {
	size_t lot;
	int64_t amount;
};

enum model_spent_kind { MODEL_PAID, MODEL_BOUGHT, MODEL_USED, MODEL_CARD };

struct model_spent {
	enum model_spent_kind kind;
	int unit;
	int64_t amount, back;		/* back: given back by refunds */
	int reward;			/* what was bought */
	struct model_draw *draw;
	size_t draws, draw_cap;
};

struct model_earned {
	int64_t amount, taken;		/* taken: by refunds */
	int64_t marks, marks_taken;	/* rewards at the milestone */
};

enum model_deed_kind { MODEL_SALE, MODEL_CLAIM, MODEL_REFUND, MODEL_AWARD, MODEL_OTHER };

/* How one customer stood. */
struct model_standing {
	struct model_lots lots[MODEL_UNITS];
};

/* One thing that happened: a sale, a claim, a refund ... */
struct model_deed {
	enum model_deed_kind kind;
	int64_t seq;			/* the shop's entry */
	int place, customer;
	int day;
	int64_t occurred, recorded, total, bill, tax, refunded;
	int refunds;
	bool undone;
	int about;			/* deed; -1 none */
	struct model_line line[MODEL_LINES];
	int lines;
	struct model_earned earned[MODEL_PROGRAMS];
	struct model_spent spent[8];
	int spents;
	int64_t used[MODEL_REWARDS];	/* rewards used (below zero: made ready again) */
	struct model_standing before;	/* of the customer, for undo */
	struct model_deed *was;		/* a refund: how the sale and its claims were */
	size_t was_n, was_cap;
};

struct model {
	struct model_program program[MODEL_PROGRAMS];
	struct model_reward reward[MODEL_REWARDS];
	int programs, rewards;
	struct model_standing standing[MODEL_CUSTOMERS + 1];
	struct model_deed **deed;
	size_t deeds, deed_cap, old;	/* old: those before have no way back */
	int64_t now;
};

struct model_sale {
	int customer, reward, program;	/* reward, program: -1 none; program paid with points */
	int64_t occurred, bill, tax, points;
	struct model_line line[MODEL_LINES];
	int lines;
};

struct model_figures {
	int64_t sales, visits, spend, first_day, last_day;
};

/* Each does it and notes a deed (the last in m->deed), or says why not and has
 * done nothing. */
enum status model_sell(struct model *m, const struct model_sale *s);
enum status model_claim(struct model *m, int customer, int reward, int about, int64_t now);
enum status model_refund(struct model *m, int sale, int64_t amount, int64_t now);	/* 0: all */
enum status model_adjust(struct model *m, int customer, int program, int64_t amount, int64_t now);
void model_open(struct model *m, int customer, int program, int64_t amount, int64_t now);
/* Earns in a program for the sales that were there before it. */
void model_award(struct model *m, int program);
/* Whether anything lapsed of this customer. */
bool model_sweep(struct model *m, int customer, int64_t now);
void model_undo(struct model *m, int deed);
/* It is now: what was done days ago is undone no more. */
void model_time(struct model *m, int64_t now);
void model_release(struct model *m);

struct model_figures model_figures(const struct model *m, int customer);
/* Usable on that day; what is owed, below zero. */
int64_t model_there(const struct model *m, int customer, int unit, int day);

/* -- what the parts of the model share -- */

struct model_lots *model_lots_of(struct model *m, int customer, int unit);
void model_add_lot(struct model_lots *l, struct model_lot lot);
struct model_lot *model_next_lot(struct model_lots *l, int day, bool pending_too, int source);
void model_spend(struct model_lots *l, int64_t amount, int day, struct model_spent *note);
void model_claw_back(struct model_lots *l, int64_t amount, int day, int source);
void model_restore(struct model_lots *l, struct model_spent *spent, int64_t amount,
		   const struct model_deed *refund);
struct model_deed *model_begin(struct model *m, enum model_deed_kind kind, int customer,
			       int64_t occurred);
enum status model_keep(struct model *m, struct model_deed *d);
enum status model_give_up(struct model *m, struct model_deed *d);
bool model_lapse_absent(struct model *m, int customer, int day);
int64_t model_usable(const struct model *m, int customer, int unit, int day);

#endif

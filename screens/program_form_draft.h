/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_PROGRAM_FORM_DRAFT_H
#define SCREENS_PROGRAM_FORM_DRAFT_H

#include "screens/form.h"
#include "screens/program_form.h"

/* What an owner fills in for a program and its reward, before it is either. */
struct program_draft {
	char name[64];
	char category[512];		/* "tea, snacks": only these count */
	int64_t min_spend, daily_cap, head_start;
	int64_t goal;			/* stamps */
	int64_t earn, spend, point_value, min_redeem, max_share;	/* points */
	char reward[64];
	int64_t kind;			/* of the reward: REWARD_FREE or REWARD_AMOUNT */
	int64_t cost, value, own_cost;
	int64_t from;
};
extern const struct record_type program_draft_type;

/* What each form asks for: a new program of a shape, or a change. */
const struct form_field *program_form_fields(enum program_shape shape, bool change);

/* Good defaults for a new one. 'typical' is what a sale of the shop comes to;
 * 0 not known. */
void program_draft_begin(struct program_draft *d, enum program_shape shape, int32_t today,
			 int64_t typical);
void program_draft_from(struct program_draft *d, const struct program *p);
/* Puts what the draft says into the program; what no form asks for stays. */
MUST_CHECK enum status program_draft_program(const struct program_draft *d,
					     struct program *p);
void program_draft_reward(const struct program_draft *d, const struct program *p,
			  struct reward *r);

#endif

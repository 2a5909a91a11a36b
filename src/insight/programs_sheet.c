/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/programs.h"

#include "base/language.h"

const struct definition program_definitions[] = {
	{ "enrolled", N_("Take part, or members, are customers who ever got points or stamps of "
			 "the program, by the end of the window: earned, brought along or by hand. "
			 "Who was merged counts as one person.") },
	{ "active", N_("Active in these days are the members who earned or used something of the "
		       "program in the window.") },
	{ "reach", N_("Fill the card, or reach the reward. Stamp cards: of the cards begun in the "
		      "window, early enough for the days to have passed by its end, the share that "
		      "was full within so many days. Points: of those who joined so early in the "
		      "window, the share that used points within so many days.") },
	{ "rewards", N_("Rewards earned are those that became ready, were claimed, or lapsed "
			"unclaimed in the window, less what refunds took or gave back.") },
	{ "breakage", N_("Lapsed unused is, of the points or stamps whose life ended in the "
			 "window, because their last good day passed or their owner stayed away "
			 "too long, the share that lapsed unused. The sample is the people whose "
			 "they were.") },
	{ "cost", N_("Cost is rewards claimed at own cost, or at their value to the customer where "
		     "no own cost was given, and points that paid bills at what a point is worth "
		     "now. Less what refunds gave back.") },
	{ "owed", N_("Owed to customers is points that may still be used at what a point is worth "
		     "now, and ready rewards at their value to the customer, at the end of the "
		     "window. It moved by the difference to the day before the window. A card that "
		     "is not full is worth nothing yet.") },
	{ "sooner", N_("Days sooner is by how many days visits come sooner as the reward nears: on "
		       "cards filled in the window, the days between stamps up to half the card, "
		       "less those before its last quarter. A mean over each person's cards, then "
		       "over people, with its 95-percent interval. When zero lies inside, it may "
		       "be chance.") },
	{ "members", N_("Members pay, and members come, is what was paid on a visit, and visits in "
			"a month of 30.4 days, in the window: of people who were members by that "
			"visit, and of known people who were not. Only who came in the window "
			"counts. Members differ anyway: who comes often joins more easily, so the "
			"difference is not what the program did.") },
	{ 0 }
};

static const struct sheet_column columns[] = {
	{ "program", N_("Program"), SHEET_TEXT },
	{ "enrolled", N_("Members"), SHEET_COUNT },
	{ "active", N_("Active"), SHEET_COUNT },
	{ "reach", N_("Reach the reward"), SHEET_SHARE },
	{ "reach_sample", N_("of"), SHEET_COUNT },
	{ "issued", N_("Rewards earned"), SHEET_COUNT },
	{ "claimed", N_("Claimed"), SHEET_COUNT },
	{ "unclaimed", N_("Lapsed unclaimed"), SHEET_COUNT },
	{ "breakage", N_("Lapsed unused"), SHEET_SHARE },
	{ "breakage_people", N_("of people"), SHEET_COUNT },
	{ "cost", N_("Cost"), SHEET_MONEY },
	{ "owed", N_("Owed"), SHEET_MONEY },
	{ "owed_moved", N_("Owed more"), SHEET_MONEY },
	{ "sooner", N_("Days sooner"), SHEET_NUMBER },
	{ "sooner_low", N_("at least"), SHEET_NUMBER },
	{ "sooner_high", N_("at most"), SHEET_NUMBER },
	{ "member_paid", N_("Members pay"), SHEET_MONEY },
	{ "other_paid", N_("Others pay"), SHEET_MONEY },
	{ "member_visits", N_("Members come"), SHEET_NUMBER },
	{ "other_visits", N_("Others come"), SHEET_NUMBER },
	{ 0 }
};

static void add_breakage(const struct program_figure *p, struct sheet *out)
{
	if (p->breakage_people >= SHARE_FEW && p->breakage.whole > 0)
		sheet_share(out, p->breakage);
	else
		sheet_nothing(out);
	sheet_count(out, p->breakage_people);
}

static void add_number(bool tells, double number, struct sheet *out)
{
	if (tells)
		sheet_number(out, number);
	else
		sheet_nothing(out);
}

static void add_paid(const struct program_group *g, struct sheet *out)
{
	if (program_group_tells(g))
		sheet_money(out, program_group_paid(g));
	else
		sheet_nothing(out);
}

static void add_row(const struct program_figure *p, struct sheet *out)
{
	bool paced = program_pace_tells(&p->pace);

	sheet_text(out, p->name);
	sheet_count(out, p->enrolled);
	sheet_count(out, p->active);
	sheet_share(out, p->reach);
	sheet_count(out, p->reach.whole);
	sheet_count(out, p->given.issued);
	sheet_count(out, p->given.claimed);
	sheet_count(out, p->given.unclaimed);
	add_breakage(p, out);
	sheet_money(out, p->cost);
	sheet_money(out, p->owed);
	sheet_money(out, p->owed - p->owed_before);
	add_number(paced, p->pace.sooner, out);
	add_number(paced, p->pace.low, out);
	add_number(paced, p->pace.high, out);
	add_paid(&p->members, out);
	add_paid(&p->others, out);
	add_number(program_group_tells(&p->members), program_group_visits(&p->members), out);
	add_number(program_group_tells(&p->others), program_group_visits(&p->others), out);
}

void program_figures_sheet(const struct program_figures *p, struct sheet *out)
{
	sheet_start(out, columns);
	for (size_t i = 0; i < p->n; i++)
		add_row(&p->row[i], out);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <strings.h>

#include "base/language.h"
#include "insight/rfm.h"

const struct rfm_kind rfm_kinds[RFM_SEGMENTS] = {
	[RFM_CHAMPIONS] = { "champions", N_("Champions"),
		N_("Came lately, come often and pay most."),
		N_("Thank them by name, and ask them to bring a friend.") },
	[RFM_LOYAL] = { "loyal", N_("Loyal"),
		N_("Come often and pay well, and not long ago."),
		N_("Show them what is new before others see it.") },
	[RFM_POTENTIAL] = { "potential_loyal", N_("Potential loyal"),
		N_("Came lately, and more than once."),
		N_("Offer them a card, or tell how near the next reward is.") },
	[RFM_NEW] = { "new", N_("New"),
		N_("Came very lately, once or for little so far."),
		N_("Welcome them, and give a reason for the second visit.") },
	[RFM_PROMISING] = { "promising", N_("Promising"),
		N_("Came not long ago, once or for little so far."),
		N_("Suggest something that goes with what they bought.") },
	[RFM_ATTENTION] = { "needs_attention", N_("Needs attention"),
		N_("Came more than once and not long ago, neither often nor for much."),
		N_("Write to them with an offer that ends soon.") },
	[RFM_SLEEPING] = { "about_to_sleep", N_("About to sleep"),
		N_("Came some time ago, once or for little."),
		N_("Remind them of the shop with what most people buy.") },
	[RFM_AT_RISK] = { "at_risk", N_("At risk"),
		N_("Came often, and have not for long."),
		N_("Ask what was wrong, and invite them back with a reward.") },
	[RFM_CANNOT_LOSE] = { "cannot_lose", N_("Cannot lose"),
		N_("Were among the best, and have not come for long."),
		N_("Call them yourself.") },
	[RFM_HIBERNATING] = { "hibernating", N_("Hibernating"),
		N_("Came long ago, once or seldom."),
		N_("Write once, with a good offer, and see who comes.") },
	[RFM_LOST] = { "lost", N_("Lost"),
		N_("Came longest ago, once or seldom."),
		N_("Leave them in peace; spend on others.") },
};

const struct definition rfm_definitions[] = {
	{ "recency", N_("Recency is days from the last visit to the day that is looked back from. "
			"A visit is one customer on one shop day.") },
	{ "frequency", N_("Frequency is how many visits.") },
	{ "monetary", N_("Monetary is all that was paid on the visits, less the refunds that "
			 "follow them.") },
	{ "scale", N_("Each scale goes from 1 to 5, and 5 is best. Its borders are the numbers "
		      "below which 20, 40, 60 and 80 of 100 customers lie (type 7 quantiles), or "
		      "the shop's own. The score is 1 and one more for each border below the "
		      "number; for recency it is 6 less that. Equal numbers score alike, so that "
		      "the fifths need not be of one size.") },
	{ "segments", N_("The segment follows from R and from the mean of F and M, halves up, "
			 "which is 1 for who came once. "
			 "R 5: 1 New, 2 and 3 Potential loyal, 4 and 5 Champions. "
			 "R 4: 1 Promising, 2 Potential loyal, 3 and 4 Loyal, 5 Champions. "
			 "R 3: 1 About to sleep, 2 and 3 Needs attention, 4 and 5 Loyal. "
			 "R 2: 1 and 2 Hibernating, 3 and 4 At risk, 5 Cannot lose. "
			 "R 1: 1 and 2 Lost, 3 At risk, 4 and 5 Cannot lose.") },
	{ "few", N_("With fewer than 50 customers a fifth is fewer than ten people, and chance "
		    "decides who is in it: set borders of your own, or look at them by name.") },
	{ "erased", N_("Who was erased has a part in the borders, and is in no segment: filters "
		       "and lists of people leave them out, too.") },
	{ 0 }
};

bool rfm_segment_find(const char *text, enum rfm_segment *out)
{
	for (enum rfm_segment i = 0; i < RFM_SEGMENTS; i++) {
		*out = i;
		if (!strcasecmp(text, rfm_kinds[i].key) || !strcasecmp(text, rfm_kinds[i].name))
			return true;
	}
	return false;
}

static const struct sheet_column segment_columns[] = {
	{ "segment", N_("Segment"), SHEET_WORD },
	{ "customers", N_("Customers"), SHEET_COUNT },
	{ "share", N_("Share"), SHEET_SHARE },
	{ "monetary", N_("Paid"), SHEET_MONEY },
	{ "action", N_("What to do"), SHEET_WORD },
	{ 0 }
};

void rfm_sheet(const struct rfm *r, struct sheet *out)
{
	sheet_start(out, segment_columns);
	for (enum rfm_segment i = 0; i < RFM_SEGMENTS; i++) {
		int64_t n = r->segments[i].customers;

		sheet_text(out, rfm_kinds[i].name);
		sheet_count(out, n);
		sheet_share(out, (struct share){ n, (int64_t)r->n });
		sheet_money(out, r->segments[i].monetary);
		sheet_text(out, rfm_kinds[i].action);
	}
}

static const struct sheet_column people_columns[] = {
	{ "id", N_("Customer"), SHEET_COUNT },
	{ "recency", N_("Days ago"), SHEET_COUNT },
	{ "frequency", N_("Visits"), SHEET_COUNT },
	{ "monetary", N_("Paid"), SHEET_MONEY },
	{ "r", N_("R"), SHEET_COUNT },
	{ "f", N_("F"), SHEET_COUNT },
	{ "m", N_("M"), SHEET_COUNT },
	{ "segment", N_("Segment"), SHEET_WORD },
	{ 0 }
};

void rfm_people_sheet(const struct rfm *r, struct sheet *out)
{
	sheet_start(out, people_columns);
	for (const struct rfm_row *row = r->row; row < r->row + r->n; row++) {
		sheet_count(out, row->customer);
		sheet_count(out, row->recency);
		sheet_count(out, row->frequency);
		sheet_money(out, row->monetary);
		sheet_count(out, row->r);
		sheet_count(out, row->f);
		sheet_count(out, row->m);
		sheet_text(out, rfm_kinds[row->segment].name);
	}
}

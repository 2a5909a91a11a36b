/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_CARDS_H
#define INSIGHT_CARDS_H

#include "insight/flows.h"

/* The stamp cards of one customer in one program, as the book now says they
 * were. A card begins with its first stamp; what a full card leaves over begins
 * the next. One whose stamps were all taken back never was; one whose stamps all
 * lapsed ended unfilled. When the sale that filled a card is refunded and the
 * card stands again, it has not been filled. */

/* A visit on which stamps came, and how many were on the card before it. */
struct card_visit {
	int32_t day;
	int64_t before;
};

struct stamp_card {
	int32_t begun;
	int32_t filled;		/* 0: not */
	int64_t size;		/* stamps, of a filled one */
	size_t first, visits;	/* in cards.visit; none of one that stood again */
};

struct cards {
	struct stamp_card *row;
	size_t n, cap;
	struct card_visit *visit;
	size_t visit_count, visit_cap;
};

/* Up to the end of 'day'. Begins with { 0 }, and may be filled again. */
void cards_of(const struct flow_person *p, int64_t program, int32_t day, struct cards *out);
void cards_release(struct cards *c);

/* Do visits come sooner as the reward nears? On a filled card: the days
 * between visits that bring stamps, up to its first half, and before its last
 * stamps, a quarter of it. False: it has none of one of them. */
struct card_pace {
	double first, last;	/* mean days between */
};
bool card_pace(const struct cards *c, const struct stamp_card *card, struct card_pace *out);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/filter_parts.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/language.h"
#include "shop/consent.h"
#include "store/record_text.h"

/* Where fields of the customer's record stand in its bytes: shop/customer.c. */
enum { TAG_ID = 1, TAG_NAME = 2, TAG_CALLED = 3, TAG_CODE = 4, TAG_BIRTHDAY = 5, TAG_LANGUAGE = 6,
       TAG_CHANNEL = 7, TAG_ADDRESS = 8, TAG_AREA = 9, TAG_NOTES = 10, TAG_HEARD = 11,
       TAG_ADDED = 12, TAG_PHONES = 14, TAG_EMAILS = 15, TAG_CARDS = 16, TAG_TAGS = 17,
       TAG_CONSENT = 19 };

static const char *const channels[] = { "any", "sms", "email", "whatsapp", "post", "none", NULL };

/* By enum rfm_segment: insight/rfm.h. */
static const char *const rfm_names[] = {
	"champions", "loyal", "potential_loyal", "new", "promising", "needs_attention",
	"about_to_sleep", "at_risk", "cannot_lose", "hibernating", "lost", NULL
};

/* Definitions are of shop/standing.h for balances and of the figures' headers
 * for habits. */
const struct filter_field filter_fields[] = {
	{ { "visits", "visits(90d) >= 3",
	    N_("days with a purchase: ever, or in a window such as 90d, 2026-08 or "
	       "2026-08-01..2026-08-31") },
	  WHAT_VISITS, KIND_COUNT, FROM_FIGURES, ARG_WINDOW, 0, NULL },
	{ { "sales", "sales >= 10", N_("purchases ever, several a day counted each") },
	  WHAT_SALES, KIND_COUNT, FROM_FIGURES, 0, 0, NULL },
	{ { "spend", "spend(12m) >= 5000",
	    N_("what they paid, less refunds: ever, or on the visits of a window; a refund comes "
	       "off the visit that it follows") },
	  WHAT_SPEND, KIND_MONEY, FROM_FIGURES, ARG_WINDOW, 0, NULL },
	{ { "first_visit", "first_visit within 2026-01", N_("the day of their first purchase") },
	  WHAT_FIRST, KIND_DAY, FROM_FIGURES, 0, 0, NULL },
	{ { "last_visit", "last_visit > 60d",
	    N_("the day of their last purchase; \"> 60d\" is longer ago than 60 days. Who never "
	       "came has none: find them with visits = 0") },
	  WHAT_LAST, KIND_DAY, FROM_FIGURES, 0, 0, NULL },
	{ { "cohort", "cohort = 2026-01", N_("the month of their first purchase") },
	  WHAT_COHORT, KIND_DAY, FROM_FIGURES, 0, 0, NULL },
	{ { "gaps", "gaps > 2",
	    N_("how long they have been silent at the shop's last sale, in their own usual gaps: "
	       "the median of the days between visits. Only of who came three times") },
	  WHAT_GAPS, KIND_REAL, FROM_VISITS, 0, 0, NULL },
	{ { "rfm", "rfm = at_risk",
	    N_("their group by recency, frequency and money, as regulars report rfm has it: "
	       "champions, loyal, potential_loyal, new, promising, needs_attention, "
	       "about_to_sleep, at_risk, cannot_lose, hibernating or lost") },
	  WHAT_RFM, KIND_CHOICE, FROM_RFM, 0, 0, rfm_names },
	{ { "r", "r >= 4", N_("how recently they came, 1 to 5, where 5 is best") },
	  WHAT_R, KIND_COUNT, FROM_RFM, 0, 0, NULL },
	{ { "f", "f = 5", N_("how often they come, 1 to 5") },
	  WHAT_F, KIND_COUNT, FROM_RFM, 0, 0, NULL },
	{ { "m", "m <= 2", N_("how much they spend, 1 to 5") },
	  WHAT_M, KIND_COUNT, FROM_RFM, 0, 0, NULL },
	{ { "p_alive", "p_alive < 0.5",
	    N_("how likely they are still a regular, 0 to 1, as regulars report clv has it. Of "
	       "nobody where there is too little to tell") },
	  WHAT_P_ALIVE, KIND_REAL, FROM_CLV, 0, 0, NULL },
	{ { "expected", "expected >= 2", N_("visits to expect of them in the next 52 weeks") },
	  WHAT_EXPECTED, KIND_REAL, FROM_CLV, 0, 0, NULL },
	{ { "value", "value >= 500",
	    N_("what these visits will bring, discounted, in the shop's money") },
	  WHAT_VALUE, KIND_MONEY, FROM_CLV, 0, 0, NULL },
	{ { "visited", "visited(weekday = sat..sun, hour = 9..11) >= 2",
	    N_("purchases on these weekdays, in these hours of the day, or both, and in a "
	       "window") },
	  WHAT_VISITED, KIND_COUNT, FROM_JOURNAL, ARG_TIME | ARG_WINDOW, 0, NULL },
	{ { "bought", "bought(category = \"tea\", 90d)",
	    N_("purchases with this item or category in them, ever or in a window; also those "
	       "that were given back later") },
	  WHAT_BOUGHT, KIND_COUNT, FROM_JOURNAL, ARG_ITEM | ARG_WINDOW, 0, NULL },
	{ { "earned", "earned(30d)",
	    N_("how often they earned points or stamps, ever or in a window") },
	  WHAT_EARNED, KIND_COUNT, FROM_JOURNAL, ARG_WINDOW, 0, NULL },
	{ { "redeemed", "redeemed(30d)",
	    N_("how often they used a reward or paid with points, ever or in a window") },
	  WHAT_REDEEMED, KIND_COUNT, FROM_JOURNAL, ARG_WINDOW, 0, NULL },
	{ { "member", "member(\"Tea card\")", N_("takes part in this program") },
	  WHAT_MEMBER, KIND_YES, FROM_FIGURES, ARG_PROGRAM, 0, NULL },
	{ { "balance", "balance(\"Tea card\") > 0",
	    N_("points or stamps of a program that can be used today; below zero: owed") },
	  WHAT_BALANCE, KIND_COUNT, FROM_LOTS, ARG_PROGRAM, 0, NULL },
	{ { "points", "points >= 100", N_("the same of a program of points") },
	  WHAT_POINTS, KIND_COUNT, FROM_LOTS, ARG_PROGRAM, 0, NULL },
	{ { "stamps", "stamps >= 5", N_("the same of a card of stamps") },
	  WHAT_STAMPS, KIND_COUNT, FROM_LOTS, ARG_PROGRAM, 0, NULL },
	{ { "stamps_left", "stamps_left <= 1",
	    N_("stamps that are missing until the card is full") },
	  WHAT_STAMPS_LEFT, KIND_COUNT, FROM_LOTS, ARG_PROGRAM, 0, NULL },
	{ { "ready", "ready > 0", N_("rewards that wait to be claimed") },
	  WHAT_READY, KIND_COUNT, FROM_LOTS, 0, 0, NULL },
	{ { "lapses", "lapses within 14d",
	    N_("the day after which the next of their points, stamps or rewards lapse; those "
	       "that lapse by absence are not in it") },
	  WHAT_LAPSES, KIND_AHEAD, FROM_LOTS, 0, 0, NULL },
	{ { "birthday", "birthday within 7d",
	    N_("within 7d: today or in the 7 days after it; also = 05-27 and within 2026-08. "
	       "One of 29 February is on the 28th in other years") },
	  WHAT_BIRTHDAY, KIND_BIRTHDAY, FROM_RECORD, 0, TAG_BIRTHDAY, NULL },
	{ { "added", "added within 30d", N_("the day they came into the book") },
	  WHAT_ADDED, KIND_DAY, FROM_RECORD, 0, TAG_ADDED, NULL },
	{ { "tag", "tag:staff", N_("has this tag; tag:\"big eater\" for several words") },
	  WHAT_ROWS, KIND_TEXT, FROM_RECORD, 0, TAG_TAGS, NULL },
	{ { "name", "name ~ \"patel\"",
	    N_("~ is a part of it; case, accents and scripts do not matter, as in search") },
	  WHAT_TEXT, KIND_TEXT, FROM_RECORD, 0, TAG_NAME, NULL },
	{ { "called", "called = \"Ba\"", N_("what you call them in messages") },
	  WHAT_TEXT, KIND_TEXT, FROM_RECORD, 0, TAG_CALLED, NULL },
	{ { "code", "code = C-1007", N_("the till's own id of this person") },
	  WHAT_TEXT, KIND_TEXT, FROM_RECORD, 0, TAG_CODE, NULL },
	{ { "language", "language = gu", N_("of messages") },
	  WHAT_TEXT, KIND_TEXT, FROM_RECORD, 0, TAG_LANGUAGE, NULL },
	{ { "area", "area = \"Adajan\"", N_("part of town; area = \"\" is who has none") },
	  WHAT_TEXT, KIND_TEXT, FROM_RECORD, 0, TAG_AREA, NULL },
	{ { "address", "address ~ \"ring road\"", N_("street and town") },
	  WHAT_TEXT, KIND_TEXT, FROM_RECORD, 0, TAG_ADDRESS, NULL },
	{ { "notes", "notes ~ \"sugar\"", N_("what you wrote down of them") },
	  WHAT_TEXT, KIND_TEXT, FROM_RECORD, 0, TAG_NOTES, NULL },
	{ { "heard", "heard ~ \"instagram\"", N_("how they heard of the shop") },
	  WHAT_TEXT, KIND_TEXT, FROM_RECORD, 0, TAG_HEARD, NULL },
	{ { "phone", "has phone", N_("any of their phones; ~ is a part of its digits") },
	  WHAT_PHONE, KIND_TEXT, FROM_RECORD, 0, TAG_PHONES, NULL },
	{ { "email", "has email and not consent.email", N_("any of their emails") },
	  WHAT_ROWS, KIND_TEXT, FROM_RECORD, 0, TAG_EMAILS, NULL },
	{ { "card", "has card", N_("number of any card that they carry") },
	  WHAT_ROWS, KIND_TEXT, FROM_RECORD, 0, TAG_CARDS, NULL },
	{ { "textable", "textable", N_("has a mobile phone that can be texted") },
	  WHAT_TEXTABLE, KIND_YES, FROM_RECORD, 0, TAG_PHONES, NULL },
	{ { "channel", "channel = whatsapp",
	    N_("how they like to hear from you: any, sms, email, whatsapp, post or none") },
	  WHAT_CHANNEL, KIND_CHOICE, FROM_RECORD, 0, TAG_CHANNEL, channels },
	{ { "consent.sms", "consent.sms",
	    N_("said yes to texts; also = no and = not_asked") },
	  WHAT_CONSENT, KIND_CHOICE, FROM_RECORD, 0, CONSENT_SMS, consent_state_names },
	{ { "consent.email", "consent.email = not_asked", N_("the same of emails") },
	  WHAT_CONSENT, KIND_CHOICE, FROM_RECORD, 0, CONSENT_EMAIL, consent_state_names },
	{ { "consent.whatsapp", "consent.whatsapp = no", N_("the same of WhatsApp") },
	  WHAT_CONSENT, KIND_CHOICE, FROM_RECORD, 0, CONSENT_WHATSAPP, consent_state_names },
	{ { "id", "id <= 100", N_("the number of the customer") },
	  WHAT_ID, KIND_COUNT, FROM_FIGURES, 0, TAG_ID, NULL },
	{ { NULL, NULL, NULL }, 0, 0, 0, 0, 0, NULL }
};

const struct filter_word *filter_word(size_t i)
{
	static const struct filter_word others[] = {
		{ "segment", "segment:\"Cooling\"", N_("who is in a saved segment") },
		{ "has", "has birthday", N_("the field before which it stands is not empty") },
		{ "not", "not tag:staff", N_("the opposite of the test before which it stands") },
	};
	size_t fields = sizeof(filter_fields) / sizeof(filter_fields[0]) - 1;

	if (i < fields)
		return &filter_fields[i].word;
	return i - fields < sizeof(others) / sizeof(others[0]) ? &others[i - fields] : NULL;
}

const struct filter_field *filter_field_named(const char *name)
{
	for (const struct filter_field *f = filter_fields; f->word.name; f++)
		if (!strcasecmp(f->word.name, name))
			return f;
	return NULL;
}

bool filter_field_is_personal(const struct filter_field *f)
{
	return f->kind == KIND_TEXT && f->detail != TAG_TAGS && f->detail != TAG_AREA &&
	       f->detail != TAG_LANGUAGE;
}

/* A slip of a finger, or the beginning of the word. */
const char *filter_name_meant(const char *text, const char *const *names)
{
	const char *near = name_meant(text, names);

	for (size_t i = 0; !near && strlen(text) >= 3 && names[i]; i++)
		if (!strncasecmp(names[i], text, strlen(text)))
			near = names[i];
	return near;
}

bool filter_unknown_field(const char *name)
{
	const char *names[64] = { 0 }, *near;
	const struct filter_word *w;
	char lower[64];
	size_t n = 0;

	for (; n < 63 && (w = filter_word(n)); n++)
		names[n] = w->name;
	snprintf(lower, sizeof(lower), "%s", name);
	for (char *c = lower; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	near = filter_name_meant(lower, names);
	if (near)
		fail(ST_INVALID, "there is no field \"%.40s\"; did you mean %s?", name, near);
	else
		fail(ST_INVALID, "there is no field \"%.40s\"", name);
	return !near;
}

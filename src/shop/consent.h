/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_CONSENT_H
#define SHOP_CONSENT_H

#include "base/buf.h"
#include "shop/customer.h"

/* May we write to them with news and offers? Asked and answered for each
 * channel. Every answer is an entry of the journal, with channel, state and how
 * it came about; the words of whoever wrote it down stand in its side row. The
 * customer's record has the last answer of each channel.
 *
 * An answer is not undone: whoever wrote down the wrong one writes down the
 * right one, or that nobody was asked. */

enum consent_channel { CONSENT_SMS, CONSENT_EMAIL, CONSENT_WHATSAPP, CONSENT_CHANNELS };
enum consent_state { CONSENT_NOT_ASKED, CONSENT_YES, CONSENT_NO, CONSENT_STATES };
enum consent_how {
	CONSENT_BY_STAFF,	/* written down by somebody, on the card or by command */
	CONSENT_AT_COUNTER,	/* asked and answered there */
	CONSENT_IMPORTED,	/* a till or a list says so */
	CONSENT_MERGED,		/* who was merged into them had said so */
	CONSENT_RESTORED,	/* a no that a restored backup did not have yet */
	CONSENT_HOWS
};
/* For records, flags and JSON: "sms", "not_asked", "staff"; end in NULL. */
extern const char *const consent_channel_names[], *const consent_state_names[],
	*const consent_how_names[];
const char *consent_how_name(int64_t how);	/* "unknown" of a later program's */

/* What stands on a channel; NULL: nothing was ever written down. */
const struct consent *consent_find(const struct customer *c, enum consent_channel ch);
enum consent_state consent_of(const struct customer *c, enum consent_channel ch);
/* Have they a phone that can be reached so, or an email? */
bool consent_has_address(const struct customer *c, enum consent_channel ch);

/* The one rule of who may change what stands (NULL: nothing). People in the
 * shop may write down anything. Whatever else writes makes a yes only where
 * nothing was ever written down: not of a no, and not of what was taken back to
 * "not asked". A no of a merge and of a restore always counts; one of a file
 * does not take back a yes that came from people in the shop. The same again is
 * no change. */
bool consent_may(const struct consent *stands, enum consent_state wish, enum consent_how how);

struct consent_change {
	int64_t customer;
	enum consent_channel channel;
	enum consent_state state;
	enum consent_how how;
	const char *words;	/* "signed the form in the shop"; NULL or "" none */
	int64_t occurred;	/* when they said so; 0: now */
};

/* Inside a trade. *changed is false, and nothing was written, when what stands
 * is kept; t->seq is the entry that says what stands, and left alone if none
 * does. It reads and writes the customer's record: what the caller has of them
 * is old after it, and must not be written back. ST_NOT_FOUND: nobody, or
 * erased. */
MUST_CHECK enum status consent_book(struct trade *t, const struct consent_change *c,
				    bool *changed);

/* out->repeated: what stands is the same as before. */
MUST_CHECK enum status consent_set(struct shop *shop, const struct actor *by,
				   const struct consent_change *c, struct trade_run *out);
/* Several at once, all or none. changed: one for each, or NULL. */
struct consent_changes {
	const struct consent_change *row;
	size_t n;
	bool *changed;
};
MUST_CHECK enum status consent_set_all(struct shop *shop, const struct actor *by,
				       const struct consent_changes *all, struct trade_run *out);

/* What an entry of this kind says; how is -1 where a later program had a way of
 * its own. False: channel or state cannot be read, or it is another kind. */
bool consent_of_entry(const struct entry *e, struct consent *out);

/* What stands on each channel, and what its entry says beside: who wrote it
 * down, with which words. said.seq 0: nobody did. */
struct consent_answer {
	struct consent said;
	char who[WHO_SIZE];
	char words[500];
};
MUST_CHECK enum status consent_answers(struct txn *txn, const struct customer *c,
				       struct consent_answer out[CONSENT_CHANNELS]);

/* -- in the language that is used: shop/tell_consent.c -- */

const char *tell_channel(enum consent_channel ch);			/* "Texts" */
const char *tell_consent_state(enum consent_state state);		/* "not asked" */
/* The same, but "yes, no phone" where there is no address. */
const char *tell_consent_now(const struct customer *c, enum consent_channel ch);
const char *tell_consent_how(enum consent_how how);			/* "at the counter" */
/* "Texts: yes". */
const char *tell_consent_short(const struct consent *said);
/* Adds a sentence: "Asha Patel may be texted." */
void tell_consent(const struct consent *said, const char *who, struct buf *out);

/* -- a restore never loses a no -- */

struct consent_refusal {
	int64_t customer;
	enum consent_channel channel;
	int64_t since;
};
struct consent_refusals {
	struct consent_refusal *row;
	size_t n, cap;
};
/* Every no that stands, also for those who were merged into the person: a book
 * of before has them apart. Release it whatever this returns. */
MUST_CHECK enum status consent_refusals(const struct shop *shop, struct consent_refusals *out);
void consent_refusals_release(struct consent_refusals *r);
/* Books those that this book lacks. Who is not in it is passed over. */
MUST_CHECK enum status consent_keep_refusals(struct shop *shop, const struct actor *by,
					     const struct consent_refusals *r);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_CUSTOMER_CARD_H
#define SCREENS_CUSTOMER_CARD_H

#include "insight/clv.h"
#include "screens/list.h"
#include "screens/name.h"
#include "screens/ui.h"
#include "shop/consent.h"
#include "shop/recent.h"

/* One customer: what to know first, and all that happened, newest first. For
 * the files of the card only. */

struct customer_card {
	int64_t id;
	char name[NAME_TEXT];
	struct standing standing;
	struct consent_answer answers[CONSENT_CHANNELS];
	struct recent recent;
	int64_t limit;			/* entries that are read; 0, all, once one scrolls there */
	bool to_end;			/* the last of them is chosen then */
	struct list list;		/* over recent */
	int32_t gap;			/* usual days between visits; 0: not known */

	/* What they are worth, which is worked out behind the rest. */
	bool counting;			/* not yet, and the rest was read: as of 'version', */
	uint64_t version;		/* of the store, and up to 'read' entries */
	int64_t read;
	bool has_worth;			/* 'worth' is known; else these may say why not */
	bool few, early;
	bool priced;			/* money can be told too */
	struct clv_person worth;

	/* what is being asked for */
	int64_t program, amount;	/* a change by hand */
	int64_t other;			/* who becomes this customer */
	enum consent_channel channel;	/* what they say about this one */
	enum consent_state said;
};

/* customer_card_view.c */
void card_draw(const void *state, const struct ui *ui, const struct canvas *c);

/* customer_card_change.c */
void card_adjust(struct customer_card *card, struct ui *ui);
void card_merge(struct customer_card *card, struct ui *ui);
void card_erase(struct customer_card *card, struct ui *ui);

/* customer_card_consent.c: what they say about being written to, in a line, and
 * changing it. Without a format the line does not say when and who. */
void card_consent_words(const struct customer_card *card, const struct format *format,
			struct buf *out);
void card_consent(struct customer_card *card, struct ui *ui);

#endif

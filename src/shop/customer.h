/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_CUSTOMER_H
#define SHOP_CUSTOMER_H

#include "shop/trade.h"

struct phone {
	char text[24];		/* E.164, or the digits as typed */
	bool e164;		/* false: cannot be texted */
	bool mobile;
};
struct email { char address[128]; };
struct card { char code[64]; };
struct tag { char name[40]; };
struct past_code { char code[64]; };
/* What they say about one channel, as its entry has it: shop/consent.h. */
struct consent {
	int64_t channel, state, how;
	int64_t since;		/* when they said so */
	int64_t seq;		/* of the entry */
};

enum channel { CHANNEL_ANY, CHANNEL_SMS, CHANNEL_EMAIL, CHANNEL_WHATSAPP, CHANNEL_POST,
	       CHANNEL_NONE };

struct customer {
	int64_t id;
	char name[200];
	char called[80];		/* what we call them in messages */
	char code[64];			/* the till's own id; "" none */
	char birthday[11];		/* "05-27" or "1990-05-27" */
	char language[16];
	int64_t channel;		/* preferred: enum channel */
	char address[300];
	char area[100];
	char notes[1000];
	char heard[100];		/* how they heard of us */
	int64_t added;			/* shop day */
	bool erased;			/* or merged into another */
	uint32_t phone_count, email_count, card_count, tag_count, past_code_count,
		 consent_count;
	struct phone phones[4];
	struct email emails[4];
	struct card cards[4];
	struct tag tags[16];
	struct past_code past_codes[8];	/* the till's ids of who was merged into them */
	struct consent consents[3];	/* by channel; changed by consent_book() alone */
	struct unknown later;
};
extern const struct record_type customer_type;

/* Reads flags and columns. What is there already is not added twice.
 * ST_INVALID: cannot be read. ST_FULL: there are as many as can be kept. */
MUST_CHECK enum status customer_add_phone(struct customer *c, const char *text,
					  const char *country);
MUST_CHECK enum status customer_add_email(struct customer *c, const char *text);
MUST_CHECK enum status customer_add_card(struct customer *c, const char *text);
MUST_CHECK enum status customer_add_tag(struct customer *c, const char *text);
/* "05-27", "1990-05-27"; "" takes it away. */
MUST_CHECK enum status customer_set_birthday(struct customer *c, const char *text);
/* Puts every field through these and text_clean() once more, whoever filled
 * them. ST_INVALID: there is neither name nor phone, email, card or code. */
MUST_CHECK enum status customer_tidy(struct customer *c, const char *country);

/* The name; a phone, an email, a card or the code where there is none; "" of who
 * was erased. It is text in 'c'. */
const char *customer_label(const struct customer *c);
/* "Asha Patel (#17)" for a sentence, cut at 60 bytes: the label. */
enum { CUSTOMER_TITLE = 96 };
void customer_title(const struct customer *c, char out[CUSTOMER_TITLE]);

/* -- inside a transaction -- */

/* False: there was never one with this id, or the transaction failed. Of one
 * who was merged it gives who that is now: c->id is then another. */
bool customer_get(struct txn *txn, int64_t id, struct customer *c);
/* Gives c->id, and c->added where it is 0; writes the record, its indexes and
 * an entry. ST_EXISTS: a card or the code belongs to somebody else. */
MUST_CHECK enum status customer_insert(struct trade *t, struct customer *c);
/* The same for many, three times as fast: the words of their names wait in a
 * batch, which the caller must write before the transaction ends, and before
 * it changes one of them. */
struct word_batch;
MUST_CHECK enum status customer_insert_later(struct trade *t, struct customer *c,
					     struct word_batch *words);
/* The entry names the fields that changed, its side row has what was in them.
 * Without a change there is no entry, and t->seq stays. */
MUST_CHECK enum status customer_update(struct trade *t, const struct customer *before,
				       const struct customer *after);

/* 0: nobody. A card in any case, the till's id just as it is. */
int64_t customer_by_card(struct txn *txn, const char *code);
int64_t customer_by_code(struct txn *txn, const char *code);
/* All with this phone (as base/phone has it) or email, at most 'most'; gives
 * how many. */
size_t customers_by_phone(struct txn *txn, const char *phone, int64_t *ids, size_t most);
size_t customers_by_email(struct txn *txn, const char *email, int64_t *ids, size_t most);

/* Whom a person means by CARD, CODE, PHONE or the end of one, EMAIL, #ID or
 * NAME. ST_NOT_FOUND: nobody (with the nearest names). ST_REFUSED: it fits
 * two, and both names are said. */
MUST_CHECK enum status customer_resolve(struct txn *txn, const struct shop *shop,
					const char *who, int64_t *id);

/* Whose card, or the till's id of whom, a scanner read; 0: nobody's. */
MUST_CHECK enum status customer_by_scan(const struct shop *shop, const char *code, int64_t *id);

/* ST_EXISTS: somebody like that is there, as customer_add() would say. */
MUST_CHECK enum status customer_is_new(struct txn *txn, const struct customer *c);

/* -- whole verbs -- */

/* ST_EXISTS: somebody like that is there (same phone, same email, or a near
 * name in the same area), named in the sentence, unless 'force'. Channel, state
 * and how of c->consents are what they were asked: each becomes an entry. */
MUST_CHECK enum status customer_add(struct shop *shop, const struct actor *by,
				    struct customer *c, bool force);
struct customer_addition {
	struct customer *customer;
	bool force;
	bool repeated;		/* out: they were added before, by the same operation */
};
MUST_CHECK enum status customer_add_once(struct shop *shop, const struct actor *by,
					 struct customer_addition *a);
/* c->id says whose; the other fields are what shall stand there. */
MUST_CHECK enum status customer_edit(struct shop *shop, const struct actor *by,
				     struct customer *c);
/* Blanks every personal field, the side rows of their entries and all indexes;
 * the ledger stays. */
MUST_CHECK enum status customer_erase(struct shop *shop, const struct actor *by, int64_t id);

/* Makes one of two: what 'from' has, their history, cards and codes go to
 * 'into', and #from means #into from then on. It cannot be undone; nothing is
 * sent. ST_REFUSED: they have more phones, notes ... than one can have. */
struct customer_merge {
	int64_t from, into;
	uint64_t take;		/* bit f->tag: this field as 'from' has it; else as 'into', and
				   where that has nothing, as 'from' */
	bool dry_run;		/* all of it, and nothing is kept */
};
struct customer_merged {
	struct trade_run run;
	struct customer customer;	/* what became of them */
	struct holder holder;		/* with all lots; the caller releases it */
};
MUST_CHECK enum status customer_merge(struct shop *shop, const struct actor *by,
				      const struct customer_merge *m,
				      struct customer_merged *out);
/* Can 'take' name it? */
bool customer_field_is_choice(const struct field *f);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_SHOP_H
#define SHOP_SHOP_H

#include "base/conf.h"
#include "ledger/book.h"

/* What the shop has settled about itself. Each change is an entry. */
struct settings {
	char name[200];
	char currency[4];		/* ISO 4217 */
	int64_t decimals;		/* of amounts, 0..4; -1 at init: as the currency has */
	char country[3];		/* ISO 3166: how phones without a plus are read */
	char timezone[64];		/* "Asia/Kolkata" */
	char language[16];		/* "gu" */
	bool sample;			/* a demo shop: every screen says SAMPLE */
	struct unknown later;
};
extern const struct record_type settings_type;

struct shop {
	struct store *store;
	struct settings settings;
	struct conf conf;
	int decimals;			/* settings.decimals */
};

/* Checks every field (currency, country, zone known; name there), fills what
 * is left out from the country where it is clear, makes the shop. */
MUST_CHECK enum status shop_create(const char *dir, struct settings *settings, bool group,
				   const struct actor *by);
/* Opens it and sets the process's time zone to the shop's. */
MUST_CHECK enum status shop_open(const char *dir, struct shop *shop);
void shop_close(struct shop *shop);
/* Changes one setting: timezone, language, name, country. Not the currency. */
MUST_CHECK enum status shop_set(struct shop *shop, const struct actor *by,
				const char *name, const char *value);

/* "Asia/Kolkata" for IN, "INR" for IN, ...; NULL where it is not clear. */
const char *country_zone(const char *country);
const char *country_currency(const char *country);

/* meta rows by name: small bytes. */
bool meta_get(struct txn *txn, const char *name, struct bytes *value);
void meta_put(struct txn *txn, const char *name, struct bytes value);

#endif

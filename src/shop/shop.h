/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_SHOP_H
#define SHOP_SHOP_H

#include "base/conf.h"
#include "base/format.h"
#include "ledger/book.h"

/* How amounts and dates are written, and names shown. "auto" is what the
 * shop's country and currency have; of digits, the Latin ones. */
enum grouping_setting { GROUPING_AUTO, GROUPING_BY_3, GROUPING_BY_2, GROUPING_OFF };
enum date_setting { DATE_ORDER_AUTO, DATE_ORDER_DMY, DATE_ORDER_MDY, DATE_ORDER_YMD };
enum digits_setting { DIGITS_AUTO, DIGITS_LATIN, DIGITS_NATIVE };
/* NAMES_AUTO: as they were written, in Latin letters where a terminal can show
 * no others. */
enum names_setting { NAMES_AUTO, NAMES_NATIVE, NAMES_LATIN, NAMES_BOTH };

/* What the shop has settled about itself. Each change is an entry. */
struct settings {
	char name[200];
	char currency[4];		/* ISO 4217 */
	int64_t decimals;		/* of amounts, 0..4; -1 at init: as the currency has */
	char country[3];		/* ISO 3166: how phones without a plus are read */
	char timezone[64];		/* "Asia/Kolkata" */
	char language[16];		/* "gu" */
	bool sample;			/* a demo shop: every screen says SAMPLE */
	int64_t grouping;		/* enum grouping_setting */
	int64_t date_order;		/* enum date_setting */
	int64_t digits;			/* enum digits_setting: the language's own */
	int64_t names;			/* enum names_setting */
	char backup_folder[1000];	/* absolute; "" none */
	struct unknown later;
};
extern const struct record_type settings_type;

/* What a program must know to use a store; raised when an older program would do
 * damage. Rows that an older program can carry unread do not raise it.
 * 2: consent; a program without it loses a no when two customers become one.
 * 3: segments; a program without them takes their entries for damage, and its dumps
 * leave them out. */
enum { SHOP_NEEDS = 3 };

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
/* Is there the shop that this very operation made, of these settings? They are
 * filled in as shop_create() does. What is there may have been damaged since, or be
 * somebody else's: then it is not, and shop_create() says why. */
bool shop_is_made(const char *dir, struct settings *settings, const struct actor *by);
/* Opens it and sets the process's time zone to the shop's. */
MUST_CHECK enum status shop_open(const char *dir, struct shop *shop);
/* The same while this process or its parent is replacing it (store/replace.h). */
MUST_CHECK enum status shop_open_held(const char *dir, struct shop *shop);
/* The folder that is meant when none is named: regulars/shop in $XDG_DATA_HOME or
 * ~/.local/share. The caller frees it. */
char *shop_usual_dir(void);
/* How the store in this folder is opened, by its shop.conf. */
MUST_CHECK enum status shop_options(const char *dir, struct store_options *out);
void shop_close(struct shop *shop);
/* As they are now: another process may have changed them since it was opened. */
MUST_CHECK enum status shop_settings(struct txn *txn, struct settings *out);
/* Changes one setting: name, country, timezone, language, grouping, date_order,
 * digits, names, backup_folder (one that is there; "" none). Not the currency. */
MUST_CHECK enum status shop_set(struct shop *shop, const struct actor *by,
				const char *name, const char *value);

/* How this shop writes amounts and dates in a language ("gu"). 'ascii': for
 * terminals that can show nothing else, "Rs" or "AMD" for the sign of money and
 * Latin digits. The shop need not be made yet. */
void settings_format(const struct settings *s, const char *language, bool ascii,
		     struct format *out);

/* "Asia/Kolkata" for IN, "INR" for IN, ...; NULL where it is not clear. */
const char *country_zone(const char *country);
const char *country_currency(const char *country);
enum grouping country_grouping(const char *country);
enum date_style country_dates(const char *country);
/* Does its symbol stand behind the amount? */
bool currency_is_behind(const char *currency);

/* From now on the shop needs a program that knows what this one does: called
 * with the first row of a kind that an older one would do harm to. */
void shop_raise_needs(struct txn *txn);

/* meta rows by name: small bytes. */
bool meta_get(struct txn *txn, const char *name, struct bytes *value);
void meta_put(struct txn *txn, const char *name, struct bytes value);

#endif

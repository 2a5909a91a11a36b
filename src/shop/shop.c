/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/shop.h"

#include <pwd.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/language.h"
#include "base/money.h"
#include "base/phone.h"
#include "ledger/done.h"
#include "shop/instance.h"
#include "shop/places.h"
#include "shop/rule.h"
#include "store/record_text.h"

static const char *const groupings[] = { "auto", "thousands", "indian", "none", NULL };
static const char *const date_orders[] = { "auto", "dmy", "mdy", "ymd", NULL };
static const char *const digit_kinds[] = { "auto", "latin", "native", NULL };
static const char *const name_kinds[] = { "auto", "native", "latin", "both", NULL };

static const struct field settings_fields[] = {
	FIELD(1, FIELD_TEXT, struct settings, name, .flags = FIELD_REQUIRED,
	      .label = "Shop", .value = "TEXT", .help = "the shop's name, as messages say it"),
	FIELD(2, FIELD_TEXT, struct settings, currency, .label = "Currency", .value = "CODE",
	      .help = "ISO code of the shop's money: INR, AMD, EUR"),
	FIELD(3, FIELD_INT, struct settings, decimals, .least = -1, .most = 4,
	      .label = "Decimals", .value = "N", .help = "decimals of amounts, when not the "
							 "currency's own"),
	FIELD(4, FIELD_TEXT, struct settings, country, .label = "Country", .value = "CODE",
	      .help = "ISO code of the country: IN, AM, PK"),
	FIELD(5, FIELD_TEXT, struct settings, timezone, .label = "Time zone", .value = "ZONE",
	      .help = "Asia/Kolkata; the country's, where it has one"),
	FIELD(6, FIELD_TEXT, struct settings, language, .label = "Language", .value = "CODE",
	      .help = "en, hi, gu, ur or hy"),
	FIELD(7, FIELD_BOOL, struct settings, sample, .flags = FIELD_INTERNAL, .label = "Sample"),
	FIELD(8, FIELD_CHOICE, struct settings, grouping, .choices = groupings,
	      .label = "Grouping", .help = "1,234,567 or 12,34,567; auto: as the country does"),
	FIELD(9, FIELD_CHOICE, struct settings, date_order, .choices = date_orders,
	      .label = "Dates", .help = "day, month and year on the screen; auto: as the country "
					"does"),
	FIELD(10, FIELD_CHOICE, struct settings, digits, .choices = digit_kinds,
	      .label = "Digits", .help = "on the screen: 0-9, or those of the language's script"),
	FIELD(11, FIELD_CHOICE, struct settings, names, .choices = name_kinds,
	      .label = "Names", .help = "on the screen: as written, in Latin letters, or both"),
	FIELD(12, FIELD_TEXT, struct settings, backup_folder, .label = "Backups",
	      .value = "DIR", .help = "folder for the nightly backups, best on another disk"),
	{ 0 }
};
const struct record_type settings_type = {
	"settings", sizeof(struct settings), settings_fields, offsetof(struct settings, later)
};

/* The XDG base directory specification: a path that is not absolute counts as
 * none. */
char *shop_usual_dir(void)
{
	const char *xdg = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	const struct passwd *user;
	struct buf path = { 0 };

	if (xdg && *xdg == '/') {
		buf_printf(&path, "%s/regulars/shop", xdg);
		return path.at;
	}
	if (!home || *home != '/') {
		user = getpwuid(geteuid());
		home = user ? user->pw_dir : "";
	}
	buf_printf(&path, "%s/.local/share/regulars/shop", home);
	return path.at;
}

static struct key meta_key(const char *name)
{
	struct key k;

	k.len = 0;
	key_text(&k, name);
	return k;
}

bool meta_get(struct txn *txn, const char *name, struct bytes *value)
{
	struct key k = meta_key(name);

	return txn_get(txn, TABLE_META, &k, value);
}

void meta_put(struct txn *txn, const char *name, struct bytes value)
{
	struct key k = meta_key(name);

	txn_put(txn, TABLE_META, &k, value);
}

/* -- settings -- */

static void fill_from_country(struct settings *s)
{
	if (!s->timezone[0] && country_zone(s->country))
		snprintf(s->timezone, sizeof(s->timezone), "%s", country_zone(s->country));
	if (!s->currency[0] && country_currency(s->country))
		snprintf(s->currency, sizeof(s->currency), "%s", country_currency(s->country));
	if (!s->language[0])
		strcpy(s->language, "en");
}

/* What is there is named without links, so that it is the same for cron. */
static enum status check_folder(struct settings *s)
{
	char *real = realpath(s->backup_folder, NULL);
	struct stat st;
	bool fits = real && strlen(real) < sizeof(s->backup_folder);

	if (fits && !stat(real, &st) && S_ISDIR(st.st_mode)) {
		strcpy(s->backup_folder, real);
		free(real);
		return ST_OK;
	}
	free(real);
	return fail(ST_INVALID, "there is no folder %.300s; make it first, or plug its disk in",
		    s->backup_folder);
}

static enum status no_zone(const char *country)
{
	struct zones zones;
	enum status st;

	zones_load(country, &zones);
	st = fail(ST_INVALID, "in %s clocks are not all the same: say which time zone, such as "
		  "--timezone %s", country, zones.n ? zones.row[0].name : "Europe/Madrid");
	zones_release(&zones);
	return st;
}

static enum status check_settings(struct settings *s)
{
	const struct currency *currency;

	if (!s->name[0])
		return fail(ST_INVALID, "a shop needs a name, such as Patel Tea House");
	if (!s->country[0] || !phone_country_exists(s->country))
		return fail(ST_INVALID, "country \"%s\" is not a country's two letters; India is "
			    "IN, Armenia AM, Pakistan PK", s->country);
	if (!s->currency[0])
		return fail(ST_INVALID, "say which currency the shop takes, such as "
			    "--currency USD");
	currency = currency_find(s->currency);
	if (!currency)
		return fail(ST_INVALID, "currency \"%s\" is not a currency's three letters, such "
			    "as INR, AMD, PKR, EUR", s->currency);
	memcpy(s->currency, currency->code, sizeof(s->currency));
	if (s->decimals < 0)
		s->decimals = currency->decimals;
	if (s->decimals > 4)
		return fail(ST_INVALID, "an amount has at most 4 decimals");
	if (!language_find(s->language))
		return fail(ST_INVALID, "language \"%s\" is not there; regulars speaks en, hi, "
			    "gu, ur and hy", s->language);
	return s->timezone[0] ? clock_set_zone(s->timezone) : no_zone(s->country);
}

static enum status put_settings(struct txn *txn, const struct settings *s, const struct actor *by)
{
	struct book book;
	struct entry *e;
	uint8_t row[2048];
	size_t len = sizeof(row);
	enum status st = record_encode(&settings_type, s, row, &len);

	if (st != ST_OK)
		return txn_fail(txn, st);
	meta_put(txn, "settings", (struct bytes){ row, len });
	book_open(&book, txn);
	e = entry_new();
	book_start(&book, e, ENTRY_SETTING, by);
	st = entry_set_rule(e, &settings_type, s, (int)s->decimals);
	if (st == ST_OK)
		st = book_post(&book, e);
	entry_free(e);
	if (st == ST_OK)
		return book_close(&book);
	book_abandon(&book);
	return st;
}

struct creation {
	const char *dir;
	const struct settings *settings;
	const struct actor *by;
};

void shop_raise_needs(struct txn *txn)
{
	const uint8_t needs = SHOP_NEEDS;
	struct bytes value;

	if (!meta_get(txn, "needs", &value) || value.len != 1 ||
	    *(const uint8_t *)value.at < SHOP_NEEDS)
		meta_put(txn, "needs", (struct bytes){ &needs, 1 });
}

/* What init was asked for, with what was left out filled in. */
static uint64_t content_of(const struct settings *s)
{
	uint8_t row[2048];
	size_t len = sizeof(row);

	return record_encode(&settings_type, s, row, &len) == ST_OK ? digest_content(row, len) : 0;
}

static enum status first_transaction(struct txn *txn, void *arg)
{
	const struct creation *c = arg;
	uint8_t instance[16], salt[32], needs = SHOP_NEEDS, digest[DIGEST_SIZE];
	struct key op = done_op(c->by->op);
	enum status st;

	randombytes_buf(instance, sizeof(instance));
	randombytes_buf(salt, sizeof(salt));
	meta_put(txn, "needs", (struct bytes){ &needs, 1 });
	meta_put(txn, "written_by", (struct bytes){ PACKAGE_VERSION, strlen(PACKAGE_VERSION) });
	meta_put(txn, "instance", (struct bytes){ instance, sizeof(instance) });
	/* Carried by backup and dump: what is done to people who left the book
	 * ("do not contact") is kept as a digest with this salt. */
	meta_put(txn, "salt", (struct bytes){ salt, sizeof(salt) });
	instance_write_here(txn, c->dir);
	st = put_settings(txn, c->settings, c->by);
	if (st == ST_OK && c->by->has_op)
		done_put(txn, &op, journal_last(txn, digest), content_of(c->settings));
	return st;
}

static enum status settle(struct settings *s)
{
	enum status st;

	for (char *p = s->country; *p; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	fill_from_country(s);
	st = check_settings(s);
	return st == ST_OK && *s->backup_folder ? check_folder(s) : st;
}

enum status shop_create(const char *dir, struct settings *settings, bool group,
			const struct actor *by)
{
	struct store_options options = { .group = group };
	struct creation c = { dir, settings, by };
	enum status st = settle(settings);

	return st == ST_OK ? store_create(dir, &options, first_transaction, &c) : st;
}

/* -- opening -- */

enum status shop_settings(struct txn *txn, struct settings *s)
{
	struct bytes value;

	if (meta_get(txn, "needs", &value) && value.len == 1 &&
	    *(const uint8_t *)value.at > SHOP_NEEDS)
		return fail(ST_TOO_NEW, "this shop was used with a newer regulars; install that "
			    "version here too");
	if (!meta_get(txn, "settings", &value)) {
		if (txn_status(txn) != ST_OK)
			return txn_status(txn);
		return fail(ST_CORRUPT, "the store has no settings; run: regulars verify");
	}
	return record_decode(&settings_type, s, value.at, value.len);
}

static enum status read_settings(struct txn *txn, void *arg)
{
	return shop_settings(txn, arg);
}

static enum status read_conf(const char *dir, struct conf *conf)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/shop.conf", dir);
	return conf_read(path, conf);
}

static struct store_options options_of(const struct conf *conf)
{
	return (struct store_options){ .network_disk = conf->network_disk,
				       .map_mib = conf->map_gib * 1024 };
}

enum status shop_options(const char *dir, struct store_options *out)
{
	struct conf conf;
	enum status st = read_conf(dir, &conf);

	*out = (struct store_options){ 0 };
	if (st == ST_OK)
		*out = options_of(&conf);
	return st;
}

static enum status open_store(const char *dir, bool held, struct shop *shop)
{
	struct store_options options;
	enum status st = read_conf(dir, &shop->conf);

	if (st != ST_OK)
		return st;
	options = options_of(&shop->conf);
	options.held = held;
	return store_open(dir, &options, &shop->store);
}

static enum status open_shop(const char *dir, bool held, struct shop *shop)
{
	enum status st;

	memset(shop, 0, sizeof(*shop));
	st = open_store(dir, held, shop);
	if (st != ST_OK)
		return st;
	st = store_read(shop->store, read_settings, &shop->settings);
	if (st == ST_OK)
		st = clock_set_zone(shop->settings.timezone);
	shop->decimals = (int)shop->settings.decimals;
	if (st != ST_OK)
		shop_close(shop);
	return st;
}

enum status shop_open(const char *dir, struct shop *shop)
{
	return open_shop(dir, false, shop);
}

enum status shop_open_held(const char *dir, struct shop *shop)
{
	return open_shop(dir, true, shop);
}

struct made_before {
	struct key op;
	uint64_t content;
	bool made;
};

static enum status look_for_op(struct txn *txn, void *arg)
{
	struct made_before *m = arg;
	uint64_t content;
	int64_t seq;

	m->made = done_find(txn, &m->op, &seq, &content) && content == m->content;
	return txn_status(txn);
}

bool shop_is_made(const char *dir, struct settings *settings, const struct actor *by)
{
	struct made_before m = { .made = false };
	struct shop shop;

	if (!by->has_op || settle(settings) != ST_OK || shop_open(dir, &shop) != ST_OK)
		return false;
	m.op = done_op(by->op);
	m.content = content_of(settings);
	if (store_read(shop.store, look_for_op, &m) != ST_OK)
		m.made = false;
	shop_close(&shop);
	return m.made;
}

void shop_close(struct shop *shop)
{
	store_close(shop->store);
	shop->store = NULL;
}

struct setting_change {
	const struct field *field;
	const struct settings *wanted;
	const struct actor *by;
	struct settings now;
};

/* Into the settings as they are now: somebody else may have changed another
 * one. What is so already makes no entry. */
static enum status write_setting(struct txn *txn, void *arg)
{
	struct setting_change *c = arg;
	enum status st = shop_settings(txn, &c->now);

	if (st != ST_OK || field_is_equal(c->field, &c->now, c->wanted))
		return st;
	memcpy(field_at(c->field, &c->now), field_at(c->field, c->wanted), c->field->size);
	return put_settings(txn, &c->now, c->by);
}

enum status shop_set(struct shop *shop, const struct actor *by, const char *name,
		     const char *value)
{
	struct settings changed = shop->settings;
	const struct field *f = record_field(&settings_type, name);
	struct setting_change c = { .field = f, .wanted = &changed, .by = by };
	struct field_reading how = { name, shop->decimals };
	enum status st;

	if (!f || (f->type != FIELD_TEXT && f->type != FIELD_CHOICE))
		return fail(ST_INVALID, "there is no setting \"%s\"; name, country, timezone, "
			    "language, grouping, date_order, digits, names and backup_folder "
			    "can be changed",
			    name);
	if (!strcmp(name, "currency"))
		return fail(ST_REFUSED, "the currency cannot be changed: every amount in the book "
			    "is in %s; make a new shop for another", shop->settings.currency);
	st = field_parse(f, &changed, value, &how);
	if (st == ST_OK)
		st = check_settings(&changed);
	if (st == ST_OK && f->offset == offsetof(struct settings, backup_folder) && *value)
		st = check_folder(&changed);
	if (st == ST_OK)
		st = store_write(shop->store, write_setting, &c);
	if (st == ST_OK)
		shop->settings = c.now;
	return st;
}

/* -- how it writes -- */

/* CLDR: the digits of a language's script. */
static uint32_t native_zero(const char *language)
{
	static const struct { char language[3]; uint32_t zero; } zeros[] = {
		{ "gu", 0x0ae6 }, { "hi", 0x0966 }, { "ur", 0x06f0 },
	};

	for (size_t i = 0; i < sizeof(zeros) / sizeof(zeros[0]); i++)
		if (!strcmp(zeros[i].language, language))
			return zeros[i].zero;
	return '0';
}

static bool is_ascii(const char *text)
{
	while (*text && !(*text & 0x80))
		text++;
	return !*text;
}

/* The symbol of money as it is shown, and what else is read for it. */
static void set_symbol(const struct settings *s, bool ascii, struct format *f)
{
	const struct currency *currency = currency_find(s->currency);
	const char *sign = currency ? currency->symbol : s->currency;
	const char *plain = !strcmp(s->currency, "INR") ? "Rs" : s->currency;
	bool as_plain = ascii && !is_ascii(sign);

	snprintf(f->symbol, sizeof(f->symbol), "%s", as_plain ? plain : sign);
	snprintf(f->read_too[0], sizeof(f->read_too[0]), "%s", as_plain ? sign : plain);
	snprintf(f->read_too[1], sizeof(f->read_too[1]), "%s", s->currency);
	f->symbol_behind = currency_is_behind(s->currency);
	f->decimals = s->decimals >= 0 ? (int)s->decimals : currency ? currency->decimals : 2;
}

void settings_format(const struct settings *s, const char *language, bool ascii,
		     struct format *out)
{
	*out = (struct format){ .grouping = country_grouping(s->country),
				.dates = country_dates(s->country), .zero = '0' };
	set_symbol(s, ascii, out);
	switch (s->grouping) {
	case GROUPING_BY_3: out->grouping = GROUPING_THOUSANDS; break;
	case GROUPING_BY_2: out->grouping = GROUPING_INDIAN; break;
	case GROUPING_OFF: out->grouping = GROUPING_NONE; break;
	}
	switch (s->date_order) {
	case DATE_ORDER_DMY: out->dates = DATE_DMY; break;
	case DATE_ORDER_MDY: out->dates = DATE_MDY; break;
	case DATE_ORDER_YMD: out->dates = DATE_YMD; break;
	}
	if (s->digits == DIGITS_NATIVE && !ascii)
		out->zero = native_zero(language);
}

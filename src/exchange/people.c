/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/importing.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "shop/number.h"

enum { FOLD_ROOM = 600, SHARING_MOST = 16 };

void people_forget(struct people *p)
{
	known_clear(&p->rows);
	known_clear(&p->names);
	p->names_read = false;
}

void people_end(struct people *p)
{
	people_forget(p);
	bits_release(&p->met);
}

/* -- what the columns say -- */

static enum status in_column(enum column c, enum status st)
{
	return st == ST_OK ? ST_OK :
		fail(ST_INVALID, "%s: %s", column_name(c), status_text());
}

static enum status take_text(enum column c, const char *text, char *out, size_t size)
{
	return in_column(c, text_clean(text, strlen(text), out, size));
}

/* "regular; likes window seats" */
static enum status take_tags(struct customer *c, const char *text)
{
	char tag[sizeof(((struct tag *)0)->name) * 2];
	enum status st = ST_OK;

	while (*text && st == ST_OK) {
		size_t len = strcspn(text, ",;|");

		if (len >= sizeof(tag))
			return fail(ST_INVALID, "tags: \"%.40s...\" is longer than a tag can be; "
				    "put commas between tags", text);
		memcpy(tag, text, len);
		tag[len] = '\0';
		st = in_column(COLUMN_TAGS, customer_add_tag(c, tag));
		text += len + (text[len] != '\0');
	}
	return st;
}

/* In our own contract a phone or an email that cannot be read is refused; tills
 * let people type anything there, and the sale counts all the same. */
static enum status read_contacts(struct importing *im, const char *const field[COLUMNS])
{
	struct customer *c = &im->people.candidate;
	enum status phone = ST_OK, email = ST_OK;
	char wrong[IMPORT_SENTENCE] = "";

	if (*field[COLUMN_PHONE])
		phone = in_column(COLUMN_PHONE, customer_add_phone(c, field[COLUMN_PHONE],
							im->shop->settings.country));
	if (phone != ST_OK)
		snprintf(wrong, sizeof(wrong), "%s", status_text());
	if (*field[COLUMN_EMAIL])
		email = in_column(COLUMN_EMAIL, customer_add_email(c, field[COLUMN_EMAIL]));
	if (email != ST_OK)
		snprintf(wrong + strlen(wrong), sizeof(wrong) - strlen(wrong), "%s%s",
			 *wrong ? "; " : "", status_text());
	if (!*wrong)
		return ST_OK;
	if (!im->format)
		return fail(ST_INVALID, "%s", wrong);
	snprintf(im->people.left, IMPORT_SENTENCE, "%s", wrong);
	return ST_OK;
}

static enum status read_ids(struct importing *im, const char *const field[COLUMNS])
{
	struct customer *c = &im->people.candidate;
	enum status st;

	record_clear(&customer_type, c);
	im->people.left[0] = '\0';
	st = take_text(COLUMN_CUSTOMER, field[COLUMN_CUSTOMER], c->code, sizeof(c->code));
	if (st == ST_OK)
		st = take_text(COLUMN_NAME, field[COLUMN_NAME], c->name, sizeof(c->name));
	if (st == ST_OK)
		st = read_contacts(im, field);
	if (st == ST_OK && *field[COLUMN_CARD])
		st = in_column(COLUMN_CARD, customer_add_card(c, field[COLUMN_CARD]));
	return st;
}

/* What was asked for, what the column says, what the shop has. */
static enum date_order birthday_order(const struct importing *im)
{
	static const enum date_order orders[] = {
		[DATE_DMY] = DATES_DMY, [DATE_MDY] = DATES_MDY, [DATE_YMD] = DATES_YMD
	};
	struct format f;

	if (im->how->dates != DATES_AUTO)
		return im->how->dates;
	if (im->columns.birthdays != DATES_AUTO)
		return im->columns.birthdays;
	settings_format(&im->shop->settings, "", false, &f);
	return orders[f.dates];
}

/* In that order, else in the only one that it can have. */
static bool split_birthday(const struct importing *im, const char *text, struct civil *day)
{
	struct civil dmy, mdy;
	bool by_day, by_month;

	if (date_split(text, birthday_order(im), day) == ST_OK)
		return true;
	by_day = date_split(text, DATES_DMY, &dmy) == ST_OK;
	by_month = date_split(text, DATES_MDY, &mdy) == ST_OK;
	*day = by_day ? dmy : mdy;
	return by_day != by_month;
}

/* Nobody is born in the year to come: two digits are of the last century then. */
static void read_birthday(struct importing *im, const char *text)
{
	struct customer *c = &im->people.candidate;
	int32_t today = clock_day(clock_now());
	struct civil day;
	char plain[40];

	im->people.birthday_left = customer_set_birthday(c, text) != ST_OK;
	if (!im->people.birthday_left || !split_birthday(im, text, &day))
		return;
	snprintf(plain, sizeof(plain), "%04d", day.year);
	if (day_from_civil(day.year, day.month, day.day) > today) {
		if (strstr(text, plain))
			return;
		day.year -= 100;
	}
	snprintf(plain, sizeof(plain), "%04d-%02d-%02d", day.year, day.month, day.day);
	im->people.birthday_left = customer_set_birthday(c, plain) != ST_OK;
}

static enum status read_rest(struct importing *im, const char *const field[COLUMNS])
{
	struct customer *c = &im->people.candidate;
	enum status st;

	read_birthday(im, field[COLUMN_BIRTHDAY]);
	st = take_text(COLUMN_LANGUAGE, field[COLUMN_LANGUAGE], c->language,
		       sizeof(c->language));
	if (st == ST_OK)
		st = take_text(COLUMN_AREA, field[COLUMN_AREA], c->area, sizeof(c->area));
	if (st == ST_OK)
		st = take_text(COLUMN_ADDRESS, field[COLUMN_ADDRESS], c->address,
			       sizeof(c->address));
	if (st == ST_OK)
		st = take_text(COLUMN_NOTES, field[COLUMN_NOTES], c->notes, sizeof(c->notes));
	return st == ST_OK ? take_tags(c, field[COLUMN_TAGS]) : st;
}

static bool says_nothing(const struct customer *c)
{
	return !*c->code && !*c->name && !c->phone_count && !c->email_count && !c->card_count;
}

/* -- who that is -- */

static bool same_name(const char *a, const char *b)
{
	char x[FOLD_ROOM], y[FOLD_ROOM];

	text_fold(a, x, sizeof(x));
	text_fold(b, y, sizeof(y));
	return !strcmp(x, y);
}

/* Everybody's folded name, read at the first row that has only a name. */
static void add_name(struct people *p, const struct customer *c)
{
	char folded[FOLD_ROOM];
	bool there;

	text_fold(c->name, folded, sizeof(folded));
	if (!*folded)
		return;
	there = known_find(&p->names, folded) != 0;
	known_add(&p->names, folded, there ? PEOPLE_SEVERAL : (uint32_t)c->id);
}

static void read_names(struct importing *im)
{
	struct txn *txn = im->trade.txn;
	struct customer c;
	struct range r;

	range_start(&r, txn, TABLE_CUSTOMER, NULL);
	while (range_next(&r)) {
		if (record_decode(&customer_type, &c, r.value.at, r.value.len) == ST_OK)
			add_name(&im->people, &c);
		else
			txn_fail(txn, ST_CORRUPT);
	}
	range_end(&r);
	im->people.names_read = true;
}

static enum status find_by_name(struct importing *im, int64_t *id)
{
	const char *name = im->people.candidate.name;
	char folded[FOLD_ROOM];

	if (!im->people.names_read)
		read_names(im);
	text_fold(name, folded, sizeof(folded));
	*id = known_find(&im->people.names, folded);
	if (*id == PEOPLE_SEVERAL)
		return fail(ST_REFUSED, "several people are called %.60s; say which with their "
			    "phone, email or the till's id", name);
	if (!*id)
		*id = PEOPLE_NEW;
	return txn_status(im->trade.txn);
}

/* Of those who share a phone or an email, the one with the name. */
static enum status pick(struct importing *im, const int64_t *ids, size_t n, int64_t *id)
{
	const struct customer *want = &im->people.candidate;
	char one[CUSTOMER_TITLE], two[CUSTOMER_TITLE];
	struct customer c;
	size_t same = 0;

	for (size_t i = 0; i < n && n > 1; i++)
		if (customer_get(im->trade.txn, ids[i], &c) && same_name(c.name, want->name)) {
			*id = c.id;
			same++;
		}
	if (n == 1)
		*id = ids[0];
	if (n <= 1 || same == 1)
		return ST_OK;
	customer_get(im->trade.txn, ids[0], &c);
	customer_title(&c, one);
	customer_get(im->trade.txn, ids[1], &c);
	customer_title(&c, two);
	return fail(ST_REFUSED, "%s and %s share this phone or email; say which with the name, or "
		    "the till's id in a column customer", one, two);
}

static size_t sharing(struct importing *im, int64_t ids[SHARING_MOST])
{
	const struct customer *c = &im->people.candidate;
	size_t n = 0;

	if (c->phone_count)
		n = customers_by_phone(im->trade.txn, c->phones[0].text, ids, SHARING_MOST);
	if (!n && c->email_count)
		n = customers_by_email(im->trade.txn, c->emails[0].address, ids, SHARING_MOST);
	return n;
}

/* A code nobody has yet: of the one who has none, the same phone or email, and
 * no other name. */
static void find_without_code(struct importing *im, int64_t *id)
{
	const struct customer *want = &im->people.candidate;
	int64_t ids[SHARING_MOST];
	size_t n = sharing(im, ids), fits = 0;
	struct customer c;

	for (size_t i = 0; i < n; i++)
		if (customer_get(im->trade.txn, ids[i], &c) && !*c.code &&
		    (!*c.name || !*want->name || same_name(c.name, want->name))) {
			*id = c.id;
			fits++;
		}
	im->people.gets_code = fits == 1;
	if (fits != 1)
		*id = PEOPLE_NEW;
}

/* In a file of this shop's own the store's number stands for a code. */
static int64_t find_number(struct importing *im)
{
	struct customer *want = &im->people.candidate, c;
	int64_t id = number_read(im->trade.txn, NUMBER_CUSTOMER, want->code);

	if (!id || !customer_get(im->trade.txn, id, &c))
		return 0;
	want->code[0] = '\0';
	return c.id;
}

static enum status find(struct importing *im, int64_t *id)
{
	const struct customer *c = &im->people.candidate;
	int64_t ids[SHARING_MOST];
	enum status st = ST_OK;

	im->people.gets_code = false;
	*id = customer_by_code(im->trade.txn, c->code);
	if (!*id)
		*id = find_number(im);
	if (!*id && *c->code)
		find_without_code(im, id);
	if (*id)
		return txn_status(im->trade.txn);
	st = pick(im, ids, sharing(im, ids), id);
	if (st == ST_OK && !*id && c->card_count)
		*id = customer_by_card(im->trade.txn, c->cards[0].code);
	if (st != ST_OK || *id)
		return st;
	if (!c->phone_count && !c->email_count && !c->card_count)
		return find_by_name(im, id);
	*id = PEOPLE_NEW;
	return txn_status(im->trade.txn);
}

/* "C17\x1fAsha Patel\x1f+919824012345\x1f\x1f"; "" when it is too long to be kept
 * in mind. False: the columns are empty. */
static bool remember_row(struct people *p, const char *const field[COLUMNS])
{
	char *to = p->row;
	size_t all = 0;

	for (enum column c = COLUMN_CUSTOMER; c <= COLUMN_CARD; c++) {
		size_t len = strlen(field[c]);

		all += len;
		if (all + COLUMN_CARD - COLUMN_CUSTOMER + 2 > PEOPLE_ROW)
			break;
		to = mempcpy(to, field[c], len);
		*to++ = '\x1f';
	}
	*to = '\0';
	if (all + COLUMN_CARD - COLUMN_CUSTOMER + 2 > PEOPLE_ROW)
		p->row[0] = '\0';
	return all > 0;
}

enum status people_find(struct importing *im, const char *const field[COLUMNS],
			int64_t *customer)
{
	struct people *p = &im->people;
	bool empty = !remember_row(p, field);
	enum status st;

	*customer = empty || !*p->row ? PEOPLE_NOBODY : known_find(&p->rows, p->row);
	p->gets_code = false;
	p->left[0] = '\0';
	if (empty || *customer)
		return ST_OK;
	st = read_ids(im, field);
	if (st != ST_OK || says_nothing(&p->candidate))
		return st;
	return find(im, customer);
}

enum status people_read(struct importing *im, const char *const field[COLUMNS],
			int64_t *customer)
{
	enum status st = read_ids(im, field);

	if (st == ST_OK)
		st = read_rest(im, field);
	if (st == ST_OK && says_nothing(&im->people.candidate))
		st = fail(ST_INVALID, "the line has neither a name nor a phone, an email, a card "
			  "or an id");
	im->people.row[0] = '\0';
	return st == ST_OK ? find(im, customer) : st;
}

/* -- taking in -- */

void note_left(struct importing *im, long line)
{
	char why[IMPORT_SENTENCE];

	if (!im->people.left[0])
		return;
	snprintf(why, sizeof(why), "%.*s; it is left out",
		 (int)text_cut(im->people.left, IMPORT_SENTENCE - 30), im->people.left);
	import_note(im->result, line, why);
	im->people.left[0] = '\0';
}

static enum status insert(struct importing *im, int64_t *customer)
{
	struct people *p = &im->people;
	enum status st = customer_insert_later(&im->trade, &p->candidate, &im->words);

	if (st != ST_OK)
		return st;
	*customer = p->candidate.id;
	im->result->customers_added++;
	bits_add(&p->met, *customer);
	if (p->names_read)
		add_name(p, &p->candidate);
	return ST_OK;
}

static enum status give_code(struct importing *im, int64_t customer)
{
	struct customer before, after;

	word_batch_write(&im->words, im->trade.txn);
	if (!customer_get(im->trade.txn, customer, &before))
		return txn_status(im->trade.txn);
	after = before;
	memcpy(after.code, im->people.candidate.code, sizeof(after.code));
	im->result->customers_changed++;
	return customer_update(&im->trade, &before, &after);
}

enum status people_settle(struct importing *im, int64_t *customer)
{
	struct people *p = &im->people;
	enum status st = ST_OK;

	if (*customer == PEOPLE_NOBODY)
		return ST_OK;
	if (*customer == PEOPLE_NEW)
		st = insert(im, customer);
	else if (p->gets_code)
		st = give_code(im, *customer);
	if (st != ST_OK)
		return st;
	if (*p->row && !known_find(&p->rows, p->row))
		known_add(&p->rows, p->row, (uint32_t)*customer);
	im->result->customers_matched += bits_add(&p->met, *customer);
	return ST_OK;
}

bool people_differ(struct importing *im, int64_t before, int64_t now)
{
	struct customer c;

	return before && now != PEOPLE_NOBODY && customer_get(im->trade.txn, before, &c) &&
	       !c.erased && c.id != now;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/columns.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/text.h"
#include "store/record_text.h"

enum { OTHER_NAMES = 12, NATIVE_NAMES = 16, LABEL = 200, LOOK_ROWS = 10000 };

/* The contract's name, then what tills and spreadsheets call it; letters and
 * digits only. A name that could mean two things is left to --map. */
static const char *const names[COLUMNS][OTHER_NAMES] = {
	[COLUMN_DATE] = { "date", "datetime", "time", "timestamp", "saledate", "orderdate",
			  "invoicedate", "receiptdate", "transactiondate", "createdat", "paidat" },
	[COLUMN_RECEIPT] = { "receipt", "receiptno", "receiptnumber", "receiptid", "invoice",
			     "invoiceno", "invoicenumber", "bill", "billno", "order", "orderid",
			     "transactionid" },
	[COLUMN_REFUND] = { "refund", "refundno", "refundnumber", "refundid", "creditnote" },
	[COLUMN_CUSTOMER] = { "customer", "customerid", "customercode", "customerno", "clientid",
			      "memberid", "membercode" },
	[COLUMN_NAME] = { "name", "customername", "fullname", "clientname", "membername" },
	[COLUMN_PHONE] = { "phone", "phoneno", "phonenumber", "mobile", "mobileno",
			   "mobilenumber", "telephone", "tel", "whatsapp", "customerphone" },
	[COLUMN_EMAIL] = { "email", "emailaddress", "mail", "customeremail" },
	[COLUMN_CARD] = { "card", "cardno", "cardnumber", "cardcode", "loyaltycard" },
	[COLUMN_ITEM] = { "item", "itemname", "product", "productname", "description",
			  "article", "lineitemname" },
	[COLUMN_SKU] = { "sku", "stockcode", "itemcode", "productcode", "barcode", "ean", "upc",
			 "lineitemsku" },
	[COLUMN_CATEGORY] = { "category", "department", "itemcategory", "productcategory" },
	[COLUMN_QUANTITY] = { "quantity", "qty", "units", "pieces", "lineitemquantity" },
	[COLUMN_AMOUNT] = { "amount", "netamount", "lineamount", "linetotal", "total",
			    "totalamount", "netsales", "sum" },
	[COLUMN_TENDER] = { "tender", "payment", "paymenttype", "paymentmethod", "paidby",
			    "paymentmode" },
	[COLUMN_BIRTHDAY] = { "birthday", "birthdate", "dateofbirth", "dob" },
	[COLUMN_LANGUAGE] = { "language", "lang", "locale" },
	[COLUMN_AREA] = { "area", "neighbourhood", "locality", "district" },
	[COLUMN_ADDRESS] = { "address", "street", "streetaddress" },
	[COLUMN_TAGS] = { "tags", "tag", "labels" },
	[COLUMN_NOTES] = { "notes", "note", "comment", "comments", "remarks" },
	[COLUMN_PROGRAM] = { "program", "programme", "loyaltyprogram" },
	[COLUMN_BALANCE] = { "balance", "openingbalance", "pointsbalance", "points", "stamps" },
	[COLUMN_SMS_CONSENT] = { "smsconsent", "acceptssms", "acceptssmsmarketing" },
	[COLUMN_EMAIL_CONSENT] = { "emailconsent", "acceptsemail", "acceptsemailmarketing" },
	[COLUMN_WHATSAPP_CONSENT] = { "whatsappconsent", "acceptswhatsapp",
				      "acceptswhatsappmarketing" },
};

/* The commonest ones in the languages of the screens, as people write them. */
static const char *const native[COLUMNS][NATIVE_NAMES] = {
	[COLUMN_DATE] = { "તારીખ", "तारीख", "दिनांक", "تاریخ", "Ամսաթիվ" },
	[COLUMN_RECEIPT] = { "રસીદ", "રસીદ નંબર", "બિલ", "બિલ નંબર", "रसीद",
		"रसीद नंबर", "रसीद संख्या", "बिल", "बिल नंबर", "رسید", "رسید نمبر",
		"بل", "بل نمبر", "Կտրոն", "Անդորրագիր" },
	[COLUMN_CUSTOMER] = { "ગ્રાહક", "ग्राहक", "گاہک", "Հաճախորդ", "Գնորդ" },
	[COLUMN_NAME] = { "નામ", "ગ્રાહકનું નામ", "नाम", "ग्राहक का नाम", "نام",
		"گاہک کا نام", "Անուն", "Անուն Ազգանուն" },
	[COLUMN_PHONE] = { "ફોન", "ફોન નંબર", "મોબાઇલ", "મોબાઈલ", "મોબાઇલ નંબર", "फ़ोन",
		"फ़ोन नंबर", "मोबाइल", "मोबाइल नंबर", "فون", "فون نمبر", "موبائل",
		"موبائل نمبر", "Հեռախոս", "Հեռախոսահամար" },
	[COLUMN_EMAIL] = { "ઇમેઇલ", "ઈમેલ", "ईमेल", "ای میل", "Էլ. փոստ", "Էլ. հասցե" },
	[COLUMN_ITEM] = { "વસ્તુ", "આઇટમ", "वस्तु", "सामान", "आइटम", "چیز", "آئٹم",
		"Ապրանք" },
	[COLUMN_QUANTITY] = { "જથ્થો", "નંગ", "मात्रा", "تعداد", "مقدار", "Քանակ" },
	[COLUMN_AMOUNT] = { "રકમ", "કુલ રકમ", "राशि", "रकम", "कुल राशि", "رقم",
		"کل رقم", "Գումար" },
	[COLUMN_BIRTHDAY] = { "જન્મદિવસ", "જન્મ તારીખ", "जन्मदिन", "जन्म तिथि",
		"سالگرہ", "تاریخ پیدائش", "Ծննդյան օր", "Ծննդյան ամսաթիվ" },
};

const char *column_name(enum column c)
{
	return names[c][0];
}

/* What columns_read() keeps in mind. */
struct finding {
	const struct csv_row *header;
	struct columns *out;
	bool passed_over[CSV_COLUMNS_MAX];	/* a person said: not read */
	bool doubtful[COLUMNS];			/* two columns have this name */
};

static void set(struct columns *c, size_t at, enum column which)
{
	c->meaning[at] = which;
	c->place[which] = (int)at;
}

/* "Invoice No." and "invoice_no" are "invoiceno". */
static void plain(const char *name, char out[LABEL])
{
	char folded[LABEL];
	size_t n = 0;

	text_fold(name, folded, sizeof(folded));
	for (const char *p = folded; *p; p++)
		if (isalnum((unsigned char)*p) || (unsigned char)*p >= 0x80)
			out[n++] = *p;
	out[n] = '\0';
}

const char *columns_list(const struct csv_row *header, char out[IMPORT_SENTENCE])
{
	struct buf all = { 0 };

	for (size_t i = 0; i < header->n && all.len < 160; i++)
		buf_printf(&all, "%s\"%.40s\"", i ? ", " : "", header->field[i]);
	text_printable(all.len ? all.at : "", out, IMPORT_SENTENCE);
	buf_release(&all);
	return out;
}

/* -- --map FIELD=COLUMN -- */

static enum status find_field(const char *map, size_t len, enum column *which)
{
	const char *known[COLUMNS + 1] = { NULL };
	char field[LABEL], label[LABEL];
	const char *meant;

	snprintf(field, sizeof(field), "%.*s", (int)len, map);
	plain(field, label);
	for (*which = 0; *which < COLUMNS; (*which)++) {
		known[*which] = column_name(*which);
		if (!strcmp(label, known[*which]))
			return ST_OK;
	}
	meant = name_meant(label, known);
	if (meant)
		return fail(ST_INVALID, "--map %.60s: there is no field \"%.40s\"; did you mean "
			    "%s?", map, field, meant);
	return fail(ST_INVALID, "--map %.60s: there is no field \"%.40s\"; the fields stand in: "
		    "regulars help import", map, field);
}

enum status column_find(const struct csv_row *header, const char *heading, size_t *at)
{
	char want[LABEL], have[LABEL], all[IMPORT_SENTENCE];
	bool numbered = *heading == '#';
	char *end;
	long number;

	plain(heading, want);
	for (*at = 0; !numbered && *at < header->n; (*at)++) {
		plain(header->field[*at], have);
		if (*want && !strcmp(want, have))
			return ST_OK;
	}
	number = strtol(heading + numbered, &end, 10);
	*at = (size_t)number - 1;
	if (end != heading + numbered && !*end && number >= 1 && *at < header->n)
		return ST_OK;
	return fail(ST_INVALID, "there is no column \"%.60s\"; the columns are %s",
		    heading, columns_list(header, all));
}

static enum status map_one(const char *map, struct finding *f)
{
	const char *equals = strchr(map, '=');
	bool unread = map[0] == '-' && equals == map + 1;
	enum column which = COLUMNS;
	enum status st = ST_OK;
	size_t at;

	if (!equals || equals == map || !equals[1])
		return fail(ST_INVALID, "--map \"%.60s\" is not FIELD=COLUMN; one looks like "
			    "--map amount=\"Net total\"", map);
	if (!unread)
		st = find_field(map, (size_t)(equals - map), &which);
	if (st == ST_OK)
		st = column_find(f->header, equals + 1, &at);
	if (st != ST_OK)
		return st;
	if (f->out->meaning[at] != COLUMNS || f->passed_over[at] ||
	    (!unread && f->out->place[which] >= 0))
		return fail(ST_INVALID, "--map \"%.60s\": field or column is mapped already", map);
	f->passed_over[at] = unread;
	if (!unread)
		set(f->out, at, which);
	return ST_OK;
}

/* -- by name -- */

static bool is_native(const char *label, enum column which)
{
	char other[LABEL];

	for (size_t i = 0; i < NATIVE_NAMES && native[which][i]; i++) {
		plain(native[which][i], other);
		if (!strcmp(label, other))
			return true;
	}
	return false;
}

static bool is_called(const char *label, enum column which, bool by_contract)
{
	if ((unsigned char)*label >= 0x80)
		return !by_contract && is_native(label, which);
	for (size_t i = by_contract ? 0 : 1; i < (by_contract ? 1 : OTHER_NAMES); i++)
		if (names[which][i] && !strcmp(label, names[which][i]))
			return true;
	return false;
}

/* The columns that could be it, as far as they are free: how many, and the
 * first two. */
static size_t find_called(const struct finding *f, enum column which, bool by_contract,
			  size_t at[2])
{
	char label[LABEL];
	size_t n = 0;

	for (size_t i = 0; i < f->header->n; i++) {
		if (f->out->meaning[i] != COLUMNS || f->passed_over[i])
			continue;
		plain(f->header->field[i], label);
		if (is_called(label, which, by_contract) && n++ < 2)
			at[n - 1] = i;
	}
	return n;
}

static void find_all(struct finding *f, bool by_contract)
{
	size_t at[2], n;

	for (enum column c = 0; c < COLUMNS; c++) {
		if (f->out->place[c] >= 0 || f->doubtful[c])
			continue;
		n = find_called(f, c, by_contract, at);
		f->doubtful[c] = n > 1;
		if (n == 1)
			set(f->out, at[0], c);
	}
}

/* "customer", in any language, and not "customer no.". */
static bool may_be_name(const struct finding *f)
{
	int at = f->out->place[COLUMN_CUSTOMER];
	char label[LABEL];

	if (at < 0 || f->out->place[COLUMN_NAME] >= 0 || f->doubtful[COLUMN_NAME])
		return false;
	plain(f->header->field[at], label);
	return is_called(label, COLUMN_CUSTOMER, true) || is_native(label, COLUMN_CUSTOMER);
}

/* -- sales or customers -- */

static enum status missing(const struct finding *f, enum column which)
{
	char all[IMPORT_SENTENCE];

	f->out->wanted = which;
	return fail(ST_INVALID, "no column is called \"%s\"; the columns are %s; say which it is "
		    "with --map %s=COLUMN", names[which][0], columns_list(f->header, all),
		    names[which][0]);
}

static bool is_there(const struct finding *f, enum column c)
{
	return f->out->place[c] >= 0 || f->doubtful[c];
}

static enum status tell_kind(const struct finding *f)
{
	bool date = is_there(f, COLUMN_DATE), amount = is_there(f, COLUMN_AMOUNT);
	char all[IMPORT_SENTENCE];

	f->out->kind = IMPORT_SALES;
	if (date && amount)
		return ST_OK;
	if (date || amount)
		return missing(f, date ? COLUMN_AMOUNT : COLUMN_DATE);
	f->out->kind = IMPORT_CUSTOMERS;
	for (enum column c = COLUMN_CUSTOMER; c <= COLUMN_CARD; c++)
		if (is_there(f, c))
			return ST_OK;
	f->out->kind = IMPORT_KINDS;
	return fail(ST_INVALID, "the first line names no columns of sales (date, amount) or "
		    "customers (name, phone); it has %s; put a line of names above the table, "
		    "or say which is which with --map FIELD=COLUMN", columns_list(f->header, all));
}

bool column_is_of(enum column c, enum import_kind kind)
{
	if (kind == IMPORT_KINDS || (c >= COLUMN_CUSTOMER && c <= COLUMN_CARD))
		return true;
	return (c >= COLUMN_BIRTHDAY) == (kind == IMPORT_CUSTOMERS);
}

/* What a file of the other kind has is not read; nor is a card in a file of
 * sales that --map did not name: tills write payments there. */
static bool is_read(enum column c, enum import_kind kind, bool card_is_mapped)
{
	return column_is_of(c, kind) &&
	       (c != COLUMN_CARD || card_is_mapped || kind == IMPORT_CUSTOMERS);
}

static void forget_others(struct columns *out, bool card_is_mapped)
{
	for (enum column c = 0; c < COLUMNS; c++) {
		if (out->place[c] < 0 || is_read(c, out->kind, card_is_mapped))
			continue;
		out->meaning[out->place[c]] = COLUMNS;
		out->place[c] = -1;
	}
}

static enum status check_doubts(const struct finding *f)
{
	const char *const *field = f->header->field;
	size_t at[2] = { 0 };
	enum column c = 0;

	while (c < COLUMNS && !(f->doubtful[c] && is_read(c, f->out->kind, false)))
		c++;
	if (c == COLUMNS)
		return ST_OK;
	if (find_called(f, c, true, at) < 2)
		find_called(f, c, false, at);
	f->out->wanted = c;
	return fail(ST_INVALID, "columns \"%.40s\" and \"%.40s\" could both be the %s; say which "
		    "with --map %s=%zu or --map %s=%zu", field[at[0]], field[at[1]], names[c][0],
		    names[c][0], at[0] + 1, names[c][0], at[1] + 1);
}

void columns_clear(struct columns *c, size_t n)
{
	c->n = n;
	c->kind = IMPORT_KINDS;
	c->wanted = COLUMNS;
	c->may_be_name = false;
	c->birthdays = DATES_AUTO;
	for (size_t i = 0; i < CSV_COLUMNS_MAX; i++)
		c->meaning[i] = c->part[i] = COLUMNS;
	memset(c->used, 0, sizeof(c->used));
	for (enum column i = 0; i < COLUMNS; i++)
		c->place[i] = -1;
}

enum status columns_read(const struct csv_row *header, const struct import_options *how,
			 struct columns *out)
{
	struct finding f = { .header = header, .out = out };
	enum status st = ST_OK;
	bool card, customer;

	columns_clear(out, header->n);
	for (size_t i = 0; i < how->map_count && st == ST_OK; i++)
		st = map_one(how->maps[i], &f);
	if (st != ST_OK)
		return st;
	card = out->place[COLUMN_CARD] >= 0;
	customer = out->place[COLUMN_CUSTOMER] >= 0;
	find_all(&f, true);
	find_all(&f, false);
	out->may_be_name = !customer && may_be_name(&f);
	st = tell_kind(&f);
	if (st == ST_OK)
		st = check_doubts(&f);
	forget_others(out, card);
	return st;
}

/* -- by the rows -- */

enum { CODE, PERHAPS_NAME, SURELY_NAME };

/* The letters of one word, behind which '*text' then stands. */
struct word {
	int letters, parts;	/* parts: parted by hyphens */
	bool lone_part;		/* one of them is a single letter: CUST-A */
	bool small, foreign;	/* a small letter behind a capital; none of a code */
	bool dotted, bad;
};

static bool is_letter(uint32_t c)
{
	return c >= 0x80 || isalpha((int)c);
}

static struct word next_word(const char **text)
{
	struct word w = { .parts = 1 };
	uint32_t c, before = 0;
	int part = 0;

	while ((c = digit_read(text)) && c != ' ') {
		w.dotted = c == '.';
		w.bad |= !is_letter(c) && !strchr(".,'-", (int)c);
		w.foreign |= c >= 0x80;
		w.small |= before < 0x80 && c < 0x80 && isupper((int)before) && islower((int)c);
		w.letters += is_letter(c);
		w.lone_part |= c == '-' && part < 2;
		w.parts += c == '-';
		part = c == '-' ? 0 : part + is_letter(c);
		before = c;
	}
	w.lone_part |= w.parts > 1 && part < 2;
	return w;
}

/* A name for sure has two words, or a capital and small letters, or letters that
 * no till makes codes of; and no letter alone: "Table A". */
static int judge(const char *text)
{
	int words = 0, letters = 0;
	bool sure = false, lone = false;

	while (*text) {
		struct word w = next_word(&text);

		if (w.bad || w.lone_part)
			return CODE;
		letters += w.letters;
		words += w.letters > 1;
		lone |= w.letters == 1 && !w.dotted && !w.foreign;
		sure |= w.small || w.foreign;
	}
	if (!letters)
		return CODE;
	return !lone && (sure || words > 1) ? SURELY_NAME : PERHAPS_NAME;
}

struct look {
	size_t seen[SURELY_NAME + 1];
	struct date_column birthdays;
};

static void look_at(const struct columns *c, const struct csv_row *row, struct look *l)
{
	int birthday = c->place[COLUMN_BIRTHDAY];

	if (row->n != c->n)
		return;
	if (c->may_be_name && *row->field[c->place[COLUMN_CUSTOMER]])
		l->seen[judge(row->field[c->place[COLUMN_CUSTOMER]])]++;
	if (birthday >= 0)
		date_column_add(&l->birthdays, row->field[birthday], row->line);
}

static void learn(struct columns *c, const struct look *l)
{
	bool told = l->birthdays.only_dmy.rows || l->birthdays.only_mdy.rows;
	int at = c->place[COLUMN_CUSTOMER];

	if (!told || date_column_order(&l->birthdays, &c->birthdays) != ST_OK)
		c->birthdays = DATES_AUTO;
	if (!c->may_be_name || l->seen[CODE] || l->seen[SURELY_NAME] <= l->seen[PERHAPS_NAME])
		return;
	c->place[COLUMN_CUSTOMER] = -1;
	set(c, (size_t)at, COLUMN_NAME);
}

enum status columns_look(const char *path, struct columns *c)
{
	struct look l = { .seen = { 0 } };
	struct csv_row row;
	struct csv *csv;
	enum status st;

	if (!c->may_be_name && c->place[COLUMN_BIRTHDAY] < 0)
		return ST_OK;
	st = csv_open(path, &csv);
	if (st != ST_OK)
		return st;
	for (int i = 0; (st == ST_OK || st == ST_INVALID) && i <= LOOK_ROWS; i++) {
		st = csv_next(csv, &row);
		if (st == ST_OK && i)
			look_at(c, &row, &l);
	}
	csv_close(csv);
	learn(c, &l);
	return st == ST_NOT_FOUND || st == ST_INVALID ? ST_OK : st;
}

void columns_unread(const struct columns *c, const struct csv_row *header, struct buf *out)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->meaning[i] == COLUMNS && !c->used[i] && *header->field[i])
			buf_printf(out, "%s%s", out->len ? ", " : "", header->field[i]);
}

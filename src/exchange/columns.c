/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/columns.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/record_text.h"

enum { OTHER_NAMES = 12, LABEL = 200 };

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
};

const char *column_name(enum column c)
{
	return names[c][0];
}

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

/* The file's columns for a sentence: "date", "total" ... */
static const char *headings(const struct csv_row *header, char out[IMPORT_SENTENCE])
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

static enum status find_heading(const struct csv_row *header, const char *heading, size_t *at)
{
	char want[LABEL], have[LABEL], all[IMPORT_SENTENCE];
	char *end;
	long number;

	plain(heading, want);
	for (*at = 0; *at < header->n; (*at)++) {
		plain(header->field[*at], have);
		if (*want && !strcmp(want, have))
			return ST_OK;
	}
	number = strtol(heading, &end, 10);
	*at = (size_t)number - 1;
	if (end != heading && !*end && number >= 1 && *at < header->n)
		return ST_OK;
	return fail(ST_INVALID, "there is no column \"%.60s\"; the columns are %s",
		    heading, headings(header, all));
}

static enum status map_one(const struct csv_row *header, const char *map, struct columns *out)
{
	const char *equals = strchr(map, '=');
	enum column which;
	size_t at;
	enum status st;

	if (!equals || equals == map || !equals[1])
		return fail(ST_INVALID, "--map \"%.60s\" is not FIELD=COLUMN; one looks like "
			    "--map amount=\"Net total\"", map);
	st = find_field(map, (size_t)(equals - map), &which);
	if (st == ST_OK)
		st = find_heading(header, equals + 1, &at);
	if (st != ST_OK)
		return st;
	if (out->place[which] >= 0 || out->meaning[at] != COLUMNS)
		return fail(ST_INVALID, "--map \"%.60s\": field or column is mapped already", map);
	set(out, at, which);
	return ST_OK;
}

/* -- by name -- */

static bool is_called(const char *label, enum column which, bool by_contract)
{
	for (size_t i = by_contract ? 0 : 1; i < (by_contract ? 1 : OTHER_NAMES); i++)
		if (names[which][i] && !strcmp(label, names[which][i]))
			return true;
	return false;
}

static enum status find_named(const struct csv_row *header, enum column which, bool by_contract,
			      struct columns *out)
{
	const char *first = NULL;
	size_t at = 0;
	char label[LABEL];

	for (size_t i = 0; i < header->n; i++) {
		if (out->meaning[i] != COLUMNS)
			continue;
		plain(header->field[i], label);
		if (!is_called(label, which, by_contract))
			continue;
		if (first)
			return fail(ST_INVALID, "columns \"%.40s\" and \"%.40s\" could both be the "
				    "%s; say which with --map %s=%zu or --map %s=%zu", first,
				    header->field[i], names[which][0], names[which][0], at + 1,
				    names[which][0], i + 1);
		first = header->field[i];
		at = i;
	}
	if (first)
		set(out, at, which);
	return ST_OK;
}

static enum status find_all(const struct csv_row *header, bool by_contract, struct columns *out)
{
	enum status st = ST_OK;

	for (enum column c = 0; c < COLUMNS && st == ST_OK; c++)
		if (out->place[c] < 0)
			st = find_named(header, c, by_contract, out);
	return st;
}

/* -- sales or customers -- */

static enum status missing(const struct csv_row *header, enum column which)
{
	char all[IMPORT_SENTENCE];

	return fail(ST_INVALID, "no column is called \"%s\"; the columns are %s; say which it is "
		    "with --map %s=COLUMN", names[which][0], headings(header, all),
		    names[which][0]);
}

static enum status tell_kind(const struct csv_row *header, struct columns *out)
{
	static const enum column ids[] = { COLUMN_CUSTOMER, COLUMN_NAME, COLUMN_PHONE,
					   COLUMN_EMAIL, COLUMN_CARD };
	bool date = out->place[COLUMN_DATE] >= 0;
	bool amount = out->place[COLUMN_AMOUNT] >= 0;
	char all[IMPORT_SENTENCE];

	out->kind = IMPORT_SALES;
	if (date && amount)
		return ST_OK;
	if (date || amount)
		return missing(header, date ? COLUMN_AMOUNT : COLUMN_DATE);
	out->kind = IMPORT_CUSTOMERS;
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		if (out->place[ids[i]] >= 0)
			return ST_OK;
	return fail(ST_INVALID, "the first line names no columns of sales (date, amount) or "
		    "customers (name, phone); it has %s; put a line of names above the table, "
		    "or say which is which with --map FIELD=COLUMN", headings(header, all));
}

static bool is_of_kind(enum column c, enum import_kind kind)
{
	if (c >= COLUMN_CUSTOMER && c <= COLUMN_CARD)
		return true;
	return (c >= COLUMN_BIRTHDAY) == (kind == IMPORT_CUSTOMERS);
}

/* What a file of the other kind has is not read; nor is a card in a file of
 * sales that --map did not name: tills write payments there. */
static void forget_others(struct columns *out, bool card_is_mapped)
{
	for (enum column c = 0; c < COLUMNS; c++) {
		bool card = c != COLUMN_CARD || card_is_mapped || out->kind == IMPORT_CUSTOMERS;

		if (out->place[c] < 0 || (card && is_of_kind(c, out->kind)))
			continue;
		out->meaning[out->place[c]] = COLUMNS;
		out->place[c] = -1;
	}
}

enum status columns_read(const struct csv_row *header, const struct import_options *how,
			 struct columns *out)
{
	enum status st = ST_OK;
	bool card;

	out->n = header->n;
	for (size_t i = 0; i < CSV_COLUMNS_MAX; i++)
		out->meaning[i] = COLUMNS;
	for (enum column c = 0; c < COLUMNS; c++)
		out->place[c] = -1;
	for (size_t i = 0; i < how->map_count && st == ST_OK; i++)
		st = map_one(header, how->maps[i], out);
	card = out->place[COLUMN_CARD] >= 0;
	if (st == ST_OK)
		st = find_all(header, true, out);
	if (st == ST_OK)
		st = find_all(header, false, out);
	if (st == ST_OK)
		st = tell_kind(header, out);
	forget_others(out, card);
	return st;
}

void columns_unread(const struct columns *c, const struct csv_row *header, struct buf *out)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->meaning[i] == COLUMNS && *header->field[i])
			buf_printf(out, "%s%s", out->len ? ", " : "", header->field[i]);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_FORMATS_H
#define EXCHANGE_FORMATS_H

#include "exchange/columns.h"
#include "shop/consent.h"

/* The files that tills write, described in text: one description is one
 * data/pos/NAME.conf, and NAME is what --format takes. It says how a row of the
 * till's file becomes a row of our own contract (exchange/import.h).
 *
 *	title = "Square: item sales"	# said to people
 *	till  = "square"		# whose receipts these are: the same for all
 *					# files of one till; a-z, 0-9, at most 16
 *	kind  = sales			# or customers
 *	match = {"Event Type|Event", "Qty"}	# headings that all must be there to know it,
 *					# by one of their names
 *	unless = {"Total Collected"}	# and none of these; may be left out
 *	needs = {"Total|Sum"}		# without one of these the file is refused:
 *					# money would be wrong; may be left out
 *	rows  = repeat			# or first: what says something of the whole
 *					# receipt stands on its first row only
 *	dates = mdy			# dmy, mdy, ymd: where the file leaves it open;
 *	dates_12h = mdy			# the same for times with AM or PM
 *
 *	column receipt { names = {"Transaction ID"} }
 *	column amount { names = {"Net Sales"} plus = {"Tax"} minus = {"Tip"} }
 *	column address { names = {"Address1"} join = {"City", "Zip"} }
 *	column category { names = {"Category"} empty = {"None"} }
 *
 *	skip void { column = "Status" values = {"Void", "Cancelled"} }
 *	skip failed { column = "Result" except = {"Success"} }
 *	skip cancelled { column = "Cancelled at" }	# any text in it
 *
 *	refund { column = "Event Type" values = {"Refund"} sale = receipt }
 *
 *	consent email { column = "Accepts Marketing" yes = {"yes"} no = {"no"} }
 *
 * Headings and values are compared without case, spaces and punctuation, so
 * columns may stand in any order, and others between them.
 *
 * column FIELD: 'names' are alternatives: of those that the file has, the first
 * that is not empty in the row counts. 'join' are appended to it, ", " between;
 * 'plus' and 'minus' (money only) are added and taken off. 'empty' are values that
 * say nothing. FIELD is a column of
 * the contract (columns.h) or one of
 *	time		goes with date
 *	zone		of date: "Asia/Kolkata", "Eastern Time (US & Canada)", "EST",
 *			"+05:30"; a date may also end in one. Without: the shop's
 *	price		of one piece: without 'amount' that is price x quantity, less
 *			the 'minus' of price
 *	total		of the whole receipt, once; where the lines do not come to it
 *			(shipping, tax, discounts), a line without an item makes it so
 *	refunded	given back of this row's money up to now; what is new is booked
 *	refunded_at	when; else at the time of the sale
 *	currency	another than the shop's: the file is refused
 *	first_name, last_name	where there is no name
 *	contact		a phone or an email, or both with a comma between
 * In files of sales date, and amount or price or total must be there.
 *
 * 'column' of skip, refund and consent may be a list: the first that is there.
 *
 * skip REASON: the row is no sale. REASON is void, unpaid, open, failed,
 * cancelled, fee or other. The first that fits counts.
 *
 * refund: such rows are money given back, whatever their sign; all others are
 * sales, and their lines may be below zero. Without 'column' the sign says it.
 * Without 'refund' the same, and the receipt is the sale's. 'sale' is
 *	receipt		the receipt is the sale's own. Where no such sale is known the
 *			money is booked as given back for an unknown one
 *	match		the receipt is the refund's own: it goes to the latest earlier
 *			sale of the till that it fits, by customer and money
 *	either		the first where such a sale is known, else the second
 * Rows of one refund have the receipt and the column refund alike, or without
 * that column the time. What is given back of an unknown sale is nobody's.
 *
 * consent email, consent sms, consent whatsapp: other values: not asked. */

/* What a row of a till may say beside the contract's columns. */
enum format_field {
	FORMAT_TIME = COLUMNS, FORMAT_ZONE, FORMAT_PRICE, FORMAT_TOTAL, FORMAT_REFUNDED,
	FORMAT_REFUNDED_AT, FORMAT_CURRENCY, FORMAT_FIRST_NAME, FORMAT_LAST_NAME,
	FORMAT_CONTACT,
	FORMAT_FIELDS
};

enum refund_rule { REFUND_OF_RECEIPT, REFUND_MATCH, REFUND_EITHER };

struct word_list {
	size_t n;
	char **at;
};

struct format_column {
	struct word_list names, join, plus, minus, empty;
};

/* A row that has one of 'values' in that column, or none of 'except'; with
 * neither, any text. */
struct format_rule {
	struct word_list columns;		/* alternatives; none: no such rule */
	struct word_list values, except;
	enum skip_reason reason;
};

struct format_consent {
	struct word_list columns;		/* none: the till does not say */
	struct word_list yes, no;
};

struct till_format {
	char *name, *title;
	char till[17];
	enum import_kind kind;
	bool first_row;			/* what is of the receipt stands on its first row */
	enum date_order dates, dates_12h;
	struct word_list match, unless, needs;
	struct format_column column[FORMAT_FIELDS];
	size_t skip_count;
	struct format_rule *skips;
	bool has_refund;
	struct format_rule refund;
	enum refund_rule sale;
	struct format_consent consent[CONSENT_CHANNELS];
};

const char *format_field_name(enum format_field f);

/* Without case, spaces and punctuation. */
bool label_equal(const char *a, const char *b);
/* The heading's place, the one that is spelt so before those that are only like
 * it; -1: the file has none. */
int heading_find(const struct csv_row *header, const char *heading);
/* That of the first of them that is there. */
int heading_among(const struct csv_row *header, const struct word_list *headings);

/* Whether one of "Event Type|Event" is there. */
bool heading_is_there(const struct csv_row *header, const char *names);
/* "Event Type" of it; the field that has a column of that name; FORMAT_FIELDS: none. */
enum { HEADING_ROOM = 64 };
enum format_field heading_first(const struct till_format *f, const char *names,
				char first[HEADING_ROOM]);

/* ST_INVALID: "square-items.conf:12: ..." The caller frees it with format_free(). */
MUST_CHECK enum status format_read(const char *path, struct till_format **out);
void format_free(struct till_format *f);

/* All descriptions, by name: of $REGULARS_POSDIR, else beside the program in a
 * build folder, else where they were installed with it. Without such a folder there are
 * none. ST_INVALID: one cannot be read. */
struct formats {
	size_t n;
	struct till_format **row;
};
MUST_CHECK enum status formats_load(struct formats *out);
void formats_free(struct formats *all);

/* By its name; FORMAT_GENERIC is our own contract, as NULL. A path with a slash
 * in it is read and becomes one of them. ST_NOT_FOUND: did you mean ...? */
#define FORMAT_GENERIC "generic"
MUST_CHECK enum status formats_find(struct formats *all, const char *name,
				    const struct till_format **out);
/* The one that knows most of these headings, of those whose 'match' is there;
 * NULL: none, it is taken for our own contract. ST_INVALID: none, but most of the
 * headings of a till's file of sales are there: the sentence says which is not. */
MUST_CHECK enum status formats_detect(const struct formats *all, const struct csv_row *header,
				      const struct till_format **out);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_FORMATS_H
#define EXCHANGE_FORMATS_H

#include "exchange/columns.h"

/* The files that tills write, described in text: one description is one
 * data/pos/NAME.conf, and NAME is what --format takes. It says how a row of the
 * till's file becomes a row of our own contract (exchange/import.h).
 *
 *	title = "Square: item sales"	# said to people
 *	till  = "square"		# whose receipts these are: the same for all
 *					# files of one till; a-z, 0-9, at most 16
 *	kind  = sales			# or customers
 *	match = {"Event Type", "Qty"}	# headings that all must be there to know it
 *	unless = {"Total Collected"}	# and none of these; may be left out
 *	rows  = repeat			# or first: what says something of the whole
 *					# receipt stands on its first row only
 *	dates = mdy			# dmy, mdy, ymd: where the file leaves it open;
 *	dates_12h = mdy			# the same for times with AM or PM
 *
 *	column receipt { names = {"Transaction ID"} }
 *	column amount { names = {"Net Sales"} plus = {"Tax"} minus = {"Tip"} }
 *	column address { names = {"Address1"} join = {"City", "Zip"} }
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
 * 'plus' and 'minus' (money only) are added and taken off. FIELD is a column of
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
 *
 * consent email, consent sms, consent whatsapp: other values: not asked. */

/* What a row of a till may say beside the contract's columns. */
enum format_field {
	FORMAT_TIME = COLUMNS, FORMAT_ZONE, FORMAT_PRICE, FORMAT_TOTAL, FORMAT_REFUNDED,
	FORMAT_REFUNDED_AT, FORMAT_CURRENCY, FORMAT_FIRST_NAME, FORMAT_LAST_NAME,
	FORMAT_CONTACT,
	FORMAT_FIELDS
};

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_IMPORT_H
#define EXCHANGE_IMPORT_H

#include "exchange/dates.h"
#include "shop/shop.h"

/* Sales or customers from a CSV file, told by its header: in the contract below,
 * or as a till writes it (exchange/formats.h). The same file again changes
 * nothing. The unit is the receipt: one bad line rejects all of it, the others
 * are booked, and rows = accepted + duplicates + rejected + skipped; what a
 * till's file has that is no sale is skipped. It is booked in batches; where an
 * import ends early, those before are there, and the same import again goes on
 * behind them.
 *
 * Sales: date,receipt,refund,customer,name,phone,email,item,sku,category,
 * quantity,amount,tender; date and amount must be there; card only when --map
 * says so, since tills write payments there. Lines of a receipt stand
 * together. A negative amount with the receipt of a sale, in the book or anywhere
 * in the file, is a refund of it, numbered by 'refund' or, without one, by date,
 * amount and place among equals; one that stands above its sale is booked when
 * the whole file was read. Without a receipt and with a number it is of a sale
 * that is not in the book: its lines are one refund, which comes off the spend of
 * the customer they name and touches nobody's points. With a receipt that nobody
 * knows it is rejected, with a number too: its sale may come, and the points are
 * to go back with it. A sale without a receipt is keyed by its content and its
 * place among equal rows of the file.
 *
 * Customers: customer,name,phone,email,birthday,language,area,address,tags,
 * notes,card,program,balance,sms_consent,email_consent,whatsapp_consent (yes or
 * no; anything else: not asked; never weakens what stands, shop/consent.h).
 * What is known of somebody stays; what is not is filled in. A birthday that
 * cannot be read is left out and told in 'reasons', and the row is taken. A
 * balance is booked once, as the opening one.
 *
 * Whose row it is: by customer (the till's id; the name where a file without a
 * column for it has names there: columns_look()), else phone, email, card, else
 * the whole name; of several with the phone, the one with the name. An id that
 * is new goes to somebody without one who has the same phone or email and no
 * other name.
 *
 * A till's file is booked in order of time, and its receipts are a series of
 * their own: one that is there with the same bill is the same sale, whichever of
 * the till's files it came from. A refund of more than is left of its sale takes
 * what is left and is told in 'reasons'. A sale that is booked and cancelled in
 * the file is rejected, not skipped. */

enum import_kind { IMPORT_SALES, IMPORT_CUSTOMERS, IMPORT_KINDS };

/* Why a row of a till's file is no sale. */
enum skip_reason {
	SKIP_VOID, SKIP_UNPAID, SKIP_OPEN, SKIP_FAILED, SKIP_CANCELLED, SKIP_FEE, SKIP_OTHER,
	SKIP_REASONS
};
extern const char *const skip_names[SKIP_REASONS];

struct import_progress {
	long long done, total;		/* bytes of the file */
	int64_t rows;
	int seconds_left;		/* -1: too early to tell */
};
/* Called between batches; false ends the import. No transaction is open, but in a
 * dry run, which is one: it may look for a key and not wait for one. */
typedef bool import_step(void *arg, const struct import_progress *p);

struct import_options {
	size_t map_count;
	const char *const *maps;	/* "amount=Net total", or the column's number; "#3" is a
					   number always, "-=Net total" a column not to be read */
	enum date_order dates;
	const char *format;		/* NULL, "auto": by the header; "generic": the contract;
					   else a name of exchange/formats.h, or its path */
	bool dry_run;			/* everything is tried and nothing kept, no file is written
					   but one that 'rejected' names; others wait meanwhile */
	bool award_past;		/* sales before a program's start earn in it */
	const char *opened;		/* NULL, or "/proc/self/fd/N": what is read as the file at
					   the path, whatever happens to that meanwhile */
	const char *rejected;		/* NULL: PATH.rejected.csv, or standard error for "-" */
	import_step *step;		/* NULL: nobody looks */
	void *arg;
};

enum { IMPORT_REASONS = 5, IMPORT_SENTENCE = 300, IMPORT_PATH = 4096, IMPORT_FORMAT = 80,
       IMPORT_UNREAD = 8192 };

struct import_result {
	enum import_kind kind;
	char format[IMPORT_FORMAT], title[IMPORT_FORMAT];	/* "square-items" or "generic", and
								   "Square: item sales" or "" */
	int64_t rows, accepted, duplicates, rejected, skipped;	/* lines of the table */
	int64_t skips[SKIP_REASONS];
	int64_t sales, refunds, openings;
	int64_t unknown_refunds;	/* of 'refunds': of no sale that is in the book */
	int64_t customers_added, items_added;
	int64_t customers_matched;	/* different ones that were known before */
	int64_t customers_changed;	/* of those: something was filled in */
	int64_t customers_differ;	/* the file says something else: what was known stays */
	int64_t consents;		/* answers written down or changed */
	int64_t named;			/* rows that say whose they are; 0: no regulars here */
	int64_t revenue;		/* booked: sales less refunds, minor units */
	size_t reason_count;		/* the first ones rejected or with something left out */
	struct {
		long line;
		char text[IMPORT_SENTENCE];
	} reasons[IMPORT_REASONS];
	const char *encoding, *delimiter;	/* "UTF-8", "semicolon" */
	char note[IMPORT_SENTENCE];	/* about the file as a whole; "" */
	char unread[IMPORT_UNREAD];	/* columns that are not read, "till, staff"; "" none;
					   whole names, ", ..." where there are too many */
	char rejected_to[IMPORT_PATH];	/* "" when none were, or on standard error */
};

/* 'path' is a file or "-". ST_NOT_FOUND, ST_INVALID: no such file, no table, no
 * column for what is needed, dates that can be read in two ways (the sentence
 * quotes one and says what to do): nothing was changed. ST_CANCELLED: 'step'
 * said so. Other statuses: store or disk. *out tells what was imported in any
 * case. */
MUST_CHECK enum status import_file(struct shop *shop, const struct actor *by, const char *path,
				   const struct import_options *how, struct import_result *out);

#endif

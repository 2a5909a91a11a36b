/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/importing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "exchange/spool.h"

/* A terminal that waits to sell waits for one batch; alone, a large one writes
 * each customer's row seldom. */
enum { LARGE_LINES = 200000, SMALL_RECEIPTS = 1000, TRIED_LINES = 50000 };

/* -- the file -- */

static enum status check_rejected(const char *path, const char *rejected)
{
	struct stat in, out;

	if (strcmp(path, "-") != 0 && !stat(path, &in) && !stat(rejected, &out) &&
	    in.st_dev == out.st_dev && in.st_ino == out.st_ino)
		return fail(ST_INVALID, "the rejected lines would be written over %s itself; name "
			    "another file with --rejected", path);
	return ST_OK;
}

static enum status start_rejects(struct importing *im, const char *path,
				 const struct csv_row *header)
{
	const char *rejected = im->how->rejected;
	char *to = im->result->rejected_to;

	if (rejected)
		snprintf(to, IMPORT_PATH, "%s", rejected);
	else if (strcmp(path, "-") != 0)
		snprintf(to, IMPORT_PATH, "%s.rejected.csv", path);
	rejects_start(&im->rejects, *to ? to : NULL, header);
	im->rejects.named = rejected;
	im->rejects.off = im->how->dry_run && !rejected;
	return *to ? check_rejected(path, to) : ST_OK;
}

static enum status choose_format(struct importing *im, const struct csv_row *header)
{
	const char *asked = im->how->format;
	enum status st = formats_load(&im->formats);

	if (st != ST_OK)
		return st;
	if (!asked || !strcmp(asked, "auto"))
		st = formats_detect(&im->formats, header, &im->format);
	else
		st = formats_find(&im->formats, asked, &im->format);
	snprintf(im->result->format, IMPORT_FORMAT, "%s",
		 im->format ? im->format->name : FORMAT_GENERIC);
	snprintf(im->result->title, IMPORT_FORMAT, "%s", im->format ? im->format->title : "");
	return st;
}

/* What is no sale is counted before anything is booked. */
static enum status translate(struct importing *im)
{
	const struct till_reading how = {
		.path = im->batch.path, .binding = im->binding, .dates = im->how->dates,
		.decimals = im->shop->decimals, .currency = im->shop->settings.currency,
		.step = im->how->step, .arg = im->how->arg, .stands = import_stands, .book = im
	};
	enum status st = till_open(&how, &im->batch.till);
	const int64_t *skipped = till_skipped(im->batch.till);

	for (int i = 0; i < SKIP_REASONS; i++) {
		im->result->skips[i] = skipped[i];
		im->result->skipped += skipped[i];
	}
	im->result->rows = im->result->skipped;
	return st;
}

static void list_unread(struct importing *im, const struct csv_row *header)
{
	struct buf all = { 0 };

	columns_unread(&im->columns, header, &all);
	if (all.len >= IMPORT_UNREAD) {
		size_t end = IMPORT_UNREAD - sizeof(", ...");

		while (end && strncmp(all.at + end, ", ", 2))
			end--;
		strcpy(all.at + end, ", ...");
	}
	text_printable(all.len ? all.at : "", im->result->unread, IMPORT_UNREAD);
	buf_release(&all);
}

static enum status read_header(struct importing *im, const char *path)
{
	struct csv_row header;
	enum status st = csv_next(im->batch.csv, &header);

	if (st == ST_NOT_FOUND)
		return fail(ST_INVALID, "%s is empty: it needs a line of column names and the "
			    "table below", strcmp(path, "-") ? path : "standard input");
	if (st == ST_OK)
		st = choose_format(im, &header);
	if (st == ST_OK)
		st = im->format ? binding_make(im->format, &header, im->how, &im->binding,
					       &im->columns) :
				  columns_read(&header, im->how, &im->columns);
	if (st == ST_OK)
		st = columns_look(im->batch.path, &im->columns);
	if (st != ST_OK)
		return st;
	list_unread(im, &header);
	im->result->kind = im->columns.kind;
	st = start_rejects(im, path, &header);
	return st == ST_OK && im->format ? translate(im) : st;
}

/* -- one receipt -- */

void import_note(struct import_result *r, long line, const char *why)
{
	char named[40];
	int len = snprintf(named, sizeof(named), "line %ld: ", line);

	if (r->reason_count == IMPORT_REASONS)
		return;
	if (!strncmp(why, named, (size_t)len))	/* sentences of csv_next() name it */
		why += len;
	r->reasons[r->reason_count].line = line;
	snprintf(r->reasons[r->reason_count++].text, IMPORT_SENTENCE, "%.*s",
		 (int)text_cut(why, IMPORT_SENTENCE - 1), why);
}

/* The first line of a receipt that has something wrong by itself. */
static const struct line_read *wrong_line(const struct batch *b, const struct receipt *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (b->lines[r->first + i].why)
			return &b->lines[r->first + i];
	return NULL;
}

static enum status reject(struct importing *im, const struct receipt *r, const char *reason)
{
	const struct batch *b = &im->batch;
	const struct line_read *wrong = wrong_line(b, r);
	char why[IMPORT_SENTENCE], other[IMPORT_SENTENCE];
	enum status st = rejects_open(&im->rejects);

	snprintf(why, sizeof(why), "%s", reason);
	if (wrong)
		snprintf(other, sizeof(other), "line %ld of the same receipt: %.*s", wrong->line,
			 (int)text_cut(b->text + wrong->why, 200), b->text + wrong->why);
	for (size_t i = 0; i < r->n && st == ST_OK; i++) {
		const struct line_read *line = &b->lines[r->first + i];
		const char *own = line->why ? b->text + line->why : wrong ? other : why;

		import_note(im->result, line->line, own);
		rejects_add(&im->rejects, line->line, own,
			    line->of_till ? line->original : b->text + line->at,
			    line->fields);
	}
	im->result->rejected += (int64_t)r->n;
	return st;
}

/* A file may have the newest first, and a refund above its sale. It has its turn
 * when all sales of the file had theirs. */
static bool must_wait(struct importing *im, const struct receipt *r, enum status st)
{
	if (st != ST_NOT_FOUND || r->kind != RECEIPT_REFUND || im->format || im->late)
		return false;
	bits_add(&im->waiting, im->batch.lines[r->first].line);
	im->result->rows -= (int64_t)r->n;
	return true;
}

static enum status take(struct importing *im, const struct receipt *r)
{
	enum status st = ST_INVALID;

	if (im->late && !bits_has(&im->waiting, im->batch.lines[r->first].line))
		return ST_OK;
	im->result->rows += (int64_t)r->n;
	if (wrong_line(&im->batch, r))
		return reject(im, r, "");
	switch (r->kind) {
	case RECEIPT_SALE: st = import_sale(im, r); break;
	case RECEIPT_REFUND: st = import_refund(im, r); break;
	case RECEIPT_PERSON: st = import_person(im, r); break;
	case RECEIPT_UNREADABLE:
	case RECEIPT_BROKEN: break;
	}
	if (st == ST_OK || txn_status(im->trade.txn) != ST_OK || must_wait(im, r, st))
		return txn_status(im->trade.txn);
	return reject(im, r, status_text());
}

/* -- one batch -- */

static void keep(struct importing *im)
{
	im->kept = *im->result;
	bits_keep(&im->booked);
	bits_keep(&im->people.met);
	bits_keep(&im->waiting);
}

/* As things were when the batch began: what is remembered may be of a
 * transaction that did not come to be. */
static void undo(struct importing *im)
{
	*im->result = im->kept;
	bits_undo(&im->booked);
	bits_undo(&im->people.met);
	bits_undo(&im->waiting);
	rejects_undo(&im->rejects);
	word_batch_release(&im->words);
	memset(im->places, 0, sizeof(im->places));
	people_forget(&im->people);
	known_clear(&im->items);
}

static enum status book_ready(struct importing *im, struct txn *txn)
{
	const struct batch *b = &im->batch;
	enum status st = ST_OK;

	trade_open(&im->trade, txn, im->shop, im->by);
	for (size_t i = 0; i < b->ready && st == ST_OK; i++)
		st = take(im, &b->receipts[i]);
	word_batch_write(&im->words, txn);
	if (st == ST_OK)
		return trade_close(&im->trade);
	trade_abandon(&im->trade);
	return st;
}

/* What was remembered holds as long as nobody else has changed the book. */
static void notice_others(struct importing *im)
{
	if (im->version == store_version(im->shop->store))
		return;
	people_forget(&im->people);
	known_clear(&im->items);
}

static enum status book_batch(struct txn *txn, void *arg)
{
	struct importing *im = arg;

	if (im->tried)
		undo(im);
	im->tried = true;
	notice_others(im);
	return book_ready(im, txn);
}

static enum status read_batch(struct importing *im)
{
	if (store_is_alone(im->shop->store))
		return batch_read(&im->batch, LARGE_LINES, LARGE_LINES);
	return batch_read(&im->batch, LARGE_LINES, SMALL_RECEIPTS);
}

static enum status import_batch(struct importing *im)
{
	enum status st = read_batch(im);

	if (st != ST_OK)
		return st;
	im->tried = false;
	st = store_write(im->shop->store, book_batch, im);
	if (st != ST_OK) {
		undo(im);
		return st;
	}
	im->version = store_version(im->shop->store);
	keep(im);
	batch_drop(&im->batch);
	return rejects_write(&im->rejects);
}

/* -- progress -- */

static int64_t milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static enum status show_progress(struct importing *im)
{
	struct import_progress p = { .rows = im->result->rows, .seconds_left = -1 };
	int64_t spent = milliseconds() - im->began;

	if (!im->how->step)
		return ST_OK;
	p.done = im->batch.till ? till_position(im->batch.till, &p.total) :
				  csv_position(im->batch.csv, &p.total);
	if (im->late)
		p.done = p.total;
	if (p.done > 0 && p.total >= p.done && spent > 0)
		p.seconds_left = (int)((double)spent * (double)(p.total - p.done) /
				       (double)p.done / 1000.0 + 0.5);
	if (im->how->step(im->how->arg, &p))
		return ST_OK;
	return fail(ST_CANCELLED, "the import was stopped");
}

/* -- the whole -- */

static enum status read_again(struct importing *im)
{
	struct csv_row header;
	enum status st;

	batch_release(&im->batch);
	csv_close(im->batch.csv);
	im->batch.csv = NULL;
	st = csv_open(im->batch.path, &im->batch.csv);
	return st == ST_OK ? csv_next(im->batch.csv, &header) : st;
}

/* Is there something to be read the file for once more? */
static bool comes_to_late(struct importing *im)
{
	if (im->late || !im->waiting.size)
		return false;
	im->late = true;
	return true;
}

static enum status each_batch(struct importing *im)
{
	enum status st = ST_OK;

	while (st == ST_OK && !im->batch.ended) {
		st = import_batch(im);
		if (st == ST_OK)
			st = show_progress(im);
	}
	return st;
}

static enum status import_batches(struct importing *im)
{
	enum status st = each_batch(im);

	if (st == ST_OK && comes_to_late(im))
		st = read_again(im);
	return st == ST_OK ? each_batch(im) : st;
}

static enum status start_again(struct importing *im)
{
	undo(im);
	im->late = false;
	if (!im->batch.till)
		return read_again(im);
	batch_release(&im->batch);
	till_rewind(im->batch.till);
	return ST_OK;
}

static enum status try_each_batch(struct importing *im, struct txn *txn)
{
	enum status st = ST_OK;

	while (st == ST_OK && !im->batch.ended) {
		st = batch_read(&im->batch, TRIED_LINES, TRIED_LINES);
		if (st == ST_OK)
			st = book_ready(im, txn);
		batch_drop(&im->batch);
		if (st == ST_OK && !im->batch.ended)
			st = show_progress(im);
	}
	return st;
}

/* One transaction that is given up, so that later lines meet the earlier ones. */
static enum status try_all(struct txn *txn, void *arg)
{
	struct importing *im = arg;
	enum status st = im->tried ? start_again(im) : ST_OK;

	im->tried = true;
	if (st == ST_OK)
		st = try_each_batch(im, txn);
	if (st == ST_OK && comes_to_late(im))
		st = read_again(im);
	if (st == ST_OK)
		st = try_each_batch(im, txn);
	return st == ST_OK ? ST_CANCELLED : st;
}

static enum status dry_run(struct importing *im)
{
	enum status st = store_write(im->shop->store, try_all, im);

	return st == ST_CANCELLED && im->batch.ended ? rejects_write(&im->rejects) : st;
}

static enum status run(struct importing *im, const char *path)
{
	enum status st = csv_open(im->batch.path, &im->batch.csv);
	struct csv_about about;

	if (st != ST_OK)
		return st;
	st = read_header(im, path);
	keep(im);
	if (st == ST_OK)
		st = im->how->dry_run ? dry_run(im) : import_batches(im);
	about = im->batch.till ? till_describe(im->batch.till) : csv_describe(im->batch.csv);
	im->result->encoding = about.encoding;
	im->result->delimiter = about.delimiter;
	snprintf(im->result->note, IMPORT_SENTENCE, "%s", about.note);
	if (!im->result->rejected || im->rejects.off)
		im->result->rejected_to[0] = '\0';
	return st;
}

/* What was kept is said, since the same import goes on from there. */
static enum status say_what_is_kept(const struct importing *im, enum status st)
{
	char why[IMPORT_SENTENCE];

	if (st == ST_OK || im->how->dry_run || im->result->rows == im->result->skipped)
		return st;
	snprintf(why, sizeof(why), "%s", status_text());
	return fail(st, "%s; the first %lld rows are imported: the same import again goes on "
		    "from there", why, (long long)(im->result->rows - im->result->skipped));
}

static void release(struct importing *im)
{
	if (im->batch.csv)
		csv_close(im->batch.csv);
	batch_release(&im->batch);
	till_close(im->batch.till);
	binding_free(im->binding);
	formats_free(&im->formats);
	word_batch_release(&im->words);
	people_end(&im->people);
	known_clear(&im->items);
	bits_release(&im->booked);
	bits_release(&im->waiting);
	free(im);
}

enum status import_file(struct shop *shop, const struct actor *by, const char *path,
			const struct import_options *how, struct import_result *out)
{
	struct importing *im = mem_alloc(sizeof(*im));
	char readable[SPOOL_PATH];
	int spooled = -1;
	enum status st = ST_OK, ended;

	*out = (struct import_result){ .encoding = "", .delimiter = "" };
	im->shop = shop;
	im->by = by;
	im->how = how;
	im->result = out;
	im->began = milliseconds();
	im->batch.path = how->opened ? how->opened : readable;
	im->batch.columns = &im->columns;
	im->batch.dates = how->dates;
	im->batch.decimals = shop->decimals;
	im->rejects.fd = -1;
	if (!how->opened)
		st = spool_open(path, &spooled, readable);
	if (st == ST_OK)
		st = run(im, path);
	st = say_what_is_kept(im, st);
	ended = rejects_end(&im->rejects);
	release(im);
	if (spooled >= 0)
		close(spooled);
	return st == ST_OK ? ended : st;
}

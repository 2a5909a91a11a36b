/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/lite.h"

#include <stdlib.h>

#include "base/mem.h"

/* The book of a shop as one would keep it in SQLite, with no table or index
 * that is not needed: rows of a sale are clustered, none has a rowid of its
 * own. The rules were applied by ours; this writes what came of them. */

static const char tables[] =
	"CREATE TABLE IF NOT EXISTS sale(seq INTEGER PRIMARY KEY, occurred INT, day INT,"
	" customer INT, total INT, who TEXT, terminal TEXT);"
	"CREATE INDEX IF NOT EXISTS timeline ON sale(customer, occurred);"
	"CREATE TABLE IF NOT EXISTS line(seq INT, n INT, item INT, quantity INT, amount INT,"
	" PRIMARY KEY(seq, n)) WITHOUT ROWID;"
	"CREATE TABLE IF NOT EXISTS tender(seq INT, n INT, kind INT, amount INT,"
	" PRIMARY KEY(seq, n)) WITHOUT ROWID;"
	"CREATE TABLE IF NOT EXISTS posting(seq INT, n INT, unit INT, counter INT, amount INT,"
	" PRIMARY KEY(seq, n)) WITHOUT ROWID;"
	"CREATE TABLE IF NOT EXISTS balance(customer INT, unit INT, amount INT,"
	" PRIMARY KEY(customer, unit)) WITHOUT ROWID;"
	"CREATE TABLE IF NOT EXISTS house(unit INT, counter INT, amount INT,"
	" PRIMARY KEY(unit, counter)) WITHOUT ROWID;"
	"CREATE TABLE IF NOT EXISTS lot(customer INT, unit INT, through INT, acquired INT, seq INT,"
	" n INT, amount INT, PRIMARY KEY(customer, unit, through, acquired, seq, n))"
	" WITHOUT ROWID;"
	"CREATE TABLE IF NOT EXISTS figures(customer INTEGER PRIMARY KEY, sales INT, visits INT,"
	" spend INT, first_day INT, last_day INT);"
	"CREATE TABLE IF NOT EXISTS done(seq INT, op BLOB PRIMARY KEY) WITHOUT ROWID;";

struct lite_book {
	struct lite *lite;
	struct lite_query *begin, *commit, *known, *sale, *line, *tender, *posting, *balance,
		*house, *lot, *draw, *figures, *done;
};

struct lite_book *lite_book_open(const char *path, const char *journal_mode)
{
	struct lite *l = lite_open(path, journal_mode);
	struct lite_book *b;

	if (!l)
		return NULL;
	lite_run(l, tables);
	b = mem_alloc(sizeof(*b));
	b->lite = l;
	b->begin = lite_prepare(l, "BEGIN IMMEDIATE");
	b->commit = lite_prepare(l, "COMMIT");
	b->known = lite_prepare(l, "SELECT seq FROM done WHERE op = ?");
	b->sale = lite_prepare(l, "INSERT INTO sale VALUES(?, ?, ?, ?, ?, 'asha', 'counter')");
	b->line = lite_prepare(l, "INSERT INTO line VALUES(?, ?, ?, ?, ?)");
	b->tender = lite_prepare(l, "INSERT INTO tender VALUES(?, ?, ?, ?)");
	b->posting = lite_prepare(l, "INSERT INTO posting VALUES(?, ?, ?, ?, ?)");
	b->balance = lite_prepare(l, "INSERT INTO balance VALUES(?1, ?2, ?3) ON CONFLICT "
				  "DO UPDATE SET amount = amount + ?3");
	b->house = lite_prepare(l, "INSERT INTO house VALUES(?1, ?2, -?3) ON CONFLICT "
				"DO UPDATE SET amount = amount - ?3");
	b->lot = lite_prepare(l, "INSERT INTO lot VALUES(?, ?, ?, ?, ?, ?, ?)");
	b->draw = lite_prepare(l, "DELETE FROM lot WHERE customer = ? AND unit = ? AND seq = ? "
			       "AND n = ?");
	b->figures = lite_prepare(l, "INSERT INTO figures VALUES(?1, 1, 1, ?2, ?3, ?3) ON CONFLICT "
				  "DO UPDATE SET sales = sales + 1, spend = spend + ?2, "
				  "visits = visits + (last_day <> ?3), last_day = ?3");
	b->done = lite_prepare(l, "INSERT INTO done VALUES(?, ?)");
	return b;
}

void lite_book_close(struct lite_book *b)
{
	lite_close(b->lite);
	free(b);
}

struct lite *lite_of(struct lite_book *b)
{
	return b->lite;
}

static void write_postings(struct lite_book *b, const struct sold *s)
{
	for (uint32_t i = 0; i < s->posting_count; i++) {
		const struct posting *p = &s->postings[i];

		LITE_DO(b->posting, s->seq, i, p->unit, p->counter, p->amount);
		LITE_DO(b->balance, s->customer, p->unit, p->amount);
		LITE_DO(b->house, p->unit, p->counter, p->amount);
		if (p->amount > 0)
			LITE_DO(b->lot, s->customer, p->unit, p->through, s->occurred, s->seq, i,
				p->amount);
	}
	for (uint32_t i = 0; i < s->move_count; i++) {
		const struct move *m = &s->moves[i];

		LITE_DO(b->draw, s->customer, s->postings[m->posting].unit, m->seq, m->n);
	}
}

static void write_sale(struct lite_book *b, const struct sold *s)
{
	LITE_DO(b->sale, s->seq, s->occurred, s->day, s->customer, s->total);
	for (uint32_t i = 0; i < s->line_count; i++)
		LITE_DO(b->line, s->seq, i, s->lines[i].item, s->lines[i].quantity,
			s->lines[i].amount);
	for (uint32_t i = 0; i < s->tender_count; i++)
		LITE_DO(b->tender, s->seq, i, s->tenders[i].kind, s->tenders[i].amount);
	write_postings(b, s);
	LITE_DO(b->figures, s->customer, s->total, s->day);
}

void lite_book_sell(struct lite_book *b, const struct sold *s)
{
	int64_t seq;

	lite_do(b->begin, 0, NULL);
	lite_bytes(b->known, 1, s->op, OP_SIZE);
	if (!lite_read(b->known, &seq)) {
		write_sale(b, s);
		lite_bytes(b->done, 2, s->op, OP_SIZE);
		LITE_DO(b->done, s->seq);
	}
	lite_do(b->commit, 0, NULL);
}

static void fill_one(void *arg, const struct sold *s)
{
	write_sale(arg, s);
}

void lite_book_fill(struct lite_book *b, struct counter *c)
{
	lite_run(b->lite, "PRAGMA cache_size=-1048576");
	lite_do(b->begin, 0, NULL);
	counter_each(c, fill_one, b);
	lite_do(b->commit, 0, NULL);
}

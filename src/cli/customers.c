/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/customers.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/mem.h"
#include "cli/consent.h"
#include "cli/entries.h"
#include "cli/figures.h"
#include "cli/lookup.h"
#include "cli/out.h"
#include "cli/standing.h"
#include "cli/where.h"
#include "shop/search.h"
#include "store/record_text.h"

enum { FOUND_MOST = 20 };

const struct field customer_find_flags[] = {
	FLAG("limit", FIELD_INT, .least = 1, .most = 1000, .value = "N",
	     .help = "at most so many; else 20"),
	{ 0 }
};

const struct field customer_list_flags[] = {
	FLAG_TEXT("tag", 40, .help = "only people with this tag"),
	FLAG_WHERE,
	FLAG("limit", FIELD_INT, .most = 1000000000, .value = "N", .help = "at most so many"),
	FLAG("count", FIELD_BOOL, .help = "print only how many there are"),
	{ 0 }
};

/* -- one person -- */

json_t *customer_json(const struct run *run, const struct standing *s,
		      const struct consent_answer *answers)
{
	const struct figures *f = &s->holder.figures;
	json_t *json = record_json(&customer_type, &s->customer, run->shop.decimals);

	json_object_set_new(json, "sales", json_integer(f->sales));
	json_object_set_new(json, "visits", json_integer(f->visits));
	json_object_set_new(json, "spend", figure_money(run, f->spend));
	json_object_set_new(json, "first_visit", figure_day((int32_t)f->first_day));
	json_object_set_new(json, "last_visit", figure_day((int32_t)f->last_day));
	json_object_set_new(json, "tier", json_null());
	json_object_set_new(json, "consent", consent_json(&s->customer, answers));
	json_object_set_new(json, "balances", standing_balances(s));
	json_object_set_new(json, "rewards", standing_rewards(s));
	return json;
}

static void print_person(struct run *run, const struct standing *s,
			 const struct consent_answer *answers)
{
	const struct figures *f = &s->holder.figures;
	struct customer fields = s->customer;
	char text[MONEY_TEXT], first[DAY_TEXT], last[DAY_TEXT];

	fields.consent_count = 0;	/* told in more words */
	out_record(run, &customer_type, &fields);
	consent_print(run, &s->customer, answers);
	if (f->visits) {
		day_print((int32_t)f->first_day, first);
		day_print((int32_t)f->last_day, last);
		snprintf(text, sizeof(text), "%" PRId64, f->visits);
		out_pair(run, "Visits", text);
		out_pair(run, "Spent", amount_text(run, f->spend, text));
		out_pair(run, "First visit", first);
		out_pair(run, "Last visit", last);
	}
	standing_print(s, run);
}

static void print_json(struct run *run, json_t *json, const bool *repeated)
{
	if (repeated)
		json_object_set_new(json, "repeated", json_boolean(*repeated));
	out_json(run, json);
}

enum status customer_print(struct run *run, int64_t id, const bool *repeated)
{
	struct standing *s = mem_alloc(sizeof(*s));
	struct consent_answer answers[CONSENT_CHANNELS];
	enum status st = read_standing(run, id, s);

	if (st == ST_OK)
		st = read_answers(run, &s->customer, answers);
	if (st == ST_OK && run->json)
		print_json(run, customer_json(run, s, answers), repeated);
	else if (st == ST_OK)
		print_person(run, s, answers);
	standing_release(s);
	free(s);
	return st;
}

enum status customer_show(struct run *run)
{
	int64_t id;
	enum status st = find_customer(run, args_operand(run->args, 0), &id);

	return st == ST_OK ? customer_print(run, id, NULL) : st;
}

/* -- all that the book has of one person -- */

struct exported {
	struct run *run;
	json_t *entries;
};

static void add_entry(void *arg, const struct listed_entry *row)
{
	struct exported *x = arg;

	json_array_append_new(x->entries, entry_json(x->run, row));
}

enum status customer_export(struct run *run)
{
	struct exported x = { run, json_array() };
	struct recent_ask asked = { 0 };
	struct consent_answer answers[CONSENT_CHANNELS];
	struct standing *s = mem_alloc(sizeof(*s));
	json_t *json;
	enum status st = find_customer(run, args_operand(run->args, 0), &asked.customer);

	if (st == ST_OK)
		st = read_standing(run, asked.customer, s);
	if (st == ST_OK)
		st = read_answers(run, &s->customer, answers);
	if (st == ST_OK)
		st = entries_newest(run, &asked, add_entry, &x);
	if (st == ST_OK) {
		json = customer_json(run, s, answers);
		json_object_set(json, "entries", x.entries);
		out_json(run, json);
	}
	json_decref(x.entries);
	standing_release(s);
	free(s);
	return st;
}

/* -- finding -- */

struct search {
	struct run *run;
	char *words;
	size_t most;
	struct finding found;
};

/* All operands as one query. */
static char *join(const struct args *a)
{
	struct buf words = { 0 };

	for (size_t i = 0; i < a->operand_count; i++)
		buf_printf(&words, "%s%s", i ? " " : "", args_operand(a, i));
	return words.at ? words.at : mem_text("");
}

static enum status search_work(struct txn *txn, void *arg)
{
	struct search *s = arg;

	return customer_find(txn, s->words, s->most, &s->found);
}

static void found_json(struct search *s)
{
	const struct field *phones = record_field(&customer_type, "phones");
	json_t *rows = json_array();

	for (size_t i = 0; i < s->found.n; i++) {
		const struct found *f = &s->found.row[i];
		json_t *row = json_object();

		json_object_set_new(row, "id", json_integer(f->id));
		json_object_set_new(row, "name", json_text(f->customer.name));
		json_object_set_new(row, "phones", field_json(phones, &f->customer, 0));
		json_object_set_new(row, "score", json_integer(100 - 5 * (int)f->match));
		json_object_set_new(row, "match", json_string(match_name(f->match)));
		json_object_set_new(row, "last_visit", figure_day(f->last_visit));
		json_array_append_new(rows, row);
	}
	out_json(s->run, json_pack("{s:o,s:b}", "customers", rows, "more", (int)s->found.more));
}

/* Beside a column of phones. */
static const char *name_cell(const struct customer *c)
{
	return c->phone_count ? c->name : customer_label(c);
}

static void found_words(struct search *s)
{
	struct grid grid;
	char day[DAY_TEXT];

	grid_start(&grid);
	grid_column(&grid, "Id", GRID_RIGHT);
	grid_column(&grid, "Name", GRID_LEFT);
	grid_column(&grid, "Phone", GRID_LEFT);
	grid_column(&grid, "Last visit", GRID_LEFT);
	grid_column(&grid, "Match", GRID_LEFT);
	for (size_t i = 0; i < s->found.n; i++) {
		const struct found *f = &s->found.row[i];

		day_print(f->last_visit, day);
		grid_cellf(&grid, "%" PRId64, f->id);
		grid_cell(&grid, name_cell(&f->customer));
		grid_cell(&grid, f->customer.phone_count ? f->customer.phones[0].text : "");
		grid_cell(&grid, f->last_visit ? day : "");
		grid_cell(&grid, match_name(f->match));
	}
	grid_end(&grid, s->run);
	if (s->found.more)
		out_line(s->run, "There are more; write more of the name.");
}

enum status customer_find_run(struct run *run)
{
	struct search s = { run, join(run->args), (size_t)args_number(run->args, "limit"), { 0 } };
	enum status st;

	if (!s.most)
		s.most = FOUND_MOST;
	st = store_read(run->shop.store, search_work, &s);
	if (st == ST_OK && run->json)
		found_json(&s);
	else if (st == ST_OK && !s.found.n)
		out_line(run, "Nobody is like \"%s\".", s.words);
	else if (st == ST_OK)
		found_words(&s);
	finding_release(&s.found);
	free(s.words);
	return st;
}

/* -- everybody, or those of a filter -- */

struct everybody {
	struct run *run;
	const char *tag;
	int64_t limit, n;
	bool chosen, count;
	struct people_set who;		/* when they are chosen */
	struct customer *customer;
	struct listing listing;
};

static bool has_tag(const struct customer *c, const char *tag)
{
	for (uint32_t i = 0; i < c->tag_count; i++)
		if (!strcasecmp(c->tags[i].name, tag))
			return true;
	return !*tag;
}

static void say_consent(const void *rec, json_t *json)
{
	json_object_set_new(json, "consent", consent_json(rec, NULL));
}

/* A table has a place for the name alone. */
static void show_name(struct customer *c)
{
	if (!*c->name && !c->phone_count)
		snprintf(c->name, sizeof(c->name), "%s", customer_label(c));
}

static bool next_row(const struct everybody *all, struct range *r)
{
	int64_t id = 0;
	struct key k;

	if (!all->chosen)
		return range_next(r);
	if (r->place == RANGE_ON_ROW)
		id = (int64_t)key_read(r->key.at, 4);
	do {
		id = people_next(&all->who, id);
		k = account_key(id);
	} while (id && !range_find(r, &k, 0) && txn_status(r->txn) == ST_OK);
	return id && txn_status(r->txn) == ST_OK;
}

static void list_one(struct everybody *all)
{
	all->n++;
	if (all->count)
		return;
	if (!all->run->json)
		show_name(all->customer);
	listing_add(&all->listing, all->customer);
}

static enum status list_work(struct txn *txn, void *arg)
{
	struct everybody *all = arg;
	struct range r;
	enum status st = ST_OK;

	all->n = 0;
	range_start(&r, txn, TABLE_CUSTOMER, NULL);
	while (st == ST_OK && (!all->limit || all->n < all->limit) && next_row(all, &r)) {
		st = record_decode(&customer_type, all->customer, r.value.at, r.value.len);
		if (st == ST_OK && !all->customer->erased && has_tag(all->customer, all->tag))
			list_one(all);
	}
	range_end(&r);
	return st == ST_OK ? txn_status(txn) : st;
}

static enum status list_rows(struct txn *txn, void *arg)
{
	static const char *const columns[] = {
		"id", "name", "phones", "area", "tags", "added", NULL
	};
	struct everybody *all = arg;
	enum status st;

	buf_clear(&all->run->out);
	all->listing = (struct listing){ .type = &customer_type, .columns = columns,
					 .more = say_consent };
	listing_start(&all->listing, all->run, "customers");
	st = list_work(txn, all);
	listing_end(&all->listing);
	return st;
}

static void print_number(struct run *run, int64_t n)
{
	if (run->json)
		out_json(run, json_pack("{s:I}", "count", (json_int_t)n));
	else
		out_line(run, "%" PRId64, n);
}

enum status customer_list(struct run *run)
{
	struct everybody all = { .run = run, .tag = args_text(run->args, "tag"),
				 .limit = args_number(run->args, "limit"),
				 .count = args_yes(run->args, "count"),
				 .customer = mem_alloc(sizeof(struct customer)) };
	enum status st = where_read(run, &all.who, &all.chosen);

	if (st == ST_OK)
		st = store_read(run->shop.store, all.count ? list_work : list_rows, &all);
	if (st == ST_OK && all.count)
		print_number(run, all.n);
	people_release(&all.who);
	free(all.customer);
	return st;
}

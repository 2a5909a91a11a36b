/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/lookup.h"
#include "cli/out.h"
#include "cli/result.h"
#include "cli/sales.h"
#include "shop/sale.h"
#include "store/record_text.h"

static const struct field add_flags[] = {
	FLAG_TEXT("customer", 200, .value = "WHO", .help = "phone, card, code, #number or name; "
		  "without it the sale is nobody's"),
	FLAG_TEXT("card", 64, .value = "CODE", .help = "the customer by their card"),
	FLAG("amount", FIELD_MONEY, .most = MONEY_MOST, .help = "the bill; without it the sum of "
	     "the items"),
	FLAG_MANY("item", ENTRY_LINES, .value = "NAME[:QTY][@PRICE]", .help = "what was sold; "
		  "what is no item of the shop needs a price"),
	FLAG_TEXT("receipt", RECEIPT_SIZE, .value = "NO", .help = "the till's number; else the "
		  "store gives one"),
	FLAG("tax", FIELD_MONEY, .most = MONEY_MOST, .help = "contained in the bill"),
	FLAG("tender", FIELD_CHOICE, .choices = tender_names, .help = "how it was paid"),
	FLAG("points", FIELD_INT, .most = MONEY_MOST, .value = "N", .help = "pay with so many "
	     "points"),
	FLAG_TEXT("program", 64, .value = "PROGRAM", .help = "whose points pay, where there are "
		  "several"),
	FLAG_TEXT("reward", 64, .value = "NAME", .help = "a reward that is used on this bill"),
	FLAG("date", FIELD_TIME, .help = "when it was; else now"),
	FLAG("award_past", FIELD_BOOL, .help = "earns in programs that began later too"),
	{ 0 }
};

static const struct field refund_flags[] = {
	FLAG("amount", FIELD_MONEY, .least = 1, .most = MONEY_MOST, .help = "how much goes back; "
	     "without it all that is left"),
	FLAG_TEXT("refund", RECEIPT_SIZE, .value = "NO", .help = "the refund's own number"),
	FLAG_TEXT("reason", 500, .help = "why"),
	FLAG("date", FIELD_TIME, .help = "when it was; else now"),
	{ 0 }
};

struct asked {
	struct sale sale;
	struct line *lines;
	struct tender tender;
	struct buf words;
};

/* -- "Masala chai:2@20.00" -- */

/* Cuts what stands behind the last 'sign' off, when it reads as a number. */
static bool cut_number(char *text, char sign, const struct field *f, const struct run *run,
		       int64_t *out)
{
	struct field_reading how = { "--item", run->shop.decimals };
	char *at = strrchr(text, sign);

	if (!at || at == text || !at[1] || field_parse(f, out, at + 1, &how) != ST_OK)
		return false;
	*at = '\0';
	return true;
}

static enum status free_line(struct run *run, struct asked *ask, const char *name, bool priced)
{
	if (!priced)
		return wrong_usage(run, "--item: %s. What is no item needs a price: --item "
				   "\"%s@20.00\"", status_text(), name);
	buf_printf(&ask->words, "%zu %s\n", ask->sale.line_count + 1, name);
	return ST_OK;
}

static enum status read_item(struct run *run, const char *text, struct asked *ask)
{
	static const struct field money = FLAG("price", FIELD_MONEY, .most = MONEY_MOST);
	static const struct field quantity = FLAG("quantity", FIELD_QUANTITY, .least = 1,
						  .most = MONEY_MOST);
	struct line *line = &ask->lines[ask->sale.line_count];
	int64_t price = 0;
	struct item item;
	char *name = mem_text(text);
	bool priced = cut_number(name, '@', &money, run, &price);
	enum status st;

	line->quantity = 1000;
	cut_number(name, ':', &quantity, run, &line->quantity);
	st = find_item(run, name, &item);
	if (st == ST_OK) {
		line->item = item.id;
		price = priced ? price : item.price;
	} else if (st == ST_NOT_FOUND) {
		st = free_line(run, ask, name, priced);
	}
	if (st == ST_OK && !mul_div(price, line->quantity, 1000, ROUND_HALF_UP, &line->amount))
		st = wrong_usage(run, "--item: \"%s\" comes to more than can be kept", text);
	ask->sale.line_count++;
	free(name);
	return st;
}

static enum status read_items(struct run *run, struct asked *ask)
{
	const char *text;
	enum status st = ST_OK;

	ask->lines = mem_alloc((run->args->given_count + 1) * sizeof(*ask->lines));
	ask->sale.lines = ask->lines;
	for (size_t i = 0; st == ST_OK && (text = args_each(run->args, "item", &i));)
		st = read_item(run, text, ask);
	ask->sale.words = ask->words.at ? ask->words.at : "";
	return st;
}

/* -- the rest of the sale -- */

static enum status read_people(struct run *run, struct sale *s)
{
	const char *who = args_text(run->args, "customer"), *card = args_text(run->args, "card");

	if (*who && *card)
		return wrong_usage(run, "--customer and --card both name the customer; give one");
	if (!*who && !*card)
		return ST_OK;
	return find_customer(run, *card ? card : who, &s->customer);
}

static int64_t bill_of(const struct sale *s)
{
	int64_t sum = 0;

	if (s->amount)
		return s->amount;
	for (size_t i = 0; i < s->line_count; i++)
		if (!sum_checked(sum, s->lines[i].amount, &sum))
			return 0;
	return sum;
}

static enum status read_payment(struct run *run, struct asked *ask)
{
	struct sale *s = &ask->sale;
	const char *program = args_text(run->args, "program");
	const char *name = args_text(run->args, "reward");
	struct program p;
	struct reward r;
	enum status st = ST_OK;

	s->points = args_number(run->args, "points");
	if (*program) {
		st = find_program(run, program, &p);
		s->points_program = p.id;
	}
	if (st == ST_OK && *name) {
		st = find_reward(run, name, &r);
		s->reward = r.id;
	}
	if (st == ST_OK && (s->points || s->reward) && !s->customer)
		st = wrong_usage(run, "points and rewards are a customer's: say --customer WHO");
	if (args_has(run->args, "tender")) {
		ask->tender.kind = args_number(run->args, "tender");
		ask->tender.amount = s->points || s->reward ? 0 : bill_of(s);
		s->tenders = &ask->tender;
		s->tender_count = 1;
	}
	return st;
}

static enum status read_sale(struct run *run, struct asked *ask)
{
	struct sale *s = &ask->sale;
	enum status st;

	s->source = "";
	s->receipt = args_text(run->args, "receipt");
	s->occurred = args_number(run->args, "date");
	s->amount = args_number(run->args, "amount");
	s->tax = args_number(run->args, "tax");
	s->award_past = args_yes(run->args, "award_past");
	if (!args_has(run->args, "amount") && !args_has(run->args, "item"))
		return wrong_usage(run, "say what it came to: --amount 12.50, or --item NAME");
	st = read_people(run, s);
	if (st == ST_OK)
		st = read_items(run, ask);
	return st == ST_OK ? read_payment(run, ask) : st;
}

static enum status run_add(struct run *run)
{
	struct asked ask = { .lines = NULL };
	struct trade_run done;
	enum status st = read_sale(run, &ask);

	if (st == ST_OK)
		st = sale_add(&run->shop, &run->by, &ask.sale, &done);
	if (st == ST_OK)
		st = result_print(run, &done);
	buf_release(&ask.words);
	free(ask.lines);
	return st;
}

static enum status run_refund(struct run *run)
{
	struct refund r = {
		.amount = args_number(run->args, "amount"),
		.number = args_text(run->args, "refund"),
		.occurred = args_number(run->args, "date"),
		.reason = args_text(run->args, "reason"),
	};
	struct trade_run done;
	enum status st = find_sale(run, args_operand(run->args, 0), &r.sale);

	if (st == ST_OK)
		st = refund_add(&run->shop, &run->by, &r, &done);
	return st == ST_OK ? result_print(run, &done) : st;
}

const struct command sale_commands[] = {
	{ "sale", "add", "books a sale", "",
	  .flags = add_flags, .needs = WRITE_SHOP, .run = run_add },
	{ "sale", "refund", "gives money back for a sale, all of it or a part", "RECEIPT",
	  .flags = refund_flags, .needs = WRITE_SHOP, .run = run_refund },
	{ "sale", "show", "shows a sale with its lines and refunds", "RECEIPT",
	  .needs = READ_SHOP, .run = sale_show },
	{ "sale", "list", "lists sales and refunds, newest first", "",
	  .flags = sale_list_flags, .needs = READ_SHOP, .run = sale_list },
	{ .name = NULL }
};

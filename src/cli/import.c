/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cli/cli.h"
#include "cli/figures.h"
#include "cli/imports.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "store/record_text.h"

const char *const import_orders[] = { "auto", "dmy", "mdy", "ymd", NULL };

static const struct field import_flags[] = {
	FLAG("dry_run", FIELD_BOOL, .help = "try everything and keep nothing"),
	IMPORT_FLAGS,
	FLAG_PATH("rejected", .value = "FILE", .help = "where refused lines go; else "
		  "FILE.rejected.csv"),
	{ 0 }
};

static bool step(void *arg, const struct import_progress *p)
{
	progress_show(arg, p->done, p->total, p->seconds_left);
	return true;
}

void import_flags_read(const struct args *a, const char *maps[IMPORT_MAPS],
		       struct import_options *out)
{
	size_t n = 0;

	for (size_t i = 0; n < IMPORT_MAPS && (maps[n] = args_each(a, "map", &i));)
		n++;
	*out = (struct import_options){
		.map_count = n, .maps = maps,
		.dates = (enum date_order)args_number(a, "dates"),
		.award_past = args_yes(a, "award_past"),
		.format = args_raw(a, "format"),
	};
}

/* -- answers -- */

static json_t *skips_json(const struct import_result *r)
{
	json_t *json = json_object();

	for (int i = 0; i < SKIP_REASONS; i++)
		if (r->skips[i])
			json_object_set_new(json, skip_names[i], json_integer(r->skips[i]));
	return json;
}

static json_t *result_json(const struct run *run, const struct import_result *r)
{
	json_t *json = json_object(), *reasons = json_array();

	json_object_set_new(json, "dry_run", json_boolean(args_yes(run->args, "dry_run")));
	json_object_set_new(json, "format", json_text(r->format));
	json_object_set_new(json, "rows", json_integer(r->rows));
	json_object_set_new(json, "accepted", json_integer(r->accepted));
	json_object_set_new(json, "duplicates", json_integer(r->duplicates));
	json_object_set_new(json, "rejected", json_integer(r->rejected));
	json_object_set_new(json, "skipped", json_integer(r->skipped));
	json_object_set_new(json, "skips", skips_json(r));
	json_object_set_new(json, "sales", json_integer(r->sales));
	json_object_set_new(json, "refunds", json_integer(r->refunds));
	json_object_set_new(json, "unknown_refunds", json_integer(r->unknown_refunds));
	json_object_set_new(json, "openings", json_integer(r->openings));
	json_object_set_new(json, "customers_added", json_integer(r->customers_added));
	json_object_set_new(json, "customers_matched", json_integer(r->customers_matched));
	json_object_set_new(json, "customers_changed", json_integer(r->customers_changed));
	json_object_set_new(json, "consents", json_integer(r->consents));
	json_object_set_new(json, "items_added", json_integer(r->items_added));
	json_object_set_new(json, "revenue", figure_money(run, r->revenue));
	for (size_t i = 0; i < r->reason_count; i++) {
		json_t *reason = json_object();

		json_object_set_new(reason, "line", json_integer(r->reasons[i].line));
		json_object_set_new(reason, "reason", json_text(r->reasons[i].text));
		json_array_append_new(reasons, reason);
	}
	json_object_set_new(json, "reasons", reasons);
	json_object_set_new(json, "rejected_to", json_text(r->rejected_to));
	json_object_set_new(json, "encoding", json_text(r->encoding));
	json_object_set_new(json, "delimiter", json_text(r->delimiter));
	json_object_set_new(json, "note", json_text(r->note));
	json_object_set_new(json, "unread", json_text(r->unread));
	return json;
}

static void print_skipped(struct run *run, const struct import_result *r)
{
	char label[40];

	print_count(run, "Rows that are no sale", r->skipped);
	for (int i = 0; i < SKIP_REASONS; i++) {
		snprintf(label, sizeof(label), "  %s", skip_names[i]);
		if (r->skips[i])
			print_count(run, label, r->skips[i]);
	}
}

static void print_booked(struct run *run, const struct import_result *r)
{
	char money[MONEY_TEXT];

	if (r->kind == IMPORT_SALES) {
		print_count(run, "Sales", r->sales);
		print_count(run, "Refunds", r->refunds);
		if (r->unknown_refunds)
			print_count(run, "  of unknown sales", r->unknown_refunds);
		out_pair(run, "Revenue", amount_text(run, r->revenue, money));
	} else {
		print_count(run, "Opening balances", r->openings);
	}
	print_count(run, "New customers", r->customers_added);
	print_count(run, "Known customers", r->customers_matched);
	if (r->customers_differ)
		print_count(run, "  said otherwise", r->customers_differ);
	if (r->consents)
		print_count(run, "Consent answers", r->consents);
	if (r->items_added)
		print_count(run, "New items", r->items_added);
	print_count(run, "Rows there already", r->duplicates);
	if (r->skipped)
		print_skipped(run, r);
	print_count(run, "Rejected rows", r->rejected);
}

static void print_rejected(struct run *run, const struct import_result *r)
{
	for (size_t i = 0; i < r->reason_count; i++)
		out_line(run, "  line %ld: %s", r->reasons[i].line, r->reasons[i].text);
	if (r->rejected > (int64_t)r->reason_count && r->reason_count)
		out_line(run, "  and so on");
	if (r->rejected_to[0])
		out_line(run, "The rejected rows are in %s, each with its reason; mend them there "
			 "and import that file.", r->rejected_to);
}

static void print_words(struct run *run, const char *path, const struct import_result *r)
{
	if (run->quiet && !r->rejected)
		return;
	if (*r->title)
		out_line(run, "%s (%s; %s, %s)", path, r->title, r->encoding, r->delimiter);
	else
		out_line(run, "%s (%s, %s)", path, r->encoding, r->delimiter);
	print_count(run, "Rows", r->rows);
	print_booked(run, r);
	print_rejected(run, r);
	if (r->note[0])
		out_line(run, "%s", r->note);
	if (r->unread[0])
		out_line(run, "Columns that are not read: %s", r->unread);
	if (r->kind == IMPORT_SALES && r->sales && !r->named)
		out_line(run, "No row says whose sale it was. Begin with one regular: regulars "
			 "customer add NAME --phone PHONE");
	if (args_yes(run->args, "dry_run"))
		out_line(run, "This was a trial: nothing was kept.");
}

/* -- commands -- */

static enum status import_one(struct run *run, const char *path,
			      const struct import_options *how, struct import_result *r)
{
	struct progress progress;
	struct import_options options = *how;
	enum status st;

	progress_start(&progress, run, "importing");
	options.step = step;
	options.arg = &progress;
	st = import_file(&run->shop, &run->by, path, &options, r);
	progress_end(&progress);
	return st;
}

/* One document for one file; for several, a list of them. */
static void print_json(struct run *run, json_t *files)
{
	if (json_array_size(files) == 1)
		out_json(run, json_incref(json_array_get(files, 0)));
	else
		out_json(run, json_pack("{s:O}", "files", files));
}

/* What a failure among several files leaves behind. */
static enum status say_which(const struct run *run, size_t i, enum status st)
{
	char why[600];

	snprintf(why, sizeof(why), "%s", status_text());
	if (run->args->operand_count == 1)
		return st;
	return fail(st, "%s: %s%s", args_operand(run->args, i), why,
		    i ? "; the files before it are imported" : "");
}

static enum status import_all(struct run *run, const struct import_options *how,
			      struct import_result *r, json_t *files)
{
	int64_t good = 0, bad = 0;

	for (size_t i = 0; i < run->args->operand_count; i++) {
		enum status st = import_one(run, args_operand(run->args, i), how, r);

		if (st != ST_OK)
			return say_which(run, i, st);
		good += r->accepted + r->duplicates;
		bad += r->rejected;
		if (run->json)
			json_array_append_new(files, result_json(run, r));
		else
			print_words(run, args_operand(run->args, i), r);
	}
	if (run->json)
		print_json(run, files);
	if (bad && !good)
		run->exit = EXIT_REFUSED;
	return ST_OK;
}

static enum status run_import(struct run *run)
{
	const char *maps[IMPORT_MAPS];
	struct import_options how;
	struct import_result *r;
	json_t *files;
	enum status st;

	import_flags_read(run->args, maps, &how);
	how.dry_run = args_yes(run->args, "dry_run");
	how.rejected = args_raw(run->args, "rejected");
	if (how.rejected && run->args->operand_count > 1)
		return wrong_usage(run, "--rejected is for one file; of several, each has its own "
				   "FILE.rejected.csv");
	r = mem_alloc(sizeof(*r));
	files = json_array();
	st = import_all(run, &how, r, files);
	json_decref(files);
	free(r);
	return st;
}

static const char details[] =
	"Files of Square, Shopify, Loyverse, Clover and WooCommerce are known by their columns,\n"
	"and the answer names the till. Other files say in their first line which column is\n"
	"which, in any order. Sales: date, amount, and where they are known receipt, refund,\n"
	"customer, name, phone, email, item, sku, category, quantity and tender. Lines of one\n"
	"receipt stand together; a negative amount with the receipt of an earlier sale is a\n"
	"refund of it, and is rejected where nobody knows that sale. With an empty receipt and a\n"
	"number in refund it is of no sale: lines with that number are one refund, which comes\n"
	"off what the customer has spent and changes nobody's points. Customers: name or phone or\n"
	"email or customer, and where they are known birthday, language, area, address, tags,\n"
	"notes, card, program, balance, sms_consent, email_consent and whatsapp_consent (yes or\n"
	"no). 'customer' is the till's own id of a person, or their name where names stand in it\n"
	"and no other column has them. FILE - is standard input.\n"
	"\n"
	"--format NAME says which till wrote it: square-items, square-transactions,\n"
	"shopify-orders, shopify-customers, loyverse-receipts, loyverse-items, clover-orders,\n"
	"clover-payments, woocommerce-customers; generic takes the columns as they are named,\n"
	"and a path with a slash in it is a description of your own. What is no sale (void,\n"
	"unpaid) is passed over and counted. A refund that names no sale goes to the latest one\n"
	"that it fits; where there is none, the money is booked, off what the customer has\n"
	"spent, and nobody's points change.";

const struct command import_commands[] = {
	{ "import", "", "reads sales or customers from CSV files; again changes nothing",
	  "FILE...", .flags = import_flags, .needs = WRITE_SHOP, .run = run_import,
	  .details = details },
	{ .name = NULL }
};

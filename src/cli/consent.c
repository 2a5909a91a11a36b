/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/consent.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "cli/entries.h"
#include "cli/groups.h"
#include "cli/lookup.h"
#include "cli/out.h"
#include "store/record_text.h"

/* In the order of enum consent_state from yes on, and then back to the first. */
const char *const consent_flag_names[] = { "yes", "no", "not_asked", NULL };

static const struct field consent_flags[] = {
	CONSENT_PHONE_FLAGS,
	FLAG("email", FIELD_CHOICE, .choices = consent_flag_names,
	     .help = "may they be sent emails?"),
	FLAG_TEXT("how", 500, .value = "TEXT", .help = "how they said so: \"signed the form\""),
	{ 0 }
};

bool consent_flag(const struct args *a, enum consent_channel ch, enum consent_state *out)
{
	const char *name = consent_channel_names[ch];

	if (!args_has(a, name))
		return false;
	*out = (enum consent_state)((args_number(a, name) + 1) % CONSENT_STATES);
	return true;
}

/* -- what stands -- */

struct answers_question {
	const struct customer *c;
	struct consent_answer *out;
};

static enum status answers_work(struct txn *txn, void *arg)
{
	const struct answers_question *q = arg;

	return consent_answers(txn, q->c, q->out);
}

enum status read_answers(const struct run *run, const struct customer *c,
			 struct consent_answer out[CONSENT_CHANNELS])
{
	struct answers_question q = { c, out };

	return store_read(run->shop.store, answers_work, &q);
}

static json_t *time_json(int64_t instant)
{
	char text[INSTANT_TEXT];

	if (!instant)
		return json_null();
	instant_print(instant, text);
	return json_string(text);
}

json_t *consent_json(const struct customer *c, const struct consent_answer *answers)
{
	json_t *channels = json_object();

	for (enum consent_channel ch = 0; ch < CONSENT_CHANNELS; ch++) {
		const struct consent *stands = consent_find(c, ch);
		json_t *one = json_object();

		json_object_set_new(one, "state",
				    json_string(consent_state_names[consent_of(c, ch)]));
		json_object_set_new(one, "since", time_json(stands ? stands->since : 0));
		json_object_set_new(one, "how",
				    json_text(stands ? consent_how_name(stands->how) : ""));
		if (answers) {
			json_object_set_new(one, "by", json_text(answers[ch].who));
			json_object_set_new(one, "words", json_text(answers[ch].words));
		}
		json_object_set_new(channels, consent_channel_names[ch], one);
	}
	return channels;
}

/* "yes", "not asked", "yes, no phone" */
static const char *state_words(const struct customer *c, enum consent_channel ch)
{
	enum consent_state state = consent_of(c, ch);

	if (state == CONSENT_NOT_ASKED)
		return "not asked";
	if (state == CONSENT_NO || consent_has_address(c, ch))
		return consent_state_names[state];
	return ch == CONSENT_EMAIL ? "yes, no email" : "yes, no phone";
}

void consent_print(struct run *run, const struct customer *c,
		   const struct consent_answer answers[CONSENT_CHANNELS])
{
	struct buf text = { 0 };
	char label[40], since[INSTANT_TEXT];

	for (enum consent_channel ch = 0; ch < CONSENT_CHANNELS; ch++) {
		const struct consent_answer *a = &answers[ch];

		if (!a->said.seq)
			continue;
		instant_print(a->said.since, since);
		snprintf(label, sizeof(label), "Consent, %s", consent_channel_names[ch]);
		buf_clear(&text);
		buf_printf(&text, "%s since %.10s, how: %s, by %s", state_words(c, ch), since,
			   consent_how_name(a->said.how), a->who);
		out_pair(run, label, text.at);
	}
	buf_release(&text);
}

/* -- history -- */

static void add_json(void *arg, const struct listed_entry *row)
{
	json_t *rows = arg, *json = json_object();
	struct consent said;

	if (consent_of_entry(row->e, &said)) {
		json_object_set_new(json, "seq", json_integer(said.seq));
		json_object_set_new(json, "channel",
				    json_string(consent_channel_names[said.channel]));
		json_object_set_new(json, "state", json_string(consent_state_names[said.state]));
		json_object_set_new(json, "since", time_json(said.since));
		json_object_set_new(json, "how", json_string(consent_how_name(said.how)));
		json_object_set_new(json, "by", json_text(row->e->who));
		json_object_set_new(json, "words", json_text(row->side->reason));
	}
	json_array_append_new(rows, json);
}

static void add_row(void *arg, const struct listed_entry *row)
{
	struct grid *grid = arg;
	struct consent said;
	char since[INSTANT_TEXT];

	if (!consent_of_entry(row->e, &said))
		return;
	instant_print(said.since, since);
	grid_cellf(grid, "%" PRId64, said.seq);
	grid_cellf(grid, "%.19s", since);
	grid_cell(grid, consent_channel_names[said.channel]);
	grid_cell(grid, said.state == CONSENT_NOT_ASKED ? "not asked" :
		  consent_state_names[said.state]);
	grid_cell(grid, consent_how_name(said.how));
	grid_cell(grid, row->e->who);
	grid_cell(grid, row->side->reason);
}

static void print_states(struct run *run, const struct customer *c)
{
	struct grid grid;

	grid_start(&grid);
	grid_column(&grid, "Channel", GRID_LEFT);
	grid_column(&grid, "Consent", GRID_LEFT);
	for (enum consent_channel ch = 0; ch < CONSENT_CHANNELS; ch++) {
		grid_cell(&grid, consent_channel_names[ch]);
		grid_cell(&grid, state_words(c, ch));
	}
	grid_end(&grid, run);
}

static enum status show_words(struct run *run, const struct customer *c)
{
	struct recent_ask asked = { .customer = c->id, .kinds = RECENT_CONSENT };
	char title[CUSTOMER_TITLE];
	struct grid grid;
	enum status st;

	customer_title(c, title);
	out_line(run, "%s", title);
	print_states(run, c);
	grid_start(&grid);
	grid_column(&grid, "Entry", GRID_RIGHT);
	grid_column(&grid, "Since", GRID_LEFT);
	grid_column(&grid, "Channel", GRID_LEFT);
	grid_column(&grid, "Said", GRID_LEFT);
	grid_column(&grid, "How", GRID_LEFT);
	grid_column(&grid, "By", GRID_LEFT);
	grid_column(&grid, "Words", GRID_LEFT);
	st = entries_newest(run, &asked, add_row, &grid);
	grid_end(&grid, run);
	return st;
}

/* 'done': what was just written down; NULL nothing. */
static enum status show_json(struct run *run, const struct customer *c,
			     const struct trade_run *done)
{
	struct recent_ask asked = { .customer = c->id, .kinds = RECENT_CONSENT };
	struct consent_answer answers[CONSENT_CHANNELS];
	json_t *history = json_array(), *json = json_object();
	enum status st = read_answers(run, c, answers);

	if (st == ST_OK)
		st = entries_newest(run, &asked, add_json, history);
	if (st == ST_OK) {
		json_object_set_new(json, "customer", json_integer(c->id));
		json_object_set_new(json, "name", json_text(c->name));
		json_object_set_new(json, "consent", consent_json(c, answers));
		json_object_set(json, "history", history);
		if (done)
			json_object_set_new(json, "repeated", json_boolean(done->repeated));
		out_json(run, json_incref(json));
	}
	json_decref(history);
	json_decref(json);
	return st;
}

/* -- changing it -- */

static size_t read_changes(const struct run *run, int64_t customer, struct consent_change *out)
{
	enum consent_state state;
	size_t n = 0;

	for (enum consent_channel ch = 0; ch < CONSENT_CHANNELS; ch++)
		if (consent_flag(run->args, ch, &state))
			out[n++] = (struct consent_change){
				.customer = customer, .channel = ch, .state = state,
				.words = args_text(run->args, "how") };
	return n;
}

/* One that stood already is said, too; and of an operation that is repeated
 * what it did, whatever stands since. */
static void say_change(struct run *run, const struct customer *c,
		       const struct consent_change *change, bool changed)
{
	enum consent_channel ch = change->channel;
	struct consent said = { .channel = ch, .state = change->state };
	char title[CUSTOMER_TITLE];
	struct buf words = { 0 };

	customer_title(c, title);
	tell_consent(&said, *c->name ? c->name : title, &words);
	if (said.state == CONSENT_YES && !consent_has_address(c, ch))
		buf_sentence(&words, "%s", ch == CONSENT_EMAIL ?
			     "There is no email address of them yet." :
			     "There is no phone of them yet that can be reached so.");
	if (!changed && consent_of(c, ch) == change->state)
		buf_sentence(&words, "%s", "That stood already; nothing was changed.");
	else if (!changed)
		buf_sentence(&words, "%s", "This was done before; nothing was changed now.");
	out_done(run, "%s", words.at);
	buf_release(&words);
}

static enum status change(struct run *run, const struct consent_changes *all)
{
	struct customer *c = mem_alloc(sizeof(*c));
	struct trade_run done;
	enum status st = consent_set_all(&run->shop, &run->by, all, &done);

	if (st == ST_OK)
		st = read_customer(run, all->row[0].customer, c);
	for (size_t i = 0; st == ST_OK && !run->json && i < all->n; i++)
		say_change(run, c, &all->row[i], all->changed[i]);
	if (st == ST_OK && run->json)
		st = show_json(run, c, &done);
	free(c);
	return st;
}

static enum status show(struct run *run, int64_t id)
{
	struct customer *c = mem_alloc(sizeof(*c));
	enum status st = read_customer(run, id, c);

	if (st == ST_OK)
		st = run->json ? show_json(run, c, NULL) : show_words(run, c);
	free(c);
	return st;
}

static enum status run_consent(struct run *run)
{
	struct consent_change rows[CONSENT_CHANNELS];
	bool changed[CONSENT_CHANNELS];
	struct consent_changes all = { .row = rows, .changed = changed };
	int64_t id;
	enum status st = find_customer(run, args_operand(run->args, 0), &id);

	if (st != ST_OK)
		return st;
	all.n = read_changes(run, id, rows);
	if (!all.n && args_has(run->args, "how"))
		return wrong_usage(run, "--how goes with what they said: --sms yes, --email no");
	return all.n ? change(run, &all) : show(run, id);
}

const struct command consent_commands[] = {
	{ "consent", "", "may they be written to? Shows it, or writes down what they say",
	  "CUSTOMER", .flags = consent_flags, .needs = WRITE_SHOP, .run = run_consent },
	{ .name = NULL }
};

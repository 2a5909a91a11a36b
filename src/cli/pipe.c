/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pipe.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/language.h"
#include "base/mem.h"
#include "cli/context.h"
#include "cli/groups.h"
#include "cli/lines.h"
#include "cli/out.h"
#include "cli/request.h"
#include "store/backup.h"
#include "store/record_text.h"

/* -- one request -- */

/* What became of it, before it is said. */
struct answer {
	struct request request;
	struct buf result;	/* a JSON document */
	enum status status;
	int exit;
};

static void do_ping(struct run *one)
{
	const struct settings *s = &one->shop.settings;
	char now[INSTANT_TEXT];

	instant_print(one->by.now, now);
	out_json(one, json_pack("{s:s,s:o,s:s,s:i}", "version", PACKAGE_VERSION, "shop",
				json_text(s->name), "time", now, "decimals", one->shop.decimals));
}

static enum status take_and_run(struct run *one, struct args *a)
{
	enum status st = args_take(a, one->shop.decimals);

	one->exit = st == ST_OK ? 0 : EXIT_USAGE;
	if (st != ST_OK)
		return st;
	actor_name_op(one);
	return a->command->run(one);
}

static enum status run_words(struct run *one, const struct request *r)
{
	struct args a;
	enum status st = args_read(&a, r->count, r->word);

	one->args = &a;
	one->exit = EXIT_USAGE;
	if (st == ST_OK)
		st = take_and_run(one, &a);
	args_release(&a);
	return st;
}

static void do_request(const struct run *door, struct answer *a)
{
	struct run one = { .shop = door->shop, .by = door->by, .json = true };

	one.by.now = clock_now();
	if (a->request.command)
		a->status = run_words(&one, &a->request);
	else
		do_ping(&one);
	a->exit = a->status == ST_OK ? EXIT_DONE : one.exit ? one.exit : exit_status(a->status);
	buf_release(&one.below);
	a->result = one.out;
}

/* -- its answer -- */

static const char *exit_name(const struct answer *a)
{
	switch (a->exit) {
	case EXIT_REFUSED: return "refused";
	case EXIT_USAGE: return "usage";
	case EXIT_NOT_FOUND: return "not_found";
	}
	return a->status == ST_UNKNOWN ? "unknown" : "fault";
}

static void add_json(struct buf *out, json_t *value)
{
	char *text = json_dumps(value, JSON_ENCODE_ANY);

	buf_text(out, text);
	free(text);
	json_decref(value);
}

static void add_pair(struct buf *out, const char *before, const char *text)
{
	buf_text(out, before);
	add_json(out, json_text(text));
}

static void say_why(const struct answer *a, struct buf *out)
{
	struct buf why = { 0 };

	request_sentence(&a->request, status_text(), &why);
	buf_printf(out, ", \"exit\": %d", a->exit);
	add_pair(out, ", \"error\": ", why.at ? why.at : "");
	buf_release(&why);
}

static void say(const struct answer *a, struct buf *out)
{
	size_t len = a->result.len;

	add_pair(out, "{\"op\": ", a->request.op);
	add_pair(out, ", \"do\": ", a->request.verb);
	if (a->status == ST_OK) {
		while (len && a->result.at[len - 1] == '\n')
			len--;
		buf_text(out, ", \"ok\": true, \"result\": ");
		buf_add(out, a->result.at, len);
	} else {
		add_pair(out, ", \"ok\": false, \"status\": ", exit_name(a));
		say_why(a, out);
	}
	buf_text(out, "}\n");
}

/* -- the shop, held only while a till is busy -- */

/* Who replaces the store or changes the shop's settings waits neither for a
 * till that has nothing to say, nor for long for one that has. */
enum { IDLE_MS = 1000, HELD_MS = 5000, READ_SIZE = 1 << 16 };

static int64_t milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

static void let_go(struct pipe *p)
{
	shop_close(&p->run->shop);
}

static enum status hold(struct pipe *p)
{
	int64_t now = milliseconds();

	if (p->run->shop.store &&
	    (now - p->opened >= HELD_MS || store_is_wanted(p->run->shop.store)))
		let_go(p);
	if (p->run->shop.store)
		return ST_OK;
	p->opened = now;
	return shop_open(p->dir, &p->run->shop);
}

void pipe_line(struct pipe *p, const char *line, size_t len, struct buf *answer)
{
	struct answer a = { .exit = EXIT_USAGE };

	a.status = request_read(line, len, &a.request);
	if (a.status == ST_OK && (a.status = hold(p)) != ST_OK)
		a.exit = EXIT_STORE;
	if (a.status == ST_OK)
		do_request(p->run, &a);
	say(&a, answer);
	/* After a fault in the store it is another one that is asked next. */
	if (p->run->shop.store && !store_version(p->run->shop.store))
		let_go(p);
	request_release(&a.request);
	buf_release(&a.result);
}

/* -- the loop -- */

/* An idle shop is let go meanwhile. */
static void wait_for(struct pipe *p, int fd, short events)
{
	struct pollfd till = { .fd = fd, .events = events };
	int ready;

	while (p->run->shop.store && (ready = poll(&till, 1, IDLE_MS)) <= 0)
		if (!ready)
			let_go(p);
}

/* A pipe that is ready takes so many bytes at once, and may stop at more. */
static enum status write_answers(struct pipe *p, struct buf *answers)
{
	enum status st = ST_OK;

	for (size_t done = 0, len; st == ST_OK && done < answers->len; done += len) {
		len = answers->len - done < PIPE_BUF ? answers->len - done : PIPE_BUF;
		wait_for(p, STDOUT_FILENO, POLLOUT);
		if (file_write(STDOUT_FILENO, answers->at + done, len) != ST_OK)
			st = fail(ST_SYSTEM, "the till does not take the answer: %s",
				  strerror(errno));
	}
	buf_clear(answers);
	return st;
}

static bool is_blank(const char *line, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r')
			return false;
	return true;
}

/* Nothing is done, and the till is told why. */
static void refuse(struct buf *answers, enum status st)
{
	struct answer a = { .request = { .op = "", .verb = "" }, .status = st,
			    .exit = EXIT_USAGE };

	say(&a, answers);
}

/* Each answer is written before the next line is looked at. */
static enum status answer_all(struct pipe *p, struct lines *lines, struct buf *answers)
{
	enum line_kind kind;
	enum status st = ST_OK;
	const char *line;
	size_t len;

	while (st == ST_OK && (kind = lines_next(lines, &line, &len)) != LINE_NONE) {
		if (kind == LINE_TOO_LONG)
			refuse(answers, fail(ST_INVALID, "the line is longer than %d bytes",
					     LINE_MOST));
		else if (!is_blank(line, len))
			pipe_line(p, line, len, answers);
		st = write_answers(p, answers);
	}
	return st;
}

static enum status read_more(struct pipe *p, struct lines *lines, bool *ended)
{
	static char bytes[READ_SIZE];
	ssize_t n;

	wait_for(p, STDIN_FILENO, POLLIN);
	do
		n = read(STDIN_FILENO, bytes, sizeof(bytes));
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return fail(ST_SYSTEM, "the till cannot be heard: %s", strerror(errno));
	lines_add(lines, bytes, (size_t)n);
	*ended = n == 0;
	return ST_OK;
}

static enum status serve(struct pipe *p, struct lines *lines, struct buf *answers)
{
	bool ended = false;
	enum status st = ST_OK;

	while (st == ST_OK && !ended) {
		st = read_more(p, lines, &ended);
		if (st == ST_OK)
			st = answer_all(p, lines, answers);
	}
	if (st == ST_OK && lines_unended(lines)) {
		refuse(answers, fail(ST_INVALID, "the last line was cut off: it is not done"));
		st = write_answers(p, answers);
	}
	return st;
}

static enum status run_pipe(struct run *run)
{
	char *dir = shop_folder(run->args);
	struct pipe p = { run, dir, milliseconds() };
	struct lines lines = { .from = 0 };
	struct buf answers = { 0 };
	enum status st;

	if (args_has(run->args, "op")) {
		free(dir);
		return wrong_usage(run, "each line has an operation id of its own: {\"op\": ...}");
	}
	language_use("en");
	signal(SIGPIPE, SIG_IGN);
	st = serve(&p, &lines, &answers);
	lines_release(&lines);
	buf_release(&answers);
	free(dir);
	return st;
}

static const char details[] =
	"One line of JSON in, one line out, until the input ends:\n"
	"\n"
	"  {\"op\": \"till1-000017\", \"do\": \"sale\", \"customer\": \"9824012345\",\n"
	"   \"amount\": \"12.50\", \"receipt\": \"R-1001\"}\n"
	"  {\"op\": \"till1-000017\", \"do\": \"sale\", \"ok\": true, \"result\": {...}}\n"
	"\n"
	"do is one of find, show, customer_add, consent, sale, receipt, refund, claim, undo and\n"
	"ping; the fields are the operands and flags of customer find, customer show, customer\n"
	"add, consent, sale add, sale show, sale refund, reward claim and undo, and the result\n"
	"is what they print with --json. Amounts are strings. Whatever changes something has an\n"
	"op, a text that no till ever uses for another operation: when an answer was lost, send\n"
	"the same line again, and nothing happens twice (\"repeated\": true). An answer with\n"
	"\"ok\": false says why: \"status\" is refused, usage, not_found, fault or unknown, and\n"
	"\"exit\" the exit status of a command. After fault and unknown, send the line again.\n"
	"\n"
	"For a till on another machine, a line of ~/.ssh/authorized_keys that allows only this:\n"
	"\n"
	"  restrict,command=\"regulars pipe --shop DIR --as till1\" ssh-ed25519 AAAA... till1";

const struct command pipe_commands[] = {
	{ "pipe", "", "answers a till's script, line by line in JSON", "",
	  .needs = WRITE_SHOP, .run = run_pipe, .details = details },
	{ .name = NULL }
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/customers.h"
#include "cli/entries.h"
#include "cli/standing.h"
#include "cli/where.h"
#include "exchange/export.h"
#include "shop/item.h"
#include "store/backup.h"
#include "store/guard.h"
#include "store/record_text.h"

static const char *const kinds[] = {
	[EXPORT_CUSTOMERS] = "customers", [EXPORT_SALES] = "sales", [EXPORT_ITEMS] = "items",
	[EXPORT_POINTS] = "points", [EXPORT_JOURNAL] = "journal", [EXPORT_KINDS] = NULL
};

static const struct field export_flags[] = {
	FLAG("jsonl", FIELD_BOOL, .help = "JSON, one object a line, with all that there is; else "
	     "CSV"),
	FLAG_PATH("output", .value = "FILE", .help = "where it goes, also -o FILE; else standard "
		  "output"),
	FLAG_WHERE,
	{ 0 }
};

enum { LOOK_MS = 200 };

struct exported {
	struct run *run;
	enum export_kind kind;
	const char *path;		/* NULL: standard output */
	struct people_set who;		/* of --where */
	struct buf unready;		/* the file's name until it is whole; "" none */
	int fd;
	sigset_t ends, before;		/* held back while there is an unready file; the mask of
					   signals before */
};

/* -- JSON lines -- */

static json_t *entry_line(const struct run *run, const struct export_row *row)
{
	json_t *json = entry_json(run, row->entry);

	json_object_set_new(json, "name", json_text(row->entry->name));
	return json;
}

static json_t *points_line(const struct standing *s)
{
	json_t *json = json_object();

	json_object_set_new(json, "customer", json_integer(s->customer.id));
	json_object_set_new(json, "code", json_text(s->customer.code));
	json_object_set_new(json, "name", json_text(s->customer.name));
	json_object_set_new(json, "balances", standing_balances(s));
	json_object_set_new(json, "rewards", standing_rewards(s));
	return json;
}

static json_t *line_json(const struct exported *x, const struct export_row *row)
{
	switch (x->kind) {
	case EXPORT_CUSTOMERS: return customer_json(x->run, row->standing, NULL);
	case EXPORT_POINTS: return points_line(row->standing);
	case EXPORT_ITEMS: return record_json(&item_type, row->item, x->run->shop.decimals);
	case EXPORT_SALES:
	case EXPORT_JOURNAL:
	case EXPORT_KINDS: break;
	}
	return entry_line(x->run, row);
}

static void add_line(void *arg, const struct export_row *row, struct buf *out)
{
	const struct exported *x = arg;
	json_t *json = line_json(x, row);
	char *text = json_dumps(json, JSON_COMPACT);

	buf_printf(out, "%s\n", text);
	free(text);
	json_decref(json);
}

static bool wants(void *arg, int64_t customer)
{
	const struct exported *x = arg;

	return people_has(&x->who, customer);
}

/* -- what would end us waits until the unready file is gone -- */

/* Whoever started us may have had us ignore some (nohup). */
static void hold_signals(struct exported *x)
{
	static const int ends[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction now;

	sigemptyset(&x->ends);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (!sigaction(ends[i], NULL, &now) && now.sa_handler != SIG_IGN)
			sigaddset(&x->ends, ends[i]);
	sigprocmask(SIG_BLOCK, &x->ends, &x->before);
}

static bool is_stopped(const struct exported *x)
{
	sigset_t came;

	if (!x->unready.len)
		return false;
	sigpending(&came);
	sigandset(&came, &came, &x->ends);
	return !sigisemptyset(&came);
}

/* -- where it goes -- */

static enum status cannot_write(const struct exported *x)
{
	return fail(ST_SYSTEM, "%s cannot be written: %s", x->path ? x->path : "standard output",
		    strerror(errno));
}

/* A reader may take its time; who wants the store need not wait for it. */
static void wait_for_reader(const struct exported *x)
{
	struct pollfd reader = { .fd = x->fd, .events = POLLOUT };
	struct shop *shop = &x->run->shop;

	while (shop->store && poll(&reader, 1, LOOK_MS) <= 0)
		if (store_is_wanted(shop->store))
			shop_close(shop);
}

static enum status put(void *arg, const char *text, size_t len)
{
	const struct exported *x = arg;

	if (is_stopped(x))
		return fail(ST_CANCELLED, "stopped; nothing was kept");
	for (size_t part; len; text += part, len -= part) {
		/* A pipe that is ready takes so many bytes at once, and may stop at more. */
		part = len < PIPE_BUF ? len : PIPE_BUF;
		wait_for_reader(x);
		if (file_write(x->fd, text, part) != ST_OK)
			return cannot_write(x);
	}
	return ST_OK;
}

/* What goes when we end for want of memory, or by a fault in the store. */
static const char *half_done;

static void remove_half_done(void)
{
	unlink(half_done);
}

static void remove_at_end(const char *path)
{
	half_done = path;
	mem_on_exhausted(path ? remove_half_done : NULL);
	guard_before_end(path ? remove_half_done : NULL);
}

/* A file of that name is replaced by a whole one or left alone; a device or a
 * pipe is written to. */
static enum status open_output(struct exported *x)
{
	struct stat there;

	x->fd = STDOUT_FILENO;
	if (!x->path)
		return ST_OK;
	if (!stat(x->path, &there) && !S_ISREG(there.st_mode)) {
		x->fd = open(x->path, O_WRONLY | O_CLOEXEC);
		return x->fd < 0 ? cannot_write(x) : ST_OK;
	}
	buf_printf(&x->unready, "%s.XXXXXX", x->path);
	hold_signals(x);
	x->fd = mkostemp(x->unready.at, O_CLOEXEC);
	if (x->fd < 0)
		return cannot_write(x);
	remove_at_end(x->unready.at);
	return ST_OK;
}

static enum status close_file(const struct exported *x, enum status st)
{
	if (st == ST_OK && x->unready.len && fsync(x->fd))
		st = cannot_write(x);
	if (close(x->fd) && st == ST_OK)
		st = cannot_write(x);
	if (!x->unready.len)
		return st;
	if (st == ST_OK && rename(x->unready.at, x->path))
		st = cannot_write(x);
	if (st != ST_OK)
		unlink(x->unready.at);
	return st;
}

static enum status close_output(struct exported *x, enum status st)
{
	if (x->path && x->fd >= 0)
		st = close_file(x, st);
	remove_at_end(NULL);
	if (x->unready.len)
		sigprocmask(SIG_SETMASK, &x->before, NULL);
	return st;
}

/* -- the command -- */

static enum status read_kind(struct run *run, enum export_kind *kind)
{
	const char *word = args_operand(run->args, 0), *meant = name_meant(word, kinds);

	for (*kind = 0; *kind < EXPORT_KINDS; ++*kind)
		if (!strcmp(word, kinds[*kind]))
			return ST_OK;
	if (meant)
		return wrong_usage(run, "there is no export \"%s\"; did you mean %s?", word, meant);
	return wrong_usage(run, "there is no export \"%s\"; there is customers, sales, items, "
			   "points, journal", word);
}

static enum status choose(struct exported *x, struct export_options *how)
{
	bool given;
	enum status st;

	if (args_has(x->run->args, "where") && (x->kind == EXPORT_ITEMS ||
						x->kind == EXPORT_JOURNAL))
		return wrong_usage(x->run, "--where chooses among customers; export customers, "
				   "sales or points so");
	st = where_read(x->run, &x->who, &given);
	how->wants = given ? wants : NULL;
	return st;
}

/* Spreadsheets take a file without the mark for one of their own old encodings,
 * and other programs trip over it. */
static enum status put_mark(struct exported *x, bool jsonl)
{
	return x->unready.len && !jsonl ? put(x, "\xEF\xBB\xBF", 3) : ST_OK;
}

static enum status write_all(struct exported *x, const struct export_options *how,
			     enum status st)
{
	if (st == ST_OK)
		st = put_mark(x, how->shape != NULL);
	if (st == ST_OK)
		st = export_run(&x->run->shop, how);
	st = close_output(x, st);
	buf_release(&x->unready);
	return st;
}

static enum status run_export(struct run *run)
{
	const char *path = args_raw(run->args, "output");
	struct exported x = { .run = run, .path = path && strcmp(path, "-") ? path : NULL,
			      .fd = -1 };
	struct export_options how = { .now = run->by.now, .write = put, .arg = &x,
				      .shape = args_yes(run->args, "jsonl") ? add_line : NULL };
	enum status st = read_kind(run, &x.kind);

	how.kind = x.kind;
	if (st == ST_OK)
		st = choose(&x, &how);
	if (st == ST_OK) {
		signal(SIGPIPE, SIG_IGN);
		st = write_all(&x, &how, open_output(&x));
	}
	people_release(&x.who);
	return st;
}

static const char details[] =
	"KIND is customers, sales (with refunds), items, points or journal. CSV is for people and\n"
	"their spreadsheets: cells that one would run as a formula get an apostrophe, phones and\n"
	"numbers stay. regulars import reads customers, sales and points into another shop:\n"
	"sales are what was paid for each line; points are opening balances. JSON lines have\n"
	"every field. A file is readable by its owner alone, and replaced only by a whole one.";

const struct command export_commands[] = {
	{ "export", "", "writes customers, sales, items, points or the journal to a file", "KIND",
	  .flags = export_flags, .needs = READ_SHOP, .run = run_export, .details = details },
	{ .name = NULL }
};

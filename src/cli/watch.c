/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/context.h"
#include "cli/figures.h"
#include "cli/imports.h"
#include "cli/out.h"
#include "exchange/folder.h"
#include "exchange/imported.h"
#include "exchange/rejects.h"
#include "store/record_text.h"

static const struct field watch_flags[] = {
	FLAG("once", FIELD_BOOL, .help = "import what is there and end: for cron"),
	IMPORT_FLAGS,
	{ 0 }
};

/* A store that cannot be had is asked for again after a while; whatever is still
 * being written when --once has waited so long is left for the next time. */
enum { RETRY_MS = 30000, ONCE_MS = 10000 };

struct watch {
	struct run *run;
	const char *folder;		/* as it was named */
	char *dir;			/* the shop's */
	struct folder files;
	struct import_options how;
	const char *maps[IMPORT_MAPS];
	struct import_result *result;
	int signals;
	bool once, stopped, lost, bad;
};

static int64_t milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

/* -- stopping -- */

static bool must_stop(struct watch *w, int timeout)
{
	struct pollfd wait[] = { { .fd = w->signals, .events = POLLIN },
				 { .fd = w->files.events, .events = POLLIN } };

	if (poll(wait, 2, timeout) > 0 && wait[0].revents)
		w->stopped = true;
	return w->stopped;
}

static bool between_batches(void *arg, const struct import_progress *p)
{
	struct watch *w = arg;
	struct pollfd signal = { .fd = w->signals, .events = POLLIN };

	(void)p;
	if (poll(&signal, 1, 0) > 0)
		w->stopped = true;
	return !w->stopped && !store_is_wanted(w->run->shop.store);
}

/* What would end us waits until we look. */
static enum status catch_signals(struct watch *w)
{
	sigset_t ends;

	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGHUP);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGIO, SIG_IGN);		/* exchange/folder.h */
	w->signals = signalfd(-1, &ends, SFD_CLOEXEC);
	return w->signals < 0 ? fail(ST_SYSTEM, "signals cannot be waited for: %s",
				     strerror(errno)) : ST_OK;
}

/* -- telling -- */

/* What a sentence quotes comes from the file, and may be somebody's name. */
static void without_quotes(const char *sentence, struct buf *out)
{
	for (bool inside = false; *sentence; sentence++) {
		if (*sentence == '"') {
			buf_text(out, inside ? "...\"" : "\"");
			inside = !inside;
		} else if (!inside) {
			buf_add(out, sentence, 1);
		}
	}
}

static void log_file(const char *name, const char *sentence)
{
	char shown[300];

	text_printable(name, shown, sizeof(shown));
	fprintf(stderr, "regulars: %s: %s\n", shown, sentence);
}

static json_t *counts_json(const struct import_result *r, const char *name)
{
	char now[INSTANT_TEXT];
	json_t *json = json_object();

	instant_print(clock_now(), now);
	json_object_set_new(json, "time", json_string(now));
	json_object_set_new(json, "file", json_text(name));
	json_object_set_new(json, "format", json_text(r->format));
	json_object_set_new(json, "rows", json_integer(r->rows));
	json_object_set_new(json, "sales", json_integer(r->sales));
	json_object_set_new(json, "refunds", json_integer(r->refunds));
	json_object_set_new(json, "openings", json_integer(r->openings));
	json_object_set_new(json, "customers_added", json_integer(r->customers_added));
	json_object_set_new(json, "customers_changed", json_integer(r->customers_changed));
	json_object_set_new(json, "accepted", json_integer(r->accepted));
	json_object_set_new(json, "duplicates", json_integer(r->duplicates));
	json_object_set_new(json, "skipped", json_integer(r->skipped));
	json_object_set_new(json, "rejected", json_integer(r->rejected));
	json_object_set_new(json, "rejected_to", json_text(r->rejected_to));
	return json;
}

/* A line for a file, at once. */
static enum status tell(struct watch *w, const char *name)
{
	const struct import_result *r = w->result;
	struct run *run = w->run;
	char day[INSTANT_TEXT];

	instant_print(clock_now(), day);
	if (run->json)
		out_json(run, counts_json(r, name));
	else if (!run->quiet)
		out_line(run, "%.10s %.5s %s: rows %lld, sales %lld, refunds %lld, new customers "
			 "%lld, there already %lld, skipped %lld, rejected %lld", day, day + 11,
			 name, (long long)r->rows, (long long)r->sales, (long long)r->refunds,
			 (long long)r->customers_added, (long long)r->duplicates,
			 (long long)r->skipped, (long long)r->rejected);
	fwrite(run->out.at, 1, run->out.len, stdout);
	buf_clear(&run->out);
	return fflush(stdout) ? fail(ST_SYSTEM, "the result could not be written: %s",
				     strerror(errno)) : ST_OK;
}

/* -- one file -- */

struct taken {
	const char *name, *path, *rejected;
};

/* The sentence is told all the same, where it cannot be kept. */
static void put_rejected(const char *path, const char *sentence)
{
	struct rejects r;
	enum status st;

	rejects_start(&r, path, &(struct csv_row){ .n = 0 });
	rejects_add_whole(&r, sentence);
	st = rejects_open(&r);
	if (st == ST_OK)
		st = rejects_write(&r);
	if (rejects_end(&r) != ST_OK || st != ST_OK)
		log_file(path, status_text());
}

/* What else is there was put there by somebody, and stays. */
static bool is_free(const char *path)
{
	struct stat there;

	return lstat(path, &there) || S_ISREG(there.st_mode);
}

static bool is_the_file(enum status st)
{
	return st == ST_NOT_FOUND || st == ST_INVALID || st == ST_REFUSED || st == ST_EXISTS;
}

static void refuse_file(struct watch *w, const struct taken *f)
{
	struct buf plain = { 0 };

	w->bad = true;
	without_quotes(status_text(), &plain);
	log_file(f->name, plain.at ? plain.at : "");
	buf_release(&plain);
	if (is_free(f->rejected))
		put_rejected(f->rejected, status_text());
}

static void tell_rejected(struct watch *w, const char *name)
{
	if (!w->result->rejected)
		return;
	w->bad = true;
	log_file(name, "rows were rejected; they are beside it in a file that ends in "
		 ".rejected.csv, each with its reason");
}

static enum status hold_shop(struct watch *w)
{
	enum status st = w->run->shop.store ? ST_OK : shop_open(w->dir, &w->run->shop);

	w->run->by.now = clock_now();
	return st == ST_NOT_FOUND ? fail(ST_SYSTEM, "%s", status_text()) : st;
}

static enum status import_new(struct watch *w, const struct taken *f)
{
	enum status st = import_file(&w->run->shop, &w->run->by, f->path, &w->how, w->result);

	if (st == ST_OK) {
		tell_rejected(w, f->name);
		return tell(w, f->name);
	}
	if (!is_the_file(st))
		return st;
	refuse_file(w, f);
	return ST_OK;
}

static enum status import_once(struct watch *w, const struct taken *f,
			       const uint8_t digest[DIGEST_SIZE])
{
	bool known;
	enum status st = hold_shop(w);

	if (st == ST_OK)
		st = imported_find(&w->run->shop, digest, &known);
	if (st != ST_OK || known)
		return st;
	st = import_new(w, f);
	if (st == ST_OK)
		st = imported_note(&w->run->shop, digest, clock_day(w->run->by.now));
	return st;
}

/* What is hashed is what is imported, whatever is put in its place meanwhile. */
static enum status take(struct watch *w, const struct taken *f)
{
	uint8_t digest[DIGEST_SIZE];
	char opened[40];
	int fd;
	enum status st = folder_file_open(&w->files, f->name, &fd);

	if (st == ST_OK)
		st = imported_digest(fd, &w->how, digest);
	if (st == ST_OK && !is_free(f->rejected))
		st = fail(ST_SYSTEM, "what would be its .rejected.csv is not a plain file");
	if (st == ST_OK) {
		snprintf(opened, sizeof(opened), "/proc/self/fd/%d", fd);
		w->how.opened = opened;
		st = import_once(w, f, digest);
		w->how.opened = NULL;
	} else {
		refuse_file(w, f);
		st = ST_OK;
	}
	if (fd >= 0)
		close(fd);
	return st;
}

/* Stopped, or somebody replaces the store: the import goes on from there. */
static enum status leave_off(struct watch *w, const char *name)
{
	folder_again(&w->files, name, milliseconds() + FOLDER_SETTLE_MS);
	shop_close(&w->run->shop);
	return ST_OK;
}

/* Gives only what ends the watch. */
static enum status take_file(struct watch *w, const char *name)
{
	struct buf path = { 0 }, rejected = { 0 };
	enum status st;

	buf_printf(&path, "%s/%s", w->folder, name);
	buf_printf(&rejected, "%s.rejected.csv", path.at);
	st = take(w, &(struct taken){ name, path.at, rejected.at });
	if (st == ST_CANCELLED) {
		st = leave_off(w, name);
	} else if (st != ST_OK && !w->once) {
		log_file(name, status_text());
		folder_again(&w->files, name, milliseconds() + RETRY_MS);
		st = ST_OK;
	}
	buf_release(&path);
	buf_release(&rejected);
	return st;
}

/* -- the loop -- */

static void tell_whether_there(struct watch *w)
{
	bool lost = !folder_is_there(&w->files);

	if (lost != w->lost)
		fprintf(stderr, "regulars: the folder %s\n", lost ?
			"is gone; it is waited for" : "is there again");
	w->lost = lost;
}

static enum status take_all(struct watch *w)
{
	const char *name;
	enum status st = ST_OK;

	folder_look(&w->files, milliseconds());
	tell_whether_there(w);
	while (st == ST_OK && !w->stopped && (name = folder_next(&w->files, milliseconds()))) {
		char *kept = mem_text(name);

		st = take_file(w, kept);
		free(kept);
	}
	shop_close(&w->run->shop);	/* nobody waits for who only waits */
	return st;
}

static enum status watch(struct watch *w)
{
	int64_t began = milliseconds();
	enum status st;

	do {
		st = take_all(w);
		if (st != ST_OK || w->stopped)
			break;
		if (w->once && (!folder_is_waiting(&w->files) ||
				milliseconds() - began > ONCE_MS))
			break;
	} while (!must_stop(w, folder_wait(&w->files, milliseconds())));
	return st;
}

static enum status start(struct watch *w)
{
	enum status st = folder_open(&w->files, w->folder);

	if (st == ST_OK && access(w->folder, W_OK))
		st = fail(ST_SYSTEM, "%s cannot be written to: the rows that are rejected go "
			  "beside their file", w->folder);
	return st == ST_OK ? catch_signals(w) : st;
}

static enum status run_watch(struct run *run)
{
	struct watch w = { .run = run, .folder = args_operand(run->args, 0), .signals = -1,
			   .dir = shop_folder(run->args), .once = args_yes(run->args, "once"),
			   .result = mem_alloc(sizeof(*w.result)) };
	enum status st;

	import_flags_read(run->args, w.maps, &w.how);
	w.how.step = between_batches;
	w.how.arg = &w;
	st = start(&w);
	if (st == ST_OK)
		st = watch(&w);
	if (st == ST_OK && w.once && w.bad)
		run->exit = EXIT_REFUSED;
	folder_release(&w.files);
	if (w.signals >= 0)
		close(w.signals);
	free(w.result);
	free(w.dir);
	return st;
}

static const char details[] =
	"Imports every file that ends in .csv, .tsv or .txt: those that are there, and new ones\n"
	"when whoever wrote them has closed them, or when they have not changed for two seconds\n"
	"after they were moved there. Each content is imported once; the store remembers which.\n"
	"A line on standard output tells of each file, a line on standard error of each that was\n"
	"refused or had rows rejected: they are beside it in FILE.rejected.csv with the reasons.\n"
	"It comes to a file again when that has changed or the flags have; else import it by\n"
	"name. Hidden files and links are left alone. SIGTERM ends it between two batches. With\n"
	"--once the exit status is 1 when something was refused.";

const struct command watch_commands[] = {
	{ "watch", "", "imports the files that are put into a folder", "DIR",
	  .flags = watch_flags, .needs = WRITE_SHOP, .run = run_watch, .details = details },
	{ .name = NULL }
};

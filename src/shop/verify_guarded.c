/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/verify.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "store/child.h"

/* The child says one line at a time: a letter, then
 *
 *	f SENTENCE			a fault
 *	s DONE ALL			how far it is
 *	r FAULTS ROWS ENTRIES CUSTOMERS	it ran to its end */
enum { PATIENCE = 60 };

struct guarded {
	const char *dir;
	const struct verify_ask *ask;
	struct verify_result *out;
};

/* -- the child -- */

static void tell_fault(void *arg, const char *sentence)
{
	fputs("f ", arg);
	child_say(arg, sentence);
}

static bool tell_step(void *arg, uint64_t done, uint64_t all)
{
	fprintf(arg, "s %" PRIu64 " %" PRIu64 "\n", done, all);
	return !fflush(arg);
}

static enum status verify_here(void *arg, FILE *tell)
{
	const struct guarded *g = arg;
	struct verify_watch watch = { .fault = tell_fault, .step = tell_step, .arg = tell };
	struct verify_ask own = { .watch = &watch, .against = g->ask->against };
	struct verify_result result;
	struct shop shop;
	enum status st = shop_open(g->dir, &shop);

	if (st != ST_OK)
		return st;
	st = shop_verify(&shop, &own, &result);
	shop_close(&shop);
	if (st == ST_OK)
		fprintf(tell, "r %" PRIu64 " %" PRIu64 " %" PRId64 " %" PRId64 "\n", result.faults,
			result.rows, result.entries, result.customers);
	return st;
}

/* -- the parent -- */

static bool take_line(void *arg, const char *line)
{
	const struct guarded *g = arg;
	const struct verify_watch *watch = g->ask->watch;
	struct verify_result *r = g->out;
	uint64_t done, all;

	if (!strncmp(line, "f ", 2)) {
		r->faults++;
		watch->fault(watch->arg, line + 2);
	} else if (sscanf(line, "s %" SCNu64 " %" SCNu64, &done, &all) == 2) {
		return !watch->step || watch->step(watch->arg, done, all);
	} else {
		sscanf(line, "r %" SCNu64 " %" SCNu64 " %" SCNd64 " %" SCNd64, &r->faults,
		       &r->rows, &r->entries, &r->customers);
	}
	return true;
}

enum status verify_guarded(const char *dir, const struct verify_ask *ask,
			   struct verify_result *out)
{
	struct guarded g = { dir, ask, out };
	struct child c = { .work = verify_here, .line = take_line, .arg = &g,
			   .patience = ask->patience ? ask->patience : PATIENCE };
	enum child_end end;
	enum status st;

	*out = (struct verify_result){ 0 };
	st = child_run(&c, &end);
	switch (end) {
	case CHILD_ENDED:
		break;
	case CHILD_STOPPED:
		return fail(st, "verify was stopped before its end");
	case CHILD_SILENT:
		return fail(st, "the store in %s is damaged: reading it does not come to "
			    "an end; restore the last backup", dir);
	case CHILD_CRASHED:
		return fail(st, "the store in %s is damaged: reading it crashes; restore the last "
			    "backup", dir);
	case CHILD_NO_MEMORY:
		return fail(st, "verify did not come to its end for want of memory; close other "
			    "programs and try again");
	}
	if (st == ST_CORRUPT)
		return fail(st, "the shop in %s is too damaged to be read; restore the last "
			    "backup", dir);
	return st;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "cli/context.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "cli/tour.h"
#include "exchange/demo.h"
#include "store/record_text.h"

enum { CUSTOMERS = 1200 };

static const struct field demo_flags[] = {
	FLAG("customers", FIELD_INT, .least = 1, .most = 1000000, .value = "N",
	     .help = "how many people; else 1200"),
	FLAG("seed", FIELD_INT, .most = 1000000000, .value = "N", .help = "another seed gives "
	     "another shop, the same one the same"),
	{ 0 }
};

static bool step(void *arg, size_t done, size_t total)
{
	progress_show(arg, (long long)done, (long long)total, -1);
	return true;
}

/* DIR, --shop, or a new folder among the temporary files. */
static enum status choose_folder(const struct run *run, char **out)
{
	const char *named = args_operand(run->args, 0), *tmp = getenv("TMPDIR");
	struct buf path = { 0 };

	if (!*named)
		named = args_text(run->args, "shop");
	if (*named) {
		*out = mem_text(named);
		return ST_OK;
	}
	buf_printf(&path, "%s/regulars-demo-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	*out = path.at;
	if (mkdtemp(path.at))
		return ST_OK;
	return fail(ST_SYSTEM, "cannot make a folder in %s: %s; name one with: regulars demo DIR",
		    tmp && *tmp ? tmp : "/tmp", strerror(errno));
}

static int64_t customers(const struct run *run)
{
	return args_has(run->args, "customers") ? args_number(run->args, "customers") : CUSTOMERS;
}

static enum status make(struct run *run, const char *dir)
{
	struct progress progress;
	struct demo_options how = {
		.customers = customers(run),
		.seed = (uint64_t)args_number(run->args, "seed"),
		.step = step, .arg = &progress,
	};
	enum status st;

	/* The shop stands in Surat; REGULARS_NOW is a time there. */
	st = clock_set_zone("Asia/Kolkata");
	if (st != ST_OK)
		return st;
	how.now = clock_now();
	progress_start(&progress, run, "making the sample shop");
	st = demo_make(dir, &how);
	progress_end(&progress);
	return st;
}

static int show(struct run *run, const char *dir)
{
	char who[WHO_SIZE], terminal[WHO_SIZE];

	if (!is_interactive())
		return tour(dir, customers(run));
	staff_name(run->args, who);
	terminal_name(terminal);
	return run->screens(dir, who, terminal);
}

static enum status run_demo(struct run *run)
{
	char *dir = NULL;
	enum status st = choose_folder(run, &dir);

	if (st == ST_OK)
		st = make(run, dir);
	if (st == ST_OK && run->json)
		out_json(run, json_pack("{s:o}", "folder", json_text(dir)));
	else if (st == ST_OK && !run->quiet)
		run->exit = show(run, dir);
	free(dir);
	return st;
}

const struct command demo_commands[] = {
	{ "demo", "", "makes a sample shop and opens it, or without a terminal walks through a "
	  "day in it", "[DIR]",
	  .flags = demo_flags, .run = run_demo },
	{ .name = NULL }
};

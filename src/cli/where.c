/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/where.h"

#include "base/clock.h"

static enum status parse(struct run *run, const char *text, struct filter **out)
{
	struct filter_mistake mistake;
	enum status st = filter_parse(&run->shop, text, out, &mistake);

	if (st != ST_INVALID)
		return st;
	buf_printf(&run->below, "  %s\n  ", text);
	filter_caret(text, &mistake, &run->below);
	buf_text(&run->below, "\n");
	return wrong_usage(run, "%s%s", mistake.text,
			   mistake.unknown ? "; regulars help filter lists them all" : "");
}

enum status where_check(struct run *run, const char *text)
{
	struct filter *f;
	enum status st = parse(run, text, &f);

	filter_free(f);
	return st;
}

enum status where_read(struct run *run, struct people_set *out, bool *given)
{
	struct filter *f;
	enum status st;

	*out = (struct people_set){ 0 };
	*given = args_has(run->args, "where");
	if (!*given)
		return ST_OK;
	st = parse(run, args_text(run->args, "where"), &f);
	if (st == ST_OK)
		st = filter_run(&run->shop, f, clock_day(run->by.now), out);
	filter_free(f);
	return st;
}

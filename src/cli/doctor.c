/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/language.h"
#include "base/mem.h"
#include "cli/context.h"
#include "cli/out.h"
#include "shop/doctor.h"
#include "store/record_text.h"

enum { LEAST_ROWS = 16, LEAST_COLS = 60 };

/* -- this terminal, as far as it can be seen without drawing on it -- */

static void judge_terminal(struct diagnosis *d)
{
	static const struct check check = { "terminal", N_("Terminal") };
	const char *term = getenv("TERM");
	struct winsize size;

	if (!isatty(STDOUT_FILENO))
		return;
	if (!term || !*term) {
		diagnosis_add(d, &check, VERDICT_WATCH, "%s", _("TERM does not say what it is."));
		diagnosis_todo(d, "export TERM=xterm-256color");
	} else if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col &&
		   (size.ws_row < LEAST_ROWS || size.ws_col < LEAST_COLS)) {
		diagnosis_add(d, &check, VERDICT_WATCH,
			      _("The window has %d columns and %d lines; the screens need %d and "
				"%d."), size.ws_col, size.ws_row, LEAST_COLS, LEAST_ROWS);
		diagnosis_todo(d, "%s", _("Make the window larger."));
	} else {
		diagnosis_add(d, &check, VERDICT_GOOD, "TERM=%.60s", term);
	}
}

/* -- telling -- */

static const char *verdict_word(enum verdict v)
{
	static const char *const words[] = { N_("good"), N_("look"), N_("BAD") };

	return _(words[v]);
}

static void print_todo(struct run *run, const struct finding *f)
{
	char *text = mem_text(f->todo.at), *rest = text, *line;

	while ((line = strsep(&rest, "\n")))
		if (*line)
			out_line(run, "    %s", line);
	free(text);
}

static void print_findings(struct run *run, const struct diagnosis *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct finding *f = &d->row[i];

		if (run->quiet && f->verdict == VERDICT_GOOD)
			continue;
		out_line(run, "%s  %s: %s", verdict_word(f->verdict), _(f->check->title),
			 f->says.at);
		if (f->verdict != VERDICT_GOOD)
			print_todo(run, f);
	}
	out_done(run, "%s  %s", _("Do you see all five names?"), DOCTOR_SCRIPTS);
	out_done(run, "%s", _("Nothing above names a customer, an amount or a secret: it may be "
			      "sent to whoever helps you."));
}

static void print_json(struct run *run, const struct diagnosis *d)
{
	json_t *rows = json_array(), *json = json_object();

	for (size_t i = 0; i < d->n; i++) {
		const struct finding *f = &d->row[i];

		json_array_append_new(rows, json_pack("{s:s,s:s,s:o,s:o}", "check",
						      f->check->name, "verdict",
						      verdict_name(f->verdict), "says",
						      json_text(f->says.at), "todo",
						      json_text(f->todo.at)));
	}
	json_object_set_new(json, "ok", json_boolean(diagnosis_worst(d) != VERDICT_BAD));
	json_object_set_new(json, "checks", rows);
	out_json(run, json);
}

static enum status run_doctor(struct run *run)
{
	struct doctor_facts *facts = mem_alloc(sizeof(*facts));
	struct diagnosis d = { .n = 0 };
	struct format format = plain_format(run);
	char *dir = shop_folder(run->args), *whole = realpath(dir, NULL);

	doctor_look(dir, NULL, run->by.now, facts);
	facts->now = clock_now();	/* REGULARS_NOW is a time in the shop's zone */
	doctor_judge(facts, whole ? whole : dir, &format, &d);
	doctor_judge_locale(&d);
	judge_terminal(&d);
	if (run->json)
		print_json(run, &d);
	else
		print_findings(run, &d);
	run->exit = diagnosis_worst(&d) == VERDICT_BAD ? EXIT_REFUSED : EXIT_DONE;
	diagnosis_release(&d);
	free(whole);
	free(dir);
	free(facts);
	return ST_OK;
}

const struct command doctor_commands[] = {
	{ "doctor", "", "looks whether the shop's folder, disk, store, clock and nightly work "
	  "are in order, and says what to do", "", .needs = NO_SHOP, .run = run_doctor },
	{ .name = NULL }
};

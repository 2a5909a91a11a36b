/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/doctor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "screens/columns.h"
#include "screens/page.h"
#include "screens/screens.h"
#include "shop/verify.h"

/* Is everything in order? One line for each thing that was looked at. */

enum { FAULTS_SHOWN = 200, NOTE_LINES = 2 };
enum { ACT_VERIFY = ACT_OWN };

struct doctor {
	struct diagnosis found;
	struct list list;
};

static const struct binding doctor_keys[] = {
	{ ACT_ENTER, '\r', 0, N_("What to do"), N_("Tells more, and what to do") },
	{ ACT_VERIFY, KEY_F(6), CTRL_KEY('T'), N_("Verify"),
	  N_("Proves the whole book: history, balances, indexes") },
	{ ACT_BACK, 0x1b, 0, N_("Back"), N_("Goes back") },
	{ 0 }
};

/* -- looking -- */

/* What is wrong stands first, else in the order in which it was looked at. */
static void put_worst_first(struct diagnosis *d)
{
	for (size_t i = 1; i < d->n; i++) {
		struct finding f = d->row[i];
		size_t at = i;

		for (; at > 0 && d->row[at - 1].verdict < f.verdict; at--)
			d->row[at] = d->row[at - 1];
		d->row[at] = f;
	}
}

struct wanted {
	const struct diagnosis *found;
	const struct check *check;
};

static bool is_wanted(const void *arg, size_t row)
{
	const struct wanted *w = arg;

	return w->found->row[row].check == w->check;
}

static enum status doctor_load(void *state, struct ui *ui)
{
	struct doctor *s = state;
	struct doctor_facts *facts = mem_alloc(sizeof(*facts));
	const char *dir = store_dir(ui->shop->store);
	char *whole = realpath(dir, NULL);
	struct wanted w = { &s->found, s->list.at ? s->found.row[s->list.at].check : NULL };

	diagnosis_release(&s->found);
	doctor_look(dir, ui->shop, ui_now(ui), facts);
	doctor_judge(facts, whole ? whole : dir, &ui->format, &s->found);
	doctor_judge_locale(&s->found);
	doctor_judge_terminal(ui, &s->found);
	put_worst_first(&s->found);
	list_keep(&s->list, s->found.n, is_wanted, &w);
	free(whole);
	free(facts);
	return ST_OK;
}

static void doctor_release(void *state)
{
	struct doctor *s = state;

	diagnosis_release(&s->found);
}

/* -- drawing -- */

enum { COLUMN_VERDICT, COLUMN_CHECK, COLUMN_SAYS };

static const char *const verdict_words[] = { N_("good"), N_("look"), N_("BAD") };
static const enum tone verdict_tones[] = { TONE_GOOD, TONE_WARN, TONE_BAD };

static void draw_cell(const void *arg, size_t row, size_t column, struct cell *out)
{
	const struct finding *f = &((const struct diagnosis *)arg)->row[row];

	switch (column) {
	case COLUMN_VERDICT:
		out->text = _(verdict_words[f->verdict]);
		out->tone = verdict_tones[f->verdict];
		return;
	case COLUMN_CHECK:
		out->text = _(f->check->title);
		return;
	default:
		out->text = f->says.at;
		return;
	}
}

static const char *summary(const struct diagnosis *d)
{
	switch (diagnosis_worst(d)) {
	case VERDICT_GOOD: return _("Everything is in order.");
	case VERDICT_WATCH: return _("Nothing has to be mended. Some things are worth a look.");
	case VERDICT_BAD: break;
	}
	return _("Something has to be mended: Enter on its line says how.");
}

static void doctor_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	static const struct heading headings[] = {
		{ "", 4, 5, 100, ALIGN_LEFT },
		{ N_("What"), 12, 18, 90, ALIGN_LEFT },
		{ N_("Found"), 20, 200, 80, ALIGN_LEFT }, { 0 }
	};
	const struct doctor *s = state;
	struct canvas rows = canvas_part(c, (struct rect){ 2, 0, c->at.h - 2 - NOTE_LINES,
							   c->at.w });

	(void)ui;
	put_text(c, (struct spot){ .x = 1, .tone = verdict_tones[diagnosis_worst(&s->found)] },
		 summary(&s->found));
	put_wrapped(c, (struct spot){ .y = c->at.h - NOTE_LINES, .x = 1, .cols = c->at.w - 2,
				      .tone = TONE_DIM }, NOTE_LINES,
		    _("Nothing here names a customer, an amount or a secret: it may be sent to "
		      "whoever helps you."));
	columns_draw(&rows, &(struct listing){ .headings = headings, .list = &s->list,
					       .cell = draw_cell, .arg = &s->found,
					       .focused = true });
}

/* -- more of one -- */

static void tell_more(const struct doctor *s, struct ui *ui)
{
	const struct finding *f;
	struct buf text = { 0 };
	char *todo, *rest, *line;

	if (!s->found.n)
		return;
	f = &s->found.row[s->list.at];
	buf_printf(&text, "%s\n", f->says.at);
	if (f->todo.len)
		buf_printf(&text, "\n%s\n", _("What to do"));
	todo = rest = mem_text(f->todo.at);
	while ((line = strsep(&rest, "\n")))
		buf_printf(&text, "  %s\n", line);
	ui_open(ui, &page_screen,
		&(struct page_text){ .title = _(f->check->title), .text = text.at });
	free(todo);
	buf_release(&text);
}

/* -- proving the book -- */

struct proving {
	struct ui *ui;
	struct buf faults;
	uint64_t n;
	bool stopped;
};

static void take_fault(void *arg, const char *sentence)
{
	struct proving *p = arg;

	if (p->n++ < FAULTS_SHOWN)
		buf_printf(&p->faults, "  %s\n", sentence);
}

static bool take_step(void *arg, uint64_t done, uint64_t all)
{
	struct proving *p = arg;

	if (!ui_progress(p->ui, _("Proving the book"), (long long)done, (long long)all))
		p->stopped = true;
	return !p->stopped;
}

static void tell_faults(struct proving *p)
{
	struct buf text = { 0 };

	buf_printf(&text, "%s\n%s", _("This is wrong"), p->faults.at);
	buf_printf(&text, "%s\n  regulars --shop ",
		   _("What can be made again from the history, this makes again:"));
	buf_shell_word(&text, store_dir(p->ui->shop->store));
	buf_text(&text, " verify --repair\n");
	ui_open(p->ui, &page_screen,
		&(struct page_text){ .title = _("Verify"), .text = text.at });
	buf_release(&text);
}

static void prove(void *state, struct ui *ui)
{
	struct proving p = { .ui = ui };
	struct verify_watch watch = { take_fault, take_step, &p };
	struct verify_ask ask = { .watch = &watch };
	struct verify_result result;
	enum status st = shop_verify(ui->shop, &ask, &result);
	char entries[FORMAT_TEXT];

	(void)state;
	ui_reload(ui);
	if (p.stopped) {
		ui_say(ui, TONE_WARN, "%s", _("Stopped before the end: nothing is proved."));
	} else if (st != ST_OK) {
		ui_fail(ui);
	} else {
		upkeep_verified(store_dir(ui->shop->store), ui_now(ui), (int64_t)p.n);
		if (p.n)
			tell_faults(&p);
		else
			ui_say(ui, TONE_GOOD, _("All is well: %s entries were proved."),
			       format_number(&ui->format, result.entries, entries));
	}
	buf_release(&p.faults);
}

/* -- acting -- */

static bool doctor_act(void *state, struct ui *ui, const struct event *e)
{
	struct doctor *s = state;

	list_fit(&s->list, columns_rows(s->list.n, ui_rows(ui) - 2 - NOTE_LINES));
	if (list_act(&s->list, e->action))
		return true;
	if (e->action == ACT_ENTER)
		tell_more(s, ui);
	else if (e->action == ACT_VERIFY)
		prove(s, ui);
	else
		return false;
	return true;
}

const struct screen doctor_screen = {
	.name = N_("Doctor"),
	.help = N_("Is everything in order with the shop, the computer and this terminal? A hint "
		   "says look; what has to be mended says BAD. The same without screens: regulars "
		   "doctor, also for a shop that does not open."),
	.state_size = sizeof(struct doctor),
	.keys = doctor_keys,
	.load = doctor_load,
	.draw = doctor_draw,
	.act = doctor_act,
	.release = doctor_release,
};

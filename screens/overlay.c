/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/mem.h"
#include "base/text.h"
#include "screens/ui_private.h"

/* Questions, confirmations, choices and failures: states of the ui, drawn in a
 * box above the screen that asked. */

enum {
	LABEL = 1200,
	OVERLAY_AROUND = 4	/* title, what was typed, top and bottom */
};

bool overlay_is_open(const struct ui *ui)
{
	return ui->private->overlay.kind != OVERLAY_NONE;
}

void overlay_close(struct ui *ui)
{
	struct overlay *o = &ui->private->overlay;

	for (size_t i = 0; i < o->choice_count; i++) {
		free(o->choices[i].label);
		free(o->choices[i].detail);
	}
	free(o->choices);
	free(o->shown);
	*o = (struct overlay){ .kind = OVERLAY_NONE };
}

static struct overlay *begin(struct ui *ui, enum overlay_kind kind, const char *title)
{
	struct overlay *o = &ui->private->overlay;

	overlay_close(ui);
	o->kind = kind;
	o->owner = ui_top(ui)->state;
	ui_keep(o->title, sizeof(o->title), title);
	return o;
}

void ui_ask(struct ui *ui, const struct question *q)
{
	struct overlay *o = begin(ui, OVERLAY_ASK, q->title);

	ui_keep(o->detail, sizeof(o->detail), q->hint);
	o->edit.kind = q->number ? EDIT_NUMBER : EDIT_WORDS;
	edit_set(&o->edit, q->text);
	o->proposed = q->number && *q->text;
	o->answer = q->answer;
}

void ui_confirm(struct ui *ui, const struct confirmation *c)
{
	struct overlay *o = begin(ui, OVERLAY_CONFIRM, c->title);

	ui_keep(o->detail, sizeof(o->detail), c->detail);
	ui_keep(o->yes, sizeof(o->yes), c->yes);
	ui_keep(o->no, sizeof(o->no), c->no ? c->no : _("No"));
	o->agreed = c->agreed;
	o->refused = c->refused;
	o->undecided = c->refused != NULL;
}

/* -- choices -- */

/* Does every word that was typed stand somewhere in it? */
static bool fits(const struct choice_row *row, const char *typed)
{
	char both[LABEL], folded[LABEL], wanted[EDIT_SIZE], *word, *rest = wanted;

	snprintf(both, sizeof(both), "%s %s", row->label, row->detail);
	text_fold(both, folded, sizeof(folded));
	text_fold(typed, wanted, sizeof(wanted));
	while ((word = strsep(&rest, " ")))
		if (!strstr(folded, word))
			return false;
	return true;
}

/* Is it a number that is typed in place of a choice? */
static bool is_number(const struct overlay *o)
{
	const char *text = o->edit.text;

	return o->typed && digit_read(&text) - '0' <= 9;
}

static void narrow(struct overlay *o)
{
	size_t n = 0;

	for (size_t i = 0; i < o->choice_count && !is_number(o); i++)
		if (fits(&o->choices[i], o->edit.text))
			o->shown[n++] = i;
	list_count(&o->list, n);
}

void ui_pick(struct ui *ui, const struct picker *p)
{
	struct overlay *o = begin(ui, OVERLAY_PICK, p->title);

	o->choices = mem_alloc((p->n + 1) * sizeof(*o->choices));
	o->shown = mem_alloc((p->n + 1) * sizeof(*o->shown));
	o->choice_count = p->n;
	for (size_t i = 0; i < p->n; i++) {
		o->choices[i].label = mem_text(p->choices[i].label);
		o->choices[i].detail = mem_text(p->choices[i].detail ? p->choices[i].detail : "");
	}
	o->picked = p->picked;
	o->typed = p->typed;
	narrow(o);
	list_choose(&o->list, p->chosen);
}

static void pick(struct ui *ui, size_t row)
{
	struct overlay *o = &ui->private->overlay;
	void (*picked)(void *, struct ui *, size_t) = o->picked;
	void *owner = o->owner;
	size_t place = o->shown[row];

	overlay_close(ui);
	picked(owner, ui, place);
}

static void take_number(struct ui *ui)
{
	struct overlay asked = ui->private->overlay;

	overlay_close(ui);
	asked.typed(asked.owner, ui, asked.edit.text);
}

/* As many whatever was typed: the box does not jump. */
size_t overlay_rows(const struct overlay *o, int lines)
{
	size_t most = lines > OVERLAY_AROUND ? (size_t)(lines - OVERLAY_AROUND) : 1;

	return o->choice_count < most ? o->choice_count : most;
}

/* A digit takes its row at once, as long as nothing was typed before it. */
static void act_pick(struct ui *ui, const struct event *e)
{
	struct overlay *o = &ui->private->overlay;
	int digit = *o->edit.text || o->typed ? 0 : ui_digit(e);

	list_fit(&o->list, overlay_rows(o, ui_rows(ui)));
	if (digit) {
		if ((size_t)digit <= o->list.n)
			pick(ui, (size_t)digit - 1);
	} else if (e->action == ACT_BACK && *o->edit.text) {
		edit_set(&o->edit, "");
		narrow(o);
	} else if (e->action == ACT_BACK) {
		overlay_close(ui);
	} else if (e->action == ACT_ENTER || e->action == ACT_SCAN) {
		if (is_number(o))
			take_number(ui);
		else if (o->list.n)
			pick(ui, o->list.at);
	} else if (!list_act(&o->list, e->action) && edit_act(&o->edit, e)) {
		narrow(o);
	}
}

/* -- questions and confirmations -- */

static void take_answer(struct ui *ui)
{
	struct ui_private *p = ui->private;
	struct overlay asked = p->overlay;

	overlay_close(ui);
	asked.answer(asked.owner, ui, asked.edit.text);
	if (*p->failure && !overlay_is_open(ui) && ui_top(ui)->state == asked.owner)
		p->overlay = asked;
}

static void act_ask(struct ui *ui, const struct event *e)
{
	struct overlay *o = &ui->private->overlay;

	if (o->proposed && edit_takes(&o->edit, e))
		edit_set(&o->edit, "");
	o->proposed = false;
	if (e->action == ACT_BACK)
		overlay_close(ui);
	else if (!edit_act(&o->edit, e) &&
		 (e->action == ACT_ENTER || e->action == ACT_SAVE || e->action == ACT_SCAN))
		take_answer(ui);
}

static bool is_arrow(int action)
{
	return action == ACT_LEFT || action == ACT_RIGHT || action == ACT_UP ||
	       action == ACT_DOWN || action == ACT_TAB || action == ACT_TAB_BACK;
}

/* The letters of the language, and of English on its keyboards. */
static bool says(const struct event *e, const char *letter, const char *english)
{
	return e->action == ACT_TEXT &&
	       (strcmp(e->text, letter) == 0 || strcmp(e->text, english) == 0);
}

static void act_confirm(struct ui *ui, const struct event *e)
{
	struct overlay *o = &ui->private->overlay;
	void (*agreed)(void *, struct ui *) = o->agreed, (*refused)(void *, struct ui *);
	void *owner = o->owner;
	int digit = ui_digit(e);
	bool chosen = e->action == ACT_ENTER && !o->undecided;
	bool yes = digit == 2 || says(e, P_("the key for yes", "y"), "y") ||
		   (chosen && o->agreeing);
	bool no = digit == 1 || says(e, P_("the key for no", "n"), "n") ||
		  (chosen && !o->agreeing);

	refused = o->refused;
	if (is_arrow(e->action)) {
		o->agreeing = !o->undecided && !o->agreeing;
		o->undecided = false;
	}
	if (!yes && !no && e->action != ACT_BACK)
		return;
	overlay_close(ui);
	if (yes)
		agreed(owner, ui);
	else if (no && refused)
		refused(owner, ui);
}

/* -- keys -- */

static const struct binding ask_keys[] = {
	{ ACT_ENTER, '\r', 0, N_("OK"), NULL },
	{ ACT_BACK, 0x1b, 0, N_("Back"), NULL },
	{ 0 }
};

static const struct binding confirm_keys[] = {
	{ ACT_ENTER, '\r', 0, N_("Choose"), NULL },
	{ ACT_BACK, 0x1b, 0, N_("No"), NULL },
	{ 0 }
};

static const struct binding either_keys[] = {
	{ ACT_ENTER, '\r', 0, N_("Choose"), NULL },
	{ ACT_BACK, 0x1b, 0, N_("Not now"), NULL },
	{ 0 }
};

static const struct binding pick_keys[] = {
	{ ACT_ENTER, '\r', 0, N_("Choose"), NULL },
	{ ACT_BACK, 0x1b, 0, N_("Back"), NULL },
	{ 0 }
};

const struct binding *overlay_bindings(const struct ui *ui)
{
	switch (ui->private->overlay.kind) {
	case OVERLAY_ASK:
		return ask_keys;
	case OVERLAY_CONFIRM:
		return ui->private->overlay.refused ? either_keys : confirm_keys;
	case OVERLAY_PICK:
	case OVERLAY_NONE:
		break;
	}
	return pick_keys;
}

static void say_help(struct ui *ui)
{
	enum overlay_kind kind = ui->private->overlay.kind;

	ui_say(ui, TONE_NORMAL, "%s", ui->private->overlay.refused ?
	       _("1 is no, 2 is yes; so are arrows and Enter. Esc answers nothing.") :
	       kind == OVERLAY_ASK ? _("Type the answer: Enter takes it, Esc goes back.") :
	       kind == OVERLAY_CONFIRM ? _("1 or Esc is no; 2 is yes; so are arrows and Enter.") :
	       _("Take one by its number, or with arrows and Enter; typing finds it."));
}

void overlay_act(struct ui *ui, const struct event *e)
{
	enum overlay_kind kind = ui->private->overlay.kind;

	if (e->action == ACT_HELP)
		say_help(ui);
	else if (e->action == ACT_REDRAW)
		clearok(curscr, TRUE);
	else if (kind == OVERLAY_ASK)
		act_ask(ui, e);
	else if (kind == OVERLAY_CONFIRM)
		act_confirm(ui, e);
	else
		act_pick(ui, e);
}

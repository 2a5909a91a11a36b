/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/digits.h"
#include "screens/screens.h"
#include "screens/ui_private.h"
#include "shop/customer.h"

/* From a key to what it does: the screen is asked first, then what is common. */

const struct binding common_bindings[] = {
	{ ACT_BACK, 0x1b, 0, N_("Back"), N_("Goes one step back") },
	{ ACT_FIND, KEY_F(2), CTRL_KEY('F'), N_("Find"),
	  N_("Finds a customer by name, phone or card") },
	{ ACT_SALE, KEY_F(4), CTRL_KEY('E'), N_("Sale"), N_("Goes to the counter for a sale") },
	{ ACT_NEW, KEY_F(3), CTRL_KEY('N'), N_("New customer"), N_("Adds a customer") },
	{ ACT_REDEEM, KEY_F(5), CTRL_KEY('R'), NULL, N_("Gives a reward or takes points") },
	{ ACT_UNDO, 0, CTRL_KEY('Z'), NULL, N_("Takes your last entry of today back") },
	{ ACT_FIGURES, KEY_F(8), CTRL_KEY('B'), NULL,
	  N_("Shows the figures: who stays, who cools off, what they are worth") },
	{ ACT_MENU, KEY_F(9), CTRL_KEY('P'), N_("Menu"),
	  N_("Lists everything that can be done from here") },
	{ ACT_REDRAW, 0, CTRL_KEY('L'), NULL, N_("Reads and draws everything again") },
	{ ACT_QUIT, 0, CTRL_KEY('Q'), NULL, N_("Leaves regulars") },
	{ ACT_HELP, KEY_F(1), '?', N_("Help"), N_("Shows what the keys do") },
	{ 0 }
};

/* Keys that mean the same on every screen and need no words. */
static const struct binding plain_keys[] = {
	{ .action = ACT_ENTER, .key = '\r' },
	{ .action = ACT_BACK, .key = 0x1b, .twin = CTRL_KEY('C') },
	{ .action = ACT_TAB, .key = '\t' },
	{ .action = ACT_TAB_BACK, .key = KEY_BTAB },
	{ .action = ACT_UP, .key = KEY_UP },
	{ .action = ACT_DOWN, .key = KEY_DOWN },
	{ .action = ACT_LEFT, .key = KEY_LEFT },
	{ .action = ACT_RIGHT, .key = KEY_RIGHT },
	{ .action = ACT_HOME, .key = KEY_HOME, .twin = CTRL_KEY('A') },
	{ .action = ACT_END, .key = KEY_END },
	{ .action = ACT_PAGE_UP, .key = KEY_PPAGE },
	{ .action = ACT_PAGE_DOWN, .key = KEY_NPAGE },
	{ .action = ACT_BACKSPACE, .key = KEY_BACKSPACE },
	{ .action = ACT_DELETE, .key = KEY_DC, .twin = CTRL_KEY('D') },
	{ .action = ACT_CLEAR, .key = CTRL_KEY('U') },
	{ .action = ACT_SAVE, .key = KEY_F(10), .twin = CTRL_KEY('S') },
	{ 0 }
};

/* -- which rows have a key now -- */

static bool needs_shop(int action)
{
	return action == ACT_FIND || action == ACT_SALE || action == ACT_NEW ||
	       action == ACT_REDEEM || action == ACT_UNDO || action == ACT_FIGURES ||
	       action == ACT_MENU;
}

bool binding_is_hidden(const struct ui *ui, const struct screen *s, const struct binding *common)
{
	return (!ui->shop && needs_shop(common->action)) ||
	       binding_action(s->keys, common->key) || binding_action(s->keys, common->twin);
}

static bool is_common(const struct binding *b)
{
	for (const struct binding *common = common_bindings; common->action; common++)
		if (common == b)
			return true;
	return false;
}

bool binding_offered(const struct ui *ui, const struct binding *b)
{
	const struct layer *top = ui_top(ui);

	if (is_common(b))
		return !binding_is_hidden(ui, top->screen, b) &&
		       (b->action != ACT_BACK || top != ui->private->layers);
	return !top->screen->offers || top->screen->offers(top->state, b->action);
}

/* Of two actions with one key the one that is offered now is meant. */
static int own_action(const struct ui *ui, int key)
{
	for (const struct binding *b = ui_top(ui)->screen->keys; key && b && b->action; b++)
		if ((b->key == key || b->twin == key) && binding_offered(ui, b))
			return b->action;
	return ACT_NONE;
}

/* -- digits that choose -- */

/* Something typed within the time that a scanner takes? */
static bool more_is_typed(void)
{
	wint_t ch;
	int got;

	timeout(SCAN_GAP_MS);
	got = get_wch(&ch);
	timeout(0);
	if (got == KEY_CODE_YES)
		ungetch((int)ch);
	else if (got == OK)
		unget_wch((wchar_t)ch);
	return got == OK;
}

int ui_digit(const struct event *e)
{
	const char *text = e->text;
	uint32_t digit = e->action == ACT_TEXT ? digit_read(&text) : 0;

	if (digit < '1' || digit > '9' || *text || more_is_typed())
		return 0;
	return (int)(digit - '0');
}

/* -- what is common -- */

static void go_and_do(struct ui *ui, const struct screen *screen, const struct event *e)
{
	struct layer *top;

	if (!ui->shop || ui_top(ui)->screen == screen)
		return;
	ui_open(ui, screen, NULL);
	ui_load(ui);
	top = ui_top(ui);
	top->screen->act(top->state, ui, e);
}

/* What is scanned where nothing is typed is somebody's card. */
static void scanned(struct ui *ui, const char *code)
{
	int64_t id;

	if (!ui->shop)
		return;
	if (customer_by_scan(ui->shop, code, &id) != ST_OK)
		ui_fail(ui);
	else if (id)
		ui_open(ui, &customer_screen, &id);
	else
		ui_say(ui, TONE_WARN,
		       _("Nobody has the card %s. Items are scanned at the Counter."), code);
}

static void leave_unsaved(void *state, struct ui *ui)
{
	(void)state;
	ui_back(ui);
}

static void go_back(struct ui *ui)
{
	const struct layer *top = ui_top(ui);

	if (top->screen->unsaved && top->screen->unsaved(top->state))
		ui_confirm(ui, &(struct confirmation){
			.title = _("Leave without saving?"),
			.detail = _("What you typed here is lost."),
			.yes = _("Leave"), .agreed = leave_unsaved });
	else
		ui_back(ui);
}

/* Where nothing is typed a sign is a key. */
static void do_sign(struct ui *ui, const struct event *e)
{
	if (strcmp(e->text, "?") == 0)
		ui_do(ui, &(struct event){ ACT_HELP, "" });
	else if (strcmp(e->text, "/") == 0)
		ui_do(ui, &(struct event){ ACT_FIND, "" });
	else if (ui_top(ui)->screen == &home_screen && !ui_digit(e) && !more_is_typed())
		go_and_do(ui, &counter_screen, e);	/* whoever types there looks for somebody */
}

static void do_common(struct ui *ui, const struct event *e)
{
	switch (e->action) {
	case ACT_TEXT:
		do_sign(ui, e);
		return;
	case ACT_SCAN:
		if (ui->private->into_field)
			ui_do(ui, &(struct event){ ACT_ENTER, "" });
		else
			scanned(ui, e->text);
		return;
	case ACT_BACK:
		go_back(ui);
		return;
	case ACT_FIND:
	case ACT_NEW:
	case ACT_SALE:
	case ACT_REDEEM:
	case ACT_UNDO:
		go_and_do(ui, &counter_screen, e);
		return;
	case ACT_HELP:
		ui_open(ui, &help_screen, ui_top(ui)->screen);
		return;
	case ACT_FIGURES:
		ui_open(ui, &figures_screen, NULL);
		return;
	case ACT_MENU:
		palette_open(ui);
		return;
	case ACT_REDRAW:
		clearok(curscr, TRUE);
		ui_reload(ui);
		return;
	case ACT_QUIT:
		ui_leave(ui);
		return;
	default:
		return;
	}
}

/* -- a press -- */

/* Reading may wait for these alone: a frame with the new letter comes first. */
static bool only_types(int action)
{
	return action == ACT_TEXT || action == ACT_BACKSPACE || action == ACT_DELETE ||
	       action == ACT_LEFT || action == ACT_RIGHT || action == ACT_CLEAR;
}

void ui_do(struct ui *ui, const struct event *e)
{
	struct layer *top = ui_top(ui);
	bool taken;

	ui->private->typed = only_types(e->action);
	if (!ui->private->typed)
		ui_load(ui);
	if (top->closing) {	/* Esc, while it was read: the key was meant for it */
		ui_settle(ui);
		return;
	}
	taken = top->screen->act(top->state, ui, e);
	if (e->action == ACT_TEXT)
		ui->private->into_field = taken;
	if (!taken)
		do_common(ui, e);
	ui_settle(ui);
}

static struct event event_of(const struct ui *ui, const struct press *p)
{
	struct event e = { ACT_NONE, p->text };

	if (p->kind == PRESS_TEXT)
		e.action = ACT_TEXT;
	else if (p->kind == PRESS_SCAN)
		e.action = ACT_SCAN;
	else if (!overlay_is_open(ui))
		e.action = own_action(ui, p->key);
	if (e.action == ACT_NONE)
		e.action = binding_action(plain_keys, p->key);
	if (e.action == ACT_NONE)
		e.action = binding_action(common_bindings, p->key);
	return e;
}

void ui_press(struct ui *ui, const struct press *press)
{
	struct ui_private *p = ui->private;
	struct event e = event_of(ui, press);

	if (press->kind == PRESS_RESIZE || e.action == ACT_NONE)
		return;
	if (frame_is_too_small()) {	/* nobody sees what they do */
		if (e.action == ACT_QUIT)
			ui_quit(ui);
		return;
	}
	p->message[0] = '\0';
	p->typed = false;
	if (*p->failure) {
		p->failure[0] = '\0';
		p->into_field = false;
	} else if (overlay_is_open(ui)) {
		p->into_field = false;
		overlay_act(ui, &e);
		ui_settle(ui);
	} else {
		ui_do(ui, &e);
	}
}

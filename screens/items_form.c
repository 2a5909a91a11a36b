/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/items.h"

#include <string.h>

#include "screens/program_form_page.h"

struct item_form {
	struct item item;
	struct form form;
};

static const struct form_field fields[] = {
	{ .name = "name", .label = N_("Item"), .hint = N_("What it is called on a bill.") },
	{ .name = "price", .label = N_("Price"),
	  .hint = N_("Of one. Empty: it is asked for at the counter.") },
	{ .name = "category", .label = N_("Category"),
	  .hint = N_("What belongs together, like: tea, snacks. Programs and figures use it.") },
	{ .name = "digit", .label = N_("Quick digit"),
	  .hint = N_("1 to 9: picks it with one key at the counter.") },
	{ .name = "code", .label = N_("Code"),
	  .hint = N_("The barcode, or what the till calls it.") },
	{ .name = "own_cost", .label = N_("Costs you"),
	  .hint = N_("What one costs the shop: for what a free one costs you.") },
	{ .name = "stopped", .label = N_("No longer sold"),
	  .hint = N_("It leaves the counter; its sales stay in the book.") },
	{ 0 }
};

static void start(struct item_form *s, struct ui *ui)
{
	s->form = (struct form){ .type = &item_type, .fields = fields, .record = &s->item,
				 .format = &ui->format, .today = ui_today(ui) };
	form_start(&s->form);
}

static void item_form_open(void *state, struct ui *ui, const void *arg)
{
	struct item_form *s = state;

	if (arg)
		s->item = *(const struct item *)arg;
	start(s, ui);
}

static void item_form_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct item_form *s = state;

	(void)ui;
	form_draw(c, &s->form);
}

/* A whole list is typed in one after the other: the next one is likely of the
 * same category. */
static void next(struct item_form *s, struct ui *ui)
{
	struct item added = s->item;

	s->item = (struct item){ 0 };
	memcpy(s->item.category, added.category, sizeof(s->item.category));
	start(s, ui);
	ui_say(ui, TONE_GOOD, _("%s is on the list. Type the next one, or go back with Esc."),
	       added.name);
}

static void save(struct item_form *s, struct ui *ui)
{
	struct actor by = ui_actor(ui);
	bool is_new = !s->item.id;
	enum status st;

	if (form_take(&s->form) != ST_OK)
		return;
	st = is_new ? item_add(ui->shop, &by, &s->item) : item_edit(ui->shop, &by, &s->item);
	if (st != ST_OK) {
		if (is_new)
			s->item.id = 0;
		ui_fail(ui);
	} else if (is_new) {
		next(s, ui);
	} else {
		ui_say(ui, TONE_GOOD, _("%s is changed."), s->item.name);
		ui_back(ui);
	}
}

/* The letters of a scan were typed before it is known for one. */
static void take_back(struct edit *edit, const char *scanned)
{
	size_t len = strlen(scanned);
	char *end = edit->text + edit->at;

	if (edit->at < len || memcmp(end - len, scanned, len))
		return;
	memmove(end - len, end, strlen(end) + 1);
	edit->at -= len;
}

/* A scanned barcode goes into the code's field, wherever the cursor is. */
static bool take_code(struct item_form *s, const struct event *e)
{
	if (e->action != ACT_SCAN)
		return false;
	take_back(&s->form.edit[s->form.list.at], e->text);
	form_choose(&s->form, "code");
	edit_set(&s->form.edit[s->form.list.at], e->text);
	s->form.changed = true;
	return true;
}

static bool item_form_act(void *state, struct ui *ui, const struct event *e)
{
	struct item_form *s = state;

	if (take_code(s, e) || form_act(&s->form, e))
		return true;
	switch (e->action) {
	case ACT_SAVE:
	case ACT_ENTER:
		save(s, ui);
		return true;
	default:
		return false;
	}
}

static bool item_form_unsaved(const void *state)
{
	return ((const struct item_form *)state)->form.changed;
}

static const struct binding item_form_keys[] = {
	{ ACT_SAVE, KEY_F(10), CTRL_KEY('S'), N_("Save"), N_("Saves the item") },
	{ ACT_BACK, 0x1b, 0, N_("Back"), N_("Leaves; asks first when something was typed") },
	{ 0 }
};

const struct screen item_form_screen = {
	.name = N_("Item"),
	.help = N_("What the shop sells. Only the name is needed. A scanned barcode goes into the "
		   "code wherever the cursor is."),
	.state_size = sizeof(struct item_form),
	.keys = item_form_keys,
	.open = item_form_open,
	.draw = item_form_draw,
	.act = item_form_act,
	.unsaved = item_form_unsaved,
};

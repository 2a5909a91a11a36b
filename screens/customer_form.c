/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/customer_form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "screens/customer_form_fields.h"
#include "screens/name.h"
#include "screens/screens.h"
#include "screens/ui.h"
#include "shop/standing.h"

/* Adding somebody, or changing what is known of them. */

static const struct binding customer_form_keys[] = {
	{ ACT_SAVE, KEY_F(10), CTRL_KEY('S'), N_("Save"), N_("Saves this customer") },
	{ ACT_TAB, '\t', 0, N_("Next field"), N_("Goes to the next field; so does Enter") },
	{ ACT_BACK, 0x1b, 0, N_("Back"), N_("Leaves; asks first when something was typed") },
	{ 0 }
};

/* -- what was searched for is a phone, an email or a name -- */

static void begin_with(struct customer *c, const char *text, const char *country)
{
	if (strchr(text, '@'))
		(void)!customer_add_email(c, text);
	else if (customer_add_phone(c, text, country) != ST_OK)
		snprintf(c->name, sizeof(c->name), "%.*s", (int)sizeof(c->name) - 1, text);
}

static void customer_form_open(void *state, struct ui *ui, const void *arg)
{
	struct customer_form *f = state;
	const struct customer_form_ask *ask = arg;
	const char *text = ask->text ? ask->text : "";

	f->id = ask->id;
	f->loaded = !ask->id;
	f->now = (struct customer){ .id = ask->id };
	f->country = ui->shop->settings.country;
	f->form = (struct form){ .type = &customer_type, .fields = customer_form_fields,
				 .record = &f->now, .format = &ui->format,
				 .today = ui_today(ui) };
	if (*text)
		begin_with(&f->now, text, f->country);
	form_start(&f->form);
	form_choose(&f->form, *f->now.name ? "phones" : "name");
	f->form.changed = *text != '\0';
}

static enum status read_customer(struct ui *ui, int64_t id, struct customer *out)
{
	struct standing *s = mem_alloc(sizeof(*s));
	enum status st = standing_read(ui->shop, id, ui_today(ui), s);

	if (st == ST_OK)
		*out = s->customer;
	standing_release(s);
	free(s);
	return st;
}

/* Once: what others change meanwhile comes in when it is saved. */
static enum status customer_form_load(void *state, struct ui *ui)
{
	struct customer_form *f = state;
	enum status st;

	if (f->loaded)
		return ST_OK;
	f->loaded = true;
	st = read_customer(ui, f->id, &f->now);
	if (st != ST_OK)
		return st;
	name_of(ui->shop, &f->now, f->name);
	form_start(&f->form);
	for (size_t i = 0; i < f->form.list.n; i++)
		memcpy(f->shown[i], f->form.edit[i].text, EDIT_SIZE);
	return ST_OK;
}

static void customer_form_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct customer_form *f = state;
	struct canvas rest = canvas_part(c, (struct rect){ 2, 0, c->at.h - 2, c->at.w });

	(void)ui;
	put_text(c, (struct spot){ .x = 1, .tone = TONE_TITLE },
		 f->id ? f->name : _("New customer"));
	form_draw(&rest, &f->form);
}

/* -- saving -- */

static void added(struct customer_form *f, struct ui *ui)
{
	char name[NAME_TEXT];

	name_of(ui->shop, &f->now, name);
	ui_instead(ui, &customer_screen, &f->now.id);
	ui_say(ui, TONE_GOOD, _("%s is in the book now."), name);
}

static void add_anyway(void *state, struct ui *ui)
{
	struct customer_form *f = state;
	struct actor by = ui_actor(ui);

	if (customer_add(ui->shop, &by, &f->now, true) == ST_OK)
		added(f, ui);
	else
		ui_fail(ui);
}

static void add(struct customer_form *f, struct ui *ui)
{
	struct actor by = ui_actor(ui);
	enum status st = customer_add(ui->shop, &by, &f->now, false);

	if (st == ST_OK)
		added(f, ui);
	else if (st == ST_EXISTS)
		ui_confirm(ui, &(struct confirmation){
			.title = _("Is this the same person?"), .detail = status_text(),
			.yes = _("Add anyway"), .agreed = add_anyway });
	else
		ui_fail(ui);
}

static void copy_field(const struct field *field, struct customer *to, const struct customer *from)
{
	size_t size = field->type == FIELD_LIST ? sizeof(uint32_t) : field->size;

	memcpy(field_at(field, to), field_at(field, from), size);
	if (field->type == FIELD_LIST)
		memcpy(field_row(field, to, 0), field_row(field, from, 0),
		       field->size * field->of->size);
}

/* Fields that were not touched stay as they are by now, whoever changed them
 * meanwhile, and whole where the form has no room for all of them. */
static void put_changes(const struct customer_form *f, struct customer *stored)
{
	for (size_t i = 0; i < f->form.list.n; i++)
		if (strcmp(f->shown[i], f->form.edit[i].text))
			copy_field(f->form.in_table[i], stored, &f->now);
}

static void change(struct customer_form *f, struct ui *ui)
{
	struct customer *stored = mem_alloc(sizeof(*stored));
	struct actor by = ui_actor(ui);
	enum status st = read_customer(ui, f->id, stored);

	if (st == ST_OK) {
		put_changes(f, stored);
		st = customer_edit(ui->shop, &by, stored);
	}
	free(stored);
	if (st != ST_OK) {
		ui_fail(ui);
		return;
	}
	ui_back(ui);
	ui_say(ui, TONE_GOOD, "%s", _("Saved."));
}

static void save(struct customer_form *f, struct ui *ui)
{
	if (form_take(&f->form) != ST_OK)
		return;
	if (f->id)
		change(f, ui);
	else
		add(f, ui);
}

/* -- acting -- */

static bool customer_form_act(void *state, struct ui *ui, const struct event *e)
{
	struct customer_form *f = state;

	if (e->action == ACT_SAVE) {
		save(f, ui);
		return true;
	}
	if (form_act(&f->form, e))
		return true;
	if (e->action == ACT_ENTER) {
		save(f, ui);
		return true;
	}
	return false;
}

static bool customer_form_unsaved(const void *state)
{
	return ((const struct customer_form *)state)->form.changed;
}

const struct screen customer_form_screen = {
	.name = N_("Customer details"),
	.help = N_("A name, a phone or a card is enough; everything else can wait. A phone that "
		   "cannot be verified is kept and marked as one that cannot be texted."),
	.state_size = sizeof(struct customer_form),
	.keys = customer_form_keys,
	.open = customer_form_open,
	.load = customer_form_load,
	.draw = customer_form_draw,
	.act = customer_form_act,
	.unsaved = customer_form_unsaved,
};

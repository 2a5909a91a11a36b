/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "screens/figures.h"
#include "screens/ui_private.h"

/* Every action that the screen below offers now, its own first, then every main
 * screen and what the figures answer: what cannot be remembered is found by
 * typing a part of its words. */

enum { SCREENS_MOST = 50 };

struct palette {
	struct ui_private *p;		/* remembers the actions, in the order of the rows */
	struct choice choices[OFFERS_MOST + SCREENS_MOST];
	char keys[OFFERS_MOST][2 * KEY_NAME + 2];
	size_t n;
};

static void add_action(struct palette *palette, const struct binding *b)
{
	char *keys = palette->keys[palette->n], key[KEY_NAME], twin[KEY_NAME];

	key_words(b->twin ? b->twin : b->key, twin);
	key_words(b->twin ? b->key : 0, key);
	snprintf(keys, sizeof(palette->keys[0]), "%s %s", twin, key);
	palette->p->offers[palette->n] = b->action;
	palette->choices[palette->n++] = (struct choice){ _(b->help), keys };
}

static void add_actions(struct palette *palette, const struct ui *ui,
			const struct binding *bindings)
{
	for (const struct binding *b = bindings; b && b->action; b++)
		if (b->help && b->action != ACT_MENU && palette->n < OFFERS_MOST &&
		    binding_offered(ui, b))
			add_action(palette, b);
}

/* The main ones, then the figures, whose files have these names: "cohorts". */
static const struct screen *screen_at(size_t i, const char **name)
{
	size_t mains = 0;

	*name = NULL;
	while (main_screens[mains])
		mains++;
	if (i < mains)
		return main_screens[i];
	if (!figure_at(i - mains))
		return NULL;
	*name = figure_at(i - mains)->name;
	return figure_at(i - mains)->screen;
}

static void add_screens(struct palette *palette)
{
	const struct screen *screen;
	const char *name;

	for (size_t i = 0; i < SCREENS_MOST && (screen = screen_at(i, &name)); i++)
		palette->choices[palette->n++] = (struct choice){ _(screen->name), name };
}

static void picked(void *state, struct ui *ui, size_t i)
{
	const struct ui_private *p = ui->private;
	const char *name;

	(void)state;
	if (i < p->offer_count)
		ui_do(ui, &(struct event){ p->offers[i], "" });
	else
		ui_open(ui, screen_at(i - p->offer_count, &name), NULL);
}

void palette_open(struct ui *ui)
{
	struct palette palette = { .p = ui->private, .n = 0 };

	add_actions(&palette, ui, ui_top(ui)->screen->keys);
	add_actions(&palette, ui, common_bindings);
	ui->private->offer_count = palette.n;
	if (ui->shop)
		add_screens(&palette);
	ui_pick(ui, &(struct picker){ .title = _("What do you want to do?"),
				      .choices = palette.choices, .n = palette.n,
				      .picked = picked });
}

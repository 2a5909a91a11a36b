/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "screens/screens.h"
#include "screens/ui_private.h"

/* Every action that the screen below offers now, its own first, then every main
 * screen: what cannot be remembered is found by typing a part of its words. */

enum { SCREENS_MOST = 20 };

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

static void picked(void *state, struct ui *ui, size_t i)
{
	const struct ui_private *p = ui->private;

	(void)state;
	if (i < p->offer_count)
		ui_do(ui, &(struct event){ p->offers[i], "" });
	else
		ui_open(ui, main_screens[i - p->offer_count], NULL);
}

void palette_open(struct ui *ui)
{
	struct palette palette = { .p = ui->private, .n = 0 };

	add_actions(&palette, ui, ui_top(ui)->screen->keys);
	add_actions(&palette, ui, common_bindings);
	ui->private->offer_count = palette.n;
	for (size_t i = 0; ui->shop && main_screens[i] && i < SCREENS_MOST; i++)
		palette.choices[palette.n++] = (struct choice){ _(main_screens[i]->name), NULL };
	ui_pick(ui, &(struct picker){ .title = _("What do you want to do?"),
				      .choices = palette.choices, .n = palette.n,
				      .picked = picked });
}

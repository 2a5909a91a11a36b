/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/buf.h"
#include "screens/screens.h"
#include "screens/ui_private.h"

/* Help about one screen: its sentences, then its keys and the common ones, from
 * the same tables that the ui obeys. */

enum { KEYS_GAP = 2, WORDS_MOST = 400 };

struct help {
	const struct screen *about;
	const void *state;	/* of the nearest one that is open; NULL: none */
	struct buf more;	/* what it explains itself */
	int top;		/* the first line in view */
};

static void help_open(void *state, struct ui *ui, const void *arg)
{
	struct help *h = state;

	h->about = arg;
	h->top = 0;
	buf_clear(&h->more);
	h->state = NULL;
	for (size_t i = 0; i < ui->private->depth; i++)
		if (ui->private->layers[i].screen == arg && !ui->private->layers[i].closing)
			h->state = ui->private->layers[i].state;
	if (h->state && h->about->explain)
		h->about->explain(h->state, ui, &h->more);
}

static void help_release(void *state)
{
	struct help *h = state;

	buf_release(&h->more);
}

/* A page as long as it needs, of which lines 'top' and on are in the canvas. */
struct page {
	const struct canvas *c;
	int top, y;		/* y: of the next line */
	int keys_cols;
};

static const char *keys_of(const struct binding *b, char out[2 * KEY_NAME + 2])
{
	char key[KEY_NAME], twin[KEY_NAME];

	key_words(b->twin ? b->twin : b->key, twin);
	key_words(b->twin ? b->key : 0, key);
	snprintf(out, 2 * KEY_NAME + 2, "%s %s", twin, key);
	return out;
}

/* Of two rows with one key that one is explained which has it now. */
static bool has_its_key(const struct help *h, const struct binding *b)
{
	const struct screen *s = h->about;

	if (!s->offers || !h->state || s->offers(h->state, b->action))
		return true;
	for (const struct binding *other = s->keys; other->action; other++)
		if (other != b && other->key == b->key && other->twin == b->twin &&
		    s->offers(h->state, other->action))
			return false;
	return true;
}

static const char *words_of(const struct binding *b)
{
	return b->help ? b->help : b->label;
}

/* Words over as many lines as they need. What is scrolled out at the top is put
 * above the canvas, which cuts it. */
static void add_words(struct page *page, int x, const char *words)
{
	page->y += put_wrapped(page->c, (struct spot){ .y = page->y - page->top, .x = x,
						       .cols = page->c->at.w - x - 1 },
			       WORDS_MOST, words);
}

static void add_key(struct page *page, const struct binding *b)
{
	char keys[2 * KEY_NAME + 2];

	put_text(page->c, (struct spot){ .y = page->y - page->top, .x = 1, .tone = TONE_KEY,
					 .cols = page->keys_cols }, keys_of(b, keys));
	add_words(page, 1 + page->keys_cols + KEYS_GAP, _(words_of(b)));
}

static void measure_keys(struct page *page, const struct binding *bindings)
{
	char keys[2 * KEY_NAME + 2];

	for (const struct binding *b = bindings; b && b->action; b++) {
		int cols = shown_columns(keys_of(b, keys));

		if (words_of(b) && cols > page->keys_cols)
			page->keys_cols = cols;
	}
}

/* Gives how many lines there are in all. */
static int put_page(const struct help *h, const struct ui *ui, const struct canvas *c)
{
	struct page page = { .c = c, .top = h->top };

	measure_keys(&page, h->about->keys);
	measure_keys(&page, common_bindings);
	put_text(c, (struct spot){ .y = -h->top, .x = 1, .tone = TONE_TITLE },
		 _(h->about->name));
	page.y = 1;
	if (h->about->help)
		add_words(&page, 1, _(h->about->help));
	if (h->more.len) {
		page.y++;
		add_words(&page, 1, h->more.at);
	}
	page.y++;
	for (const struct binding *b = h->about->keys; b && b->action; b++)
		if (words_of(b) && has_its_key(h, b))
			add_key(&page, b);
	page.y++;
	for (const struct binding *b = common_bindings; b->action; b++)
		if (!binding_is_hidden(ui, h->about, b))
			add_key(&page, b);
	return page.y;
}

/* How far it can be scrolled. */
static int last_top(const struct help *h, const struct ui *ui)
{
	const struct canvas none = { stdscr, { 0, 0, 0, ui_cols(ui) } };
	int hidden = put_page(h, ui, &none) - ui_rows(ui);

	return hidden > 0 ? hidden : 0;
}

static void help_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	struct help shown = *(const struct help *)state;
	int last = last_top(&shown, ui);

	shown.top = shown.top < last ? shown.top : last;
	put_page(&shown, ui, c);
	if (shown.top < last)
		put_text(c, (struct spot){ .y = c->at.h - 1, .cols = 1 }, "v");
	put_cursor(c, 0, 0);
}

static bool help_act(void *state, struct ui *ui, const struct event *e)
{
	struct help *h = state;
	int page = ui_rows(ui) - 1, last = last_top(h, ui), top = h->top;

	if (e->action == ACT_DOWN || e->action == ACT_UP)
		top += e->action == ACT_DOWN ? 1 : -1;
	else if (e->action == ACT_PAGE_DOWN || e->action == ACT_PAGE_UP)
		top += e->action == ACT_PAGE_DOWN ? page : -page;
	else if (e->action == ACT_HOME || e->action == ACT_END)
		top = e->action == ACT_HOME ? 0 : last;
	else if (e->action == ACT_ENTER || e->action == ACT_HELP)
		ui_back(ui);
	else
		return false;
	h->top = top < 0 ? 0 : top > last ? last : top;
	return true;
}

static const struct binding help_keys[] = {
	{ ACT_BACK, 0x1b, 0, N_("Back"), N_("Goes back") },
	{ 0 }
};

const struct screen help_screen = {
	.name = N_("Help"),
	.state_size = sizeof(struct help),
	.keys = help_keys,
	.open = help_open,
	.draw = help_draw,
	.act = help_act,
	.release = help_release,
};

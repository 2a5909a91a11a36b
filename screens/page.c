/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "screens/list.h"
#include "screens/screens.h"
#include "shop/why.h"

enum { ACT_CARD = ACT_OWN };

struct page {
	int64_t customer;
	char *title, *text;
	char **lines;		/* into 'text' */
	size_t n, cap;
	size_t top;
};

static const struct binding page_keys[] = {
	{ ACT_CARD, 0, CTRL_KEY('O'), N_("Customer"),
	  N_("Opens the card of the customer whom it is about") },
	{ ACT_BACK, 0x1b, 0, N_("Back"), N_("Goes back; so does Enter") },
	{ 0 }
};

static void page_release(void *state)
{
	struct page *p = state;

	free(p->title);
	free(p->text);
	free(p->lines);
	*p = (struct page){ 0 };
}

static void page_open(void *state, struct ui *ui, const void *arg)
{
	struct page *p = state;
	const struct page_text *t = arg;
	char *rest, *line;

	(void)ui;
	page_release(p);
	p->customer = t->customer;
	p->title = mem_text(t->title);
	p->text = rest = mem_text(t->text);
	while ((line = strsep(&rest, "\n"))) {
		p->lines = mem_grow(p->lines, p->n, &p->cap, sizeof(*p->lines));
		p->lines[p->n++] = line;
	}
	while (p->n && !*p->lines[p->n - 1])
		p->n--;
}

/* What goes into detail stands further in, its next lines too. */
static int put_line(const struct canvas *c, int y, const char *line)
{
	int in = (int)strspn(line, " ");
	struct spot s = { .y = y, .x = in, .cols = c->at.w - in - 1,
			  .tone = in ? TONE_NORMAL : TONE_STRONG };

	return *line ? put_wrapped(c, s, c->at.h - y, line + in) : 1;
}

static void page_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct page *p = state;
	struct canvas body = canvas_part(c, (struct rect){ 2, 1, c->at.h - 3, c->at.w - 1 });
	size_t i = p->top;

	(void)ui;
	put_text(c, (struct spot){ .x = 1, .tone = TONE_TITLE }, p->title);
	for (int y = 0; i < p->n && y < body.at.h; i++)
		y += put_line(&body, y, p->lines[i]);
	if (i < p->n)
		put_text(c, (struct spot){ .y = c->at.h - 1, .x = 1, .tone = TONE_DIM },
			 _("There is more below: arrows and Page Down"));
	put_cursor(c, 2, 1);
}

static bool page_act(void *state, struct ui *ui, const struct event *e)
{
	struct page *p = state;
	struct list list = { .n = p->n, .at = p->top };

	list_fit(&list, LINES > 8 ? (size_t)LINES - 8 : 1);
	if (e->action == ACT_ENTER)
		ui_back(ui);
	else if (e->action == ACT_CARD)
		ui_instead(ui, &customer_screen, &p->customer);
	else if (!list_act(&list, e->action))
		return false;
	p->top = list.at;
	return true;
}

static bool page_offers(const void *state, int action)
{
	const struct page *p = state;

	return action != ACT_CARD || p->customer;
}

const struct screen page_screen = {
	.name = N_("Explanation"),
	.help = N_("What happened, by which rules, and where points, stamps and rewards come "
		   "from. Arrows and Page Down show the rest; Enter and Esc go back."),
	.state_size = sizeof(struct page),
	.keys = page_keys,
	.open = page_open,
	.draw = page_draw,
	.act = page_act,
	.offers = page_offers,
	.release = page_release,
};

void page_tell_why(struct ui *ui, const char *title, int64_t seq, int64_t customer)
{
	struct why_ask ask = { seq, ui_today(ui), &ui->format };
	struct buf text = { 0 };

	if (shop_why(ui->shop, &ask, &text) == ST_OK)
		ui_open(ui, &page_screen, &(struct page_text){ title, text.at, customer });
	else
		ui_fail(ui);
	buf_release(&text);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/ui.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "screens/picture.h"
#include "screens/sample.h"
#include "screens/screens.h"
#include "screens/ui_private.h"

int64_t ui_now(const struct ui *ui)
{
	(void)ui;
	return clock_now();
}

int32_t ui_today(const struct ui *ui)
{
	return clock_day(ui_now(ui));
}

int64_t ui_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int ui_rows(const struct ui *ui)
{
	(void)ui;
	return LINES > FRAME_AROUND ? LINES - FRAME_AROUND : 0;
}

int ui_cols(const struct ui *ui)
{
	(void)ui;
	return COLS > 1 ? COLS - 1 : 0;
}

struct actor ui_actor(const struct ui *ui)
{
	struct actor by = { .now = ui_now(ui), .has_op = true };

	memcpy(by.who, ui->who, sizeof(by.who));
	memcpy(by.terminal, ui->terminal, sizeof(by.terminal));
	op_make(by.now, by.op);
	return by;
}

/* -- the open screens: each is there once -- */

struct layer *ui_top(const struct ui *ui)
{
	struct ui_private *p = ui->private;

	for (size_t i = p->depth; i > 0; i--)
		if (!p->layers[i - 1].closing)
			return &p->layers[i - 1];
	return NULL;
}

static struct layer *layer_of(const struct ui *ui, const struct screen *screen)
{
	struct ui_private *p = ui->private;

	for (size_t i = 0; i < p->depth; i++)
		if (p->layers[i].screen == screen && !p->layers[i].closing)
			return &p->layers[i];
	return NULL;
}

static bool is_unsaved(const struct layer *l)
{
	return !l->closing && l->screen->unsaved && l->screen->unsaved(l->state);
}

bool ui_is_unsaved(const struct ui *ui)
{
	const struct ui_private *p = ui->private;

	for (size_t i = 0; i < p->depth; i++)
		if (is_unsaved(&p->layers[i]) && !p->layers[i].screen->idle)
			return true;
	return false;
}

static void close_all(struct ui *ui)
{
	struct ui_private *p = ui->private;

	overlay_close(ui);
	for (size_t i = 0; i < p->depth; i++)
		p->layers[i].closing = true;
}

static void layer_release(struct ui *ui, struct layer *l)
{
	if (l->screen->idle && ui->shop)
		l->screen->idle(l->state, ui);
	if (l->screen->release)
		l->screen->release(l->state);
	free(l->state);
}

void ui_settle(struct ui *ui)
{
	struct ui_private *p = ui->private;
	size_t kept = 0;

	for (size_t i = 0; i < p->depth; i++)
		if (p->layers[i].closing)
			layer_release(ui, &p->layers[i]);
		else
			p->layers[kept++] = p->layers[i];
	p->depth = kept;
}

static void push(struct ui *ui, const struct screen *screen, const void *arg)
{
	struct ui_private *p = ui->private;
	struct layer *l;

	assert(p->depth < UI_DEPTH);
	l = &p->layers[p->depth++];
	*l = (struct layer){ screen, mem_alloc(screen->state_size + 1), .stale = true };
	if (screen->open)
		screen->open(l->state, ui, arg);
}

/* The pile stays as low as a person can remember, and loses nothing. */
static struct layer *bring_back(struct ui *ui, struct layer *l)
{
	struct ui_private *p = ui->private;
	struct layer *last = &p->layers[p->depth - 1], back = *l;

	for (; l < last; l++) {
		*l = l[1];
		l->closing |= !is_unsaved(l);
	}
	back.stale = true;
	*last = back;
	return last;
}

void ui_open(struct ui *ui, const struct screen *screen, const void *arg)
{
	struct layer *l = layer_of(ui, screen);

	overlay_close(ui);
	if (!l) {
		push(ui, screen, arg);
		return;
	}
	l = bring_back(ui, l);
	if (arg && is_unsaved(l))
		ui_say(ui, TONE_WARN, "%s", _("First save this, or drop it with Esc."));
	else if (arg && screen->open)
		screen->open(l->state, ui, arg);
}

void ui_instead(struct ui *ui, const struct screen *screen, const void *arg)
{
	ui_top(ui)->closing = true;
	ui_open(ui, screen, arg);
}

void ui_home(struct ui *ui)
{
	ui_open(ui, &home_screen, NULL);
}

static void leave(void *state, struct ui *ui)
{
	(void)state;
	ui_quit(ui);
}

/* The last screen cannot close: one leaves, but from a sample shop that was
 * made to look around one goes back to where it began. */
void ui_back(struct ui *ui)
{
	struct layer *top = ui_top(ui), *below;

	overlay_close(ui);
	top->closing = true;
	below = ui_top(ui);
	if (below)
		below->stale = true;
	else
		top->closing = false;
	if (!below && ui->private->sample)
		sample_leave(ui);
	else if (!below)
		ui_leave(ui);
}

void ui_leave(struct ui *ui)
{
	ui_confirm(ui, &(struct confirmation){
		.title = _("Leave regulars?"),
		.detail = ui_is_unsaved(ui) ? _("What was typed and not saved is lost then.") : "",
		.yes = _("Leave"), .agreed = leave });
}

void ui_quit(struct ui *ui)
{
	ui->private->quit = true;
}

void ui_reload(struct ui *ui)
{
	ui_top(ui)->stale = true;
}

void ui_read_on(struct ui *ui)
{
	ui_top(ui)->partial = true;
}

/* -- the shop -- */

void ui_use_language(struct ui *ui, const char *code)
{
	if (!terminal.latin_only || strcmp(code, "en") == 0)
		language_use(code);
	terminal.words_right_to_left = !strcmp(language_used(), "ur");
	if (ui->shop)
		settings_format(&ui->shop->settings, language_used(), terminal.latin_only,
				&ui->format);
}

enum status ui_open_shop(struct ui *ui, const char *dir)
{
	struct ui_private *p = ui->private;
	const char *named = p->shop.conf.terminal;
	enum status st;

	assert(!ui->shop);
	st = shop_open(dir, &p->shop);
	if (st != ST_OK)
		return st;
	close_all(ui);
	ui->shop = &p->shop;
	if (*named)
		ui_keep(ui->terminal, sizeof(ui->terminal), named);
	ui_use_language(ui, p->shop.settings.language);
	push(ui, &home_screen, NULL);
	return ST_OK;
}

void ui_close_shop(struct ui *ui)
{
	ui_idle(ui);
	close_all(ui);
	picture_release(ui);
	if (ui->shop)
		shop_close(ui->shop);
	ui->shop = NULL;
}

void ui_release(struct ui *ui)
{
	ui_close_shop(ui);
	ui_settle(ui);
	sample_remove(ui);
}

/* -- telling -- */

void ui_keep(char *out, size_t size, const char *text)
{
	size_t len = text_cut(text, size - 1);

	memmove(out, text, len);
	out[len] = '\0';
}

void ui_say(struct ui *ui, enum tone tone, const char *format, ...)
{
	struct ui_private *p = ui->private;
	char text[2 * UI_MESSAGE];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	ui_keep(p->message, sizeof(p->message), text);
	p->message_tone = tone;
}

void ui_fail(struct ui *ui)
{
	ui_keep(ui->private->failure, sizeof(ui->private->failure), status_text());
}

/* -- reading what is shown -- */

bool ui_load(struct ui *ui)
{
	struct ui_private *p = ui->private;
	struct layer *top = ui_top(ui);

	if (!top->stale)
		return false;
	top->stale = top->partial = top->aged = false;
	p->load_began = ui_ms();
	p->version = ui->shop ? store_version(ui->shop->store) : 0;
	if (top->screen->load && top->screen->load(top->state, ui) != ST_OK)
		ui_fail(ui);
	p->load_ms = ui_ms() - p->load_began;
	return true;
}

bool ui_catch_up(struct ui *ui)
{
	struct layer *top = ui_top(ui);

	top->stale |= top->partial || top->aged;
	return ui_load(ui);
}

void ui_idle(struct ui *ui)
{
	struct ui_private *p = ui->private;

	for (size_t i = 0; ui->shop && i < p->depth; i++)
		if (p->layers[i].screen->idle && !p->layers[i].closing)
			p->layers[i].screen->idle(p->layers[i].state, ui);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/import.h"

#include "screens/files.h"
#include "screens/screens.h"

/* Which file. */

struct import_state {
	struct files files;
};

static void start(void *state, struct ui *ui, const void *arg)
{
	struct import_state *s = state;

	(void)ui;
	(void)arg;
	files_start(&s->files);
}

static enum status load(void *state, struct ui *ui)
{
	struct import_state *s = state;

	(void)ui;
	files_read(&s->files);
	return ST_OK;
}

static void draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct import_state *s = state;

	files_draw(&s->files, ui, c);
}

static void open_file(struct import_state *s, struct ui *ui)
{
	struct import_watch watch = { ui, _("Reading the file") };
	struct preview *p;
	enum status st = preview_open(s->files.chosen, import_watch_step, &watch, &p);

	if (st == ST_OK)
		ui_open(ui, &import_columns_screen, p);
	else
		import_tell(ui, st);
}

static bool act(void *state, struct ui *ui, const struct event *e)
{
	struct import_state *s = state;

	list_fit(&s->files.list, files_rows(&s->files, ui_rows(ui)));
	switch (files_act(&s->files, e)) {
	case FILES_NOT_MINE:
		return false;
	case FILES_CHOSEN:
		open_file(s, ui);
		return true;
	case FILES_REFUSED:		/* it may be gone by now */
		ui_fail(ui);
		ui_reload(ui);
		return true;
	case FILES_TAKEN:
		break;
	}
	return true;
}

static void release(void *state)
{
	struct import_state *s = state;

	files_release(&s->files);
}

static const struct binding keys[] = {
	{ ACT_ENTER, '\r', 0, N_("Open"), N_("Shows what is in the file, or opens the folder") },
	{ ACT_BACKSPACE, KEY_BACKSPACE, 0, NULL, N_("With nothing typed: the folder above") },
	{ 0 }
};

const struct screen import_screen = {
	.name = N_("Import"),
	.help = N_("Takes sales or customers from a file of the till or of a spreadsheet, saved as "
		   "CSV. Its first line names the columns. Nothing is booked before you have seen "
		   "what would be, and the same file again changes nothing."),
	.state_size = sizeof(struct import_state),
	.keys = keys,
	.open = start,
	.load = load,
	.draw = draw,
	.act = act,
	.release = release,
};

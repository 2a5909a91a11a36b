/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/sample.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "exchange/demo.h"
#include "screens/screens.h"
#include "screens/ui_private.h"

enum { SAMPLE_CUSTOMERS = 1200, FOLDERS_OPEN = 4 };

static bool step(void *arg, size_t done, size_t total)
{
	return ui_progress(arg, _("Making the sample shop"), (long long)done, (long long)total);
}

static enum status make_folder(char **path)
{
	const char *tmp = getenv("TMPDIR");
	struct buf made = { 0 };

	tmp = tmp && *tmp ? tmp : "/tmp";
	buf_printf(&made, "%s/regulars-demo-XXXXXX", tmp);
	*path = mkdtemp(made.at);
	if (*path)
		return ST_OK;
	buf_release(&made);
	return fail(ST_SYSTEM, "cannot make a folder for the sample shop in %s: %s", tmp,
		    strerror(errno));
}

enum status sample_open(struct ui *ui)
{
	struct demo_options how = { .customers = SAMPLE_CUSTOMERS, .step = step, .arg = ui };
	const char *language = language_used();		/* the shop has one of its own */
	enum status st = make_folder(&ui->private->sample);

	if (st == ST_OK)
		st = clock_set_zone(DEMO_ZONE);
	how.now = clock_now();
	if (st == ST_OK)
		st = demo_make(ui->private->sample, &how);
	if (st == ST_OK)
		st = ui_open_shop(ui, ui->private->sample);
	if (st == ST_OK)
		ui_use_language(ui, language);
	else
		sample_remove(ui);
	return st;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

void sample_remove(struct ui *ui)
{
	struct ui_private *p = ui->private;

	if (p->sample)
		nftw(p->sample, remove_one, FOLDERS_OPEN, FTW_DEPTH | FTW_PHYS);
	free(p->sample);
	p->sample = NULL;
}

static void leave(void *state, struct ui *ui)
{
	const bool language_is_chosen = true;

	(void)state;
	ui_close_shop(ui);
	sample_remove(ui);
	ui_open(ui, &language_screen, &language_is_chosen);
}

void sample_leave(struct ui *ui)
{
	ui_confirm(ui, &(struct confirmation){
		.title = _("Leave the sample shop?"),
		.detail = _("It goes, with all that you tried in it. Then you can start your own."),
		.yes = _("Leave it"), .agreed = leave });
}

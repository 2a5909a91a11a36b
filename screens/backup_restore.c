/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/backup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Restoring is done twice: once to see what it would do, and again when a person
 * agreed to that. */

/* Terminals put quotes around the path of a file that is dropped on them. */
void backup_typed_path(const char *typed, char out[BACKUP_PATH])
{
	const char *home = getenv("HOME");
	size_t len;

	typed += strspn(typed, " ");
	len = strlen(typed);
	while (len && typed[len - 1] == ' ')
		len--;
	if (len > 1 && strchr("'\"", typed[0]) && typed[len - 1] == typed[0]) {
		typed++;
		len -= 2;
	}
	if (len > 1 && typed[0] == '~' && typed[1] == '/' && home)
		snprintf(out, BACKUP_PATH, "%s%.*s", home, (int)len - 1, typed + 1);
	else
		snprintf(out, BACKUP_PATH, "%.*s", (int)len, typed);
}

struct asking {
	struct ui *ui;
	const struct restore_found *agreed;	/* NULL: only looking */
};

static bool agree(void *arg, const struct restore_found *found)
{
	const struct asking *a = arg;

	return a->agreed && restore_may_go_on(found, a->agreed);
}

static bool look_step(void *arg, uint64_t done, uint64_t all)
{
	const struct asking *a = arg;

	return ui_progress(a->ui, a->agreed ? _("Restoring") : _("Checking the backup"),
			   (long long)done, (long long)all);
}

static enum status run(struct backup_state *s, struct ui *ui,
		       const struct restore_found *agreed)
{
	struct actor by = ui_actor(ui);
	struct asking a = { ui, agreed };
	struct restore_ask ask = { .dir = ui->folder, .file = s->chosen, .by = &by,
				   .agree = agree, .step = look_step, .arg = &a };

	return restore(&ask, ui->shop, &s->found);
}

static void restored(struct ui *ui, const struct restore_found *found)
{
	char when[2 * FORMAT_TEXT];

	backup_when(ui, found->last, when);
	ui_say(ui, TONE_GOOD, _("The book is restored, as it was on %s. What it was before is "
				"kept in the shop's folder."), when);
}

static void agreed(void *state, struct ui *ui)
{
	struct backup_state *s = state;
	struct restore_found seen = s->found;
	enum status st = run(s, ui, &seen);

	if (st != ST_OK)
		ui_fail(ui);
	ui_look_again(ui);
	if (st == ST_OK)
		restored(ui, &s->found);
}

static void say_missing(const struct restore_found *found, const struct ui *ui, char *out,
			size_t size)
{
	char since[2 * FORMAT_TEXT], number[FORMAT_TEXT];

	if (found->replaces && !found->readable) {
		snprintf(out, size, "%s", _("The book that is here now cannot be read, so nobody "
					    "can say what will be missing. It is kept beside "
					    "it."));
		return;
	}
	if (restore_may_go_on(found, NULL)) {
		snprintf(out, size, "%s", _("Nothing that is in the book now will be missing."));
		return;
	}
	backup_when(ui, found->missing_since, since);
	snprintf(out, size, ngettext("%1$s entry since %2$s will be missing. The book as it is "
				     "now is kept beside it.",
				     "%1$s entries since %2$s will be missing. The book as it is "
				     "now is kept beside it.", (unsigned long)found->missing),
		 format_number(&ui->format, found->missing, number), since);
}

void backup_restore_ask(struct backup_state *s, struct ui *ui, const char *path)
{
	char title[400], detail[600], when[2 * FORMAT_TEXT];
	enum status st;

	snprintf(s->chosen, sizeof(s->chosen), "%s", path);
	s->found.entries = 0;
	st = run(s, ui, NULL);
	if (st != ST_CANCELLED || !s->found.entries) {
		ui_fail(ui);
		return;
	}
	backup_when(ui, s->found.last, when);
	snprintf(title, sizeof(title), _("Restore %1$s as it was on %2$s?"), s->found.name, when);
	say_missing(&s->found, ui, detail, sizeof(detail));
	ui_confirm(ui, &(struct confirmation){ .title = title, .detail = detail,
					       .yes = _("Restore"), .agreed = agreed });
}

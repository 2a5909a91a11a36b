/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/backup.h"

#include <dirent.h>
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "screens/columns.h"
#include "screens/screens.h"

/* -- reading -- */

static size_t deeds(const struct backup_state *s)
{
	return s->instance.state == INSTANCE_HERE ? BACKUP_HERE : BACKUP_ROWS;
}

/* A folder that is not there has no files; the row of the folder says so. */
static enum status backup_load(void *state, struct ui *ui)
{
	struct backup_state *s = state;
	enum status st = backup_facts(ui->shop, ui_now(ui), &s->facts);

	backup_files_release(&s->files);
	if (st == ST_OK)
		st = instance_look(ui->shop, &s->instance);
	if (st == ST_OK && *s->facts.folder &&
	    backup_list(ui->shop, s->facts.folder, &s->files) != ST_OK)
		s->files.n = 0;
	list_count(&s->list, deeds(s) + s->files.n);
	return st;
}

static void backup_release(void *state)
{
	struct backup_state *s = state;

	backup_files_release(&s->files);
}

/* -- drawing -- */

void backup_when(const struct ui *ui, int64_t time, char out[2 * FORMAT_TEXT])
{
	char day[FORMAT_TEXT], minute[FORMAT_TEXT];

	snprintf(out, 2 * FORMAT_TEXT, "%s, %s", format_day(&ui->format, clock_day(time), day),
		 format_time(&ui->format, clock_minute_of_day(time), minute));
}

static const char *const labels[BACKUP_ROWS] = {
	[BACKUP_NOW] = N_("Make a backup now"),
	[BACKUP_FOLDER] = N_("Folder for backups"),
	[BACKUP_OTHER] = N_("Restore from a file"),
	[BACKUP_HERE] = N_("This is the shop"),
};

static const char *const sentences[BACKUP_ROWS] = {
	[BACKUP_NOW] = N_("A copy of all that the shop knows, made while others sell, and checked "
			  "before it counts."),
	[BACKUP_FOLDER] = N_("Where the nightly backups go: best a stick or another disk. Seven "
			     "days, four weeks and twelve months are kept."),
	[BACKUP_OTHER] = N_("For a backup that is not in the list below, by its path."),
	[BACKUP_HERE] = N_("This book was restored, or carried from another place: it sells, but "
			   "sends no messages, so that nobody hears twice. Say here that this is "
			   "the shop from now on."),
};

struct drawing {
	const struct backup_state *state;
	const struct ui *ui;
	char value[1100];
};

static void say_value(struct drawing *d, enum backup_row row)
{
	const struct backup_facts *f = &d->state->facts;
	char when[2 * FORMAT_TEXT];

	d->value[0] = '\0';
	if (row == BACKUP_NOW && f->last_good) {
		backup_when(d->ui, f->last_good, when);
		snprintf(d->value, sizeof(d->value), _("the last good one: %s"), when);
	} else if (row == BACKUP_NOW) {
		snprintf(d->value, sizeof(d->value), "%s", _("none yet"));
	} else if (row == BACKUP_FOLDER) {
		snprintf(d->value, sizeof(d->value), "%s",
			 *f->folder ? f->folder : _("none is chosen"));
	} else if (row == BACKUP_HERE) {
		snprintf(d->value, sizeof(d->value), "%s",
			 d->state->instance.state == INSTANCE_RESTORED ?
			 _("it was restored") : _("it was carried here"));
	}
}

enum { COL_LABEL, COL_VALUE };

static void draw_file(struct drawing *d, const struct backup_file *file, size_t column,
		      struct cell *out)
{
	char day[FORMAT_TEXT], minute[FORMAT_TEXT];

	if (column == COL_LABEL)
		snprintf(d->value, sizeof(d->value), "%s, %s",
			 format_weekday(&d->ui->format, (int32_t)(file->minute / 1440), day),
			 format_time(&d->ui->format, (int)(file->minute % 1440), minute));
	else
		snprintf(d->value, sizeof(d->value), _("%s KB"),
			 format_number(&d->ui->format, (file->bytes + 1023) / 1024, day));
	out->text = d->value;
}

static void draw_cell(const void *arg, size_t row, size_t column, struct cell *out)
{
	struct drawing *d = *(struct drawing *const *)arg;
	size_t first = deeds(d->state);

	if (row >= first) {
		draw_file(d, &d->state->files.row[row - first], column, out);
		return;
	}
	out->tone = TONE_STRONG;
	if (column == COL_LABEL) {
		out->text = _(labels[row]);
		return;
	}
	say_value(d, (enum backup_row)row);
	out->text = d->value;
	out->tone = TONE_NORMAL;
}

static int label_columns(const struct backup_state *s)
{
	int most = 18;		/* "Sat 21 Nov, 10:42" */

	for (size_t i = 0; i < deeds(s); i++) {
		int w = shown_columns(_(labels[i]));

		most = w > most ? w : most;
	}
	return most;
}

static const char *sentence(const struct backup_state *s)
{
	if (s->list.at < deeds(s))
		return _(sentences[s->list.at]);
	return _("A backup of this shop. Enter restores it: first you see what would be missing.");
}

enum { WORD_LINES = 4 };

static void backup_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct backup_state *s = state;
	struct drawing d = { .state = s, .ui = ui }, *const arg = &d;
	int label = label_columns(s), h = c->at.h - WORD_LINES - 1, y = h + 1;
	struct heading headings[] = {
		{ N_("Backups"), label, label, 2, ALIGN_LEFT },
		{ "", 8, c->at.w, 3, ALIGN_LEFT }, { 0 }
	};
	struct canvas rows = canvas_part(c, (struct rect){ 0, 0, h, c->at.w });

	columns_draw(&rows, &(struct listing){ .headings = headings, .list = &s->list,
					       .cell = draw_cell, .arg = &arg, .focused = true });
	put_rule(c, h);
	y += put_wrapped(c, (struct spot){ .y = y, .x = 1, .cols = c->at.w - 2 }, 3, sentence(s));
	if (s->list.at <= BACKUP_FOLDER && s->facts.last_failure > s->facts.last_good)
		put_wrapped(c, (struct spot){ .y = y, .x = 1, .cols = c->at.w - 2,
					      .tone = TONE_WARN }, c->at.h - y,
			    s->facts.last_error);
}

/* -- making one -- */

static bool step(void *arg, uint64_t done, uint64_t all)
{
	return ui_progress(arg, _("Making a backup"), (long long)done, (long long)all);
}

static void make_now(struct backup_state *s, struct ui *ui)
{
	struct backup_ask ask = { .now = ui_now(ui), .step = step, .arg = ui };
	struct backup_made made;
	enum status st = backup_make(ui->shop, &ask, &made);

	(void)s;
	ui_reload(ui);
	if (st == ST_CANCELLED)
		ui_say(ui, TONE_WARN, "%s", _("Stopped. Nothing was kept."));
	else if (st != ST_OK)
		ui_fail(ui);
	else
		ui_say(ui, TONE_GOOD, "%s", _("The backup is made and checked."));
}

/* -- the folder -- */

static void use_folder(struct ui *ui, const char *path)
{
	struct actor by = ui_actor(ui);

	if (mkdir(path, 0700) && errno != EEXIST && errno != ENOENT) {
		fail(ST_SYSTEM, "cannot make the folder %.300s: %s", path, strerror(errno));
		ui_fail(ui);
		return;
	}
	if (shop_set(ui->shop, &by, "backup_folder", path) != ST_OK) {
		ui_fail(ui);
		return;
	}
	ui_reload(ui);
	ui_say(ui, TONE_GOOD, "%s", _("Backups go there from now on, every night."));
}

static void typed_folder(void *state, struct ui *ui, const char *text)
{
	char path[BACKUP_PATH];

	(void)state;
	backup_typed_path(text, path);
	use_folder(ui, path);
}

static void ask_folder(const struct backup_state *s, struct ui *ui)
{
	ui_ask(ui, &(struct question){ .title = _("Folder for backups"),
				       .hint = _("Its path, like /media/stick/backups"),
				       .text = s->facts.folder, .answer = typed_folder });
}

static void add_place(struct backup_state *s, const char *dir, const char *name)
{
	char *to = s->places[s->place_count];
	struct stat st;

	if (s->place_count == PLACES_MOST || *name == '.')
		return;
	if (snprintf(to, sizeof(*s->places), "%s/%s", dir, name) >= (int)sizeof(*s->places) - 20)
		return;
	if (stat(to, &st) || !S_ISDIR(st.st_mode) || access(to, W_OK | X_OK))
		return;
	strcat(to, "/regulars-backups");
	s->place_count++;
}

static void add_disks(struct backup_state *s, const char *dir)
{
	DIR *open = opendir(dir);

	for (const struct dirent *e; open && (e = readdir(open));)
		add_place(s, dir, e->d_name);
	if (open)
		closedir(open);
}

/* Sticks and disks stand where desktops and people put them. */
static void find_places(struct backup_state *s)
{
	const struct passwd *user = getpwuid(geteuid());
	const char *home = getenv("HOME");
	char dir[300];

	s->place_count = 0;
	if (user) {
		snprintf(dir, sizeof(dir), "/media/%s", user->pw_name);
		add_disks(s, dir);
		snprintf(dir, sizeof(dir), "/run/media/%s", user->pw_name);
		add_disks(s, dir);
	}
	add_disks(s, "/mnt");
	if (home && *home == '/')
		add_place(s, home, "");
}

static void picked_place(void *state, struct ui *ui, size_t i)
{
	struct backup_state *s = state;

	if (i < s->place_count)
		use_folder(ui, s->places[i]);
	else
		ask_folder(s, ui);
}

static void pick_folder(struct backup_state *s, struct ui *ui)
{
	struct choice choices[PLACES_MOST + 1];
	size_t n = 0;

	find_places(s);
	for (; n < s->place_count; n++)
		choices[n] = (struct choice){ s->places[n], NULL };
	choices[n++] = (struct choice){ _("Another one ..."), NULL };
	ui_pick(ui, &(struct picker){ .title = _("Folder for backups"), .choices = choices,
				      .n = n, .picked = picked_place });
}

/* -- acting -- */

static void typed_file(void *state, struct ui *ui, const char *text)
{
	char path[BACKUP_PATH];

	backup_typed_path(text, path);
	backup_restore_ask(state, ui, path);
}

static void arm(void *state, struct ui *ui)
{
	(void)state;
	if (instance_arm(ui->shop) != ST_OK)
		ui_fail(ui);
	else
		ui_say(ui, TONE_GOOD, "%s", _("This is the shop from now on."));
	ui_reload(ui);
}

static void enter(struct backup_state *s, struct ui *ui)
{
	char path[BACKUP_PATH];

	if (s->list.at >= deeds(s)) {
		snprintf(path, sizeof(path), "%s/%s", s->facts.folder,
			 s->files.row[s->list.at - deeds(s)].name);
		backup_restore_ask(s, ui, path);
		return;
	}
	switch ((enum backup_row)s->list.at) {
	case BACKUP_NOW:
		if (*s->facts.folder)
			make_now(s, ui);
		else
			pick_folder(s, ui);
		return;
	case BACKUP_FOLDER:
		pick_folder(s, ui);
		return;
	case BACKUP_OTHER:
		ui_ask(ui, &(struct question){ .title = _("Restore from a file"),
					       .hint = _("Its path; you can drop the file here"),
					       .text = "", .answer = typed_file });
		return;
	case BACKUP_HERE:
		ui_confirm(ui, &(struct confirmation){
			.title = _("Is this the shop from now on?"),
			.detail = _("Say so for one copy alone: two that send messages would "
				    "write to every customer twice."),
			.yes = _("This is the shop"), .agreed = arm });
		return;
	case BACKUP_ROWS:
		return;
	}
}

static bool backup_act(void *state, struct ui *ui, const struct event *e)
{
	struct backup_state *s = state;

	if (e->action != ACT_ENTER)
		return list_act(&s->list, e->action);
	enter(s, ui);
	return true;
}

static const struct binding backup_keys[] = {
	{ ACT_ENTER, '\r', 0, N_("Do it"), N_("Does what is chosen; restoring asks first") },
	{ 0 }
};

const struct screen backup_screen = {
	.name = N_("Backup"),
	.help = N_("Copies of the shop's book, for the day when this computer is gone. Choose a "
		   "folder once; from then on one is made every night. Restoring puts a backup in "
		   "the place of the book, which is kept."),
	.state_size = sizeof(struct backup_state),
	.keys = backup_keys,
	.load = backup_load,
	.draw = backup_draw,
	.act = backup_act,
	.release = backup_release,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "screens/columns.h"

enum { FILES_MOST = 5000, HEAD_LINES = 3 };

static const char *home_folder(void)
{
	const char *home = getenv("HOME");

	return home && *home == '/' ? home : "/";
}

/* -- what was typed -- */

/* Terminals put quotes around the path of a file that is dropped on them. */
static void unquote(const char *typed, char out[FILES_PATH])
{
	size_t len;

	typed += strspn(typed, " ");
	len = strlen(typed);
	while (len && typed[len - 1] == ' ')
		len--;
	if (len > 1 && strchr("'\"", typed[0]) && typed[len - 1] == typed[0]) {
		typed++;
		len -= 2;
	}
	snprintf(out, FILES_PATH, "%.*s", (int)len, typed);
}

/* Puts 'name' behind 'dir'; what does not fit is cut, and not found. */
static void join(const char *dir, const char *name, char out[FILES_PATH])
{
	struct buf path = { 0 };

	buf_printf(&path, "%s%s%s", dir, dir[strlen(dir) - 1] == '/' ? "" : "/", name);
	snprintf(out, FILES_PATH, "%s", path.at);
	buf_release(&path);
}

/* The path that was typed, from the folder where typing begins. */
static void typed_path(const struct files *f, char out[FILES_PATH])
{
	char typed[FILES_PATH];

	unquote(f->edit.text, typed);
	if (typed[0] == '/')
		snprintf(out, FILES_PATH, "%s", typed);
	else if (typed[0] == '~' && (typed[1] == '/' || !typed[1]))
		join(home_folder(), typed + (typed[1] ? 2 : 1), out);
	else
		join(f->base, typed, out);
}

/* -- the folder -- */

static bool is_table(const char *name)
{
	static const char *const endings[] = { ".csv", ".tsv", ".txt" };
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot && i < sizeof(endings) / sizeof(*endings); i++)
		if (!strcasecmp(dot, endings[i]))
			return true;
	return false;
}

static void forget_rows(struct files *f)
{
	for (size_t i = 0; i < f->n; i++)
		free(f->rows[i].name);
	f->n = 0;
}

static void add_entry(struct files *f, int dir, const char *name)
{
	struct stat st;
	bool above = !strcmp(name, "..");

	if ((*name == '.' && !above) || (above && !strcmp(f->dir, "/")))
		return;
	if (fstatat(dir, name, &st, 0) || f->n == FILES_MOST ||
	    !(S_ISDIR(st.st_mode) || (S_ISREG(st.st_mode) && is_table(name))))
		return;
	f->rows = mem_grow(f->rows, f->n, &f->cap, sizeof(*f->rows));
	f->rows[f->n++] = (struct file){ mem_text(name), S_ISDIR(st.st_mode), st.st_size,
					 st.st_mtim.tv_sec };
}

/* Files before folders, the newest first; folders by name, the one above
 * first. */
static int compare(const void *va, const void *vb)
{
	const struct file *a = va, *b = vb;

	if (a->folder != b->folder)
		return a->folder ? 1 : -1;
	if (!a->folder && a->changed != b->changed)
		return a->changed < b->changed ? 1 : -1;
	return strcmp(a->name, b->name);
}

static bool list_folder(struct files *f)
{
	DIR *dir = opendir(f->dir);

	forget_rows(f);
	if (!dir)
		return false;
	for (const struct dirent *e; (e = readdir(dir));)
		add_entry(f, dirfd(dir), e->d_name);
	closedir(dir);
	if (f->n)
		qsort(f->rows, f->n, sizeof(*f->rows), compare);
	return true;
}

/* -- what of it fits -- */

static const char *behind_slash(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void narrow(struct files *f, const char *part)
{
	char wanted[FILES_PATH], name[FILES_PATH];
	size_t n = 0;

	text_fold(part, wanted, sizeof(wanted));
	f->shown = mem_resize(f->shown, (f->n + 1) * sizeof(*f->shown));
	for (size_t i = 0; i < f->n; i++) {
		text_fold(f->rows[i].name, name, sizeof(name));
		if (strstr(name, wanted))
			f->shown[n++] = i;
	}
	list_count(&f->list, n);
}

/* Lists the folder that the path is in, when it is another one; then what in
 * it has the path's last part in its name. */
static void look(struct files *f)
{
	char path[FILES_PATH], last[FILES_PATH], *slash;

	typed_path(f, path);
	snprintf(last, sizeof(last), "%s", behind_slash(path));
	slash = strrchr(path, '/');
	slash[slash == path ? 1 : 0] = '\0';
	if (strcmp(path, f->dir) != 0) {
		snprintf(f->dir, sizeof(f->dir), "%s", path);
		list_folder(f);
	}
	narrow(f, last);
}

struct kept {
	const struct files *files;
	char name[FILES_PATH];
};

static bool is_kept(const void *arg, size_t row)
{
	const struct kept *k = arg;

	return !strcmp(k->files->rows[k->files->shown[row]].name, k->name);
}

void files_read(struct files *f)
{
	struct kept kept = { .files = f };

	if (f->list.n)
		snprintf(kept.name, sizeof(kept.name), "%s", f->rows[f->shown[f->list.at]].name);
	list_folder(f);
	look(f);
	if (*kept.name)
		list_keep(&f->list, f->list.n, is_kept, &kept);
}

static void go_to(struct files *f, const char *dir)
{
	char real[FILES_PATH], *path = realpath(dir, NULL);

	snprintf(real, sizeof(real), "%s", path ? path : dir);
	free(path);
	snprintf(f->base, sizeof(f->base), "%s", real);
	snprintf(f->dir, sizeof(f->dir), "%s", real);
	edit_set(&f->edit, "");
	f->list = (struct list){ .page = f->list.page };
	list_folder(f);
	look(f);
}

void files_start(struct files *f)
{
	char here[FILES_PATH];

	f->edit.hint = N_("type to narrow the list, or paste a path");
	go_to(f, getcwd(here, sizeof(here)) ? here : home_folder());
	if (!f->n || f->rows[0].folder)
		go_to(f, home_folder());
}

void files_release(struct files *f)
{
	forget_rows(f);
	free(f->rows);
	free(f->shown);
}

/* -- keys -- */

static enum files_answer open_path(struct files *f, const char *path)
{
	struct stat st;

	if (stat(path, &st)) {
		fail(ST_NOT_FOUND, "there is no file %.300s", path);
		return FILES_REFUSED;
	}
	if (S_ISDIR(st.st_mode)) {
		go_to(f, path);
		return FILES_TAKEN;
	}
	snprintf(f->chosen, sizeof(f->chosen), "%s", path);
	return FILES_CHOSEN;
}

/* The file that was typed out, else the chosen row. */
static enum files_answer open_chosen(struct files *f)
{
	char path[FILES_PATH];
	bool typed = *f->edit.text;

	typed_path(f, path);
	if ((typed && !access(path, F_OK)) || !f->list.n)
		return open_path(f, path);
	join(f->dir, f->rows[f->shown[f->list.at]].name, path);
	return open_path(f, path);
}

static enum files_answer go_up(struct files *f)
{
	char above[FILES_PATH];

	join(f->dir, "..", above);
	go_to(f, above);
	return FILES_TAKEN;
}

enum files_answer files_act(struct files *f, const struct event *e)
{
	bool typed = *f->edit.text;

	if (e->action == ACT_SCAN)	/* a path, pasted by a terminal that does not say so */
		edit_set(&f->edit, e->text);
	if (e->action == ACT_ENTER || e->action == ACT_SCAN)
		return open_chosen(f);
	if (list_act(&f->list, e->action))
		return FILES_TAKEN;
	if (!typed && (e->action == ACT_LEFT || e->action == ACT_BACKSPACE))
		return go_up(f);
	if (typed && e->action == ACT_BACK)
		edit_set(&f->edit, "");
	else if (!edit_act(&f->edit, e))
		return FILES_NOT_MINE;
	look(f);
	return FILES_TAKEN;
}

/* -- drawing -- */

static const struct heading headings[] = {
	{ N_("File"), 16, 60, 3, ALIGN_LEFT },
	{ N_("Changed"), 12, 20, 2, ALIGN_LEFT },
	{ N_("Size"), 10, 12, 1, ALIGN_RIGHT },
	{ 0 }
};

struct view {
	const struct files *files;
	const struct ui *ui;
};

static void put_size(const struct view *v, int64_t bytes, struct cell *out)
{
	char number[FORMAT_TEXT];

	format_number(&v->ui->format, (bytes + 1023) / 1024, number);
	snprintf(out->room, sizeof(out->room), _("%s KB"), number);
	out->text = out->room;
}

static void put_changed(const struct view *v, int64_t seconds, struct cell *out)
{
	int32_t day = clock_day(seconds * CLOCK_SECOND), today = ui_today(v->ui);

	if (day == today)
		out->text = format_time(&v->ui->format, clock_minute_of_day(seconds * CLOCK_SECOND),
					out->room);
	else
		out->text = format_ago(&v->ui->format, day, today, out->room);
}

static void cell(const void *arg, size_t row, size_t column, struct cell *out)
{
	const struct view *v = arg;
	const struct file *file = &v->files->rows[v->files->shown[row]];

	if (column == 0)
		out->text = strcmp(file->name, "..") ? file->name : _("the folder above");
	else if (file->folder)
		out->text = column == 1 ? _("folder") : "";
	else if (column == 1)
		put_changed(v, file->changed, out);
	else
		put_size(v, file->size, out);
	if (file->folder)
		out->tone = TONE_DIM;
}

static const char *why_empty(const struct files *f)
{
	if (*f->edit.text)
		return _("No file here has that in its name. Esc clears what was typed.");
	return f->n ? "" : _("This folder cannot be read.");
}

size_t files_rows(const struct files *f, int height)
{
	return columns_rows(f->list.n, height - HEAD_LINES);
}

void files_draw(const struct files *f, const struct ui *ui, const struct canvas *c)
{
	const char *label = _("File:");
	int x = shown_columns(label) + 1;
	struct view view = { f, ui };
	struct canvas rows = canvas_part(c, (struct rect){ HEAD_LINES, 0, c->at.h - HEAD_LINES,
							   c->at.w });

	columns_draw(&rows, &(struct listing){
		.headings = headings, .list = &f->list, .cell = cell, .arg = &view,
		.empty = why_empty(f), .focused = !*f->edit.text });
	put_text(c, (struct spot){ .cols = x, .tone = TONE_STRONG }, label);
	edit_draw(c, (struct spot){ .x = x, .cols = c->at.w - x }, &f->edit, *f->edit.text);
	put_format(c, (struct spot){ .y = 1, .tone = TONE_DIM }, _("in %s"), f->dir);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_FILES_H
#define SCREENS_FILES_H

#include "screens/edit.h"
#include "screens/list.h"
#include "screens/ui.h"

/* Choosing a table: the CSV files of a folder, newest first, and the folders
 * beside them. What is typed narrows them; a path, typed or pasted, is looked
 * up where it points. { 0 } is one that files_start() has to be called for. */

enum { FILES_PATH = 4096 };

struct file {
	char *name;		/* as the folder has it; ".." is the folder above */
	bool folder;
	int64_t size, changed;	/* bytes; seconds since 1970 UTC */
};

struct files {
	char base[FILES_PATH];		/* the folder where what is typed begins */
	char dir[FILES_PATH];		/* the folder that is listed */
	struct file *rows;
	size_t n, cap;
	size_t *shown;			/* places of those that fit what was typed */
	struct edit edit;
	struct list list;		/* over 'shown' */
	char chosen[FILES_PATH];
};

/* In the current folder when it has such files, else at home. */
void files_start(struct files *f);
/* Reads the folder anew; the choice stays at its file. */
void files_read(struct files *f);
void files_release(struct files *f);

enum files_answer {
	FILES_NOT_MINE,
	FILES_TAKEN,
	FILES_CHOSEN,		/* f->chosen is the path */
	FILES_REFUSED		/* fail() has the sentence */
};
enum files_answer files_act(struct files *f, const struct event *e);

void files_draw(const struct files *f, const struct ui *ui, const struct canvas *c);
/* Lines of 'height' that rows have, for list_fit(). */
size_t files_rows(const struct files *f, int height);

#endif

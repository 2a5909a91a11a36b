/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/formats.h"

#include <ctype.h>
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/record_text.h"

/* All descriptions, and which of them a file follows. */

/* -- headings -- */

static unsigned char next_sign(const char **text)
{
	while (**text && (unsigned char)**text < 0x80 && !isalnum((unsigned char)**text))
		++*text;
	return **text ? (unsigned char)tolower((unsigned char)*(*text)++) : '\0';
}

bool label_equal(const char *a, const char *b)
{
	unsigned char x, y;

	do {
		x = next_sign(&a);
		y = next_sign(&b);
	} while (x == y && x);
	return x == y;
}

int heading_find(const struct csv_row *header, const char *heading)
{
	for (size_t i = 0; i < header->n; i++)
		if (*header->field[i] && label_equal(header->field[i], heading))
			return (int)i;
	return -1;
}

int heading_among(const struct csv_row *header, const struct word_list *headings)
{
	int at = -1;

	for (size_t i = 0; i < headings->n && at < 0; i++)
		at = heading_find(header, headings->at[i]);
	return at;
}

/* -- the folder -- */

static bool is_description(const char *name)
{
	size_t len = strlen(name);

	return len > 5 && *name != '.' && !strcmp(name + len - 5, ".conf");
}

/* That folder, seen from the program's own, when it holds descriptions. */
static bool beside_program(const char *where, char folder[PATH_MAX])
{
	ssize_t len = readlink("/proc/self/exe", folder, PATH_MAX - 1);
	const struct dirent *e;
	bool found = false;
	char *slash;
	DIR *d;

	folder[len < 0 ? 0 : len] = '\0';
	slash = strrchr(folder, '/');
	if (!slash || (size_t)(slash + 1 - folder) + strlen(where) >= PATH_MAX)
		return false;
	strcpy(slash + 1, where);
	d = opendir(folder);
	while (d && !found && (e = readdir(d)))
		found = is_description(e->d_name);
	if (d)
		closedir(d);
	return found;
}

/* In a build folder; where the whole was moved to another place than it was
 * configured for; in that place. */
static void find_folder(char folder[PATH_MAX])
{
	const char *named = getenv("REGULARS_POSDIR");

	if (named && *named)
		snprintf(folder, PATH_MAX, "%s", named);
	else if (!beside_program("pos", folder) &&
		 !beside_program("../share/" PACKAGE "/pos", folder))
		snprintf(folder, PATH_MAX, "%s/pos", PKGDATADIR);
}

static enum status add(struct formats *all, const char *path)
{
	struct till_format *f;
	enum status st = format_read(path, &f);

	if (st != ST_OK)
		return st;
	all->row = mem_resize(all->row, (all->n + 1) * sizeof(*all->row));
	all->row[all->n++] = f;
	return ST_OK;
}

static int by_name(const void *a, const void *b)
{
	const struct till_format *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

enum status formats_load(struct formats *out)
{
	char folder[PATH_MAX], path[PATH_MAX + 300];
	const struct dirent *e;
	enum status st = ST_OK;
	DIR *d;

	*out = (struct formats){ 0 };
	find_folder(folder);
	d = opendir(folder);
	while (d && st == ST_OK && (e = readdir(d))) {
		snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		if (is_description(e->d_name))
			st = add(out, path);
	}
	if (d)
		closedir(d);
	if (out->n)
		qsort(out->row, out->n, sizeof(*out->row), by_name);
	if (st != ST_OK)
		formats_free(out);
	return st;
}

void formats_free(struct formats *all)
{
	for (size_t i = 0; i < all->n; i++)
		format_free(all->row[i]);
	free(all->row);
	*all = (struct formats){ 0 };
}

/* -- choosing -- */

static enum status no_such_format(const struct formats *all, const char *name)
{
	const char **known = mem_alloc((all->n + 2) * sizeof(*known));
	struct buf list = { 0 };
	const char *meant;
	enum status st;

	for (size_t i = 0; i < all->n; i++)
		known[i] = all->row[i]->name;
	known[all->n] = FORMAT_GENERIC;
	meant = name_meant(name, known);
	for (size_t i = 0; i <= all->n; i++)
		buf_printf(&list, "%s%s", i ? ", " : "", known[i]);
	st = meant ? fail(ST_NOT_FOUND, "there is no format \"%.60s\"; did you mean %s?", name,
			  meant) :
		     fail(ST_NOT_FOUND, "there is no format \"%.60s\"; there are %s", name,
			  list.at);
	buf_release(&list);
	free(known);
	return st;
}

enum status formats_find(struct formats *all, const char *name, const struct till_format **out)
{
	enum status st;

	*out = NULL;
	if (!strcmp(name, FORMAT_GENERIC))
		return ST_OK;
	if (strchr(name, '/')) {
		st = add(all, name);
		*out = st == ST_OK ? all->row[all->n - 1] : NULL;
		return st;
	}
	for (size_t i = 0; i < all->n && !*out; i++)
		if (!strcmp(all->row[i]->name, name))
			*out = all->row[i];
	return *out ? ST_OK : no_such_format(all, name);
}

static bool matches(const struct till_format *f, const struct csv_row *header)
{
	for (size_t i = 0; i < f->match.n; i++)
		if (heading_find(header, f->match.at[i]) < 0)
			return false;
	for (size_t i = 0; i < f->unless.n; i++)
		if (heading_find(header, f->unless.at[i]) >= 0)
			return false;
	return true;
}

static size_t known_headings(const struct till_format *f, const struct csv_row *header)
{
	size_t n = f->match.n;

	for (size_t i = 0; i < FORMAT_FIELDS; i++)
		for (size_t j = 0; j < f->column[i].names.n; j++)
			n += heading_find(header, f->column[i].names.at[j]) >= 0;
	return n;
}

const struct till_format *formats_detect(const struct formats *all, const struct csv_row *header)
{
	const struct till_format *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < all->n; i++) {
		size_t known = matches(all->row[i], header) ?
			       known_headings(all->row[i], header) : 0;

		if (known > most) {
			most = known;
			best = all->row[i];
		}
	}
	return best;
}

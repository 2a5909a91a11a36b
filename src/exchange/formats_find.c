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
	int like = -1;

	for (size_t i = 0; i < header->n; i++) {
		if (!strcmp(header->field[i], heading))
			return (int)i;
		if (like < 0 && *header->field[i] && label_equal(header->field[i], heading))
			like = (int)i;
	}
	return like;
}

int heading_among(const struct csv_row *header, const struct word_list *headings)
{
	int at = -1;

	for (size_t i = 0; i < headings->n && at < 0; i++)
		at = heading_find(header, headings->at[i]);
	return at;
}

/* The next of "Event Type|Event"; false: there is none. */
static bool next_name(const char **names, char name[HEADING_ROOM])
{
	size_t len = strcspn(*names, "|");

	snprintf(name, HEADING_ROOM, "%.*s", (int)len, *names);
	*names += len + ((*names)[len] == '|');
	return len > 0;
}

bool heading_is_there(const struct csv_row *header, const char *names)
{
	char name[HEADING_ROOM];

	while (next_name(&names, name))
		if (heading_find(header, name) >= 0)
			return true;
	return false;
}

static bool has_word(const struct word_list *w, const char *word)
{
	for (size_t i = 0; i < w->n; i++)
		if (label_equal(w->at[i], word))
			return true;
	return false;
}

enum format_field heading_first(const struct till_format *f, const char *names,
				char first[HEADING_ROOM])
{
	int field = 0;

	if (!next_name(&names, first))
		return FORMAT_FIELDS;
	while (field < (int)FORMAT_FIELDS && !has_word(&f->column[field].names, first))
		field++;
	return (enum format_field)field;
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

static const char *missing_match(const struct till_format *f, const struct csv_row *header)
{
	for (size_t i = 0; i < f->match.n; i++)
		if (!heading_is_there(header, f->match.at[i]))
			return f->match.at[i];
	return NULL;
}

static bool matches(const struct till_format *f, const struct csv_row *header)
{
	return !missing_match(f, header) && heading_among(header, &f->unless) < 0;
}

static size_t known_headings(const struct till_format *f, const struct csv_row *header)
{
	size_t n = f->match.n;

	for (size_t i = 0; i < FORMAT_FIELDS; i++)
		for (size_t j = 0; j < f->column[i].names.n; j++)
			n += heading_find(header, f->column[i].names.at[j]) >= 0;
	return n;
}

/* -- a file that is nearly one of them -- */

enum { NEAR_LEAST = 6, NEAR_PERCENT = 60 };

struct headings_met {
	size_t all, there;
};

static void meet(const struct word_list *w, const struct csv_row *header, struct headings_met *m)
{
	if (!w->n)
		return;
	m->all++;
	m->there += heading_among(header, w) >= 0;
}

static bool is_near(const struct till_format *f, const struct csv_row *header, size_t *there)
{
	struct headings_met m = { 0 };

	for (size_t i = 0; i < FORMAT_FIELDS; i++)
		if (i != COLUMN_REFUND)		/* mostly it is made of others */
			meet(&f->column[i].names, header, &m);
	meet(&f->refund.columns, header, &m);
	for (size_t i = 0; i < f->skip_count; i++)
		if (!i || strcmp(f->skips[i].columns.at[0], f->skips[i - 1].columns.at[0]))
			meet(&f->skips[i].columns, header, &m);
	*there = m.there;
	return f->kind == IMPORT_SALES && heading_among(header, &f->unless) < 0 &&
	       m.there >= NEAR_LEAST && m.there * 100 >= m.all * NEAR_PERCENT;
}

static enum status refuse_near(const struct till_format *f, const struct csv_row *header)
{
	char name[HEADING_ROOM];
	enum format_field field = heading_first(f, missing_match(f, header), name);

	if (field == FORMAT_FIELDS)
		return fail(ST_INVALID, "this looks like %.60s, but it has no column \"%s\"; if "
			    "another column is that one, name it so in the file; or import it as "
			    "a plain table with --format generic", f->title, name);
	return fail(ST_INVALID, "this looks like %.60s, but it has no column \"%s\"; say which it "
		    "is with --format %.40s --map %s=COLUMN, or import it as a plain table with "
		    "--format generic", f->title, name, f->name, format_field_name(field));
}

static enum status look_for_near(const struct formats *all, const struct csv_row *header)
{
	const struct till_format *nearest = NULL;
	size_t most = 0, there;

	for (size_t i = 0; i < all->n; i++) {
		if (!is_near(all->row[i], header, &there) || there <= most)
			continue;
		most = there;
		nearest = all->row[i];
	}
	return nearest ? refuse_near(nearest, header) : ST_OK;
}

enum status formats_detect(const struct formats *all, const struct csv_row *header,
			   const struct till_format **out)
{
	size_t most = 0;

	*out = NULL;
	for (size_t i = 0; i < all->n; i++) {
		size_t known = matches(all->row[i], header) ?
			       known_headings(all->row[i], header) : 0;

		if (known > most) {
			most = known;
			*out = all->row[i];
		}
	}
	return *out ? ST_OK : look_for_near(all, header);
}

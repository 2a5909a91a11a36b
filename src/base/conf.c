/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/conf.h"

#include <confuse.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { FILE_MOST = 65536, NEAR_LIMIT = 3, MAP_LEAST = 1, MAP_MOST = 4096 };

static const struct {
	const char *name, *like;	/* how it is written */
} settings[] = {
	{ "terminal", "terminal = \"till 1\"" },
	{ "network_disk", "network_disk = true, or false" },
	{ "map_gib", "map_gib = 16, a number from 1 to 4096" },
};

enum { SETTINGS = sizeof(settings) / sizeof(*settings) };

static bool is_word(const char *text)
{
	return (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z');
}

static const char *nearest_setting(const char *name)
{
	const char *best = NULL;
	unsigned limit = NEAR_LIMIT;

	for (int i = 0; i < SETTINGS; i++) {
		unsigned far = text_distance(name, settings[i].name, limit);

		if (far <= limit && (!best || far < limit)) {
			best = settings[i].name;
			limit = far;
		}
	}
	return best;
}

/* The title of the file's root holds its name, which cfg_t has no place for
 * when it parses a buffer. */
static void tell_setting(const cfg_t *cfg, const char *name)
{
	const char *near = nearest_setting(name);

	for (int i = 0; i < SETTINGS; i++) {
		if (strcmp(name, settings[i].name) == 0) {
			fail(ST_INVALID, "%s:%d: %s is not set as it should be. Write it like: %s.",
			     cfg->title, cfg->line, name, settings[i].like);
			return;
		}
	}
	if (near)
		fail(ST_INVALID, "%s:%d: There is no setting \"%.60s\". Did you mean %s?",
		     cfg->title, cfg->line, name, near);
	else
		fail(ST_INVALID, "%s:%d: There is no setting \"%.60s\". The settings are terminal, "
		     "network_disk and map_gib.", cfg->title, cfg->line, name);
}

/* libconfuse says it in its own words, and in its own translation. Nearly all
 * of them begin with the name that is wrong, or whose value is. */
static void tell_error(cfg_t *cfg, const char *format, va_list args)
{
	const char *first = strchr(format, '%');
	const char *name = first && first[1] == 's' ? va_arg(args, const char *) : NULL;

	if (name && is_word(name))
		tell_setting(cfg, name);
	else
		fail(ST_INVALID, "%s:%d: This cannot be read. A line holds a name, = and a value; "
		     "text stands in double quotes.", cfg->title, cfg->line);
}

static int check_terminal(cfg_t *cfg, cfg_opt_t *opt)
{
	const char *text = cfg_opt_getnstr(opt, 0);

	if (text && strlen(text) < sizeof(((struct conf *)0)->terminal) && text_is_clean(text))
		return 0;
	fail(ST_INVALID, "%s:%d: The name of a terminal has at most 63 bytes, and no control "
	     "characters or spaces at its ends.", cfg->title, cfg->line);
	return -1;
}

static int check_map(cfg_t *cfg, cfg_opt_t *opt)
{
	long gib = cfg_opt_getnint(opt, 0);

	if (gib >= MAP_LEAST && gib <= MAP_MOST)
		return 0;
	tell_setting(cfg, opt->name);
	return -1;
}

static enum status parse(const char *name, const char *text, struct conf *out)
{
	cfg_opt_t options[] = {
		CFG_STR("terminal", "", CFGF_NONE),
		CFG_BOOL("network_disk", cfg_false, CFGF_NONE),
		CFG_INT("map_gib", 16, CFGF_NONE),
		CFG_END()
	};
	cfg_t *cfg = cfg_init(options, CFGF_NONE);
	enum status st;
	char *silent;

	if (!cfg)
		return fail(ST_SYSTEM, "%s cannot be read: out of memory.", name);
	cfg->title = mem_text(name);
	cfg_set_error_function(cfg, tell_error);
	cfg_set_validate_func(cfg, "terminal", check_terminal);
	cfg_set_validate_func(cfg, "map_gib", check_map);
	/* The sentence when libconfuse says none: it tells of mistakes only. */
	st = fail(ST_SYSTEM, "%s cannot be read: out of memory.", name);
	silent = mem_text(status_text());
	if (cfg_parse_buf(cfg, text) == CFG_SUCCESS && cfg_getstr(cfg, "terminal")) {
		st = ST_OK;
		snprintf(out->terminal, sizeof(out->terminal), "%s", cfg_getstr(cfg, "terminal"));
		out->network_disk = cfg_getbool(cfg, "network_disk") == cfg_true;
		out->map_gib = (int)cfg_getint(cfg, "map_gib");
	} else if (strcmp(silent, status_text()) != 0) {
		st = ST_INVALID;
	}
	free(silent);
	cfg_free(cfg);
	return st;
}

/* A missing file is an empty one. */
static enum status read_file(const char *path, char *text, size_t size)
{
	FILE *f = fopen(path, "re");
	size_t len;
	int error;

	if (!f && errno == ENOENT)
		return ST_OK;
	len = f ? fread(text, 1, size - 1, f) : 0;
	error = !f || ferror(f) ? errno : 0;
	if (f)
		fclose(f);
	if (error)
		return fail(ST_SYSTEM, "%s cannot be read: %s.", path, strerror(error));
	if (len == size - 1 || memchr(text, '\0', len))
		return fail(ST_INVALID, "%s is not a text file with settings. Move it away to go "
			    "on with the defaults.", path);
	return ST_OK;
}

enum status conf_read(const char *path, struct conf *out)
{
	const char *slash = strrchr(path, '/');
	char *text = mem_alloc(FILE_MOST);
	enum status st = read_file(path, text, FILE_MOST);

	if (!st)
		st = parse(slash ? slash + 1 : path, text, out);
	free(text);
	return st;
}

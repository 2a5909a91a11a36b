/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/formats.h"

#include <confuse.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* One description, read by libconfuse and checked. */

const char *const skip_names[SKIP_REASONS] = {
	[SKIP_VOID] = "void", [SKIP_UNPAID] = "unpaid", [SKIP_OPEN] = "open",
	[SKIP_FAILED] = "failed", [SKIP_CANCELLED] = "cancelled", [SKIP_FEE] = "fee",
	[SKIP_OTHER] = "other"
};

static const char *const extra_names[FORMAT_FIELDS - COLUMNS] = {
	[FORMAT_TIME - COLUMNS] = "time", [FORMAT_ZONE - COLUMNS] = "zone",
	[FORMAT_PRICE - COLUMNS] = "price", [FORMAT_TOTAL - COLUMNS] = "total",
	[FORMAT_REFUNDED - COLUMNS] = "refunded",
	[FORMAT_REFUNDED_AT - COLUMNS] = "refunded_at",
	[FORMAT_CURRENCY - COLUMNS] = "currency",
	[FORMAT_FIRST_NAME - COLUMNS] = "first_name",
	[FORMAT_LAST_NAME - COLUMNS] = "last_name", [FORMAT_CONTACT - COLUMNS] = "contact"
};

static const char *const kinds[] = { "sales", "customers", NULL };
static const char *const row_rules[] = { "repeat", "first", NULL };
static const char *const orders[] = { "", "dmy", "mdy", "ymd", NULL };
static const char *const refund_rules[] = { "receipt", "match", "either", NULL };

/* Settings that are one of some words. */
static const struct choice {
	const char *name;
	const char *const *words;
	const char *like;
} choices[] = {
	{ "kind", kinds, "sales or customers" },
	{ "rows", row_rules, "repeat or first" },
	{ "dates", orders, "dmy, mdy or ymd" },
	{ "dates_12h", orders, "dmy, mdy or ymd" },
	{ "sale", refund_rules, "receipt, match or either" },
};
enum { CHOICES = sizeof(choices) / sizeof(*choices) };

const char *format_field_name(enum format_field f)
{
	return (int)f < COLUMNS ? column_name((enum column)f) : extra_names[f - COLUMNS];
}

/* -- what is wrong with it -- */

static int place_among(const char *word, const char *const *words)
{
	for (int i = 0; words[i]; i++)
		if (!strcmp(word, words[i]))
			return i;
	return -1;
}

static const char *file_of(const cfg_t *cfg)
{
	const char *slash = cfg->filename ? strrchr(cfg->filename, '/') : NULL;

	return slash ? slash + 1 : cfg->filename ? cfg->filename : "";
}

/* libconfuse says it in its own words; nearly all begin with the name that is
 * wrong. What a check below has said stands. */
static void tell_error(cfg_t *cfg, const char *format, va_list args)
{
	const char *first = strchr(format, '%');
	const char *name = first && first[1] == 's' ? va_arg(args, const char *) : NULL;

	if (name && !strncmp(format, "no such option", 14))
		fail(ST_INVALID, "%s:%d: there is no setting \"%.60s\" here", file_of(cfg),
		     cfg->line, name);
	else
		fail(ST_INVALID, "%s:%d: this cannot be read: a line holds a name, = and a value, "
		     "or a section in braces", file_of(cfg), cfg->line);
}

static int check_choice(cfg_t *cfg, cfg_opt_t *opt)
{
	const char *text = cfg_opt_getnstr(opt, 0);

	for (int i = 0; i < CHOICES; i++) {
		if (strcmp(opt->name, choices[i].name) ||
		    place_among(text, choices[i].words) >= 0)
			continue;
		fail(ST_INVALID, "%s:%d: %s is %s, not \"%.40s\"", file_of(cfg), cfg->line,
		     opt->name, choices[i].like, text);
		return -1;
	}
	return 0;
}

static int check_till(cfg_t *cfg, cfg_opt_t *opt)
{
	const char *text = cfg_opt_getnstr(opt, 0);
	size_t len = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");
	size_t room = sizeof(((struct till_format *)0)->till);

	if (len && !text[len] && len < room && strcmp(text, "row"))
		return 0;
	fail(ST_INVALID, "%s:%d: till has 1 to 16 letters a-z, digits and dashes", file_of(cfg),
	     cfg->line);
	return -1;
}

static int find_field(const char *name)
{
	int f = 0;

	while (f < (int)FORMAT_FIELDS && strcmp(name, format_field_name((enum format_field)f)))
		f++;
	return f;
}

/* The section that was read last has a title that means something, and says
 * which column. */
static int check_section(cfg_t *cfg, cfg_opt_t *opt)
{
	cfg_t *sec = cfg_opt_getnsec(opt, cfg_opt_size(opt) - 1);
	const char *title = cfg_title(sec);
	const char *const *words = NULL;
	const char *const skips[] = { skip_names[0], skip_names[1], skip_names[2], skip_names[3],
				      skip_names[4], skip_names[5], skip_names[6], NULL };

	if (!strcmp(opt->name, "skip"))
		words = skips;
	else if (!strcmp(opt->name, "consent"))
		words = consent_channel_names;
	if (words ? place_among(title, words) < 0 : find_field(title) == FORMAT_FIELDS) {
		fail(ST_INVALID, "%s:%d: there is no %s \"%.40s\"", file_of(cfg), sec->line,
		     opt->name, title);
		return -1;
	}
	if (cfg_size(sec, words ? "column" : "names") > 0)
		return 0;
	fail(ST_INVALID, "%s:%d: %s %s does not say which column of the file it is", file_of(cfg),
	     sec->line, opt->name, title);
	return -1;
}

/* -- taking it over -- */

static struct word_list take_words(cfg_t *cfg, const char *name)
{
	struct word_list w = { .n = cfg_size(cfg, name) };

	w.at = mem_alloc((w.n + 1) * sizeof(*w.at));
	for (size_t i = 0; i < w.n; i++)
		w.at[i] = mem_text(cfg_getnstr(cfg, name, (unsigned)i));
	return w;
}

static void take_column(struct till_format *f, cfg_t *sec)
{
	struct format_column *c = &f->column[find_field(cfg_title(sec))];

	*c = (struct format_column){ take_words(sec, "names"), take_words(sec, "join"),
				     take_words(sec, "plus"), take_words(sec, "minus"),
				     take_words(sec, "empty") };
}

static void take_rule(struct format_rule *r, cfg_t *sec)
{
	r->columns = take_words(sec, "column");
	r->values = take_words(sec, "values");
	r->except = take_words(sec, "except");
}

static void take_skips(struct till_format *f, cfg_t *cfg)
{
	f->skip_count = cfg_size(cfg, "skip");
	f->skips = mem_alloc((f->skip_count + 1) * sizeof(*f->skips));
	for (size_t i = 0; i < f->skip_count; i++) {
		cfg_t *sec = cfg_getnsec(cfg, "skip", (unsigned)i);
		int reason = 0;

		while (strcmp(cfg_title(sec), skip_names[reason]))
			reason++;
		take_rule(&f->skips[i], sec);
		f->skips[i].reason = (enum skip_reason)reason;
	}
}

static void take_consents(struct till_format *f, cfg_t *cfg)
{
	for (unsigned i = 0; i < cfg_size(cfg, "consent"); i++) {
		cfg_t *sec = cfg_getnsec(cfg, "consent", i);
		int channel = 0;

		while (strcmp(cfg_title(sec), consent_channel_names[channel]))
			channel++;
		f->consent[channel] = (struct format_consent){
			take_words(sec, "column"), take_words(sec, "yes"), take_words(sec, "no") };
	}
}

static void take_all(struct till_format *f, cfg_t *cfg)
{
	f->title = mem_text(cfg_getstr(cfg, "title"));
	snprintf(f->till, sizeof(f->till), "%s", cfg_getstr(cfg, "till"));
	f->kind = (enum import_kind)place_among(cfg_getstr(cfg, "kind"), kinds);
	f->first_row = place_among(cfg_getstr(cfg, "rows"), row_rules) == 1;
	f->dates = (enum date_order)place_among(cfg_getstr(cfg, "dates"), orders);
	f->dates_12h = (enum date_order)place_among(cfg_getstr(cfg, "dates_12h"), orders);
	f->match = take_words(cfg, "match");
	f->unless = take_words(cfg, "unless");
	f->needs = take_words(cfg, "needs");
	for (unsigned i = 0; i < cfg_size(cfg, "column"); i++)
		take_column(f, cfg_getnsec(cfg, "column", i));
	take_skips(f, cfg);
	take_consents(f, cfg);
	f->has_refund = cfg_size(cfg, "refund") > 0;
	if (f->has_refund) {
		take_rule(&f->refund, cfg_getnsec(cfg, "refund", 0));
		f->sale = (enum refund_rule)place_among(
			cfg_getstr(cfg_getnsec(cfg, "refund", 0), "sale"), refund_rules);
	}
}

static bool has(const struct till_format *f, enum format_field field)
{
	return f->column[field].names.n > 0;
}

static enum status check_whole(const struct till_format *f, const char *file)
{
	if (!*f->title || !*f->till || !f->match.n)
		return fail(ST_INVALID, "%s: it needs a title, a till and a match", file);
	if (f->kind == IMPORT_CUSTOMERS)
		return ST_OK;
	if (!has(f, (enum format_field)COLUMN_DATE))
		return fail(ST_INVALID, "%s: it needs a column date", file);
	if (!has(f, (enum format_field)COLUMN_AMOUNT) && !has(f, FORMAT_PRICE) &&
	    !has(f, FORMAT_TOTAL))
		return fail(ST_INVALID, "%s: it needs a column amount, price or total", file);
	if (f->first_row && !has(f, (enum format_field)COLUMN_RECEIPT))
		return fail(ST_INVALID, "%s: rows = first needs a column receipt", file);
	return ST_OK;
}

/* -- reading -- */

/* Our functions have said what is wrong; without memory libconfuse says nothing. */
static enum status parse_file(cfg_t *cfg, const char *path)
{
	enum status st = fail(ST_SYSTEM, "%s cannot be read: out of memory", path);
	char *silent = mem_text(status_text());

	switch (cfg_parse(cfg, path)) {
	case CFG_SUCCESS:
		st = ST_OK;
		break;
	case CFG_FILE_ERROR:
		st = fail(errno == ENOENT || errno == ENOTDIR ? ST_NOT_FOUND : ST_SYSTEM,
			  "%s cannot be read: %s", path, strerror(errno));
		break;
	default:
		if (strcmp(silent, status_text()) != 0)
			st = ST_INVALID;
	}
	free(silent);
	return st;
}

static enum status parse(cfg_t *cfg, const char *path, struct till_format *f)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	enum status st;

	cfg_set_error_function(cfg, tell_error);
	for (int i = 0; i < CHOICES - 1; i++)
		cfg_set_validate_func(cfg, choices[i].name, check_choice);
	cfg_set_validate_func(cfg, "refund|sale", check_choice);
	cfg_set_validate_func(cfg, "till", check_till);
	cfg_set_validate_func(cfg, "column", check_section);
	cfg_set_validate_func(cfg, "skip", check_section);
	cfg_set_validate_func(cfg, "consent", check_section);
	f->name = mem_text(name);
	f->name[strlen(name) - (strlen(name) > 5 ? 5 : 0)] = '\0';	/* ".conf" */
	st = parse_file(cfg, path);
	if (st != ST_OK)
		return st;
	take_all(f, cfg);
	return check_whole(f, name);
}

enum status format_read(const char *path, struct till_format **out)
{
	cfg_opt_t column[] = {
		CFG_STR_LIST("names", NULL, CFGF_NONE), CFG_STR_LIST("join", NULL, CFGF_NONE),
		CFG_STR_LIST("plus", NULL, CFGF_NONE), CFG_STR_LIST("minus", NULL, CFGF_NONE),
		CFG_STR_LIST("empty", NULL, CFGF_NONE), CFG_END()
	};
	cfg_opt_t rule[] = {
		CFG_STR_LIST("column", NULL, CFGF_NONE), CFG_STR_LIST("values", NULL, CFGF_NONE),
		CFG_STR_LIST("except", NULL, CFGF_NONE), CFG_STR("sale", "receipt", CFGF_NONE),
		CFG_END()
	};
	cfg_opt_t consent[] = {
		CFG_STR_LIST("column", NULL, CFGF_NONE), CFG_STR_LIST("yes", NULL, CFGF_NONE),
		CFG_STR_LIST("no", NULL, CFGF_NONE), CFG_END()
	};
	cfg_opt_t options[] = {
		CFG_STR("title", "", CFGF_NONE), CFG_STR("till", "", CFGF_NONE),
		CFG_STR("kind", "sales", CFGF_NONE), CFG_STR("rows", "repeat", CFGF_NONE),
		CFG_STR("dates", "", CFGF_NONE), CFG_STR("dates_12h", "", CFGF_NONE),
		CFG_STR_LIST("match", NULL, CFGF_NONE), CFG_STR_LIST("unless", NULL, CFGF_NONE),
		CFG_STR_LIST("needs", NULL, CFGF_NONE),
		CFG_SEC("column", column, CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES),
		CFG_SEC("skip", rule, CFGF_MULTI | CFGF_TITLE),
		CFG_SEC("refund", rule, CFGF_MULTI),
		CFG_SEC("consent", consent, CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES),
		CFG_END()
	};
	cfg_t *cfg = cfg_init(options, CFGF_NONE);
	struct till_format *f = mem_alloc(sizeof(*f));
	enum status st = cfg ? parse(cfg, path, f) :
			 fail(ST_SYSTEM, "%s cannot be read: out of memory", path);

	if (cfg)
		cfg_free(cfg);
	*out = f;
	if (st != ST_OK) {
		format_free(f);
		*out = NULL;
	}
	return st;
}

static void free_words(struct word_list *w)
{
	for (size_t i = 0; i < w->n; i++)
		free(w->at[i]);
	free(w->at);
}

static void free_rule(struct format_rule *r)
{
	free_words(&r->columns);
	free_words(&r->values);
	free_words(&r->except);
}

void format_free(struct till_format *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < FORMAT_FIELDS; i++) {
		free_words(&f->column[i].names);
		free_words(&f->column[i].join);
		free_words(&f->column[i].plus);
		free_words(&f->column[i].minus);
		free_words(&f->column[i].empty);
	}
	for (size_t i = 0; i < f->skip_count; i++)
		free_rule(&f->skips[i]);
	for (size_t i = 0; i < CONSENT_CHANNELS; i++) {
		free_words(&f->consent[i].columns);
		free_words(&f->consent[i].yes);
		free_words(&f->consent[i].no);
	}
	free_rule(&f->refund);
	free_words(&f->match);
	free_words(&f->unless);
	free_words(&f->needs);
	free(f->skips);
	free(f->name);
	free(f->title);
	free(f);
}

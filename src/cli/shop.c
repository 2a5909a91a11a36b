/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <stdlib.h>

#include "base/clock.h"
#include "cli/context.h"
#include "cli/out.h"
#include "shop/instance.h"
#include "store/record_text.h"

static const struct field init_flags[] = {
	FLAG("group", FIELD_BOOL, .help = "let the Unix group of the folder use the shop too"),
	{ 0 }
};

static json_t *settings_json(const struct run *run, const struct settings *s, const char *dir)
{
	json_t *json = record_json(&settings_type, s, run->shop.decimals);

	json_object_set_new(json, "folder", json_text(dir));
	return json;
}

/* REGULARS_NOW is a time in the shop's zone, which is known only now. */
static enum status set_clock(struct run *run, const struct settings *s)
{
	const char *zone = *s->timezone ? s->timezone : country_zone(s->country);
	enum status st = zone ? clock_set_zone(zone) : ST_OK;

	run->by.now = clock_now();
	return st;
}

static void tell_made(struct run *run, const struct settings *s, const char *dir, bool repeated)
{
	json_t *json;

	if (run->json) {
		json = settings_json(run, s, dir);
		json_object_set_new(json, "repeated", json_boolean(repeated));
		out_json(run, json);
		return;
	}
	out_done(run, "%s is ready: amounts in %s, times in %s.%s", s->name, s->currency,
		 s->timezone, repeated ? " This was done before; nothing was changed now." : "");
	if (!repeated)
		out_done(run, "Next: regulars program add \"Stamp card\" --goal 10 --reward \"Free "
			 "tea\", then regulars customer add NAME --phone PHONE.");
}

static enum status run_init(struct run *run)
{
	struct settings s = { .decimals = -1 };
	char *dir = shop_folder(run->args);
	bool repeated;
	enum status st;

	args_apply(run->args, &s);
	if (!*s.name || !*s.country) {
		free(dir);
		return wrong_usage(run, "say whose shop it is and in which country: --name \"Patel "
				   "Tea House\" --country IN");
	}
	st = set_clock(run, &s);
	repeated = st == ST_OK && shop_is_made(dir, &s, &run->by);
	if (st == ST_OK && !repeated)
		st = shop_create(dir, &s, args_yes(run->args, "group"), &run->by);
	if (st == ST_OK)
		tell_made(run, &s, dir, repeated);
	free(dir);
	return st;
}

static enum status run_config_show(struct run *run)
{
	const struct conf *conf = &run->shop.conf;
	json_t *json, *machine;

	if (!run->json) {
		out_record(run, &settings_type, &run->shop.settings);
		out_pair(run, "Folder", store_dir(run->shop.store));
		out_pair(run, "Terminal", *conf->terminal ? conf->terminal : "the tty's name");
		return ST_OK;
	}
	machine = json_object();
	json_object_set_new(machine, "terminal", json_text(conf->terminal));
	json_object_set_new(machine, "network_disk", json_boolean(conf->network_disk));
	json_object_set_new(machine, "map_gib", json_integer(conf->map_gib));
	json = settings_json(run, &run->shop.settings, store_dir(run->shop.store));
	json_object_set_new(json, "machine", machine);
	out_json(run, json);
	return ST_OK;
}

static enum status run_config_set(struct run *run)
{
	const char *name = args_operand(run->args, 0), *value = args_operand(run->args, 1);
	enum status st = shop_set(&run->shop, &run->by, name, value);

	if (st == ST_OK && run->json)
		return run_config_show(run);
	if (st == ST_OK)
		out_done(run, "%s is now %s.", name, value);
	return st;
}

static enum status run_config_here(struct run *run)
{
	enum status st = instance_arm(&run->shop);

	if (st == ST_OK && run->json)
		return run_config_show(run);
	if (st == ST_OK)
		out_done(run, "This is the shop from now on. Do not use another copy of it.");
	return st;
}

const struct command shop_commands[] = {
	{ "init", "", "makes a new shop in the folder that --shop names", "",
	  .record = &settings_type, .flags = init_flags, .needs = NO_SHOP, .run = run_init },
	{ "config", "show", "shows what the shop has settled about itself", "",
	  .needs = READ_SHOP, .run = run_config_show },
	{ "config", "set", "changes name, country, timezone, language, grouping, date_order, "
	  "digits, names or backup_folder", "SETTING VALUE",
	  .needs = WRITE_SHOP, .run = run_config_set },
	{ "config", "here", "says that this copy is the shop, on this machine and in this folder",
	  "", .needs = WRITE_SHOP, .run = run_config_here,
	  .details = "A shop that was restored, loaded or carried elsewhere sells, but sends no "
		     "messages\nuntil then, so that customers do not hear twice." },
	{ .name = NULL }
};

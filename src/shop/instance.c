/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/instance.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The meta row "home". The machine is a digest of its machine-id with the
 * store's own number, so that nobody learns the id from a backup. */
enum { MACHINE = 17 };

struct home {
	char machine[MACHINE];		/* "" not known */
	char folder[1000];
	int64_t restored;
	struct unknown later;
};
static const struct field home_fields[] = {
	FIELD(1, FIELD_TEXT, struct home, machine),
	FIELD(2, FIELD_TEXT, struct home, folder),
	FIELD(3, FIELD_TIME, struct home, restored),
	{ 0 }
};
static const struct record_type home_type = {
	"home", sizeof(struct home), home_fields, offsetof(struct home, later)
};

static void this_machine(struct txn *txn, char out[MACHINE])
{
	char id[128] = "";
	FILE *f = fopen("/etc/machine-id", "re");
	uint8_t digest[DIGEST_SIZE];
	struct bytes instance;
	size_t len = f ? fread(id, 1, sizeof(id), f) : 0;

	if (f)
		fclose(f);
	if (!meta_get(txn, "instance", &instance) || instance.len < 8)
		instance.at = "--------";
	digest_numbered(key_read(instance.at, 8), id, len, digest);
	snprintf(out, MACHINE, "%016llx", (unsigned long long)key_read(digest, 8));
}

/* Without a link or "..", also of a folder that is not made yet. */
static void this_folder(const char *dir, char out[1000])
{
	char *path = mem_text(dir), *real, *slash;
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		path[--len] = '\0';
	real = realpath(path, NULL);
	if (real) {
		snprintf(out, 1000, "%s", real);
	} else {
		slash = strrchr(path, '/');
		if (slash)
			*slash = '\0';
		real = realpath(!slash ? "." : *path ? path : "/", NULL);
		snprintf(out, 1000, "%s/%s", real ? real : "", slash ? slash + 1 : path);
	}
	free(real);
	free(path);
}

static void put(struct txn *txn, const struct home *h)
{
	uint8_t row[1400];
	size_t len = sizeof(row);
	enum status st = record_encode(&home_type, h, row, &len);

	if (st != ST_OK)
		txn_fail(txn, st);
	else
		meta_put(txn, "home", (struct bytes){ row, len });
}

static void get(struct txn *txn, struct home *h)
{
	struct bytes value;

	record_clear(&home_type, h);
	if (meta_get(txn, "home", &value) &&
	    record_decode(&home_type, h, value.at, value.len) != ST_OK)
		record_clear(&home_type, h);
}

void instance_write_here(struct txn *txn, const char *dir)
{
	struct home h = { .restored = 0 };

	this_machine(txn, h.machine);
	this_folder(dir, h.folder);
	put(txn, &h);
}

void instance_write_restored(struct txn *txn, int64_t now)
{
	struct home h;

	get(txn, &h);
	h.restored = now;
	put(txn, &h);
}

struct looking {
	const char *dir;
	struct instance *out;
};

static enum status look(struct txn *txn, void *arg)
{
	const struct looking *l = arg;
	char machine[MACHINE], folder[1000];
	struct home h;

	this_machine(txn, machine);
	this_folder(l->dir, folder);
	get(txn, &h);
	*l->out = (struct instance){ .since = h.restored,
				     .other_machine = strcmp(h.machine, machine) != 0 };
	snprintf(l->out->folder, sizeof(l->out->folder), "%s", h.folder);
	if (l->out->other_machine || strcmp(h.folder, folder) != 0)
		l->out->state = INSTANCE_MOVED;
	else if (h.restored)
		l->out->state = INSTANCE_RESTORED;
	return txn_status(txn);
}

enum status instance_look(struct shop *shop, struct instance *out)
{
	struct looking l = { store_dir(shop->store), out };

	return store_read(shop->store, look, &l);
}

enum status instance_is_here(struct shop *shop, bool *here)
{
	struct instance i = { .state = INSTANCE_MOVED };
	enum status st = instance_look(shop, &i);

	*here = i.state == INSTANCE_HERE;
	return st;
}

static enum status arm(struct txn *txn, void *arg)
{
	instance_write_here(txn, arg);
	return txn_status(txn);
}

enum status instance_arm(struct shop *shop)
{
	return store_write(shop->store, arm, (void *)(uintptr_t)store_dir(shop->store));
}

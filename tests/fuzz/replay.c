/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"
#include "tests/fuzz/fuzz.h"

/* main() of a fuzz target in `make check`: what tests/fuzz/seeds/NAME has, found
 * cases among it, and each of them with a few bytes changed, put in or left out. */

enum { LIKE_IT = 200, LONGEST = 1 << 20, SEED = 20260301 };

static uint64_t dice = SEED;

static size_t throw_dice(size_t sides)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return sides ? (size_t)(dice % sides) : 0;
}

static size_t change(uint8_t *bytes, size_t len)
{
	size_t at = throw_dice(len), n = 1 + throw_dice(8);

	switch (throw_dice(4)) {
	case 0:
		if (len)
			bytes[at] ^= (uint8_t)(1 << throw_dice(8));
		return len;
	case 1:
		if (len)
			bytes[at] = (uint8_t)throw_dice(256);
		return len;
	case 2:
		n = n < len - at ? n : len - at;
		memmove(bytes + at, bytes + at + n, len - at - n);
		return len - n;
	default:
		memmove(bytes + at + n, bytes + at, len - at);
		for (size_t i = 0; i < n; i++)
			bytes[at + i] = bytes[throw_dice(len + n)];
		return len + n;
	}
}

/* A copy of its own size, so that reading behind its end is seen. */
static void try(const uint8_t *bytes, size_t len)
{
	uint8_t *exact = mem_alloc(len ? len : 1);

	memcpy(exact, bytes, len);
	LLVMFuzzerTestOneInput(exact, len);
	free(exact);
}

static void try_file(const char *path)
{
	uint8_t *seed = mem_alloc(LONGEST), *like = mem_alloc(LONGEST + 64 * 8);
	FILE *f = fopen(path, "rb");
	size_t len = f ? fread(seed, 1, LONGEST, f) : 0;

	if (f)
		fclose(f);
	try(seed, len);
	for (int i = 0; i < LIKE_IT && len; i++) {
		size_t n = len;

		memcpy(like, seed, len);
		for (size_t changes = 1 + throw_dice(4); changes; changes--)
			n = change(like, n);
		try(like, n);
	}
	free(seed);
	free(like);
}

int main(int argc, char **argv)
{
	const char *base = strrchr(argv[0], '/'), *srcdir = getenv("srcdir");
	char dir[512], path[1024];
	struct dirent *e;
	int files = 0;
	DIR *d;

	(void)argc;
	base = base ? base + 1 : argv[0];
	snprintf(dir, sizeof(dir), "%s/tests/fuzz/seeds/%.*s", srcdir ? srcdir : ".",
		 (int)strcspn(base, "."), base);
	digest_start();
	d = opendir(dir);
	while (d && (e = readdir(d))) {
		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		try_file(path);
		files++;
	}
	if (d)
		closedir(d);
	printf("1..1\n%sok 1 - %d files of %s, and %d like each\n", files ? "" : "not ", files,
	       dir, LIKE_IT);
	return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <jansson.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "base/language.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "screens/screens.h"
#include "store/guard.h"

/* Names of customers stay out of core files, and out of files that others may
 * read. */
static void keep_to_oneself(void)
{
	const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__	/* its search for leaks attaches to the process */
	prctl(PR_SET_DUMPABLE, 0);
#endif
	umask(077);
}

/* What is printed is UTF-8, so that text must be measured as UTF-8 even where
 * no locale is set. */
static void set_locale(void)
{
	if (!setlocale(LC_ALL, "") || MB_CUR_MAX == 1)
		setlocale(LC_CTYPE, "C.UTF-8");
}

/* A result that could not be written is not a result. */
static int close_output(int status)
{
	int failed = ferror(stdout);

	if (fclose(stdout) == 0 && !failed)
		return status;
	fprintf(stderr, "regulars: the result could not be written: %s\n", strerror(errno));
	return status ? status : EXIT_STORE;
}

static int open_screens(const char *dir, const char *who, const char *terminal)
{
	return screens_run(&(struct screens_start){ dir, who, terminal });
}

int main(int argc, char **argv)
{
	keep_to_oneself();
	set_locale();
	language_start();
	json_set_alloc_funcs(mem_alloc, free);
	digest_start();
	guard_install();
	return close_output(cli_main(argc, argv, open_screens));
}

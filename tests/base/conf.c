/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/conf.h"

#include <cmocka.h>

static char folder[64], path[80];

static int make_folder(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/regulars-conf-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/shop.conf", folder);
	return 0;
}

static int remove_folder(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(folder);
}

static enum status read_text(const char *text, struct conf *out)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	return conf_read(path, out);
}

static void assert_refused(const char *text, const char *sentence)
{
	struct conf c;

	assert_int_equal(read_text(text, &c), ST_INVALID);
	if (!strstr(status_text(), sentence))
		fail_msg("%s: %s", text, status_text());
}

static void test_defaults(void **state)
{
	struct conf c = { .terminal = "x", .network_disk = true, .map_gib = 1 };

	(void)state;
	unlink(path);
	assert_int_equal(conf_read(path, &c), ST_OK);
	assert_string_equal(c.terminal, "");
	assert_false(c.network_disk);
	assert_int_equal(c.map_gib, 16);
	c.map_gib = 1;
	assert_int_equal(read_text("", &c), ST_OK);
	assert_int_equal(c.map_gib, 16);
	assert_int_equal(read_text("# nothing but a remark", &c), ST_OK);
}

static void test_settings(void **state)
{
	struct conf c;

	(void)state;
	assert_int_equal(read_text("# this till\nterminal = \"ટિલ 1\"\n\nnetwork_disk = yes\n"
				   "map_gib=4096 # a lot\n", &c), ST_OK);
	assert_string_equal(c.terminal, "ટિલ 1");
	assert_true(c.network_disk);
	assert_int_equal(c.map_gib, 4096);
}

static void test_refused(void **state)
{
	char text[200];

	(void)state;
	assert_refused("\n\nterminall = \"a\"\n",
		       "shop.conf:3: There is no setting \"terminall\". Did you mean terminal?");
	assert_refused("colour = red\n", "shop.conf:1: There is no setting \"colour\".");
	assert_refused("colour = red\n", "terminal, network_disk and map_gib");
	assert_refused("\nmap_gib = lots\n", "shop.conf:2: map_gib is not set as it should be.");
	assert_refused("map_gib = 0", "shop.conf:1: map_gib");
	assert_refused("map_gib = 4097", "a number from 1 to 4096");
	assert_refused("network_disk = maybe", "shop.conf:1: network_disk");
	assert_refused("terminal \"till\"", "shop.conf:1: terminal");
	assert_refused("terminal = \"till", "shop.conf:1: ");
	assert_refused("terminal =", "shop.conf:1: ");
	assert_refused("terminal = \"a\\e[2Jb\"", "shop.conf:1: The name of a terminal");
	assert_refused("= 5", "shop.conf:1: ");
	assert_refused("}", "shop.conf:1: ");
	snprintf(text, sizeof(text), "terminal = \"%064d\"", 1);
	assert_refused(text, "at most 63 bytes");
}

static void test_other_files(void **state)
{
	struct conf c;
	FILE *f;

	(void)state;
	assert_int_equal(conf_read(folder, &c), ST_SYSTEM);
	assert_non_null(strstr(status_text(), folder));
	f = fopen(path, "w");
	assert_non_null(f);
	fwrite("terminal\0= 5", 1, 12, f);
	fclose(f);
	assert_int_equal(conf_read(path, &c), ST_INVALID);
	f = fopen(path, "w");
	assert_non_null(f);
	for (int i = 0; i < 70000; i++)
		fputc('#', f);
	fclose(f);
	assert_int_equal(conf_read(path, &c), ST_INVALID);
	assert_non_null(strstr(status_text(), "not a text file"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_settings),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_other_files),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}

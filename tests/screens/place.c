/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/place.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

enum { MOST_TERMS = 8 };

int place_setup(void **state)
{
	struct place *p = mem_alloc(sizeof(*p));
	const char *folder = access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm";

	snprintf(p->dir, sizeof(p->dir), "%s/regulars-screens-XXXXXX", folder);
	if (!mkdtemp(p->dir))
		return -1;
	snprintf(p->shop, sizeof(p->shop), "%s/shop", p->dir);
	memcpy(p->args, WORDS("--shop", p->shop, "--as", "asha"), 5 * sizeof(p->args[0]));
	p->how.home = p->dir;
	p->how.args = p->args;
	*state = p;
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

int place_teardown(void **state)
{
	struct place *p = *state;

	for (int i = 0; i < p->n; i++)
		term_release(p->terms[i]);
	nftw(p->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(p);
	return 0;
}

/* -- shops -- */

static const char before_scripts[] =
	"set -eu\n"
	"cd '%s'\n"
	"export HOME=\"$PWD\" LC_ALL=C.UTF-8 REGULARS_SHOP=shop\n"
	"export REGULARS_NOW=${REGULARS_NOW:-2026-11-21T10:00:00}\n"
	"unset LANGUAGE NO_COLOR\n"
	"regulars() { \"$REGULARS\" --as asha \"$@\"; }\n"
	"exec 2>&1 </dev/null\n"
	"%s\n";

static int run(const char *script, struct buf *out)
{
	char bytes[4096];
	FILE *pipe;
	size_t n;

	fflush(stdout);
	buf_clear(out);
	buf_text(out, "");
	pipe = popen(script, "r");
	if (!pipe)
		return -1;
	while ((n = fread(bytes, 1, sizeof(bytes), pipe)) > 0)
		buf_add(out, bytes, n);
	return pclose(pipe);
}

void place_run(struct place *p, const char *script, struct buf *out)
{
	struct buf whole = { 0 }, printed = { 0 };
	int status;

	buf_printf(&whole, before_scripts, p->dir, script);
	status = run(whole.at, &printed);
	if (status) {
		term_note("this ended with %d:", status);
		term_note_lines(script);
		term_note("and printed:");
		term_note_lines(printed.at);
		_fail(__FILE__, __LINE__);
	}
	if (out) {
		buf_clear(out);
		buf_text(out, printed.at);
	}
	buf_release(&whole);
	buf_release(&printed);
}

void place_demo(struct place *p)
{
	place_run(p, "regulars demo shop --customers 200 --seed 7 --quiet", NULL);
}

static const char tea_house[] =
	"regulars init --name 'Patel Tea House' --country IN --quiet\n"
	"regulars item add 'Masala chai' --price 20 --category tea --digit 1 --quiet\n"
	"regulars item add 'Khari' --price 15 --category snacks --digit 2 --quiet\n"
	"regulars item add 'Bun maska' --price 40 --category snacks --digit 3 --code 8901234567890"
	" --quiet\n"
	"regulars program add 'Tea card' --goal 3 --reward 'Free tea' --quiet\n"
	"add() { regulars customer add \"$@\" --force --quiet; }\n"
	"add 'Asha Patel' --phone 9824012345 --card TEA17001\n"
	"add 'પટેલ સુરેશ' --phone 9824055501\n"
	"add 'पटेल नीलेश' --phone 9909077123\n"
	"add 'پٹیل فاطمہ' --phone 9825010002\n"
	"add 'Patil Sunita' --phone 9825010003\n"
	"add 'Ramesh Shah' --phone 9825010004 --birthday 11-27\n"
	"add 'Նարե Սարգսյան' --phone 9825010005\n"
	"add 'Bhupendrasinh Chauhan' --phone 9825010006\n";

void place_tea_house(struct place *p)
{
	place_run(p, tea_house, NULL);
}

struct term *place_open_at(struct place *p, const char *file, int line)
{
	if (p->n == MOST_TERMS) {
		term_note("a place has %d terminals at most", MOST_TERMS);
		_fail(file, line);
	}
	return p->terms[p->n++] = term_start(&p->how, file, line);
}

void place_on_each_terminal(struct place *p, void (*walk)(struct place *p))
{
	static const struct {
		const char *term, *locale;
		int rows, cols;
		enum keyboard keyboard;
	} kinds[] = {
		{ NULL, NULL, 16, 60, KEYS_XTERM }, { NULL, NULL, 40, 120, KEYS_XTERM },
		{ "linux", NULL, 25, 80, KEYS_LINUX }, { "vt100", NULL, 24, 80, KEYS_VT100 },
		{ NULL, "C", 24, 80, KEYS_XTERM },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		p->how.term = kinds[i].term;
		p->how.locale = kinds[i].locale;
		p->how.rows = kinds[i].rows;
		p->how.cols = kinds[i].cols;
		p->how.keyboard = kinds[i].keyboard;
		walk(p);
		while (p->n)
			term_release(p->terms[--p->n]);
	}
}

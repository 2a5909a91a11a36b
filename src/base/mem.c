/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void (*before_end)(void);

void mem_on_exhausted(void (*call)(void))
{
	before_end = call;
}

static void *there(void *p)
{
	static const char sentence[] =
		"regulars: out of memory; nothing unfinished was kept. "
		"Close other programs and try again.\n";

	if (p)
		return p;
	if (before_end)
		before_end();
	if (write(STDERR_FILENO, sentence, sizeof(sentence) - 1) < 0)
		_exit(4);
	_exit(4);
}

void *mem_alloc(size_t size)
{
	return there(calloc(1, size ? size : 1));
}

void *mem_wide(size_t size)
{
	enum { WIDE = 2 << 20 };
	void *p;

	if (size < 2 * WIDE)
		return there(malloc(size ? size : 1));
	if (size > SIZE_MAX - WIDE)
		return there(NULL);
	size = (size + WIDE - 1) / WIDE * WIDE;
	p = there(aligned_alloc(WIDE, size));
	madvise(p, size, MADV_HUGEPAGE);	/* where it cannot be had, it is slower */
	return p;
}

void *mem_resize(void *old, size_t size)
{
	return there(realloc(old, size ? size : 1));
}

char *mem_text(const char *text)
{
	return there(strdup(text));
}

void *mem_grow(void *rows, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return rows;
	*cap = *cap ? *cap * 2 : size < 32 ? 16 : 4;
	return there(*cap > SIZE_MAX / size ? NULL : realloc(rows, *cap * size));
}

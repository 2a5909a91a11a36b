/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void reserve(struct buf *b, size_t more)
{
	size_t need = b->len + more + 1;

	if (need <= b->cap)
		return;
	b->cap = need > 2 * b->cap ? need : 2 * b->cap;
	b->at = mem_resize(b->at, b->cap);
}

void buf_add(struct buf *b, const void *bytes, size_t len)
{
	reserve(b, len);
	if (len)
		memcpy(b->at + b->len, bytes, len);
	b->len += len;
	b->at[b->len] = '\0';
}

void buf_text(struct buf *b, const char *text)
{
	buf_add(b, text, strlen(text));
}

static void __attribute__((format(printf, 2, 0)))
add_printed(struct buf *b, const char *format, va_list args)
{
	va_list again;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, args);
	if (n > 0) {
		reserve(b, (size_t)n);
		vsnprintf(b->at + b->len, (size_t)n + 1, format, again);
		b->len += (size_t)n;
	}
	va_end(again);
}

void buf_printf(struct buf *b, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_printed(b, format, args);
	va_end(args);
}

void buf_sentence(struct buf *b, const char *format, ...)
{
	va_list args;

	if (b->len)
		buf_text(b, " ");
	va_start(args, format);
	add_printed(b, format, args);
	va_end(args);
}

void buf_shell_word(struct buf *b, const char *text)
{
	buf_text(b, "'");
	for (; *text; text++)
		if (*text == '\'')
			buf_text(b, "'\\''");
		else
			buf_add(b, text, 1);
	buf_text(b, "'");
}

void buf_clear(struct buf *b)
{
	b->len = 0;
	if (b->at)
		b->at[0] = '\0';
}

void buf_release(struct buf *b)
{
	free(b->at);
	*b = (struct buf){ 0 };
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>

/* Text or bytes that grow. { 0 } is an empty one. 'at' ends in a NUL that
 * 'len' does not count, once anything was added. */
struct buf {
	char *at;
	size_t len, cap;
};

void buf_add(struct buf *b, const void *bytes, size_t len);
void buf_text(struct buf *b, const char *text);
void buf_printf(struct buf *b, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* buf_printf() of one more sentence: a blank stands before it, unless it is the
 * first. */
void buf_sentence(struct buf *b, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* What a shell takes for this one word, whatever is in it: 'Asha'\''s shop'. */
void buf_shell_word(struct buf *b, const char *text);
void buf_clear(struct buf *b);		/* empty, room kept */
void buf_release(struct buf *b);	/* empty, room given back */

#endif

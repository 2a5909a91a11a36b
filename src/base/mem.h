/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/* Memory that is there: out of memory says so and ends the program with exit
 * status 4. A transaction that was open then never happened. */
void *mem_alloc(size_t size);			/* zeroed */
/* Of megabytes, not zeroed, in large pages where the system has them: what is
 * filled at once from end to end. free() and mem_resize() take it. */
void *mem_wide(size_t size);
void *mem_resize(void *old, size_t size);
char *mem_text(const char *text);		/* a copy; the caller frees it */

/* Room for one more row of 'size' bytes in an array of 'n' rows that holds
 * '*cap': returns the array, grown by doubling when it is full. */
void *mem_grow(void *rows, size_t n, size_t *cap, size_t size);

/* Called before the program ends for want of memory (screens restore the
 * terminal with it). */
void mem_on_exhausted(void (*call)(void));

#endif

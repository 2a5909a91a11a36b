/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_PAGE_H
#define SCREENS_PAGE_H

#include "screens/ui.h"

/* Lines to read and scroll. arg: const struct page_text *, whose texts it copies. */
struct page_text {
	const char *title, *text;	/* lines that go into detail begin with two blanks */
	int64_t customer;		/* whose card is one key away; 0: none is */
};
extern const struct screen page_screen;

/* Opens one with what an entry did, and why. 'customer' as above. */
void page_tell_why(struct ui *ui, const char *title, int64_t seq, int64_t customer);

#endif

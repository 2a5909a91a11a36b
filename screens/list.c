/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/list.h"

#include "screens/screen.h"

enum { PAGE_UNTOLD = 10 };

/* The least scrolling that brings the chosen row into view, without lines left
 * empty below the last row. */
static size_t scrolled(const struct list *l, size_t height)
{
	size_t end = l->n > height ? l->n - height : 0;
	size_t top = l->top < end ? l->top : end;

	if (l->at < top)
		return l->at;
	if (height && l->at - top >= height)
		return l->at - height + 1;
	return top;
}

static size_t page(const struct list *l)
{
	return l->page ? l->page : PAGE_UNTOLD;
}

void list_choose(struct list *l, size_t row)
{
	l->at = row < l->n ? row : l->n ? l->n - 1 : 0;
	l->top = scrolled(l, page(l));
}

void list_count(struct list *l, size_t n)
{
	l->n = n;
	list_choose(l, l->at);
}

void list_keep(struct list *l, size_t n, bool (*is_chosen)(const void *arg, size_t row),
	       const void *arg)
{
	size_t row = 0;

	while (row < n && !is_chosen(arg, row))
		row++;
	l->n = n;
	list_choose(l, row < n ? row : l->at);
}

void list_fit(struct list *l, size_t height)
{
	l->page = height;
	list_choose(l, l->at);
}

bool list_act(struct list *l, int action)
{
	size_t step = page(l);

	switch (action) {
	case ACT_UP:
		list_choose(l, l->at ? l->at - 1 : 0);
		return true;
	case ACT_DOWN:
		list_choose(l, l->at + 1);
		return true;
	case ACT_PAGE_UP:
		list_choose(l, l->at > step ? l->at - step : 0);
		return true;
	case ACT_PAGE_DOWN:
		list_choose(l, l->at + step);
		return true;
	case ACT_HOME:
		list_choose(l, 0);
		return true;
	case ACT_END:
		list_choose(l, l->n);
		return true;
	default:
		return false;
	}
}

struct list_view list_view(const struct list *l, size_t height)
{
	struct list_view v = { .first = scrolled(l, height) };

	v.last = l->n - v.first < height ? l->n : v.first + height;
	return v;
}

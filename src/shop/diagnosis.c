/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/doctor.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

const char *verdict_name(enum verdict v)
{
	static const char *const names[] = { "good", "watch", "bad" };

	return names[v];
}

void diagnosis_release(struct diagnosis *d)
{
	for (size_t i = 0; i < d->n; i++) {
		buf_release(&d->row[i].says);
		buf_release(&d->row[i].todo);
	}
	free(d->row);
	*d = (struct diagnosis){ 0 };
}

enum verdict diagnosis_worst(const struct diagnosis *d)
{
	enum verdict worst = VERDICT_GOOD;

	for (size_t i = 0; i < d->n; i++)
		if (d->row[i].verdict > worst)
			worst = d->row[i].verdict;
	return worst;
}

static __attribute__((format(printf, 2, 0)))
void add_formatted(struct buf *out, const char *format, va_list args)
{
	char text[2 * DOCTOR_SENTENCE];

	vsnprintf(text, sizeof(text), format, args);
	buf_text(out, text);
}

void diagnosis_add(struct diagnosis *d, const struct check *check, enum verdict v,
		   const char *format, ...)
{
	struct finding *f;
	va_list args;

	d->row = mem_grow(d->row, d->n, &d->cap, sizeof(*d->row));
	f = &d->row[d->n++];
	*f = (struct finding){ .check = check, .verdict = v };
	va_start(args, format);
	add_formatted(&f->says, format, args);
	va_end(args);
	buf_text(&f->todo, "");
}

void diagnosis_todo(struct diagnosis *d, const char *format, ...)
{
	struct finding *f = &d->row[d->n - 1];
	va_list args;

	if (f->todo.len)
		buf_text(&f->todo, "\n");
	va_start(args, format);
	add_formatted(&f->todo, format, args);
	va_end(args);
}

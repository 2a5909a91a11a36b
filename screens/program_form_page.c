/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/program_form_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { ROOMY = 16, WORDS_ROOMY = 4, WORDS_TIGHT = 3 };

void form_page_draw(const struct canvas *c, const struct form *f, const char *words)
{
	int below = c->at.h >= ROOMY ? WORDS_ROOMY : WORDS_TIGHT, h = c->at.h - below - 1;
	struct canvas form = canvas_part(c, (struct rect){ 0, 0, h, c->at.w });

	put_rule(c, h);
	put_wrapped(c, (struct spot){ .y = h + 1, .x = 1, .cols = c->at.w - 2,
				      .tone = TONE_STRONG }, below, words);
	form_draw(&form, f);
}

void form_listen(const struct form *f, void *aside)
{
	struct form copy = *f;
	void *record = mem_alloc(f->type->size);

	memcpy(record, f->record, f->type->size);
	copy.record = record;
	if (form_take(&copy) == ST_OK)
		memcpy(aside, record, f->type->size);
	free(record);
}

void form_refuse(struct form *f, const char *field, const char *sentence)
{
	form_choose(f, field);
	f->wrong_at = f->list.at;
	snprintf(f->wrong, sizeof(f->wrong), "%s", sentence);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/sift.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void stop(struct sifting *f)
{
	if (f->filter)
		filter_end(&f->search);
	filter_free(f->filter);
	*f = (struct sifting){ 0 };
}

void sift_release(struct sift *s)
{
	stop(&s->now);
	stop(&s->next);
	free(s->text);
	*s = (struct sift){ .version = s->version + 1 };
}

bool sift_is_on(const struct sift *s)
{
	return s->now.filter != NULL;
}

const struct people_set *sift_people(const struct sift *s)
{
	return &s->now.search.found;
}

bool sift_is_whole(const struct sift *s)
{
	return s->now.search.whole;
}

static enum status begin(struct sift *s, struct ui *ui, struct sifting *out)
{
	enum status st = filter_parse(ui->shop, s->text, &out->filter, &s->mistake);

	s->wrong = st == ST_INVALID;
	if (st != ST_OK) {
		out->filter = NULL;
		return s->wrong ? ST_OK : st;
	}
	s->today = ui_today(ui);
	st = filter_begin(ui->shop, out->filter, s->today, &out->search);
	if (st != ST_OK)
		stop(out);
	return st;
}

/* Another text: what it chooses is shown as it is found. What cannot be read
 * leaves the people of the text before. */
static enum status read_text(struct sift *s, struct ui *ui, const char *text)
{
	struct sifting fresh = { 0 };
	char *kept = mem_text(text);
	enum status st;

	free(s->text);
	s->text = kept;
	stop(&s->next);
	st = begin(s, ui, &fresh);
	if (st != ST_OK || s->wrong)
		return st;
	stop(&s->now);
	s->now = fresh;
	s->version++;
	return ST_OK;
}

static enum status step(struct sift *s, struct ui *ui, struct sifting *f)
{
	size_t before = f->search.found.n;
	enum status st = filter_step(ui->shop, &f->search);

	if (st != ST_OK) {
		stop(f);
		s->version++;
		return st;
	}
	if (f == &s->now && (f->search.whole || f->search.found.n != before))
		s->version++;
	if (f == &s->next && f->search.whole) {
		stop(&s->now);
		s->now = s->next;
		s->next = (struct sifting){ 0 };
		s->version++;
	}
	return ST_OK;
}

/* Names in it may mean something else since, and others may fit. */
static bool is_old(const struct sift *s, struct ui *ui, int64_t seq)
{
	bool busy = s->next.filter || (s->now.filter && !s->now.search.whole);

	return !busy && (seq != s->seq || s->today != ui_today(ui));
}

enum status sift_update(struct sift *s, struct ui *ui, const char *text, int64_t seq, bool *whole)
{
	enum status st = ST_OK;

	*whole = true;
	if (!text[strspn(text, " ")]) {
		if (s->text)
			sift_release(s);
		return ST_OK;
	}
	if (!s->text || strcmp(s->text, text))
		st = read_text(s, ui, text);
	else if (is_old(s, ui, seq))
		st = s->wrong ? read_text(s, ui, text) : begin(s, ui, &s->next);
	else
		seq = s->seq;
	s->seq = seq;
	if (st == ST_OK && s->next.filter)
		st = step(s, ui, &s->next);
	else if (st == ST_OK && s->now.filter && !s->now.search.whole)
		st = step(s, ui, &s->now);
	*whole = st != ST_OK || (!s->next.filter && (!s->now.filter || s->now.search.whole));
	return st;
}

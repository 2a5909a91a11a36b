/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/figure_cohorts.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

/* The heat map of a view, whose texts are made once. */

size_t cohorts_first_later(const struct cohorts_state *s)
{
	return s->figure.view == COHORTS_SHARE || s->figure.view == COHORTS_PEOPLE;
}

void cohorts_forget_heat(struct cohorts_state *s)
{
	free(s->labels);
	free(s->headings);
	free(s->printed);
	free(s->values);
	free(s->texts);
	s->labels = NULL;
	s->headings = s->printed = NULL;
	s->values = NULL;
	s->texts = NULL;
}

size_t cohorts_lines(const struct cohorts *c)
{
	size_t n = c->n;

	while (n > 1 && !c->size[n - 1])
		n--;
	return n;
}

static void label_rows(struct cohorts_state *s, const struct ui *ui)
{
	const struct cohorts *c = &s->cohorts;
	char month[FORMAT_TEXT], n[FORMAT_TEXT];

	for (size_t i = 0; i < cohorts_lines(c); i++) {
		format_month(&ui->format, c->month[i], month);
		format_number(&ui->format, c->size[i], n);
		snprintf(s->labels[i], COHORTS_LABEL, "%.60s %*s%.24s", month,
			 shown_columns(n) < 5 ? 5 - shown_columns(n) : 0, "", n);
	}
}

static int64_t revenue_by(const struct cohorts *c, size_t row, size_t k)
{
	int64_t sum = 0;

	for (size_t i = 0; i <= k; i++)
		sum += c->revenue[cohort_cell(c, row, i)];
	return sum;
}

/* Hundredths of a percent, or minor units a head. */
static int64_t value(const struct cohorts_state *s, size_t row, size_t k)
{
	const struct cohorts *c = &s->cohorts;
	size_t cell = cohort_cell(c, row, k);

	switch (s->figure.view) {
	case COHORTS_SHARE: return c->active[cell] * 10000 / c->size[row];
	case COHORTS_PEOPLE: return c->active[cell];
	case COHORTS_REVENUE: return c->revenue[cell] / c->size[row];
	default: return revenue_by(c, row, k) / c->size[row];
	}
}

/* What may still grow is followed by "+". */
static void print(const struct cohorts_state *s, const struct ui *ui, size_t row, size_t k,
		  char out[COHORTS_PRINTED])
{
	const struct cohorts *c = &s->cohorts;
	bool grows = !c->last_whole && k == cohort_months(c, row) - 1;
	int64_t n = value(s, row, k), unit = 1;
	char text[FORMAT_TEXT];

	for (int i = 0; i < ui->format.decimals && s->figure.view >= COHORTS_REVENUE; i++)
		unit *= 10;
	if (s->figure.view == COHORTS_SHARE)
		unit = 100;
	format_number(&ui->format, (n + unit / 2) / unit, text);
	snprintf(out, COHORTS_PRINTED, "%.24s%s", text, grows ? "+" : "");
}

/* How many came can be said of any number of people; what part of them, not. */
static bool is_few(const struct cohorts_state *s, size_t row)
{
	return s->cohorts.size[row] < (s->figure.view == COHORTS_PEOPLE ? 1 : SHARE_FEW);
}

static void fill_cells(struct cohorts_state *s, const struct ui *ui)
{
	size_t first = cohorts_first_later(s), columns = s->heat.columns;

	for (size_t row = 0; row < s->heat.rows; row++) {
		bool few = is_few(s, row);

		for (size_t k = first; !few && k < cohort_months(&s->cohorts, row); k++) {
			size_t i = row * columns + k - first;

			s->values[i] = value(s, row, k);
			print(s, ui, row, k, s->printed[i]);
		}
	}
}

static const char *row_word(const struct cohorts_state *s, size_t row)
{
	if (!s->cohorts.size[row])
		return _("nobody new");
	return is_few(s, row) ? _("too few to tell") : NULL;
}

/* 'texts': row labels, row words, column labels, cells. */
static void point_to_texts(struct cohorts_state *s)
{
	size_t rows = s->heat.rows, columns = s->heat.columns;
	const char **words = s->texts + rows, **headings = words + rows;
	const char **cells = headings + columns;

	for (size_t i = 0; i < rows; i++) {
		s->texts[i] = s->labels[i];
		words[i] = row_word(s, i);
	}
	for (size_t i = 0; i < columns; i++) {
		snprintf(s->headings[i], COHORTS_PRINTED, "+%zu", i + cohorts_first_later(s));
		headings[i] = s->headings[i];
	}
	for (size_t i = 0; i < rows * columns; i++)
		cells[i] = *s->printed[i] ? s->printed[i] : NULL;
	s->heat.row_labels = s->texts;
	s->heat.row_words = words;
	s->heat.column_labels = headings;
	s->heat.printed = cells;
}

void cohorts_stay_on_numbers(struct cohorts_state *s)
{
	size_t row = s->figure.list.at;
	size_t most = cohort_months(&s->cohorts, row) - cohorts_first_later(s);

	if (is_few(s, row))
		most = 0;
	if (s->figure.column > most)
		s->figure.column = most;
}

void cohorts_make_heat(struct cohorts_state *s, const struct ui *ui)
{
	size_t rows = cohorts_lines(&s->cohorts), columns = s->cohorts.n - cohorts_first_later(s);

	cohorts_forget_heat(s);
	s->labels = mem_alloc((rows + 1) * sizeof(*s->labels));
	s->headings = mem_alloc((columns + 1) * sizeof(*s->headings));
	s->printed = mem_alloc((rows * columns + 1) * sizeof(*s->printed));
	s->values = mem_alloc((rows * columns + 1) * sizeof(*s->values));
	s->texts = mem_alloc((2 * rows + columns + rows * columns + 1) * sizeof(*s->texts));
	s->heat = (struct heat){ .rows = rows, .columns = columns, .values = s->values };
	s->view = s->figure.view;
	label_rows(s, ui);
	fill_cells(s, ui);
	point_to_texts(s);
	cohorts_stay_on_numbers(s);
}

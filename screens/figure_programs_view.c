/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/figure_programs.h"

#include <stdio.h>

/* How the figures of one program look. */

static const char *const line_names[ABOUT_ALL] = {
	[ABOUT_MEMBERS] = N_("Take part"),
	[ABOUT_ACTIVE] = N_("of them in these days"),
	[ABOUT_NEAR] = N_("One stamp away from the reward"),
	[ABOUT_READY] = N_("A reward ready, not here for 14 days"),
	[ABOUT_IDLE] = N_("Earned nothing for 60 days"),
	[ABOUT_REACH] = N_("Fill the card within 180 days"),
	[ABOUT_REWARDS] = N_("Rewards earned"),
	[ABOUT_BREAKAGE] = N_("Lapsed unused"),
	[ABOUT_COST] = N_("Cost"),
	[ABOUT_OWED] = N_("Owed to customers"),
	[ABOUT_PACE] = N_("Days sooner near the reward"),
	[ABOUT_PAID] = N_("Members pay on a visit"),
	[ABOUT_VISITS] = N_("Members come in a month"),
};

enum { COL_WHAT, COL_NUMBER, COL_NOTE };

static const struct heading headings[] = {
	[COL_WHAT] = { "", 26, 38, 100, ALIGN_LEFT },
	[COL_NUMBER] = { "", 10, 14, 99, ALIGN_RIGHT },
	[COL_NOTE] = { "", 16, 28, 80, ALIGN_LEFT },
	{ 0 }
};

struct drawn {
	const struct programs_page *s;
	const struct ui *ui;
	const struct program_figure *p;
};

static int64_t tally(const struct programs_page *s, enum program_line line)
{
	return s->tallies.people[line == ABOUT_READY ? TALLY_READY :
				 line == ABOUT_IDLE ? TALLY_IDLE : TALLY_NEAR];
}

int64_t programs_page_people(const struct programs_page *s, enum program_line line)
{
	switch (line) {
	case ABOUT_MEMBERS: return programs_page_at_hand(s)->enrolled;
	case ABOUT_ACTIVE: return programs_page_at_hand(s)->active;
	case ABOUT_NEAR:
	case ABOUT_READY:
	case ABOUT_IDLE: return tally(s, line);
	default: return -1;
	}
}

static const char *too_few(const struct ui *ui, int64_t people, char out[FORMAT_TEXT])
{
	char n[FORMAT_TEXT];

	snprintf(out, FORMAT_TEXT, ngettext("%s person: too few to tell",
					    "%s people: too few to tell", (unsigned long)people),
		 format_number(&ui->format, people, n));
	return out;
}

static const char *of_people(const struct ui *ui, int64_t people, char out[FORMAT_TEXT])
{
	char n[FORMAT_TEXT];

	snprintf(out, FORMAT_TEXT, ngettext("of %s person", "of %s people", (unsigned long)people),
		 format_number(&ui->format, people, n));
	return out;
}

static void draw_rewards(const struct drawn *d, size_t column, struct cell *out)
{
	const struct given_away *g = &d->p->given;
	char claimed[FORMAT_TEXT], unclaimed[FORMAT_TEXT];

	out->text = format_number(&d->ui->format, g->issued, out->room);
	if (column == COL_NUMBER)
		return;
	snprintf(out->room, sizeof(out->room), _("%1$s claimed, %2$s lapsed"),
		 format_number(&d->ui->format, g->claimed, claimed),
		 format_number(&d->ui->format, g->unclaimed, unclaimed));
	out->text = out->room;
}

static void draw_reach(const struct drawn *d, size_t column, struct cell *out)
{
	char n[FORMAT_TEXT];

	if (column == COL_NUMBER) {
		out->text = share_tells(d->p->reach) ? figure_rate(d->ui, d->p->reach, out->room) :
						       _("too few");
		return;
	}
	format_number(&d->ui->format, d->p->reach.whole, n);
	snprintf(out->room, sizeof(out->room), d->p->kind == PROGRAM_STAMPS ?
		 ngettext("of %s card", "of %s cards", (unsigned long)d->p->reach.whole) :
		 ngettext("of %s person", "of %s people", (unsigned long)d->p->reach.whole), n);
	out->text = out->room;
}

static void draw_breakage(const struct drawn *d, size_t column, struct cell *out)
{
	bool tells = d->p->breakage_people >= SHARE_FEW && d->p->breakage.whole > 0;

	if (column == COL_NUMBER && tells)
		out->text = figure_rate(d->ui, d->p->breakage, out->room);
	else if (column == COL_NUMBER)
		out->text = d->p->never_lapses ? "" : _("too few");
	else if (d->p->never_lapses && !d->p->breakage_people)
		out->text = _("they never lapse");
	else
		out->text = of_people(d->ui, d->p->breakage_people, out->room);
}

static void draw_money(const struct drawn *d, enum program_line line, size_t column,
		       struct cell *out)
{
	int64_t moved = d->p->owed - d->p->owed_before;
	char money[FORMAT_TEXT];

	if (d->p->unpriced) {
		out->text = column == COL_NUMBER ? "" : _("its rewards have no cost");
	} else if (column == COL_NUMBER) {
		out->text = format_money_short(&d->ui->format, line == ABOUT_COST ? d->p->cost :
					       d->p->owed, out->room);
	} else if (line == ABOUT_OWED) {
		format_money_short(&d->ui->format, moved < 0 ? -moved : moved, money);
		snprintf(out->room, sizeof(out->room), moved < 0 ? _("%s less than before") :
			 _("%s more than before"), money);
		out->text = out->room;
	}
}

static void draw_pace(const struct drawn *d, size_t column, struct cell *out)
{
	const struct program_pace *p = &d->p->pace;
	char low[FORMAT_TEXT], high[FORMAT_TEXT], n[FORMAT_TEXT];

	if (!program_pace_tells(p)) {
		out->text = column == COL_NUMBER ? "" : too_few(d->ui, p->people, out->room);
		return;
	}
	if (column == COL_NUMBER) {
		out->text = format_decimal(&d->ui->format, p->sooner, 1, out->room);
		return;
	}
	format_number(&d->ui->format, p->people, n);
	if (p->low <= 0 && p->high >= 0)
		snprintf(out->room, sizeof(out->room),
			 ngettext("may be chance (%s person)", "may be chance (%s people)",
				  (unsigned long)p->people), n);
	else
		snprintf(out->room, sizeof(out->room),
			 ngettext("%1$s to %2$s (%3$s person)", "%1$s to %2$s (%3$s people)",
				  (unsigned long)p->people),
			 format_decimal(&d->ui->format, p->low, 1, low),
			 format_decimal(&d->ui->format, p->high, 1, high), n);
	out->text = out->room;
}

static const char *group_number(const struct drawn *d, const struct program_group *g, bool money,
				char out[FORMAT_TEXT])
{
	if (money)
		return format_money_short(&d->ui->format, program_group_paid(g), out);
	return format_decimal(&d->ui->format, program_group_visits(g), 1, out);
}

static void draw_groups(const struct drawn *d, bool money, size_t column, struct cell *out)
{
	const struct program_group *g = column == COL_NUMBER ? &d->p->members : &d->p->others;
	char text[FORMAT_TEXT], n[FORMAT_TEXT];

	if (!program_group_tells(g)) {
		out->text = column == COL_NUMBER ? _("too few") : _("too few others to compare");
		return;
	}
	out->text = group_number(d, g, money, out->room);
	if (column == COL_NUMBER)
		return;
	snprintf(text, sizeof(text), "%s", out->text);
	snprintf(out->room, sizeof(out->room),
		 ngettext("others %1$s (%2$s person)", "others %1$s (%2$s people)",
			  (unsigned long)g->customers), text,
		 format_number(&d->ui->format, g->customers, n));
	out->text = out->room;
}

static void draw_cell(const void *arg, size_t row, size_t column, struct cell *out)
{
	const struct drawn *d = arg;
	enum program_line line = d->s->lines[row];

	if (column == COL_WHAT) {
		out->text = line == ABOUT_REACH && d->p->kind == PROGRAM_POINTS ?
			    _("Use points within 180 days") : _(line_names[line]);
		return;
	}
	switch (line) {
	case ABOUT_REACH: draw_reach(d, column, out); break;
	case ABOUT_REWARDS: draw_rewards(d, column, out); break;
	case ABOUT_BREAKAGE: draw_breakage(d, column, out); break;
	case ABOUT_COST:
	case ABOUT_OWED: draw_money(d, line, column, out); break;
	case ABOUT_PACE: draw_pace(d, column, out); break;
	case ABOUT_PAID:
	case ABOUT_VISITS: draw_groups(d, line == ABOUT_PAID, column, out); break;
	default:
		if (column == COL_NUMBER)
			out->text = format_number(&d->ui->format,
						  programs_page_people(d->s, line), out->room);
	}
}

static void draw_name(const struct programs_page *s, const struct ui *ui, const struct canvas *c)
{
	char n[FORMAT_TEXT], all[FORMAT_TEXT], which[3 * FORMAT_TEXT] = "";
	int cols, name;

	if (s->figures.n > 1)
		snprintf(which, sizeof(which), _("%1$s of %2$s, left and right: the next"),
			 format_number(&ui->format, (int64_t)s->program + 1, n),
			 format_number(&ui->format, (int64_t)s->figures.n, all));
	cols = shown_columns(which);
	name = c->at.w - cols - 2;
	put_text(c, (struct spot){ .cols = name > 0 ? name : c->at.w, .tone = TONE_STRONG },
		 programs_page_at_hand(s)->name);
	if (cols && name > 0)
		put_text(c, (struct spot){ .x = c->at.w - cols, .cols = cols, .tone = TONE_DIM },
			 which);
}

void programs_page_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct programs_page *s = state;
	struct drawn d = { s, ui, programs_page_at_hand(s) };
	struct canvas below = canvas_part(c, (struct rect){ 1, 0, c->at.h - 1, c->at.w });

	if (!d.p) {
		put_text(c, (struct spot){ .tone = TONE_STRONG },
			 _("There is no stamp card and no points program yet."));
		return;
	}
	draw_name(s, ui, c);
	figure_columns(&s->figure, &below, &(struct listing){ .headings = headings,
							      .cell = draw_cell, .arg = &d });
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/phone.h"
#include "screens/columns.h"
#include "screens/customer_card.h"

/* How a card looks: the name, what to know before anything is said, figures to
 * the left and balances to the right, and below them what happened. */

enum { SOON_DAYS = 14, ENTRIES_LEAST = 5, NOTES_LINES = 2, SAY_LINES = 2, CONSENT_LINES = 2,
       BAR_LEAST = 4, GAP = 2, KEY_COLS = 3, CONSENT_ROOM = 6 };

struct drawn {
	const struct customer_card *card;
	const struct ui *ui;
};

/* -- sentences -- */

/* Days until the next birthday, and the day; -1: none is known. */
static int days_to_birthday(const struct customer *c, int32_t today, int32_t *day)
{
	size_t len = strlen(c->birthday);
	int year, month, date, unused;

	if (len < 5 || sscanf(c->birthday + len - 5, "%2d-%2d", &month, &date) != 2)
		return -1;
	day_to_civil(today, &year, &unused, &unused);
	for (int32_t last = 0; last < today; year++) {
		/* On 29 February in other years: the last day of it. */
		*day = last = date_exists(year, month, date) ?
			day_from_civil(year, month, date) :
			day_month_end(day_from_civil(year, month, 1));
	}
	return *day - today;
}

static bool birthday_words(const struct customer_card *card, const struct ui *ui,
			   char out[FORMAT_TEXT * 2])
{
	int32_t day = 0;
	int in = days_to_birthday(&card->standing.customer, ui_today(ui), &day);
	char when[FORMAT_TEXT];

	if (in < 0 || in > SOON_DAYS)
		return false;
	format_weekday(&ui->format, day, when);
	if (in == 0)
		snprintf(out, FORMAT_TEXT * 2, "%s", _("Birthday today"));
	else if (in == 1)
		snprintf(out, FORMAT_TEXT * 2, "%s", _("Birthday tomorrow"));
	else
		snprintf(out, FORMAT_TEXT * 2, ngettext("Birthday in %d day, %s",
							"Birthday in %d days, %s",
							(unsigned long)in), in, when);
	return true;
}

static void add_part(struct buf *out, const char *text)
{
	if (*text)
		buf_printf(out, out->len ? "   %s" : "%s", text);
}

/* Phones, email, part of town, tags: what there is, in one line. */
static void contact_words(const struct customer *c, struct buf *out)
{
	char phone[2 * PHONE_TEXT], marked[200];

	for (uint32_t i = 0; i < c->phone_count; i++) {
		phone_show(c->phones[i].text, phone);
		snprintf(marked, sizeof(marked), _("%s (cannot be texted)"), phone);
		add_part(out, c->phones[i].e164 && c->phones[i].mobile ? phone : marked);
	}
	for (uint32_t i = 0; i < c->email_count; i++)
		add_part(out, c->emails[i].address);
	add_part(out, c->area);
	for (uint32_t i = 0; i < c->tag_count; i++)
		add_part(out, c->tags[i].name);
}

/* -- figures, to the left -- */

enum { FACTS = 5 };
struct facts {
	char line[FACTS][FORMAT_TEXT * 3];
	size_t n;
};

static void visit_facts(const struct customer_card *card, const struct ui *ui, struct facts *f)
{
	const struct figures *g = &card->standing.holder.figures;
	char a[FORMAT_TEXT], b[FORMAT_TEXT];

	format_number(&ui->format, g->visits, a);
	format_money_short(&ui->format, g->spend, b);
	snprintf(f->line[f->n++], sizeof(f->line[0]),
		 ngettext("%s visit, %s spent", "%s visits, %s spent", (unsigned long)g->visits),
		 a, b);
	format_ago(&ui->format, (int32_t)g->last_day, ui_today(ui), a);
	snprintf(f->line[f->n++], sizeof(f->line[0]), _("Last visit: %s"), a);
	format_day(&ui->format, (int32_t)g->first_day, b);
	snprintf(f->line[f->n++], sizeof(f->line[0]), _("First visit: %s"), b);
	if (card->gap == 1)
		snprintf(f->line[f->n++], sizeof(f->line[0]), "%s", _("Usually comes every day"));
	else if (card->gap)
		snprintf(f->line[f->n++], sizeof(f->line[0]),
			 ngettext("Usually comes every %d day", "Usually comes every %d days",
				  (unsigned long)card->gap), (int)card->gap);
}

static void make_facts(const struct customer_card *card, const struct ui *ui, struct facts *f)
{
	char added[FORMAT_TEXT];

	f->n = 0;
	if (card->standing.holder.figures.visits) {
		visit_facts(card, ui, f);
		return;
	}
	format_day(&ui->format, (int32_t)card->standing.customer.added, added);
	snprintf(f->line[f->n++], sizeof(f->line[0]), "%s", _("No visit yet"));
	snprintf(f->line[f->n++], sizeof(f->line[0]), _("In the book since %s"), added);
}

/* -- balances, to the right -- */

/* "[xxxxx   ]": a bar that says by its ends how much there could be. */
static void draw_bar(const struct canvas *c, struct spot s, int64_t part, int64_t whole)
{
	int room = s.cols - 2, full;

	part = part < 0 ? 0 : part > whole ? whole : part;
	full = whole > 0 ? (int)(part * room / whole) : 0;
	put_text(c, (struct spot){ .y = s.y, .x = s.x, .cols = 1 }, "[");
	if (full)
		put_text(c, (struct spot){ .y = s.y, .x = s.x + 1, .cols = full,
					   .tone = TONE_BAR }, "");
	put_text(c, (struct spot){ .y = s.y, .x = s.x + 1 + room, .cols = 1 }, "]");
}

/* "8/10", "412", "412, 20 later". */
static void balance_words(const struct customer_card *card, const struct ui *ui,
			  const struct program *p, char out[FORMAT_TEXT])
{
	int64_t later = standing_pending(&card->standing, p);
	char a[FORMAT_TEXT], b[FORMAT_TEXT];

	format_number(&ui->format, standing_balance(&card->standing, p), a);
	format_number(&ui->format, p->kind == PROGRAM_STAMPS ? p->goal : later, b);
	if (p->kind == PROGRAM_STAMPS)
		snprintf(out, FORMAT_TEXT, "%.40s/%.40s", a, b);
	else if (later)
		snprintf(out, FORMAT_TEXT, _("%.40s, %.40s later"), a, b);
	else
		snprintf(out, FORMAT_TEXT, "%s", a);
}

static void draw_balance(const struct canvas *c, int y, const struct drawn *d,
			 const struct program *p)
{
	int64_t balance = standing_balance(&d->card->standing, p);
	char words[FORMAT_TEXT];
	int x = c->at.w / 2, wide;

	balance_words(d->card, d->ui, p, words);
	wide = shown_columns(words);
	put_text(c, (struct spot){ .y = y, .cols = x - 1 }, p->name);
	put_text(c, (struct spot){ .y = y, .x = x, .cols = wide,
				   .tone = balance < 0 ? TONE_BAD : TONE_STRONG }, words);
	x += wide + 1;
	if (p->kind == PROGRAM_STAMPS && c->at.w - x >= BAR_LEAST)
		draw_bar(c, (struct spot){ .y = y, .x = x, .cols = c->at.w - x }, balance, p->goal);
}

static int draw_balances(const struct canvas *c, const struct drawn *d)
{
	const struct programs *all = &d->card->standing.programs;
	int y = 0;

	for (size_t i = 0; i < all->n && y < c->at.h; i++)
		if (standing_shows(&d->card->standing, &all->row[i]))
			draw_balance(c, y++, d, &all->row[i]);
	return y;
}

/* -- the upper part; each gives the lines it took -- */

static int draw_name(const struct canvas *c, const struct drawn *d)
{
	char number[FORMAT_TEXT];
	int wide;

	snprintf(number, sizeof(number), "#%" PRId64, d->card->id);
	wide = shown_columns(number);
	put_text(c, (struct spot){ .cols = c->at.w - wide - 1, .tone = TONE_TITLE }, d->card->name);
	put_text(c, (struct spot){ .x = c->at.w - wide, .cols = wide, .tone = TONE_DIM }, number);
	return 1;
}

static int draw_first(const struct canvas *c, const struct drawn *d)
{
	const struct customer *person = &d->card->standing.customer;
	char birthday[FORMAT_TEXT * 2];
	struct buf say = { 0 };
	int y = 0;

	if (birthday_words(d->card, d->ui, birthday))
		put_text(c, (struct spot){ .y = y++, .tone = TONE_WARN }, birthday);
	if (*person->notes)
		y += put_wrapped(c, (struct spot){ .y = y, .tone = TONE_STRONG }, NOTES_LINES,
				 person->notes);
	tell_standing(&d->card->standing, &d->ui->format, &say);
	if (say.len)
		y += put_wrapped(c, (struct spot){ .y = y, .tone = TONE_GOOD }, SAY_LINES, say.at);
	buf_release(&say);
	return y;
}

static int draw_contact(const struct canvas *c, const struct drawn *d)
{
	struct buf words = { 0 };
	int lines = 0;

	contact_words(&d->card->standing.customer, &words);
	if (words.len)
		lines = put_wrapped(c, (struct spot){ .tone = TONE_NORMAL }, 1, words.at);
	buf_release(&words);
	return lines;
}

static int draw_consent(const struct canvas *c, const struct drawn *d)
{
	int lines = c->at.h > CONSENT_ROOM ? CONSENT_LINES : 1;
	struct buf words = { 0 };

	card_consent_words(d->card, &d->ui->format, &words);
	if (shown_columns(words.at) > lines * (c->at.w - KEY_COLS))
		card_consent_words(d->card, NULL, &words);
	put_text(c, (struct spot){ .cols = KEY_COLS, .tone = TONE_KEY }, "^G");
	lines = put_wrapped(c, (struct spot){ .x = KEY_COLS, .tone = TONE_DIM }, lines, words.at);
	buf_release(&words);
	return lines;
}

static int draw_figures(const struct canvas *c, const struct drawn *d)
{
	int half = c->at.w / 2, right;
	struct canvas left = canvas_part(c, (struct rect){ 0, 0, c->at.h, half - GAP });
	struct canvas rest = canvas_part(c, (struct rect){ 0, half, c->at.h, c->at.w - half });
	struct facts facts;

	make_facts(d->card, d->ui, &facts);
	for (size_t i = 0; i < facts.n; i++)
		put_text(&left, (struct spot){ .y = (int)i }, facts.line[i]);
	right = draw_balances(&rest, d);
	return right > (int)facts.n ? right : (int)facts.n;
}

/* To two digits: more would say more than is known. */
static int64_t about(int64_t minor)
{
	int64_t step = 1;

	while (minor / step >= 100)
		step *= 10;
	return (minor + step / 2) / step * step;
}

static int draw_no_worth(const struct canvas *c, const struct customer_card *card)
{
	if (!card->gap || (!card->few && !card->early))
		return 0;
	put_text(c, (struct spot){ .tone = TONE_DIM },
		 card->few ? _("Too few customers come again to tell who stays.") :
			     _("It is too early to tell who stays."));
	return 1;
}

/* What is to be expected of them, when it is known; nobody waits for it. */
static int draw_worth(const struct canvas *c, const struct drawn *d)
{
	const struct clv_person *p = &d->card->worth;
	char chance[FORMAT_TEXT], money[FORMAT_TEXT];

	if (!d->card->has_worth || !d->card->priced)
		return draw_no_worth(c, d->card);
	format_percent(&d->ui->format, llround(p->alive * 100) * 100, chance);
	format_money_short(&d->ui->format, about(p->value), money);
	if (p->x)
		put_format(c, (struct spot){ .tone = TONE_NORMAL },
			   _("Likely still a regular: %1$s. May bring about %2$s in a year."),
			   chance, money);
	else
		put_format(c, (struct spot){ .tone = TONE_NORMAL },
			   _("Came once: may bring about %s in a year."), money);
	return 1;
}

/* The canvas below what was drawn. */
static struct canvas below(const struct canvas *c, int lines)
{
	return canvas_part(c, (struct rect){ lines, 0, c->at.h - lines, c->at.w });
}

/* -- what happened -- */

enum { COLUMN_DAY, COLUMN_KIND, COLUMN_AMOUNT, COLUMN_MOVES, COLUMN_RECEIPT, COLUMN_WHO };

static const struct heading headings[] = {
	[COLUMN_DAY] = { N_("When"), 11, 12, 90, ALIGN_LEFT },
	[COLUMN_KIND] = { N_("What"), 16, 18, 100, ALIGN_LEFT },
	[COLUMN_AMOUNT] = { N_("Amount"), 8, 10, 80, ALIGN_RIGHT },
	[COLUMN_MOVES] = { N_("Points and rewards"), 22, 40, 110, ALIGN_LEFT },
	[COLUMN_RECEIPT] = { N_("Receipt"), 8, 10, 40, ALIGN_LEFT },
	[COLUMN_WHO] = { N_("By"), 6, 10, 30, ALIGN_LEFT },
	{ 0 }
};

static void draw_cell(const void *arg, size_t row, size_t column, struct cell *out)
{
	const struct drawn *d = arg;
	const struct recent_row *r = &d->card->recent.row[row];

	out->tone = r->undone ? TONE_DIM : TONE_NORMAL;
	switch (column) {
	case COLUMN_DAY:
		out->text = format_day(&d->ui->format, r->day, out->room);
		return;
	case COLUMN_KIND:
		snprintf(out->room, sizeof(out->room), r->undone ? _("%s, undone") : "%s",
			 tell_kind(r->kind));
		out->text = out->room;
		return;
	case COLUMN_AMOUNT:
		if (r->total)
			out->text = format_money_short(&d->ui->format, r->total, out->room);
		return;
	case COLUMN_MOVES:
		out->text = *r->words ? r->words : r->reason;
		return;
	case COLUMN_RECEIPT:
		out->text = r->receipt;
		return;
	default:
		out->text = r->who;
		return;
	}
}

void card_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct customer_card *card = state;
	struct drawn d = { card, ui };
	struct canvas top = canvas_part(c, (struct rect){ 0, 1, c->at.h - ENTRIES_LEAST - 1,
							  c->at.w - 2 }), rest = top;
	struct listing listing = { .headings = headings, .list = &card->list, .cell = draw_cell,
				   .arg = &d, .empty = _("Nothing happened yet."),
				   .focused = true };
	int y;

	if (card->standing.customer.erased) {
		put_text(c, (struct spot){ .tone = TONE_WARN }, _("This customer was erased."));
		return;
	}
	y = draw_name(&top, &d);
	rest = below(&top, y);
	y += draw_first(&rest, &d);
	rest = below(&top, y);
	y += draw_contact(&rest, &d);
	rest = below(&top, y);
	y += draw_consent(&rest, &d);
	rest = below(&top, y);
	y += draw_worth(&rest, &d);
	rest = below(&top, y);
	y += draw_figures(&rest, &d);
	y = y < top.at.h ? y : top.at.h;
	put_rule(c, y);
	rest = below(c, y + 1);
	columns_draw(&rest, &listing);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/tell.h"

#include <inttypes.h>

#include "base/language.h"
#include "shop/consent.h"
#include "shop/sale.h"

/* -- what it moved -- */

int64_t entry_moved(const struct entry *e, int64_t unit, enum counterpart counter)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < e->posting_count; i++)
		if (e->postings[i].unit == unit && e->postings[i].counter == (int64_t)counter)
			sum += e->postings[i].amount;
	return sum;
}

int64_t entry_made_ready(const struct entry *e, const struct reward *r)
{
	int64_t unit = unit_make(UNIT_REWARD, r->id);
	int64_t issued = entry_moved(e, unit, COUNTER_ISSUED);

	return issued > 0 ? issued + entry_moved(e, unit, COUNTER_REDEEMED) : 0;
}

/* A program's points or stamps in an entry. */
struct movement {
	bool any;
	int64_t change;		/* net, but for 'used' */
	int64_t used;		/* paid on the bill; a full card that became a reward */
};

static struct movement movement_of(const struct entry *e, const struct program *p)
{
	int64_t unit = unit_make(UNIT_PROGRAM, p->id);
	struct movement m = { .any = false };
	int64_t used;

	for (uint32_t i = 0; i < e->posting_count; i++) {
		if (e->postings[i].unit != unit)
			continue;
		m.any = true;
		m.change += e->postings[i].amount;
	}
	used = -entry_moved(e, unit, COUNTER_REDEEMED);
	if (used > 0 && (p->kind == PROGRAM_STAMPS || e->kind == ENTRY_SALE))
		m.used = used;
	/* A card that was full and is not any more is told by its reward. */
	m.change += p->kind == PROGRAM_STAMPS ? used : m.used;
	return m;
}

/* -- sentences -- */

struct teller {
	const struct deed *d;
	const struct format *f;
	struct buf *out;
};

static unsigned long plural(int64_t n)
{
	return (unsigned long)(n < 0 ? -n : n);
}

enum { SIGNED_TEXT = FORMAT_TEXT + 1 };

/* "+1", "-70" */
static const char *with_sign(const struct format *f, int64_t n, char out[SIGNED_TEXT])
{
	out[0] = n < 0 ? '-' : '+';
	format_number(f, n < 0 ? -n : n, out + 1);
	return out;
}

static void tell_sale(const struct teller *t, const char *receipt, const char *who)
{
	char bill[FORMAT_TEXT], off[FORMAT_TEXT], total[FORMAT_TEXT];
	const struct entry *e = t->d->entry;

	format_money(t->f, e->total + e->discount, bill);
	format_money(t->f, e->discount, off);
	format_money(t->f, e->total, total);
	if (e->discount && e->customer)
		buf_sentence(t->out, _("Saved %1$s: %2$s less %3$s is %4$s, %5$s."), receipt, bill,
			     off, total, who);
	else if (e->discount)
		buf_sentence(t->out, _("Saved %1$s: %2$s less %3$s is %4$s."), receipt, bill, off,
			     total);
	else if (e->customer)
		buf_sentence(t->out, _("Saved %1$s: %2$s, %3$s."), receipt, total, who);
	else
		buf_sentence(t->out, _("Saved %1$s: %2$s."), receipt, total);
}

static void tell_refund(const struct teller *t, const char *receipt, const char *who)
{
	char back[FORMAT_TEXT];

	format_money(t->f, -t->d->entry->total, back);
	if (!t->d->entry->about)
		buf_sentence(t->out, _("Given back: %1$s, by %2$s; its sale is not in the book."),
			     back, receipt);
	else if (t->d->entry->customer)
		buf_sentence(t->out, _("Refunded %1$s of %2$s, %3$s."), back, receipt, who);
	else
		buf_sentence(t->out, _("Refunded %1$s of %2$s."), back, receipt);
}

static void tell_claim(const struct teller *t, const char *who)
{
	const struct reward *r = reward_by_id(&t->d->standing.rewards, t->d->entry->subject);

	if (r)
		buf_sentence(t->out, _("%1$s for %2$s."), r->name, who);
	else
		buf_sentence(t->out, _("A reward for %s."), who);
}

static void tell_undo(const struct teller *t)
{
	const struct entry *e = t->d->undone;
	char receipt[RECEIPT_TEXT], money[FORMAT_TEXT];

	sale_receipt(e, receipt);
	format_money(t->f, e->total < 0 ? -e->total : e->total, money);
	if (e->kind == ENTRY_SALE)
		buf_sentence(t->out, _("The sale %1$s of %2$s is undone."), receipt, money);
	else if (e->kind == ENTRY_REFUND)
		buf_sentence(t->out, _("The refund of %1$s on %2$s is undone."), money, receipt);
	else
		buf_sentence(t->out, _("Entry %" PRId64 " is undone."), e->seq);
}

static void tell_answer(const struct teller *t, const char *who)
{
	const struct customer *c = &t->d->standing.customer;
	struct consent said;

	if (!consent_of_entry(t->d->entry, &said))
		return;
	tell_consent(&said, who, t->out);
	if (said.state == CONSENT_YES &&
	    !consent_has_address(c, (enum consent_channel)said.channel))
		buf_sentence(t->out, "%s", said.channel == CONSENT_EMAIL ?
			     _("There is no email address of them yet.") :
			     _("There is no phone of them yet that can be reached so."));
}

static void tell_entry(const struct teller *t)
{
	const struct entry *e = t->d->entry;
	const struct customer *c = &t->d->standing.customer;
	char receipt[RECEIPT_TEXT], title[CUSTOMER_TITLE];
	const char *who = c->name;

	sale_receipt(e, receipt);
	customer_title(c, title);
	if (!*who)
		who = title;
	switch (e->kind) {
	case ENTRY_SALE: tell_sale(t, receipt, who); break;
	case ENTRY_REFUND: tell_refund(t, receipt, who); break;
	case ENTRY_CLAIM: tell_claim(t, who); break;
	case ENTRY_UNDO: tell_undo(t); break;
	case ENTRY_CONSENT: tell_answer(t, who); break;
	default:
		if (e->customer)
			buf_sentence(t->out, _("Booked for %s."), who);
		else
			buf_sentence(t->out, "%s", _("Booked."));
	}
}

static void tell_reward(const struct teller *t, const struct reward *r)
{
	const struct entry *e = t->d->entry;
	int64_t unit = unit_make(UNIT_REWARD, r->id), n = entry_made_ready(e, r);
	char times[FORMAT_TEXT];

	if (n == 1)
		buf_sentence(t->out, _("%s is ready."), r->name);
	else if (n > 1)
		buf_sentence(t->out, ngettext("%1$s is ready %2$s time.",
					      "%1$s is ready %2$s times.", plural(n)), r->name,
			     format_number(t->f, n, times));
	if (entry_moved(e, unit, COUNTER_REDEEMED) < 0 && e->kind != ENTRY_CLAIM)
		buf_sentence(t->out, _("%s is given."), r->name);
	if (entry_moved(e, unit, COUNTER_ISSUED) < 0)
		buf_sentence(t->out, _("%s is taken back."), r->name);
}

static void tell_stamps(const struct teller *t, const struct program *p, struct movement m)
{
	const struct standing *s = &t->d->standing;
	const struct reward *r = reward_by_id(&s->rewards, p->reward);
	int64_t on_card = standing_balance(s, p), n = m.change;
	char change[SIGNED_TEXT], there[FORMAT_TEXT], goal[FORMAT_TEXT], more[FORMAT_TEXT];

	with_sign(t->f, n, change);
	format_number(t->f, on_card < 0 ? -on_card : on_card, there);
	format_number(t->f, p->goal, goal);
	format_number(t->f, p->goal - on_card, more);
	if (m.used > 0)
		buf_sentence(t->out, ngettext("%1$s stamp fills the card: %2$s of %3$s on the next "
					      "one.",
					      "%1$s stamps fill the card: %2$s of %3$s on the "
					      "next one.", plural(n)), change, there, goal);
	else if (on_card < 0)
		buf_sentence(t->out, ngettext("%1$s stamp (owes %2$s).", "%1$s stamps (owes %2$s).",
					      plural(n)), change, there);
	else if (r)
		buf_sentence(t->out, ngettext("%1$s stamp (%2$s of %3$s): %4$s more for %5$s.",
					      "%1$s stamps (%2$s of %3$s): %4$s more for %5$s.",
					      plural(n)), change, there, goal, more, r->name);
	else
		buf_sentence(t->out, ngettext("%1$s stamp (%2$s of %3$s): %4$s more for a full "
					      "card.",
					      "%1$s stamps (%2$s of %3$s): %4$s more for a full "
					      "card.", plural(n)), change, there, goal, more);
}

static void tell_paid(const struct teller *t, int64_t n)
{
	char used[FORMAT_TEXT];

	buf_sentence(t->out, ngettext("Paid with %s point.", "Paid with %s points.", plural(n)),
		     format_number(t->f, n, used));
}

static void tell_paid_alone(const struct teller *t, const struct program *p, int64_t n)
{
	char used[FORMAT_TEXT], there[FORMAT_TEXT];
	int64_t balance = standing_balance(&t->d->standing, p);

	format_number(t->f, n, used);
	if (balance < 0)
		tell_paid(t, n);
	else
		buf_sentence(t->out, ngettext("Paid with %1$s point (%2$s in all).",
					      "Paid with %1$s points (%2$s in all).", plural(n)),
			     used, format_number(t->f, balance, there));
}

static void tell_points(const struct teller *t, const struct program *p, int64_t n)
{
	int64_t balance = standing_balance(&t->d->standing, p);
	int64_t pending = standing_pending(&t->d->standing, p);
	char change[SIGNED_TEXT], there[FORMAT_TEXT], waiting[FORMAT_TEXT];

	with_sign(t->f, n, change);
	format_number(t->f, balance < 0 ? -balance : balance, there);
	format_number(t->f, pending, waiting);
	if (balance < 0)
		buf_sentence(t->out, ngettext("%1$s point (owes %2$s).", "%1$s points (owes %2$s).",
					      plural(n)), change, there);
	else if (pending)
		buf_sentence(t->out, ngettext("%1$s point (%2$s to spend, %3$s pending).",
					      "%1$s points (%2$s to spend, %3$s pending).",
					      plural(n)), change, there, waiting);
	else
		buf_sentence(t->out, ngettext("%1$s point (%2$s in all).",
					      "%1$s points (%2$s in all).", plural(n)),
			     change, there);
}

static bool another_of_its_kind(const struct programs *all, const struct program *p)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		n += all->row[i].kind == p->kind;
	return n > 1;
}

/* -- what it did not give, and why -- */

static void tell_no_stamp(const struct teller *t, const struct program *p,
			  enum earns_nothing why)
{
	char text[FORMAT_TEXT];

	if (why == NOTHING_PAID)
		buf_sentence(t->out, "%s", _("No stamp: nothing was paid."));
	else if (why == NOTHING_SMALL)
		buf_sentence(t->out, _("No stamp: less than %s."),
			     format_money(t->f, p->min_spend, text));
	else if (why == NOTHING_COUNTS && p->include_count == 1)
		buf_sentence(t->out, _("No stamp: nothing from %s."), p->include[0].name);
	else if (why == NOTHING_COUNTS)
		buf_sentence(t->out, "%s", _("No stamp: nothing on the bill counts for it."));
	else if (why == NOTHING_ENOUGH)
		buf_sentence(t->out, "%s", _("No stamp: it is too little for one."));
	else if (p->daily_cap)
		buf_sentence(t->out, ngettext("No stamp: the card had %s today.",
					      "No stamp: the card had %s today.",
					      plural(p->daily_cap)),
			     format_number(t->f, p->daily_cap, text));
}

static void tell_no_points(const struct teller *t, const struct program *p,
			   enum earns_nothing why)
{
	char text[FORMAT_TEXT];

	if (why == NOTHING_PAID)
		buf_sentence(t->out, "%s", _("No points: nothing was paid."));
	else if (why == NOTHING_SMALL)
		buf_sentence(t->out, _("No points: less than %s."),
			     format_money(t->f, p->min_spend, text));
	else if (why == NOTHING_COUNTS && p->include_count == 1)
		buf_sentence(t->out, _("No points: nothing from %s."), p->include[0].name);
	else if (why == NOTHING_COUNTS)
		buf_sentence(t->out, "%s", _("No points: nothing on the bill counts for them."));
	else if (why == NOTHING_ENOUGH)
		buf_sentence(t->out, "%s", _("No points: it is too little for one."));
	else if (p->daily_cap)
		buf_sentence(t->out, ngettext("No points: %s a day is all.",
					      "No points: %s a day are all.",
					      plural(p->daily_cap)),
			     format_number(t->f, p->daily_cap, text));
}

static bool may_earn(const struct entry *e, const struct program *p)
{
	return e->kind == ENTRY_SALE && e->customer && !p->stopped && p->from <= e->day;
}

static void tell_nothing(const struct teller *t, const struct program *p)
{
	enum earns_nothing why = t->d->nothing[p - t->d->standing.programs.row];

	if (p->kind == PROGRAM_STAMPS)
		tell_no_stamp(t, p, why);
	else
		tell_no_points(t, p, why);
}

static void tell_program(const struct teller *t, const struct program *p)
{
	struct movement m = movement_of(t->d->entry, p);
	struct buf words = { 0 };
	struct teller own = { t->d, t->f, &words };
	bool named = m.any ? t->d->standing.programs.n > 1 :
			     another_of_its_kind(&t->d->standing.programs, p);

	if (!m.any) {
		if (may_earn(t->d->entry, p))
			tell_nothing(&own, p);
	} else if (p->kind == PROGRAM_STAMPS) {
		tell_stamps(&own, p, m);
	} else if (m.used > 0 && !m.change) {
		tell_paid_alone(&own, p, m.used);
	} else {
		if (m.used > 0)
			tell_paid(&own, m.used);
		tell_points(&own, p, m.change);
	}
	if (words.len && named)
		buf_sentence(t->out, _("%1$s: %2$s"), p->name, words.at);
	else if (words.len)
		buf_sentence(t->out, "%s", words.at);
	buf_release(&words);
}

void tell_done(const struct deed *d, const struct format *f, struct buf *out)
{
	struct teller t = { d, f, out };

	tell_entry(&t);
	for (size_t i = 0; i < d->standing.rewards.n; i++)
		tell_reward(&t, &d->standing.rewards.row[i]);
	for (size_t i = 0; i < d->standing.programs.n; i++)
		tell_program(&t, &d->standing.programs.row[i]);
	if (d->repeated)
		buf_sentence(out, "%s", _("This was done before; nothing was changed now."));
}

/* -- in a few words -- */

struct mover {
	const struct standing *s;
	const struct format *f;
	struct buf *out;
};

/* Adds it to the list. */
static void add_words(struct buf *out, const char *words)
{
	if (out->len)
		buf_text(out, ", ");
	buf_text(out, words);
}

static void list_amount(const struct program *p, int64_t n, const struct mover *m)
{
	char amount[SIGNED_TEXT];
	struct buf words = { 0 };

	if (!n)
		return;
	with_sign(m->f, n, amount);
	if (another_of_its_kind(&m->s->programs, p))
		buf_printf(&words, "%s %s", amount, p->name);
	else if (p->kind == PROGRAM_STAMPS)
		buf_printf(&words, ngettext("%s stamp", "%s stamps", plural(n)), amount);
	else
		buf_printf(&words, ngettext("%s point", "%s points", plural(n)), amount);
	add_words(m->out, words.at);
	buf_release(&words);
}

static void list_reward(const struct entry *e, const struct reward *r, const struct mover *m)
{
	int64_t unit = unit_make(UNIT_REWARD, r->id);
	int64_t used = entry_moved(e, unit, COUNTER_REDEEMED);
	struct buf words = { 0 };

	if (entry_made_ready(e, r) > 0)
		buf_printf(&words, P_("reward", "%s ready"), r->name);
	else if (used < 0)
		buf_printf(&words, _("%s given"), r->name);
	else if (used > 0)
		buf_printf(&words, _("%s given back"), r->name);
	else if (entry_moved(e, unit, COUNTER_ISSUED) < 0)
		buf_printf(&words, _("%s taken back"), r->name);
	else if (entry_moved(e, unit, COUNTER_EXPIRED) < 0)
		buf_printf(&words, _("%s lapsed"), r->name);
	if (words.len)
		add_words(m->out, words.at);
	buf_release(&words);
}

void tell_moves(const struct entry *e, const struct standing *s, const struct format *f,
		struct buf *out)
{
	struct mover m = { s, f, out };
	struct consent said;

	if (consent_of_entry(e, &said))
		add_words(out, tell_consent_short(&said));
	for (size_t i = 0; i < s->programs.n; i++) {
		const struct program *p = &s->programs.row[i];
		struct movement moved = movement_of(e, p);

		list_amount(p, moved.change, &m);
		if (p->kind == PROGRAM_POINTS)
			list_amount(p, -moved.used, &m);
	}
	for (size_t i = 0; i < s->rewards.n; i++)
		list_reward(e, &s->rewards.row[i], &m);
}

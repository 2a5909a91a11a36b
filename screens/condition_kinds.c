/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/condition_kinds.h"

#include "base/language.h"

/* What is asked for most stands first: a digit takes it. */
const struct condition_kind condition_kinds[CONDITION_KINDS] = {
	{ N_("Last visit"), {
		{ N_("longer ago than"), "last_visit > %d" },
		{ N_("within the last"), "last_visit <= %d" },
		{ N_("none yet"), "visits = 0" } } },
	{ N_("Number of visits"), {
		{ N_("at least"), "visits >= %n" },
		{ N_("at most"), "visits <= %n" },
		{ N_("at least, within the last"), "visits(%w) >= %n" },
		{ N_("at most, within the last"), "visits(%w) <= %n" } } },
	{ N_("Money spent"), {
		{ N_("at least"), "spend >= %m" },
		{ N_("at most"), "spend <= %m" },
		{ N_("at least, within the last"), "spend(%w) >= %m" },
		{ N_("at most, within the last"), "spend(%w) <= %m" } } },
	{ N_("Bought an item"), {
		{ N_("at some time"), "bought(item = %i)" },
		{ N_("within the last"), "bought(item = %i, %w)" },
		{ N_("never"), "not bought(item = %i)" },
		{ N_("not within the last"), "not bought(item = %i, %w)" } } },
	{ N_("Bought of a category"), {
		{ N_("at some time"), "bought(category = %c)" },
		{ N_("within the last"), "bought(category = %c, %w)" },
		{ N_("never"), "not bought(category = %c)" },
		{ N_("not within the last"), "not bought(category = %c, %w)" } } },
	{ N_("Tag"), {
		{ N_("has it"), "tag:%t" },
		{ N_("does not have it"), "not tag:%t" } } },
	{ N_("May be texted or written to"), {
		{ N_("said yes to texts (SMS)"), "consent.sms" },
		{ N_("said yes to emails"), "consent.email" },
		{ N_("said yes to WhatsApp"), "consent.whatsapp" },
		{ N_("was not asked about texts yet"), "consent.sms = not_asked" },
		{ N_("has a mobile phone"), "textable" } } },
	{ N_("Birthday"), {
		{ N_("today"), "birthday = today" },
		{ N_("within the next"), "birthday within %a" } } },
	{ N_("Stamps missing"), {
		{ N_("at most"), "stamps_left(%p) <= %n" } } },
	{ N_("Points or stamps"), {
		{ N_("at least"), "balance(%q) >= %n" },
		{ N_("at most"), "balance(%q) <= %n" },
		{ N_("lapse within the next"), "lapses within %a" } } },
	{ N_("Reward ready"), {
		{ N_("yes"), "ready > 0" },
		{ N_("no"), "ready = 0" } } },
	{ N_("Program"), {
		{ N_("takes part"), "member(%q)" },
		{ N_("does not take part"), "not member(%q)" } } },
	{ N_("Still a regular?"), {
		{ N_("yes: comes as usual"), "gaps <= 2" },
		{ N_("cools off: silent for more than twice as long as usual"),
		  "gaps > 2 and gaps <= 5" },
		{ N_("gone: silent for more than five times as long"), "gaps > 5" },
		{ N_("will likely come again (one half or more)"), "p_alive >= 0.5" },
		{ N_("will likely not come again"), "p_alive < 0.5" } } },
	{ N_("Group by recency, frequency and money (RFM)"), {
		{ N_("is in it"), "rfm = %g" },
		{ N_("is not in it"), "rfm != %g" } } },
	{ N_("Will likely spend from now on"), {
		{ N_("at least"), "value >= %m" } } },
	{ N_("Comes on a day of the week"), {
		{ N_("came at some time"), "visited(weekday = %k)" },
		{ N_("within the last"), "visited(weekday = %k, %w)" } } },
	{ N_("First visit"), {
		{ N_("within the last"), "first_visit <= %d" },
		{ N_("longer ago than"), "first_visit > %d" } } },
	{ N_("Area"), {
		{ N_("is"), "area = %o" },
		{ N_("is not"), "area != %o" } } },
	{ N_("Segment"), {
		{ N_("is in it"), "segment:%s" },
		{ N_("is not in it"), "not segment:%s" } } },
};

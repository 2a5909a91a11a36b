/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/help.h"

static const char flags_text[] =
	"  --shop DIR     the shop's folder; without it $REGULARS_SHOP, then regulars/shop in\n"
	"                 $XDG_DATA_HOME or ~/.local/share\n"
	"  --json         one JSON document on standard output; on failure nothing at all\n"
	"  --quiet        say nothing when all is well\n"
	"  --as STAFF     who does this, as the journal shall say; else the Unix user\n"
	"  --op ID        a name of your own for this operation. When an answer was lost,\n"
	"                 repeat the command with the same ID: nothing happens twice.\n"
	"  --help         explain a command       --version    print the version\n"
	"\n"
	"Flags stand anywhere, as --flag VALUE or --flag=VALUE. -- ends them. A yes/no flag\n"
	"is taken back by --flag=no, and most fields are emptied by an empty value: --area ''";

static const char dates_text[] =
	"Dates are 2026-03-01, times 2026-03-01T09:14:00, both in the shop's time zone; a time\n"
	"may end in Z or +05:30. Set REGULARS_NOW to such a time to try things out: the whole\n"
	"program then takes it for now.";

static const char money_text[] =
	"Amounts are in the shop's currency: 12.50, 12,50 or 1,149.00. Nothing is rounded: an\n"
	"amount with more decimals than the currency has is refused. With --json they are\n"
	"strings, \"12.50\", so that no program rounds them either.";

static const char customers_text[] =
	"CUSTOMER and --customer take whatever names one person: a phone, a card, the till's\n"
	"code, #17 for number 17, or a name, also in another script or without its accents.\n"
	"When it fits two people both are named and nothing is done.";

static const char exit_text[] =
	"0  done\n"
	"1  refused by a rule of the shop; nothing was changed, and the reason is said\n"
	"2  the command line cannot be read\n"
	"3  there is no such customer, sale, program ...\n"
	"4  the store, the disk or the system said no\n"
	"5  verify found faults";

static const char scripts_text[] =
	"With --json a command prints one document. Ids are integers, amounts decimal strings\n"
	"with the shop's \"currency\" beside them, what is absent is null, and more fields may\n"
	"be added at any time. A failure prints nothing on standard output.";

static const char filter_text[] =
	"A filter chooses customers, wherever --where is taken, in segments and on screens:\n"
	"\n"
	"  regulars customer list --where \"last_visit > 60d and visits >= 3 and not tag:staff\"\n"
	"\n"
	"Tests are joined by and, or, not and brackets; \"and\" binds more closely than \"or\".\n"
	"Comparisons are = != < <= > >=, ~ (contains: a part of a text), within (a time), and\n"
	"in (a, b). A number alone asks whether it is above zero. A text of several words\n"
	"stands in quotes; case, accents and scripts do not matter. Amounts are 5000 or 12.50.\n"
	"\n"
	"A time is a length back from today (60d, 8w, 12m, 2 years), a day 2026-08-31, a month\n"
	"2026-08 or a year 2026, a range 2026-08-01..2026-08-31, today or yesterday. A window of\n"
	"90d is today and the 89 days before it. \"> 60d\" is longer ago, \"> 2026-08-31\" later.\n"
	"Of a day that there is not (no visit yet) no comparison is true: visits = 0 finds them.\n"
	"gaps, rfm, r, f, m, p_alive, expected and value are as of the last sale, as in reports.\n"
	"\n"
	"What there is to ask:\n";

const struct topic topics[] = {
	{ "flags", "flags of every command, and how flags are written", flags_text, NULL },
	{ "customers", "how a person is named", customers_text, NULL },
	{ "filter", "how customers are chosen: --where", filter_text, help_filter_words },
	{ "dates", "dates, times, and the clock", dates_text, NULL },
	{ "money", "how amounts are written", money_text, NULL },
	{ "json", "what scripts may rely on", scripts_text, NULL },
	{ "exit", "what the exit statuses mean", exit_text, NULL },
	{ NULL, NULL, NULL, NULL }
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/tour.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "cli/cli.h"

enum { WORDS = 16, FIRST_WORDS = 3 };

/* What is said, and a command's words; a word "FILE" is the till's file, "TAKINGS"
 * what a day brings. */
struct step {
	const char *say;
	const char *words[WORDS];
};

static const struct step steps[] = {
	{ "The shop this morning", { "report", "summary" } },
	{ "Yesterday's sales come from the till; the same file twice would change nothing",
	  { "import", "FILE" } },
	{ "Names are found in any script", { "customer", "find", "sunita", "patel" } },
	{ "A new face, who brings a paper card with nine stamps",
	  { "customer", "add", "Noor Tamboli", "--phone", "98980 12345" } },
	{ NULL, { "opening", "Noor Tamboli", "--program", "Tea card", "--amount", "9" } },
	{ "Two cups: the card is full, and what to say stands in one line",
	  { "sale", "add", "--customer", "Noor Tamboli", "--item", "Masala chai:2", "--receipt",
	    "T-1", "--tender", "cash" } },
	{ "The free tea is drunk at once", { "reward", "claim", "Noor Tamboli", "Free tea" } },
	{ "She is good for her old points too", { "opening", "Noor Tamboli", "--program", "Points",
						  "--amount", "60" } },
	{ "A packet of tea, paid for in part with points",
	  { "sale", "add", "--customer", "98980 12345", "--item", "Tea 250 g", "--points", "50",
	    "--receipt", "T-2" } },
	{ "It was the wrong packet: half of it goes back, and so do half of the points",
	  { "sale", "refund", "T-2", "--amount", "65.00", "--reason", "wrong packet" } },
	{ "How she stands", { "customer", "show", "Noor Tamboli" } },
	{ "And why", { "explain", "Noor Tamboli" } },
	{ "Do people come back?", { "report", "retention" } },
	{ "Everything adds up", { "verify" } },
	{ "The day ends; the fingerprint is written on the paper that the shop keeps",
	  { "day", "close", "--takings", "TAKINGS" } },
};

/* Sales of yesterday, as a till writes them. */
static int write_file(const char *path)
{
	char day[DAY_TEXT];
	FILE *f = fopen(path, "w");
	int failed;

	if (!f)
		return -1;
	day_print(clock_day(clock_now()) - 1, day);
	fprintf(f, "date,receipt,refund,customer,name,phone,item,category,quantity,amount,tender\n"
		"%sT08:02:00,TILL-1,,T-77,Bhanu Rao,+919898077777,Masala chai,tea,2,40.00,cash\n"
		"%sT08:02:00,TILL-1,,T-77,Bhanu Rao,+919898077777,Khari,snacks,1,15.00,cash\n"
		"%sT08:15:00,TILL-2,,,,,Ginger tea,tea,1,25.00,cash\n"
		"%sT08:40:00,TILL-1,1,T-77,Bhanu Rao,+919898077777,Khari,snacks,1,-15.00,cash\n",
		day, day, day, day);
	failed = ferror(f);
	return fclose(f) || failed ? -1 : 0;
}

static void print_word(const char *word)
{
	if (word[strcspn(word, " '\"$&();*?<>|\\#")] || !*word)
		printf(" \"%s\"", word);
	else
		printf(" %s", word);
}

struct walk {
	const char *dir, *file;
	char takings[24];
};

static const char *word_of(const struct walk *w, const char *word)
{
	if (!strcmp(word, "FILE"))
		return w->file;
	return strcmp(word, "TAKINGS") ? word : w->takings;
}

static int take_step(const struct step *s, const struct walk *w)
{
	char *argv[FIRST_WORDS + WORDS + 1] = { "regulars", "--shop", (char *)(uintptr_t)w->dir };
	int argc = FIRST_WORDS;

	if (s->say)
		printf("\n# %s\n", s->say);
	printf("$ regulars");
	for (size_t i = 0; i < WORDS && s->words[i]; i++) {
		const char *word = word_of(w, s->words[i]);

		print_word(word);
		argv[argc++] = (char *)(uintptr_t)word;
	}
	printf("\n");
	fflush(stdout);
	return cli_main(argc, argv, NULL);
}

/* More than such a shop rings up in a day: part of what is bought is not. */
static int64_t takings_of(int64_t customers)
{
	return customers > 1200 ? customers * 15 / 2 : 9000;
}

int tour(const char *dir, int64_t customers)
{
	struct walk w = { .dir = dir };
	struct buf file = { 0 };
	int status = EXIT_DONE;

	buf_printf(&file, "%s/till.csv", dir);
	if (write_file(file.at)) {
		fprintf(stderr, "regulars: cannot write %s: %s\n", file.at, strerror(errno));
		buf_release(&file);
		return EXIT_STORE;
	}
	w.file = file.at;
	snprintf(w.takings, sizeof(w.takings), "%" PRId64, takings_of(customers));
	for (size_t i = 0; status == EXIT_DONE && i < sizeof(steps) / sizeof(steps[0]); i++)
		status = take_step(&steps[i], &w);
	buf_release(&file);
	if (status == EXIT_DONE)
		printf("\nThe sample shop stays in %s: look around with\n"
		       "regulars --shop %s COMMAND; regulars help lists the commands.\n", dir, dir);
	return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/doctor.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/language.h"

enum {
	CHECK_FOLDER, CHECK_FILES, CHECK_DISK, CHECK_CONF, CHECK_STORE, CHECK_COPY,
	CHECK_KEPT, CHECK_BACKUP, CHECK_CLOCK, CHECK_SWEEP, CHECK_VERIFY, CHECK_ROOM,
	CHECK_PROGRAMS, CHECK_LOCALE, CHECK_LANGUAGE
};
static const struct check checks[] = {
	[CHECK_FOLDER] = { "folder", N_("Folder") },
	[CHECK_FILES] = { "files", N_("Files") },
	[CHECK_DISK] = { "disk", N_("Disk") },
	[CHECK_CONF] = { "conf", N_("shop.conf") },
	[CHECK_STORE] = { "store", N_("Store") },
	[CHECK_COPY] = { "copy", N_("Which copy") },
	[CHECK_KEPT] = { "kept", N_("Old copies") },
	[CHECK_BACKUP] = { "backup", N_("Backup") },
	[CHECK_CLOCK] = { "clock", N_("Clock") },
	[CHECK_SWEEP] = { "sweep", N_("Nightly sweep") },
	[CHECK_VERIFY] = { "verify", N_("Verify") },
	[CHECK_ROOM] = { "room", N_("Room in the store") },
	[CHECK_PROGRAMS] = { "programs", N_("Other programs") },
	[CHECK_LOCALE] = { "locale", N_("Locale") },
	[CHECK_LANGUAGE] = { "language", N_("Language") },
};

struct judging {
	const struct doctor_facts *f;
	const char *dir, *quoted;	/* as it is said; as one word for a shell */
	const struct format *format;
	struct diagnosis *out;
};

#define SAY(j, which, verdict, ...) \
	diagnosis_add((j)->out, &checks[which], verdict, __VA_ARGS__)
#define ADVISE(j, ...) diagnosis_todo((j)->out, __VA_ARGS__)

static bool is_folder_open(const struct doctor_facts *f)
{
	return f->mode & (f->group ? 0007 : 0077);
}

/* All else that is wrong comes from that. */
static bool is_anothers(const struct doctor_facts *f)
{
	return !f->ours && !f->group && !f->root;
}

static void judge_folder(const struct judging *j)
{
	const struct doctor_facts *f = j->f;

	if (!f->folder_there) {
		SAY(j, CHECK_FOLDER, VERDICT_BAD, _("There is no folder %s."), j->dir);
		ADVISE(j, _("Name the shop's folder with --shop, or make a shop: regulars init"));
	} else if (!f->ours && f->root) {
		SAY(j, CHECK_FOLDER, VERDICT_WATCH, _("You are root, and the folder is somebody "
						      "else's: files made now could not be used "
						      "by them."));
		ADVISE(j, _("Run regulars as the user whom the folder belongs to."));
	} else if (is_anothers(f)) {
		SAY(j, CHECK_FOLDER, VERDICT_BAD, _("The folder belongs to another user."));
		ADVISE(j, _("Run regulars as that user, or give it to yourself: sudo chown -R "
			  "\"$USER\" %s"), j->quoted);
	} else if (is_folder_open(f)) {
		SAY(j, CHECK_FOLDER, VERDICT_BAD,
		    _("Other users of this computer can look into the folder (its mode is %04o)."),
		    f->mode);
		ADVISE(j, "chmod %s %s", f->group ? "2770" : "700", j->quoted);
	} else if (f->group) {
		SAY(j, CHECK_FOLDER, VERDICT_GOOD, "%s",
		    _("Only you and the folder's group can look into it."));
	} else {
		SAY(j, CHECK_FOLDER, VERDICT_GOOD, "%s", _("Only you can look into it."));
	}
}

/* In a closed folder nobody comes as far as its files. */
static void judge_files(const struct judging *j)
{
	const struct doctor_facts *f = j->f;

	if (f->open_files) {
		SAY(j, CHECK_FILES, is_folder_open(f) ? VERDICT_BAD : VERDICT_WATCH,
		    ngettext("%u file is readable for other users: %s.",
			     "%u files are readable for other users, such as %s.", f->open_files),
		    f->open_files, f->open_file);
		ADVISE(j, "find %s -maxdepth 1 -type f -exec chmod %s {} +", j->quoted,
		     f->group ? "660" : "600");
	} else if (f->foreign_files && !f->root) {
		SAY(j, CHECK_FILES, VERDICT_BAD,
		    ngettext("%u file belongs to another user, such as %s.",
			     "%u files belong to another user, such as %s.", f->foreign_files),
		    f->foreign_files, f->foreign_file);
		ADVISE(j, "sudo chown -R \"$USER\" %s", j->quoted);
	} else {
		SAY(j, CHECK_FILES, VERDICT_GOOD, "%s", _("Nobody else can read them."));
	}
}

enum { MIB = 1024 * 1024, LEAST_MIB = 64 };

static void judge_disk(const struct judging *j)
{
	const struct doctor_facts *f = j->f;
	uint64_t mib = f->disk.free_bytes / MIB, store = f->health.bytes / MIB;
	char room[FORMAT_TEXT], need[FORMAT_TEXT];

	format_number(j->format, (int64_t)mib, room);
	format_number(j->format, (int64_t)(2 * store + LEAST_MIB), need);
	if (!f->disk_seen) {
		SAY(j, CHECK_DISK, VERDICT_WATCH, "%s", _("The disk cannot be looked at."));
	} else if (!f->disk.local && !f->network_allowed) {
		SAY(j, CHECK_DISK, VERDICT_BAD,
		    _("It is a network disk, or of a kind that is not known: two computers could "
		      "damage the shop on it."));
		ADVISE(j, _("Move the folder to a disk of this computer."));
	} else if (mib < LEAST_MIB) {
		SAY(j, CHECK_DISK, VERDICT_BAD, _("Only %s MB are free: soon no sale can be "
						  "kept."), room);
		ADVISE(j, _("Make room on the disk. What takes it: du -xh -d 1 / | sort -h"));
	} else if (mib < 2 * store + LEAST_MIB) {
		SAY(j, CHECK_DISK, VERDICT_WATCH, _("%1$s MB are free. A backup and a smaller copy "
						    "of the store need %2$s."), room, need);
		ADVISE(j, _("Make room on the disk."));
	} else if (!f->disk.local) {
		SAY(j, CHECK_DISK, VERDICT_WATCH,
		    _("%s MB are free. It is a network disk, which shop.conf allows: only this "
		      "computer may use the shop."), room);
	} else {
		SAY(j, CHECK_DISK, VERDICT_GOOD, _("%s MB are free."), room);
	}
}

static void judge_store(const struct judging *j)
{
	char entries[FORMAT_TEXT];

	if (j->f->conf != ST_OK) {
		SAY(j, CHECK_CONF, VERDICT_BAD, "%s", j->f->conf_says);
		ADVISE(j, _("Mend that line in %s/shop.conf, or put the file away."), j->dir);
		return;		/* nothing opens before that */
	}
	SAY(j, CHECK_CONF, VERDICT_GOOD, "%s", _("It can be read, or is not needed."));
	if (j->f->opened != ST_OK) {
		SAY(j, CHECK_STORE, VERDICT_BAD, "%s", j->f->opened_says);
		return;
	}
	format_number(j->format, j->f->entries, entries);
	SAY(j, CHECK_STORE, VERDICT_GOOD, ngettext("It opens and has %s entry.",
						   "It opens and has %s entries.",
						   (unsigned long)j->f->entries), entries);
}

/* -- of a store that opens -- */

enum { INSTANT_WORDS = 2 * FORMAT_TEXT + 4, SLACK_MINUTES = 5, FAR_DAYS = 366, SWEEP_DAYS = 2,
       VERIFY_DAYS = 31 };

static int64_t days_between(int64_t early, int64_t late)
{
	return (late - early) / (24 * CLOCK_HOUR);
}

static const char *say_instant(const struct judging *j, int64_t instant, char out[INSTANT_WORDS])
{
	char day[FORMAT_TEXT], time[FORMAT_TEXT];

	format_day(j->format, clock_day(instant), day);
	format_time(j->format, clock_minute_of_day(instant), time);
	snprintf(out, INSTANT_WORDS, "%s, %s", day, time);
	return out;
}

static void judge_clock(const struct judging *j)
{
	const struct doctor_facts *f = j->f;
	char now[INSTANT_WORDS], last[INSTANT_WORDS];

	say_instant(j, f->now, now);
	say_instant(j, f->last_recorded, last);
	if (!f->zone_there) {
		SAY(j, CHECK_CLOCK, VERDICT_BAD,
		    _("The time zone %s is not on this computer."), f->zone);
		ADVISE(j, "sudo apt install tzdata");
	} else if (f->last_recorded > f->now + SLACK_MINUTES * CLOCK_MINUTE) {
		SAY(j, CHECK_CLOCK, VERDICT_BAD, _("The clock says %1$s, but the last entry was "
						   "made on %2$s: the clock is behind."), now,
		    last);
		ADVISE(j, _("Set it: sudo timedatectl set-ntp true"));
	} else if (f->last_recorded && days_between(f->last_recorded, f->now) > FAR_DAYS) {
		SAY(j, CHECK_CLOCK, VERDICT_WATCH, _("The clock says %1$s, more than a year after "
						     "the last entry, which was made on %2$s."),
		    now, last);
		ADVISE(j, _("If that is wrong, set it: sudo timedatectl set-ntp true"));
	} else {
		SAY(j, CHECK_CLOCK, VERDICT_GOOD, _("It is %1$s in %2$s."), now, f->zone);
	}
}

/* The timer knows of the usual folder alone. To cron a % ends the line. */
static void advise_sweep(const struct judging *j)
{
	struct buf word = { 0 };

	for (const char *at = j->quoted; *at; at++)
		buf_printf(&word, "%s%c", *at == '%' ? "\\" : "", *at);
	if (j->f->usual) {
		ADVISE(j, _("Let the computer do it each night. Where systemd runs:"));
		ADVISE(j, "systemctl --user enable --now regulars-sweep.timer");
		ADVISE(j, _("Elsewhere by cron; run crontab -e and add the line:"));
	} else {
		ADVISE(j, _("Let the computer do it each night: run crontab -e and add the "
			    "line:"));
	}
	ADVISE(j, "17 3 * * * regulars --shop %s sweep --quiet", word.at);
	buf_release(&word);
}

static void judge_sweep(const struct judging *j)
{
	const struct doctor_facts *f = j->f;
	bool young = days_between(f->first_recorded, f->now) <= SWEEP_DAYS;
	char last[INSTANT_WORDS];

	if (f->upkeep.swept && days_between(f->upkeep.swept, f->now) <= SWEEP_DAYS) {
		SAY(j, CHECK_SWEEP, VERDICT_GOOD, _("It last ran on %s."),
		    say_instant(j, f->upkeep.swept, last));
		return;
	}
	if (f->upkeep.swept)
		SAY(j, CHECK_SWEEP, VERDICT_WATCH, _("It last ran on %s; each night would be "
						     "right."),
		    say_instant(j, f->upkeep.swept, last));
	else
		SAY(j, CHECK_SWEEP, young ? VERDICT_GOOD : VERDICT_WATCH, "%s",
		    _("It never ran. It takes off what has lapsed."));
	advise_sweep(j);
}

static void judge_verify(const struct judging *j)
{
	const struct upkeep *u = &j->f->upkeep;
	char last[INSTANT_WORDS], faults[FORMAT_TEXT];
	bool young = days_between(j->f->first_recorded, j->f->now) <= VERIFY_DAYS;

	say_instant(j, u->verified, last);
	format_number(j->format, u->faults, faults);
	if (u->faults)
		SAY(j, CHECK_VERIFY, VERDICT_BAD,
		    ngettext("The last one, on %1$s, found %2$s fault.",
			     "The last one, on %1$s, found %2$s faults.",
			     (unsigned long)u->faults), last, faults);
	else if (!u->verified)
		SAY(j, CHECK_VERIFY, young ? VERDICT_GOOD : VERDICT_WATCH, "%s",
		    _("The book was never proved on this computer."));
	else if (days_between(u->verified, j->f->now) > VERIFY_DAYS)
		SAY(j, CHECK_VERIFY, VERDICT_WATCH, _("The book was last proved on %s; once a "
						      "month would be right."), last);
	else
		SAY(j, CHECK_VERIFY, VERDICT_GOOD, _("All was well on %s."), last);
	if (u->faults || !u->verified || days_between(u->verified, j->f->now) > VERIFY_DAYS)
		ADVISE(j, "regulars --shop %s verify", j->quoted);
}

/* Nothing is said of the one that is the shop. */
static void judge_copy(const struct judging *j)
{
	const struct instance *i = &j->f->instance;

	if (i->state == INSTANCE_HERE)
		return;
	if (i->state == INSTANCE_RESTORED)
		SAY(j, CHECK_COPY, VERDICT_WATCH, "%s",
		    _("It was restored, and nobody has said yet that this is the shop: it sells, "
		      "but sends no messages."));
	else if (i->other_machine || !*i->folder)
		SAY(j, CHECK_COPY, VERDICT_WATCH, "%s",
		    _("It comes from another computer, and nobody has said yet that this is the "
		      "shop: it sells, but sends no messages."));
	else
		SAY(j, CHECK_COPY, VERDICT_WATCH,
		    _("It was the shop in %s, and nobody has said yet that it is the shop here: "
		      "it sells, but sends no messages."), i->folder);
	ADVISE(j, _("If this one is the shop: regulars --shop %s config here"), j->quoted);
}

/* Beside the store, from restoring and repairing; nothing is said of harmless ones. */
static void judge_kept(const struct judging *j)
{
	const struct kept_copies *k = &j->f->copies;
	char n[FORMAT_TEXT], oldest[INSTANT_WORDS];

	if (!k->n || !j->f->erased_since)
		return;
	format_number(j->format, k->n, n);
	SAY(j, CHECK_KEPT, VERDICT_WATCH,
	    ngettext("%1$s whole copy of the shop lies in the folder, as it was on %2$s. Who was "
		     "erased since may still be in it.",
		     "%1$s whole copies of the shop lie in the folder, the oldest as it was on "
		     "%2$s. Who was erased since may still be in them.", k->n), n,
	    say_instant(j, k->oldest, oldest));
	ADVISE(j, _("They are from restoring or repairing. When nobody needs them any more, delete "
		    "them:"));
	ADVISE(j, "rm %s/data.mdb.before-*", j->quoted);
}

/* What makes one each night, and one now. */
static void advise_backup(const struct judging *j)
{
	if (!*j->f->backup.folder) {
		ADVISE(j, _("Choose a folder on another disk, where each night's backup goes:"));
		ADVISE(j, "regulars --shop %s config set backup_folder /media/usb", j->quoted);
	}
	ADVISE(j, _("One now: regulars --shop %s backup"), j->quoted);
}

static void judge_backup(const struct judging *j)
{
	const struct backup_facts *b = &j->f->backup;
	char last[INSTANT_WORDS];

	say_instant(j, b->last_good, last);
	if (b->last_failure > b->last_good) {
		SAY(j, CHECK_BACKUP, VERDICT_BAD, _("The last one failed: %s"), b->last_error);
	} else if (!b->wanted) {
		SAY(j, CHECK_BACKUP, VERDICT_GOOD, "%s", _("There is nothing to lose yet."));
		return;
	} else if (b->late && b->last_good) {
		SAY(j, CHECK_BACKUP, VERDICT_BAD, _("The last good one is of %s."), last);
	} else if (!b->last_good) {
		SAY(j, CHECK_BACKUP, b->late ? VERDICT_BAD : VERDICT_WATCH, "%s",
		    _("There is none: if this disk breaks, all is lost."));
	} else if (!*b->folder) {
		SAY(j, CHECK_BACKUP, VERDICT_WATCH,
		    _("The last good one is of %s. None is made by itself."), last);
	} else {
		SAY(j, CHECK_BACKUP, VERDICT_GOOD, _("The last good one is of %s."), last);
		return;
	}
	advise_backup(j);
}

enum { MUCH_FREE_MIB = 64, FAR_BEHIND = 10000 };

static void judge_room(const struct judging *j)
{
	const struct store_health *h = &j->f->health;
	char size[FORMAT_TEXT], room[FORMAT_TEXT];
	uint64_t mib = (h->bytes + MIB - 1) / MIB, free_mib = h->free_bytes / MIB;

	format_number(j->format, (int64_t)mib, size);
	format_number(j->format, (int64_t)free_mib, room);
	if (free_mib >= MUCH_FREE_MIB && h->free_bytes > h->bytes / 2)
		SAY(j, CHECK_ROOM, VERDICT_WATCH, _("Of its %1$s MB %2$s hold nothing any more: a "
						    "smaller copy would be worth it."), size,
		    room);
	else
		SAY(j, CHECK_ROOM, VERDICT_GOOD, _("It has %1$s MB, %2$s of them free for what "
						   "comes."), size, room);
}

static void judge_programs(const struct judging *j)
{
	const struct store_health *h = &j->f->health;

	if (h->behind > FAR_BEHIND) {
		SAY(j, CHECK_PROGRAMS, VERDICT_WATCH,
		    _("The program %ld looks at an old state of the shop, so the store grows."),
		    h->behind_pid);
		ADVISE(j, _("End it. Which one it is: ps -fp %ld"), h->behind_pid);
	} else {
		SAY(j, CHECK_PROGRAMS, VERDICT_GOOD, !h->others ?
		    _("No other program has the shop open.") :
		    ngettext("%u other program has the shop open.",
			     "%u other programs have the shop open.", h->others), h->others);
	}
}

static void judge_language(const struct judging *j)
{
	char before[16];
	bool there;

	snprintf(before, sizeof(before), "%s", language_used());
	there = language_use(j->f->language);
	language_use(before);
	if (there) {
		SAY(j, CHECK_LANGUAGE, VERDICT_GOOD, "%s", _("The shop's language is there."));
	} else {
		SAY(j, CHECK_LANGUAGE, VERDICT_WATCH,
		    _("The words of the shop's language (%s) are not installed."), j->f->language);
		ADVISE(j, _("Install regulars again."));
	}
}

static void judge_all(const struct judging *j)
{
	const struct doctor_facts *f = j->f;

	judge_folder(j);
	if (!f->folder_there || is_anothers(f))
		return;
	judge_files(j);
	judge_disk(j);
	judge_store(j);
	if (f->opened != ST_OK)
		return;
	if (f->instance_seen)
		judge_copy(j);
	judge_kept(j);
	if (f->backup_seen)
		judge_backup(j);
	judge_clock(j);
	judge_sweep(j);
	judge_verify(j);
	if (f->health_seen) {
		judge_room(j);
		judge_programs(j);
	}
	judge_language(j);
}

void doctor_judge(const struct doctor_facts *f, const char *dir, const struct format *format,
		  struct diagnosis *out)
{
	struct buf quoted = { 0 };

	buf_shell_word(&quoted, dir);
	judge_all(&(struct judging){ f, dir, quoted.at, format, out });
	buf_release(&quoted);
}

/* -- the environment -- */

void doctor_judge_locale(struct diagnosis *out)
{
	static const char *const variables[] = { "LC_ALL", "LC_CTYPE", "LANG" };
	struct judging j = { .out = out };
	const char *asked = NULL;
	locale_t known;

	for (size_t i = 0; i < 3 && (!asked || !*asked); i++)
		asked = getenv(variables[i]);
	if (!asked || !*asked) {
		SAY(&j, CHECK_LOCALE, VERDICT_GOOD, "%s", _("None is asked for; UTF-8 is used."));
		return;
	}
	known = newlocale(LC_CTYPE_MASK, asked, (locale_t)0);
	if (known) {
		freelocale(known);
		SAY(&j, CHECK_LOCALE, VERDICT_GOOD, _("%.40s is there."), asked);
		return;
	}
	SAY(&j, CHECK_LOCALE, VERDICT_WATCH, _("%.40s is not there; UTF-8 is used."), asked);
	ADVISE(&j, "sudo dpkg-reconfigure locales");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/language.h"

#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct language languages[] = {
	{ "en", "English", "English" },
	{ "hi", "हिन्दी", "Hindi" },
	{ "gu", "ગુજરાતી", "Gujarati" },
	{ "ur", "اردو", "Urdu" },
	{ "hy", "Հայերեն", "Armenian" },
};
enum { LANGUAGES = sizeof(languages) / sizeof(languages[0]) };

static const struct language *used = languages;

const struct language *language_at(size_t i)
{
	return i < LANGUAGES ? &languages[i] : NULL;
}

const struct language *language_find(const char *code)
{
	for (size_t i = 0; i < LANGUAGES; i++)
		if (!strcmp(languages[i].code, code))
			return &languages[i];
	return NULL;
}

const char *language_pick(const char *key, const char *text)
{
	const char *translated = gettext(key);

	return translated == key ? text : translated;
}

/* -- where the catalogues are -- */

static bool has_catalogues(const char *folder)
{
	char path[PATH_MAX + 64];

	snprintf(path, sizeof(path), "%s/%s/LC_MESSAGES/" PACKAGE ".mo", folder,
		 languages[1].code);
	return !access(path, R_OK);
}

/* "locale" in the program's own folder. /usr/bin/locale is a program. */
static bool beside_program(char folder[PATH_MAX])
{
	static const char name[] = "locale";
	ssize_t len = readlink("/proc/self/exe", folder, PATH_MAX - sizeof(name));
	char *slash;

	if (len < 0)
		return false;
	folder[len] = '\0';
	slash = strrchr(folder, '/');
	if (!slash)
		return false;
	strcpy(slash + 1, name);
	return has_catalogues(folder);
}

static void bind_catalogues(void)
{
	const char *named = getenv("REGULARS_LOCALEDIR");
	char beside[PATH_MAX];

	if (named && *named)
		bindtextdomain(PACKAGE, named);
	else if (beside_program(beside))
		bindtextdomain(PACKAGE, beside);
	else
		bindtextdomain(PACKAGE, LOCALEDIR);
	bind_textdomain_codeset(PACKAGE, "UTF-8");
	textdomain(PACKAGE);
}

/* -- which one -- */

/* gettext translates nothing while the locale is C, whatever LANGUAGE says. */
static void leave_c_locale(void)
{
	static const char *const others[] = { "C.UTF-8", "en_US.UTF-8" };
	const char *now = setlocale(LC_MESSAGES, NULL);

	if (now && strcmp(now, "C") && strcmp(now, "POSIX"))
		return;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (setlocale(LC_MESSAGES, others[i]))
			return;
}

/* gettext keeps what it has found until this counter changes (GNU gettext
 * manual, "Being a gettext grok"). */
extern int _nl_msg_cat_cntr;

/* True when its words are there: every catalogue translates "" to its header. */
static bool speak(const struct language *l)
{
	leave_c_locale();
	if (setenv("LANGUAGE", l->code, 1))
		return false;
	++_nl_msg_cat_cntr;
	return l == languages || *gettext("");
}

bool language_use(const char *code)
{
	const struct language *l = language_find(code);

	if (!l)
		return false;
	if (!speak(l)) {
		speak(used);
		return false;
	}
	used = l;
	return true;
}

const char *language_used(void)
{
	return used->code;
}

/* "gu_IN.UTF-8" is gu; NULL: one that is not here. */
static const struct language *of_locale(const char *locale)
{
	char code[16];

	snprintf(code, sizeof(code), "%.*s", (int)strcspn(locale, "_.@:"), locale);
	return language_find(code);
}

/* As gettext chooses it, but without asking whether the locale was generated. */
static const struct language *asked_for(void)
{
	static const char *const variables[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *list = getenv("LANGUAGE"), *locale = NULL;
	const struct language *l = NULL;

	for (size_t i = 0; i < 3 && (!locale || !*locale); i++)
		locale = getenv(variables[i]);
	if (!locale || !*locale || !strcmp(locale, "C") || !strcmp(locale, "POSIX"))
		return languages;
	if (!list || !*list)
		list = locale;
	for (; !l && *list; list += *list == ':') {
		l = of_locale(list);
		list += strcspn(list, ":");
	}
	return l ? l : languages;
}

void language_start(void)
{
	const struct language *l = asked_for();

	bind_catalogues();
	if (!language_use(l->code))
		language_use(languages[0].code);
}

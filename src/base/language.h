/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

#include <libintl.h>
#include <stdbool.h>
#include <stddef.h>

/* The words of the program in other languages, by gettext. The catalogues are
 * made from data/po/. What a person reads stands in _() as one whole sentence;
 * numbers that people count go through ngettext(). Never _(""): that is the
 * catalogue's own header. */
#define _(text) gettext(text)
#define N_(text) text		/* in tables: translated where it is used */
/* A text that means two things, told apart by words for the translator:
 * P_("a sale", "Open"). */
#define P_(context, text) language_pick(context "\004" text, text)
const char *language_pick(const char *key, const char *text) __attribute__((format_arg(2)));

struct language {
	const char *code;	/* "gu" */
	const char *name;	/* "ગુજરાતી": in itself */
	const char *english;	/* "Gujarati" */
};
/* English first; NULL after the last. */
const struct language *language_at(size_t i);
const struct language *language_find(const char *code);	/* NULL: not one of these */

/* Finds the catalogues, in $REGULARS_LOCALEDIR, beside the program in a build
 * folder, or where they were installed; and uses the language that the
 * environment asks for (LANGUAGE, LC_ALL, LC_MESSAGES, LANG), also where its
 * locale was not generated. English in the locale C. Once, at start. */
void language_start(void);
/* From now on _() gives its words, in UTF-8 whatever the locale. Sets LANGUAGE
 * in the environment and, where it is C, LC_MESSAGES: the language in use
 * belongs to the process. False: no such language, or its catalogue is not to
 * be found; the one before stays. */
bool language_use(const char *code);
const char *language_used(void);	/* its code; "en" until one is used */

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* Text from people and files. Inside the program every text is valid UTF-8 in
 * NFC, ends in NUL and holds no control characters. Sizes are bytes with the
 * NUL: 64 bytes are 21 Gujarati letters. */

/* Takes text in: checks UTF-8, refuses control, format, private-use and
 * unassigned characters (ZWJ and ZWNJ stay between letters, where Indic and
 * Persian words need them, and are dropped elsewhere; bidi controls never
 * stay), turns runs of white space into one space, trims the ends and
 * composes to NFC. 'out' may not be 'in'; it is empty after a failure.
 * ST_INVALID: not UTF-8, or a character that may not be kept (the sentence
 * names it as U+XXXX and its place). ST_FULL: longer than size - 1 bytes. */
MUST_CHECK enum status text_clean(const char *in, size_t len, char *out, size_t size);

/* Is this what text_clean() would leave as it is? */
bool text_is_clean(const char *text);

/* A copy that may be shown: bad bytes, control and unknown characters become
 * U+FFFD, bidi controls and others that cannot be seen go. Cut at a character
 * where 'size' ends. Never fails. */
void text_printable(const char *in, char *out, size_t size);

/* Bytes of the longest start of 'text' that has at most 'max' bytes and ends
 * between two grapheme clusters. */
size_t text_cut(const char *text, size_t max);

/* Bytes of the first grapheme cluster, 0 at the end: what an arrow key passes
 * and Delete takes. The one before byte 'at' begins at text_cut(text, at - 1). */
size_t text_cluster(const char *text);

/* Terminal columns by wcwidth(); 0 for what it does not know. For tables on
 * standard output only: screens have put_text. */
int text_columns(const char *text);

/* The letters that a screen draws, composed; gives how many. Like
 * text_printable(), with spaces for tabs and new lines and without what
 * terminals disagree about: variation selectors, skin tones and the joiners
 * of emoji go, an Indic letter with a dot below is one letter. The text is
 * read as far as there is room. */
enum { TEXT_LETTERS_MAX = 1024 };
size_t text_letters(const char *in, int32_t out[TEXT_LETTERS_MAX]);

/* May text_letters() be parted between these two neighbours? '*state' is 0
 * before the first two and then kept by the caller. */
bool text_may_part(int32_t before, int32_t after, int32_t *state);

/* A vowel sign that wcwidth() gives a column, and some terminals do not. */
bool text_is_spacing_mark(int32_t letter);

/* A copy for terminals without other letters: other scripts as Latin letters
 * spell them, with capitals, signs as the nearest plain ones, currencies as
 * "Rs" or by their code, '?' for the rest. TEXT_ACCENTS keeps Latin letters
 * with accents, TEXT_ASCII takes the accents off. Cut where 'size' ends. */
enum text_latin { TEXT_ACCENTS, TEXT_ASCII };
void text_latin(const char *in, enum text_latin how, char *out, size_t size);

/* The same word in any case, without accents, with letter variants alike
 * (ي/ی, ك/ک, և), digits of any script as 0-9, words parted by one space.
 * For comparing and searching; never for showing. Cut where 'size' ends. */
void text_fold(const char *in, char *out, size_t size);

/* "khan" from خان: the folded text in Latin letters, by tables for nine Indic
 * scripts, Arabic, Armenian, Cyrillic and Greek; letters of other scripts stay.
 * It can have more or fewer words than the fold (one word in Urdu is "abdul
 * rahman", two are "nizamuddin"): take its words apart after this. */
void text_romanise(const char *in, char *out, size_t size);

/* One romanised word down to its consonants, alike ones together (ch/c, f/p,
 * z/j, q/k, w/v); an initial vowel is 'a', h counts only at the start. A word
 * of one consonant keeps its vowels as a, i or u. TEXT_LOOSE also takes voiced
 * and voiceless ones together (b/p/v, d/t, g/k, and s/j/ch, which Tamil and
 * Western Armenian mix); there a word of two keeps its vowels, of three where
 * they are. Short forms give what the name does: mohd is muhammad. The starts
 * have no vowels but an initial one: what longer words that begin alike share. */
enum text_skeleton { TEXT_PLAIN, TEXT_LOOSE, TEXT_PLAIN_START, TEXT_LOOSE_START };
void text_skeleton(const char *word, enum text_skeleton how, char *out, size_t size);

/* How far apart two short words are in edits (insert, delete, replace, swap
 * of neighbours), at most 'limit' + 1: for "did you mean". Bytes, not letters;
 * words of more than 64 are always 'limit' + 1. */
unsigned text_distance(const char *a, const char *b, unsigned limit);

#endif

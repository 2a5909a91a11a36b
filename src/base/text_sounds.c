/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text_sounds.h"

#include <string.h>

#define VOWELS "aeiou"
#define CONSONANTS "bcdfghjklmnpqrstvwxz"

/* How a spelling sounds. 'after' and 'before' are the letters between which
 * it must stand, '^' for the start of the word and '$' for its end; NULL is
 * any. The first rule that fits is taken. */
static const struct rule {
	const char *spelled, *sounds, *after, *before;
} rules[] = {
	/* Yerevan and Erevan, Voskan and Oskan */
	{ .spelled = "ye", .sounds = "a", .after = "^" },
	{ .spelled = "vo", .sounds = "a", .after = "^" },
	{ .spelled = "wo", .sounds = "a", .after = "^" },
	{ .spelled = "y", .sounds = "a", .after = "^", .before = CONSONANTS },
	{ .spelled = "ia", .sounds = "yA", .after = "^" },
	{ .spelled = "iu", .sounds = "yU", .after = "^" },
	{ .spelled = "y", .sounds = "y", .after = "^" },
	{ .spelled = "a", .sounds = "a", .after = "^" },
	{ .spelled = "e", .sounds = "a", .after = "^" },
	{ .spelled = "i", .sounds = "a", .after = "^" },
	{ .spelled = "o", .sounds = "a", .after = "^" },
	{ .spelled = "u", .sounds = "a", .after = "^" },
	{ .spelled = "hr", .sounds = "kr", .after = "^" },	/* christos */
	{ .spelled = "h", .sounds = "h", .after = "^" },

	{ .spelled = "dny", .sounds = "G", .after = "^" },
	{ .spelled = "gn", .sounds = "G", .after = "^" },
	{ .spelled = "gy", .sounds = "G", .after = "^" },
	{ .spelled = "gi", .sounds = "G", .after = "^", .before = "aou" },
	{ .spelled = "jn", .sounds = "G", .after = "^" },
	{ .spelled = "dny", .sounds = "gn" },
	{ .spelled = "gy", .sounds = "gn", .after = VOWELS, .before = VOWELS },
	{ .spelled = "gi", .sounds = "I", .after = VOWELS, .before = "aou" },
	{ .spelled = "inh", .sounds = "Ing" },		/* sinh, singh */
	{ .spelled = "imh", .sounds = "Ing" },		/* narasimha */
	{ .spelled = "gge", .sounds = "ngE" },		/* angelos, aggelos */

	{ .spelled = "tch", .sounds = "c", .after = "^" VOWELS },
	{ .spelled = "sch", .sounds = "s" },
	{ .spelled = "ch", .sounds = "k", .before = "rl" },
	{ .spelled = "ch", .sounds = "c" },
	{ .spelled = "ck", .sounds = "k" },
	{ .spelled = "cz", .sounds = "c" },
	{ .spelled = "c", .sounds = "s", .before = "eiy" },
	{ .spelled = "c", .sounds = "C", .before = "aou" },
	{ .spelled = "c", .sounds = "k" },
	{ .spelled = "dj", .sounds = "j" },
	{ .spelled = "sz", .sounds = "s" },
	{ .spelled = "rh", .sounds = "R", .after = VOWELS },
	{ .spelled = "zh", .sounds = "Z", .after = VOWELS },
	/* swami is sami in the south */
	{ .spelled = "swam", .sounds = "sAm" },
	{ .spelled = "svam", .sounds = "sAm" },
	{ .spelled = "suvam", .sounds = "sAm" },

	/* w is half a vowel: dawood, chowdhury, shawkat, mathew; not chawla */
	{ .spelled = "woo", .sounds = "U", .after = VOWELS },
	{ .spelled = "wu", .sounds = "U", .after = VOWELS },
	{ .spelled = "w", .sounds = "U", .after = "eo", .before = CONSONANTS },
	{ .spelled = "w", .sounds = "U", .after = "a", .before = "fhkqsz" },
	{ .spelled = "w", .sounds = "U", .after = "e", .before = "$" },
	{ .spelled = "ao", .sounds = "Av", .before = "$" },	/* rao, jadhao */

	{ .spelled = "a", .sounds = "A" },
	{ .spelled = "e", .sounds = "E" },
	{ .spelled = "i", .sounds = "I" },
	{ .spelled = "y", .sounds = "I" },
	{ .spelled = "o", .sounds = "U" },
	{ .spelled = "u", .sounds = "U" },
	{ .spelled = "f", .sounds = "p" },
	{ .spelled = "h", .sounds = "H", .after = VOWELS, .before = VOWELS },
	{ .spelled = "h", .sounds = "" },
	{ .spelled = "q", .sounds = "k" },
	{ .spelled = "w", .sounds = "v" },
	{ .spelled = "x", .sounds = "ks" },
	{ .spelled = "z", .sounds = "j" },
};

/* Short forms, and spellings no rule can reach. */
static const struct same_name {
	const char *word, *as;
} same_names[] = {
	{ .word = "mohd", .as = "muhammad" },
	{ .word = "md", .as = "muhammad" },
	{ .word = "muhd", .as = "muhammad" },
	{ .word = "mhd", .as = "muhammad" },
	{ .word = "abdur", .as = "abdul" },
	{ .word = "abdus", .as = "abdul" },
	{ .word = "abdun", .as = "abdul" },
	/* what unwritten vowels leave of an Urdu name */
	{ .word = "anur", .as = "anwar" },
	{ .word = "sarur", .as = "sarwar" },
	{ .word = "manur", .as = "munawar" },
	{ .word = "kanul", .as = "kanwal" },
	{ .word = "sarut", .as = "sarwat" },
	{ .word = "marut", .as = "marwat" },
	{ .word = "dawad", .as = "daud" },
	{ .word = "mahush", .as = "mahwish" },
	/* Tamil ends no word in d */
	{ .word = "muhamathu", .as = "muhammad" },
	{ .word = "muhammathu", .as = "muhammad" },
	{ .word = "ahamathu", .as = "ahmad" },
	/* spelled as in English */
	{ .word = "george", .as = "jorj" },
	{ .word = "michael", .as = "mikael" },
	{ .word = "nicholas", .as = "nikolas" },
	/* two readings of one spelling */
	{ .word = "roy", .as = "ray" },
	{ .word = "rathod", .as = "rathor" },
	{ .word = "bhattacharjee", .as = "bhattacharya" },
};

bool sound_is_vowel(char sound)
{
	return sound == 'A' || sound == 'E' || sound == 'I' || sound == 'U';
}

char sound_plain(char sound)
{
	switch (sound) {
	case 'C':
		return 'k';
	case 'E':
		return 'I';
	case 'H':
		return '\0';
	case 'R':
		return 'r';
	case 'Z':
		return 'j';
	}
	return sound;
}

char sound_loose(char sound)
{
	switch (sound) {
	case 'g':
		return 'k';
	case 'd': case 'R':
		return 't';
	case 'b': case 'v':
		return 'p';
	case 'j': case 'c': case 'y': case 'C': case 'G':
		return 's';
	case 'E':
		return 'I';
	case 'H':
		return '\0';
	case 'Z':
		return 'l';
	}
	return sound;
}

/* Not isalnum(): it asks the locale. */
static bool is_sound(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

void sounds_add(struct sounds *s, char sound)
{
	if (!sound || s->n == SOUNDS_MAX || (s->n && s->at[s->n - 1] == sound))
		return;
	if (sound_is_vowel(sound) && s->n == 1 && s->at[0] == 'a')
		return;		/* of vowels at the start the first says all */
	s->at[s->n++] = sound;
}

/* strchr() would find the NUL too. */
static bool is_one_of(char c, const char *set)
{
	return !set || (c && strchr(set, c));
}

static const struct rule *rule_for(const char *word, size_t i)
{
	size_t n = sizeof(rules) / sizeof(*rules);
	char before = i ? word[i - 1] : '^';

	for (const struct rule *r = rules; r < rules + n; r++) {
		size_t len;
		char next;

		if (word[i] != r->spelled[0] || !is_one_of(before, r->after))
			continue;
		len = strlen(r->spelled);
		if (strncmp(word + i, r->spelled, len) != 0)
			continue;
		next = word[i + len];
		if (is_one_of(next ? next : '$', r->before))
			return r;
	}
	return NULL;
}

static const char *full_name(const char *word)
{
	for (size_t i = 0; i < sizeof(same_names) / sizeof(*same_names); i++)
		if (!strcmp(word, same_names[i].word))
			return same_names[i].as;
	return word;
}

/* A vowel can be hidden behind a glide: yerevan, voskan. */
static char first_vowel(const char *word)
{
	switch (*word) {
	case 'a':
		return 'A';
	case 'e':
		return 'E';
	case 'o': case 'u': case 'v': case 'w':
		return 'U';
	}
	return 'I';
}

/* The first bytes of letters in UTF-8 tell the script. */
static bool has_lead(const char *written, unsigned first, unsigned last)
{
	const unsigned char *c = (const unsigned char *)written;

	for (; *c; c++) {
		unsigned lead = *c < 0xe0 ? *c : *c < 0xf0 && c[1] ? *c << 8u | c[1] : 0;

		if (lead >= first && lead <= last)
			return true;
	}
	return false;
}

static bool is_arabic(const char *written)
{
	return has_lead(written, 0xd8, 0xdb);
}

/* Tamil writes d and t with one letter and Bengali b and v; to a western
 * Armenian d is t and t is d. */
static bool mixes_consonants(const char *written)
{
	return has_lead(written, 0xe0ae, 0xe0af) || has_lead(written, 0xe0a6, 0xe0a7) ||
	       has_lead(written, 0xd4, 0xd6);
}

struct sounds sounds_of(const char *latin, const char *written)
{
	struct sounds s = { .n = 0 };
	const char *word = full_name(latin);

	for (size_t i = 0; word[i];) {
		const struct rule *r = rule_for(word, i);

		if (!r) {
			if (is_sound(word[i]))
				sounds_add(&s, word[i]);
			i++;
			continue;
		}
		for (const char *sound = r->sounds; *sound; sound++)
			sounds_add(&s, *sound);
		i += strlen(r->spelled);
	}
	if (s.at[0] == 'a')
		s.first = first_vowel(word);
	s.vowels_left_out = is_arabic(written);
	s.consonants_mixed = mixes_consonants(written);
	return s;
}

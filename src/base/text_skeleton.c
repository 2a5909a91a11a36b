/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include "base/text_sounds.h"

static struct sounds read_as(const struct sounds *s, enum text_skeleton how)
{
	bool loose = how == TEXT_LOOSE || how == TEXT_LOOSE_START;
	struct sounds read = { .n = 0 };

	for (size_t i = 0; i < s->n; i++)
		sounds_add(&read, loose ? sound_loose(s->at[i]) : sound_plain(s->at[i]));
	return read;
}

static size_t count_consonants(const struct sounds *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += !sound_is_vowel(s->at[i]) && s->at[i] != 'a';
	return n;
}

/* What a vowel is in a skeleton. Few consonants say too little (maya, devi,
 * sunita): their vowels stay, as a, i or u, or as the fact that there is one. */
static char shown_vowel(char vowel, size_t consonants, enum text_skeleton how)
{
	if (how == TEXT_PLAIN_START || how == TEXT_LOOSE_START)
		return '\0';
	if (consonants < (how == TEXT_LOOSE ? 3 : 2))
		return (char)(vowel - 'A' + 'a');
	return how == TEXT_LOOSE && consonants == 3 ? 'a' : '\0';
}

void text_skeleton(const char *word, enum text_skeleton how, char *out, size_t size)
{
	struct sounds heard = sounds_of(word, ""), s = read_as(&heard, how);
	size_t consonants = count_consonants(&s), len = 0;

	if (!size)
		return;
	for (size_t i = 0; i < s.n && len + 1 < size; i++) {
		char c = s.at[i];

		if (sound_is_vowel(c))
			c = shown_vowel(c, consonants, how);
		if (c && !(len && c == 'a' && out[len - 1] == 'a'))
			out[len++] = c;
	}
	out[len] = '\0';
}

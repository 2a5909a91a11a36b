/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text_scripts.h"

/* Nine Indic scripts stand in Unicode as blocks of 128 that all follow one
 * plan (ISCII): a letter's offset in its block says what it is, so one table
 * serves all nine and a few rules say where one script is read differently. */
enum script {
	DEVANAGARI, BENGALI, GURMUKHI, GUJARATI, ORIYA,
	TAMIL, TELUGU, KANNADA, MALAYALAM
};

enum {
	FIRST_BLOCK = 0x900, BLOCK = 0x80, END_OF_BLOCKS = 0xd80,
	CANDRABINDU = 0x01, ANUSVARA = 0x02, VISARGA = 0x03,
	VOWEL_A = 0x05, VOWEL_I = 0x07, VOWEL_O = 0x13,
	KA = 0x15, CA = 0x1a, JA = 0x1c, NYA = 0x1e, TTA = 0x1f, TA = 0x24, NA = 0x28,
	NNNA = 0x29, PA = 0x2a, MA = 0x2e, YA = 0x2f, RA = 0x30, RRA = 0x31,
	VA = 0x35, SHA = 0x36, SA = 0x38, HA = 0x39,
	NUKTA = 0x3c, SIGN_AA = 0x3e, SIGN_U = 0x41, SIGN_EE = 0x47, SIGN_OO = 0x4b,
	VIRAMA = 0x4d,
	TIPPI = 0x70
};

#define IN(script) (1u << (script))
#define NORTHERN (IN(DEVANAGARI) | IN(BENGALI) | IN(GURMUKHI) | \
		  IN(GUJARATI) | IN(ORIYA))
#define SOUTHERN (IN(TAMIL) | IN(TELUGU) | IN(KANNADA) | IN(MALAYALAM))

static const char *const vowels[BLOCK] = {
	[VOWEL_A] = "a", [0x06] = "a", [VOWEL_I] = "i", [0x08] = "i", [0x09] = "u",
	[0x0a] = "u", [0x0b] = "ri", [0x0c] = "li", [0x0d] = "e", [0x0e] = "e",
	[0x0f] = "e", [0x10] = "ai", [0x11] = "o", [0x12] = "o", [VOWEL_O] = "o",
	[0x14] = "au", [0x50] = "om", [0x60] = "ri", [0x61] = "li",
};

static const char *const signs[BLOCK] = {
	[SIGN_AA] = "a", [0x3f] = "i", [0x40] = "i", [SIGN_U] = "u", [0x42] = "u",
	[0x43] = "ri", [0x44] = "ri", [0x45] = "e", [0x46] = "e", [SIGN_EE] = "e",
	[0x48] = "ai", [0x49] = "o", [0x4a] = "o", [SIGN_OO] = "o", [0x4c] = "au",
	[0x55] = "", [0x56] = "", [0x57] = "au", [0x62] = "li", [0x63] = "li",
};

static const char *const consonants[BLOCK] = {
	[KA] = "k", [0x16] = "kh", [0x17] = "g", [0x18] = "gh", [0x19] = "n",
	[CA] = "ch", [0x1b] = "chh", [JA] = "j", [0x1d] = "jh", [NYA] = "n",
	[TTA] = "t", [0x20] = "th", [0x21] = "d", [0x22] = "dh", [0x23] = "n",
	[TA] = "t", [0x25] = "th", [0x26] = "d", [0x27] = "dh", [NA] = "n",
	[NNNA] = "n", [PA] = "p", [0x2b] = "ph", [0x2c] = "b", [0x2d] = "bh",
	[MA] = "m", [YA] = "y", [RA] = "r", [RRA] = "r", [0x32] = "l", [0x33] = "l",
	[0x34] = "zh", [VA] = "v", [SHA] = "sh", [0x37] = "sh", [SA] = "s", [HA] = "h",
};

/* With the dot below: sounds that came with Persian and English words. */
static const char *const dotted[BLOCK] = {
	[KA] = "q", [0x16] = "kh", [0x17] = "gh", [JA] = "z", [0x1d] = "zh",
	[0x21] = "r", [0x22] = "rh", [NA] = "n", [0x2b] = "f", [YA] = "y",
	[RA] = "r", [0x32] = "l", [0x33] = "zh", [SA] = "sh",
};

/* Two consonants, joined by a virama, that are not read as they are written. */
static const struct conjunct {
	unsigned scripts;
	int first, second;
	const char *latin;
} conjuncts[] = {
	{ .scripts = IN(GUJARATI) | SOUTHERN,
	  .first = JA, .second = NYA, .latin = "gn" },
	{ .scripts = NORTHERN & ~IN(GUJARATI),
	  .first = JA, .second = NYA, .latin = "gy" },
	/* lakshmi, vetri */
	{ .scripts = IN(TAMIL), .first = TTA, .second = CA, .latin = "ksh" },
	{ .scripts = IN(TAMIL), .first = RRA, .second = RRA, .latin = "tr" },
	{ .scripts = IN(TAMIL), .first = NNNA, .second = RRA, .latin = "ndr" },
	/* antony, kunju */
	{ .scripts = IN(MALAYALAM), .first = RRA, .second = RRA, .latin = "tt" },
	{ .scripts = IN(MALAYALAM), .first = NA, .second = RRA, .latin = "nt" },
	{ .scripts = IN(MALAYALAM), .first = NYA, .second = NYA, .latin = "nj" },
};

/* Tamil writes one letter for voiced and voiceless: its place tells. */
static const struct stop {
	const char *first, *between_vowels, *after_nasal, *closing;
} tamil_stops[BLOCK] = {
	[KA] = {
		.first = "k", .between_vowels = "g",
		.after_nasal = "g", .closing = "k"
	},
	[CA] = {
		.first = "s", .between_vowels = "s",
		.after_nasal = "j", .closing = "ch"
	},
	[TTA] = {
		.first = "t", .between_vowels = "d",
		.after_nasal = "d", .closing = "t"
	},
	[TA] = {
		.first = "th", .between_vowels = "th",
		.after_nasal = "d", .closing = "th"
	},
	[PA] = {
		.first = "p", .between_vowels = "b",
		.after_nasal = "b", .closing = "p"
	},
};

static enum script script_of(const struct spelling *s)
{
	return (enum script)((spelling_peek(s, 0) - FIRST_BLOCK) / BLOCK);
}

static bool is_in(const struct spelling *s, unsigned scripts)
{
	return IN(script_of(s)) & scripts;
}

/* What stands 'by' places away, as an offset in the block of the letter at
 * hand; -1 where its word ends. */
static int offset(const struct spelling *s, int by)
{
	int32_t block = spelling_peek(s, 0) / BLOCK, c = spelling_peek(s, by);

	return c / BLOCK == block ? c % BLOCK : -1;
}

static int here(const struct spelling *s)
{
	return spelling_peek(s, 0) % BLOCK;
}

/* A consonant outside the common plan, by its code point. */
static const char *own_consonant(int32_t c)
{
	switch (c) {
	case 0x9f0: case 0xa5c: case 0xc5a: return "r";
	case 0x9f1: case 0xb71: return "w";
	case 0xb5f: return "y";
	case 0xc58: return "ts";
	case 0xc59: return "j";
	}
	return NULL;
}

static const char *consonant_at(const struct spelling *s, int by)
{
	int o = offset(s, by);

	if (o < 0)
		return NULL;
	return consonants[o] ? consonants[o] : own_consonant(spelling_peek(s, by));
}

static bool is_sign(int o)
{
	return o >= 0 && signs[o];
}

/* Where what follows the consonant 'by' places away begins: past its dot. */
static int past_dot(const struct spelling *s, int by)
{
	return offset(s, by + 1) == NUKTA ? by + 2 : by + 1;
}

/* Names in which k between vowels is h: how they begin, -1 at the end. */
static const int tamil_h[][5] = {
	{ MA, KA, SIGN_AA, -1 }, { MA, KA, SIGN_EE, -1 },	/* maha, mahe */
	{ MA, SIGN_OO, KA, -1 },				/* mohan */
	{ RA, SIGN_AA, KA, SIGN_U, -1 },			/* rahul */
	{ MA, SIGN_U, KA, MA, -1 }, { VOWEL_A, KA, MA, -1 },	/* muhammad, ahmad */
};

/* Does the word begin like this, with the k at hand the first k of it? */
static bool begins_like(const struct spelling *s, const int *letters)
{
	int before = 0;

	while (letters[before] != KA)
		before++;
	for (int i = 0; letters[i] >= 0; i++)
		if (offset(s, i - before) != letters[i])
			return false;
	return offset(s, -before - 1) < 0;
}

static bool is_tamil_h(const struct spelling *s)
{
	for (size_t i = 0; i < sizeof(tamil_h) / sizeof(*tamil_h); i++)
		if (here(s) == KA && begins_like(s, tamil_h[i]))
			return true;
	return false;
}

static const char *tamil_stop(const struct spelling *s)
{
	int o = here(s);
	const struct stop *stop = &tamil_stops[o];
	bool doubles = offset(s, 1) == VIRAMA && offset(s, 2) == o;

	if (is_tamil_h(s))
		return "h";
	if (doubles && (o == CA || o == TA))
		return "";	/* muthu, pachai: written once */
	if (offset(s, 1) == VIRAMA)
		return stop->closing;
	if (offset(s, -1) != VIRAMA)
		return s->last == SPELLED_VOWEL ? stop->between_vowels : stop->first;
	if (offset(s, -2) == o)
		return stop->closing;
	switch (offset(s, -2)) {
	case 0x19: case NYA: case 0x23: case NA: case NNNA: case MA:
		return stop->after_nasal;
	case RA:
		return o == KA ? "g" : stop->first;	/* durga */
	}
	return stop->first;
}

static const struct conjunct *conjunct_at(const struct spelling *s)
{
	size_t n = sizeof(conjuncts) / sizeof(*conjuncts);

	if (offset(s, 1) != VIRAMA)
		return NULL;
	for (const struct conjunct *c = conjuncts; c < conjuncts + n; c++)
		if (is_in(s, c->scripts) && here(s) == c->first &&
		    offset(s, 2) == c->second)
			return c;
	return NULL;
}

/* anowar, wahid: Bengali writes w as o and dotted y. */
static bool is_bengali_w(const struct spelling *s, int by)
{
	return is_in(s, IN(BENGALI)) && offset(s, by) == YA &&
	       offset(s, by + 1) == NUKTA && is_sign(offset(s, by + 2));
}

/* The Latin for the consonant at hand; 'used' says how many letters it is. */
static const char *spell_consonant(const struct spelling *s, int *used)
{
	const struct conjunct *conjunct = conjunct_at(s);
	int o = here(s), before = offset(s, -1);

	*used = conjunct ? 3 : past_dot(s, 0);
	if (conjunct)
		return conjunct->latin;
	if (is_bengali_w(s, 0) && (before == VOWEL_O || before == SIGN_OO))
		return "w";
	if (*used == 2 && dotted[o])
		return dotted[o];
	if (is_in(s, IN(TAMIL)) && tamil_stops[o].first)
		return tamil_stop(s);
	if (is_in(s, IN(BENGALI)) && o == YA && before != VIRAMA)
		return "j";
	if (is_in(s, IN(TAMIL) | IN(MALAYALAM)) && o == NYA && before < 0)
		return "gn";
	return consonant_at(s, 0);
}

/* Is a consonant's own 'a' heard at the end of a word? Always in the south;
 * in the north after two consonants that cannot end a word (mishra). */
static bool ends_in_a(const struct spelling *s)
{
	int o = here(s);

	if (is_in(s, SOUTHERN) || offset(s, -1) < 0)
		return true;
	if (is_in(s, IN(BENGALI)) && o == HA)
		return true;	/* guha */
	if (offset(s, -1) != VIRAMA)
		return false;
	return is_in(s, IN(BENGALI) | IN(ORIYA)) || o == 0x23 || o == NA ||
	       (o >= MA && o <= VA);
}

/* The northern scripts do not say it between a vowel and a consonant that
 * has a written one either (raj(a)kumar). */
static bool is_silent(const struct spelling *s, int next)
{
	return is_in(s, NORTHERN) && s->last == SPELLED_VOWEL &&
	       consonant_at(s, next) && is_sign(offset(s, past_dot(s, next)));
}

static bool has_own_a(const struct spelling *s, int used)
{
	int next = offset(s, used);

	if (next == VIRAMA || is_sign(next))
		return false;
	return next < 0 ? ends_in_a(s) : !is_silent(s, used);
}

/* Rao: its last letter is v in every script. */
static bool spell_rao(struct spelling *s)
{
	int used = offset(s, 1) == VIRAMA || offset(s, 1) == SIGN_U ? 2 : 1;

	if (here(s) != VA || offset(s, -1) != SIGN_AA ||
	    offset(s, -2) != RA || offset(s, used) >= 0)
		return false;
	spelling_write(s, "o");
	s->i += (size_t)used;
	s->last = SPELLED_VOWEL;
	return true;
}

static void take_consonant(struct spelling *s)
{
	int used;
	const char *latin = spell_consonant(s, &used);
	bool a = has_own_a(s, used);

	spelling_write(s, latin);
	if (a)
		spelling_write(s, "a");
	s->last = a ? SPELLED_VOWEL : SPELLED_CODA;
	s->i += (size_t)used;
}

static void take_vowel(struct spelling *s)
{
	int o = here(s);
	bool starts = offset(s, -1) < 0;
	/* Tamil Iraman is Raman: no word of its own begins with r. */
	bool mute = is_in(s, IN(TAMIL)) && starts && o == VOWEL_I &&
		    offset(s, 1) == RA && offset(s, 2) == SIGN_AA;

	if (o == VOWEL_O && is_bengali_w(s, 1) &&
	    (starts || s->last == SPELLED_VOWEL))
		mute = true;
	if (!mute)
		spelling_write(s, vowels[o] ? vowels[o] : signs[o]);
	s->last = SPELLED_VOWEL;
	s->i++;
}

/* m, n or ng, as what follows makes it. */
static const char *nasal(const struct spelling *s)
{
	int next = offset(s, 1);
	bool bengali = is_in(s, IN(BENGALI)) && here(s) == ANUSVARA;

	if (next >= PA && next <= MA)
		return "m";
	if (is_in(s, IN(BENGALI)) && next >= 0 && vowels[next])
		return "";	/* bhuiya */
	if (is_in(s, SOUTHERN))
		return next < 0 || next >= YA ? "m" : "n";
	if (bengali)
		return next == YA || (next >= SHA && next <= SA) ? "n" : "ng";
	if (next == HA)
		return "ng";	/* singh */
	return next < 0 && consonant_at(s, -1) ? "m" : "n";
}

static bool is_nasal(const struct spelling *s)
{
	int o = here(s);

	return o == CANDRABINDU || o == ANUSVARA ||
	       (o == TIPPI && is_in(s, IN(GURMUKHI)));
}

static void take_visarga(struct spelling *s)
{
	int next = offset(s, 1);

	if (!is_in(s, IN(TAMIL)) || (next != PA && next != JA)) {
		spelling_write(s, "h");
		return;
	}
	spelling_write(s, next == PA ? "f" : "z");	/* of p and j in Tamil */
	s->i++;
}

static void take_mark(struct spelling *s)
{
	if (is_nasal(s))
		spelling_write(s, nasal(s));
	else if (here(s) == VISARGA)
		take_visarga(s);
	s->last = SPELLED_CODA;
	s->i++;
}

bool spell_indic(struct spelling *s)
{
	int32_t c = spelling_peek(s, 0);

	if (c < FIRST_BLOCK || c >= END_OF_BLOCKS)
		return false;
	if (spell_rao(s))
		return true;
	if (consonant_at(s, 0))
		take_consonant(s);
	else if (vowels[c % BLOCK] || signs[c % BLOCK])
		take_vowel(s);
	else
		take_mark(s);
	return true;
}

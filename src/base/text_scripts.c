/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text_scripts.h"

int32_t spelling_peek(const struct spelling *s, int by)
{
	size_t at = s->i + (size_t)by;	/* before the start wraps to a huge one */

	return at < s->n ? s->letters[at] : 0;
}

void spelling_write(struct spelling *s, const char *latin)
{
	while (*latin && s->len + 1 < s->size)
		s->out[s->len++] = *latin++;
	s->out[s->len] = '\0';
}

static bool is_start(const struct spelling *s)
{
	int32_t before = spelling_peek(s, -1);

	return !before || before == ' ';
}

static bool ends_at(const struct spelling *s, int by)
{
	int32_t c = spelling_peek(s, by);

	return !c || c == ' ';
}

/* Arabic and Urdu. Only long vowels are written; waw and yeh are both vowel
 * and consonant. The letters come with their variants made alike. */
enum {
	ALEF = 0x627, BEH = 0x628, HAH = 0x62d, DAL = 0x62f, ZAL = 0x630,
	AIN = 0x639, QAF = 0x642, LAM = 0x644, NOON = 0x646, WAW = 0x648,
	ASPIRATE = 0x6be, HEH = 0x6c1, YEH = 0x6cc,
	ARABIC_FIRST = 0x600, ARABIC_END = 0x700,
	HAMZA_ABOVE = 0x654, SMALL_ALEF = 0x670
};

static const char *const arabic[ARABIC_END - ARABIC_FIRST] = {
	[0x28] = "b", [0x2a] = "t", [0x2b] = "s", [0x2c] = "j", [0x2d] = "h",
	[0x2e] = "kh", [0x2f] = "d", [0x30] = "z", [0x31] = "r", [0x32] = "z",
	[0x33] = "s", [0x34] = "sh", [0x35] = "s", [0x36] = "z", [0x37] = "t",
	[0x38] = "z", [0x3a] = "gh", [0x41] = "f", [0x42] = "q", [0x44] = "l",
	[0x45] = "m", [0x46] = "n", [0x79] = "t", [0x7a] = "t", [0x7b] = "b",
	[0x7c] = "t", [0x7d] = "t", [0x7e] = "p", [0x7f] = "t", [0x80] = "bh",
	[0x81] = "z", [0x83] = "n", [0x84] = "j", [0x85] = "ts", [0x86] = "ch",
	[0x87] = "chh", [0x88] = "d", [0x89] = "d", [0x8a] = "d", [0x8c] = "dh",
	[0x8d] = "d", [0x8f] = "d", [0x91] = "r", [0x93] = "r", [0x96] = "g",
	[0x98] = "zh", [0x99] = "r", [0x9a] = "sh", [0xa4] = "v", [0xa6] = "ph",
	[0xa9] = "k", [0xab] = "g", [0xad] = "ng", [0xaf] = "g", [0xb1] = "ng",
	[0xb3] = "g", [0xbb] = "n", [0xbc] = "n", [0xc1] = "h",
};

static const int32_t al[] = { ALEF, LAM, 0 };
static const int32_t servant[] = { AIN, BEH, DAL, 0 };	/* abd */

/* How many letters of 'word' stand here if all do, else 0. */
static int starts_with(const struct spelling *s, int by, const int32_t *word)
{
	int n = 0;

	for (; word[n]; n++)
		if (spelling_peek(s, by + n) != word[n])
			return 0;
	return n;
}

static int is_word(const struct spelling *s, int by, const int32_t *word)
{
	int n = starts_with(s, by, word);

	return n && ends_at(s, by + n) ? n : 0;
}

static bool is_servant(const struct spelling *s, int by)
{
	return starts_with(s, by, servant) && ends_at(s, by - 1);
}

/* Abdul Rahman, Nizamuddin, Saifullah: the article is no word of its own. */
static const struct article {
	int32_t word[6];
	const char *latin;
	bool joins;	/* the word before it, with no space between */
} articles[] = {
	{ .word = { ALEF, LAM, DAL, YEH, NOON }, .latin = "uddin", .joins = true },
	{ .word = { ALEF, LAM, LAM, HEH }, .latin = "ullah", .joins = true },
	{ .word = { ALEF, LAM, HAH, QAF }, .latin = "ul haq" },
};

static const struct article *article_at(const struct spelling *s, int by)
{
	size_t n = sizeof(articles) / sizeof(*articles);

	for (const struct article *a = articles; a < articles + n; a++)
		if (is_word(s, by, a->word))
			return a;
	return NULL;
}

static bool follows_servant(const struct spelling *s)
{
	return is_servant(s, spelling_peek(s, -1) == ' ' ? -4 : -3);
}

static bool spell_article(struct spelling *s)
{
	const struct article *article = article_at(s, 0);

	if (!starts_with(s, 0, al) || !spelling_peek(s, -1))
		return false;
	if (article)
		s->i += (size_t)is_word(s, 0, article->word);
	else if (follows_servant(s))
		s->i += 2;
	else
		return false;
	spelling_write(s, article ? article->latin : "ul ");
	s->last = SPELLED_NOTHING;
	return true;
}

/* Zulfiqar: the vowel of its first word is not heard. */
static bool spell_zul(struct spelling *s)
{
	static const int32_t zul[] = { ZAL, WAW, ALEF, LAM, 0 };

	if (!is_start(s) || !starts_with(s, 0, zul) || ends_at(s, 4))
		return false;
	spelling_write(s, "zul");
	s->i += 4;
	s->last = SPELLED_CODA;
	return true;
}

/* The space before an article that joins: it goes. */
static bool skip_article_space(struct spelling *s)
{
	const struct article *article = article_at(s, 1);

	if (spelling_peek(s, 0) != ' ')
		return false;
	if (!(article && article->joins) &&
	    !(is_servant(s, -3) && starts_with(s, 1, al)))
		return false;
	s->i++;
	return true;
}

static bool waw_is_vowel(const struct spelling *s, int by)
{
	int32_t before = spelling_peek(s, by - 1), after = spelling_peek(s, by + 1);

	if (!before || before == ' ')
		return false;
	if (after == HAMZA_ABOVE)
		return true;
	if (after == ALEF || after == YEH || (after == HEH && ends_at(s, by + 2)))
		return false;
	if (ends_at(s, by + 1))
		return before != YEH;		/* bhutto, but dev */
	return before != ALEF;
}

static bool is_vowel(const struct spelling *s, int by)
{
	switch (spelling_peek(s, by)) {
	case ALEF: case YEH: case SMALL_ALEF: return true;
	case WAW: return waw_is_vowel(s, by);
	case HEH: return ends_at(s, by + 1);
	}
	return false;
}

static void write_vowel(struct spelling *s, const char *latin)
{
	spelling_write(s, latin);
	s->last = SPELLED_VOWEL;
}

/* Puts in the short vowels that nobody writes: a syllable is a consonant, a
 * vowel, and at most one more consonant. */
static void write_consonant(struct spelling *s, const char *latin)
{
	bool vowel_next = is_vowel(s, 1), at_end = ends_at(s, 1);

	if (s->last == SPELLED_ONSET || (s->last == SPELLED_CODA && at_end))
		write_vowel(s, "a");
	spelling_write(s, latin);
	if (s->last == SPELLED_VOWEL && !vowel_next)
		s->last = SPELLED_CODA;
	else
		s->last = SPELLED_ONSET;
}

static void take_waw(struct spelling *s)
{
	int next = spelling_peek(s, 1) == HAMZA_ABOVE ? 2 : 1;

	if (!waw_is_vowel(s, 0))
		write_consonant(s, "w");
	else
		write_vowel(s, ends_at(s, next) ? "o" : "u");
}

static void take_yeh(struct spelling *s)
{
	if (is_start(s))
		write_consonant(s, "y");
	else
		write_vowel(s, spelling_peek(s, 1) == SMALL_ALEF ? "" : "i");
}

static void take_heh(struct spelling *s)
{
	int32_t before = spelling_peek(s, -1);

	if (!ends_at(s, 1) || is_start(s) || before == ALEF)
		write_consonant(s, "h");
	else
		write_vowel(s, before == LAM && spelling_peek(s, -2) == LAM ? "ah" : "a");
}

/* Ain is heard as a vowel where there is no other. */
static void take_ain(struct spelling *s)
{
	int32_t after = spelling_peek(s, 1);
	bool needed = is_start(s) ? after != ALEF && after != YEH :
				    s->last == SPELLED_ONSET;

	if (needed)
		write_vowel(s, "a");
}

static void take_arabic(struct spelling *s, int32_t c)
{
	const char *latin = arabic[c - ARABIC_FIRST];

	switch (c) {
	case ALEF: case SMALL_ALEF: write_vowel(s, "a"); break;
	case ASPIRATE: spelling_write(s, "h"); break;
	case WAW: take_waw(s); break;
	case YEH: take_yeh(s); break;
	case HEH: take_heh(s); break;
	case AIN: take_ain(s); break;
	default:
		if (latin)
			write_consonant(s, latin);
	}
}

bool spell_arabic(struct spelling *s)
{
	int32_t c = spelling_peek(s, 0);

	if (skip_article_space(s))
		return true;
	if (c < ARABIC_FIRST || c >= ARABIC_END)
		return false;
	if (spell_article(s) || spell_zul(s))
		return true;
	take_arabic(s, c);
	s->i++;
	return true;
}

/* Armenian, as spelled in the east; the skeleton catches the west. */
enum { YECH = 0x565, INI = 0x56b, VO = 0x578, HIWN = 0x582 };

static const char *const armenian[] = {
	"a", "b", "g", "d", "e", "z", "e", "y", "t", "zh", "i", "l", "kh",
	"ts", "k", "h", "dz", "gh", "ch", "m", "y", "n", "sh", "o", "ch", "p",
	"j", "r", "s", "v", "t", "r", "ts", "v", "p", "k", "o", "f"
};

bool spell_armenian(struct spelling *s)
{
	int32_t c = spelling_peek(s, 0), next = spelling_peek(s, 1);
	bool pair = next == HIWN && (c == VO || c == YECH || c == INI);

	if (c < 0x561 || c > 0x586)
		return false;
	if (pair && c == VO)
		spelling_write(s, "u");
	else if (pair && c == INI)
		spelling_write(s, "yu");
	else if (c == YECH && is_start(s))
		spelling_write(s, pair ? "yev" : "ye");
	else if (c == YECH && pair)
		spelling_write(s, "ev");
	else if (c == VO && is_start(s))
		spelling_write(s, "vo");
	else
		spelling_write(s, armenian[c - 0x561]);
	s->i += pair ? 2 : 1;
	return true;
}

/* Cyrillic: Russian, and the letters Ukrainian, Serbian and Kazakh add. */
enum { CYRILLIC_I = 0x438, CYRILLIC_Y = 0x44b, BREVE = 0x306 };

static const char *const cyrillic[] = {
	[0x00] = "a", [0x01] = "b", [0x02] = "v", [0x03] = "g", [0x04] = "d",
	[0x05] = "e", [0x06] = "zh", [0x07] = "z", [0x08] = "i", [0x0a] = "k",
	[0x0b] = "l", [0x0c] = "m", [0x0d] = "n", [0x0e] = "o", [0x0f] = "p",
	[0x10] = "r", [0x11] = "s", [0x12] = "t", [0x13] = "u", [0x14] = "f",
	[0x15] = "kh", [0x16] = "ts", [0x17] = "ch", [0x18] = "sh",
	[0x19] = "shch", [0x1a] = "", [0x1b] = "y", [0x1c] = "", [0x1d] = "e",
	[0x1e] = "yu", [0x1f] = "ya", [0x22] = "dj", [0x24] = "ye", [0x25] = "dz",
	[0x26] = "i", [0x28] = "j", [0x29] = "lj", [0x2a] = "nj", [0x2b] = "ch",
	[0x2f] = "dz", [0x61] = "g", [0x63] = "gh", [0x6b] = "q", [0x73] = "ng",
	[0x7f] = "u", [0x81] = "u", [0x8b] = "h", [0xa9] = "a", [0xb9] = "o",
};

/* Dmitry, Krasny: the y before a last short i is not written. */
static bool is_ending_y(const struct spelling *s)
{
	return spelling_peek(s, 1) == CYRILLIC_I && spelling_peek(s, 2) == BREVE &&
	       ends_at(s, 3);
}

bool spell_cyrillic(struct spelling *s)
{
	int32_t c = spelling_peek(s, 0);
	size_t letter = (size_t)(c - 0x430);

	if (c < 0x430 || letter >= sizeof(cyrillic) / sizeof(*cyrillic) ||
	    !cyrillic[letter])
		return false;
	if (c == CYRILLIC_I && spelling_peek(s, 1) == BREVE)
		spelling_write(s, "y");
	else if ((c != CYRILLIC_I && c != CYRILLIC_Y) || !is_ending_y(s))
		spelling_write(s, cyrillic[letter]);
	s->i++;
	return true;
}

/* Greek, as names are spelled in passports. */
enum {
	ALPHA = 0x3b1, GAMMA = 0x3b3, EPSILON = 0x3b5, KAPPA = 0x3ba, MU = 0x3bc,
	NU = 0x3bd, XI = 0x3be, OMICRON = 0x3bf, PI = 0x3c0, TAU = 0x3c4,
	UPSILON = 0x3c5, CHI = 0x3c7
};

static const char *const greek[] = {
	"a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x",
	"o", "p", "r", "s", "s", "t", "y", "f", "ch", "ps", "o"
};

static bool is_accent(int32_t c)
{
	return c >= 0x300 && c < 0x370;
}

/* Upsilon after a or e: f before a voiceless sound and at the end, else v. */
static const char *spell_upsilon(const struct spelling *s, int by)
{
	switch (spelling_peek(s, is_accent(spelling_peek(s, by)) ? by + 1 : by)) {
	case 0: case ' ': case 0x3b8: case KAPPA: case XI: case PI: case 0x3c3:
	case TAU: case 0x3c6: case CHI: case 0x3c8:
		return "f";
	}
	return "v";
}

/* Two letters that make one sound: the Latin of both, or NULL. */
static const char *greek_pair(const struct spelling *s)
{
	int32_t c = spelling_peek(s, 0), next = spelling_peek(s, 1);

	if (c == OMICRON && next == UPSILON)
		return "ou";
	if (c == GAMMA && next == GAMMA)
		return "ng";
	if (c == GAMMA && next == CHI)
		return "nch";
	if (c == GAMMA && next == XI)
		return "nx";
	if (!is_start(s))
		return NULL;
	if (c == MU && next == PI)
		return "b";
	if (c == NU && next == TAU)
		return "d";
	return c == GAMMA && next == KAPPA ? "g" : NULL;
}

bool spell_greek(struct spelling *s)
{
	int32_t c = spelling_peek(s, 0);
	const char *pair = greek_pair(s);

	if (c < ALPHA || c > 0x3c9)
		return false;
	if (pair) {
		spelling_write(s, pair);
		s->i += 2;
	} else if ((c == ALPHA || c == EPSILON) && spelling_peek(s, 1) == UPSILON) {
		spelling_write(s, c == ALPHA ? "a" : "e");
		spelling_write(s, spell_upsilon(s, 2));
		s->i += 2;
	} else {
		spelling_write(s, greek[c - ALPHA]);
		s->i++;
	}
	return true;
}

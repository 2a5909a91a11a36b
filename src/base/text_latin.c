/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "base/money.h"

/* Only what needs another script is spelled anew, a run of letters at a time:
 * the rest keeps its punctuation, capitals and figures. */

enum { RUN_MAX = 4096, ARMENIAN_FIRST = 0x55a, ARMENIAN_END = 0x55f, ARMENIAN_COMMA = 0x55d,
       ARABIC_FIRST = 0x600, ARABIC_END = 0x700, USUAL_MAX = 64 };

#define ARTICLE " ال"

struct latin {
	int32_t letters[TEXT_LETTERS_MAX];
	size_t n, i;
	enum text_latin how;
	char *out;
	size_t size, len;
};

static void put(struct latin *l, const char *text, size_t n)
{
	if (l->len + n >= l->size) {
		l->size = l->len + 1;	/* full: nothing shorter may follow */
		return;
	}
	memcpy(l->out + l->len, text, n);
	l->len += n;
	l->out[l->len] = '\0';
}

static void put_letter(struct latin *l, int32_t c)
{
	char bytes[4];

	put(l, bytes, (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)bytes));
}

/* 0 past the end. */
static int32_t peek(const struct latin *l, size_t i)
{
	return i < l->n ? l->letters[i] : 0;
}

/* Latin-1, the accents of Central Europe, and Romanian's commas: what the
 * fonts of consoles have. */
static bool can_stay(const struct latin *l, int32_t c)
{
	if (c < 0x80)
		return true;
	if (l->how == TEXT_ASCII)
		return false;
	return (c >= 0xa0 && c < 0x180) || (c >= 0x218 && c <= 0x21b);
}

static bool is_letter(int32_t c)
{
	utf8proc_category_t g = utf8proc_category(c);

	return g >= UTF8PROC_CATEGORY_LU && g <= UTF8PROC_CATEGORY_LO;
}

static bool is_mark(int32_t c)
{
	utf8proc_category_t g = utf8proc_category(c);

	return (g >= UTF8PROC_CATEGORY_MN && g <= UTF8PROC_CATEGORY_ME) ||
	       g == UTF8PROC_CATEGORY_CF;	/* joiners */
}

static bool is_number(int32_t c)
{
	return utf8proc_category(c) == UTF8PROC_CATEGORY_ND;
}

static bool is_upper(int32_t c)
{
	return utf8proc_category(c) == UTF8PROC_CATEGORY_LU;
}

static bool has_case(int32_t c)
{
	utf8proc_category_t g = utf8proc_category(c);

	return g >= UTF8PROC_CATEGORY_LU && g <= UTF8PROC_CATEGORY_LT;
}

/* Armenian sets its accent and its question mark over a vowel, in the word. */
static bool is_within_word(int32_t c)
{
	return is_mark(c) ||
	       (c >= ARMENIAN_FIRST && c < ARMENIAN_END && c != ARMENIAN_COMMA);
}

/* One word where letters have case, for its capitals; else all words in a
 * row, for what Arabic writes as two words and speaks as one. */
static size_t run_end(const struct latin *l)
{
	bool cased = has_case(l->letters[l->i]);
	size_t i = l->i + 1;

	for (; i < l->n; i++) {
		int32_t c = l->letters[i], next = peek(l, i + 1);

		if (!cased && c == ' ' && is_letter(next) && !has_case(next) &&
		    !can_stay(l, next))
			continue;
		if (can_stay(l, c))
			break;
		if (!is_within_word(c) && !(is_letter(c) && has_case(c) == cased))
			break;
	}
	return i;
}

/* A run as UTF-8, as much as there is room for. */
static void encode(const int32_t *letters, size_t n, char out[RUN_MAX])
{
	size_t len = 0;

	for (size_t i = 0; i < n && len < RUN_MAX - 4; i++)
		len += (size_t)utf8proc_encode_char(letters[i], (utf8proc_uint8_t *)out + len);
	out[len] = '\0';
}

static bool all_upper(const int32_t *letters, size_t n)
{
	size_t upper = 0;

	for (size_t i = 0; i < n; i++) {
		if (is_letter(letters[i]) && !is_upper(letters[i]))
			return false;
		upper += is_upper(letters[i]);
	}
	return upper > 1;
}

static char ascii_upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* As the run was written; every word of a script without case begins with a
 * capital, since most are names. */
static void capitalise(char *latin, const int32_t *letters, size_t n)
{
	bool every = all_upper(letters, n), cased = has_case(letters[0]);

	if (cased && !is_upper(letters[0]))
		return;
	for (size_t i = 0; latin[i]; i++)
		if (every || !i || (!cased && latin[i - 1] == ' '))
			latin[i] = ascii_upper(latin[i]);
}

/* What the tables could not spell is still in its own script. */
static void put_known(struct latin *l, const char *text)
{
	for (size_t n; *text; text += n) {
		n = text_cluster(text);
		if (*text & 0x80)
			put(l, "?", 1);
		else
			put(l, text, n);
	}
}

/* Arabic letters leave short vowels out, and a rule cannot guess them: names
 * and titles that many people have, folded, as they are mostly spelled. */
static const struct usual {
	const char *folded, *spelled;
} usual[] = {
	{ "محمد", "Muhammad" }, { "احمد", "Ahmed" }, { "حسن", "Hassan" },
	{ "حسین", "Hussain" }, { "عمر", "Umar" }, { "عثمان", "Usman" },
	{ "ابوبکر", "Abubakar" }, { "یوسف", "Yusuf" }, { "یونس", "Younis" },
	{ "یاسر", "Yasir" }, { "ابراہیم", "Ibrahim" }, { "اسماعیل", "Ismail" },
	{ "اسمعیل", "Ismail" }, { "اسحاق", "Ishaq" }, { "داود", "Dawood" },
	{ "سلیمان", "Suleman" }, { "مصطفی", "Mustafa" }, { "مرتضی", "Murtaza" },
	{ "مجتبی", "Mujtaba" }, { "محمود", "Mahmood" }, { "حامد", "Hamid" },
	{ "حمید", "Hameed" }, { "ماجد", "Majid" }, { "مجید", "Majeed" },
	{ "خالد", "Khalid" }, { "طارق", "Tariq" }, { "طاہر", "Tahir" },
	{ "زاہد", "Zahid" }, { "ساجد", "Sajid" }, { "شاہد", "Shahid" },
	{ "شکیل", "Shakeel" }, { "رشید", "Rasheed" }, { "راشد", "Rashid" },
	{ "سلیم", "Saleem" }, { "سعید", "Saeed" }, { "سہیل", "Sohail" },
	{ "سجاد", "Sajjad" }, { "عباس", "Abbas" }, { "عمران", "Imran" },
	{ "عرفان", "Irfan" }, { "عامر", "Aamir" }, { "عارف", "Arif" },
	{ "عابد", "Abid" }, { "عادل", "Adil" }, { "عاصم", "Asim" },
	{ "انور", "Anwar" }, { "اعجاز", "Ijaz" }, { "اقبال", "Iqbal" },
	{ "بلال", "Bilal" }, { "جاوید", "Javed" }, { "فاروق", "Farooq" },
	{ "فیصل", "Faisal" }, { "قاسم", "Qasim" }, { "کاشف", "Kashif" },
	{ "مبارک", "Mubarak" }, { "منیر", "Munir" }, { "مظفر", "Muzaffar" },
	{ "نعیم", "Naeem" }, { "ندیم", "Nadeem" }, { "وسیم", "Waseem" },
	{ "فاطمہ", "Fatima" }, { "عایشہ", "Ayesha" }, { "زینب", "Zainab" },
	{ "مریم", "Maryam" }, { "امنہ", "Amina" }, { "سلمی", "Salma" },
	{ "رقیہ", "Ruqayya" }, { "کلثوم", "Kulsoom" }, { "نسرین", "Nasreen" },
	{ "نسیم", "Naseem" }, { "پروین", "Parveen" }, { "رخسانہ", "Rukhsana" },
	{ "زبیدہ", "Zubaida" }, { "بشری", "Bushra" }, { "بیگم", "Begum" },
	{ "میمن", "Memon" }, { "بی بی", "Bibi" }, { "بیگ", "Baig" },
	{ "ملک", "Malik" }, { "سید", "Syed" }, { "سیدہ", "Syeda" },
	{ "شیخ", "Sheikh" }, { "مرزا", "Mirza" }, { "مولانا", "Maulana" },
	{ "حافظ", "Hafiz" }, { "قریشی", "Qureshi" }, { "صدیقی", "Siddiqui" },
	{ "بخاری", "Bukhari" }, { "چوہدری", "Chaudhry" },
	{ "چودھری", "Chaudhry" }, { "بھٹی", "Bhatti" }, { "بٹ", "Butt" },
	{ "صاحب", "Sahib" }, { "منشی", "Munshi" }, { "عبد اللہ", "Abdullah" },
};

static size_t word_length(const char *text)
{
	return strcspn(text, " ");
}

static const char *usual_spelling(const char *text, size_t len)
{
	char word[USUAL_MAX], folded[USUAL_MAX];

	if (len >= sizeof(word))
		return NULL;
	memcpy(word, text, len);
	word[len] = '\0';
	text_fold(word, folded, sizeof(folded));
	for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
		if (!strcmp(usual[i].folded, folded))
			return usual[i].spelled;
	return NULL;
}

/* A name of two words or one that the text begins with, and its bytes. What
 * goes on with the article is spoken as one word with it. */
static const char *usual_at(const char *text, size_t *len)
{
	size_t one = word_length(text), two = one;
	const char *found = NULL;

	if (text[one]) {
		two = one + 1 + word_length(text + one + 1);
		found = usual_spelling(text, two);
		*len = two;
	}
	if (!found) {
		found = usual_spelling(text, one);
		*len = one;
	}
	return found && strncmp(text + *len, ARTICLE, strlen(ARTICLE)) ? found : NULL;
}

static void add_words(char out[RUN_MAX], const char *words)
{
	size_t len = strlen(out);

	if (*words)
		snprintf(out + len, RUN_MAX - len, "%s%s", len ? " " : "", words);
}

static void add_romanised(char out[RUN_MAX], const char *from, size_t n)
{
	char words[RUN_MAX], latin[RUN_MAX];

	memcpy(words, from, n);
	words[n] = '\0';
	text_romanise(words, latin, sizeof(latin));
	add_words(out, latin);
}

static void spell_arabic(const char *run, char out[RUN_MAX])
{
	const char *from = run;		/* words that are not spelled yet */
	size_t n = 0;

	out[0] = '\0';
	for (const char *at = run; *at; at += n, at += strspn(at, " ")) {
		const char *name = usual_at(at, &n);

		if (!name) {
			n = word_length(at);
			continue;
		}
		add_romanised(out, from, (size_t)(at - from));
		add_words(out, name);
		from = at + n;
	}
	add_romanised(out, from, strlen(from));
}

static bool is_arabic(int32_t c)
{
	return c >= ARABIC_FIRST && c < ARABIC_END;
}

static void put_run(struct latin *l)
{
	char run[RUN_MAX], latin[RUN_MAX];
	size_t end = run_end(l), n = end - l->i;
	const int32_t *letters = l->letters + l->i;

	encode(letters, n, run);
	if (is_arabic(*letters))
		spell_arabic(run, latin);
	else
		text_romanise(run, latin, sizeof(latin));
	capitalise(latin, letters, n);
	put_known(l, latin);
	l->i = end;
}

static const struct sign {
	int32_t sign;
	const char *plain;
} signs[] = {
	{ 0xa9, "(c)" }, { 0xae, "(r)" }, { 0xb0, "deg" }, { 0xb1, "+-" }, { 0xb7, "." },
	{ 0xbc, "1/4" }, { 0xbd, "1/2" }, { 0xbe, "3/4" }, { 0xd7, "x" }, { 0xf7, "/" },
	{ 0x2019, "'" }, { 0x2018, "'" }, { 0x201a, "'" }, { 0x2022, "*" }, { 0x2026, "..." },
	{ 0x2030, "o/oo" }, { 0x2116, "No." }, { 0x2122, "(tm)" },
	{ 0x2190, "<" }, { 0x2191, "^" }, { 0x2192, ">" }, { 0x2193, "v" },
	{ 0x2212, "-" }, { 0x2248, "~" }, { 0x2260, "<>" }, { 0x2264, "<=" }, { 0x2265, ">=" },
	{ 0x2500, "-" }, { 0x2502, "|" }, { 0x25cf, "*" }, { 0x2605, "*" }, { 0x2606, "*" },
	{ 0x2713, "+" }, { 0x2714, "+" }, { 0x2717, "x" }, { 0x2718, "x" },
	/* full stops, commas and question marks of Armenian, Arabic and Indic */
	{ 0x55d, "," }, { 0x589, ":" }, { 0x58a, "-" }, { 0x60c, "," }, { 0x61b, ";" },
	{ 0x61f, "?" }, { 0x66a, "%" }, { 0x66b, "." }, { 0x66c, "," }, { 0x6d4, "." },
	{ 0x964, "." }, { 0x965, "." }, { 0xaf0, "." },
	/* currencies that several countries write alike */
	{ 0x20b9, "Rs" }, { 0x20a8, "Rs" }, { 0xa3, "GBP" }, { 0xa5, "JPY" },
};

/* NULL: no currency is written so. */
static const char *currency_code(int32_t c)
{
	const struct currency *currency;
	char symbol[5] = { 0 };

	utf8proc_encode_char(c, (utf8proc_uint8_t *)symbol);
	for (unsigned i = 0; (currency = currency_at(i)); i++)
		if (!strcmp(currency->symbol, symbol))
			return currency->code;
	return NULL;
}

static const char *plain_kind(int32_t c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_ZS:
		return " ";
	case UTF8PROC_CATEGORY_PD:
		return "-";
	case UTF8PROC_CATEGORY_PI: case UTF8PROC_CATEGORY_PF:
		return "\"";
	case UTF8PROC_CATEGORY_PS:
		return "(";
	case UTF8PROC_CATEGORY_PE:
		return ")";
	default:
		return "?";
	}
}

static const char *plain_sign(int32_t c)
{
	const char *code;

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (signs[i].sign == c)
			return signs[i].plain;
	code = currency_code(c);
	return code ? code : plain_kind(c);
}

static void put_sign(struct latin *l)
{
	int32_t c = l->letters[l->i++], next = peek(l, l->i);
	const char *plain = plain_sign(c);

	put(l, plain, strlen(plain));
	if (utf8proc_category(c) == UTF8PROC_CATEGORY_SC && is_number(next))
		put(l, " ", 1);
}

static void put_number(struct latin *l)
{
	char digit[5] = { 0 }, latin[8];

	utf8proc_encode_char(l->letters[l->i++], (utf8proc_uint8_t *)digit);
	text_fold(digit, latin, sizeof(latin));
	put(l, latin, strlen(latin));
}

void text_latin(const char *in, enum text_latin how, char *out, size_t size)
{
	struct latin l = { .how = how, .out = out, .size = size };

	if (!size)
		return;
	out[0] = '\0';
	l.n = text_letters(in, l.letters);
	while (l.i < l.n && l.len + 1 < l.size) {
		int32_t c = l.letters[l.i];

		if (can_stay(&l, c))
			put_letter(&l, l.letters[l.i++]);
		else if (is_letter(c))
			put_run(&l);
		else if (is_number(c))
			put_number(&l);
		else if (is_mark(c))
			l.i++;
		else
			put_sign(&l);
	}
}

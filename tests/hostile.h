/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_HOSTILE_H
#define TESTS_HOSTILE_H

#include <stdio.h>
#include <string.h>

/* Texts that want to drive a terminal, a spreadsheet, a script or whoever reads
 * them: what people may be called, and files and arguments may hold. Whatever
 * prints text is tried with all of them. */

static const char *const hostile_pieces[] = {
	/* terminals: clearing, titles, answers, colours, other character sets */
	"\033[2J", "\033]0;evil\a", "\033[?1049l", "\xc2\x9b" "31m", "\x9b" "6n",
	"\033P>|\033\\", "\033[6n", "\033]52;c;cm0gLXJm\a", "\033[8m", "\033c", "\033(0",
	"\033]8;;http://evil.example\033\\", "\033[20t", "\033[>c", "\xc2\x9d" "0;x\xc2\x9c",
	"\xc2\x90" "q\xc2\x9c", "\033_G\033\\", "\033^x\033\\", "\033[41m", "\x9b" "2J",
	/* control characters, line ends that are not ours */
	"\r\n", "\b\b\b\b", "\t", "\x0e\x0f", "\x7f", "\x01\x02\x1a", "\x05", "\x07", "\v\f",
	"\n\n", "\r", "\xc2\x85", "\u2028\u2029", "\nforged line\n",
	/* directions, and what cannot be seen */
	"\u202eabc", "\u2066\u2069", "\u200f\u200e\u061c", "\u202a\u202b\u202c\u202d",
	"\u2067\u2068", "\ufeff\u200b\u2060", "\u00ad", "\u180e", "\u034f", "\u3164", "\u115f",
	"\u200d\u200c", "\u2062\u2063", "\U000e0001\U000e0061", "\ufff9\ufffa\ufffb",
	/* not UTF-8, or more than it */
	"\xc0\x80", "\xc0\x9b", "\xe0\x80\x9b", "\xf0\x80\x80\x9b", "\xff\xfe",
	"\xed\xa0\x80\xed\xb0\x80", "\xf4\x90\x80\x80", "\xe0\xa4", "\xf0\x9f\x91", "\xfe\xff",
	"\x80", "\xbf\xbf", "\xf8\x88\x80\x80\x80", "\xc3",
	/* letters that disagree with each other about their width */
	"\u0301", "\u0301\u0302\u0303\u0304\u0305\u0306\u0307", "\u20dd", "\u0489", "\u093e",
	"\u094d\u200d", "\u1161\u11ab", "\ue000\uf8ff", "\U0001f469\u200d\U0001f469\u200d"
	"\U0001f467", "\U0001f44b\U0001f3ff", "\U0001f1ee", "\u2764\ufe0f\u200d\U0001f525",
	"\U000e0067\U000e007f", "\U0010ffff", "\ufffe", "\u0600", "王小明", "한글", "ﷺ", "﷽",
	"\u0644\u0627", "علی", "שלום", "१२३", "क्षत्रिय", "㍿", "ก็็็็็็็็็็",
	"Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334",
	/* spreadsheets */
	"=1+1", "+1+1", "-2+3", "@SUM(A1)", "=HYPERLINK(\"http://evil.example\")",
	"=cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "＝1+1", "＋1", "－1", "＠A1", "'=1", " =1+1",
	"\"=1+1\"", ";=1+1", ",=1+1",
	/* formats, scripts, paths, JSON and CSV */
	"%s%s%n%x", "%1$*1$d", "$(reboot)", "`reboot`", "; rm -rf /", "| cat", "../../etc/passwd",
	"<b>x</b>", "' OR 1=1 --", "\"", "\\", "\"}],\"x\":[{\"", "\\u001b[2J", "\",\"",
	"\"\"\"", "a\"b", "--help", "-", "{name}", "${HOME}", "@1", "0x10", "NaN", "1e99",
	/* nothing bad at all */
	"a", "   ", "(", "]", "",
};
enum { HOSTILE_PIECES = sizeof(hostile_pieces) / sizeof(hostile_pieces[0]), HOSTILE_PLACES = 5,
       HOSTILE_TEXTS = HOSTILE_PIECES * HOSTILE_PLACES, HOSTILE_SIZE = 256 };
_Static_assert(HOSTILE_TEXTS >= 500, "there are 500 hostile texts");

/* The i-th of HOSTILE_TEXTS: a piece alone, before, behind and inside a name,
 * and three times. Returns 'out'. */
static inline const char *hostile_text(int i, char out[HOSTILE_SIZE])
{
	const char *piece = hostile_pieces[i / HOSTILE_PLACES];

	switch (i % HOSTILE_PLACES) {
	case 0: snprintf(out, HOSTILE_SIZE, "%s", piece); break;
	case 1: snprintf(out, HOSTILE_SIZE, "%s Asha %d", piece, i); break;
	case 2: snprintf(out, HOSTILE_SIZE, "Asha %d%s", i, piece); break;
	case 3: snprintf(out, HOSTILE_SIZE, "As%sha %d", piece, i); break;
	case 4: snprintf(out, HOSTILE_SIZE, "%s%s%s", piece, piece, piece); break;
	}
	return out;
}

#endif

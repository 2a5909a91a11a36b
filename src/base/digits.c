/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/digits.h"

#include <stdbool.h>
#include <stddef.h>

#define LENGTH(a) (sizeof(a) / sizeof(*(a)))

/* The zeros of all scripts; 1 to 9 follow each. Unicode 15, category Nd. */
static const uint32_t zeros[] = {
	0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66,
	0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6, 0x0e50, 0x0ed0, 0x0f20,
	0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90,
	0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0,
	0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x11066, 0x110f0,
	0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730,
	0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x11f50, 0x16a60, 0x16ac0,
	0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0,
	0x1e4f0, 0x1e950, 0x1fbf0,
};

static const struct {
	uint32_t first, last;
	char means;		/* 0: cannot be seen */
} signs[] = {
	{ 0x00a0, 0x00a0, ' ' },	/* no-break space */
	{ 0x00ad, 0x00ad, 0 },		/* soft hyphen */
	{ 0x02bc, 0x02bc, '\'' },
	{ 0x060c, 0x060c, ',' },	/* Arabic comma */
	{ 0x066b, 0x066b, '.' },	/* Arabic decimal separator */
	{ 0x066c, 0x066c, '\'' },	/* Arabic thousands separator */
	{ 0x2000, 0x200a, ' ' },
	{ 0x200b, 0x200f, 0 },		/* zero width; direction marks */
	{ 0x2010, 0x2015, '-' },	/* hyphens and dashes */
	{ 0x2018, 0x2019, '\'' },
	{ 0x202a, 0x202e, 0 },
	{ 0x202f, 0x202f, ' ' },	/* narrow no-break space */
	{ 0x2060, 0x2069, 0 },
	{ 0x2212, 0x2212, '-' },	/* minus */
	{ 0x3000, 0x3000, ' ' },
	{ 0xfe62, 0xfe62, '+' },
	{ 0xfe63, 0xfe63, '-' },
	{ 0xfeff, 0xfeff, 0 },
	{ 0xff07, 0xff07, '\'' },	/* full width */
	{ 0xff08, 0xff08, '(' },
	{ 0xff09, 0xff09, ')' },
	{ 0xff0b, 0xff0b, '+' },
	{ 0xff0c, 0xff0c, ',' },
	{ 0xff0d, 0xff0d, '-' },
	{ 0xff0e, 0xff0e, '.' },
};

/* Longer than one byte, or bad. */
static uint32_t wide_read(const char **text)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)*text;
	int len = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
	uint32_t c = p[0] & (0xffu >> (len + 1));

	if (p[0] < 0xc2 || p[0] > 0xf4) {
		*text += 1;
		return 0xfffd;
	}
	for (int i = 1; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80) {
			*text += i;
			return 0xfffd;
		}
		c = c << 6 | (p[i] & 0x3fu);
	}
	*text += len;
	return c < least[len] || c > 0x10ffff ? 0xfffd : c;
}

static bool sign_of(uint32_t c, uint32_t *means)
{
	for (size_t i = 0; i < LENGTH(signs); i++) {
		if (c >= signs[i].first && c <= signs[i].last) {
			*means = (unsigned char)signs[i].means;
			return true;
		}
	}
	return false;
}

uint32_t digit_read(const char **text)
{
	for (;;) {
		unsigned char byte = (unsigned char)**text;
		uint32_t c, means;

		if (byte < 0x80) {
			*text += byte != 0;
			return byte;
		}
		c = wide_read(text);
		for (size_t i = 0; i < LENGTH(zeros); i++) {
			if (c >= zeros[i] && c < zeros[i] + 10)
				return '0' + (c - zeros[i]);
		}
		if (!sign_of(c, &means))
			return c;
		if (means)
			return means;
	}
}

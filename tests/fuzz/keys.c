/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdbool.h>
#include <string.h>

#include "screens/keys.h"
#include "tests/fuzz/fuzz.h"

/* Whatever a terminal sends, at whatever times: text is UTF-8 without control
 * characters, a scan is what scanners print, a key has a name that fits. Four
 * bytes are one character: how it comes, which, and after how many ms. */

static bool is_text(const char *text)
{
	const unsigned char *s = (const unsigned char *)text;

	while (*s) {
		int more = *s < 0x80 ? 0 : *s >= 0xf0 ? 3 : *s >= 0xe0 ? 2 : *s >= 0xc2 ? 1 : -1;

		if (more < 0 || *s < ' ' || *s == 0x7f || (*s == 0xc2 && s[1] < 0xa0))
			return false;
		for (s++; more--; s++)
			if ((*s & 0xc0) != 0x80)
				return false;
	}
	return true;
}

static bool is_scan(const char *text)
{
	if (strlen(text) < SCAN_LEAST || strlen(text) >= SCAN_SIZE)
		return false;
	for (; *text; text++)
		if (*text <= ' ' || *text >= 0x7f)
			return false;
	return true;
}

static void check(const struct press *p)
{
	char name[KEY_NAME];

	switch (p->kind) {
	case PRESS_KEY:
		if (strlen(key_words(p->key, name)) >= KEY_NAME)
			abort();
		break;
	case PRESS_TEXT:
		if (!*p->text || !is_text(p->text))
			abort();
		break;
	case PRESS_SCAN:
		if (!is_scan(p->text))
			abort();
		break;
	case PRESS_RESIZE:
		break;
	case PRESS_NONE:
	case PRESS_GONE:
		abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct keys k = { .pasting = false };
	struct press p;
	int64_t ms = 0;

	for (; size >= 4; data += 4, size -= 4) {
		wint_t ch = (wint_t)(data[1] | data[2] << 8 | (data[0] & 0x1f) << 16);

		ms += data[3] < 0xf0 ? data[3] : (data[3] - 0xf0) * 1000;
		k.behind |= data[0] >> 5 == 7;
		if (data[0] >> 5 == 1 && !k.sequence)
			keys_begin_sequence(&k, ch, ms);
		else if (keys_take(&k, data[0] >> 5 == 2, ch, ms, &p))
			check(&p);
	}
	return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/status.h"

#include <libintl.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/text.h"

static char sentence[6144];

enum status fail(enum status st, const char *format, ...)
{
	char raw[sizeof(sentence) / 3];	/* a bad byte becomes three */
	va_list args;

	va_start(args, format);
	/* An empty one would be taken for the catalogue's own header. */
	vsnprintf(raw, sizeof(raw), *format ? gettext(format) : format, args);
	va_end(args);
	text_printable(raw, sentence, sizeof(sentence));
	return st;
}

const char *status_text(void)
{
	return sentence;
}

const char *status_name(enum status st)
{
	switch (st) {
	case ST_OK: return "ok";
	case ST_NOT_FOUND: return "not_found";
	case ST_EXISTS: return "exists";
	case ST_REFUSED: return "refused";
	case ST_INVALID: return "invalid";
	case ST_BUSY: return "busy";
	case ST_FULL: return "full";
	case ST_CORRUPT: return "corrupt";
	case ST_TOO_NEW: return "too_new";
	case ST_UNKNOWN: return "unknown";
	case ST_CANCELLED: return "cancelled";
	case ST_SYSTEM: return "system";
	}
	return "";
}

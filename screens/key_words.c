/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "screens/keys.h"

enum { CHAR_ESCAPE = 0x1b, CHAR_DELETE = 0x7f };

int binding_action(const struct binding *bindings, int key)
{
	for (const struct binding *b = bindings; b && b->action; b++)
		if (key && (b->key == key || b->twin == key))
			return b->action;
	return ACT_NONE;
}

const char *key_words(int key, char out[KEY_NAME])
{
	static const struct {
		int key;
		const char *name;
	} names[] = {
		{ '\r', "Enter" }, { '\t', "Tab" }, { CHAR_ESCAPE, "Esc" },
		{ KEY_BTAB, "Shift-Tab" }, { KEY_UP, "Up" }, { KEY_DOWN, "Down" },
		{ KEY_LEFT, "Left" }, { KEY_RIGHT, "Right" }, { KEY_HOME, "Home" },
		{ KEY_END, "End" }, { KEY_PPAGE, "PgUp" }, { KEY_NPAGE, "PgDn" },
		{ KEY_DC, "Del" }, { KEY_BACKSPACE, "Backspace" }, { ' ', "Space" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (names[i].key == key) {
			snprintf(out, KEY_NAME, "%s", names[i].name);
			return out;
		}
	if (key >= KEY_F(1) && key <= KEY_F(12))
		snprintf(out, KEY_NAME, "F%d", key - KEY_F0);
	else if (key > 0 && key < ' ')
		snprintf(out, KEY_NAME, "^%c", key + '@');
	else
		snprintf(out, KEY_NAME, "%c", key > ' ' && key < CHAR_DELETE ? key : '\0');
	return out;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_ITEMS_H
#define SCREENS_ITEMS_H

#include "screens/screen.h"
#include "shop/item.h"

/* One item to be added or changed; 'arg' is NULL, or a const struct item that
 * is copied by open(). */
extern const struct screen item_form_screen;

#endif

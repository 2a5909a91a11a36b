/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_WIZARD_H
#define SCREENS_WIZARD_H

#include "screens/edit.h"
#include "screens/list.h"
#include "screens/ui.h"
#include "shop/places.h"

/* The wizard, for its own files: five questions, each with what was answered
 * so far, so that one may go back and forth and loses nothing. */

enum wizard_at { ASK_NAME, ASK_COUNTRY, ASK_KIND, ASK_COUNT, ASK_REWARD, ASKED };
enum wizard_gives { GIVES_STAMPS, GIVES_POINTS, GIVES_NOTHING, GIVEN };

struct wizard {
	enum wizard_at at;
	struct edit edit[ASKED];	/* as it was typed; of the country what narrows them */
	bool proposed;			/* what stands there is ours: typing replaces it */
	struct list kinds, countries;
	struct places places;
	size_t *fitting;		/* places that fit what was typed */
	struct zones zones;
	struct settings settings;
	enum wizard_gives gives;
	int64_t count;			/* stamps on a card; what earns a point */
	char reward[64];
	int64_t worth;			/* of a point */
};

/* wizard.c: currency and clock are settled too. */
void wizard_country_known(struct wizard *w, struct ui *ui);
const char *wizard_question(const struct wizard *w, enum wizard_at at);

/* wizard_country.c */
void wizard_countries(struct wizard *w, const struct ui *ui);	/* reads them, chooses one */
void wizard_narrow(struct wizard *w);
/* Takes the chosen one; asks for clock and currency where it does not say them. */
void wizard_take_country(struct wizard *w, struct ui *ui);
const char *wizard_country(const struct wizard *w, size_t row);	/* of those that fit */

/* wizard_draw.c */
void wizard_draw(const void *state, const struct ui *ui, const struct canvas *c);
enum { WIZARD_LIST_TOP = 4 };	/* lines of a question above its list */

#endif

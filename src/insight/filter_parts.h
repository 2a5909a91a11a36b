/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_FILTER_PARTS_H
#define INSIGHT_FILTER_PARTS_H

#include "insight/filter.h"
#include "shop/program.h"
#include "shop/segment.h"
#include "store/peek.h"

/* What the files of the filter share; nobody else includes it. */

/* -- fields -- */

enum filter_kind {
	KIND_COUNT,	/* whole numbers; alone it means "> 0" */
	KIND_REAL,	/* millionths while they are read */
	KIND_MONEY,	/* minor units */
	KIND_DAY,	/* days that were; a length of time is how long ago */
	KIND_AHEAD,	/* days to come; a length of time is how far ahead */
	KIND_BIRTHDAY,
	KIND_TEXT,
	KIND_CHOICE,	/* one of a few words */
	KIND_YES	/* it is so, or it is not */
};

/* From where a value comes, the cheapest first. */
enum filter_source {
	FROM_FIGURES,	/* the account row */
	FROM_RECORD,	/* the customer row */
	FROM_LOTS,
	FROM_VISITS,	/* a scan of the journal */
	FROM_JOURNAL,	/* a pass over its entries */
	FROM_RFM, FROM_CLV
};

enum filter_args {
	ARG_WINDOW = 1,		/* visits(90d); without it: ever */
	ARG_PROGRAM = 2,
	ARG_ITEM = 4,		/* bought(item = "Chai") */
	ARG_TIME = 8		/* visited(weekday = tue, hour = 9) */
};

enum filter_what {
	WHAT_VISITS, WHAT_SALES, WHAT_SPEND, WHAT_FIRST, WHAT_LAST, WHAT_COHORT, WHAT_MEMBER,
	WHAT_TEXT, WHAT_ROWS, WHAT_PHONE, WHAT_CARD, WHAT_BIRTHDAY, WHAT_ADDED, WHAT_ID,
	WHAT_CHANNEL, WHAT_CONSENT, WHAT_TEXTABLE,
	WHAT_BALANCE, WHAT_POINTS, WHAT_STAMPS, WHAT_STAMPS_LEFT, WHAT_READY, WHAT_LAPSES,
	WHAT_GAPS, WHAT_EARNED, WHAT_REDEEMED, WHAT_BOUGHT, WHAT_VISITED,
	WHAT_RFM, WHAT_R, WHAT_F, WHAT_M, WHAT_P_ALIVE, WHAT_EXPECTED, WHAT_VALUE
};

struct filter_field {
	struct filter_word word;
	enum filter_what what;
	enum filter_kind kind;
	enum filter_source source;
	unsigned args;			/* enum filter_args */
	unsigned detail;		/* tag of the record's field, consent channel */
	const char *const *choices;	/* KIND_CHOICE; ends in NULL */
};
extern const struct filter_field filter_fields[];	/* ends with a name NULL */
const struct filter_field *filter_field_named(const char *name);
/* Is what it is compared with of one person, and not of many? */
bool filter_field_is_personal(const struct filter_field *f);
/* "there is no field "vists"; did you mean visits?" True: no field is near to it. */
bool filter_unknown_field(const char *name);
/* The same for any list of names that ends in NULL, folded. */
const char *filter_name_meant(const char *text, const char *const *names);

/* -- values -- */

enum when_kind { WHEN_EVER, WHEN_LENGTH, WHEN_DAY, WHEN_MONTH, WHEN_YEAR, WHEN_RANGE,
		 WHEN_TODAY, WHEN_YESTERDAY, WHEN_YEARLY };
struct filter_when {
	enum when_kind kind;
	int32_t n;		/* WHEN_LENGTH: so many of 'unit' */
	char unit;		/* d w m y */
	int32_t from, to;	/* others: both days in it; WHEN_YEARLY: month, day */
};
struct span {
	int32_t from, to;
};
/* ST_INVALID: not a day, a time or a length of time. */
MUST_CHECK enum status when_read(const char *text, struct filter_when *out);
void when_print(const struct filter_when *w, struct buf *out);
bool when_is_unit(const char *word);	/* "d", "days", "month" */
/* The day so long before or after 'day'. */
int32_t when_back(const struct filter_when *w, int32_t day);
int32_t when_ahead(const struct filter_when *w, int32_t day);
/* The window that ends today (a length), or the days it names. */
struct span when_window(const struct filter_when *w, int32_t today);

/* "12.5" as millionths. */
MUST_CHECK enum status real_read(const char *text, int64_t *millionths);
void real_print(int64_t millionths, struct buf *out);

/* -- the tree -- */

enum filter_compare { IS_SO, IS_THERE, IS_EQUAL, IS_NOT_EQUAL, IS_LESS, IS_AT_MOST, IS_MORE,
		      IS_AT_LEAST, IS_WITHIN, HAS_PART };

struct filter_test {
	const struct filter_field *field;
	enum filter_compare compare;
	int64_t number;			/* counts, money, choices; real: millionths */
	struct filter_when when;
	char *text;
	struct filter_when window;
	int64_t program, goal;
	char *program_name;
	char *item, *category;
	struct span weekday, hour;	/* -1: any */
};

enum node_kind { NODE_AND, NODE_OR, NODE_NOT, NODE_TEST, NODE_SEGMENT };
struct filter_node {
	enum node_kind kind;
	struct filter_node *first, *next;	/* children; brothers */
	struct filter_test test;
	char *segment;				/* its name; the child is what it says */
	size_t place;				/* of a test, among all tests */
};

enum { FILTER_DEPTH = 40, FILTER_NODES = 500, FILTER_PASSES = 16, FILTER_SEGMENTS = 8 };

struct filter {
	struct filter_node *root;
	size_t nodes, tests, passes;
	struct format format;		/* how the shop writes money */
	char country[3];
};

/* -- reading -- */

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_TEXT, TOKEN_SIGN };
struct token {
	enum token_kind kind;
	size_t at, len;			/* in the text */
	char sign[3];			/* "<=", "(" */
	char *text;			/* a word, or what is in quotes */
};
/* False: fail() said what cannot be read, and t->at and len where. */
bool token_next(const char *text, size_t from, struct token *t);

struct names {
	char **row;
	size_t n, cap;
};

struct parser {
	struct txn *txn;		/* NULL: no shop, and so no names */
	struct filter *filter;
	const char *text;
	struct token token;
	struct filter_mistake *mistake;
	struct programs programs;
	struct segments segments;
	struct names items, categories, tags;	/* folded */
	bool items_read, tags_read;
	bool negated;			/* inside of a "not" */
	size_t depth;
	const struct segment *inside[FILTER_SEGMENTS];	/* that are being read */
	size_t inside_count;
	enum status status;
};
/* Without a shop, for trials: no program, item or segment is known. */
enum status filter_parse_in(struct parser *p, const char *text, struct filter_node **out);

/* Says that the token is wrong; the sentence is that of the last fail(). */
bool parse_wrong(struct parser *p, const struct token *t);
bool parse_next(struct parser *p);
bool parse_is_sign(const struct parser *p, const char *sign);
bool parse_is_word(const struct parser *p, const char *word);
/* Behind "segment": its name, and what it says. NULL after a mistake. */
struct filter_node *parse_segment(struct parser *p);
struct filter_node *parse_node(struct parser *p, enum node_kind kind, struct filter_node *first);
/* ( ... ) after a field's name. */
bool parse_args(struct parser *p, struct filter_test *t, const struct token *name);
/* False: nobody has it, and so it was mistyped; the sentence is that of fail(). */
bool parse_known_tag(struct parser *p, const struct filter_test *t);
/* The value behind a comparison. */
bool parse_value(struct parser *p, struct filter_test *t);

#endif

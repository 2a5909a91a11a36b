/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pattern.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A pattern is made into a row of steps. Matching walks along them and tries
 * the ways of a FORK in order; a phone number is short, so that this ends
 * soon whatever the pattern. */
enum step_kind {
	STEP_DIGIT,	/* arg: bit n is set where n fits */
	STEP_FORK,	/* try the next step, then step arg */
	STEP_JUMP,	/* to step arg */
	STEP_OPEN,	/* part arg begins */
	STEP_CLOSE,	/* part arg ends */
	STEP_END,	/* no digits may follow */
	STEP_DONE
};

struct step {
	uint16_t kind, arg;
};

struct pattern {
	struct step *steps;
	size_t n, cap;
	const char *at;		/* while it is made */
	unsigned parts;
};

static void make_choice(struct pattern *p);

static size_t add(struct pattern *p, enum step_kind kind, unsigned arg)
{
	p->steps = mem_grow(p->steps, p->n, &p->cap, sizeof(*p->steps));
	p->steps[p->n] = (struct step){ (uint16_t)kind, (uint16_t)arg };
	return p->n++;
}

static void land_here(struct pattern *p, size_t fork)
{
	assert(p->n <= UINT16_MAX);
	p->steps[fork].arg = (uint16_t)p->n;
}

/* "2-49]" */
static unsigned set_of(const char **at)
{
	unsigned set = 0;
	const char *s = *at;

	for (; *s != ']'; s++) {
		char last = s[1] == '-' ? s[2] : s[0];

		assert(*s >= '0' && *s <= last && last <= '9');
		for (int digit = *s - '0'; digit <= last - '0'; digit++)
			set |= 1u << digit;
		if (s[1] == '-')
			s += 2;
	}
	*at = s + 1;
	return set;
}

static void make_bracket(struct pattern *p)
{
	bool kept = strncmp(p->at, "?:", 2) != 0;
	unsigned part = p->parts;

	if (kept) {
		assert(part < PATTERN_PARTS);
		p->parts++;
		add(p, STEP_OPEN, part);
	} else {
		p->at += 2;
	}
	make_choice(p);
	assert(*p->at == ')');
	p->at++;
	if (kept)
		add(p, STEP_CLOSE, part);
}

static void make_atom(struct pattern *p)
{
	char c = *p->at++;

	if (c == '(')
		make_bracket(p);
	else if (c == '$')
		add(p, STEP_END, 0);
	else if (c == '[')
		add(p, STEP_DIGIT, set_of(&p->at));
	else if (c == 'd')
		add(p, STEP_DIGIT, 0x3ff);
	else {
		assert(c >= '0' && c <= '9');
		add(p, STEP_DIGIT, 1u << (c - '0'));
	}
}

/* The end of an atom that begins at 's'. */
static const char *atom_end(const char *s)
{
	int depth = 0;

	if (*s == '[')
		return strchr(s, ']') + 1;
	do {
		depth += (*s == '(') - (*s == ')');
		s++;
	} while (depth > 0);
	return s;
}

/* "?", "{3}", "{3,5}" or nothing: how often the atom before it stands. */
static const char *repeat_of(const char *s, unsigned long *least, unsigned long *most)
{
	char *end;

	*least = *most = 1;
	if (*s == '?') {
		*least = 0;
		return s + 1;
	}
	if (*s != '{')
		return s;
	*least = *most = strtoul(s + 1, &end, 10);
	if (*end == ',')
		*most = strtoul(end + 1, &end, 10);
	assert(*end == '}' && *least <= *most && *most <= 20);
	return end + 1;
}

static void make_repeated(struct pattern *p)
{
	const char *atom = p->at, *next;
	unsigned long least, most;
	size_t forks[20], n = 0;

	next = repeat_of(atom_end(atom), &least, &most);
	for (unsigned long i = 0; i < most; i++) {
		p->at = atom;
		if (i >= least)
			forks[n++] = add(p, STEP_FORK, 0);
		make_atom(p);
	}
	while (n)
		land_here(p, forks[--n]);
	p->at = next;
}

/* Does another choice follow on this level? */
static bool choice_follows(const char *s)
{
	while (*s && *s != ')') {
		if (*s == '|')
			return true;
		s = atom_end(s);
	}
	return false;
}

static void make_choice(struct pattern *p)
{
	bool more = choice_follows(p->at);
	size_t fork = 0, jump;

	if (more)
		fork = add(p, STEP_FORK, 0);
	while (*p->at && *p->at != ')' && *p->at != '|')
		make_repeated(p);
	if (!more)
		return;
	p->at++;
	jump = add(p, STEP_JUMP, 0);
	land_here(p, fork);
	make_choice(p);
	land_here(p, jump);
}

struct pattern *pattern_make(const char *text)
{
	struct pattern *p = mem_alloc(sizeof(*p));

	p->at = text;
	make_choice(p);
	assert(*p->at == '\0');
	add(p, STEP_DONE, 0);
	return p;
}

void pattern_free(struct pattern *p)
{
	if (p)
		free(p->steps);
	free(p);
}

static bool digit_fits(struct step step, const char *digit)
{
	unsigned n = (unsigned)(*digit - '0');

	return n <= 9 && (step.arg >> n & 1);
}

struct walk {
	const struct step *steps;
	struct match *match;
	bool whole;
};

static const char *walk(struct walk *w, unsigned at, const char *s);

/* Walks on from a mark, and takes the mark back where that leads nowhere. */
static const char *walk_marked(struct walk *w, unsigned at, const char *s)
{
	struct step step = w->steps[at];
	const char **mark = step.kind == STEP_OPEN ? &w->match->part[step.arg].from
						   : &w->match->part[step.arg].to;
	const char *old = *mark, *end;

	*mark = s;
	end = walk(w, at + 1, s);
	if (!end)
		*mark = old;
	return end;
}

/* Where the match ends, or NULL. */
static const char *walk(struct walk *w, unsigned at, const char *s)
{
	for (;;) {
		const struct step *step = &w->steps[at++];
		const char *end;

		switch ((enum step_kind)step->kind) {
		case STEP_DIGIT:
			if (!digit_fits(*step, s))
				return NULL;
			s++;
			break;
		case STEP_FORK:
			if (step[1].kind != STEP_DIGIT || digit_fits(step[1], s)) {
				end = walk(w, at, s);
				if (end)
					return end;
			}
			at = step->arg;
			break;
		case STEP_JUMP:
			at = step->arg;
			break;
		case STEP_OPEN:
		case STEP_CLOSE:
			return walk_marked(w, at - 1, s);
		case STEP_END:
			if (*s)
				return NULL;
			break;
		case STEP_DONE:
			return w->whole && *s ? NULL : s;
		}
	}
}

bool pattern_fits(const struct pattern *p, const char *digits)
{
	struct match m = { 0 };
	struct walk w = { .steps = p->steps, .match = &m, .whole = true };

	return walk(&w, 0, digits) != NULL;
}

bool pattern_starts(const struct pattern *p, const char *digits, struct match *m)
{
	struct walk w = { .steps = p->steps, .match = m };

	*m = (struct match){ 0 };
	m->end = walk(&w, 0, digits);
	return m->end != NULL;
}

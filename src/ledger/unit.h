/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEDGER_UNIT_H
#define LEDGER_UNIT_H

#include <stdint.h>

/* What an account counts: money of cards and credit, the points or stamps of
 * one program, one reward that is ready to be claimed. Small numbers, so that
 * they are short on disk. */
enum unit_class { UNIT_MONEY, UNIT_PROGRAM, UNIT_REWARD };

static inline int64_t unit_make(enum unit_class class, int64_t id)
{
	return id * 4 + (int64_t)class;
}

static inline enum unit_class unit_class(int64_t unit)
{
	return (enum unit_class)(unit & 3);
}

static inline int64_t unit_id(int64_t unit)
{
	return unit >> 2;
}

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_BENCH_TAPE_H
#define TESTS_BENCH_TAPE_H

#include "tests/bench/bare.h"

/* What LMDB was told to put and delete, taped by unit of work for a yardstick
 * to do the same. A program with a tape is linked with --wrap for the calls in
 * tape.c, so that nothing the store does escapes it. */

void tape_start(void);			/* anew */
void tape_end_unit(void);		/* what was put since the last one is a unit */
void tape_stop(void);

typedef void tape_put(void *arg, const struct put *put);
void tape_each(size_t unit, tape_put *each, void *arg);

#endif

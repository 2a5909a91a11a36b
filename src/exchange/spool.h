/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_SPOOL_H
#define EXCHANGE_SPOOL_H

#include "base/status.h"

enum { SPOOL_PATH = 4096 };

/* What can be read only once (standard input for "-", a pipe) is copied to a
 * private file without a name, so that it can be read twice and nobody's
 * transaction waits for whoever writes it. 'readable' is then the copy, good
 * until *fd is closed; of a file it is 'path', and *fd -1. ST_SYSTEM: it cannot
 * be read, or there is no room for the copy. */
MUST_CHECK enum status spool_open(const char *path, int *fd, char readable[SPOOL_PATH]);

/* A file without a name, to write and read; the caller closes it. ST_SYSTEM:
 * none can be made. */
MUST_CHECK enum status spool_temporary(int *fd);

#endif

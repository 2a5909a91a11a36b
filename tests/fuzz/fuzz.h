/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* A target takes any bytes, and aborts when what must always hold does not.
 * libFuzzer makes them up in `make fuzz`; replay.c gives it those of
 * tests/fuzz/seeds, and some that are nearly them, in `make check`. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FUZZ_PATH = 32 };

/* The bytes as a file of no folder; close(2) forgets it. */
static inline int fuzz_file(const void *bytes, size_t size, char path[FUZZ_PATH])
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	snprintf(path, FUZZ_PATH, "/proc/self/fd/%d", fd);
	if (fd < 0 || write(fd, bytes, size) != (ssize_t)size)
		abort();
	return fd;
}

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_FAULTS_SHIM_H
#define TESTS_FAULTS_SHIM_H

#include <stdbool.h>
#include <stdint.h>

/* shim.so stands between a program and the C library (LD_PRELOAD): it makes
 * the N-th call of a kind fail, and records what reaches a store's file. The
 * program finds these functions with dlsym(). Only files whose paths begin with
 * what SHIM_UNDER says are looked at. SHIM_DISK is the type that statfs() says;
 * SHIM_FAULT arms it from the start ("CALL HOW NTH ERROR"), and when that fault
 * is met the file SHIM_MET is made. With SHIM_NO_SYNC a flush does nothing, and
 * says that it did. With SHIM_SEED what the program takes for random is the same
 * each time, the names of temporary files too.
 *
 * SHIM_SERVE, "IN OUT", two descriptors: the program waits before main(). For each
 * struct shim_fault that it reads it forks a copy, with SHIM_INPUT as its standard
 * input and what it says in the files SHIM_OUT and SHIM_ERROR, and tells the copy's
 * number and what waitpid() gave, an int each. It ends when nobody writes any more. */

enum shim_call {
	SHIM_WRITE,	/* write, pwrite, writev */
	SHIM_SYNC,	/* fsync, fdatasync */
	SHIM_READ,	/* pread */
	SHIM_OPEN,
	SHIM_LENGTH,	/* ftruncate */
	SHIM_MAP,	/* mmap, of anything */
	SHIM_MEMORY,	/* malloc and its like, of anything */
	SHIM_CALLS
};

enum shim_how {
	SHIM_ONCE,
	SHIM_EVER_AFTER,	/* that call and all after it */
	SHIM_SHORT,		/* half of it is done, without an error */
	SHIM_DONE		/* it is done, and fails all the same */
};

struct shim_fault {
	enum shim_call call;
	enum shim_how how;
	long nth;		/* from 1 */
	int error;
};

/* NULL: no more faults. Counting begins anew. */
void shim_arm(const struct shim_fault *fault);
/* How often the armed call came, and whether the fault was met. */
long shim_count(bool *met);

/* Records go to the file SHIM_LOG names: a head, then 'len' bytes. */
enum shim_event {
	SHIM_WROTE,		/* len bytes at 'at' */
	SHIM_WROTE_THROUGH,	/* the same, opened with O_DSYNC */
	SHIM_SYNCED,		/* what was written */
	SHIM_CUT,		/* the file has 'at' bytes now */
	SHIM_FOLDER_SYNCED,	/* 'at' is its inode's number */
	SHIM_RENAMED,		/* something, to the folder or file with this inode */
	SHIM_MARK		/* 'at' is what the program said */
};
struct shim_record {
	uint32_t event, len;
	uint64_t at;
};
void shim_mark(uint64_t number);

#endif

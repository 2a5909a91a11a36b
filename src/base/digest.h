/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

enum { DIGEST_SIZE = 32, OP_SIZE = 16, OP_TEXT = 33 };

/* Makes libsodium ready; called once by main and by tests. Ends the program
 * when the system has no randomness. */
void digest_start(void);

/* BLAKE2b-256 of a number (big-endian) followed by bytes. */
void digest_numbered(uint64_t number, const void *bytes, size_t len, uint8_t out[DIGEST_SIZE]);

/* 64 bits (XXH3): "is it the same content?" Not against an adversary. */
uint64_t digest_content(const void *bytes, size_t len);

/* An operation id: 48 bits of milliseconds and 80 random bits (as in UUID
 * version 7), so that ids made later sort later. */
void op_make(int64_t now, uint8_t op[OP_SIZE]);
void op_print(const uint8_t op[OP_SIZE], char out[OP_TEXT]);

/* Any text a script names its operation with: 32 hex digits are taken as they
 * are, other text by its digest. */
void op_from_text(const char *text, uint8_t op[OP_SIZE]);

#endif

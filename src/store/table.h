/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_TABLE_H
#define STORE_TABLE_H

#include <stddef.h>

/* All tables of a shop. Numbers in keys are big-endian, uN has N bits; ids of
 * people and things are u32. Every value is followed by four bytes of check
 * that the store adds and takes off.
 *
 * Primary: what cannot be made again.
 *   Table     Key                               Value
 *   meta      name                              see shop/shop.h, store/store.c
 *   journal   seq u64                           head of 52 bytes, fields: ledger/journal.h
 *             00 00 00 00 00 00 00 07
 *   side      seq u64                           reason, texts, old values (may be erased)
 *   customer  id u32       00 00 00 11          record
 *   item      id u32                            record
 *   program   id u32                            record
 *   reward    id u32                            record
 *   segment   id u32                            record
 *
 * Derived: `verify` makes them again from the primary ones and compares.
 *   done      space u8, natural key             seq u64, content u64
 *             06 00 06 52 2d 31 30 30 31        the sale with receipt "R-1001"
 *   about     subject seq u64, seq u64          -     refunds, claims, undo of an entry
 *   undone    seq u64                           seq u64 of the entry that undid it
 *   timeline  customer u32, occurred u64, seq u64     -
 *   merged    customer u32                      whom they went into u32, seq u64
 *   account   customer u32                      record: balances, visits, spend
 *   house     unit u32                          record: the shop's side of a unit
 *   lot       customer u32, unit u32, through u32, acquired u64, seq u64, n u8
 *                                               left and usable-from: varints
 *   phone     digits 00, customer u32           -     from the last digit to the first
 *             35 34 33 00 00 00 00 11           #17 has the phone 345
 *   email     text 00, customer u32             -     in lower case
 *   card      code                              customer u32; in lower case
 *   code      the till's own id of a person     customer u32
 *   word      01, form 00, customer u32         -     the words of names: shop/word.h
 *             01 61 73 68 61 00 00 00 00 11           #17 has "asha" in the name
 *   word      tier u8, key 00, form             -     which words sound like a key
 *   item_key  01, code in lower case            item u32
 *   item_key  02, folded name 00, item u32      -
 */
enum table {
	TABLE_META,
	TABLE_JOURNAL,
	TABLE_SIDE,
	TABLE_CUSTOMER,
	TABLE_ITEM,
	TABLE_PROGRAM,
	TABLE_REWARD,
	TABLE_DONE,
	TABLE_ABOUT,
	TABLE_UNDONE,
	TABLE_TIMELINE,
	TABLE_ACCOUNT,
	TABLE_HOUSE,
	TABLE_LOT,
	TABLE_PHONE,
	TABLE_EMAIL,
	TABLE_CARD,
	TABLE_CODE,
	TABLE_WORD,
	TABLE_ITEM_KEY,
	TABLE_MERGED,
	TABLE_SEGMENT,
	TABLES
};

const char *table_name(enum table t);

#endif

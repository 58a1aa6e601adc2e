/* The words a workload is written in.
 *
 * A workload says what it needs of memory in these words; the strategy it is compiled under (-DSTRATEGY=name) gives them
 * meaning by defining hooks. There is no dispatch: every hook is a macro or an inline function, and a hook that a strategy
 * leaves out costs nothing.
 *
 * Who owns what
 *   - An expression either owns a reference (new, new_of, new_unset, share, give, a call that says so) or borrows it (a variable, a
 *     field, a parameter). Whoever takes an owned reference must keep it or let it go; a borrowed one lives as long as its
 *     owner does.
 *   - Parameters are borrowed. Results are owned, unless the function says otherwise.
 *   - Every slot (a field listed in refs, a trailing element of slots) and every local owns what it holds. So does a static
 *     variable that is used as a slot, until the program empties it (a thread_local one is no slot).
 *
 * Order: in put and set the value is evaluated before the slot's address, each exactly once, and the new value is stored
 * before the old one is let go, for its death may run code that looks at the slot.
 * Leaving: break, continue, goto and return out of a local's scope, a region or an each leave nothing behind; break leaves
 * the innermost region or each.
 *
 * Where the words are
 *   words/types.h       refs, slots, leaf, leaf_of, finalized
 *   words/objects.h     new, new_of, new_unset, resize, renew
 *   words/owning.h      local, put, set, share, give, drop, weak, strong, region
 *   words/generators.h  GENERATOR, GENERATOR_HOLDING, start, yield, closing, finish, each, new_frame
 *   words/chance.h      random_salted, random_below
 *   below               WORKLOAD, VARIANT and what else a workload says of itself
 *   words/hooks.h       collect, and what strategies define
 *
 * Include system headers first: `new`, `set`, `start` and the other words are macros. Names that end in _ are theirs. */
#ifndef WORKLOAD_H
#define WORKLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "parts/setting.h"
#include "parts/system.h"
#include "parts/type.h"

/* The strategy that -DSTRATEGY names. */
#define WORD_TEXT_(x) #x
#define WORD_TEXT(x) WORD_TEXT_(x)
#define STRATEGY_NAME WORD_TEXT(STRATEGY)
#define STRATEGY_HEADER WORD_TEXT(STRATEGY.h)

#include STRATEGY_HEADER

#include "words/hooks.h"

#include "words/types.h"
#include "words/objects.h"
#include "words/owning.h"
#include "words/generators.h"
#include "words/chance.h"

/* ---- What a workload says of itself ---------------------------------------------------------------------------- */

/* WORKLOAD(name, class, size, "about", VARIANT(a), VARIANT(b, STREAMS)): the last lines of every workload. Its class is MICRO,
 * CLASSIC, TECHNIQUE, REAL or STRESS (cell.h). Size is one number of things, or SIZES(quick, standard, full), or SWEPT(…) of
 * the same for a workload that is also measured at a tenth, a hundredth and a thousandth of its size (SWEPT_BY(…, 2, 5): at
 * half and a fifth of it), or DEPTHS(…) of a binary tree, of which one more is twice the work. */
#define WORKLOAD(name_, class_, size_, about_, ...)                                                                    \
    const Workload cell_workload = {                                                                                   \
        .name = #name_, .class = class_, .about = about_, .variants = { __VA_ARGS__ }, .size = size_                   \
    };                                                                                                                 \
    static void open_heap_(void) { heap_open(); }                                                                      \
    static void close_heap_(void) { heap_close(); }                                                                    \
    static void collect_(void) { (void)collect(); }                                                                    \
    const Strategy cell_strategy = {                                                                                   \
        STRATEGY_NAME, allocators, unsupported_because, streams_only, open_heap_, close_heap_, collect_,               \
        leaks_cycles, collections_told                                                                                 \
    }

#define SIZES(quick_, standard_, full_) standard_, .quick = quick_, .full = full_
#define SWEPT(quick_, standard_, full_) SWEPT_BY(quick_, standard_, full_, 10, 100, 1000)
#define SWEPT_BY(quick_, standard_, full_, ...) SIZES(quick_, standard_, full_), .swept = { __VA_ARGS__ }
#define DEPTHS(quick_, standard_, full_) SIZES(quick_, standard_, full_), .depth = true

/* VARIANT(f, flags): the function f(n), of that name, does the work at size n and returns its checksum. Flags: STREAMS when
 * it never holds its whole input, CYCLIC when it drops cycles, SUPERLINEAR when twice the operations cost more than twice;
 * A | B is both. (A variant named like a word is defined as (word)(n).)
 * VARIANT(f, REPEATED(30)), VARIANT(f, flags, REPEATED(30)): where others at the same n take so long that a trial of this one
 * would be too short to be measured, it does the work 30 times, or until that took 0.06 s, and tells what it took once. Then
 * f must begin with its static variables as they were at first.
 * VARIANT(f, FOR_THOSE_THAT(hook, "reason")): strategies whose hook is 0 (words/hooks.h) cannot run it, for this reason. */
#define VARIANT(function, ...) { .name = #function, .run = function, __VA_ARGS__ }
#define REPEATED(times) .repeats = times
#define FOR_THOSE_THAT(hook, reason) .unsupported = (hook) ? NULL : (reason)

/* REFERENCE(f): f(n) is the checksum of size n, computed another way and without the words. */
#define REFERENCE(function) Reference *const cell_reference = function

/* INPUT(path): the file that the workload reads unless --input names another. INPUT(a, b): or b, where a is not there. */
#define INPUT(...) const char *const cell_usual_inputs[] = { __VA_ARGS__, NULL }

/* PREPARE(f): f() is called once before the clock starts, and uses none of the words: for what is no matter of memory
 * management, such as reading the input, with input_read, which checks it (objects/rounds.h). */
#define PREPARE(function) Prepare *const cell_prepare = function

/* LARGEST(n): sizes above n make no sense here (a shift by n, a square of n that overflows). */
#define LARGEST(n) const uint64_t cell_largest = n

#endif

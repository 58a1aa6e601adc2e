/* mutator: plays a script under one strategy, side by side with the model. */
#ifndef MUTATOR_H
#define MUTATOR_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "script.h"

/* What was done, for people to see that the test tests. */
typedef struct Tally {
    uint64_t operations, births, finalizers, weak_reads, weak_empty, comparisons, reachable, surplus;
} Tally;

extern const char *const mutator_strategy;
extern const char *const mutator_unsupported; /* why the strategy cannot run here; NULL: it can */
extern const bool mutator_guesses;            /* what is dead may live on, if a word of the stack leads to it */

/* Prints a line `name usual least most` for each setting. */
void mutator_print_settings(void);

/* Prints a line `counts 1 collects 0 …`: what the strategy says that it does. */
void mutator_print_promises(void);

/* How large its data become. */
typedef struct Extent {
    uint32_t roots; /* slots of the root array; the more, the more lives at once */
    uint32_t bytes; /* what is nothing but bytes is so many times as long as usual */
} Extent;

enum { ROOT_SLOTS = 16 /* usually */ };

/* Plays the script in a fresh heap, once in a process. Ends it through wrong() (model.h) where the strategy breaks a promise.
 * progress: what was done so far; trace: where each operation is told in words, or NULL. */
void mutator_play(const Script *script, Extent extent, Tally *progress, FILE *trace);

#endif

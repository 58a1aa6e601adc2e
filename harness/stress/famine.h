/* Famine: cells that the system refuses memory. What the mode (famine.c), what it tells (famine_rows.c), and the command of
 * that name share. */
#ifndef RECLAIM_FAMINE_H
#define RECLAIM_FAMINE_H

#include "catalogue.h"
#include "refusals.h"
#include "stress.h"
#include "trying.h"

enum { FAMINE_CLOSE = 24 }; /* in a quick run each of the first so many requests fails in some run, but not all later ones */

typedef enum Condition { NONE_FAILS, ONCE, NEVER_AGAIN, CONDITIONS } Condition;

extern const char *const condition_name[];

/* What came of a variant under a condition. */
typedef struct Tally {
    uint64_t tries, broken, went_on;
    uint64_t left_out; /* requests that did not fail in a run of their own */
    uint64_t granted;  /* requests that were to fail, and could not be refused */
    int error;         /* an errno: why not, the last of them */
} Tally;

/* What came of a variant, or of a strategy's oracle. */
typedef struct Outcome {
    bool ran, left_out; /* it was tried; a quick run does not try it */
    bool missing;       /* there is no such program */
    int error;          /* an errno: nobody can be refused memory here */
    Tally tally[CONDITIONS];
} Outcome;

/* Tells what broke: the variant's row. */
void famine_tell_broken(const Stress *stress, const Cell *cell, Condition condition, const Tally *tally, const char *sentence,
                        const char *again);

/* The strategy's oracle as a cell: random programs, whose heap is looked at after the refusal. Its size is their operations. */
Cell famine_oracle_of(const Stress *stress, const char *strategy);

bool famine_has_oracle(const char *build, const Cell *oracle);

/* Runs it once. `ok`: it has played, and found nothing; `oom`: it said so, and nothing else; with a reason, anything else: no
 * promise but that. Returns 0, or the signal that asks this process to end. */
int famine_try_oracle(const char *build, const Cell *oracle, const RunOptions *options, TextPool *pool, RunResult *result,
                      Trial *trial);

/* The command that does so, in memory that the caller frees. */
char *famine_oracle_again(const char *build, const Cell *oracle);

/* Tells of each strategy what was kept, and what was not tried. There is an outcome for each variant of the catalogue, and then
 * for the oracle of each strategy. */
void famine_tell_all(const Stress *stress, const Catalogue *catalogue, const Outcome *outcome);

/* "request 5, mmap of 65536 bytes, failed", and whether all after it did; in memory that the caller frees. */
char *famine_told(const Refusals *refusals);

#endif

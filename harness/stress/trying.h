/* One run of a program outside of any measurement, under limits, and what came of it. */
#ifndef RECLAIM_TRYING_H
#define RECLAIM_TRYING_H

#include "process.h"
#include "records.h"
#include "refusals.h"
#include "verdict.h"

/* Under what a program is run; NO_LIMIT where it has no such limit. */
typedef struct RunOptions {
    uint64_t memory;             /* bytes of private writable memory (process.h) */
    uint64_t stack;              /* bytes */
    uint64_t descriptors;        /* open files, the three standard streams among them */
    uint64_t file;               /* bytes that a file may have */
    double seconds;              /* until it counts as hanging; 0: TRYING_S */
    char *const *environment;    /* NULL: that of a trial */
    int errors;                  /* a file for standard error, of what may be long; 0: one of its own */
    Refusals *refusals;          /* which requests for memory fail, and then how it went; NULL: none */
} RunOptions;

enum { TRYING_S = 60 };

/* For ASAN_OPTIONS: libgc and mark_sweep read the stack, which the sanitizer's fake stack would hide from them. */
#define ASAN_REAL_STACK "detect_stack_use_after_return=0"

/* What came of it. */
typedef struct RunResult {
    bool hangs;                    /* it was killed when its time was over */
    int exit_status;               /* as a shell tells it: 128 + the signal's number when a signal ended it */
    double seconds;                /* by the wall clock */
    size_t length;                 /* of `output`, not more than OUTPUT_LIMIT; a NUL follows */
    char output[OUTPUT_LIMIT + 1]; /* what it said on standard output */
    char errors[OUTPUT_LIMIT + 1]; /* likewise on standard error */
} RunResult;

/* Runs the program, a path and its arguments up to a NULL. Returns 0, or the signal that asks this process to end. */
int try_program(char *const *command, const RunOptions *options, RunResult *result);

/* Runs the cell of that build once, with `words` behind the options that make it the cell, up to a NULL; or NULL. `input` is
 * the file to read, or NULL for the usual one. The trial is judged as those of a run are (verdict.h): `crash` is whatever is no
 * row in order. */
int try_cell(const char *build, const Cell *cell, const char *input, char *const *words, const RunOptions *options,
             TextPool *pool, RunResult *result, Trial *trial);

/* The command of the same cell for a person to type, in memory that the caller frees. */
char *cell_again(const char *build, const Cell *cell, const char *input, char *const *words);

/* The same for a counted cell that writes what it found into a folder, behind `option`: into a new one, of which it shows the
 * file. The run's own is gone by then. */
char *cell_again_showing(const char *build, const Cell *cell, const char *option, const char *file);

#endif

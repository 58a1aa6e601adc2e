/* One cell under callgrind: how many instructions it takes, and what for. */
#ifndef RECLAIM_COUNTED_RUN_H
#define RECLAIM_COUNTED_RUN_H

#include "count_rows.h"
#include "roles.h"
#include "trial.h"

enum { CALLGRIND_SLOWDOWN = 50 }; /* times, about: of what most cells do; measured: 35 to 60 */

enum { COUNTED_REASON = 200 };

/* What is known of it, without pointers, for it is told to another process. */
typedef struct CountedRun {
    Status status;
    char reason[COUNTED_REASON]; /* of a status that is not ok; or why the parts are not known */
    uint64_t instructions, part[PARTS], estimated;
    bool is_counted, is_split;
} CountedRun;

/* The path of valgrind, in memory that the caller frees; where it is missing, the program ends and says what installs it. */
char *valgrind_find(void);

/* From here on what this process starts has its memory at the same addresses every time, where the system lets it; false: it
 * does not. */
bool addresses_hold_still(void);

/* conditions: those of the trials, without hyperfine; the cell runs as often as it is told, once. Returns 0, or the signal that
 * asks this process to end. */
int counted_run(const Conditions *conditions, const char *valgrind, const Roles *roles, const Cell *cell, CountedRun *run);

#endif

/* How thorough a run is. */
#ifndef RECLAIM_MODE_H
#define RECLAIM_MODE_H

#include "records.h"

typedef enum Mode { QUICK, STANDARD, FULL, MODES } Mode;

typedef struct ModeLimits {
    const char *name;
    uint64_t least_blocks, most_blocks;
    double budget_s;      /* for all trials, without counting; repetitions are dropped to keep to it, never cells */
    double rest_s;        /* what counting, summing up and drawing take, for each cell */
    uint64_t time_limit_s; /* of one trial */
} ModeLimits;

const ModeLimits *mode_limits(Mode mode);

/* False when no mode is called that. */
bool mode_named(const char *name, Mode *mode);

/* The size of a variant in this mode. */
uint64_t mode_size(Mode mode, const Description *variant);

/* As many blocks as fit the budget when one takes `block_s`, within the mode's bounds. */
uint64_t mode_blocks(Mode mode, double block_s);

/* Likewise when so many machines, or tasks on them, share the run, and each has that budget. Where the mode has no budget but
 * a number of blocks, they share these. None of them has fewer than LEAST_BLOCKS_OF_TASK, for two cannot tell how far they are
 * apart. */
enum { LEAST_BLOCKS_OF_TASK = 3 };
uint64_t mode_shared_blocks(Mode mode, double block_s, uint64_t tasks);

/* What a run of so many cells takes besides its trials. */
double mode_rest_s(Mode mode, size_t cells);

#endif

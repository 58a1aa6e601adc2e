/* One run of a zealous cell (tests/zeal/zeal.h), at a small size, and what it says in the end. */
#ifndef RECLAIM_ZEAL_RUN_H
#define RECLAIM_ZEAL_RUN_H

#include "stress.h"
#include "trying.h"

typedef struct ZealRun {
    Trial trial;
    bool told;                        /* it had last words: */
    uint64_t births, asked, counted;  /* collections: that were asked for, and that the strategy told of */
    char *again;                      /* the command, which the caller frees */
} ZealRun;

/* Runs the variant from this build folder under these settings; sanitized: its sanitizer is told not to hide the stack.
 * Returns 0, or the signal that asks this process to end. */
int zeal_run(const Stress *stress, const char *build, const Description *variant, const char *settings, bool sanitized,
             ZealRun *run);

#endif

/* mark_sweep, which does nothing every other time that it is asked to collect. */
/* Caught by: zeal: births asked for a collection, one in 1; [0-9]+ collections took place */
/* Tried with: ring */
#include "mark_sweep.h"

static uint64_t other_times;

static inline uint64_t other_collect(void)
{
    return ++other_times % 2 ? sweep_collect() : 0;
}

#undef collect
#define collect() other_collect()

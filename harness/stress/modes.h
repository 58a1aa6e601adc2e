/* The modes, in the order in which they are run and told. */
#ifndef RECLAIM_MODES_H
#define RECLAIM_MODES_H

#include "stress.h"

extern const StressMode *const stress_modes[];
extern const size_t stress_mode_count;

/* The place of the mode in that order; of what is none, stress_mode_count. */
size_t stress_mode_rank(const char *name);

#endif

/* How often one process does the work, so that a trial is long enough to be measured (docs/design.md, Repetitions). */
#ifndef REPETITIONS_H
#define REPETITIONS_H

#include "cell.h"

/* Whether what one repetition leaves behind would be in the way of the next. */
bool repetitions_leak(const Variant *variant);

/* How many a process does, at most. */
uint64_t repetitions_wanted(const Variant *variant);

/* Whether so many, which took so much processor time, are enough of the variant that was asked for. */
bool repetitions_are_enough(uint64_t done, double cpu_s);

#endif

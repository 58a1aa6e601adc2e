/* Measuring one run. On the clock is what the variant does, and between its repetitions nothing. */
#ifndef MEASURE_H
#define MEASURE_H

#include "row.h"

/* Opens the strategy, does the work as often as is wanted, gives back. The status is ok, or wrong where a repetition did
 * not answer and count as the first. */
Outcome measure_work(void);

#endif

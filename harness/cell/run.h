/* A run from the input to the row. */
#ifndef RUN_H
#define RUN_H

#include "cell.h"

/* Why the strategy does not run the variant; NULL: it does. */
const char *run_obstacle(const Variant *variant);

/* Does the work that the options ask for and prints the row. Returns the exit status: 0, also for what is unsupported; 1 where one
 * repetition did not answer as the first. Or ends the process: with 2 through bad_input or cell_fail, with 1 through
 * out_of_memory, which prints a row, too. */
int run_asked(void);

#endif

/* The stage that counts instructions: every cell that was ok in a trial, once under callgrind, at the size at which its objects
 * are counted, too. Makes instructions.csv. */
#ifndef RECLAIM_INSTRUCTIONS_H
#define RECLAIM_INSTRUCTIONS_H

#include "catalogue.h"
#include "trial.h"

/* Counts those cells of the run whose strategy and workload are among these; of others, what an earlier count has said stays.
 * The file is whole or not there. conditions: those of the trials, without hyperfine. Returns 0, or the signal that asks this
 * process to end. */
int instructions_count(const char *run_folder, const Conditions *conditions, const Catalogue *catalogue, Names strategies,
                       Names workloads, TextPool *pool);

/* Prints a line for each strategy: what a hundred instructions of it are for; and one for each cell that could not be counted.
 * Returns how many these are. */
size_t instructions_report(FILE *out, const char *run_folder);

#endif

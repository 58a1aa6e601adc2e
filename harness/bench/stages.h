/* What is derived from the files that a run measured and counted (trials.csv, pauses.csv, instructions.csv …), in the order in
 * which one stage needs another's files. Whatever adds to those files is followed by both. */
#ifndef RECLAIM_STAGES_H
#define RECLAIM_STAGES_H

/* summary, pause_summary, claims: all tables but those of charts. The folder needs trials.csv and manifest.json; what was not
 * counted is left out. Of a run that was only stressed there is nothing to sum up. What cannot be read or written ends the program
 * with a sentence. */
void stages_sum_up(const char *run_folder);

/* charts, page: of what was summed up, and of stress.csv where it is there. Needs gnuplot. */
void stages_draw(const char *run_folder);

#endif

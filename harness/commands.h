/* What reclaim can be asked to do: each command takes the command line from its own name on, and returns the exit status. */
#ifndef RECLAIM_COMMANDS_H
#define RECLAIM_COMMANDS_H

/* bench: plans a run or goes on with one, tries every cell in every block, and says what came of it.
 * sweep: likewise, with the configurations of every strategy's sweep. */
int bench_main(int count, char **words);

/* summarise RUN_FOLDER: trials.csv -> summary.csv */
int summarise_main(int count, char **words);

/* table [--all] RUN_FOLDER: summary.csv -> a table on standard output */
int table_main(int count, char **words);

/* profile RUN_FOLDER: trials.csv -> census.csv, pauses.csv, timeline.csv, leaks.csv */
int profile_main(int count, char **words);

/* claims RUN_FOLDER: trials.csv, census.csv and leaks.csv -> claims.csv, findings.csv */
int claims_main(int count, char **words);

/* count [--strategies "a b"] [--workloads "x y"] RUN_FOLDER: trials.csv -> instructions.csv */
int count_main(int count, char **words);

/* charts RUN_FOLDER [--plots DIR]: summary.csv -> charts */
int charts_main(int count, char **words);

/* compare [OLD] NEW: two runs -> compare.csv and compare.md; the exit status is 1 when something became worse. */
int compare_main(int count, char **words);

/* page RUN_FOLDER: the files of a run -> index.html */
int page_main(int count, char **words);

/* list: which strategies and workloads there are, and what the workloads say of themselves. */
int list_main(int count, char **words);

#endif

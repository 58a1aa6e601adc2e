/* What reclaim can be asked to do: each command takes the command line from its own name on, and returns the exit status. */
#ifndef RECLAIM_COMMANDS_H
#define RECLAIM_COMMANDS_H

/* bench: plans a run or goes on with one, tries every cell in every block, and says what came of it.
 * sweep: likewise, with the configurations of every strategy's sweep. */
int bench_main(int count, char **words);

/* summarise RUN_FOLDER: trials.csv, census.csv, instructions.csv -> summary.csv, classes.csv, noise.csv, growth.csv,
 * lower_bounds.csv, sweep.csv */
int summarise_main(int count, char **words);

/* table [--all] RUN_FOLDER: summary.csv -> a table on standard output */
int table_main(int count, char **words);

/* profile RUN_FOLDER: trials.csv -> census.csv, pauses.csv, pause_runs.csv, timeline.csv, leaks.csv, latency.csv; and what
 * pauses writes */
int profile_main(int count, char **words);

/* pauses RUN_FOLDER: pauses.csv, pause_runs.csv, hiccups.csv -> pause_summary.csv */
int pauses_main(int count, char **words);

/* claims RUN_FOLDER: trials.csv, hiccups.csv, summary.csv, census.csv, pause_runs.csv, pause_summary.csv, leaks.csv,
 * latency.csv -> claims.csv, findings.csv */
int claims_main(int count, char **words);

/* count [--strategies "a b"] [--workloads "x y"] RUN_FOLDER: trials.csv -> instructions.csv */
int count_main(int count, char **words);

/* charts RUN_FOLDER [--plots DIR]: what summarise and pauses wrote, and trials.csv and what was counted -> charts */
int charts_main(int count, char **words);

/* compare [OLD] NEW: two runs -> compare.csv and compare.md; the exit status is 1 when something became worse. */
int compare_main(int count, char **words);

/* page RUN_FOLDER: the files of a run -> index.html */
int page_main(int count, char **words);

/* stress: tries to break what the strategies promise -> stress.csv; the exit status is 1 when something did.
 * stress --table RUN_FOLDER: stress.csv -> a table in Markdown on standard output */
int stress_main(int count, char **words);

/* famine [--once] [--request K] -- CELL …: a run of the cell whose K-th request for memory fails, and all after it. */
int famine_main(int count, char **words);

/* merge RUN_FOLDER [FOLDER …]: blocks that were measured on several machines -> trials.csv, hiccups.csv; the exit status is 1 when
 * some are missing. */
int merge_main(int count, char **words);

/* report RUN_FOLDER: summarise, pauses, claims, charts, page. */
int report_main(int count, char **words);

/* list: which strategies and workloads there are, and what the workloads say of themselves. */
int list_main(int count, char **words);

#endif

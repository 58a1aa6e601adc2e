/* reclaim bench: plans a run or goes on with one, tries every cell in every block, and says what came of it. */
#ifndef RECLAIM_BENCH_H
#define RECLAIM_BENCH_H

int bench_main(int count, char **words);

#endif

/* reclaim list: which strategies and workloads there are, and what the workloads say of themselves. */
#ifndef RECLAIM_LIST_H
#define RECLAIM_LIST_H

int list_main(int count, char **words);

#endif

/* hyperfine, which starts and times every trial. */
#ifndef RECLAIM_HYPERFINE_H
#define RECLAIM_HYPERFINE_H

/* The path of the program, in memory that the caller frees. Ends the program, naming the command that mends it, when there
 * is none in PATH or it is older than 1.15, the first to report exit statuses with -N as they are read here. */
char *hyperfine_find(void);

#endif

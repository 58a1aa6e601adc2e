/* The one way to fail: a sentence on standard error for people, exit status 2 for scripts.
 *
 * Exit statuses of the program: 0 all is well; 1 a cell failed; 2 usage, a missing tool, a file that cannot be read or
 * written; 128 + n stopped by signal n. */
#ifndef RECLAIM_FAIL_H
#define RECLAIM_FAIL_H

enum { ALL_WELL = 0, CELLS_FAILED = 1, CANNOT_GO_ON = 2, STOPPED_BY_SIGNAL = 128 };

/* Says the sentence (printf-like, without a line break) and ends with CANNOT_GO_ON. */
_Noreturn void fail(const char *sentence, ...) __attribute__((format(printf, 1, 2)));

/* Says the sentence and goes on. */
void notice(const char *sentence, ...) __attribute__((format(printf, 1, 2)));

#endif

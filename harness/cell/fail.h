/* How a cell ends that cannot do what it is asked: one line on standard error, `strategy/workload: sentence`, and exit
 * status 2. */
#ifndef CELL_FAIL_H
#define CELL_FAIL_H

enum { EXIT_NOT_OK = 1, EXIT_USAGE = 2 };

/* The sentence, as printf has it; control characters in it become question marks. */
_Noreturn void cell_fail(const char *sentence, ...) __attribute__((format(printf, 1, 2)));

#endif

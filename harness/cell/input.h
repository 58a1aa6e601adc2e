/* The file that a cell reads: checked, and where the workload wants it whole, read into plain memory before the clock starts,
 * for neither is a matter of how the strategy manages its own. */
#ifndef INPUT_H
#define INPUT_H

#include <stddef.h>

/* Bytes in someone else's memory. */
typedef struct Span {
    const char *at;
    size_t length;
} Span;

/* Ends the run through bad_input unless the file can be read, is a regular one (a pipe or a device might never end), is not
 * empty, and is text: UTF-8 without zero bytes. */
void input_check(const char *file);

/* The whole of a file, checked likewise, in pages of its own, which are the process's until it ends: no allocator that is
 * measured has held them. Ends the run through bad_input, or through out_of_memory. */
Span input_read(const char *file);

/* After either: ends the run through bad_input if the file has been written to or replaced since. */
void input_must_be_unchanged(const char *file);

#endif

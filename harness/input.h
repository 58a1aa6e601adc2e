/* The file that a cell reads: checked before the clock starts, and read whole into plain memory, for neither is a matter of how
 * the strategy manages its own. */
#ifndef INPUT_H
#define INPUT_H

#include <stddef.h>

/* Bytes in someone else's memory. */
typedef struct Span {
    const char *at;
    size_t length;
} Span;

typedef struct Input {
    char *bytes;
    Span text;  /* the bytes read */
} Input;

/* Ends the run through bad_input unless the file can be read, is a regular one (a pipe or a device might never end), is not
 * empty, and is text: UTF-8 without zero bytes. */
void input_check(const char *file);

/* The whole of the cell's input. Ends the run when it cannot be read, or through out_of_memory. */
Input input_read(void);

void input_free(Input *input);

#endif

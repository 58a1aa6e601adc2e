/* options: what the command line asks of a cell (--help lists the words). */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "cell.h"

typedef enum { RUN, HEADER, DESCRIBE, SETTINGS, REFERENCE, HELP } Request;

typedef struct Options {
    Request request;
    const Variant *variant;
    uint64_t size;
    uint64_t repeats;      /* 0: as the variant has it */
    const char *allocator; /* NULL: whichever is active */
    bool input_named;      /* by --input */
    char **words;          /* all of them, for a process that starts again */
} Options;

/* As they have been read so far: until then, the first variant at the standard size. */
extern const Options *const cell_options;

/* Reads main's words; gives settings, cell_seed and cell_input their values, and asks for profiles. Ends the process through
 * cell_fail at the first word that is wrong. */
void options_read(int count, char **words);

#endif

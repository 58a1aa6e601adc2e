/* How a cell is run: the words of its command line. */
#ifndef RECLAIM_CELL_WORDS_H
#define RECLAIM_CELL_WORDS_H

#include "records.h"

/* The executable's path and the options that make it the cell, up to a NULL; `input` is the file to read, or NULL for the usual
 * one. Of a control they are the same as of the cell that it repeats. The caller frees them with cell_words_free. */
char **cell_words(const char *path, const Cell *cell, const char *input);

void cell_words_free(char **words);

#endif

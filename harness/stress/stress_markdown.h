/* What a stress run came to, for a document. */
#ifndef RECLAIM_STRESS_MARKDOWN_H
#define RECLAIM_STRESS_MARKDOWN_H

#include <stdio.h>

/* Prints the folder's stress.csv as a table in Markdown, strategies by modes, and below it on what machine it was tried, when,
 * at which commit and from which seed. Ends the program with a sentence where there is no such run, or a damaged one. */
void stress_markdown(FILE *out, const char *run_folder);

#endif

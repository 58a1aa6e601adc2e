/* Text that is appended to a file in one write: others who append to it do not come between. */
#ifndef RECLAIM_APPENDING_H
#define RECLAIM_APPENDING_H

#include <stdio.h>

typedef struct Appending {
    FILE *out;  /* in memory, to print to */
    char *text;
    size_t length;
} Appending;

void appending_begin(Appending *appending);

/* Appends what was printed to the open file. Where it cannot be written whole, a sentence that calls it `name` ends the program. */
void appending_end(Appending *appending, int file, const char *name);

#endif

/* Files that are either whole or not there, whatever happens while they are written: kill -9, a full disk,
 * a power cut. The content is on the disk before the name, and the name before durable_end returns. */
#ifndef RECLAIM_DURABLE_H
#define RECLAIM_DURABLE_H

#include <stdbool.h>
#include <stdio.h>

/* A file that is being written under another name. */
typedef struct Durable {
    const char *file;
    char *draft; /* the other name */
    FILE *out;
} Durable;

/* What is printed to `out` becomes the file, or replaces it, in durable_end. Any error ends the program with a sentence, and
 * leaves what was there before. */
Durable durable_begin(const char *file);
void durable_end(Durable *durable);

/* Likewise for what can be derived again, of which there may be hundreds: a power cut may lose it, nothing waits for the disk. */
void durable_end_derived(Durable *durable);

/* Waits until the name of a file or a folder is on the disk; false, with errno, when that cannot be said. */
bool durable_name(const char *path);

/* Nothing becomes of it: what was there before stays. */
void durable_abandon(Durable *durable);

/* Removes what a program that was killed has written of the file under its other name, if anything. */
void durable_forget(const char *file);

#endif

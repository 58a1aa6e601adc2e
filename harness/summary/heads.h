/* What stands above the columns of the table in short: the series, whose labels are broken into pieces. */
#ifndef RECLAIM_HEADS_H
#define RECLAIM_HEADS_H

#include "entries.h"

#include <stdio.h>

typedef struct Head {
    const Cell *cell;  /* one of the series' */
    const char *label;
    int width;         /* of its column */
} Head;

typedef struct Heads {
    Head *head;
    size_t count;
} Heads;

/* Of all series of the entries, the baseline first. */
Heads heads_of(const Entries *entries);
void heads_free(Heads *heads);

/* The head behind the last whose column fits into so much room together with those from `first` on; one always fits. */
size_t heads_that_fit(const Heads *heads, size_t first, int room);

/* Prints those from `first` to before `end`, beside a margin of that width. */
void heads_print(FILE *out, const Heads *heads, size_t first, size_t end, int margin);

#endif

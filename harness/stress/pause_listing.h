/* What one run under --pauses listed, held against its own totals. */
#ifndef RECLAIM_PAUSE_LISTING_H
#define RECLAIM_PAUSE_LISTING_H

#include "text_pool.h"

#include <stddef.h>
#include <stdint.h>

enum { LISTED_KINDS = 3 }; /* collection, cascade, reset */

/* The pauses of a kind that took a microsecond or more: in ns, NAN where there were none. */
typedef struct KindPauses {
    const char *kind;
    uint64_t listed;
    double longest_ns, p99_ns; /* p99: 99 in 100 of them are no longer */
} KindPauses;

typedef struct PauseListing {
    KindPauses kind[LISTED_KINDS];
    double longest_ns;         /* of all, listed or not; 0: there was none */
    const char *complaint;     /* what does not add up; or empty */
} PauseListing;

/* Reads pauses.csv and pause_totals.csv in the folder, and removes them. What is damaged or missing is a complaint, too. */
PauseListing pause_listing_read(const char *folder, TextPool *pool);

#endif

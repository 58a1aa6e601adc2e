/* live_pauses.csv: the pauses of each strategy by kind, while so many objects are alive. */
#ifndef RECLAIM_LIVE_PAUSES_H
#define RECLAIM_LIVE_PAUSES_H

#include "pause_growth.h"
#include "pause_listing.h"
#include "records.h"

#include <stdio.h>

extern const Layout live_pauses_layout;

/* What is known of one variant under one strategy. */
typedef struct Tried {
    const Description *variant;
    PauseGrowth growth;
    PauseListing listing[PAUSE_SIZES][PAUSE_RUNS_MOST];
    Trial trial;              /* the last */
    const char *complaint;    /* what broke; NULL: nothing did */
    TextPool pool;
} Tried;

void live_pauses_write_header(FILE *out);

/* The rows of one that nothing broke in. */
void live_pauses_write(FILE *out, const Tried *tried);

#endif

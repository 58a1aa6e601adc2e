/* The plots, and what each says about itself in the comments that it begins with:
 *
 *     # Chart 5: How long can it stop me?
 *     # Reading: A curve further left stopped the program for less long. {baseline} and {time} are replaced.
 *     # Shows: what kind of picture it is, for those who do not see it
 *     # Of many variants: overview class
 *     # Needs: pauses
 *
 * The first three must be there. A line that begins with more than one blank goes on with the one before. */
#ifndef RECLAIM_PLOT_H
#define RECLAIM_PLOT_H

#include "text_pool.h"

#include <stdint.h>

typedef struct Plot {
    const char *name;     /* of the file, `pauses.gp` */
    const char *script;   /* its path */
    uint64_t number;
    const char *question, *reading, *shows;
    const char *views;    /* of a run of many variants: `overview`, `class`, both, or empty, which is the whole */
    const char *needs;    /* a table that must have rows, or empty */
} Plot;

typedef struct Plots {
    TextPool pool; /* of all texts here */
    Plot *plot;    /* by number, then by name */
    size_t count;
} Plots;

/* Reads every .gp of the folder but those that begin with `style`. Ends the program with one sentence when there is none, or
 * one does not say what it must. */
Plots plots_read(const char *folder);

void plots_free(Plots *plots);

/* The plot's name without its ending, as its pictures begin. The caller frees it. */
char *plot_stem(const Plot *plot);

#endif

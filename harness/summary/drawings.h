/* What was drawn and worked out once for all cells that have as many blocks. */
#ifndef RECLAIM_DRAWINGS_H
#define RECLAIM_DRAWINGS_H

#include "statistics.h"

/* The drawings for each number of blocks that was needed so far, and where they are of several hosts for each number of
 * theirs: cells with as many share them. What was found stays where it is. */
typedef struct Drawings {
    Resamples **resamples;
    size_t count, room;
    double *errors; /* by degrees of freedom; 0: not needed so far */
    size_t freedoms, errors_room;
} Drawings;

const Resamples *drawings_of_hosts(Drawings *drawings, Hosts shape);

/* Of n blocks of one host. */
const Resamples *drawings_of(Drawings *drawings, size_t n);

/* As student.h has it; to work it out takes milliseconds, and a comparison asks for each cell. */
double detectable_errors_of(Drawings *drawings, size_t freedom);
void drawings_free(Drawings *drawings);

#endif

/* What a trials.csv is made of, found out by reading it once and keeping next to nothing of it. A run on a thousand machines has
 * more trials than fit into memory together, but what is worked out of them is worked out of one variant's after the other's. */
#ifndef RECLAIM_OUTLINE_H
#define RECLAIM_OUTLINE_H

#include "records.h"

typedef struct OutlineRow {
    uint16_t part;   /* that it belongs to */
    uint16_t bytes;  /* of its line; 0: more than fit here, or it has several lines */
} OutlineRow;

typedef struct Outline {
    const char *file;
    size_t rows;
    uint64_t blocks;    /* the number of the last */
    const char **host;  /* that ran the block, by its number; NULL: it has no trial */
    Cell baseline;      /* the cell that was run a second time as A/A control, with `control`; all 0 where there is none */
    size_t parts;
    size_t *part_rows;  /* how many each part has */
    OutlineRow *row;
    size_t room;
} Outline;

/* All trials of a variant are of one part. Parts are in the order of cells, and have several variants as long as these have no more
 * than `most` rows together. Texts are of `pool`; `file` must stay. A last line that is torn is left out with a notice. Ends the program
 * when there are no trials, when the file is damaged, and when a block is of two machines: its cells could not be compared. */
Outline outline_of(const char *file, size_t most, TextPool *pool);
void outline_free(Outline *outline);

/* The trials of a part. */
Sheet outline_load(const Outline *outline, size_t part, TextPool *pool);

#endif

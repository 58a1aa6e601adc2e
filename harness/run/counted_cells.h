/* Which cells are counted, and at which size: by the stage that counts objects and pauses, and by the one that counts
 * instructions, so that their figures go together. */
#ifndef RECLAIM_COUNTED_CELLS_H
#define RECLAIM_COUNTED_CELLS_H

#include "catalogue.h"
#include "mode.h"

/* What the cell's variant says of itself; one that is there no more ends the program. */
const Description *description_of(const Catalogue *catalogue, const Cell *cell);

/* Each cell that was ok in a trial, at the size at which it is counted, in the order of summary.csv; the caller frees them.
 * trials: rows of Trial. The size is the variant's quick one; in a quick run a tenth of it, but for depths. */
Cell *counted_cells(const Sheet *trials, const Catalogue *catalogue, Mode mode, size_t *count);

#endif

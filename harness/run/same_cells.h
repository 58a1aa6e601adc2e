/* The cells of a run that is over, to be run again. */
#ifndef RECLAIM_SAME_CELLS_H
#define RECLAIM_SAME_CELLS_H

#include "manifest.h"

/* What they say of themselves. Ends the program when they, or what they read, are no longer those of the run, for others would
 * be counted under its name; or when the manifest does not name an input. run: its name, for people. */
Catalogue same_cells(const Manifest *manifest, const char *run, const Parameters *parameters, const char *build,
                     TextPool *pool);

#endif

/* Minimum mutator utilisation: of any window of time of this length, wherever it lies in the run, the part that is the
 * program's at least (P. Cheng and G. Blelloch, "A parallel, real-time garbage collector", 2001). One long pause and many
 * short ones in a row show alike, as they do to whoever waits. */
#ifndef RECLAIM_MMU_H
#define RECLAIM_MMU_H

#include "pause_runs.h"

/* From 0 to 1; NAN of a window that is empty or longer than the run, and of a list that left pauses of a microsecond and more
 * out, since it would come out too large. In O(pauses). */
double mmu(const RunPauses *pauses, uint64_t window_ns);

#endif

/* mark_sweep, which tells of a collection's pause only what comes after marking. */
/* Caught by: pauses: the program waited [0-9.]+ ms */
#include "parts/census.h"

#undef collection_begin
#define collection_begin() ((void)0)
#ifdef COUNTED
#define census_sweep(is_alive) (pause_begin(), census_sweep(is_alive))
#endif
#include "mark_sweep.h"

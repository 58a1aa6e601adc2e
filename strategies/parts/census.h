/* census: what a strategy tells the counted build (-DCOUNTED) about deaths, footprint and pauses. Births and moves are
 * recorded by the words themselves. In every other build the calls below are nothing, so that a timed cell pays nothing; but it
 * reads a counter where a collection begins and ends, for its row.
 *
 * Invariant: every object that a word returned is recorded until its death is told, exactly once, before its memory is used
 * again; a birth at the address of an object that is still recorded ends the program with a sentence about the strategy.
 * A strategy that frees nothing tells nothing.
 *
 * A strategy may define two hooks beside these calls:
 *   object_room(object, type, size)  bytes that an object of size bytes takes, after rounding and with its head; default: size
 *   footprint()                      bytes now held from the system, besides what went through system.h */
#ifndef CENSUS_H
#define CENSUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parts/collection_clock.h"
#include "parts/per_heap.h"

/* What the mutator waits for: a collection, the death of what hangs from one object, the end of a region. */
typedef enum PauseKind { PAUSE_COLLECTION, PAUSE_CASCADE, PAUSE_RESET, PAUSE_KINDS } PauseKind;

#ifdef COUNTED

/* A point in the order of births. */
typedef struct CensusMark {
    uint64_t born;
} CensusMark;

/* An owner lets go of the object, which must be alive. */
void census_demand_alive(const void *object);

/* The object's memory is given back now. */
void census_died(void *object);

/* Everything born since the mark has died. */
CensusMark census_mark(void);
void census_died_since(CensusMark mark);

/* After marking: those recorded that are not alive have died. is_alive may not allocate. */
void census_sweep(bool (*is_alive)(void *object));

/* The object's finalizer ran. */
void census_finalized(void *object);

/* Bytes taken from the system and given back to it, past system.h, which tells these itself. */
void footprint_grew(size_t bytes);
void footprint_shrank(size_t bytes);

/* What the process has resident, in bytes, without the census's own records: for the hook footprint() of a strategy whose
 * memory is in the hands of somebody who does not tell. */
uint64_t census_resident(void);

/* Around what the mutator waits for. Pauses may nest: the outermost one is the pause. */
void pause_begin(void);
void pause_end(PauseKind kind);

/* Likewise around a collection, which is told nowhere else. Collections do not nest. */
#define collection_begin() pause_begin()
#define collection_end() pause_end(PAUSE_COLLECTION)

/* The strategy collects, and a timed cell is not told when. */
#define collections_untold() ((void)0)
#define collections_told NULL

/* For tests. */
bool census_is_live(void *object);
uint64_t census_live_objects(void);

#else

typedef struct CensusMark {
} CensusMark; /* of no size */

#define census_demand_alive(object) ((void)(object))
#define census_died(object) ((void)(object))
#define census_mark() ((CensusMark){})
#define census_died_since(mark) ((void)(mark))
#define census_sweep(is_alive) ((void)0) /* which need not be there */
#define census_finalized(object) ((void)(object))
#define footprint_grew(bytes) ((void)sizeof(bytes)) /* not evaluated: it may be a call */
#define footprint_shrank(bytes) ((void)sizeof(bytes))
#define pause_begin() ((void)0)
#define pause_end(kind) ((void)0)

static PER_HEAP CollectionClock collection_clock __attribute__((unused));
#define collection_begin() ((void)(collection_clock.begun = ticks_now()))
#define collection_end() ((void)(collection_clock.ticks += ticks_now() - collection_clock.begun))
#define collections_untold() ((void)(collection_clock.untold = true))
#ifdef THREADED
#define collections_told NULL /* every thread has a clock */
#else
#define collections_told (&collection_clock)
#endif

#endif

#endif

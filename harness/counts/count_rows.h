/* The rows of census.csv, pauses.csv, timeline.csv and leaks.csv, which a counted cell writes without saying which cell it is,
 * and of instructions.csv, which is counted under valgrind. In a run's files each row begins with the cell. docs/files.md says what each column means. */
#ifndef RECLAIM_COUNT_ROWS_H
#define RECLAIM_COUNT_ROWS_H

#include "records.h"

/* In each row the cell comes first, so that it can be set whatever the row is. */

typedef struct Census {
    Cell cell;
    Status status;
    const char *reason;
    Count allocations, frees, live_objects;
    Count allocated_bytes, freed_bytes, live_bytes;
    Count resizes, reused, finalized;
    Count peak_live_bytes, peak_room_bytes, peak_footprint_bytes, peak_resident_kib;
    Count collections, cascades, resets;
    Count pauses, listed_pauses, pause_floor_ns, pause_total_ns, pause_longest_ns;
} Census;

typedef struct Pause {
    Cell cell;
    const char *kind;
    uint64_t start_ns, end_ns, allocated_bytes;
} Pause;

typedef struct Sample {
    Cell cell;
    uint64_t allocated_bytes, live_bytes, room_bytes, footprint_bytes, resident_kib;
} Sample;

typedef struct Leak {
    Cell cell;
    const char *type, *file;
    uint64_t line, objects, bytes;
} Leak;

/* What an instruction is for. */
typedef enum Part { WORK, ALLOCATE, BARRIER, RELEASE, COLLECT, TEARDOWN, STARTUP, PARTS } Part;

typedef struct Instructions {
    Cell cell;
    Status status;
    const char *reason;
    Count instructions;
    Count part[PARTS]; /* together they are all instructions */
} Instructions;

/* A run's files. */
extern const Layout census_layout, pause_layout, sample_layout, leak_layout, instructions_layout;

/* A cell's: the objects' and the pauses' part of a Census, and the others without the cell. */
extern const Layout cell_objects_layout, cell_totals_layout, cell_pause_layout, cell_sample_layout, cell_leak_layout;

#endif

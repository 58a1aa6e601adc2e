/* The rows of census.csv, pauses.csv, pause_runs.csv, timeline.csv and leaks.csv, which a counted cell writes without saying
 * which cell it is, of latency.csv, and of instructions.csv, which is counted under valgrind. In a run's files each row
 * begins with the cell. docs/files.md says what each column means. */
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
    Count pauses, listed_pauses, pause_floor_ns, pause_total_ns, pause_longest_ns, pause_run_ns;
} Census;

/* The part of the bytes that were allocated which is alive at the end; 0 where nothing was, or it is not known. */
double part_left(const Census *census);

/* Less is what static variables still hold at the end, and no leak. */
#define MUCH_LEFT 0.01

typedef struct PauseRun {
    Cell cell;
    uint64_t run; /* from 1 */
    Count pauses, listed_pauses, pause_floor_ns, pause_total_ns, pause_longest_ns, pause_run_ns;
} PauseRun;

typedef struct Pause {
    Cell cell;
    uint64_t run;
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
typedef enum Purpose { WORK, ALLOCATE, BARRIER, RELEASE, COLLECT, TEARDOWN, STARTUP, PARTS } Purpose;

typedef struct Instructions {
    Cell cell;
    Status status;
    const char *reason;
    Count instructions;
    Count part[PARTS]; /* together they are all instructions */
} Instructions;

/* What the cell takes but for its start, which is the linker's, the C library's and the row's; NAN: not counted, or the start
 * is not told apart. */
double instructions_without_start(const Instructions *row);

typedef struct LatencyRow {
    Cell cell;
    double percentile;
    double latency_ns, service_ns, latency_lo_ns, latency_hi_ns; /* the medians of the runs, and the range of latency */
    uint64_t runs;
    Count requests, period_ns;
    double busy;    /* time that requests were worked on / time in which they were due */
    bool saturated; /* nobody knows how late the next would be */
    Status status;
    const char *reason;
} LatencyRow;

/* What a cell says of its requests: how often it took at most so long; and all of them. */
typedef struct LatencyBucket {
    uint64_t ns, latencies, services;
} LatencyBucket;

typedef struct Requests {
    uint64_t requests, period_ns, served_ns, latency_longest_ns, service_longest_ns;
} Requests;

/* A run's files. */
extern const Layout census_layout, pause_layout, pause_run_layout, sample_layout, leak_layout, latency_layout;
extern const Layout instructions_layout;

/* A cell's: the objects' and the pauses' part of a Census, and the others without the cell. */
extern const Layout cell_objects_layout, cell_totals_layout, cell_pause_layout, cell_sample_layout, cell_leak_layout;
extern const Layout cell_latency_layout, cell_requests_layout;

#endif

#include "count_rows.h"

#include "cell_columns.h"

#include <math.h>

#define IDENTITY_COLUMNS(Row) SERIES_COLUMNS(Row), COUNTED_COLUMNS(Row)

#define OBJECT_COLUMNS                                                          \
    { "allocations",          COUNT, offsetof(Census, allocations) },           \
    { "frees",                COUNT, offsetof(Census, frees) },                 \
    { "live_objects",         COUNT, offsetof(Census, live_objects) },          \
    { "allocated_bytes",      COUNT, offsetof(Census, allocated_bytes) },       \
    { "freed_bytes",          COUNT, offsetof(Census, freed_bytes) },           \
    { "live_bytes",           COUNT, offsetof(Census, live_bytes) },            \
    { "resizes",              COUNT, offsetof(Census, resizes) },               \
    { "reused",               COUNT, offsetof(Census, reused) },                \
    { "finalized",            COUNT, offsetof(Census, finalized) },             \
    { "peak_live_bytes",      COUNT, offsetof(Census, peak_live_bytes) },       \
    { "peak_room_bytes",      COUNT, offsetof(Census, peak_room_bytes) },       \
    { "peak_footprint_bytes", COUNT, offsetof(Census, peak_footprint_bytes) },  \
    { "peak_resident_kib",    COUNT, offsetof(Census, peak_resident_kib) },     \
    { "collections",          COUNT, offsetof(Census, collections) },           \
    { "cascades",             COUNT, offsetof(Census, cascades) },              \
    { "resets",               COUNT, offsetof(Census, resets) }

#define TOTAL_COLUMNS(Row)                                                      \
    { "pauses",               COUNT, offsetof(Row, pauses) },                   \
    { "listed_pauses",        COUNT, offsetof(Row, listed_pauses) },            \
    { "pause_floor_ns",       COUNT, offsetof(Row, pause_floor_ns) },           \
    { "pause_total_ns",       COUNT, offsetof(Row, pause_total_ns) },           \
    { "pause_longest_ns",     COUNT, offsetof(Row, pause_longest_ns) },         \
    { "pause_run_ns",         COUNT, offsetof(Row, pause_run_ns) }

#define PAUSE_COLUMNS                                                           \
    { "kind",            NAME, offsetof(Pause, kind) },                         \
    { "start_ns",        NATURAL, offsetof(Pause, start_ns) },                  \
    { "end_ns",          NATURAL, offsetof(Pause, end_ns) },                    \
    { "allocated_bytes", NATURAL, offsetof(Pause, allocated_bytes) }

#define SAMPLE_COLUMNS                                                          \
    { "allocated_bytes", NATURAL, offsetof(Sample, allocated_bytes) },          \
    { "live_bytes",      NATURAL, offsetof(Sample, live_bytes) },               \
    { "room_bytes",      NATURAL, offsetof(Sample, room_bytes) },               \
    { "footprint_bytes", NATURAL, offsetof(Sample, footprint_bytes) },          \
    { "resident_kib",    NATURAL, offsetof(Sample, resident_kib) }

#define LEAK_COLUMNS                                                            \
    { "type",    NAME, offsetof(Leak, type) },                                  \
    { "file",    TEXT, offsetof(Leak, file) },                                  \
    { "line",    NATURAL, offsetof(Leak, line) },                               \
    { "objects", NATURAL, offsetof(Leak, objects) },                            \
    { "bytes",   NATURAL, offsetof(Leak, bytes) }

#define INSTRUCTION_COLUMNS                                                     \
    { "status",       STATUS, offsetof(Instructions, status) },                 \
    { "reason",       TEXT, offsetof(Instructions, reason) },                   \
    { "instructions", COUNT, offsetof(Instructions, instructions) },            \
    { "work",         COUNT, offsetof(Instructions, part[WORK]) },              \
    { "allocate",     COUNT, offsetof(Instructions, part[ALLOCATE]) },          \
    { "barrier",      COUNT, offsetof(Instructions, part[BARRIER]) },           \
    { "release",      COUNT, offsetof(Instructions, part[RELEASE]) },           \
    { "collect",      COUNT, offsetof(Instructions, part[COLLECT]) },           \
    { "teardown",     COUNT, offsetof(Instructions, part[TEARDOWN]) },          \
    { "startup",      COUNT, offsetof(Instructions, part[STARTUP]) }

static const Column census_columns[] = {
    IDENTITY_COLUMNS(Census),
    { "status", STATUS, offsetof(Census, status) },
    { "reason", TEXT, offsetof(Census, reason) },
    OBJECT_COLUMNS,
    TOTAL_COLUMNS(Census),
};
static const Column pause_columns[] = { IDENTITY_COLUMNS(Pause), { "run", NATURAL, offsetof(Pause, run) }, PAUSE_COLUMNS };
static const Column pause_run_columns[] = {
    IDENTITY_COLUMNS(PauseRun), { "run", NATURAL, offsetof(PauseRun, run) }, TOTAL_COLUMNS(PauseRun),
};
static const Column sample_columns[] = { IDENTITY_COLUMNS(Sample), SAMPLE_COLUMNS };
static const Column leak_columns[] = { IDENTITY_COLUMNS(Leak), LEAK_COLUMNS };
static const Column latency_columns[] = {
    IDENTITY_COLUMNS(LatencyRow),
    { "percentile",     QUANTITY, offsetof(LatencyRow, percentile) },
    { "latency_ns",     QUANTITY, offsetof(LatencyRow, latency_ns) },
    { "service_ns",     QUANTITY, offsetof(LatencyRow, service_ns) },
    { "latency_lo_ns",  QUANTITY, offsetof(LatencyRow, latency_lo_ns) },
    { "latency_hi_ns",  QUANTITY, offsetof(LatencyRow, latency_hi_ns) },
    { "runs",           NATURAL, offsetof(LatencyRow, runs) },
    { "requests",       COUNT, offsetof(LatencyRow, requests) },
    { "period_ns",      COUNT, offsetof(LatencyRow, period_ns) },
    { "busy",           QUANTITY, offsetof(LatencyRow, busy) },
    { "saturated",      FLAG, offsetof(LatencyRow, saturated) },
    { "status",         STATUS, offsetof(LatencyRow, status) },
    { "reason",         TEXT, offsetof(LatencyRow, reason) },
};

static const Column instructions_columns[] = { IDENTITY_COLUMNS(Instructions), INSTRUCTION_COLUMNS };

static const Column cell_objects_columns[] = { OBJECT_COLUMNS };
static const Column cell_totals_columns[] = { TOTAL_COLUMNS(Census) };
static const Column cell_pause_columns[] = { PAUSE_COLUMNS };
static const Column cell_sample_columns[] = { SAMPLE_COLUMNS };
static const Column cell_leak_columns[] = { LEAK_COLUMNS };
static const Column cell_latency_columns[] = {
    { "ns",        NATURAL, offsetof(LatencyBucket, ns) },
    { "latencies", NATURAL, offsetof(LatencyBucket, latencies) },
    { "services",  NATURAL, offsetof(LatencyBucket, services) },
};
static const Column cell_requests_columns[] = {
    { "requests",           NATURAL, offsetof(Requests, requests) },
    { "period_ns",          NATURAL, offsetof(Requests, period_ns) },
    { "served_ns",          NATURAL, offsetof(Requests, served_ns) },
    { "latency_longest_ns", NATURAL, offsetof(Requests, latency_longest_ns) },
    { "service_longest_ns", NATURAL, offsetof(Requests, service_longest_ns) },
};

const Layout census_layout = LAYOUT(Census, census_columns);
const Layout pause_layout = LAYOUT(Pause, pause_columns);
const Layout sample_layout = LAYOUT(Sample, sample_columns);
const Layout leak_layout = LAYOUT(Leak, leak_columns);
const Layout instructions_layout = LAYOUT(Instructions, instructions_columns);
const Layout pause_run_layout = LAYOUT(PauseRun, pause_run_columns);
const Layout latency_layout = LAYOUT(LatencyRow, latency_columns);

const Layout cell_objects_layout = LAYOUT(Census, cell_objects_columns);
const Layout cell_totals_layout = LAYOUT(Census, cell_totals_columns);
const Layout cell_pause_layout = LAYOUT(Pause, cell_pause_columns);
const Layout cell_sample_layout = LAYOUT(Sample, cell_sample_columns);
const Layout cell_leak_layout = LAYOUT(Leak, cell_leak_columns);
const Layout cell_latency_layout = LAYOUT(LatencyBucket, cell_latency_columns);
const Layout cell_requests_layout = LAYOUT(Requests, cell_requests_columns);

double instructions_without_start(const Instructions *row)
{
    bool told = row->status == OK && row->instructions.known && row->part[STARTUP].known;
    return told ? (double)row->instructions.value - (double)row->part[STARTUP].value : NAN;
}

double part_left(const Census *census)
{
    return census->allocated_bytes.value ? (double)census->live_bytes.value / (double)census->allocated_bytes.value : 0;
}

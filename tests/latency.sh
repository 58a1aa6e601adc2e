#!/bin/bash
# Latency counts from when a request was due: of a stall of 50 ms, at 1000 requests a second, all of the 50 that were due
# meanwhile know. Timed from their actual starts only one would: the coordinated omission that this is the check for.
#
# latency.sh BUILD, from the project's root.
set -u
build=$(cd "$1" && pwd)
. tests/cells.sh
. tests/scratch.sh
refuses "latency in a workload that names no requests" "names no requests" \
    "$build/counted/refcount/graph" --latency "$build/none"
refuses "latency in a cell that does not count" "nothing is counted in this cell" \
    "$build/refcount/ring" --latency "$build/none"
refuses "a period that is no number" "--period fast: wants a whole number" \
    "$build/counted/refcount/ring" --period fast

scratch_project never
cat >workloads/stalled.c <<'END'
#include "workload.h"

#include "requests.h"

enum { STALL_NS = 50000000, STALLED = 100 /* the request */ };

static uint64_t once(uint64_t n)
{
    requests (i, n) {
        uint64_t begun = clock_ns();
        while (i == STALLED && clock_ns() - begun < STALL_NS) {}
        operations++;
    }
    return n;
}

WORKLOAD(stalled, MICRO, SIZES(300, 300, 300), "requests, one of which takes 50 ms", VARIANT(once));
END
make -s build/counted/never/stalled >made 2>&1 || { miss "it was not built: $(tail -n 3 made)"; ended; exit 1; }

# How many requests took so many ms or more, from when they were due (2) or from their start (3).
slow() { awk -F, -v kind="$1" -v ms="$2" 'NR > 1 && $1 >= ms * 1e6 { n += $kind } END { print n + 0 }' out/latencies.csv; }

# Exactly how many is asked with a clock of its own (tests/unit/requests_test.c): a machine that stalls itself adds to them.
one_stall_is_felt_by_all()
{
    build/counted/never/stalled --period 1000000 --latency out >row &&
        [ "$(slow 2 5)" -ge 44 ] && [ "$(slow 3 45)" -eq 1 ]
}
felt="a stall of 50 ms at 1 kHz is felt by about 50 requests, and begun late they would show one"
one_stall_is_felt_by_all && pass "$felt" || miss "$felt: $(slow 2 5) waited, $(slow 3 45) took long"
build/counted/never/stalled --latency out >row
[ "$(slow 2 5)" = "$(slow 3 5)" ] && [ "$(sed -n 2p out/latency_totals.csv | cut -d, -f1,2)" = 300,0 ] &&
    pass "without a period nothing waits" || miss "without a period nothing waits"
ended

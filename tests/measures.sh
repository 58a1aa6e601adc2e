#!/bin/bash
# What a cell measures of itself, against what is known of it from outside: the kernel's accounts, another program's clock, and
# workloads that take a known time and a known amount of memory.
#
# measures.sh BUILD, from the project's root.
set -u
build=$1
. tests/cells.sh
. tests/scratch.sh

holds() { awk -v a="$2" -v b="${3:-0}" -v c="${4:-0}" "BEGIN { exit !($1) }"; }  # condition of a, b and c; their values
check() { if holds "$2" "${@:3}"; then pass "$1"; else miss "$1: not $2 of ${*:3}"; fi; }

# What a cell reports, by the name of the column.
field() # column, command …
{
    paste -d '\n' <("$2" --header) <("${@:2}") | awk -F, -v name="$1" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) column = i }
        NR == 2 { print $column }'
}

peak_of() { field peak_rss_kib "$@"; }

# The least of three: noise only adds to a time.
least() { for _ in 1 2 3; do "$@"; done | sort -g | head -n 1; }

# Runs a cell from a process smaller than it, whose size a child would begin with; prints the peak and the seconds that it
# reports, and those seen from outside.
watched() # command …
{
    python3 -c '
import os, sys, time
reader, writer = os.pipe()
begun = time.monotonic()
cell = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, writer, 1)])
usage = os.wait4(cell, 0)[2]
took = time.monotonic() - begun
columns, values = os.popen(sys.argv[1] + " --header").read(), os.read(reader, 4096).decode()
row = dict(zip(columns.strip().split(","), values.strip().split(",")))
print(row["peak_rss_kib"], int(row["repeats"]) * float(row["work_s"]) + float(row["teardown_s"]), usage.ru_maxrss, took)' "$@"
}

# ---- Real cells ---------------------------------------------------------------------------------------------------------

while read -r s w variant size; do
    for _ in 1 2 3; do  # a process that has to wait for its core takes longer than it knows of
        read -r peak own outside took < <(watched "$build/$s/$w" -v "$variant" -n "$size")
        holds 'a > 0.75 * b' "$own" "$took" && break
    done
    check "$s/$w: the peak is the kernel's" 'a > 20000 && a > 0.95 * b && a < 1.05 * b' "$peak" "$outside"
    # Starting and ending take no quarter of 200 ms.
    check "$s/$w: work and teardown are the time it took, but for its start and end" 'a > 0.75 * b && a <= b' "$own" "$took"
done <<'CELLS'
refcount binary_trees standard 19
refcount graph objects 100000
boehm sequence list 4000000
arena lookup set_hits 2000000
CELLS

# Without its collections boehm peaks at several times as much, and pure counting shows what a graph's cycles come to.
graph="-v objects -n 60000"
counted=$(peak_of "$build/refcount/graph" $graph)
collected=$(peak_of "$build/refcount_cycle/graph" $graph)
check "refcount_cycle collects without being asked" 'a > 20000 && 2 * b < a' "$counted" "$collected"
uncollected=$(GC_DONT_GC=1; export GC_DONT_GC; peak_of "$build/boehm/graph" $graph)
collected=$(peak_of "$build/boehm/graph" $graph)
check "and so does boehm" 'a > 20000 && 2 * b < a' "$uncollected" "$collected"

# ---- Cells of known cost ------------------------------------------------------------------------------------------------

scratch_project refcount refcount_cycle arena never

# A strategy that is 60 ms in opening its heap and 120 ms in closing it.
cat >strategies/lingers.h <<'C'
#include <unistd.h>
#include "parts/system.h"
#define allocate(type, size) system_take(round_up(size, 4096))
#define heap_open() usleep(60000)
#define heap_close() usleep(120000)
C

# One that collects for 10 ms when it is asked to, and says so, and burns 100 ms in closing its heap; and one that does not say.
cat >strategies/tells.h <<'C'
#include <time.h>
#include <unistd.h>
#include "parts/system.h"
static uint64_t tells_collect(void)
{
    collection_begin();
    usleep(10000);
    collection_end();
    return 0;
}
static void tells_close(void)
{
    for (clock_t begun = clock(); clock() < begun + CLOCKS_PER_SEC / 10;)
        ;
}
#define allocate(type, size) system_take(round_up(size, 4096))
#define collects_cycles 0
#define collect() tells_collect()
#define heap_close() tells_close()
C
sed 's/tells/silent/g; s/collection_begin()/collections_untold()/; /collection_end/d' strategies/tells.h >strategies/silent.h

cat >workloads/collects.c <<'C'
#include <unistd.h>
#include "workload.h"

static uint64_t times(uint64_t n)
{
    for (uint64_t i = 0; i < n; i++)
        collect();
    usleep(50000);
    return n;
}

WORKLOAD(collects, MICRO, 10, "n collections, and 50 ms", VARIANT(times, STREAMS));
C

cat >workloads/waits.c <<'C'
#include <time.h>
#include <unistd.h>
#include "workload.h"

static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1e3 + t.tv_nsec * 1e-6;
}

static uint64_t until(clockid_t clock, uint64_t n)
{
    for (double begun = now(clock); now(clock) < begun + n;)
        for (volatile int i = 0; i < 20000; i++)
            ;
    return n;
}

static uint64_t spins(uint64_t n) { return until(CLOCK_MONOTONIC, n); }
static uint64_t burns(uint64_t n) { return until(CLOCK_PROCESS_CPUTIME_ID, n); }
static uint64_t sleeps(uint64_t n) { return usleep(n * 1000), n; }

WORKLOAD(waits, MICRO, 200, "n milliseconds", VARIANT(spins, STREAMS), VARIANT(burns, STREAMS), VARIANT(sleeps, STREAMS));
C

cat >workloads/takes.c <<'C'
#include "workload.h"

static void *touched(uint64_t n) { return memset(system_take(n << 20), 1, n << 20); }

static uint64_t nothing(uint64_t n) { return n; }
static uint64_t kept(uint64_t n) { return *(char *)touched(n) * n; }
static uint64_t returned(uint64_t n) { return system_give(touched(n), n << 20), n; }
static uint64_t reserved(uint64_t n) { return system_take(n << 20) ? n : 0; }

WORKLOAD(takes, MICRO, 44, "n MiB", VARIANT(nothing, STREAMS), VARIANT(kept, STREAMS), VARIANT(returned, STREAMS),
    VARIANT(reserved, STREAMS));
C

cat >workloads/regions.c <<'C'
#include "workload.h"

typedef struct Block {
    size_t length;
    char at[];
} Block;
leaf_of(Block);

static void fill(Block *block) { memset(block->at, 1, block->length); }

static void bear(size_t bytes)
{
    local(Block) block = new_of(Block, bytes);
    fill(block);
}

static uint64_t large(uint64_t n)
{
    for (uint64_t i = 0; i < n; i++)
        region bear(1 << 20);
    return n;
}

static uint64_t small(uint64_t n)
{
    for (uint64_t i = 0; i < n; i++)
        region
            for (int j = 0; j < 1024; j++)
                bear(1 << 10);
    return n;
}

static uint64_t grown(uint64_t n)
{
    for (uint64_t i = 0; i < n; i++)
        region {
            local(Block) block = NULL;
            for (size_t bytes = 1 << 10; bytes <= 1 << 20; bytes *= 4)
                resize(block, Block, bytes);
            fill(block);
        }
    return n;
}

WORKLOAD(regions, MICRO, 40, "n times 1 MiB, each in a region", VARIANT(large, STREAMS), VARIANT(small, STREAMS),
    VARIANT(grown, STREAMS));
C
scratch_build
make -s build/counted/tells/collects >made 2>&1 || miss "$(tail -n 3 made)"

for variant in spins sleeps; do
    for s in never lingers; do
        work=$(least field work_s build/$s/waits -v $variant)
        check "$s: a cell that $variant for 200 ms works for 200, without opening and closing its heap" \
            'a >= 0.2 && a < 0.204' "$work"
    done
done
check "burning 200 ms is processor time" 'a >= 0.19 && a < 0.22' "$(least field work_cpu_s build/lingers/waits -v burns)"
check "sleeping is none" 'a < 0.02' "$(least field work_cpu_s build/lingers/waits -v sleeps)"
check "closing takes 120 ms: teardown" 'a >= 0.12 && a < 0.1224' "$(least field teardown_s build/lingers/waits -v sleeps)"

check "and no processor time" 'a < 0.01' "$(least field teardown_cpu_s build/lingers/waits -v sleeps)"
check "burning 100 ms in closing is" 'a >= 0.09 && a < 0.11' "$(least field teardown_cpu_s build/tells/collects)"
check "ten collections of 10 ms each, told: 100 ms of the work" 'a >= 0.1 && a < 0.11' \
    "$(least field collect_s build/tells/collects)"
check "done three times, it is what once takes" 'a >= 0.1 && a < 0.11' "$(least field collect_s build/tells/collects -r 3)"
check "there are none in what collects nothing" 'a == 0' "$(field collect_s build/never/collects)"
for cell in build/silent/collects build/counted/tells/collects; do
    [ "$(field collect_s $cell)" = NA ] && pass "$cell: what is not told is NA" || miss "$cell: $(field collect_s $cell)"
done

# Two on one core take it from each other some hundred times in 200 ms.
taskset -c 0 build/never/waits -v burns -n 1000 >other & rival=$!
switched=$(taskset -cp 0 $BASHPID >/dev/null && field involuntary build/never/waits -v burns)
wait $rival
check "who shares its core is switched away from" 'a >= 5' "$switched"

for _ in 1 2 3; do (while :; do :; done) & done
"$reclaim" bench --no-charts --no-census --run busy --blocks 1 --strategies never --workloads takes >out 2>err
kill $(jobs -p)
wait 2>>err
least_load=$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } { print $at["load"] }' \
    results/busy/trials.csv | sort -g | head -n 1)
check "three that are busy are a load of three at least" 'a >= 3' "$least_load"
moments=$(cut -d, -f1 results/busy/hiccups.csv | xargs)
[ "$moments" = "moment before after" ] && pass "and the machine was watched before and after" || miss "hiccups.csv: $moments"

"$reclaim" bench --no-charts --no-census --run waits --blocks 1 --strategies "never lingers" \
    --workloads waits --baseline never >out 2>err
trial() # strategy variant wall_s|user_s|system_s
{
    awk -F, -v strategy="$1" -v variant="$2" -v column="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        $3 == strategy && $5 == variant && $11 == 0 { print $at[column] }' results/waits/trials.csv
}
check "hyperfine's wall time: 200 ms" 'a >= 0.2 && a < 0.3' "$(trial never sleeps wall_s)"
check "and 180 ms more for the heap" 'a >= 0.38 && a < 0.5' "$(trial lingers sleeps wall_s)"
check "in a run burning 200 ms is user time" \
    'a > 0.16 && a < 0.25 && b < 0.05' "$(trial never burns user_s)" "$(trial never burns system_s)"
check "and sleeping is no CPU time" 'a + b < 0.05' "$(trial never sleeps user_s)" "$(trial never sleeps system_s)"
check "a trial begins when those before it have ended" 'a == 1' "$(awk -F, '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    { if ($at["started_s"] < ended) late = 1; ended = $at["started_s"] + $at["wall_s"] - 0.001 }
    END { print (NR > 5 && !late) }' results/waits/trials.csv)"

empty=$(peak_of build/never/takes -v nothing)
exactly='a > 0.99 * (b + c) && a < 1.01 * (b + c)'
check "44 MiB and the program itself: a peak of that" "$exactly" "$(peak_of build/never/takes -v kept)" "$empty" 45056
check "the same when they are given back before the end" "$exactly" "$(peak_of build/never/takes -v returned)" "$empty" 45056
check "memory that is never touched is none" 'a < b + 1024' "$(peak_of build/never/takes -v reserved)" "$empty"

for variant in large small grown; do
    for s in arena refcount refcount_cycle; do
        check "$s: forty regions of 1 MiB, $variant, need no more than one" 'a < b + 3000' \
            "$(peak_of build/$s/regions -v $variant)" "$(peak_of build/$s/regions -v $variant -n 1)"
    done
    check "never: they need 40 MiB" 'a > 40960' "$(peak_of build/never/regions -v $variant)"
done
ended

#!/bin/bash
# Limits that the kernel keeps, whatever becomes of the runner: on CPU time and on memory. And requests for memory that fail.
#
# limits.sh BUILD, from the project's root. The runner is BUILD's; the cells are made here, with the real harness/cell/.
set -u
build=$1
. tests/cells.sh
. tests/scratch.sh
plots=$PWD/plots
scratch_project refcount arena never

cat >workloads/mortal.c <<'C'
#include "workload.h"
static uint64_t spins(uint64_t n)
{
    for (volatile uint64_t i = n; i > 0;)
        ;
    return n;
}
WORKLOAD(mortal, MICRO, 1, "goes on for ever", VARIANT(spins, STREAMS));
C

cat >workloads/stubborn.c <<'C'
#include <sys/prctl.h>
#include "workload.h"
static uint64_t spins(uint64_t n)
{
    prctl(PR_SET_PDEATHSIG, 0); /* it no longer dies with its parent */
    for (volatile uint64_t i = n; i > 0;)
        ;
    return n;
}
WORKLOAD(stubborn, MICRO, 1, "goes on for ever, whoever dies", VARIANT(spins, STREAMS));
C

cat >workloads/grows.c <<'C'
#include "workload.h"
#include "objects/list.h"
static uint64_t list(uint64_t n)
{
    local(List) lists = new(List);
    for (uint64_t i = 0; i < n; i++)
        list_append(lists, new(List));
    return n;
}
WORKLOAD(grows, MICRO, SWEPT(5000000, 5000000, 5000000), "n empty lists", VARIANT(list, STREAMS));
C
scratch_build

# The processes of a cell, by their executable.
of_cell() { find /proc -maxdepth 2 -name exe -lname "$PWD/$1" 2>/dev/null | cut -d/ -f3; }

in_time() # seconds, what is to become true
{
    local end=$((${EPOCHREALTIME//[.,]/} + $1 * 1000000))
    until "${@:2}"; do
        [ ${EPOCHREALTIME//[.,]/} -lt $end ] || return
        sleep 0.05
    done
}

is_there() { [ -n "$(of_cell "$1")" ]; }
is_gone() { [ -z "$(of_cell "$1")" ]; }

# A runner that is killed while the cell of this workload computes.
kill_during() # workload time-limit
{
    "$reclaim" bench --no-charts --no-census --run "$1" --blocks 1 --time-limit "$2" \
        --strategies refcount --workloads "$1" >out 2>err &
    runner=$!
    in_time 5 is_there "build/refcount/$1" || miss "the cell of $1 was never seen"
    kill -KILL $runner
    wait $runner 2>/dev/null
}

kill_during mortal 9
in_time 1 is_gone build/refcount/mortal && pass "a cell dies with the runner" || miss "a cell outlives the runner"

# The limit of CPU time is the time limit and one second more; 10 s are for a machine that has other things to do.
kill_during stubborn 1
sleep 0.5
is_there build/refcount/stubborn && pass "one that does not want to goes on" || miss "there is nothing to stop"
in_time 10 is_gone build/refcount/stubborn && pass "until it has used up its CPU time" ||
    miss "and is not stopped by its limit of CPU time"
left=$(of_cell build/refcount/mortal; of_cell build/refcount/stubborn)
[ -z "$left" ] || kill -KILL $left

# A list of 5,000 fits into 64 MiB under every strategy, one of 5,000,000 under none.
"$reclaim" bench --no-charts --no-census --run grows --blocks 1 --memory-limit 64 --workloads grows >out 2>err
status=$?
statuses() { awk -F, -v n="$1" '$6 == n { print $12 }' results/grows/trials.csv | sort | uniq -c | xargs; }
[ "$(statuses 5000)" = "4 ok" ] && pass "what fits into the limit of memory is ok" ||
    miss "within the limit of memory: $(statuses 5000)"
[ "$(statuses 5000000) $status" = "4 oom 1" ] && pass "what does not is out of memory, and a failure" ||
    miss "beyond the limit of memory: $(statuses 5000000), exit status $status"

# ---- Requests for memory that fail --------------------------------------------------------------------------------------

# It takes a page for every object, and does not look whether it was given one.
cat >strategies/heedless.h <<'C'
#include "parts/system.h"
static inline void *heedless_take(size_t size)
{
    void *taken = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return taken == MAP_FAILED ? NULL : taken;
}
#define allocate(type, size) heedless_take(size)
C
make -s build/heedless/grows >made 2>&1 || miss "heedless was not built: $(tail -n 3 made)"
cp -r "$plots" .
"$reclaim" stress --quick --modes famine --strategies "refcount heedless" --workloads grows --run famine >out 2>err
status=$?
row() { grep "^famine,$1,$2,$3," results/famine/stress.csv; } # strategy subject condition
if grep -q 'no program can be refused memory' results/famine/stress.csv; then
    pass "the system lets no program be refused memory, and a row says so"
else
    [ $status -eq 1 ] && row heedless "grows list" once | grep -q 'request 1, mmap of [0-9]* bytes, failed: crash: killed by' &&
        row heedless "grows list" "never again" | grep -q 'broken.*and all after it: crash' &&
        pass "a refusal that nobody looks at is named" || miss "exit status $status: $(cat results/famine/stress.csv err)"
    row refcount "" once | grep -q ',0,kept,' && row refcount "" "never again" | grep -q ',0,kept,' &&
        pass "one that ends the cell with oom is kept" || miss "$(cat results/famine/stress.csv)"
    again=$(sed -n 's/^ *again: //p' out | grep -e --once)
    eval "${again/build\/reclaim/$reclaim}" >said 2>&1
    status=$?
    [ $status -eq 139 ] && grep -q 'request 1, mmap of' said && pass "its command does it again" ||
        miss "again: $again: exit status $status, $(cat said)"
    "$reclaim" famine -- build/refcount/grows -n 5000 >said 2>&1 && grep -q ',ok,' said &&
        grep -q '[1-9][0-9]* requests for memory, none of them failed' said && pass "requests are counted" || miss "$(cat said)"
fi
refuses "a program that is no cell" "is no cell" "$reclaim" famine -- /bin/true
refuses "the request of number 0" "--request 0: it must be a whole number from 1" "$reclaim" famine --request 0 -- /bin/true
refuses "once, but not which" "--once goes with --request" "$reclaim" famine --once -- /bin/true
refuses "no cell" "which cell is to be tried?" "$reclaim" famine --request 3
ended

#!/bin/sh
# Every cell under AddressSanitizer, LeakSanitizer and UBSan at its quick size, and once more, unchecked, under valgrind at a
# smaller one. A leak is a finding, but for the cycles that a strategy without a cycle collector cannot free.
#
# check.sh BUILD; STRATEGIES=, WORKLOADS= and OPS= (of the oracle) from the environment.
set -u
build=$1
. tests/cells.sh
scratch=$(mktemp -d)
trap 'kill $(cat "$scratch"/*.pid) 2>/dev/null; rm -rf "$scratch"' EXIT

# libgc reads the stack conservatively, which the sanitizer's fake stack would hide.
sanitizers=detect_stack_use_after_return=0:abort_on_error=0:exitcode=99

leaks_by_definition() # strategy workload variant
{
    [ "$(described "$build" "$1" "$2" "$3" cyclic)" = 1 ] && ! grep -q '^#define collects_cycles 1' "strategies/$1.h"
}

under_sanitizers() # strategy workload variant
{
    leaks=1
    leaks_by_definition "$1" "$2" "$3" && leaks=0
    ASAN_OPTIONS=$sanitizers:detect_leaks=$leaks "$build/checked/$1/$2" -v "$3" -n "$4" >"$scratch/row" 2>"$scratch/errors"
}

under_valgrind() # strategy workload variant size
{
    valgrind -q --error-exitcode=99 --suppressions=tests/libgc.supp \
        "$build/$1/$2" -v "$3" -n "$4" >"$scratch/row" 2>"$scratch/errors"
}

inspect() # how strategy workload variant size
{
    "$@"
    status=$?
    if [ $status -eq 0 ] && grep -Eq ',(ok|unsupported),' "$scratch/row"; then
        pass "$*"
    else
        miss "$*: exit status $status"
        head -n 20 "$scratch/errors"
    fi
}

# checked: they count what is left behind themselves, the cycles of pure counting included. pooled: with the pools serving.
inspect_test() # kind strategy program
{
    if ASAN_OPTIONS=$sanitizers:detect_leaks=0 "$build/$1/tests/$2/$3" >"$scratch/said" 2>&1; then
        pass "$3, $1, under $2"
    else
        miss "$3, $1, under $2"
        tail -n 30 "$scratch/said"
    fi
}

# Programs of their own, which count for themselves: beside the cells, on another core.
beside=zeal
[ -n "${WORKLOADS:-}" ] || beside="oracle zeal"
for t in $beside; do
    "tests/$t.sh" "$build" >"$scratch/$t.said" 2>&1 &
    echo $! >"$scratch/$t.pid"
done

# What knows nothing of workloads is left out where some are named.
inspect_pool()
{
    if "$build/pooled/tests/pool_test" >"$scratch/words" 2>&1; then
        pass "the pool, every free block poisoned"
    else
        miss "the pool, every free block poisoned"
        tail -n 30 "$scratch/words"
    fi
}

inspect_strategy() # strategy
{
    inspect_test checked "$1" words
    inspect_test pooled "$1" words
    inspect_test checked "$1" counted
    inspect_test checked "$1" semantics
    inspect_test pooled "$1" semantics
    for own in "tests/strategies/$1"/*.c; do
        [ ! -f "$own" ] || inspect_test checked "$1" "$(basename "$own" .c)"
    done
}

[ -n "${WORKLOADS:-}" ] || inspect_pool
for s in $(strategies); do
    [ -n "${WORKLOADS:-}" ] || inspect_strategy "$s"
    for w in $(workloads); do
        for v in $(variants "$build" "$s" "$w"); do
            quick=$(described "$build" "$s" "$w" "$v" quick)
            inspect under_sanitizers "$s" "$w" "$v" "$quick"
            inspect under_valgrind "$s" "$w" "$v" $((quick > 20 ? quick / 50 + 1 : quick * 2 / 3))
        done
    done
done

for t in $beside; do
    wait "$(cat "$scratch/$t.pid")" && pass "$t" || miss "$t"
    cat "$scratch/$t.said"
done
ended

#!/bin/bash
# Every cell under AddressSanitizer, LeakSanitizer and UBSan, and some of them, unchecked, under valgrind; at sizes below the
# quick one, for both are slow. A leak is a finding, but for the cycles that a strategy without a cycle collector cannot free.
#
# Under valgrind goes every workload with one strategy; these take turns, so that each has its share. Where strategies or workloads
# are named every cell of theirs goes, and the sanitizers see twice the size. Of the programs of stress go those that have one thread; the
# mode threads looks at the others.
#
# check.sh BUILD; STRATEGIES=, WORKLOADS= and OPS= (of the oracle) from the environment.
set -u
build=$1
. tests/cells.sh

named=${STRATEGIES:-}${WORKLOADS:-}
part=$([ "$named" ] && echo 2 || echo 4) # of the quick size, in which the sanitizers see a cell

# libgc reads the stack conservatively, which the sanitizer's fake stack would hide.
sanitizers=detect_stack_use_after_return=0:abort_on_error=0:exitcode=99

leaks_by_definition() # strategy cyclic
{
    [ "$2" = 1 ] && ! grep -q '^#define collects_cycles 1' "strategies/$1.h"
}

under_sanitizers() # strategy workload variant size cyclic folder
{
    local leaks=1
    ! leaks_by_definition "$1" "$5" && ! forgets "$2" "$3" || leaks=0
    ASAN_OPTIONS=$sanitizers:detect_leaks=$leaks "$build/checked$6/$1/$2" -v "$3" -n "$4"
}

under_valgrind() # strategy workload variant size cyclic folder
{
    lean_valgrind -q --error-exitcode=99 --suppressions=tests/libgc.supp "$build$6/$1/$2" -v "$3" -n "$4"
}

inspect() # how strategy workload variant size cyclic folder
{
    local said status
    said=$("$@" 2>&1)
    status=$?
    if [ $status -eq 0 ] && echo "$said" | grep -Eq '^[^ ]*,(ok|unsupported),'; then
        pass "${*:1:5}"
    else
        miss "${*:1:5}: exit status $status"
        echo "$said" | head -n 20
    fi
}

inspect_cell() # strategy workload folder
{
    local folder=${3-}
    described "$build$folder" "$1" "$2" quick depth cyclic | while read -r v quick depth cyclic; do
        inspect under_sanitizers "$1" "$2" "$v" "$(smaller "$quick" $part "$depth")" "$cyclic" "$folder"
        ! takes_its_turn "$1" "$2" ||
            inspect under_valgrind "$1" "$2" "$v" "$(smaller "$quick" 50 "$depth")" "$cyclic" "$folder"
    done
}

# The workloads of stress that have one thread.
stressed() { grep -L '^#define THREADED' workloads/stress/*.c | sed 's|.*/||; s|\.c$||'; }

# The number of a word among the others, from 0.
number_of() { grep -nxF -- "$1" | cut -d: -f1 | awk '{ print $1 - 1 }'; }

takes_its_turn() # strategy workload
{
    [ -z "$named" ] || return 0
    local s w
    s=$(strategies | number_of "$1") w=$({ workloads; stressed; } | number_of "$2")
    [ $((w % $(strategies | wc -l))) -eq "$s" ]
}

# checked: they count what is left behind themselves, the cycles of pure counting included. pooled: with the pools serving.
inspect_test() # kind strategy program
{
    local said
    if said=$(ASAN_OPTIONS=$sanitizers:detect_leaks=0 "$build/$1/tests/$2/$3" 2>&1); then
        pass "$3, $1, under $2"
    else
        miss "$3, $1, under $2"
        echo "$said" | tail -n 30
    fi
}

inspect_pool()
{
    local said
    if said=$("$build/pooled/tests/pool_test" 2>&1); then
        pass "the pool, every free block poisoned"
    else
        miss "the pool, every free block poisoned"
        echo "$said" | tail -n 30
    fi
}

inspect_strategy() # strategy
{
    inspect_test checked "$1" words
    inspect_test pooled "$1" words
    inspect_test checked "$1" containers
    inspect_test checked "$1" counted
    inspect_test checked "$1" semantics
    inspect_test pooled "$1" semantics
    for own in "tests/strategies/$1"/*.c; do
        [ ! -f "$own" ] || inspect_test checked "$1" "$(basename "$own" .c)"
    done
}

# What has a script of its own.
inspect_by() # name
{
    echo "# $1"
    "tests/$1.sh" "$build" >"$others" 2>&1 && pass "$1" || miss "$1"
    cat "$others"
}

others=$(mktemp)
trap 'rm -f "$others"' EXIT
make_lean "$build"
on_all_cores inspect_cell < <(
    for s in $(strategies); do for w in $(workloads); do echo "$s $w"; done; done
    [ "${WORKLOADS:-}" ] || for s in $(strategies); do for w in $(stressed); do echo "$s $w /stress"; done; done)
[ -z "$(collectors)" ] || inspect_by zeal
# What knows nothing of workloads is left out where some are named.
if [ -z "${WORKLOADS:-}" ]; then
    on_all_cores eval < <(echo inspect_pool; echo inspect_by caught; all_strategies | sed 's/^/inspect_strategy /')
    export OPS=${OPS:-2000000} # of which some are in long episodes; make oracle has more
    inspect_by oracle
fi
ended

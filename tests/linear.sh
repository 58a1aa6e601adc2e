#!/bin/bash
# Nothing is optimised away: twice the operations are twice the instructions, within 5%, by callgrind. Every variant whose cost
# is said to be linear is run at three sizes, of which each has about twice the operations of the one before; the instructions
# per operation from the first to the second and from the second to the third must agree, so that what does not grow cancels.
# Where there are as many operations at every size, there is nothing to double: then each must take 20 instructions at least.
#
# Each runs under counting, what streams under stream as well, and sequence's generator under all; STRATEGIES= names others. (An
# arena copies a list that grows, or has the system move it, as its size is: its instructions are no multiple of anything.)
#
# linear.sh BUILD, from the project's root.
set -u
build=$1
. tests/cells.sh
. tests/scratch.sh

# Prints `operations instructions`.
counts() # strategy workload variant size
{
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$build/$1/$2" -v "$3" -n "$4" 2>&1 | awk -F, -v cell="$1,$2,$3," '
        index($0, cell) == 1 { operations = $11 }
        / Collected : / { sub(/.* /, ""); instructions = $0 }
        END { print operations, instructions }'
}

operations() { "$build/$1/$2" -v "$3" -n "$4" | cut -d, -f11; } # strategy workload variant size

# A size above 50 is a number of things. Whether a small one is a number of rounds or a depth is seen from what half of it does.
three_sizes() # strategy workload variant quick
{
    local unit=$((($4 + 7) / 8))
    if [ "$4" -le 50 ] && [ "$(operations "$@")" -gt $((3 * $(operations "$1" "$2" "$3" $((($4 + 1) / 2))))) ]; then
        echo $(($4 - 3)) $(($4 - 2)) $(($4 - 1))
    else
        echo "$unit" $((2 * unit)) $((4 * unit))
    fi
}

grows_with_its_operations() # strategy workload variant quick
{
    local sizes verdict
    sizes=$(three_sizes "$@")
    verdict=$(for n in $sizes; do counts "$1" "$2" "$3" "$n"; done | awk '
        NF != 2 || $1 !~ /^[0-9]+$/ { bad = 1 }
        { operations[NR] = $1; instructions[NR] = $2 }
        function slope(from, to) {
            return (instructions[to] - instructions[from]) / (operations[to] - operations[from])
        }
        END {
            if (!bad && operations[1] == operations[2] && operations[2] == operations[3]) {
                cost = instructions[3] / operations[3]; done = cost >= 20
                printf "%.4g instructions an operation: %s\n", cost, done ? "done" : "the work is gone"
                exit
            }
            if (bad || operations[1] >= operations[2] || operations[2] >= operations[3]) {
                print "no operations that grow:", operations[1], operations[2], operations[3]; exit
            }
            if (instructions[3] < 1.5 * instructions[1]) {
                print "the work is gone:", instructions[1], instructions[2], instructions[3], "instructions"; exit
            }
            low = slope(1, 2); high = slope(2, 3)
            linear = high >= 0.95 * low && high <= 1.05 * low
            printf "%.4g, then %.4g instructions an operation: %s\n", low, high, linear ? "linear" : "not linear"
        }')
    case $verdict in
    *": linear" | *": done") pass "$1, $2, $3 of $sizes: $verdict" ;;
    *) miss "$1, $2, $3 of $sizes: $verdict" ;;
    esac
}

# The strategies that a variant runs under.
those_for() # workload variant streams
{
    [ -z "${STRATEGIES:-}" ] || { strategies; return; }
    case $1/$2/$3 in
    sequence/generator/*) strategies ;;
    */*/1) echo refcount stream ;;
    *) echo refcount ;;
    esac
}

# Lines: strategy workload variant quick
linear_variants()
{
    for w in $(workloads); do
        described "$build" refcount "$w" quick streams superlinear | while read -r v quick streams superlinear; do
            [ "$superlinear" = 0 ] || continue
            # Larger, for a tracing collector's first collections come at sizes of their own.
            [ "$w/$v" != sequence/generator ] || quick=$((4 * quick))
            for s in $(those_for "$w" "$v" "$streams"); do echo "$s $w $v $quick"; done
        done
    done
}

# ---- The test itself is tested: work that the compiler deletes, and work that grows faster than it says.

plant() # workload, what is done n times, an expression of n and i; how many operations that are, n or a number
{
    cat >"workloads/$1.c" <<C
#include "workload.h"

static uint64_t work(uint64_t n)
{
    for (uint64_t i = 0; i < n; i++)
        $2;
    operations += ${3:-n};
    return n;
}

WORKLOAD($1, MICRO, SIZES(100000, 100000, 100000), "planted", VARIANT(work, STREAMS));
C
}

finds() # workload, what is to be said of it
{
    local said
    said=$(STRATEGIES=refcount WORKLOADS=$1 tests/linear.sh build)
    [ $? -eq 1 ] && echo "$said" | grep -q "^not ok - .*$2" && pass "$1 is found: $2" || miss "$1 is not found: $said"
}

find_what_is_planted()
{
    local here=$PWD
    scratch_project refcount
    cp "$here"/tests/{linear,cells,scratch}.sh tests
    plant deleted 'free(malloc(i & 63))'
    plant constant 'free(malloc(i & 63))' 80000
    plant kept '*(volatile char *)malloc(i & 63 | 1) = 1'
    plant quadratic 'for (volatile uint64_t k = i / 256; k > 0; k--)'
    scratch_build
    finds deleted "the work is gone"
    finds constant "the work is gone"
    finds quadratic "not linear"
    STRATEGIES=refcount WORKLOADS=kept tests/linear.sh build >/dev/null && pass "kept is linear" || miss "kept is not linear"
}

on_all_cores grows_with_its_operations < <(linear_variants)
[ -n "${WORKLOADS:-}" ] || find_what_is_planted
ended

#!/bin/bash
# Nothing is optimised away: twice the operations are twice the instructions, within 5%, by callgrind. Every variant is run at
# three sizes, of which each has about twice the operations of the one before; the instructions per operation from the first to
# the second and from the second to the third must agree, so that what does not grow cancels. A superlinear variant's may grow,
# and not shrink: twice the operations are 1.9 times the instructions at least. Where there are as many operations at every
# size, the size takes their place; or, where the instructions hardly grow with it, each must take 20 at least.
#
# Each runs under counting, and what streams under stream as well; and under never, where letting go is nothing and work is gone
# soonest: there a list that grows is copied, and memory is taken in steps, so that four times the size need only be more
# instructions. never is not asked about large_buffers, whose work is memory that the system zeroes for it. STRATEGIES= names
# others, which are asked as refcount is.
#
# linear.sh BUILD, from the project's root.
set -u
build=$1
. tests/cells.sh
. tests/scratch.sh

# Prints `size operations instructions`.
counts() # strategy workload variant size
{
    lean_valgrind --tool=callgrind --callgrind-out-file=/dev/null "$build/$1/$2" -v "$3" -n "$4" -r 1 $(small_input "$2") 2>&1 |
        awk -F, -v cell="$1,$2,$3," -v size="$4" '
            index($0, cell) == 1 { operations = $11 }
            / Collected : / { sub(/.* /, ""); instructions = $0 }
            END { print size, operations, instructions }'
}

sizes_for() # strategy quick depth
{
    local unit=$((($2 + 7) / 8)) small=$((($2 + 31) / 32))
    case $1,$3 in
    never,1) echo $(($2 - 5)) $(($2 - 3)) ;;
    never,*) echo "$small" $((4 * small)) ;;
    *,1) echo $(($2 - 3)) $(($2 - 2)) $(($2 - 1)) ;;
    *) echo "$unit" $((2 * unit)) $((4 * unit)) ;;
    esac
}

# What reads a file reads a small one instead, as often as it takes for the start not to count.
quick_for() { [ -n "$(small_input "$1")" ] && echo 1000 || echo "$2"; } # workload quick

grows_with_its_operations() # strategy workload variant quick depth superlinear
{
    local sizes verdict
    sizes=$(sizes_for "$1" "$(quick_for "$2" "$4")" "$5")
    verdict=$(for n in $sizes; do counts "$1" "$2" "$3" "$n"; done | awk -v strategy="$1" -v superlinear="$6" '
        NF != 3 || $2 !~ /^[0-9]+$/ { bad = 1 }
        { size[NR] = $1; operations[NR] = $2; instructions[NR] = $3 }
        function slope(from, to) {
            return (instructions[to] - instructions[from]) / (operations[to] - operations[from])
        }
        END {
            if (!bad && operations[1] == operations[2] && operations[2] == operations[NR]) {
                if (instructions[NR] < 1.1 * instructions[1]) {
                    cost = instructions[NR] / operations[NR]; done = cost >= 20
                    printf "%.4g instructions an operation: %s\n", cost, done ? "done" : "the work is gone"
                    exit
                }
                for (i in size) operations[i] = size[i]
            }
            if (bad || operations[1] >= operations[2] || operations[NR - 1] >= operations[NR]) {
                print "no operations that grow:", operations[1], operations[2], operations[3]; exit
            }
            if (instructions[NR] < (strategy == "never" ? 1.3 : 1.5) * instructions[1]) {
                print "the work is gone:", instructions[1], "then", instructions[NR], "instructions"; exit
            }
            if (strategy == "never") { print instructions[1], "then", instructions[NR], "instructions: growing"; exit }
            low = slope(1, 2); high = slope(2, 3)
            printf "%.4g, then %.4g instructions an operation: ", low, high
            least = low * 0.95; most = low / 0.95
            if (superlinear) print (high >= least ? "more than linear" : "less than linear")
            else print (high >= least && high <= most ? "linear" : "not linear")
        }')
    case $verdict in
    *": linear" | *": growing" | *": more than linear" | *": done") pass "$1, $2, $3 of $sizes: $verdict" ;;
    *) miss "$1, $2, $3 of $sizes: $verdict" ;;
    esac
}

# The strategies that a variant runs under.
those_for() # workload streams
{
    [ -z "${STRATEGIES:-}" ] || { strategies; return; }
    echo refcount $([ "$1" = large_buffers ] || echo never) $([ "$2" = 0 ] || echo stream)
}

# Lines: strategy workload variant quick depth superlinear
all_variants()
{
    for w in $(workloads); do
        described "$build" refcount "$w" quick depth superlinear streams | while read -r v quick depth superlinear streams; do
            for s in $(those_for "$w" "$streams"); do echo "$s $w $v $quick $depth $superlinear"; done
        done
    done
}

# ---- The test itself is tested: work that the compiler deletes, that grows faster than it says, and that stops growing.

plant() # workload, what is done n times, an expression of n and i; how many operations that are, n or a number; more flags
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

WORKLOAD($1, MICRO, SIZES(100000, 100000, 100000), "planted", VARIANT(work, STREAMS${4:+ | $4}));
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
    plant sleepy 'for (volatile int k = i < 20000 ? 20 : 0; k > 0; k--)' n SUPERLINEAR
    scratch_build
    finds deleted "the work is gone"
    finds constant "the work is gone"
    finds quadratic "not linear"
    finds sleepy "less than linear"
    STRATEGIES=refcount WORKLOADS=kept tests/linear.sh build >/dev/null && pass "kept is linear" || miss "kept is not linear"
}

make_lean "$build"
on_all_cores eval < <([ -n "${WORKLOADS:-}" ] || echo find_what_is_planted
    all_variants | sed 's/^/grows_with_its_operations /')
ended

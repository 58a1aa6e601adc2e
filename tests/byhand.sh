#!/bin/sh
# No dispatch: a workload written in the words costs what the same work costs written by hand. Instructions are counted by
# callgrind and repeat to one in a million, so they are tested (within 5%); times are not, so with --times they are only
# printed: the two programs in turn, and the ratio of their medians.
#
# byhand.sh BUILD [--times]
set -u
build=$1
. tests/cells.sh

instructions()
{
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null | awk '/Collected/ { print $4 }'
}

compare_instructions() # strategy byhand
{
    cell=$(instructions "$build/$1/binary_trees" -n 14)
    hand=$(instructions "$build/byhand/binary_trees_$2" 14)
    line="binary_trees n=14: $1 ${cell:-?} instructions, by hand ($2) ${hand:-?}"
    if [ -n "$cell" ] && [ -n "$hand" ]; then
        ratio=$(awk -v a="$cell" -v b="$hand" 'BEGIN { printf "%.4f", a / b }')
        if awk -v r="$ratio" 'BEGIN { exit !(r >= 0.5 && r <= 1.05) }'; then pass "$line: $ratio"; else miss "$line: $ratio"; fi
    else
        miss "$line"
    fi
}

seconds() { hyperfine -N --style none --runs 1 --warmup 0 --export-csv /dev/stdout "$1" 2>/dev/null | awk -F, 'END { print $5 }'; }
median() { sort -n | awk '{ x[NR] = $1 } END { print (x[int((NR + 1) / 2)] + x[int(NR / 2) + 1]) / 2 }'; }

compare_times() # strategy byhand size
{
    cells=
    hands=
    for _ in 1 2 3 4 5 6 7 8 9 10 11; do
        cells="$cells $(seconds "$build/$1/binary_trees -n $3")"
        hands="$hands $(seconds "$build/byhand/binary_trees_$2 $3")"
    done
    a=$(echo $cells | tr ' ' '\n' | median)
    b=$(echo $hands | tr ' ' '\n' | median)
    awk -v s="$1" -v h="$2" -v n="$3" -v a="$a" -v b="$b" 'BEGIN {
        printf "binary_trees n=%s: %s %.3f s, by hand (%s) %.3f s: user time ratio %.3f (medians of 11, in turn)\n", n, s, a, h, b, a / b }'
}

if [ "${2:-}" = --times ]; then
    compare_times refcount malloc 18
    compare_times arena bump 18
    compare_times boehm gc 16
    exit 0
fi
compare_instructions arena bump
compare_instructions boehm gc
ended

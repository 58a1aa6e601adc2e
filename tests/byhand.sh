#!/bin/sh
# No dispatch: a workload written in the words costs what the same work costs written by hand. Instructions are counted by
# callgrind and repeat to one in a million, so they are tested; times are not, and are compared by tests/ratios.sh.
# And a list grows when CPython's does.
#
# byhand.sh BUILD
set -u
build=$1
. tests/cells.sh

same_answer() # program size strategy workload variant
{
    ours=$("$build/$3/$4" --header | tr , '\n' | awk '$0 == "checksum" { print NR }')
    ours=$("$build/$3/$4" -v "$5" -n "$2" | cut -d, -f "${ours:-1}")
    theirs=$("$build/byhand/$1" "$2")
    if [ -n "$theirs" ] && [ "$theirs" = "$ours" ]; then pass "$1 $2 answers $theirs"; else miss "$1 $2: $theirs, $3 $ours"; fi
}

compare_instructions() # strategy byhand at-most
{
    cell=$(instructions "$build/$1/binary_trees" -n 14)
    hand=$(instructions "$build/byhand/binary_trees_$2" 14)
    line="binary_trees n=14: $1 ${cell:-?} instructions, by hand ($2) ${hand:-?}"
    if [ -n "$cell" ] && [ -n "$hand" ]; then
        ratio=$(awk -v a="$cell" -v b="$hand" 'BEGIN { printf "%.4f", a / b }')
        if awk -v r="$ratio" -v most="$3" 'BEGIN { exit !(r >= 0.3 && r <= most) }'; then
            pass "$line: $ratio"
        else
            miss "$line: $ratio, at most $3"
        fi
    else
        miss "$line"
    fi
}

for program in "$build"/byhand/binary_trees_*; do
    case $program in
    *.d) ;;
    *) same_answer "$(basename "$program")" 9 refcount binary_trees standard ;;
    esac
done
same_answer sequence_inline 12345 stream sequence generator
same_answer sequence_calls 12345 stream sequence generator
# How many places a list has, whenever it comes to have more: the same from CPython 3.9 on.
ours=$("$build/ratios/refcount/containers" capacities 1000000)
theirs=$(env PATH=/usr/bin:"$PATH" python3 tests/byhand/containers.py capacities 1000000)
if [ "$(echo "$ours" | wc -l)" -gt 80 ] && [ "$ours" = "$theirs" ]; then
    pass "a list grows as CPython's does, up to a million: $(echo "$ours" | wc -l) times"
else
    miss "a list grows otherwise than CPython's: $(echo "$ours" "$theirs" | tr '\n' ' ')"
fi

compare_instructions arena bump 1.10
compare_instructions boehm gc 1.00
ended

#!/bin/sh
# Zeal: every workload under every strategy that collects, with a collection before every birth (tests/zeal/zeal.h). The answers
# must be those that the same cells give without, and as many collections must have taken place as were asked for.
#
# zeal.sh BUILD
set -u
build=$1
. tests/cells.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# libgc and mark_sweep read the stack, which the sanitizer's fake stack would hide; leaks are check.sh's.
export ASAN_OPTIONS=detect_stack_use_after_return=0:detect_leaks=0

checksum() # of a row on standard input
{
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "checksum") column = i } NR == 2 { print $column }'
}

# The last words, "zeal: 20 births, 10 collections, 12 counted": as many as every k-th birth makes, and none unnoticed.
collected_enough() # k words
{
    echo "$2" | awk -v k="$1" '/^zeal: / { right = $4 == int($2 / k) && $6 >= $4 } END { exit !right }'
}

with_zeal() # folder k strategy workload variant size
{
    expected=$({ "$build/$3/$4" --header; "$build/$3/$4" -v "$5" -n "$6"; } | checksum)
    actual=$({ "$build/$3/$4" --header; "$build/$1/$3/$4" -v "$5" -n "$6" --set zeal="$2"; } 2>"$scratch/words" | checksum)
    words=$(grep '^zeal: ' "$scratch/words")
    if [ -n "$expected" ] && [ "$expected" = "$actual" ] && collected_enough "$2" "$words"; then
        pass "$1, $3, $4, $5 of $6: $words"
    else
        miss "$1, $3, $4, $5 of $6: the checksum is '$actual', without zeal '$expected'; $(head -n 5 "$scratch/words")"
    fi
}

# A size is a number of things; or, where it is small, how often all of an input is read, or the depth of a tree.
smaller() { echo $(($1 > 50 ? $1 / $2 + 1 : $1 > 20 ? 1 : $1 / 2)); } # size divisor

for s in $(strategies); do
    for w in $(workloads); do
        [ -x "$build/zeal/$s/$w" ] || continue
        for v in $(variants "$build" "$s" "$w"); do
            [ "$(described "$build" "$s" "$w" "$v" status)" != unsupported ] || continue
            quick=$(described "$build" "$s" "$w" "$v" quick)
            with_zeal zeal 1 "$s" "$w" "$v" "$(smaller "$quick" 500)"
            with_zeal zeal 100 "$s" "$w" "$v" "$(smaller "$quick" 50)"
            with_zeal checked/zeal 7 "$s" "$w" "$v" "$(smaller "$quick" 500)"
        done
    done
done
ended

#!/bin/bash
# Zeal: every workload under every strategy that collects, with a collection before every birth (tests/zeal/zeal.h); and
# sanitized, with one before every seventh. Where there are so many births that this would take minutes, the collections are
# fewer. The answers must be those that the same cells give without, and as many collections must have taken place as were asked
# for.
#
# zeal.sh BUILD
set -u
build=$1
. tests/cells.sh

# libgc and mark_sweep read the stack, which the sanitizer's fake stack would hide; leaks are check.sh's.
export ASAN_OPTIONS=detect_stack_use_after_return=0:detect_leaks=0

# The last words, "zeal: 20 births, 10 collections, 12 counted": as many as every k-th birth makes, and none unnoticed.
collected_enough() # k words
{
    echo "$2" | awk -v k="$1" '/^zeal: / { right = $4 == int($2 / k) && $6 >= $4 } END { exit !right }'
}

# All that the cell prints: its row, and its last words or what went wrong.
with_zeal() # folder k strategy workload variant size expected
{
    local said words row
    said=$("$build/$1/$3/$4" -v "$5" -n "$6" -r 1 $(small_input "$4") --set zeal="$2" 2>&1)
    words=$(echo "$said" | grep '^zeal: ')
    row=$(echo "$said" | grep "^$3,$4,")
    if [ -n "$7" ] && [ "$(echo "$row" | cut -d, -f10,11)" = "$7" ] && collected_enough "$2" "$words"; then
        pass "$1, $3, $4, $5 of $6: $words"
    else
        miss "$1, $3, $4, $5 of $6: without zeal the answer is '$7'; $(echo "$said" | head -n 5)"
    fi
}

births() # strategy workload variant size
{
    "$build/zeal/$1/$2" -v "$3" -n "$4" -r 1 $(small_input "$2") --set zeal=4294967295 2>&1 | awk '/^zeal: / { print $2 }'
}

# Of what is done again and again, three: so that what the first has left behind is looked at while the others are made.
small() # quick depth
{
    local size least=$(($1 < 3 ? $1 : 3))
    size=$(smaller "$1" 500 "$2")
    echo $((size > least ? size : least))
}

with_and_without() # strategy workload
{
    described "$build" "$1" "$2" status quick depth | while read -r v status quick depth; do
        [ "$status" != unsupported ] || continue
        size=$(small "$quick" "$depth")
        expected=$("$build/$1/$2" -v "$v" -n "$size" -r 1 $(small_input "$2") | cut -d, -f10,11)
        born=$(births "$1" "$2" "$v" "$size")
        with_zeal zeal $((born > 5000 ? born / 5000 : 1)) "$1" "$2" "$v" "$size" "$expected"
        with_zeal checked $((born > 3500 ? born / 500 : 7)) "$1" "$2" "$v" "$size" "$expected"
    done
}

on_all_cores with_and_without < <(for s in $(collectors); do for w in $(workloads); do echo "$s $w"; done; done)
ended

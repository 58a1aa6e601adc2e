#!/bin/bash
# What the sweeps of tracing collectors must show: from one end of the values that a strategy names to the other, the heap grows
# and the time falls.
#
# sweep.sh BUILD, from the project's root. The program is the one whose garbage only a collector finds.
set -u
build=$1
. tests/cells.sh

# The least value of a setting's sweep and the most. (Between them libgc's heap need not grow: it does so by whole steps.)
values() # strategy setting
{
    "$build/$1/graph" --settings | awk -F, -v name="$2" '$1 == name { print $NF }' | tr ' ' '\n' | sort -n | sed -n '1p; $p'
}

# Seconds and KiB of two runs of each value, in turn.
measured() # strategy setting value …
{
    local s=$1 setting=$2
    for round in 1 2; do
        for value in "${@:3}"; do
            "$build/$s/graph" -v objects -n 150000 --set "$setting=$value" |
                csv_columns work_cpu_s peak_rss_kib | sed "s/^/$value /"
        done
    done
}
columns=$("$build/mark_sweep/graph" --header)
csv_columns() # of a row: name …
{
    awk -F, -v header="$columns" -v names="$*" '{
        split(header, column, ",")
        n = split(names, wanted, " ")
        for (i = 1; i <= n; i++) for (c in column) if (column[c] == wanted[i]) printf "%s%s", $c, i < n ? " " : "\n"
    }'
}
least() { sort -g | head -n 1; }

rises() # name, number, number: a tenth or more
{
    echo "${*:2}" | awk '{ exit !(NF == 2 && $2 > 1.1 * $1) }' &&
        pass "$1: ${*:2}" || miss "$1: ${*:2}"
}

curve() # strategy setting, values from the one with the smallest heap on
{
    local rows time="" space=""
    rows=$(measured "$@")
    for value in "${@:3}"; do
        space="$space $(echo "$rows" | awk -v v="$value" '$1 == v { print $3 }' | least)"
        time="$(echo "$rows" | awk -v v="$value" '$1 == v { print $2 }' | least) $time"
    done
    rises "$1, KiB by $2 ${*:3}" $space
    rises "$1, seconds by $2 the other way round" $time
}

curve mark_sweep heap_percent $(values mark_sweep heap_percent)
curve boehm free_space_divisor $(values boehm free_space_divisor | tac)
ended

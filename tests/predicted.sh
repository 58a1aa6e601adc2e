#!/bin/bash
# What predicts leaks (tests/broken/naive.h, for make stress MODES=leaks) is right where the number of cycles and their size can
# be worked out by hand: with its collector nothing is left of them, without it all. That a cell whose census is rubbish is told
# as broken, and ends nothing; and that the command of a row shows what is left, and leaves nothing in the run's folder.
#
# predicted.sh BUILD, from the project's root.
set -u
build=$1
. tests/cells.sh
into=$(mktemp -d)
trap 'rm -rf "$into"' EXIT

left() # folder variant size cycles: objects and bytes that are alive at the end
{
    "$build/$1" -v "$2" -n "$3" --set "cycles=$4" --profile "$into" >/dev/null 2>"$into/errors" || cat "$into/errors"
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } { print $at["live_objects"], $at["live_bytes"] }' \
        "$into/census.csv"
}

must_leave() # folder variant size objects bytes
{
    said=$(left "$1" "$2" "$3" 0)
    [ "$said" = "$4 $5" ] && pass "$1 $2 of $3 leaves $4 objects of $5 bytes" || miss "$1 $2 of $3 leaves $said, not $4 $5"
    said=$(left "$1" "$2" "$3" 1)
    [ "$said" = "0 0" ] && pass "$1 $2 of $3, collected, leaves nothing" || miss "$1 $2 of $3, collected, leaves $said"
}

for n in 10 1000; do
    # n resources of 32 bytes, each with a callback of 8 that refers to it
    must_leave counted/naive/resources finalizer_in_cycle $n $((2 * n)) $((n * (32 + 8)))
    # ten rounds of n / 2 links of 24 bytes, of which neighbours refer to each other
    must_leave counted/naive/lifecycle automatic $n $((10 * n / 2)) $((10 * n / 2 * 24))
    # n links of 24 bytes
    must_leave stress/counted/naive/shapes ring $n $n $((n * 24))
done

# A cell of naive that passes for refcount's, and damages what it wrote.
mkdir -p "$into/counted/refcount" "$into/counted/naive" "$into/tests"
ln -s "$PWD/$build/counted/naive/lifecycle" "$PWD/$build/counted/naive/growth" "$into/counted/naive/"
ln -s "$PWD/$build/tests/refcount" "$into/tests/"
cat >"$into/counted/refcount/lifecycle" <<END
#!/bin/bash
"$PWD/$build/counted/naive/\${0##*/}" "\$@" | sed 's/^naive,/refcount,/'
for last; do :; done
case \$1 in -v) printf '%b' "\$(cat "$into/rubbish")" >"\$last/census.csv" ;; esac
END
chmod +x "$into/counted/refcount/lifecycle"
ln -s lifecycle "$into/counted/refcount/growth"
for rubbish in '' 'rubbish\n' '1,2\n3,4\n' '"'; do
    printf '%s' "$rubbish" >"$into/rubbish"
    said=$(RECLAIM_LOCK="$into/lock" "$build/reclaim" stress --modes leaks --quick --build "$into" --strategies refcount \
        --workloads lifecycle --results "$into/results" --run rubbish 2>&1)
    status=$?
    [ $status -eq 1 ] && grep -q ',broken,.*its census.csv cannot be read: ' "$into/results/rubbish/stress.csv" &&
        pass "a census of '$rubbish' is told as broken" || miss "a census of '$rubbish': exit status $status; $said"
done

# Each of the four variants of two workloads.
said=$(RECLAIM_LOCK="$into/lock" "$build/reclaim" stress --modes leaks --quick --build "$into" --strategies refcount \
    --workloads "lifecycle growth" --results "$into/results" --run many 2>&1)
[ "$(grep -c "^leaks,.*,broken," "$into/results/many/stress.csv") $(echo "$said" | grep -c ' again: ')" = "8 5" ] &&
    [[ $said = *"leaks, refcount: and 3 more, in stress.csv"* && $said != *cannot:* ]] && pass "of many that broke alike five are printed" ||
    miss "of many that broke alike is printed: $said"

# What pure counting leaves, by the command of its row.
ledger=$into/results/ledger/stress.csv
RECLAIM_LOCK="$into/lock" "$build/reclaim" stress --modes leaks --quick --build "$build" --strategies refcount \
    --workloads lifecycle --results "$into/results" --run ledger >/dev/null 2>&1
bytes=$(sed -n 's/^leaks,refcount,lifecycle automatic,.*,leaked_bytes,\([0-9]*\),.*/\1/p' "$ledger")
said=$(bash -c "$(sed -n 's/^leaks,refcount,lifecycle automatic,.*as predicted",//p' "$ledger")" 2>&1)
[ -n "$bytes" ] && [ "$(echo "$said" | sed '1,/^type,/d' | awk -F, '{ sum += $5 } END { print sum }')" = "$bytes" ] &&
    pass "the command of a row shows where what is left was born, $bytes bytes" || miss "$bytes bytes by the row; again: $said"
left=$(cd "$into/results/ledger" && ls -d census* 2>/dev/null)
[ -z "$left" ] && pass "it leaves nothing in the run's folder" || miss "in the run's folder there is $left"
ended

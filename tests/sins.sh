#!/bin/bash
# The sins of benchmarks: for each the check that catches it, and the check's own test, in which the sin is planted.
# docs/measuring.md lists them; some are committed here, and of the others it is seen that they are where the list says.
#
# sins.sh BUILD, from the project's root.
set -u
build=$1
. tests/cells.sh

# Each test that a table of docs/measuring.md names, `tests/x.sh` "what it says", must say so.
named_tests() # heading
{
    awk -v heading="## $1" '$0 == heading { on = 1; next } /^## / { on = 0 } on && /^\| [^-]/' docs/measuring.md | tail -n +2
}

is_held() # a row of a table
{
    local test name found=0
    while read -r test name; do
        found=$((found + 1))
        grep -qF -- "$name" "$test" 2>/dev/null || { echo "$test does not say \"$name\""; return 1; }
    done < <(grep -oE '`tests/[a-z_/]+\.(sh|c|py)` "[^"]+"' <<<"$1" | sed 's/`//g; s/ "/ /; s/"$//')
    [ $found -gt 0 ] || [[ $1 = *"no test"* ]] || { echo "it names no test"; return 1; }
}

names_what_is_there() # heading, least rows
{
    local rows=0 row said
    while read -r row; do
        rows=$((rows + 1))
        said=$(is_held "$row") || miss "docs/measuring.md: $(cut -d'|' -f2 <<<"$row"): $said"
    done < <(named_tests "$1")
    [ $rows -ge "$2" ] && pass "docs/measuring.md, $1: $rows rows, whose tests are there" ||
        miss "docs/measuring.md, $1: $rows rows"
}

names_what_is_there "The rules" 18
names_what_is_there "The sins" 12
! is_held "| x | y | \`tests/sins.sh\` \"$RANDOM $RANDOM\" |" >/dev/null && pass "a test that is gone is missed" ||
    miss "nothing is missed"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# Where the algorithm is another one, a counted cell says so.
counted() # cell, variant, column of census.csv
{
    "$build/counted/$1" -v "$2" -n 8 --profile "$scratch" >/dev/null && awk -F, -v name="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i; next } { print $at }' "$scratch/census.csv"
}
reused="$(counted refcount/sequence generator reused) $(counted stream/sequence generator reused)"
resets="$(counted refcount/binary_trees standard resets) $(counted arena/binary_trees standard resets)"
[[ $reused =~ ^0\ [1-9] ]] && [[ $resets =~ ^0\ [1-9] ]] && pass "stream is labelled by what it reused, arena by its resets" ||
    miss "reused under refcount and stream: $reused; resets under refcount and arena: $resets"

RECLAIM_LOCK=$scratch/lock "$build/reclaim" bench --build "$build" --quick --blocks 2 --seed 1 --no-charts --no-census \
    --strategies "refcount stream boehm" --workloads "sequence graph" --results "$scratch" --run sins >"$scratch/said" 2>&1 ||
    miss "the run: $(tail -n 2 "$scratch/said")"
python3 tests/sins.py "$build" "$scratch/sins" >"$scratch/said" 2>&1 || miss "sins.py ends with $?"
grep -vE '^(ok|not ok) - ' "$scratch/said"
passed=$((passed + $(grep -c '^ok - ' "$scratch/said"))) failed=$((failed + $(grep -c '^not ok - ' "$scratch/said")))
grep -E '^(ok|not ok) - ' "$scratch/said"
ended

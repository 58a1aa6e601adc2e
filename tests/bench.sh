#!/bin/bash
# From a clean copy of the project to charts, as a new user would: make bench, a workload of one's own, a strategy of one's own,
# and what happens when something is wrong. Everything happens in a scratch folder.
#
# bench.sh BUILD, of which the copy has the runner; it builds its own cells.
set -u
build=$1 here=$PWD
. tests/cells.sh
. tests/scratch.sh
scratch_copy "sequence|graph|binary_trees|packages" # one of them is swept, and one reads a file
take_runner "$build" "$here"

expect() # exit-status, words that its output must have, name; then the command
{
    wanted=$1 words=$2 name=$3
    shift 3
    "$@" >out 2>&1
    status=$?
    if [ $status -eq "$wanted" ] && grep -qF -- "$words" out; then
        pass "$name"
    else
        miss "$name: exit status $status where $wanted was expected, '$words' wanted in: $(tail -n 5 out)"
    fi
}

# The code block of the README under a heading, which begins with the line given: readme_code heading.
readme_code() # heading
{
    awk -v heading="## $1" '
        $0 == heading { on = 1 }
        on && /^```c/ { code = 1; next }
        code && /^```/ { exit }
        code' README.md
}

begun=$SECONDS
expect 0 "results/first" "make bench QUICK=1 ends well" make bench QUICK=1 RUN=first
took=$((SECONDS - begun))
grep -q 'about' out && pass "an estimate is printed" || miss "no estimate is printed"
[ $took -lt 180 ] && pass "build and run took $took s, under 3 minutes" || miss "build and run took $took s"
for file in plan.csv trials.csv summary.csv classes.csv noise.csv lower_bounds.csv manifest.json census.csv pauses.csv \
        timeline.csv leaks.csv; do
    [ -s "results/first/$file" ] && pass "results/first/$file" || miss "results/first/$file is missing"
done
for chart in plots/*.gp; do
    name=$(basename "$chart" .gp)
    case $name in style*) continue ;; esac
    if grep -q '</svg>' "results/first/charts/$name.svg" 2>/dev/null; then
        pass "$name.svg"
    elif grep -q "^[0-9]*,,$name.gp,.*make " results/first/charts/charts.csv; then
        pass "$name.svg is not there, and charts.csv says which command mends it"
    else
        miss "$name.svg is missing"
    fi
done
trials=$(($(wc -l <results/first/plan.csv) - 1))
rows=$(($(wc -l <results/first/trials.csv) - 1))
[ "$trials" -gt 0 ] && [ "$trials" -eq "$rows" ] && pass "$rows trials planned and written" ||
    miss "$trials trials planned, $rows written"
expect 0 "results/first" "a run that is complete is not repeated" make bench QUICK=1 RUN=first SEED=
[ $(($(wc -l <results/first/trials.csv) - 1)) -eq "$rows" ] && pass "no row was added" || miss "rows were added"

said=$(make -n bench FULL=1 2>/dev/null; echo; echo usual; make -n bench 2>/dev/null)
grep -q 'SET=.*boehm\.free_space_divisor=1' <<<"${said%usual*}" && ! grep -q 'SET=.*boehm\.' <<<"${said#*usual}" &&
    pass "a full run has boehm at its documented best, too" || miss "FULL=1 does not set boehm"

readme_code "Add a workload" >workloads/queue.c
readme_code "Add a strategy" >strategies/leak.h
expect 0 "queue" "the README's workload runs under every strategy" make bench QUICK=1 BLOCKS=1 WORKLOADS=queue RUN=mine
[ "$(awk -F, 'NR > 1 && $11 == 0 { print $3 }' results/mine/trials.csv | sort -u | wc -l)" -eq "$(strategies | wc -l)" ] &&
    pass "one row for each strategy, the README's own among them" || miss "not every strategy has a row"
[ "$(awk -F, 'NR > 1 { print $12 }' results/mine/trials.csv | sort -u)" = ok ] && pass "all are ok" || miss "not all are ok"

# Whatever is derived from a run's files is newer than the file that was just made.
all_derived_after() # file
{
    for derived in summary classes noise growth lower_bounds sweep pause_summary claims findings charts/charts; do
        [ "results/mine/$derived.csv" -nt "results/mine/$1" ] || miss "$derived.csv is older than $1"
    done
    [ results/mine/index.html -nt results/mine/charts/charts.csv ] && pass "all is derived again after $1" ||
        miss "the page is older than its charts"
}

expect 0 "The page is results/mine/index.html" "make profile ends with the page" make profile RUN=mine
all_derived_after census.csv
expect 0 "The page is results/mine/index.html" "make count ends with the page" make count RUN=mine STRATEGIES="never refcount"
all_derived_after instructions.csv
cut -d, -f8 results/mine/lower_bounds.csv | grep -qx instructions && pass "and the bounds are by instructions, too" ||
    miss "no bound is by instructions"
touch results/mine/instructions.csv
expect 0 "The page is results/mine/index.html" "make charts ends with the page" make charts RUN=mine
all_derived_after instructions.csv

echo '/* says nothing */' >strategies/mute.h
expect 2 "does not define allocate" "a strategy without allocate" make bench QUICK=1 STRATEGIES=mute WORKLOADS=queue
rm strategies/mute.h
expect 2 "unknown strategy 'nosuch'; there are: " "an unknown strategy" make bench STRATEGIES=nosuch
expect 2 "--input graph=*: No such file" "several inputs, as they are named" \
    make bench QUICK=1 INPUT="packages=tests/data/packages.sample graph=*"
expect 2 "unknown workload 'nosuch'; there are: " "an unknown workload" make bench WORKLOADS=nosuch
: >results/file
expect 2 "results/file" "RUN= names a file" make bench QUICK=1 RUN=file
expect 2 "RUN" "RUN= leads out of the folder" make bench QUICK=1 RUN=../elsewhere

make -s all >/dev/null 2>&1
[ -z "$(make -n all 2>/dev/null | grep -v 'Nothing to be done')" ] && pass "nothing is built twice" ||
    miss "something is built twice: $(make -n all | head -n 3)"
touch strategies/arena.h
[ "$(make -n all | grep -o 'STRATEGY=[a-z_]*' | sort -u)" = STRATEGY=arena ] &&
    pass "a header rebuilds what reads it, nothing else" ||
    miss "a header rebuilds something else: $(make -n all | head -n 3)"
ended

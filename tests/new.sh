#!/bin/bash
# make new-workload and make new-strategy: what they write passes everything at once, and what cannot be written is refused. In
# a scratch copy of the project, with a few of its workloads.
#
# new.sh BUILD: what the copy has in common with the project is not built again
set -u
build=$1
. tests/cells.sh
. tests/scratch.sh
here=$PWD
scratch_copy "sequence|graph|binary_trees"
take_build "$build" "$here"

succeeds() # what, command …
{
    local said status
    said=$("${@:2}" 2>&1)
    status=$?
    [ $status -eq 0 ] && pass "$1" || miss "$1: exit status $status: $(echo "$said" | grep -E '^not ok|rror' | head -n 5)"
}

build_cells() # folders of the build; strategies and workloads from the environment
{
    local s w kind targets=
    for s in $STRATEGIES; do for w in $WORKLOADS; do for kind in "$@"; do targets="$targets build/$kind$s/$w"; done; done; done
    make -s -j"$(nproc)" $targets
}

# What stands in these columns of the trials, once.
of_trials() # column …
{
    awk -F, -v wanted="$*" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; n = split(wanted, columns, " "); next }
        { for (i = 1; i <= n; i++) printf "%s%s", $at[columns[i]], i < n ? " " : "\n" }' results/new/trials.csv | sort -u
}

# ---- Names that are none, and files that are there

for kind in workload strategy; do
    refuses "new-$kind without a name" "say its name" harness/templates/new.sh $kind ""
    refuses "a $kind with a number's name" "'9a' is no name" harness/templates/new.sh $kind 9a
    refuses "a $kind with a path's name" "'../x' is no name" harness/templates/new.sh $kind ../x
    refuses "a $kind with a command's name" 'is no name' harness/templates/new.sh $kind 'x;y'
    refuses "a $kind with a keyword's name" "'while' is a word of C" harness/templates/new.sh $kind while
    refuses "a $kind with a word's name" "'set' is a macro already" harness/templates/new.sh $kind set
done
refuses "a workload that is there" "workloads/graph.c is there already" harness/templates/new.sh workload graph
refuses "a strategy that is there" "strategies/arena.h is there already" harness/templates/new.sh strategy arena
refuses "a strategy with the name of a folder" "'counted' is a folder of the build" harness/templates/new.sh strategy counted
refuses "a strategy with a header's name" "'cell.h' is a header of the harness" harness/templates/new.sh strategy cell
refuses "a name that make would expand" "'x\$(shell id)' is no name" make -s new-workload 'NAME=x$(shell id)'
touch strategies/cell.h
refuses "such a strategy, by hand" "strategies/cell.h cannot be found behind harness/cell.h" make -s all
rm strategies/cell.h
make -s new-workload NAME=while >/dev/null 2>&1
[ $? -eq 2 ] && pass "make refuses it, too" || miss "make does not refuse it"

# ---- What they write

succeeds "make new-workload" make -s new-workload NAME=fresh
succeeds "make new-strategy" make -s new-strategy NAME=mine
refuses "the same again" "workloads/fresh.c is there already" harness/templates/new.sh workload fresh
[ -z "$(grep -l NAME workloads/fresh.c strategies/mine.h)" ] && pass "they bear their names" || miss "a NAME is left"

succeeds "the workload is measured under every strategy, the new one among them" \
    make bench QUICK=1 BLOCKS=1 WORKLOADS=fresh RUN=new
[ "$(of_trials status)" = ok ] && pass "all are ok" || miss "not all are ok: $(of_trials status reason)"
[ "$(of_trials strategy)" = "$(strategies)" ] && pass "none is missing" || miss "one is missing: $(of_trials strategy)"
WORKLOADS=fresh succeeds "its answer is its reference's" tests/answers.sh build
WORKLOADS=fresh succeeds "it is linear" tests/linear.sh build
succeeds "it passes the sanitizers, valgrind and zeal" make check WORKLOADS=fresh

export STRATEGIES="refcount mine" WORKLOADS="sequence graph binary_trees"
succeeds "the strategy builds with the others' workloads" build_cells "" counted/ checked/
succeeds "they answer as under counting" tests/answers.sh build
succeeds "it passes the sanitizers and valgrind" tests/check.sh build
succeeds "its census adds up" tests/census.sh build
export STRATEGIES=mine WORKLOADS="words counted semantics oracle"
succeeds "its own tests build" build_cells tests/
for t in words counted semantics; do succeeds "it passes $t" "build/tests/mine/$t"; done
succeeds "it passes the oracle" build/tests/mine/oracle --ops 20000
succeeds "it builds with several threads" make -s build/tsan/stress/mine/threads
for v in apart unshared; do
    succeeds "a heap for each of them, $v: no race" build/tsan/stress/mine/threads -v $v -n 400 --set threads=4
done
ended

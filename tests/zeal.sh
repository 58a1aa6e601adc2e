#!/bin/bash
# Zeal, by the mode of `make stress`: every workload under every strategy that collects, with a collection before every birth,
# before every k-th, checked and not, and with the strategy's own trigger at its least. And that a strategy which does not hear
# collect() is noticed.
#
# zeal.sh BUILD; STRATEGIES= and WORKLOADS= from the environment.
set -u
build=$1
. tests/cells.sh
export RECLAIM_LOCK=$(mktemp)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch" "$RECLAIM_LOCK"' EXIT
zeal() { "$build/reclaim" stress --modes zeal --seed 1 --results "$scratch" "$@"; }

broken=$(zeal --run all --build "$build" --strategies "$(collectors)" --workloads "$(workloads)" 2>&1)
status=$?
tried=$(grep -c ',kept,collections,' "$scratch/all/stress.csv")
[ $status -eq 0 ] && [ "$tried" -ge $((4 * $(collectors | wc -l))) ] && pass "zeal: $tried conditions in all" ||
    { miss "zeal: exit status $status, $tried conditions"; echo "$broken" | head -n 30; }

# A strategy whose collect() does nothing passes for refcount_cycle.
workload=$(workloads | head -n 1)
mkdir -p "$scratch/deaf/zeal/refcount_cycle"
printf '#include "%s"\n#undef collect\n#define collect() ((uint64_t)0)\n' "$PWD/strategies/refcount_cycle.h" \
    >"$scratch/deaf/refcount_cycle.h"
cc -std=gnu17 -D_GNU_SOURCE -DCOUNTED -iquote "$scratch/deaf" -iquote tests/zeal -iquote harness -iquote strategies \
    -iquote workloads -DSTRATEGY=zeal -DZEALOUS=refcount_cycle -o "$scratch/deaf/zeal/refcount_cycle/$workload" \
    "workloads/$workload.c" "$build"/counted/cell/*.o "$build"/counted/profile/*.o
said=$(zeal --quick --run deaf --build "$scratch/deaf" --strategies refcount_cycle --workloads "$workload" 2>&1)
status=$?
[ $status -eq 1 ] && echo "$said" | grep -Eq '[1-9][0-9]* of [0-9]+ births asked for a collection, one in [0-9]+; [0-9]+ collections took place' &&
    pass "one that does not hear collect() is noticed" || miss "deaf: exit status $status; $said"

# One that does not collect, and one whose cells are not there, are told as that; then nothing was tried.
said=$(zeal --quick --run none --build "$scratch" --strategies "refcount refcount_cycle" --workloads "$workload" 2>&1)
status=$?
rows=$(cut -d, -f2,8,14 "$scratch/none/stress.csv" | tail -n +2 | tr '\n' ' ')
wanted="refcount,unsupported,it does not collect refcount_cycle,untried,its zealous cells were not built "
[ $status -eq 2 ] && [ "$rows" = "$wanted" ] && pass "what cannot be tried, and was not" ||
    miss "untried: $rows, exit status $status; $said"
ended

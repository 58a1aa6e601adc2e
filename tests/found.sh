#!/bin/bash
# What collections say that they found, where it is known what there is: gc_collect drops rings of 2,100 objects in a round, and
# counting frees the list of them and its array; gc_traversal drops nothing.
#
# found.sh BUILD, from the project's root; STRATEGIES= from the environment.
set -u
build=$1
. tests/cells.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

rounds=3
counted=2100 traced=2102 untold=0

found_by() { cell=$1; "$1" -n $rounds | field figures | sed -n 's/.*found_objects=\([0-9]*\).*/\1/p'; } # cell

# What it may find in a round; who cannot tell how many there were says 0.
known() # strategy
{
    case $1 in
    refcount_cycle | refcount_trial | cpython) echo $counted ;;
    mark_sweep) echo $traced ;;
    boehm) echo $untold ;;
    *) echo $counted $traced $untold ;;
    esac
}

is_known() # strategy cell
{
    local found may; found=$(found_by "$2")
    for may in $(known "$1"); do [ "$found" != $((may * rounds)) ] || return 0; done
    return 1
}

# A strategy that collects nothing, and says that it does.
lies()
{
    { cat strategies/refcount.h; echo '#define collect() ((uint64_t)7)'; echo '#define collects_cycles 1'; } >"$scratch/liar.h"
    cc -std=gnu17 -D_GNU_SOURCE -iquote harness -iquote "$scratch" -iquote strategies -iquote workloads -DSTRATEGY=liar \
        -o "$scratch/liar" workloads/gc_collect.c "$build"/cell/*.o
    [ -n "$(found_by "$scratch/liar")" ] || { miss "the collector that lies does not run"; return; }
    is_known liar "$scratch/liar" && miss "a collector that lies: nothing is noticed" || pass "a collector that lies is noticed"
}

judge() # strategy
{
    local drops=$build/$1/gc_collect keeps=$build/$1/gc_traversal
    is_known "$1" "$drops" && pass "$1 finds what was dropped" ||
        miss "$1 finds what was dropped: $(known "$1") in each of $rounds rounds, not $(found_by "$drops") in all"
    [ "$(found_by "$keeps")" = 0 ] && pass "$1 finds nothing where all is alive" ||
        miss "$1 finds nothing where all is alive: $(found_by "$keeps")"
}

for s in $(strategies); do
    cell=$build/$s/gc_collect
    case $("$cell" -n 1 | field status) in
    unsupported) pass "$s cannot run it here" ;;
    *) judge "$s" ;;
    esac
done
lies
ended

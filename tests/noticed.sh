#!/bin/bash
# What the answers of workloads notice: under a strategy that harms one of the living at every thousandth birth or release, or
# twenty times where there are fewer (tests/broken/careless.h), every variant must give another answer, crash, or never end.
#
# noticed.sh BUILD
set -u
build=$1
. tests/cells.sh

# What may be harmed without a trace, and why.
unseen() # workload variant plant
{
    case "$1 $2 $3" in
    "binary_trees standard "[!r]*) ;;  # a node holds nothing but references
    "gc_traversal collections "*) ;;   # nor does a level, and no two are of one size
    "large_buffers replaced exchanged" | "random_sizes churned exchanged") ;; # nor are two blocks
    "text concatenate "[!e]* | "text append "[!e]* | "text "*" exchanged") ;; # nor two texts, when all but one are a piece
    "sequence list exchanged") ;;      # a sum in any order, as in Python
    "primitives birth "* | "reuse "* | "graph edges "* | "sequence generator "* | "lines generator reborn") ;; # one at a time
    "resources "* | "mistakes "*) ;;   # each is read when it has just been made; figures tell of its death
    "lookup "*" exchanged") ;;         # the same elements in another order
    "lookup "*_misses\ * | "lookup "*_hits\ reborn) ;; # one that is gone is missed no more; one may become the one wanted
    *) return 1 ;;
    esac
}

careless() # seconds workload variant size; PLANT and EVERY from the environment
{
    timeout "$1" "$build/broken/careless/$2" -v "$3" -n "$4" -r 1 2>&1
}

answer() { grep '^careless,' | cut -d, -f8,10,11; }

noticed() # workload variant size plant steps expected
{
    local said status harmed
    ! unseen "$1" "$2" "$4" || return 0
    said=$(PLANT=$4 EVERY=$(($5 > 20000 ? 1000 : $5 / 20 + 1)) careless 3 "$1" "$2" "$3")
    status=$?
    harmed=$(echo "$said" | sed -n 's/^careless: .* steps, //p')
    if [ $status -ne 0 ]; then
        pass "$1, $2, $4: exit status $status"
    elif [ "$(echo "$said" | answer)" != "$6" ]; then
        pass "$1, $2, $4: another answer, $harmed"
    else
        miss "$1, $2, $4: the same answer, $harmed"
    fi
}

harm() # workload
{
    described "$build/broken" careless "$1" quick depth | while read -r v quick depth; do
        size=$(smaller "$quick" 2 "$depth")
        said=$(careless 60 "$1" "$v" "$size")
        expected=$(echo "$said" | answer)
        steps=$(echo "$said" | sed -n 's/^careless: \([0-9]*\) steps.*/\1/p')
        case $expected in
        ok,*) for plant in emptied exchanged reborn; do noticed "$1" "$v" "$size" $plant "$steps" "$expected"; done ;;
        unsupported,*) pass "$1, $v: unsupported" ;;
        *) miss "$1, $v: without harm, too, it breaks down: $said" ;;
        esac
    done
}

on_all_cores harm < <(workloads)
ended

#!/bin/bash
# A run of a variant leaves nothing behind in its process that the next one would count again: the figures of three runs are
# those of one. Figures that tell a time or what is resident are left out, and so are collectors, which need not come at the
# same time.
#
# repeats.sh BUILD
set -u
build=$1
. tests/cells.sh

# The answer, and the figures that count something.
counts() # strategy workload variant size repeats
{
    cell=$build/$1/$2
    row=$("$cell" -v "$3" -n "$4" -r "$5" $(small_input "$2"))
    for column in status checksum operations figures; do echo "$row" | field $column; done |
        sed -E 's/[a-z0-9_]+_(ns|us|ps|kib)=[0-9]+;?//g' | xargs
}

repeat() # strategy workload
{
    described "$build" "$1" "$2" quick depth cyclic status | while read -r v quick depth cyclic status; do
        [ "$cyclic" = 0 ] && [ "$status" = ok ] || continue
        size=$(smaller "$quick" 10 "$depth")
        once=$(counts "$1" "$2" "$v" "$size" 1) thrice=$(counts "$1" "$2" "$v" "$size" 3)
        [ "$once" = "$thrice" ] && pass "$1, $2, $v: ${once#ok }" || miss "$1, $2, $v: once $once, three times $thrice"
    done
}

on_all_cores repeat < <(for s in refcount arena; do for w in $(workloads); do echo "$s $w"; done; done)
ended

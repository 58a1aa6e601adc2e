#!/bin/bash
# A cell's command line, its row, and what it measures of itself.
#
# cell.sh BUILD
set -u
build=$1
. tests/cells.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cell=$build/refcount/binary_trees

refuses "an unknown variant" "there are: standard" "$cell" -v nosuch
refuses "a size of 0" "from 1 to" "$cell" -n 0
refuses "a size that is no number" "-n 12x" "$cell" -n 12x
refuses "a negative size" "-n -1" "$cell" -n -1
refuses "a size that overflows" "from 1 to" "$cell" -n 99999999999999999999
refuses "a size that makes no sense" "from 1 to 40" "$cell" -n 41
refuses "a bad seed" "-s" "$cell" -s red
refuses "an unknown option" "--nosuch" "$cell" --nosuch
refuses "a missing value" "-n wants a value" "$cell" -n
refuses "an unknown setting" "no setting 'nosuch'" "$cell" --set nosuch=1
refuses "a setting without a value" "wants name=value" "$cell" --set nosuch
collected=$build/refcount_cycle/binary_trees
refuses "a setting that is set twice" "threshold is set twice" "$collected" --set threshold=5 --set threshold=6
refuses "a setting below its range" "threshold 0: wants a whole number from 1 to" "$collected" --set threshold=0
refuses "a setting of the wrong name" "no setting 'thresh'; there are: " "$collected" --set thresh=1
refuses "a word too many" "one word too many" "$cell" 12
refuses "an input for a workload that reads none" "reads no file" "$cell" --input /etc/passwd

"$cell" -n 4 >/dev/full 2>"$scratch/errors"
[ $? -eq 2 ] && grep -q 'standard output' "$scratch/errors" && pass "a full disk: a sentence and exit 2" || miss "a full disk"

# A symbol that is bound at its first call is bound in the midst of the work (see BOUND in the Makefile).
lazy=$(for s in $(strategies); do readelf -d "$build/$s/binary_trees" 2>&1 | grep -q BIND_NOW || echo "$s"; done)
[ -z "$lazy" ] && pass "cells bind their symbols when they start" || miss "cells that bind symbols at the first call:" $lazy

# Machines of a run are known to be alike by their cells, wherever they were compiled (see ANYWHERE in the Makefile).
named=$(for s in $(strategies); do grep -lF "$PWD" "$build"/{,counted/}"$s/binary_trees" 2>&1; done)
[ -z "$named" ] && pass "cells do not name the folder that they were compiled in" || miss "cells that name their folder:" $named

columns=$("$cell" --header)
documented=$(awk -F'|' '
    /^The row of a run/ { on = 1 }
    on && /^Exit status/ { exit }
    on && $2 ~ /`/ { print $2 }' docs/files.md |
    tr -d '`' | tr -s ' \n' ',' | sed 's/^,//; s/,$//')
[ "$columns" = "$documented" ] && pass "the columns are those of docs/files.md" ||
    miss "the columns: $columns, documented: $documented"

for s in $(strategies); do
    row=$("$build/$s/binary_trees" -n 10)
    case $(echo "$row" | field status) in
    ok) [ "$(echo "$row" | field peak_rss_kib)" -gt 500 ] &&
            awk -v s="$(echo "$row" | field work_s)" 'BEGIN { exit !(s > 0 && s < 5) }' &&
            pass "$s: time and memory are plausible" || miss "$s: $row" ;;
    unsupported) [ -n "$(echo "$row" | field reason)" ] && pass "$s: unsupported, with a reason" || miss "$s: $row" ;;
    *) miss "$s: $row" ;;
    esac
done

for s in $(strategies); do
    row=$(ulimit -v 40000; "$build/$s/binary_trees" -n 20 2>"$scratch/errors")
    status=$?
    [ "$(echo "$row" | field status)" = unsupported ] && continue
    [ $status -eq 1 ] && [ "$(echo "$row" | field status)" = oom ] && [ "$(wc -l <"$scratch/errors")" -eq 1 ] &&
        pass "$s: too little memory is a row and a sentence" ||
        miss "$s under 40 MB: exit status $status, $row, $(head -n 3 "$scratch/errors")"
done

# cpython compiled where no Python.h is found, and the usual one where no Python of the user's is.
cc -std=gnu17 -D_GNU_SOURCE -iquote harness -iquote strategies -iquote workloads -DSTRATEGY=cpython -o "$scratch/without" \
    workloads/binary_trees.c "$build"/cell/*.o 2>"$scratch/errors"
case $("$scratch/without" -n 4) in
*,unsupported,"wants libpython "*"install python3-dev"*)
    pass "without python3-dev, cpython is unsupported and says what to install" ;;
*) miss "cpython without python3-dev: $("$scratch/without" -n 4) $(head -n 3 "$scratch/errors")" ;;
esac
row=$(env -i PYTHONHOME=/nowhere "$build/cpython/binary_trees" -n 4)
case $(echo "$row" | field status) in
ok | unsupported) pass "cpython needs no file of a Python's library" ;;
*) miss "cpython in an empty environment: $row" ;;
esac

ended

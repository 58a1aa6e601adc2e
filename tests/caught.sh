#!/bin/sh
# What catches a mistake that a strategy does not forgive: in a checked build, tests/caught.c uses an object after its owner is
# gone (borrowed), and gives some an owner too many (surplus). The sanitizers say which it was, and a line of the program; where
# a mistake is forgiven, nothing is said. The table is that of docs/claims.md.
#
# caught.sh BUILD; STRATEGIES= from the environment. One that the table does not know may forgive or not.
set -u
build=$1
. tests/cells.sh

table='
refcount         heap-use-after-free  detected.memory.leaks
refcount_malloc  heap-use-after-free  detected.memory.leaks
refcount_cycle   heap-use-after-free  detected.memory.leaks
refcount_trial   heap-use-after-free  detected.memory.leaks
cpython          heap-use-after-free  detected.memory.leaks
stream           heap-use-after-free  detected.memory.leaks
arena            use-after-poison     forgiven
boehm            forgiven             forgiven
mark_sweep       forgiven             forgiven
never            forgiven             forgiven
'

made() # strategy mistake
{
    ASAN_OPTIONS=detect_stack_use_after_return=0:detect_leaks=1:exitcode=99 "$build/checked/tests/$1/caught" "$2" 2>&1
}

must_be() # strategy mistake what
{
    said=$(made "$1" "$2")
    status=$?
    case $status,$3 in
    77,*) pass "$1 cannot run here" ;;
    0,any | 99,any) pass "$1, $2: it does not crash in another way" ;;
    0,forgiven) pass "$1 forgives: $2" ;;
    99,forgiven | 0,*) miss "$1, $2: exit status $status, not $3: $(echo "$said" | grep -m 1 ERROR)" ;;
    99,*)
        echo "$said" | grep -q "ERROR: .*$3" && echo "$said" | grep -q ' \(tests\|workloads\)/[a-z/]*\.[ch]:[0-9]' &&
            pass "$1, $2: $3, and where" || miss "$1, $2: not $3, or not where: $(echo "$said" | head -n 20)" ;;
    *) miss "$1, $2: exit status $status: $(echo "$said" | head -n 5)" ;;
    esac
}

for strategy in $(strategies); do
    row=$(echo "$table" | grep "^$strategy ") || row="$strategy any any"
    set -- $row
    must_be "$1" borrowed "$2"
    must_be "$1" surplus "$3"
done
ended

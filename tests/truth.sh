#!/bin/bash
# Who is right: real cells whose answers differ from their reference or from each other, judged from the cell's row to the exit
# status.
#
# truth.sh BUILD, from the project's root. The runner is BUILD's; the cells are made here, with the real harness/cell/.
set -u
build=$1
. tests/cells.sh
. tests/scratch.sh
scratch_project refcount arena never

# A strategy whose objects are not zero at birth. It is the first in every list.
cat >strategies/amiss.h <<'C'
#include "parts/system.h"
#define allocate(type, size) memset(system_take(round_up(size, 4096)), 1, size)
C

# A workload of two variants, which look at a new object and add what should be 0:
# workload NAME ANSWER-OF-ONE ANSWER-OF-TWO OPERATIONS-OF-TWO [REFERENCE], each an expression of n.
workload()
{
    cat >"workloads/$1.c" <<C
#include "workload.h"
#include "objects/number.h"

static uint64_t nothing(void)
{
    local(Number) fresh = new(Number);
    return fresh->value;
}

static uint64_t one(uint64_t n)
{
    operations += n;
    return $2 + nothing();
}

static uint64_t two(uint64_t n)
{
    operations += $4;
    return $3 + nothing();
}

WORKLOAD($1, MICRO, SWEPT(50, 50, 50), "two answers", VARIANT(one, STREAMS), VARIANT(two, STREAMS));
C
    [ $# -lt 5 ] || printf 'static uint64_t other(uint64_t n) { return %s; }\nREFERENCE(other);\n' "$5" >>"workloads/$1.c"
}

#        NAME       ONE  TWO    ITS OPERATIONS  REFERENCE
workload honest     3*n  3*n    n               3*n
workload denied     3*n  3*n    n               3*n+1
workload disagree   3*n  3*n+1  n
workload idle       3*n  3*n    n-1
workload referred   3*n  3*n    n-1             3*n
workload unknown    3*n  3*n    n

# Two that are to be done three times in a trial.
repeated() # workload, flags, the answer
{
    cat >"workloads/$1.c" <<C
#include "workload.h"

static uint64_t thrice(uint64_t n)
{
    static uint64_t times;
    times++;
    operations += n;
    return 3 * n + $3;
}

WORKLOAD($1, MICRO, 50, "answers three times", VARIANT(thrice, $2, REPEATED(3)));
C
}

repeated steady   STREAMS  0
repeated unsteady STREAMS  "times / 3"
repeated cycles   CYCLIC   0
scratch_build

# Runs one workload; the exit status is in $status, the trials in $trials.
bench() # workload strategies, options …
{
    rm -rf results
    "$reclaim" bench --no-charts --no-census --run truth --blocks 2 --workloads "$1" --strategies "$2" "${@:3}" >out 2>err
    status=$?
    trials=results/truth/trials.csv
}

# How many rows there are that awk's condition is true of; $3 strategy, $5 variant, $11 control, $12 status.
rows() { awk -F, 'NR > 1 && ('"$1"')' "$trials" | wc -l; }

# The exit status, and which rows are wrong: exactly those for which the condition is true, and there are some.
wrong_are() # what it shows, condition
{
    good=$(rows "!($2) && \$12 == \"ok\"") bad=$(rows "($2) && \$12 == \"wrong\"") all=$(rows 1)
    [ "$status" -eq 1 ] && [ "$bad" -gt 0 ] && [ $((good + bad)) -eq "$all" ] && pass "$1" ||
        miss "$1: exit status $status; of $all rows $bad are wrong that should be, and $good ok: $(grep -m 3 wrong "$trials")"
}

# Rows of 2 blocks x 2 variants x 2 sizes; the baseline's are there twice.
bench honest "refcount arena never"
[ "$status" -eq 0 ] && [ "$(rows '$12 == "ok"')" -eq 32 ] && pass "what agrees with its reference is ok, at every size" ||
    miss "what agrees with its reference: exit status $status, $(rows '$12 == "ok"') of $(rows 1) rows are ok"
expected=$(tail -n +2 results/truth/plan.csv | cut -d, -f6,12 | sort -u | xargs)
[ "$expected" = "5,15 50,150" ] && pass "the plan expects the reference's answer of each size" ||
    miss "the plan expects $expected"

bench denied "refcount arena never"
wrong_are "where all agree and the reference does not, all are wrong" 1
grep -q 'checksum 150 instead of 151' "$trials" && pass "and the rows say what would be right" ||
    miss "no row says what would be right"

bench disagree "refcount arena never"
wrong_are "without a reference, variants that disagree are not both right" '$5 == "two"'

for w in idle referred; do
    bench "$w" "refcount arena never"
    wrong_are "$w: a variant that does other work for the same answer is wrong" '$5 == "two"'
done

for w in unknown honest; do
    bench "$w" "amiss arena refcount"
    wrong_are "$w: a strategy that answers wrongly is wrong, and no other" '$3 == "amiss"'
    bench "$w" "amiss arena refcount" --baseline amiss
    wrong_are "$w: the same when it is the baseline and its own control" '$3 == "amiss"'
done
[ "$(rows '/,wrong,[^,]*,[0-9]+,[0-9]+(,NA)+,,[0-9.e-]+(,NA)+,$/')" -eq "$(rows '$3 == "amiss"')" ] &&
    pass "and it has no figures" || miss "its figures: $(grep -m 2 ',wrong,' "$trials")"

# ---- Repetitions

bench steady "refcount arena never"
[ "$status" -eq 0 ] && [ "$(rows '$12 == "ok" && $15 == 50 && $19 == 3')" -eq 8 ] &&
    pass "what is repeated counts the operations of once" || miss "repeated: exit status $status, $(tail -n 1 "$trials")"
row=$(build/arena/steady -r 7 | cut -d, -f10-12)
[ "$row" = 150,50,7 ] && pass "-r says how often" || miss "-r 7: $row"
refuses "-r of cycles under counting" "thrice drops cycles" build/refcount/cycles -r 2
[ "$(build/refcount/cycles | cut -d, -f12) $(build/arena/cycles | cut -d, -f12)" = "1 3" ] &&
    pass "cycles are repeated where they do not leak" || miss "cycles: $(build/refcount/cycles) $(build/arena/cycles)"
bench unsteady "refcount arena never"
wrong_are "a repetition that answers otherwise is wrong" 1
grep -q 'repetition 3 did not' "$trials" && pass "and the rows say which" || miss "$(tail -n 1 "$trials")"
[ "$(build/never/unsteady -r 1 | cut -d, -f8)" = ok ] && pass "done once, it is not" ||
    miss "-r 1: $(build/never/unsteady -r 1)"
ended

#!/bin/sh
# The oracle (tests/oracle): random programs against a naive model of what is alive, under every strategy. OPS operations each
# (10 million), a tenth as many with every check that the strategy has, and as many with its pools under AddressSanitizer.
# A failure is shrunk to a short script, which stays in BUILD/oracle; its message names the command that plays it again.
#
# oracle.sh BUILD; OPS=, SEED= and STRATEGIES= from the environment.
set -u
build=$1
. tests/cells.sh
operations=${OPS:-10000000}
seed=${SEED:-1}
mkdir -p "$build/oracle"

# libgc and mark_sweep read the stack, which the sanitizer's fake stack would hide; pure counting leaks as the model predicts.
export ASAN_OPTIONS=detect_stack_use_after_return=0:detect_leaks=0

play() # kind folder strategy operations
{
    kept=$build/oracle/$1.$3
    if "$build/$2/$3/oracle" --ops "$4" --seed "$seed" --save "$kept.script" >"$kept.said" 2>&1; then
        pass "oracle, $1: $(tail -n 1 "$kept.said")"
    else
        miss "oracle, $1, under $3"
        cut -c 1-200 "$kept.said"
    fi
}

for s in $(strategies); do
    play plain tests "$s" "$operations"
    play checked checked/tests "$s" $((operations / 10 + 1))
    play pooled pooled/tests "$s" $((operations / 10 + 1))
done
ended

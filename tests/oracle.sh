#!/bin/bash
# The oracle (tests/oracle): random programs against a naive model of what is alive, under every strategy. OPS operations each
# (10 million), a tenth as many with every check that the strategy has, as many with its pools under AddressSanitizer, and some
# with each of its settings at its least. A failure is shrunk to a short script, which stays in BUILD/oracle; its message names
# the command that plays it again.
#
# oracle.sh BUILD; OPS=, SEED= and STRATEGIES= from the environment.
# oracle.sh --check only looks whether OPS and SEED are numbers.
set -u
build=$1
. tests/cells.sh
operations=${OPS:-10000000}
seed=${SEED:-1}

# As many digits as the shell can reckon with; and none in front that would make them octal.
demand_number() # name value least
{
    case $2 in
    *[!0-9]* | 0?* | ???????????????????*) ;;
    *) [ "$2" -ge "$3" ] && return ;;
    esac
    echo "oracle: $1 must be a whole number from $3 to 999999999999999999, not '$2'" >&2
    exit 2
}
demand_number OPS "$operations" 1
demand_number SEED "$seed" 0
[ "$build" != --check ] || exit 0

mkdir -p "$build/oracle"

play() # name folder strategy operations option …
{
    name=$1 folder=$2 strategy=$3 count=$4
    shift 4
    kept=$build/oracle/$strategy.$(echo "$name" | tr ' ' _)
    if "$build/$folder/$strategy/oracle" --ops "$count" --seed "$seed" --save "$kept.script" "$@" >"$kept.said" 2>&1; then
        pass "oracle, $name: $(tail -n 1 "$kept.said")"
    else
        miss "oracle, $name, under $strategy"
        cut -c 1-200 "$kept.said"
    fi
}

# Every setting at its least, and a switch at both of its values: name=value, one a line.
unusual_settings() # strategy
{
    "$build/checked/tests/$1/oracle" --settings | awk '$2 != $3 { print $1 "=" $3 } $4 == 1 && $2 != 1 { print $1 "=1" }'
}

play_all() # strategy
{
    play plain tests "$1" "$operations"
    play checked checked/tests "$1" $((operations / 10 + 1))
    play pooled pooled/tests "$1" $((operations / 10 + 1))
    for setting in $(unusual_settings "$1"); do
        play "checked with $setting" checked/tests "$1" $((operations / 50 + 1)) --set "$setting"
    done
}

on_all_cores play_all < <(all_strategies)
ended

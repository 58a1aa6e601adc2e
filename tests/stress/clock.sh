#!/bin/bash
# The wall clock jumps, hours and years, to and fro: while a run is measured, between its sessions, before it is counted again.
# Nothing has taken less than no time, times since the run's beginning do not fall, and names after the time do not collide.
# clock.sh BUILD SEED FIRST LAST FOLDER
. tests/stress/project.sh
set -m
subject="the wall clock"

YEAR_S=31536000

# To another time, of this hour, day, or these years.
jump()
{
    one_of 3600 86400 $YEAR_S $((20 * YEAR_S))
    local most=$chosen
    below $((2 * most))
    echo $((chosen - most)) >jump.next && mv jump.next jump
}

shimmed() { LD_PRELOAD=$build/stress/shim.so RECLAIM_WALL=$PWD/jump "$reclaim" "$@" >out 2>err; status=$?; }

# While a session lasts; in the end it is killed, or ends by itself.
jump_during() # moments of most so many ms
{
    LD_PRELOAD=$build/stress/shim.so RECLAIM_WALL=$PWD/jump "$reclaim" bench --build build "${options[@]}" >out 2>err &
    runner=$!
    for _ in 1 2 3; do moment "$1"; sleep $chosen; jump; done
    kill -KILL $runner 2>/dev/null
    wait $runner 2>/dev/null
}

# The column of a file falls nowhere.
rises() # file column
{
    awk -F, -v name="$2" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i; next }
        $c != "NA" && $c < last { exit failed = 1 } { last = $c } END { exit failed || !c }' "results/run/$1"
}

# grep ends with 2 where a file is missing.
is_never_negative() { grep -Eq ',-[0-9]' results/run/{trials,hiccups,pauses,summary}.csv; [ $? = 1 ]; }

a_run_among_jumps()
{
    condition="jumps during three sessions and between them"
    jump
    for _ in 1 2; do jump_during 200; done
    shimmed bench --build build "${options[@]}"
    demand "it ended with $status: $(said)" [ $status = 0 ]
    jump
    shimmed profile --build build results/run
    demand "counted again, it ended with $status: $(said)" [ $status = 0 ]
    demand "started_s falls in trials.csv" rises trials.csv started_s
    demand "started_s falls in hiccups.csv" rises hiccups.csv started_s
    demand "a number is negative" is_never_negative
    shimmed report results/run
    demand "the report ended with $status: $(said)" [ $status = 0 ]
    tried "times since the run's beginning rise, and none is negative"
}

# One jumps back by as much as the runs before it took, and so begins at the same second.
runs_after_the_time()
{
    condition="runs without a name that begin at the same second"
    echo 0 >jump
    for back in 0 -1 -2; do
        echo $back >jump
        shimmed bench --build build --strategies never --blocks 1 --no-census --no-charts
        demand "one ended with $status: $(said)" [ $status = 0 ]
        sleep 1
    done
    demand "three runs are in $(ls results | grep -vc '^run$') folders" [ "$(ls results | grep -vc '^run$')" = 3 ]
    tried "each has a folder of its own"
}

for ((number = first; number <= last; number++)); do
    project refcount never
    a_run_among_jumps
    [ $number != 1 ] || runs_after_the_time
    leave
done
exit $((failures > 0))

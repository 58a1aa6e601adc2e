#!/bin/bash
# The runner, killed at random moments and started again: nothing is lost but the trial under way, nothing is there twice, and
# what is derived in the end is what would have been derived of the same trials. kills.sh BUILD SEED FIRST LAST FOLDER
#
# Each try is a run that is ended three times, in ways and at moments that the seed chooses, twice or more by SIGKILL.
. tests/stress/project.sh
set -m  # a background job gets a process group of its own, and SIGINT
KILLS=3

# How long an undisturbed run takes, in ms, and in how many steps (shim.c).
time_it()
{
    local begun=${EPOCHREALTIME/./}
    LD_PRELOAD=$build/stress/shim.so RECLAIM_STEPS=steps "$reclaim" bench --build build "${options[@]}" >out 2>err
    took=$(((${EPOCHREALTIME/./} - begun) / 1000)) steps=$(cat steps)
    rm -rf results && : >ran
}

# ---- Ends ---------------------------------------------------------------------------------------------------------------

start() { "$reclaim" "$@" >out 2>err & runner=$!; }

# In its first milliseconds a program can answer nothing.
until_it_catches() # signal
{
    local caught
    while caught=$(sed -n 's/^SigCgt:[[:space:]]*//p' /proc/$runner/status 2>/dev/null) && [ "$caught" ]; do
        [ $((16#$caught >> ($(kill -l "$1") - 1) & 1)) = 0 ] || return
        sleep 0.001
    done
}

# The whole group, or the runner alone; $status is how it ended, $ended says whether that was by the signal: one that comes to a
# process that is over, and not waited for yet, is no error of kill's.
end_it() # signal, moment, group or runner
{
    sleep "$2"
    [ "$1" = KILL ] || until_it_catches "$1"
    if [ "$3" = group ]; then kill -"$1" -- -$runner; else kill -"$1" $runner; fi 2>/dev/null
    wait $runner 2>/dev/null
    status=$?
    [ $status = $((128 + $(kill -l "$1"))) ] && ended=yes || ended=
}

# Where nothing was begun there is nothing to go on with.
says_how_to_go_on() { [ ! -e results/run/manifest.json ] || grep -q 'go on with: make bench RUN=run' err; }

# What must hold after each of them; $chosen is when it came.
check_end()
{
    ends=$((ends + 1))
    [ "$signal" != KILL ] || kills=$((kills + 1))
    demand "a row was lost: $chosen" rows_stay
    demand "something was left running after $chosen: $(still_running)" nothing_runs
    [ "$signal" = KILL ] || demand "says nothing of how to go on after $chosen: $(said)" says_how_to_go_on
    tried "no row is lost, nothing is left running"
    [ ! -e results/run/trials.csv ] || cp results/run/trials.csv before
}

end_at_moment() # signal, whom
{
    signal=$1 condition="SIG$1 to the $2 at a random moment"
    below 2
    moment $((took >> (chosen + late))) # the earlier half more often, for there less is done
    start bench --build build "${options[@]}"
    end_it $1 $chosen $2
}

# Moments that are rare in time are as many as others in steps.
end_at_step()
{
    signal=KILL condition="SIGKILL before a random step"
    below $(((steps >> late) + 1))
    LD_PRELOAD=$build/stress/shim.so RECLAIM_STEP=$((chosen + 1)) "$reclaim" bench --build build "${options[@]}" >out 2>err
    status=$?
    [ $status = 137 ] && ended=yes || ended=
}

# One that comes too late, for less is left to do each time, is tried again, ever earlier.
end_session() # step, or a signal and whom
{
    for late in 0 1 2 3; do
        if [ "$1" = step ]; then end_at_step; else end_at_moment $1; fi
        [ ! "$ended" ] || break
        demand "it ended with $status by itself: $(said)" [ $status = 0 ]
    done
    if [ "$ended" ] || [ "$complaint" ]; then check_end; else untried "it always ended before"; fi
}

end_sessions()
{
    local k other
    below $KILLS
    other=$chosen
    for ((k = 0; k < KILLS; k++)); do
        one_of step step "KILL runner" "KILL group"
        [ $k != $other ] || one_of step "KILL runner" "TERM runner" "INT runner" "HUP runner"
        end_session "$chosen"
    done
}

# ---- What must hold in the end --------------------------------------------------------------------------------------------

none_ran_twice() { [ "$(wc -l <ran)" -le $(($(rows results/run/trials.csv) + ends)) ]; }
check_run()
{
    local differs
    condition="the run that goes on after $KILLS ends"
    bench
    demand "it ends with $status: $(said)" [ $status = 0 ]
    demand "trials.csv is not what plan.csv asks for" is_complete
    demand "a row was lost" rows_stay
    demand "$(wc -l <ran) trials ran for $(rows results/run/trials.csv) rows and $ends ends" none_ran_twice
    demand "left behind: $(leftovers)" [ -z "$(leftovers)" ]
    demand "something is still locked" is_unlocked
    differs=$(report_differs | head -n 3)
    demand "derived files differ from those of an undisturbed report: $differs" [ -z "$differs" ]
    tried "each place of the plan is there once, and what is derived is as if nothing had happened; kills: $kills"
}

subject="reclaim bench"
for ((number = first; number <= last; number++)); do
    project refcount never
    [ "${took-}" ] || time_it
    ends=0 kills=0
    end_sessions
    check_run
    leave
done
exit $((failures > 0))

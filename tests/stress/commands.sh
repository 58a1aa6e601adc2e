#!/bin/bash
# The commands that read a run, killed at a random moment and started again: it comes out as if nothing had happened, what was
# measured stays as it is, and nothing runs on. commands.sh BUILD SEED FIRST LAST FOLDER
. tests/stress/project.sh
set -m

# ---- The command and what it makes --------------------------------------------------------------------------------------

choose() # command
{
    command=$1 subject="reclaim $1"
    case $command in
    profile | count) words=($command --build "$build/stress" results/run) ;;
    report)          words=(report results/run) ;;
    compare)         words=(compare results/old results/run --output made) ;;
    stress)          words=(stress --build "$build" --modes depth --strategies never --quick --seed "$seed" --run run) ;;
    esac
}

# Nothing of what these say depends on the time that anything took.
made_by_profile() { cut -d, -f1-16 results/run/census.csv; }
made_by_count() { cut -d, -f1-9 results/run/instructions.csv; }
made_by_report() { (cd results/run && find . -type f ! -name '*.draft' -exec sha256sum {} + | sort); }
made_by_compare() { cat made/compare.csv made/compare.md; }
made_by_stress() { cut -d, -f1-8 results/run/stress.csv; }

measured() { (cd results/run && sha256sum trials.csv plan.csv 2>/dev/null); }

# A run, which is made once and copied from then on.
a_run()
{
    if [ -e "$folder/run.$first" ]; then
        cp -a "$folder/run.$first" results
    else
        bench --build "$build/stress"
        demand "there is no run to begin with, bench ended with $status: $(said)" [ $status = 0 ]
        [ -z "$complaint" ] || { tried; return 1; }
        cp -a results/run results/old
        cp -a results "$folder/run.$first"
    fi
}

# ---- One try --------------------------------------------------------------------------------------------------------------

start() { "$reclaim" "${words[@]}" >out 2>err & runner=$!; }
run_it() { "$reclaim" "${words[@]}" >out 2>err; status=$?; }

# One that the command started by itself and that works for it, or one that this one has started.
someone_below() { pgrep -P $runner | shuf -n 1 --random-source=<(yes "$RANDOM"); }

# At that moment, or as soon as it has such a process; $killed says whether it was there to be killed.
kill_command() # the runner, or one of its processes
{
    sleep $chosen
    victim=$runner
    if [ "$1" != "the runner" ]; then
        until victim=$(someone_below) && [ "$victim" ] || ! kill -0 $runner 2>/dev/null; do sleep 0.005; done
    fi
    [ "$victim" ] && kill -KILL $victim 2>/dev/null && killed=yes || killed=
    wait $runner 2>/dev/null
    status=$?
    [ "$victim" != $runner ] || [ $status = 137 ] || killed=
}

# A kill that comes too late is tried again, ever earlier.
kill_at_some_moment() # the runner, or one of its processes
{
    local tries_left
    for ((tries_left = 5; tries_left > 0; tries_left--)); do
        moment $((took >> (5 - tries_left)))
        start
        kill_command "$1"
        [ ! "$killed" ] || return
        demand "it ended with $status by itself: $(said)" [ $status = 0 ]
    done
}

# Where one of its processes was killed the command goes on, or says that it cannot.
says_why() { [ $status -lt 2 ] || [ "$(grep -c '^reclaim: .*signal 9' err)" = 1 ]; }

a_try()
{
    local undisturbed before whom begun
    begun=${EPOCHREALTIME/./}
    run_it
    took=$(((${EPOCHREALTIME/./} - begun) / 1000))
    [ $status = 0 ] || complaint="it ended with $status by itself: $(said)"
    undisturbed=$(made_by_$command) before=$(measured)
    below 2
    whom="the runner"
    [ $command = compare ] || [ $chosen = 0 ] || whom="one of its processes"
    condition="SIGKILL to $whom at a random moment"
    kill_at_some_moment "$whom"
    demand "something was left running after $chosen s: $(still_running)" nothing_runs
    [ ! "$killed" ] || [ "$whom" = "the runner" ] || demand "it ended with $status after $chosen s: $(said)" says_why
    run_it
    demand "after $chosen s, again, it ended with $status: $(said)" [ $status = 0 ]
    demand "killed after $chosen s, what it makes is not the same" [ "$undisturbed" = "$(made_by_$command)" ]
    demand "what was measured has changed" [ "$before" = "$(measured)" ]
    if [ "$killed" ] || [ "$complaint" ]; then
        tried "what it makes then is the same, and nothing is left running"
    else
        untried "it always ended before the kill"
    fi
}

for ((number = first; number <= last; number++)); do
    project refcount never
    commands=(profile count report compare stress)
    choose ${commands[number % 5]}
    condition="SIGKILL to the runner at a random moment"
    if [ $command = count ] && ! command -v valgrind >/dev/null; then
        untried "valgrind is not installed"
    elif [ $command = stress ] && [ ! -e "$build/stress/never/shapes" ]; then
        untried "never is not among the strategies"
    else
        if [ $command = stress ] || a_run; then a_try; fi
    fi
    leave
done
rm -rf "${folder:?}/run.$first"
exit $((failures > 0))

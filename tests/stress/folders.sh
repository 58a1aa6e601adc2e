#!/bin/bash
# What may happen to the folder of a run while it is measured, or before: it is removed, is a link, may not be written, or
# somebody else writes into its files. The runner works where it can; where it cannot, it soon says so in one sentence, and ends
# with 2.
# folders.sh BUILD SEED FIRST LAST FOLDER; the tries are the functions below, in their order.
. tests/stress/project.sh
subject="the folder of a run"
cases=(removed without_trials without_manifest emptied garbled linked linked_nowhere linked_to_itself read_only)

# One sentence, and status 2.
refuses() # words
{
    demand "it ended with $status: $(said)" [ $status = 2 ]
    demand "it said $(grep -c '^reclaim: ' err) sentences" [ "$(grep -c '^reclaim: ' err)" = 1 ]
    demand "it does not say so: $(said)" grep -Eq "^reclaim: .*($1)" err
}

# A run of very many trials, in whose midst something is done; it should not go on for long.
disturb() # what
{
    "$reclaim" bench "${options[@]}" --blocks 2000 --no-census --no-charts >out 2>err & runner=$!
    for _ in $(seq 200); do [ "$(rows results/run/trials.csv)" -gt 20 ] && break; sleep 0.02; done
    "$@"
    timeout 5 tail --pid=$runner -f /dev/null || complaint="it goes on as if nothing had happened"
    kill -KILL $runner 2>/dev/null
    wait $runner 2>/dev/null
    status=$?
}

removed() { condition="it is removed"; disturb rm -rf results/run; refuses "results/run/trials.csv"; }
without_trials() { condition="trials.csv is removed"; disturb rm results/run/trials.csv; refuses "results/run/trials.csv"; }

emptied()
{
    condition="trials.csv is emptied"
    disturb truncate -s 0 results/run/trials.csv
    refuses "results/run/trials.csv"
}

garbled()
{
    condition="somebody else writes into trials.csv"
    disturb eval 'echo garbage >>results/run/trials.csv'
    refuses "results/run/trials.csv"
}

# It is written anew in the end.
without_manifest()
{
    condition="manifest.json is removed"
    bench --no-census --no-charts &
    for _ in $(seq 200); do [ -e results/run/plan.csv ] && break; sleep 0.02; done
    rm results/run/manifest.json
    wait $!
    bench --no-census --no-charts
    demand "it ended with $status: $(said)" [ $status = 0 ]
    demand "trials.csv is not what plan.csv asks for" is_complete
}

linked()
{
    condition="it is a link to a folder"
    mkdir results elsewhere && ln -s ../elsewhere results/run
    bench --no-census
    demand "it ended with $status: $(said)" [ $status = 0 ]
    demand "trials.csv is not what plan.csv asks for" is_complete
}

linked_nowhere()
{
    condition="it is a link that leads nowhere"
    mkdir results && ln -s nowhere results/run
    bench
    refuses "results/run"
    demand "something was made there" [ ! -e results/nowhere ]
}

linked_to_itself() { condition="it is a link to itself"; mkdir results; ln -s run results/run; bench; refuses "results/run"; }

# Who may write anywhere finds only a file system that is read-only closed.
read_only()
{
    condition="it cannot be written"
    bench --no-census --no-charts
    sed -i '$d' results/run/trials.csv
    unshare -m true 2>/dev/null || { untried "this user may mount nothing"; return 1; }
    unshare -m bash -c 'mount --bind results results && mount -o remount,ro,bind results && exec "$@"' bash \
        "$reclaim" bench "${options[@]}" >out 2>err
    status=$?
    refuses "Read-only file system"
}

for ((number = first; number <= last && number <= ${#cases[@]}; number++)); do
    project refcount never
    if ${cases[number - 1]}; then
        demand "something was left running: $(still_running)" nothing_runs
        tried "$([ $status = 2 ] && sed -n 's/^reclaim: //p' err | head -n 1 || echo "it works as any other")"
    fi
    leave
done
exit $((failures > 0))

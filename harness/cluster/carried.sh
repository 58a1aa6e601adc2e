#!/bin/bash
# What runs on a node of a Slurm cluster that does not see the project's folder, in the copy of it that came through srun:
# carried.sh pilot | shard | count RUN TASKS TASK [bench option …]. carry.sh starts it, and reads what it sends.
#
# Standard output takes things home: a line, `NAME BYTES`, and a tar of so many bytes. Nothing is left here.
set -u
step=$1 run=$2 tasks=$3 task=$4
shift 4
. harness/cluster/node_build.sh
build=build folder=results/$run
exec 3>&1 1>&2
mkdir tmp
export TMPDIR=$PWD/tmp

# Where the same would come of building here, the cells that came along are used.
suit_build()
{
    local cc own
    cc=$(compiler_of build)
    own=$(harness/cluster/fingerprint.sh "$cc")
    ! suits build "$own" || return 0
    build=build/nodes/$own
    build_cells "$cc" "$build" "$folder"
}

send() # name folder file …
{
    tar cf tmp/sent -C "$2" "${@:3}" && echo "$1 $(stat -c %s tmp/sent)" >&3 && cat tmp/sent >&3
}

# Each as soon as it is there, for the node may die before the next; not those that came along.
declare -A known
for block in $(ls "$folder/blocks" 2>/dev/null); do known[$block]=1; done
send_new_blocks()
{
    local block
    for block in $(ls "$folder/blocks" 2>/dev/null | grep -x '[0-9][0-9]*'); do
        [ "${known[$block]:-}" ] || send "$block" "$folder/blocks" "$block"
        known[$block]=1
    done
}

sending_blocks() # command …
{
    "$@" &
    local child=$!
    while kill -0 $child 2>/dev/null; do
        send_new_blocks
        sleep 1
    done
    send_new_blocks
    wait $child
}

count()
{
    local status
    touch tmp/begun
    "$build/reclaim" profile --build "$build" "$folder"
    status=$?
    send files "$folder" $(cd "$folder" && find . -maxdepth 1 -name '*.csv' -newer "$TMPDIR/begun")
    return $status
}

run_pilot()
{
    sending_blocks "$build/reclaim" "$@" --build "$build" --results results --pilot --tasks "$tasks" --run "$run" &&
        send files "$folder" plan.csv manifest.json
}

echo "$step $task/$tasks on $SLURMD_NODENAME, $(date -u +%Y-%m-%dT%H:%M:%SZ)"
suit_build || { echo "cells could not be built for this node" >&2; exit 2; }
case $step in
pilot) run_pilot "$@" ;;
shard) sending_blocks "$build/reclaim" bench --build "$build" --run "$run" --shard "$task/$tasks" ;;
count) count ;;
esac

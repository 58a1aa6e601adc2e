#!/bin/bash
# What runs on the nodes of a Slurm cluster, in the project's root: slurm_job.sh pilot | shard | merge BUILD/reclaim RESULTS
# RUN TASKS [bench option …]. slurm.sh submits it: the pilot, which has the options, then an array of shards, then merge.
set -u
step=$1 reclaim=$2 results=$3 run=$4 tasks=$5
build=$(dirname "$reclaim")
shift 5
. harness/cluster/node_build.sh

# ---- Cells that suit this node ------------------------------------------------------------------------------------------
# Those of the machine that submitted, where the same would come of building them here; else cells of its own, which the first node
# of its kind builds for all of them.

# Where Slurm does not answer it may be.
is_living() # job
{
    local said
    if said=$(squeue -h -j "$1" -o %T 2>&1); then
        grep -qE 'RUNNING|COMPLETING|CONFIGURING' <<<"$said"
    else
        ! grep -q 'Invalid job id' <<<"$said"
    fi
}

# Whether this job is now the one that builds. The lock of one that died goes by a rename, of which one only succeeds.
may_build() # folder
{
    local builder
    if mkdir "$1.lock" 2>/dev/null; then
        echo "$SLURM_JOB_ID" >"$1.lock/job"
        return
    fi
    sleep 5
    builder=$(cat "$1.lock/job" 2>/dev/null)
    if [ "$builder" = "$SLURM_JOB_ID" ] || ! is_living "${builder:-0}"; then
        mv "$1.lock" "$1.lock.$SLURM_JOB_ID" 2>/dev/null && rm -r "$1.lock.$SLURM_JOB_ID"
    fi
    return 1
}

suit_build()
{
    local cc own status
    cc=$(compiler_of "$build")
    own=$(harness/cluster/fingerprint.sh "$cc")
    ! suits "$build" "$own" || return 0
    build=$build/nodes/$own
    mkdir -p "$(dirname "$build")"
    until [ -e "$results/$run/cluster/built-$own" ]; do
        may_build "$build" || continue
        build_cells "$cc" "$build" "$results/$run" && touch "$results/$run/cluster/built-$own"
        status=$?
        rm -r "$build.lock"
        [ $status -eq 0 ] || { echo "cells could not be built for this node" >&2; exit 2; }
    done
    reclaim=$build/reclaim
}

# ---- The steps ----------------------------------------------------------------------------------------------------------

# Slurm says USR1 when the time limit is near. reclaim then keeps what it has measured of the block at hand, and ends.
near_limit=
until_the_limit() # command …
{
    "$@" &
    local child=$! status
    trap 'near_limit=1; kill -TERM '$child' 2>/dev/null' USR1
    wait $child
    status=$?
    while kill -0 $child 2>/dev/null; do wait $child; status=$?; done # a trap ends a wait, but not the child
    trap - USR1
    return $status
}

# The blocks of this task that are there.
published()
{
    ls "$results/$run/blocks" 2>/dev/null | awk -v tasks="$tasks" -v task="$SLURM_ARRAY_TASK_ID" '
        /^[0-9]+$/ && ($1 - 1) % tasks == task - 1' | wc -l
}

# One more attempt, with all its time before it, if this one came on; else the next would end as this one did.
again_or_never() # how many blocks were there at the beginning
{
    if [ "$(published)" -gt "$1" ]; then
        exec scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
    fi
    echo "a block takes longer than the time limit of this job;" \
        "give it more: SBATCH_TIMELIMIT=minutes make bench CLUSTER=slurm RUN=$run${RESULTS:+ RESULTS=$RESULTS}" >&2
    exit 2
}

run_shard()
{
    local before status
    before=$(published)
    until_the_limit "$reclaim" bench --build "$build" --results "$results" --run "$run" --shard "$SLURM_ARRAY_TASK_ID/$tasks"
    status=$?
    [ -z "$near_limit" ] || again_or_never "$before"
    return $status
}

# Counting is done once, and only of a whole run, for it takes as long as some blocks. What cannot be counted is told in its own
# rows. `ended` says which job has merged, and how that ended: 1, blocks are missing.
merge_and_report()
{
    local status=0 counted=0
    "$reclaim" merge "$results/$run" || status=$?
    [ "$status" -ne 0 ] || "$reclaim" profile --build "$build" "$results/$run" || counted=$?
    [ "$status" -gt 1 ] || "$reclaim" report "$results/$run" || status=$?
    echo "$SLURM_JOB_ID $status" >"$results/$run/cluster/ended"
    return $((status > counted ? status : counted))
}

echo "$step${SLURM_ARRAY_TASK_ID:+ $SLURM_ARRAY_TASK_ID/$tasks} on $SLURMD_NODENAME, $(date -u +%Y-%m-%dT%H:%M:%SZ)"
suit_build
case $step in
pilot) until_the_limit "$reclaim" "$@" --build "$build" --pilot --tasks "$tasks" --results "$results" --run "$run" ;;
shard) run_shard ;;
merge) merge_and_report ;;
esac

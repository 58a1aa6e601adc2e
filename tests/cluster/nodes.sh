#!/bin/bash
# The cluster that tests start (slurm.sh) is one: it runs an array of tasks on its nodes, sees a node die, runs what was lost there
# once more and then what was to come after all; and nothing of it is left. nodes.sh, from the project's root; half a minute.
#
# What a run of many machines builds on is shown here by itself, with shell scripts in place of blocks.
set -u
. tests/cells.sh
. tests/cluster/slurm.sh

end_without_slurm

check() { local name=$1; shift; if "$@"; then pass "$name"; else miss "$name"; fi; }
is() { [ "$1" = "$2" ] || { echo "    '$1', and not '$2'"; false; }; }

# ---- A node dies in the middle of an array ------------------------------------------------------------------------------

# A shard appears under its name when it is whole. Who wrote it, and at which attempt, is in it.
write_scripts()
{
    cat >"$cluster/task.sh" <<'TASK'
#!/bin/bash
name=shards/$SLURM_ARRAY_TASK_ID
echo "$SLURMD_NODENAME" >>"begun.$SLURM_ARRAY_TASK_ID"
sleep 1
echo "$SLURM_ARRAY_TASK_ID $SLURMD_NODENAME ${SLURM_RESTART_COUNT:-0}" >$name.$SLURM_JOB_ID.$$
mv $name.$SLURM_JOB_ID.$$ $name
TASK
    cat >"$cluster/merge.sh" <<'MERGE'
#!/bin/bash
cat shards/? >merging && mv merging merged
MERGE
}

ended_on() { cut -d' ' -f2 shards/? 2>/dev/null | grep -qx "$1"; }

# A task has begun there, and has no shard yet.
is_at_work() # node
{
    local begun
    for begun in $(grep -lx "$1" begun.?); do [ -e "shards/${begun#begun.}" ] || return 0; done
    return 1
}

both_have_ended_some() { ended_on n1 && ended_on n2 && is_at_work n2; }
nothing_lives() { ! daemon_processes "$1" | grep -q .; }

lose_a_node()
{
    local array
    cd "$cluster" && mkdir shards && write_scripts || return
    array=$(sbatch --parsable --array=1-8 --exclusive --requeue --open-mode=append -o out.%a task.sh)
    sbatch --dependency=afterany:"$array" -o merge.out merge.sh >merge.id
    check "both nodes run tasks of the array" within 20 both_have_ended_some
    node_dies n2
    check "nothing of a node that died lives on" nothing_lives n2
    check "the controller sees that a node is down" cluster_sees down n2
    check "what was to come after all of them waits" test ! -e merged
    node_starts n2
    check "a node that came back is given work" cluster_sees "idle|allocated" n2
    check "then it comes" within 30 test -e merged
    check "every task has its shard, once" is "$(cut -d' ' -f1 merged | xargs)" "1 2 3 4 5 6 7 8"
    check "one was run again, and knows it" is "$(grep -c ' 1$' merged)" 1
    check "no other was" is "$(cat begun.* | wc -l)" 9
    cd - >/dev/null
}

# ---- A node is cut off --------------------------------------------------------------------------------------------------

sleeps_on() { daemon_processes "$1" | xargs -r ps -o args= -p | grep -qx "sleep 600"; } # node

cut_off_a_node()
{
    sbatch -w n2 -o /dev/null --wrap 'sleep 600' >/dev/null
    within 10 sleeps_on n2
    node_is_cut_off n2
    sleep 1
    check "what runs there goes on" sleeps_on n2
}

# ---- Nothing is left ----------------------------------------------------------------------------------------------------

all_is_gone() { [ ! -e "$1" ] && [ -z "$(cluster=$1; for d in munge controller n1; do daemon_processes $d; done)" ]; } # folder

# A script that has no time to clear up, with a task that ran away from its session.
is_killed()
{
    bash -c '. tests/cluster/slurm.sh && cluster_start n1 && echo "$cluster" &&
        sbatch -o /dev/null --wrap "setsid sleep 600 & wait" >/dev/null && within 10 eval "squeue -h -t R | grep -q ." &&
        within 10 eval "ps -eo args | grep -qx \"sleep 600\"" && echo ran; kill -KILL $$' 2>/dev/null
}

# As a user who may nothing; of the script that the shell has open, for it may not enter the project's folder.
by_nobody()
{
    runuser -u nobody -- env -C / TMPDIR=/tmp bash -c '. /dev/stdin <<<"$1"; cluster_code=/dev/null
        trap cluster_end EXIT; cluster_start n1 && srun id -un' by_nobody "$(sed 's/^cluster_code=.*//' "$cluster_code")"
}

trap cluster_end EXIT
if cluster_start n1 n2; then
    lose_a_node
    cut_off_a_node
    ended_cluster=$cluster
    cluster_end
    check "nothing is left of a cluster that was ended" all_is_gone "$ended_cluster"
else
    miss "a cluster of two nodes starts"
fi

said=$(is_killed)
check "a task runs when the script is killed" grep -qx ran <<<"$said"
check "nothing is left of the cluster of a script that was killed" within 10 all_is_gone "$(head -n 1 <<<"$said")"
[ "$(id -u)" != 0 ] || check "a user like any other has one too" is "$(by_nobody)" nobody
ended

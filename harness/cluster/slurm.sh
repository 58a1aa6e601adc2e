#!/bin/bash
# A run on the machines of a Slurm cluster, in the project's root:
#
#   slurm.sh --check                         whether it could be submitted; nothing is
#   slurm.sh BUILD/reclaim bench [option …]  submits that command and follows it, or goes on following it; sweep likewise
#
# From the environment: CLUSTER (slurm), PARTITION, TASKS, CORES, CARRY, RUN, RESULTS. Other options reach sbatch by its own
# variables, SBATCH_ACCOUNT, SBATCH_TIMELIMIT and so on.
#
# Three jobs: the pilot, which measures the first block and plans the others; an array of tasks, each of which measures the blocks
# of its shard; and, when all of these have ended in whatever way, merge. What they leave is in RESULTS/RUN/blocks, a folder for
# each block; RESULTS/RUN/cluster has their logs, and `jobs`, a line for each submission: pilot array merge tasks. Where nodes do
# not see that folder (CARRY=1), carry.sh has another way.
set -u
results=${RESULTS:-results}
partition=${PARTITION:-${SBATCH_PARTITION:-}}
HERE=harness/cluster
LOOK_S=2 ASK_S=10 TELL_S=60 # seconds between looks at the blocks, questions to Slurm, and lines that are no terminal's
WINDOW_S=300                # what the time left is reckoned from
PATIENCE_S=20               # until a controller that does not answer is given up; sbatch alone would try for a minute
TASKS_MOST=1000
LIVING='PENDING|RUNNING|CONFIGURING|COMPLETING|SUSPENDED|REQUEUED|REQUEUE_HOLD|REQUEUE_FED|SIGNALING|STAGE_OUT|STOPPED|RESIZING'

refuse() { echo "make bench: $*" >&2; exit 2; }

# What to type to go on with the run.
again()
{
    local name
    printf 'make bench CLUSTER=slurm RUN=%s' "$run"
    for name in RESULTS PARTITION CORES; do [ -z "${!name:-}" ] || printf ' %s=%q' $name "${!name}"; done
}

# ---- Whether it can be submitted ----------------------------------------------------------------------------------------

# A task has a node to itself, or the cores that were asked for, to which reclaim keeps.
room() { if [ "${CORES:-}" ]; then echo --cpus-per-task="$CORES"; else echo --exclusive; fi; }

is_number() { case $1 in 0* | '' | *[!0-9]* | ??????*) false ;; *) [ "$1" -ge 1 ] && [ "$1" -le "$2" ] ;; esac; } # text most

# Of the partition that is named, or else of the default one.
nodes_up()
{
    sinfo -h -N -o '%N %P %T' ${partition:+-p "$partition"} 2>/dev/null | awk -v named="$partition" '
        $3 ~ /idle|alloc|mix|compl|resv|plan/ && (named != "" || $2 ~ /\*$/) && !seen[$1]++ { n++ }
        END { print n + 0 }'
}

usual_tasks()
{
    local nodes
    nodes=$(nodes_up)
    echo $((nodes < 1 ? 1 : nodes > TASKS_MOST ? TASKS_MOST : nodes))
}

# Slurm's own reason, in a line.
must_be_accepted() # tasks
{
    local said
    said=$(timeout "$PATIENCE_S" \
        sbatch --test-only ${partition:+--partition="$partition"} $(room) --array="1-$1" --wrap true 2>&1) && return
    case $? in
    124) said="it does not answer within $PATIENCE_S s" ;;
    *) said=$(grep -iE 'failure|fatal|error' <<<"$said" | tail -n 1 | sed 's/^[a-z]*: //; s/^\(error\|fatal\): //') ;;
    esac
    refuse "Slurm takes no such job: ${said:-it does not say why}"
}

must_be_possible()
{
    [ "${CLUSTER:-}" = slurm ] || refuse "CLUSTER=${CLUSTER:-}: the only one that is known is slurm"
    [ -z "${TASKS:-}" ] || is_number "$TASKS" $TASKS_MOST || refuse "TASKS=$TASKS: it must be a number from 1 to $TASKS_MOST"
    [ -z "${CORES:-}" ] || is_number "$CORES" 10000 || refuse "CORES=$CORES: it must be a number of cores"
    case ${RUN:-} in
    [.-]* | *[!A-Za-z0-9._-]*) refuse "RUN=$RUN: a name is made of letters, digits, '_', and behind the first '.' and '-'" ;;
    esac
    command -v sbatch >/dev/null || refuse "CLUSTER=slurm: there is no sbatch on this machine"
    must_be_accepted "${TASKS:-1}"
}

# ---- Submitting ---------------------------------------------------------------------------------------------------------

cancel() { [ $# -eq 0 ] || scancel "$@" 2>/dev/null; } # job …

# Submits a step of the run, which is told where to find it: step sbatch-option … -- option of bench …
submit_step()
{
    local step=$1 log options=() status
    shift
    while [ "$1" != -- ]; do options+=("$1"); shift; done
    shift
    log=$step
    [ "$step" != shard ] || log=task-%a
    timeout "$PATIENCE_S" sbatch --parsable ${partition:+--partition="$partition"} $(room) --requeue --open-mode=append \
        --job-name="reclaim-$run-$step" --output="$folder/cluster/$log.log" --signal=B:USR1@30 "${options[@]}" \
        $HERE/slurm_job.sh "$step" "$reclaim" "$results" "$run" "$tasks" "$@" | cut -d';' -f1 | grep -x '[0-9][0-9]*'
    status=("${PIPESTATUS[@]}")
    return $((status[0] ? status[0] : status[2]))
}

# All three, or none.
submit_run() # which tasks, or nothing to begin with the pilot; then options of bench
{
    local which=$1 first=()
    shift
    pilot=-
    if [ -z "$which" ]; then
        pilot=$(submit_step pilot -- "$command" "$@") || refuse "the pilot could not be submitted"
        first=(--dependency=afterok:"$pilot" --kill-on-invalid-dep=yes)
    fi
    array=$(submit_step shard --array="${which:-1-$tasks}" "${first[@]}" --) ||
        { cancel ${pilot#-}; refuse "the tasks could not be submitted; nothing is"; }
    merge=$(submit_step merge --dependency=afterany:"$array" --) ||
        { cancel ${pilot#-} "$array"; refuse "merging could not be submitted; nothing is"; }
    echo "$pilot $array $merge $tasks" >>"$folder/cluster/jobs"
    echo "run $run: jobs ${pilot#-} $array $merge, $(count_of "$tasks" task);" \
        "it can be left and looked at again: $(again)" >&2
}

count_of() { echo "$1 $2$([ "$1" -eq 1 ] || echo s)"; } # number noun

# ---- Where it stands ----------------------------------------------------------------------------------------------------

blocks_there() { ls "$folder/blocks" 2>/dev/null | grep -cx '[0-9][0-9]*'; }
blocks_planned() { tail -n 1 "$folder/plan.csv" 2>/dev/null | cut -d, -f1; }
has_plan() { grep -q '"plan_sha256"' "$folder/manifest.json" 2>/dev/null; }

# What Slurm knows of the jobs, a line each: job task state node reason. An old job is forgotten, which is no failure; words among
# which there is no job are no answer.
jobs_now()
{
    local ids=$array,$merge said
    [ "$pilot" = - ] || ids=$pilot,$ids
    said=$(timeout "$PATIENCE_S" squeue -h -r -t all -j "$ids" -o '%F %K %T %N %r' 2>&1) &&
        grep -q '^[0-9]' <<<"${said:-0}" && { echo "$said"; return; }
    grep -q 'Invalid job id' <<<"$said"
}

# Sets state and node of each task from what Slurm said last, and living, the number of jobs that have not ended.
declare -A state node
take_note() # what squeue printed
{
    local job task how where
    living=0 tasks_living=0
    while read -r job task how where _; do
        [ "$job" ] || continue
        if [ "$job" = "$array" ]; then
            state[$task]=$how
            case $where in '' | '('*) ;; *) node[$task]=$where ;; esac
            [[ ! $how =~ ^($LIVING)$ ]] || tasks_living=$((tasks_living + 1))
        fi
        [[ ! $how =~ ^($LIVING)$ ]] || living=$((living + 1))
    done <<<"$1"
}

# Its exit status, or nothing while it has not come to its end.
merge_status() { awk -v merge="$merge" '$1 == merge { print $2 }' "$folder/cluster/ended" 2>/dev/null; }

in_words() # seconds
{
    if [ "$1" -lt 90 ]; then
        echo "$1 s"
    elif [ "$1" -lt 5400 ]; then
        echo "$((($1 + 30) / 60)) min"
    else
        echo "$((($1 + 1800) / 3600)) h"
    fi
}

# From the blocks of the last minutes. The times and numbers of blocks that were seen are in seen_at and seen.
time_left() # blocks there, planned
{
    while [ ${#seen_at[@]} -gt 1 ] && [ $((SECONDS - seen_at[0])) -gt $WINDOW_S ]; do
        seen_at=("${seen_at[@]:1}") seen=("${seen[@]:1}")
    done
    seen_at+=("$SECONDS") seen+=("$1")
    local gained=$(($1 - seen[0])) took=$((SECONDS - seen_at[0]))
    [ $gained -gt 0 ] && echo ", about $(in_words $((took * ($2 - $1) / gained))) left"
}

progress()
{
    local there planned
    there=$(blocks_there) planned=$(blocks_planned)
    if ! has_plan; then
        echo "the pilot has not ended: ${pilot_state:-waiting}"
    elif [ "$there" -ge "$planned" ]; then
        echo "all $planned blocks done, merging"
    else
        echo "tasks $((array_size - tasks_living)) of $array_size done, blocks $there of $planned$(time_left "$there" "$planned")"
    fi
}

show() # text
{
    if [ -t 2 ]; then
        printf '\r\033[K%s' "$1" >&2
    elif [ $((SECONDS - told_at)) -ge $TELL_S ]; then
        echo "$1" >&2
        told_at=$SECONDS
    fi
}
end_line() { [ ! -t 2 ] || echo >&2; }

# ---- Following ----------------------------------------------------------------------------------------------------------

leave()
{
    end_line
    echo "run $run goes on in the cluster; look again with: $(again);" \
        "end it with: scancel ${pilot#-} $array $merge" >&2
    exit 130
}

# Until no job of it lives. Where Slurm does not answer, until merge has left its mark.
follow()
{
    local said asked_at=-$ASK_S is_deaf=
    seen_at=() seen=() told_at=-$TELL_S living=1 tasks_living=$array_size pilot_state=
    trap leave INT TERM
    while [ $living -gt 0 ] && [ -z "$(merge_status)" ]; do
        if [ $((SECONDS - asked_at)) -ge $ASK_S ]; then
            asked_at=$SECONDS
            if said=$(jobs_now); then
                is_deaf=
                take_note "$said"
                pilot_state=$(awk -v pilot="$pilot" '$1 == pilot { print tolower($3) }' <<<"$said")
            elif [ -z "$is_deaf" ]; then
                is_deaf=1
                end_line
                echo "Slurm does not answer; looking at the blocks alone" >&2
            fi
        fi
        show "$(progress)"
        sleep $LOOK_S
    done
    end_line
    trap - INT TERM
}

# ---- What came of it ----------------------------------------------------------------------------------------------------

# What became of a task: from Slurm where that remembers, and the last line of its log.
fate_of() # task
{
    local how=${state[$1]:-} where=${node[$1]:-} log=$folder/cluster/task-$1.log said
    [ "$how" ] || how=$(sacct -n -X -P -j "${array}_$1" -o State 2>/dev/null | tail -n 1)
    said=$(tail -n 1 "$log" 2>/dev/null | grep . || echo "it never began")
    echo "task $1${where:+ on $where} (${how:+$how; }$said; its log: $log)"
}

task_of() { echo $((($1 - 1) % tasks + 1)); } # block

# A line for each task that lacks blocks.
tell_missing() # missing blocks …
{
    local block task
    declare -A lacking
    for block; do
        task=$(task_of "$block")
        lacking[$task]="${lacking[$task]:+${lacking[$task]}, }$block"
    done
    for task in $(printf '%s\n' "${!lacking[@]}" | sort -n); do
        echo "missing: block ${lacking[$task]}: $(fate_of "$task")" >&2
    done
}

tell_unended() # what, log
{
    local log=$folder/cluster/$2.log
    echo "$1 has not come to its end: $(tail -n 1 "$log" 2>/dev/null | grep . || echo "it never began"); its log: $log" >&2
}

# 0 complete, 1 blocks are missing, 2 there is nothing to merge.
conclude()
{
    local missing
    has_plan || { tell_unended "the pilot" pilot; return 2; }
    missing=$("$reclaim" merge --missing "$folder" | xargs)
    if [ "$missing" ]; then
        take_note "$(jobs_now)"
        tell_missing $missing
        echo "fill them with: $(again)" >&2
        return 1
    fi
    [ "$(merge_status)" = 0 ] || { tell_unended merging merge; return 2; }
    "$reclaim" table "$folder"
    printf '\nThe page to read all of it by is %s/index.html\n' "$folder"
}

# ---- A new run, and one that is there -----------------------------------------------------------------------------------

# The options but for those that tell where things are.
asked_for() # option of bench …
{
    local asked=()
    while [ $# -gt 0 ]; do
        case $1 in
        --run | --results | --build) shift 2 ;;
        *) asked+=("$1"); shift ;;
        esac
    done
    [ ${#asked[@]} -eq 0 ] || printf '%q ' "${asked[@]}"
}

begin_run() # option of bench …
{
    tasks=${TASKS:-$(usual_tasks)}
    mkdir -p -- "$results" || exit 2
    mkdir -- "$folder" 2>/dev/null || refuse "$folder is there already, and was not begun on a cluster; name another run"
    mkdir "$folder/cluster" || exit 2
    asked_for "$@" >"$folder/cluster/asked"
    pilot=- array=-
    trap '[ -s "$folder/cluster/jobs" ] || { cancel ${pilot#-} ${array#-}; rm -rf "$folder"; }' EXIT
    if [ "${CARRY:-0}" != 0 ]; then echo "carried - - $tasks" >>"$folder/cluster/jobs"; else submit_run "" "$@"; fi
    trap - EXIT
}

# What an option asked for was settled when the run was begun.
must_ask_for_nothing_else() # option of bench …
{
    local asked
    asked=$(asked_for "$@")
    [ -z "$asked" ] || [ "$asked" = "$(cat "$folder/cluster/asked" 2>/dev/null)" ] ||
        refuse "run $run is there already, and what it measures is settled; to go on with it, say: $(again)"
}

tasks_of() { for block; do task_of "$block"; done | sort -nu | paste -sd,; } # block …

must_have_plan()
{
    has_plan ||
        refuse "the pilot of run $run did not come to its end ($folder/cluster/pilot.log), and no job of it is left; name another run"
}

go_on() # option of bench …
{
    local missing said
    must_ask_for_nothing_else "$@"
    read -r pilot array merge tasks <<<"$(tail -n 1 "$folder/cluster/jobs")"
    array_size=$tasks
    if [ "$pilot" = carried ]; then must_have_plan; return 0; fi
    said=$(jobs_now) || refuse "Slurm does not say whether jobs of run $run are left"
    take_note "$said"
    [ $living -eq 0 ] || return 0
    must_have_plan
    missing=$("$reclaim" merge --missing "$folder" | xargs)
    # Where nothing but merging is left to do, it waits for a task that has nothing to do.
    [ -z "$missing" ] && [ "$(merge_status)" = 0 ] || submit_run "$(tasks_of ${missing:-1})"
}

if [ "${1:-}" = --check ]; then
    must_be_possible
    exit 0
fi
reclaim=$1 command=$2 build=$(dirname "$1")
shift 2
run=${RUN:-$(date -u +%Y-%m-%dT%H%M%S)}
folder=$results/$run
if [ -s "$folder/cluster/jobs" ]; then go_on "$@"; else begin_run "$@"; fi
if [ "$(head -n 1 "$folder/cluster/jobs" | cut -d' ' -f1)" = carried ]; then
    pilot=- array=- merge=-
    . $HERE/carry.sh
    carry_run "$@"
else
    array_size=${array_size:-$tasks}
    follow
fi
conclude

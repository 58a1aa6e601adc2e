# The way of slurm.sh, which sources it, where the nodes do not see the project's folder (CARRY=1). Each step is one srun: a copy
# of the project is its input, and what it measures comes home through its output, block by block. So the command must stay until
# the run has ended; if it does not, what has come home stays, and the same command goes on.

# On a node: a folder of its own for what comes, which goes at the end. The TMPDIR is of the machine that submitted, and need not be
# there.
UNPACK='[ -d "${TMPDIR:-}" ] || TMPDIR=/tmp
    folder=$(mktemp -d "$TMPDIR/reclaim.XXXXXX") && trap "rm -rf $folder" EXIT && cd "$folder" && tar xif - &&
    bash harness/cluster/carried.sh "$@"'

is_clean()
{
    git rev-parse -q --verify HEAD >/dev/null 2>&1 && [ -z "$(git status --porcelain -- Makefile harness strategies workloads)" ]
}

cell_folders()
{
    local strategy
    for strategy in strategies/*.h; do
        strategy=$(basename "$strategy" .h)
        ls -d "$build/$strategy" "$build/counted/$strategy" 2>/dev/null
    done
}

# With its commit where files are those of a commit; else without any, and then no node can build cells of its own.
pack_project()
{
    local copy=$folder/cluster/project
    rm -rf "$copy"
    mkdir "$copy" || return
    if is_clean; then
        git clone -q --depth 1 "file://$PWD" "$copy/all" && rm -rf "$copy/all/results" &&
            tar cf "$copy/tar" -C "$copy/all" . || return
    else
        tar cf "$copy/tar" --exclude="./$build" --exclude=./results --exclude="./$(realpath --relative-to=. "$results")" \
            --exclude=./.git . || return
    fi
    tar rf "$copy/tar" --transform "s|^$build/|build/|" "$build"/{reclaim,flags,fingerprint} $(cell_folders)
}

# What a step wants to know of the run: the plan, and the blocks of its shard that are there.
run_files() # step, task
{
    local block name
    case $1 in
    pilot) return ;;
    count) (cd "$folder" && ls ./*.csv manifest.json) ;;
    shard)
        printf '%s\n' plan.csv manifest.json
        for block in $(ls "$folder/blocks" | grep -x '[0-9][0-9]*'); do
            [ "$block" = 0001 ] || [ "$(task_of "$((10#$block))")" = "$2" ] || continue
            echo "blocks/$block"
        done ;;
    esac
}

input_of() # step, task
{
    cat "$folder/cluster/project/tar"
    run_files "$1" "$2" | tar cf - -C "$folder" --transform "s|^\(\./\)\?|results/$run/|" -T - 2>/dev/null
}

# What carried.sh sends. A tar that is cut short is of a node that died.
receive() # task
{
    local name bytes draft=$folder/cluster/coming-$1
    while read -r name bytes; do
        rm -rf "$draft"
        mkdir "$draft"
        head -c "$bytes" | tar xf - -C "$draft" 2>/dev/null || break
        if [ "$name" = files ]; then
            [ ! -e "$draft/plan.csv" ] || mv "$draft/plan.csv" "$folder" # before the manifest, which says that it is there
            mv "$draft"/* "$folder"
        else
            mkdir -p "$folder/blocks"
            mv -T "$draft/$name" "$folder/blocks/$name" 2>/dev/null ||
                echo "block $name was there already; this one is left out" >&2
        fi
    done
    rm -rf "$draft"
}

carry_step() # step, task, log; option of bench …
{
    local step=$1 task=$2 log=$folder/cluster/$3.log
    shift 3
    input_of "$step" "$task" |
        srun -Q -N1 -n1 ${partition:+--partition="$partition"} $(room) --job-name="reclaim-$run-$step" --chdir=/tmp \
            bash -c "$UNPACK" carried "$step" "$run" "$tasks" "$task" "$@" 2>>"$log" | receive "$task" 2>>"$log"
    return "${PIPESTATUS[1]}"
}

# Each step is a process group of its own (set -m): srun ends what it has begun on its node.
stop_carrying()
{
    local group
    end_line
    for group in $(jobs -p); do kill -TERM -- "-$group" 2>/dev/null; done
    wait
    rm -rf "$folder/cluster/project"
    echo "run $run has stopped; what has come home is kept; go on with: $(again)" >&2
    exit 130
}

# Until the steps that were begun have ended.
watch_steps()
{
    seen_at=() seen=() told_at=-$TELL_S
    while tasks_living=$(jobs -rp | wc -l) && [ "$tasks_living" -gt 0 ]; do
        show "$(progress)"
        sleep $LOOK_S
    done
    end_line
}

carry_shards() # missing blocks …
{
    local task
    array_size=0
    for task in $(tasks_of "$@" | tr , ' '); do
        carry_step shard "$task" "task-$task" &
        array_size=$((array_size + 1))
    done
    watch_steps
}

missing_blocks() { "$reclaim" merge --missing "$folder" 2>/dev/null | xargs; }

# As slurm_job.sh does it, but that counting is done on a node.
merge_and_report()
{
    local status=0 log=$folder/cluster/merge.log
    "$reclaim" merge "$folder" >"$log" 2>&1 || status=$?
    if [ $status -eq 0 ]; then
        carry_step count 0 merge &
        wait $! || tell_unended counting merge
    fi
    [ $status -gt 1 ] || "$reclaim" report "$folder" >>"$log" 2>&1 || status=$?
    merge=carried
    echo "$merge $status" >"$folder/cluster/ended"
}

carry_run() # option of bench …
{
    local missing
    array_size=1
    set -m
    trap stop_carrying INT TERM
    pack_project || refuse "the project could not be packed into $folder/cluster"
    if ! has_plan; then
        pilot_state=
        carry_step pilot 0 pilot "$command" "$@" &
        watch_steps
    fi
    if has_plan; then
        missing=$(missing_blocks)
        [ -z "$missing" ] || carry_shards $missing
        merge_and_report
    fi
    rm -rf "$folder/cluster/project"
    trap - INT TERM
    set +m
}

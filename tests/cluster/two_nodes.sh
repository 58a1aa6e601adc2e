#!/bin/bash
# `make bench CLUSTER=slurm` on a real Slurm of two nodes, both on this machine, of which one dies halfway: the run comes to its
# end, has every trial once, and comes to the table of the same run on one machine. two_nodes.sh BUILD [quick], from the project's
# root; four minutes, or with `quick`, which ends there, one.
set -u
build=$1
. tests/cells.sh
. tests/cluster/slurm.sh

end_without_slurm
unset MAKEFLAGS MFLAGS MAKELEVEL # of `make test-cluster`: a make of its own is asked here
scratch=$(mktemp -d)
trap 'cluster_end; rm -rf "$scratch"' EXIT
export RECLAIM_LOCK=$scratch/lock RESULTS=$scratch/results
: >"$RECLAIM_LOCK"

check() { local name=$1; shift; if "$@"; then pass "$name"; else miss "$name"; fi; }
bench()
{
    make --no-print-directory -s bench BUILD="$build" QUICK=1 SEED=7 BLOCKS=8 STRATEGIES="refcount arena" WORKLOADS="graph sequence" "$@"
}
again() { make --no-print-directory -s bench BUILD="$build" CLUSTER=slurm "$@"; }
submitted() { bench CLUSTER=slurm TASKS=2 "$@"; }
blocks_of() { grep -l "\"host\": \"$2\"" "$RESULTS/$1"/blocks/[0-9]*/host.json 2>/dev/null | wc -l; } # run host

# ---- What is refused: in a sentence, and nothing is submitted -------------------------------------------------------------

is_refused() # what is wrong, words wanted, variables of make …
{
    local name=$1 words=$2 said status
    shift 2
    said=$(timeout 60 make --no-print-directory -s bench BUILD="$build" RUN=refused "$@" 2>&1 >/dev/null)
    status=$?
    if [ $status -eq 2 ] && [ "$(grep -vc '^make: \*\*\*' <<<"$said")" -eq 1 ] && grep -qF -- "$words" <<<"$said" &&
        [ ! -e "$RESULTS/refused" ]; then
        pass "$name: one sentence, exit 2, nothing is left"
    else
        miss "$name: '$words' wanted; exit status $status, $said"
    fi
}

refused_without_a_cluster()
{
    is_refused "another engine" "CLUSTER=pbs: the only one that is known is slurm" CLUSTER=pbs
    PATH=$scratch/no-slurm is_refused "no sbatch" "there is no sbatch on this machine" CLUSTER=slurm
}

refused_by_slurm()
{
    is_refused "a partition that there is not" "Invalid partition name specified" CLUSTER=slurm PARTITION=nosuch
    is_refused "no tasks" "TASKS=0: it must be a number from 1 to 1000" CLUSTER=slurm TASKS=0
    is_refused "a number that the shell takes for another" "TASKS=010: it must be a number from 1 to 1000" CLUSTER=slurm TASKS=010
    is_refused "more tasks than Slurm takes" "TASKS=1001: it must be a number from 1 to 1000" CLUSTER=slurm TASKS=1001
    is_refused "a run that leads elsewhere" "a name is made of" CLUSTER=slurm RUN=../x
    check "nothing was submitted" [ -z "$(squeue -h -t all)" ]
}

# All commands of this machine but those of Slurm.
hide_slurm()
{
    mkdir "$scratch/no-slurm"
    local program
    for program in /usr/bin/* /bin/*; do
        [[ ${program##*/} = s@(batch|run|queue|cancel|control|info|acct) ]] || ln -sf "$program" "$scratch/no-slurm/"
    done
}

# ---- A run over two nodes, of which one dies ------------------------------------------------------------------------------

is_at_work_halfway() { [ "$(blocks_of two n2)" -ge 1 ] && [ "$(blocks_of two n1)" -ge 1 ] && [ -n "$(squeue -h -t running -w n2)" ]; }

lose_a_node()
{
    submitted RUN=two >"$scratch/two.out" 2>&1 &
    local submitter=$! status
    check "both nodes measure blocks" within 60 is_at_work_halfway
    node_dies n2
    cluster_sees down n2 || miss "Slurm does not see that n2 died"
    node_starts n2
    wait $submitter
    status=$?
    check "the run ends as one machine's does" [ $status -eq 0 ]
    [ $status -eq 0 ] || sed 's/^/    /' "$scratch/two.out"
}

each_trial_once() # run
{
    cut -d, -f1,2 "$RESULTS/$1/plan.csv" >"$scratch/planned" && cut -d, -f1,2 "$RESULTS/$1/trials.csv" | cmp - "$scratch/planned"
}

hosts_of() { python3 -c "import json, sys; print(*json.load(open(sys.argv[1]))['hosts'])" "$RESULTS/$1/manifest.json"; } # run

compare_with_one_machine()
{
    check "each trial of the plan is there once" each_trial_once two
    check "the manifest has a section of each host" [ "$(hosts_of two)" = "n1 n2" ]
    check "no draft is left" [ -z "$(find "$RESULTS/two/blocks" -name '.*' -mindepth 1)" ]
    bench RUN=one >"$scratch/one.out" 2>&1 || miss "the run on one machine: $(tail -n 2 "$scratch/one.out")"
    check "it has the plan of the run on one machine" cmp "$RESULTS/one/plan.csv" "$RESULTS/two/plan.csv"
    check "and its table, but for noise that both declare" tests/cluster/same_table.py "$RESULTS/one" "$RESULTS/two"
    make_slower arena 10 # in one of six runs the noise that two nodes on two cores declare was too much to tell 3
    check "of which a strategy that is ten times as slow is none" \
        eval 'tests/cluster/same_table.py "$RESULTS/one" "$RESULTS/slower" | grep -c "^work_cpu_s: .* lie apart" >/dev/null'
}

# The run of two nodes, as if the strategy took so many times as long.
make_slower() # strategy times
{
    cp -r "$RESULTS/two" "$RESULTS/slower"
    awk -F, -v OFS=, -v strategy="$1" -v times="$2" '
        NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i }
        NR > 1 && $column["strategy"] == strategy && $column["work_cpu_s"] != "NA" { $column["work_cpu_s"] *= times }
        { print }' "$RESULTS/two/trials.csv" >"$RESULTS/slower/trials.csv"
    "$build/reclaim" summarise "$RESULTS/slower"
}

# ---- One that is left and rejoined, and one that lacks blocks ---------------------------------------------------------------

leave_and_rejoin()
{
    submitted RUN=left BLOCKS=4 >"$scratch/left.out" 2>&1 &
    local submitter=$!
    within 60 test -s "$RESULTS/left/cluster/jobs" || miss "nothing was submitted"
    within 30 grep -q 'pilot' "$scratch/left.out"
    pkill -TERM -f "slurm.sh .*--results $RESULTS" # a shell's background has no Ctrl-C
    wait $submitter
    check "a run that is left says how to look at it again" \
        grep -q 'look again with: make bench CLUSTER=slurm RUN=left' "$scratch/left.out"
    again RUN=left >"$scratch/left.out" 2>&1
    check "and is rejoined" [ $? -eq 0 ] && check "and comes to its end" each_trial_once left
    is_settled=$(again RUN=left SEED=8 2>&1)
    check "what it measures is settled" grep -q 'is settled' <<<"$is_settled"
    submitted RUN=left BLOCKS=4 >"$scratch/left.out" 2>&1
    check "the same command again is no other" [ $? -eq 0 ]
}

fill_what_is_missing()
{
    rm -r "$RESULTS/left/blocks/0002"
    local others
    others=$(cat "$RESULTS"/left/blocks/*/host.json | md5sum)
    again RUN=left >"$scratch/filled.out" 2>&1
    check "a block that is missing is measured again" [ $? -eq 0 ]
    check "and the run is whole" each_trial_once left
    rm -r "$RESULTS/left/blocks/0002"
    check "and no other is" [ "$others" = "$(cat "$RESULTS"/left/blocks/*/host.json | md5sum)" ]
}

# ---- Nodes that are not alike -----------------------------------------------------------------------------------------------

# n2 has a compiler of another name from now on: what its tasks run finds that first.
change_compiler_of_n2()
{
    mkdir "$scratch/compiler"
    cat >"$scratch/compiler/cc" <<'CC'
#!/bin/sh
[ "$1" != --version ] || { echo "cc (another) 99.1"; exit; }
exec /usr/bin/cc "$@"
CC
    cat >"$scratch/prolog" <<PROLOG
#!/bin/sh
[ "\$SLURMD_NODENAME" != n2 ] || echo "export PATH=$scratch/compiler:\$PATH"
PROLOG
    chmod +x "$scratch/compiler/cc" "$scratch/prolog"
    echo "TaskProlog=$scratch/prolog" >>"$SLURM_CONF"
    scontrol reconfigure
}

compilers_of() # run
{
    python3 -c "import json, sys; print(*(h['compiler'] for h in json.load(open(sys.argv[1]))['hosts'].values()), sep='; ')" \
        "$RESULTS/$1/manifest.json"
}

# Only a commit tells that cells of two compilers are of the same files.
build_for_another_node()
{
    if [ "$(git status --porcelain -- Makefile harness strategies workloads 2>&1)" ]; then
        pass "untried: nodes that are not alike, for files differ from the commit"
        return
    fi
    change_compiler_of_n2
    submitted RUN=unlike BLOCKS=4 >"$scratch/unlike.out" 2>&1
    check "nodes that are not alike share a run" [ $? -eq 0 ]
    check "each with cells of its own" [ "$(compilers_of unlike | tr ';' '\n' | grep -c 'another) 99.1')" = 1 ]
    check "which were built once" [ "$(ls "$RESULTS/unlike/cluster" | grep -c '^built-')" = 1 ]
    check "and it has each trial once" each_trial_once unlike
}

# ---- Nodes that do not see the project's folder ----------------------------------------------------------------------------

# As root a node can be given another view of the files: of the project, and of the results, there is nothing.
is_blind() # node
{
    local pid
    pid=$(pgrep -f "slurmd -D -N $1") && [ -z "$(nsenter -t "$pid" -m ls "$PWD" "$RESULTS" | grep -v ':$')" ]
}
blind_node() # node
{
    node_dies "$1"
    daemon "$1" unshare -m sh -c 'mount -t tmpfs none "$1" && mount -t tmpfs none "$2" && exec slurmd -D -N "$3"' \
        blind "$PWD" "$RESULTS" "$1"
}

carry_to_blind_nodes()
{
    if [ "$(id -u)" -ne 0 ] || ! unshare -m true 2>/dev/null; then
        pass "untried: nodes that do not see the project, for that takes root"
        return
    fi
    blind_node n1
    blind_node n2
    cluster_sees idle n1 n2 && is_blind n1 && is_blind n2 || miss "nodes see what they should not"
    submitted RUN=carried CARRY=1 BLOCKS=4 >"$scratch/carried.out" 2>&1
    local status=$?
    check "blocks come home from nodes that see no folder" [ $status -eq 0 ]
    [ $status -eq 0 ] || sed 's/^/    /' "$scratch/carried.out"
    check "each trial once" each_trial_once carried
    check "of both" [ "$(hosts_of carried)" = "n1 n2" ]
    check "and with what was counted" [ -s "$RESULTS/carried/census.csv" ]
    check "nothing is left on the nodes" is_nothing_left
    stop_carrying_halfway
}

is_nothing_left() { [ -z "$(ls -d "$TMPDIR"/reclaim.?????? 2>/dev/null)" ]; }
is_nothing_running() { ! pgrep -f "bench --build build[a-z0-9/]* --run cut " >/dev/null; }
blocks_in() { ls "$RESULTS/$1/blocks" 2>/dev/null | wc -l; } # run
have_come_home() { [ "$(blocks_in cut)" -ge 3 ]; }

# The submitting command is all that holds such a run together: where it is ended, the nodes stop, and it can go on.
stop_carrying_halfway()
{
    submitted RUN=cut CARRY=1 BLOCKS=12 >"$scratch/cut.out" 2>&1 &
    local submitter=$! home
    within 120 have_come_home || miss "no block comes home: $(tail -n 1 "$scratch/cut.out")"
    pkill -TERM -f "slurm.sh .*--results $RESULTS"
    wait $submitter
    home=$(blocks_in cut)
    check "a carried run that is stopped says how it goes on" \
        grep -q 'what has come home is kept; go on with: make bench CLUSTER=slurm RUN=cut' "$scratch/cut.out"
    check "the nodes stop" within 30 is_nothing_running
    check "and leave nothing" within 30 is_nothing_left
    check "no block comes after that" [ "$(blocks_in cut)" = "$home" ]
    again RUN=cut CARRY=1 >"$scratch/cut.out" 2>&1
    check "it goes on to its end" [ $? -eq 0 ] && check "with each trial once" each_trial_once cut
}

# ---- Slurm fails ----------------------------------------------------------------------------------------------------------

refused_by_a_broken_slurm()
{
    controller_dies
    is_refused "a controller that is not there" "Unable to contact slurm controller" CLUSTER=slurm
    controller_starts
    cluster_sees idle n1 n2
    daemon_dies munge
    is_refused "no munge" "Slurm takes no such job" CLUSTER=slurm
}

hide_slurm
refused_without_a_cluster
cluster_start n1 n2 || { miss "no cluster"; ended; exit; }
mkdir "$scratch/nodes" && export TMPDIR=$scratch/nodes
refused_by_slurm
lose_a_node
compare_with_one_machine
[ "${2:-}" != quick ] || { ended; exit; }
leave_and_rejoin
fill_what_is_missing
build_for_another_node
carry_to_blind_nodes
refused_by_a_broken_slurm
ended

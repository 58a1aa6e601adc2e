#!/bin/bash
# A run that several machines share: its pilot, its shards, and what may happen to them: tests/shards.sh BUILD_DIR
#
# The machines are processes on this one, with names, places for their ledgers and locks of their own. The cells are those of
# tests/runner.sh. Prints a line per case; exits 1 when one of them is not ok.
set -u

reclaim=$(cd "${1:?usage: tests/shards.sh BUILD_DIR}" && pwd)/reclaim
shim=$(dirname "$reclaim")/stress/shim.so
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d) && cd "$scratch" || exit 2
trap 'cd /; umount "$scratch/small" 2>/dev/null; rm -rf "$scratch"' EXIT
. "$here/fake_cells.sh"

# start HOST WORDS…: reclaim on a machine of that name, as the job $job; what it says is in out.HOST and err.HOST.
start() {
    local host=$1; shift
    mkdir -p "tmp.$host"
    TMPDIR=$PWD/tmp.$host RECLAIM_LOCK=$PWD/${lock-lock.$host} SLURMD_NODENAME=$host "$reclaim" "$@" >"out.$host" 2>"err.$host" &
    job=$!
}

# Likewise to its end: what it says is in out and err, its exit status in $status.
on_host() { start "$@"; wait $job 2>/dev/null; status=$?; cp "out.$1" out; cp "err.$1" err; }
pilot() { local host=$1; shift; on_host "$host" bench --pilot --run R "$@"; }
shard() { local host=$1 which=$2; shift 2; on_host "$host" bench --run R --shard "$which" "$@"; }

blocks() { ls results/R/blocks 2>/dev/null | xargs; }
drafts() { ls -A results/R/blocks | grep '^\.' | xargs; }
ledgers() { ls -d tmp.*/reclaim-*/* 2>/dev/null | xargs; }

# What does not depend on the time, of the blocks that are there and of a run on one machine.
rows_of_blocks() { for b in results/R/blocks/*/; do tail -n +2 "$b/trials.csv"; done | cut -d, -f1-15; }
rows_of_single() { tail -n +2 results/single/trials.csv | cut -d, -f1-15; }
same_rows() { cmp -s <(rows_of_blocks) <(rows_of_single) && cmp -s results/R/plan.csv results/single/plan.csv; }
hosts_of() { tail -qn +2 "results/R/blocks/$1/"{trials,hiccups}.csv | sed 's/.*,//' | sort -u | xargs; }

# single BLOCKS STRATEGIES WORKLOADS: what a run on one machine makes of them, which is made once.
single() {
    local kept="kept/$*"
    rm -rf tmp.*
    project "$2" "$3"
    if [ ! -d "$kept" ]; then
        on_host single bench --no-charts --no-census --run single --seed 7 --blocks "$1"
        mkdir -p kept && cp -r results/single "$kept" && rm ran
    else
        mkdir results && cp -r "$kept" results/single
    fi
}

# ---- Undisturbed ------------------------------------------------------------------------------------------------------------

undisturbed() {
    single 6 "refcount other wrong cannot" "work unknown"
    pilot n1 --seed 7 --blocks 6
    check "a pilot ends well, whatever became of its trials" [ "$status" = 0 ]
    check "it leaves the plan, the manifest and its block" \
        [ "$(ls -A results/R | xargs) $(blocks) $(ls results/R/blocks/0001 | xargs)" = \
            "blocks manifest.json plan.csv 0001 hiccups.csv host.json trials.csv" ]
    check "the plan is that of a run on one machine" cmp -s results/R/plan.csv results/single/plan.csv
    pilot n2
    check "a second pilot has nothing left to do" said 0 'run R has its plan, of 6 blocks'
    start n2 bench --run R --shard 1/3; start n3 bench --run R --shard 2/3; wait
    check "shards measure their blocks" [ "$(blocks)" = "0001 0002 0004 0005" ]
    shard n3 3/3
    check "to the last" eval '[ "$status" = 0 ] && [ "$(blocks)" = "0001 0002 0003 0004 0005 0006" ]'
    check "their rows are those of a run on one machine, but for times" same_rows
    check "each tells its host" [ "$(for b in 1 2 3 4; do hosts_of 000$b; done | xargs)" = "n1 n3 n3 n2" ]
    check "and what that is" eval 'grep -q "\"host\": \"n2\"" results/R/blocks/0004/host.json &&
        grep -Eq "\"attempt\": \"[0-9a-f]{16}\"" results/R/blocks/0004/host.json &&
        grep -q "\"plan_sha256\": \"$(sha256sum <results/R/plan.csv | cut -c1-64)\"" results/R/blocks/0001/host.json'
    check "nothing is left where they were measured" [ -z "$(ledgers)$(drafts)" ]
    rm ran; shard n1 1/1
    check "what is there is not measured again" eval '[ "$status" = 0 ] && [ ! -e ran ]'
    shard n1 9/12
    check "a shard beyond the blocks has nothing to do" said 0 'shard 9/12 of run R has nothing to do: there are 6 blocks'
    rm -r results/R/blocks/0003
    on_host n1 bench --no-charts --no-census --run R
    check "it is no run on one machine" refused 'one that several machines share: go on with build/reclaim bench --run R --shard'
    "$reclaim" merge --help >/dev/null 2>&1 && merged
}

# What `reclaim merge` makes of it.
merged() {
    shard n1 3/3
    reclaim merge results/R
    check "merged, it is that of one machine, but for times and hosts" eval '[ "$status" = 0 ] &&
        cmp -s <(cut -d, -f1-15 results/R/trials.csv) <(cut -d, -f1-15 results/single/trials.csv)'
}

budgets() {
    project refcount "work unknown"
    pilot n1 --quick --tasks 4
    check "each of the tasks has the blocks that fit the time" eval '[ "$status" = 0 ] &&
        grep -q "\"blocks\": 20,$" results/R/manifest.json && grep -q "\"tasks\": 4" results/R/manifest.json'
    rm -r results
    pilot n1 --full --tasks 11
    check "and three at least" eval 'grep -q "block 1 of 33: .* the others take 11 machines about .* each" err'
    rm -r results
    pilot n1 --full --tasks 4
    check "a full run is shared" grep -q 'block 1 of 30:' err
    touch needs_input && project picky work && echo text >input
    pilot n1 --input work=input
    check "an input that no cell can use is refused, and nothing is left" \
        eval 'said 2 "--input work=input: input:1:3: is not text" && [ ! -e results/R ] && [ -z "$(ledgers)" ]'
    rm needs_input input
}

# The folder is dated by this machine's clock, which the preloaded library hides from the shard.
clocks() {
    project refcount work
    pilot n1 --seed 7 --blocks 3
    echo $((10 * 365 * 86400)) >ahead
    LD_PRELOAD=$shim RECLAIM_WALL=$PWD/ahead shard n2 1/1
    check "a clock that is ten years ahead says so" grep -q '"clock_offset_s": 3153[56][0-9]*' results/R/blocks/0002/host.json
    check "but its trials begin as late as others" eval '
        awk -F, "NR == 1 { for (i = 1; i <= NF; i++) if (\$i == \"started_s\") c = i; next } \$c > 999 { exit 1 } END { exit !c }" \
            results/R/blocks/0002/trials.csv'
    reclaim merge results/R
    check "and the run ends today" eval '[ "$status" = 0 ] && grep -q "^  \"ended\": \"$(date -u +%Y-%m)" results/R/manifest.json'
}

# ---- Kills ------------------------------------------------------------------------------------------------------------------

# killed HOST WORDS…: reclaim there, killed at a moment that a seed chooses.
killed() {
    start "$@"
    sleep "0.$((RANDOM % 6))$((RANDOM % 10))"
    kill -KILL $job 2>/dev/null && kills=$((kills + 1))
    wait $job 2>/dev/null
}

kills() {
    local kills=0
    single 4 "refcount slow" "a b"
    RANDOM=5
    for _ in 1 2; do killed n1 bench --pilot --run R --seed 7 --blocks 4; done
    pilot n1 --seed 7 --blocks 4
    check "a pilot goes on after kill -9 ($kills came in time)" eval '[ "$status" = 0 ] && [ "$(blocks)" = 0001 ]'
    for host in n1 n2 n1 n2 n1; do killed $host bench --run R --shard 1/1; done
    shard n2 1/2; shard n1 2/2; shard n1 1/1
    check "shards go on after $kills kills, with no row lost and none twice" eval '[ "$status" = 0 ] && same_rows'
    check "what was under way ran again, and what a machine had begun of a block that another then measured" \
        [ "$(wc -l <ran)" -le $((24 + kills * 6)) ]
    check "and nothing is left where they were measured" eval 'shard n2 1/1 && [ -z "$(drafts)$(ledgers)" ]'
}

# A kill between the block and the plan that is made of it.
pilot_between_files() {
    single 3 "refcount other" unknown
    pilot n1 --seed 7 --blocks 3
    sed -i 's/"plan_sha256"/"taken_away"/; s/"blocks": 3/"blocks": null/' results/R/manifest.json
    cp results/R/plan.csv plan && rm results/R/plan.csv ran
    shard n2 1/1
    check "while the first block is measured there is no plan for others" refused 'results/R has no plan yet'
    pilot n2 --seed 7
    check "a pilot that was killed when its block was there: another makes the same plan" \
        eval '[ "$status" = 0 ] && cmp -s plan results/R/plan.csv && grep -q "\"plan_sha256\"" results/R/manifest.json'
    check "of the same trials" [ ! -e ran ]
    shard n2 1/1
    check "and others go on" eval '[ "$status" = 0 ] && same_rows'
}

# stopped SIGNAL HOST WORDS…: reclaim there, told to stop as soon as some trials are recorded; its exit status is in $status.
stopped() {
    local signal=$1 host=$2; shift
    set -m; start "$@"; set +m
    for _ in $(seq 300); do [ "$(cat tmp."$host"/reclaim-*/*/trials.csv 2>/dev/null | wc -l)" -gt 3 ] && break; sleep 0.02; done
    kill -"$signal" $job
    wait $job; status=$?
    cp "err.$host" err
}

stops() {
    single 3 "refcount slow" "a b c"
    stopped TERM n1 bench --pilot --run R --seed 7 --blocks 3
    check "a pilot that is stopped says how to go on" said 143 'go on with: build/reclaim bench --pilot --run R'
    rm ran; pilot n1
    check "and goes on where it was" eval 'said 0 "block 1 goes on: [1-6] of 9 trials are left" && [ "$(wc -l <ran)" -le 6 ]'
    stopped INT n1 bench --run R --shard 1/1
    check "so does a shard" said 130 'go on with: build/reclaim bench --shard 1/1 --run R'
    check "and keeps what it has" [ -n "$(ledgers)" ]
    shard n2 2/2
    rm ran; shard n1 1/1
    check "until the block is there, from whichever machine" eval 'same_rows && [ -z "$(ledgers)" ]'
    stopped TERM n1 bench --pilot --run other --seed 7 --blocks 3
    on_host n2 bench --pilot --run other
    check "a pilot that another machine began is begun anew" eval '[ "$status" = 0 ] && ! grep -q "goes on" err &&
        cmp -s results/other/plan.csv results/single/plan.csv &&
        [ "$(tail -qn +2 results/other/blocks/0001/trials.csv | sed "s/.*,//" | sort -u)" = n2 ]'
}

# ---- Two at once ------------------------------------------------------------------------------------------------------------

together() {
    local holder
    single 4 "refcount slow" "a b"
    pilot n1 --seed 7 --blocks 4
    start n1 bench --run R --shard 1/1; start n2 bench --run R --shard 1/1; wait
    check "two attempts of one shard: each block is there once" eval 'same_rows && [ -z "$(ledgers)$(drafts)" ]'
    check "and who came second says so" grep -q 'is there already, from n[12]: what was measured of it here is dropped' err.n1 err.n2
    rm -r results/R/blocks/000[34]; rm ran
    start n1 bench --run R --shard 1/1; sleep 0.2; lock=another start n1 bench --run R --shard 1/1; wait
    check "on one machine the second waits for the first, whatever locks the machine" eval 'same_rows && [ "$(wc -l <ran)" = 12 ]'
    rm -r results/R/blocks/0004
    flock -o lock.n1 sleep 30 & holder=$!
    for _ in $(seq 100); do ! flock -n lock.n1 true && break; sleep 0.02; done
    start n1 bench --run R --shard 4/4
    for _ in $(seq 200); do grep -q . err.n1 && break; sleep 0.05; done
    check "a machine that is measured is waited for" grep -q 'another run is being measured on this machine.*; this one waits' err.n1
    pkill -P $holder; wait $holder 2>/dev/null; wait $job
    check "until it is free" same_rows
    rm -r results/R; project "refcount slow" "a b"
    start n1 bench --pilot --run R --seed 7 --blocks 2; sleep 0.3; start n2 bench --pilot --run R --seed 7 --blocks 2; wait
    check "two pilots agree on the plan of the first" eval '[ "$(blocks)" = 0001 ] && [ -z "$(drafts)" ] &&
        grep -q "$(sha256sum <results/R/plan.csv | cut -c1-64)" results/R/manifest.json'
}

# ---- What is in the way -----------------------------------------------------------------------------------------------------

leftovers() {
    local uid; uid=$(id -u)
    single 3 "refcount other" unknown
    pilot n1 --seed 7 --blocks 3
    mkdir results/R/blocks/.0002.n{1.99999999,9.4} results/R/blocks/0003
    head -n 2 results/R/blocks/0001/trials.csv | tee results/R/blocks/.0002.n{1.99999999,9.4}/trials.csv >/dev/null
    shard n1 1/1
    check "a draft that was left behind is none, nor is an empty folder" eval '[ "$status" = 0 ] && same_rows'
    check "of its own dead attempts the machine removes them" [ "$(drafts)" = .0002.n9.4 ]
    rm results/R/blocks/0003/host.json
    shard n1 1/1
    check "a block without its host.json is in the way" said 2 'cannot make results/R/blocks/0003 of .*Directory not empty'
    check "and what was measured of it is kept, without a draft" eval '[ -n "$(ledgers)" ] && [ "$(drafts)" = .0002.n9.4 ]'
    rm -r results/R/blocks/0003 ran; shard n1 1/1
    check "until it is not" eval '[ "$status" = 0 ] && same_rows && [ ! -e ran ]'
    rm -r results/R/blocks/0003 tmp.n1 && mkdir -p tmp.n1 trap && ln -s ../trap "tmp.n1/reclaim-$uid"
    shard n1 1/1
    check "a link in the place of ledgers is not followed" eval 'refused "reclaim-$uid is in the way" && [ -z "$(ls trap)" ]'
}

disks() {
    single 3 "refcount other" unknown
    mkdir -p small
    mount -t tmpfs -o size=64k tmpfs small 2>/dev/null || return 0
    pilot n1 --seed 7 --blocks 3 --results small
    head -c 200000 /dev/zero >small/filler 2>/dev/null
    rm ran; shard n1 1/1 --results small
    check "a full disk where blocks are to be: one sentence, no draft" \
        eval 'said 2 "cannot .*: No space left on device" && [ "$(ls -A small/R/blocks)" = 0001 ]'
    rm small/filler; shard n1 1/1 --results small
    check "with room again no trial of it runs again" \
        eval '[ "$status" = 0 ] && [ "$(ls small/R/blocks | xargs)" = "0001 0002 0003" ] && [ "$(wc -l <ran)" = 6 ]'
    cp -r small/R results/R
    check "and the rows are those of one machine" same_rows
    umount small
}

refusals() {
    local s
    single 3 "refcount other" unknown
    shard n1 1/1;                          check "a shard of nothing"           refused 'results/R has no plan: begin with: .*--pilot --run R'
    on_host n1 bench --run single --shard 1/1
    check "a shard of a run on one machine"                                     refused 'run single was begun on one machine'
    pilot n1 --run single;                 check "a pilot of it"                refused 'run single was begun on one machine'
    on_host n1 bench --shard 1/1;          check "a shard of no run"            refused '--shard is of a run'
    pilot n1 --shard 1/1;                  check "a pilot that is a shard"      refused '--pilot and --shard exclude each other'
    on_host n1 bench --tasks 2;            check "tasks of a run on one machine" refused '--tasks is for --pilot'
    on_host n1 bench --host n1;            check "a host of it"                 refused '--host is for --pilot and --shard'
    pilot n1 --tasks 1001;                 check "too many tasks"               refused '--tasks 1001: .* from 1 to 1000'
    pilot n1 --host a/b;                   check "a host that is no name"       refused '--host a/b: a name is made of'
    pilot 'n 1';                           check "nor one that Slurm gave"      refused 'called `n 1`, .* --host NAME'
    pilot n1 --seed 7 --blocks 3
    for s in 0/3 4/3 x/3 1/x 1/0 1 /3 1/ -1/3 1/1001 1/2/3 ''; do
        shard n1 "$s";                     check "shard $s"                     refused "--shard $s: it must be I/N"
    done
    shard n1 1/1 --seed 8;                 check "another seed"                 refused 'begun with seed 7, not 8'
    shard n1 1/1 --blocks 4;               check "another number of blocks"     refused 'begun with blocks 3, not 4'
    shard n1 1/1 --strategies refcount;    check "other strategies"             refused 'begun with strategies'
    pilot n1 --tasks 2;                    check "another number of tasks"      refused 'begun with tasks 1, not 2'
    echo "# changed" >>build/other/unknown
    shard n1 1/1;                          check "other cells"                  refused 'the cells are others .* run R was begun with, and no commit'
    cp cell.sh build/other/unknown; sed -i '3s/,50,/,51,/' results/R/plan.csv
    shard n1 1/1;                          check "another plan"                 refused 'results/R/plan.csv changed since run R was begun'
    check "none of them measures or leaves anything" \
        eval '[ "$(blocks)" = 0001 ] && [ -z "$(ledgers)$(drafts)" ] && [ "$(wc -l <ran)" = 3 ]'
    command -v git >/dev/null || return 0
    mv results/R/manifest.json manifest
    pilot n1;                              check "a run without its manifest"   refused 'results/R has rows but no manifest.json'
    rm -r results; git init -q . && git add strategies workloads && git -c user.name=a -c user.email=a@b commit -qm one
    pilot n1 --blocks 3; git -c user.name=a -c user.email=a@b commit -qm two --allow-empty
    shard n1 1/1;                          check "another commit"               refused 'the commit changed since run R was begun'
    git reset -q --hard HEAD~ && echo "# compiled by another compiler" >>build/other/unknown
    shard n1 1/1;                          check "other cells of the same commit" refused 'the cells changed since this machine measured'
    shard n2 1/1;                          check "which another machine may have"  \
        eval '[ "$status" = 0 ] && [ "$(grep -h cells_sha256 results/R/blocks/*/host.json | sort -u | wc -l)" = 4 ]'
    rm -r results/R/blocks/000[23]; mkdir -p results/R/blocks/0002/in_the_way; shard n3 2/3
    check "a block that cannot be published is kept"  eval 'said 2 "cannot make .*/0002" && [ -n "$(ledgers)" ]'
    rm -r results/R/blocks/0002; cp cell.sh build/other/unknown; shard n3 2/3
    check "but not gone on with by other cells"       said 0 'what was begun of block 2 here is of other cells, .*: it is begun anew'
    rm -r results/R/blocks/0002
    mv .git gone; shard n1 1/1
    check "a machine without git has the same cells" eval '[ "$status" = 0 ] &&
        grep -h "\"commit\"" results/R/manifest.json results/R/blocks/*/host.json | sort -u | wc -l | grep -qx 1'
    rm -rf gone
}

undisturbed; budgets; clocks
kills; pilot_between_files; stops; together
leftovers; disks; refusals
exit $((failures > 0))

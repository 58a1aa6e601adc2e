#!/bin/bash
# The runner among cells that misbehave, machines that fail and people who mistype: tests/runner.sh BUILD_DIR
#
# Makes a project of its own in a scratch folder, whose cells are one shell script that does what its strategy is called.
# Prints a line per case; exits 1 when one of them is not ok.
set -u

reclaim=$(cd "${1:?usage: tests/runner.sh BUILD_DIR}" && pwd)/reclaim
here=$(cd "$(dirname "$0")" && pwd) alone=$here/alone.sh
scratch=$(mktemp -d) && cd "$scratch" || exit 2
trap 'cd /; umount "$scratch/small" 2>/dev/null; rm -rf "$scratch"' EXIT
export RECLAIM_LOCK=$scratch/lock  # on the machine: these runs disturb nobody's figures

. "$here/fake_cells.sh"

complete() { [ "$(places "$1/trials.csv")" = "$(places "$1/plan.csv")" ]; }
left_behind() { grep -alz 'sleep' /proc/[0-9]*/cmdline 2>/dev/null | xargs -r grep -al '1000\.125' 2>/dev/null | grep -q .; }

# ---- Cells that misbehave ---------------------------------------------------------------------------------------------------

became() {  # STRATEGY STATUS REASON: every trial of the strategy has this status, a reason like this, and no time
    awk -F, -v s="$1" -v want="$2" -v like="$3" '
        $3 == s { n++; if ($12 != want || $13 !~ like || (want != "ok" && $16 != "NA")) bad++ }
        END { exit !(n > 0 && !bad) }' results/faults/trials.csv
}

statuses() {
    project "refcount crash damaged shouts exits hang forks oom wrong silent torn garbage twice flood liar deaf loose modest \
unsteady cannot" work
    bench --run faults --blocks 2 --time-limit 1
    check "the run goes on after failures and exits 1" [ "$status" = 1 ]
    check "a signal is a crash"                        became crash crash 'killed by signal 11'
    check "a damaged heap says what and where" \
        grep -q 'damaged/work main, n = 50: crash: damaged heap: freed twice at 0x7f, Node (2 of' out
    check "a flood of errors is a crash"               became shouts crash 'said 64 KiB or more on standard error'
    check "an odd exit status is a crash"              became exits crash 'exit status 3'
    check "what ignores SIGTERM is a timeout"          became hang timeout 'within 1 s'
    check "a cell that forks is ok itself"             became forks ok ''
    check "nothing that cells started is left"         eval '! left_behind'
    check "out of memory is oom"                       became oom oom 'the system refused 64 more bytes'
    check "another checksum is wrong"                  became wrong wrong 'checksum 41 instead of 42'
    check "no row is a crash"                          became silent crash 'no row'
    check "a torn row is a crash"                      became torn crash 'torn row'
    check "garbage is a crash"                         became garbage crash 'something else'
    check "two rows are a crash"                       became twice crash 'more than one row'
    check "a flood is a crash"                         became flood crash 'printed 64 KiB or more'
    check "another cell's row is a crash"              became liar crash 'row of another cell'
    check "another allocator is a crash"               became deaf crash 'under the allocator rival instead of libc'
    check "other settings are a crash"                 became loose crash 'the settings .heap=4. instead of ..$'
    check "a cell does not judge itself"               became modest crash 'a row that says wrong'
    check "but it knows when it is not of one mind"    became unsteady wrong 'repetition 2 did not'
    check "unsupported is a row with its reason"       became cannot unsupported 'holds its whole input'
    check "unsupported starts no process"              eval '! grep -q cannot ran'
    check "every cell is in the summary" \
        [ "$(tail -n +2 results/faults/summary.csv | cut -d, -f1 | sort -u | wc -l)" = 20 ]
    check "the failures are listed"                    grep -q 'crash/work main, n = 50: crash: killed by signal 11' out
    check "the table shows what failed"                grep -Eq '^ +hang +timeout: did not end within 1 s' out
    reclaim table results/faults
    check "the table has at most 100 columns"          [ "$(wc -L <out)" -le 100 ]
}

agreement() {
    project "refcount wrong lazy odd other crash" unknown
    failed() { tail -n +2 "results/$1/trials.csv" | awk -F, '$12 != "ok" { print $3 }' | sort -u | xargs; }
    bench --run tie --blocks 3 --strategies "refcount wrong"
    check "without a reference the baseline is right when as many disagree" \
        eval '[ "$status" = 1 ] && [ "$(failed tie)" = wrong ]'
    bench --run majority --blocks 3 --strategies "refcount wrong other" --baseline wrong
    check "but not when most do" [ "$(failed majority)" = wrong ]
    bench --run disagree --blocks 3 --strategies "odd refcount wrong"
    check "and when all do" [ "$(failed disagree)" = "odd wrong" ]
    bench --run lazy --blocks 3 --strategies "refcount lazy"
    check "different work is wrong" grep -q 'wrong,operations 9 instead of 10' results/lazy/trials.csv
    bench --run crash --blocks 3 --strategies "crash refcount wrong other" --baseline crash
    check "a baseline that crashes has no say" [ "$(failed crash)" = "crash wrong" ]
    bench --run mute --blocks 1 --strategies crash
    check "that nothing can be judged is said" said 1 'no trial of unknown, n = 50 came to an answer'
}

widths() {
    local long; long=$(printf 'long%.0s' $(seq 15))
    project "refcount crash $long" "$long"
    bench --run wide --blocks 2 --baseline "$long"
    awk -F, -v OFS=, '
        NR > 1 && $3 != "crash" && $10 != "wrong" { n = 2; $9 = "timeout"; for (i = 13; i <= 18; i++) $i = 98765.4321 } 1' \
        results/wide/summary.csv >wide.csv && mv wide.csv results/wide/summary.csv
    reclaim table results/wide
    check "nothing makes the table wider than 100 columns" eval '[ "$status" = 0 ] && [ "$(wc -L <out)" -le 100 ]'
}

sizes() {
    project refcount swept
    bench --run swept --blocks 1
    check "a swept variant is measured at four sizes, none below 1 or twice" \
        [ "$(tail -n +2 results/swept/plan.csv | cut -d, -f6 | sort -n | uniq -c | tr -s ' \n' ' ')" = " 2 5 2 50 " ]
    check "all is well: exit 0" [ "$status" = 0 ]
    touch results/swept/hiccups.csv.draft
    bench --run swept
    check "what a killed session had half written goes" \
        eval '[ "$status" = 0 ] && said 0 "goes on: 0 of" && [ ! -e results/swept/hiccups.csv.draft ]'
}

# A strategy that names values for a setting is swept, one that names none is not, but for the baseline.
sweeps() {
    project "refcount roams tuned" "work other"
    sed -i 's/,micro,/,classic,/' build/*/other
    reclaim sweep --no-charts --no-census --run swept --blocks 2
    check "a sweep has every value beside the usual one" \
        eval '[ "$status" = 0 ] &&
            [ "$(series swept)" = " 2 refcount:libc: 1 tuned:libc: 1 tuned:libc:heap=1 1 tuned:libc:heap=8 " ]'
    check "of the workloads with something to manage" eval '! grep -q ",work," results/swept/plan.csv'
    check "sweep.csv has the points of a line in their order, the usual value among them, and the class's" \
        [ "$(tail -n +2 results/swept/sweep.csv | cut -d, -f1,2,4,8-10 | xargs)" = "tuned,heap=1,other,heap,1,ok \
tuned,,other,heap,3,ok tuned,heap=8,other,heap,8,ok tuned,heap=1,classic,heap,1,ok tuned,,classic,heap,3,ok \
tuned,heap=8,classic,heap,8,ok" ]
    sed -i '$d' results/swept/trials.csv
    reclaim sweep --no-charts --no-census --run swept
    check "a sweep goes on"             said 0 "goes on: 1 of 10 trials"
    reclaim sweep --no-charts --no-census --run named --blocks 1 --workloads work --strategies "tuned roams" --set tuned.pace=2
    check "what is named is taken"      [ "$(series named)" = " 1 roams:libc: 1 roams:missing: 1 roams:rival: 2 tuned:libc: \
1 tuned:libc:heap=1 1 tuned:libc:heap=8 1 tuned:libc:pace=2 " ]
    reclaim sweep --strategies roams
    check "a sweep of what names none"  refused 'no setting of roams has values to be swept'
    sed -i 's/,1 8/,1 99/' build/tuned/*
    reclaim sweep
    check "a value to be swept that cannot be"  refused 'heap must be a whole number from 1 to 16'
    rm build/*/other workloads/other.c
    reclaim sweep
    check "a sweep of workloads that tell nothing" refused 'no workload here has garbage'
}

# The series of a run's first block, as strategy:allocator:settings and how many cells each has.
series() { awk -F, '$1 == 1 { print $3 ":" $10 ":" $9 }' "results/$1/plan.csv" | sort | uniq -c | tr -s ' \n' ' '; }

settings() {
    project "refcount roams tuned" "work swept"
    bench --run usual --blocks 1
    check "a strategy runs under each of its allocators" \
        eval '[ "$status" = 0 ] &&
            [ "$(series usual)" = " 6 refcount:libc: 3 roams:libc: 3 roams:missing: 3 roams:rival: 3 tuned:libc: " ]'
    check "one that is not installed is unsupported, and says so" \
        grep -q 'missing,0,unsupported,libmissing is not installed,NA' results/usual/trials.csv
    check "the table names allocators where there are several" \
        eval 'grep -q "^  roams rival  *10.0 ms" out && grep -q "^  roams missing  *unsupported: libmissing" out &&
            ! grep -q "refcount libc" out'
    reclaim list
    check "list shows allocators"       grep -qx "  roams, under libc, rival, missing" out
    check "and settings, with their usual value, what they are and their range" \
        eval 'grep -q "^      heap  *3  how much, at most (1 to 16)$" out && grep -q "^  refcount$" out'
    check "and once what is missing" \
        eval '[ "$(grep -A9 ^Unsupported out | xargs)" = "Unsupported: roams under missing: libmissing is not installed" ]'
    check "and each variant once"       [ "$(grep -c '^  main ' out)" = 2 ]
    bench --run sweep --blocks 2 --set "tuned.heap=1 tuned.pace=0,heap=2" --set "tuned.heap=3 tuned.heap=1"
    check "settings are configurations beside the usual one" \
        eval '[ "$status" = 0 ] &&
            [ "$(series sweep | grep -o "[0-9]* tuned.*")" = "3 tuned:libc: 3 tuned:libc:heap=1 3 tuned:libc:heap=2;pace=0 " ]'
    check "that one is usual is said" said 0 '^reclaim: --set tuned.heap=3: that is usual'
    check "configurations are counted"  grep -q '^3 strategies in 7 configurations x 2 workloads, 21 cells' err
    check "the table names them" \
        eval 'grep -q "^  tuned heap=2 pace=0  *10.0 ms" out && grep -q "^  tuned  *10.0 ms" out'
    check "and the manifest"            grep -q '"settings": "heap=2;pace=0"' results/sweep/manifest.json
    bench --run sweep --set tuned.heap=2
    check "a run does not go on with other settings" \
        refused 'begun with settings tuned.heap=1 tuned.heap=2,pace=0, not tuned.heap=2;'
    bench --run usual --set tuned.heap=2
    check "nor with any if it had none" refused 'begun with settings as usual, not tuned.heap=2;'
    sed -i 3,5d results/sweep/trials.csv
    bench --run sweep --set "tuned.heap=2,pace=0 tuned.heap=1"
    check "but with the same"              eval 'said 0 "goes on: [123] of 42 trials" && complete results/sweep'
    sed -i 's/,heap=1,/,heap=5,/' results/sweep/trials.csv
    bench --run sweep
    check "a row of other settings is refused" refused 'this is not the cell that plan.csv has'
    bench --set tuned.nosuch=1
    check "an unknown setting" refused 'tuned has no setting `nosuch`; there are: heap \(1 to 16\), pace \(0 to'
    bench --set refcount.heap=1
    check "a strategy without settings" refused 'refcount has no setting `heap`; it has none'
    bench --set tuned.heap=17
    check "a value that is too large" refused 'heap must be a whole number from 1 to 16; usually it is 3'
    bench --set tuned.heap=0;              check "a value that is too small" refused 'heap must be a whole number from 1 to 16'
    bench --set tuned.pace=18446744073709551616
    check "a value beyond all numbers" refused 'pace must be .* to 18446744073709551615'
    for value in =red = '' =-1 =1.5 =0x2; do
        bench --set "tuned.heap$value"
        check "a value that is none: $value" refused 'heap must be a whole number from 1 to 16'
    done
    bench --set tuned.heap=1,heap=2;       check "a setting that is set twice" refused 'heap is set twice'
    bench --set tuned.heap=1,;             check "a comma and nothing behind it" refused 'no setting ``'
    bench --set heap=1;                    check "settings of no strategy" refused 'it must be STRATEGY.SETTING=VALUE'
    bench --set tuned.;                    check "a strategy and no setting" refused 'no setting ``'
    bench --set nosuch.heap=1
    check "settings of an unknown strategy" refused 'no strategy `nosuch`; there are: refcount roams tuned'
    bench --strategies refcount --set tuned.heap=1
    check "settings of a strategy that is not run" refused '`tuned` is not among the strategies of this run: refcount$'
    bench --run many --blocks 10001;       check "more blocks than there may be" refused '--blocks 10001: .* from 1 to 10000'
    bench --run none --blocks 0;           check "no blocks" refused '--blocks 0: .* from 1 to 10000'
    check "none of them leaves a folder"   [ "$(ls results | xargs)" = "sweep usual" ]
    bench --run blank --blocks 1 --set " "
    check "no settings are none" eval '[ "$status" = 0 ] && [ "$(series blank)" = "$(series usual)" ]'
    bench --run roams --blocks 3 --baseline roams --strategies "roams tuned"
    check "the baseline has the C library's allocator" \
        eval '[ "$(awk -F, "\$11 == 1 { print \$10 }" results/roams/plan.csv | sort -u)" = libc ] &&
            grep -q "^vs roams libc:" out && grep -q "^  roams libc .* = 1 " out &&
            grep -q "^  roams rival .*~ 1.00" out'
}

inputs() {
    project refcount work
    touch needs_input
    bench --run missing --blocks 1
    check "a cell without its input is unsupported" grep -q 'unsupported,cannot read .*input' results/missing/trials.csv
    check "and is not a failure" [ "$status" = 0 ]
    bench --run named --blocks 1 --input work=nowhere
    check "a named input that cannot be read is refused" refused 'work=nowhere'
    mkfifo pipe
    local what
    for what in build pipe /dev/zero; do
        timeout 10 "$reclaim" bench --run named --input work=$what >out 2>err; status=$?
        check "and $what, which is no regular file" said 2 "--input work=$what: is not a regular file"
    done
    rm pipe
    bench --run named --blocks 1 --input work=/proc/cpuinfo
    check "and what has no size" said 2 'work=/proc/cpuinfo: is empty, or no plain file: its size is 0'
    : >input
    bench --run named --blocks 1 --input work=input
    check "and an empty file" refused 'work=input: is empty'
    echo text >input && cp input "$scratch/elsewhere"
    bench --run "outside" --blocks 1 --input=work="$scratch/elsewhere" --results="$PWD/results" --build ./build
    check "no path outside the project gets into the manifest" \
        eval '[ "$status" = 0 ] && grep -q "input=(outside the project)" results/outside/manifest.json &&
            ! grep -q "[^a-z.]/[a-z]\|$(basename "$scratch")" results/outside/manifest.json'
    bench --run outside
    check "which is asked for when the run goes on" refused 'name it again with --input work=FILE'
    local id; id=$(sha256sum <input)
    check "the manifest has the input's SHA-256 and size" \
        eval 'grep -q "\"sha256\": \"${id%% *}\"" results/outside/manifest.json &&
            grep -q "\"bytes\": 5$" results/outside/manifest.json'
    check "and rows the first letters of it" \
        eval '[ "$(cut -d, -f8 results/outside/trials.csv | sort -u | xargs)" = "$(echo $id | cut -c1-12) input" ] &&
            [ "$(cut -d, -f5 results/outside/summary.csv | sort -u | xargs)" = "$(echo $id | cut -c1-12) input" ]'
    project "edits refcount" "idle work"
    bench --run whole --blocks 3
    check "a workload that reads nothing has no input" \
        eval '[ "$status" = 0 ] && grep -q ",idle,main,50,1,,,libc" results/whole/trials.csv &&
            ! grep -q ",work,main,50,1,,,libc" results/whole/trials.csv'
    sed -i 3,5d results/whole/trials.csv && sleep 0.01 && touch input
    bench --run whole
    check "an input that was only touched is the same" eval '[ "$status" = 0 ] && complete results/whole'
    sed -i 3,5d results/whole/trials.csv && echo more >>input
    bench --run whole
    check "a run does not go on with another input" refused 'the file that work reads changed since run whole was begun'
    mv input gone
    bench --run whole
    check "nor with none" refused 'the file that work read when run whole was begun is no longer there'
    mv gone input && touch unleashed && rm -f ran
    bench --run edited --blocks 4
    lost() { grep -c ",$1,main,.*,unsupported,its input changed since the run began," results/edited/trials.csv; }
    check "trials whose input changes under them are not judged, which is a failure" \
        eval '[ "$status" = 1 ] && [ "$(lost work)" -ge 3 ] &&
            grep -q "refcount/work main, n = 50: unsupported: its input changed" out'
    check "but those of other workloads are" \
        [ "$(lost idle) $(grep -c ,idle,main,50,1,.*,ok, results/edited/trials.csv)" = "0 12" ]
    rm unleashed
    project picky "idle work"
    bench --run picky --blocks 1
    check "an input that no cell can use is a row that says so, and a failure" \
        eval '[ "$status" = 1 ] && grep -q ",work,main,.*,unsupported,input:1:3: is not text,NA" results/picky/trials.csv'
    check "a cell that refuses its work without an input has crashed" \
        grep -q ",idle,main,.*,crash,exit status 2: input:1:3: is not text,NA" results/picky/trials.csv
    bench --run named --blocks 1 --input work=input
    check "one that was named is refused" said 2 '--input work=input: input:1:3: is not text'
    check "and leaves no folder" [ ! -e results/named ]
    rm needs_input input
    bench --run none --blocks 1 --input work=cell.sh
    check "a workload that reads no file is not given one" refused 'reads no file'
}

# ---- Interruptions ----------------------------------------------------------------------------------------------------------

kills() {
    project "refcount slow" "a b"
    bench --run killed --blocks 1 --seed 7
    check "a seed plans the same run again" \
        eval 'cp results/killed/plan.csv first; rm -r results; bench --run killed --blocks 1 --seed 7
            cmp -s first results/killed/plan.csv'
    rm -r results
    for pause in 0.9 0.5 0.33; do
        "$reclaim" bench --no-charts --no-census --run killed --blocks 8 >out 2>err &
        runner=$!
        for _ in $(seq 100); do [ -e results/killed/manifest.json ] && break; sleep 0.1; done
        sleep $pause
        kill -KILL $runner
        wait $runner 2>/dev/null
    done
    local before; before=$(rows results/killed/trials.csv)
    bench --run killed
    check "after kill -9 it goes on where it was ($before of 48 trials were done)" \
        eval '[ "$before" -gt 0 ] && [ "$before" -lt 48 ] && [ "$status" = 0 ]'
    check "nothing is missing and nothing there twice" complete results/killed
    bench --run killed
    check "a finished run has nothing left to do" eval '[ "$status" = 0 ] && grep -q "0 of 48 trials are left" err'
}

# Kills in the first block, at moments that a seed chose: what was recorded stays as it is, and only the trial that was under
# way is run again.
kills_early() {
    project "refcount slow" "a b c d e f g h"
    local kills=6 kept=0 early=0 lost= wanted runner
    RANDOM=4
    for _ in $(seq $kills); do
        wanted=$((kept + RANDOM % 4))
        "$reclaim" bench --no-charts --no-census --run early --quick --seed 7 >out 2>err &
        runner=$!
        for _ in $(seq 100); do
            [ -e results/early/trials.csv ] && [ "$(rows results/early/trials.csv)" -ge $wanted ] && break
            sleep 0.05
        done
        sleep "0.0$((RANDOM % 10))"
        kill -KILL $runner
        wait $runner 2>/dev/null
        [ -e results/early/plan.csv ] || early=$((early + 1))
        [ ! -e recorded ] || cmp -s -n "$(stat -c %s recorded)" recorded results/early/trials.csv || lost=yes
        cp results/early/trials.csv recorded
        kept=$(rows recorded)
    done
    check "$early of $kills kills came in the first block, and all the trials before them are there ($kept of 24)" \
        eval '[ "$early" = $kills ] && [ "$kept" -ge 6 ]'
    check "no row of them is lost" [ -z "$lost" ]
    reclaim table results/early
    check "there is a table of them" eval '[ "$status" = 0 ] && grep -q "^This run is not finished: $kept trials so far" out'
    bench --run early
    check "and the run goes on in the middle of the first block" \
        eval 'said 0 "$((24 - kept)) of 24 trials are left in its first block" && complete results/early'
    check "but for those that were under way no trial ran twice" \
        [ "$(wc -l <ran)" -le $(($(rows results/early/trials.csv) + kills)) ]
    rm -f recorded
}

# Killed between two of the files that the end of the first block writes: as before the last of them, the manifest.
kill_between_files() {
    project "refcount other wrong" "unknown work"
    bench --run whole --quick
    cp -r results/whole results/between
    sed -i 's/"plan_sha256"/"taken_away"/; s/"blocks": [0-9]*/"blocks": null/' results/between/manifest.json
    sed -i '10,$d' results/between/trials.csv && rm ran
    bench --run between
    check "a run that was killed while its plan was written makes the same again" \
        eval 'cmp -s results/whole/plan.csv results/between/plan.csv && complete results/between'
    check "of the same verdicts, and no trial of its first block runs again" \
        eval '[ "$status" = 1 ] && [ "$(wc -l <ran)" = 32 ] &&
            [ "$(cut -d, -f1-15 results/whole/trials.csv)" = "$(cut -d, -f1-15 results/between/trials.csv)" ]'
    cp -r results/whole results/half
    sed -i 's/"plan_sha256"/"taken_away"/; s/"blocks": [0-9]*/"blocks": null/' results/half/manifest.json
    sed -i '5,$d' results/half/trials.csv && rm results/half/plan.csv ran
    bench --run half --blocks 2
    check "how many blocks there are can be said while nobody knows it" \
        eval 'said 1 "block 1 of 2" && complete results/half && [ "$(wc -l <ran)" = 13 ]'
}

interrupt() {
    project "refcount slow" work
    set -m
    "$reclaim" bench --no-charts --no-census --run stopped --blocks 30 >out 2>err &
    runner=$!
    for _ in $(seq 500); do [ "$(wc -l <results/stopped/trials.csv)" -gt 9 ] && break; sleep 0.02; done 2>/dev/null
    kill -INT $runner
    wait $runner
    status=$?
    set +m
    check "Ctrl-C says how to go on and exits 130" said 130 'make bench RUN=stopped'
    check "Ctrl-C leaves whole rows" [ -z "$(tail -c 1 results/stopped/trials.csv)" ]
    reclaim table results/stopped
    check "of which there is a table" \
        eval '[ "$status" = 0 ] && grep -Eq "^This run is not finished: [0-9]+ trials so far" out &&
            grep -q "^  slow .*10.0 ms" out'
    check "and no summary" [ ! -e results/stopped/summary.csv ]
    bench --run stopped
    check "and the run can be finished" eval '[ "$status" = 0 ] && complete results/stopped'
}

# A cell that asks to die with its parent, as real cells do, outlives neither hyperfine nor the runner.
orphans() {
    setpriv --help 2>/dev/null | grep -q pdeathsig || return 0
    project mortal work
    touch unleashed
    "$reclaim" bench --no-charts --no-census --run orphans --blocks 3 >out 2>err &
    runner=$!
    for _ in $(seq 50); do left_behind && break; sleep 0.1; done
    check "a cell sleeps while the runner is killed" left_behind
    kill -KILL $runner
    wait $runner 2>/dev/null
    sleep 0.5
    check "and dies with it" eval '! left_behind'
    rm unleashed
}

two_runners() {
    local lock=$RECLAIM_LOCK
    project "refcount slow" work
    "$reclaim" bench --no-charts --no-census --run shared --blocks 10 >/dev/null 2>&1 &
    runner=$!
    for _ in $(seq 50); do [ -e results/shared/manifest.json ] && break; sleep 0.1; done
    bench --run shared
    check "two runners on one run are refused" refused 'another reclaim is at work'
    bench --run second
    check "so are two runs on one machine" refused 'another run is being measured on this machine: shared'
    check "and the second leaves no folder" [ ! -e results/second ]
    wait $runner
    flock "$lock" true && bench --run second --blocks 1
    check "but it can begin when the first has ended" [ "$status" = 0 ]
    flock "$lock" "$reclaim" bench --no-charts --no-census --run second >out 2>err; status=$?
    check "a finished run needs no machine" [ "$status" = 0 ]
    flock "$lock" "$alone" "make it" touch measured >out 2>err; status=$?
    check "nothing else is measured beside a run" eval 'refused "make it: another run is being measured" && [ ! -e measured ]'
    "$alone" "make it" "$reclaim" bench --no-charts --no-census --run third --blocks 1 >out 2>err; status=$?
    check "nor a run beside that" refused 'another run is being measured on this machine: make it; begin'
    check "the lock is everybody's" [ "$(stat -c %a "$lock")" = 666 ]
    : >bait && rm "$lock" && ln -s bait "$lock"
    bench --run trapped --blocks 1
    check "a link is not followed, and that nothing is locked is said" eval 'said 0 "cannot lock .*take care" && [ ! -s bait ]'
    rm "$lock" bait
    local other first second
    for i in 1 2 3 4 5; do
        "$reclaim" bench --no-charts --no-census --run "both$i" --blocks 2 --seed 1 >out 2>err.other & other=$!
        "$reclaim" bench --no-charts --no-census --run "both$i" --blocks 2 --seed 2 >out 2>err; second=$?
        wait $other; first=$?
        [ $((first + second)) = 2 ] && complete "results/both$i" || break
    done
    check "one of two that begin at once" [ "$i$first$second" = 502 -o "$i$first$second" = 520 ]
}

# ---- Files that are not what they should be ----------------------------------------------------------------------------------

damage() {
    project refcount work
    bench --run whole --blocks 4
    broken() {  # NAME WHAT-IT-SAYS COMMAND: after the command, the run is refused and trials.csv stays as it is
        rm -rf results/broken && cp -r results/whole results/broken
        (cd results/broken && eval "$3") && cp results/broken/trials.csv damaged
        bench --run broken
        check "$1" eval "refused '$2' && cmp -s damaged results/broken/trials.csv"
    }
    broken "a line of too few fields"   'trials.csv:3: 5 fields where'      "sed -i '3s/.*/1,2,3,4,5/' trials.csv"
    broken "a word for a number"        'trials.csv:4: column size'         "sed -i '4s/,50,/,many,/' trials.csv"
    broken "an unknown status"          'trials.csv:4: column status'       "sed -i '4s/,ok,/,fine,/' trials.csv"
    broken "a name with a path in it"   'trials.csv:2: column strategy'     "sed -i '2s/refcount/..\/x/' trials.csv"
    broken "a quote left open"          'trials.csv:3: .*never closed'      "sed -i '3s/,ok,/,ok,\"/' trials.csv"
    broken "a row that is there twice"  'trials.csv:10: .*there twice'      "tail -n 1 trials.csv >>trials.csv"
    broken "a row of another plan"      'trials.csv:3: there is no block 9' "sed -i '3s/^[0-9]*,/9,/' trials.csv"
    broken "another cell in its place"  'trials.csv:3: this is not the cell' "sed -i '3s/,50,1,/,51,1,/' trials.csv"
    broken "a foreign file"             'trials.csv:1: column 1'            "echo a,b,c >trials.csv"
    broken "an empty file"              'trials.csv:1: '                    ": >trials.csv"
    broken "a plan that ends early"     'plan.csv:9: '                      "truncate -s -3 plan.csv"
    broken "a plan in disorder"         'plan.csv:2: .*cannot stand'        "sed -i 2d plan.csv"
    broken "a plan that was edited"     'plan.csv changed since run'      "sed -i '2s/,42,10,/,41,10,/' plan.csv"
    edit() # column value: of the second row
    {
        awk -F, -v OFS=, -v at="$1" '
            NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i }
            NR == 3 { $column[at] = value }
            1' value="$2" trials.csv >edited && mv edited trials.csv
    }
    broken "an ok row without a time"   'trials.csv:3: column wall_s: NA'   "edit wall_s NA"
    broken "an ok row without memory"   'trials.csv:3: column peak_rss_kib: NA' "edit peak_rss_kib NA"
    broken "an ok row without an answer" 'trials.csv:3: column checksum: NA' "edit checksum NA"
    broken "a time that is negative"    'trials.csv:3: column user_s'       "edit user_s -1"
    broken "a time without end"         'trials.csv:3: column work_s'       "edit work_s 1e999"
    broken "a time that is no number"   'trials.csv:3: column system_s'     "edit system_s nan"
    broken "a row without its load, where others have it" 'trials.csv:3: column load: NA' "edit load NA"
    broken "a row that does not say when" 'trials.csv:3: column started_s: NA' "edit started_s NA"
    broken "a wrong row with times"     'trials.csv:3: column wall_s: a number in a row that says wrong' "edit status wrong"
    broken "a timeout with an answer"   'trials.csv:3: column checksum: a number in a row that says timeout' \
        "edit status timeout"
    broken "an ok row with another answer" 'trials.csv:3: column checksum: 41 .* expects 42' "edit checksum 41"
    broken "an ok row of other work"    'trials.csv:3: column operations: .* the 10 that' "edit operations 9"
    broken "a damaged manifest"         'manifest.json:[0-9]'               "echo '{' >manifest.json"
    broken "a run without its manifest" 'trials.csv but no manifest.json'   "rm manifest.json"

    rm -rf results/broken && cp -r results/whole results/broken
    (cd results/broken && rm manifest.json && sed -i '2,$d' trials.csv && echo '{' >manifest.json.draft)
    bench --run broken --blocks 2
    check "a run that was killed before its first trial is begun again" eval '[ "$status" = 0 ] && complete results/broken'

    rm -rf results/broken && cp -r results/whole results/broken
    truncate -s -20 results/broken/trials.csv
    bench --run broken
    check "a torn last line is cut away and its trial run again" eval 'said 0 "trials.csv:9: .*torn" && complete results/broken'
}

changes() {
    project "refcount other" work
    bench --run begun --blocks 2
    bench --run begun --quick;               check "another mode is refused" refused 'begun with mode standard, not quick'
    bench --run begun --blocks 3;            check "other blocks are refused" refused 'begun with blocks 2, not 3'
    bench --run begun --strategies refcount; check "other strategies are refused" refused 'begun with strategies'
    bench --run begun --strategies "refcount other"; check "the same strategies are not" [ "$status" = 0 ]
    echo '# changed' >>build/other/work
    bench --run begun;                       check "changed cells are refused" refused 'the cells changed'
}

# ---- Machines that fail ------------------------------------------------------------------------------------------------------

disks() {
    local whole
    project "refcount other third fourth" work
    (ulimit -f 4; "$reclaim" bench --no-charts --no-census --run full --blocks 10 --seed 1 >out 2>err; exit $?)
    status=$?
    whole=$(tail -n 1 results/full/trials.csv | tr -cd , | wc -c)
    check "a file that cannot grow: one sentence" \
        eval 'said 2 "cannot write .*trials.csv" && [ "$whole" = "$(head -n 1 results/full/trials.csv | tr -cd , | wc -c)" ]'
    bench --run full
    check "and the run can be finished" eval '[ "$status" = 0 ] && complete results/full'
    mkdir -p small
    if mount -t tmpfs -o size=64k tmpfs small 2>/dev/null; then
        project "fills refcount other third" work
        bench --results small --run full --blocks 30 --strategies "refcount fills other third"
        check "a full disk: one sentence" said 2 'cannot write .*: No space left on device'
        rm small/filler
        sed -i 's/^fills) .*/fills) row ok "" 42 ;;/' cell.sh
        umount small
    fi
}

# Columns of an ok row of a run, by their names.
told() {  # RUN COLUMN…
    awk -F, -v columns="${*:2}" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; n = split(columns, column, " "); next }
        $at["status"] == "ok" { for (i = 1; i <= n; i++) printf "%s%s", $at[column[i]], i < n ? " " : "\n" }' \
        "results/$1/trials.csv" | sort -u | head -n 1
}

# Machines that tell less than others: what they do not tell is NA, or null, and the run goes on. Root can hide files.
untold() {
    project refcount work
    bench --run told --blocks 1
    check "the load is told, and steal as well" eval '[[ "$(told told steal_s load)" =~ ^[0-9.]+\ [0-9]+$ ]]'
    for fact in kernel cpu transparent_huge_pages aslr governor turbo_off boost smt clock_source cpu_quota cpu_quota_us_v1 \
            page_bytes hardware_counters cores memory_mib steal_s steal_s_at_end load load_at_end pinned flags compiler seed; do
        check "the manifest says what it knows of $fact" grep -q "\"$fact\": " results/told/manifest.json
    done
    rm padding
    bench --run padded --blocks 4
    check "the environment is as long in a block and not in all" \
        eval '[ "$(sort -u padding | wc -l)" = 4 ] && [ "$(uniq padding | wc -l)" = 4 ] && [ "$(wc -l <padding)" = 8 ]'
    taskset -c "$(taskset -pc $$ | grep -o '[0-9]*$')" \
        "$reclaim" bench --no-charts --no-census --run single --blocks 1 >out 2>err
    status=$?
    check "on a single core nothing is pinned" \
        eval '[ "$status" = 0 ] && complete results/single &&
            grep -A 1 pinned results/single/manifest.json | grep -q "\"trials\": null"'
    if unshare -m true 2>/dev/null; then
        unshare -m sh -c '
            mount --bind /dev/null /proc/stat && mount --bind /dev/null /proc/cpuinfo && mount -t tmpfs none /sys &&
            exec "$@"' sh "$reclaim" bench --no-charts --no-census --run secret --blocks 1 >out 2>err
        status=$?
        check "a machine that tells nothing is measured all the same" eval '[ "$status" = 0 ] && complete results/secret'
        check "its load is NA, and not 0" [ "$(told secret steal_s load)" = "NA NA" ]
        check "and in the manifest null" \
            [ "$(grep -cE '"(steal_s|steal_s_at_end|clock_source|cpu)": null' results/secret/manifest.json)" = 4 ]
    fi
}

# Also two that begin within a second.
unnamed() {
    project refcount work
    mkdir -p results
    for i in $(seq 0 5); do mkdir "results/$(date -u -d "+$i seconds" +%FT%H%M%S)"; done
    bench --blocks 1
    check "a run without a name takes one that is free" eval '[ "$status" = 0 ] && complete results/*-2'
}

counts() {
    project "refcount cannot" work
    bench --run counted --blocks 2
    check "the estimate counts what is run, and the rest apart" \
        eval 'grep -q " 2 cells; 1 more cell is unsupported$" err &&
            grep -Eq "^block 1 of 2: 2 of 4 trials done, 0 failed in this block, about [0-9]+ s left" err'
    check "so does the progress" grep -q '^block 2 of 2: 4 of 4 trials done' err
    check "a line for each block, wherever its last trial is" [ "$(grep -c '^block . of 2' err)" = 2 ]
    sed -i 3,4d results/counted/trials.csv
    bench --run counted
    check "and the run that goes on" eval 'said 0 "goes on: [12] of 4 trials are left" && complete results/counted'
    project cannot work
    bench --run idle --blocks 1
    check "a run of nothing ends well" said 0 ' 0 cells; 2 more cells are unsupported'
}

few() {
    project "refcount other" "swept b c"
    bench --run two --blocks 2 --workloads "swept b"
    check "the noise of two cells is what a third would differ by" eval \
        'grep -q "^Of 2 programs run against themselves the worst differed by" out && grep -q "^another would" out'
    check "two blocks tell nothing apart, which is said once" \
        eval '[ "$(grep -cx "2 blocks are too few to tell anything apart" out)" = 1 ] && ! grep -q "~" out'
    local hint; hint=$(sed -n 's/^2 cells at smaller sizes are not shown: //p' out)
    check "the hint can be typed as it stands" eval '$hint >out 2>err && grep -q "swept main, n = 5, micro$" out'
    bench --run one --blocks 1 --workloads b
    check "nor do one cell and one block" \
        eval 'grep -q "^One program run against itself differed by" out && grep -qx "1 block is too few to tell anything apart" out'
    bench --run three --blocks 3
    check "three cells and three blocks do" \
        eval 'grep -q "read nothing into less" out && grep -q "^  other .*~ 1.00" out && grep -q "^~ marks what" out'
}

# A run of more variants than fit in full.
many() {
    project "cannot crash refcount other" "$(seq -f w%g 13)"
    bench --run many --blocks 3
    check "of many variants each has a line, by class" \
        eval 'grep -qx micro out && [ "$(grep -Ec "^  w[0-9]+ main +10\.0 +- +crash +1\.00~$" out)" = 13 ]'
    check "and another for memory" [ "$(grep -Ec '^  w[0-9]+ main +0\.98 +- +crash +1\.00~$' out)" = 13 ]
    check "which is not wider than 160 columns" [ "$(wc -L <out)" -le 160 ]
    check "three blocks are said to be few" grep -q '^of 3 blocks intervals are wide' out
    reclaim table results/many w2 w12
    check "workloads that are named are told in full" \
        eval '[ "$(grep -c "^w.* main, n = 50, micro$" out)" = 2 ] && grep -Eq "^  other .*~ 1.00  \[" out'
    reclaim table results/many nosuch
    check "one that is not there is a mistake" refused 'results/many has no workload `nosuch`'
    reclaim table --all results/many
    check "all of them can be" [ "$(grep -c '^w.* main, n = 50, micro$' out)" = 13 ]
    reclaim list
    check "list groups workloads by class" [ "$(grep -A1 -x micro out | tail -n 1)" = "w1: a fake" ]
}

folders() {
    project refcount work
    mkdir -p results && touch results/file afile
    bench --run file;                    check "a run that is a file" refused 'results/file is in the way'
    bench --results afile/results;       check "results inside a file" refused 'cannot make the folder afile/results'
    bench --run ../out;                  check "a run outside of results" refused 'a name is made of'
    bench --run ..;                      check "a run of dots" refused 'a name is made of'
    rm build/refcount/work
    bench --run unbuilt;                 check "a cell that is not built" refused 'build it first: make'
    check "which leaves no folder" [ ! -e results/unbuilt ]
}

# ---- People who mistype ------------------------------------------------------------------------------------------------------

names() {
    project "refcount other" "one two"
    bench --strategies nosuch;           check "an unknown strategy" refused 'no strategy `nosuch`; there are: other refcount$'
    bench --workloads "one three";       check "an unknown workload" refused 'no workload `three`; there are: one two$'
    bench --baseline nosuch;             check "an unknown baseline" refused 'no strategy `nosuch`'
    bench --blocks many;                 check "a word for a number of blocks" refused 'blocks many: it must be a whole number'
    bench --quick --full;                check "quick and full" refused 'exclude each other'
    bench --input what;                  check "an input without its workload" refused 'WORKLOAD=FILE'
    check "none of them leaves a folder" [ ! -e results ]
    bench --blocks;                      check "an option without its value" refused 'requires an argument'
    bench --nosuch;                      check "an unknown option" refused 'unrecognized option'
    bench more;                          check "a word too many" refused '`more` is not an option'
    bench --strategies other --input nosuch=cell.sh
    check "several things wrong: one sentence" refused 'no workload `nosuch`'
    bench --strategies other --input one=cell.sh
    check "whatever it is that is wrong" refused 'reads no file'
    check "and none of these leaves a folder" [ ! -e results ]
    bench --run other --blocks 1 --strategies other
    check "a baseline that is not chosen is replaced, and that is said" said 0 'other takes its place'
    touch strategies/bad-name.h
    bench;                               check "a file that is no C identifier" refused 'bad-name.h: a name here must be'
    rm -r strategies
    bench;                               check "a folder that is no project" refused 'no folder strategies here'
}

tools() {
    project refcount work
    PATH=/nowhere "$reclaim" bench >out 2>err
    status=$?
    check "missing hyperfine names its remedy" refused 'hyperfine is missing.*make deps'
    mkdir -p old && printf '#!/bin/sh\necho hyperfine 1.9.0\n' >old/hyperfine && chmod +x old/hyperfine
    PATH=$PWD/old:$PATH "$reclaim" bench >out 2>err
    status=$?
    check "so does an old one" refused 'not hyperfine 1.15 or later.*make deps'
}

stages() {
    project "refcount other" work
    bench --run staged --blocks 3
    cp results/staged/summary.csv first && rm results/staged/summary.csv
    reclaim summarise results/staged
    check "the summary can be made again, byte for byte" cmp -s first results/staged/summary.csv
    reclaim table results/staged
    check "and so can the table" grep -q 'read nothing into less$' out
    cp results/staged/trials.csv trials
    sed 's/,0\.010*\b/,0.02/g' trials >results/staged/trials.csv && touch -d '1 hour ago' results/staged/summary.csv
    reclaim table results/staged
    check "a table of a summary that is older than its trials is made of these" \
        eval '[ "$status" = 0 ] && grep -q " 20.0 ms" out && ! grep -q "not finished" out'
    sed 's/,ok,,42,/,ok,,41,/' trials >results/staged/trials.csv
    reclaim summarise results/staged
    check "an ok row with another answer than the plan's is not summarised" refused 'trials.csv:2: column checksum: 41 in a row'
    reclaim table results/staged
    check "nor shown" refused 'trials.csv:2: column checksum: 41 in a row'
    cp trials results/staged/trials.csv
    check "the manifest names no path outside the project" eval '! grep -q "\"/" results/staged/manifest.json'
    "$reclaim" table results/staged >/dev/full 2>err
    status=$?
    check "standard output on a full disk" refused 'cannot write to standard output'
}

# What the runner asks git must not write into the repository, let alone leave a lock there when a limit stops git.
repository() {
    command -v git >/dev/null || return 0
    project refcount work
    git init -q . && touch $(seq -f 'file%g' 100) && git add file* strategies workloads &&
        git -c user.name=a -c user.email=a@b commit -qm all && touch file*
    bench --run clean --blocks 1
    check "the commit is in the manifest, and not dirty" \
        eval 'grep -q "\"commit\": \"$(git rev-parse HEAD)\"" results/clean/manifest.json &&
            grep -q "\"dirty\": false" results/clean/manifest.json'
    check "git is left unlocked" [ ! -e .git/index.lock ]
    touch strategies/added.h && mkdir build/added && cp cell.sh build/added/work
    bench --run added --blocks 1
    check "a strategy that git does not know makes it dirty" grep -q '"dirty": true' results/added/manifest.json
    rm strategies/added.h
    bench --run removed --blocks 1
    check "and the results of runs do not" grep -q '"dirty": false' results/removed/manifest.json
    echo '/* changed */' >>strategies/refcount.h
    bench --run changed --blocks 1
    check "a changed strategy makes it dirty" grep -q '"dirty": true' results/changed/manifest.json
    rm -rf .git file*
}

statuses; agreement; widths; sizes; settings; sweeps; inputs
kills; kills_early; kill_between_files; interrupt; orphans; two_runners
damage; changes
disks; untold; folders; unnamed; counts; few; many
names; tools; stages; repository
exit $((failures > 0))

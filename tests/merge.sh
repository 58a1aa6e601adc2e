#!/bin/bash
# Blocks that were measured on several machines become one run: complete, or with what is missing said; and what is not of one
# run, or was damaged, is refused, and nothing is written.
#
# merge.sh BUILD, from the project's root. The blocks are made up (tests/scale/blocks.py).
set -u
build=$1
. tests/cells.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
reclaim=$build/reclaim
made=$scratch/made
python3 tests/scale/blocks.py "$made" --hosts 3 --blocks-per-host 2 --workloads "sequence" || exit
rows=$(($(wc -l <"$made/plan.csv") - 1)) # in 6 blocks

# A copy of the run as its machines left it, in $run; and one of its blocks alone, without the others, in $other.
fresh() { rm -rf "$scratch/run" "$scratch/other" && cp -r "$made" "$scratch/run" && run=$scratch/run other=$scratch/other; }
lacks() { mkdir -p "$other/blocks" && for b; do mv "$run/blocks/$b" "$other/blocks/"; done; } # block …: they are in $other now

merge() { "$reclaim" merge "$@" >"$scratch/out" 2>"$scratch/err"; status=$?; }
digest() { (cd "$1" && find . -type f | sort | xargs sha256sum && find . | sort) 2>/dev/null | sha256sum; } # folder
blocks_in() { sed 1d "$1" | cut -d, -f1 | uniq -c | awk '{ print $2 ":" $1 }' | xargs; }                    # trials.csv
of_manifest() { python3 -c "import json, sys; m = json.load(open('$run/manifest.json')); print($1)"; }      # expression of m

is() { [ "$2" = "$3" ] && pass "$1" || miss "$1: '$2', not '$3'; $(cat "$scratch/err")"; } # what, found, wanted
says() { grep -qF -- "$2" "$scratch/err" && pass "$1" || miss "$1: '$2' wanted, $(cat "$scratch/err")"; }

each=$((rows / 6))
whole="1:$each 2:$each 3:$each 4:$each 5:$each 6:$each"

# ---- Complete ---------------------------------------------------------------------------------------------------------

fresh
merge "$run"
is "six blocks of three machines are merged" "$status" 0
is "with every row once, in the plan's order" "$(blocks_in "$run/trials.csv")" "$whole"
is "and each row is the one that its machine wrote" \
    "$(sed 1d "$run/trials.csv" | sha256sum)" "$(for b in "$run"/blocks/*; do sed 1d "$b/trials.csv"; done | sha256sum)"
cells_of() { cut -d, -f1-11 "$1" | sha256sum; } # file
is "the rows begin as the plan's do" "$(cells_of "$run/trials.csv")" "$(cells_of "$run/plan.csv")"
is "hiccups of each block are there" "$(sed 1d "$run/hiccups.csv" | wc -l)" 12
is "the manifest has a section for each machine" "$(of_manifest "' '.join(m['hosts'])")" "n1 n2 n3"
is "with its blocks" "$(of_manifest "m['hosts']['n2']['blocks'], len(m['hosts']['n2']['sessions'])")" "2,5 2"
is "and what it is made of" \
    "$(of_manifest "m['hosts']['n3']['machine']['kernel'], m['hosts']['n3']['compiler'] != ''")" "Linux 3 True"
is "which is not said of the run" \
    "$(of_manifest "{'machine', 'pinned', 'tools', 'compiler', 'flags', 'sessions', 'host_kind'} & set(m)")" "set()"
last=$(grep -h '"ended"' "$run"/blocks/*/host.json | sort | tail -n 1 | cut -d'"' -f4)
is "the run has ended when its last block did" "$(of_manifest "m['ended']")" "$last"
is "and nothing is missing" "$("$reclaim" merge --missing "$run"; echo $?)" 0
before=$(digest "$run")
merge "$run"
is "merging again changes nothing" "$(digest "$run")" "$before"
check_report() # what is said of it
{
    "$reclaim" report "$run" >"$scratch/out" 2>"$scratch/err" && pass "$1" || miss "$1: $(tail -n 1 "$scratch/err")"
}
check_report "a merged run is summarised and drawn"
is "and says nothing to that" "$(cat "$scratch/err")" ""
is "its page has a table for each machine" "$(grep -c '<summary>n[123]: blocks' "$run/index.html")" 3
grep -q '3 machines' "$run/index.html" && pass "and says how many they are" || miss "the page does not say: 3 machines"
! grep -q 'on unknown' "$run/index.html" && pass "and nothing about them is unknown" || miss "the page says: on unknown"

fresh
sed -i 's/n[123]\b/n1/' "$run"/blocks/*/host.json && sed -i 's/,n[123]$/,n1/' "$run"/blocks/*/{trials,hiccups}.csv
merge "$run"
is "of one machine what it is stays said of the run" \
    "$(of_manifest "m['compiler'] == m['hosts']['n1']['compiler'] and len(m['sessions'])")" 6
is "and a block that was measured under another kernel says so" "$(of_manifest "m['sessions'][1]['machine']['kernel']")" "Linux 2"

# ---- Of several folders ----------------------------------------------------------------------------------------------------

fresh
lacks 0003 0005
merge "$run" "$other"
is "blocks of a folder that has nothing else are taken over" "$status $(blocks_in "$run/trials.csv")" "0 $whole"
is "as they are" "$(digest "$run/blocks")" "$(digest "$made/blocks")"
merge "$run"
is "and stay" "$status $(blocks_in "$run/trials.csv")" "0 $whole"
fresh
lacks 0003
cp -r "$made" "$scratch/copy"
merge "$run/" "$scratch/copy/" "$other"
is "what a copy of the run has, too, is there once" "$status $(blocks_in "$run/trials.csv")" "0 $whole"
is "and nothing is said of it" "$(cat "$scratch/err")" ""

fresh
mkdir -p "$other/blocks" && cp -r "$run/blocks/0002" "$other/blocks" && cp -r "$run/blocks/0004" "$other/blocks"
sed -i 's/n2/n9/' "$other/blocks/0002/host.json" && sed -i 's/,n2$/,n9/' "$other"/blocks/0002/*.csv
sed -i 's/"attempt": "[0-9a-f]*"/"attempt": "0000000000000000"/' "$other/blocks/0004/host.json"
sed -i '2s/,ok,,/,wrong,a,/' "$other/blocks/0004/trials.csv"
merge "$run" "$other"
is "of a block that two machines have, or two attempts, one stays" "$status $(blocks_in "$run/trials.csv")" "0 $whole"
is "that of the folder that was named first" "$(digest "$run/blocks")" "$(digest "$made/blocks")"
says "which is said" "block 2 of n9 is dropped, for that of n2 stays"
says "of each" "block 4 of n1 is dropped, for that of n1 stays"
is "and the manifest says it" \
    "$(of_manifest "[(d['block'], d['host'], d['kept']) for d in m['dropped']]")" "[(2, 'n9', 'n2'), (4, 'n1', 'n1')]"
before=$(digest "$run")
merge "$run" "$other"
is "merging these again changes nothing" "$(digest "$run")" "$before"
merge "$run"
is "nor without what was dropped" "$(digest "$run")" "$before"

# ---- Blocks are missing ------------------------------------------------------------------------------------------------------

fresh
lacks 0002 0004 0005
before=$(digest "$run")
is "what is missing is told" "$("$reclaim" merge --missing "$run" | xargs)" "2 4 5"
"$reclaim" merge --missing "$run" >"$scratch/out" 2>"$scratch/err"
is "with exit status 1" "$? $(cat "$scratch/err")" "1 "
is "and nothing is written" "$(digest "$run")" "$before"
merge "$run"
is "what is there is merged" "$status $(blocks_in "$run/trials.csv")" "1 1:$each 3:$each 6:$each"
says "what is missing is said" "blocks 2,4-5 of 6 are missing"
says "with the command that measures it" "build/reclaim bench --run run --shard 1/1 --results $scratch"
is "in one sentence" "$(wc -l <"$scratch/err")" 1
is "and in the manifest" "$(of_manifest "m['missing_blocks'], m['ended']")" "2,4-5 None"
check_report "such a run is summarised and drawn"
says "and it is said that blocks are missing" "blocks are missing: 2,4-5"
grep -q 'blocks 2,4-5 are missing' "$run/index.html" && pass "on the page, too" || miss "the page does not say what is missing"
mkdir "$run/cluster" && merge "$run"
says "a run on a cluster goes on there" "make bench CLUSTER=slurm RUN=run RESULTS=$scratch"
rmdir "$run/cluster" && merge "$run" "$other"
is "and it is complete when the blocks come" "$status $(blocks_in "$run/trials.csv")" "0 $whole"
is "and nothing is missing any more" "$(of_manifest "'missing_blocks' in m")" False
mkdir -p "$scratch/results" && fresh && lacks 0006 && rm -rf "$scratch/results/run" && mv "$run" "$scratch/results/run"
(cd "$scratch" && "$OLDPWD/$reclaim" merge results/run) >"$scratch/out" 2>"$scratch/err"
says "in results/ the command is short" "block 6 of 6 is missing; this measures it: build/reclaim bench --run run --shard 1/1"

# ---- What is not of one run is refused, and nothing is written ----------------------------------------------------------------

refused() # what, words wanted, folder … beside $run; the folders stay as they are
{
    local name=$1 words=$2 before after
    shift 2
    before=$(digest "$run")$(digest "$other")
    refuses "$name" "$words" "$reclaim" merge "$run" "$@"
    after=$(digest "$run")$(digest "$other")
    is "$name: nothing is written" "$after" "$before"
}

broken() # what, words wanted, command in $run
{
    fresh
    (cd "$run" && eval "$3")
    refused "$1" "$2"
}

another() # what, words wanted, command in $other, which has block 3 and $run does not
{
    fresh
    lacks 0003
    (cd "$other" && eval "$3")
    refused "$1" "$2" "$other"
}

another "another plan" 'blocks/0003/host.json: plan_sha256 is "0123", but in' \
    'sed -i "s/\"plan_sha256\": \".*\"/\"plan_sha256\": \"0123\"/" blocks/*/host.json'
another "another commit" 'blocks/0003/host.json: commit is "abc", but in' \
    'sed -i "s/\"commit\": \".*\"/\"commit\": \"abc\"/" blocks/*/host.json'
another "changed files" 'blocks/0003/host.json: dirty is true, but in' \
    'sed -i "s/\"dirty\": false/\"dirty\": true/" blocks/*/host.json'
another "another machine of the same name" 'host.json: `n3` has another cpu than in an earlier block' \
    'sed -i "s/\"cpu\": \"made up\"/\"cpu\": \"another\"/" blocks/*/host.json'
fresh
lacks 0003
sed -i 's/"dirty": false/"dirty": true/' "$run/manifest.json" {"$run","$other"}/blocks/*/host.json
sed -i 's/"cells_sha256": ".*"/"cells_sha256": "0123"/' "$other"/blocks/*/host.json
refused "two trees at one commit with other changes each" "and no commit tells that they are of the same files" "$other"
another "rows of another block" "0003/trials.csv:2: block 2, position 1 stands where plan.csv has block 3, position 1" \
    'cp ../run/blocks/0002/trials.csv blocks/0003'
another "host.json of another block" "0003/host.json: it is of block 2" 'cp ../run/blocks/0002/host.json blocks/0003'
another "a folder that is no run" "is no run in shards" 'rm -r blocks'
another "a block beyond the plan" "blocks/0007: the run has 6 blocks" 'mv blocks/0003 blocks/0007'
another "a name that leads out" "host: \`../n1\` is not the name of a machine" 'sed -i "s|\"n3\"|\"../n1\"|" blocks/*/host.json'
another "a machine without a name" "\`host\` is no text" 'sed -i "s|\"n3\"|\"\"|" blocks/*/host.json'
another "no host.json" "0003/host.json: it cannot be opened: the block is not whole" 'rm blocks/0003/host.json'
another "a damaged host.json" "0003/host.json:2:" 'echo "{" >blocks/0003/host.json'
another "no hiccups.csv" "0003/hiccups.csv: No such file" 'rm blocks/0003/hiccups.csv'
another "no trials.csv" "0003/trials.csv: No such file" 'rm blocks/0003/trials.csv'
another "a pipe instead of trials.csv" "0003/trials.csv is not a regular file" \
    'rm blocks/0003/trials.csv; mkfifo blocks/0003/trials.csv'
another "rows of a machine that host.json does not name" "0003/trials.csv:2: column host: \`n3\`, but host.json says \`n8\`" \
    'sed -i "s/n3/n8/" blocks/0003/host.json'
another "hiccups of such a machine" "0003/hiccups.csv:3: column host: \`n4\`" 'sed -i "3s/n3/n4/" blocks/0003/hiccups.csv'
fresh && cp -r "$run" "$other" && sed -i '3s/,ok,,/,crash,,/' "$other/blocks/0004/trials.csv"
refused "a copy of a block with other rows" "blocks/0004 is not what $run/blocks/0004 is, though both are attempt" "$other"
fresh
refused "a folder that is not there" "nowhere is no run in shards" "$scratch/nowhere"

place="0003/trials.csv:4: "
broken "a row of another cell" "${place}this is not the cell" 'sed -i "4s/,sequence,/,graph,/" blocks/0003/trials.csv'
broken "a number that is none" "${place}column work_s: \`1x\` is not" \
    'awk -F, -v OFS=, "NR == 4 { \$20 = \"1x\" } 1" blocks/0003/trials.csv >t && mv t blocks/0003/trials.csv'
broken "an ok row without a time" "${place}column work_s: NA in a row that says ok" \
    'awk -F, -v OFS=, "NR == 4 { \$12 = \"ok\"; \$20 = \"NA\" } 1" blocks/0003/trials.csv >t && mv t blocks/0003/trials.csv'
broken "a wrong answer that says ok" "${place}column checksum: 1 in a row that says ok, but plan.csv expects" \
    'awk -F, -v OFS=, "NR == 4 { \$14 = 1 } 1" blocks/0003/trials.csv >t && mv t blocks/0003/trials.csv'
broken "a field too many" "${place}32 fields where there should be 31" 'sed -i "4s/$/,1/" blocks/0003/trials.csv'
broken "a row twice" "0003/trials.csv:5: block 3, position 3 stands where plan.csv has block 3, position 4" \
    'sed -i 4p blocks/0003/trials.csv'
broken "a row that is gone" "${place}block 3, position 4 stands where plan.csv has block 3, position 3" \
    'sed -i 4d blocks/0003/trials.csv'
broken "a last row that is gone" "it ends before block 3, position $each" 'sed -i "\$d" blocks/0003/trials.csv'
broken "a row of the next block at the end" "plan.csv has no such trial in block 3" \
    'sed -n 2p blocks/0004/trials.csv >>blocks/0003/trials.csv'
broken "a torn row" "0003/trials.csv:$((each + 1)): the last line has no end" 'truncate -s -20 blocks/0003/trials.csv'
broken "a carriage return within a row" "${place}field 13: a carriage return within a line" \
    'sed -i "4s/,ok,/,ok,\r/" blocks/0003/trials.csv'
broken "columns of another version" "0003/trials.csv:1: column 31 is" 'sed -i "1s/host/machine/" blocks/0003/trials.csv'
broken "an empty trials.csv" "0003/trials.csv:1: the line of column names is missing" ': >blocks/0003/trials.csv'
broken "no plan.csv" "plan.csv: No such file" 'rm plan.csv'
broken "a plan that was changed" "plan.csv changed since run" 'sed -i "2s/1/2/" plan.csv'
broken "no manifest.json" "is no run: there is no manifest.json in it" 'rm manifest.json'
broken "a run in whose manifest is no plan" "has no plan: begin with" 'sed -i "s/plan_sha256/was_planned/" manifest.json'
broken "no blocks" "is no run in shards" 'rm -r blocks'
broken "a block that is a file" "blocks/0003 is no folder" 'rm -r blocks/0003; : >blocks/0003'
broken "a block that is a link" "blocks/0003 is no folder" 'mv blocks/0003 three; ln -s ../three blocks/0003'
fresh
refuses "no folder" "name the folder of a run" "$reclaim" merge
refuses "two folders of which something may be missing" "name one folder" "$reclaim" merge --missing "$run" "$run"
for name in hiccups.csv manifest.json trials.csv.draft; do
    fresh
    rm -f "$run/$name" && mkfifo "$run/$name"
    timeout 10 "$reclaim" merge "$run" >"$scratch/out" 2>"$scratch/err"
    is "a pipe in place of the run's $name is not waited for" "$? $(wc -l <"$scratch/err")" "2 1"
done
fresh
echo precious >"$scratch/precious" && ln -s "$scratch/precious" "$run/trials.csv.draft"
merge "$run"
is "nor is written to what a link leads to" "$status $(cat "$scratch/precious")" "2 precious"
fresh
exec {lock}<"$run" && flock "$lock"
refused "a run that another reclaim is at work on" "another reclaim is at work"
exec {lock}<&-
flock "$run" sleep 0.3 & sleep 0.1
merge "$run"
is "who is locked out for a moment only waits" "$status $(cat "$scratch/err")" "0 "

# ---- What does not matter ----------------------------------------------------------------------------------------------------

fresh
mkdir "$run/blocks/.0003.n1.17" "$run/blocks/.0009.merge" && : >"$run/blocks/.nfs0001"
merge "$run"
is "names with a dot are passed over" "$status $(cat "$scratch/err")" "0 "
mkdir "$run/blocks/lost+found" "$run/blocks/00003" && ln -s nowhere "$run/blocks/link" && : >"$run/blocks/3"
merge "$run"
is "and what is called like no block" "$status $(blocks_in "$run/trials.csv")" "0 $whole"
is "which is said" "$(grep -c 'is called like no block, and is passed over' "$scratch/err")" 4
is "and does not hide what is missing" "$(rm -r "$run/blocks/0003" && "$reclaim" merge --missing "$run" 2>/dev/null)" 3
fresh
sed -i 's/$/\r/' "$run/blocks/0003/trials.csv" "$run/blocks/0003/hiccups.csv"
merge "$run"
is "lines that end with CR and LF are merged as others" "$status $(sed 1d "$run/trials.csv" | sha256sum)" \
    "0 $(for b in "$made"/blocks/*; do sed 1d "$b/trials.csv"; done | sha256sum)"
fresh
sed -i '4s/^\([0-9]*,[0-9]*\),\([^,]*\),/\1,"\2",/' "$run/blocks/0003/trials.csv"
merge "$run"
is "and names in quotes" "$status $(blocks_in "$run/trials.csv")" "0 $whole"
fresh
sed -i 's/"compiler": ".*"/"compiler": "another"/; s/"kernel": ".*"/"kernel": "another"/' "$run/blocks/0003/host.json"
merge "$run"
is "another compiler and another kernel are no reason to refuse" "$status" 0
fresh
merge "$run" && sed -n '2s/before/before counting/p' "$run/hiccups.csv" >>"$run/hiccups.csv"
merge "$run" && merge "$run"
is "what counting added to hiccups.csv stays, once" "$(grep -c counting "$run/hiccups.csv")" 1

# ---- A full disk --------------------------------------------------------------------------------------------------------------

# KIB: as much as a file may have, which is not enough for the block's rows, or for those of all.
full() # KIB, what cannot be written
{
    fresh
    lacks 0002 0004
    (ulimit -f "$1" && exec "$reclaim" merge "$run" "$other") >"$scratch/out" 2>"$scratch/err"
    is "a disk on which there are $1 KiB: one sentence and exit 2" "$? $(wc -l <"$scratch/err")" "2 1"
    says "which says what cannot be written" "$2"
    is "nothing that is not whole is left" "$(find "$run" -name '*draft*' -o -name '.*') $(ls "$run"/*.csv)" " $run/plan.csv"
    merge "$run" "$other"
    is "and the same again goes on" "$status $(blocks_in "$run/trials.csv")" "0 $whole"
}

full 8 "cannot write $scratch/run/blocks/.0002.merge/trials.csv: File too large"
full 64 "cannot write $scratch/run/trials.csv: File too large"

# ---- Killed ------------------------------------------------------------------------------------------------------------------

fresh
lacks 0002 0003 0004 0005 0006
merge "$run" "$other" && wanted=$(digest "$run")
killed=0
for after in 0 0.002 0.004 0.006 0.008 0.01 0.015 0.02 0.03; do
    fresh
    lacks 0002 0003 0004 0005 0006
    "$reclaim" merge "$run" "$other" >/dev/null 2>&1 &
    sleep $after
    kill -9 $! 2>/dev/null && killed=$((killed + 1))
    wait $! 2>/dev/null
    merge "$run" "$other"
    [ "$status" = 0 ] && [ "$(digest "$run")" = "$wanted" ] || miss "killed after $after s, merged again: $(cat "$scratch/err")"
done
[ $killed -gt 2 ] && pass "merges that were killed ($killed of them) are made again" || miss "only $killed merges were killed"
ended

#!/bin/bash
# make compare and make baseline: what is planted is found, what is not is not called, two runs exchanged say the opposite, runs
# that cannot be compared are refused, and what was read from a file breaks neither a CSV nor a table.
#
# compare.sh BUILD, from the project's root. The runs are simulated (tests/compare.py): cells of results/sample and their noise.
set -u
build=$1
. tests/cells.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
results=$scratch/results
reclaim=$(cd "$build" && pwd)/reclaim
mkdir "$results"

# simulate RUN SEED [options of compare.py]: 30 blocks
simulate() { python3 tests/compare.py "$results/$1" "$2" 30 --cells 60 "${@:3}" || miss "run $1 is not made"; }

# compare OLD NEW [options]: what it says is in said, its errors in errors, its exit status in $status.
compare()
{
    "$reclaim" compare "$results/$1" "$results/$2" --output "$scratch/out" "${@:3}" >"$scratch/said" 2>"$scratch/errors"
    status=$?
}

# Rows of the last comparison for which an expression in Python holds: of r, a dict by the names of the columns.
rows() { python3 -c "
import csv
print(sum(1 for r in csv.DictReader(open('$scratch/out/compare.csv', newline='')) if $1))"; } # expression

holds() # what expression [-gt n]
{
    if [ "$(rows "$2")" "${3:--eq}" "${4:-0}" ]; then pass "$1"; else miss "$1: $(rows "$2") rows"; fi
}

ends() { [ "$status" -eq "$2" ] && pass "$1" || miss "$1: exit status $status: $(cat "$scratch/errors")"; } # what status

# Puts a value into the manifest of a run: in_manifest RUN 'm["mode"] = …'
in_manifest() { python3 -c "
import json
file = '$results/$1/manifest.json'
m = json.load(open(file))
$2
json.dump(m, open(file, 'w'), indent=2)"; }

copy() { rm -rf "${results:?}/$2" && cp -r "$results/$1" "$results/$2"; } # RUN NEW_NAME

# ---- What is found -------------------------------------------------------------------------------------------------------

simulate old 1
simulate new 2 --drift 1.04
simulate slow 3 --drift 0.97 --slower boehm=1.3

compare old new
ends "two runs of the same are no regression, though a session was slower by 4%" 0
holds "nor is anything called" "r['verdict'] in ('faster', 'slower')"
holds "how much slower the session was is told" "r['scope'] == 'all' and 1.02 < float(r['ratio']) < 1.06" -gt 0
holds "and taken out of what is beside the others" \
    "r['scope'] == 'cell' and r['metric'] == 'work_cpu_s' and float(r['beside']) < 1" -gt 20
compare old slow
ends "a slowdown of 30% is a regression" 1
holds "it is found in the means of every class" \
    "r['strategy'] == 'boehm' and r['scope'] == 'class' and r['metric'] == 'work_cpu_s' and r['regression'] != '1'"
holds "and in cells" "r['strategy'] == 'boehm' and r['scope'] == 'cell' and r['regression'] == '1'" -gt 0
holds "and nowhere else" "r['strategy'] != 'boehm' and r['regression'] == '1'"
tail -n 1 "$scratch/said" | grep -q 'regressions: at a threshold of 3%' && pass "a sentence says so" ||
    miss "the last sentence: $(tail -n 1 "$scratch/said")"
grep -q '^| work&#95;cpu&#95;s | boehm.* regression |' "$scratch/out/compare.md" && pass "and so does compare.md" ||
    miss "compare.md lacks the regression"
compare old slow --threshold 50%
ends "but none at a threshold of 50%" 0
cp "$scratch/out/compare.csv" "$scratch/there.csv"
compare slow old --threshold 50%
holds "the other way round it is faster" "r['strategy'] == 'boehm' and r['verdict'] == 'slower'"
python3 - "$scratch/there.csv" "$scratch/out/compare.csv" <<'P' &&
import csv, sys
there, back = ([r for r in csv.DictReader(open(f, newline=''))] for f in sys.argv[1:])
assert len(there) == len(back) > 100
for a, b in zip(there, back):
    for name in ('ratio', 'beside'):
        for one, other in (('', ''), ('_lo', '_hi'), ('_hi', '_lo')):
            x, y = a[name + one], b[name + other]
            assert (x == 'NA') == (y == 'NA') and (x == 'NA' or abs(float(x) * float(y) - 1) < 1e-6), (a, b)
    assert a['q'] == b['q'] and {a['verdict'], b['verdict']} in ({'slower', 'faster'}, {a['verdict']}), (a, b)
P
    pass "and every ratio and interval is inverted" || miss "the ratios are not inverted"

# What takes microseconds differs from itself by far more than what takes 100 ms, and is no measure of it.
add_tiny() # RUN: a cell and its control once more at size 2, in half and in one and a half of a tiny time
{
    python3 - "$results/$1/trials.csv" <<'P'
import csv, sys
with open(sys.argv[1], newline='') as file:
    reader = csv.DictReader(file)
    names, rows = reader.fieldnames, list(reader)
of = next(r for r in rows if r['control'] == '1' and int(r['size']) > 100)
tiny = [dict(r, size='2', work_cpu_s=str(1e-5 * (0.5 + int(r['control'])))) for r in rows
        if all(r[name] == of[name] for name in ('strategy', 'settings', 'allocator', 'workload', 'variant', 'size'))]
with open(sys.argv[1], 'a', newline='') as file:
    csv.DictWriter(file, names, lineterminator='\n').writerows(tiny)
P
}
compare old new
band=$(rows "r['scope'] == 'cell' and r['metric'] == 'work_cpu_s' and float(r['band']) > 1.5")
copy old old_tiny && add_tiny old_tiny
copy new new_tiny && add_tiny new_tiny
compare old_tiny new_tiny
holds "what is tiny has a band of its own" "r['size'] == '2' and r['metric'] == 'work_cpu_s' and float(r['band']) > 2.9" -gt 0
holds "and does not widen that of the others" \
    "r['size'] != '2' and r['scope'] == 'cell' and r['metric'] == 'work_cpu_s' and float(r['band']) > 1.5" -eq "$band"

# ---- A change of everything ---------------------------------------------------------------------------------------------

simulate all 4 --drift 1.4
compare old all
ends "where everything is 40% slower, time cannot tell the machine from the code: no regression" 0
holds "no cell and no mean is the same, though each is beside the others" \
    "r['metric'] != 'peak_rss_kib' and r['verdict'] == 'same'"
tail -n 1 "$scratch/said" |
    grep -q '^Everything took 1\.[34].* times as long .* either the machine changed or all of it became slower\.' &&
    pass "and the sentence begins with it" || miss "everything slower: $(tail -n 1 "$scratch/said")"
grep -q '^\*\*Everything took 1\.[34]' "$scratch/out/compare.md" && pass "in compare.md, too" ||
    miss "compare.md does not say so"
untold=$(rows "r['verdict'] == 'cannot tell' and r['ratio'] != 'NA'")
tail -n 1 "$scratch/said" | grep -q "of $untold nobody can tell" && pass "it counts everything together among them" ||
    miss "$untold rows cannot be told: $(tail -n 1 "$scratch/said")"
compare all old
tail -n 1 "$scratch/said" | grep -q '^Everything took 0\.7.* all of it became faster\.' && pass "and the other way round" ||
    miss "everything faster: $(tail -n 1 "$scratch/said")"
simulate steady 5
compare old steady --threshold 20%
holds "cells of two like sessions are the same" "r['metric'] == 'work_cpu_s' and r['verdict'] == 'same'" -gt 20
tail -n 1 "$scratch/said" | grep -q '^No regression' && pass "and nothing is said of everything" ||
    miss "like sessions: $(tail -n 1 "$scratch/said")"

# ---- Instructions --------------------------------------------------------------------------------------------------------

# count RUN strategy=RATIO …: one workload's instructions, of which 100,000 are the start.
count()
{
    echo "strategy,settings,allocator,workload,variant,size,seed,input,status,reason,instructions,startup"
    for cell in "${@:2}"; do
        total=$(awk -v ratio="${cell#*=}" 'BEGIN { printf "%.0f", 10000000 * ratio + 100000 }')
        echo "${cell%=*},,glibc,gcbench,top_down,11,1,,ok,,$total,100000"
    done
}
count old arena=1 boehm=1 refcount=1 never=1 >"$results/old/instructions.csv"
count new arena=1.03 boehm=1.00001 refcount=1.01 stream=1 >"$results/new/instructions.csv"
compare old new
ends "3% more instructions are a regression" 1
counted="r['metric'] == 'instructions' and r['scope'] == 'cell' and r['strategy']"
holds "of that strategy" "$counted == 'arena' and r['regression'] == '1'" -eq 1
holds "1% more are slower and no regression" \
    "$counted == 'refcount' and r['verdict'] == 'slower' and r['regression'] == '0'" -eq 1
holds "one in 100,000 is nothing" "$counted == 'boehm' and r['verdict'] == 'same'" -eq 1
holds "what only one counted is listed" "$counted in ('never', 'stream') and r['verdict'].startswith('only in')" -eq 2

# parts RUN collect=N work=N release=N …: a strategy's, of one workload each; startup is 100,000
parts()
{
    echo "strategy,settings,allocator,workload,variant,size,seed,input,status,reason,instructions,\
work,allocate,barrier,release,collect,teardown,startup" | tr -d ' '
    for cell in "${@:2}"; do
        IFS=, read -r strategy status work release collect <<<"$cell"
        all=$((work + 1000000 + release + collect + 100000))
        echo "$strategy,,glibc,gcbench,top_down,11,1,,$status,,$all,$work,1000000,0,$release,$collect,0,100000"
    done
}
parts old boehm,ok,1000000,0,1000000 mark_sweep,ok,1000000,0,1000000 refcount_trial,ok,1000000,5,1000000 \
    arena,ok,1000000,5,0 never,ok,1000000,0,0 refcount,crash,1000000,5,0 >"$results/old/instructions.csv"
parts new boehm,ok,1000000,0,1300000 mark_sweep,ok,1000000,0,1600000 refcount_trial,ok,1000000,5,1300000 \
    arena,ok,1004000,5,0 never,crash,1000000,0,0 refcount,ok,1000000,5,0 >"$results/new/instructions.csv"
compare old new
ends "a cell that could be counted and cannot be any more is a regression" 1
holds "it is broken" "$counted == 'never' and r['verdict'] == 'broken' and r['regression'] == '1'" -eq 1
holds "and the other way round mended" "$counted == 'refcount' and r['verdict'] == 'mended'" -eq 1
holds "4,000 instructions are nothing, for a clock moves as many" "$counted == 'arena' and r['verdict'] == 'same'" -eq 1
holds "where collections may guess, 10% more of nothing but collections cannot be told" \
    "$counted == 'boehm' and r['verdict'] == 'cannot tell' and r['regression'] == '0' and 'guesses' in r['reason']" -eq 1
holds "but 20% can" "$counted == 'mark_sweep' and r['regression'] == '1'" -eq 1
holds "and so can 10% of one that counts references, which knows them" \
    "$counted == 'refcount_trial' and r['regression'] == '1'" -eq 1
compare new old
holds "the other way round it is as unsure" "$counted == 'boehm' and r['verdict'] == 'cannot tell'" -eq 1

damaged_count() # what, words, a script for sed on instructions.csv
{
    copy new other
    sed -i "$3" "$results/other/instructions.csv"
    refuses "$1" "other/instructions.csv:$2" "$reclaim" compare "$results/old" "$results/other" --output "$scratch/out"
}
damaged_count "a count that is there twice" '4: this cell is counted twice' 3p
damaged_count "no counts" '2: no cell is counted' '2,$d'
copy new other
truncate -s -3 "$results/other/instructions.csv"
refuses "counts that are torn" "other/instructions.csv:7: the last line has no end" \
    "$reclaim" compare "$results/old" "$results/other"
rm "$results"/*/instructions.csv

# ---- What is not compared -----------------------------------------------------------------------------------------------

copy new fewer
escape=$'\e]0;title\a\xc2\x9b31m' links='https://example.org www.example.org @name #1'
crash='crash,"killed | by <b> ""9"" '"$escape $links"'",NA,NA,1,NA,NA,NA'
sed -i "/,arena,/d; s~^\\(.*,boehm,.*\\),ok,,[0-9]*,[0-9]*,.*~\\1,$crash~" "$results/fewer/trials.csv"
compare old fewer
ends "a cell that fails now is a regression" 1
holds "it is called broken" "r['strategy'] == 'boehm' and r['scope'] == 'cell' and r['verdict'] != 'broken'"
holds "what only OLD has is listed" \
    "r['strategy'] == 'arena' and r['scope'] == 'cell' and r['verdict'] == 'only in OLD'" -gt 0
grep -q 'killed &#124; by &#60;b&#62; "9"' "$scratch/out/compare.md" && pass "a reason breaks no table" ||
    miss "a reason in compare.md"
holds "and no CSV" "r['reason'].startswith('killed | by <b> \"9\" \x1b')" -gt 0
is_clean() { ! LC_ALL=C grep -q $'[\x01-\x09\x0b-\x1f]\|\xc2\x9b' "$1"; } # file
grep -q 'killed | by.*title  *31m' "$scratch/said" && is_clean "$scratch/said" &&
    pass "its escape sequences reach no terminal" || miss "control bytes on the terminal"
is_clean "$scratch/out/compare.md" && ! grep -qi '://\|www\.\|@name\|#1 ' "$scratch/out/compare.md" &&
    pass "nor does it become a link in a review" || miss "a link in compare.md"
compare fewer old
ends "what does not fail any more is none" 0
copy new fewer
sed -i '/,boehm,/s/,ok,,\([0-9]*,[0-9]*,\)[^,]*,[^,]*,[^,]*,[^,]*$/,unsupported,cannot,NA,NA,1,NA,NA,NA/' \
    "$results/fewer/trials.csv"
compare old fewer
ends "nor is it all well if a strategy says that it cannot any more" 1
copy new fewer
sed -i '/,glibc,1,ok,/s/,ok,,.*/,crash,signal 11,NA,NA,1,NA,NA,NA/' "$results/fewer/trials.csv"
compare old fewer
ends "a program that fails when it runs a second time, as A/A control, is a regression" 1
holds "and it is said" "r['verdict'] == 'broken' and 'as A/A control: signal 11' in r['reason']" -gt 0
copy new fewer
sed -i '/,glibc,1,ok,/d' "$results/fewer/trials.csv"
compare old fewer
ends "without A/A controls nothing is told, and that is no success" 2
tail -n 1 "$scratch/said" | grep -q '^Nothing can be told by time: not both runs have A/A controls' &&
    ! grep -q nan "$scratch/said" && pass "a sentence says so first" || miss "no controls: $(tail -n 1 "$scratch/said")"
copy new fewer
sed -i 's/,boehm,/,boehm2,/' "$results/fewer/trials.csv"
compare old fewer
grep -q 'differs: strategy boehm: in OLD only' "$scratch/said" && grep -q 'strategy boehm2: in NEW only' "$scratch/said" &&
    grep -q 'strategy boehm: in OLD only' "$scratch/out/compare.md" &&
    pass "a strategy that one run lacks is told first" || miss "a strategy that is missing"
copy new other
sed -i '/,boehm,/s/,ok,,\([0-9]*\),/,ok,,7\1,/' "$results/other/trials.csv"
compare old other
holds "cells that answer otherwise do other work: no ratio" "r['strategy'] == 'boehm' and r['ratio'] != 'NA'"

# ---- What is refused -------------------------------------------------------------------------------------------------------

differ() # what is wrong, words, what to force; the run `other` differs from new
{
    refuses "$1" "$2" "$reclaim" compare "$results/old" "$results/other" --output "$scratch/out"
    compare old other --force "$3"
    ends "$1: compared when it is allowed" 0
    grep -q "differs: .*$2" "$scratch/said" && pass "$1: and told" || miss "$1: not told"
    copy new other
}

copy new other
in_manifest other 'm["parameters"]["mode"] = "full"'
differ "another mode" 'the mode: "standard" in OLD, "full" in NEW' mode
in_manifest other 'm["inputs"]["json"]["sha256"] = "0" * 64'
differ "another input" 'the file that json reads' inputs
in_manifest other 'm["machine"]["cpu"] = "a <b>|\"faster\" one"'
differ "another processor" 'the processor' host
grep -q '&#60;b&#62;&#124;' "$scratch/out/compare.md" && ! grep -q '<b>' "$scratch/out/compare.md" &&
    pass "a manifest breaks no table" || miss "a manifest's text in compare.md"
in_manifest other 'm["machine"]["memory_mib"] *= 2'
differ "another machine's memory" 'the memory in MiB' host
in_manifest other 'm["machine"]["transparent_huge_pages"] = "[always] madvise never"'
differ "other huge pages" 'transparent huge pages' host
in_manifest other 'm["pinned"]["trials"] = None'
differ "trials that were not pinned" 'pinned' host
variant=$(sed -n 2p "$results/other/trials.csv" | cut -d, -f4,5)
sed -i "s/,$variant,[0-9]*,/,$variant,3,/" "$results/other/trials.csv"
differ "other sizes" "${variant/,/ }, n = " sizes
sed -i '2,$s/^\(\([^,]*,\)\{6\}\)1,/\12,/' "$results/other/trials.csv"
differ "another seed" 'the seed of' seeds
in_manifest other 'm["ended"] = None'
differ "a run that has not ended" 'NEW has not ended' unfinished
cut -d, -f1,2 "$results/new/trials.csv" >"$results/other/plan.csv"
sed -i '$d' "$results/other/trials.csv"
differ "a run that lacks a trial of its plan" 'NEW has not ended: it has' unfinished
in_manifest other 'm["compiler"] = "another"; m["commit"] = "f" * 40; m["parameters"]["seed"] += 1'
compare old other
ends "another compiler, commit and order of trials are none of these" 0
grep -q 'differs: compiler: .* "another" in NEW' "$scratch/said" && pass "but told" || miss "the compiler is not told"

refuses "a threshold that is none" "3x" "$reclaim" compare "$results/old" "$results/new" --threshold 3x
refuses "nor is a number in base 16 one" "0x3" "$reclaim" compare "$results/old" "$results/new" --threshold 0x3
refuses "nothing to force" "--force hots" "$reclaim" compare "$results/old" "$results/new" --force hots
refuses "no run" "compare: name two folders" "$reclaim" compare
refuses "a run that is not there" "nowhere/manifest.json: No such file" "$reclaim" compare "$results/old" "$results/nowhere"

# ---- Damaged files -----------------------------------------------------------------------------------------------------------

damaged() # what, words, a script for sed on trials.csv
{
    copy new other
    sed -i "$3" "$results/other/trials.csv"
    refuses "$1" "$2" "$reclaim" compare "$results/old" "$results/other" --output "$scratch/out"
}

damaged "a column that is missing" 'other/trials.csv:1: there is no column status' '1s/,status,/,state,/'
damaged "a number that is none" 'other/trials.csv:9: column block: `x'  '9s/^[0-9]*/x/'
damaged "a block that no run has" 'trials.csv:9: column block: `10001` is not a number from 1 to 10000'  '9s/^[0-9]*/10001/'
damaged "a block 0" 'other/trials.csv:9: column block: `0'  '9s/^[0-9]*/0/'
damaged "a name that would be a tag" 'other/trials.csv:5: column strategy: `<b>' '5s/^\([0-9]*,[0-9]*,\)[a-z_]*/\1<b>/'
damaged "a name with a pipe" 'other/trials.csv:5: column workload: `a|b' '5s/^\(\([^,]*,\)\{3\}\)[a-z_]*/\1a|b/'
damaged "a field too few" 'other/trials.csv:7: 18 fields where there should be 19' '7s/,[^,]*$//'
damaged "a quote that is never closed" 'other/trials.csv:7: field ' '7s/^/"/'
damaged "no time in a row that is ok" 'other/trials.csv:3: column work_cpu_s: NA' '3s/,[^,]*\(,[^,]*,[^,]*\)$/,NA\1/'
damaged "a row twice" 'column block: this cell has block' '3p'
damaged "an answer that changes on the way" 'not those of the cell' '$s/,ok,,[0-9]*/,ok,,7/'
damaged "no trials" 'there are no trials to compare' '2,$d'
damaged "an empty file" 'other/trials.csv:1: the line of column names is missing' 'd'
copy new other
echo '{' >"$results/other/manifest.json"
refuses "a manifest that is none" "other/manifest.json:" "$reclaim" compare "$results/old" "$results/other"
copy new other
in_manifest other 'm["classes"]["gcbench"] = "\x1b]0;title\a"'
refuses "a class that is no name" 'manifest.json: classes: ` ]0;title `, which gcbench has' \
    "$reclaim" compare "$results/old" "$results/other"
is_clean "$scratch/errors" && pass "and it reaches no terminal" || miss "control bytes of a class on the terminal"
copy new other
count other arena=x >"$results/other/instructions.csv"
sed -i 's/,ok,,[0-9]*/,ok,,-1/' "$results/other/instructions.csv"
refuses "instructions below 0" 'other/instructions.csv:2: column instructions: `-1`' \
    "$reclaim" compare "$results/old" "$results/other"
copy new other
truncate -s -20 "$results/other/trials.csv"
compare old other
ends "a last line that is torn is left out" 0
grep -q 'the last line is torn and left out' "$scratch/errors" && pass "and told" || miss "a torn line is not told"
awk -F, 'NR == 1 { print "future," $0 ",more"; next } { print "\"a,b\"," $0 ",1" }' "$results/new/trials.csv" \
    >"$results/other/trials.csv"
compare old other
ends "columns of another version are passed over" 0

# ---- Baselines -------------------------------------------------------------------------------------------------------------

baseline() { harness/compare/baseline.sh "$results" "$@"; }
rm -rf "$results/other" "$results/fewer"
refuses "no baseline yet" "has no baseline" "$reclaim" compare "$results/new"
baseline usual old >"$scratch/said" && pass "a run is kept" || miss "a run is not kept"
"$reclaim" compare "$results/new" --output "$scratch/out" >"$scratch/said" && grep -q 'baselines/usual' "$scratch/said" &&
    pass "and is what others are compared with" || miss "the baseline is not OLD"
refuses "a baseline is not replaced" "usual is there already" harness/compare/baseline.sh "$results" usual new
REPLACE=1 baseline usual new >"$scratch/said" &&
    cmp -s "$results/new/trials.csv" "$results/baselines/usual/trials.csv" &&
    pass "unless that is asked for" || miss "the baseline is not replaced"
baseline second >"$scratch/said" && pass "without a run it is the last" || miss "the last run is not kept"
refuses "which of several" "several baselines" "$reclaim" compare "$results/new"
"$reclaim" compare "$results/new" --baseline usual --output "$scratch/out" >"$scratch/said" && pass "is named" ||
    miss "a baseline by name"
refuses "a name that leads elsewhere" "no name for a baseline" harness/compare/baseline.sh "$results" ../x old
refuses "a name that would be an option" "no name for a baseline" harness/compare/baseline.sh "$results" -rf old
in_manifest new 'm["ended"] = None'
refuses "a run that has not ended" "has not ended" harness/compare/baseline.sh "$results" third new
! ls -A "$results/baselines" | grep -q draft && pass "nothing half done is left" || miss "drafts are left"
ended

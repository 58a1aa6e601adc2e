#!/bin/bash
# What the harness itself costs, and how often it would claim what is not so: the table of docs/trust.md. Some six minutes on
# an idle machine. QUICK=1: with less of everything, in about one, to see that it works.
#
# trust.sh BUILD, from the project's root; `make trust` builds what it needs and holds the machine's lock.
set -u
build=$1
. tests/cells.sh
. tests/scratch.sh
project=$PWD
few=${QUICK:-}  # or nothing
scratch_project $(strategies)
bench() { "$reclaim" bench --no-charts --no-census "$@" >said 2>&1 || { cat said >&2; exit 1; }; }

row() { echo "| $1 | $2 | $3 |"; }
median_of() { sort -g | awk '{ x[NR] = $1 } END { print (x[int((NR + 1) / 2)] + x[int(NR / 2) + 1]) / 2 }'; }

# ---- A workload that does nothing -----------------------------------------------------------------------------------------

cat >workloads/nothing.c <<'C'
/* Nothing: what a trial costs that has nothing to do. */
#include "workload.h"

static uint64_t nothing(uint64_t n) { return n; }
static uint64_t same(uint64_t n) { return n; }

WORKLOAD(nothing, MICRO, 1, "nothing", VARIANT(nothing, STREAMS));
REFERENCE(same);
C
scratch_build

trials() # column strategy
{
    awk -F, -v column="$1" -v strategy="$2" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["strategy"] == strategy && $at["status"] == "ok" {
            print column == "cpu_s" ? $at["user_s"] + $at["system_s"] : $at[column]
        }' results/nothing/trials.csv
}

# What every process takes that hyperfine starts, whatever is in it.
any_process()
{
    hyperfine -N --warmup 2 --runs 40 --style none --export-json true.json /bin/true >/dev/null 2>&1
    row "a process that does nothing (\`/bin/true\`)" \
        "$(python3 -c 'import json; r = json.load(open("true.json"))["results"][0]
print("%.2f ms, CPU time %.2f ms" % (r["median"] * 1e3, (r["user"] + r["system"]) * 1e3))')" "as it is"
}

empty_workload()
{
    local s wall cpu work
    bench --workloads nothing --run nothing --blocks $([ "$few" ] && echo 5 || echo 20) --seed 1
    for s in never refcount boehm cpython; do
        wall=$(trials wall_s $s | median_of) cpu=$(trials cpu_s $s | median_of) work=$(trials work_s $s | median_of)
        [ -n "$(trials wall_s $s)" ] || continue
        row "an empty workload under \`$s\`: from the process's start to its row" \
            "$(awk -v w="$wall" -v c="$cpu" 'BEGIN {
                printf "%.2f ms, CPU time %.2f ms: %.2f%% of a trial of 100 ms", w * 1e3, c * 1e3, c * 1e3 }')" \
            "$([ $s = cpython ] && echo "as it is: an interpreter starts" || echo "under 1%")"
        row "of that in the time that is reported (\`work_s\`)" "$(awk -v w="$work" 'BEGIN { printf "%.0f ns", w * 1e9 }')" \
            "under 1%"
    done
}

# ---- Counting ----------------------------------------------------------------------------------------------------------------

counting_cells="refcount/binary_trees refcount_cycle/gc_collect boehm/btree mark_sweep/btree arena/binary_trees"

# The counted build against the timed one, in turn: the geometric mean over the cells of ratios of medians.
counting_on() # option of the counted cell
{
    local c i folder=$PWD/profile
    mkdir -p profile
    for c in $counting_cells; do
        for i in 1 2 3; do
            (cd "$project" && cell=$build/$c && "$cell" -r 1 -n "$(size_of $c)" | field work_cpu_s) >>timed
            (cd "$project" && cell=$build/counted/$c && "$cell" -n "$(size_of $c)" ${1:+$1 "$folder"} | field work_cpu_s) \
                >>counted
        done
        echo "$(median_of <counted) $(median_of <timed)"
        rm timed counted
    done | awk '{ sum += log($1 / $2) } END { printf "%.2f times the CPU time", exp(sum / NR) }'
}

size_of() # cell
{
    (cd "$project" && "$build/$1" --describe) |
        awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i } NR == 2 { print $at["quick"] }'
}

# The same cells compiled from sources from which the calls are deleted: BUILD, what is deleted.
without() # folder words
{
    cp -r strategies harness Makefile tests "$1"
    (cd "$1" && mkdir workloads && cp -r "$project"/workloads/{objects,{binary_trees,gc_collect,btree}.c} workloads &&
        sed -i -E "s/^( *)($2)\\(.*\\);/\\1;/" strategies/*.h \
            strategies/parts/{chunks,counting,finalization,pointers,pool,system}.h &&
        make -s $(printf 'build/%s ' $counting_cells) >made 2>&1) || { tail -n 3 "$1/made" >&2; exit 1; }
}

code_of() { objcopy -O binary --only-section=.text "$1" /dev/stdout; } # cell

counting_off()
{
    local c f calls='census_(died|died_since|demand_alive|finalized|sweep)|footprint_(grew|shrank)|pause_(begin|end)'
    mkdir whole empty quiet
    without whole 'nothing_is_called_so'
    without empty "$calls"
    without quiet 'collection_(begin|end)'
    for c in $counting_cells; do
        cmp -s <(code_of whole/build/$c) <(code_of empty/build/$c) || echo "$c"
    done >differ
    row "counting off: cells whose machine code differs from that without the calls, of $(wc -w <<<"$counting_cells")" \
        "$(wc -l <differ)$(sed 's/^/ /' differ | tr -d '\n')" "0"
    # Not of boehm: libgc collects once more or less when the stack is laid out otherwise.
    for c in $counting_cells; do
        [[ $c = boehm/* ]] && continue
        echo "$(for f in whole quiet; do (cd $f && instructions build/$c -r 1 -n "$(size_of $c)"); done | xargs)"
    done >counts
    row "taking the time of collections (\`collect_s\`): its share of the instructions, the most of $(wc -l <counts) cells" \
        "$(awk '{ d = $1 / $2 - 1; if (d > most) most = d } END { printf "%.3f%%", most * 100 }' counts)" "under 0.1%"
}

# ---- What is claimed -------------------------------------------------------------------------------------------------------

# Two runs of the same, with other orders.
claims()
{
    for seed in 1 2; do
        (cd "$project" && "$reclaim" bench --build "$build" --quick --no-charts --no-census --run "again$seed" \
            --seed $seed --blocks $([ "$few" ] && echo 2 || echo 4) --results "$scratch/results" \
            --strategies "refcount refcount_cycle arena" ${few:+--workloads "sequence graph lookup"}) >said 2>&1 ||
            { cat said >&2; exit 1; }
    done
    python3 "$project/tests/trust.py" results/again1 results/again2
}

echo "| what | figure | wanted |"
echo "|---|---|---|"
any_process
empty_workload
row "counting on, no record, no clock (\`build/counted\`)" "$(counting_on)" "is never timed"
row "counting on, every object recorded (\`--profile\`)" "$(counting_on --profile)" "is never timed"
row "counting on, pauses timed (\`--pauses\`)" "$(counting_on --pauses)" "near 1: pauses are of this run"
counting_off
claims

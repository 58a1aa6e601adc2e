#!/bin/bash
# What slowdowns `make compare` finds, and how often it calls one where there is none: fresh runs of a few cells with the blocks
# of a full run, between copies of one strategy in which more and more is planted. Prints a table in Markdown (docs/compare.md).
#
# resolution.sh BUILD [ROUNDS], from the project's root. Each round is a run of what was, and fresh ones to compare with it: of
# the same, with 3% planted, and with 5, 10 or 20% in turn. So tries are independent of each other: 20 of nothing and of 3% in
# 20 rounds, which is what they are by default, and 7, 7 and 6 of the others.
#
# Planted is a loop in the slow path of the arena's births, of so many turns that the cell takes 3% more instructions, or 5,
# 10, 20, as callgrind counts them. By time it may be more or less; what it was is in the table.
set -u
build=$1 rounds=${2:-20}
. tests/cells.sh
. tests/scratch.sh
project=$PWD
commit=$(git rev-parse --short HEAD 2>/dev/null)
workloads="binary_trees lru"
strategies="refcount refcount_trial arena"
blocks=30

planted_header() # turns of each workload: "binary_trees=5 lru=7"
{
    local workload choice=0
    for workload in $1; do
        choice="__builtin_strcmp(__BASE_FILE__, \"workloads/${workload%=*}.c\") == 0 ? ${workload#*=} : $choice"
    done
    awk -v turns="$choice" '
        /^static __attribute__\(\(noinline\)\) void arena_add_chunk/ {
            print "static inline void arena_waste(void)\n{"
            print "    uint64_t x = 1;"
            print "    for (uint64_t turn = 0; turn < (" turns "); turn++) {"
            print "        x = x * 6364136223846793005u + 1;\n        __asm__ volatile(\"\" : \"+r\"(x));\n    }\n}\n"
            slow = 1
        }
        { print }
        slow && /^{/ { print "    arena_waste();"; slow = 0; planted++ }
        END { exit planted != 1 }' "$project/strategies/arena.h"
}

# build_planted FOLDER TURNS: the arena's cells anew, the others as they are.
build_planted()
{
    rm -rf "$1" && cp -a build "$1"
    planted_header "$2" >strategies/arena.h &&
        make -s BUILD="$1" STRATEGIES=arena $(for w in $workloads; do echo "$1/arena/$w"; done) >made 2>&1 && return
    echo "resolution: $1 is not built: $(tail -n 3 made)" >&2
    exit 1
}

# The first variant's name, and its quick size.
variant() { described build refcount "$1" | awk 'NR == 1 { print $1 }'; }           # workload
quick_size() { described build refcount "$1" quick | awk 'NR == 1 { print $2 }'; } # workload

# What callgrind counts of a cell at its quick size: count_cell FOLDER STRATEGY WORKLOAD
# (In an environment without words, with addresses that are not randomised.)
count_cell()
{
    setarch -R env -i "$(command -v valgrind)" --tool=callgrind --callgrind-out-file=/dev/null "$1/$2/$3" \
        -n "$(quick_size "$3")" -r 1 2>&1 >/dev/null | awk '/Collected/ { print $4 }'
}

# So many turns that each workload takes so many percent more, and not a few instructions less than that: calibrated PERCENT
calibrated()
{
    local workload
    for workload in $workloads; do
        awk -v w="$workload" -v none="${plain[$workload]}" -v some="${probed[$workload]}" -v percent="$1" -v probe=$probe '
            BEGIN {
                if (some <= none) exit 1
                printf "%s=%d ", w, 1.001 * none * percent / 100 / ((some - none) / probe) + 1
            }' || echo "resolution: what is planted does not show in $workload" >&2
    done
}

# One run, with its instructions counted: measure FOLDER RUN
measure()
{
    local strategy workload
    "$reclaim" bench --quick --blocks $blocks --build "$1" --run "$2" --no-census --no-charts >said 2>&1 || {
        echo "resolution: run $2 failed: $(tail -n 3 said)" >&2
        exit 1
    }
    echo strategy,settings,allocator,workload,variant,size,seed,input,status,reason,instructions
    for strategy in refcount arena; do
        for workload in $workloads; do
            echo "$strategy,,glibc,$workload,$(variant "$workload"),$(quick_size "$workload"),1,,ok,,$(
                count_cell "$1" $strategy "$workload")"
        done
    done
}

run() { measure "$1" "$2" >counted && mv counted "results/$2/instructions.csv"; } # folder run

# What a comparison called, a line: percent, then 1 or 0 for what was found by instructions, in a cell by time, in the mean by
# time; a regression where nothing was planted; `faster` or `slower` there, by whatever metric; the ratio of the mean's time,
# itself and beside the others; the band, and how much faster or slower everything was.
judge() # percent old new
{
    "$reclaim" compare "results/$2" "results/$3" --output "compared/$3" >said 2>&1
    [ $? -le 1 ] || { echo "resolution: $(cat said)" >&2; exit 1; }
    awk -F, -v percent="$1" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        { planted = $at["strategy"] == "arena" && percent > 0 }
        $at["regression"] == 1 && !planted { wrong = 1 }
        $at["verdict"] ~ /^(faster|slower)$/ && !planted { called = 1 }
        $at["regression"] == 1 && planted && $at["metric"] == "instructions" { counted = 1 }
        $at["regression"] == 1 && planted && $at["metric"] == "work_cpu_s" && $at["scope"] == "cell" { cell = 1 }
        $at["regression"] == 1 && planted && $at["metric"] == "work_cpu_s" && $at["scope"] == "class" { mean = 1 }
        $at["metric"] != "work_cpu_s" { next }
        $at["scope"] == "all" { drift = $at["ratio"] }
        $at["strategy"] == "arena" && $at["scope"] == "class" { ratio = $at["ratio"]; beside = $at["beside"] }
        $at["strategy"] == "arena" && $at["scope"] == "cell" { band = $at["band"] }
        END { print percent, counted + 0, cell + 0, mean + 0, wrong + 0, called + 0, ratio, beside, band, drift }' \
        "compared/$3/compare.csv"
}

# The lines of one slowdown, if there are any, as a row of the table.
row() # percent
{
    awk -v percent="$1" '$1 == percent' judged >lines
    [ -s lines ] || return
    awk -v percent="$1" -v ratio="$(cut -d' ' -f7 lines | median)" -v beside="$(cut -d' ' -f8 lines | median)" \
        -v band="$(cut -d' ' -f9 lines | median)" '
        { counted += $2; cell += $3; mean += $4; wrong += $5; called += $6; n++ }
        { drift = $10 > 1 ? $10 : 1 / $10; if (drift > most) most = drift }
        END { printf "| %s | %d | %d | %d | %d | %d | %d | %.3f | %.3f | %.1f%% | %.1f%% |\n",
              percent ? percent "%" : "nothing", n, counted, cell, mean, wrong, called, ratio, beside,
              100 * (band - 1), 100 * (most - 1) }' lines
}

scratch_project $strategies
for w in $workloads; do cp "$project/workloads/$w.c" workloads; done
mkdir compared
scratch_build
make -s build/reclaim >made 2>&1 || { echo "resolution: $(tail -n 3 made)" >&2; exit 1; }

declare -A plain probed
probe=10000
build_planted probe "$(for w in $workloads; do echo "$w=$probe"; done | xargs)"
for w in $workloads; do
    plain[$w]=$(count_cell build arena "$w") probed[$w]=$(count_cell probe arena "$w")
done
for percent in 3 5 10 20; do build_planted "planted$percent" "$(calibrated $percent)"; done
for w in $workloads; do
    awk -v w="$w" -v plain="${plain[$w]}" -v slow="$(count_cell planted3 arena "$w")" 'BEGIN {
        printf "%s: %d instructions, %.5f times as many with 3%% planted\n", w, plain, slow / plain }'
done

try() # percent folder; in the round at hand
{
    run "$2" "new$1.$round" && judge "$1" "old.$round" "new$1.$round" >>judged
}

larger=(5 10 20)
for ((round = 0; round < rounds; round++)); do
    run build "old.$round"
    try 0 build
    try 3 planted3
    try ${larger[round % 3]} planted${larger[round % 3]}
done

host=$(sed -n 's/^ *"host_kind": "\(.*\)",$/\1/p' results/old.0/manifest.json)
printf '\n%s, commit %s, %s; %d blocks; %s under %s\n\n' "$(date -u +%F)" "${commit:-unknown}" "$host" $blocks \
    "$workloads" "$strategies"
printf '| planted | tries | found by instructions | by a cell'"'"'s time | by the mean'"'"'s time |'
printf ' wrong regressions | wrong `faster` or `slower` |'
echo ' time NEW/OLD | beside | A/A band | most drift |'
echo "|---|---|---|---|---|---|---|---|---|---|---|"
for percent in 0 3 5 10 20; do row $percent; done

#!/bin/bash
# Pauses, latency and memory over time: made-up files of a run whose numbers are known -> pause_summary.csv, and the charts of
# curves.
#
# curves.sh BUILD, from the project's root. Needs gnuplot.
set -u
build=$1
. tests/cells.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
reclaim=$build/reclaim

check() # what must be so; then the command that is true if it is
{
    name=$1
    shift
    "$@" >"$scratch/said" 2>&1 && pass "$name" || miss "$name: $(head -n 3 "$scratch/said")"
}

# ---- A made-up run --------------------------------------------------------------------------------------------------------

cell=strategy,settings,allocator,workload,variant,size,seed,input
time=$(sed -n 's/^#define TIME_METRIC "\(.*\)"$/\1/p' harness/rows/records.h)
strategies="never refcount boehm"

summary()
{
    printf %s strategy,workload,variant,size,input,settings,allocator,control,status,reason,metric,n,median,lo,hi,
    echo ratio,ratio_lo,ratio_hi,detectable,outliers,verdict
    for s in $strategies; do
        for metric in "$time" operation_ns peak_rss_kib; do
            echo "$s,ring,window,1000,,,libc,0,ok,,$metric,5,1,0.9,1.1,1,0.9,1.1,0.03,0,same"
        done
    done
    echo "stream,ring,window,1000,,,libc,0,unsupported,holds it,$time,0,NA,NA,NA,NA,NA,NA,NA,NA,NA"
}

# never does not pause; refcount three times for 2 to 4 us of 100 ms; boehm for 10 ms, in three runs for 10, 12 and 20, and 99
# times for 10 us.
pauses()
{
    echo "$cell,run,kind,start_ns,end_ns,allocated_bytes"
    for i in 1 2 3; do echo "refcount,,libc,ring,window,100,1,,1,cascade,${i}0000000,${i}000$((i + 1))000,5"; done
    for run in 1 2 3; do
        for i in $(seq 99); do echo "boehm,,libc,ring,window,100,1,,$run,collection,${i}00000,${i}10000,5"; done
        echo "boehm,,libc,ring,window,100,1,,$run,collection,50000000,$((50 + (run == 1 ? 10 : run == 2 ? 12 : 20)))000000,9"
    done
}

pause_runs()
{
    echo "$cell,run,pauses,listed_pauses,pause_floor_ns,pause_total_ns,pause_longest_ns,pause_run_ns"
    echo never,,libc,ring,window,100,1,,1,0,0,1000,0,0,100000000
    echo refcount,,libc,ring,window,100,1,,1,1000,3,1000,60000,4000,100000000
    for run in 1 2 3; do
        longest=$((run == 1 ? 10 : run == 2 ? 12 : 20))
        echo "boehm,,libc,ring,window,100,1,,$run,100,100,1000,$((longest * 1000000 + 990000)),${longest}000000,100000000"
    done
}

census()
{
    printf %s "$cell,status,reason,allocations,frees,live_objects,allocated_bytes,freed_bytes,live_bytes,resizes,reused,"
    printf %s finalized,peak_live_bytes,peak_room_bytes,peak_footprint_bytes,peak_resident_kib,collections,cascades,resets,
    echo pauses,listed_pauses,pause_floor_ns,pause_total_ns,pause_longest_ns,pause_run_ns
    for s in $strategies; do
        echo "$s,,libc,ring,window,100,1,,ok,,1,1,0,9,9,0,0,0,0,1048576,1048576,4194304,9,0,0,0,0,0,1000,0,0,9"
    done
}

# 1 MiB is needed all the time; never holds all that was allocated, boehm four times as much as is needed.
timeline()
{
    echo "$cell,allocated_bytes,live_bytes,room_bytes,footprint_bytes,resident_kib"
    for s in $strategies; do
        for mib in 1 2 3 4 5 6 7 8; do
            case $s in never) live=$mib held=$mib ;; refcount) live=1 held=1 ;; boehm) live=2 held=4 ;; esac
            m() { echo $(($1 * 1048576)); }
            echo "$s,,libc,ring,window,100,1,,$(m $mib),$(m $live),$(m $live),$(m $held),$((held * 1024 + 1000))"
        done
    done
}

latency()
{
    printf %s "$cell,percentile,latency_ns,service_ns,latency_lo_ns,latency_hi_ns,runs,requests,period_ns,"
    echo busy,saturated,status,reason
    for p in 0 50 90 99 99.9 100; do
        echo "refcount,,libc,ring,window,1000,1,,$p,5000,4000,4500,6000,3,1000,20000,0.25,0,ok,"
        echo "boehm,,libc,ring,window,1000,1,,$p,NA,9000,NA,NA,3,1000,20000,1.2,1,ok,cannot keep up"
    done | sort -s -t, -k1,1
    echo "never,,libc,ring,window,1000,1,,NA,NA,NA,NA,NA,0,NA,NA,NA,0,oom,the system refused 64 more bytes"
}

made=$scratch/run
mkdir "$made"
for file in summary pauses pause_runs census timeline latency; do $file >"$made/$file.csv"; done
{
    echo moment,started_s,spun_s,hiccups,lost_s,p99_ns,worst_ns,host
    echo before,0,1,2,0.1,4000,5000,
    echo after,9,1,1,0.1,NA,15000000,
} >"$made/hiccups.csv"
charts() { "$reclaim" pauses "$1" && "$reclaim" charts "$1"; }
check "a run with pauses, latency and a timeline is drawn" charts "$made"

# ---- What is summed up ----------------------------------------------------------------------------------------------------

says() # strategy metric n,median,lo,hi
{
    check "$1: $2 is $3" grep -x "$1,,libc,ring,window,100,1,,$2,$3" "$made/pause_summary.csv"
}
says never longest_ns 1,0,0,0
says never p99_ns 1,NA,NA,NA
says never mmu_10ms 1,1,1,1
says refcount longest_ns 1,4000,4000,4000
says refcount p50_ns 1,NA,NA,NA
says boehm longest_ns 3,12000000,10000000,20000000
says boehm p99_ns 3,10000,10000,10000
says boehm share 3,0.1299,0.1099,0.2099
says boehm collections_share 3,0.1299,0.1099,0.2099
says refcount collections_share 1,NA,NA,NA
says boehm mmu_10ms 3,0,0,0
says boehm mmu_100ms 3,0.8701,0.7901,0.8901
# A pause of 12 ms is none that the machine, which hung for 15, cannot be blamed for; one of 20 is.
says boehm above_hiccups 3,0,0,1
says refcount above_hiccups 1,0,0,0

# ---- What is drawn --------------------------------------------------------------------------------------------------------

data=$made/charts/data
for chart in pauses mmu latency timeline fragmentation; do
    for s in $strategies stream; do
        check "$chart names $s" grep -q "> *$s</text>" "$made/charts/$chart.svg"
    done
    check "$chart says what was not measured" grep -q "× not supported" "$made/charts/$chart.svg"
    ! command -v xmllint >/dev/null || check "$chart is well formed" xmllint --noout "$made/charts/$chart.svg"
done
check "hiccups are shaded" grep -q '>hiccups<' "$made/charts/pauses.svg"
check "the longest pause is said" grep -q '>12 ms<' "$made/charts/pauses.svg"
check "and that there was none" grep -q '>none of 1 µs<' "$made/charts/pauses.svg"
check "who cannot keep up has no curve" \
    eval 'grep -q ">cannot keep up<" "$made/charts/latency.svg" && [ "$(cut -f2 "$data/latency.tsv" | sort -u | wc -l)" -eq 2 ]'
check "and who failed says so" grep -q '>× failed<' "$made/charts/latency.svg"
check "a leak rises" \
    [ "$(awk -F'\t' -v s="$(awk -F'\t' '$2 == "never" { print $1 }' "$data/series.tsv")" '$2 == s { printf "%s ", $4 }' \
        "$data/fragmentation.tsv")" = "1 2 3 4 5 6 7 8 " ]
check "what is held in reserve is level" grep -q '>4.0 times<' "$made/charts/fragmentation.svg"
cp -r "$made/charts" "$scratch/before"
check "they are drawn again" charts "$made"
check "and are the same, byte for byte" diff -r "$made/charts" "$scratch/before"

# refcount's list was full, and its floor rose: what is left says nothing of the MMU.
full=$scratch/full
cp -r "$made" "$full"
sed -i '/^refcount,/s/,1000,3,1000,/,1000,1,4000,/' "$full/pause_runs.csv"
sed -i '/^refcount,/{/,30004000,/!d}' "$full/pauses.csv"
check "a run whose list of pauses was full is drawn" charts "$full"
check "and has no MMU" [ "$(grep -c '^refcount,.*,mmu_1*0*ms,1,NA,NA,NA$' "$full/pause_summary.csv")" -eq 3 ]
check "which the chart says" grep -q '× list was full' "$full/charts/mmu.svg"
check "and draws no curve" [ "$(sed 1d "$full/charts/data/mmu.tsv" | cut -f2 | sort -u | wc -l)" -eq 2 ]
check "the others' stays" grep -q '^boehm,.*,mmu_100ms,3,0.8701,' "$full/pause_summary.csv"

# Of 65 runs of never the first 9 pause for 99 ms of 100, and the others do not: the middle one has all of the window.
many=$scratch/many
cp -r "$made" "$many"
never() { echo "never,,libc,ring,window,100,1,,$1"; }
{
    sed -n 1p "$made/pauses.csv"
    for run in $(seq 9); do echo "$(never $run),collection,0,99000000,5"; done
    sed 1d "$made/pauses.csv"
} >"$many/pauses.csv"
{
    sed -n 1p "$made/pause_runs.csv"
    for run in $(seq 65); do
        ns=$((run <= 9 ? 99000000 : 0))
        echo "$(never $run),$((run <= 9)),$((run <= 9)),1000,$ns,$ns,100000000"
    done
    sed '1d; /^never,/d' "$made/pause_runs.csv"
} >"$many/pause_runs.csv"
check "a cell of 65 runs is drawn" charts "$many"
check "and is one row of each metric" \
    [ "$(grep '^never,.*,longest_ns,' "$many/pause_summary.csv")" = never,,libc,ring,window,100,1,,longest_ns,65,0,0,99000000 ]
never_is=$(awk -F'\t' '$2 == "never" { print $1 }' "$many/charts/data/series.tsv")
check "and all of its runs are in its curve" \
    [ "$(awk -F'\t' -v s="$never_is" '$2 == s { print $4 }' "$many/charts/data/mmu.tsv" | sort -u)" = 100 ]

# 344 trials, each with a column of the chart of drift to itself: one four times as slow as the middle, the next
# four times as fast.
drifts=$scratch/drifts
mkdir "$drifts" && cp "$made/summary.csv" "$drifts"
awk 'BEGIN {
    print "block,position,strategy,workload,variant,size,seed,input,settings,allocator,control,status,reason,checksum," \
        "operations,wall_s,user_s,system_s,repeats,work_s,work_cpu_s,teardown_s,peak_rss_kib,figures,started_s," \
        "teardown_cpu_s,collect_s,involuntary,steal_s,load,host"
    for (i = 1; i <= 344; i++)
        printf "1,%d,never,ring,window,1000,1,,,libc,0,ok,,1,1,1,1,0,1,1,%g,0,9,,%d,0,0,0,0,0,\n", \
            i, i == 100 ? 4 : i == 101 ? 0.25 : 1, i
}' >"$drifts/trials.csv"
check "a run of many trials is drawn" charts "$drifts"
check "and no dot hides another" \
    [ "$(awk '$2 != 1 { printf "%s %s;", $1, $2 }' "$drifts/charts/data/drift_dots.tsv")" = 'trial ratio;100 2;101 0.5;' ]

without=$scratch/without
mkdir "$without" && cp "$made/summary.csv" "$without"
check "a run that was not counted is drawn" charts "$without"
check "and says what would count it" \
    [ "$(grep -cE '^(4|5|6|7|11),,.*`make (profile RUN=without|bench WORKLOADS=ring)`' "$without/charts/charts.csv")" -eq 5 ]

# ---- What is damaged ------------------------------------------------------------------------------------------------------

# damaged FILE SED_SCRIPT WORDS
damaged()
{
    rm -rf "$scratch/damaged" && cp -r "$made" "$scratch/damaged"
    sed -i "$2" "$scratch/damaged/$1"
    refuses "$1 with $2" "$scratch/damaged/$3" charts "$scratch/damaged"
}
damaged pauses.csv '3s/20000000,20003000/3000,4000/' 'pauses.csv:3: column start_ns: the pause before'
damaged pauses.csv '2s/10002000/9000000/' 'pauses.csv:2: column end_ns: it ends before'
damaged pauses.csv '4s/,30004000/,300004000/' 'pauses.csv:4: column end_ns: the run was over'
damaged pauses.csv '2d' 'pause_runs.csv:3: column listed_pauses: pauses.csv lists 2'
damaged pauses.csv '$s/,3,collection/,4,collection/' 'pause_runs.csv:6: column listed_pauses'
damaged pauses.csv '$a stray,,libc,ring,window,100,1,,1,reset,1,2,3' \
    'pauses.csv:305: column run: pause_runs.csv has no such run'
damaged pauses.csv '3s/cascade/<b>/' 'pauses.csv:3: column kind'
damaged pauses.csv '1s/,run,/,/' 'pauses.csv:1: '
damaged pause_runs.csv 's/,[^,]*$//' \
    'pause_runs.csv:1: column `pause_run_ns` is missing; it is of another version of reclaim, or'
damaged pause_runs.csv '2s/,100000000$/,soon/' 'pause_runs.csv:2: column pause_run_ns'
damaged timeline.csv '5s/,[0-9]*$/,-1/' 'timeline.csv:5: column resident_kib'
damaged timeline.csv '9s/,[^,]*,[^,]*$//' 'timeline.csv:9: 11 fields'
damaged latency.csv '2s/,NA,9000/,fast,9000/' 'latency.csv:2: column latency_ns'
damaged latency.csv '1s/latency_ns/latency_us/' 'latency.csv:1: column 10'
for file in pauses pause_runs timeline latency; do
    rm -rf "$scratch/damaged" && cp -r "$made" "$scratch/damaged"
    truncate -s -3 "$scratch/damaged/$file.csv"
    refuses "$file.csv that was cut short" "$file.csv:$(wc -l <"$made/$file.csv"): the last line has no end" \
        charts "$scratch/damaged"
done
ended

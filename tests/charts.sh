#!/bin/sh
# Draws charts from small made-up summaries and looks at the pictures: tests/charts.sh BUILD_DIR
#
# Needs gnuplot, and only checks that an SVG is well formed where there is xmllint.
set -u
reclaim=$(cd "${1:?usage: tests/charts.sh BUILD_DIR}" && pwd)/reclaim
cd "$(dirname "$0")/.." || exit 2
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
failures=0

check() { # check WHAT COMMAND...: the command must succeed
    what=$1
    shift
    if "$@" >"$scratch/said" 2>&1; then
        printf 'ok - %s\n' "$what"
    else
        printf 'not ok - %s\n' "$what"
        sed 's/^/#   /' "$scratch/said"
        failures=$((failures + 1))
    fi
}

skip() { echo "ok - $1 # skipped: $2"; }

not() { ! "$@"; }

# ---- Made-up runs ---------------------------------------------------------------------------------------------------

time=$(sed -n 's/^#define TIME_METRIC "\(.*\)"$/\1/p' harness/rows/records.h)  # the metric that charts draw
header=strategy,workload,variant,size,input,settings,allocator,control,status,reason,metric,n,median,lo,hi
header=$header,ratio,ratio_lo,ratio_hi,detectable,outliers,verdict
twelve="never refcount refcount_cycle boehm arena stream refcount_trial mark_sweep cpython refcount_malloc refcount_atomic mine"

# rows STRATEGY WORKLOAD VARIANT SIZE CONTROL STATUS FACTOR: one cell's rows; without numbers unless the status is ok or flaky,
# which is a crash in some trials
rows() {
    awk -v cell="$1,$2,$3,$4,,,libc,$5" -v status="$6" -v factor="$7" -v size="$4" 'BEGIN {
        unit["wall_s"] = unit["'$time'"] = unit["operation_ns"] = 1e-6; unit["teardown_s"] = 1e-9; unit["peak_rss_kib"] = 4
        reason = status == "ok" ? "" : "\"what, then?\""
        numbers = status == "ok" || status == "flaky"
        if (status == "flaky") status = "crash"
        for (metric in unit) {
            median = size * factor * unit[metric]
            printf "%s,%s,%s,%s,", cell, status, reason, metric
            if (numbers)
                printf "5,%g,%g,%g,%g,%g,%g,0.03,0,more\n", median, median * .97, median * 1.03, \
                    factor, factor * .98, factor * 1.02
            else
                print "0,NA,NA,NA,NA,NA,NA,NA,NA,NA"
        }
    }'
}

# run FOLDER STRATEGY...: a run of two workloads, one of them at several sizes, in which some cells fail
run() {
    folder=$1
    shift
    mkdir -p "$folder"
    echo '{"host_kind": "test `touch hostile` \"host\" <b>&amp;", "started": "2026-01-02T03:04:05Z",' \
        '"commit": "0123456789abcdef"}' \
        >"$folder/manifest.json"
    {
        echo $header
        factor=1
        for strategy; do
            for size in 1000 10000 100000; do
                status=ok
                [ "$strategy" = stream ] && status=unsupported
                rows "$strategy" sequence list $size 0 $status $factor
                rows "$strategy" sequence generator $size 0 ok "$(echo "$factor" | awk '{ print $1 * .9 }')"
            done
            case $strategy in
            boehm) status=crash ;; arena) status=timeout ;; stream) status=unsupported ;; refcount_cycle) status=flaky ;;
            cpython) status=oom ;; mark_sweep) status=wrong ;; *) status=ok ;;
            esac
            rows "$strategy" graph objects 500 0 $status $factor
            factor=$(echo "$factor" | awk '{ print $1 * 1.15 + .01 }')
        done
        rows never sequence list 100000 1 ok 1.01
        rows never sequence generator 100000 1 ok 0.99
        rows never graph objects 500 1 ok 1
    } >"$folder/summary.csv"
    {
        echo strategy,settings,allocator,workload,variant,input,metric,sizes,from,to,n,slope,lo,hi
        for strategy; do echo $strategy,,libc,sequence,generator,,operation_ns,2,10000,100000,3,-0.004,-0.1,0.1; done
        echo $1,,libc,sequence,list,,operation_ns,2,10000,100000,1,1.234,NA,NA
        echo $1,,libc,sequence,list,,element_bytes,2,10000,100000,3,0.777,0.7,0.8
    } >"$folder/growth.csv"
}

# ---- What a picture must hold ---------------------------------------------------------------------------------------

colour_of() { # the colour and the mark that plots/style.gp gives the strategy, as gnuplot writes them into an SVG
    case $1 in
    never) echo "  0,   0,   0|gpPt5" ;;
    refcount) echo "  0, 114, 178|gpPt6" ;;
    refcount_cycle) echo " 86, 180, 233|gpPt4" ;;
    boehm) echo "213,  94,   0|gpPt8" ;;
    arena) echo "  0, 158, 115|gpPt12" ;;
    stream) echo "204, 121, 167|gpPt10" ;;
    refcount_trial) echo "230, 159,   0|gpPt9" ;;
    mark_sweep) echo "136,  34,  85|gpPt7" ;;
    cpython) echo "140,  81,  10|gpPt3" ;;
    refcount_malloc) echo " 51,  34, 136|gpPt11" ;;
    refcount_atomic) echo " 68, 170, 153|gpPt14" ;;
    *) echo "119, 119, 119|gpPt13" ;;
    esac
}

holds_mark_of() { # SVG STRATEGY
    style=$(colour_of "$2")
    grep -q "#${style#*|}' .*color='rgb(${style%|*})'" "$1"
}

look_at() { # FOLDER CHART STRATEGY...
    svg=$1/charts/$2.svg
    picture="$2 of $(($# - 2)) strategies"
    shift 2
    for strategy; do
        check "$picture names $strategy" grep -q "> *\(sequence · \|[0-9.]* \)\?$strategy</text>\|: .*$strategy" "$svg"
        check "$picture has the mark of $strategy" holds_mark_of "$svg" "$strategy"
    done
    if command -v xmllint >/dev/null; then
        check "$picture is well formed" xmllint --noout "$svg"
    else
        skip "$picture is well formed" "there is no xmllint"
    fi
}

charts() { "$reclaim" charts "$@"; }

# refuses WORDS FOLDER: charts ends with 2 and one line that has these words, and leaves nothing half-made
refuses() {
    words=$1
    shift
    charts "$@" >"$scratch/out" 2>"$scratch/err"
    [ $? -eq 2 ] && [ "$(wc -l <"$scratch/err")" -eq 1 ] && grep -q -- "$words" "$scratch/err" || {
        cat "$scratch/err"
        return 1
    }
}

damaged() { # NAME SED_SCRIPT: a copy of the run of two strategies, with its summary changed
    mkdir -p "$scratch/$1"
    sed "$2" "$scratch/two/summary.csv" >"$scratch/$1/summary.csv"
}

# ---- The tests ------------------------------------------------------------------------------------------------------

command -v gnuplot >/dev/null || { echo "not ok - gnuplot is missing: make deps"; exit 1; }

run "$scratch/two" never refcount
run "$scratch/six" never refcount refcount_cycle boehm arena stream
run "$scratch/twelve" $twelve
for name in two six twelve; do
    check "charts of $name strategies are drawn" charts "$scratch/$name"
done
for chart in certainty time_memory memory list_generator growth; do
    look_at "$scratch/two" $chart never refcount
    look_at "$scratch/six" $chart never refcount refcount_cycle boehm arena stream
    look_at "$scratch/twelve" $chart $twelve
done

for words in "crash" "timeout" "not supported" "out of memory" "wrong answer"; do
    for chart in certainty time_memory memory; do
        check "$chart says: $words" grep -q "× $words" "$scratch/twelve/charts/$chart.svg"
    done
done
check "growth says the slope of a line's time" \
    eval 'grep -q ">1.23 never<" "$scratch/six/charts/growth.svg" && ! grep -q ">0.78 " "$scratch/six/charts/growth.svg"'
check "growth says who is missing" grep -q "> *× stream<" "$scratch/six/charts/growth.svg"
check "what rounds to nothing has no sign" grep -q ">0.00 boehm<" "$scratch/six/charts/growth.svg"
check "list_generator says what is not supported" grep -q "× list: not supported" "$scratch/six/charts/list_generator.svg"
check "the caption holds host, date, commit and blocks" \
    grep -q "2026-01-02 · commit 0123456789ab · 5 blocks" "$scratch/six/charts/certainty.svg"
check "no text of the manifest is run" not test -e hostile

cp -r "$scratch/six/charts" "$scratch/before"
check "charts are drawn again" charts "$scratch/six"
check "they are the same, byte for byte" diff -r "$scratch/before" "$scratch/six/charts"

mkdir "$scratch/flat"
grep -v ',\(1000\|10000\),,,libc,0,' "$scratch/six/summary.csv" >"$scratch/flat/summary.csv"
check "a run without sizes or manifest is drawn" charts "$scratch/flat"
check "list_generator is not, and charts.csv says why and which command mends it" \
    eval '[ ! -e "$scratch/flat/charts/list_generator.svg" ] &&
        grep -q "^15,,list_generator.gp,.*no workload with variants named list and generator .*make bench WORKLOADS=sequence" \
            "$scratch/flat/charts/charts.csv"'
check "what is drawn of it is in charts.csv" \
    grep -q '^1,time_memory.svg,time_memory.gp,,What does each.*,data/cells.tsv,,graph ' \
    "$scratch/flat/charts/charts.csv"
touch "$scratch/flat/charts/list_generator.svg" "$scratch/flat/charts/certainty.micro.svg" "$scratch/flat/charts/mine.svg"
check "a picture of what is there no more goes" \
    eval 'charts "$scratch/flat" && [ "$(ls "$scratch/flat/charts" | xargs)" = \
        "certainty.svg charts.csv data memory.svg mine.svg overview.svg overview_memory.svg time_memory.svg" ]'

# ---- Configurations -------------------------------------------------------------------------------------------------

# The run of the six with refcount under a second allocator and never, the baseline, with three values of a setting, of
# which one failed; each value takes a tenth of the memory of the one before.
mkdir "$scratch/configured"
awk -F, -v OFS=, '
    function also(settings, allocator, factor) {
        row = $0; $6 = settings; $7 = allocator
        if (factor == 0) { $9 = "crash"; for (i = 13; i <= NF; i++) $i = "NA"; $12 = 0 }
        else if ($11 == "peak_rss_kib" && $13 != "NA") for (i = 13; i <= 18; i++) $i *= factor
        print; $0 = row
    }
    { print }
    NR > 1 && $1 == "refcount" { also("", "rival", 1.5) }
    NR > 1 && $1 == "never" && $8 == 0 {
        also("heap=2", "libc", 0.1)
        also("heap=10;pace=3", "libc", 0.01)
        also("heap=3", "libc", 0)
    }
' "$scratch/six/summary.csv" >"$scratch/configured/summary.csv"
check "a run of several configurations is drawn" charts "$scratch/configured"
configured=$scratch/configured/charts
for chart in certainty memory; do
    for label in never 'never heap=2' 'never heap=10 pace=3' 'never heap=3' 'refcount libc' 'refcount rival' boehm; do
        check "$chart names $label" grep -q "> *$label</text>" "$configured/$chart.svg"
    done
done
check "values stand in the order of their size" \
    test "$(cut -f2 "$configured/data/series.tsv" | grep never | tr '\n' ,)" = \
    "never,never heap=2,never heap=3,never heap=10 pace=3,"
for label in never heap=2 'heap=10 pace=3' 'refcount libc' rival; do
    check "time_memory names $label" grep -q "> *$label</text>" "$configured/time_memory.svg"
done
check "a configuration that failed is named in full" grep -q '× crash: .*never heap=3' "$configured/time_memory.svg"
check "lines join the three that are there of never and both of refcount, from less memory to more" \
    test "$(awk -F'\t' '$1 == 1 && $3 <= $5' "$configured/data/families.tsv" | wc -l)" -eq 3
check "which is said" grep -q "Thin lines join" "$configured/time_memory.svg"
check "the baseline is the one that was run twice" grep -q "multiple of never's" "$configured/certainty.svg"
check "how it grows is drawn of usual configurations" not grep -q 'heap=2\|rival' "$configured/growth.svg"
check "list against generator is drawn of usual configurations" not grep -q 'heap=2\|rival' "$configured/list_generator.svg"
check "of all of them" test "$(grep -c '>sequence · ' "$configured/list_generator.svg")" -eq 6
check "twelve strategies have twelve looks" \
    test "$(for strategy in $twelve; do colour_of "$strategy"; done | sort -u | wc -l)" -eq 12

check "without sweep.csv there is no chart of it, and charts.csv says what makes it" \
    eval '[ ! -e "$configured/sweep.svg" ] && grep -q "^3,,sweep.gp,.*make sweep" "$configured/charts.csv"'
{
    printf %s strategy,settings,allocator,workload,variant,size,input,setting,value,status,reason,n,
    echo space,space_lo,space_hi,time,time_lo,time_hi,counted_size,collections,footprint
    echo never,heap=2,libc,graph,objects,500,,heap,2,ok,,5,1,0.9,1.1,2,1.9,2.1,50,9,2
    echo never,,libc,graph,objects,500,,heap,3,ok,,5,1.5,1.4,1.6,1,0.9,1.1,50,5,3
    echo never,heap=3,libc,graph,objects,500,,heap,9,ok,,5,3,2.9,3.1,0.7,0.6,0.8,50,1,6
    echo never,,libc,graph,objects,500,,pace,1,ok,,5,1.5,1.4,1.6,1,0.9,1.1,50,5,3
    echo 'never,heap=10;pace=3,libc,graph,objects,500,,pace,4,oom,,0,NA,NA,NA,NA,NA,NA,NA,NA,NA'
} >"$scratch/configured/sweep.csv"
check "a sweep is drawn" charts "$scratch/configured"
for text in 'never 2' 9 'never pace 1' 'never: heap 2 to 9' 'never: pace 1 to 4'; do
    check "its picture says $text" grep -q "> *$text</text>" "$configured/sweep.svg"
done
check "and its key has the dashes of each line" \
    eval '[ "$(grep -c "stroke-dasharray" "$configured/sweep.svg")" -eq 2 ]'
check "a line goes from value to value, and stops where one failed" \
    test "$(awk -F'\t' 'NR > 1 { print $2 ":" $5 }' "$configured/data/sweep.tsv" | xargs)" = "1:1 1:1.5 1:3 2:1.5"

sed -i s/heap=2/heap=7/ "$scratch/configured/sweep.csv"
check "a sweep of other trials than the summary's is refused" refuses "never heap=7 is not in summary.csv" "$scratch/configured"

# ---- Many variants --------------------------------------------------------------------------------------------------

# The run of the six with eight more workloads of two classes, one of them with two pairs of a list and a generator.
mkdir "$scratch/large"
{
    cat "$scratch/six/summary.csv"
    for n in 1 2 3 4 5 6 7; do sed '1d; /,graph,/!d; s/,graph,objects,/,graph_'$n',objects,/' "$scratch/six/summary.csv"; done
    for n in hits misses; do
        sed '1d; /,sequence,/!d; s/,sequence,\([a-z]*\),/,lookup,\1_'$n',/' "$scratch/six/summary.csv"
        sed '1d; /,sequence,list,/!d; s/,sequence,list,/,lookup,set_'$n',/' "$scratch/six/summary.csv"
    done
} >"$scratch/large/summary.csv"
means() { # CLASS VARIANTS
    for strategy in never refcount refcount_cycle arena; do rows $strategy $1 mean $2 0 ok 1.3; done
    rows boehm $1 mean $2 0 unsupported 1
    rows stream $1 mean $2 0 unsupported 1
    rows never $1 mean $2 1 ok 1.01
}
{ echo $header; means technique 8; means stress 8; } >"$scratch/large/classes.csv"
echo '{"classes": {"sequence": "technique", "lookup": "technique", "graph": "stress", "graph_1": "stress", "graph_2": "stress",
    "graph_3": "stress", "graph_4": "stress", "graph_5": "stress", "graph_6": "stress", "graph_7": "stress"}}' \
    >"$scratch/large/manifest.json"
check "a run of many variants is drawn" charts "$scratch/large"
large=$scratch/large/charts
check "in an overview and by class" \
    test "$(cd "$large" && ls -- *.svg | sed 's/\.svg$//' | LC_ALL=C sort | xargs)" = "certainty certainty.stress \
certainty.technique growth list_generator memory.stress memory.technique overview overview_memory \
time_memory time_memory.stress time_memory.technique"
for chart in certainty time_memory; do
    check "$chart of all has a panel for each class" \
        test "$(grep -o '>[a-z]* · [0-9]* variants<' "$large/$chart.svg" | tr -d '<>\n')" = \
        "technique · 8 variantsstress · 8 variants"
    check "and says what its points are" grep -q "geometric" "$large/$chart.svg"
    check "and what has none" grep -q "× not in every variant" "$large/$chart.svg"
    check "$chart of a class has its workloads" \
        eval 'grep -q ">sequence · list<" "$large/$chart.technique.svg" && ! grep -q "graph" "$large/$chart.technique.svg" &&
            [ "$(grep -o ">graph[_0-9]* · objects<" "$large/$chart.stress.svg" | wc -l)" -eq 8 ]'
    look_at "$scratch/large" $chart.technique never refcount refcount_cycle boehm arena stream
done
check "list against generator is drawn of one pair of each workload" \
    test "$(cut -f1 "$large/data/sweeps.tsv" | xargs)" = "sweep lookup_hits sequence"
for svg in certainty.svg certainty.stress.svg time_memory.technique.svg; do
    command -v xmllint >/dev/null && check "$svg is well formed" xmllint --noout "$large/$svg"
done
mkdir "$scratch/parts" && cp "$scratch/large/classes.csv" "$scratch/parts"
sed 's/"technique"/"stress"/g' "$scratch/large/manifest.json" >"$scratch/parts/manifest.json"
cp "$scratch/large/summary.csv" "$scratch/parts"
check "a class of 16 variants is drawn" charts "$scratch/parts"
check "in parts of whole workloads, which charts.csv names" \
    test "$(sed -n 's/^1,time_memory.\(stress[^,]*\),.*,,\(.*\)$/\1: \2/p' "$scratch/parts/charts/charts.csv" | tr '\n' ,)" = \
    "stress_1.svg: graph graph_1 graph_2 graph_3 graph_4 graph_5 graph_6 graph_7 lookup,stress_2.svg: sequence,"
rm "$scratch/large/manifest.json" "$scratch/large/classes.csv" && rm -r "$large"
check "without classes it is drawn whole" \
    eval 'charts "$scratch/large" && [ "$(ls "$large" | xargs)" = "certainty.svg charts.csv data growth.svg list_generator.svg \
memory.svg overview.svg overview_memory.svg time_memory.svg" ]'

# ---- Few and many ---------------------------------------------------------------------------------------------------

# of_one NAME STRATEGY SED_SCRIPT: the run of the six, with only this strategy and what the script leaves
of_one() {
    mkdir -p "$scratch/$1"
    sed -n "1p; /^$2,/p" "$scratch/six/summary.csv" | sed "$3" >"$scratch/$1/summary.csv"
}

# gnuplot 5.4 dies of some tables with only one row.
for strategy in never refcount; do
    of_one "one_$strategy" $strategy ""
    check "a run of $strategy alone is drawn" charts "$scratch/one_$strategy"
    for chart in certainty time_memory memory list_generator growth; do
        look_at "$scratch/one_$strategy" $chart $strategy
    done
    for workload in sequence graph; do
        of_one "one_$strategy.$workload" $strategy "/,$workload,/!{1!d}"
        check "a run of $strategy and $workload alone is drawn" charts "$scratch/one_$strategy.$workload"
    done
done
# One block has no interval: its points are drawn without whiskers.
one_block() { # ROWS: rows of the six's summary that match come to be of one block
    awk -F, -v rows="$1" '
        NR == 1 { for (i = 1; i <= NF; i++) from_end[$i] = NF - i }
        function set(column, to) { $(NF - from_end[column]) = to }
        NR > 1 && $0 ~ rows && $(NF - from_end["n"]) > 0 {
            set("n", 1); set("lo", "NA"); set("hi", "NA"); set("ratio_lo", "NA"); set("ratio_hi", "NA"); set("detectable", "NA")
        }
        { print }' OFS=, "$scratch/six/summary.csv"
}
marks_in() { grep -o "#gpPt[0-9]*'" "$1" | sort | uniq -c; }
same_marks() { [ "$(marks_in "$1")" = "$(marks_in "$2")" ]; }
mkdir "$scratch/one_block" "$scratch/one_of_five"
one_block . >"$scratch/one_block/summary.csv"
one_block '^(refcount|boehm),(graph,objects|sequence,list,100000)' >"$scratch/one_of_five/summary.csv"
for name in one_block one_of_five; do
    check "a run of $name is drawn" charts "$scratch/$name"
    for chart in certainty time_memory memory list_generator growth; do
        check "$chart of $name has all points" same_marks "$scratch/six/charts/$chart.svg" "$scratch/$name/charts/$chart.svg"
        look_at "$scratch/$name" $chart never refcount refcount_cycle boehm arena stream
    done
done
check "the caption says of one block that it has no intervals" \
    grep -q "1 block, no intervals<" "$scratch/one_block/charts/growth.svg"
check "which is not said of each cell" not grep -q "one block, no interval:" "$scratch/one_block/charts/time_memory.svg"
check "of one block among more the notes say it" \
    grep -q "one block, no interval: refcount" "$scratch/one_of_five/charts/time_memory.svg"
no_intervals() { # TABLE: every column of an end is NA
    awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i ~ /_(lo|hi)$/) end[i] = 1 }
        NR > 1 { for (i in end) { ends++; if ($i != "NA") exit 1 } }
        END { if (!ends) exit 1 }' "$1"
}
for table in cells growth list_generator; do
    check "$table.tsv has no interval of it" no_intervals "$scratch/one_block/charts/data/$table.tsv"
done

# Of tests/data/summary, in which a cell fails in the second block: all that is made of a run.
header_of_trials=$(head -n 1 tests/data/summary/trials.csv)
for blocks in 1 2; do
    mkdir "$scratch/blocks_$blocks"
    { echo "$header_of_trials"; grep "^[1-$blocks]," tests/data/summary/trials.csv; } >"$scratch/blocks_$blocks/trials.csv"
    echo '{}' >"$scratch/blocks_$blocks/manifest.json"
    "$reclaim" summarise "$scratch/blocks_$blocks"
    check "a run of $blocks blocks is told" "$reclaim" report "$scratch/blocks_$blocks"
    check "its table has no nan" eval '! "$reclaim" table --all "$scratch/blocks_$blocks" | grep -i "nan"'
    check "nor has its page" \
        eval '! grep -w "nan" "$scratch/blocks_$blocks/index.html" && [ -s "$scratch/blocks_$blocks/index.html" ]'
    check "the table says which ratio is of one block" \
        eval '"$reclaim" table --all "$scratch/blocks_$blocks" | grep -q "uneven .* [0-9.]*  (one block)"'
done

check "a front of one point goes from edge to edge" \
    test "$(grep -c '^1	' "$scratch/one_never.graph/charts/data/front.tsv")" -eq 3
nothing_ok='1!s/,ok,.*,\([a-z_]*_\(s\|kib\)\),.*/,crash,,\1,0,NA,NA,NA,NA,NA,NA,NA,NA,NA/'
of_one failed refcount "$nothing_ok"
check "a run of one strategy whose every cell failed is drawn" charts "$scratch/failed"
check "which says so" grep -q "× crash" "$scratch/failed/charts/time_memory.svg"
of_one failed_graph refcount "/,graph,/!{1!d}; $nothing_ok"
check "a run of one cell, which failed, is drawn" charts "$scratch/failed_graph"

for count in 20 30; do
    names=$(seq -f 'quite_a_long_name_%g' 2 $count)
    run "$scratch/many" never $names
    check "charts of $count strategies are drawn" charts "$scratch/many"
    for chart in certainty time_memory memory list_generator growth; do
        check "$chart of $count strategies names the last" grep -q "quite_a_long_name_$count<" "$scratch/many/charts/$chart.svg"
    done
done

# ---- Sins of charts, each planted to see that it is noticed -------------------------------------------------------------

# Whether a plot has a second axis, or bars that do not start at 0.
sinless() {
    ! grep -qE '(x2|y2)(range|tics|label)|axes x[12]y2|axes x2y' "$1" &&
        { ! grep -qE 'with (boxes|histograms|filledcurves)' "$1" || grep -qE 'range \[0:|"[xy]", 0,' "$1"; }
}
for plot in plots/*.gp; do check "$(basename "$plot") has one axis each way, and bars from 0" sinless "$plot"; done
mkdir "$scratch/sins"
{ cat plots/certainty.gp; echo 'set y2range [1:2]'; } >"$scratch/sins/twice.gp"
check "a second axis is noticed" not sinless "$scratch/sins/twice.gp"
{ cat plots/certainty.gp; echo 'set yrange [0.9:1.1]; plot table("cells") using 5 with boxes'; } >"$scratch/sins/cut.gp"
check "bars that do not start at 0 are noticed" not sinless "$scratch/sins/cut.gp"

# Whether a chart of the six says of each cell without numbers that it has none: four of graph, and
# sequence's list under stream.
no_hidden_losers() { [ "$(grep -c '<text> *× [a-z]' "$1/charts/$2.svg")" -eq 4 ]; }
for chart in certainty memory; do check "$chart hides no loser" no_hidden_losers "$scratch/six" $chart; done
check "the overview has a mark for each" \
    eval 'for mark in – M T C W ×; do
        grep -q "<text> *[0-9.]*$mark</text>" "$scratch/twelve/charts/overview.svg" || exit 1; done'
check "and as many figures and marks as cells" \
    test "$(awk 'NR > 1 && $3 != ""' "$scratch/twelve/charts/data/heat_time.tsv" | wc -l)" -eq $((3 * 12))
cp -r "$scratch/six" "$scratch/hidden" && cp plots/style.gp "$scratch/sins"
rm "$scratch/sins/twice.gp" "$scratch/sins/cut.gp"
sed 's/strcol("gap")/""/' plots/certainty.gp >"$scratch/sins/certainty.gp"
check "a chart that hides them is drawn" charts "$scratch/hidden" --plots "$scratch/sins"
check "and noticed" not no_hidden_losers "$scratch/hidden" certainty

names=$(for svg in "$scratch/parts/charts"/*.svg; do sed -n 's|^<title>\(.*\)</title>$|\1|p' "$svg" | head -n 1; done)
check "each picture has a name of its own" \
    test "$(echo "$names" | sort -u | wc -l)" -eq "$(ls "$scratch/parts/charts"/*.svg | wc -l)"

# ---- What is not as it should be ------------------------------------------------------------------------------------

mkdir "$scratch/lonely"
sed -e '/^never/s/,ok,.*,\([a-z_]*_\(s\|kib\)\),.*/,oom,,\1,0,NA,NA,NA,NA,NA,NA,NA,NA,NA/' \
    -e '/^[^n].*,0,ok/s/\(,[^,]*\)\{4\},\([^,]*\),[^,]*$/,NA,NA,NA,NA,\2,NA/; 1s/.*/'$header'/' \
    "$scratch/two/summary.csv" >"$scratch/lonely/summary.csv"
check "a run whose baseline failed is drawn" charts "$scratch/lonely"
check "certainty then says that there is no baseline" grep -q "× no baseline" "$scratch/lonely/charts/certainty.svg"

# gnuplot drops in silence what rounding puts beyond the end of an axis, so the ends are tried at many values.
says_all_that_failed() { # TIMES: peaks are so many times those of the six
    mkdir -p "$scratch/ends"
    awk -F, -v OFS=, -v times="$1" '$11 == "peak_rss_kib" && $13 != "NA" { for (i = 13; i <= 15; i++) $i *= times } { print }' \
        "$scratch/six/summary.csv" >"$scratch/ends/summary.csv"
    charts "$scratch/ends" || return 1
    for chart in certainty memory; do
        [ "$(grep -c '<text> *× [a-z]' "$scratch/ends/charts/$chart.svg")" -eq 4 ] || return 1
    done
}
for times in 1 2 4 8 16 32 64 128; do
    check "what failed is said with peaks x $times" says_all_that_failed $times
done

damaged no_lo "/refcount,graph/s/,$time,5,\([^,]*\),[^,]*,/,$time,5,\1,NA,/"
check "a median without lo is refused" refuses "without its interval" "$scratch/no_lo"
damaged no_ratio_hi "/refcount,graph.*,$time,/s/[^,]*\(\(,[^,]*\)\{3\}\)\$/NA\1/"
check "a ratio without hi is refused" refuses "without its interval" "$scratch/no_ratio_hi"
damaged no_n "/refcount,graph/s/,$time,5,/,$time,0,/"
check "a median without n is refused" refuses "n = 0" "$scratch/no_n"
damaged no_column '1s/,lo,/,/'
check "a summary without the column lo is refused" refuses "summary.csv:1" "$scratch/no_column"
damaged old "/,$time,/d"
check "a summary without the charts' time is refused" refuses "another version" "$scratch/old"
damaged torn '$s/,[^,]*$//'
check "a summary with half a row is refused" refuses "summary.csv:" "$scratch/torn"
mkdir "$scratch/empty" && echo $header >"$scratch/empty/summary.csv"
check "a summary without rows is refused" refuses "nothing to draw" "$scratch/empty"
mkdir "$scratch/no_run"
check "a folder that is no run is refused" refuses "there is no run in $scratch/no_run" "$scratch/no_run"
check "and nothing is made in it" rmdir "$scratch/no_run"
check "a folder that is none is refused" refuses "there is no run nowhere in $scratch\$" "$scratch/nowhere"
check "and not made" not test -e "$scratch/nowhere"
mkdir "$scratch/begun" && touch "$scratch/begun/manifest.json"
check "a run that is not finished is refused" refuses "run begun is not finished: make bench RUN=begun\$" "$scratch/begun"

# hostile COLUMN NAME: in one row of the summary; what the column may not hold is refused, with its line
hostile() {
    mkdir -p "$scratch/hostile"
    name=$2 awk -F, -v OFS=, -v column="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == column) at = i }
        NR == 9 { $at = ENVIRON["name"] } { print }' "$scratch/two/summary.csv" >"$scratch/hostile/summary.csv"
    refuses "summary.csv:9: column $1: .* is not" "$scratch/hostile"
}
for column in strategy workload variant allocator metric settings input; do
    for name in '`touch hostile`' "x' . system('touch hostile') . '" '"a ""quoted"" name"' '"a, b"' '<b>' '../up' '@cells' \
        '$(touch hostile)' 'a\nb'; do
        check "as $column $name is refused" hostile $column "$name"
    done
done
check "a strategy without a name is refused" hostile strategy ''
check "no name is run" not test -e hostile

# What may be any text: reasons, and all of a manifest.
mkdir "$scratch/told"
sed '1!s/,ok,,/,ok,"`touch hostile` "" . system(""touch hostile"") . "" @cells <b>\\n",/' \
    "$scratch/six/summary.csv" >"$scratch/told/summary.csv"
printf '%s\n' '{"host_kind": "\" . system(\"touch hostile\") . \"\t\n@cells <b>", "commit": "`touch hostile`"}' \
    >"$scratch/told/manifest.json"
check "hostile reasons and a hostile manifest are drawn" charts "$scratch/told"
check "and not run" not test -e hostile
check "and not taken for a part of a picture" not grep -q '<b>' "$scratch/told/charts/certainty.svg"

for name in '<echo ' "a' . system('touch hostile') . '" 'a" . system("touch hostile") . "' '`touch hostile`' '@cells'; do
    run "$scratch/$name" never refcount
    check "a folder named $name is drawn" charts "$scratch/$name"
done
check "and its name not run" not test -e hostile

mkdir "$scratch/plots" && cp plots/style.gp "$scratch/plots"
head='# Chart 9: What breaks?\n# Reading: x\n# Shows: x\nset terminal svg\n'
printf "$head"'plot x\nno such command\n' >"$scratch/plots/broken.gp"
check "a plot that fails half way is named" refuses "broken.gp" "$scratch/two" --plots "$scratch/plots"
check "no half of a picture is left" not ls "$scratch/two/charts/broken.svg" "$scratch/two/charts/.broken.svg.unfinished"
printf "$head"'plot x\nsystem("kill -SEGV $PPID")\n' >"$scratch/plots/broken.gp"
check "a gnuplot that is killed is said to be" refuses "killed by signal 11" "$scratch/two" --plots "$scratch/plots"
printf "$head"'plot x\nno such command\n' >"$scratch/plots/broken.gp"
ln -s /dev/full "$scratch/two/charts/.broken.svg.unfinished"
check "a full disk is said to be full" refuses "broken.svg cannot be written: No space" "$scratch/two" --plots "$scratch/plots"
printf '# Chart 9: What breaks?\n# Shows: x\n' >"$scratch/plots/broken.gp"
check "a plot without reading help is refused" \
    refuses "broken.gp has no line .# Reading:" "$scratch/two" --plots "$scratch/plots"
printf '# Reading: x\n# Shows: x\n' >"$scratch/plots/broken.gp"
check "a plot without a question is refused" \
    refuses "broken.gp does not say which question" "$scratch/two" --plots "$scratch/plots"
printf '# Chart 9: What?\n# Reading: x\n# Shows: x\n# Needs: nonsense\n' >"$scratch/plots/broken.gp"
check "a plot that needs what there is not is refused" refuses "needs a table .nonsense" "$scratch/two" --plots "$scratch/plots"
without_gnuplot() { PATH=/nonexistent refuses_without_path; }
refuses_without_path() { "$reclaim" charts "$scratch/two" 2>"$scratch/err"; [ $? -eq 2 ]; }
check "a missing gnuplot is an error" without_gnuplot
check "which names make deps" grep -q "make deps" "$scratch/err"

[ $failures -eq 0 ] || { echo "$failures failed"; exit 1; }

#!/bin/sh
# What is computed from trials: medians, ratios to the baseline and their intervals, from a run of five blocks made by hand
# (tests/data/summary) against numbers worked out by hand, and against all of them worked out again in Python.
#
# summary.sh BUILD, from the project's root.
#
# In each block of the run `twice` takes exactly twice what the baseline does, and the control three times as much; `uneven`
# takes 4, 1/4, 1, 4 and 8 times the wall time. In beta the baseline fails in block 3; the control has no row in block 2,
# and takes 1, 2 and 4 times as much in blocks 1, 4 and 5; `uneven` fails in 2 and 5: in 2 with numbers, which a run never
# writes and no reader may believe.
set -u
build=$1
. tests/cells.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp tests/data/summary/* "$scratch"

# The columns from n to ratio_hi: is WHAT strategy workload control metric n,median,lo,hi,ratio,ratio_lo,ratio_hi, whose * is
# anything.
is()
{
    found=$(grep "^$2,$3,main,[0-9]*,,,libc,$4,.*,$5," "$scratch/summary.csv" | sed "s/.*,$5,//" | cut -d, -f1-7)
    case $found in
    $6) pass "$1" ;;
    *) miss "$1: $2 $3 $4 $5 is $found instead of $6" ;;
    esac
}

"$build/reclaim" summarise "$scratch" && pass "the run is summarised" || miss "the run is not summarised"

# Of 5 values the interval of the median is 1.10 times their range, in logarithms: 3 x (1/3)^1.10 = 0.896, and
# 3 x (10/3)^1.10 = 11.28.
# That of a ratio is 9.168 times the range of two, 2.689 times that of three: 8 / 2^9.168 = 0.0139, 2 / 2^2.689 = 0.31.
# What it shows                                          cell and metric              n,median,lo,hi,ratio,lo,hi
is "the baseline is 1 times itself"                       base alpha 0 wall_s          "5,3,0.895958*,11.27944*,1,1,1"
is "a median is no mean (4), of an odd number"            uneven alpha 0 wall_s        "5,4,0.406126*,107.9426*,*"
is "and of an even one"                                   base beta 0 wall_s           "4,4,1.265756*,10.12752*,1,1,1"
is "a ratio is ours to theirs"                            twice alpha 0 wall_s         "5,6,*,*,2,2,2"
is "its mean is the geometric one (arithmetic: 3.45)"     uneven alpha 0 wall_s        "*,2,*,*"
is "CPU time is user and system time"                     base alpha 0 cpu_s           "5,3,*,*,1,1,1"
is "memory is in KiB, as measured"                        base alpha 0 peak_rss_kib    "5,1000,1000,1222.079*,1,1,1"
is "work has its own column"                              base alpha 0 work_s          "5,2.7,*,*,1,1,1"
is "and so has its processor time"                        base alpha 0 work_cpu_s      "5,2.16,*,*,1,1,1"
is "and so has teardown, which may be 0"                  twice alpha 0 teardown_s     "5,0.2,0,0.547979*,2,2,2"
is "a control is a cell of its own, not the baseline"     base alpha 1 wall_s          "5,9,*,*,3,3,3"
is "it is compared in the blocks that both have: 1, 4, 5" base beta 1 wall_s           "4,13,*,*,2,0.31*,12.8*"
is "an operation's CPU time is the work's by their number" base alpha 0 operation_ns   "5,216000000,*,*,1,1,1"
is "with giving back, of one of the repetitions"           twice alpha 0 total_cpu_s   "5,4.32,*,*,1.944*,*,*"
is "and giving back alone, of all"                        twice alpha 0 teardown_cpu_s "5,0.16,*,*,2,2,2"
is "and what of the work was collecting"                  twice alpha 0 collect_s     "5,2.7,*,*,4,4,4"
is "which not every strategy can tell"                    uneven alpha 0 collect_s    "0,NA,NA,NA,NA,NA,NA"
is "what failed does not count; blocks 1 and 4: 4 and 16" uneven beta 0 wall_s         "3,8,*,*,8,0.0139*,4602*"
is "blocks are paired by their number"                    broken beta 0 wall_s         "4,6,*,*,1,1,1"
is "a cell that only failed has its rows"                 broken alpha 0 peak_rss_kib  "0,NA,NA,NA,NA,NA,NA"
is "and so has an unsupported one"                        twice beta 0 wall_s          "0,NA,NA,NA,NA,NA,NA"

is "a figure is a metric"                                 twice alpha 0 figure_opened   "5,12,*,*,2,2,2"
is "of the control, too"                                  base alpha 1 figure_opened    "5,18,*,*,3,3,3"
is "one that is 0 has no ratio"                           uneven alpha 0 figure_opened  "5,0,0,0,NA,NA,NA"
is "nor one whose baseline is"                            twice alpha 0 figure_late     "5,5,5,5,NA,NA,NA"
is "what only some told others have not"                  base alpha 1 figure_late      "0,NA,NA,NA,NA,NA,NA"
is "and what failed told nothing"                         broken alpha 0 figure_opened  "0,NA,NA,NA,NA,NA,NA"
is "the order in which figures are told does not matter"  uneven alpha 0 figure_late    "5,1,1,1,NA,NA,NA"

python3 tests/summary.py "$scratch" base >"$scratch/differences" &&
    pass "all rows and intervals are as Python works them out" || miss "as Python works it out: $(cat "$scratch/differences")"

# Lower bounds: of strategy workload what n,overhead,lo,hi,cheapest.
bound()
{
    found=$(grep "^$1,,libc,$2,[a-z]*,[0-9]*,,$3," "$scratch/lower_bounds.csv" | cut -d, -f9-)
    case $found in
    $4) pass "$5" ;;
    *) miss "$5: the bound of $1 $2 by $3 is $found instead of $4" ;;
    esac
}

{
    echo strategy settings allocator workload variant size seed input status reason instructions work allocate barrier \
        release collect teardown startup | tr ' ' ,
    echo "base,,libc,alpha,main,10,1,,ok,,1000,600,100,100,100,50,30,20"
    echo "twice,,libc,alpha,main,10,1,,ok,,1500,400,100,100,100,700,80,20"
    echo "uneven,,libc,alpha,main,10,1,,ok,no symbols,900,NA,NA,NA,NA,NA,NA,NA"
    echo "broken,,libc,alpha,main,10,1,,crash,it fell,NA,NA,NA,NA,NA,NA,NA,NA"
} >"$scratch/instructions.csv"
"$build/reclaim" summarise "$scratch"
bound base   alpha instructions "1,2.45,2.45,2.45,twice" "a bound is all but the start, by the work of the cheapest: 980 / 400"
bound twice  alpha instructions "1,3.7,3.7,3.7,twice"  "the cheapest has one, too"
bound uneven alpha instructions "0,NA,NA,NA,"          "what cannot be told apart has none: its start would be in it"
bound broken alpha instructions "0,NA,NA,NA,"          "what failed has no bound, and is there"
bound broken alpha total_cpu_s  "0,NA,NA,NA,"          "by time, too"
bound broken beta  total_cpu_s  "0,NA,NA,NA,"          "and so what missed a block in which others ran"
bound base   beta  total_cpu_s  "4,1.402*,1.3*,1.4*,base"  "one that ran alone is its own bound"
bound twice  micro total_cpu_s  "5,*,"                 "a class has a mean of its variants'"
bound twice  stress total_cpu_s "0,NA,NA,NA,"          "and none where one is missing"
sed -i '2s/,600,/,six hundred,/' "$scratch/instructions.csv"
"$build/reclaim" summarise "$scratch" 2>"$scratch/said"
[ $? = 2 ] && grep -q 'instructions.csv:2: column work: `six hundred`' "$scratch/said" &&
    pass "instructions that are damaged are named by line and column" || miss "damaged instructions: $(cat "$scratch/said")"
rm "$scratch/instructions.csv"

# Means over the variants of a class: of class strategy control n,ratio,lo,hi.
mean()
{
    found=$(grep "^$2,$1,mean,[0-9]*,,,libc,$3,.*,wall_s," "$scratch/classes.csv" | sed 's/.*,NA,NA,NA,//; s/,.*//')
    variants=$(grep "^$2,$1,mean,.*,$3,.*,wall_s," "$scratch/classes.csv" | cut -d, -f4)
    case $variants,$found in
    $4*) pass "$5" ;;
    *) miss "$5: $2 $1 is $variants,$found instead of $4" ;;
    esac
}

mean micro  base 1 1,3     "no mean crosses classes: one of alpha alone"
mean stress base 1 1,2     "and one of beta"
mean micro  twice 0 1,2    "of one variant it is that variant's"
mean stress twice 0 1,NA   "there is none where a variant is missing"
sed -i 's/stress/micro/' "$scratch/manifest.json" && "$build/reclaim" summarise "$scratch"
mean micro  base 0 2,1     "the baseline's is 1"
mean micro  base 1 2,2.449 "in blocks 1, 4, 5 alpha is 3, beta 1, 2, 4: the sixth root of 3 x 1 x 3 x 2 x 3 x 4"
mean micro  twice 0 2,NA   "and none where one of two is"
grep -q stress "$scratch/classes.csv" && miss "a class without workloads has rows" ||
    pass "a class without workloads has no row"

# ---- Runs that ended early, or cannot be right ----

# another FOLDER: the same run, for somebody to change
another() { mkdir -p "$scratch/$1" && cp tests/data/summary/* "$scratch/$1"; }

another part
cut=0
for rows in $(seq 2 $(($(wc -l <tests/data/summary/trials.csv) - 1))); do
    head -n "$rows" tests/data/summary/trials.csv >"$scratch/part/trials.csv"
    "$build/reclaim" summarise "$scratch/part" || { miss "a run that was stopped after $((rows - 1)) trials"; cut=1; }
done
[ $cut = 1 ] || pass "a run is summed up wherever it was stopped"
another alone && awk -F, 'NR == 1 || ($4 == "beta" && $11 == 1 && !c++) || ($4 == "alpha" && $11 == 0 && !b++)' \
    tests/data/summary/trials.csv >"$scratch/alone/trials.csv"
"$build/reclaim" summarise "$scratch/alone" && pass "and where only the control of a program was tried yet" ||
    miss "a control without its cell"
another immense && sed -i '2s/,[0-9.]*,\([0-9]*\),\([0-9.]*\),\([0-9.]*\),/,1e308,\1,\2,\3,/' "$scratch/immense/trials.csv"
"$build/reclaim" summarise "$scratch/immense" 2>"$scratch/said"
[ $? = 2 ] && grep -q 'trials.csv:2: column [a-z_]*: `1e308`' "$scratch/said" &&
    pass "a number that nothing can be is refused where it stands" || miss "1e308: $(cat "$scratch/said")"
(ulimit -f 1; "$build/reclaim" summarise "$scratch") 2>"$scratch/said"
[ $? = 2 ] && grep -q 'cannot write .*: File too large' "$scratch/said" &&
    pass "a file that cannot grow is told" || miss "a file that cannot grow: $(cat "$scratch/said")"

# ---- Sins, each of them planted ----

# A ratio of uneven to base, and of base to uneven where uneven is the one that is run twice, which makes it the baseline.
another swapped && sed -i '/,libc,1,/s/,base,/,uneven,/' "$scratch/swapped/trials.csv" &&
    "$build/reclaim" summarise "$scratch/swapped"
ratio() { grep "^$2,alpha,main,.*,0,ok,,$3," "$scratch/$1/summary.csv" | cut -d, -f16-18; }
inverted()
{
    awk -F, -v there="$1" 'function near(x) { return x > 0.99999999 && x < 1.00000001 }
        BEGIN { split(there, t, ",") } { exit !(near(t[1] * $1) && near(t[2] * $3) && near(t[3] * $2)) }'
}
for metric in wall_s work_cpu_s total_cpu_s peak_rss_kib; do
    ratio swapped base $metric | inverted "$(ratio . uneven $metric)" && pass "swapping the baseline inverts $metric" ||
        miss "swapped, $metric is $(ratio swapped base $metric) and was $(ratio . uneven $metric)"
done

# A strategy that works in half of the time, and takes three times as long to give everything back.
another teardown && awk -F, -v OFS=, '$3 == "twice" && $12 == "ok" { $19 = 1; $21 /= 4; $26 = 3 * $21 } { print }' \
    "$scratch/teardown/trials.csv" >"$scratch/changed" && mv "$scratch/changed" "$scratch/teardown/trials.csv" &&
    "$build/reclaim" summarise "$scratch/teardown"
case "$(ratio teardown twice work_cpu_s) $(ratio teardown twice total_cpu_s)" in
0.5,*\ 1.[89]*) pass "who leaves giving back to the end is not credited with it: both figures are there" ;;
*) miss "free teardown: $(ratio teardown twice work_cpu_s), $(ratio teardown twice total_cpu_s)" ;;
esac

# Of one block nothing says how far the next would be.
mkdir "$scratch/one" && cp tests/data/summary/* "$scratch/one" && { head -n 1 tests/data/summary/trials.csv &&
    grep "^1," tests/data/summary/trials.csv; } >"$scratch/one/trials.csv" && "$build/reclaim" summarise "$scratch/one"
found=$(grep "^twice,,libc,alpha,.*,total_cpu_s," "$scratch/one/lower_bounds.csv" | cut -d, -f9-)
case $found in
1,[1-9]*,NA,NA,base) pass "a bound of one block has no interval" ;;
*) miss "of one block the bound of twice is $found" ;;
esac

# A run whose baseline was preempted: the work took three times its processor time, and collections, by the same clock, three
# quarters of that processor time, which is a quarter of the work. In block 1 the bound is 1.46 / (0.72 x 3/4) = 2.70.
another preempted && awk -F, -v OFS=, '$3 == "base" && $4 == "alpha" && $12 == "ok" { $20 = 3 * $21; $27 = 0.75 * $21 }
    { print }' "$scratch/preempted/trials.csv" >"$scratch/changed" && mv "$scratch/changed" "$scratch/preempted/trials.csv" &&
    "$build/reclaim" summarise "$scratch/preempted"
found=$(grep "^twice,,libc,alpha,.*,total_cpu_s," "$scratch/preempted/lower_bounds.csv" | cut -d, -f9-)
case $found in
5,2.69*,base) pass "what was preempted makes no bound too low" ;;
*) miss "preempted, the bound of twice is $found instead of 5,2.69" ;;
esac
python3 tests/summary.py "$scratch/preempted" base >"$scratch/differences" &&
    pass "and it is as Python works it out" || miss "preempted, as Python works it out: $(cat "$scratch/differences")"

# damaged WHAT WANTED COMMAND…: after the command, in a folder that holds the run, summarising ends with 2 and says WANTED.
damaged()
{
    what=$1 wanted=$2
    shift 2
    another damaged
    (cd "$scratch/damaged" && "$@")
    "$build/reclaim" summarise "$scratch/damaged" >"$scratch/said" 2>&1
    [ $? = 2 ] && grep -q "/damaged/trials.csv:$wanted" "$scratch/said" && [ "$(wc -l <"$scratch/said")" = 1 ] &&
        [ ! -e "$scratch/damaged/summary.csv" ] && pass "trials: $what is refused" || miss "$what: $(cat "$scratch/said")"
    rm -r "$scratch/damaged"
}
empty() { : >trials.csv; }
zero() { printf '\0' | dd of=trials.csv bs=1 seek=2000 conv=notrunc 2>/dev/null; }
damaged "a foreign file"            "1: column 1 is .name. where .block. should be"  sed -i '1s/.*/name,value/' trials.csv
damaged "an empty file"             "1: the line of column names is missing"         empty
damaged "a missing column"          "1: column 17 is"                                sed -i '1s/,user_s,/,/' trials.csv
damaged "half a row"                "5: [0-9]* fields where there should be 31"      sed -i '5s/,libc.*//' trials.csv
damaged "a word for a number" "2: column wall_s: .soon. is not a number" sed -i '2s/,7,10,4,/,7,10,soon,/' trials.csv
damaged "a time below 0"            "2: column wall_s: .-4. is not a number"         sed -i '2s/,7,10,4,/,7,10,-4,/' trials.csv
damaged "an infinite time"          "2: column wall_s: .inf. is not a number"        sed -i '2s/,7,10,4,/,7,10,inf,/' trials.csv
damaged "an unknown status"         "2: column status: .fine. is not a status"       sed -i '2s/,ok,/,fine,/' trials.csv
damaged "a name that is none"       "2: column strategy: .a b. is not a name"        sed -i '2s/,uneven,/,a b,/' trials.csv
damaged "a quote that is not closed" "2: field 3: text after the closing quote"      sed -i '2s/,uneven,/,"uneven,/' trials.csv
damaged "a zero byte"               "[0-9]*: field [0-9]*: a zero byte"              zero
damaged "a row that is there twice" "[0-9]*: this cell is in block 1 already"        sed -i '2p' trials.csv

# The table for people: the work's processor time, what multiple of the baseline's it is, and the peak.
"$build/reclaim" table "$scratch" >"$scratch/table"
[ "$(grep -A2 '^  alpha main$' "$scratch/table" | tail -n 2 | tr -s ' ' | xargs)" = "opened 6 - 12 0 late 0 - 5 1" ] &&
    pass "and the figures, strategy by strategy" || miss "the table's figures: $(grep -A2 '^  alpha main$' "$scratch/table")"
grep -Eq '^ +twice +(4320 ms|4\.320* s) .* 2\.00 .* 2\.0 MiB' "$scratch/table" &&
    pass "the table says the same" || miss "the table: $(grep twice "$scratch/table")"

echo base,,libc,alpha,main,,operation_ns,2,10,100,1,1.5,NA,NA >>"$scratch/growth.csv"
"$build/reclaim" table "$scratch" | grep -q '^  alpha main  *1.50 (one block) base$' &&
    pass "and a slope of one block is said to be so" ||
    miss "the table's slope: $("$build/reclaim" table "$scratch" | grep -A9 power)"

# What a cell that failed said is printed, whoever wrote the file, and moves no cursor.
mkdir "$scratch/foreign" && cp tests/data/summary/* "$scratch/foreign"
sed -i "s/killed by signal 11/killed $(printf '\033')[2Jby/" "$scratch/foreign/trials.csv"
"$build/reclaim" table --all "$scratch/foreign" >"$scratch/table"
grep -q 'crash: killed  \[2Jby' "$scratch/table" && pass "a reason's escape sequences reach no terminal" ||
    miss "a reason in the table: $(grep crash "$scratch/table" | cat -v)"

# What is committed is what this code derives from its trials: whoever changes a statistic derives it again.
cp -r results/sample "$scratch/sample" && "$build/reclaim" summarise "$scratch/sample"
for file in summary classes noise growth lower_bounds sweep; do
    cmp -s results/sample/$file.csv "$scratch/sample/$file.csv" && pass "results/sample has the $file.csv of its trials" ||
        miss "results/sample/$file.csv is not what is derived from its trials"
done

# A run of 100,000 trials.
told=$(python3 tests/large.py "$scratch/large" "$build") && pass "${told#ok - }" || miss "${told#not ok - }"
ended

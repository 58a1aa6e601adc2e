#!/bin/sh
# What the strategies are held against, as ratios: each row of the table is one claim, its bar, and whether it is met. The two
# sides of a ratio are run in turn, and the median of the ratios of each turn is what counts. Times are processor time, the
# system's included. Growth is the slope of log cost over log n, 10^4 to 10^7 objects, with 256 KiB of stack.
#
# ratios.sh BUILD [GROUP …]: groups are counting cycles trial libgc arena streams growth; all when none is named.
# ROUNDS=n (7): turns of each ratio. GROWTH_ROUNDS=n (3): runs of each size, of which the median counts.
# Exit status: 0 no bar was missed; 1 one was. A rival that is not installed is a row that says so.
set -u
build=$1
shift
groups=${*:-counting cycles trial libgc arena streams growth}
rounds=${ROUNDS:-7}
growth_rounds=${GROWTH_ROUNDS:-3}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
missed=0
. tests/cells.sh # instructions, median

# ---- Measures: each prints one number for a command ------------------------------------------------------------------------

# hyperfine's columns: command, mean, stddev, median, user, system, min, max.
seconds() { hyperfine -N --style none --runs 1 --warmup 0 --export-csv /dev/stdout "$*" 2>/dev/null | awk -F, 'NR == 2 { print $5 + $6 }'; }
nanoseconds() { (ulimit -s 256 && "$@") 2>/dev/null; }

is_number() { echo "$1" | grep -Eq '^[0-9]+(\.[0-9]+)?(e-?[0-9]+)?$'; }

# ---- Rows ------------------------------------------------------------------------------------------------------------------

row() { echo "| $1 | $2 | $3 | $4 | $5 |"; }

judged() # claim figure bar compared n; met when the figure is at most the bar
{
    if awk -v x="$2" -v bar="$3" 'BEGIN { exit !(x <= bar) }'; then
        row "$1" "$2" "≤ $3" yes "$4; n = $5"
    else
        missed=$((missed + 1))
        row "$1" "$2" "≤ $3" "**no**" "$4; n = $5"
    fi
}

# Why a program cannot be run, or nothing: it was not built, or its strategy has a reason.
why_not() # program
{
    case $1 in
    env) return ;;
    esac
    if ! command -v "$1" >/dev/null 2>&1; then
        case $1 in
        *_apr) echo "not installed: apt-get install libapr1-dev" ;;
        *_talloc*) echo "not installed: apt-get install libtalloc-dev" ;;
        *) echo "not there: $1" ;;
        esac
    fi
}

# Two commands in turn; the figure is the median of the first's measure by the second's.
ratio() # claim bar measure n command-of-ours command-of-the-rival compared
{
    ours=$5
    rival=$6
    for program in ${ours%% *} ${rival%% *}; do
        reason=$(why_not "$program")
        [ -z "$reason" ] || { row "$1" NA "≤ $2" NA "$7: $reason"; return; }
    done
    : >"$scratch/ratios"
    for _ in $(seq "$4"); do
        a=$($3 $ours)
        b=$($3 $rival)
        is_number "$a" && is_number "$b" || { row "$1" NA "≤ $2" NA "$7: ${a:-failed} / ${b:-failed}"; return; }
        awk -v a="$a" -v b="$b" 'BEGIN { print a / b }' >>"$scratch/ratios"
    done
    judged "$1" "$(median <"$scratch/ratios" | awk '{ printf "%.3f", $1 }')" "$2" "$7" "$4"
}

# ---- Growth ----------------------------------------------------------------------------------------------------------------
# In time, and in instructions, which tell the algorithm from caches, page tables and the system's own work on its pages.

time_of() # strategy phase n: the median of ns for all n objects
{
    : >"$scratch/times"
    for _ in $(seq "$growth_rounds"); do
        t=$(nanoseconds "$build/ratios/$1/growth" "$2" "$3")
        is_number "$t" || { echo "${t:-failed at n = $3}"; return; }
        awk -v t="$t" -v n="$3" 'BEGIN { print t * n }' >>"$scratch/times"
    done
    median <"$scratch/times"
}

# Of two rounds: the first is not timed, but counted.
instructions_of() # strategy phase n
{
    counted=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect='timed_*' \
        "$build/ratios/$1/growth" "$2" "$3" 1 2>&1 >/dev/null | awk '/Collected/ { printf "%.0f", $4 / 2 }')
    echo "${counted:-failed}"
}

# The slope of log cost over log n, by least squares, and the cost per object at the first and last n.
slope() { awk '{ x[NR] = log($1); y[NR] = log($2 + 1e-9); sx += x[NR]; sy += y[NR]; each[NR] = $2 / $1 }
    END { for (i = 1; i <= NR; i++) { up += (x[i] - sx / NR) * (y[i] - sy / NR); down += (x[i] - sx / NR) ^ 2 }
          printf "%.3f %.3g %.3g\n", up / down, each[1], each[NR] }'; }

grow() # strategy phase cost unit n sizes
{
    : >"$scratch/growth"
    for n in $6; do
        cost=$("$3" "$1" "$2" "$n")
        is_number "$cost" || { failed_to_grow "$1: $2 grows as n" "$cost"; return; }
        echo "$n $cost" >>"$scratch/growth"
    done
    claim="$1: $2 grows as n" unit=$4 times=$5 from=${6%% *} to=${6##* }
    set -- $(slope <"$scratch/growth")
    judged "$claim" "$1" 1.05 "slope, in $unit; $2 an object at $from, $3 at $to" "$times"
}

failed_to_grow() # claim why
{
    missed=$((missed + 1))
    row "$1" NA "≤ 1.05" "**no**" "$2"
}

# ---- Groups ----------------------------------------------------------------------------------------------------------------

trees() { echo "$build/$1/binary_trees -n $2"; }
by_hand() { echo "$build/byhand/binary_trees_$1 $2"; }
mimalloc() { ldconfig -p 2>/dev/null | awk '/libmimalloc\.so/ { print $NF; exit }'; }

counting()
{
    ratio "refcount, malloc and free on glibc" 0.50 seconds "$rounds" "$(trees refcount 20)" "$(by_hand malloc 20)" "binary_trees 20, time"
    library=$(mimalloc)
    if [ -n "$library" ]; then
        ratio "refcount, malloc and free on mimalloc" 0.90 seconds "$rounds" "$(trees refcount 20)" \
            "env LD_PRELOAD=$library $(by_hand malloc 20)" "binary_trees 20, time"
    else
        row "refcount, malloc and free on mimalloc" NA "≤ 0.90" NA "not installed: apt-get install libmimalloc2.0"
    fi
}

cycles()
{
    ratio "refcount_cycle, CPython's heap" 0.20 seconds 3 "$(trees refcount_cycle 18)" "$(trees cpython 18)" "binary_trees 18, time"
    ratio "refcount_cycle, CPython's heap" 0.30 nanoseconds "$rounds" "$build/ratios/refcount_cycle/pairs" \
        "$build/ratios/cpython/pairs" "a million cyclic pairs made and dropped"
    ratio "refcount_cycle, CPython's heap" 0.25 nanoseconds "$rounds" "$build/ratios/refcount_cycle/growth holding 1000000" \
        "$build/ratios/cpython/growth holding 1000000" "pause per live object, a million in one array"
    ratio "refcount_cycle, CPython's heap" 0.25 nanoseconds "$rounds" "$build/ratios/refcount_cycle/growth marking 1000000" \
        "$build/ratios/cpython/growth marking 1000000" "pause per live object, a million in a chain"
}

trial()
{
    ratio "refcount_trial, refcount" 1.10 seconds "$rounds" "$(trees refcount_trial 19)" "$(trees refcount 19)" "binary_trees 19, time"
    ratio "refcount_trial, refcount" 1.10 seconds "$rounds" "$build/refcount_trial/sequence -v list -n 16000000" \
        "$build/refcount/sequence -v list -n 16000000" "sequence, list of 16 million, time"
    ratio "refcount_trial, refcount" 1.10 seconds "$rounds" "$build/refcount_trial/lookup -v set -n 2000000" \
        "$build/refcount/lookup -v set -n 2000000" "lookup, set of 2 million, time"
}

libgc()
{
    ratio "boehm, libgc by hand" 1.00 seconds "$rounds" "$(trees boehm 18)" "$(by_hand gc 18)" "binary_trees 18, time"
    ratio "boehm, libgc by hand" 1.00 instructions 1 "$(trees boehm 14)" "$(by_hand gc 14)" "binary_trees 14, instructions"
}

arena()
{
    ratio "arena, bump pointer by hand" 1.10 seconds "$rounds" "$(trees arena 20)" "$(by_hand bump 20)" "binary_trees 20, time"
    ratio "arena, bump pointer by hand" 1.10 instructions 1 "$(trees arena 14)" "$(by_hand bump 14)" "binary_trees 14, instructions"
    ratio "arena, obstack" 1.00 seconds "$rounds" "$(trees arena 20)" "$(by_hand obstack 20)" "binary_trees 20, time"
    ratio "arena, APR pool" 1.00 seconds "$rounds" "$(trees arena 20)" "$(by_hand apr 20)" "binary_trees 20, time"
    ratio "arena, talloc" 1.00 seconds "$rounds" "$(trees arena 18)" "$(by_hand talloc 18)" "binary_trees 18, time"
    ratio "arena, talloc pool" 1.00 seconds "$rounds" "$(trees arena 18)" "$(by_hand talloc_pool 18)" "binary_trees 18, time"
}

streams()
{
    ours="$build/stream/sequence -v generator -n 400000000"
    ratio "stream, state machine by hand, resumed by a call" 1.25 seconds "$rounds" "$ours" "$build/byhand/sequence_calls 400000000" \
        "sequence, generator of 400 million, time"
    ratio "stream, state machine by hand, inlined: a loop in registers" 1.25 seconds "$rounds" "$ours" \
        "$build/byhand/sequence_inline 400000000" "sequence, generator of 400 million, time"
    ratio "stream, CPython's generator" 0.20 seconds 3 "$build/stream/sequence -v generator -n 16000000" \
        "python3 tests/twins/sequence.py generator 16000000 1" "sequence, generator of 16 million, time"
}

phases_of() # strategy
{
    for phase in death marking scanning; do
        is_number "$("$build/ratios/$1/growth" $phase 1 1)" && echo $phase
    done
}

# CPython is what it is; and what is never freed does not die.
growth()
{
    for strategy in $(strategies); do
        case $strategy in cpython | never) continue ;; esac
        for phase in $(phases_of "$strategy"); do
            grow "$strategy" "$phase" time_of ns "$growth_rounds" "10000 100000 1000000 10000000"
            grow "$strategy" "$phase" instructions_of instructions 1 "10000 100000 1000000"
        done
    done
}

echo "$(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) cores, $(uname -s) $(uname -r | sed 's/-.*//')," \
    "$(cc --version | head -n 1); $(date -u +%F), commit $(git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)"
echo
echo "| what, against what | measured | bar | met | how |"
echo "|---|---|---|---|---|"
for group in $groups; do
    $group
done
[ "$missed" -eq 0 ]

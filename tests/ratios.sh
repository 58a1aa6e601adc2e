#!/bin/sh
# What the strategies are held against, in two tables: the ratio of each to a rival at the same work, and how the cost of death,
# marking and scanning grows. Each row has its bar, and says whether it is met.
#
# ratios.sh BUILD [GROUP …]: groups are counting cycles trial libgc arena streams containers growth; all when none is named.
# ROUNDS=n (7): turns of each ratio; a rival that takes more than five seconds has three at most.
# GROWTH_ROUNDS=n (3): runs of each size, of which the median counts.
# SET="strategy.name=value,name=value …": measures these strategies with these settings.
# Exit status: 0 no bar was missed; 1 one was, or something failed; 2 usage. A rival that is not installed is a row that says
# so.
set -u
build=$1
shift
every_group="counting cycles trial libgc arena streams containers growth"
groups=${*:-$every_group}
rounds=${ROUNDS:-7}
growth_rounds=${GROWTH_ROUNDS:-3}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
missed=0
. tests/cells.sh # instructions, median, strategies

for turns in "$rounds" "$growth_rounds"; do
    case $turns in
    *[!0-9]* | '' | 0*) echo "ratios.sh: ROUNDS and GROWTH_ROUNDS are whole numbers from 1, not '$turns'" >&2; exit 2 ;;
    esac
done
few=$((rounds < 3 ? rounds : 3))
for group in $groups; do
    case " $every_group " in
    *" $group "*) ;;
    *) echo "ratios.sh: there is no group '$group'; there are: $every_group" >&2; exit 2 ;;
    esac
done

# ---- Measures: each prints one number for a command, with 256 KiB of stack -------------------------------------------------

# Processor time of the whole process, the system's included. hyperfine's columns: command, mean, stddev, median, user, system.
seconds()
{
    (ulimit -s 256
     hyperfine -N --style none --runs 1 --warmup 0 --export-csv /dev/stdout "$*" 2>/dev/null) |
        awk -F, 'NR == 2 { print $5 + $6 }'
}

# What a program of tests/ratios says of its own processor time, per object.
nanoseconds() { (ulimit -s 256 && "$@" 2>&1); }

told() # measure turns
{
    case $1 in
    instructions) what="instructions" ;;
    seconds) what="processor time" ;;
    nanoseconds) what="processor time of that alone" ;;
    esac
    if [ "$2" -eq 1 ]; then echo "$what, once"; else echo "$what, median of $2"; fi
}

is_number() { echo "$1" | grep -Eq '^[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?$'; }
is_at_most() { awk -v x="$1" -v bar="$2" 'BEGIN { exit !(x <= bar) }'; }

# ---- Settings --------------------------------------------------------------------------------------------------------------

settings_of() # strategy: name=value …
{
    for word in ${SET:-}; do
        case $word in "$1".*) echo "${word#*.}" | tr , ' ' ;; esac
    done
}

named() # strategy: with the settings it is measured with
{
    set -- "$1" $(settings_of "$1")
    printf '%s' "$1"
    shift
    [ $# -eq 0 ] || printf ', `%s`' "$@"
}

cell() # strategy workload option …
{
    command="$build/$1/$2"
    for setting in $(settings_of "$1"); do command="$command --set $setting"; done
    shift 2
    echo "$command $*"
}

program() # strategy name word …
{
    command="$build/ratios/$1/$2" settings=
    for setting in $(settings_of "$1"); do settings="$settings --set $setting"; done
    shift 2
    echo "$command $*$settings"
}

# Before anything is measured; the cell itself says what is wrong with a setting.
check_settings()
{
    for word in ${SET:-}; do
        strategy=${word%%.*}
        case $word in
        *.*=*) ;;
        *) echo "ratios.sh: SET: '$word' wants strategy.name=value" >&2; exit 2 ;;
        esac
        [ -x "$build/$strategy/binary_trees" ] || { echo "ratios.sh: SET: there is no strategy '$strategy'" >&2; exit 2; }
        $(cell "$strategy" binary_trees -n 1) >/dev/null || exit 2
    done
}

# ---- Ratios ----------------------------------------------------------------------------------------------------------------

# Why a rival cannot be run, or nothing: it was not built, or is not for this machine.
why_not() # command
{
    [ "$1" != env ] || return
    if ! command -v "$1" >/dev/null 2>&1; then
        case $1 in
        *_apr) echo "not installed: apt-get install libapr1-dev" ;;
        *_talloc*) echo "not installed: apt-get install libtalloc-dev" ;;
        *) echo "not there: $1" ;;
        esac
    elif [ "$1" = "$build/cpython/binary_trees" ]; then
        [ "$(described "$build" cpython binary_trees status)" != "standard unsupported" ] ||
            echo "not installed: apt-get install python3-dev"
    fi
}

row() { echo "| $ours | $rival | $work | $1 | $2 | $3 | ≤ $bar | $4 |"; }

# Two commands in turn; what counts is the median, over the turns, of the first's measure by the second's.
compare() # measure turns command-of-ours command-of-the-rival; ours, rival, work and bar are set
{
    command -v "${3%% *}" >/dev/null || { missed=$((missed + 1)); row "not there: ${3%% *}" NA "" "**no**"; return; }
    reason=$(why_not "${4%% *}")
    [ -z "$reason" ] || { row "$reason" NA "" NA; return; }
    : >"$scratch/ratios"
    for _ in $(seq "$2"); do
        a=$($1 $3)
        b=$($1 $4)
        case $b in unsupported:*) row "$b" NA "" NA; return ;; esac
        is_number "$a" && is_number "$b" ||
            { missed=$((missed + 1)); row "failed: ${a:-$3} / ${b:-$4}" NA "" "**no**"; return; }
        awk -v a="$a" -v b="$b" 'BEGIN { print a / b }' >>"$scratch/ratios"
    done
    judge "$(told "$1" "$2")"
}

judge() # how it was measured
{
    median=$(median <"$scratch/ratios")
    range=$(sort -g "$scratch/ratios" | awk 'NR == 1 { first = $1 } END { printf "%.3f to %.3f", first, $1 }')
    [ "$(wc -l <"$scratch/ratios")" -gt 1 ] || range=
    met=yes
    is_at_most "$median" "$bar" || { missed=$((missed + 1)); met="**no**"; }
    row "$1" "$(printf %.3f "$median")" "$range" "$met"
}

trees() { cell "$1" binary_trees -n "$2"; }
by_hand() { echo "$build/byhand/$1 $2"; }

by_cpython() { echo "env PATH=/usr/bin:$PATH python3 tests/byhand/containers.py $*"; }

against() { ours=$(named "$1") rival=$2 bar=$3; } # strategy rival bar

counting()
{
    work="binary_trees, depth 20"
    against refcount "malloc and free by hand, glibc" 0.50
    compare seconds "$rounds" "$(trees refcount 20)" "$(by_hand binary_trees_malloc 20)"
    against refcount "malloc and free by hand, mimalloc" 0.90
    library=$(ldconfig -p 2>/dev/null | awk '/libmimalloc\.so/ { print $NF; exit }')
    if [ -n "$library" ]; then
        compare seconds "$rounds" "$(trees refcount 20)" "env LD_PRELOAD=$library $(by_hand binary_trees_malloc 20)"
    else
        row "not installed: apt-get install libmimalloc2.0" NA "" NA
    fi
}

cycles()
{
    work="binary_trees, depth 18"
    against refcount_cycle "CPython's heap and collector" 0.20
    compare seconds "$few" "$(trees refcount_cycle 18)" "$(trees cpython 18)"
    work="a million pairs that refer to each other, made and dropped" bar=0.30
    compare nanoseconds "$rounds" "$(program refcount_cycle pairs 1000000)" "$(program cpython pairs 1000000)"
    work="a collection that finds alive a million objects in one array" bar=0.25
    compare nanoseconds "$rounds" "$(program refcount_cycle growth holding 1000000)" \
        "$(program cpython growth holding 1000000)"
    work="a collection that finds alive a million objects in a chain"
    compare nanoseconds "$rounds" "$(program refcount_cycle growth marking 1000000)" \
        "$(program cpython growth marking 1000000)"
}

trial()
{
    against refcount_trial refcount 1.10
    work="binary_trees, depth 19"
    compare seconds "$rounds" "$(trees refcount_trial 19)" "$(trees refcount 19)"
    work="sequence, a list of 16 million"
    compare seconds "$rounds" "$(cell refcount_trial sequence -v list -n 16000000)" \
        "$(cell refcount sequence -v list -n 16000000)"
    work="lookup, a set of 2 million"
    compare seconds "$rounds" "$(cell refcount_trial lookup -v set_hits -n 2000000)" \
        "$(cell refcount lookup -v set_hits -n 2000000)"
}

libgc()
{
    against boehm "libgc by hand" 1.00
    work="binary_trees, depth 18"
    compare seconds "$rounds" "$(trees boehm 18)" "$(by_hand binary_trees_gc 18)"
    work="binary_trees, depth 14"
    compare instructions 1 "$(trees boehm 14)" "$(by_hand binary_trees_gc 14)"
}

arena()
{
    work="binary_trees, depth 20"
    against arena "a bump pointer by hand" 1.10
    compare seconds "$rounds" "$(trees arena 20)" "$(by_hand binary_trees_bump 20)"
    work="binary_trees, depth 14"
    compare instructions 1 "$(trees arena 14)" "$(by_hand binary_trees_bump 14)"
    work="binary_trees, depth 20"
    against arena "obstack" 1.00
    compare seconds "$rounds" "$(trees arena 20)" "$(by_hand binary_trees_obstack 20)"
    against arena "an APR pool" 1.00
    compare seconds "$rounds" "$(trees arena 20)" "$(by_hand binary_trees_apr 20)"
    work="binary_trees, depth 18"
    against arena "talloc" 1.00
    compare seconds "$rounds" "$(trees arena 18)" "$(by_hand binary_trees_talloc 18)"
    against arena "talloc, in a talloc pool" 1.00
    compare seconds "$rounds" "$(trees arena 18)" "$(by_hand binary_trees_talloc_pool 18)"
}

streams()
{
    work="sequence, a generator of 400 million"
    against stream "a state machine by hand, resumed by a call" 1.25
    compare seconds "$rounds" "$(cell stream sequence -v generator -n 400000000)" "$(by_hand sequence_calls 400000000)"
    against stream "the same inlined: a loop that keeps its frame in registers" 1.25
    compare seconds "$rounds" "$(cell stream sequence -v generator -n 400000000)" "$(by_hand sequence_inline 400000000)"
    work="sequence, a generator of 16 million"
    against stream "CPython's generator" 0.20
    compare seconds "$few" "$(cell stream sequence -v generator -n 16000000)" \
        "env PATH=/usr/bin:$PATH python3 tests/twins/sequence.py generator 16000000 1"
}

containers()
{
    for n in 1024 65536 1048576; do
        for asked in hit equal; do
            work="a set of $n numbers, each asked for, in another order"
            [ $asked = hit ] || work="the same of numbers at random, asked for by equal ones"
            against refcount "a table of pointers by hand" 1.50
            compare nanoseconds "$rounds" "$(program refcount containers $asked $n)" "$(by_hand containers_plain "$asked $n")"
            against refcount "CPython's set, less an empty loop" 0.33
            compare nanoseconds "$few" "$(program refcount containers $asked $n)" "$(by_cpython $asked $n)"
        done
    done
    work="a list of $n references, appended and dropped"
    against refcount "an array by hand, doubled by realloc" 8.00
    compare nanoseconds "$rounds" "$(program refcount containers append $n)" "$(by_hand containers_plain "append $n")"
    against refcount "CPython's list, less an empty loop" 0.33
    compare nanoseconds "$few" "$(program refcount containers append $n)" "$(by_cpython append $n)"
}

# ---- Growth ----------------------------------------------------------------------------------------------------------------
# The slope of log cost over log n: in time; in time with as many objects in all at each n, so that caches, page tables and the
# system have the same to do; and in instructions, which do not know of these.

# Each prints the cost of all n objects, or of all of ALL where they are as many each time; or why there is none.
time_of() # strategy phase n
{
    : >"$scratch/times"
    for _ in $(seq "$growth_rounds"); do
        t=$(nanoseconds $(program "$1" growth "$2" "$3"))
        is_number "$t" || { echo "${t:-failed at n = $3}"; return; }
        awk -v t="$t" -v n="$3" 'BEGIN { print t * n }' >>"$scratch/times"
    done
    median <"$scratch/times"
}

time_among_many() # strategy phase n
{
    t=$(nanoseconds $(program "$1" growth "$2" "$3" 10000000))
    is_number "$t" || { echo "${t:-failed at n = $3}"; return; }
    awk -v t="$t" -v n="$3" 'BEGIN { print t * n }'
}

# Of two rounds: the first is not timed, but counted.
instructions_of() # strategy phase n
{
    counted=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect='timed_*' \
        $(program "$1" growth "$2" "$3" "$3" 1) 2>&1 >/dev/null | awk '/Collected/ { printf "%.0f", $4 / 2 }')
    echo "${counted:-failed under callgrind}"
}

# By least squares; and the cost per object at the first and the last n.
slope()
{
    awk '{ x[NR] = log($1); y[NR] = log($2 + 1e-9); sx += x[NR]; sy += y[NR]; each[NR] = $2 / $1 }
         END { for (i = 1; i <= NR; i++) { up += (x[i] - sx / NR) * (y[i] - sy / NR); down += (x[i] - sx / NR) ^ 2 }
               printf "%.3f %.3g %.3g\n", up / down, each[1], each[NR] }'
}

# Prints the slope and the first and last cost; or fails, and says why.
grown() # cost strategy phase n …
{
    cost_of=$1 strategy=$2 phase=$3
    shift 3
    : >"$scratch/growth"
    for n in "$@"; do
        cost=$("$cost_of" "$strategy" "$phase" "$n")
        is_number "$cost" || { echo "$cost"; return 1; }
        echo "$n $cost" >>"$scratch/growth"
    done
    slope <"$scratch/growth"
}

growth_bar=1.05
shown() { if is_at_most "$1" $growth_bar; then echo "$1"; else echo "**$1**"; fi; }

failed_to_grow() # strategy phase why
{
    missed=$((missed + 1))
    echo "| $(named "$1") | $2 | failed: $3 | | | | | ≤ $growth_bar | **no** |"
}

# Met is judged by one structure that grows, in time and in instructions.
grow() # strategy phase
{
    among= counted=
    time=$(grown time_of "$1" "$2" 10000 100000 1000000 10000000) &&
    among=$(grown time_among_many "$1" "$2" 10000 100000 1000000 10000000) &&
    counted=$(grown instructions_of "$1" "$2" 10000 100000 1000000) ||
        { failed_to_grow "$1" "$2" "$time $among $counted"; return; }
    met=yes
    is_at_most "${time%% *}" $growth_bar && is_at_most "${counted%% *}" $growth_bar ||
        { missed=$((missed + 1)); met="**no**"; }
    set -- "$(named "$1")" "$2" $time $among $counted
    echo "| $1 | $2 | $4 | $5 | $(shown "$3") | $(shown "$6") | $(shown "$9") | ≤ $growth_bar | $met |"
}

# All but those that the strategy says it does not have.
phases_of() # strategy
{
    for phase in death marking scanning; do
        case $(nanoseconds $(program "$1" growth $phase 1 1 1)) in
        unsupported:*) ;;
        *) echo $phase ;;
        esac
    done
}

# CPython is what it is; and what is never freed does not die.
growth()
{
    for strategy in $(strategies); do
        case $strategy in cpython | never) continue ;; esac
        for phase in $(phases_of "$strategy"); do
            grow "$strategy" "$phase"
        done
    done
}

# ---- The tables ------------------------------------------------------------------------------------------------------------

check_settings
echo "$(sed -n "s/^model name[^:]*: //p" /proc/cpuinfo | head -n 1), $(nproc) cores, $(uname -s) $(uname -r | sed 's/-.*//')," \
    "$(head -n 1 "$build/flags"); $(date -u +%F), commit $(git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)"
table=
for group in $groups; do
    if [ "$group" = growth ]; then
        printf '\n%s\n' "| strategy | what grows from 10^4 objects to 10^7 | ns an object at 10^4 | at 10^7 |\
 slope in time | in time, 10^7 objects at each n | in instructions | bar | met |"
        echo "|---|---|---|---|---|---|---|---|---|"
        table=
    elif [ -z "$table" ]; then
        printf '\n%s\n' "| strategy | against | at the same work | measured | ratio | range | bar | met |"
        echo "|---|---|---|---|---|---|---|---|"
        table=ratios
    fi
    $group
done
[ "$missed" -eq 0 ]

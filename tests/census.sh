#!/bin/bash
# What counted cells count agrees with itself, with the plain cell, between strategies, and with what is known without counting;
# and the runner's stage makes whole files of it.
#
# census.sh BUILD, from the project's root.
set -u
build=$1
. tests/cells.sh
. tests/scratch.sh
into=$(mktemp -d)
trap 'rm -rf "$into"' EXIT

# The column of that name in each row of a CSV file: column FILE name.
column()
{
    awk -F, -v name="$2" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i; next } { print $c }' "$1"
}

totals() { column "$into/pause_totals.csv" "$1"; }

# The one row of census.csv, by the names of its columns.
declare -A counted
read_census()
{
    local names values i
    { IFS=, read -ra names && IFS=, read -ra values; } <"$into/census.csv"
    counted=()
    for i in "${!names[@]}"; do counted[${names[i]}]=${values[i]}; done
}

check() # what must be so; then the command that is true if it is
{
    name=$1
    shift
    "$@" && pass "$name" || miss "$name"
}

adds_up()
{
    [ "${counted[allocations]}" -eq $((counted[frees] + counted[live_objects])) ] &&
        [ "${counted[allocated_bytes]}" -eq $((counted[freed_bytes] + counted[live_bytes])) ] &&
        [ "${counted[peak_live_bytes]}" -ge "${counted[live_bytes]}" ] &&
        [ "${counted[peak_room_bytes]}" -ge "${counted[peak_live_bytes]}" ] || return
    case $s in
    refcount_malloc) ;; # where what was resident before the work may hold all of it
    *) [ "${counted[peak_footprint_bytes]}" -ge "${counted[peak_room_bytes]}" ] ;;
    esac
}

# All that is alive has a type and a line, the largest first.
leaks_are_what_is_alive()
{
    awk -F, -v objects="${counted[live_objects]}" -v bytes="${counted[live_bytes]}" '
        NR == 1 { next }
        $2 !~ /^"(workloads|harness)\/[a-z_\/]+\.[ch]"$/ || $3 < 1 || (last && $5 > last) { bad = 1 }
        { o += $4; b += $5; last = $5 }
        END { exit bad || o != objects || b != bytes }' "$into/leaks.csv"
}

timeline_is_whole()
{
    awk -F, -v allocated="${counted[allocated_bytes]}" -v peak="${counted[peak_live_bytes]}" '
        NR == 1 { next }
        $1 < clock || $2 > $1 || $2 > peak || $3 < $2 { bad = 1 }
        { clock = $1 }
        END { exit bad || NR < 3 || NR > 513 || clock != allocated }' "$into/timeline.csv"
}

pauses_are_whole()
{
    awk -F, -v listed="$(totals listed_pauses)" -v all="$(totals pauses)" -v floor="$(totals pause_floor_ns)" \
        -v total="$(totals pause_total_ns)" -v longest="$(totals pause_longest_ns)" '
        NR == 1 { next }
        $1 !~ /^(collection|cascade|reset)$/ || $2 < end || $3 - $2 < floor || $3 - $2 > longest { bad = 1 }
        { end = $3; sum += $3 - $2 }
        END { exit bad || NR - 1 != listed || listed > all || sum > total || longest > total }' "$into/pauses.csv"
}

# ---- What an element takes in a container, as lookup.c says

takes_what_is_said() # container
{
    local said
    said=$(tr -s ' *\n' ' ' <workloads/lookup.c | sed -n "s/.* \([0-9.]*\) in a $1[,;].*/\1/p")
    mkdir -p "$into/elements"
    "$build/counted/refcount/lookup" -v "$1_hits" -n 1000 --profile "$into/elements" >/dev/null || return
    [ "$(column "$into/elements/census.csv" peak_live_bytes | awk '{ printf "%.1f", $1 / 1000 }')" = "$said" ]
}

if workloads | grep -qx lookup; then
    for container in list set dict; do
        check "an element takes what lookup.c says in a $container" takes_what_is_said "$container"
    done
fi

# ---- Cells

count_variant() # strategy workload variant quick status cyclic
{
    s=$1 w=$2 v=$3 size=$4 cyclic=$6
    [ "$5" = ok ] || return
    [ "$size" -ge 1000 ] && size=$((size / 10)) || size=$(((size + 2) / 3))
    cell="$s/$w $v, n = $size"
    plain=$("$build/$s/$w" -v "$v" -n "$size" | cut -d, -f8,10,11)
    row=$("$build/counted/$s/$w" -v "$v" -n "$size" --profile "$into" 2>"$into/errors" | cut -d, -f8,10,11)
    if [ "$row" != "$plain" ]; then
        miss "$cell: counted, it says '$row' and not '$plain': $(cat "$into/errors")"
        return
    fi
    pass "$cell: counted, it has the same answer"
    read_census
    check "$cell: births are deaths and what is alive" adds_up
    check "$cell: leaks.csv is what is alive" leaks_are_what_is_alive
    check "$cell: the timeline is in order and ends where the census does" timeline_is_whole
    echo "$v ${counted[allocations]} ${counted[allocated_bytes]}" >>"$into/births"
    what_lives_on
    "$build/counted/$s/$w" -v "$v" -n "$size" --pauses "$into" >"$into/row" 2>&1
    check "$cell: pauses are in order and as many as counted" pauses_are_whole
}

what_lives_on()
{
    case $w in
    binary_trees) check "$cell: as many births as there were nodes" [ "${counted[allocations]}" = "${plain##*,}" ] ;;
    esac
    case $s in
    never)
        check "$cell: nothing dies" [ "${counted[frees]}" = 0 ] ;;
    refcount | refcount_cycle | refcount_trial | cpython)
        what="nothing is" least=0
        [ "$s" != refcount ] || [ "$cyclic" = 0 ] || { what="only cycles are"; least=1; }
        ! forgets "$w" "$v" || { what="what can be reached is"; least=1; }
        check "$cell: $what left alive" [ "$((counted[live_objects] > 0))" = "$least" ] ;;
    esac
}

count_workload() # workload
{
    into=$into/$1
    mkdir "$into"
    for s in $(strategies); do
        while read -r v quick status cyclic; do
            count_variant "$s" "$1" "$v" "$quick" "$status" "$cyclic"
        done < <(described "$build" "$s" "$1" quick status cyclic)
    done
    for v in $(cut -d' ' -f1 "$into/births" | sort -u); do
        bears_by_strategy "$1" "$v" || check "$1 $v: as many births and bytes under every strategy" \
            [ "$(grep "^$v " "$into/births" | sort -u | wc -l)" -eq 1 ]
    done
}

on_all_cores count_workload < <(workloads)

# What docs/profiler.md shows of graph, it says: the rows, and the lines of the program.
document_shows_the_leaks()
{
    "$build/counted/refcount/graph" -v objects -n 2000 --profile "$into" >"$into/row" &&
        diff "$into/leaks.csv" <(sed -n '/^    type,file,line/,/^$/ { /./ s/^    //p }' docs/profiler.md)
}
document_shows_the_lines()
{
    local shown
    shown=$(grep '^    list_append' docs/profiler.md)
    [ -n "$shown" ] && [ "$(grep -cF "$shown" workloads/objects/vertex.h)" -eq "$(echo "$shown" | wc -l)" ]
}
if strategies | grep -qx refcount && workloads | grep -qx graph; then
    check "docs/profiler.md shows what leaks.csv says of graph" document_shows_the_leaks
    check "and lines of vertex.h" document_shows_the_lines
fi

# ---- What cells refuse

cell=$(strategies | head -n 1)/$(workloads | head -n 1)
refuses "a profile of a cell that does not count" "nothing is counted in this cell" "$build/$cell" --profile "$into"
refuses "pauses of a cell that does not count" "nothing is counted in this cell" "$build/$cell" --pauses "$into"
refuses "two profiles at a time" "one profile at a time" "$build/counted/$cell" --profile "$into" --pauses "$into"
refuses "a folder in a file" "$into/row" "$build/counted/$cell" --profile "$into/row/x"

# ---- A disk that is full

# The first of three files still fits, the second does not.
short_of_room() (trap '' XFSZ; ulimit -f 1; exec "$@")

whole=$into/whole
"$build/counted/refcount/binary_trees" -n 8 --profile "$whole" >"$into/row"
before=$(cat "$whole"/*)
refuses "a profile that does not fit" "cannot write the profile: $whole/timeline.csv: File too large" \
    short_of_room "$build/counted/refcount/binary_trees" -n 14 --profile "$whole"
check "leaves the files that were there" [ "$before" = "$(cat "$whole"/*)" ]
check "and no others" [ "$(ls "$whole" | xargs)" = "census.csv leaks.csv timeline.csv" ]

# ---- The stage

scratch_project refcount never
rm -rf "$into"
into=$scratch/into
mkdir "$into"
cat >workloads/rings.c <<'END'
#include "workload.h"

typedef struct Ring Ring;
struct Ring { Ring *next; uint64_t number; };
refs(Ring, next);

static uint64_t dropped(uint64_t n)
{
    for (uint64_t i = 0; i < n; i++) {
        local(Ring) ring = new(Ring);
        ring->number = i;
        if (i % 4 == 0)
            set(ring->next, ring);
    }
    operations += n;
    return n;
}

WORKLOAD(rings, MICRO, SIZES(4000, 40000, 400000), "rings that hold themselves, one in four", VARIANT(dropped, CYCLIC));
END
scratch_build

within() # seconds; until the command is true
{
    local left=$(($1 * 20))
    until "${@:2}"; do
        [ $((left--)) -gt 0 ] || return 1
        sleep 0.05
    done
}

gone() { ! kill -0 "$1" 2>/dev/null; }

counts_the_rings()
{
    sed -i 's/exec sleep 60/exit 7/' build/counted/never/rings
    "$reclaim" profile results/rings >out 2>err
    [ $? -eq 1 ] && grep -q '^refcount,,glibc,rings,.*,ok,' results/rings/census.csv
}
"$reclaim" bench --no-charts --run rings --blocks 1 --quick >out 2>err
for file in census.csv pauses.csv pause_runs.csv timeline.csv leaks.csv latency.csv; do
    check "a run has $file" [ -s "results/rings/$file" ]
done
check "nothing else is left of counting" [ ! -e results/rings/counted ]
check "the leak is named with its line" \
    grep -q '^refcount,,glibc,rings,dropped,400,1,,Ring,workloads/rings.c,10,100,1600$' results/rings/leaks.csv
check "and told at the end of the run" grep -q 'refcount  *[0-9.]* KiB left alive, most of it Ring (workloads/rings.c:10)' out
check "each cell has a row" [ "$(column results/rings/census.csv status | grep -c '^ok$')" -eq 2 ]
before=$(ls -i results/rings/census.csv results/rings/leaks.csv)
"$reclaim" bench --no-charts --run rings >out 2>err
check "a run that has its files keeps them" [ "$before" = "$(ls -i results/rings/census.csv results/rings/leaks.csv)" ]
rm results/rings/census.csv
"$reclaim" bench --no-charts --run rings >out 2>err
check "one that was stopped while it counted counts again" grep -q '^never,,glibc,rings,' results/rings/census.csv
cat >build/counted/never/rings <<'END'
#!/bin/sh
[ "$1" = --describe ] && exec build/never/rings --describe
echo "damaged heap: sentence" >&2
kill -ABRT $$
END
"$reclaim" profile results/rings >out 2>err
status=$?
check "a cell that cannot be counted ends with 1" [ $status -eq 1 ]
check "and is told" grep -q 'not counted: never/rings dropped, n = 400: crash: damaged heap: sentence' out
check "and is a row" grep -q '^never,,glibc,rings,dropped,400,1,,crash,damaged heap: sentence,NA,' results/rings/census.csv
cat >build/counted/never/rings <<END
#!/bin/sh
[ "\$1" = --describe ] && exec build/never/rings --describe
case "\$*" in *--profile*) echo \$\$ >$into/began; exec sleep 60 ;; esac
exec build/never/rings
END
for signal in TERM KILL; do
    rm -f "$into/began" results/rings/census.csv
    "$reclaim" profile results/rings >out 2>err & counting=$!
    within 10 test -s "$into/began"
    kill -$signal $counting
    wait $counting 2>/dev/null
    check "counting ends by SIG$signal" [ $? -eq $((128 + $(kill -l $signal))) ]
    check "and its cells with it" within 10 gone "$(cat "$into/began")"
    check "and makes no census of a part" [ ! -e results/rings/census.csv ]
    [ $signal = KILL ] || check "and leaves nothing" [ ! -e results/rings/counted ]
done
check "what a killed one left stands in nobody's way" counts_the_rings
check "and goes with the next" [ ! -e results/rings/counted ]
rm build/counted/never/rings
"$reclaim" profile results/rings >out 2>err
status=$?
for moment in before after; do
    check "the machine was watched $moment counting" grep -q "^$moment counting," results/rings/hiccups.csv
done
check "a counted cell that is missing is named" [ $status -eq 2 ]
check "with what mends it" grep -q 'build/counted/never/rings: .*; build it first: make' err
ended

#!/bin/bash
# reclaim count: the parts are all instructions; counts repeat; what a program would do anyway is `work` under every strategy;
# and a collection is `collect`, whoever makes it, though it be a library's. What cannot be counted is a row that says why, a
# count that is broken off leaves the file as it was, and what makes no sense ends with a sentence.
#
# instructions.sh BUILD, from the project's root.
set -u
build=$1
. tests/cells.sh
. tests/scratch.sh
root=$PWD

# A workload that dies where callgrind runs it (what sets this variable), and nowhere else.
plant_fragile()
{
    cat >workloads/fragile.c <<'C'
#include "workload.h"

static uint64_t work(uint64_t n)
{
    if (getenv("LD_BIND_NOW"))
        abort();
    operations += n;
    return n;
}

WORKLOAD(fragile, MICRO, SIZES(10, 10, 10), "dies under callgrind", VARIANT(work));
C
}

scratch_project refcount never boehm mark_sweep
sed 's/DEPTHS([0-9, ]*)/DEPTHS(11, 11, 11)/' "$root/workloads/binary_trees.c" >workloads/binary_trees.c
plant_fragile
make -s build/{refcount,never,boehm,mark_sweep}/{binary_trees,fragile} >made 2>&1 || miss "not built: $(tail -n 3 made)"

count() { "$reclaim" count "$@" results/x; }
file=results/x/instructions.csv

# `workload strategy part number` for each part of each row that was counted.
parts()
{
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; next }
        { for (i = 1; i <= NF; i++) at[name[i]] = i
          for (i = at["instructions"]; i <= NF; i++)
              print $at["workload"] "." $at["variant"], $at["strategy"], name[i], $i }' "$1"
}

adds_up()
{
    parts "$file" | awk '$4 == "NA" { next } $3 == "instructions" { all[$1, $2] = $4; next } { sum[$1, $2] += $4 }
        END { for (cell in all) { cells++; if (all[cell] != sum[cell]) bad = 1 } exit bad || cells < 4 }'
}

# All but the start, which prints times of as many digits as they have; under a collector that takes numbers on the stack for
# references, the clock's among them, to 1 in 1000.
repeats()
{
    parts "$1" >before
    parts "$file" | paste -d ' ' before - | awk '
        $4 == "NA" || $3 == "startup" { next }
        $3 == "instructions" { all = $4; next }
        { off = ($4 > $8 ? $4 - $8 : $8 - $4) / all; if (off > ($2 == "boehm" ? 1e-3 : 1e-6)) { print; bad = 1 } }
        END { exit bad || NR < 20 }'
}

# The work is that of never, but for what the compiler makes of it.
work_is_the_same()
{
    parts "$file" | awk '$3 == "work" && $4 != "NA" { work[$1, $2] = $4; cells[$1]; if ($2 != "never") all[$1, $2] }
        END { for (cell in all) { split(cell, of, SUBSEP); ratio = work[cell] / work[of[1], "never"]; checked++
                  if (ratio < 0.9 || ratio > 1.1) { print cell, ratio; bad = 1 } }
              exit bad || checked < 3 }'
}

# A part of a cell, in percent of it.
percent() # strategy part
{
    parts "$file" | awk -v c=binary_trees.standard -v s="$1" -v p="$2" '$1 == c && $2 == s { n[$3] = $4 }
        END { print int(100 * n[p] / n["instructions"]) }'
}

check() { local name=$1; shift; "$@" && pass "$name" || miss "$name"; }

"$reclaim" bench --quick --blocks 2 --run x --no-census --no-charts >bench.log 2>&1 || miss "no run: $(tail -n 2 bench.log)"
count >first.log 2>&1
check "one cell could not be counted, so the status is 1" test $? -eq 1
check "and its row says why" grep -q 'fragile.*,crash,.*killed by signal 6' "$file"
check "the parts are all instructions" adds_up
check "what would be done anyway is work under every strategy" work_is_the_same
check "boehm collects: $(percent boehm collect)%" test "$(percent boehm collect)" -gt 30
check "so does mark_sweep: $(percent mark_sweep collect)%" \
    test "$(percent mark_sweep collect)" -gt 5
check "counting does not" test "$(percent refcount collect)" -eq 0
check "but releases: $(percent refcount release)%" test "$(percent refcount release)" -gt 20
check "never does nothing but allocate" test \
    "$(parts "$file" | awk '$2 == "never" && $3 ~ /barrier|release|collect|teardown/ { n += $4 } END { print n }')" = 0

cp "$file" once.csv
count >/dev/null 2>&1
check "counts repeat" repeats once.csv
sed 's/^\(mark_sweep,.*,binary_trees,.*,\)[0-9]*\(,[0-9]*,[0-9]*,[0-9]*,[0-9]*,[0-9]*\)$/\11\2/' once.csv >planted.csv
repeats planted.csv >/dev/null && miss "another count is not seen" || pass "another count is seen"

rows=$(wc -l <"$file")
count --strategies never --workloads binary_trees >/dev/null 2>&1
check "counting some again keeps the others" test "$(wc -l <"$file")" -eq "$rows"

cp "$file" before.csv
timeout -s TERM 0.7 "$reclaim" count results/x >/dev/null 2>&1
check "one that is stopped says by what" test $? -eq 124
check "and leaves the file as it was" cmp -s "$file" before.csv
check "and nothing behind" test -z "$(pgrep -f "tool=callgrind.*$PWD" || true)"

mkdir empty
refuses "no valgrind" "valgrind is missing" env PATH="$PWD/empty" "$reclaim" count results/x
refuses "no run" "manifest.json" "$reclaim" count empty
refuses "no folder" "name one folder" "$reclaim" count
refuses "a strategy that is none of the run's" "there is no strategy of the run" "$reclaim" count results/x --strategies arena
sed 's|^/\* Counts as: release|/* Counts as: relief|' strategies/parts/counting.h >counting.h && mv counting.h strategies/parts
refuses "a part that is none" "nothing counts as 'relief'" "$reclaim" count results/x
echo >>build/refcount/fragile
refuses "a cell that has changed" "the cells" "$reclaim" count results/x
ended

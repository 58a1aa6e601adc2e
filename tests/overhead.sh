#!/bin/bash
# What the runner itself costs: tests/overhead.sh BUILD_DIR [TRIALS]
#
# 1. What it adds to the time that it reports: a program spins until 100 ms of the clock have passed since its main began; what
#    is reported beyond that is its start, its end and the measuring. The same by bare hyperfine, for comparison.
# 2. What passes between two trials: from the end of one, as reported, to the start of the next.
#
# Exits 1 when the runner's figure exceeds bare hyperfine's by 1 ms (1% of 100 ms), or 30 ms pass between two trials; both are
# medians.
set -eu

reclaim=$(cd "${1:?usage: tests/overhead.sh BUILD_DIR [TRIALS]}" && pwd)/reclaim
trials=${2:-40}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

mkdir -p strategies workloads build/refcount
touch strategies/refcount.h workloads/spin.c
cat >spin.c <<'C'
#include <stdio.h>
#include <string.h>
#include <time.h>

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec * 1e-9;
}

int main(int count, char **words)
{
    double began = now_s();
    if (count > 1 && strcmp(words[1], "--describe") == 0) {
        puts("strategy,workload,variant,allocator,class,quick,standard,full,depth,swept,streams,cyclic,superlinear,"
             "repeats,requests,status,reason,input,about");
        puts("refcount,spin,main,libc,micro,1,1,1,0,,0,0,0,1,0,ok,,,spins for 100 ms");
        return 0;
    }
    if (count > 1 && strcmp(words[1], "--reference") == 0)
        return puts("NA") < 0;
    while (now_s() - began < 0.1)
        ;
    puts("refcount,spin,main,1,1,,libc,ok,,42,NA,1,0.1,0.1,0,1000,,0,0,0");
    return 0;
}
C
"${CC:-cc}" -O2 -o build/refcount/spin spin.c

middle() { sort -g | awk '{ x[NR] = $1 } END { print x[int((NR + 1) / 2)] }'; }
largest() { sort -g | tail -n 1; }
at_most() { awk -v x="$1" -v most="$2" 'BEGIN { exit !(x <= most) }'; }

# Each block has the cell and its A/A control: two trials.
"$reclaim" bench --no-charts --no-census --run spin --blocks $(((trials + 1) / 2)) >said 2>&1 ||
    { cat said >&2; exit 1; }
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } { print $at["started_s"], $at["wall_s"] }' \
    results/spin/trials.csv >trials
awk '{ print ($2 - 0.1) * 1000 }' trials >added
awk 'NR > 1 { print ($1 - end) * 1000 } { end = $1 + $2 }' trials >between
core=$(taskset -pc $$ | sed 's/.*[^0-9]//')
taskset -c "$core" hyperfine -N --warmup 0 --runs "$trials" --style none --export-json bare.json build/refcount/spin \
    >/dev/null 2>&1
sed -n '/"times"/,/]/s/^ *\([0-9.]*\),*$/\1/p' bare.json | awk '{ print ($1 - 0.1) * 1000 }' >bare

echo "reported beyond the program's own 100 ms: $(middle <added) ms (median of $trials)"
echo "the same by bare hyperfine, same core:    $(middle <bare) ms"
echo "between two trials:                       $(middle <between) ms (at most $(largest <between) ms)"
at_most "$(middle <added)" "$(awk -v bare="$(middle <bare)" 'BEGIN { print bare + 1 }')" && at_most "$(middle <between)" 30

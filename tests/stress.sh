#!/bin/bash
# The frame of `reclaim stress`: what it is asked for, and what it writes. What its modes find is their own affair; here are rows
# that were made up, so that every outcome is among them.
#
# stress.sh BUILD, from the project's root.
set -u
build=$1
. tests/cells.sh
export RECLAIM_LOCK=$(mktemp)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch" "$RECLAIM_LOCK"' EXIT
stress() { "$build/reclaim" stress --build "$build" --results "$scratch" "$@"; }

refuses "a mode that is none" "there is no mode \`nosuch\`" stress --modes nosuch
refuses "a strategy that is none" "there is no strategy \`nosuch\`" stress --strategies nosuch
refuses "a workload that is none" "there is no workload \`nosuch\`" stress --workloads nosuch
for minutes in 0 -1 many 1e9 nan; do
    refuses "$minutes minutes" "--minutes $minutes: it must be a number above 0" stress --minutes "$minutes"
done
for minutes in 0 0.01 -1 many 1e3 10001; do
    refuses "$minutes minutes for the fuzzer" "MINUTES must be a number from" env MINUTES="$minutes" tests/fuzz.sh --check
done
env MINUTES=0.2 tests/fuzz.sh --check && pass "a part of a minute for the fuzzer" || miss "0.2 minutes are refused"
for seed in 0 -1 x 4294967296; do
    refuses "the seed $seed" "--seed $seed: it must be a whole number from 1" stress --seed "$seed"
done
refuses "a word too many" "\`more\` is not an option" stress more
refuses "a name that leads elsewhere" "a name is made of letters" stress --run ../x
[ -z "$(ls "$scratch")" ] && pass "nothing is left of what was refused" || miss "left: $(ls "$scratch")"

# A control whose line is not understood would be none, and nobody would miss it.
mkdir -p "$scratch/project/tests/broken" "$scratch/project/strategies" "$scratch/project/workloads"
cp strategies/never.h "$scratch/project/strategies/" && cp workloads/ring.c "$scratch/project/workloads/"
programs=$(cd "$build" && pwd)
for line in "/* Caught by oracle: double free */" "/* Caught by: oracle */" "/* Caught by: oracle: double free. And so on"; do
    echo "$line" >"$scratch/project/tests/broken/unclear.h"
    said=$(cd "$scratch/project" && "$programs/reclaim" stress --build "$programs" --modes controls 2>&1)
    status=$?
    [ $status -eq 2 ] && [[ ${said##*$'\n'} = *"unclear.h: who is to catch it"* ]] && pass "a control with $line is refused" ||
        miss "a control with $line: exit status $status, $said"
done
rm -r "$scratch/project"

# ---- A run that was there: what it had of an earlier stress goes ------------------------------------------------------------

mkdir "$scratch/again"
echo '{"run": "again", "stress": {"seed": 7}}' >"$scratch/again/manifest.json"
mkdir -p "$scratch/again/charts/data/stress"
for file in index.html stress.csv soak.csv live_pauses.csv least_heaps.csv charts/stress_charts.csv charts/data/stress/run.tsv; do
    echo old >"$scratch/again/$file"
    echo half >"$scratch/again/$file.draft" # of one that was killed
done
echo old >"$scratch/again/oracle-arena-plain.script"
said=$(stress --build "$scratch/nothing" --run again --modes oracle --strategies arena --seed 8 2>&1)
status=$?
[ $status -eq 2 ] && [[ $said = *"nothing was tried"* ]] && pass "where nothing is built nothing is tried, and that is said" ||
    miss "nothing was built: exit status $status, $said"
left=$(cd "$scratch/again" && { grep -lrx old .; find . -name '*.draft'; } | xargs)
[ -z "$left" ] && grep -q '"seed": 8' "$scratch/again/manifest.json" && pass "an earlier stress is gone" ||
    miss "of an earlier stress there are: $left"
grep -qF 'Nothing was tried.' "$scratch/again/index.html" && pass "and the page says so" || miss "the page of nothing"
said=$(stress --run cannot --modes zeal --strategies refcount 2>&1)
status=$?
[ $status -eq 2 ] && [[ $said = *"nothing was tried"* ]] && grep -qF 'Nothing was tried.' "$scratch/cannot/index.html" &&
    pass "what only cannot be tried is nothing, too" || miss "refcount, which does not collect: exit status $status, $said"

# One that is killed leaves no page: the earlier one told of what is gone.
mkdir -p "$scratch/slow/tests/arena" "$scratch/killed"
printf '#!/bin/sh\nexec sleep 20\n' >"$scratch/slow/tests/arena/oracle"
chmod +x "$scratch/slow/tests/arena/oracle"
echo old >"$scratch/killed/index.html"
"$build/reclaim" stress --build "$scratch/slow" --results "$scratch" --run killed --modes oracle --strategies arena >/dev/null 2>&1 &
for _ in $(seq 500); do [ -e "$scratch/killed/stress.csv.unfinished" ] && break; sleep 0.02; done
kill -KILL $! && wait $! 2>/dev/null
[ -e "$scratch/killed/stress.csv.unfinished" ] && [ ! -e "$scratch/killed/index.html" ] && pass "a killed stress leaves no page" ||
    miss "killed: $(ls "$scratch/killed")"

mkdir -p "$scratch/silent/refcount"
printf '#!/bin/sh\n"%s" "$@" | head -n 1\n' "$PWD/$build/refcount/ring" >"$scratch/silent/refcount/ring"
chmod +x "$scratch/silent/refcount/ring"
for mode in limits famine; do
    said=$("$build/reclaim" stress --build "$scratch/silent" --results "$scratch" --run silent_run --quick --modes $mode \
        --strategies refcount --workloads ring 2>&1)
    status=$?
    [ $status -eq 2 ] && [[ ${said##*$'\n'} = *"it describes no variant" ]] && pass "a cell without variants is refused ($mode)" ||
        miss "a cell without variants ($mode): exit status $status, ${said##*$'\n'}"
done

# ---- Rows of every outcome: what the report and the page make of them --------------------------------------------------

run=$scratch/made_up
mkdir "$run"
cat >"$run/manifest.json" <<'JSON'
{"run": "made_up", "started": "2025-12-31T23:59:59Z", "host_kind": "a machine", "stress":
    {"started": "2026-01-02T03:04:05Z", "commit": "0123456789abcdef", "seed": 7, "minutes": 0.5, "quick": true,
    "modes": ["oracle", "depth"], "strategies": ["refcount"], "workloads": ["ring"]}}
JSON
cat >"$run/stress.csv" <<'CSV'
mode,strategy,subject,condition,size,tries,broken,outcome,figure,value,lo,hi,unit,sentence,again
oracle,refcount,,,NA,1000,0,kept,operations,20000000,NA,NA,,,
depth,refcount,chain,,1000,3,0,kept,ns_per_edge,10.5,10,11,ns,,
depth,refcount,chain,,1000,3,0,kept,time_s,0.5,NA,NA,s,,
depth,refcount,chain,,1000000,1,1,broken,ns_per_edge,NA,NA,NA,ns,it <b>recurses</b>,ulimit -s 256; build/stress/refcount/shapes
depth,runner,,,NA,0,0,untried,,NA,NA,NA,,time was over,
zeal,arena,,,NA,0,0,unsupported,,NA,NA,NA,,it does not collect,
zeal,runner,,,NA,0,0,kept,cores,2,NA,NA,,,
CSV
"$build/reclaim" report "$run" >"$scratch/said" 2>&1 && pass "the page of made-up rows" || miss "report: $(cat "$scratch/said")"
page=$run/index.html
in_page() { grep -qF -- "$2" "$page" && pass "the page: $1" || miss "the page lacks: $1 ($2)"; } # what text
in_page "what broke" '1 promise was broken.'
in_page "escaped" 'it &lt;b&gt;recurses&lt;/b&gt;'
in_page "how to do it again" 'ulimit -s 256; build/stress/refcount/shapes'
in_page "tries, of several figures once" '<b class="bad">1 BROKE</b>'
in_page "what cannot be tried" '<td class="number">cannot'
in_page "what was not tried" '<td class="number">untried'
in_page "from which seed" 'from the seed 7, in quick mode'
in_page "of which commit" '<pre tabindex="0"><code>git checkout 0123456789abcdef'
in_page "how to repeat it, with its seed" \
    'make stress QUICK=1 MODES=&#39;oracle depth&#39; STRATEGIES=refcount WORKLOADS=ring MINUTES=0.5 SEED=7 RUN=made_up'
! grep -q 'order of its trials' "$page" && pass "nothing of trials that there were not" || miss "the page has an order of no trials"
grep -q '>refcount<' "$run/charts/depth.svg" && ! grep -q '>arena<' "$run/charts/depth.svg" &&
    pass "a chart names those that it draws" || miss "depth.svg names: $(grep -o '>[a-z]*<' "$run/charts/depth.svg" | xargs)"
in_page "what it did not try, in one line" 'Not drawn: Does what it holds grow while nothing more is alive? What do more threads bring?'
[ "$(grep -c '<article class="chart">' "$page")" -eq 1 ] && pass "no empty places for charts" || miss "charts with nothing to draw"
grep -q "href='#gpPt1'" "$run/charts/depth.svg" && pass "what broke before it was timed has a cross" ||
    miss "depth.svg has no cross"
in_page "its charts" 'src="./charts/depth.svg"'
! grep -q 'id="findings"' "$page" && pass "nothing of what was not measured" || miss "the page has findings of no run"

# ---- The table of docs/stress.md: that of the run in results/stress, and none where that is not there -----------------------

stress --table "$run" >"$scratch/table" 2>&1
cat >"$scratch/wanted" <<'END'
| | oracle | depth | zeal |
|---|---:|---:|---:|
| `arena` | . | . | cannot |
| `refcount` | 1000 | **1 BROKE** | . |
| `runner` | . | untried | . |

a machine, 2026-01-02, commit `0123456789ab`, seed 7, in quick mode, 0.5 minutes each for oracle and soak. \*: something was not tried;
`cannot`: the strategy has nothing that could be tried; `.`: nothing was to be tried.
END
cmp -s "$scratch/table" "$scratch/wanted" && pass "a run as a table for the documents" ||
    miss "--table: $(diff "$scratch/wanted" "$scratch/table")"
refuses "a table of no run" "stress.csv" stress --table "$scratch/nosuch"

# What stands between the marks of the document is the table of the run, or nothing where there is no such run.
has_table_of() # run document
{
    grep -qx '<!-- table -->' "$2" && grep -qx '<!-- end of table -->' "$2" || return
    { [ ! -d "$1" ] || stress --table "$1"; } >"$scratch/wanted"
    sed -n '/^<!-- table -->$/,/^<!-- end of table -->$/p' "$2" | sed '1d; $d' | cmp -s - "$scratch/wanted"
}
printf '%s\n' 'Before.' '<!-- table -->' "$(cat "$scratch/table")" '<!-- end of table -->' >"$scratch/full.md"
printf '%s\n' '<!-- table -->' '<!-- end of table -->' >"$scratch/empty.md"
sed 's/1000/1001/' "$scratch/full.md" >"$scratch/other.md"
has_table_of "$run" "$scratch/full.md" && has_table_of "$scratch/nosuch" "$scratch/empty.md" && pass "a document with the table" ||
    miss "a document with the table is taken for one without"
! has_table_of "$run" "$scratch/other.md" && ! has_table_of "$run" "$scratch/empty.md" &&
    ! has_table_of "$scratch/nosuch" "$scratch/full.md" && ! has_table_of "$scratch/nosuch" /dev/null &&
    pass "a document with another table, or without marks, is noticed" || miss "a document with another table is not noticed"
has_table_of results/stress docs/stress.md && pass "docs/stress.md has the table of results/stress, or none where there is none" ||
    miss "between its marks docs/stress.md has something else than build/reclaim stress --table results/stress prints"

sed '3s/kept/fine/; 3s/1000/many/' "$run/stress.csv" >"$scratch/damaged" && cp "$scratch/damaged" "$run/stress.csv"
refuses "a damaged stress.csv" "stress.csv:3: column size" "$build/reclaim" report "$run"
ended

#!/bin/bash
# What is computed of runs on several machines, which tests/hosts.py makes up: that what was planted is found and nothing else,
# that what machines are called, and the order of rows, changes nothing, and that a run on one machine is what it was.
#
# hosts.sh BUILD, from the project's root.
set -u
build=$1
. tests/cells.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
derived="summary classes noise growth lower_bounds sweep"
of_hosts="hosts host_ratios agreement"

# run NAME HOST…: made and summarised.
run()
{
    python3 tests/hosts.py "$scratch/$1" "${@:2}" && "$build/reclaim" summarise "$scratch/$1" || miss "$1 is not summarised"
}

# Columns of rows of which others are as said: rows FILE COLUMN… -- COLUMN=VALUE….
rows()
{
    python3 - "$@" <<'PYTHON'
import csv, sys
file, *rest = sys.argv[1:]
wanted, given = rest[:rest.index("--")], dict(word.split("=", 1) for word in rest[rest.index("--") + 1:])
for row in csv.DictReader(open(file, newline="")):
    if all(row[column] == value for column, value in given.items()):
        print(*(row[column] for column in wanted))
PYTHON
}

same() # A B FILE…: whether the folders have the same files of these
{
    local a=$1 b=$2 file
    shift 2
    for file; do cmp -s "$scratch/$a/$file.csv" "$scratch/$b/$file.csv" || return 1; done
}

# ---- One machine ----

run unnamed =6 && run named n1=6
same unnamed named $derived && pass "a run on one machine that has a name is that without one" ||
    miss "the only machine's name changes what is derived"
ls "$scratch"/{un,}named/{hosts,host_ratios,agreement}.csv >/dev/null 2>&1 &&
    miss "a run on one machine has files about machines" || pass "and neither says anything of machines"

# ---- What was planted ----

run planted n1=5 n2=5,planted=2 n3=5 n4=5
time=metric=work_cpu_s
found=$(rows "$scratch/planted/agreement.csv" least_host most_host i2_lo -- strategy=planted workload=graph size=10000 $time)
case $found in
n[134]\ n2\ 0.[1-9]*) pass "a machine on which a strategy is slower is found to disagree" ;;
*) miss "planted, the agreement is $found" ;;
esac
told=$(rows "$scratch/planted/agreement.csv" workload strategy i2_lo -- size=10000 $time |
    awk '$3 > 0 && !/^graph planted/' | wc -l)
all=$(rows "$scratch/planted/agreement.csv" i2_lo -- size=10000 $time | wc -l)
[ "$all" = 40 ] && [ "$told" -le 4 ] && pass "and of $all others $told are, by chance" || miss "of $all others $told disagree"
run noisy n1=5 n2=3 n3=4,noise=4 n4=5
flagged() { rows "$scratch/$1/hosts.csv" host -- flag=noisy | xargs; }
[ "$(flagged noisy)" = n3 ] && [ -z "$(flagged planted)" ] && pass "a machine that is noisier is flagged, and no other" ||
    miss "flagged: $(flagged noisy), and where none is noisier $(flagged planted)"
found=$(rows "$scratch/noisy/summary.csv" n -- strategy=planted workload=graph size=10000 $time)
[ "$found" = 17 ] && pass "and kept" || miss "of the noisy machine's blocks and others' $found are left"
found=$(rows "$scratch/planted/host_ratios.csv" ratio -- host=n2 strategy=planted workload=graph size=10000 $time)
case $found in 2.[345]*) pass "each has its own ratios" ;; *) miss "the ratio on n2 is $found" ;; esac

# ---- What may not matter ----

cp -r "$scratch/planted" "$scratch/shuffled"
{ head -n 1 "$scratch/planted/trials.csv" && tail -n +2 "$scratch/planted/trials.csv" | sort -t, -k6,6 -k2,2nr -k1,1nr; } \
    >"$scratch/shuffled/trials.csv" && "$build/reclaim" summarise "$scratch/shuffled"
same planted shuffled $derived $of_hosts && pass "the order of rows does not matter" || miss "the order of rows matters"

cp -r "$scratch/planted" "$scratch/renamed"
renamed() { sed -E "$2" "$scratch/$1"; }
for file in trials.csv manifest.json; do
    renamed planted/$file 's/\bn1\b/zeta/; s/\bn2\b/node-02.lab/; s/\bn3\b/a/; s/\bn4\b/M/' >"$scratch/renamed/$file"
done
"$build/reclaim" summarise "$scratch/renamed"
for file in $of_hosts; do
    sed -E 's/\bzeta\b/n1/g; s/\bnode-02\.lab\b/n2/g; s/^a,/n3,/; s/,a,([0-9])/,n3,\1/g; s/\bM\b/n4/g' -i \
        "$scratch/renamed/$file.csv"
done
same planted renamed $derived $of_hosts && pass "what machines are called changes nothing but names" ||
    miss "what machines are called matters: $(diff -q "$scratch/planted" "$scratch/renamed")"

# The blocks in the other direction: other machines come first.
cp -r "$scratch/planted" "$scratch/turned"
awk -F, -v OFS=, 'NR > 1 { $1 = 21 - $1 } { print }' "$scratch/planted/trials.csv" >"$scratch/turned/trials.csv"
"$build/reclaim" summarise "$scratch/turned"
ratios() { rows "$scratch/$1/summary.csv" ratio ratio_lo ratio_hi -- $time; }
worst=$(paste -d' ' <(ratios planted) <(ratios turned) | awk 'function d(a, b) { return a > b ? log(a / b) : log(b / a) }
    $3 > $2 { width = log($3 / $2); for (i = 1; i < 4; i++) if ((x = d($i, $(i + 3)) / width) > worst[i]) worst[i] = x }
    END { print (worst[1] < 1e-6 && worst[2] < 0.1 && worst[3] < 0.1 && worst[2] > 0) }')
[ "$worst" = 1 ] && pass "which came first changes no ratio, and intervals by no more than their drawings" ||
    miss "which machine came first matters"

# ---- Two machines ----

run opposed n1=8,planted=.5 n2=8,planted=2
opposed() { rows "$scratch/opposed/summary.csv" verdict ratio ratio_lo -- strategy=planted size=10000 $time workload=$1; }
case $(opposed graph) in
"cannot tell 1.2"*\ 1.*) pass "what two machines say the opposite of cannot be told" ;;
*) miss "of what two machines say the opposite of it is said: $(opposed graph)" ;;
esac
case $(opposed lines) in more\ 1.*) pass "what both say is told" ;; *) miss "what both say: $(opposed lines)" ;; esac

run each n1=1 n2=1
found=$(rows "$scratch/each/summary.csv" ratio_lo ratio_hi detectable verdict -- $time | sort -u)
[ "$found" = "NA NA NA cannot tell" ] && [ -s "$scratch/each/agreement.csv" ] &&
    pass "a block on each of two machines has no interval" || miss "of a block on each of two machines: $found"
found=$(rows "$scratch/each/agreement.csv" within between i2 i2_lo i2_hi -- $time | sort -u)
[ "$found" = "NA NA NA NA NA" ] && pass "and nothing is said of whether they agree" || miss "of a block each: $found"

# ---- Kinds ----

run alike n1=4 n2=4 && run unlike n1=4 n2=4,kind=b
of() { rows "$scratch/$1/summary.csv" strategy workload size control metric n "${@:2}" --; }
ratios="ratio ratio_lo ratio_hi detectable verdict"
[ "$(of alike $ratios)" = "$(of unlike $ratios)" ] && same alike unlike classes noise growth lower_bounds agreement &&
    pass "ratios of machines of two kinds pool" || miss "ratios of machines of two kinds are others than of one"
[ "$(rows "$scratch/unlike/summary.csv" median lo hi outliers -- | sort -u)" = "NA NA NA NA" ] &&
    ! rows "$scratch/alike/summary.csv" median -- $time | grep -q NA &&
    pass "absolute values do only where they are of one kind" || miss "absolute values of machines of two kinds"
kinds() { rows "$scratch/$1/hosts.csv" kind -- | xargs; }
[ "$(kinds unlike)" = "1 2" ] && [ "$(kinds alike)" = "1 1" ] && pass "hosts.csv says which is of which kind" ||
    miss "kinds: $(kinds unlike), and where they are alike $(kinds alike)"
"$build/reclaim" table --all "$scratch/unlike" >"$scratch/table"
grep -q "ms and MiB are those of n1 alone" "$scratch/table" && ! grep -qi "nan" "$scratch/table" &&
    grep -q "^  base .*[0-9] ms   = 1 .* MiB" "$scratch/table" && pass "the table has the first machine's, and says so" ||
    miss "the table of two kinds: $(head -n 9 "$scratch/table")"
"$build/reclaim" report "$scratch/unlike" >/dev/null && ! grep -q '[>" ]-*nan[<" ]' "$scratch/unlike/index.html" &&
    pass "and a page is made of them" || miss "no page of two kinds, or one with a number that is none"

# ---- The page ----

page_of() { "$build/reclaim" report "$scratch/$1" >/dev/null && tr '\n' ' ' <"$scratch/$1/index.html"; }
page_of noisy >"$scratch/page"
grep -q '<h2 id="hosts">Do the machines agree?' "$scratch/page" &&
    grep -q '<p><b>n3</b>: more than twice as noisy' "$scratch/page" &&
    grep -q '<th scope="row">n3<td class="number">1<td class="number">4<td class="number">8.*<td>noisy' "$scratch/page" &&
    grep -q 'are those of <b>machines like these</b>' "$scratch/page" &&
    pass "the page names the noisy machine and says what intervals are of" || miss "the page of a noisy machine"
page_of planted >"$scratch/page"
grep -qE '<th scope="row">graph main, n = 10000<td>planted<td class="number">[0-9.]+%.*n2<td>yes' "$scratch/page" &&
    grep -q 'None is more than twice as noisy' "$scratch/page" && pass "and what they are told apart in" || miss "the page of a disagreement"
grep -qE 'id="by-machine">[^<]*</caption> <thead><tr>(<th scope="col">[A-Z][a-z]*){2}(<th scope="col" class="number">n[123]){3}' \
    "$scratch/page" && grep -qE '<td>planted(<td class="number">[0-9.]+ <span class="interval">\([0-9.]+ to [0-9.]+\)</span>){3}' "$scratch/page" &&
    pass "each machine's ratios stand beside one another" || miss "the page of what each machine says"
page_of opposed | grep -q 'those of <b>these two machines</b>, not of machines like them' &&
    pass "of two machines intervals are of these two" || miss "the page of two machines"
page_of each | grep -q 'Whether they agree cannot be said' && pass "of a block each nothing is said" ||
    miss "the page of a block each"
grep -q '<a href="./agreement.csv">agreement.csv</a>: whether' "$scratch/each/index.html" &&
    pass "the page leads to the files about machines" || miss "the page does not lead to agreement.csv"
page_of named | grep -q 'Do the machines agree' && miss "one machine is asked whether it agrees" ||
    pass "one machine is not asked whether it agrees"
run many m{1..40}=1 m41=4,noise=6 m{42..60}=2
page_of many >"$scratch/page"
shown=$(grep -o '<th scope="row">m[0-9]*<td class="number">' "$scratch/page" | sort -u | wc -l)
[ "$shown" -ge 11 ] && [ "$shown" -le 14 ] && grep -q '<th scope="row">m41<.*<td>noisy' "$scratch/page" &&
    pass "of many machines a few are shown, and the one that is out of line" || miss "of 60 machines $shown are shown"
[ "$(rows "$scratch/many/host_ratios.csv" host -- workload=graph size=10000 strategy=twice $time)" = m1 ] &&
    pass "and cells of the first only" || miss "of 60 machines host_ratios.csv has cells"

# ---- What is refused ----

cp -r "$scratch/alike" "$scratch/torn"
sed -i '5s/n1$/n2/' "$scratch/torn/trials.csv"
"$build/reclaim" summarise "$scratch/torn" >"$scratch/said" 2>&1
[ $? = 2 ] && grep -q 'trials.csv:5: block 1 is of the machine .n2., and of .n1. in another row' "$scratch/said" &&
    pass "a block of two machines is refused" || miss "a block of two machines: $(cat "$scratch/said")"

# What an earlier summary said of machines is gone when there is one.
cp "$scratch/alike/"{hosts,host_ratios,agreement}.csv "$scratch/named" && "$build/reclaim" summarise "$scratch/named"
ls "$scratch"/named/{hosts,host_ratios,agreement}.csv >/dev/null 2>&1 && miss "what was said of machines that are gone is left" ||
    pass "of machines that are gone nothing is left"
ended

#!/bin/bash
# What it costs to merge, summarise and show a run on many machines, and where: the rows are made up (tests/scale/blocks.py), all else
# is real. scale.sh BUILD, from the project's root; HOSTS (1000) and BLOCKS_PER_HOST (5) make 10 million rows, and take 6 GB in
# TMPDIR (/var/tmp).
set -u
build=$1 hosts=${HOSTS:-1000} blocks=${BLOCKS_PER_HOST:-5}
. tests/cells.sh
MOST_S=60 MOST_MIB=954 # a GB

for number in "$hosts" "$blocks"; do
    [[ $number =~ ^[1-9][0-9]{0,4}$ ]] || { echo "HOSTS and BLOCKS_PER_HOST are whole numbers from 1 on: $number" >&2; exit 2; }
done
[ $((hosts * blocks)) -le 10000 ] || { echo "no run has more than 10000 blocks: $((hosts * blocks)) were asked for" >&2; exit 2; }
scratch=$(mktemp -d "${TMPDIR:-/var/tmp}/reclaim-scale.XXXXXX") || exit 2
trap 'rm -rf "$scratch"' EXIT
run=$scratch/run
needed=$((hosts * blocks * 1250)) # KiB
[ "$(df -Pk "$scratch" | awk 'END { print $4 }')" -gt $needed ] ||
    { echo "$scratch: $((needed / 1048576 + 1)) GiB are needed; TMPDIR may name another place" >&2; exit 2; }

# Runs it, and leaves its seconds, those of CPU, and its MiB in `took`.
measured() # command …
{
    took=$(/usr/bin/python3 - "$@" <<'PYTHON'
import resource, subprocess, sys, time
begun = time.monotonic()
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{time.monotonic() - begun:.1f} {used.ru_utime + used.ru_stime:.1f} {used.ru_maxrss // 1024}")
sys.exit(status)
PYTHON
)
}

wall=0 peak=0
step() # what, command …
{
    measured "${@:2}" || { miss "$1: ${*:2} ended with $?"; ended; exit 1; }
    set -- "$1" $took
    printf '%-10s %6s s, %6s s of CPU, %5s MiB\n' "$@"
    wall=$(awk "BEGIN { print $wall + $2 }") peak=$(($4 > peak ? $4 : peak))
}

step "make up" tests/scale/blocks.py "$run" --hosts "$hosts" --blocks-per-host "$blocks"
wall=0 peak=0
step merge "$build/reclaim" merge "$run"
step summarise "$build/reclaim" summarise "$run"
rows=$(($(wc -l <"$run/trials.csv") - 1))
[ "$rows" = $(($(wc -l <"$run/plan.csv") - 1)) ] && pass "$rows rows of $hosts machines are merged" || miss "rows: $rows"
[ "$(wc -l <"$run/hosts.csv")" = $((hosts + 1)) ] && pass "each machine is there" || miss "hosts.csv"
awk "BEGIN { exit !($wall < $MOST_S) }" && pass "merged and summarised in $wall s, of $MOST_S" || miss "$wall s, of $MOST_S"
[ "$peak" -lt $MOST_MIB ] && pass "in $peak MiB, of $MOST_MIB" || miss "$peak MiB, of $MOST_MIB"

# The machines are made up to be of different speed, and of one mind about ratios: chance tells 2 to 3 in 100 apart.
apart()
{
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
        $column["metric"] == "work_cpu_s" && $column["i2_lo"] != "NA" { n++; apart += $column["i2_lo"] > 0 }
        END { printf "%.1f", n ? 100 * apart / n : 100 }' "$run/agreement.csv"
}
[ "$hosts" -lt 2 ] || [ "$blocks" -lt 2 ] || { share=$(apart); awk "BEGIN { exit !($share < 8) }" &&
    pass "told apart: $share in 100 ratios" || miss "told apart: $share in 100 ratios that do not differ"; }
step claims "$build/reclaim" claims "$run"
step charts "$build/reclaim" charts "$run"
step page "$build/reclaim" page "$run"
echo "index.html: $(($(wc -c <"$run/index.html") / 1024)) KiB"
ended

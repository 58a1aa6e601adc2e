#!/bin/bash
# The targets of tests/fuzz under libFuzzer, MINUTES each (10), as many at a time as there are cores. What they come upon is
# kept in BUILD/fuzz/corpus, and the next run begins with it. Exit status 1: there is a finding; its input stays in
# BUILD/fuzz/findings, and the command that plays it again is printed.
#
# fuzz.sh BUILD; MINUTES=, SEED= and TARGETS= from the environment.
# fuzz.sh --check only looks whether MINUTES, which may have a fraction, and SEED are numbers.
set -u
build=$1
. tests/cells.sh
minutes=${MINUTES:-10}
seed=${SEED:-$((RANDOM * 30000 + RANDOM + 1))}
targets=${TARGETS:-$(grep -l '^int LLVMFuzzerTestOneInput' tests/fuzz/*.c | sed 's|.*/||; s|\.c$||')}

demand_number() # name value most
{
    case $2 in
    *[!0-9]* | 0* | ?????????? | '') ;;
    *) [ "$2" -le "$3" ] && return ;;
    esac
    echo "fuzz: $1 must be a whole number from 1 to $3, not '$2'" >&2
    exit 2
}
seconds=0
[[ $minutes =~ ^[0-9]{1,5}(\.[0-9]{1,6})?$ ]] && seconds=$(awk -v m="$minutes" 'BEGIN { printf "%d", 60 * m }')
if [ "$seconds" -lt 1 ] || [ "$seconds" -gt 600000 ]; then
    echo "fuzz: MINUTES must be a number from 0.02 to 10000, not '$minutes'" >&2
    exit 2
fi
demand_number SEED "$seed" 999999999
[ "$build" != --check ] || exit 0

# Leaks are counted by tests/fuzz/fuzz.c. What is freed need not be kept from use for long: inputs are small.
export ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=32

fuzz() # target
{
    local corpus=$build/fuzz/corpus/$1 findings=$build/fuzz/findings/$1 folders=
    mkdir -p "$corpus" "$findings"
    for folder in tests/fuzz/seeds/$1 tests/fuzz/found/$1; do [ ! -d "$folder" ] || folders="$folders $folder"; done
    [ ! -f "tests/fuzz/$1.dict" ] || set -- "$1" -dict="tests/fuzz/$1.dict"
    exec nice "$build/fuzz/$1" "${@:2}" -seed="$seed" -max_total_time="$seconds" -max_len=4096 -timeout=10 \
        -rss_limit_mb=2048 -detect_leaks=0 -print_final_stats=1 -artifact_prefix="$findings/" "$corpus" $folders \
        >"$build/fuzz/$1.log" 2>&1
}

stop()
{
    interrupted=1
    kill -TERM "${pid[@]}" 2>/dev/null
}

# Of libFuzzer's exit statuses: 0, the time is over; 72, it was interrupted.
end_of() # target
{
    wait "${pid[$1]}"
    status[$1]=$?
    while kill -0 "${pid[$1]}" 2>/dev/null; do # a signal ends wait, and not the fuzzer
        wait "${pid[$1]}"
        status[$1]=$?
    done
}

declare -A pid status
interrupted=
trap stop INT TERM
running=()
for target in $targets; do
    [ ${#running[@]} -lt "$(nproc)" ] || { end_of "${running[0]}"; running=("${running[@]:1}"); }
    [ -z "$interrupted" ] || break
    fuzz "$target" &
    pid[$target]=$!
    running+=("$target")
    echo "$target: $seconds seconds, seed $seed"
done
for target in "${running[@]}"; do end_of "$target"; done

# The last figures that libFuzzer told.
told() { grep -oE "$2" "$build/fuzz/$1.log" | tail -n 1 | grep -oE '[0-9]+$' || echo NA; } # target expression

outcome() # target
{
    case ${status[$1]} in
    0) echo none ;;
    72 | 143) echo "none, interrupted" ;;
    *) grep -m 1 -oE '(finding|runtime error|ERROR: AddressSanitizer|ERROR: libFuzzer): .*' "$build/fuzz/$1.log" ||
        echo "it broke off" ;;
    esac
}

printf '\n%-10s %12s %6s %7s  %s\n' target executions edges corpus findings
found=0
for target in $targets; do
    [ -n "${pid[$target]:-}" ] || continue
    printf '%-10s %12s %6s %7s  %s\n' "$target" "$(told "$target" 'number_of_executed_units: [0-9]+')" \
        "$(told "$target" 'cov: [0-9]+')" "$(told "$target" 'corp: [0-9]+')" "$(outcome "$target")"
    case ${status[$target]} in 0 | 72 | 143) continue ;; esac
    found=1
    input=$(sed -n 's/.*Test unit written to //p' "$build/fuzz/$target.log" | tail -n 1)
    [ -n "$input" ] && echo "  play it again: $build/replay/$target $input" || tail -n 3 "$build/fuzz/$target.log"
done
[ -z "$interrupted" ] || exit 130
exit $found

#!/bin/bash
# What cells and the commands of the harness do when what they write does not fit: on a disk that is nearly full, and where
# files may not grow. Each ends with 2 and one sentence; what then stands under a final name is what stood there before, or
# whole; and stress, which makes a run of that name, makes it when there is room again.
#
# full_disk.sh BUILD FOLDER WORKLOAD STRATEGY…, from the project's root. FOLDER is made, filled with runs of the first
# strategy, and removed. The small disk is a tmpfs in a mount namespace of its own.
# Prints a line for each thing tried, with tabs between: what, under which condition, how often, how many broke, and the first
# complaint. Where it was tried 0 times the last says why.
set -u
build=$1 folder=$2 workload=$3 strategy=$4
reclaim=$build/reclaim disk=$folder/disk
if [ -z "${NAMESPACE:-}" ]; then
    for flags in -rm -m; do
        unshare $flags true 2>/dev/null && NAMESPACE=1 exec unshare $flags bash "$0" "$@"
    done
    NAMESPACE=none
fi
export RECLAIM_LOCK=$folder/lock
mkdir -p "$folder/base" "$folder/empty" "$disk"
trap 'rm -rf "$folder"' EXIT

say() { printf '%s\t%s\t%d\t%d\t%s\n' "$@"; }

bench() { "$reclaim" bench --build "$build" --quick --blocks 2 --seed 1 --no-charts --no-census \
    --strategies "$strategy" --workloads "$workload" "$@"; }
# What the strategy breaks is told elsewhere: of the runner 1 is no fault.
stress()
{
    "$reclaim" stress --build "$build" --quick --seed 1 --modes depth --strategies "$strategy" "$@"
    local status=$?
    return $((status == 1 ? 0 : status))
}
is_final() { case $1 in *.draft | *.unfinished | *.log | */lock) return 1 ;; esac; } # path; a log is what gnuplot said

# Files that are neither as they were nor as they are when there is room.
half_written() # folder, as it was, as it is with room
{
    [ ! -d "$1" ] || (cd "$1" && find . -type f) | while read -r file; do
        is_final "$file" && ! cmp -s "$1/$file" "$2/$file" && ! $same "$1/$file" "$3/$file" && echo "$file"
    done
}

same="cmp -s"

# Times are others each time: tables have as many lines, and all columns in the last; other files the same last line.
is_as_long() { [ -s "$2" ] && [ "$(last_of "$1")" = "$(last_of "$2")" ]; } # file, the whole one
last_of()
{
    tail -c 1 "$1" | od -An -c
    case $1 in
    *.csv) awk -F, 'END { print NR, NF }' "$1" ;;
    *.tsv) awk -F'\t' 'END { print NR, NF }' "$1" ;;
    *)     tail -n 1 "$1" ;;
    esac
}

no_room='(cannot (write|make) |cannot be written: ).*(No space left on device|File too large|the disk is full)'

# Judges the command that has ended.
complain() # status, folder, as it was, as it is with room
{
    local half
    if [ "$1" != 0 ] && [ "$1" != 2 ]; then
        echo "exit status $1: $(head -n 1 "$folder/err")"
    elif [ "$1" = 2 ] && [ "$(grep -Ec "$no_room" "$folder/err")" != 1 ]; then
        echo "no sentence that there is no room: $(tail -n 1 "$folder/err")"
    else
        half=$(half_written "${@:2}" | head -n 1)
        [ -z "$half" ] || echo "$half is half written"
    fi
}

tried=0 broken=0 first= failed=0
count() # status, complaint
{
    tried=$((tried + 1))
    [ "$1" = 0 ] || failed=$((failed + 1))
    [ -z "$2" ] && return
    broken=$((broken + 1))
    first=${first:-$2}
}
told() # what, condition
{
    # A limit that nothing noticed would be none.
    [ $failed -gt 0 ] || { broken=$((broken + 1)); first="it never failed"; }
    say "$1" "$2" $tried $broken "$first"
    tried=0 broken=0 first= failed=0
}

small_disk() { mount -t tmpfs -o size="$1" none "$disk"; } # size
grow_to() { mount -o remount,size="$1" none "$disk"; }      # size; without a source only root is let
fill() # KiB that are left
{
    small_disk 64m && cp -a "$folder/base/." "$disk" || exit
    grow_to $(($(df -k --output=used "$disk" | tail -n 1) + $1))k || exit
}

# A command that derives files of a run from others, on disks with ever more room, and with files that must not grow further.
derives() # command
{
    local status said
    rm -rf "$folder/whole" && cp -a "$folder/base" "$folder/whole"
    "$reclaim" "$1" "$folder/whole/run" >"$folder/out" 2>"$folder/err"
    for left in ${rooms[@]+"${rooms[@]}"}; do
        fill "$left"
        "$reclaim" "$1" "$disk/run" >"$folder/out" 2>"$folder/err"
        status=$?
        count $status "$(complain $status "$disk/run" "$folder/base/run" "$folder/whole/run")"
        umount "$disk"
    done
    [ -z "${rooms[*]}" ] || told "reclaim $1" "a full disk"
    for size in 0 1 4; do
        rm -rf "$folder/short" && cp -a "$folder/base" "$folder/short"
        said=$(ulimit -f $size; "$reclaim" "$1" "$folder/short/run" 2>&1 >/dev/null)
        status=$?
        echo "$said" >"$folder/err"
        count $status "$(complain $status "$folder/short/run" "$folder/base/run" "$folder/whole/run")"
    done
    told "reclaim $1" "files that cannot grow"
}

# What stress began on a full disk it can do where there is room.
begins_anew()
{
    local status complaint same=is_as_long
    if ! stress --run run --results "$folder/roomy" >"$folder/out" 2>"$folder/err"; then
        say "reclaim stress" "a full disk" 1 1 "it runs not even where there is room: $(tail -n 1 "$folder/err")"
        return
    fi
    for left in ${rooms[@]+"${rooms[@]}"}; do
        small_disk "$((left + 4))k"
        stress --run run --results "$disk" >"$folder/out" 2>"$folder/err"
        status=$?
        complaint=$(complain $status "$disk/run" "$folder/empty" "$folder/roomy/run")
        grow_to 64m || exit
        if [ -z "$complaint" ] && ! stress --run run --results "$disk" >"$folder/out" 2>"$folder/err"; then
            complaint="with room again it does not run: $(tail -n 1 "$folder/err")"
        fi
        count $status "$complaint"
        umount "$disk"
    done
    [ -z "${rooms[*]}" ] || told "reclaim stress" "a full disk"
}

cells()
{
    local status strategy
    for strategy in "$@"; do
        "$build/$strategy/$workload" -n 1 -r 1 >/dev/full 2>"$folder/err"
        status=$?
        count $status "$(complain $status "$folder/empty" "$folder/empty" "$folder/empty")"
    done
    told "$workload" "a full disk"
}

rooms=(0 4 16 64)
if ! { [ "$NAMESPACE" != none ] && small_disk 64k && grow_to 128k && umount "$disk"; } 2>"$folder/err"; then
    say "small disk" "a full disk" 0 0 "no file system can be mounted here${NAMESPACE:+: $(head -n 1 "$folder/err")}"
    rooms=()
fi
cells "${@:4}"
if ! bench --run run --results "$folder/base" >"$folder/out" 2>"$folder/err"; then
    say "reclaim" "a full disk" 0 0 "there is no run to go on from: $(tail -n 1 "$folder/err")"
    exit
fi
for command in summarise claims charts page; do derives $command; done
begins_anew

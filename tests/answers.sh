#!/bin/sh
# Every variant of every workload gives the same answer and counts the same operations under every strategy, at three sizes and
# two seeds; and that answer is the one of the workload's reference and of its Python twin.
#
# answers.sh BUILD, from the project's root.
set -u
build=$1
. tests/cells.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# What every cell of one workload answers: lines `checksum operations`, one per strategy and variant that is supported.
answers() # workload size seed
{
    for s in $(strategies); do
        for v in $(variants "$build" "$s" "$1"); do
            "$build/$s/$1" -v "$v" -n "$2" -s "$3" >"$scratch/row" || { echo "$s/$v: exit status $?"; continue; }
            awk -F, -v cell="$s/$v" '
                $8 == "ok" && $10 ~ /^[0-9]+$/ { print $10, $11; next }
                $8 == "unsupported" { next }
                { print cell ": " $0 }' "$scratch/row"
        done
    done
}

# What the twin answers for each variant.
twin() # workload size seed
{
    first=$(strategies | head -n 1)
    for v in $(variants "$build" "$first" "$1"); do
        python3 "tests/twins/$1.py" "$v" "$2" "$3" $(described "$build" "$first" "$1" "$v" input)
    done
}

for w in $(workloads); do
    any=$(strategies | head -n 1)
    quick=$(described "$build" "$any" "$w" "$(variants "$build" "$any" "$w" | head -n 1)" quick)
    input=$(described "$build" "$any" "$w" "$(variants "$build" "$any" "$w" | head -n 1)" input)
    for size in 1 $(((quick + 2) / 3)) "$quick"; do
        for seed in 1 20261121; do
            answers "$w" "$size" "$seed" | sort -u >"$scratch/answers"
            if [ ! -s "$scratch/answers" ] && [ -n "$input" ] && [ ! -r "$input" ]; then
                pass "$w, size $size, seed $seed: unsupported, for $input is not here"
                continue
            fi
            if [ "$(wc -l <"$scratch/answers")" -ne 1 ]; then
                miss "$w, size $size, seed $seed: the cells disagree: $(tr '\n' ';' <"$scratch/answers")"
                continue
            fi
            checksum=$(cut -d' ' -f1 "$scratch/answers")
            pass "$w, size $size, seed $seed: one answer under every strategy"
            reference=$("$build/$any/$w" --reference -n "$size" -s "$seed")
            if [ "$reference" != NA ]; then
                [ "$reference" = "$checksum" ] && pass "$w, size $size, seed $seed: the reference agrees" ||
                    miss "$w, size $size, seed $seed: $checksum, but the reference says $reference"
            fi
            if [ -f "tests/twins/$w.py" ]; then
                twins=$(twin "$w" "$size" "$seed" | sort -u)
                [ "$twins" = "$checksum" ] && pass "$w, size $size, seed $seed: the Python twin agrees" ||
                    miss "$w, size $size, seed $seed: $checksum, but the twin says $twins"
            fi
            [ "$reference" != NA ] || [ -f "tests/twins/$w.py" ] ||
                miss "$w: nothing computes its answer another way: give it a REFERENCE or tests/twins/$w.py"
        done
    done
done
ended

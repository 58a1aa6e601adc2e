#!/bin/bash
# Every variant of every workload gives the same answer and counts the same operations under every strategy, at three sizes, and
# at one of them with another seed; and that answer is the one of the workload's reference and of its Python twin.
#
# answers.sh BUILD, from the project's root.
set -u
build=$1
. tests/cells.sh
any=$(strategies | head -n 1)

# What all $cells of one workload answer: `checksum operations`, once where all agree; and rows that have none.
answers() # workload size seed
{
    while read -r s v; do
        "$build/$s/$1" -v "$v" -n "$2" -s "$3" || echo "$s/$v: exit status $?"
    done <<<"$cells" | awk -F, '
        $8 == "ok" && $10 ~ /^[0-9]+$/ { print $10, $11; next }
        $8 != "unsupported"' | sort -u
}

# What the twin answers for each variant.
twin() # workload size seed
{
    described "$build" "$any" "$1" input | while read -r v given; do
        python3 -S "tests/twins/$1.py" "$v" "$2" "$3" $given
    done | sort -u
}

agrees() # who, its answer, the cells', which run
{
    [ "$2" = "$3" ] && pass "$4: $1 agrees" || miss "$4: $3, but $1 says $2"
}

compare() # workload size seed
{
    run="$1, size $2, seed $3"
    said=$(answers "$1" "$2" "$3")
    if [ -z "$said" ] && [ -n "$input" ] && [ ! -r "$input" ]; then
        pass "$run: unsupported, for $input is not here"
        return
    fi
    checksum=${said%% *}
    if ! echo "$said" | awk '!/^[0-9]+ ([0-9]+|NA)$/ { bad = 1 } END { exit bad || NR != 1 }'; then
        miss "$run: the cells disagree: $(echo "$said" | tr '\n' ';')"
        return
    fi
    pass "$run: one answer under every strategy"
    reference=$("$build/$any/$1" --reference -n "$2" -s "$3")
    [ "$reference" = NA ] || agrees "the reference" "$reference" "$checksum" "$run"
    [ ! -f "tests/twins/$1.py" ] || agrees "the Python twin" "$(twin "$@")" "$checksum" "$run"
    [ "$reference" != NA ] || [ -f "tests/twins/$1.py" ] ||
        miss "$1: nothing computes its answer another way: give it a REFERENCE or tests/twins/$1.py"
}

compare_all() # workload
{
    read -r _ quick input < <(described "$build" "$any" "$1" quick input)
    third=$(((quick + 2) / 3))
    cells=$(for s in $(strategies); do described "$build" "$s" "$1" | sed "s/^/$s /"; done)  # strategy variant
    for size in $(printf '%s\n' 1 "$third" "$quick" | uniq); do compare "$1" "$size" 1; done
    compare "$1" "$third" 20261121
}

on_all_cores compare_all < <(workloads)
ended

#!/bin/bash
# make twins is tested with twins of sequence: the right one; and some that answer wrongly, break off, or need time and memory
# as no cell does. A wrong answer fails, and that C and Python behave otherwise is told.
#
# twins.sh BUILD
set -u
build=$1
. tests/cells.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp tests/twins/{command,chance}.py "$scratch"

twin() # line …: the twin of sequence is these, in which list and generator are defined
{
    printf '%s\n' 'from command import answer' "$@" 'answer({"list": as_list, "generator": as_generator})' \
        >"$scratch/sequence.py"
}

run() # exit status wanted, what it shows
{
    /usr/bin/python3 tests/twins.py "$build" "$scratch/out" sequence --twins "$scratch" --rounds 1 --scale 0.2 \
        >"$scratch/said" 2>"$scratch/errors"
    status=$?
    [ $status -eq "$1" ] && pass "$2" || miss "$2: exit status $status: $(tail -n 3 "$scratch/said" "$scratch/errors")"
}

# How many rows of a file have this value in the column of that name.
rows() # file column value
{
    awk -F, -v name="$2" -v value="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) column = i; next }
        $column == value { n++ }
        END { print n + 0 }' "$scratch/out/$1"
}

check() # name, three words of test(1)
{
    [ "$2" "$3" "$4" ] && pass "$1" || miss "$1: not $2 $3 $4: $(cat "$scratch/out/agreement.csv")"
}

right='def as_list(n, seed, given): return sum([i * i for i in range(n)]) % 2**64'
stream='def as_generator(n, seed, given): return sum(i * i for i in range(n)) % 2**64'
sides=$(echo 'python refcount_cycle cpython' | wc -w)
[ -n "$("$build/cpython/sequence" -n 1 | grep ,unsupported,)" ] && sides=2

twin "$right" "$stream"
run 0 "a twin that is right is no failure"
check "a row for each variant, size and side" "$(rows twins.csv status ok)" -eq $((2 * 3 * sides))
version=$(/usr/bin/python3 --version | cut -d' ' -f2)
check "with Python's version" "$(rows twins.csv python "$version")" -eq 6
check "but for times, all agrees" "$(grep -v time "$scratch/out/agreement.csv" | grep -c ',disagrees$')" -eq 0
check "questions were asked" "$(rows agreement.csv verdict agrees)" -ge $((6 * (sides - 1)))

twin "$right" 'def as_generator(n, seed, given): return 41'
run 1 "a wrong answer is a failure"
check "and a row" "$(rows twins.csv status wrong)" -eq 3
grep -q 'python answers 41, and the cell' "$scratch/said" && pass "which is told" || miss "which is not told"

twin "$right" 'def as_generator(n, seed, given): raise MemoryError("too much")'
run 1 "a twin that breaks off is a failure"
check "and a row, too" "$(rows twins.csv status crash)" -eq 3
grep -q 'MemoryError: too much' "$scratch/said" && pass "which says why" || miss "which does not say why"

quick=$(described "$build" refcount_cycle sequence quick | awk '$1 == "list" { print $2 }')
twin "$right" 'def as_generator(n, seed, given):' "    if n > $quick / 2: raise MemoryError('too much')" \
    '    return sum(i * i for i in range(n)) % 2**64'
run 1 "so is one that breaks off at its largest size"
check "where it stands, in one row" "$(rows twins.csv status crash)" -eq 1
check "the others are compared at the next smaller size" "$(grep -c ',list / generator,.*,which needs more' \
    "$scratch/out/agreement.csv")" -eq $((2 * (sides - 1)))

twin "$right" 'def as_generator(n, seed, given):' '    rings = [[i] for i in range(10 * n)]' \
    '    for ring in rings: ring.append(ring)' '    return sum(i * i for i in range(n)) % 2**64'
run 0 "another behaviour is no failure"
check "but it is told" "$(rows agreement.csv verdict disagrees)" -ge 4
agreement=$scratch/out/agreement.csv
check "of the garbage that the collector found" "$(grep -c ',collected,[1-9][0-9]*,0,disagrees$' "$agreement")" -ge 1
check "and of the order of memory" "$(grep -c ',which needs more memory,.*,disagrees$' "$agreement")" -ge 1

for said in 'no row' 'work_cpu_s,checksum,peak_rss_kib\\nsoon,1,2'; do
    printf 'print("%s")\n' "$said" >"$scratch/sequence.py"
    run 1 "a twin that prints no row of a run ($said) is a failure"
    grep -q 'sequence.py printed no row of a run' "$scratch/said" && pass "which says so" || miss "which does not say so"
done
printf 'import sys\nsys.stdout.buffer.write(b"\\xff")\n' >"$scratch/sequence.py"
run 1 "nor is what is no text"
! grep -q Traceback "$scratch/errors" && pass "and no failure ends the rest" || miss "a traceback: $(cat "$scratch/errors")"

# Its programs are built whatever is named.
make -n twins BUILD="$scratch/none" STRATEGIES=arena WORKLOADS=text >"$scratch/said" 2>"$scratch/errors" &&
    grep -q 'none/counted/cpython/sequence ' "$scratch/said" &&
    pass "make twins builds the programs that it needs" || miss "make twins: $(tail -n 3 "$scratch/errors")"
ended

# What the tests of cells share; sourced. Every test prints `ok - …` or `not ok - …`, and ends with ended.

passed=0
failed=0

pass() { passed=$((passed + 1)); echo "ok - $*"; }
miss() { failed=$((failed + 1)); echo "not ok - $*"; }

ended()
{
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

# Of these files, those that git knows; where there is no git, all. What is not committed yet is its author's own affair.
known() { git ls-files -- "$@" 2>/dev/null | grep . || ls "$@"; }

# Those that were asked for with STRATEGIES= and WORKLOADS=, or all.
# Those that a header says are in a run only when named are among all, and not among the others.
strategies() { echo ${STRATEGIES:-$(grep -L '^/\* Only when named \*/$' strategies/*.h | sed 's|.*/||; s|\.h$||')} | tr ' ' '\n'; }
all_strategies() { echo ${STRATEGIES:-$(ls strategies/*.h | sed 's|.*/||; s|\.h$||')} | tr ' ' '\n'; }
workloads() { echo ${WORKLOADS:-$(ls workloads/*.c | sed 's|.*/||; s|\.c$||')} | tr ' ' '\n'; }

# Those of them after whose collect() no cycle is left that nobody reaches.
collectors() { for s in $(strategies); do ! grep -q '^#define collects_cycles 1' "strategies/$s.h" || echo "$s"; done; }

# What a cell tells of each of its variants under its usual allocator, a line each, the variant first: described FOLDER strategy
# workload column …. Only the last column may be empty. A cell that was not built has the variant `missing`, which fails.
described()
{
    local cell=$1/$2/$3
    shift 3
    [ -x "$cell" ] || { echo missing; return; }
    "$cell" --describe | awk -F, -v wanted="$*" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; n = split(wanted, columns, " "); next }
        seen[$3]++ { next }
        { line = $3; for (i = 1; i <= n; i++) line = line " " $at[columns[i]]; gsub(/"/, "", line); print line }'
}

# A size that costs less. Half a depth is less than any part of a number of things.
smaller() { echo $((($1 + ($3 ? 2 : $2) - 1) / ($3 ? 2 : $2))); } # size divisor depth

# Runs a function for each line of the input, with its words, as many at a time as there are cores; in bash. What it prints
# comes in the order of the lines, and its passes and misses are counted.
on_all_cores() # function
{
    local line outputs begun=0 told=0
    outputs=$(mktemp -d)
    while read -r line; do
        begun=$((begun + 1))
        while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n; done
        to_its_end "$outputs/$begun" "$1" $line </dev/null &
        while [ -e "$outputs/$((told + 1)).ended" ]; do told=$((told + 1)) && tell "$outputs/$told"; done
    done
    wait
    while [ $told -lt $begun ]; do told=$((told + 1)) && tell "$outputs/$told"; done
    rm -rf "$outputs"
}

to_its_end() # file function word …
{
    "${@:2}" >"$1" 2>&1
    : >"$1.ended"
}

# What was printed into a file, and counts it; what broke off is a miss.
tell() # file
{
    [ -e "$1.ended" ] || echo "not ok - it did not come to its end" >>"$1"
    cat "$1"
    passed=$((passed + $(grep -c '^ok - ' "$1")))
    failed=$((failed + $(grep -c '^not ok - ' "$1")))
}

# For a workload that reads a file: the words that make it read a small one, --input and its sample.
small_input() { [ ! -f "tests/data/$1.sample" ] || echo "--input tests/data/$1.sample"; } # workload

# A column of a row that $cell has printed, by its name; the row comes in.
field()
{
    awk -F, -v name="$1" -v header="$("$cell" --header)" '
        BEGIN { n = split(header, names, ",") }
        { for (i = 1; i <= n; i++) if (names[i] == name) print $i }'
}

refuses() # what is wrong, words wanted; then the command, which must end with 2 and one sentence
{
    name=$1 words=$2 errors=$(mktemp)
    shift 2
    said=$("$@" 2>"$errors")
    status=$?
    if [ $status -eq 2 ] && [ -z "$said" ] && [ "$(wc -l <"$errors")" -eq 1 ] && grep -qF -- "$words" "$errors"; then
        pass "$name: one sentence and exit 2"
    else
        miss "$name: '$words' wanted; exit status $status, $said $(cat "$errors")"
    fi
    rm -f "$errors"
}

# valgrind, without the debug information of the C library where that is installed: reading it would take half of each start. It
# is given a copy of the library that does not lead there; only names within the library are lost.
lean_valgrind() # option …, command …
{
    env ${lean:+LD_LIBRARY_PATH="$lean"} valgrind "$@"
}

# Makes that copy, in a folder of the build.
make_lean() # BUILD
{
    local library
    lean=$(cd "$1" && pwd)/lean
    library=$(ldd "$(command -v cat)" | awk '$1 == "libc.so.6" { print $3 }')
    mkdir -p "$lean" && [ -n "$library" ] &&
        objcopy -R .note.gnu.build-id -R .gnu_debuglink "$library" "$lean/$$" && mv "$lean/$$" "$lean/libc.so.6" || lean=
}

# How many instructions a command takes, its start included, by callgrind.
instructions()
{
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null | awk '/Collected/ { print $4 }'
}

# Variants that let go of something never: what they leave behind can still be reached at their end. (LeakSanitizer does not
# mind; the cells of cpython tell it of everything that is left.)
forgets() { [ "$1 $2" = "cache forgotten" ] || [ "$1 $2" = "live replaced" ]; } # workload variant

# Not as many births under every strategy: what a weak reference no longer finds is made again, under some sooner than under
# others; and under cpython many weak references to one object are one, CPython's own.
bears_by_strategy() { [ "$1 $2" = "cache weak" ] || [ "$1 $2" = "primitives weak_load" ]; } # workload variant

# The median of the numbers of its input, one a line.
median() { sort -g | awk '{ x[NR] = $1 } END { print (x[int((NR + 1) / 2)] + x[int(NR / 2) + 1]) / 2 }'; }

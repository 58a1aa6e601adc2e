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

# Those that were asked for with STRATEGIES= and WORKLOADS=, or all.
strategies() { echo ${STRATEGIES:-$(ls strategies/*.h | sed 's|.*/||; s|\.h$||')} | tr ' ' '\n'; }
workloads() { echo ${WORKLOADS:-$(ls workloads/*.c | sed 's|.*/||; s|\.c$||')} | tr ' ' '\n'; }

# A field of the description of a variant under the allocator that is usual: described FOLDER strategy workload variant
# column-name.
described()
{
    "$1/$2/$3" --describe | awk -F, -v variant="$4" -v name="$5" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) column = i }
        $3 == variant { gsub(/"/, "", $column); print $column; exit }'
}

# The names of a workload's variants: variants FOLDER strategy workload. A cell that was not built is a failed test.
variants()
{
    [ -x "$1/$2/$3" ] || { miss "$1/$2/$3 was not built" >&2; echo missing; return; }
    "$1/$2/$3" --describe | awk -F, 'NR > 1 && !seen[$3]++ { print $3 }'
}

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

# How many instructions a command takes, its start included, by callgrind.
instructions()
{
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null | awk '/Collected/ { print $4 }'
}

# The median of the numbers of its input, one a line.
median() { sort -g | awk '{ x[NR] = $1 } END { print (x[int((NR + 1) / 2)] + x[int(NR / 2) + 1]) / 2 }'; }

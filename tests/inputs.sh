#!/bin/bash
# What the workloads that read a file make of all kinds of files, and of sizes that are none, under every strategy.
#
# inputs.sh BUILD, from the project's root; STRATEGIES= and WORKLOADS= from the environment.
set -u
build=$1
. tests/cells.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
any=$(strategies | head -n 1)

reads_a_file() { "$build/$any/$1" --help | grep -q -- '--input file'; } # workload

# The variants that a strategy runs.
run_by() # strategy workload
{
    "$build/$1/$2" --describe | awk -F, '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["status"] == "ok" && !seen[$3]++ { print $3 }'
}

# ---- What no workload reads ------------------------------------------------------------------------------------------

mkfifo "$scratch/pipe"
: >"$scratch/empty"
printf 'first\nse\303\251 \377\n' >"$scratch/no_text"
cp "$scratch/no_text" "$scratch/two"$'\n'lines
printf 'first\nseco\303' >"$scratch/cut_off"
printf 'first\n\0\n' >"$scratch/zero"

refuses_what_is_no_text() # cell
{
    refuses "$1, a file that is not there" "$scratch/missing: No such file" "$1" --input "$scratch/missing"
    refuses "$1, a folder" "$scratch: is not a regular file" "$1" --input "$scratch"
    refuses "$1, a pipe" "$scratch/pipe: is not a regular file" "$1" --input "$scratch/pipe"
    refuses "$1, a device" "/dev/zero: is not a regular file" "$1" --input /dev/zero
    refuses "$1, an empty file" "$scratch/empty: is empty" "$1" --input "$scratch/empty"
    refuses "$1, a file without a size" "/proc/cpuinfo: is empty, or no plain file" "$1" --input /proc/cpuinfo
    refuses "$1, a name of two lines" "two?lines:2:5: is not text" "$1" --input "$scratch/two"$'\n'lines
    refuses "$1, a byte that UTF-8 has not" "$scratch/no_text:2:5: is not text" "$1" --input "$scratch/no_text"
    refuses "$1, a character cut off" "$scratch/cut_off:2:5: is not text" "$1" --input "$scratch/cut_off"
    refuses "$1, a zero byte" "$scratch/zero:2:1: is not text" "$1" --input "$scratch/zero"
    refuses "$1, a size of 0" "-n 0: wants a whole number" "$1" -n 0
    refuses "$1, a size that overflows" "wants a whole number" "$1" -n 18446744073709551617
}

# ---- What is malformed: a function for each workload of whose input more is wanted than text --------------------------

refuses_content() # cell place-and-words content
{
    printf "$3" >"$scratch/malformed"
    refuses "$1, ${3:0:60}" "$scratch/malformed:$2" "$1" -n 2 --input "$scratch/malformed"
}

packages_refuses() # cell
{
    refuses_content "$1" "3: this line neither begins a field" 'Package: a\n\nhello\n'
    refuses_content "$1" "1: this stanza has no field Package" 'Version: 1\n'
    refuses_content "$1" "2: this stanza has a second field Package" 'Package: a\nPackage: b\n'
    refuses_content "$1" "1: this field Package is empty" 'Package: \n'
    refuses_content "$1" "1: this line continues a field" ' goes on\n'
    refuses_content "$1" " it has no package" '\n\n'
}

index_refuses() { refuses_content "$1" " it has no word" ' .\n?\n'; }     # cell
wordcount_refuses() { refuses_content "$1" " it has no word" ' .\n?\n'; } # cell

# Mistakes that come after lists, dicts and texts, some complete and others not; tests/json_cases.py has all kinds of them.
json_refuses() # cell
{
    refuses_content "$1" "3:8: a list goes on" '[1, "two",\n {"three": [4]},\n [5, 6 7]]'
    refuses_content "$1" "1:27: a member's name is followed by :" '{"a": [1, "x"], "b": {"c" 1}}'
    refuses_content "$1" "1:20: this escape stands for no character" '{"a": [1], "\\u0041 \\x": 2}'
    refuses_content "$1" "1:28: this text has no end" '{"a": {"b": ["one"]}, "c": "two'
    refuses_content "$1" "2:6: a value has to begin here" '{"a": 1,\n"b": tru, "c": 2}'
    refuses_content "$1" "2:1: the document has ended" '{"a": "whole"}\n{"b": 1}'
    refuses_content "$1" "1:1001: this is nested too deep" "$(printf '{"a":%.0s' $(seq 201))"
}

# ---- What is well-formed ---------------------------------------------------------------------------------------------

reads_its_sample() # strategy workload variant
{
    local sample=tests/data/$2.sample wanted said
    wanted=$(python3 "tests/twins/$2.py" "$3" 2 1 "$sample")
    said=$("$build/$1/$2" -v "$3" -n 2 --input "$sample" | cut -d, -f10)
    [ "$said" = "$wanted" ] && pass "$1, $2, $3: a file of one's own" ||
        miss "$1, $2, $3: $sample: $said, the twin says $wanted"
}

# On a small stack, for a parser recurses.
reads_the_deepest() # strategy
{
    { printf '[%.0s' $(seq 200); printf ']%.0s' $(seq 200); } >"$scratch/deep"
    (ulimit -s 256; "$build/$1/json" -n 1 --input "$scratch/deep" | grep -q ',ok,') && pass "$1: json, 200 lists deep" ||
        miss "$1: json, 200 lists deep"
}

changed() # workload cell sed's-words: what came of changing its source so
{
    sed "$3" "workloads/$1.c" >"$2.c"
    cc -std=gnu17 -D_GNU_SOURCE -iquote harness -iquote strategies -iquote workloads -DSTRATEGY=never -o "$2" "$2.c" \
        "$build"/cell/*.o
}

# A workload whose usual input is not on this machine.
has_none()
{
    changed wordcount "$scratch/has_none" 's|^INPUT(.*|INPUT("/nowhere/a", "/nowhere/b");|'
    case $("$scratch/has_none") in
    *,unsupported,"cannot read /nowhere/a: No such file or directory",NA,*) pass "no usual input: unsupported, and why" ;;
    *) miss "no usual input: $("$scratch/has_none")" ;;
    esac
    "$scratch/has_none" -n 1 --input tests/data/wordcount.sample | grep -q ',ok,' && pass "no usual input, but one named: ok" ||
        miss "no usual input, but one named"
}

# However long it takes to read the file, no time of the work has it.
reads_off_the_clock()
{
    changed wordcount "$scratch/slow" '/^PREPARE/c\
#include <unistd.h>\
static void read_slowly(void) { usleep(500000); read_input(); }\
PREPARE(read_slowly);'
    local work_s
    work_s=$({ "$scratch/slow" --header; "$scratch/slow" -n 1 --input tests/data/wordcount.sample; } | awk -F, '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        { print $at["work_s"] * $at["repeats"] }')
    awk -v s="$work_s" 'BEGIN { exit !(s > 0 && s < 0.5) }' && pass "the file is read before the clock starts" ||
        miss "the file is read before the clock starts: the work took $work_s s, of which reading is 0.5"
}

# Another process writes to the file between two looks at it.
refuses_what_changes() # what, workload, sed's-words: which write to the file that it reads
{
    cp tests/data/wordcount.sample "$scratch/changing"
    changed "$2" "$scratch/changes" "$3"
    refuses "a file that is $1" "changing: changed while it was read" "$scratch/changes" -n 2 --input "$scratch/changing"
}

on_read() # statement: sed's words that make the first reading of the cell be preceded by it
{
    echo '/^#include "objects.rounds.h"/a\
#include <fcntl.h>\
#include <sys/stat.h>\
#include <sys/syscall.h>\
#include <unistd.h>\
ssize_t read(int file, void *to, size_t room)\
{\
    if ('"$1"') abort();\
    return syscall(SYS_read, file, to, room);\
}'
}

what_changes()
{
    refuses_what_changes "emptied while it is read" wordcount "$(on_read 'truncate(cell_input, 0)')"
    refuses_what_changes "touched while it is read" wordcount \
        "$(on_read 'utimensat(AT_FDCWD, cell_input, NULL, 0)')"
    refuses_what_changes "emptied while it is read on the clock" lines \
        's/^#include "objects.lines.h"/#include <unistd.h>\n&/
        s/^            operations += /            truncate(cell_input, 0);\n&/'
}

# ---- All of them -----------------------------------------------------------------------------------------------------

# Nothing is left where a run ends early: the sanitizer would say so, and exit with another status.
leaves_nothing() # strategy workload
{
    export ASAN_OPTIONS=detect_stack_use_after_return=0:detect_leaks=1:exitcode=99
    "$2_refuses" "$build/checked/$1/$2"
    unset ASAN_OPTIONS
}

for w in $(workloads); do
    reads_a_file "$w" || continue
    [ -f "tests/data/$w.sample" ] || miss "$w reads a file, and there is no tests/data/$w.sample"
    for s in $(strategies); do
        refuses_what_is_no_text "$build/$s/$w"
        for v in $(run_by "$s" "$w"); do
            reads_its_sample "$s" "$w" "$v"
            ! declare -f "${w}_refuses" >/dev/null || { "${w}_refuses" "$build/$s/$w"; leaves_nothing "$s" "$w"; }
        done
        [ "$w" != json ] || [ -z "$(run_by "$s" "$w")" ] || reads_the_deepest "$s"
    done
done
has_none
what_changes
reads_off_the_clock
if workloads | grep -qx json; then
    python3 tests/json_cases.py "$build/refcount/json" && passed=$((passed + 1)) || failed=$((failed + 1))
fi
ended

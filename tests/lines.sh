#!/bin/bash
# What a line is: cells and the Python twin agree on files whose lines are odd. And a reader of lines that is abandoned closes
# its file.
#
# lines.sh BUILD, from the project's root.
set -u
build=$1
. tests/cells.sh
. tests/scratch.sh
files=$(mktemp -d)

printf '\n' >"$files/one line feed"
printf 'no line feed' >"$files/no line feed"
printf 'a\r\nb\rc\n\r\nd\r' >"$files/carriage returns"
printf '\n\n\nx\n\n' >"$files/empty lines"
printf 'na\303\257ve \342\202\254 \360\237\230\200\n\v\f\302\205\342\200\250same line\n' >"$files/what else breaks lines"
{ printf '%01000000d\n' 0; printf '%05552d%0513d\n%0511d' 0 1 2; } >"$files/a line of a million bytes"

for file in "$files"/*; do
    for v in list generator; do
        expected=$(python3 tests/twins/lines.py "$v" 3 1 "$file")
        for s in $(strategies); do
            row=$("$build/$s/lines" -v "$v" -n 3 --input "$file" | cut -d, -f8,10)
            case $row in
            "ok,$expected" | unsupported,*) pass "$s, $v: $(basename "$file")" ;;
            *) miss "$s, $v: $(basename "$file"): $row, but the twin says $expected" ;;
            esac
        done
    done
done
rm -r "$files"

scratch_project refcount stream arena boehm
cat >workloads/first.c <<'C'
#include "objects/lines.h"

static uint64_t left(uint64_t n)
{
    for (uint64_t i = 0; i < n; i++)
        region each (Text, line, Lines, .file = cell_input) break;
    return n;
}

static uint64_t dropped(uint64_t n)
{
    for (uint64_t i = 0; i < n; i++)
        region {
            local(Lines) lines = new_frame(Lines, .file = cell_input);
            Lines_next(lines);
        }
    return n;
}

WORKLOAD(first, MICRO, 1000, "the first line of a file", VARIANT(left, STREAMS), VARIANT(dropped, STREAMS));
INPUT("many lines");
C
seq 100000 >"many lines"
scratch_build
ulimit -n 20
for cell in refcount,left refcount,dropped stream,left stream,dropped arena,left arena,dropped boehm,left; do
    row=$("build/${cell%,*}/first" -v "${cell#*,}" 2>&1 | cut -d, -f8,10)
    [ "$row" = ok,1000 ] && pass "$cell: a file is closed when nobody wants its second line" || miss "$cell: $row"
done
ended

#!/bin/bash
# The targets of the fuzzer over the inputs that are kept, with sanitizers: the seeds (tests/fuzz/seeds/NAME), from which a run
# of the fuzzer begins, and what was found (tests/fuzz/found/NAME), which was mended and stays so.
#
# replay.sh BUILD
set -u
build=$1
. tests/cells.sh
export ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=32 # tests/fuzz/fuzz.c counts leaks itself

replay() # target
{
    local inputs said
    inputs=$(find "tests/fuzz/seeds/$1" "tests/fuzz/found/$1" -type f 2>/dev/null | sort)
    [ -n "$inputs" ] || { miss "$1 has no seeds"; return; }
    if said=$(timeout 60 "$build/replay/$1" $inputs 2>&1); then
        pass "fuzz target $1: $said"
    else
        miss "fuzz target $1: $(echo "$said" | tail -n 20)"
    fi
}

on_all_cores replay < <(grep -l '^int LLVMFuzzerTestOneInput' tests/fuzz/*.c | sed 's|.*/||; s|\.c$||')
ended

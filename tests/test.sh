#!/bin/bash
# All the tests, the quick ones first; prints what each prints, and at the end how many passed and failed.
#
# test.sh BUILD, from the project's root. What takes sanitizers or valgrind is in check.sh.
set -u
build=$1
. tests/cells.sh
log=$(mktemp)
trap 'rm -f "$log"' EXIT

run() # name command …
{
    local begun=$SECONDS
    echo "# $1"
    "${@:2}" 2>&1 || echo "# failed: $1"
    echo "# $1 took $((SECONDS - begun)) s"
}

run_script() { run "$1" "tests/$1.sh" "$build"; } # name

# 256 KiB of stack: whatever recursed on death, marking or scanning would not come back.
run_program() { run "$1" sh -c "ulimit -s 256 && exec $1"; }

programs()
{
    ls "$build"/tests/*_test "$build"/tests/*/{words,containers,counted,semantics}
    ls tests/strategies/*/*.c | sed "s|^tests/strategies|$build/tests|; s|\.c$||"
}

run_all()
{
    on_all_cores run_program < <(programs)
    run statements tests/statements.sh "$build" --test
    run bars tests/bars.sh
    run docs tests/docs.sh
    run floors tests/floors.sh
    run sizes tests/sizes.py
    run_script sins
    run claims python3 tests/claims.py "$build"
    run together tests/together.sh
    # These use all cores by themselves; measures wants to be alone.
    for t in answers repeats linear census instructions noticed sweep measures; do run_script $t; done
    on_all_cores run_script < <(printf '%s\n' new bench runner truth charts byhand twins limits inputs found lines broken cell \
        refused allocators summary latency curves compare page)
}

run_all | tee "$log"
passes=$(grep -cE '^(ok - |\[ +OK \])' "$log")
failures=$(grep -cE '^(not ok - |\[  FAILED  \] [a-z_]+$)' "$log")
failed=$(sed -n 's/^# failed: //p' "$log" | xargs)
[ -z "$failed" ] || echo "Failed: $failed"
[ -z "$failed" ] || [ "$failures" -gt 0 ] || failures=1
echo "$passes passed, $failures failed"
[ -z "$failed" ] && [ "$failures" -eq 0 ]

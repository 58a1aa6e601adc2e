#!/bin/bash
# All the tests; prints what each prints, and at the end how many passed and failed.
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

# The longest first: generations under refcount_cycle, semantics under cpython.
programs()
{
    ls tests/strategies/*/*.c | sed "s|^tests/strategies|$build/tests|; s|\.c$||"
    ls "$build"/tests/*/semantics
    ls "$build"/tests/*_test "$build"/tests/*/{words,containers,counted}
}

run_all()
{
    on_all_cores run_program < <(programs)
    # These use all cores by themselves; sins, sweep and measures want to be alone.
    for t in answers repeats linear census noticed sins sweep measures; do run_script $t; done
    # The longest first, so that no core is without work while the last of them runs.
    on_all_cores eval <<'SCRIPTS'
run_script bench
run_script runner
run_script shards
run_script new
run_script page
run_script inputs
run_script truth
run_script twins
run_script charts
run_script compare
run_script instructions
run_script byhand
run bars tests/bars.sh
run_script limits
run_script lines
run_script summary
run_script merge
run_script hosts
run_script broken
run_script predicted
run_script cell
run_script refused
run_script latency
run_script curves
run_script found
run_script replay
run_script stress
run_script allocators
run statements tests/statements.sh "$build" --test
run docs tests/docs.sh
run floors tests/floors.sh
run sizes tests/sizes.py
run findings tests/findings.py
run claims python3 tests/claims.py "$build"
run together tests/together.sh
SCRIPTS
}

# cmocka names what failed twice: where it ran, and in a list at the end.
failures_of() { awk '/^\[  FAILED  \] [0-9]+ test/ { listed = 1 } /^\[ RUN/ { listed = 0 }
    /^not ok - / || (/^\[  FAILED  \] [a-z_]+$/ && !listed)' "$1"; }

run_all | tee "$log"
passes=$(grep -cE '^(ok - |\[ +OK \])' "$log")
failures=$(failures_of "$log" | wc -l)
failed=$(sed -n 's/^# failed: //p' "$log" | xargs)
[ -z "$failed" ] || { failures_of "$log"; echo "Failed: $failed"; }
[ -z "$failed" ] || [ "$failures" -gt 0 ] || failures=1
echo "$passes passed, $failures failed"
[ -z "$failed" ] && [ "$failures" -eq 0 ]

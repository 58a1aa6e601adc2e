#!/bin/bash
# All the tests, the quick ones first; prints what each prints, and at the end how many passed and failed.
#
# test.sh BUILD, from the project's root. What takes sanitizers or valgrind is in check.sh.
set -u
build=$1
log=$(mktemp)
trap 'rm -f "$log"' EXIT
failed=

run() # name command …
{
    name=$1 begun=$SECONDS
    shift
    echo "# $name"
    "$@" >"$log" 2>&1 || failed="$failed $name"
    cat "$log"
    echo "# $name took $((SECONDS - begun)) s"
    cat "$log" >>"$log.all"
}

: >"$log.all"
for t in "$build"/tests/*_test; do
    run "$(basename "$t")" "$t"
done
own=$(ls -d tests/strategies/*/*.c | sed "s|^tests/strategies|$build/tests|; s|\.c$||")
for t in "$build"/tests/*/words "$build"/tests/*/containers "$build"/tests/*/counted "$build"/tests/*/semantics $own; do
    # 256 KiB of stack: whatever recursed on death, marking or scanning would not come back.
    run "$t" sh -c "ulimit -s 256 && exec $t"
done
run broken tests/broken.sh "$build"
run statements tests/statements.sh "$build" --test
run refused tests/refused.sh "$build"
run cell tests/cell.sh "$build"
run inputs tests/inputs.sh "$build"
run allocators tests/allocators.sh "$build"
run answers tests/answers.sh "$build"
run linear tests/linear.sh "$build"
run lines tests/lines.sh "$build"
run census tests/census.sh "$build"
run byhand tests/byhand.sh "$build"
run bars tests/bars.sh
run docs tests/docs.sh
run summary tests/summary.sh "$build"
run truth tests/truth.sh "$build"
run measures tests/measures.sh "$build"
run limits tests/limits.sh "$build"
for t in twins runner charts bench new; do
    run "$t" "tests/$t.sh" "$build"
done

passes=$(grep -cE '^(ok - |\[ +OK \])' "$log.all")
failures=$(grep -cE '^(not ok - |\[  FAILED  \] [a-z_]+$)' "$log.all")
rm -f "$log.all"
[ -z "$failed" ] || echo "Failed:$failed"
[ -z "$failed" ] || [ "$failures" -gt 0 ] || failures=1
echo "$passes passed, $failures failed"
[ -z "$failed" ] && [ "$failures" -eq 0 ]

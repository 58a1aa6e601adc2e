# A project in a scratch folder, with the real harness, of which only strategies that are named are there; its cells are
# built by the real Makefile. Sourced after cells.sh.

scratch_project() # strategy …
{
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    mkdir "$scratch/strategies" "$scratch/workloads"
    cp -r Makefile harness "$scratch"
    mkdir "$scratch/tests" && cp tests/programs.mk "$scratch/tests"
    cp -r strategies/parts "$scratch/strategies"
    cp -r workloads/objects "$scratch/workloads"
    for s in "$@"; do cp "strategies/$s.h" "$scratch/strategies"; done
    reclaim=$(cd "$build" && pwd)/reclaim
    cd "$scratch" || exit 2
    export XDG_RUNTIME_DIR=$scratch  # where the lock on the machine is
    unset MAKEFLAGS MAKELEVEL MFLAGS STRATEGIES WORKLOADS  # they are the real project's
}

scratch_build()
{
    make -s cells >made 2>&1 && return
    miss "the scratch project was not built: $(tail -n 3 made)"
    ended
    exit 1
}

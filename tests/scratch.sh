# Projects in a scratch folder, whose cells are built by the real Makefile. Sourced after cells.sh.

# The real harness, with no strategies but those that are named, and without workloads.
scratch_project() # strategy …
{
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    mkdir "$scratch/strategies" "$scratch/workloads"
    cp -r Makefile harness "$scratch"
    mkdir -p "$scratch/tests/fuzz" && cp tests/programs.mk "$scratch/tests" && cp tests/fuzz/fuzz.mk "$scratch/tests/fuzz"
    cp -r strategies/parts "$scratch/strategies"
    cp -r workloads/objects "$scratch/workloads"
    for s in "$@"; do cp "strategies/$s.h" "$scratch/strategies"; done
    reclaim=$(cd "$build" && pwd)/reclaim
    cd "$scratch" || exit 2
    export RECLAIM_LOCK=$scratch/lock  # on the machine
    unset MAKEFLAGS MAKELEVEL MFLAGS STRATEGIES WORKLOADS  # they are the real project's
}

# A copy of the whole project, with only some of its workloads, for the others take time and show nothing more.
scratch_copy() # names of workloads, with | between
{
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    tar cf - Makefile strategies workloads harness plots tests README.md docs | tar xf - -C "$scratch"
    cd "$scratch" || exit 2
    find workloads -maxdepth 1 -name '*.c' | grep -vE "/($1)\.c\$" | xargs rm
    export RECLAIM_LOCK=$scratch/lock  # on the machine
    unset MAKEFLAGS MAKELEVEL MFLAGS STRATEGIES WORKLOADS  # they are the real project's
}

# The runner alone: a new user's first build then takes a third of a minute less, and every cell is built.
take_runner() # BUILD, from the project's root; the root
{
    mkdir build
    (cd "$2" && cd "$1" && tar cf - flags reclaim harness) | tar xf - -C build
}

# What a scratch copy would compile again to the same: the runner, and the cells of its workloads that BUILD has.
take_build() # BUILD, from the project's root; the root
{
    local w parts="flags *.[od] reclaim harness counted/*.[od] counted/profile checked/*.[od]"
    for w in workloads/*.c; do w=$(basename "$w" .c) && parts="$parts */$w{,.d} counted/*/$w{,.d}"; done
    mkdir build
    (cd "$2" && cd "$1" && eval "tar cf - $parts" 2>/dev/null) | tar xf - -C build
}

scratch_build()
{
    make -s -j"$(nproc)" cells >made 2>&1 && return
    miss "the scratch project was not built: $(tail -n 3 made)"
    ended
    exit 1
}

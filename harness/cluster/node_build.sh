# A build for the node that this runs on, where the one of the machine that submitted does not suit it. Sourced, in the project's
# root.

# The compiler that made a build, by the second line of its flags.
compiler_of() { sed -n 2p "$1/flags" | cut -d' ' -f1; } # build

# Whether the same would come of building here.
suits() { [ "$2" = "$(cat "$1/fingerprint")" ]; } # build fingerprint

# What `make bench` was told of strategies and workloads is in the environment, or in the plan, for the command that goes on with a
# run names none; nothing else of that make is of use here.
build_cells() # compiler build folder
{
    local strategies=${STRATEGIES:-$(harness/planned.sh "$3" strategy)} workloads=${WORKLOADS:-$(harness/planned.sh "$3" workload)}
    env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make --no-print-directory -s -j"$(nproc)" CC="$1" BUILD="$2" \
        ${strategies:+STRATEGIES="$strategies"} ${workloads:+WORKLOADS="$workloads"} all
}

# A build for the node that this runs on, where the one of the machine that submitted does not suit it. Sourced, in the project's
# root.

# The compiler that made a build, by the second line of its flags.
compiler_of() { sed -n 2p "$1/flags" | cut -d' ' -f1; } # build

# Whether the same would come of building here.
suits() { [ "$2" = "$(cat "$1/fingerprint")" ]; } # build fingerprint

# The strategies or workloads of a run's first block, where it has a plan: the command that goes on with a run names none.
planned() # column folder
{
    awk -F, -v name="$1" '
        NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
        $column["block"] > 1 { exit }
        !seen[$column[name]]++ { print $column[name] }' "$2/plan.csv" 2>/dev/null | xargs
}

# What `make bench` was told of strategies and workloads is in the environment; nothing else of that make is of use here.
build_cells() # compiler build folder
{
    local strategies=${STRATEGIES:-$(planned strategy "$3")} workloads=${WORKLOADS:-$(planned workload "$3")}
    env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make --no-print-directory -s -j"$(nproc)" CC="$1" BUILD="$2" \
        ${strategies:+STRATEGIES="$strategies"} ${workloads:+WORKLOADS="$workloads"} all
}

#!/bin/bash
# Headers of workloads/objects can be used together, in any order, under every strategy: none takes a name that is another's.
#
# together.sh, from the project's root.
set -u
. tests/cells.sh

# The flags that a strategy's header names, as the Makefile has them.
flags_of() # strategy
{
    local command
    command=$(sed -n 's|^/\* Flags from: \(.*\) \*/$|\1|p' "strategies/$1.h")
    PATH=/usr/bin:$PATH sh -c "${command:-:}" 2>/dev/null
}

compiles() # strategy headers
{
    { echo '#include "workload.h"' && printf '#include "objects/%s"\n' $2; } |
        cc -std=gnu17 -D_GNU_SOURCE -w -fsyntax-only -iquote harness -iquote strategies -iquote workloads \
            -DSTRATEGY="$1" $(flags_of "$1") -x c - 2>&1
}

headers=$(known workloads/objects/*.h | xargs -n 1 basename)
for s in $(strategies); do
    for order in "$(echo $headers)" "$(echo "$headers" | tac | xargs)"; do
        said=$(compiles "$s" "$order") && pass "$s: $(echo "$headers" | wc -l) headers, ${order%% *} first" ||
            miss "$s: ${order%% *} first: $(echo "$said" | grep -m 2 error)"
    done
done
ended

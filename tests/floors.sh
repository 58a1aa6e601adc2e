#!/bin/bash
# An include in harness/ points down: docs/design.md lists the runner's folders from the lowest floor to the highest, and a file
# includes only what lies beside it, on a floor below, or in harness/ itself; and of a cell's folders, by a path ("cell/…").
#
# floors.sh, from the project's root.
set -u
. tests/cells.sh

floors=$(sed -n 's|^  - `harness/\([a-z]*\)/`.*|\1|p' docs/design.md | xargs)

# How many includes there are, and file:line: of each whose header lies on a floor above, or on none.
includes()
{
    grep -n '^ *# *include "' harness/*/*.[ch] | awk -F'[/:"]' -v floors="$floors" '
        BEGIN {
            for (i = split(floors, name, " "); i > 0; i--) height[name[i]] = i
            while ("ls harness/*/*.h" | getline path) {
                split(path, part, "/")
                beside[part[2], part[3]]
                above[part[3]] = part[2]
            }
            while ("ls harness/*.h" | getline path) { split(path, part, "/"); everywhere[part[2]] }
        }
        !($2 in height) { next }
        { all++; place = $1 "/" $2 "/" $3 ":" $4 ": " }
        $7 != "" && $6 ~ /^(cell|profile|words)$/ { next }
        $7 != "" { print place $6 "/" $7 " is no path into a folder of a cell"; next }
        ($2, $6) in beside || $6 in everywhere || height[above[$6]] && height[above[$6]] < height[$2] { next }
        { print place $6 " of harness/" above[$6] "/ is not below harness/" $2 "/" }
        END { print all + 0 }'
}

for folder in $(known 'harness/*/*.c' | cut -d/ -f2 | sort -u); do
    case $folder in cell | profile) continue ;; esac # they are parts of cells
    grep -qw "$folder" <<<"$floors" && pass "harness/$folder/ has its floor" || miss "docs/design.md lists no harness/$folder/"
done
told=$(includes)
while read -r upward; do miss "$upward"; done < <(sed '$d' <<<"$told")
[ "$(tail -n 1 <<<"$told")" -gt 100 ] && pass "$(tail -n 1 <<<"$told") includes" || miss "too few includes were found"

# One of each kind is seen: by its name, by a path, and of a folder that is nobody's.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -r --parents harness/*.h harness/*/*.[ch] "$scratch"
printf '%s\n' '#include "page.h"' '#include "charts/chart_cells.h"' '#include "nowhere/page.h"' '#include "cell/fail.h"' \
    >"$scratch/harness/statistics/planted.c"
seen=$(cd "$scratch" && includes | grep -c '^harness/statistics/planted.c:[123]: ')
[ "$seen" = 3 ] && pass "includes that point up are seen" || miss "$seen of 3 includes that point up were seen"
ended

#!/bin/sh
# The strategies or workloads that a run's plan has, in a line: planned.sh RUN_FOLDER strategy | workload. Nothing where there is no
# plan. Each block has them all, so the first is enough.
[ -e "$1/plan.csv" ] || exit 0
awk -F, -v name="$2" '
    NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
    $column["block"] > 1 { exit }
    !seen[$column[name]]++ { print $column[name] }' "$1/plan.csv" | xargs

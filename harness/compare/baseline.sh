#!/bin/sh
# Keeps a run to compare later ones with: baseline.sh RESULTS NAME [RUN], from the project's root. Without RUN, the one that
# ended last. With REPLACE=1 in the environment an older baseline of that name makes way.
#
# RESULTS/RUN's manifest and tables become RESULTS/baselines/NAME, all of them or none.
set -eu
results=$1 name=$2 run=${3:-}

refuse() { echo "make baseline: $*" >&2; exit 2; }

# Runs that have ended, the last to be written first.
ended_runs()
{
    ls -t "$results"/*/manifest.json 2>/dev/null | while read -r manifest; do
        has_ended "$manifest" && basename "$(dirname "$manifest")"
    done
}

has_ended() { ! grep -q '^  "ended": null' "$1"; } # manifest

case $name in
'' | [.-]* | *[!A-Za-z0-9._-]*)
    refuse "'$name' is no name for a baseline: letters, digits, '_', and behind the first '.' and '-'" ;;
esac
run=${run:-$(ended_runs | head -n 1)}
[ -n "$run" ] || refuse "there is no run in $results; \`make bench RUN=name\` makes one"
from=$results/$run to=$results/baselines/$name
[ -f "$from/manifest.json" ] && [ -f "$from/trials.csv" ] || refuse "$from is no run: it has no manifest.json or no trials.csv"
has_ended "$from/manifest.json" || refuse "$run has not ended; \`make bench RUN=$run\` goes on with it"
[ ! -e "$to" ] || [ "${REPLACE:-0}" != 0 ] || refuse "$to is there already; REPLACE=1 replaces it, another NAME keeps both"

mkdir -p "$results/baselines"
draft=$(mktemp -d "$results/baselines/.draft.XXXXXX")
trap 'rm -rf "$draft"' EXIT
cp -p "$from"/manifest.json "$from"/*.csv "$draft"
chmod 755 "$draft"
rm -rf "$to"
mv "$draft" "$to"
echo "$to keeps run $run; \`make compare NEW=$results/RUN\` compares a run with it"
